package tables

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Kind is the relation by which one rune leads to another.
type Kind uint8

// The kinds of folds, from the closest to the loosest.
const (
	None        Kind = iota // no fold: the rune is its own root
	Width                   // full-width, half-width, small and vertical forms; blanks of any width
	Case                    // upper, lower and title case, by Unicode simple case folding
	Styled                  // the same letter, digit or character drawn otherwise: 𝐀 ⓐ ① ⑴ ᴀ é ⼤ ㊀
	Traditional             // traditional or regional form of a Han character: 發 髮 裡
	Numeral                 // another way to write a digit: 壹 〇 Ⅲ ٣
	Confusable              // another character that looks alike: Cyrillic а, Katakana ニ for 二
)

var kindNames = [...]string{"None", "Width", "Case", "Styled", "Traditional", "Numeral", "Confusable"}

// String returns the name of the constant.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "Kind(?)"
}

// Kinds is a set of kinds: bit k is set for Kind k. The zero value is the
// empty set. None is never a member.
type Kinds uint16

// Has reports whether k is in the set.
func (ks Kinds) Has(k Kind) bool { return ks&(1<<k) != 0 }

// String returns the names of the members in the order of the constants,
// joined with "|"; "None" if there are none.
func (ks Kinds) String() string {
	var names []string
	for k := Width; k <= Confusable; k++ {
		if ks.Has(k) {
			names = append(names, k.String())
		}
	}
	if names == nil {
		return None.String()
	}
	return strings.Join(names, "|")
}

// fold is one edge of the forest: from leads to to, which is nearer the root.
type fold struct {
	from, to rune
	kind     Kind
}

// maxDepth is the number of steps from the rune farthest from its root.
const maxDepth = 4

// Parent returns the next rune on the way from r to the root of its class, and
// the kind of that step. For a root it returns r and None. Repeated calls reach
// the root; the way is a cheapest one, where Numeral and Confusable steps cost
// three times a step of another kind.
func Parent(r rune) (rune, Kind) {
	if r < 0 || r > unicode.MaxRune {
		return r, None
	}
	x := index()
	if r < 1<<16 && x.folding[r>>6]&(1<<(r&63)) == 0 {
		return r, None // most characters of ordinary text
	}
	lo, hi := x.starts[r>>8], x.starts[r>>8+1]
	for lo < hi {
		mid := (lo + hi) / 2
		switch f := &folds[mid]; {
		case f.from == r:
			return f.to, f.kind
		case f.from < r:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return r, None
}

// foldIndex finds folds.
type foldIndex struct {
	// starts is where the folds of each page of 256 runes begin; page p ends
	// where p+1 begins. Invariant: folds ascends strictly by from.
	starts [(unicode.MaxRune+1)>>8 + 1]uint16
	// folding has a bit for each rune below 1<<16: whether there is a fold.
	folding [1 << 16 >> 6]uint64
}

var index = sync.OnceValue(func() *foldIndex {
	var x foldIndex
	i := 0
	for p := range x.starts {
		for i < len(folds) && int(folds[i].from)>>8 < p {
			if r := folds[i].from; r < 1<<16 {
				x.folding[r>>6] |= 1 << (r & 63)
			}
			i++
		}
		x.starts[p] = uint16(i)
	}
	return &x
})

// Root returns the representative of r's class: the lower-case ASCII letter or
// ASCII digit in it, else its simplified Han character, else its lowest rune,
// where those that NFKC leaves alone come first.
func Root(r rune) rune {
	for {
		p, k := Parent(r)
		if k == None {
			return r
		}
		r = p
	}
}

// Path returns the kinds of the steps from a to b through their nearest common
// ancestor, and whether there is such a way: Root(a) == Root(b). Path(a, b) is
// Path(b, a); Path(a, a) is the empty set and true.
func Path(a, b rune) (Kinds, bool) {
	// Trees are shallow (maxDepth), so b's way up is walked anew for each
	// ancestor of a.
	var up Kinds
	for {
		var down Kinds
		for x := b; ; {
			if x == a {
				return up | down, true
			}
			p, k := Parent(x)
			if k == None {
				break
			}
			x, down = p, down|1<<k
		}
		p, k := Parent(a)
		if k == None {
			return 0, false
		}
		a, up = p, up|1<<k
	}
}

// Folded yields every rune that is not its own root, in ascending order.
func Folded() iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for _, f := range folds {
			if !yield(f.from) {
				return
			}
		}
	}
}

// Class is what a rune is where it stands alone.
type Class uint8

// The classes. Those from Blank on are the ignorable ones.
const (
	// Other is everything else: unassigned and private-use code points,
	// surrogates, U+FFFD, spacing combining marks (Mc).
	Other Class = iota
	// Han is a unified or compatibility ideograph, 〇, a radical, a stroke, or a
	// symbol that folds to one and to no digit (㊙). The iteration mark 々 and
	// its kin are Letter.
	Han
	// Letter is any letter (L) that is not Han, or a symbol or number that folds
	// to a letter (🅰, regional indicators, Ⅹ, ㋐).
	Letter
	// Digit is a decimal digit (Nd), any other number (Nl, No: ½ ⑩ Ⅻ) that
	// does not fold to a letter or Han character, or a symbol that folds to an
	// ASCII digit (①, ㈠).
	Digit
	// Blank is a space (Zs), the tab, or a character drawn as a blank: the
	// Hangul fillers and the empty Braille pattern.
	Blank
	// Newline is a line or paragraph separator: \n \v \f U+0085 U+2028 U+2029.
	// \r is Invisible, so CRLF is one line break.
	Newline
	// Invisible takes no room of its own: controls, formats (Cf), non-spacing
	// and enclosing marks (Mn, Me), other default-ignorable code points.
	Invisible
	// Mark is punctuation or a symbol that does not end a clause: * - _ . · …
	// — @ # emoji, arrows, and all of U+1F000–1FAFF that Unicode has yet to
	// assign.
	Mark
	// Clause is punctuation between clauses or around them: terminal
	// punctuation other than the full stop U+002E and its full-width form,
	// quotation marks, and brackets.
	Clause
)

var classNames = [...]string{"Other", "Han", "Letter", "Digit", "Blank", "Newline", "Invisible", "Mark", "Clause"}

// String returns the name of the constant.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "Class(?)"
}

// span is a run of runes of one class, both ends included.
type span struct {
	lo, hi rune
	class  Class
}

// ClassOf returns the class of r.
func ClassOf(r rune) Class {
	if 0x4E00 <= r && r <= 0x9FFF { // most characters of what is compiled and scanned here
		return Han
	}
	// Invariant: spans ascends, without overlap; what no span covers is Other.
	i, ok := slices.BinarySearchFunc(spans[:], r, func(s span, r rune) int {
		switch {
		case s.hi < r:
			return -1
		case s.lo > r:
			return +1
		}
		return 0
	})
	if !ok {
		return Other
	}
	return spans[i].class
}

// Ignorable yields every rune of class Blank, Newline, Invisible, Mark or
// Clause with its class, in ascending order.
func Ignorable() iter.Seq2[rune, Class] {
	return func(yield func(rune, Class) bool) {
		for _, s := range spans {
			if s.class < Blank {
				continue
			}
			for r := s.lo; r <= s.hi; r++ {
				if !yield(r, s.class) {
					return
				}
			}
		}
	}
}
