package matcher

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// Bounds of what a fuzz target tries at once; the naive matcher is slow.
const (
	fuzzPatterns = 8
	fuzzRunes    = 24
	fuzzText     = 400
)

// fuzzedPatterns makes patterns of the lines of s that can be compiled. Eight
// bits of options go to each pattern; after eight patterns they are used up.
func fuzzedPatterns(s string, options uint64) (ps []Pattern) {
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		if len(ps) == fuzzPatterns {
			break
		}
		if utf8.RuneCountInString(line) > fuzzRunes {
			continue
		}
		p := Pattern{Text: line, Channels: DefaultChannels}
		o := options & 0xFF
		options >>= 8
		p.Whole = o&1 != 0
		p.Gap = int(o>>1&7) - 1 // -1 to 6
		switch o >> 4 & 3 {
		case 1:
			p.Channels = 0
		case 2: // without one
			p.Channels = p.Channels.Without(Channel(o >> 4 % 12))
		case 3: // the spelling only
			p.Channels = Set(Width, Case, Traditional, Noise)
		}
		if o>>6&3 == 3 {
			p.Gap = MaxGap
		}
		if _, err := compile(p); err == nil {
			ps = append(ps, p)
		}
	}
	return ps
}

// fuzzWords are the patterns of the seeds; patternGen of laws_test.go draws
// from the same.
var fuzzWords = []string{
	"赌博\n博\n博网\n赌博网站", "赌赌\n发发\n發财", "一一\n11\n六合彩\n111", "ab\naab\nabab\ntmd\na\nb",
	"赌a\na赌博\n赌·博\na b", "**\n🔥\na+\n*赌\n𝐚b", "((a))\na，b\n1.5\nC++", "他(她)们\n《法》\n赌—博",
}

func seed(add func(patterns, text string, options uint64)) {
	for i, words := range fuzzWords {
		for j := 0; j < len(pieces); j += 8 {
			text := strings.Join(pieces[j:min(j+8, len(pieces))], "") + strings.ReplaceAll(words, "\n", pieces[(i*7+j)%len(pieces)])
			add(words, text, uint64(i*len(pieces)+j)*0x0101_0101_0135_0713)
		}
		add(words, strings.ReplaceAll(words, "\n", "，"), 0)
	}
}

// FuzzOracle: for all patterns and texts the matcher finds what the naive
// matcher finds (law 3).
func FuzzOracle(f *testing.F) {
	seed(func(patterns, text string, options uint64) { f.Add(patterns, text, options) })
	f.Fuzz(func(t *testing.T, words, text string, options uint64) {
		patterns := fuzzedPatterns(words, options)
		if len(patterns) == 0 || len(text) > fuzzText {
			return
		}
		m, err := New(patterns)
		require.NoError(t, err)
		got, want := nonNil(m.FindAllString(text)), naive(patterns, text)
		if !slices.Equal(got, want) {
			require.Equal(t, want, got, "patterns %+q, text %+q", patterns, text)
		}
	})
}

// FuzzChunks: any chunking of a text gives the matches of the whole, in the
// same order, also when the stream is used again and when the chunks are so
// long that they are read in place (law 1).
func FuzzChunks(f *testing.F) {
	seed(func(patterns, text string, options uint64) { f.Add(patterns, text, options, []byte{1, 2, 3, 5, 8}) })
	f.Fuzz(func(t *testing.T, words, text string, options uint64, sizes []byte) {
		patterns := fuzzedPatterns(words, options)
		if len(patterns) == 0 || len(text) > fuzzText || len(sizes) == 0 {
			return
		}
		m, err := New(patterns)
		require.NoError(t, err)
		s := m.NewStream()
		long := text + strings.Repeat("好 ", m.window) + text + strings.Repeat("\n的", m.window) + text
		for _, whole := range []string{text, text, long} {
			var got []Match
			at, step := 0, 1
			if len(whole) > fuzzText {
				step = 60
			}
			for i := 0; at < len(whole); i++ {
				n := min(int(sizes[i%len(sizes)])*step, len(whole)-at)
				if n == 0 && i%len(sizes) == 0 {
					n = 1 // else sizes of zeros only never end
				}
				got = s.Append(got, []byte(whole[at:at+n]))
				at += n
				require.LessOrEqual(t, len(s.carry), m.Buffered())
			}
			got = s.Flush(got)
			if want := m.FindAllString(whole); !slices.Equal(got, want) {
				require.Equal(t, want, got, "patterns %+q, text %+q, sizes %v", patterns, whole, sizes)
			}
		}
	})
}

// FuzzSpans: a match lies in the text, on rune boundaries, in order; it holds
// no invalid byte, starts and ends with characters of the pattern, uses only
// channels of its pattern, and is the pattern itself if it used none (law 2).
func FuzzSpans(f *testing.F) {
	seed(func(patterns, text string, options uint64) { f.Add(patterns, text, options) })
	f.Fuzz(func(t *testing.T, words, text string, options uint64) {
		patterns := fuzzedPatterns(words, options)
		if len(patterns) == 0 {
			return
		}
		m, err := New(patterns)
		require.NoError(t, err)
		found := m.FindAllString(text)
		requireSpans(t, m, patterns, text, found)
		for _, f := range found {
			c := m.patterns[f.Pattern]
			surface := []rune(text[f.Start:f.End])
			first, last := c.elems[0], c.elems[len(c.elems)-1]
			require.Equal(t, FoldRune(first, DefaultChannels), FoldRune(surface[0], DefaultChannels), "%+q in %+q", surface, text)
			require.Equal(t, FoldRune(last, DefaultChannels), FoldRune(surface[len(surface)-1], DefaultChannels), "%+q in %+q", surface, text)
		}
	})
}

// FuzzLiteral: patterns without channels are found where the standard library
// finds them, and nowhere else (law 3, with nothing in common). Texts with
// pinyin in brackets are left out, since it is read past for all patterns, and
// so are patterns with invisible characters, which are dropped.
func FuzzLiteral(f *testing.F) {
	seed(func(patterns, text string, options uint64) { f.Add(patterns, text) })
	f.Fuzz(func(t *testing.T, words, text string) {
		patterns := slices.DeleteFunc(fuzzedPatterns(words, 0), func(p Pattern) bool {
			return strings.ContainsFunc(p.Text, func(r rune) bool { return tables.ClassOf(r) == tables.Invisible })
		})
		for i := range patterns {
			patterns[i] = Pattern{Text: patterns[i].Text}
		}
		for i := range text {
			if annotation([]byte(text), i) > 0 {
				return
			}
		}
		m, err := New(patterns)
		require.NoError(t, err)
		got, want := nonNil(m.FindAllString(text)), occurrences(patterns, text)
		if !slices.Equal(got, want) {
			require.Equal(t, want, got, "patterns %+q, text %+q", texts(patterns), text)
		}
	})
}

// requireSpans checks what holds for the matches of any text.
func requireSpans(t require.TestingT, m *Matcher, patterns []Pattern, text string, found []Match) {
	require.True(t, slices.IsSortedFunc(found, compareMatches), "order in %+q", text)
	for i, f := range found {
		if i > 0 {
			require.NotEqual(t, found[i-1], f, "reported twice in %+q", text)
		}
		require.True(t, 0 <= f.Start && f.Start < f.End && f.End <= int64(len(text)), "%v in a text of %d bytes", f, len(text))
		require.LessOrEqual(t, f.End-f.Start, int64(m.Window()))
		surface := text[f.Start:f.End]
		require.True(t, utf8.ValidString(surface), "%+q in %+q", surface, text)
		require.Zero(t, f.Channels&^patterns[f.Pattern].Channels, "%v: a channel that the pattern does not have", f)
		// What the pattern holds of invisible characters and pinyin in
		// brackets need not stand in the text.
		essential := withoutReadings(m.patterns[f.Pattern].text)
		essential = strings.Map(func(r rune) rune {
			if tables.ClassOf(r) == tables.Invisible {
				return -1
			}
			return r
		}, essential)
		if f.Channels == 0 && surface != m.patterns[f.Pattern].text {
			require.Equal(t, essential, surface)
		}
		if !f.Channels.Has(Noise) && !f.Channels.Has(Invisible) && !f.Channels.Has(Annotation) && !f.Channels.Has(Repeat) {
			require.Contains(t, []int{utf8.RuneCountInString(essential), utf8.RuneCountInString(m.patterns[f.Pattern].text)},
				utf8.RuneCountInString(surface), "%+q through %v", surface, f.Channels)
		}
	}
}

// highRunes lie over U+FFFF: Han of several planes, styled letters and digits,
// emoji, a tag, a regional indicator, private use, the last one.
var highRunes = []rune("𠀀𠮷𡃁𪜀𰀀𱍐𝐚𝐛𝑨𝟏🅰🇨😀🔥👍🏽🈲\U000e0061\U000e0100\U000f0000\U0010fffd\U0010ffff")

// The laws hold for patterns of characters over U+FFFF, of emoji, and of any
// length up to the longest.
func TestHighAndLongPatterns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		char := rapid.SampledFrom(append([]rune("赌博a1·"), highRunes...))
		lengths := []int{1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 65, 100}
		if rapid.IntRange(0, 40).Draw(t, "rare") == 40 {
			lengths = []int{MaxPatternRunes}
		}
		var patterns []Pattern
		for range rapid.IntRange(1, 4).Draw(t, "patterns") {
			n := rapid.SampledFrom(lengths).Draw(t, "length")
			unit := rapid.SliceOfN(char, 1, min(n, 40)).Draw(t, "unit")
			text := make([]rune, n)
			for i := range text {
				text[i] = unit[(i+i/len(unit))%len(unit)]
				if n > 100 && i >= 50 { // a long one that repeats itself is a candidate at each step
					text[i] = '\U00020000' + rune(i)
				}
			}
			p := Pattern{Text: string(text), Channels: DefaultChannels, Whole: rapid.Bool().Draw(t, "whole")}
			if rapid.Bool().Draw(t, "literal") {
				p.Channels = 0
			}
			if _, err := compile(p); err == nil {
				patterns = append(patterns, p)
			}
		}
		if len(patterns) == 0 {
			return
		}
		m, err := New(patterns)
		require.NoError(t, err)
		var b strings.Builder
		for range rapid.IntRange(1, 3).Draw(t, "pieces") {
			p := rapid.SampledFrom(patterns).Draw(t, "piece").Text
			switch rapid.IntRange(0, 4).Draw(t, "how") {
			case 0:
				b.WriteString(p)
			case 1: // all but the end
				_, w := utf8.DecodeLastRuneInString(p)
				b.WriteString(p[:len(p)-w])
			case 2: // with noise or an invisible character at one place
				rs := []rune(p)
				at := rapid.IntRange(0, len(rs)).Draw(t, "at")
				b.WriteString(string(rs[:at]) + rapid.SampledFrom([]string{"*", "🔥", "\u200b", "\U000e0062", " "}).Draw(t, "noise") + string(rs[at:]))
			case 3:
				b.WriteString(p + p)
			case 4:
				b.WriteRune(char.Draw(t, "char"))
			}
		}
		text := b.String()
		found := m.FindAllString(text)
		if longest := m.window / spanBytes; len(text)*longest <= 20_000 { // the naive matcher is slow
			require.Equal(t, naive(patterns, text), nonNil(found), "%+q", text)
		}
		requireSpans(t, m, patterns, text, found)
		s := m.NewStream()
		var got []Match
		for chunk := range slices.Chunk([]byte(text), rapid.SampledFrom([]int{1, 3, 7, 1000, 40000}).Draw(t, "chunk")) {
			got = s.Append(got, chunk)
		}
		require.Equal(t, nonNil(found), nonNil(s.Flush(got)))
	})
}

// A pattern of every length that matters, up to the longest, is found in
// itself, once, and not without its last character.
func TestPatternLengths(t *testing.T) {
	for _, n := range []int{1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 255, 256, 257, 1000, 4095, MaxPatternRunes} {
		for _, first := range []rune{'一', '𠀀', '\U00020000'} {
			rs := make([]rune, n)
			for i := range rs {
				rs[i] = first + rune(i)
			}
			text := string(rs)
			p := Pattern{Text: text}
			m, err := New([]Pattern{p})
			require.NoError(t, err)
			require.Equal(t, []Match{{0, 3, int64(3 + len(text)), 0}}, m.FindAllString("。"+text+"。"), "%d characters from %U", n, first)
			require.Empty(t, m.FindAllString("。"+string(rs[:n-1])+"。"), "%d characters from %U", n, first)
		}
	}
	_, err := New(literals(strings.Repeat("赌", MaxPatternRunes+1)))
	require.EqualError(t, err, "matcher: pattern 0: text of 4097 characters is longer than the limit of 4096")
}
