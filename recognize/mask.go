package recognize

import (
	"strings"
	"unicode/utf8"
)

// Masked returns the span's text as a report may show it: see [Mask].
func (s *Span) Masked() string { return Mask(s.Kind, s.Text) }

// Mask returns a text of that kind, with any markup in it, as a report may
// show it. Kinds whose [KindInfo.Masked] is not set are shown whole. Of the
// others the first and last characters stay, as many as do not tell who is
// meant, and a star stands for every letter, digit and Han character between
// them; separators stay too:
//
//	110101********0014   138****8000   0311-******00   t*****@example.cn
//
// Of a mail address the host stays, of an address the part before its first
// number. A star is as long as what it stands for (* ＊ and the like), so that
// every position in the text stays what it was.
func Mask(k Kind, text string) string {
	if !k.Info().Masked {
		return text
	}
	head, tail := 1, 0
	switch k {
	case ResidentID, BankCard:
		head, tail = 6, 4
	case Mobile:
		head, tail = 3, 4
		if n := utf8.RuneCountInString(strings.Map(digitsOnly, text)); n > 11 {
			head += n - 11
		}
	case Landline:
		head, tail = 4, 2
	case Passport, Permit:
		head, tail = 2, 2
	case Plate:
		head = 2
	case IPAddress:
		head = 2
	case Address, NameList:
		return maskFrom(text)
	case Email:
		if at := strings.LastIndexAny(text, "@＠"); at > 0 {
			return maskMiddle(text[:at], 1, 0) + text[at:]
		}
	}
	return maskMiddle(text, head, tail)
}

func digitsOnly(r rune) rune {
	if entryOf(r).class == classDigit {
		return r
	}
	return -1
}

// masked reports whether a character must not be shown.
func masked(r rune) bool {
	switch entryOf(r).class {
	case classDigit, classLetter, classHan, classOther:
		return true
	}
	return false
}

// maskMiddle replaces the characters that carry the datum, but for the first
// head and the last tail of them. If that would leave fewer than four replaced,
// all but the first are.
func maskMiddle(text string, head, tail int) string {
	n := 0
	for _, r := range text {
		if masked(r) {
			n++
		}
	}
	if n-head-tail < 4 {
		head, tail = min(1, n-1), 0
	}
	b := make([]byte, 0, len(text))
	i := 0
	for at, r := range text {
		size := width(text[at:], r)
		if masked(r) && i >= head && i < n-tail {
			b = append(b, stars[size]...)
		} else {
			b = append(b, text[at:at+size]...)
		}
		if masked(r) {
			i++
		}
	}
	return string(b)
}

// stars are characters of 1 to 4 bytes that hide one of that length.
var stars = [...]string{1: "*", 2: "×", 3: "＊", 4: "🞰"}

// width is the length of the first character of s, which is r.
func width(s string, r rune) int {
	if r == utf8.RuneError {
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	return utf8.RuneLen(r)
}

// maskFrom replaces everything from the first digit on, which is at least the
// second character.
func maskFrom(text string) string {
	b := make([]byte, 0, len(text))
	seen := false
	for at, r := range text {
		size := width(text[at:], r)
		seen = seen || at > 0 && entryOf(r).class == classDigit
		if seen && masked(r) {
			b = append(b, stars[size]...)
		} else {
			b = append(b, text[at:at+size]...)
		}
	}
	return string(b)
}
