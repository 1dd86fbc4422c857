package semantic

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/shenjiao/shenjiao/segment"
)

// TrainOptions configure [Train]. The zero value makes the starter model.
type TrainOptions struct {
	Version   string  // of the model
	Seed      uint64  // of the order of rows and of the folds
	FalseRate float64 // share of harmless rows that may become findings; 0 is [DefaultFalseRate]
	Folds     int     // 0 is [DefaultFolds]
	Epochs    int     // passes over the rows; 0 is [DefaultEpochs]
	MinRows   int     // rows that an n-gram or word must stand in; 0 is 2

	// Segmenter finds the words; nil is gse with its embedded dictionary.
	Segmenter segment.Segmenter

	// Progress, if it is not nil, is called when a part of the work is done.
	// Calls do not overlap.
	Progress func(done, total int)
}

// The defaults of TrainOptions.
const (
	DefaultFalseRate = 0.04
	DefaultFolds     = 5
	DefaultEpochs    = 8
)

// complete checks the options and fills in the defaults.
func (o TrainOptions) complete() (TrainOptions, error) {
	if o.Segmenter == nil {
		words, err := segment.Default()
		if err != nil {
			return o, fmt.Errorf("semantic: TrainOptions.Segmenter is nil: %w", err)
		}
		o.Segmenter = words
	}
	o.FalseRate = cmp.Or(o.FalseRate, DefaultFalseRate)
	o.Folds = cmp.Or(o.Folds, DefaultFolds)
	o.Epochs = cmp.Or(o.Epochs, DefaultEpochs)
	o.MinRows = cmp.Or(o.MinRows, 2)
	switch {
	case !(o.FalseRate > 0 && o.FalseRate < 1):
		return o, fmt.Errorf("semantic: TrainOptions.FalseRate: want a number between 0 and 1, got %v", o.FalseRate)
	case o.Folds < 2:
		return o, fmt.Errorf("semantic: TrainOptions.Folds: want 2 or more, got %d", o.Folds)
	case o.Epochs < 1 || o.MinRows < 1:
		return o, errors.New("semantic: TrainOptions: Epochs and MinRows must not be negative")
	}
	return o, nil
}

// minClass is how many rows a category needs to be learned.
const minClass = 10

// Train makes a model of examples. The same examples, in any order, and options
// give the same bytes on every machine.
//
// For each category with ten rows or more it fits a logistic regression of that
// category against the rest, by FTRL-Proximal, and adds one of all categories
// against the harmless rows. Then it does so again for each
// fold without the rows of that fold, and takes the scores of these rows, which
// no model has seen, to calibrate probabilities (Platt) and to choose the
// thresholds: at most FalseRate of the harmless rows become a finding.
func Train(examples []Example, opts TrainOptions) (*Model, error) {
	opts, err := opts.complete()
	if err != nil {
		return nil, err
	}
	p, err := newProblem(examples, opts)
	if err != nil {
		return nil, err
	}
	return p.train(p.everything()), nil
}

// problem is examples as vectors.
type problem struct {
	opts     TrainOptions
	examples []Example
	classes  []string
	keys     []uint32 // hashes of n-grams and words, ascending
	word     []bool   // by key
	signals  []string // sorted
	rows     []vector
	pairs    []vector // for the gate

	mu          sync.Mutex
	done, total int
}

// vector is a row: the features x[index[i]] = value[i]; features from the
// number of keys on are signals.
type vector struct {
	index []int32
	value []float64
}

func newProblem(examples []Example, opts TrainOptions) (*problem, error) {
	p := &problem{opts: opts, examples: slices.Clone(examples)}
	// One order, whatever that of the files was.
	slices.SortFunc(p.examples, func(a, b Example) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Category, b.Category))
	})
	counts := map[string]int{}
	for _, e := range p.examples {
		counts[e.Category]++
	}
	if counts[""] < minClass {
		return nil, fmt.Errorf("semantic: got %d harmless rows, want %d at least", counts[""], minClass)
	}
	delete(counts, "")
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n < minClass })
	if len(counts) == 0 {
		return nil, fmt.Errorf("semantic: no category has %d rows", minClass)
	}
	p.classes = slices.Sorted(maps.Keys(counts))

	var r reading
	in := map[uint32]int{} // rows that hold the gram
	words := map[uint32]bool{}
	names := map[string]bool{}
	for _, c := range cues {
		names[signalCue+c.name] = true
	}
	for _, e := range p.examples {
		r.read(e.Text)
		seen := map[uint32]bool{}
		count := func(g gram) {
			if !seen[g.hash] {
				seen[g.hash] = true
				in[g.hash]++
			}
		}
		r.grams(count)
		r.words(opts.Segmenter, func(g gram) {
			words[g.hash] = true
			count(g)
		})
		for _, s := range e.Signals {
			names[s.Name] = true
		}
	}
	for k, n := range in {
		if n >= opts.MinRows {
			p.keys = append(p.keys, k)
		}
	}
	slices.Sort(p.keys)
	p.word = make([]bool, len(p.keys))
	for i, k := range p.keys {
		p.word[i] = words[k]
	}
	p.signals = slices.Sorted(maps.Keys(names))
	for _, e := range p.examples {
		full, pairs := p.vectors(e)
		p.rows, p.pairs = append(p.rows, full), append(p.pairs, pairs)
	}
	return p, nil
}

// vectors returns what the classes and the gate see of an example.
func (p *problem) vectors(e Example) (full, pairs vector) {
	var r reading
	r.read(e.Text)
	scale := 1 / root(max(1, len(r.codes)))
	grams, two := map[int32]float64{}, map[int32]float64{}
	known := func(g gram) {
		if i, ok := slices.BinarySearch(p.keys, g.hash); ok {
			grams[int32(i)] = scale
		}
	}
	r.grams(known)
	r.words(p.opts.Segmenter, known)
	prev := code(0)
	for _, c := range r.codes {
		two[int32(gateIndex(prev, c))] += scale
		prev = c
	}
	mark := func(name string, cue bool) {
		i, ok := slices.BinarySearch(p.signals, name)
		if !ok {
			return
		}
		grams[int32(len(p.keys)+i)] = 1
		if !cue {
			two[int32(gateSize+i)] = 1
		}
	}
	for _, s := range e.Signals {
		mark(s.Name, false)
	}
	r.cues(func(cue, _, _ int) { mark(signalCue+cues[cue].name, true) })
	return newVector(grams), newVector(two)
}

func newVector(m map[int32]float64) (v vector) {
	for _, i := range slices.Sorted(maps.Keys(m)) {
		v.index, v.value = append(v.index, i), append(v.value, m[i])
	}
	return v
}

// everything is the indexes of all rows.
func (p *problem) everything() []int {
	all := make([]int, len(p.rows))
	for i := range all {
		all[i] = i
	}
	return all
}

// train fits, calibrates and packs a model of some rows.
func (p *problem) train(rows []int) *Model {
	p.mu.Lock()
	p.total += p.work()
	p.mu.Unlock()
	folds := p.folds(rows)
	scores := p.newScores()
	for f := range p.opts.Folds {
		var in, out []int
		for i, k := range rows {
			if folds[i] == f {
				out = append(out, k)
			} else {
				in = append(in, k)
			}
		}
		fitted := p.fit(in)
		fitted.score(p, out, scores)
		for _, l := range p.join(out) {
			if l.category == "" {
				for c := range fitted.classes {
					scores.joined[c] = append(scores.joined[c], fitted.classes[c].score(l.full))
				}
			}
		}
	}
	whole := p.fit(rows)
	m := p.pack(whole, len(rows), rows)
	p.calibrate(m, rows, scores)
	return m
}

// work is how many fits train needs: of each class, of all together, and of the
// gate, for each fold and for the whole.
func (p *problem) work() int { return (p.opts.Folds + 1) * (len(p.classes) + 2) }

// folds gives each row a fold at random, the rows of each category evenly.
func (p *problem) folds(rows []int) []int {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(p.opts.Seed, 1))
	rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(p.examples[rows[a]].Category, p.examples[rows[b]].Category)
	})
	folds := make([]int, len(rows))
	for i, k := range order {
		folds[k] = i % p.opts.Folds
	}
	return folds
}

// fitted are the weights of each class and of the gate, before they are packed.
type fitted struct {
	classes []linear
	gate    linear
}

type linear struct {
	bias    float64
	weights []float64
}

func (l *linear) score(v vector) float64 {
	s := l.bias
	for i, k := range v.index {
		s += float64(l.weights[k] * v.value[i])
	}
	return s
}

// scores are those of each row by the models that have not seen it.
type scores struct {
	classes [][]float64 // by class, by row
	partial [][]float64 // of these, all but what the words say
	gate    []float64
	joined  [][]float64 // by class: of harmless rows joined
}

func (p *problem) newScores() *scores {
	n := len(p.classes)
	s := &scores{classes: make([][]float64, n), partial: make([][]float64, n), gate: make([]float64, len(p.rows)), joined: make([][]float64, n)}
	for c := range n {
		s.classes[c], s.partial[c] = make([]float64, len(p.rows)), make([]float64, len(p.rows))
	}
	return s
}

func (f *fitted) score(p *problem, rows []int, out *scores) {
	for _, k := range rows {
		for c := range f.classes {
			l := &f.classes[c]
			out.classes[c][k] = l.score(p.rows[k])
			out.partial[c][k] = out.classes[c][k]
			for i, key := range p.rows[k].index {
				if int(key) < len(p.word) && p.word[key] {
					out.partial[c][k] -= float64(l.weights[key] * p.rows[k].value[i])
				}
			}
		}
		out.gate[k] = f.gate.score(p.pairs[k])
	}
}

// labelled is a vector and the category of its row.
type labelled struct {
	vector
	category string
}

// joined is a text of several rows.
type joined struct {
	full, pairs vector
	category    string
}

// join makes longer texts of rows, since a window of a draft is longer than a
// message: harmless rows in a row stay harmless, and a harmful one among them
// harmful.
func (p *problem) join(rows []int) []joined {
	rng := rand.New(rand.NewPCG(p.opts.Seed, 3))
	var harmless, harmful []int
	for _, k := range rows {
		if p.examples[k].Category == "" {
			harmless = append(harmless, k)
		} else {
			harmful = append(harmful, k)
		}
	}
	rng.Shuffle(len(harmless), func(i, j int) { harmless[i], harmless[j] = harmless[j], harmless[i] })
	var out []joined
	add := func(category string, parts ...int) {
		var e Example
		for _, k := range parts {
			if e.Text != "" {
				e.Text += "\n"
			}
			e.Text += p.examples[k].Text
			e.Signals = append(e.Signals, p.examples[k].Signals...)
		}
		full, pairs := p.vectors(e)
		out = append(out, joined{full, pairs, category})
	}
	for i := 0; i < len(harmless); {
		n := min(2+rng.IntN(4), len(harmless)-i)
		add("", harmless[i:i+n]...)
		i += n
	}
	for i, k := range harmful {
		if len(harmless) == 0 || i%2 == 1 {
			continue
		}
		other := harmless[rng.IntN(len(harmless))]
		if rng.IntN(2) == 0 {
			add(p.examples[k].Category, k, other)
		} else {
			add(p.examples[k].Category, other, k)
		}
	}
	return out
}

// fit fits every class and the gate to some rows.
func (p *problem) fit(rows []int) *fitted {
	f := &fitted{classes: make([]linear, len(p.classes))}
	var all, pairs []labelled
	common := p.common(rows)
	for _, k := range rows {
		category := p.examples[k].Category
		all = append(all, labelled{p.rows[k].only(common), category})
		pairs = append(pairs, labelled{p.pairs[k], category})
	}
	for _, j := range p.join(rows) {
		all = append(all, labelled{j.full.only(common), j.category})
		pairs = append(pairs, labelled{j.pairs, j.category})
	}
	var work sync.WaitGroup
	learn := func(to *linear, rows []labelled, features int, is func(category string) bool) {
		work.Go(func() {
			*to = p.ftrl(rows, features, is)
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.done++; p.opts.Progress != nil {
				p.opts.Progress(p.done, p.total)
			}
		})
	}
	for c, name := range p.classes {
		learn(&f.classes[c], all, len(p.keys)+len(p.signals), func(category string) bool { return category == name })
	}
	learn(&f.gate, pairs, gateSize+len(p.signals), func(category string) bool { return slices.Contains(p.classes, category) })
	var harmful linear
	learn(&harmful, all, len(p.keys)+len(p.signals), func(category string) bool { return slices.Contains(p.classes, category) })
	work.Wait()
	for c := range f.classes {
		l := &f.classes[c]
		l.bias += float64(pooled * harmful.bias)
		for i, w := range harmful.weights {
			l.weights[i] += float64(pooled * w)
		}
	}
	return f
}

// common says which grams stand in MinRows of some rows. What the rows that are
// left out hold must not decide.
func (p *problem) common(rows []int) []bool {
	in := make([]int, len(p.keys))
	for _, k := range rows {
		for _, i := range p.rows[k].index {
			if int(i) < len(in) {
				in[i]++
			}
		}
	}
	all := make([]bool, len(in))
	for i, n := range in {
		all[i] = n >= p.opts.MinRows
	}
	return all
}

// only leaves out the grams that are not common.
func (v vector) only(common []bool) (w vector) {
	for i, k := range v.index {
		if int(k) >= len(common) || common[k] {
			w.index, w.value = append(w.index, k), append(w.value, v.value[i])
		}
	}
	return w
}

// pooled is the share of the model of all categories together in that of each:
// what harmful messages have in common, such as secrecy and the wish to be
// called, is learned from all of them. Without it a false-positive rate of 1 %
// leaves half as many findings.
const pooled = 1.0

// The constants of FTRL-Proximal, chosen by leave-one-source-out.
const (
	ftrlAlpha = 0.5
	ftrlBeta  = 1.0
	ftrlL1    = 0.02
	ftrlL2    = 0.2
)

// ftrl is FTRL-Proximal with logistic loss and a learning rate for each
// coordinate: H. B. McMahan et al., Ad Click Prediction: a View from the
// Trenches, KDD 2013, algorithm 1. The bias is not regularised. Every product
// is rounded by a conversion, so that no machine fuses it with a sum.
func (p *problem) ftrl(rows []labelled, features int, is func(category string) bool) linear {
	positive := 0
	for _, r := range rows {
		if is(r.category) {
			positive++
		}
	}
	// A row of a small class weighs more.
	weight := max(1, math.Sqrt(float64(len(rows)-positive)/float64(max(1, positive))))
	ratio := p.ratios(rows, features, is)
	bias := features
	w, z, n := make([]float64, features+1), make([]float64, features+1), make([]float64, features+1)
	step := func(i int32, g float64) {
		sigma := (math.Sqrt(n[i]+float64(g*g)) - math.Sqrt(n[i])) / ftrlAlpha
		z[i] += g - float64(sigma*w[i])
		n[i] += float64(g * g)
		l1, l2 := ftrlL1, ftrlL2
		if int(i) == bias {
			l1, l2 = 0, 0
		}
		if math.Abs(z[i]) <= l1 {
			w[i] = 0
			return
		}
		w[i] = -(z[i] - math.Copysign(l1, z[i])) / (float64((ftrlBeta+math.Sqrt(n[i]))/ftrlAlpha) + l2)
	}
	order := slices.Clone(rows)
	rng := rand.New(rand.NewPCG(p.opts.Seed, 2))
	for range p.opts.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, k := range order {
			v := k.vector
			s := w[bias]
			for i, f := range v.index {
				s += float64(w[f] * float64(v.value[i]*ratio[f]))
			}
			g := sigmoid(s)
			if is(k.category) {
				g = float64((g - 1) * weight)
			}
			for i, f := range v.index {
				step(f, float64(g*float64(v.value[i]*ratio[f])))
			}
			step(int32(bias), g)
		}
	}
	for f := range ratio {
		w[f] = float64(w[f] * ratio[f])
	}
	return linear{w[bias], w[:features]}
}

// ratioPrior is added to the counts of [problem.ratios]; chosen by leave-one-source-out.
const ratioPrior = 0.3

// ratios returns what the values of features are multiplied by while a class is
// learned: 1 and the size of the logarithm of how much more frequent the feature is in
// rows of the class than in others. So what few rows hold, but only those of one side,
// is learned as fast as what many hold: S. Wang and C. D. Manning, Baselines and Bigrams:
// Simple, Good Sentiment and Topic Classification, ACL 2012. On sources that were left
// out, it found 59 of a hundred messages at a false rate of 1 %, where it had found 47.
// Signals and the gate's pairs keep their values.
func (p *problem) ratios(rows []labelled, features int, is func(category string) bool) []float64 {
	ratio := make([]float64, features)
	for f := range ratio {
		ratio[f] = 1
	}
	if features != len(p.keys)+len(p.signals) {
		return ratio
	}
	counts := [2][]float64{make([]float64, features), make([]float64, features)}
	total := [2]float64{ratioPrior, ratioPrior}
	for _, r := range rows {
		side := 0
		if is(r.category) {
			side = 1
		}
		total[side]++
		for _, f := range r.index {
			counts[side][f]++
		}
	}
	for f := range p.keys {
		yes, no := (counts[1][f]+ratioPrior)/total[1], (counts[0][f]+ratioPrior)/total[0]
		ratio[f] += round6(math.Abs(math.Log(yes / no)))
	}
	return ratio
}

// pack rounds the weights of n-grams to bytes and leaves out those that are
// nothing for every class.
func (p *problem) pack(f *fitted, n int, rows []int) *Model {
	m := &Model{header: header{
		Version: p.opts.Version, Rows: n, Seed: p.opts.Seed, FalseRate: p.opts.FalseRate, Signals: p.signals,
	}, words: p.opts.Segmenter}
	for _, k := range rows {
		if s := p.examples[k].Source; !slices.Contains(m.header.Sources, s) {
			m.header.Sources = append(m.header.Sources, s)
		}
	}
	slices.Sort(m.header.Sources)
	for c, l := range f.classes {
		m.header.Classes = append(m.header.Classes, class{
			Category: p.classes[c], Bias: l.bias, Scale: scaleOf(l.weights[:len(p.keys)]), Signals: l.weights[len(p.keys):],
		})
	}
	row := make([]int8, len(p.classes))
	for k, hash := range p.keys {
		some := false
		for c := range row {
			row[c] = quantise(f.classes[c].weights[k], m.header.Classes[c].Scale)
			some = some || row[c] != 0
		}
		if some {
			m.keys, m.weights = append(m.keys, hash), append(m.weights, row...)
		}
	}
	m.header.Gate = gateSettings{Bias: f.gate.bias, Scale: scaleOf(f.gate.weights[:gateSize]), Signals: f.gate.weights[gateSize:]}
	for i := range m.gate {
		m.gate[i] = quantise(f.gate.weights[i], m.header.Gate.Scale)
	}
	m.index()
	return m
}

func scaleOf(weights []float64) float64 {
	largest := 1e-9
	for _, w := range weights {
		largest = max(largest, math.Abs(w))
	}
	return largest / math.MaxInt8
}

func quantise(w, scale float64) int8 { return int8(math.Round(w / scale)) }
