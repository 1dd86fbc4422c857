package text

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Position is a place in a text, told in every way that an editor or a protocol may ask for.
//
// A line ends behind "\n"; so "\r\n" ends one line, and a "\r" alone ends none, as for grep, for compilers and, by
// default, for SARIF. A byte that is not part of valid UTF-8 counts as one rune and as one UTF-16 unit, which is what
// [utf8.DecodeRune] makes of it.
type Position struct {
	Byte   int // from 0
	Rune   int // from 0
	UTF16  int // from 0, in UTF-16 code units: what JavaScript, Java and LSP count
	Line   int // from 1
	Column int // from 1, in runes
}

// String returns "line:column".
func (p Position) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }

var origin = Position{Line: 1, Column: 1}

// stride is the number of bytes between two marks: a lookup reads at most so many. A mark has 40 bytes, so marks add
// four percent to a text.
const stride = 1024

// advance returns the position of the last rune of s that begins at or before offset, where s begins at p. The end of s
// counts as the beginning of a rune.
func advance[T string | []byte](p Position, s T, offset int) Position {
	n := offset - p.Byte
	i, runes, far := 0, 0, 0  // far are those beyond 0xFFFF
	lineRunes := 1 - p.Column // runes before the line, of those counted here
loop:
	for i < n {
		switch c := s[i]; {
		case c == '\n':
			i++
			p.Line++
			lineRunes = runes + 1
		case c < utf8.RuneSelf:
			i++
		case 0xE1 <= c && c <= 0xEC && i+3 <= n && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80: // most of Chinese text
			i += 3
		default:
			r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
			if i+size > n {
				break loop
			}
			i += size
			if r > 0xFFFF {
				far++
			}
		}
		runes++
	}
	p.Byte += i
	p.Rune += runes
	p.UTF16 += runes + far
	p.Column = 1 + runes - lineRunes
	return p
}

// Index answers where the bytes of a text are. It is immutable and safe for concurrent use.
type Index struct {
	src   string
	marks []Position // marks[i] is the position of the byte i*stride, or of the rune that this byte is within
}

// NewIndex reads src once.
func NewIndex(src string) *Index {
	x := &Index{src: src, marks: make([]Position, 1, len(src)/stride+1)}
	x.marks[0] = origin
	for at := stride; at <= len(src); at += stride {
		last := x.marks[len(x.marks)-1]
		x.marks = append(x.marks, advance(last, src[last.Byte:], at))
	}
	return x
}

// Position returns the position of a byte, or of the rune that it is within. The offset may be that of the end; Position
// panics, like a slice expression, if it is negative or beyond. The cost does not depend on the size of the text.
func (x *Index) Position(offset int) Position {
	_ = x.src[:offset]
	mark := x.marks[offset/stride]
	return advance(mark, x.src[mark.Byte:], offset)
}

// Locator is an [Index] of a text that arrives in chunks and need not be kept. It answers as an Index of what has been
// appended would, whatever the chunks were, also if a chunk ends within a rune. It keeps the bytes from the last offset
// that was forgotten on, and little else. The zero Locator is ready for use; it is not safe for concurrent use.
//
// Offsets count from the beginning of the text; a text may be as long as an int can count.
type Locator struct {
	window []byte     // the text from marks[0] on
	marks  []Position // stride bytes or somewhat less from each to the next
	floor  int        // what is before it is forgotten
}

// Append adds a chunk to the text. The chunk is copied.
func (l *Locator) Append(chunk []byte) {
	if l.marks == nil {
		l.marks = []Position{origin}
	}
	l.window = append(l.window, chunk...)
	for {
		last := l.marks[len(l.marks)-1]
		// A mark within the last bytes might split a rune whose rest has not come.
		if last.Byte+stride+utf8.UTFMax > l.end() {
			return
		}
		l.marks = append(l.marks, advance(last, l.from(last), last.Byte+stride))
	}
}

func (l *Locator) end() int {
	if l.marks == nil {
		return 0
	}
	return l.marks[0].Byte + len(l.window)
}

// from returns the text from a position on.
func (l *Locator) from(p Position) []byte { return l.window[p.Byte-l.marks[0].Byte:] }

// Position returns the position of a byte that has not been forgotten, or of the rune that it is within. The offset may
// be that of the end of what has been appended. If the last bytes are the beginning of a rune, they count as bytes
// that are not UTF-8 until the rest of it comes. Position panics if the offset is forgotten or has not come.
func (l *Locator) Position(offset int) Position {
	l.check(offset)
	if l.marks == nil {
		return origin
	}
	i := sort.Search(len(l.marks), func(i int) bool { return l.marks[i].Byte > offset }) - 1
	return advance(l.marks[i], l.from(l.marks[i]), offset)
}

func (l *Locator) check(offset int) {
	if offset < l.floor || offset > l.end() {
		panic(fmt.Sprintf("text: position: offset %d, want one in [%d, %d]", offset, l.floor, l.end()))
	}
}

// Forget says that no offset before this one will be asked for. It panics like [Locator.Position].
func (l *Locator) Forget(offset int) {
	l.check(offset)
	l.floor = offset
	// The window moves only when half of it or more is of no use, so that each byte is moved once on average.
	if l.marks == nil || offset-l.marks[0].Byte < max(stride, len(l.window)/2) {
		return
	}
	i := sort.Search(len(l.marks), func(i int) bool { return l.marks[i].Byte > offset }) - 1
	p := l.marks[i]
	if offset+utf8.UTFMax <= l.end() { // otherwise a rune at the offset may change with the bytes to come
		p = advance(p, l.from(p), offset)
	}
	n := copy(l.window, l.from(p))
	l.window = l.window[:n]
	l.marks[i] = p
	l.marks = l.marks[:copy(l.marks, l.marks[i:])]
}
