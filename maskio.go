package shenjiao

import (
	"context"
	"fmt"
	"io"
)

// NewMaskWriter returns a writer that writes the masked text to w, each part
// of it as soon as it is certain. [MaskWriter.Close] writes the rest.
func (s *Scanner) NewMaskWriter(ctx context.Context, w io.Writer, o MaskOptions) *MaskWriter {
	return &MaskWriter{ctx: ctx, w: w, stream: s.NewMaskStream(o)}
}

// A MaskWriter masks a text on its way to another writer: what it has written
// after Close is what [Scanner.Mask] makes of the whole, in any chunks. After
// an error nothing more is written, and what was held back never is. It is not
// safe for concurrent use.
type MaskWriter struct {
	ctx    context.Context
	w      io.Writer
	stream *MaskStream
	out    []byte
	closed bool
	err    error
}

// Write takes the next part of the text. It fails with the error of the
// destination, with io.ErrShortWrite if that wrote less than it was given, with
// the cause of the context if that is done, and with a [*BlockedError] if
// [MaskOptions.Stop] ended the text; every later call then fails with the same.
func (w *MaskWriter) Write(p []byte) (int, error) {
	if w.closed {
		return 0, errMaskClosed
	}
	if w.err != nil {
		return 0, w.err
	}
	written := 0
	for first := true; first || len(p) > 0; first = false { // an empty write looks at the context
		if w.ctx.Err() != nil {
			w.err = fmt.Errorf("shenjiao: mask: %w", context.Cause(w.ctx))
			return written, w.err
		}
		n := min(len(p), maskStep)
		out, err := w.stream.Append(w.out[:0], p[:n])
		if w.send(out, err); w.err != nil {
			return written, w.err
		}
		written += n
		p = p[n:]
	}
	return written, nil
}

// Close ends the text and writes the rest of it. It does not close the
// destination. It fails like Write; a second call does nothing.
func (w *MaskWriter) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	if w.err == nil {
		if w.ctx.Err() != nil {
			w.err = fmt.Errorf("shenjiao: mask: %w", context.Cause(w.ctx))
			return w.err
		}
		out, err := w.stream.Flush(w.out[:0])
		w.send(out, err)
	}
	return w.err
}

var errMaskClosed = fmt.Errorf("shenjiao: mask: write after Close: %w", io.ErrClosedPipe)

// send writes what was released, and notes the first error.
func (w *MaskWriter) send(out []byte, err error) {
	w.out = out
	if len(out) > 0 {
		n, failed := w.w.Write(out)
		switch {
		case failed != nil:
			w.err = failed
		case n != len(out):
			w.err = io.ErrShortWrite
		}
	}
	if w.err == nil {
		w.err = err
	}
}

// Held returns how many bytes are held back; see [MaskStream.Held].
func (w *MaskWriter) Held() int { return w.stream.Held() }

// NewMaskReader returns a reader of the masked text of r: what [Scanner.Mask]
// makes of the whole. It reads no more of r than it needs to return something.
//
// It fails with the error of r, with the cause of the context if that is done,
// and with a [*BlockedError] if [MaskOptions.Stop] ended the text. What was
// certain by then is returned before; what was held back never is.
func (s *Scanner) NewMaskReader(ctx context.Context, r io.Reader, o MaskOptions) io.Reader {
	return &maskReader{ctx: ctx, r: r, stream: s.NewMaskStream(o), in: make([]byte, 1<<15)}
}

type maskReader struct {
	ctx    context.Context
	r      io.Reader
	stream *MaskStream
	in     []byte
	out    []byte // not returned yet: ready
	ready  []byte
	err    error
}

func (r *maskReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	const patience = 100 // reads without anything and without an error, as in bufio
	for idle := 0; len(r.ready) == 0; {
		if r.err != nil {
			return 0, r.err
		}
		if r.ctx.Err() != nil {
			r.err = fmt.Errorf("shenjiao: mask: %w", context.Cause(r.ctx))
			continue
		}
		n, err := r.r.Read(r.in)
		if n < 0 || n > len(r.in) {
			r.err = fmt.Errorf("shenjiao: mask: reader: want a count from 0 to %d, got %d", len(r.in), n)
			continue
		}
		if n == 0 && err == nil {
			if idle++; idle == patience {
				r.err = io.ErrNoProgress
			}
			continue
		}
		idle = 0
		var failed error
		r.out, failed = r.stream.Append(r.out[:0], r.in[:n])
		if failed == nil && err == io.EOF {
			r.out, failed = r.stream.Flush(r.out)
		}
		r.ready = r.out
		if r.err = failed; failed == nil {
			r.err = err
		}
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}
