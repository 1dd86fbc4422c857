package rules

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/matcher"
)

// A folding is a visible text with every character folded, and what one pass
// over it sees.
type folding struct {
	text   string
	pieces []piece // where offsets stop being the same; empty if they are
	begins []int32 // offsets in text where a word of the vocabulary can begin
	digits []int32 // offsets in text of the first digit of each run
	stops  []int32 // offsets in text of the ends of sentences
	odd    int     // replacement, control and zero-width characters
	script int     // characters that fold to another script, traditional ones mostly
	gloss  int     // brackets that open before a Latin letter
	other  int     // letters neither Chinese nor Latin nor Greek
}

// A piece of the text begins at offset text and stands at offset seen of the
// visible text.
type piece struct{ text, seen int32 }

// seen returns the visible bytes that a span of the text stands for.
func (f *folding) seen(s span) (start, end int) { return f.toSeen(s.start), f.toSeen(s.end) }

func (f *folding) toSeen(at int) int {
	k := sort.Search(len(f.pieces), func(i int) bool { return int(f.pieces[i].text) > at })
	if k == 0 {
		return at
	}
	p := f.pieces[k-1]
	return int(p.seen) + at - int(p.text)
}

// folded returns the span of the text that visible bytes became.
func (f *folding) folded(start, end int) span { return span{f.fromSeen(start), f.fromSeen(end)} }

func (f *folding) fromSeen(at int) int {
	k := sort.Search(len(f.pieces), func(i int) bool { return int(f.pieces[i].seen) > at })
	if k == 0 {
		return min(at, len(f.text))
	}
	p := f.pieces[k-1]
	return min(int(p.text)+at-int(p.seen), len(f.text))
}

// What is known of a character of the basic plane: what it folds to in the low
// bits, and these.
const (
	isOdd    = 1 << (16 + iota) // see folding.odd
	isScript                    // see folding.script
	isOther                     // see folding.other
	isEnd                       // ends a sentence
	isNumber                    // folds to a digit
)

var knownRunes = sync.OnceValue(func() *[1 << 16]uint32 {
	known := new([1 << 16]uint32)
	traditional := matcher.Set(matcher.Traditional)
	for r := rune(0); r < 1<<16; r++ {
		folded := matcher.FoldRune(r, spelling)
		if folded > 0xFFFF {
			folded = r
		}
		k := uint32(folded)
		switch {
		case r == utf8.RuneError, r < 0x20 && r != '\n' && r != '\r' && r != '\t', r >= 0x7F && r <= 0x9F, isZeroWidth(r):
			k |= isOdd
		case isStop(folded):
			k |= isEnd
		case folded >= '0' && folded <= '9':
			k |= isNumber
		case matcher.FoldRune(r, traditional) != r:
			k |= isScript
		case unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Latin, unicode.Greek, unicode.Bopomofo):
			k |= isOther
		}
		known[r] = k
	}
	return known
})

// foldText folds a visible text; v notes where words can begin.
func foldText(s string, v *vocabulary) folding {
	known := knownRunes()
	f := folding{begins: make([]int32, 0, len(s)/32+8), stops: make([]int32, 0, len(s)/64+8)}
	var buf strings.Builder // empty while the text is the visible one
	from := 0               // what stands before is in buf
	digit := false
	shift := 0 // how much longer the visible text is so far
	for i := 0; i < len(s); {
		r, w := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			if r >= 0xE0 && r < 0xF0 && i+2 < len(s) { // most of Chinese text
				r, w = r&0x0F<<12|rune(s[i+1])&0x3F<<6|rune(s[i+2])&0x3F, 3
				if v.quiet[r] {
					digit = false
					i += 3
					continue
				}
			} else {
				r, w = utf8.DecodeRuneInString(s[i:])
			}
		}
		at := i - shift
		folded := r
		if r < 1<<16 {
			k := known[r]
			folded = rune(k & 0xFFFF)
			if k>>16 != 0 {
				switch {
				case k&isNumber != 0:
					if !digit {
						f.digits = append(f.digits, int32(at))
					}
				case k&isEnd != 0:
					f.stops = append(f.stops, int32(at))
				case k&isOdd != 0:
					f.odd++
				case k&isScript != 0:
					f.script++
				case k&isOther != 0:
					f.other++
				}
			}
			digit = k&isNumber != 0
		} else {
			folded, digit = matcher.FoldRune(r, spelling), false
		}
		if v.begin[folded&0xFFFF] != 0 {
			f.begins = append(f.begins, int32(at))
		}
		if folded == '(' && i+w < len(s) && latinAt(s[i+w:]) {
			f.gloss++
		}
		if folded != r {
			if buf.Cap() == 0 {
				buf.Grow(len(s) + utf8.UTFMax)
			}
			buf.WriteString(s[from:i])
			buf.WriteRune(folded)
			from = i + w
			if n := utf8.RuneLen(folded); n != w {
				shift += w - n
				f.pieces = append(f.pieces, piece{int32(from - shift), int32(from)})
			}
		}
		i += w
	}
	f.text = s
	if from > 0 {
		buf.WriteString(s[from:])
		f.text = buf.String()
	}
	return f
}

// latinAt reports whether s begins with a letter that pinyin is written with.
func latinAt(s string) bool {
	c := s[0]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0xC3 && c <= 0xC9
}
