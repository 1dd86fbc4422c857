package matcher

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// variant is an engine as the tests run it.
type variant struct {
	name    string
	options Options
}

// variants are every engine of this machine, and every filter also with chunks
// so short and patience so small that borders and changes to the automaton are
// everywhere, and with patterns that are compiled when they are needed.
func variants() (vs []variant) {
	for _, e := range Engines() {
		vs = append(vs, variant{e.String(), Options{Engine: e}})
		if e != Automaton {
			vs = append(vs, variant{e.String() + ", short chunks", Options{Engine: e, tune: func(f *filter) {
				f.chunk, f.slack = 64, 1<<20
			}}}, variant{e.String() + ", impatient, large set", Options{Engine: e, allLarge: true, tune: func(f *filter) {
				f.chunk, f.stretch, f.effort, f.slack = 64, 50, 0, 8
			}}})
		}
	}
	return vs
}

// TestMain runs every test of the package on every engine, so that no law holds
// for one alone. Fuzzing and measuring are done once, on the default. The race
// detector does not look into assembly, so that under it the vector engines run
// only the tests with several goroutines.
func TestMain(m *testing.M) {
	flag.Parse()
	for _, name := range []string{"test.fuzz", "test.bench", "test.list"} {
		if flag.Lookup(name).Value.String() != "" {
			os.Exit(m.Run())
		}
	}
	failed := false
	for _, e := range Engines() {
		defaultOptions.Engine = e
		if raceDetector && e > Filter {
			if err := flag.Set("test.run", "Concurrent"); err != nil {
				panic(err)
			}
		}
		if m.Run() != 0 {
			fmt.Println("FAIL: with the engine", e)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

// once skips a test that runs every engine by itself, but for one round.
func once(t *testing.T) {
	if e := defaultOptions.Engine; e != Auto && e != Automaton {
		t.Skip("was run with the automaton")
	}
}

func TestEngineNames(t *testing.T) {
	require.Equal(t, "auto", Auto.String())
	require.Equal(t, "Engine(77)", Engine(77).String())
	seen := map[string]bool{}
	for _, e := range Engines() {
		require.False(t, seen[e.String()])
		seen[e.String()] = true
		m, err := NewWith(literals("赌博"), Options{Engine: e})
		require.NoError(t, err)
		require.Equal(t, e == Automaton, m.views[0].filter == nil)
	}
	_, err := NewWith(literals("赌博"), Options{Engine: numEngines})
	require.EqualError(t, err, "matcher: this machine cannot run the engine: Engine(5)")
}

// requireEngines checks that every engine finds in text what the automaton
// finds, in the whole and in chunks of size.
func requireEngines(t require.TestingT, patterns []Pattern, text string, size int) {
	requireVariants(t, variants()[1:], patterns, text, size)
}

func requireVariants(t require.TestingT, vs []variant, patterns []Pattern, text string, size int) {
	m, err := NewWith(patterns, Options{Engine: Automaton})
	require.NoError(t, err)
	want := m.FindAllString(text)
	for _, v := range vs {
		m, err := NewWith(patterns, v.options)
		require.NoError(t, err)
		if got := m.FindAllString(text); !slices.Equal(got, want) {
			require.Equal(t, want, got, "%s: patterns %+q, text %+q", v.name, texts(patterns), text)
		}
		s := m.NewStream()
		var got []Match
		for chunk := range slices.Chunk([]byte(text), size) {
			got = s.Append(got, chunk)
		}
		if got = s.Flush(got); !slices.Equal(got, want) {
			require.Equal(t, want, got, "%s in chunks of %d: patterns %+q, text %+q", v.name, size, texts(patterns), text)
		}
	}
}

// Texts in which every position is a hit, or nearly one, under every engine,
// and with chunk borders at every offset.
func TestEnginesSpecialTexts(t *testing.T) {
	once(t)
	sixteen := "一二三四五六七八九十甲乙丙丁戊己"
	for _, c := range []struct {
		name     string
		patterns []string
		text     string
	}{
		{"every position is a hit", []string{"中国", "国中"}, strings.Repeat("中国", 300)},
		{"every position is a near miss", []string{"中国人", "国中心"}, strings.Repeat("中国", 300)},
		{"nested", []string{"中中", "中中中", "中中中中", "中中中中中"}, strings.Repeat("中", 300)},
		{"nested, different", []string{"甲乙丙丁", "乙丙", "甲乙", "丙丁", "甲乙丙"}, strings.Repeat("甲乙丙丁", 150)},
		{"sixteen", []string{sixteen, sixteen[3:], sixteen[:45]}, strings.Repeat(sixteen+"。", 30)},
		{"sixteen, all hits", []string{sixteen}, strings.Repeat(sixteen, 40)},
		{"short ASCII", []string{"av", "tmd", "sb", "qq", "QQ群", "加v", "x1", "abc", "abcd"}, strings.Repeat("加v看av，tmd QQ群 sb x1 abcd。", 40)},
		{"one character", []string{"赌", "哈哈", "11", "a"}, strings.Repeat("赌哈哈哈 11 1 赌 * a赌赌a", 60)},
		{"long run", []string{"哈哈网", "哈哈", "网哈"}, "网" + strings.Repeat("哈", 2000) + "网哈"},
		{"readings", []string{"转发", "n发", "zhuan", "an发", "发n"}, strings.Repeat("转(zhuǎn)发(fā)n 轉（zhuan）發，(zhuan)发", 40)},
		{"invalid", []string{"ab", "赌博", "a"}, strings.Repeat("\xc1\xa1ab\xc1\xa2b 赌\xff博赌博\xe8赌博\xb5\x8c赌博\xf0\x90赌博", 40)},
		{"astral", []string{"𠀀𠮷", "𝐚b", "🔞🔞", "🔥"}, strings.Repeat("𠀀𠮷𠀀 𝐚𝐛ab 🔞🔞🔞a🔥b", 40)},
		{"wide gaps", []string{"赌博网", "哈哈"}, strings.Repeat("赌赌****博博*网 哈*****哈***哈", 60)},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := 0
			for _, channels := range []ChannelSet{0, DefaultChannels} {
				for _, whole := range []bool{false, true} {
					var ps []Pattern
					for _, p := range c.patterns {
						ps = append(ps, Pattern{Text: p, Channels: channels, Whole: whole})
					}
					requireEngines(t, ps, c.text, 997)
					requireEngines(t, ps, c.text[:min(len(c.text), 200)], 1)
					m, err := New(ps)
					require.NoError(t, err)
					found += len(m.FindAllString(c.text))
				}
			}
			require.Equal(t, strings.Contains(c.name, "miss"), found == 0)
		})
	}
}

// A match is found wherever the border of a chunk lies in it or near it.
func TestEnginesEveryBorder(t *testing.T) {
	once(t)
	patterns := defaults(false, "赌博网站", "tmd", "六合彩", "转发", "abc", "赌")
	for shift := range 80 {
		text := strings.Repeat("。", shift/3) + "..."[:shift%3] + "赌*博 網站T.M.D！6合\n彩转(zhuǎn)发abc" + strings.Repeat("，", 40) + "赌博网站"
		requireEngines(t, patterns, text, 64)
	}
}

// Random patterns and texts under every engine.
func TestEnginesRandom(t *testing.T) {
	once(t)
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(patternGen, 1, 8).Draw(t, "patterns")
		if rapid.Bool().Draw(t, "literal") {
			for i := range patterns {
				patterns[i].Channels = 0
			}
		}
		text := strings.Repeat(textGen(60).Draw(t, "text"), rapid.IntRange(1, 5).Draw(t, "times"))
		requireEngines(t, patterns, text, rapid.IntRange(1, 300).Draw(t, "chunk"))
	})
}

// FuzzEngines: every engine finds what the automaton finds, in the whole and in
// chunks of any size. One at a time: to build them takes longest.
func FuzzEngines(f *testing.F) {
	seed(func(patterns, text string, options uint64) { f.Add(patterns, text, options, uint8(options)) })
	f.Fuzz(func(t *testing.T, words, text string, options uint64, size uint8) {
		patterns := fuzzedPatterns(words, options)
		if len(patterns) == 0 {
			return
		}
		vs := variants()[1:]
		one := int(options>>56+uint64(size)) % len(vs)
		if options>>48&1 != 0 { // raw, if all of them are
			for i := range patterns {
				patterns[i].Channels = 0
			}
		}
		requireVariants(t, vs[one:one+1], patterns, text, int(size)+1)
	})
}

// The filter may say maybe, never a false no: the anchor of every pattern is
// among the candidates of its own text, in a crowd of 3,000 others.
func TestFilterMisses(t *testing.T) {
	words := randomWords(3000, 500)
	words = append(words, "ab", "abc", "abcd", "http", "QQ群", "a赌", "赌a", "aa", "𠀀𠀁", "a𝐛")
	for _, channels := range []ChannelSet{0, DefaultChannels} {
		var patterns []Pattern
		for _, w := range words {
			patterns = append(patterns, Pattern{Text: w, Channels: channels})
		}
		m, err := New(patterns)
		require.NoError(t, err)
		for i, w := range words {
			require.True(t, slices.ContainsFunc(m.FindAllString("。"+w+"。"), func(f Match) bool { return f.Pattern == i }), "%s through %v", w, channels)
		}
	}
}

// What the fold table promises: skipped characters are skipped, and units that
// are folded already stay as they are.
func TestFoldIsIdempotent(t *testing.T) {
	m, err := NewWith(defaults(false, "赌博网站", "哈哈", "𠀀𠀁", "𝐚b"), Options{Engine: Filter})
	require.NoError(t, err)
	v := m.views[0]
	f := v.filter
	require.EqualValues(t, unitSkip, f.fold[unitIgnored])
	require.EqualValues(t, 0, f.fold[unitBreak])
	for code := uint16(1); int(code) < len(f.unit); code++ {
		require.Equal(t, f.unit[code], f.fold[f.unit[code]], "code %d", code)
	}
	for _, r := range "赌哈𠀀𝐚ａＢ網" {
		if r <= 0xFFFF {
			require.Equal(t, f.unitOf(v.alphabet.code(r)), f.fold[r], "%c", r)
		}
	}
}
