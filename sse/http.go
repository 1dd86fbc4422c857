package sse

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"
)

// Handler returns next with its event streams filtered; other answers pass as
// they are. Requests reach next without Accept-Encoding, and when [Block] ended
// a stream their context is done, with the cause [ErrBlocked]. If next panics,
// as a proxy does whose source broke off, what is held back stays back.
func (f *Filter) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancelCause(r.Context())
		defer cancel(nil)
		r = r.Clone(ctx)
		r.Header.Del("Accept-Encoding")
		rw := &response{ResponseWriter: w, f: f, cancel: cancel}
		defer func() {
			// The client got the whole answer: the end of what next still
			// reads is no fault.
			if rw.blocked {
				if v := recover(); v != nil && v != http.ErrAbortHandler {
					panic(v)
				}
			}
		}()
		next.ServeHTTP(rw, r)
		rw.close()
	})
}

// response filters what is written to it, once the header says what it is.
type response struct {
	http.ResponseWriter
	f       *Filter
	cancel  context.CancelCauseFunc
	begun   bool // the header was written
	refused bool
	blocked bool
	stream  *stream // nil if the answer passes
}

func (w *response) WriteHeader(code int) {
	if w.begun || code >= 100 && code < 200 && code != http.StatusSwitchingProtocols {
		w.ResponseWriter.WriteHeader(code)
		return
	}
	w.begun = true
	h := w.Header()
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	if kind != "text/event-stream" {
		w.ResponseWriter.WriteHeader(code)
		return
	}
	if enc := strings.ToLower(h.Get("Content-Encoding")); enc != "" && enc != "identity" {
		if w.f.opts.Mode == Observe {
			w.ResponseWriter.WriteHeader(code)
			return
		}
		w.refused = true
		h.Del("Content-Encoding")
		h.Del("Content-Length")
		http.Error(w.ResponseWriter, "the answer is compressed and cannot be checked", http.StatusBadGateway)
		return
	}
	h.Del("Content-Length")
	w.stream = w.f.stream(w.ResponseWriter)
	w.ResponseWriter.WriteHeader(code)
}

func (w *response) Write(p []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	switch {
	case w.refused, w.blocked:
		return len(p), nil // nobody gets it
	case w.stream == nil:
		return w.ResponseWriter.Write(p)
	}
	if err := w.check(w.stream.write(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// check notes that the stream was ended.
func (w *response) check(err error) error {
	if !errors.Is(err, ErrBlocked) {
		return err
	}
	w.blocked = true
	w.Flush()
	w.cancel(ErrBlocked)
	return nil
}

func (w *response) close() {
	if w.stream != nil && !w.blocked && w.check(w.stream.close()) == nil {
		w.Flush()
	}
}

// Flush sends what was written to the client.
func (w *response) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }
