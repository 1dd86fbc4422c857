package semantic

import "slices"

// An Explanation is one window with all that the model says about it, whether
// or not it becomes a judgement.
type Explanation struct {
	Start, End int64
	Text       string
	Passes     bool // the gate
	Classes    []ClassScore
}

// A ClassScore is what the model says about one category.
type ClassScore struct {
	Category    string
	Score       float64
	Margin      float64 // Score minus the threshold
	Probability float64 // calibrated
	Evidence    []Evidence
}

// Explain tells everything about each window of a text.
func (m *Model) Explain(text string, signals []Signal) []Explanation {
	signals = slices.Clone(signals)
	sortSignals(signals)
	c := cutter{gate: &m.gate}
	j := m.newJudge()
	var out []Explanation
	for _, w := range c.close(c.read(nil, text, 0)) {
		near := within(signals, w)
		e := Explanation{Start: w.start, End: w.end, Text: text[w.start:w.end], Passes: m.passes(w, near)}
		all := make([]float64, len(m.header.Classes))
		j.score(e.Text, near, all)
		for c, k := range m.header.Classes {
			e.Classes = append(e.Classes, ClassScore{
				Category: k.Category, Score: all[c], Margin: all[c] - k.Threshold,
				Probability: sigmoid(float64(k.A*all[c]) + k.B), Evidence: j.evidence(near, w.start, c),
			})
		}
		out = append(out, e)
	}
	return out
}
