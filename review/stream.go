package review

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// MaxLineBytes is how long a line of ReadDocuments may be, without its line break: 64 MiB.
const MaxLineBytes = 64 << 20

// ReadDocuments reads JSON Lines: one Document a line. Blank lines are skipped.
//
// For each other line it yields either a document or an error. An *InputError concerns that line only and reading goes
// on after it; its Offset and Line count from the beginning of the stream. A line longer than MaxLineBytes is such an
// error. Any other error comes from r, wrapped, and is the last thing that is yielded; the line that it broke off is not
// parsed.
//
// Each line is parsed as ParseDocument does it, when its turn comes; at most one line is held. The sequence can be
// ranged over once.
func ReadDocuments(r io.Reader) iter.Seq2[*Document, error] {
	return ReadDocumentsLimit(r, MaxLineBytes)
}

// ReadDocumentsLimit is ReadDocuments with another limit of a line, in bytes.
func ReadDocumentsLimit(r io.Reader, limit int) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		lines := &lineReader{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
		offset := int64(0)
		for number := 1; ; number++ {
			line, size, err := lines.read()
			if err != nil && !errors.Is(err, io.EOF) {
				yield(nil, fmt.Errorf("review: line %d: %w", number, err))
				return
			}
			length := size
			if err == nil {
				length-- // the line break
			}
			if !yieldLine(yield, line, number, offset, length, limit) || err != nil {
				return
			}
			offset += size
		}
	}
}

// yieldLine yields what a line holds, if anything. It returns what yield does.
func yieldLine(yield func(*Document, error) bool, line []byte, number int, offset, length int64, limit int) bool {
	if line == nil {
		return yield(nil, &InputError{Problems: []Problem{{
			Kind: KindLimit, Offset: offset, Line: number, Column: 1,
			Message: fmt.Sprintf("want a line of at most %d bytes, got %d", limit, length),
		}}})
	}
	content := line
	if number == 1 {
		content = bytes.TrimPrefix(content, []byte(bom))
	}
	if len(bytes.Trim(content, " \t\r\n")) == 0 {
		return true
	}
	if number > 1 && hasBOM(line) {
		// A byte order mark is one only at the beginning of the stream. parseDocument would read past it.
		return yield(nil, &InputError{Problems: []Problem{{
			Kind: KindSyntax, Offset: offset, Line: number, Column: 1,
			Message: "want an object, got the invisible character U+FEFF",
		}}})
	}
	doc, err := parseDocument(line, number, offset)
	return yield(doc, err)
}

type lineReader struct {
	r     *bufio.Reader
	buf   []byte
	limit int
}

// read returns the next line, which is valid until the next call, and its size with the line break. The line is nil if
// it is too long. The error is io.EOF for the last line.
func (l *lineReader) read() (line []byte, size int64, err error) {
	l.buf = l.buf[:0]
	fits := true
	for {
		chunk, err := l.r.ReadSlice('\n')
		size += int64(len(chunk))
		text := bytes.TrimSuffix(chunk, []byte("\n"))
		if fits = fits && len(l.buf)+len(text) <= l.limit; fits {
			l.buf = append(l.buf, text...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if !fits {
			return nil, size, err
		}
		if l.buf == nil {
			l.buf = []byte{}
		}
		return l.buf, size, err
	}
}
