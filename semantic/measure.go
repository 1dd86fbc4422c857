package semantic

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
)

// A Measure is how well one group of rows was judged, by whom.
type Measure struct {
	Rows  int // of the category
	Found int // rows that were found to be of it
	Right int // of these, rows that are
}

// Precision returns Right / Found; 0 if nothing was found.
func (m Measure) Precision() float64 { return share(m.Right, m.Found) }

// Recall returns Right / Rows.
func (m Measure) Recall() float64 { return share(m.Right, m.Rows) }

func share(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Results are measures of outcomes.
type Results struct {
	Categories                    []string // sorted
	Model, Lexicon, Both          map[string]*Measure
	Harmless                      int // rows
	ModelFalse, LexiconFalse      int // harmless rows with a finding for review
	Harmful                       int
	ModelAny, LexiconAny, BothAny int // harmful rows with a finding, of whatever category
	Sources                       []SourceResults
	outcomes                      []Outcome
}

// SourceResults are those of one source.
type SourceResults struct {
	Source               string
	Harmful, Harmless    int
	Model, Lexicon, Both int // harmful rows found, of whatever category
	ModelFalse           int
}

// Measured counts outcomes. What the lexicon alone finds are its terms that an
// editor has to look at, without those that are notes or vetoed.
func Measured(outcomes []Outcome) *Results {
	r := &Results{Model: map[string]*Measure{}, Lexicon: map[string]*Measure{}, Both: map[string]*Measure{}, outcomes: outcomes}
	for _, all := range []map[string]*Measure{r.Model, r.Lexicon, r.Both} {
		for _, o := range outcomes {
			if o.Category != "" && all[o.Category] == nil {
				all[o.Category] = new(Measure)
			}
		}
	}
	r.Categories = slices.Sorted(maps.Keys(r.Model))
	sources := map[string]*SourceResults{}
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	for _, o := range outcomes {
		terms := map[string]bool{}
		for _, s := range o.Signals {
			if c, ok := strings.CutPrefix(s.Name, signalTerm); ok {
				terms[c] = true
			}
		}
		for _, c := range r.Categories {
			for _, row := range []struct {
				m     *Measure
				found bool
			}{{r.Model[c], o.Found == c}, {r.Lexicon[c], terms[c]}, {r.Both[c], o.Found == c || terms[c]}} {
				count(&row.m.Rows, o.Category == c)
				count(&row.m.Found, row.found)
				count(&row.m.Right, row.found && o.Category == c)
			}
		}
		src := sources[o.Source]
		if src == nil {
			src = &SourceResults{Source: o.Source}
			sources[o.Source] = src
		}
		found := o.Found != ""
		if o.Category == "" {
			r.Harmless++
			src.Harmless++
			count(&r.ModelFalse, found)
			count(&src.ModelFalse, found)
			count(&r.LexiconFalse, len(terms) > 0)
			continue
		}
		r.Harmful++
		src.Harmful++
		count(&r.ModelAny, found)
		count(&src.Model, found)
		count(&r.LexiconAny, len(terms) > 0)
		count(&src.Lexicon, len(terms) > 0)
		count(&r.BothAny, found || len(terms) > 0)
		count(&src.Both, found || len(terms) > 0)
	}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		r.Sources = append(r.Sources, *sources[name])
	}
	return r
}

// Markdown writes the measures as tables, in Chinese.
func (r *Results) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "| 类别 | 语料 | 词库 精确 | 召回 | 模型 精确 | 召回 | 合用 精确 | 召回 |\n|---|---|---|---|---|---|---|---|\n")
	for _, c := range r.Categories {
		l, m, both := r.Lexicon[c], r.Model[c], r.Both[c]
		fmt.Fprintf(&b, "| %s %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n", c, lexicon.Category(c).Title(), m.Rows,
			l.Precision(), l.Recall(), m.Precision(), m.Recall(), both.Precision(), both.Recall())
	}
	fmt.Fprintf(&b, "\n不论类别是否判对：有害 %d 条中，词库提示 %.1f%%，模型提示 %.1f%%，合用 %.1f%%；无害 %d 条中，词库误提示 %.1f%%，模型误提示 %.1f%%。\n",
		r.Harmful, 100*share(r.LexiconAny, r.Harmful), 100*share(r.ModelAny, r.Harmful), 100*share(r.BothAny, r.Harmful),
		r.Harmless, 100*share(r.LexiconFalse, r.Harmless), 100*share(r.ModelFalse, r.Harmless))
	fmt.Fprintf(&b, "\n| 来源 | 有害 | 词库提示 | 模型提示 | 合用 | 无害 | 模型误提示 |\n|---|---|---|---|---|---|---|\n")
	for _, s := range r.Sources {
		fmt.Fprintf(&b, "| %s | %d | %.1f%% | %.1f%% | %.1f%% | %d | %.1f%% |\n", s.Source, s.Harmful,
			100*share(s.Lexicon, s.Harmful), 100*share(s.Model, s.Harmful), 100*share(s.Both, s.Harmful), s.Harmless, 100*share(s.ModelFalse, s.Harmless))
	}
	fmt.Fprintf(&b, "\n同时放宽或收紧各类别的阈值：\n\n| 阈值移动 | 无害误提示 | 有害提示 | 其中类别正确 |\n|---|---|---|---|\n")
	for _, shift := range []float64{1, 0.5, 0, -0.5, -1, -1.5, -2} {
		p := r.at(shift)
		fmt.Fprintf(&b, "| %+.1f | %.1f%% | %.1f%% | %.1f%% |\n", shift, 100*p.false_, 100*p.found, 100*p.right)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// point is what the thresholds moved by a shift give.
type point struct{ false_, found, right float64 }

func (r *Results) at(shift float64) point {
	falses, found, right := 0, 0, 0
	for _, o := range r.outcomes {
		best, top := "", shift
		for _, c := range slices.Sorted(maps.Keys(o.Margin)) {
			if o.Margin[c] >= top {
				best, top = c, o.Margin[c]
			}
		}
		switch {
		case best == "":
		case o.Category == "":
			falses++
		default:
			found++
			if best == o.Category {
				right++
			}
		}
	}
	return point{share(falses, r.Harmless), share(found, r.Harmful), share(right, r.Harmful)}
}

// SVG draws the share of harmful rows that are found over that of harmless rows
// that are, for every threshold.
func (r *Results) SVG(w io.Writer) error {
	const width, height, left, top, plotW, plotH, most = 640, 400, 60, 20, 540, 320, 0.2
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	x := func(v float64) float64 { return left + plotW*v/most }
	y := func(v float64) float64 { return top + plotH*(1-v) }
	for i := 0; i <= 4; i++ {
		v := float64(i) / 4
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%.0f%%</text>`+"\n", left, y(v), left+plotW, left-6, y(v)+4, 100*v)
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%.0f%%</text>`+"\n", x(v*most), top, top+plotH, x(v*most), top+plotH+18, 100*v*most)
	}
	for _, line := range []struct {
		name, colour string
		of           func(point) float64
		label        int
	}{
		{"有害被提示", "#1f77b4", func(p point) float64 { return p.found }, top + 20},
		{"且类别正确", "#d62728", func(p point) float64 { return p.right }, top + 38},
	} {
		var path strings.Builder
		verb := "M"
		for shift := 6.0; shift >= -6; shift -= 0.1 {
			p := r.at(shift)
			if p.false_ > most {
				break
			}
			fmt.Fprintf(&path, "%s%.1f %.1f", verb, x(p.false_), y(line.of(p)))
			verb = "L"
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/><text x="%d" y="%d" fill="%s">%s</text>`+"\n", path.String(), line.colour, left+12, line.label, line.colour, line.name)
	}
	fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="5" fill="#2ca02c"/><text x="%d" y="%d" fill="#2ca02c">● 只用词库</text>`+"\n",
		x(share(r.LexiconFalse, r.Harmless)), y(share(r.LexiconAny, r.Harmful)), left+12, top+56)
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">无害语料被提示的比例（横）与有害语料被提示的比例（纵）</text></svg>`+"\n", left+plotW/2, height-16)
	_, err := io.WriteString(w, b.String())
	return err
}
