package rules

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// foldedPieces are characters of every width, and what changes it.
var foldedPieces = []string{"a", "Ａ", "１", "2", "，", "。", "！", "；", "\n", "後", "后", "就业", "就業", "增长", "增", "長", "😀", "𠮷", "(", "（", "é", "か", "\u200b", "\t", "％", " ", "　", "\ufffd", "ﾊ"}

// The text of a page is the visible text folded rune by rune; every boundary
// leads back to the boundary that it came from.
func TestFolding(t *testing.T) {
	v := &vocabulary{}
	v.compile()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(foldedPieces), 0, 30).Draw(t, "pieces"), "")
		f := foldText(s, v)
		require.Equal(t, fold(s), f.text)
		at := 0
		for i, r := range s {
			require.Equal(t, i, f.toSeen(at))
			require.Equal(t, at, f.fromSeen(i))
			at += utf8.RuneLen([]rune(fold(string(r)))[0])
		}
		require.Equal(t, len(s), f.toSeen(len(f.text)))
		require.Equal(t, len(f.text), f.fromSeen(len(s)))
		// What is noted of each character, looked at one by one.
		var digits []int32
		odd, script, other, gloss := 0, 0, 0, 0
		digit := false
		known := knownRunes()
		at = 0
		for i, r := range s {
			k := uint32(0)
			if r <= 0xFFFF {
				k = known[r]
			}
			if k&isNumber != 0 && !digit {
				digits = append(digits, int32(at))
			}
			digit = k&isNumber != 0
			odd += int(k / isOdd & 1)
			script += int(k / isScript & 1)
			other += int(k / isOther & 1)
			folded := firstRune(fold(string(r)))
			if rest := s[i+utf8.RuneLen(r):]; folded == '(' && rest != "" && latinAt(rest) {
				gloss++
			}
			at += utf8.RuneLen(folded)
		}
		require.Equal(t, digits, f.digits)
		require.Equal(t, []int{odd, script, other, gloss}, []int{f.odd, f.script, f.other, f.gloss})
		for _, stop := range f.stops {
			require.True(t, isStop(firstRune(f.text[stop:])))
		}
		require.Equal(t, strings.Count(strings.Map(func(r rune) rune {
			if isStop(r) {
				return 'x'
			}
			return -1
		}, f.text), "x"), len(f.stops))
	})
}

// The vocabulary agrees with looking for each word everywhere.
func TestVocabulary(t *testing.T) {
	words := []string{"就", "就业", "就业率", "业", "增长", "增", "后", "a1", "𠮷", "𠮷后", "(", "长后"}
	v := &vocabulary{}
	c := v.class(words...)
	other := v.class("就业", "not there")
	v.compile()
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append([]string{"率", "业率"}, foldedPieces...)), 0, 30).Draw(t, "pieces"), "")
		f := foldText(s, v)
		var want, wantOther []span
		for at := range f.text {
			for length := len(f.text) - at; length > 0; length-- { // the longer first
				for _, w := range words {
					if len(w) == length && strings.HasPrefix(f.text[at:], w) {
						want = append(want, span{at, at + length})
						if w == "就业" {
							wantOther = append(wantOther, span{at, at + length})
						}
					}
				}
			}
		}
		found := v.find(f.text, f.begins)
		require.Equal(t, want, found[c], "%q", f.text)
		require.Equal(t, wantOther, found[other])
	})
}

func TestCharacters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		require.Equal(t, utf8.RuneCountInString(s), characters(s))
	})
}
