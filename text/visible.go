package text

import (
	"math"
	"sort"
	"unicode/utf8"
)

// maxSource is the size from which a field is taken as plain text: pieces count bytes in 32 bits, and the longest
// growth of a text, by entities such as &nGt; with six bytes for five, still fits.
const maxSource = math.MaxInt32

// Visible is the text that a reader sees, and where each byte of it comes from.
// It is immutable and safe for concurrent use.
type Visible struct {
	src      string
	text     string
	pieces   []piece // nil if the text is the source itself
	comments []Comment
	limits   []Limit
}

// A piece is a stretch of visible text with one origin. It ends where the next piece begins.
//
//	visible   赌   博 \n\n x
//	pieces    |0   |3 |6   |8         vis
//	source    赌<b>博</b><p>x
//	          0    6  9    16         src
//
// Invariant: vis grows from piece to piece, and src <= end <= len(source). src grows too, but for the texts that are
// placed out of line.
type piece struct {
	vis  uint32 // where it begins in the visible text
	src  uint32 // the source that it stands for: [src, end)
	end  uint32
	kind kind
}

type kind uint8

const (
	copied  kind = iota // the same bytes as the source
	decoded             // a character reference or an escape
	blank               // white space that stands for other white space
	markup              // a line break that a tag made
	border              // the empty line between two blocks; stands for nothing, so src == end
)

// emptyLine is a border.
const emptyLine = "\n\n"

// Extract returns what a reader sees of src. It never fails: any bytes are some text, as they are for a browser.
// Bytes that are not UTF-8 are copied as they are. The cost is O(len(src)), whatever src holds.
//
// A field of 2 GiB or more is taken as plain text, and so is a field in a format that is none of the constants.
func Extract(src string, f Format) *Visible { return ExtractNested(src, f, DefaultNesting) }

// ExtractNested is [Extract] with at most that many elements of HTML inside each other. Those that are deeper open
// nothing: their text is what the element around them shows.
func ExtractNested(src string, f Format, nesting int) *Visible {
	v := &Visible{src: src, text: src}
	if len(src) >= maxSource {
		if f == HTML || f == Markdown {
			v.limits = []Limit{{LimitMarkup, maxSource}}
		}
		f = Plain
	}
	switch f {
	case HTML:
		v = extractHTML(src, nesting)
	case Markdown:
		v = extractMarkdown(src, nesting)
	}
	if len(src) >= maxSource {
		return v
	}
	return v.decodeEscapes()
}

// Text returns the visible text. For plain text without escapes that is the source itself, not a copy.
func (v *Visible) Text() string { return v.text }

// Source returns the span of source bytes that the visible bytes [start, end) come from. It begins and ends on rune
// boundaries of the source and covers the markup in between: in `赌<b>博</b>` the source of 赌博 runs from 赌 to the
// end of 博. A character that was decoded is covered whole. A border alone comes from nowhere: its span is empty and
// lies behind the text before it.
//
// A span within a span has its source within the source of the other, unless it is empty. The cost is logarithmic in
// the size of the text and linear in the number of tags and entities within the span. Source panics, like a slice
// expression, unless 0 <= start <= end <= len(v.Text()).
func (v *Visible) Source(start, end int) (int, int) {
	_ = v.text[start:end]
	if v.pieces == nil {
		if v.text == "" { // nothing of the source is visible
			return 0, 0
		}
		return runeFloor(v.src, start), runeCeil(v.src, end)
	}
	pieces := v.covering(start, end)
	lo, hi := math.MaxInt, 0
	for i, p := range pieces {
		from, to := int(p.src), int(p.end)
		if p.kind == copied {
			if i == 0 {
				from += start - int(p.vis)
			}
			if i == len(pieces)-1 {
				to = int(p.src) + end - int(p.vis)
			}
		} else if start == end {
			to = from
		}
		lo, hi = min(lo, from), max(hi, to)
	}
	return runeFloor(v.src, lo), runeCeil(v.src, hi)
}

// Crosses reports what had to be undone for the visible bytes [start, end) to stand side by side: whether markup was
// read past, and whether characters were decoded, from entities or from backslash escapes. It panics like [Visible.Source].
func (v *Visible) Crosses(start, end int) (markedUp, encoded bool) {
	_ = v.text[start:end]
	if v.pieces == nil || start == end {
		return false, false
	}
	pieces := v.covering(start, end)
	for i, p := range pieces {
		encoded = encoded || p.kind == decoded
		markedUp = markedUp || p.kind == markup || i > 0 && p.src != pieces[i-1].end
	}
	return markedUp, encoded
}

// covering returns the pieces that the visible bytes [start, end) touch, and at least one.
func (v *Visible) covering(start, end int) []piece {
	// The piece of a byte is the last that does not begin behind it.
	at := func(i int) int {
		return max(0, sort.Search(len(v.pieces), func(k int) bool { return int(v.pieces[k].vis) > i })-1)
	}
	first := at(start)
	return v.pieces[first : max(first, at(end-1))+1]
}

// runeFloor returns the last rune boundary of s at or before i; a byte that is not UTF-8 is a rune of its own.
func runeFloor(s string, i int) int {
	for start := i; start >= 0 && start > i-utf8.UTFMax && i < len(s); start-- {
		if utf8.RuneStart(s[start]) {
			if _, n := utf8.DecodeRuneInString(s[start:]); start+n > i {
				return start
			}
			break
		}
	}
	return i
}

// runeCeil returns the first rune boundary of s at or behind i.
func runeCeil(s string, i int) int {
	if start := runeFloor(s, i); start < i {
		_, n := utf8.DecodeRuneInString(s[start:])
		return start + n
	}
	return i
}
