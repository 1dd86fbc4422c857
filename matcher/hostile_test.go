package matcher

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var long = flag.Bool("long", false, "also scan a stream of 1 GB and one of 5 GB")

// raceDetector says whether the race detector is on; a sync.Pool then forgets
// on purpose, so that allocations are not counted.
var raceDetector = func() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}()

// rounds is how many of n rounds of an oracle are run: under the race detector,
// which makes each ten times slower and sees one goroutine, every tenth.
func rounds(n int) int {
	if raceDetector {
		return n / 10
	}
	return n
}

// allocations is [testing.AllocsPerRun] without garbage collections, which
// empty a sync.Pool whenever they like.
func allocations(runs int, f func()) float64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	return testing.AllocsPerRun(runs, f)
}

// occurrences finds literal patterns in text by the standard library alone.
func occurrences(patterns []Pattern, text string) (found []Match) {
	for id, p := range patterns {
		for at := 0; ; {
			i := strings.Index(text[at:], p.Text)
			if i < 0 {
				break
			}
			at += i
			found = append(found, Match{id, int64(at), int64(at + len(p.Text)), 0})
			at++
		}
	}
	slices.SortFunc(found, compareMatches)
	return found
}

// randomWords returns n different words of 2 to 8 characters out of size.
func randomWords(n, size int) []string {
	rng := rand.New(rand.NewPCG(3, 5))
	seen := map[string]bool{}
	var words []string
	for len(words) < n {
		w := make([]rune, 2+rng.IntN(7))
		for i := range w {
			w[i] = '一' + rune(rng.IntN(size))
		}
		if s := string(w); !seen[s] {
			seen[s] = true
			words = append(words, s)
		}
	}
	return words
}

// Texts that are made to be slow. The six of the first group made a filter or
// a trie ten to a thousand times slower than ordinary text. Work is not timed
// here but bounded by what it leaves: the matches are those of a closed form
// or of an independent search, a scan allocates nothing but its result, and a
// stream holds no more than it says.
func TestHostileTexts(t *testing.T) {
	const n = 3000
	han := func(k int) string { return strings.Repeat("中", k) }
	words := randomWords(400, 300)
	var nested, fan, sandwich []string
	for k := 2; k <= 8; k++ {
		nested = append(nested, han(k))
	}
	for i := range 2000 {
		fan = append(fan, han(7)+string('亀'+rune(i)))
	}
	for i := range 5000 {
		sandwich = append(sandwich, string('亀'+rune(i/100))+han(4)+string('亀'+rune(i%100)))
	}
	all := strings.Join(words, "")
	var cut, changed strings.Builder
	for i, w := range words {
		rs := []rune(w)
		cut.WriteString(string(rs[:len(rs)-1]))
		rs[i%len(rs)] = '亀'
		changed.WriteString(string(rs))
	}
	sum := 0
	for k := 2; k <= 8; k++ {
		sum += n - k + 1
	}
	const search = -1 // count with occurrences
	for _, c := range []struct {
		name     string
		patterns []string
		text     string
		want     int
	}{
		{"nested", nested, han(n), sum},
		{"suffix fan", fan, han(n), 0},
		{"sandwich", sandwich, han(n), 0},
		{"entries without their ends", words, cut.String(), search},
		{"entries with one character changed", words, changed.String(), search},
		{"entries back to back", words, all, search},

		{"pairs, suffix fan", []string{"中国中国中国中国人", "中国中国中国中国民"}, strings.Repeat("中国", n), 0},
		{"pairs, nested", []string{"中国", "国中", "中国中", "国中国", "中国中国", "国中国中"}, strings.Repeat("中国", n), 2*n - 1 + 2*n - 2 + 2*n - 3},
		{"only zero-width", []string{"赌博", "ab"}, strings.Repeat("\u200b", n), 0},
		{"zero-width inside", []string{"赌博", "ab"}, "赌" + strings.Repeat("\u200b", n) + "博", 0},
		{"only combining marks", []string{"赌博", "ab"}, "a" + strings.Repeat("\u0301", n) + "b", 0},
		{"only noise", []string{"赌博", "ab"}, strings.Repeat("*", n), 0},
		{"only noise, strict", []string{"**", "****"}, strings.Repeat("*", n), n - 1 + n - 3},
		{"noise between all", []string{"赌博", "ab"}, strings.Repeat("赌*", n), 0},
		{"one character", []string{"赌博", "赌赌", "赌"}, strings.Repeat("赌", n), n + n - 1},
		{"one character before the end", []string{"赌博", "赌赌博"}, strings.Repeat("赌", n) + "博", 2},
		{"newlines", []string{"赌博", "a b"}, strings.Repeat("\n", n), 0},
		{"newlines between", []string{"赌博"}, strings.Repeat("赌\n博\n\n", n), n},
		{"opening brackets", []string{"赌博"}, strings.Repeat("赌(", n), 0},
		{"readings", []string{"赌博"}, strings.Repeat("赌(dǔ)博(bó)", n), n},
		{"endless readings", []string{"赌博"}, "赌" + strings.Repeat("(dǔ)", n) + "博", 0},
		{"open readings", []string{"赌博"}, strings.Repeat("赌(dududududududududududududududu", n), 0},
		{"invalid bytes", []string{"赌博"}, strings.Repeat("赌\xff博", n), 0},
		{"continuation bytes", []string{"赌博"}, strings.Repeat("\x80", n), 0},
		{"cut characters", []string{"赌博"}, strings.Repeat("\xe8\xb5", n), 0},
		{"letters with dots", []string{"tmd"}, strings.Repeat("t.m.d.", n), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, set := range []ChannelSet{0, DefaultChannels} {
				var patterns []Pattern
				for _, p := range c.patterns {
					patterns = append(patterns, Pattern{Text: p, Channels: set})
				}
				m, err := New(patterns)
				require.NoError(t, err)
				found := m.FindAllString(c.text)
				literal := slices.DeleteFunc(slices.Clone(found), func(f Match) bool { return f.Channels != 0 })
				if c.want == search {
					require.Equal(t, occurrences(patterns, c.text), nonNil(literal), "%v", set)
				} else if set == DefaultChannels {
					require.Len(t, found, c.want, "%v", set)
				} else {
					require.Len(t, found, len(occurrences(patterns, c.text)), "%v", set)
				}
				requireSpans(t, m, patterns, c.text, found)

				dst := make([]Match, 0, len(found))
				if !raceDetector {
					require.Zero(t, allocations(3, func() { dst = m.AppendAllString(dst[:0], c.text) }), "%v", set)
				}
				s := m.NewStream()
				dst = dst[:0]
				for chunk := range slices.Chunk([]byte(c.text), 37) {
					dst = s.Append(dst, chunk)
					require.LessOrEqual(t, len(s.carry), m.Buffered())
				}
				require.Equal(t, nonNil(found), nonNil(s.Flush(dst)), "%v", set)
			}
		})
	}
}

// On the same kinds of text, but shorter, the default channels agree with the
// naive matcher.
func TestHostileTextsNaive(t *testing.T) {
	words := randomWords(60, 40)
	var b strings.Builder
	for i, w := range words {
		rs := []rune(w)
		b.WriteString(string(rs[:len(rs)-1]) + []string{"", "*", "\u200b", "\n", w, " " + w}[i%6] + w)
	}
	for _, c := range []struct {
		patterns []string
		text     string
	}{
		{words, b.String()},
		{[]string{"中中", "中中中", "中中国", "国中中"}, strings.Repeat("中", 40) + "国" + strings.Repeat("中*", 40)},
		{[]string{"aab", "abab", "ba"}, strings.Repeat("a.b.", 30) + strings.Repeat("ab", 30) + strings.Repeat("aＡ", 10) + "b"},
		{[]string{"赌博", "博网"}, strings.Repeat("赌(dǔ)博(bó", 10) + "赌" + strings.Repeat("\u200b", 63) + "博" + strings.Repeat("\u200b", 64) + "网赌" + strings.Repeat("\u200b", 65) + "博"},
	} {
		for _, whole := range []bool{false, true} {
			patterns := defaults(whole, c.patterns...)
			m, err := New(patterns)
			require.NoError(t, err)
			require.Equal(t, naive(patterns, c.text), nonNil(m.FindAllString(c.text)), "%q", c.text)
		}
	}
}

// A gap of skipped characters is bounded whatever they are.
func TestHostileGapIsBounded(t *testing.T) {
	for _, c := range []struct {
		n    int
		want int
	}{{0, 1}, {1, 1}, {maxSkipped, 1}, {maxSkipped + 1, 0}, {1000, 0}} {
		text := "赌" + strings.Repeat("\u200b", c.n) + "博"
		m, err := New(defaults(false, "赌博"))
		require.NoError(t, err)
		require.Len(t, m.FindAllString(text), c.want, "%d characters", c.n)
	}
}

// A surface longer than the documented bound is not reported, and what is
// within it is: 64 bytes a character and 256.
func TestHostileSurfaceIsBounded(t *testing.T) {
	m, err := New(defaults(false, "赌博网"))
	require.NoError(t, err)
	const limit = 3*spanBytes + spanSlack
	for _, n := range []int{1, 10, (limit - 6) / 3, (limit-6)/3 + 1, 1000, 100_000} {
		text := "赌" + strings.Repeat("博", n) + "网"
		want := 1
		if len(text) > limit {
			want = 0
		}
		require.Len(t, m.FindAllString(text), want, "%d bytes", len(text))
	}
}

// A line of 20 MB is scanned as it is, and so are a million line breaks.
func TestHostileSize(t *testing.T) {
	m, err := New(defaults(false, "赌博网站", "tmd", "**"))
	require.NoError(t, err)
	const planted = 997
	part := strings.Repeat("普通的文字，with words。", 660) + "赌*博 網站"
	line := strings.Repeat(part, planted)
	require.Greater(t, len(line), 20_000_000)
	found := m.FindAllString(line)
	require.Len(t, found, planted)
	for i, f := range found {
		require.Equal(t, int64((i+1)*len(part)), f.End)
		require.Equal(t, Set(Noise, Traditional), f.Channels)
	}
	require.Empty(t, m.FindAllString(strings.Repeat("\n", 1_000_000)))
	require.Empty(t, m.FindAllString(strings.Repeat("\u200b", 1_000_000)))
	require.Empty(t, m.FindAllString(strings.Repeat("赌", 1_000_000)))
	require.Len(t, m.FindAllString(strings.Repeat("*", 1_000_000)), 1_000_000-1)
}

// scanStream feeds total bytes in chunks of size and returns the number of
// matches and the growth of the heap.
func scanStream(t *testing.T, m *Matcher, chunk []byte, total int64) (matches int64, growth int64) {
	heap := func() int64 {
		runtime.GC()
		runtime.GC() // what a sync.Pool holds outlives one collection
		var ms runtime.MemStats
		runtime.ReadMemStats(&ms)
		return int64(ms.HeapAlloc)
	}
	s := m.NewStream()
	dst := make([]Match, 0, 1000)
	before, most := heap(), int64(math.MinInt64)
	var fed int64
	for i := 0; fed < total; i++ {
		dst = s.Append(dst[:0], chunk)
		fed += int64(len(chunk))
		matches += int64(len(dst))
		if len(dst) > 0 {
			require.LessOrEqual(t, dst[len(dst)-1].End, fed)
			require.Greater(t, dst[0].End, fed-int64(len(chunk)+2*m.Window()))
		}
		if i%1000 == 0 {
			most = max(most, heap())
		}
	}
	matches += int64(len(s.Flush(dst[:0])))
	most = max(most, heap())
	runtime.KeepAlive(s)
	return matches, most - before
}

// A stream needs the same memory for 64 MB as for one; with -long also for
// 1 GB and for offsets over 2^32.
func TestHostileStreamMemory(t *testing.T) {
	m, err := New(defaults(false, "赌博网站", "tmd", "**", strings.Repeat("长", 100)))
	require.NoError(t, err)
	// Chunks cut the planted surface and its characters.
	text := []byte("博 網站。" + strings.Repeat("普通的文字，with words。", 2000) + "赌*")
	totals := []int64{1 << 20, int64(rounds(64)) << 20}
	if *long {
		totals = append(totals, 1<<30, 5<<30)
	}
	for _, total := range totals {
		matches, growth := scanStream(t, m, text, total)
		chunks := (total + int64(len(text)) - 1) / int64(len(text))
		require.Equal(t, chunks-1, matches, "%d bytes", total)
		require.Less(t, growth, int64(4<<20), "%d bytes: the heap grew", total)
	}
}

// A stream goes on over the places where its 32-bit counters wrap.
func TestHostileStreamOffsets(t *testing.T) {
	patterns := defaults(false, "赌博网站", "哈哈", "tmd", "**")
	m, err := New(patterns)
	require.NoError(t, err)
	text := strings.Repeat("他赌*博网 站哈哈哈！T.M.D**赌博博网站", 20)
	want := m.FindAllString(text)
	require.NotEmpty(t, want)
	for _, base := range []int64{1<<31 - 300, 1<<32 - 1, 1<<32 - 100, 1<<32 - 777, 3<<32 - 500, math.MaxInt64 - 10_000} {
		for _, size := range []int{1, 10, len(text)} {
			s := m.NewStream()
			s.base = base
			for i, st := range s.states {
				s.read[i] = base
				st.elem, st.run = uint32(1<<32-100), uint32(1<<32-50)
			}
			var got []Match
			for chunk := range slices.Chunk([]byte(text), size) {
				got = s.Append(got, chunk)
			}
			got = s.Flush(got)
			for i := range got {
				got[i].Start -= base
				got[i].End -= base
			}
			require.Equal(t, want, got, "from offset %d, chunks of %d", base, size)
		}
	}
}

// Patterns with more different characters than there are codes are refused,
// with the limit.
func TestHostileAlphabet(t *testing.T) {
	var patterns []Pattern
	for r := rune(0x20000); len(patterns) < 66_000; r++ {
		patterns = append(patterns, Pattern{Text: string(r)})
	}
	_, err := New(patterns)
	require.ErrorContains(t, err, fmt.Sprintf("the limit is %d", maxCodes))
	require.ErrorContains(t, err, "matcher: patterns use 6")
	m, err := New(patterns[:10_000])
	require.NoError(t, err)
	require.Len(t, m.FindAllString("\U00020000x\U00020123"), 2)
}

// The throughput of a stream of 1 GB; also its memory, by -benchmem.
func BenchmarkStream1GB(b *testing.B) {
	m, err := New(defaults(false, "赌博网站", "tmd", "**"))
	require.NoError(b, err)
	chunk := []byte(strings.Repeat("普通的文字，with words。", 2000) + "赌*博 網站")
	n := (1<<30)/len(chunk) + 1
	b.SetBytes(int64(n) * int64(len(chunk)))
	for b.Loop() {
		s := m.NewStream()
		var dst []Match
		found := 0
		for range n {
			dst = s.Append(dst[:0], chunk)
			found += len(dst)
		}
		require.Equal(b, n, found+len(s.Flush(dst[:0])))
	}
}
