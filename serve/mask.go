package serve

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/shenjiao/shenjiao"
)

// The trailers of a masked text: how many places were masked, and the category
// that ended it, if stop was asked for.
const (
	trailerMasked  = "Shenjiao-Masked"
	trailerStopped = "Shenjiao-Stopped"
)

// maskParams are the parameters of masking; categories here are those that are
// masked.
var maskParams = []string{"mode", "mask", "least", "stop", "profile", "channels", "categories", "min_confidence", "lang"}

// mask answers with the text without what a scan would not let pass, as it
// comes: also a text that has no end yet, such as the answer of a model.
func (s *Server) mask(w http.ResponseWriter, r *http.Request) error {
	x, err := s.openStream(w, r, maskParams, "text/plain")
	if err != nil {
		return err
	}
	defer x.close()
	masked := 0
	opts, _ := x.params.masking.options()
	opts.OnMask = func(m shenjiao.Masking) {
		masked++
		s.http.masked.WithLabelValues(m.Finding.Category).Inc()
	}
	stream := x.scanner.NewMaskStream(opts)
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Trailer", trailerMasked+", "+trailerStopped)
	w.WriteHeader(http.StatusOK)
	x.control.Flush() // the client may wait for it before it writes
	chunk, out := make([]byte, 32<<10), []byte(nil)
	for end := false; !end; {
		n, err := x.body.Read(chunk)
		if end = err == io.EOF; err != nil && !end {
			return unread(err)
		}
		if err := s.jobs.Acquire(r.Context(), 1); err != nil {
			return err
		}
		out, err = stream.Append(out[:0], chunk[:n])
		if end && err == nil {
			out, err = stream.Flush(out)
		}
		s.jobs.Release(1)
		var blocked *shenjiao.BlockedError
		if errors.As(err, &blocked) {
			h.Set(trailerStopped, blocked.Finding.Category)
			end = true
		} else if err != nil {
			return err
		}
		if len(out) > 0 {
			x.control.SetWriteDeadline(time.Now().Add(s.opts.ReadTimeout))
			if _, err := w.Write(out); err != nil {
				return nil
			}
			x.control.Flush()
		}
	}
	h.Set(trailerMasked, strconv.Itoa(masked))
	return nil
}
