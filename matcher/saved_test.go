package matcher

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// savedPatterns have both views, suffixes of each other, repeated characters
// and equal patterns.
var savedPatterns = []Pattern{
	{Text: "赌博网站", Channels: DefaultChannels}, {Text: "博网", Channels: DefaultChannels}, {Text: "网站", Channels: DefaultChannels},
	{Text: "站", Channels: DefaultChannels}, {Text: "天天向上", Channels: DefaultChannels}, {Text: "天", Channels: DefaultChannels},
	{Text: "TMD", Channels: DefaultChannels, Whole: true}, {Text: "bookkeeping", Channels: DefaultChannels},
	{Text: "网站", Channels: DefaultChannels}, {Text: "#话题"}, {Text: "C++"}, {Text: "#话"}, {Text: "赌", Channels: DefaultChannels},
}

var savedText = []byte("赌 博網站，天天天向上 tmd #话题 C++ bookkeeping boookkeeping 赌赌博网站网站")

func TestAutomata(t *testing.T) {
	built, err := New(savedPatterns)
	require.NoError(t, err)
	saved := built.AppendAutomata(nil)
	loaded, err := NewWith(savedPatterns, Options{Automata: saved})
	require.NoError(t, err)
	require.Len(t, loaded.views, 2)
	for i := range loaded.views {
		require.Equal(t, built.views[i].automaton, loaded.views[i].automaton)
	}
	require.NotEmpty(t, built.FindAll(savedText))
	require.Equal(t, built.FindAll(savedText), loaded.FindAll(savedText))
	require.Equal(t, saved, loaded.AppendAutomata(nil))

	for name, bad := range map[string][]byte{
		"empty": {}, "truncated": saved[:len(saved)-1], "longer": append(bytes.Clone(saved), 0), "one view": built.views[0].automaton.append(nil),
		"claims much": append(binary.LittleEndian.AppendUint32(nil, 1<<31-1), saved[4:]...),
	} {
		_, err = NewWith(savedPatterns, Options{Automata: bad})
		require.ErrorIs(t, err, ErrAutomata, name)
	}
	for name, other := range map[string][]Pattern{
		"another order": append(slices.Clone(savedPatterns[1:]), savedPatterns[0]),
		"one fewer":     savedPatterns[1:],
		"one more":      append(slices.Clone(savedPatterns), Pattern{Text: "天网"}),
		"another text":  append([]Pattern{{Text: "赌博网址", Channels: DefaultChannels}}, savedPatterns[1:]...),
		"another end":   append(append(slices.Clone(savedPatterns[:7]), Pattern{Text: "bookkeepingg", Channels: DefaultChannels}), savedPatterns[8:]...),
	} {
		_, err = NewWith(other, Options{Automata: saved})
		require.ErrorIs(t, err, ErrAutomata, name)
	}
	_, err = NewWith([]Pattern{{}}, Options{Automata: saved})
	require.NotErrorIs(t, err, ErrAutomata, "a bad pattern is a bad pattern")
}

// Law: the automata of any patterns load again.
func TestAutomataOfAnyPatterns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Pattern {
			return Pattern{Text: rapid.StringOfN(rapid.SampledFrom([]rune("天地人ab1#")), 1, 5, -1).Draw(t, "text"), Channels: DefaultChannels}
		}), 1, 20).Draw(t, "patterns")
		built, err := New(patterns)
		require.NoError(t, err)
		loaded, err := NewWith(patterns, Options{Automata: built.AppendAutomata(nil)})
		require.NoError(t, err)
		for i := range loaded.views {
			require.Equal(t, built.views[i].automaton, loaded.views[i].automaton)
		}
	})
}

// Law: automata with any field set to any value are refused, or find what the
// right ones find.
func TestDamagedAutomata(t *testing.T) {
	built, err := New(savedPatterns)
	require.NoError(t, err)
	saved := built.AppendAutomata(nil)
	want := built.FindAll(savedText)
	random := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	step := 4
	if raceDetector {
		step = 40
	}
	for at := 0; at < len(saved); at += step {
		old := binary.LittleEndian.Uint32(saved[at:])
		for _, value := range []uint32{0, 1, old + 1, old - 1, old ^ 1<<31, 1 << 31, noParent, random.Uint32(), random.Uint32N(64)} {
			if value == old {
				continue
			}
			bad := bytes.Clone(saved)
			binary.LittleEndian.PutUint32(bad[at:], value)
			m, err := NewWith(savedPatterns, Options{Automata: bad})
			if err != nil {
				require.ErrorIs(t, err, ErrAutomata)
				continue
			}
			accepted++
			require.Equal(t, want, m.FindAll(savedText), "offset %d, value %d", at, value)
		}
	}
	// What may differ is the base of a state without children, and the first
	// output, which nobody reads.
	require.Less(t, accepted, len(saved)/4, "of %d changes", len(saved)/4*9)
}

// Law: see TestDamagedAutomata; and no bytes make loading panic.
func FuzzAutomata(f *testing.F) {
	built, err := NewWith(savedPatterns, Options{Engine: Automaton})
	require.NoError(f, err)
	want := built.FindAll(savedText)
	saved := built.AppendAutomata(nil)
	// The automata are a few hundred nodes; what the fuzzer changes is one of
	// them at a time.
	f.Add(uint16(0), []byte{})
	f.Add(uint16(8), []byte("12345678"))
	f.Add(uint16(len(saved)-8), []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, at uint16, data []byte) {
		bad := bytes.Clone(saved)
		copy(bad[min(int(at), len(bad)):], data)
		m, err := NewWith(savedPatterns, Options{Engine: Automaton, Automata: bad})
		if err != nil {
			require.ErrorIs(t, err, ErrAutomata)
			return
		}
		require.Equal(t, want, m.FindAll(savedText), fmt.Sprint(at))
	})
}

// hiddenPatterns are looked for in disguise, each through channels of its own.
var hiddenPatterns = []Pattern{
	{Text: "赌博", Channels: AllChannels}, {Text: "六合彩", Channels: AllChannels}, {Text: "婊子", Channels: DefaultChannels | Set(Split, Homophone)},
	{Text: "博彩", Channels: DefaultChannels}, {Text: "毒品", Channels: DefaultChannels | Set(Swap)}, {Text: "冰毒", Channels: DefaultChannels | Set(Pinyin, Lookalike)},
	{Text: "加微信", Channels: AllChannels}, {Text: "簾子", Channels: AllChannels},
}

var hiddenText = []byte("堵勃，六和采，女表子。品毒 bing du 冰壶 💧 ＤＵ bo，l合彩，加薇芯，6盒彩，穴巾子 dubo 赌博 帘孑")

// Law: a matcher with saved tables finds what the one that saved them does, and saves
// the same.
func TestSavedTables(t *testing.T) {
	built, err := New(hiddenPatterns)
	require.NoError(t, err)
	want := built.FindAll(hiddenText)
	require.Greater(t, len(want), 10)
	saved := built.AppendAutomata(nil)
	loaded, err := NewWith(hiddenPatterns, Options{Automata: saved})
	require.NoError(t, err)
	require.Equal(t, want, loaded.FindAll(hiddenText))
	require.Equal(t, saved, loaded.AppendAutomata(nil))
	again, err := New(hiddenPatterns)
	require.NoError(t, err)
	require.Equal(t, saved, again.AppendAutomata(nil), "saved twice")

	for name, other := range map[string][]Pattern{
		"another order":  append(slices.Clone(hiddenPatterns[1:]), hiddenPatterns[0]),
		"other channels": append([]Pattern{{Text: "赌博", Channels: AllChannels.Without(Pinyin)}}, hiddenPatterns[1:]...),
		"no disguise":    {hiddenPatterns[3]},
	} {
		_, err = NewWith(other, Options{Automata: saved})
		require.ErrorIs(t, err, ErrAutomata, name)
	}
	_, err = NewWith(hiddenPatterns, Options{Automata: saved, Symbols: map[rune][]string{'☸': {"赌"}}})
	require.ErrorIs(t, err, ErrAutomata, "other symbols")

	tables := len(built.lattice.append(nil))
	rng := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		bad := bytes.Clone(saved)
		bad[rng.IntN(tables)] ^= byte(1 + rng.IntN(255))
		_, err = NewWith(hiddenPatterns, Options{Automata: bad})
		require.ErrorIs(t, err, ErrAutomata)
		_, err = NewWith(hiddenPatterns, Options{Automata: saved[:rng.IntN(tables)]})
		require.ErrorIs(t, err, ErrAutomata)
	}
}

// Law: tables that were changed by one who knows the checksum are refused, or hide
// disguises; they find nothing else and nothing breaks.
func TestForgedTables(t *testing.T) {
	built, err := New(hiddenPatterns)
	require.NoError(t, err)
	want := built.FindAll(hiddenText)
	tables := built.lattice.append(nil)
	automata := built.AppendAutomata(nil)[len(tables):]
	rng := rand.New(rand.NewPCG(5, 6))
	accepted := 0
	for range rounds(600) {
		bad := bytes.Clone(tables)
		for range 1 + rng.IntN(4) {
			at := 12 + rng.IntN(len(bad)-12)
			switch rng.IntN(3) {
			case 0:
				at = 12 + rng.IntN(200) // counts, elements
			case 1:
				at = len(bad) - 1 - rng.IntN(len(built.lattice.pairs.flat)*20) // pairs
			}
			bad[at] = byte(rng.Uint32())
		}
		binary.LittleEndian.PutUint32(bad[8:], built.lattice.checksum(bad[12:]))
		m, err := NewWith(hiddenPatterns, Options{Automata: append(bad, automata...)})
		if err != nil {
			require.ErrorIs(t, err, ErrAutomata)
			continue
		}
		accepted++
		require.Subset(t, want, m.FindAll(hiddenText))
	}
	require.NotZero(t, accepted)
}
