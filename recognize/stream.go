package recognize

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// A Stream recognises spans in a text that arrives in chunks: any chunking
// gives the spans of the whole, in the same order. It is not safe for
// concurrent use.
type Stream struct {
	s    *scan
	buf  []byte
	read int // bytes of buf that were folded
}

// NewStream returns a stream at the start of a text.
func (r *Recognizer) NewStream() *Stream {
	t := &Stream{s: new(scan)}
	t.s.begin(r)
	return t
}

// Buffered is about how many bytes of text a stream keeps at most.
const Buffered = maxStep + 2*(behind+ahead)*utf8.UTFMax*(1+maxInvisible)

// Append reads the next chunk and appends the spans that are now certain.
// They hold no memory of the chunk.
func (t *Stream) Append(dst []Span, chunk []byte) []Span {
	for len(chunk) > 0 {
		n := min(len(chunk), maxStep)
		t.buf = append(t.buf, chunk[:n]...)
		dst = t.advance(dst, false)
		chunk = chunk[n:]
	}
	return dst
}

// Certain returns an offset such that every span that ends at or before it was
// returned. It is at most some 220 characters behind what has come, without
// invisible ones.
func (t *Stream) Certain() int64 {
	// What begins at a trigger ends behind it.
	if s := t.s; len(s.pending) > 0 {
		return s.base + int64(s.text[s.pending[0]].at)
	}
	return t.s.base + int64(t.read)
}

// Unsettled is how many bytes [Stream.Settled] is behind what has come at most.
const Unsettled = (behind + ahead) * utf8.UTFMax * (1 + maxInvisible)

// Settled returns an offset such that no span that is still to come begins
// before it.
func (t *Stream) Settled() int64 {
	s := t.s
	k := len(s.text)
	if len(s.pending) > 0 {
		k = int(s.pending[0])
	}
	// What begins before its trigger begins at most behind characters before it.
	if k = max(0, k-behind); k == len(s.text) {
		return s.base + int64(t.read)
	}
	return s.base + int64(s.text[k].at)
}

// Flush takes what has come as the whole text, appends the remaining spans,
// and sets the stream back to the start of another text.
func (t *Stream) Flush(dst []Span) []Span {
	dst = t.advance(dst, true)
	t.s.begin(t.s.r)
	t.buf, t.read = t.buf[:0], 0
	return dst
}

func (t *Stream) advance(dst []Span, final bool) []Span {
	s := t.s
	// The view lives as long as this call: spans hold copies.
	s.src = unsafe.String(unsafe.SliceData(t.buf), len(t.buf))
	t.read = s.read(s.src, t.read, final)
	known := len(dst)
	dst = s.settle(dst, final)
	for i := known; i < len(dst); i++ {
		for _, text := range []*string{&dst[i].Text, &dst[i].Before, &dst[i].After, &dst[i].Value} {
			*text = strings.Clone(*text)
		}
	}
	s.compact()
	if len(s.text) == 0 {
		return dst
	}
	if cut := int(s.text[0].at); cut > len(t.buf)/2 {
		t.buf = t.buf[:copy(t.buf, t.buf[cut:])]
		t.read -= cut
		s.base += int64(cut)
		for i := range s.text {
			s.text[i].at -= int32(cut)
		}
	}
	s.src = ""
	return dst
}
