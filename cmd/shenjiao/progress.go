package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows on a terminal how much of the input was read, once a run has
// taken longer than a second. It is safe for concurrent use.
type progress struct {
	w     io.Writer
	start time.Time
	total int64 // bytes, -1 if it is not known
	show  bool

	mu   sync.Mutex
	read int64
	bar  *progressbar.ProgressBar
}

func newProgress(w io.Writer, quiet bool, inputs []input) *progress {
	file, ok := w.(*os.File)
	p := &progress{w: w, start: time.Now(), show: !quiet && ok && term.IsTerminal(int(file.Fd()))}
	for _, in := range inputs {
		info, err := os.Stat(in.path)
		if in.path == "-" || err != nil {
			p.total = -1
			break
		}
		p.total += info.Size()
	}
	return p
}

// add says that n more bytes were read.
func (p *progress) add(n int) {
	if !p.show {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read += int64(n)
	if time.Since(p.start) < time.Second {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(p.total,
			progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription("检查"),
			progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(p.total > 0),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set64(p.read) // a progress bar that fails is no reason to stop
}

// clear takes the bar off the screen, so that a report can be written there.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// reader counts what is read from r.
func (p *progress) reader(r io.ReadCloser) io.ReadCloser { return &countingReader{r, p} }

type countingReader struct {
	io.ReadCloser
	p *progress
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	c.p.add(n)
	return n, err
}

// steps shows on a terminal how many parts of a long work are done.
type steps struct {
	w    io.Writer
	what string
	show bool
	bar  *progressbar.ProgressBar
}

func newSteps(w io.Writer, quiet bool, what string) *steps {
	file, ok := w.(*os.File)
	return &steps{w: w, what: what, show: !quiet && ok && term.IsTerminal(int(file.Fd()))}
}

func (s *steps) set(done, total int) {
	if !s.show {
		return
	}
	if s.bar == nil {
		s.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(s.w), progressbar.OptionSetDescription(s.what),
			progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	_ = s.bar.Set(done) // a progress bar that fails is no reason to stop
}

func (s *steps) clear() {
	if s.bar != nil {
		_ = s.bar.Clear()
	}
}
