package tables

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestParts(t *testing.T) {
	for r, want := range map[rune]string{'好': "女子", '婊': "女表", '骗': "马扁", '逼': "辶畐", '海': "氵每", '谢': "讠射", '一': "", 'a': "", -1: ""} {
		require.Equal(t, want, Parts(r), "%c", r)
	}
	require.Greater(t, len(PartedRunes()), 15_000)
	require.True(t, slices.IsSorted(PartedRunes()))
	for _, r := range PartedRunes() {
		n := utf8.RuneCountInString(Parts(r))
		require.True(t, 2 <= n && n <= 4, "%c: %s", r, Parts(r))
	}
}

func TestFree(t *testing.T) {
	for _, forms := range []string{"水氵", "人亻", "言讠訁", "金钅釒", "手扌", "心忄", "马馬"} {
		first, _ := utf8.DecodeRuneInString(forms)
		for _, r := range forms {
			require.Equal(t, string(first), string(Free(r)), "%c", r)
		}
	}
	for r := range rune(unicode.MaxRune + 1) {
		require.Equal(t, Free(r), Free(Free(r)), "%U: the free form has another one", r)
	}
}

func TestSounds(t *testing.T) {
	names := Syllables()
	for i, name := range names {
		require.Equal(t, i, SyllableNumber(name))
	}
	require.Equal(t, -1, SyllableNumber("xx"))
	n := 0
	for r := range rune(0x30000) {
		sounds := Sounds(r)
		require.True(t, slices.IsSorted(sounds), "%c", r)
		for _, s := range sounds {
			require.True(t, HasReading(r, names[s]), "%c %s", r, names[s])
			n++
		}
		if len(sounds) == 0 {
			require.Equal(t, -1, MainSound(r))
		} else {
			require.Contains(t, sounds, uint16(MainSound(r)), "%c", r)
		}
	}
	require.Greater(t, n, 49_000)
	for r, want := range map[rune]string{'都': "dou", '土': "tu", '佛': "fo", '隋': "sui", '行': "xing", '的': "de", '赌': "du"} {
		require.Equal(t, want, names[MainSound(r)], "%c", r)
	}
}

func TestEmojiWords(t *testing.T) {
	for r, want := range map[rune]string{'🐔': "鸡", '🎲': "赌博", '💩': "屎", '🐴': "马"} {
		require.Contains(t, slices.Collect(EmojiWords(r)), want, "%c", r)
	}
	require.Empty(t, slices.Collect(EmojiWords('赌')))
	last := rune(0)
	for r := range Emoji() {
		require.Greater(t, r, last)
		last = r
		for w := range EmojiWords(r) {
			require.True(t, 1 <= utf8.RuneCountInString(w) && utf8.RuneCountInString(w) <= 3, "%c %s", r, w)
			require.False(t, strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) }), "%c %s", r, w)
		}
	}
}

func TestStrokeClose(t *testing.T) {
	require.NotEmpty(t, StrokeClose())
	for _, g := range StrokeClose() {
		require.GreaterOrEqual(t, utf8.RuneCountInString(g), 2, g)
	}
}
