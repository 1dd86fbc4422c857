//go:build !ne

package segment_test

import (
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/segment"
)

func Example() {
	words, err := segment.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	decider, err := segment.NewDecider(segment.Options{Segmenter: words})
	if err != nil {
		fmt.Println(err)
		return
	}
	session := decider.NewSession()
	for _, text := range []string{"两人发生了性交。", "学费可以一次性交付。", "惹上大麻烦了。", "慢性病防治知识"} {
		for _, term := range []string{"性交", "大麻", "性病"} {
			if at := strings.Index(text, term); at >= 0 {
				d := session.Decide(text, at, at+len(term))
				fmt.Println(term, d.Keep, d.Reason, d.Strength, d.Words)
			}
		}
	}
	// Output:
	// 性交 true aligned none []
	// 性交 false cut strong [一次性 交付]
	// 大麻 false cut weak [大 麻烦]
	// 性病 false within weak [慢性病]
}

func ExampleFromDictionary() {
	words, err := segment.FromDictionary(strings.NewReader("路口 900 n\n交通 4000 n\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(words.Len(), words.Ends(nil, "路口交通"))

	_, err = segment.FromDictionary(strings.NewReader("路口,900\n"))
	fmt.Println(err)
	// Output:
	// 2 [6 12]
	// segment: dictionary:1: got 1 fields in "路口,900", want a word, a count and perhaps a tag
}

// Terms are no witnesses: where one term cuts another, both stand.
func ExampleOptions() {
	terms := map[string]bool{"杀手": true, "手枪": true}
	words, err := segment.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "杀手枪挑对手"
	for _, term := range []func(string) bool{nil, func(w string) bool { return terms[w] }} {
		decider, err := segment.NewDecider(segment.Options{Segmenter: words, Term: term})
		if err != nil {
			fmt.Println(err)
			return
		}
		at := strings.Index(text, "手枪")
		d := decider.Decide(text, at, at+len("手枪"))
		fmt.Println(d.Keep, d.Reason, d.Words)
	}
	// Output:
	// false cut [杀手 枪]
	// true term [杀手 枪]
}
