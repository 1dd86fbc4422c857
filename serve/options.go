package serve

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/observe/prom"
)

// The defaults of Options.
const (
	DefaultMaxBody        = 4 << 20
	DefaultMemory         = 64 << 20
	DefaultMaxStreams     = 16
	DefaultMaxConnections = 1024
	DefaultScanTimeout    = 30 * time.Second
	DefaultReadTimeout    = 15 * time.Second
	DefaultGrace          = 10 * time.Second
)

// A Source has the scanner to use now; [github.com/shenjiao/shenjiao/reload.Scanner]
// is one. Current is called once for each request, by many goroutines.
type Source interface {
	Current() *shenjiao.Scanner
}

// Fixed is the [Source] of a scanner that does not change.
func Fixed(s *shenjiao.Scanner) Source { return fixed{s} }

type fixed struct{ s *shenjiao.Scanner }

func (f fixed) Current() *shenjiao.Scanner { return f.s }

// Options configure a [Server]. All but Scanner may be left zero.
type Options struct {
	// Scanner is what drafts are checked with.
	Scanner Source

	// Token is what clients send as Authorization: Bearer TOKEN. Empty asks
	// for none; then the server only listens on loopback, and only answers
	// requests that name it as such.
	Token string

	// Metrics, if they are not nil, are shown at /metrics, beside those of
	// HTTP and of the process.
	Metrics *prom.Metrics

	// Logger is told of every request, without its content. Nil is
	// [slog.Default].
	Logger *slog.Logger

	// MaxBody is how many bytes the body of a request, or a line of a batch,
	// may have. Zero is [DefaultMaxBody].
	MaxBody int64

	// Memory is how many bytes of bodies are held at a time, without those of
	// streams; a request that would exceed it is refused. The memory that a
	// check needs beside them is a small multiple of it. Zero is
	// [DefaultMemory].
	Memory int64

	// MaxStreams is how many bodies without a limit, batches and texts to mask,
	// are worked on at a time. A batch holds at most Jobs and three lines, a
	// text some kilobytes. Zero is [DefaultMaxStreams].
	MaxStreams int

	// MaxConnections is how many connections are open at a time. Beyond, the
	// one that has been silent for the longest is closed for a new one; if
	// none is silent, the new one waits. Zero is [DefaultMaxConnections].
	MaxConnections int

	// Jobs is how many drafts are checked at a time; more wait. Zero is
	// [runtime.GOMAXPROCS].
	Jobs int

	// ScanTimeout is how long a draft may wait and be checked. Zero is
	// [DefaultScanTimeout].
	ScanTimeout time.Duration

	// ReadTimeout is how long a client may take to send the head of a request,
	// and then its body; in a batch, how long it may rest. It is also how long
	// it may take to read an answer, or a line of one. Zero is
	// [DefaultReadTimeout].
	ReadTimeout time.Duration

	// Grace is how long requests under way may take when the server ends. Zero
	// is [DefaultGrace].
	Grace time.Duration
}

// check fills in defaults.
func (o *Options) check() error {
	var errs []error
	if o.Scanner == nil {
		errs = append(errs, errors.New("serve: Options.Scanner is nil, so there is nothing to check with"))
	}
	positive := func(name string, v any, negative bool) {
		if negative {
			errs = append(errs, fmt.Errorf("serve: Options.%s: want no negative value, got %v", name, v))
		}
	}
	positive("MaxBody", o.MaxBody, o.MaxBody < 0)
	positive("Memory", o.Memory, o.Memory < 0)
	positive("MaxStreams", o.MaxStreams, o.MaxStreams < 0)
	positive("MaxConnections", o.MaxConnections, o.MaxConnections < 0)
	positive("Jobs", o.Jobs, o.Jobs < 0)
	positive("ScanTimeout", o.ScanTimeout, o.ScanTimeout < 0)
	positive("ReadTimeout", o.ReadTimeout, o.ReadTimeout < 0)
	positive("Grace", o.Grace, o.Grace < 0)
	setDefault(&o.MaxBody, DefaultMaxBody)
	setDefault(&o.Memory, max(DefaultMemory, o.MaxBody))
	setDefault(&o.MaxStreams, DefaultMaxStreams)
	setDefault(&o.MaxConnections, DefaultMaxConnections)
	setDefault(&o.Jobs, runtime.GOMAXPROCS(0))
	setDefault(&o.ScanTimeout, DefaultScanTimeout)
	setDefault(&o.ReadTimeout, DefaultReadTimeout)
	setDefault(&o.Grace, DefaultGrace)
	if o.Memory < o.MaxBody {
		errs = append(errs, fmt.Errorf("serve: Options.Memory: want at least MaxBody, %d bytes, got %d", o.MaxBody, o.Memory))
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return errors.Join(errs...)
}

func setDefault[T comparable](v *T, value T) {
	var zero T
	if *v == zero {
		*v = value
	}
}
