package bench

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

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
		return nil, fmt.Errorf("bench: load dictionary: %w", err)
	}
	var words []word
	for _, t := range seg.Dict.Tokens {
		text := t.Text()
		if strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0 {
			words = append(words, word{text, t.Freq()})
		}
	}
	if len(words) < 100_000 {
		return nil, fmt.Errorf("bench: the dictionary holds %d words, want more than 100000: was this built with the tag ne?", len(words))
	}
	slices.SortFunc(words, func(a, b word) int {
		return cmp.Or(cmp.Compare(b.freq, a.freq), cmp.Compare(a.text, b.text))
	})
	return words, nil
})

// A Case is a text and a lexicon with a known answer.
type Case struct {
	Text  string
	Terms []string // sorted, distinct
	// Planted is how often a term was written into the text on purpose. A
	// term may also come about where two words meet.
	Planted int
}

// maxTerms is how many terms a case has at most.
const maxTerms = 2_000_000

// NewCase makes a text of about size bytes and a lexicon of that many terms (a
// few less if that is more than there are words) of 2 to longest characters,
// with one planted hit in every interval bytes.
func NewCase(size, terms, interval, longest int) (*Case, error) {
	if terms > maxTerms {
		return nil, fmt.Errorf("bench: %d terms, the limit is %d", terms, maxTerms)
	}
	words, err := dictionary()
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(uint64(size), uint64(terms)))

	// The terms are spread over the rarer half, the text is made of the
	// commonest words, which holds most of what people write.
	common, rare := words[:20_000], words[len(words)/2:]
	c := &Case{}
	for _, i := range rng.Perm(len(rare)) {
		if n := utf8.RuneCountInString(rare[i].text); n >= 2 && n <= longest {
			c.Terms = append(c.Terms, rare[i].text)
		}
		if len(c.Terms) == terms {
			break
		}
	}
	// More terms than there are words are two words of two characters each.
	var short []string
	for _, w := range rare {
		if len(c.Terms) < terms && utf8.RuneCountInString(w.text) == 2 {
			short = append(short, w.text)
		}
	}
	for seen := map[string]bool{}; len(c.Terms) < terms && len(seen) < len(short)*len(short)/4; {
		if t := short[rng.IntN(len(short))] + short[rng.IntN(len(short))]; !seen[t] {
			seen[t] = true
			c.Terms = append(c.Terms, t)
		}
	}
	slices.Sort(c.Terms)
	c.Terms = slices.Compact(c.Terms) // a pair of words can be a word
	if len(c.Terms) < terms*99/100 {
		return nil, fmt.Errorf("bench: the dictionary yields %d terms, want %d", len(c.Terms), terms)
	}

	sums := make([]float64, len(common))
	total := 0.0
	for i, w := range common {
		total += w.freq
		sums[i] = total
	}
	var b strings.Builder
	b.Grow(size + 64)
	next := interval
	for column := 0; b.Len() < size; column++ {
		switch {
		case b.Len() >= next:
			b.WriteString("，" + c.Terms[rng.IntN(len(c.Terms))] + "，")
			c.Planted++
			next += interval
		case column%40 == 39:
			b.WriteString("。\n")
		case column%9 == 8:
			b.WriteString("，")
		case column%53 == 17:
			fmt.Fprintf(&b, "%d ", rng.IntN(3000))
		default:
			b.WriteString(common[sort.SearchFloat64s(sums, rng.Float64()*total)].text)
		}
	}
	c.Text = b.String()
	return c, nil
}
