package otel

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/review"
)

// Options configure [Metrics].
type Options struct {
	// Entries counts the findings and vetoes of each entry of the lexicon: a
	// set of attributes for every entry that was ever seen.
	Entries bool
}

// Metrics are the instruments of one scanner, or of several together. They are
// safe for concurrent use.
type Metrics struct {
	entries                                           bool
	scans, size, findings, suppressed, vetoed, lacked metric.Int64Counter
	entryFindings, entryVetoed, reloads               metric.Int64Counter
	scanTime, reloadTime                              metric.Float64Histogram
}

var _ shenjiao.Observer = (*Metrics)(nil)

// New makes the instruments with a meter.
func New(m metric.Meter, opts Options) (*Metrics, error) {
	var errs []error
	counter := func(name, unit, description string) metric.Int64Counter {
		c, err := m.Int64Counter("shenjiao."+name, metric.WithUnit(unit), metric.WithDescription(description))
		errs = append(errs, err)
		return c
	}
	seconds := func(name, description string, bounds ...float64) metric.Float64Histogram {
		h, err := m.Float64Histogram("shenjiao."+name, metric.WithUnit("s"), metric.WithDescription(description), metric.WithExplicitBucketBoundaries(bounds...))
		errs = append(errs, err)
		return h
	}
	x := &Metrics{
		entries:       opts.Entries,
		scans:         counter("scans", "{check}", "Checks by verdict; error for those that failed."),
		size:          counter("scan.size", "By", "Text that was checked."),
		findings:      counter("findings", "{finding}", "Findings by category and action."),
		suppressed:    counter("suppressed", "{finding}", "Findings that somebody had answered for."),
		vetoed:        counter("vetoed", "{candidate}", "Candidates that did not become findings."),
		lacked:        counter("not_evaluated", "{rule}", "Publishing rules that lacked an input."),
		entryFindings: counter("entry.findings", "{finding}", "Findings of each entry of the lexicon."),
		entryVetoed:   counter("entry.vetoed", "{candidate}", "Vetoed candidates of each entry of the lexicon."),
		reloads:       counter("reloads", "{attempt}", "Attempts to load packs that changed."),
		scanTime:      seconds("scan.duration", "How long checks worked.", 50e-6, 200e-6, 800e-6, 3.2e-3, 12.8e-3, 51.2e-3, 0.2, 0.8, 3.2, 12.8),
		reloadTime:    seconds("reload.duration", "How long attempts to load packs took.", 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("otel: %w", err)
	}
	return x, nil
}

// with are the attributes of one measurement: names and values, in turn.
func with(pairs ...string) metric.MeasurementOption {
	attrs := make([]attribute.KeyValue, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		attrs = append(attrs, attribute.String(pairs[i], pairs[i+1]))
	}
	return metric.WithAttributes(attrs...)
}

// Scanned implements [shenjiao.Observer].
func (m *Metrics) Scanned(ctx context.Context, e shenjiao.ScanEvent) {
	ctx = context.WithoutCancel(ctx) // what failed because of it is counted, too
	m.scanTime.Record(ctx, e.Took.Seconds())
	m.size.Add(ctx, e.Bytes)
	if e.Err != nil {
		m.scans.Add(ctx, 1, with("verdict", "error"))
		return
	}
	r := e.Report
	m.scans.Add(ctx, 1, with("verdict", r.Verdict.String()))
	for i := range r.Findings {
		f := &r.Findings[i]
		m.findings.Add(ctx, 1, with("category", f.Category, "action", f.Action.String()))
		if m.entries && f.Term != "" {
			m.entryFindings.Add(ctx, 1, with("pack", f.Pack, "category", f.Category, "term", f.Term))
		}
	}
	for i := range r.Suppressed {
		m.suppressed.Add(ctx, 1, with("category", r.Suppressed[i].Finding.Category))
	}
	for i := range e.Vetoed {
		v := &e.Vetoed[i]
		m.vetoed.Add(ctx, 1, with("reason", string(v.Reason)))
		if m.entries && v.Pack != "" {
			m.entryVetoed.Add(ctx, 1, with("pack", v.Pack, "category", v.Category, "term", v.Term))
		}
	}
	for _, ev := range r.Evaluations {
		if ev.Status == review.StatusNotEvaluated {
			m.lacked.Add(ctx, 1, with("rule", ev.Rule))
		}
	}
}

// Reloaded is what [reload.Options].OnReload wants.
func (m *Metrics) Reloaded(e reload.Event) {
	result := "ok"
	if e.Err != nil {
		result = "error"
	}
	m.reloads.Add(context.Background(), 1, with("result", result))
	m.reloadTime.Record(context.Background(), e.Took.Seconds())
}
