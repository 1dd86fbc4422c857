package recognize

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// class is what a folded character is to the recognisers.
type class uint8

const (
	classOther   class = iota // ends everything: other scripts, bytes that are not UTF-8
	classDigit                // 0 to 9
	classLetter               // a to z
	classHan                  // a Han character, numerals too
	classBlank                // a blank of any width, a tab
	classNewline              // a line break
	classMark                 // a symbol or punctuation that ends no clause: - . * @ ★
	classClause               // punctuation between or around clauses: ， 。 ： （ “
	classInvisible
)

// element is one character of the folded text. Invisible characters make no
// element, so that a zero-width space inside a number changes nothing.
type element struct {
	at      int32 // offset of its first byte from the base of the text at hand
	r       rune  // folded
	n       uint8 // length in bytes
	class   class
	trigger uint8 // index into triggers; 0 if nothing begins at such a character
}

// maxInvisible is how many invisible characters in a row are read past. More
// of them are a border, so that an element is at most so many bytes behind the
// one before it.
const maxInvisible = 8

// entry is what the table says of a rune.
type entry struct {
	r       rune // folded
	class   class
	trigger uint8
}

// fold returns r without width, case, style, script variant and look-alike.
// Numerals stay what they are: 一 in 一审 is no 1.
func fold(r rune) rune {
	for {
		p, kind := tables.Parent(r)
		if kind == tables.None || kind == tables.Numeral && !unicode.IsDigit(r) {
			return r
		}
		r = p
	}
}

// entryOf folds and classifies a rune. It leaves the trigger to the table.
func entryOf(r rune) entry {
	f := fold(r)
	e := entry{r: f}
	switch {
	case '0' <= f && f <= '9':
		e.class = classDigit
	case 'a' <= f && f <= 'z':
		e.class = classLetter
	default:
		switch tables.ClassOf(f) {
		case tables.Han:
			e.class = classHan
		case tables.Blank:
			e.class = classBlank
		case tables.Newline:
			e.class = classNewline
		case tables.Mark:
			e.class = classMark
		case tables.Clause:
			e.class = classClause
		case tables.Invisible:
			e.class = classInvisible
		}
	}
	return e
}

func withTrigger(r rune) entry {
	e := entryOf(r)
	e.trigger = triggerOf[e.r]
	return e
}

// folded is withTrigger for the basic plane, where nearly all text is.
var folded = sync.OnceValue(func() *[1 << 16]entry {
	t := new([1 << 16]entry)
	for r := range t {
		t[r] = withTrigger(rune(r))
	}
	return t
})

// read folds src[from:], whose first byte is at offset base+from, until its
// end or, unless final is set, until a character that is not whole. It returns
// the index behind what was read.
func (s *scan) read(src string, from int, final bool) int {
	table := folded()
	for i := from; i < len(src); {
		var e entry
		n := 1
		switch c := src[i]; {
		case c < utf8.RuneSelf:
			e = table[c]
		default:
			var r rune
			r, n = utf8.DecodeRuneInString(src[i:])
			switch {
			case r == utf8.RuneError && n <= 1:
				if !final && len(src)-i < utf8.UTFMax && !utf8.FullRuneInString(src[i:]) {
					return i
				}
				e = entry{r: utf8.RuneError}
			case r <= 0xFFFF:
				e = table[r]
			default:
				e = withTrigger(r)
			}
		}
		if e.class == classInvisible {
			if s.invisible++; s.invisible <= maxInvisible {
				i += n
				continue
			}
			e = entry{r: utf8.RuneError}
		} else {
			s.invisible = 0
		}
		k := len(s.text)
		s.text = append(s.text, element{at: int32(i), r: e.r, n: uint8(n), class: e.class, trigger: e.trigger})
		if e.trigger != 0 && (e.trigger != triggerWord || k == 0 || s.text[k-1].class != classDigit && s.text[k-1].class != classLetter) {
			s.pending = append(s.pending, int32(k))
		}
		i += n
	}
	return len(src)
}
