package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// errStreams refuses one stream too many.
var errStreams = &problem{
	Title: http.StatusText(http.StatusServiceUnavailable), Status: http.StatusServiceUnavailable,
	Detail: "the server works on as many batches and texts as it may, try again later",
}

// scanBatch reads a document a line and answers with a report a line, in their
// order and as soon as it is made, also while the client still writes. A line
// that fails has a problem in the place of its report. All lines are judged by
// one snapshot.
func (s *Server) scanBatch(w http.ResponseWriter, r *http.Request) error {
	p, err := parseParams(r, scanParams...)
	if err != nil {
		return err
	}
	if _, err := mediaType(r, "application/jsonl", "application/x-ndjson"); err != nil {
		return err
	}
	if !s.streams.TryAcquire(1) {
		return errStreams
	}
	defer s.streams.Release(1)
	scanner, err := s.variants.get(s.opts.Scanner.Current(), &p)
	if err != nil {
		return err
	}
	c := http.NewResponseController(w)
	if err := c.EnableFullDuplex(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	// The request's own context ends when the client rests too long; the lines
	// that it has sent are answered all the same.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	body := &patient{r.Body, c, s.opts.ReadTimeout}
	order := make(chan chan []byte, s.opts.Jobs)
	go func() {
		defer close(order)
		line := 0
		for doc, err := range review.ReadDocumentsLimit(body, int(s.opts.MaxBody)) {
			line++
			done := make(chan []byte, 1)
			select {
			case order <- done: // waits for the lines before it
			case <-ctx.Done():
				return
			}
			if err != nil {
				done <- lineProblem(line, err)
				continue
			}
			fillNow(doc)
			go func() {
				rep, err := s.check(ctx, scanner, doc)
				if err != nil {
					done <- lineProblem(line, err)
					return
				}
				out, err := render("json", scanner, doc, rep)
				if err != nil {
					out = lineProblem(line, err)
				}
				done <- out
			}()
		}
	}()
	whole := false
	defer func() { // nothing reads the body any more when the handler has ended
		cancel()
		if !whole {
			c.SetReadDeadline(time.Unix(1, 0))
		}
		for range order {
		}
	}()
	w.Header().Set("Content-Type", "application/jsonl")
	w.WriteHeader(http.StatusOK)
	c.Flush()
	for done := range order {
		out := <-done
		c.SetWriteDeadline(time.Now().Add(s.opts.ReadTimeout))
		if _, err := w.Write(out); err != nil {
			return nil
		}
		if len(order) == 0 {
			c.Flush()
		}
	}
	whole = true
	return nil
}

// lineProblem is the line for a document that could not be checked. line counts
// documents, as reports do; the faults have the lines of the input.
func lineProblem(line int, err error) []byte {
	var input *review.InputError
	if !errors.As(err, &input) && asProblem(err).Status == http.StatusInternalServerError {
		err = unread(err)
	}
	p := asProblem(err)
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(struct {
		Document int      `json:"document"`
		Problem  *problem `json:"problem"`
	}{line, p}); err != nil {
		panic(err) // strings and numbers
	}
	return b.Bytes()
}

// patient is a body whose sender may rest for a while, but not for longer.
type patient struct {
	io.Reader
	c    *http.ResponseController
	rest time.Duration
}

func (p *patient) Read(b []byte) (int, error) {
	p.c.SetReadDeadline(time.Now().Add(p.rest))
	n, err := p.Reader.Read(b)
	if err == io.EOF {
		// From now on the connection is only watched for its end.
		p.c.SetReadDeadline(time.Time{})
	}
	return n, err
}
