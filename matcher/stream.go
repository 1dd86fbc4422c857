package matcher

import (
	"slices"
	"unicode/utf8"
	"unsafe"
)

// FindAll returns all matches in text, ordered by end, then start, then
// pattern. Cost: O(len(text)) and the matches.
func (m *Matcher) FindAll(text []byte) []Match { return m.AppendAll(nil, text) }

// FindAllString is [Matcher.FindAll] for a string.
func (m *Matcher) FindAllString(text string) []Match { return m.AppendAllString(nil, text) }

// AppendAllString is [Matcher.AppendAll] for a string.
func (m *Matcher) AppendAllString(dst []Match, text string) []Match {
	// The scan only reads.
	return m.AppendAll(dst, unsafe.Slice(unsafe.StringData(text), len(text)))
}

// AppendAll appends what [Matcher.FindAll] returns to dst. It allocates only
// for dst.
func (m *Matcher) AppendAll(dst []Match, text []byte) []Match {
	return m.AppendSieved(dst, text, nil)
}

// A Sieve keeps back disguises that nobody would believe, before they cost anything. It
// is asked about two Chinese characters side by side, text[start:end], which nearly
// always are a disguise by chance, and returns how many of them may be other than those
// of the pattern: with 1, only patterns that have one of the two as it is are looked at,
// with 0 none. text is a part of the text that begins at offset base of it. It is
// only read during the call.
type Sieve func(text []byte, base int64, start, end int) int

// AppendSieved is [Matcher.AppendAll] without the matches that sieve keeps back; nil
// keeps none.
func (m *Matcher) AppendSieved(dst []Match, text []byte, sieve Sieve) []Match {
	n := len(dst)
	for _, v := range m.views {
		st := v.pool.Get().(*state)
		_, dst = v.scan(st, text, 0, 0, len(text), dst)
		st.reset()
		v.pool.Put(st)
	}
	if v := m.lattice; v != nil {
		st := v.pool.Get().(*latticeState)
		st.sieve = sieve
		_, dst = v.scan(st, text, 0, 0, len(text), dst)
		st.reset()
		st.sieve = nil
		v.pool.Put(st)
	}
	m.order(dst[n:])
	return dst
}

// order restores the order of matches of several views.
func (m *Matcher) order(found []Match) {
	if (len(m.views) > 1 || m.lattice != nil) && !slices.IsSortedFunc(found, compareMatches) {
		slices.SortFunc(found, compareMatches)
	}
}

// A Stream finds the matches of a text that arrives in chunks: any chunking
// of a text gives the matches of the whole, in the same order. It is not safe
// for concurrent use.
//
// It reads chunks in place and keeps, between calls, a copy of the end of the
// text of at most [Matcher.Buffered] bytes.
//
//	carry[:done]   text that was read; a match may still begin there
//	carry[done:]   text that waits for lookahead
//
// Invariant: done <= window, len(carry)-done <= lookahead + utf8.UTFMax.
type Stream struct {
	m      *Matcher
	states []*state
	hidden *latticeState // of the disguised view, which comes after the others in read
	carry  []byte
	base   int64   // offset of carry[0] in the text
	read   []int64 // per view: offset of the first character that was not read
	probe  *probe  // nil until somebody asks what is settled
}

// NewStream returns a stream at the start of a text.
func (m *Matcher) NewStream() *Stream {
	s := &Stream{m: m, read: make([]int64, len(m.views))}
	for _, v := range m.views {
		s.states = append(s.states, newState(v))
	}
	if m.lattice != nil {
		s.hidden = newLatticeState(m.lattice)
		s.read = append(s.read, 0)
	}
	return s
}

// Sift makes the stream leave out the matches that sieve keeps back. Where the answer of
// the sieve depends on how much of the text it is given, so do the matches.
func (s *Stream) Sift(sieve Sieve) {
	if s.hidden != nil {
		s.hidden.sieve = sieve
	}
}

// Buffered returns the most bytes of text that a stream of m keeps: a
// constant plus 64 bytes a character of the longest pattern.
func (m *Matcher) Buffered() int { return 3*(m.window+lookahead) + 2*utf8.UTFMax }

// Append reads the next chunk and appends the matches that are now certain.
// The stream does not keep chunk. A match is certain 128 bytes after its end
// at the latest.
func (s *Stream) Append(dst []Match, chunk []byte) []Match {
	n := len(dst)
	// A long chunk is read in place, except for its first bytes, for which
	// the text before must be at hand.
	join := s.m.window + lookahead
	if len(chunk) > 2*join {
		s.carry = append(s.carry, chunk[:join]...)
		dst = s.advance(dst, s.carry, s.base, len(s.carry)-lookahead)
		base := s.base + int64(len(s.carry)-join)
		dst = s.advance(dst, chunk, base, len(chunk)-lookahead)
		s.keep(chunk, base)
	} else {
		s.carry = append(s.carry, chunk...)
		dst = s.advance(dst, s.carry, s.base, len(s.carry)-lookahead)
		s.keep(s.carry, s.base)
	}
	s.m.order(dst[n:])
	return dst
}

// Flush reads what is left as the end of the text, appends its matches, and
// sets the stream back to the start of another text.
func (s *Stream) Flush(dst []Match) []Match {
	n := len(dst)
	dst = s.advance(dst, s.carry, s.base, len(s.carry))
	s.m.order(dst[n:])
	for _, st := range s.states {
		st.reset()
	}
	if s.hidden != nil {
		s.hidden.reset()
	}
	clear(s.read)
	if s.probe != nil {
		s.probe.reset()
	}
	s.carry, s.base = s.carry[:0], 0
	return dst
}

// advance lets every view read on in data, which starts at offset base, up to
// index to.
func (s *Stream) advance(dst []Match, data []byte, base int64, to int) []Match {
	for i, v := range s.m.views {
		from := int(s.read[i] - base)
		if from >= to {
			continue
		}
		var p int
		p, dst = v.scan(s.states[i], data, base, from, to, dst)
		s.read[i] = base + int64(p)
	}
	if v := s.m.lattice; v != nil {
		i := len(s.m.views)
		if from := int(s.read[i] - base); from < to {
			var p int
			p, dst = v.scan(s.hidden, data, base, from, to, dst)
			s.read[i] = base + int64(p)
		}
	}
	return dst
}

// keep makes the end of data the carry.
func (s *Stream) keep(data []byte, base int64) {
	read := base + int64(len(data))
	for _, r := range s.read {
		read = min(read, r)
	}
	cut := max(0, int(read-base)-s.m.window)
	n := copy(s.grown(len(data)-cut), data[cut:])
	s.carry = s.carry[:n]
	s.base = base + int64(cut)
}

// grown returns carry with room for n bytes.
func (s *Stream) grown(n int) []byte {
	if cap(s.carry) < n {
		s.carry = make([]byte, n, s.m.Buffered())
	}
	s.carry = s.carry[:n]
	return s.carry
}

// Window returns how many bytes a match can be long, plus the lookahead that
// a stream needs: what ends at an offset starts at most so many bytes before
// it, and is reported at the latest so many bytes after it.
func (m *Matcher) Window() int { return m.window }
