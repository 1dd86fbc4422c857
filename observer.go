package shenjiao

import (
	"context"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// An Observer is told of every check of a [Scanner], for logs and metrics:
//
//   - Scanned is called by the goroutine that checked, when the report is made
//     or has failed, and before the caller gets it.
//   - It is called by many goroutines at a time, and should return quickly.
//   - It must not change what the event refers to, nor keep it: the report is
//     the caller's.
//   - What it writes anywhere must not hold texts of the report, which is as
//     confidential as the draft. Package observe has observers that do not.
type Observer interface {
	Scanned(ctx context.Context, e ScanEvent)
}

// A ScanEvent is one check, of a document or of a stream.
type ScanEvent struct {
	// Report is what the caller gets; nil if the check failed.
	Report *Report
	// Vetoed are the candidates that did not become findings, also if the
	// report does not list them.
	Vetoed []review.Vetoed
	// Err is why the check failed.
	Err error
	// Bytes is how much text there was: of all fields of a document, of what
	// was written to a stream.
	Bytes int64
	// Took is how long the check worked; the time between writes to a stream
	// does not count.
	Took time.Duration
}

// scan is Scan with the help of a crew, if there is one.
func (s *Scanner) scan(ctx context.Context, doc *Document, c *crew) (*Report, error) {
	if s.opts.Observer == nil {
		return s.check(ctx, doc, c)
	}
	start := time.Now()
	report, err := s.check(ctx, doc, c)
	e := ScanEvent{Err: err, Took: time.Since(start)}
	for _, f := range doc.Fields() {
		e.Bytes += int64(len(f.Text))
	}
	s.observe(ctx, e, report)
	return report, err
}

// observe tells the observer about a check, and takes what only it wanted to
// know out of the report.
func (s *Scanner) observe(ctx context.Context, e ScanEvent, report *Report) {
	if e.Err == nil {
		e.Report, e.Vetoed = report, report.Vetoed
		if !s.opts.ShowVetoed {
			report.Vetoed = nil
		}
	}
	s.opts.Observer.Scanned(ctx, e)
}

// keepsVetoed reports whether candidates that did not become findings are kept
// until the report is made.
func (s *Scanner) keepsVetoed() bool { return s.opts.ShowVetoed || s.opts.Observer != nil }
