package lexicon

import (
	"context"
	"unicode/utf8"
	"unsafe"

	"github.com/shenjiao/shenjiao/matcher"
)

// FindAll judges every place of the text where a term stands and returns the
// hits, the vetoed ones too, ordered by end, then start, then term. Their strings
// are parts of text.
func (l *Lexicon) FindAll(text string, scene Scene) []Hit {
	hits, _ := l.FindAllContext(context.Background(), text, scene)
	return hits
}

// FindAllContext is [Lexicon.FindAll] that stops when ctx is done; it then
// returns the cause.
func (l *Lexicon) FindAllContext(ctx context.Context, text string, scene Scene) ([]Hit, error) {
	return l.FindPart(ctx, text, 0, len(text), scene)
}

// maxStep is how much of a text is read at a time.
const maxStep = 1 << 16

// A Stream judges a text that arrives in chunks: any chunking gives the hits
// of the whole, in the same order. It is not safe for concurrent use.
//
//	buf        text from offset base on
//	           |<- surroundings of candidates ->|<- not judged yet ->|
//
// Invariant: len(buf) <= Lexicon.Buffered() between calls.
type Stream struct {
	l     *Lexicon
	scene Scene
	scan  *matcher.Stream
	judge *judge
	found []matcher.Match
	buf   []byte
	base  int64
}

// NewStream returns a stream at the start of a text.
func (l *Lexicon) NewStream(scene Scene) *Stream {
	s := &Stream{l: l, scene: scene, scan: l.matcher.NewStream(), judge: l.newJudge(scene)}
	s.scan.Sift(s.judge.sifting())
	return s
}

// Buffered returns about how many bytes of text a stream keeps at most.
func (l *Lexicon) Buffered() int {
	return l.matcher.Buffered() + maxStep + l.reach()
}

// Delay returns how many bytes behind its end a stream has judged every hit.
func (l *Lexicon) Delay() int { return int(l.delay) }

// Settle appends the hits that are certain already, though [Lexicon.Delay]
// bytes have not come behind them, and returns an offset such that no hit that is
// still to come begins before it. A hit is certain when its sentence has ended,
// some characters stand behind it, and nothing that may lie across it is open.
// Cost: that of [matcher.Stream.Settled].
func (s *Stream) Settle(dst []Hit) ([]Hit, int64) {
	settled := s.scan.Settled()
	if j := s.judge; j.judged < len(j.pending) {
		dst = j.ripe(dst, unsafe.String(unsafe.SliceData(s.buf), len(s.buf)), s.base, settled)
		for _, c := range j.pending[j.judged:] {
			settled = min(settled, c.Start)
		}
	}
	return dst, settled
}

// Window returns how many bytes a hit can be long.
func (l *Lexicon) Window() int { return l.matcher.Window() }

// Append reads the next chunk and appends the hits that are now certain.
func (s *Stream) Append(dst []Hit, chunk []byte) []Hit {
	return s.append(dst, unsafe.String(unsafe.SliceData(chunk), len(chunk)))
}

func (s *Stream) append(dst []Hit, chunk string) []Hit {
	for len(chunk) > 0 {
		n := min(len(chunk), maxStep)
		s.buf = append(s.buf, chunk[:n]...)
		s.found = s.scan.Append(s.found[:0], s.buf[len(s.buf)-n:])
		dst = s.settle(dst, false)
		chunk = chunk[n:]
	}
	return dst
}

// Flush takes what has come as the whole text, appends the remaining hits,
// and sets the stream back to the start of another text.
func (s *Stream) Flush(dst []Hit) []Hit {
	s.found = s.scan.Flush(s.found[:0])
	dst = s.settle(dst, true)
	s.buf, s.base = s.buf[:0], 0
	s.judge.reset()
	return dst
}

func (s *Stream) settle(dst []Hit, final bool) []Hit {
	seen := s.base + int64(len(s.buf))
	text := unsafe.String(unsafe.SliceData(s.buf), len(s.buf)) // lives as long as this call: hits hold copies
	s.judge.take(s.found, text, s.base)
	dst = s.judge.settle(dst, text, s.base, seen, final)

	// A candidate that is not known yet starts at most a window before what
	// the matcher has read; one that is known but not judged is younger than
	// delay.
	keep := s.l.delay + int64(s.l.matcher.Window()) + contextBytes + utf8.UTFMax
	if cut := seen - keep - s.base; cut > keep { // rarely, so that a byte costs O(1)
		s.judge.session.Reset() // it knows clauses by where they stand
		n := copy(s.buf, s.buf[cut:])
		s.buf = s.buf[:n]
		s.base += cut
	}
	return dst
}
