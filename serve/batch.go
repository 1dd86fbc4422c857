package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// scanBatch reads a document a line and answers with a report a line, in their
// order and as soon as it is made, also while the client still writes. A line
// that fails has a problem in the place of its report. All lines are judged by
// one snapshot.
func (s *Server) scanBatch(w http.ResponseWriter, r *http.Request) error {
	x, err := s.openStream(w, r, scanParams, "application/jsonl", "application/x-ndjson")
	if err != nil {
		return err
	}
	defer x.close()
	scanner, body, c := x.scanner, x.body, x.control
	// The request's own context ends when the client rests too long; the lines
	// that it has sent are answered all the same.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	defer cancel()
	w.Header().Set("Content-Type", "application/jsonl")
	w.WriteHeader(http.StatusOK)
	c.Flush() // the client may wait for it before it writes
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
