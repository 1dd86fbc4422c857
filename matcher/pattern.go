package matcher

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// DefaultGap is how many ignorable characters may stand between two
// characters of a pattern if [Pattern.Gap] is zero.
const DefaultGap = 3

// MaxGap is the largest [Pattern.Gap].
const MaxGap = 8

// MaxPatternRunes bounds the length of a pattern: the memory of a stream grows
// with its longest pattern.
const MaxPatternRunes = 4096

// A Pattern is one text to find.
//
// The zero values of its other fields make it literal: found as it is written
// and nowhere else.
type Pattern struct {
	// Text is the pattern as an editor would write it. Invisible characters
	// in it, and pinyin in brackets that is a reading of the character before
	// it, need not stand in the text. Other ignorable characters inside of it (a blank,
	// "·", "%") must stand in the text at the same place. A pattern that
	// begins or ends with one ("#话题", "🔞") or has fewer than two other
	// characters ("C++") is read strictly: no noise inside of it.
	Text string

	// Channels are those through which Text may be recognised.
	Channels ChannelSet

	// Whole asks for class boundaries: a pattern that begins or ends with a
	// letter (digit) does not match next to another letter (digit), so that
	// "TMD" is not found in "TMDX" and 11 digits are not found inside 16, nor
	// inside a name such as my_tmd or a number such as 3.14. A repeated letter
	// at an end of the pattern belongs to the match.
	Whole bool

	// Gap is the number of noise characters allowed between two characters
	// of the pattern: 0 for [DefaultGap], at most [MaxGap], negative for none.
	Gap int
}

// A PatternError says why a pattern cannot be compiled.
type PatternError struct {
	Index  int // of the pattern in the argument of New
	Reason string
}

func (e *PatternError) Error() string {
	return fmt.Sprintf("matcher: pattern %d: %s", e.Index, e.Reason)
}

// wordClass is what the boundaries and gaps of a pattern look at.
type wordClass uint8

const (
	otherClass wordClass = iota
	letterClass
	digitClass
)

// compiled is a pattern as the scan needs it.
//
// Its elements are grouped in runs of equal codes, since the automaton reads
// "bookkeeping" as the key "bokeping": whether a run in the text is long
// enough, and whether it may be longer, is decided when a match is verified.
type compiled struct {
	text     string // as written, without invisible characters at its ends
	elems    []rune // the characters that are codes
	words    []wordClass
	own      [][]rune // own[i]: ignorable characters of the pattern after elems[i]; nil if there are none
	runs     []uint16 // lengths of the runs of equal codes; set by the view
	exact    bool     // text is what was compiled: it holds nothing that a text may lack
	strict   bool     // belongs to the strict view: ignorable characters are codes
	first    wordClass
	last     wordClass
	latin    int  // letters and digits among elems
	atStart  bool // whole, and first is a letter or digit
	atEnd    bool // whole, and last is a letter or digit
	gap      int  // noise characters allowed in a gap
	channels ChannelSet
	limit    int64 // longest surface in bytes
}

// spanBytes and spanSlack bound the surface of a match: a pattern of n
// elements is found in at most n*spanBytes + spanSlack bytes. An element takes
// up to 4 bytes and its gap up to 8 noise characters of 4 bytes; the rest is
// room for pinyin, zero-width characters and repetitions.
const (
	spanBytes = 64
	spanSlack = 256
)

func compile(p Pattern) (*compiled, error) {
	n := utf8.RuneCountInString(p.Text)
	c := &compiled{elems: make([]rune, 0, n), words: make([]wordClass, 0, n)}
	if err := c.set(p); err != nil {
		return nil, err
	}
	return c, nil
}

// set compiles p to c, whose slices it uses again.
func (c *compiled) set(p Pattern) error {
	if !utf8.ValidString(p.Text) {
		return errors.New("text is not valid UTF-8")
	}
	if p.Gap > MaxGap {
		return fmt.Errorf("gap %d is more than the limit of %d", p.Gap, MaxGap)
	}
	if extra := p.Channels >> numChannels; extra != 0 {
		return fmt.Errorf("channels %#x are unknown", uint32(extra<<numChannels))
	}
	invisible := func(r rune) bool { return tables.ClassOf(r) == tables.Invisible }
	visible := c.elems[:0]
	for _, r := range withoutReadings(p.Text) {
		if !invisible(r) {
			visible = append(visible, r)
		}
	}
	switch n := len(visible); {
	case n == 0:
		return errors.New("text is empty or has no visible character")
	case n > MaxPatternRunes:
		return fmt.Errorf("text of %d characters is longer than the limit of %d", n, MaxPatternRunes)
	}
	*c = compiled{
		text: strings.TrimFunc(p.Text, invisible), channels: p.Channels, gap: p.Gap,
		elems: visible[:0], words: c.words[:0], runs: c.runs[:0],
	}
	switch {
	case c.gap == 0:
		c.gap = DefaultGap
	case c.gap < 0:
		c.gap = 0
	}
	c.exact = equalRunes(c.text, visible)
	plain := 0
	for _, r := range visible {
		switch cl := tables.ClassOf(r); {
		case cl == tables.Newline:
			return errors.New("text holds a line break")
		case !ignorable(cl):
			plain++
		}
	}
	c.strict = plain < 2 && plain < len(visible) ||
		ignorable(tables.ClassOf(visible[0])) || ignorable(tables.ClassOf(visible[len(visible)-1]))
	for _, r := range visible { // whose place the elements take
		if !c.strict && ignorable(tables.ClassOf(r)) {
			if c.own == nil {
				c.own = make([][]rune, plain)
			}
			own := &c.own[len(c.elems)-1]
			if *own = append(*own, r); len(*own) > maxOwn {
				return fmt.Errorf("text holds more than %d ignorable characters in a row", maxOwn)
			}
			continue
		}
		c.elems = append(c.elems, r)
	}
	for _, r := range c.elems {
		class := wordClassOf(r)
		c.words = append(c.words, class)
		if class != otherClass {
			c.latin++
		}
	}
	c.first, c.last = c.words[0], c.words[len(c.words)-1]
	c.atStart, c.atEnd = p.Whole && c.first != otherClass, p.Whole && c.last != otherClass
	if !numeralAllowed(c.elems) {
		c.channels = c.channels.Without(Numeral)
	}
	c.limit = int64(len(visible)*spanBytes + spanSlack)
	return nil
}

func equalRunes(s string, rs []rune) bool {
	i := 0
	for _, r := range s {
		if i == len(rs) || rs[i] != r {
			return false
		}
		i++
	}
	return i == len(rs)
}

// maxOwn is the most ignorable characters in a row that a pattern may hold;
// with as much noise again a gap stays below maxSkipped.
const maxOwn = 32

// withoutReadings returns s without pinyin in brackets that is a reading of
// the character before it, since that is read past in every text.
func withoutReadings(s string) string {
	if !strings.ContainsAny(s, "(（") {
		return s
	}
	data := []byte(s)
	for i := 0; i < len(data); i++ {
		if n := annotation(data, i); n > 0 {
			data = slices.Delete(data, i, i+n)
			i--
		}
	}
	return string(data)
}

// numeralAllowed says whether Chinese numerals and digits may stand for each
// other in a pattern. Always doing so makes 11 mean 一一 (houbb/sensitive-word
// issue 84); never doing so loses 6合彩. So either at least two characters are
// no numerals, or the pattern is a number: three digits or more.
func numeralAllowed(elems []rune) bool {
	plain, digits := 0, 0
	for _, r := range elems {
		if root := tables.Root(r); '0' <= root && root <= '9' {
			if FoldRune(r, DefaultChannels.Without(Numeral)) == root {
				digits++
			}
			continue
		}
		plain++
	}
	return plain >= 2 || plain == 0 && digits == len(elems) && digits >= 3
}

// ignorable reports whether characters of the class can be noise.
func ignorable(c tables.Class) bool { return c >= tables.Blank }

// wordClassOf is the class of r for boundaries: letters and digits of the
// scripts that put blanks between words, however they are styled.
func wordClassOf(r rune) wordClass {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case '0' <= r && r <= '9':
			return digitClass
		case 'a' <= r|0x20 && r|0x20 <= 'z':
			return letterClass
		}
		return otherClass
	case 0x4E00 <= r && r <= 0x9FFF: // the rest is for characters that are rare here
		return otherClass
	}
	switch tables.ClassOf(r) {
	case tables.Digit:
		return digitClass
	case tables.Letter:
		root := tables.Root(r)
		if 'a' <= root && root <= 'z' || unicode.In(root, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
			return letterClass
		}
	}
	return otherClass
}
