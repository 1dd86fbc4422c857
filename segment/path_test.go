package segment

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPath: the words of a clause are those of gse, whatever it is made of.
func TestPath(t *testing.T) {
	words, err := Default()
	require.NoError(t, err)
	host, err := FromDictionaryString("甲乙 5\n甲 7\n甲乙丙丁戊 7\n乙\U00020010丙 3\n丙丁戊己庚 9\n丁戊 4\n戊 4\nα甲 6\n甲乙丙丁戊己庚辛壬 8\n己庚 16\n庚辛 16\n辛 16\n")
	require.NoError(t, err)
	alone, err := FromDictionaryString("甲 5\n") // a word that costs nothing
	require.NoError(t, err)
	for name, w := range map[string]*Words{"gse": words, "host": host, "alone": alone} {
		t.Run(name, func(t *testing.T) {
			var pool []string
			rng := rand.New(rand.NewPCG(5, 6))
			for word := range w.All() {
				if rng.IntN(1+w.Len()/20_000) == 0 {
					pool = append(pool, word)
				}
			}
			rare := []string{"a", "3", "x9", "，", " ", "🐔", "é", "\xff", "の", "\U00020010", "\xe4\xb8", "，，，", "aaa"}
			fast := 0
			for range 30_000 {
				var text strings.Builder
				for range rng.IntN(9) {
					switch rng.IntN(8) {
					case 0:
						text.WriteRune(firstHan + rng.Int32N(lastHan-firstHan+1))
					case 1:
						text.WriteRune([]rune("的是甲乙丙丁戊己庚辛壬")[rng.IntN(11)])
					default:
						w := []rune(pool[rng.IntN(len(pool))])
						from := rng.IntN(len(w))
						text.WriteString(string(w[from : from+1+rng.IntN(len(w)-from)]))
					}
				}
				if rng.IntN(10) == 0 {
					text.WriteString(rare[rng.IntN(len(rare))])
				}
				got, ok := costsOf(w).ends([]int{-1}, text.String())
				if ok {
					fast++
					require.Equal(t, w.core.segment([]int{-1}, text.String()), got, "%q", text.String())
				} else {
					require.Equal(t, []int{-1}, got)
				}
			}
			require.Greater(t, fast, 20_000)
		})
	}
}

// A text without punctuation has the words of gse, too: costs grow, and what is
// left of their precision decides.
func TestPathLong(t *testing.T) {
	words, err := Default()
	require.NoError(t, err)
	var pool []string
	rng := rand.New(rand.NewPCG(5, 6))
	for word := range words.All() {
		pool = append(pool, word)
	}
	var text strings.Builder
	for text.Len() < 60_000 {
		w := pool[rng.IntN(len(pool))]
		if !strings.ContainsFunc(w, func(r rune) bool { return r < firstHan || r > lastHan }) {
			text.WriteString(w)
		}
	}
	got, ok := costsOf(words).ends(nil, text.String())
	require.True(t, ok)
	require.Equal(t, words.core.segment(nil, text.String()), got)
}
