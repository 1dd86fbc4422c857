package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/shenjiao/shenjiao/review"
)

// A queue is a work queue of drafts and a bucket of outcomes, both kept by
// JetStream.
//
// Each draft is given to one worker at a time, and again to another if it is
// not acknowledged in time: at least once. Its outcome is created under an id
// that the draft alone decides, and can be created once: a second worker finds
// it there. So nothing is lost and nothing is reported twice, wherever a worker
// is stopped:
//
//	taken … checked … outcome created … acknowledged
//	      │         │                 └ done
//	      └─────────┴ another worker takes it; if the outcome is there already,
//	                  all that it does is acknowledge
type queue struct {
	js       jetstream.JetStream
	workers  jetstream.Consumer
	outcomes jetstream.KeyValue
	ackWait  time.Duration
}

// What stands for the queue on the server.
const (
	draftsStream  = "DRAFTS"
	draftsSubject = "drafts"
	workersName   = "checkers"
	outcomeBucket = "reports"
)

// openQueue creates what is not there yet. A draft is given to another worker
// when one has been silent about it for ackWait.
func openQueue(ctx context.Context, nc *nats.Conn, ackWait time.Duration) (*queue, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, err
	}
	drafts, err := js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: draftsStream, Subjects: []string{draftsSubject},
		Retention:  jetstream.WorkQueuePolicy, // what is acknowledged is removed
		Duplicates: 2 * time.Minute,           // a client may send again what it is not sure of
	})
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w", draftsStream, err)
	}
	workers, err := drafts.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable:    workersName, // all workers share it, and with it the drafts
		AckPolicy:  jetstream.AckExplicitPolicy,
		AckWait:    ackWait,
		MaxDeliver: -1, // a worker counts, and leaves an outcome that says so
	})
	if err != nil {
		return nil, fmt.Errorf("consumer %s: %w", workersName, err)
	}
	outcomes, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: outcomeBucket})
	if err != nil {
		return nil, fmt.Errorf("bucket %s: %w", outcomeBucket, err)
	}
	return &queue{js, workers, outcomes, ackWait}, nil
}

// submit puts a draft into the queue and returns the id of its outcome. It is
// safe to submit again when it is not sure that it arrived.
func (q *queue) submit(ctx context.Context, doc *review.Document) (id string, err error) {
	data, err := json.Marshal(doc)
	if err != nil {
		return "", err
	}
	id = outcomeID(data)
	_, err = q.js.Publish(ctx, draftsSubject, data, jetstream.WithMsgID(id))
	return id, err
}

// outcomeID is the id of the outcome of a draft. An edited draft is another
// draft. To check all drafts again, say with a new lexicon, its version has to
// enter the id, too.
func outcomeID(draft []byte) string {
	sum := sha256.Sum256(draft)
	return hex.EncodeToString(sum[:])
}

// An outcome is what became of a draft: a report, or why there is none, and a
// person has to look.
type outcome struct {
	ID     string         `json:"id"`
	Worker string         `json:"worker"`
	Tries  uint64         `json:"tries"` // workers that took it, this one included
	Report *review.Report `json:"report,omitempty"`
	Error  string         `json:"error,omitempty"`
}

// errTold is returned by tell if there is an outcome already.
var errTold = errors.New("there is an outcome already")

// tell creates an outcome. What is told stays.
func (q *queue) tell(ctx context.Context, o outcome) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = q.outcomes.Create(ctx, o.ID, data)
	if errors.Is(err, jetstream.ErrKeyExists) {
		return errTold
	}
	return err
}

// listen calls yield with every outcome that there is and that comes, until it
// returns false or ctx is done.
func (q *queue) listen(ctx context.Context, yield func(outcome) bool) error {
	w, err := q.outcomes.WatchAll(ctx)
	if err != nil {
		return err
	}
	defer w.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case e, ok := <-w.Updates():
			if !ok {
				return errors.New("the connection was closed")
			}
			if e == nil {
				continue // all that there was
			}
			var o outcome
			if err := json.Unmarshal(e.Value(), &o); err != nil {
				return fmt.Errorf("outcome %s: %w", e.Key(), err)
			}
			if !yield(o) {
				return nil
			}
		}
	}
}

// left returns how many drafts have no acknowledged outcome.
func (q *queue) left(ctx context.Context) (int, error) {
	info, err := q.workers.Info(ctx)
	if err != nil {
		return 0, err
	}
	return int(info.NumPending) + info.NumAckPending, nil
}

// written returns how many outcomes were ever written.
func (q *queue) written(ctx context.Context) (int, error) {
	bucket, err := q.js.Stream(ctx, "KV_"+outcomeBucket)
	if err != nil {
		return 0, err
	}
	info, err := bucket.Info(ctx)
	if err != nil {
		return 0, err
	}
	return int(info.State.LastSeq), nil
}
