package matcher

import (
	"unicode"
	"unicode/utf8"
	"unsafe"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// verify decides whether pattern id, compiled to c, stands in the text so that it ends with
// the last element, which ends at data[end]. The automaton has seen that the
// codes agree, run by run; here the lengths of the runs, the gaps, the
// channels and the boundaries are looked at.
//
// Of a repeated character at either end of a pattern the match takes as many
// as the pattern has, nearest to its middle (all of them where the pattern has
// to have a boundary, since else it could not): 赌赌博博 holds 赌博 once,
// as it is written. In between, repetitions need [Repeat].
func (v *view) verify(st *state, id uint32, c *compiled, data []byte, base int64, end int) (Match, bool) {
	mask := uint32(len(st.pos) - 1)
	n := uint32(len(c.runs))
	lastRun := uint32(c.runs[n-1])
	count := st.elem - st.runs[(st.run-1)&mask] // elements in the current run
	if count < lastRun || !c.atEnd && n > 1 && count != lastRun {
		return Match{}, false
	}
	if c.atEnd && !freeRight(data, end, c.last) {
		return Match{}, false // first of all, since it ends most candidates inside a run
	}
	last := st.elem - 1
	run0 := st.run - n
	first := last + 1 - uint32(c.runs[0])
	if n > 1 {
		first = st.runs[(run0+1)&mask] - uint32(c.runs[0])
		for j := range n - 1 {
			if st.runs[(run0+j+1)&mask]-st.runs[(run0+j)&mask] < uint32(c.runs[j]) {
				return Match{}, false
			}
		}
	}
	if last-first > mask {
		return Match{}, false // longer than any pattern's limit
	}
	index := func(e uint32) int {
		return end - int(uint32(base+int64(end))-st.pos[e&mask])
	}
	if c.atStart && c.first != digitClass {
		for e0 := st.runs[run0&mask]; first != e0 && last-first < mask; first-- {
			at := index(first)
			_, w := utf8.DecodeRune(data[max(0, index(first-1)):])
			if index(first-1)+w != at {
				break
			}
		}
	}
	start := index(first)
	if int64(end-start) > c.limit {
		return Match{}, false
	}
	m := Match{Pattern: int(id), Start: base + int64(start), End: base + int64(end)}
	if string(data[start:end]) != c.text {
		a := alignment{c: c, data: data, strict: v.strict}
		e, off := first, 0
		for j := range n {
			stop := last + 1
			if j+1 < n {
				stop = st.runs[(run0+j+1)&mask]
			}
			k := int(c.runs[j])
			length := int(stop - e)
			if length > k {
				if c.words[off] == digitClass {
					return Match{}, false // 1100 is not 110
				}
				a.use(Set(Repeat))
			}
			for x := range length {
				at := off + min(x, k-1)
				if e == last {
					a.element(at, index(e), end, nil)
					break
				}
				var own []rune
				if c.own != nil && (x < k-1 || x == length-1) {
					own = c.own[at]
				}
				next := at
				if x >= k-1 && x == length-1 {
					next = off + k
				} else if x < k-1 {
					next = at + 1
				}
				a.element(at, index(e), index(e+1), own)
				a.gap(at, next, own)
				if a.failed {
					return Match{}, false
				}
				e++
			}
			off += k
		}
		if !a.settle(start, end) {
			return Match{}, false
		}
		m.Channels = a.used
	}
	return m, !c.atStart || freeLeft(data, start, c.first)
}

// alignment lays a pattern along the text at a candidate.
type alignment struct {
	c      *compiled
	data   []byte
	strict bool
	used   ChannelSet
	failed bool

	r        rune // text of the current element
	from, to int  // the gap after it: data[from:to]

	gaps     int  // seen so far
	uneven   bool // not all gaps are equal
	clause   bool // some gap holds only clause punctuation
	sep      separator
	latin    int // gaps between letters or digits seen so far
	latinSep separator
}

// separator is what a gap holds beside the pattern's own characters.
type separator struct {
	runes [MaxGap]rune
	n     int
}

// element compares the text at data[at:] with c.elems[i]; the next element or
// the end of the match is at data[next:].
func (a *alignment) element(i, at, next int, own []rune) {
	r, w := utf8.DecodeRune(a.data[at:])
	a.r, a.from, a.to = r, at+w, next
	if want := a.c.elems[i]; r != want {
		kinds, ok := tables.Path(r, want)
		if !ok {
			a.failed = true // two characters of one code always have a path
		}
		a.use(channelsOf(kinds))
	}
}

// use notes that the match needs the channels; one that the pattern does not
// allow ends it.
func (a *alignment) use(set ChannelSet) {
	a.used |= set
	a.failed = a.failed || set&^a.c.channels != 0
}

// gap reads what stands between c.elems[i] and c.elems[next]; own are the
// pattern's own ignorable characters there.
func (a *alignment) gap(i, next int, own []rune) {
	latin := a.c.words[i] != otherClass && a.c.words[next] != otherClass
	if a.from == a.to && len(own) == 0 { // most gaps are empty
		a.gaps++
		a.uneven = a.uneven || a.sep.n > 0
		if latin {
			a.latin++
			a.failed = a.failed || a.latinSep.n > 0
		}
		return
	}
	var sep separator
	noise, newlines, marks, clauses := 0, 0, 0, 0
	ownBlank := false
	p := a.from
	if p < a.to && !a.strict {
		if n := annotation(a.data, p); n > 0 {
			a.use(Set(Annotation))
			p += n
		}
	}
	for p < a.to {
		r, w := utf8.DecodeRune(a.data[p:])
		p += w
		class := tables.ClassOf(r)
		if class == tables.Invisible {
			a.use(Set(Invisible))
			continue
		}
		if len(own) > 0 && a.sameIgnorable(r, class, own[0]) {
			ownBlank = class == tables.Blank
			own = own[1:]
			continue
		}
		noise++
		switch class {
		case tables.Newline:
			newlines++
		case tables.Clause:
			if endsClause(r) {
				clauses++
			} else {
				marks++
			}
		case tables.Mark:
			marks++
		}
		if ownBlank && (class == tables.Blank || class == tables.Newline) {
			continue // a run of blanks is as good as one where the pattern has one
		}
		if sep.n < len(sep.runes) {
			sep.runes[sep.n] = r
			sep.n++
		}
	}
	if noise > 0 {
		a.use(Set(Noise))
	}
	if len(own) > 0 || noise > a.c.gap || newlines > 1 || newlines > 0 && marks+clauses > 0 {
		a.failed = true
		return
	}
	if clauses > 0 && marks == 0 {
		a.clause = true
	}
	if a.gaps++; a.gaps == 1 {
		a.sep = sep
	} else if sep != a.sep {
		a.uneven = true
	}
	if latin {
		if a.latin++; a.latin == 1 {
			a.latinSep = sep
		} else if sep != a.latinSep {
			a.failed = true
		}
	}
}

// endsClause reports whether r is punctuation that clauses or sentences end
// with. The exclamation mark is not counted: writers who hide words use it.
func endsClause(r rune) bool {
	switch tables.Root(r) {
	case ',', ';', ':', '?', '，', '、', '。', '；', '：', '？':
		return true
	}
	return false
}

// sameIgnorable reports whether ignorable character r of the text is the
// pattern's own character want.
func (a *alignment) sameIgnorable(r rune, class tables.Class, want rune) bool {
	if r == want {
		return true
	}
	if tables.ClassOf(want) == tables.Blank {
		switch class {
		case tables.Blank:
			a.use(Set(Width))
			return true
		case tables.Newline:
			a.use(Set(Noise))
			return true
		}
		return false
	}
	kinds, ok := tables.Path(r, want)
	if ok {
		a.use(channelsOf(kinds))
	}
	return ok
}

// settle applies the rules that need the whole match.
func (a *alignment) settle(start, end int) bool {
	if a.failed {
		return false
	}
	// Commas and stops are where clauses meet: 他嗜赌，博士劝他. They are a
	// disguise only in each of several gaps, 赌，博，网, or among symbols. Of
	// the hits of 10,000 dictionary words in 22 MB of ordinary text this rule
	// drops 650 in 78,000; brackets and quotation marks bring 100.
	if a.clause && (a.uneven || a.gaps < 2) {
		return false
	}
	if a.latin > 0 && a.latinSep.n > 0 {
		return a.spaced(start, end)
	}
	return true
}

// spaced applies the rule for letters and digits with separators, "d.u b.o":
// English words lose their meaning without blanks ("...a b..." is no "ab"), so
// the separator must be the same in every gap (see gap), must not go on at
// either end, and a blank needs three characters.
func (a *alignment) spaced(start, end int) bool {
	sep := a.latinSep
	if a.c.latin < 3 {
		for _, r := range sep.runes[:sep.n] {
			if tables.ClassOf(r) == tables.Blank || tables.ClassOf(r) == tables.Newline {
				return false
			}
		}
	}
	if !freeLeft(a.data, start, a.c.first) || !freeRight(a.data, end, a.c.last) {
		return false
	}
	left := start
	for k := sep.n - 1; k >= 0; k-- {
		r, w := utf8.DecodeLastRune(a.data[:left])
		if r != sep.runes[k] {
			left = 0
			break
		}
		left -= w
	}
	if a.c.first != otherClass && left > 0 && !freeLeft(a.data, left, a.c.first) {
		return false
	}
	right := end
	for _, want := range sep.runes[:sep.n] {
		r, w := utf8.DecodeRune(a.data[right:])
		if r != want {
			return true
		}
		right += w
	}
	return a.c.last == otherClass || freeRight(a.data, right, a.c.last)
}

// maxNeighbour is how many invisible characters are passed over to find the
// neighbour of a match.
const maxNeighbour = 8

// freeLeft reports whether the match that begins with a character of that
// class at data[i:] is not the rest of something longer: a word, a number
// (14 in 3.14), or a name (info in site.info, sb in my_sb).
func freeLeft(data []byte, i int, class wordClass) bool {
	if class == otherClass {
		return true
	}
	r, i := lastVisible(data, i)
	if wordClassOf(r) == class {
		return false
	}
	if r == '_' || r == '.' || class == digitClass && r == ',' {
		r, _ = lastVisible(data, i)
		return !isASCIIWord(r, class)
	}
	return true
}

// freeRight is freeLeft for the character after a match: data[i:]. A full stop
// after a word ends a sentence, so only in numbers it goes on.
func freeRight(data []byte, i int, class wordClass) bool {
	if class == otherClass {
		return true
	}
	r, i := nextVisible(data, i)
	if wordClassOf(r) == class {
		return false
	}
	if r == '_' || class == digitClass && (r == '.' || r == ',') {
		r, _ = nextVisible(data, i)
		return !isASCIIWord(r, class)
	}
	return true
}

// isASCIIWord reports whether r goes on a word or number after a connector.
func isASCIIWord(r rune, class wordClass) bool {
	digit := '0' <= r && r <= '9'
	return digit || class == letterClass && ('a' <= r|0x20 && r|0x20 <= 'z')
}

// lastVisible returns the character before data[i] that can be seen, and
// where it begins; 0 at the start of the text. It passes over at most
// maxNeighbour others.
func lastVisible(data []byte, i int) (rune, int) {
	for range maxNeighbour {
		r, w := utf8.DecodeLastRune(data[:i])
		if w == 0 {
			break
		}
		i -= w
		if tables.ClassOf(r) != tables.Invisible {
			return r, i
		}
	}
	return 0, i
}

// nextVisible is lastVisible for data[i:]; it returns where the character
// ends.
func nextVisible(data []byte, i int) (rune, int) {
	for range maxNeighbour {
		r, w := utf8.DecodeRune(data[i:])
		if w == 0 {
			break
		}
		i += w
		if tables.ClassOf(r) != tables.Invisible {
			return r, i
		}
	}
	return 0, i
}

// maxAnnotation is the most bytes that pinyin in brackets takes: two brackets
// and six letters, each perhaps with two combining marks, and a tone digit.
const maxAnnotation = 2*3 + 6*(2+2*2) + 1

// annotation returns the length of pinyin in brackets at data[i:], if it is a
// reading of the Chinese character right before it, or 0. Converters between
// scripts leave such text: 轉(zhuǎn)發(fā). It does not depend on the patterns.
func annotation(data []byte, i int) int {
	r, w := utf8.DecodeRune(data[i:])
	if r != '(' && r != '（' {
		return 0
	}
	han, _ := utf8.DecodeLastRune(data[:i])
	if !unicode.Is(unicode.Han, han) {
		return 0
	}
	body := i + w
	for p := body; p < len(data) && p-i < maxAnnotation; {
		r, w := utf8.DecodeRune(data[p:])
		if r == ')' || r == '）' {
			if p == body {
				return 0
			}
			syllable, ok := tables.StripTone(unsafe.String(&data[body], p-body))
			if ok && tables.HasReading(han, syllable) {
				return p + w - i
			}
			return 0
		}
		if !annotates(r) {
			return 0
		}
		p += w
	}
	return 0
}
