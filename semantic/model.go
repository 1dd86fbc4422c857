package semantic

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/shenjiao/shenjiao/segment"
)

// A Model scores windows of text. It is immutable and safe for concurrent use.
type Model struct {
	header header
	digest string

	// Grams of weight: weights holds a row of len(header.Classes) for each key.
	keys    []uint32
	weights []int8

	// Made of these by index; see sums.go.
	slots   []slot // open hash table
	mask    uint32
	filter  []uint64
	rows    []uint64 // weights, laneWeights a word, words64 words for each key
	words64 int
	signals map[string]int // indexes of header.Signals

	gate   [gateSize]int8
	words  segment.Segmenter // nil: without words
	judges *sync.Pool        // of *judge
}

// header is what a model file says beside its tables.
type header struct {
	Version string   `json:"version"`
	Rows    int      `json:"rows"` // it was trained on
	Sources []string `json:"sources"`
	Seed    uint64   `json:"seed"`
	// FalseRate is the share of harmless rows that the thresholds were chosen
	// to let pass as a finding.
	FalseRate float64      `json:"false_rate"`
	Classes   []class      `json:"classes"`
	Signals   []string     `json:"signals"`
	Gate      gateSettings `json:"gate"`
	// Words is how far below its threshold a class may be by all but the words,
	// that these are looked at: they cost most.
	Words float64 `json:"words"`
}

// class is the linear model of one category: the score of a window is
//
//	Bias + Scale * (sum of gram weights) / sqrt(codes) + sum of Signals
type class struct {
	Category  string    `json:"category"`
	Bias      float64   `json:"bias"`
	Scale     float64   `json:"scale"`
	Signals   []float64 `json:"signals"`
	Threshold float64   `json:"threshold"` // a score from here on is a finding
	// Platt's calibration: the probability of a score s is 1/(1+exp(-(A*s+B))).
	A float64 `json:"a"`
	B float64 `json:"b"`
}

type gateSettings struct {
	Bias      float64   `json:"bias"`
	Scale     float64   `json:"scale"`
	Signals   []float64 `json:"signals"`
	Threshold float64   `json:"threshold"`
}

// Segmented returns the model with other word boundaries than those of gse and
// its embedded dictionary, with which the starter model was trained.
func (m *Model) Segmented(by segment.Segmenter) *Model {
	other := *m
	other.words = by
	other.pool()
	return &other
}

// Version returns the version that the model's maker gave it.
func (m *Model) Version() string { return m.header.Version }

// Digest returns the hex SHA-256 of the model file.
func (m *Model) Digest() string { return m.digest }

// Rows returns how many rows the model was trained on, and Sources where they
// came from.
func (m *Model) Rows() int { return m.header.Rows }

// Sources returns the sources of the rows, sorted.
func (m *Model) Sources() []string { return slices.Clone(m.header.Sources) }

// Categories returns the categories that the model knows, sorted.
func (m *Model) Categories() []string {
	var all []string
	for _, c := range m.header.Classes {
		all = append(all, c.Category)
	}
	return all
}

// A Judgement is a window of a text that means something, with its reasons.
type Judgement struct {
	Category   string
	Confidence float64    // the calibrated probability
	Start, End int64      // byte offsets into the text, half-open, on rune boundaries
	Text       string     // what stands there
	Folded     string     // Text without what editors change in passing; every digit is 0
	Evidence   []Evidence // what weighed most, the heaviest first
}

// Evidence is one reason of a judgement.
type Evidence struct {
	Text   string  // of the window, folded; empty for a signal
	Signal string  // what it is called in Chinese; empty for characters
	Weight float64 // its share of the score
}

// maxEvidence is how many reasons a judgement gives.
const maxEvidence = 5

// judge is the work space of judging windows. It is not safe for concurrent use.
type judge struct {
	m       *Model
	reading reading
	sums    []int32
	lanes   lanes
	signals []int    // indexes of the window's signals
	seen    []uint32 // by key: the window that it was last seen in
	window  uint32
}

func (m *Model) newJudge() *judge {
	return &judge{
		m: m, sums: make([]int32, len(m.header.Classes)), seen: make([]uint32, len(m.keys)),
		lanes: lanes{sums: make([]uint64, 2*m.words64)},
	}
}

// pool makes the pool of judges.
func (m *Model) pool() { m.judges = &sync.Pool{New: func() any { return m.newJudge() }} }

// release gives a judge back, without a reference to the text; nil is none.
func (j *judge) release() {
	if j != nil {
		j.reading.text = ""
		j.m.judges.Put(j)
	}
}

// newWindow forgets which grams were seen.
func (j *judge) newWindow() {
	if j.window++; j.window == 0 {
		clear(j.seen)
		j.window = 1
	}
}

// known calls f if the gram has weights and the window did not have it before: a
// phrase that is repeated says what it says once.
func (j *judge) known(f func(g gram, weights []int8)) func(gram) {
	n := len(j.m.header.Classes)
	return func(g gram) {
		if k := j.m.find(g.hash); k >= 0 && j.seen[k] != j.window {
			j.seen[k] = j.window
			f(g, j.m.weights[k*n:][:n])
		}
	}
}

// signal returns the index of a signal's name, -1 if the model does not know it.
func (m *Model) signal(name string) int {
	if i, ok := m.signals[name]; ok {
		return i
	}
	return -1
}

// passes reports whether the gate lets a window through. near are the signals
// that end in it.
func (m *Model) passes(w window, near []Signal) bool {
	g := &m.header.Gate
	score := g.Bias + float64(g.Scale*float64(w.gate))/root(int(w.n))
	for i, s := range near {
		if k := m.signal(s.Name); k >= 0 && !repeated(near, i) {
			score += g.Signals[k]
		}
	}
	return score >= g.Threshold
}

// repeated reports whether a signal of the same name stands before near[i].
func repeated(near []Signal, i int) bool {
	// A window has few signals; of more than these the rest is not looked at.
	return i >= maxSignals || slices.ContainsFunc(near[:i], func(s Signal) bool { return s.Name == near[i].Name })
}

const maxSignals = 64

// score reads a window's text and returns the best class and by how much its
// score is above its threshold. With all, every score is put there; without, the
// words are looked at only where they may decide.
func (j *judge) score(text string, near []Signal, all []float64) (best int, margin float64) {
	m := j.m
	j.reading.read(text)
	clear(j.sums)
	j.addGrams()
	j.signals = j.signals[:0]
	for i, s := range near {
		if k := m.signal(s.Name); k >= 0 && !repeated(near, i) {
			j.signals = append(j.signals, k)
		}
	}
	j.reading.cues(func(cue, _, _ int) {
		if k := m.signal(signalCue + cues[cue].name); k >= 0 {
			j.signals = append(j.signals, k)
		}
	})
	slices.Sort(j.signals) // so that sums of floats have one order
	best, margin = j.best(all)
	if m.words == nil || all == nil && margin < m.header.Words {
		return best, margin
	}
	j.reading.words(m.words, func(g gram) { j.addRow(g.hash) })
	j.emptyLanes()
	return j.best(all)
}

// best sums up the scores.
func (j *judge) best(all []float64) (best int, margin float64) {
	best, margin = -1, math.Inf(-1)
	r := root(max(1, len(j.reading.codes)))
	for c := range j.m.header.Classes {
		k := &j.m.header.Classes[c]
		s := k.Bias + float64(k.Scale*float64(j.sums[c]))/r
		for _, i := range j.signals {
			s += k.Signals[i]
		}
		if all != nil {
			all[c] = s
		}
		if s-k.Threshold > margin {
			best, margin = c, s-k.Threshold
		}
	}
	return best, margin
}

// explain makes the judgement of the window that was scored last.
func (j *judge) explain(text string, start int64, near []Signal, class int, margin float64) Judgement {
	k := &j.m.header.Classes[class]
	out := Judgement{
		Category: k.Category, Confidence: sigmoid(float64(k.A*(k.Threshold+margin)) + k.B),
		Start: start, End: start + int64(len(text)), Text: strings.Clone(text), Folded: j.reading.folded(),
	}
	out.Evidence = j.evidence(near, start, class)
	return out
}

// evidence returns what spoke most for the class: signals, and places of the
// text. The weight of a place is that of all n-grams in it, so that one phrase
// is not told four times.
func (j *judge) evidence(near []Signal, start int64, class int) []Evidence {
	m, k := j.m, &j.m.header.Classes[class]
	var all []Evidence
	for _, i := range j.signals {
		if k.Signals[i] > 0 {
			all = append(all, Evidence{Signal: signalTitle(m.header.Signals[i]), Weight: k.Signals[i]})
		}
	}
	n := len(j.reading.codes)
	private := make([]bool, n)
	if slices.ContainsFunc(near, func(s Signal) bool { return s.Private }) {
		starts, ends := j.reading.places()
		for _, s := range near {
			for i := range n {
				private[i] = private[i] || s.Private && start+int64(starts[i]) < s.End && s.Start < start+int64(ends[i])
			}
		}
	}
	// Weight by character, then runs of characters that speak for the class.
	heat := make([]float64, n)
	scale := k.Scale / root(max(1, n))
	j.newWindow()
	known := j.known(func(g gram, weights []int8) {
		for i := g.at; i < g.at+g.length; i++ {
			heat[i] += scale * float64(weights[class]) / float64(g.length)
		}
	})
	j.reading.grams(known)
	if m.words != nil {
		j.reading.words(m.words, known)
	}
	text := []rune(j.reading.folded())
	for i := 0; i < n; {
		if heat[i] <= 0 || private[i] || j.reading.codes[i] < firstWord {
			i++
			continue
		}
		from, sum := i, 0.0
		for i < n && i-from < 6 && heat[i] > 0 && !private[i] && j.reading.codes[i] >= firstWord {
			sum += heat[i]
			i++
		}
		if i-from >= 2 {
			all = append(all, Evidence{Text: string(text[from:i]), Weight: sum})
		}
	}
	slices.SortStableFunc(all, func(a, b Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
	seen := map[Evidence]bool{}
	all = slices.DeleteFunc(all, func(e Evidence) bool {
		key := Evidence{Text: e.Text, Signal: e.Signal}
		again := seen[key]
		seen[key] = true
		return again
	})
	return all[:min(len(all), maxEvidence)]
}

// sigmoid is 1/(1+exp(-x)), with the same result on every machine: math.Exp
// differs in its last bits where it is written in assembly.
func sigmoid(x float64) float64 {
	x = max(-40, min(40, x))
	// exp(-x) = 2^k * exp(f), |f| <= ln2/2
	k := math.Floor(float64(-x/math.Ln2) + 0.5)
	f := -x - float64(k*math.Ln2)
	e, term := 1.0, 1.0
	for i := 1; i < 16; i++ {
		term = float64(term*f) / float64(i)
		e += term
	}
	return 1 / (1 + math.Ldexp(e, int(k)))
}
