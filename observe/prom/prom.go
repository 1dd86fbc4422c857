package prom

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/review"
)

// Options configure [Metrics].
type Options struct {
	// Entries counts the findings and vetoes of each entry of the lexicon: a
	// series for every entry that was ever seen, so up to two for each of its
	// terms.
	Entries bool
}

// Metrics are the metrics of one scanner, or of several together. They are
// safe for concurrent use.
type Metrics struct {
	scans, findings, suppressed, vetoed, notEvaluated *prometheus.CounterVec
	entryFindings, entryVetoed                        *prometheus.CounterVec // nil: not counted
	bytes                                             prometheus.Counter
	seconds                                           prometheus.Histogram
	reloads                                           *prometheus.CounterVec
	reloadSeconds                                     prometheus.Histogram
	snapshot, packs                                   *prometheus.GaugeVec
	all                                               []prometheus.Collector
}

var (
	_ shenjiao.Observer    = (*Metrics)(nil)
	_ prometheus.Collector = (*Metrics)(nil)
)

// New returns metrics that have counted nothing.
func New(opts Options) *Metrics {
	m := &Metrics{}
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		v := prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "shenjiao", Name: name, Help: help}, labels)
		m.all = append(m.all, v)
		return v
	}
	gauges := func(name, help string, labels ...string) *prometheus.GaugeVec {
		v := prometheus.NewGaugeVec(prometheus.GaugeOpts{Namespace: "shenjiao", Name: name, Help: help}, labels)
		m.all = append(m.all, v)
		return v
	}
	histogram := func(name, help string, buckets []float64) prometheus.Histogram {
		h := prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "shenjiao", Name: name, Help: help, Buckets: buckets})
		m.all = append(m.all, h)
		return h
	}
	m.scans = counters("scans_total", "Checks by verdict; error for those that failed.", "verdict")
	for _, v := range []review.Verdict{review.VerdictPass, review.VerdictReview, review.VerdictBlock} {
		m.scans.WithLabelValues(v.String())
	}
	m.scans.WithLabelValues("error")
	m.bytes = prometheus.NewCounter(prometheus.CounterOpts{Namespace: "shenjiao", Name: "scanned_bytes_total", Help: "Text that was checked."})
	m.all = append(m.all, m.bytes)
	// A draft of 2 KB takes tens of microseconds, a book a second.
	m.seconds = histogram("scan_seconds", "How long checks worked.", prometheus.ExponentialBuckets(50e-6, 4, 10))
	m.findings = counters("findings_total", "Findings by category and action.", "category", "action")
	m.suppressed = counters("suppressed_total", "Findings that somebody had answered for.", "category")
	m.vetoed = counters("vetoed_total", "Candidates that did not become findings.", "reason")
	m.notEvaluated = counters("not_evaluated_total", "Publishing rules that lacked an input.", "rule")
	if opts.Entries {
		m.entryFindings = counters("entry_findings_total", "Findings of each entry of the lexicon.", "pack", "category", "term")
		m.entryVetoed = counters("entry_vetoed_total", "Vetoed candidates of each entry of the lexicon.", "pack", "category", "term")
	}
	m.reloads = counters("reloads_total", "Attempts to load packs that changed.", "result")
	m.reloads.WithLabelValues("ok")
	m.reloads.WithLabelValues("error")
	m.reloadSeconds = histogram("reload_seconds", "How long attempts to load packs took.", prometheus.ExponentialBuckets(0.01, 3, 8))
	m.snapshot = gauges("snapshot_info", "The snapshot that scans work with.", "digest", "profile")
	m.packs = gauges("pack_info", "The packs of the snapshot.", "pack", "version")
	return m
}

// Describe implements [prometheus.Collector].
func (m *Metrics) Describe(ch chan<- *prometheus.Desc) {
	for _, c := range m.all {
		c.Describe(ch)
	}
}

// Collect implements [prometheus.Collector].
func (m *Metrics) Collect(ch chan<- prometheus.Metric) {
	for _, c := range m.all {
		c.Collect(ch)
	}
}

// Scanned implements [shenjiao.Observer].
func (m *Metrics) Scanned(_ context.Context, e shenjiao.ScanEvent) {
	m.seconds.Observe(e.Took.Seconds())
	m.bytes.Add(float64(e.Bytes))
	if e.Err != nil {
		m.scans.WithLabelValues("error").Inc()
		return
	}
	r := e.Report
	m.scans.WithLabelValues(r.Verdict.String()).Inc()
	for i := range r.Findings {
		f := &r.Findings[i]
		m.findings.WithLabelValues(f.Category, f.Action.String()).Inc()
		if m.entryFindings != nil && f.Term != "" {
			m.entryFindings.WithLabelValues(f.Pack, f.Category, f.Term).Inc()
		}
	}
	for i := range r.Suppressed {
		m.suppressed.WithLabelValues(r.Suppressed[i].Finding.Category).Inc()
	}
	for i := range e.Vetoed {
		v := &e.Vetoed[i]
		m.vetoed.WithLabelValues(string(v.Reason)).Inc()
		if m.entryVetoed != nil && v.Pack != "" {
			m.entryVetoed.WithLabelValues(v.Pack, v.Category, v.Term).Inc()
		}
	}
	for _, ev := range r.Evaluations {
		if ev.Status == review.StatusNotEvaluated {
			m.notEvaluated.WithLabelValues(ev.Rule).Inc()
		}
	}
}

// Reloaded is what [reload.Options].OnReload wants.
func (m *Metrics) Reloaded(e reload.Event) {
	m.reloadSeconds.Observe(e.Took.Seconds())
	if e.Err != nil {
		m.reloads.WithLabelValues("error").Inc()
		return
	}
	m.reloads.WithLabelValues("ok").Inc()
	m.Using(e.After)
}

// Using says which snapshot scans work with. Reloaded calls it; a program
// calls it once for the first one.
func (m *Metrics) Using(s review.Snapshot) {
	m.snapshot.Reset()
	m.snapshot.WithLabelValues(s.Digest, s.Profile).Set(1)
	m.packs.Reset()
	for _, p := range s.Packs {
		m.packs.WithLabelValues(p.ID, p.Version).Set(1)
	}
}
