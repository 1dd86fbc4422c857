package shenjiao

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/semantic"
)

// ScanAll checks documents on several cores and yields their reports in the
// order of the documents; each report is what [Scanner.Scan] gives, or the
// error. jobs is how many documents, or parts of large ones, are checked at a
// time; 0 is [runtime.GOMAXPROCS]. About twice as many documents are taken from
// docs before their reports are.
//
//	for report, err := range scanner.ScanAll(ctx, docs, 0) {
//
// docs is iterated by another goroutine, which has come to an end when the loop
// has. When ctx is done, the documents under way end with its cause, no more
// are taken, and a last error says so. The reports of a loop that is left early
// are dropped.
func (s *Scanner) ScanAll(ctx context.Context, docs iter.Seq[*Document], jobs int) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		type outcome struct {
			report *Report
			err    error
		}
		c := newCrew(jobs)
		ordered := make(chan chan outcome, cap(c.busy))
		cut := false // docs had more; written before ordered is closed
		go func() {
			defer close(ordered)
			for doc := range docs {
				select {
				case c.busy <- struct{}{}:
				case <-ctx.Done():
				}
				if cut = ctx.Err() != nil; cut {
					return
				}
				done := make(chan outcome, 1)
				go func() {
					report, err := s.scan(ctx, doc, c)
					<-c.busy
					done <- outcome{report, err}
				}()
				ordered <- done
			}
		}()
		left := false
		for done := range ordered {
			if o := <-done; !left && !yield(o.report, o.err) {
				left = true
				cancel(errLeft)
			}
		}
		if cut && !left {
			yield(nil, context.Cause(ctx))
		}
	}
}

// errLeft ends the scans of a loop that was left.
var errLeft = errors.New("shenjiao: the loop was left")

// A crew is goroutines that share work. busy holds one value for each that has
// some.
type crew struct {
	busy chan struct{}
}

func newCrew(jobs int) *crew {
	if jobs < 1 {
		jobs = runtime.GOMAXPROCS(0)
	}
	return &crew{busy: make(chan struct{}, jobs)}
}

// each calls work for 0 to n-1, on this goroutine and on as many more as are
// idle by then. A nil crew is this goroutine alone.
func (c *crew) each(n int, work func(i int)) {
	var next atomic.Int64
	var helpers sync.WaitGroup
	take := func() (int, bool) {
		i := int(next.Add(1)) - 1
		return i, i < n
	}
	for i, ok := take(); ok; i, ok = take() {
		for c != nil && int(next.Load()) < n {
			select {
			case c.busy <- struct{}{}:
				helpers.Go(func() {
					for i, ok := take(); ok; i, ok = take() {
						work(i)
					}
					<-c.busy
				})
				continue
			default: // nobody is idle
			}
			break
		}
		work(i)
	}
	helpers.Wait()
}

// partBytes is how much of a large text is one piece of work: so much that
// what is read twice, some kilobytes where parts meet, does not count. The last
// pieces are smaller, to leastPart, so that the cores end together.
const (
	partBytes = 1 << 19
	leastPart = 1 << 17
)

// find finds the terms of a text, what recognisers know and the windows that a
// model judges, nil for none; the terms of a large one in parts. early is done
// beside that, where there is somebody for it.
func (s *Scanner) find(ctx context.Context, text string, scene lexicon.Scene, model *semantic.Model, early func(), c *crew) (found found, err error) {
	ends := partsOf(len(text), c)
	n := len(ends)
	if n == 1 {
		c = nil // not worth the meeting
	}
	hits := make([][]lexicon.Hit, n)
	const others = 3
	errs := make([]error, others+n)
	c.each(len(errs), func(i int) {
		switch {
		case i == 0: // first, since these are the largest pieces
			found.spans, errs[0] = s.recognizer.AppendAllContext(ctx, []recognize.Span{}, text)
		case i == 1:
			if model != nil {
				found.cut = model.Cut(text)
			}
		case i == 2:
			if n > 1 {
				early()
			}
		case n == 1:
			hits[0], errs[i] = s.lexicon.FindAllContext(ctx, text, scene)
		default:
			i -= others
			from := 0
			if i > 0 {
				from = ends[i-1]
			}
			hits[i], errs[others+i] = s.lexicon.FindPart(ctx, text, from, ends[i], scene)
		}
	})
	for _, err := range errs {
		if err != nil {
			return found, err
		}
	}
	if found.hits = hits[0]; n > 1 {
		found.hits = slices.Concat(hits...)
	}
	return found, nil
}

// found is what stands in a text.
type found struct {
	hits  []lexicon.Hit
	spans []recognize.Span
	cut   *semantic.Cut // nil: off
}

// partsOf returns where the parts end in which n bytes of text are looked at.
func partsOf(n int, c *crew) (ends []int) {
	if c == nil || n <= partBytes {
		return []int{n}
	}
	for at := 0; at < n; ends = append(ends, at) {
		at += min(n-at, max(leastPart, min(partBytes, (n-at)/(2*cap(c.busy)))))
	}
	return ends
}
