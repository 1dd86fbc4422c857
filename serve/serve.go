package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/semaphore"
)

// A Server answers requests. It is an [http.Handler], for programs that have a
// server of their own; [Server.Serve] is one with the limits that its options
// speak of.
type Server struct {
	opts     Options
	handler  http.Handler
	variants variants
	memory   *semaphore.Weighted // bytes of bodies
	jobs     *semaphore.Weighted // checks
	streams  *semaphore.Weighted
	closing  atomic.Bool
	registry *prometheus.Registry
	http     httpMetrics
}

// route is one thing that the server answers. Those that openapi.yaml
// describes are in [Server.api].
type route struct {
	pattern string // of [http.ServeMux]
	open    bool   // needs no token
	handle  func(http.ResponseWriter, *http.Request) error
}

// New returns a server with these options.
func New(opts Options) (*Server, error) {
	if err := opts.check(); err != nil {
		return nil, err
	}
	s := &Server{
		opts: opts, memory: semaphore.NewWeighted(opts.Memory),
		jobs: semaphore.NewWeighted(int64(opts.Jobs)), streams: semaphore.NewWeighted(int64(opts.MaxStreams)),
		registry: prometheus.NewRegistry(), http: newHTTPMetrics(),
	}
	s.registry.MustRegister(s.http.all()...)
	s.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if opts.Metrics != nil {
		if err := s.registry.Register(opts.Metrics); err != nil {
			return nil, fmt.Errorf("serve: Options.Metrics: %w", err)
		}
	}
	mux := http.NewServeMux()
	for _, r := range append(s.api(), s.pages()...) {
		mux.Handle(r.pattern, s.guard(r))
	}
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, &problem{Status: http.StatusForbidden, Detail: "want a request that no page of another site makes"})
	}))
	s.handler = s.watch(s.local(foreign.Handler(mux)))
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// ErrToken is returned by Serve for a listener that others can reach, if no
// token is set.
var ErrToken = errors.New("serve: others can reach this address, and Options.Token is empty: set a token, or listen on loopback")

// Serve answers requests until ctx is done, then those under way, and returns.
// It closes the listener.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if s.opts.Token == "" && !loopback(l.Addr()) {
		l.Close()
		return ErrToken
	}
	room := newCrowd(l, s.opts.MaxConnections)
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.opts.ReadTimeout,
		IdleTimeout:       4 * s.opts.ReadTimeout,
		MaxHeaderBytes:    16 << 10,
		ConnState:         room.state,
		ErrorLog:          slog.NewLogLogger(s.opts.Logger.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(room) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.closing.Store(true)
	grace, cancel := context.WithTimeout(context.Background(), s.opts.Grace)
	defer cancel()
	if err := srv.Shutdown(grace); err != nil {
		srv.Close()
		return fmt.Errorf("serve: requests were cut off after %v: %w", s.opts.Grace, err)
	}
	return nil
}

// loopback reports whether only programs on this machine reach an address.
func loopback(a net.Addr) bool {
	switch a := a.(type) {
	case *net.TCPAddr:
		return a.IP.IsLoopback()
	case *net.UnixAddr:
		return true
	}
	return false
}

// deadlines gives the client that long to send, and to read the answer. Not
// every connection of a foreign server has them.
func (s *Server) deadlines(w http.ResponseWriter, r *http.Request) {
	c := http.NewResponseController(w)
	if r.Body != http.NoBody {
		c.SetReadDeadline(time.Now().Add(s.opts.ReadTimeout))
	}
	c.SetWriteDeadline(time.Now().Add(2*s.opts.ReadTimeout + s.opts.ScanTimeout))
}
