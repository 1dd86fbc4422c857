package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

const (
	// scanTimeout is how long a check may take.
	scanTimeout = 30 * time.Second
	// maxTries is how often a draft is tried before it is left to a person:
	// one that ends its worker must not end all of them for ever.
	maxTries = 5
	// retryDelay is how long a draft rests whose check failed.
	retryDelay = time.Second
)

// A worker checks drafts of a queue. Any number of them, on any number of
// machines, share the work.
type worker struct {
	queue   *queue
	checker shenjiao.Checker // one for all goroutines
	name    string           // stands in outcomes

	told, again atomic.Int64 // outcomes created, and found there
}

// run works with a number of goroutines until ctx is done. What is under way
// then is finished.
func (w *worker) run(ctx context.Context, jobs int) {
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			for ctx.Err() == nil {
				msg, err := w.take(ctx)
				if err == nil {
					err = w.handle(context.WithoutCancel(ctx), msg)
				}
				if err != nil && ctx.Err() == nil {
					slog.Warn("the queue does not answer", "worker", w.name, "err", err)
					select {
					case <-ctx.Done():
					case <-time.After(retryDelay):
					}
				}
			}
		})
	}
	wg.Wait()
}

// take waits for a draft. It takes one at a time: what a worker holds and has
// not begun waits for nothing if the worker dies.
func (w *worker) take(ctx context.Context) (jetstream.Msg, error) {
	for {
		msg, err := w.queue.workers.Next(jetstream.FetchContext(ctx))
		switch {
		case err == nil:
			return msg, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, jetstream.ErrNoMessages), errors.Is(err, context.DeadlineExceeded):
		default:
			return nil, err
		}
	}
}

// handle checks a draft, tells the outcome and only then acknowledges.
func (w *worker) handle(ctx context.Context, msg jetstream.Msg) error {
	err := w.answer(ctx, msg)
	switch {
	case err == nil:
		w.told.Add(1)
	case errors.Is(err, errTold):
		w.again.Add(1)
	case errors.As(err, new(*checkError)):
		return msg.NakWithDelay(retryDelay)
	default:
		return err
	}
	return msg.DoubleAck(ctx)
}

// A checkError says that a check failed that may not fail the next time.
type checkError struct{ error }

// answer checks a draft and tells the outcome.
func (w *worker) answer(ctx context.Context, msg jetstream.Msg) error {
	meta, err := msg.Metadata()
	if err != nil {
		return err
	}
	o := outcome{ID: outcomeID(msg.Data()), Worker: w.name, Tries: meta.NumDelivered}
	doc, err := review.ParseDocument(msg.Data())
	switch {
	case err != nil:
		o.Error = err.Error() // holds no text of the draft
	case meta.NumDelivered > maxTries:
		o.Error = fmt.Sprintf("given up after %d tries", maxTries)
	default:
		if o.Report, err = w.check(ctx, msg, doc); err != nil {
			return &checkError{err}
		}
	}
	return w.queue.tell(ctx, o)
}

// check checks a draft, and meanwhile says that the worker is alive.
func (w *worker) check(ctx context.Context, msg jetstream.Msg, doc *review.Document) (*review.Report, error) {
	ctx, cancel := context.WithTimeout(ctx, scanTimeout)
	defer cancel()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(w.queue.ackWait / 3):
				msg.InProgress()
			}
		}
	}()
	return w.checker.Scan(ctx, doc)
}
