package matcher

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cloudflare/ahocorasick"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// Law 3: the matcher agrees with a naive one on all short texts over a small
// alphabet.
func TestOracleExhaustive(t *testing.T) {
	sets := []struct {
		name     string
		patterns []string
		alphabet string
		length   int
		whole    bool
	}{
		{"plain", []string{"a", "ab", "ba", "aab", "abab", "bb"}, "abc", 7, false},
		{"han", []string{"赌博", "博", "赌赌博", "博网博"}, "赌博网", 7, false},
		{"noise", []string{"赌博", "赌博网", "博网"}, "赌博網*，\n", 6, false},
		{"fold", []string{"發財", "发发", "一一", "六合彩"}, "发發财一1", 6, false},
		{"repeat", []string{"哈哈网", "赌博网", "网网"}, "哈赌博网", 7, false},
		{"latin", []string{"ab", "aab", "b1"}, "abAb1 .", 6, false},
		{"whole", []string{"ab", "aab", "b1", "11"}, "ab1.", 7, true},
		{"own", []string{"a·b", "赌·博", "赌 博网"}, "ab赌博· ", 6, false},
		{"strict", []string{"**", "a+", "*赌"}, "a赌*+\u200b", 6, false},
	}
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) {
			patterns := defaults(set.whole, set.patterns...)
			m, err := New(patterns)
			require.NoError(t, err)
			texts, matches := 0, 0
			length := set.length
			if raceDetector {
				length -= 2
			}
			each([]rune(set.alphabet), length, func(text string) {
				got := m.FindAllString(text)
				want := naive(patterns, text)
				if !slices.Equal(got, want) {
					require.Equal(t, want, got, "patterns %q, text %q", set.patterns, text)
				}
				texts++
				matches += len(got)
			})
			require.Positive(t, matches, "no text of %d held a match", texts)
		})
	}
}

// each calls f with every text over the alphabet of at most n runes.
func each(alphabet []rune, n int, f func(string)) {
	var rec func(prefix string, left int)
	rec = func(prefix string, left int) {
		f(prefix)
		if left > 0 {
			for _, r := range alphabet {
				rec(prefix+string(r), left-1)
			}
		}
	}
	rec("", n)
}

func defaults(whole bool, texts ...string) (ps []Pattern) {
	for _, s := range texts {
		ps = append(ps, Pattern{Text: s, Channels: DefaultChannels, Whole: whole})
	}
	return ps
}

// pieces are what random texts are made of: characters that fold, repeat,
// skip, border and break.
var pieces = []string{
	"赌", "博", "赌博", "网", "網", "站", "發", "发", "一", "1", "①", "壹", "六", "合", "彩",
	"a", "b", "A", "ａ", "ⓑ", "а", "x", "ab", "t.m.d", "TMD",
	" ", "  ", "\n", "\n\n", "\r\n", "\u3000", "*", ".", "-", "，", "。", "！", "(", ")", "（", "“", "\u200b", "\ufe0f", "\u0301", "🔥", "+", "·",
	"(dǔ)", "（bo）", "(zhan)", "\xff", "\xe8\xb5", "\xe8", "𝐚", "😀", "好", "的",
}

var pieceGen = rapid.SampledFrom(pieces)

func textGen(max int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(pieceGen, 0, max).Draw(t, "pieces"), "")
	})
}

var patternGen = rapid.Custom(func(t *rapid.T) Pattern {
	words := []string{
		"赌博", "赌", "博", "博网", "赌博网站", "赌赌", "发发", "發财", "一一", "11", "六合彩", "111",
		"ab", "aab", "abab", "tmd", "a", "b", "赌a", "a赌博", "赌·博", "a b", "**", "🔥", "a+", "*赌", "𝐚b", "好的",
	}
	p := Pattern{Text: rapid.SampledFrom(words).Draw(t, "text"), Channels: DefaultChannels}
	switch rapid.IntRange(0, 5).Draw(t, "mode") {
	case 0:
		p.Channels = 0
	case 1:
		p.Channels = ChannelSet(rapid.Uint32().Draw(t, "channels")) & DefaultChannels
	case 2:
		p.Whole = true
	case 3:
		p.Gap = rapid.IntRange(-1, MaxGap).Draw(t, "gap")
	}
	return p
})

// Law 3 on random texts and patterns with random options.
func TestOracleRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(patternGen, 1, 8).Draw(t, "patterns")
		text := textGen(40).Draw(t, "text")
		m, err := New(patterns)
		require.NoError(t, err)
		require.Equal(t, naive(patterns, text), nonNil(m.FindAllString(text)), "%q", text)
	})
}

func nonNil(ms []Match) []Match {
	if len(ms) == 0 {
		return nil
	}
	return ms
}

// Law 3 with an independent engine: on literal patterns and any text, the set
// of patterns found is that of cloudflare/ahocorasick.
func TestOracleCloudflare(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		alphabet := []rune("赌博网站abc1 的是一")
		word := func(n int) string {
			var b strings.Builder
			for range n {
				b.WriteRune(alphabet[rng.IntN(len(alphabet))])
			}
			return b.String()
		}
		seen := map[string]bool{}
		var dict []string
		var patterns []Pattern
		for range 1 + rng.IntN(40) {
			w := word(1 + rng.IntN(4))
			if !seen[w] && strings.TrimSpace(w) != "" {
				seen[w] = true
				dict = append(dict, w)
				patterns = append(patterns, Pattern{Text: w})
			}
		}
		if len(dict) == 0 {
			continue
		}
		m, err := New(patterns)
		require.NoError(t, err)
		text := word(300)
		got := map[int]bool{}
		for _, f := range m.FindAllString(text) {
			require.Equal(t, dict[f.Pattern], text[f.Start:f.End])
			got[f.Pattern] = true
		}
		want := map[int]bool{}
		for _, id := range ahocorasick.NewStringMatcher(dict).Match([]byte(text)) {
			want[id] = true
		}
		require.Equal(t, want, got, "round %d: %q in %q", round, dict, text)
	}
}

// Law 1: any chunking of a text gives the matches of the whole, in the same
// order; also when the stream is used again.
func TestChunks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(patternGen, 1, 6).Draw(t, "patterns")
		m, err := New(patterns)
		require.NoError(t, err)
		s := m.NewStream()
		for range 2 {
			text := []byte(textGen(60).Draw(t, "text"))
			if rapid.Bool().Draw(t, "long") { // so that chunks are read in place
				text = slices.Concat(text, []byte(strings.Repeat("好 ", m.window)), text, []byte(strings.Repeat("的\n", m.window)), text)
			}
			var got []Match
			for rest := text; len(rest) > 0; {
				n := min(len(rest), rapid.SampledFrom([]int{1, 2, 3, 5, 7, 64, 1000, 4000, 100000}).Draw(t, "chunk"))
				got = s.Append(got, rest[:n])
				rest = rest[n:]
				require.LessOrEqual(t, len(s.carry), m.Buffered())
			}
			got = s.Flush(got)
			require.Equal(t, m.FindAll(text), got)
		}
	})
}

// Law 1 down to single bytes, with chunk borders at every offset.
func TestChunksEveryBorder(t *testing.T) {
	m, err := New(defaults(false, "赌博网站", "tmd", "博网", "六合彩"))
	require.NoError(t, err)
	text := []byte("他说赌(dǔ)博 网*站，T.M.D！六\n合彩 \xe8\xb5 赌赌博博网網站 6合彩" + strings.Repeat("。", 200) + "赌博网站")
	want := m.FindAll(text)
	require.NotEmpty(t, want)
	for cut := range text {
		s := m.NewStream()
		got := s.Append(nil, text[:cut])
		got = s.Append(got, text[cut:])
		require.Equal(t, want, s.Flush(got), "cut at %d", cut)
	}
	s := m.NewStream()
	var got []Match
	for _, b := range text {
		got = s.Append(got, []byte{b})
	}
	require.Equal(t, want, s.Flush(got))
}

// Law 2: the text at a span, folded through the match's channels, is the
// folded pattern; a match without channels is the pattern itself.
func TestSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(patternGen, 1, 8).Draw(t, "patterns")
		text := textGen(40).Draw(t, "text")
		m, err := New(patterns)
		require.NoError(t, err)
		for _, f := range m.FindAllString(text) {
			p := patterns[f.Pattern]
			surface := text[f.Start:f.End]
			require.Zero(t, f.Channels&^p.Channels, "channel not asked for")
			if f.Channels == 0 {
				require.Equal(t, p.Text, surface)
				continue
			}
			require.Equal(t, essence(p.Text, f.Channels, text, 0), essence(surface, f.Channels, text, int(f.Start)),
				"%q is not %q through %v", surface, p.Text, f.Channels)
		}
	})
}

// essence drops what the channels drop and folds the rest.
func essence(s string, set ChannelSet, text string, at int) string {
	var out []rune
	for i := 0; i < len(s); {
		if set.Has(Annotation) && at > 0 || set.Has(Annotation) && strings.HasPrefix(text, s) {
			if n := annotation([]byte(text), at+i); n > 0 && i > 0 {
				i += n
				continue
			}
		}
		r := []rune(s[i:])[0]
		i += len(string(r))
		switch class := tables.ClassOf(r); {
		case class == tables.Invisible && set.Has(Invisible):
		case ignorable(class) && set.Has(Noise):
		default:
			if ignorable(class) {
				r = tables.Root(r)
			}
			r = FoldRune(r, set)
			if n := len(out); set.Has(Repeat) && n > 0 && out[n-1] == r {
				continue
			}
			out = append(out, r)
		}
	}
	return string(out)
}

// Law 4: the order of patterns changes nothing but their numbers, and building
// twice gives the same automaton.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfNDistinct(patternGen, 1, 8, func(p Pattern) string {
			return fmt.Sprint(p)
		}).Draw(t, "patterns")
		text := textGen(40).Draw(t, "text")
		perm := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range patterns {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "order")
		shuffled := make([]Pattern, len(patterns))
		for i, j := range perm {
			shuffled[i] = patterns[j]
		}
		a, err := New(patterns)
		require.NoError(t, err)
		b, err := New(shuffled)
		require.NoError(t, err)
		got := b.FindAllString(text)
		for i := range got {
			got[i].Pattern = perm[got[i].Pattern]
		}
		slices.SortFunc(got, compareMatches)
		require.Equal(t, a.FindAllString(text), got)

		again, err := New(patterns)
		require.NoError(t, err)
		for i := range a.views {
			require.Equal(t, a.views[i].automaton, again.views[i].automaton)
			require.Equal(t, a.views[i].alphabet, again.views[i].alphabet)
		}
	})
}

// More patterns never hide matches of others.
func TestMorePatterns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(patternGen, 2, 8).Draw(t, "patterns")
		text := textGen(40).Draw(t, "text")
		all, err := New(patterns)
		require.NoError(t, err)
		few, err := New(patterns[:len(patterns)/2])
		require.NoError(t, err)
		kept := slices.DeleteFunc(all.FindAllString(text), func(m Match) bool { return m.Pattern >= len(patterns)/2 })
		require.Equal(t, nonNil(few.FindAllString(text)), nonNil(kept))
	})
}

// Law 5: filler before or after a text only moves offsets. The filler ends
// words on its side, since the neighbours of a match matter.
func TestShift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(patternGen, 1, 6).Draw(t, "patterns")
		text := textGen(30).Draw(t, "text")
		m, err := New(patterns)
		require.NoError(t, err)
		n := rapid.IntRange(0, 300).Draw(t, "filler")
		before, after := strings.Repeat("天", n)+"\n\n", "\n\n"+strings.Repeat("地", n)
		want := m.FindAllString(text)
		for i := range want {
			want[i].Start += int64(len(before))
			want[i].End += int64(len(before))
		}
		require.Equal(t, want, m.FindAllString(before+text+after))
	})
}

// Law 6: a scan and a stream allocate nothing once they are warm.
func TestAllocations(t *testing.T) {
	for _, large := range []bool{false, true} {
		o := defaultOptions
		o.allLarge = large
		m, err := NewWith(defaults(false, "赌博", "网站", "tmd", "**"), o)
		require.NoError(t, err)
		testAllocations(t, m)
	}
}

func testAllocations(t *testing.T, m *Matcher) {
	text := []byte(strings.Repeat("普通的文字 with words 赌*博 網 站 赌(dǔ)博（绿）好(lv)\n", 300))
	dst := m.FindAll(text)
	require.NotEmpty(t, dst)
	if raceDetector {
		t.Skip("under the race detector a sync.Pool forgets on purpose")
	}
	require.Zero(t, allocations(20, func() { dst = m.AppendAll(dst[:0], text) }))
	s := m.NewStream()
	dst = s.Flush(s.Append(dst[:0], text))
	require.Zero(t, allocations(20, func() {
		dst = s.Append(dst[:0], text[:777])
		dst = s.Append(dst, text[777:])
		dst = s.Flush(dst)
	}))
}
