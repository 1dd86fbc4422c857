package serve

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/shenjiao/shenjiao/review"
)

// healthy says that the process answers.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	return send(w, []byte("ok\n"))
}

type readyAnswer struct {
	Ready    bool            `json:"ready"`
	Stale    bool            `json:"stale"`
	Snapshot review.Snapshot `json:"snapshot"`
}

// ready says whether drafts should be sent here, and whether what they are
// judged by is what stands in the folders: a change that could not be loaded
// is no reason to stop.
func (s *Server) ready(w http.ResponseWriter, _ *http.Request) error {
	if s.closing.Load() {
		return &problem{Status: http.StatusServiceUnavailable, Detail: "the server is ending"}
	}
	a := readyAnswer{Ready: true, Snapshot: s.opts.Scanner.Current().Snapshot()}
	if f, ok := s.opts.Scanner.(interface{ Err() error }); ok {
		a.Stale = f.Err() != nil
	}
	return sendJSON(w, a)
}

func (s *Server) metrics(w http.ResponseWriter, r *http.Request) error {
	promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	return nil
}
