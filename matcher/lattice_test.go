package matcher

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// found is a match as text.
type found struct {
	text     string
	channels string
}

// disguisedIn returns the matches of one pattern, with all channels.
func disguisedIn(t *testing.T, set ChannelSet, pattern, text string) (out []found) {
	t.Helper()
	m, err := New([]Pattern{{Text: pattern, Channels: set, Whole: true}})
	require.NoError(t, err)
	for _, f := range m.FindAllString(text) {
		out = append(out, found{text[f.Start:f.End], f.Channels.String()})
	}
	return out
}

func TestDisguises(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range []struct {
		name, pattern, text string
		want                []found
	}{
		{"homophone", "赌博", "参与堵博的人", []found{{"堵博", "homophone"}}},
		{"homophones of all characters", "赌博", "参与堵勃的人", []found{{"堵勃", "homophone"}}},
		{"a reading that is usual for neither", "土痞", "都被", nil},
		{"every reading counts", "重庆", "崇庆", []found{{"崇庆", "homophone"}}},
		{"traditional homophone", "赌博", "賭勃", []found{{"賭勃", "traditional+homophone"}}},
		{"pinyin with a blank", "赌博", "来 du bo 吧", []found{{"du bo", "pinyin"}}},
		{"pinyin without", "赌博", "来dubo吧", []found{{"dubo", "pinyin"}}},
		{"capitals", "赌博", "DuBo", []found{{"DuBo", "pinyin"}}},
		{"tone marks", "赌博", "dǔ bó", []found{{"dǔ bó", "pinyin"}}},
		{"tone numbers", "赌博", "du3 bo2", []found{{"du3 bo2", "pinyin"}}},
		{"mixed", "赌博", "赌bo平台", []found{{"赌bo", "pinyin"}}},
		{"mixed, the other way", "赌博", "上du博网", []found{{"du博", "pinyin"}}},
		{"first letter mixed", "赌博", "网上d博", []found{{"d博", "initials"}}},
		{"not in a longer word", "赌博", "dubois adubo dubo1x", nil},
		{"not the head of a word", "赌博", "赌bob", nil},
		{"two letters of an initial", "傻逼", "sh逼", []found{{"sh逼", "initials"}}},
		{"ü as v and u", "女拳", "nvquan nuquan nüquan", []found{{"nvquan", "pinyin"}, {"nuquan", "pinyin"}, {"nüquan", "pinyin"}}},
		{"initials", "你妈死了", "nmsl", []found{{"nmsl", "initials"}}},
		{"initials inside a word", "你妈死了", "xnmsl", nil},
		{"fuzzy", "傻逼", "撒逼", []found{{"撒逼", "homophone_fuzzy"}}},
		{"split", "婊子", "女表子", []found{{"女表子", "split"}}},
		{"split with a free radical", "海洛因", "水每洛因", []found{{"水每洛因", "split"}}},
		{"split with a blank", "骗子", "马 扁子", []found{{"马 扁子", "noise+split"}}},
		{"emoji", "鸡巴", "🐔巴", []found{{"🐔巴", "emoji"}}},
		{"emoji by sound", "妈的", "🐴的", []found{{"🐴的", "homophone+emoji"}}},
		{"emoji of two characters", "炸弹制作", "💣制作", []found{{"💣制作", "emoji"}}},
		{"an emoji alone is no match", "赌博", "🎲", nil},
		{"leet", "sb", "你个5b", []found{{"5b", "leet"}}},
		{"digit by sound", "死全家", "4全家", []found{{"4全家", "leet"}}},
		{"number", "死全家", "14全家", nil},
		{"stroke", "赌博", "睹搏", []found{{"睹搏", "homophone"}}},
		{"look-alike", "傻逼", "俊逼", []found{{"俊逼", "lookalike"}}},
		{"swap", "赌博", "他去博赌了", []found{{"博赌", "swap"}}},
		{"swap of three", "王八蛋", "八王蛋", []found{{"八王蛋", "swap"}}},
		{"noise", "赌博", "堵*博", []found{{"堵*博", "noise+homophone"}}},
		{"not over a comma", "赌博", "堵，博", nil},
		{"not over a line", "赌博", "堵\n博", nil},
		{"invisible", "赌博", "堵\u200b博", []found{{"堵\u200b博", "invisible+homophone"}}},
		{"literal only once", "赌博", "赌博", []found{{"赌博", "literal"}}},
		{"numeral", "六合彩", "6盒彩", []found{{"6盒彩", "numeral+homophone"}}},
		{"xi an and xian", "西安", "xian", []found{{"xian", "pinyin"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := disguisedIn(t, AllChannels, c.pattern, c.text)
			require.Equal(t, c.want, got)
			for _, f := range got {
				seen[f.channels] = true
				set := Set()
				for _, name := range strings.Split(f.channels, "+") {
					if ch, ok := ParseChannel(name); ok {
						set = set.With(ch)
					}
				}
				require.Contains(t, disguisedIn(t, set, c.pattern, c.text), f, "with no other channel")
				for _, info := range Channels() {
					if set.Has(info.Channel) {
						require.NotContains(t, disguisedIn(t, AllChannels.Without(info.Channel), c.pattern, c.text), f, "without %s", info.Name)
					}
				}
			}
		})
	}
	for _, name := range Disguises.Names() {
		require.True(t, seen[name], "channel %s has no row of its own", name)
	}
}

// TestHints: what is a hint at most is no default, and only disguises are hints.
func TestHints(t *testing.T) {
	for _, info := range Channels() {
		if info.Hint {
			require.True(t, Disguises.Has(info.Channel), info.Name)
			require.False(t, info.Default, info.Name)
		}
	}
	require.Zero(t, DefaultChannels&Disguises)
	require.Equal(t, AllChannels, DefaultChannels|Disguises)
}

// naiveToken is a character that is not skipped, with what was skipped before it.
type naiveToken struct {
	r          rune
	kind       glyphKind
	start, end int
	gap        string
	border     bool
}

func naiveTokens(text string) (list []naiveToken) {
	gap, border := "", true
	for i := 0; i < len(text); {
		r, w := utf8.DecodeRuneInString(text[i:])
		kind := glyphKindOf(r)
		switch {
		case r == utf8.RuneError && w == 1, kind == glyphBreak:
			gap, border = "", true
		case kind == glyphInvisible || kind == glyphBlank || kind == glyphNoise:
			gap += text[i : i+w]
		default:
			t := naiveToken{r, kind, i, i + w, gap, border || naiveNoise(gap) > DefaultGap+1}
			switch kind {
			case glyphLetter:
				t.r = letterOf(r)
			case glyphDigit:
				t.r = tables.Root(r)
			}
			list = append(list, t)
			gap, border = "", false
		}
		i += w
	}
	return list
}

// naiveNoise counts the visible characters of a gap.
func naiveNoise(gap string) (n int) {
	for _, r := range gap {
		if glyphKindOf(r) != glyphInvisible {
			n++
		}
	}
	return n
}

func naiveBlank(gap string) bool {
	return strings.ContainsFunc(gap, func(r rune) bool { return glyphKindOf(r) == glyphBlank })
}

func naiveInvisible(gap string) bool {
	return strings.ContainsFunc(gap, func(r rune) bool { return glyphKindOf(r) == glyphInvisible })
}

// naiveWay is one reading of a place.
type naiveWay struct {
	first, last int
	cost        int
	channels    ChannelSet
}

// naiveDisguised finds what the disguised view finds, from the definition: it tries,
// from each token on, every piece of text for every element.
func naiveDisguised(patterns []Pattern, text string) (all map[Match][]naiveWay) {
	all = map[Match][]naiveWay{}
	tokens := naiveTokens(text)
	for id, p := range patterns {
		c, err := compile(p)
		if err != nil {
			panic(err)
		}
		d := (&lattice{glyphs: map[rune]*glyph{}}).disguise(uint32(id), c)
		if c.strict || c.own != nil || len(c.elems) < 2 || len(c.elems) > maxDisguised || d.channels&Disguises == 0 {
			continue
		}
		byEnd := map[int][]naiveWay{}
		for i := range tokens {
			var walk func(at, k int, w naiveWay, pinyin bool)
			walk = func(at, k int, w naiveWay, pinyin bool) {
				if w.channels&^d.channels != 0 {
					return
				}
				if k == len(d.glyphs) {
					w.last = at - 1
					byEnd[w.last] = append(byEnd[w.last], w)
					return
				}
				for n := 1; n <= 8 && at+n <= len(tokens); n++ {
					for _, e := range naiveEdges(d, k, tokens[at:at+n]) {
						x := w
						x.cost += e.cost
						x.channels |= e.set
						spelled := e.set.Has(Pinyin)
						if k > 0 {
							gap := tokens[at].gap
							noise := naiveNoise(gap)
							if tokens[at].border || noise > d.gap {
								continue
							}
							if noise > 0 && !(noise == 1 && naiveBlank(gap) && pinyin && spelled) {
								x.cost += costGap
								x.channels = x.channels.With(Noise)
							}
							if naiveInvisible(gap) {
								x.channels = x.channels.With(Invisible)
							}
						}
						walk(at+n, k+e.elems, x, spelled)
					}
				}
			}
			walk(i, 0, naiveWay{first: i}, false)
		}
		for _, ways := range byEnd {
			best := slices.MinFunc(ways, func(a, b naiveWay) int {
				if a.cost != b.cost {
					return a.cost - b.cost
				}
				return a.first - b.first
			})
			if best.channels&Disguises == 0 || best.last == best.first {
				continue
			}
			m := Match{Pattern: id, Start: int64(tokens[best.first].start), End: int64(tokens[best.last].end)}
			if m.End-m.Start > c.limit || !naiveApart(c, tokens[best.first], tokens[best.last], text) {
				continue
			}
			for _, w := range ways {
				if w.cost == best.cost && w.first == best.first {
					all[m] = append(all[m], w)
				}
			}
		}
	}
	return all
}

func naiveApart(c *compiled, first, last naiveToken, text string) bool {
	word := func(t naiveToken) bool { return isWord(t.kind) || t.kind == glyphSymbol }
	data := []byte(text)
	if word(first) && (!freeLeft(data, first.start, letterClass) || !freeLeft(data, first.start, digitClass)) {
		return false
	}
	return !word(last) || freeRight(data, last.end, letterClass) && freeRight(data, last.end, digitClass)
}

type naiveEdge struct {
	elems, cost int
	set         ChannelSet
}

// naiveEdges returns in what ways the tokens stand for elements of d from k on.
func naiveEdges(d *disguised, k int, tokens []naiveToken) (edges []naiveEdge) {
	p, t := d.glyphs[k], tokens[0]
	one := len(tokens) == 1
	han := p.kind == glyphHan
	if one && t.kind != glyphEmoji && t.kind != glyphSymbol && tables.Root(t.r) == p.root && (t.kind == p.kind || t.kind != glyphLetter) {
		kinds, _ := tables.Path(t.r, p.r)
		if t.kind == glyphLetter {
			kinds = 0
		}
		return []naiveEdge{{1, 0, channelsOf(kinds)}}
	}
	if one && han && t.kind == glyphHan {
		switch {
		case p.soundsLike(t.r):
			edges = append(edges, naiveEdge{1, costHomophone, Set(Homophone)})
		case p.soundsNearly(t.r):
			edges = append(edges, naiveEdge{1, costFuzzy, Set(HomophoneFuzzy)})
		}
		if share(shapeCodes(t.r), p.shapes) {
			edges = append(edges, naiveEdge{1, costLookalike, Set(Lookalike)})
		}
	}
	var letters strings.Builder
	var free []rune
	parts := han && len(tokens) > 1
	unbroken := true
	var extra ChannelSet
	for i, x := range tokens {
		letters.WriteRune(x.r)
		free = append(free, tables.Free(x.r))
		parts = parts && x.kind == glyphHan
		if i > 0 {
			noise := naiveNoise(x.gap)
			parts = parts && !x.border && noise <= 1
			unbroken = unbroken && noise == 0 && !x.border
			if noise > 0 {
				extra = extra.With(Noise)
			}
			if naiveInvisible(x.gap) {
				extra = extra.With(Invisible)
			}
		}
	}
	if parts && slices.ContainsFunc(p.parts, func(way []rune) bool { return slices.Equal(way, free) }) {
		edges = append(edges, naiveEdge{1, costSplit, Set(Split) | extra})
	}
	for _, name := range p.names {
		s := letters.String()
		plain := strings.TrimRight(s, "12345")
		if len(s)-len(plain) > 1 || plain == "" {
			continue
		}
		if unbroken && (plain == name || plain == strings.ReplaceAll(name, "v", "u")) {
			edges = append(edges, naiveEdge{1, costPinyin, Set(Pinyin) | extra})
		}
		if one && s == name[:1] || unbroken && len(name) > 2 && name[1] == 'h' && s == name[:2] {
			edges = append(edges, naiveEdge{1, costInitials, Set(Initials) | extra})
		}
	}
	if one && t.kind == glyphDigit {
		if han && share(leetSoundNumbers()[t.r], p.sounds) || p.kind == glyphLetter && strings.ContainsRune(leetLetters[t.r], p.root) {
			edges = append(edges, naiveEdge{1, costLeet, Set(Leet)})
		}
	}
	if one && t.kind == glyphSymbol && p.kind == glyphLetter && strings.ContainsRune(leetLetters[t.r], p.root) {
		edges = append(edges, naiveEdge{1, costLeet, Set(Leet)})
	}
	if one && t.kind == glyphEmoji {
		for word := range tables.EmojiWords(t.r) {
			if n := utf8.RuneCountInString(word); k+n <= len(d.glyphs) {
				if e, cost, set := pictured(d, k+n, word); e > 0 {
					edges = append(edges, naiveEdge{e, cost, set})
				}
			}
		}
	}
	return edges
}

// latticeLaw checks the disguised view against the naive one, and that its matches
// are those of any chunking.
func latticeLaw(t require.TestingT, patterns []Pattern, text string) int {
	m, err := New(patterns)
	require.NoError(t, err)
	want := naiveDisguised(patterns, text)
	n := 0
	got := m.FindAllString(text)
	for _, f := range got {
		if f.Channels&Disguises == 0 || f.Channels.Has(Swap) {
			continue
		}
		n++
		key := f
		key.Channels = 0
		ways, ok := want[key]
		require.True(t, ok, "%+v is not found from the definition: patterns %q, text %q", f, patterns, text)
		require.True(t, slices.ContainsFunc(ways, func(w naiveWay) bool { return w.channels == f.Channels }),
			"%+v: channels of the definition are %v, text %q", f, ways, text)
		steps := m.Steps(f.Pattern, text[f.Start:f.End])
		var all strings.Builder
		at := 0
		for _, s := range steps {
			require.LessOrEqual(t, at, s.Start, "steps overlap: %v of %q", steps, text)
			all.WriteString(s.Text)
			at = s.End
		}
		visible := strings.Map(func(r rune) rune {
			if tables.ClassOf(r) == tables.Invisible {
				return -1
			}
			return r
		}, withoutReadings(patterns[f.Pattern].Text))
		require.Equal(t, visible, all.String(), "steps of %q in %q", text[f.Start:f.End], text)
	}
	require.Equal(t, len(want), n, "matches of patterns %q in %q: got %v, want %v", patterns, text, got, want)

	s := m.NewStream()
	var chunked []Match
	for i := range len(text) {
		chunked = s.Append(chunked, []byte(text[i:i+1]))
	}
	require.Equal(t, got, s.Flush(chunked), "byte by byte: patterns %q, text %q", patterns, text)
	return n
}

// latticeAlphabet has, for each channel, pieces that stand for 赌, 博 or 婊, and some
// that nearly do.
var latticeAlphabet = []string{
	"赌", "博", "婊", "堵", "搏", "表", "女", "贝", "者", "du", "bo", "b", "o", "d", "u", "3", "5", "b", "biao", "an", "a", "n", "安", "案",
	"🎲", "👩", " ", "*", "，", "\n", "\u200b", "\xff", "賭", "s", "8", "扒", "睹", "x", "nu", "nv",
}

func TestLatticeOracle(t *testing.T) {
	texts := []string{"赌博", "女博", "婊博", "博婊", "安安", "安安安", "赌b", "sb", "八婊", "博安赌"}
	rng := rand.New(rand.NewPCG(1, 2))
	n := 0
	for range rounds(12_000) {
		var b strings.Builder
		few := rng.Perm(len(latticeAlphabet))[:7] // so that pieces meet
		for range 2 + rng.IntN(10) {
			b.WriteString(latticeAlphabet[few[rng.IntN(len(few))]])
		}
		var patterns []Pattern
		for range 1 + rng.IntN(3) {
			set := AllChannels
			if rng.IntN(3) > 0 {
				set &= ChannelSet(rng.Uint32())
			}
			patterns = append(patterns, Pattern{Text: texts[rng.IntN(len(texts))], Channels: set})
		}
		n += latticeLaw(t, patterns, b.String())
	}
	require.Greater(t, n, rounds(500), "matches")
}

// FuzzLattice: the disguised view agrees with the naive one on every text, and its
// matches do not depend on chunks.
func FuzzLattice(f *testing.F) {
	f.Add("赌博", "参与du3 b博堵", uint32(AllChannels))
	f.Add("安安安", "ananan an'an", uint32(AllChannels))
	f.Add("婊子", "女 表zi👩🐔", uint32(AllChannels))
	f.Fuzz(func(t *testing.T, pattern, text string, set uint32) {
		if len(text) > 64 || len(pattern) > 15 {
			t.Skip()
		}
		p := Pattern{Text: pattern, Channels: ChannelSet(set) & AllChannels}
		if _, err := compile(p); err != nil {
			t.Skip()
		}
		latticeLaw(t, []Pattern{p}, text)
	})
}

// TestSwapOracle compares swapped patterns with all permutations.
func TestSwapOracle(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	n := 0
	for range rounds(3000) {
		var p, text []rune
		for range 2 + rng.IntN(3) {
			p = append(p, []rune("甲乙丙")[rng.IntN(3)])
		}
		for range 1 + rng.IntN(8) {
			text = append(text, []rune("甲乙丙丙乙甲*")[rng.IntN(7)])
		}
		m, err := New([]Pattern{{Text: string(p), Channels: Set(Swap)}})
		require.NoError(t, err)
		var want []Match
		sorted := slices.Sorted(slices.Values(p))
		for i := 0; i+len(p) <= len(text); i++ {
			window := text[i : i+len(p)]
			if slices.Equal(slices.Sorted(slices.Values(window)), sorted) && !slices.Equal(window, p) {
				start := len(string(text[:i]))
				want = append(want, Match{0, int64(start), int64(start + len(string(window))), Set(Swap)})
			}
		}
		var got []Match
		for _, f := range m.FindAllString(string(text)) {
			if f.Channels != 0 {
				got = append(got, f)
			}
		}
		require.Equal(t, want, got, "%q in %q", string(p), string(text))
		n += len(want)
	}
	require.Greater(t, n, rounds(100))
}

// Every digit stands for a character with each of its sounds, wherever it stands.
func TestLeetSounds(t *testing.T) {
	n := 0
	for digit, names := range leetSounds {
		for _, name := range names {
			for r := rune(0x4E00); r < 0xA000; r++ {
				if tables.Frequency(r) < 1e-4 || tables.Syllables()[max(0, tables.MainSound(r))] != name || tables.Root(r) == tables.Root(digit) {
					continue
				}
				n++
				for _, form := range []string{"%c赌博", "赌%c博", "赌博%c"} {
					m, err := New([]Pattern{{Text: fmt.Sprintf(form, r), Channels: DefaultChannels | Set(Leet)}})
					require.NoError(t, err)
					require.Len(t, m.FindAllString(fmt.Sprintf(form, digit)), 1, form, string(r))
				}
				break
			}
		}
	}
	require.Greater(t, n, 15)
}

// Symbols of the caller stand for words as those of the package do, in one piece and in
// chunks, and are what they were to a matcher without them.
func TestSymbols(t *testing.T) {
	patterns := []Pattern{{Text: "赌博网站", Channels: AllChannels}, {Text: "跑分", Channels: AllChannels}}
	symbols := map[rune][]string{'☸': {"跑", "赌"}, '🦏': {"博网", "分"}, '🎲': {"站"}}
	m, err := NewWith(patterns, Options{Symbols: symbols})
	require.NoError(t, err)
	const text = "☸博网站，赌🦏站。☸🦏！赌博网🎲；🎲博网站"
	want := []Match{}
	for _, f := range m.FindAllString(text) {
		require.True(t, f.Channels.Has(Emoji))
		want = append(want, f)
	}
	require.Len(t, want, 5)
	for size := 1; size < 20; size++ {
		s := m.NewStream()
		var got []Match
		for chunk := range slices.Chunk([]byte(text), size) {
			got = s.Append(got, chunk)
		}
		require.Equal(t, want, s.Flush(got), size)
	}
	loaded, err := NewWith(patterns, Options{Symbols: symbols, Automata: m.AppendAutomata(nil)})
	require.NoError(t, err)
	require.Equal(t, want, loaded.FindAllString(text))

	without, err := New(patterns)
	require.NoError(t, err)
	require.Len(t, without.FindAllString(text), 1)

	for r, words := range map[rune][]string{'a': {"跑"}, '赌': {"跑"}, '，': {"跑"}, '～': {"跑"}, '🐘': {""}, '🐪': {"一二三四五"}, '🐫': {"ab"}} {
		_, err := NewWith(patterns, Options{Symbols: map[rune][]string{r: words}})
		require.ErrorContains(t, err, "Options.Symbols", string(r))
	}
}
