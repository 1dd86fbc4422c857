package semantic

import (
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
)

// A code is a folded character: what is not told apart has one code.
//
//	0        not read: blanks, invisible characters, ornaments within words
//	1 to 5   the classes below
//	others   the folded character itself, or one of the private use area for
//	         a character beyond the basic plane, such as an emoji
type code uint16

// rune returns a character of the code.
func (c code) rune() rune {
	switch c {
	case codeStop:
		return '。'
	case codePause:
		return '，'
	case codeDigit:
		return '0'
	}
	return rune(c)
}

const (
	codeSkip    code = 0
	codeNewline code = 1
	codeStop    code = 2 // ends a sentence
	codePause   code = 3 // divides one
	codeDigit   code = 4
	firstWord   code = 4 // codes from here on are content
)

// foldChannels are the spellings that mean the same character. Numerals stay:
// 三 in 三无 is no number.
var foldChannels = matcher.DefaultChannels.Without(matcher.Numeral)

// codes is the code of each character of the basic plane.
var codes = sync.OnceValue(func() *[1 << 16]code {
	t := new([1 << 16]code)
	for r := range rune(1 << 16) {
		t[r] = foldOne(r)
	}
	return t
})

// foldOne says what [codes] holds.
func foldOne(r rune) code {
	switch r {
	case '。', '！', '？', '；', '!', '?', ';', '…', '\uff61':
		return codeStop
	case '%', '+', '$', '¥', '￥', '％', '＋', '＄':
		return code(matcher.FoldRune(r, foldChannels))
	case '、', ':', ',':
		return codePause
	case utf8.RuneError:
		return codeSkip
	}
	switch tables.ClassOf(r) {
	case tables.Newline:
		return codeNewline
	case tables.Blank, tables.Invisible:
		return codeSkip
	case tables.Clause:
		return codePause
	case tables.Mark:
		if r < 1<<16 {
			return codeSkip
		}
	case tables.Digit:
		return codeDigit
	}
	r = matcher.FoldRune(r, foldChannels)
	if '0' <= r && r <= '9' {
		return codeDigit
	}
	if r >= 1<<16 {
		return code(0xE000 + r%0x1900)
	}
	if r <= rune(codeDigit) {
		return codeSkip
	}
	return code(r)
}

// isUsual reports whether s begins with a character as nearly all of a Chinese text
// is: of three bytes, and no surrogate.
func isUsual(s string) bool {
	return len(s) >= 3 && s[0]-0xE1 <= 0xEC-0xE1 && s[1]>>6 == 2 && s[2]>>6 == 2
}

// usual returns that character.
func usual(s string) uint16 {
	return uint16(s[0])<<12 | uint16(s[1]&0x3F)<<6 | uint16(s[2]&0x3F)
}

// next returns the code and width of the first character of s, which is not empty.
// For characters that are usual, t[usual(s)] and 3 are the same.
func next(t *[1 << 16]code, s string) (code, int) {
	if c := s[0]; c < utf8.RuneSelf {
		return t[c], 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r >= 1<<16 {
		return foldOne(r), n
	}
	return t[r], n
}
