package main

import (
	"cmp"
	"slices"

	"github.com/shenjiao/shenjiao/bench/corpus"
)

// results is what one run measured; committed as JSON, and all that tables and
// plot are made of.
type results struct {
	Plan    string       `json:"plan"`
	Command string       `json:"command"` // that measured
	Commit  string       `json:"commit,omitempty"`
	Seconds int          `json:"seconds"` // that it took
	Machine machine      `json:"machine"`
	Cases   []caseResult `json:"cases"`
	Scanner *scanner     `json:"scanner,omitempty"`
}

// caseResult is the contest on one text and lexicon.
type caseResult struct {
	Name     string        `json:"name"`
	Terms    int           `json:"terms"`
	Hits     string        `json:"hits"`
	Bytes    int           `json:"bytes"`
	Planted  int           `json:"planted"`
	Answer   corpus.Answer `json:"answer"`
	Measured []measured    `json:"measured"`
}

// measured is one contender on one case.
type measured struct {
	contender
	Version string  `json:"version,omitempty"`
	Skipped string  `json:"skipped,omitempty"` // why it was not measured
	BuildNS int64   `json:"build_ns,omitempty"`
	Heap    int64   `json:"heap_bytes,omitempty"`
	Peak    int64   `json:"peak_bytes,omitempty"` // most memory of the process, text and terms included
	Matches int     `json:"matches,omitempty"`
	Rounds  []round `json:"rounds,omitempty"`
}

// round is what a contender did in a round.
type round struct {
	Scans int   `json:"scans"`
	NS    int64 `json:"ns"` // for all of them
}

// rate is megabytes (10^6 bytes) a second.
func (r round) rate(bytes int) float64 {
	return float64(bytes) * float64(r.Scans) / float64(r.NS) * 1e3
}

// rate is the median over the rounds.
func (m *measured) rate(bytes int) float64 {
	return median(m.Rounds, func(r round) float64 { return r.rate(bytes) })
}

// ratio is how many times faster lead is than m: the median of the ratios in
// the rounds.
func (m *measured) ratio(lead *measured) float64 {
	type pair struct{ a, b round }
	var pairs []pair
	for i := range min(len(m.Rounds), len(lead.Rounds)) {
		pairs = append(pairs, pair{lead.Rounds[i], m.Rounds[i]})
	}
	return median(pairs, func(p pair) float64 { return p.a.rate(1) / p.b.rate(1) })
}

// spread is the difference of the fastest and the slowest round over the
// median.
func (m *measured) spread() float64 {
	low, high := 0.0, 0.0
	for i, r := range m.Rounds {
		v := r.rate(1)
		if i == 0 || v < low {
			low = v
		}
		high = max(high, v)
	}
	return (high - low) / m.rate(1)
}

// lead is the contender of the group that others are compared with.
func (c *caseResult) lead(group string) *measured {
	for i := range c.Measured {
		if m := &c.Measured[i]; m.Group == group && m.Leads {
			return m
		}
	}
	return nil
}

// find returns a contender of a group that was measured, or nil.
func (c *caseResult) find(group, id string) *measured {
	for i := range c.Measured {
		if m := &c.Measured[i]; m.Group == group && m.ID == id && len(m.Rounds) > 0 {
			return m
		}
	}
	return nil
}

func median[T any](list []T, value func(T) float64) float64 {
	if len(list) == 0 {
		return 0
	}
	values := make([]float64, len(list))
	for i, x := range list {
		values[i] = value(x)
	}
	slices.SortFunc(values, cmp.Compare)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
