package rules

import (
	"strings"
	"unicode"
)

// NormalizeTitle returns a title as titles are compared: without white space
// and invisible characters, in one width and in lower case; quotation marks of
// every family, brackets 《》 among them, are one mark; dashes are "-" and
// ellipses "…", a run of them one; middle dots, colons, commas and bars are
// one each; punctuation at the end is dropped. Digits and punctuation inside
// stay: 三年 and 五年 are different titles, and so are 3.2 and 32.
//
// Law: NormalizeTitle(NormalizeTitle(s)) == NormalizeTitle(s).
//
// Two titles of one script that a reader takes for the same are equal after
// it; traditional and simplified characters stay apart.
func NormalizeTitle(s string) string {
	return strings.TrimRight(normalize(s), ".!?,;:")
}

// normalize is NormalizeTitle that keeps the end.
func normalize(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	dots := 0 // full stops that wait to be an ellipsis
	put := func(r rune) {
		for ; dots > 0; dots-- {
			b.WriteByte('.')
			last = '.'
		}
		if r == last && (r == '-' || r == '…') {
			return
		}
		b.WriteRune(r)
		last = r
	}
	for _, r := range s {
		r = plainRune(r)
		switch {
		case r < 0:
		case r == '.':
			dots++
		case dots > 1:
			dots = 0
			put('…')
			put(r)
		default:
			put(r)
		}
	}
	if dots > 1 {
		dots = 0
		put('…')
	}
	for ; dots > 0; dots-- {
		b.WriteByte('.')
	}
	return b.String()
}

// plainRune returns the representative of a rune for comparison, or -1 for one
// that does not count.
func plainRune(r rune) rune {
	if r >= 0x80 {
		r = spelled(r)
	}
	switch {
	case r == '\n', unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case isQuote(r):
		return '"'
	}
	switch r {
	case '—', '–', '―', '‐', '‑', '‒', '−', '─', '━', '~', '〜', '～', '_':
		return '-'
	case '⋯', '‥', '︙':
		return '…'
	case '•', '・', '‧', '∙', '⋅', '●', '･':
		return '·'
	case '∶', '︰', '：':
		return ':'
	case '、', '，', '､':
		return ','
	case '｜', '丨', '︱', '│', '┃', '¦':
		return '|'
	case '。', '｡':
		return '.'
	}
	return unicode.ToLower(r)
}
