package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-ego/gse"
)

// word is a word of the dictionary.
type word struct {
	text string
	freq float64
}

// dictionary returns the words of gse's simplified dictionary that consist of
// Chinese characters, most frequent first.
var dictionary = sync.OnceValues(func() ([]word, error) {
	seg := gse.Segmenter{SkipLog: true, NotLoadHMM: true, SkipSubSeg: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("corpus: load dictionary: %w", err)
	}
	var words []word
	for _, t := range seg.Dict.Tokens {
		text := t.Text()
		if strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0 {
			words = append(words, word{text, t.Freq()})
		}
	}
	if len(words) < 100_000 {
		return nil, fmt.Errorf("corpus: the dictionary holds %d words, want more than 100000: was this built with the tag ne?", len(words))
	}
	slices.SortFunc(words, func(a, b word) int {
		return cmp.Or(cmp.Compare(b.freq, a.freq), cmp.Compare(a.text, b.text))
	})
	return words, nil
})
