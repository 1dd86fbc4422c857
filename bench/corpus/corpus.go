package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// A Spec says what to generate.
type Spec struct {
	Size     int // of the text, about, in bytes
	Terms    int // of the lexicon
	Interval int // bytes from one planted hit to the next; 0 plants none
	Longest  int // characters of a term; 0 is [Longest]
}

// Longest is the default of Spec.Longest, and the most that it can be.
const Longest = 8

// A Case is a text and a lexicon with a known answer.
type Case struct {
	Text  string
	Terms []string // sorted, distinct, each of 2 to Longest characters
	// Planted is how often a term was written into the text on purpose. A
	// term may also come about where two words meet.
	Planted int
}

// Generate makes a case. It fails if the dictionary cannot give so many terms.
func Generate(s Spec) (*Case, error) {
	words, err := dictionary()
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(uint64(s.Size), uint64(s.Terms)))
	c := &Case{}
	if c.Terms, err = lexicon(words, s, rng); err != nil {
		return nil, err
	}

	// The text is made of the commonest words, which hold most of what people
	// write.
	common := words[:20_000]
	sums := make([]float64, len(common))
	total := 0.0
	for i, w := range common {
		total += w.freq
		sums[i] = total
	}
	var b strings.Builder
	b.Grow(s.Size + 64)
	next := s.Interval
	for column := 0; b.Len() < s.Size; column++ {
		switch {
		case s.Interval > 0 && b.Len() >= next:
			b.WriteString("，" + c.Terms[rng.IntN(len(c.Terms))] + "，")
			c.Planted++
			next += s.Interval
		case column%40 == 39:
			b.WriteString("。\n")
		case column%9 == 8:
			b.WriteString("，")
		case column%53 == 17:
			fmt.Fprintf(&b, "%d ", rng.IntN(3000))
		case column%97 == 50:
			b.WriteString(latin[rng.IntN(len(latin))])
		default:
			b.WriteString(common[sort.SearchFloat64s(sums, rng.Float64()*total)].text)
		}
	}
	c.Text = b.String()
	return c, nil
}

// latin are words in letters as they stand in Chinese texts.
var latin = []string{"App", "GDP", "WiFi", "PPT", "https://example.com/news?id=8", "iPhone", "AI", "5G"}

// lexicon returns sorted terms: words of the rarer half of the dictionary and,
// where these do not suffice, pairs of such words.
func lexicon(words []word, s Spec, rng *rand.Rand) ([]string, error) {
	longest := s.Longest
	switch {
	case longest == 0:
		longest = Longest
	case longest < 2 || longest > Longest:
		return nil, fmt.Errorf("corpus: Spec.Longest: want 2 to %d, got %d", Longest, longest)
	}
	rare := words[len(words)/2:]
	var terms []string
	for _, i := range rng.Perm(len(rare)) {
		if n := utf8.RuneCountInString(rare[i].text); n >= 2 && n <= longest {
			terms = append(terms, rare[i].text)
		}
		if len(terms) == s.Terms {
			break
		}
	}
	taken := map[string]bool{}
	if len(terms) < s.Terms {
		for _, t := range terms {
			taken[t] = true
		}
	}
	for tries := 0; len(terms) < s.Terms; tries++ {
		if tries > 10*s.Terms {
			return nil, fmt.Errorf("corpus: the dictionary yields %d terms, want %d", len(terms), s.Terms)
		}
		t := rare[rng.IntN(len(rare))].text + rare[rng.IntN(len(rare))].text
		if n := utf8.RuneCountInString(t); n >= 2 && n <= longest && !taken[t] {
			taken[t] = true
			terms = append(terms, t)
		}
	}
	slices.Sort(terms)
	return terms, nil
}
