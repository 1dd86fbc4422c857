package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// A problem is the answer to a request that failed: RFC 9457, with the faults
// of the input in it. It never holds text of a draft.
type problem struct {
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail,omitempty"`
	Faults []fault `json:"problems,omitempty"`
}

// A fault is one thing that is wrong with a document or a parameter.
type fault struct {
	Kind    string `json:"kind"`
	Path    string `json:"path,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

func (p *problem) Error() string { return p.Detail }

// maxFaults is how many faults an answer lists.
const maxFaults = 100

// asProblem says what an error means to the client.
func asProblem(err error) *problem {
	var p *problem
	var input *review.InputError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &input):
		p = &problem{Status: http.StatusBadRequest, Detail: "the document has problems"}
		for i, f := range input.Problems {
			if i == maxFaults {
				break
			}
			p.Faults = append(p.Faults, fault{string(f.Kind), f.Path, f.Line, f.Column, f.Message})
		}
		return p
	case errors.As(err, &large):
		return &problem{Status: http.StatusRequestEntityTooLarge, Detail: "the body is larger than this server takes"}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &problem{Status: http.StatusRequestTimeout, Detail: "the body did not arrive in time"}
	case errors.Is(err, errTimeout), errors.Is(err, context.DeadlineExceeded):
		return &problem{Status: http.StatusServiceUnavailable, Detail: "the check was not done in time, try again later"}
	case errors.Is(err, context.Canceled):
		return &problem{Status: statusGone, Detail: "the client is gone"}
	default:
		return &problem{Status: http.StatusInternalServerError, Detail: "the check failed"}
	}
}

// statusGone is what logs have for a client that did not wait; nobody reads it.
const statusGone = 499

// refuse answers with a problem.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, p *problem) {
	if a, ok := w.(*answer); ok && a.status != 0 {
		// The answer has begun: the client has to see that it is cut.
		panic(http.ErrAbortHandler)
	}
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	if p.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	if p.Status == http.StatusRequestTimeout || p.Status == http.StatusRequestEntityTooLarge {
		h.Set("Connection", "close") // what follows is the rest of the body
	}
	w.WriteHeader(p.Status)
	w.Write(p.json())
}

func (p *problem) json() []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(p); err != nil {
		panic(err) // strings and numbers
	}
	return []byte(b.String())
}
