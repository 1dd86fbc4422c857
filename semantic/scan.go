package semantic

import (
	"cmp"
	"slices"
	"sort"
	"unicode/utf8"
	"unsafe"
)

// FindAll judges a text and returns its windows that mean something, in their
// order. Signals are in any order. Cost: O(len(text)), and O(log) for each
// signal.
func (m *Model) FindAll(text string, signals []Signal) []Judgement {
	c := m.Cut(text)
	c.Signal(slices.Clone(signals))
	return c.Judge(0, c.Len())
}

// A Cut is a text divided into windows, for callers who judge parts of it at the
// same time. The windows are known before the signals are.
type Cut struct {
	m       *Model
	text    string
	windows []window
	signals []Signal
}

// Cut divides a text.
func (m *Model) Cut(text string) *Cut {
	c := cutter{gate: &m.gate}
	return &Cut{m: m, text: text, windows: c.close(c.read(nil, text, 0))}
}

// Len returns the number of windows.
func (c *Cut) Len() int { return len(c.windows) }

// Signal gives the signals, in any order. It sorts them in place and keeps them.
func (c *Cut) Signal(signals []Signal) {
	sortSignals(signals)
	c.signals = signals
}

// Judge returns those of the windows [from, to) that mean something, so that the
// parts of a text, one after the other, give what [Model.FindAll] does. It is safe
// for concurrent use.
func (c *Cut) Judge(from, to int) []Judgement {
	var out []Judgement
	var j *judge
	for _, w := range c.windows[from:to] {
		out, j = c.m.one(out, j, w, c.text[w.start:w.end], c.signals)
	}
	j.release()
	return out
}

// one judges one window with that text, and appends what it means. signals are
// sorted. j may be nil.
func (m *Model) one(dst []Judgement, j *judge, w window, text string, signals []Signal) ([]Judgement, *judge) {
	near := within(signals, w)
	if !m.passes(w, near) {
		return dst, j
	}
	if j == nil {
		j = m.judges.Get().(*judge)
	}
	if best, margin := j.score(text, near, nil); margin >= 0 {
		dst = append(dst, j.explain(text, w.start, near, best, margin))
	}
	return dst, j
}

// within returns the signals that end in a window.
func within(signals []Signal, w window) []Signal {
	lo := sort.Search(len(signals), func(i int) bool { return signals[i].End > w.start })
	hi := lo + sort.Search(len(signals)-lo, func(i int) bool { return signals[lo+i].End > w.end })
	return signals[lo:hi]
}

// sortSignals sorts signals in time that grows with their number and, slowly, with
// how often one stands before the one before it: lexicons and recognisers give
// theirs nearly in order.
func sortSignals(s []Signal) {
	if len(orderedPrefix(s)) == len(s) {
		return
	}
	a, b := s, make([]Signal, len(s))
	for len(orderedPrefix(a)) < len(a) { // then neighbouring runs are merged
		for i := 0; i < len(a); {
			x := orderedPrefix(a[i:])
			y := orderedPrefix(a[i+len(x):])
			mergeSignals(b[i:], x, y)
			i += len(x) + len(y)
		}
		a, b = b, a
	}
	if &a[0] != &s[0] {
		copy(s, a)
	}
}

// orderedPrefix returns the first signals of s that are in order.
func orderedPrefix(s []Signal) []Signal {
	n := min(1, len(s))
	for n < len(s) && compareSignals(&s[n-1], &s[n]) <= 0 {
		n++
	}
	return s[:n]
}

// mergeSignals writes a and b, which are in order, to dst in order.
func mergeSignals(dst, a, b []Signal) {
	for i := range len(a) + len(b) {
		if len(b) == 0 || len(a) > 0 && compareSignals(&a[0], &b[0]) <= 0 {
			dst[i], a = a[0], a[1:]
		} else {
			dst[i], b = b[0], b[1:]
		}
	}
}

func compareSignals(a, b *Signal) int {
	if a.End != b.End {
		return cmp.Compare(a.End, b.End)
	}
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Name, b.Name))
}

// A Stream judges a text that arrives in chunks: any chunking gives the
// judgements of the whole. It is not safe for concurrent use.
//
// Invariant: buf is the text from the first window that is not judged on.
type Stream struct {
	m       *Model
	cutter  cutter
	judge   *judge
	windows []window // not judged
	signals []Signal // that end behind base
	buf     []byte
	base    int64
	read    int // bytes of buf that went through the cutter
}

// NewStream returns a stream at the start of a text.
func (m *Model) NewStream() *Stream { return &Stream{m: m, cutter: cutter{gate: &m.gate}} }

// Append reads the next chunk and new signals, and appends the judgements of
// the windows that end at or before certain: the caller knows all signals up to
// there, and gives none of them later.
func (s *Stream) Append(dst []Judgement, chunk []byte, signals []Signal, certain int64) []Judgement {
	s.buf = append(s.buf, chunk...)
	s.signals = append(s.signals, signals...)
	end := len(s.buf)
	for k := end - 1; k >= max(s.read, end-utf8.UTFMax+1); k-- { // a character may go on in the next chunk
		if utf8.RuneStart(s.buf[k]) {
			if !utf8.FullRune(s.buf[k:]) {
				end = k
			}
			break
		}
	}
	s.windows = s.cutter.read(s.windows, view(s.buf[s.read:end]), s.base+int64(s.read))
	s.read = end
	return s.settle(dst, certain)
}

// Flush takes what has come as the whole text and appends the remaining
// judgements. Another text needs another stream.
func (s *Stream) Flush(dst []Judgement, signals []Signal) []Judgement {
	s.signals = append(s.signals, signals...)
	s.windows = s.cutter.read(s.windows, view(s.buf[s.read:]), s.base+int64(s.read))
	s.read = len(s.buf)
	s.windows = s.cutter.close(s.windows)
	return s.settle(dst, s.base+int64(len(s.buf)))
}

// Certain returns an offset such that every judgement that ends at or before it
// was returned.
func (s *Stream) Certain() int64 {
	switch {
	case len(s.windows) > 0:
		return s.windows[0].start
	case s.cutter.open:
		return s.cutter.window.start
	}
	return s.base + int64(s.read)
}

// Buffered is about how many bytes of text a stream keeps at most beyond what
// it waits for signals.
const Buffered = 2 * maxRunes * utf8.UTFMax

func (s *Stream) settle(dst []Judgement, certain int64) []Judgement {
	n := 0
	for n < len(s.windows) && s.windows[n].end <= certain {
		n++
	}
	if n > 0 {
		sortSignals(s.signals)
		for _, w := range s.windows[:n] {
			dst, s.judge = s.m.one(dst, s.judge, w, view(s.buf[w.start-s.base:w.end-s.base]), s.signals)
		}
		s.windows = slices.Delete(s.windows, 0, n)
	}
	if cut := int(s.Certain() - s.base); cut > len(s.buf)/2 {
		s.buf = s.buf[:copy(s.buf, s.buf[cut:])]
		s.base += int64(cut)
		s.read -= cut
		s.signals = slices.DeleteFunc(s.signals, func(x Signal) bool { return x.End <= s.base })
	}
	return dst
}

// view is b as a string that lives as long as the call it is given to:
// judgements hold copies.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
