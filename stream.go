package shenjiao

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/semantic"
	"github.com/shenjiao/shenjiao/text"
)

// StreamOptions say what arrives on a [Stream].
type StreamOptions struct {
	// ID is the id of the document in the report.
	ID string
	// Field is the path under which findings are reported; empty is "body".
	Field string
	// Date is the day of publication; see [lexicon.Scene].
	Date lexicon.Date
	// OnFinding, if set, is called with each finding as soon as it is
	// certain, about two kilobytes after its end at the latest, in the order of
	// their ends. It is called by the goroutine that writes. The finding has
	// no ID yet: that is unique only in the report.
	OnFinding func(Finding)
}

// A Stream checks one plain text that arrives in chunks of any size: the
// report is that of the whole. It keeps a bounded part of the text in memory,
// whatever its length, and the findings. Publishing rules need the document as
// a whole and are not evaluated. It is not safe for concurrent use.
type Stream struct {
	ctx       context.Context
	s         *Scanner
	opts      StreamOptions
	stream    *lexicon.Stream
	spans     *recognize.Stream
	meaning   *semantic.Stream // nil: off
	locator   text.Locator
	report    *Report
	hits      []lexicon.Hit
	found     []recognize.Span
	signals   []semantic.Signal
	judged    []semantic.Judgement
	held      []review.Finding // not delivered yet
	delivered int              // findings of the report
	soonest   int64            // the first end of a finding in held
	hidden    secrets
	partial   []byte // of a rune at the end of the last chunk
	written   int64
	took      time.Duration // by writes, if there is an observer
	err       error
}

// NewStream begins the check of a text. A write after ctx is done fails with
// its cause.
func (s *Scanner) NewStream(ctx context.Context, opts StreamOptions) *Stream {
	if opts.Field == "" {
		opts.Field = "body"
	}
	t := &Stream{
		ctx: ctx, s: s, opts: opts,
		stream: s.lexicon.NewStream(lexicon.Scene{Field: opts.Field, Date: opts.Date, NoVetoedGuesses: !s.keepsVetoed()}),
		spans:  s.recognizer.NewStream(),
		report: s.newReport(&opts.ID), hidden: secrets{},
	}
	if s.model != nil {
		t.meaning = s.model.NewStream()
	}
	return t
}

// errEnded is what a write returns when the report was made.
var errEnded = errors.New("shenjiao: stream: the report was made already, want a new stream for the next text")

// Write checks the next chunk. It fails if the text is not UTF-8, naming the
// offset, or if the context is done; then no report can be had either, since
// it would speak of a part only.
func (t *Stream) Write(p []byte) (int, error) {
	if t.s.opts.Observer == nil || t.err != nil {
		return t.write(p)
	}
	start := time.Now()
	n, err := t.write(p)
	t.took += time.Since(start)
	if err != nil {
		t.s.observe(t.ctx, ScanEvent{Err: err, Bytes: t.written, Took: t.took}, nil)
	}
	return n, err
}

func (t *Stream) write(p []byte) (int, error) {
	if t.err == nil && t.ctx.Err() != nil {
		t.err = fmt.Errorf("shenjiao: stream: %w", context.Cause(t.ctx))
	}
	if t.err != nil {
		return 0, t.err
	}
	if at, ok := t.valid(p); !ok {
		t.err = fmt.Errorf("shenjiao: stream: byte %d of the text is not UTF-8: convert the text first", at)
		return 0, t.err
	}
	t.written += int64(len(p))
	t.locator.Append(p)
	t.hits = t.stream.Append(t.hits[:0], p)
	t.found = t.spans.Append(t.found[:0], p)
	t.deliver(p, false)
	return len(p), nil
}

// Report ends the text and returns its report. Only the first call does.
func (t *Stream) Report() (*Report, error) {
	if t.err != nil {
		return nil, t.err
	}
	if t.s.opts.Observer == nil {
		return t.end()
	}
	start := time.Now()
	report, err := t.end()
	t.s.observe(t.ctx, ScanEvent{Err: err, Bytes: t.written, Took: t.took + time.Since(start)}, report)
	return report, err
}

func (t *Stream) end() (*Report, error) {
	if len(t.partial) > 0 {
		t.err = fmt.Errorf("shenjiao: stream: byte %d of the text is not UTF-8: the text ends inside a character", t.written-int64(len(t.partial)))
		return nil, t.err
	}
	t.hits = t.stream.Flush(t.hits[:0])
	t.found = t.spans.Flush(t.found[:0])
	t.deliver(nil, true)
	t.hidden.hide(t.report)
	t.err = errEnded
	t.s.finish(t.report, nil, t.opts.Date)
	return t.report, nil
}

// valid reports whether p goes on in UTF-8, or else where it does not.
func (t *Stream) valid(p []byte) (int64, bool) {
	i := 0
	for len(t.partial) > 0 && i < len(p) && !utf8.FullRune(t.partial) {
		t.partial = append(t.partial, p[i])
		i++
	}
	if utf8.FullRune(t.partial) {
		if !utf8.Valid(t.partial) {
			return t.written + int64(i-len(t.partial)), false
		}
		t.partial = t.partial[:0]
	}
	rest := p[i:]
	if len(t.partial) > 0 {
		return 0, true // all of p went into it
	}
	for k := len(rest) - 1; k >= max(0, len(rest)-utf8.UTFMax+1); k-- {
		if utf8.RuneStart(rest[k]) {
			if !utf8.FullRune(rest[k:]) {
				t.partial = append(t.partial, rest[k:]...)
				rest = rest[:k]
			}
			break
		}
	}
	if utf8.Valid(rest) {
		return 0, true
	}
	at := t.written + int64(i)
	for {
		r, w := utf8.DecodeRune(rest)
		if r == utf8.RuneError && w <= 1 {
			return at, false
		}
		at, rest = at+int64(w), rest[w:]
	}
}

// deliver turns new hits and spans into findings, and delivers those that are
// settled: a term may speak for a recogniser, and they are not certain at the
// same time. chunk is what came last.
func (t *Stream) deliver(chunk []byte, final bool) {
	at := func(start, end int64, written string) place {
		return place{field: t.opts.Field, span: review.Span{Start: start, End: end}, text: written, position: t.locator.Position}
	}
	for i := range t.hits {
		h := &t.hits[i]
		t.s.add(t.report, h, at(h.Start, h.End, h.Text))
	}
	for i := range t.found {
		sp := &t.found[i]
		place := at(sp.Start, sp.End, sp.Text)
		t.s.addSpan(t.report, sp, place)
		if !sp.Notes.Has(recognize.Allowed) {
			t.hidden.add(place.field, place.span, sp.Kind, sp.Text)
		}
	}
	for _, f := range t.report.Findings[t.delivered:] {
		if len(t.held) == 0 || f.Span.End < t.soonest {
			t.soonest = f.Span.End
		}
		t.held = append(t.held, f)
	}
	t.report.Findings = t.report.Findings[:t.delivered]
	t.judge(chunk, final)
	t.settle(final)
	buffered := max(t.s.lexicon.Buffered(), recognize.Buffered)
	if t.meaning != nil {
		buffered += semantic.Buffered
	}
	if old := t.written - int64(buffered); old > 0 {
		t.locator.Forget(int(old))
	}
}

// judge adds what the windows mean about which everything else is known. Those
// findings that say it already end in them, so they are still held.
func (t *Stream) judge(chunk []byte, final bool) {
	if t.meaning == nil {
		return
	}
	t.signals = semantic.AppendSignals(t.signals[:0], t.hits, t.found)
	if final {
		t.judged = t.meaning.Flush(t.judged[:0], t.signals)
	} else {
		t.judged = t.meaning.Append(t.judged[:0], chunk, t.signals, t.known())
	}
	if len(t.judged) == 0 {
		return
	}
	said := spoken{}
	for i := range t.held {
		said.hear(&t.held[i])
	}
	said.sort()
	for i := range t.judged {
		j := &t.judged[i]
		f, ok := t.s.meaning(j, place{
			field: t.opts.Field, span: review.Span{Start: j.Start, End: j.End}, text: j.Text, position: t.locator.Position,
		})
		if ok && !said.within(f.Category, f.Span) {
			if len(t.held) == 0 || f.Span.End < t.soonest {
				t.soonest = f.Span.End
			}
			t.held = append(t.held, f)
		}
	}
}

// known is where the terms and spans that end before it are.
func (t *Stream) known() int64 {
	return min(t.written-int64(t.s.lexicon.Delay()), t.spans.Certain())
}

// settle delivers the findings that end where nothing more can be found.
func (t *Stream) settle(final bool) {
	certain := t.known()
	if t.meaning != nil {
		certain = min(certain, t.meaning.Certain())
	}
	if !final && certain < t.soonest || len(t.held) == 0 {
		return
	}
	slices.SortStableFunc(t.held, func(a, b review.Finding) int {
		return cmp.Or(cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Term, b.Term))
	})
	n := len(t.held)
	if !final {
		n = sort.Search(n, func(i int) bool { return t.held[i].Span.End > certain })
	}
	settled := settleFindings(slices.Clone(t.held[:n]))
	t.held = slices.Delete(t.held, 0, n)
	if len(t.held) > 0 {
		t.soonest = t.held[0].Span.End
	}
	t.report.Findings = append(t.report.Findings, settled...)
	t.delivered = len(t.report.Findings)
	if t.opts.OnFinding != nil {
		for _, f := range settled {
			t.opts.OnFinding(f)
		}
	}
}
