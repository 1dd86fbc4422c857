package semantic

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/recognize"
)

// Annotate makes examples of rows: with what the lexicon and the recogniser
// know about their texts, as in a scan.
func Annotate(rows []Row, l *lexicon.Lexicon, r *recognize.Recognizer) []Example {
	all := make([]Example, len(rows))
	for i, row := range rows {
		all[i] = Example{row, AppendSignals(nil, l.FindAll(row.Text, lexicon.Scene{}), r.FindAll(row.Text))}
	}
	return all
}

// An Outcome is what a model that has not seen a row says about it.
type Outcome struct {
	Example
	// Found is the category of the strongest finding; empty for none.
	Found string
	// Probability is the calibrated one of each category that the model knows,
	// without gate and threshold.
	Probability map[string]float64
	// Score minus threshold of each category that the model knows.
	Margin map[string]float64
}

// LeaveOneSourceOut judges the rows of each source with a model of the rows of
// all others, made as [Train] makes it.
func LeaveOneSourceOut(examples []Example, opts TrainOptions) ([]Outcome, error) {
	group := map[string]int{}
	for _, e := range examples {
		group[e.Source] = 0
	}
	if len(group) < 2 {
		return nil, fmt.Errorf("semantic: got rows of %d source, want two or more to leave one out", len(group))
	}
	for i, s := range slices.Sorted(maps.Keys(group)) {
		group[s] = i
	}
	return leaveOut(examples, opts, len(group), func(p *problem) []int {
		of := make([]int, len(p.examples))
		for i, e := range p.examples {
			of[i] = group[e.Source]
		}
		return of
	})
}

// CrossValidate judges the rows of each of opts.Folds folds with a model of the
// rows of all others.
func CrossValidate(examples []Example, opts TrainOptions) ([]Outcome, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	return leaveOut(examples, opts, opts.Folds, func(p *problem) []int {
		// Not the folds that the thresholds are chosen by.
		q := &problem{opts: p.opts, examples: p.examples}
		q.opts.Seed += 1000
		return q.folds(p.everything())
	})
}

func leaveOut(examples []Example, opts TrainOptions, groups int, groupOf func(*problem) []int) ([]Outcome, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	p, err := newProblem(examples, opts)
	if err != nil {
		return nil, err
	}
	of := groupOf(p)
	p.total = groups * p.work()
	fixed := p.total
	out := make([]Outcome, len(p.examples))
	for g := range groups {
		var in, left []int
		for i, k := range of {
			if k == g {
				left = append(left, i)
			} else {
				in = append(in, i)
			}
		}
		if !slices.ContainsFunc(in, func(i int) bool { return p.examples[i].Category == "" }) {
			return nil, errors.New("semantic: all harmless rows are of one source, want some of another to leave it out")
		}
		m := p.train(in)
		p.total = fixed
		j := m.newJudge()
		all := make([]float64, len(m.header.Classes))
		for _, i := range left {
			e := p.examples[i]
			o := Outcome{Example: e, Probability: map[string]float64{}, Margin: map[string]float64{}}
			j.score(e.Text, e.Signals, all)
			for c, k := range m.header.Classes {
				o.Probability[k.Category] = sigmoid(float64(k.A*all[c]) + k.B)
				o.Margin[k.Category] = all[c] - k.Threshold
			}
			best := -1.0
			for _, f := range m.FindAll(e.Text, e.Signals) {
				if f.Confidence > best {
					o.Found, best = f.Category, f.Confidence
				}
			}
			out[i] = o
		}
	}
	return out, nil
}
