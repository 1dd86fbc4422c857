package recognize

import (
	"strings"
	"sync"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
)

const (
	// behind and ahead are how many characters before and after the character
	// that gave a span away a recogniser may look at. So a decision depends on
	// a bounded part of the text, costs O(1), and is the same for any chunking.
	behind = 160
	ahead  = 224

	// excerpt is the length of Span.Before and After in characters.
	excerpt = 16

	// maxStep is how many bytes of a text are folded at a time.
	maxStep = 1 << 14
)

// A scan is the state of one pass over a text: the folded characters at hand,
// and the places in them that are still to be looked at.
//
//	text   folded characters
//	       |<- behind ->|<- pending ->|<- ahead ->|
//
// Invariant: pending ascends; before pending[0] there are behind characters or
// the beginning of the text.
type scan struct {
	r    *Recognizer
	src  string // the text at hand; its first byte is at offset base
	base int64
	text []element

	pending   []int32 // indexes into text where something may begin
	free      int     // what personal data cover is before it
	marked    int     // what marks cover is before it
	noMail    int     // up to it characters of mail addresses without an @ were read
	lo, hi    int     // what the place at hand may look at is text[lo:hi]
	limit     int     // and up to here when it has come; 0 if all has
	beyond    bool    // it looked there
	invisible int     // invisible characters read in a row
	wait      uint64  // trigger.next of the last character read, if it has one
	row       row
	dst       []Span
	scratch   []digit
}

var scans = sync.Pool{New: func() any { return new(scan) }}

func (s *scan) begin(r *Recognizer) {
	*s = scan{r: r, text: s.text[:0], pending: s.pending[:0], scratch: s.scratch[:0]}
}

// release gives the scan back, without references to the text.
func (s *scan) release() {
	s.begin(nil)
	scans.Put(s)
}

// settle looks at every pending place whose surroundings are known, or as much
// of them as it wants to see.
func (s *scan) settle(dst []Span, final bool) []Span {
	s.dst = dst
	n := 0
	for n < len(s.pending) && s.look(int(s.pending[n]), final) {
		n++
	}
	s.pending = s.pending[:copy(s.pending, s.pending[n:])]
	dst, s.dst = s.dst, nil
	return dst
}

// look looks at the place at index i. It reports whether that is done: where it
// asked for what has not come yet, nothing has changed.
func (s *scan) look(i int, final bool) bool {
	s.lo, s.hi, s.limit, s.beyond = max(0, i-behind), min(len(s.text), i+ahead), 0, false
	if !final && s.hi == len(s.text) {
		s.limit = i + ahead
	}
	free, marked, noMail, row, dst := s.free, s.marked, s.noMail, s.row, s.dst
	for _, r := range triggers[s.text[i].trigger].recognizers {
		if s.r.kinds&r.kinds == 0 {
			continue
		}
		if r.look(s, i); s.beyond {
			s.free, s.marked, s.noMail, s.row, s.dst = free, marked, noMail, row, dst
			return false
		}
	}
	return true
}

// compact forgets characters that no decision will look at, rarely enough
// that each costs O(1).
func (s *scan) compact() {
	cut := len(s.text) - ahead
	if len(s.pending) > 0 {
		cut = int(s.pending[0])
	}
	if cut -= behind; cut < len(s.text)/2 || cut < behind+ahead {
		return
	}
	s.text = s.text[:copy(s.text, s.text[cut:])]
	for i := range s.pending {
		s.pending[i] -= int32(cut)
	}
	s.free, s.marked, s.noMail = max(0, s.free-cut), max(0, s.marked-cut), max(0, s.noMail-cut)
	s.row.shift(cut)
}

// at returns the folded character at index i, 0 outside what may be looked at.
func (s *scan) at(i int) rune {
	if i < s.lo || i >= s.hi {
		s.beyond = s.beyond || i >= s.hi && i < s.limit
		return 0
	}
	return s.text[i].r
}

// class returns the class of the character at index i; outside what may be
// looked at it is that of a line break.
func (s *scan) class(i int) class {
	if i < s.lo || i >= s.hi {
		s.beyond = s.beyond || i >= s.hi && i < s.limit
		return classNewline
	}
	return s.text[i].class
}

// alnum reports whether a letter or digit stands at index i.
func (s *scan) alnum(i int) bool {
	c := s.class(i)
	return c == classDigit || c == classLetter
}

// starts reports whether words stands at index i. It must be folded.
func (s *scan) starts(i int, word string) bool {
	for _, r := range word {
		if s.at(i) != r {
			return false
		}
		i++
	}
	return true
}

// skipBlanks returns the index of the first character from i on that is no
// blank, at most n further.
func (s *scan) skipBlanks(i, n int) int {
	for ; n > 0 && s.class(i) == classBlank; n-- {
		i++
	}
	return i
}

// raw returns the bytes of the characters [i, j), with invisible ones between
// them.
func (s *scan) raw(i, j int) string {
	if i >= j {
		return ""
	}
	return s.src[s.text[i].at : s.text[j-1].at+int32(s.text[j-1].n)]
}

// plain returns the folded characters [i, j).
func (s *scan) plain(i, j int) string {
	var b strings.Builder
	for ; i < j; i++ {
		b.WriteRune(s.text[i].r)
	}
	return b.String()
}

// emit appends a span over the characters [i, j), whose value is all of it.
func (s *scan) emit(k Kind, i, j int, value string, confidence float64, channels matcher.ChannelSet, notes Notes) {
	s.emitAt(k, i, j, i, j, value, confidence, channels, notes)
}

// emitAt is emit for a value that stands at [vi, vj).
func (s *scan) emitAt(k Kind, i, j, vi, vj int, value string, confidence float64, channels matcher.ChannelSet, notes Notes) {
	offset := func(i int) int64 { return s.base + int64(s.text[i].at) }
	end := func(j int) int64 { return offset(j-1) + int64(s.text[j-1].n) }
	channels |= s.channels(vi, vj)
	s.at(j + excerpt - 1) // is shown
	s.dst = append(s.dst, Span{
		Kind: k, Start: offset(i), End: end(j), Text: s.raw(i, j),
		Before: s.raw(max(s.lo, i-excerpt), i), After: s.raw(j, min(s.hi, j+excerpt)),
		Value: value, ValueStart: offset(vi), ValueEnd: end(vj),
		Confidence: confidence * channels.Confidence(), Channels: channels, Notes: notes,
	})
}

// channels returns the folds and invisible characters within [i, j). The case
// of codes and names is not counted.
func (s *scan) channels(i, j int) (set matcher.ChannelSet) {
	next := s.text[i].at
	for _, e := range s.text[i:j] {
		if e.at != next {
			set = set.With(matcher.Invisible)
		}
		next = e.at + int32(e.n)
		r := s.rune(e)
		if r == e.r {
			continue
		}
		if e.class != classDigit && e.class != classLetter && e.class != classHan {
			continue // punctuation of either width is ordinary
		}
		kinds, _ := tables.Path(r, e.r)
		for _, c := range [...]struct {
			kind    tables.Kind
			channel matcher.Channel
		}{
			{tables.Width, matcher.Width}, {tables.Styled, matcher.Styled},
			{tables.Traditional, matcher.Traditional}, {tables.Numeral, matcher.Numeral}, {tables.Confusable, matcher.Confusable},
		} {
			if kinds.Has(c.kind) {
				set = set.With(c.channel)
			}
		}
	}
	return set
}

// rune returns the character of the text that e was folded from.
func (s *scan) rune(e element) rune {
	for _, r := range s.src[e.at:] {
		return r
	}
	return 0
}
