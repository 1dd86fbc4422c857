package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// maxBody is how long a request may be, in bytes. A draft is held in memory
// while it is checked, so there has to be a limit.
const maxBody = 4 << 20

// check lets a publish request through to next only if its draft passes.
// draft makes a document of the body of a request; its error is shown to the
// client.
//
// The answer to a draft that does not pass is 422 with the report, for the
// editor who sent it. A check that failed is 503, unless the gate fails open.
func check(gate *shenjiao.Gate, draft func(body []byte) (*shenjiao.Document, error), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if long := new(http.MaxBytesError); errors.As(err, &long) {
			http.Error(w, "the request is too long", http.StatusRequestEntityTooLarge)
			return
		} else if err != nil {
			return // the client has gone
		}
		doc, err := draft(body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		d := gate.Decide(r.Context(), doc)
		if d.Verdict == review.VerdictPass {
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, r)
			return
		}
		if d.Err != nil {
			w.Header().Set("Retry-After", "5")
			http.Error(w, "the draft could not be checked", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusUnprocessableEntity)
		json.NewEncoder(w).Encode(d.Report)
	})
}
