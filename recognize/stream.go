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

// Settled returns an offset such that no personal data and no mark that is
// still to come begins before it. Two kinds begin earlier: a [NameList], in
// which the other data are spans by themselves, and an [Address], but not
// before its first number.
//
// It is at the end of what has come where that looks like nothing, and where
// something was begun at its beginning. Kinds from [DocumentNumber] on do not
// count; a recognizer of others waits less.
func (t *Stream) Settled() int64 {
	s := t.s
	k := len(s.text)
	switch {
	case len(s.pending) > 0:
		k = int(s.pending[0])
	case s.wait != 0:
		k--
	}
	// What gives a span away stands at k or behind it. The span may begin earlier:
	s.lo, s.hi, s.limit = max(0, k-behind), len(s.text), 0
	first := k
	at := k // the part of a mail address before the @, the first group of an IP address, the + of a number
	for n := 0; n < 2 && s.class(at-1) == classBlank; n++ {
		at--
	}
	for n := 0; n < maxMail && s.mailPart(at-1); n++ {
		at--
		first = at
	}
	for _, w := range bans { // 不得|外传
		for n := min(len(w), k-s.lo); n > 0; n-- {
			if s.stands(k-n, w[:n]) {
				first = min(first, k-n)
				break
			}
		}
	}
	if k > s.lo && closing(s.at(k-1)) == ')' { // （此件不公开）
		first = min(first, k-1)
	}
	if first == len(s.text) {
		return s.base + int64(t.read)
	}
	return s.base + int64(s.text[first].at)
}

// mailPart reports whether the character at i can stand before the @ of a mail
// address.
func (s *scan) mailPart(i int) bool {
	return s.alnum(i) || s.class(i) == classMark && strings.ContainsRune("._%+-", s.at(i))
}

// stands reports whether the characters of word stand at i.
func (s *scan) stands(i int, word []rune) bool {
	for k, r := range word {
		if s.at(i+k) != r {
			return false
		}
	}
	return true
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
