package matcher_test

import (
	"fmt"
	"log"

	"github.com/shenjiao/shenjiao/matcher"
)

func Example() {
	m, err := matcher.New([]matcher.Pattern{
		{Text: "赌博网站", Channels: matcher.DefaultChannels},
		{Text: "TMD", Channels: matcher.DefaultChannels, Whole: true},
	})
	if err != nil {
		log.Fatal(err)
	}
	text := "澳门赌*博 網站，ｔ.ｍ.ｄ，TMDX"
	for _, f := range m.FindAllString(text) {
		fmt.Println(f.Pattern, f.Start, f.End, text[f.Start:f.End], f.Channels)
	}
	// Output:
	// 0 6 20 赌*博 網站 noise+traditional
	// 1 23 34 ｔ.ｍ.ｄ width+case+noise
}

func ExampleMatcher_NewStream() {
	m, err := matcher.New([]matcher.Pattern{{Text: "世界"}})
	if err != nil {
		log.Fatal(err)
	}
	var found []matcher.Match
	s := m.NewStream()
	for _, chunk := range []string{"全世\xe7", "\x95\x8c和世", "界"} {
		found = s.Append(found, []byte(chunk))
	}
	found = s.Flush(found)
	for _, f := range found {
		fmt.Println(f.Start, f.End)
	}
	// Output:
	// 3 9
	// 12 18
}

func ExampleFold() {
	fmt.Println(matcher.Fold("繁體字，ＡＢⓒ", matcher.DefaultChannels))
	// Output: 繁体字,abc
}
