package serve

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// firstRead is how much room a body gets before it arrives.
const firstRead = 8 << 10

// readBody reads the body of a request into memory that it takes from
// Options.Memory as bytes arrive: a client that sends nothing holds nothing.
// release gives it back.
func (s *Server) readBody(w http.ResponseWriter, r *http.Request) (data []byte, release func(), err error) {
	held := int64(0)
	release = func() { s.memory.Release(held) }
	defer func() {
		if err != nil {
			release()
			release = nil
		}
	}()
	if r.ContentLength > s.opts.MaxBody {
		return nil, release, &http.MaxBytesError{Limit: s.opts.MaxBody}
	}
	body := http.MaxBytesReader(w, r.Body, s.opts.MaxBody)
	for {
		if len(data) == cap(data) {
			more := max(firstRead, cap(data))
			if !s.memory.TryAcquire(int64(more)) {
				return nil, release, &problem{Status: http.StatusServiceUnavailable, Detail: "the server holds as many drafts as it may, try again later"}
			}
			held += int64(more)
			data = slices.Grow(data, more)[: len(data) : cap(data)+more]
		}
		n, err := body.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, release, unread(err)
		}
	}
	// From now on the connection is only watched for its end.
	http.NewResponseController(w).SetReadDeadline(time.Time{})
	return data, release, nil
}

// unread is a problem for a body that broke off, whatever the reason.
func unread(err error) error {
	if p := asProblem(err); p.Status != http.StatusInternalServerError {
		return err
	}
	return &problem{Status: http.StatusBadRequest, Detail: "the body broke off"}
}

// mediaTypes are those that a draft may have.
var mediaTypes = []string{"application/json", "text/plain", "text/html", "text/markdown"}

// mediaType returns the type of a body, one of allowed.
func mediaType(r *http.Request, allowed ...string) (string, error) {
	name, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || !slices.Contains(allowed, name) {
		return "", &problem{Status: http.StatusUnsupportedMediaType, Detail: "want Content-Type " + strings.Join(allowed, ", ")}
	}
	if charset != "" && !strings.EqualFold(charset, "utf-8") {
		return "", &problem{Status: http.StatusUnsupportedMediaType, Detail: "want UTF-8: convert the text first"}
	}
	return name, nil
}

// readDocument reads the document of a request.
func (s *Server) readDocument(w http.ResponseWriter, r *http.Request) (doc *review.Document, release func(), err error) {
	kind, err := mediaType(r, mediaTypes...)
	if err != nil {
		return nil, nil, err
	}
	data, release, err := s.readBody(w, r)
	if err != nil {
		return nil, nil, err
	}
	if kind == "application/json" {
		doc, err = review.ParseDocument(data)
	} else {
		doc = &review.Document{
			Body:       new(string(data)),
			BodyFormat: new(review.BodyFormat(strings.TrimPrefix(kind, "text/"))),
		}
		err = doc.Validate()
	}
	if err != nil {
		release()
		return nil, nil, err
	}
	fillNow(doc)
	return doc, release, nil
}

// fillNow gives the rules, which read no clock, the moment of the check.
func fillNow(doc *review.Document) {
	if doc.Now == nil {
		doc.Now = new(review.Time(time.Now().Format(time.RFC3339)))
	}
}

// errTimeout is the cause of a check that took too long.
var errTimeout = errors.New("serve: the check took too long")

// tooLong is errTimeout with the limit, for the log of programs.
func tooLong(limit time.Duration) error { return fmt.Errorf("%w, want at most %v", errTimeout, limit) }
