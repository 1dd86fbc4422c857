package matcher

import (
	"sync"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// Codes. Code 0 ends every match under way; a code from firstSkip on stands
// for a character that a match may read past.
const (
	codeBreak = 0
	maxCodes  = firstSkip - 1

	firstSkip     = 0xFFF0
	codeNewline   = 0xFFF0
	codeNoise     = 0xFFF1
	codeIndent    = 0xFFF2 // ideographic space: noise, but a paragraph after a line break
	codeOpen      = 0xFFF3 // opening bracket: noise, or pinyin
	codeInvisible = 0xFFFF
)

// alphabet is the one table that folds: it composes every one-to-one fold with
// the characters of the patterns.
//
//	rune in no pattern  -> codeBreak
//	ignorable rune      -> firstSkip or above
//	other               -> code of its class, 1 for the most frequent
//
// Since patterns go through the same table, the folding of text and patterns
// cannot differ.
type alphabet struct {
	bmp  [1 << 16]uint16
	high [0x110000>>8 - 1<<8]*[256]uint16 // planes 1 to 16 by page; nil is all codeBreak
}

// skips is the alphabet of no patterns, which the others start from.
var skips = sync.OnceValue(func() *alphabet {
	a := new(alphabet)
	for r, class := range tables.Ignorable() {
		switch {
		case class == tables.Newline:
			a.set(r, codeNewline)
		case class == tables.Invisible:
			a.set(r, codeInvisible)
		case r == '\u3000':
			a.set(r, codeIndent)
		case r == '(' || r == '（':
			a.set(r, codeOpen)
		default:
			a.set(r, codeNoise)
		}
	}
	return a
})

// newAlphabet gives the i-th root and all runes that fold to it the code i+1.
func newAlphabet(roots []rune, strict bool) *alphabet {
	a := new(alphabet)
	a.bmp = skips().bmp
	for i, page := range skips().high {
		if page != nil {
			p := *page
			a.high[i] = &p
		}
	}
	if strict {
		for r, class := range tables.Ignorable() {
			if class != tables.Invisible {
				a.set(r, codeBreak)
			}
		}
	}
	for i, root := range roots {
		a.set(root, uint16(i+1))
		for _, r := range members()[root] {
			a.set(r, uint16(i+1))
		}
	}
	return a
}

// members lists the runes that fold to a root, without the root itself.
var members = sync.OnceValue(func() map[rune][]rune {
	m := map[rune][]rune{}
	for r := range tables.Folded() {
		root := tables.Root(r)
		m[root] = append(m[root], r)
	}
	return m
})

func (a *alphabet) set(r rune, c uint16) {
	if r <= 0xFFFF {
		a.bmp[r] = c
		return
	}
	i := int(r>>8) - 1<<8
	if a.high[i] == nil {
		a.high[i] = new([256]uint16)
	}
	a.high[i][r&0xFF] = c
}

func (a *alphabet) code(r rune) uint16 {
	if r <= 0xFFFF {
		return a.bmp[r]
	}
	if page := a.high[r>>8-1<<8]; page != nil {
		return page[r&0xFF]
	}
	return codeBreak
}

func (a *alphabet) size() int {
	n := 2*len(a.bmp) + 8*len(a.high)
	for _, p := range a.high {
		if p != nil {
			n += 512
		}
	}
	return n
}
