package recognize

import (
	"slices"
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
	next    uint8 // the bit that stands for it in trigger.next
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
	e.next = bitOf(e.r)
	if e.class == classBlank {
		e.next = bitOf(' ')
	}
	return e
}

// foldTable is withTrigger for the basic plane, where nearly all text is.
type foldTable struct {
	entries [1 << 16]entry
	// plain is the class of characters that fold to themselves, begin nothing
	// and are not invisible, other for the rest. Most characters of a text
	// are so, and a byte for each stays in the cache.
	plain [1 << 16]class
}

// other is the value in foldTable.plain that sends to the entry.
const other = ^class(0)

var folded = sync.OnceValue(func() *foldTable {
	t := new(foldTable)
	for r := range t.entries {
		e := withTrigger(rune(r))
		t.entries[r], t.plain[r] = e, e.class
		if e.r != rune(r) || e.trigger != 0 || e.next != bitOf(e.r) || e.class == classInvisible {
			t.plain[r] = other
		}
	}
	return t
})

// read folds src[from:], whose first byte is at offset base+from, until its
// end or, unless final is set, until a character that is not whole. It returns
// the index behind what was read.
func (s *scan) read(src string, from int, final bool) int {
	table := folded()
	s.text = slices.Grow(s.text, len(src)-from)
	text := s.text[:cap(s.text)]
	k := len(s.text)
	wait := s.wait
	invisible := s.invisible
	i := from
loop:
	for i < len(src) && k < len(text) {
		var e *entry
		n := 1
		switch c := src[i]; {
		case c < utf8.RuneSelf:
			e = &table.entries[c]
		case 0xE1 <= c && c <= 0xEC && i+2 < len(src) && src[i+1]&0xC0 == 0x80 && src[i+2]&0xC0 == 0x80:
			// Nearly all Chinese text: three bytes, no surrogates.
			r := uint16(c)<<12 | uint16(src[i+1]&0x3F)<<6 | uint16(src[i+2]&0x3F)
			n = 3
			if class := table.plain[r]; class != other {
				if wait != 0 {
					if wait>>(r&63)&1 != 0 {
						s.pending = append(s.pending, int32(k-1))
					}
					wait = 0
				}
				invisible = 0
				text[k] = element{at: int32(i), r: rune(r), n: 3, class: class}
				k++
				i += 3
				continue
			}
			e = &table.entries[r]
		default:
			var r rune
			r, n = utf8.DecodeRuneInString(src[i:])
			switch {
			case r == utf8.RuneError && n <= 1:
				if !final && len(src)-i < utf8.UTFMax && !utf8.FullRuneInString(src[i:]) {
					break loop
				}
				e = &border
			case r <= 0xFFFF:
				e = &table.entries[r]
			default:
				far := withTrigger(r)
				e = &far
			}
		}
		if e.class == classInvisible {
			if invisible++; invisible <= maxInvisible {
				i += n
				continue
			}
			e = &border
		} else {
			invisible = 0
		}
		text[k] = element{at: int32(i), r: e.r, n: uint8(n), class: e.class, trigger: e.trigger}
		if wait != 0 {
			if wait>>(e.next&63)&1 != 0 {
				s.pending = append(s.pending, int32(k-1))
			}
			wait = 0
		}
		if e.trigger != 0 {
			switch next := triggers[e.trigger].next; {
			case e.trigger == triggerWord:
				if k == 0 || text[k-1].class != classDigit && text[k-1].class != classLetter {
					s.pending = append(s.pending, int32(k))
				}
			case next == anything:
				s.pending = append(s.pending, int32(k))
			default:
				wait = next
			}
		}
		k++
		i += n
	}
	s.text, s.wait, s.invisible = s.text[:k], wait, invisible
	return i
}

// border is what ends everything: a byte that is not UTF-8, or too many
// invisible characters.
var border = entry{r: utf8.RuneError}
