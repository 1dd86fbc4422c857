package segment

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// TestCosts: the table of words says what the dictionary says.
func TestCosts(t *testing.T) {
	words, err := Default()
	require.NoError(t, err)
	host, err := FromDictionaryString("甲乙 5\n甲乙丙丁戊 7\n乙\U00020010丙 3\n\U00020010甲 2\n丙丁戊己庚 9\n丁戊 4\nα甲 6\n甲乙丙丁戊己庚辛壬 8\n")
	require.NoError(t, err)
	for name, dict := range map[string]*Words{"gse": words, "host": host} {
		t.Run(name, func(t *testing.T) {
			fast, err := NewDecider(Options{Segmenter: dict})
			require.NoError(t, err)
			require.NotEmpty(t, fast.costs().keys)
			slow, err := NewDecider(Options{Segmenter: dict})
			require.NoError(t, err)
			twin := *fast.costs() // with no table
			twin.keys, twin.values, twin.bits = nil, nil, nil
			slow.costsOnce.Do(func() { slow.ownCosts = &twin })

			var pool []string
			rng := rand.New(rand.NewPCG(7, 8))
			for word := range dict.All() {
				if rng.IntN(1+dict.Len()/3000) == 0 {
					pool = append(pool, word)
				}
			}
			pool = append(pool, "甲", "乙", "丙", "丁", "戊", "己", "\U00020010", "α", "的", "是", "a", "3", "x9", "，", " ", "🐔", "é", "\xff")
			a, b := fast.NewSession(), slow.NewSession()
			known := 0
			for range 20_000 {
				var text strings.Builder
				var edges []int
				for range 1 + rng.IntN(6) {
					edges = append(edges, text.Len())
					w := []rune(pool[rng.IntN(len(pool))])
					from := rng.IntN(len(w))
					text.WriteString(string(w[from : from+1+rng.IntN(len(w)-from)]))
				}
				edges = append(edges, text.Len())
				i := rng.IntN(len(edges) - 1)
				start, end := edges[i], edges[i+1+rng.IntN(len(edges)-i-1)]
				want := b.Surprise(text.String(), start, end)
				require.Equal(t, want, a.Surprise(text.String(), start, end), "%q", text.String())
				require.Equal(t, surpriseByDefinition(b, text.String(), start, end), want.Bits, "%q", text.String())
				_, w := utf8.DecodeRuneInString(text.String()[start:])
				margins := func(s *Session) string { // some are no numbers
					var all []float64
					for _, floor := range []float64{0, 30} {
						for _, end := range []int{end, start + w} {
							all = append(all, s.margin(text.String(), start, end, floor, false), s.margin(text.String(), start, end, floor, true),
								s.fairMargin(text.String(), start, end, floor))
						}
					}
					return fmt.Sprint(all)
				}
				require.Equal(t, margins(b), margins(a), "%q", text.String())
				from := utf8.RuneCountInString(text.String()[:start])
				to := from + utf8.RuneCountInString(text.String()[start:end])
				require.Equal(t, want.Bits, a.SurpriseBits([]rune(text.String()), from, to), "%q", text.String())
				if len(want.Words) == 1 && len([]rune(want.Words[0])) > 1 {
					known++
				}
			}
			require.Greater(t, known, 200, "places that are one word")
		})
	}
}

// surpriseByDefinition is the bits of [Session.Surprise] from three readings.
func surpriseByDefinition(s *Session, text string, start, end int) float64 {
	lo, hi := start, end
	for range SurpriseRunes {
		if r, n := utf8.DecodeLastRuneInString(text[:lo]); n > 0 && inClause(r) {
			lo -= n
		} else {
			break
		}
	}
	for range SurpriseRunes {
		if r, n := utf8.DecodeRuneInString(text[hi:]); n > 0 && inClause(r) {
			hi += n
		} else {
			break
		}
	}
	bits := s.cheapest(text[lo:hi]) - s.cheapest(text[lo:start])
	return bits - s.cheapest(text[end:hi])
}
