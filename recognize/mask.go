package recognize

import "strings"

// Masked returns the span's text as a report may show it. Kinds whose
// [KindInfo.Masked] is not set are shown whole. Of the others the first and
// last characters stay, as many as do not tell who is meant, and * stands for
// every letter and digit between them; separators stay too:
//
//	110101********0014   138****8000   0311-****0000   t*****@example.cn
//
// Of the host of a mail address all stays, of an address the part before its
// first number.
func (s *Span) Masked() string {
	if !s.Kind.Info().Masked {
		return s.Text
	}
	text := s.Text
	head, tail := 1, 0
	switch s.Kind {
	case ResidentID:
		head, tail = 6, 4
	case BankCard:
		head, tail = 6, 4
	case Mobile:
		head, tail = 3, 4
		if n := strings.Count(strings.Map(digitsOnly, text), "") - 1; n > 11 {
			head += n - 11
		}
	case Landline:
		head, tail = 4, 2
	case Passport, Permit:
		head, tail = 2, 2
	case Plate:
		head = 2
	case IPAddress:
		head, tail = 2, 0
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
	var b strings.Builder
	i := 0
	for _, r := range text {
		if masked(r) {
			if i >= head && i < n-tail {
				r = '*'
			}
			i++
		}
		b.WriteRune(r)
	}
	return b.String()
}

// maskFrom replaces everything from the first digit on, which is at least the
// second character.
func maskFrom(text string) string {
	var b strings.Builder
	seen := false
	for i, r := range text {
		seen = seen || i > 0 && entryOf(r).class == classDigit
		if seen && masked(r) {
			r = '*'
		}
		b.WriteRune(r)
	}
	return b.String()
}
