package matcher

import (
	"unicode/utf8"
)

// confirm reports the matches of an entry's pattern whose anchor is at the
// place p: there starts the anchor's second unit.
//
// In a raw view, and where the pattern's own text stands in a folded one, the
// answer is in the bytes. Everywhere else confirm walks from p to both ends of
// the key, writes down the elements that it meets as the automaton does, and
// asks verify, so that one function decides for all engines.
func (s *scanner) confirm(e *entry, p int) {
	v := s.view
	start := p - e.place.offset()
	if e.place.has(shortEntry) && e.place.has(plainEntry) {
		// Nothing of the pattern is needed, which would have to be fetched.
		if end, ok := e.standsAt(s.data, start); ok {
			s.report(Match{int(e.pattern), s.base + int64(start), s.base + int64(end), 0})
			return
		}
		if v.filter.fold == nil {
			return
		}
	}
	c := v.pattern(e.pattern, &s.state.room)
	end := start + len(c.text)
	stands := start >= 0 && end <= len(s.data) && string(s.data[start:end]) == c.text
	switch {
	case v.filter.fold == nil:
		if !stands || e.place.has(checkEntry) && (v.readings && afterAnnotation(s.data, start) != 0 ||
			c.atStart && !freeLeft(s.data, start, c.first) || c.atEnd && !freeRight(s.data, end, c.last)) {
			return
		}
	case stands && e.place.has(plainEntry):
	default:
		if !e.place.has(checkEntry) || !v.readings || afterAnnotation(s.data, p) == 0 {
			s.limit -= 8
			s.walk(e, c, p)
		}
		return
	}
	s.report(Match{int(e.pattern), s.base + int64(start), s.base + int64(end), 0})
}

// standsAt reports whether the characters of the window stand at data[i:], and
// where they end.
func (e *entry) standsAt(data []byte, i int) (int, bool) {
	if i < 0 {
		return 0, false
	}
	for w := e.window; w != 0; w >>= 16 {
		u := w & 0xFFFF
		switch rest := data[min(i, len(data)):]; {
		case u < 0x80:
			if len(rest) < 1 || rest[0] != byte(u) {
				return 0, false
			}
			i++
		case u < 0x800:
			if len(rest) < 2 || rest[0] != byte(0xC0|u>>6) || rest[1] != byte(0x80|u&0x3F) {
				return 0, false
			}
			i += 2
		default:
			if len(rest) < 3 || rest[0] != byte(0xE0|u>>12) || rest[1] != byte(0x80|u>>6&0x3F) || rest[2] != byte(0x80|u&0x3F) {
				return 0, false
			}
			i += 3
		}
	}
	return i, true
}

// origin is the number that walk gives to the element and the run at its
// place, so that there is room before them.
const origin = 1 << 31

// walk confirms a key of several runs: run e.place.at() begins at data[p:].
func (s *scanner) walk(e *entry, c *compiled, p int) {
	v, st := s.view, s.state
	mask := uint32(len(st.pos) - 1)
	n := len(c.runs)

	// Back to the first run. off is the index of the pattern's element with
	// which run k begins.
	off := 0
	for _, r := range c.runs[:e.place.at()] {
		off += int(r)
	}
	forward := off
	elem := uint32(origin)
	q := p
	at, code, ok := s.before(q)
	for k := e.place.at() - 1; k >= 0; k-- {
		want := int(c.runs[k])
		off -= want
		own := v.alphabet.code(c.elems[off])
		length := 0
		for ok && code == own && p-at <= int(c.limit) {
			elem--
			st.pos[elem&mask] = uint32(s.base) + uint32(at)
			q = at
			length++
			if k == 0 && length == want && !c.atStart {
				break
			}
			at, code, ok = s.before(q)
		}
		if length < want {
			return
		}
		st.runs[(origin+uint32(k)-uint32(e.place.at()))&mask] = elem
	}

	// On to the last.
	off = forward
	elem = origin
	st.runs[origin&mask] = origin
	st.run = origin + 1
	k := e.place.at()
	own := v.alphabet.code(c.elems[off])
	next := uint16(codeBreak)
	if k+1 < n {
		next = v.alphabet.code(c.elems[off+int(c.runs[k])])
	}
	st.noise, st.skipped, st.newline = 0, 0, false
	for i := p; i < s.end && i-p <= int(c.limit); {
		code, w := v.decode(s.data[i:])
		switch {
		case code == codeBreak:
			return
		case code >= firstSkip:
			var over bool
			if w, over = st.skip(s.data, i, w, code, v.maxGap); over {
				return
			}
			i += w
			continue
		case code == own:
		case code == next:
			off += int(c.runs[k])
			k++
			own, next = next, codeBreak
			if k+1 < n {
				next = v.alphabet.code(c.elems[off+int(c.runs[k])])
			}
			st.runs[st.run&mask] = elem
			st.run++
		default:
			return
		}
		st.noise, st.skipped, st.newline = 0, 0, false
		st.pos[elem&mask] = uint32(s.base) + uint32(i)
		elem++
		i += w
		if k == n-1 {
			st.elem = elem
			if m, ok := v.verify(st, e.pattern, c, s.data, s.base, i); ok {
				s.report(m)
			}
			if count := elem - st.runs[(st.run-1)&mask]; !c.atEnd && count >= uint32(c.runs[k]) {
				return
			}
		}
	}
}

// confirmRun confirms a key of one run, whose characters are the only ones of
// any key that start in data[from:to]. It reports the matches that end with
// one of them.
func (s *scanner) confirmRun(e *entry, from, to int) {
	v, st := s.view, s.state
	c := v.pattern(e.pattern, &s.state.room)
	mask := uint32(len(st.pos) - 1)
	own := v.alphabet.code(c.elems[0])
	elem := uint32(origin)
	running := false // the element before is part of the run
	st.run = origin + 1
	st.noise, st.skipped, st.newline = 0, 0, false
	for i := from; i < to; {
		code, w := v.decode(s.data[i:])
		if code >= firstSkip {
			w, over := st.skip(s.data, i, w, code, v.maxGap)
			running = running && !over
			i += w
			continue
		}
		if code != own {
			running = false
			st.noise, st.skipped, st.newline = 0, 0, false
			i += w
			continue
		}
		if !running {
			running = true
			if i == from || elem == origin {
				// What the run has before this piece of it.
				first := elem
				for q := i; first > elem-uint32(c.limit); {
					at, code, ok := s.before(q)
					if !ok || code != own || i-at > int(c.limit) {
						break
					}
					first--
					st.pos[first&mask] = uint32(s.base) + uint32(at)
					q = at
					if !c.atStart && elem-first+1 >= uint32(c.runs[0]) {
						break
					}
				}
				st.runs[origin&mask] = first
			} else {
				st.runs[origin&mask] = elem
			}
		}
		st.noise, st.skipped, st.newline = 0, 0, false
		st.pos[elem&mask] = uint32(s.base) + uint32(i)
		elem++
		i += w
		st.elem = elem
		if m, ok := v.verify(st, e.pattern, c, s.data, s.base, i); ok {
			s.report(m)
		}
	}
}

// before returns the last element that ends at or before data[q], where
// another one starts, and its code; false if there is none or what is between
// them ends matches.
func (s *scanner) before(q int) (int, uint16, bool) {
	v := s.view
	skipped := 0
	for i := q; ; {
		r, w := utf8.DecodeLastRune(s.data[:i])
		if r == utf8.RuneError && w <= 1 {
			return 0, codeBreak, false
		}
		code := v.alphabet.code(r)
		if code == codeBreak {
			return 0, codeBreak, false
		}
		if code < firstSkip {
			return i - w, code, i == q || s.joined(i, q)
		}
		if skipped++; skipped > maxSkipped {
			return 0, codeBreak, false
		}
		i -= w
		if v.readings && (r == ')' || r == '）') {
			if at := openAnnotation(s.data, i+w); at > 0 {
				i = at
			}
		}
	}
}

// joined reports whether a match may go on over the skipped characters in
// data[i:to].
func (s *scanner) joined(i, to int) bool {
	st := s.state
	noise, skipped, newline := st.noise, st.skipped, st.newline
	st.noise, st.skipped, st.newline = 0, 0, false
	over := false
	for i < to && !over {
		code, w := s.view.decode(s.data[i:])
		w, over = st.skip(s.data, i, w, code, s.view.maxGap)
		i += w
	}
	st.noise, st.skipped, st.newline = noise, skipped, newline
	return !over
}

// openAnnotation returns where pinyin in brackets begins that ends at data[i],
// or 0.
func openAnnotation(data []byte, i int) int {
	_, w := utf8.DecodeLastRune(data[:i])
	for p := i - w; p > 0 && i-p < maxAnnotation; {
		r, w := utf8.DecodeLastRune(data[:p])
		p -= w
		if r == '(' || r == '（' {
			if annotation(data, p) == i-p {
				return p
			}
			return 0
		}
		if !annotates(r) {
			return 0
		}
	}
	return 0
}
