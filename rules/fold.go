package rules

import (
	"math/bits"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/matcher"
)

// spelling are the channels that rules read through: a digit counts in both
// widths, a letter in both cases, a word in both scripts.
var spelling = matcher.Set(matcher.Width, matcher.Case, matcher.Traditional)

// fold is one rune for one; see [matcher.Fold].
func fold(s string) string { return matcher.Fold(s, spelling) }

func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '“', '”', '‘', '’', '「', '」', '『', '』', '《', '》', '〈', '〉', '〝', '〞':
		return true
	}
	return false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) (rune, int) { return utf8.DecodeLastRuneInString(s) }

func runeCount(s string) int { return utf8.RuneCountInString(s) }

// characters is runeCount for a long text that is valid UTF-8, as fields are: it
// counts the bytes that continue no character, eight at a time.
func characters(s string) int {
	const first = 0x0101010101010101
	n := len(s)
	for ; len(s) >= 8; s = s[8:] {
		b := s[:8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56 // one load
		n -= bits.OnesCount64(x >> 7 & ^(x >> 6) & first)
	}
	for _, b := range []byte(s) {
		if !utf8.RuneStart(b) {
			n--
		}
	}
	return n
}

// spelled folds the width and case of one rune, and leaves its script.
func spelled(r rune) rune { return matcher.FoldRune(r, widthAndCase) }

var widthAndCase = matcher.Set(matcher.Width, matcher.Case)

// The units of lengths.
const (
	unitChars    = "chars"    // characters: code points
	unitWeighted = "weighted" // Han, full-width and emoji 2, others 1
)

// lengthIn measures a text.
func lengthIn(unit, s string) int {
	if unit == unitChars {
		return runeCount(s)
	}
	n := 0
	for _, r := range s {
		n += weight(r)
	}
	return n
}

// fitting returns the length in bytes of the beginning of s that is no longer
// than most.
func fitting(unit, s string, most int) int {
	for i, r := range s {
		if most--; unit == unitWeighted {
			most -= weight(r) - 1
		}
		if most < 0 {
			return i
		}
	}
	return len(s)
}

// weight is the width of a character in a text of Chinese: what GBK writes
// with two bytes weighs 2, and so do emoji.
func weight(r rune) int {
	switch {
	case r < 0x1100:
		return 1
	case r <= 0x115F, // Hangul Jamo
		r >= 0x2010 && r <= 0x203B && r != 0x2011 && (r < 0x2028 || r > 0x202F), // dashes, quotation marks, ellipses
		r >= 0x2460 && r <= 0x27BF,                             // circled numbers, drawing, symbols, dingbats
		r >= 0x2E80 && r <= 0xA4CF,                             // radicals, kana, Han, Yi
		r >= 0xAC00 && r <= 0xD7A3,                             // Hangul
		r >= 0xF900 && r <= 0xFAFF,                             // compatibility Han
		r >= 0xFE30 && r <= 0xFE6F,                             // vertical and small forms
		r >= 0xFF01 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, // full-width forms
		r >= 0x1F000 && r <= 0x1FAFF, // emoji
		r >= 0x20000 && r <= 0x3FFFF: // Han
		return 2
	default:
		return 1
	}
}
