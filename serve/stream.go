package serve

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/shenjiao/shenjiao"
)

// A stream is a request whose body has no limit, and is answered while it is
// read.
type stream struct {
	scanner *shenjiao.Scanner
	params  params
	body    io.Reader
	control *http.ResponseController
	close   func()
}

// openStream takes one of Options.MaxStreams, until it is closed.
func (s *Server) openStream(w http.ResponseWriter, r *http.Request, known []string, types ...string) (x *stream, err error) {
	x = &stream{control: http.NewResponseController(w)}
	if x.params, err = parseParams(r, known...); err != nil {
		return nil, err
	}
	if _, err := mediaType(r, types...); err != nil {
		return nil, err
	}
	if !s.streams.TryAcquire(1) {
		return nil, errStreams
	}
	x.close = func() { s.streams.Release(1) }
	x.scanner, err = s.variants.get(s.opts.Scanner.Current(), &x.params)
	if err == nil {
		if err = x.control.EnableFullDuplex(); errors.Is(err, http.ErrNotSupported) {
			err = nil // HTTP/2 always is
		}
	}
	if err != nil {
		x.close()
		return nil, err
	}
	x.body = &patient{r.Body, x.control, s.opts.ReadTimeout}
	return x, nil
}

// errStreams refuses one stream too many.
var errStreams = &problem{
	Title: http.StatusText(http.StatusServiceUnavailable), Status: http.StatusServiceUnavailable,
	Detail: "the server works on as many batches and texts as it may, try again later",
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
