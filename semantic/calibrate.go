package semantic

import (
	"math"
	"slices"
)

// gateKeep is the share of what would be found that the gate has to let
// through, on rows that it has not seen; of that, the same share has to come
// to the words.
const gateKeep = 0.99

// leastOdds is the logarithm of the odds that a finding needs at least, however few
// of the harmless rows score more: that of one in three.
const leastOdds = -math.Ln2

// calibrate sets probabilities, thresholds and the gate of m by the scores of
// rows that were held out.
func (p *problem) calibrate(m *Model, rows []int, held *scores) {
	harmless := 0
	for _, k := range rows {
		if p.examples[k].Category == "" {
			harmless++
		}
	}
	// Each class may have its share of the false findings, on messages and on
	// longer texts.
	allowed := int(p.opts.FalseRate * float64(harmless+len(held.joined[0])) / float64(len(p.classes)))
	for c := range m.header.Classes {
		class := &m.header.Classes[c]
		var false_, all []float64
		var is []bool
		for _, k := range rows {
			s := held.classes[c][k]
			all, is = append(all, s), append(is, p.examples[k].Category == p.classes[c])
			if p.examples[k].Category == "" {
				false_ = append(false_, s)
			}
		}
		class.A, class.B = platt(all, is)
		false_ = append(false_, held.joined[c]...)
		slices.Sort(false_)
		class.Threshold = math.Nextafter(false_[len(false_)-1-min(allowed, len(false_)-1)], math.Inf(1))
		if least := (leastOdds - class.B) / class.A; class.A > 0 {
			class.Threshold = max(class.Threshold, least)
		}
	}
	var gate, words []float64 // of harmful rows that would be found: gate's scores; margins without words
	for _, k := range rows {
		if p.examples[k].Category == "" {
			continue
		}
		found, margin := false, math.Inf(-1)
		for c := range m.header.Classes {
			found = found || held.classes[c][k] >= m.header.Classes[c].Threshold
			margin = max(margin, held.partial[c][k]-m.header.Classes[c].Threshold)
		}
		if found {
			gate, words = append(gate, held.gate[k]), append(words, margin)
		}
	}
	m.header.Gate.Threshold, m.header.Words = least(gate), least(words)
}

// least is where the share gateKeep of the scores begins; 0 for none.
func least(scores []float64) float64 {
	if len(scores) == 0 {
		return 0
	}
	slices.Sort(scores)
	return scores[int(float64(len(scores))*(1-gateKeep))]
}

// platt fits P(is) = 1/(1+exp(-(A*s+B))) by Newton's method with backtracking:
// J. Platt, Probabilistic Outputs for Support Vector Machines, 1999, with the
// target values from there, in the form of H.-T. Lin, C.-J. Lin and R. C. Weng,
// A Note on Platt's Probabilistic Outputs, Machine Learning 68 (2007). Signs
// are turned around, so that A is positive for scores that mean something.
func platt(s []float64, is []bool) (a, b float64) {
	yes := 0
	for _, x := range is {
		if x {
			yes++
		}
	}
	no := len(is) - yes
	high, low := float64(yes+1)/float64(yes+2), 1/float64(no+2)
	target := func(i int) float64 {
		if is[i] {
			return high
		}
		return low
	}
	// log(1+exp(-x)) without overflow, from sigmoid, which is exact everywhere.
	loss := func(a, b float64) (sum float64) {
		for i := range s {
			x := float64(a*s[i]) + b
			sum -= float64(target(i)*logSigmoid(x)) + float64((1-target(i))*logSigmoid(-x))
		}
		return sum
	}
	a, b = 1, math.Log(float64(yes+1)/float64(no+1))
	for range 100 {
		const ridge = 1e-12
		h11, h22, h21, g1, g2 := ridge, ridge, 0.0, 0.0, 0.0
		for i := range s {
			p := sigmoid(float64(a*s[i]) + b)
			d := float64(p * (1 - p))
			h11 += float64(float64(s[i]*s[i]) * d)
			h22 += d
			h21 += float64(s[i] * d)
			g1 += float64(s[i] * (p - target(i)))
			g2 += p - target(i)
		}
		if math.Abs(g1) < 1e-5 && math.Abs(g2) < 1e-5 {
			break
		}
		det := float64(h11*h22) - float64(h21*h21)
		da, db := -(float64(h22*g1)-float64(h21*g2))/det, -(float64(h11*g2)-float64(h21*g1))/det
		slope := float64(g1*da) + float64(g2*db)
		before := loss(a, b)
		step := 1.0
		for ; step >= 1e-10; step /= 2 {
			if loss(a+float64(step*da), b+float64(step*db)) < before+float64(1e-4*float64(step*slope)) {
				a, b = a+float64(step*da), b+float64(step*db)
				break
			}
		}
		if step < 1e-10 {
			break
		}
	}
	return round6(a), round6(b)
}

// logSigmoid is the logarithm of sigmoid(x).
func logSigmoid(x float64) float64 { return math.Log(sigmoid(x)) }

// round6 drops the digits in which machines may differ.
func round6(x float64) float64 { return math.Round(x*1e6) / 1e6 }
