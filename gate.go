package shenjiao

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// A FailMode says what happens to a draft whose check failed. There is no
// default: whoever builds a pipeline has to decide.
type FailMode string

// The modes.
const (
	FailClosed FailMode = "closed" // it is blocked
	FailReview FailMode = "review" // a person has to look
	FailOpen   FailMode = "open"   // it passes, unchecked
)

// verdict is that of a draft whose check failed.
func (m FailMode) verdict() (review.Verdict, bool) {
	switch m {
	case FailClosed:
		return review.VerdictBlock, true
	case FailReview:
		return review.VerdictReview, true
	case FailOpen:
		return review.VerdictPass, true
	}
	return 0, false
}

// A Checker checks documents: a [Scanner], or one of package reload.
type Checker interface {
	Scan(ctx context.Context, doc *Document) (*Report, error)
}

// GateOptions configure a [Gate].
type GateOptions struct {
	// OnFailure has to be set.
	OnFailure FailMode
	// Timeout, if it is not zero, is how long a check may take.
	Timeout time.Duration
}

// A Gate stands before a publication: it answers what is to be done with a
// draft, also if the check fails. It is safe for concurrent use.
//
//	gate, err := shenjiao.NewGate(scanner, shenjiao.GateOptions{OnFailure: shenjiao.FailClosed, Timeout: time.Second})
//	if err != nil {
//		return err
//	}
//	if d := gate.Decide(ctx, doc); d.Verdict != review.VerdictPass {
//		return handOn(doc, d)
//	}
type Gate struct {
	checker Checker
	opts    GateOptions
	failure review.Verdict
}

// NewGate returns a gate. It fails if OnFailure is not set.
func NewGate(c Checker, opts GateOptions) (*Gate, error) {
	failure, ok := opts.OnFailure.verdict()
	if !ok {
		return nil, fmt.Errorf("shenjiao: GateOptions.OnFailure: want %q, %q or %q, got %q", FailClosed, FailReview, FailOpen, opts.OnFailure)
	}
	if opts.Timeout < 0 {
		return nil, fmt.Errorf("shenjiao: GateOptions.Timeout: want a duration that is not negative, got %v", opts.Timeout)
	}
	return &Gate{c, opts, failure}, nil
}

// A Decision is what is to be done with a draft.
type Decision struct {
	// Verdict is that of the report, or what GateOptions.OnFailure says.
	Verdict review.Verdict
	// Report is nil if the check failed.
	Report *Report
	// Err is why the check failed, and the verdict nobody's judgement.
	Err error
}

// errGateTimeout is the cause of a check that took longer than
// GateOptions.Timeout.
var errGateTimeout = errors.New("shenjiao: gate: the check took too long")

// Decide checks a draft. A panic of the checker is a failure like any other;
// its value, which may hold text of the draft, is not kept.
func (g *Gate) Decide(ctx context.Context, doc *Document) (d Decision) {
	defer func() {
		if recover() != nil {
			d = Decision{Verdict: g.failure, Err: errors.New("shenjiao: gate: the checker panicked")}
		}
	}()
	if g.opts.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, g.opts.Timeout, errGateTimeout)
		defer cancel()
	}
	report, err := g.checker.Scan(ctx, doc)
	if err != nil {
		return Decision{Verdict: g.failure, Err: err}
	}
	return Decision{Verdict: report.Verdict, Report: report}
}
