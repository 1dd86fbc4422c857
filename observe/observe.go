package observe

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// Join returns an observer that tells each of these, in their order.
func Join(observers ...shenjiao.Observer) shenjiao.Observer {
	return joined(slices.Clone(observers))
}

type joined []shenjiao.Observer

func (j joined) Scanned(ctx context.Context, e shenjiao.ScanEvent) {
	for _, o := range j {
		o.Scanned(ctx, e)
	}
}

// Log returns an observer that writes a line for each check: the id of the
// document, the verdict, how many findings there are by action, how long it
// took. Checks are Info, those that failed Error. There is no text of a draft
// in it, except what a caller makes part of an id.
func Log(l *slog.Logger) shenjiao.Observer { return logger{l} }

type logger struct{ log *slog.Logger }

func (l logger) Scanned(ctx context.Context, e shenjiao.ScanEvent) {
	attrs := []slog.Attr{slog.Int64("bytes", e.Bytes), slog.Duration("took", e.Took)}
	if e.Err != nil {
		// The errors of a check hold no scanned text.
		l.log.LogAttrs(ctx, slog.LevelError, "check failed", append(attrs, slog.Any("err", e.Err))...)
		return
	}
	if !l.log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	actions := map[review.Action]int{}
	for i := range e.Report.Findings {
		actions[e.Report.Findings[i].Action]++
	}
	unevaluated := 0
	for _, ev := range e.Report.Evaluations {
		if ev.Status == review.StatusNotEvaluated {
			unevaluated++
		}
	}
	l.log.LogAttrs(ctx, slog.LevelInfo, "checked", append(attrs,
		slog.String("document", e.Report.Document.ID), slog.String("verdict", e.Report.Verdict.String()),
		slog.Int("block", actions[review.ActionBlock]), slog.Int("review", actions[review.ActionReview]), slog.Int("note", actions[review.ActionNote]),
		slog.Int("suppressed", len(e.Report.Suppressed)), slog.Int("vetoed", len(e.Vetoed)), slog.Int("not_evaluated", unevaluated),
		slog.String("snapshot", e.Report.Snapshot.Digest))...)
}

// Entries counts findings and vetoes of each entry of a lexicon. It is safe for
// concurrent use; its memory is that of the entries that were ever seen.
type Entries struct {
	mu     sync.Mutex
	counts map[Entry]Count
}

// An Entry names one entry of a lexicon.
type Entry struct{ Pack, Category, Term string }

// A Count is what came of the candidates of an entry.
type Count struct{ Findings, Vetoed int64 }

// NewEntries returns counters that have counted nothing.
func NewEntries() *Entries { return &Entries{counts: map[Entry]Count{}} }

// Scanned implements [shenjiao.Observer].
func (s *Entries) Scanned(_ context.Context, e shenjiao.ScanEvent) {
	if e.Err != nil || len(e.Report.Findings)+len(e.Vetoed) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range e.Report.Findings {
		if f := &e.Report.Findings[i]; f.Term != "" {
			s.add(Entry{f.Pack, f.Category, f.Term}, Count{Findings: 1})
		}
	}
	for i := range e.Vetoed {
		if v := &e.Vetoed[i]; v.Pack != "" {
			s.add(Entry{v.Pack, v.Category, v.Term}, Count{Vetoed: 1})
		}
	}
}

func (s *Entries) add(e Entry, n Count) {
	c := s.counts[e]
	s.counts[e] = Count{c.Findings + n.Findings, c.Vetoed + n.Vetoed}
}

// Of returns the count of an entry.
func (s *Entries) Of(e Entry) Count {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[e]
}

// An EntryCount is an entry with its count.
type EntryCount struct {
	Entry
	Count
}

// All returns the entries that were seen, those with the most findings first.
func (s *Entries) All() []EntryCount {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]EntryCount, 0, len(s.counts))
	for e, c := range s.counts {
		list = append(list, EntryCount{e, c})
	}
	slices.SortFunc(list, func(a, b EntryCount) int {
		return cmp.Or(cmp.Compare(b.Findings, a.Findings), cmp.Compare(b.Vetoed, a.Vetoed),
			cmp.Compare(a.Pack, b.Pack), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Term, b.Term))
	})
	return list
}
