package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/compare"
	"github.com/shenjiao/shenjiao/review"
)

// impactPage is the result of lexicon impact as it is written.
type impactPage struct {
	Old, New              string // what was compared: ids and versions
	Texts                 int
	Bytes                 int64
	OldFindings, Findings int
	Added, Lost, Moved    int
	Suspected             int // of Added, in terms with a suspicion
	Terms                 []impactTerm
}

type impactTerm struct {
	compare.Term
	Title   string // of the category
	Reasons []string
}

func newImpactPage(f *impactFlags, older, newer *lexicon.Lexicon, r *compare.Result) *impactPage {
	p := &impactPage{
		Old: packNames(older), New: packNames(newer),
		Texts: r.Texts, Bytes: r.Bytes, OldFindings: r.Old, Findings: r.New,
	}
	for _, t := range r.Terms {
		p.Added, p.Lost, p.Moved = p.Added+t.Added, p.Lost+t.Lost, p.Moved+t.Moved
		out := impactTerm{Term: t, Title: t.Category.Title()}
		for _, s := range t.Suspicions {
			out.Reasons = append(out.Reasons, reason(s))
		}
		if out.Reasons != nil {
			p.Suspected += t.Added
		}
		p.Terms = append(p.Terms, out)
	}
	return p
}

func packNames(l *lexicon.Lexicon) string {
	var names []string
	for _, p := range l.Packs() {
		names = append(names, p.ID+" "+p.Version)
	}
	if names == nil {
		return "（无词库）"
	}
	return strings.Join(names, "、")
}

// reason says a suspicion in Chinese.
func reason(s compare.Suspicion) string {
	switch s.Kind {
	case compare.SuspectInside:
		return fmt.Sprintf("在词内：%d 处中有 %d 处落在更长的词里（%s）", s.Of, s.Count, strings.Join(s.Words, "、"))
	case compare.SuspectVetoed:
		return fmt.Sprintf("多处未采信：%d 处候选中有 %d 处未采信", s.Of, s.Count)
	case compare.SuspectEveryday:
		return fmt.Sprintf("日常用词：平均每 %.0f 个词出现一次", 1/s.Share)
	case compare.SuspectNoted:
		return fmt.Sprintf("多为提示：%d 处中有 %d 处同句有宣传、讲解或旧称用语", s.Of, s.Count)
	case compare.SuspectFrequent:
		return fmt.Sprintf("占比过高：全部新增 %d 处中有 %d 处是它", s.Of, s.Count)
	default:
		return string(s.Kind)
	}
}

// levelTitles are the levels of findings in Chinese.
var levelTitles = map[review.Action]string{0: "不报", review.ActionNote: "提示", review.ActionReview: "复核", review.ActionBlock: "拦截"}

func (p *impactPage) text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "旧版：%s\n新版：%s\n", p.Old, p.New)
	fmt.Fprintf(&b, "语料 %d 篇（段），%s；命中 %d → %d。\n", p.Texts, size(p.Bytes), p.OldFindings, p.Findings)
	fmt.Fprintf(&b, "新增 %d（其中 %d 处的词条有误报嫌疑），消失 %d，程度改变 %d。\n", p.Added, p.Suspected, p.Lost, p.Moved)
	for _, t := range p.Terms {
		fmt.Fprintf(&b, "\n%s  %s  +%d -%d ~%d（%d → %d）\n", t.Term.Term, t.Title, t.Added, t.Lost, t.Moved, t.Old, t.New)
		for _, r := range t.Reasons {
			fmt.Fprintf(&b, "  ? %s\n", r)
		}
		for _, list := range []struct {
			sign string
			at   []compare.Context
		}{{"+", t.AddedAt}, {"-", t.LostAt}, {"~", t.MovedAt}} {
			for _, c := range list.at[:min(len(list.at), textContexts)] {
				fmt.Fprintf(&b, "  %s %s %s\n", list.sign, where(c), strings.ReplaceAll(oneLine(c.Before)+"【"+oneLine(c.Text)+"】"+oneLine(c.After), "\n", " "))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// textContexts is how many contexts of each kind a text shows; the other forms
// show all that were kept.
const textContexts = 3

// where is the place of a finding for people.
func where(c compare.Context) string {
	switch {
	case c.Line > 0:
		return fmt.Sprintf("%s:%d", c.Name, c.Line)
	case c.Field != "":
		return c.Name + " " + c.Field
	default:
		return c.Name
	}
}

// oneLine shows a text in one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	default:
		return fmt.Sprintf("%d B", n)
	}
}

// The lines of the JSONL form: one summary, then terms, each followed by its
// contexts.
type (
	impactSummary struct {
		Type        string `json:"type"`
		Schema      string `json:"schema"`
		Old         string `json:"old"`
		New         string `json:"new"`
		Texts       int    `json:"texts"`
		Bytes       int64  `json:"bytes"`
		OldFindings int    `json:"old_findings"`
		NewFindings int    `json:"new_findings"`
		Added       int    `json:"added"`
		Lost        int    `json:"lost"`
		Moved       int    `json:"moved"`
		Suspected   int    `json:"suspected"`
	}
	impactLine struct {
		Type       string            `json:"type"`
		Category   string            `json:"category"`
		Term       string            `json:"term"`
		Old        int               `json:"old"`
		New        int               `json:"new"`
		Added      int               `json:"added"`
		Lost       int               `json:"lost"`
		Moved      int               `json:"moved"`
		Vetoed     int               `json:"vetoed"`
		Suspicions []impactSuspicion `json:"suspicions"`
	}
	impactSuspicion struct {
		Kind  compare.SuspicionKind `json:"kind"`
		Count int                   `json:"count"`
		Of    int                   `json:"of"`
		Words []string              `json:"words,omitempty"`
		Text  string                `json:"text"`
	}
	impactContext struct {
		Type   string `json:"type"`
		Change string `json:"change"` // added, lost or moved
		Term   string `json:"term"`
		Name   string `json:"name"`
		Field  string `json:"field,omitempty"`
		Line   int    `json:"line,omitempty"`
		Before string `json:"before"`
		Text   string `json:"text"`
		After  string `json:"after"`
		Was    string `json:"was"` // none, note, review or block
		Is     string `json:"is"`
		Word   string `json:"word,omitempty"`
	}
)

func (p *impactPage) jsonl(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	lines := []any{impactSummary{
		"summary", "shenjiao.lexicon-impact/v1", p.Old, p.New, p.Texts, p.Bytes, p.OldFindings, p.Findings,
		p.Added, p.Lost, p.Moved, p.Suspected,
	}}
	level := func(a review.Action) string {
		if a == 0 {
			return "none"
		}
		return a.String()
	}
	for _, t := range p.Terms {
		line := impactLine{"term", string(t.Category), t.Term.Term, t.Old, t.New, t.Added, t.Lost, t.Moved, t.Vetoed, []impactSuspicion{}}
		for _, s := range t.Suspicions {
			line.Suspicions = append(line.Suspicions, impactSuspicion{s.Kind, s.Count, s.Of, s.Words, reason(s)})
		}
		lines = append(lines, line)
		for _, list := range []struct {
			change string
			at     []compare.Context
		}{{"added", t.AddedAt}, {"lost", t.LostAt}, {"moved", t.MovedAt}} {
			for _, c := range list.at {
				lines = append(lines, impactContext{
					"context", list.change, t.Term.Term, c.Name, c.Field, c.Line, c.Before, c.Text, c.After, level(c.Was), level(c.Is), c.Word,
				})
			}
		}
	}
	for _, line := range lines {
		if err := e.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

//go:embed page/impact.html
var impactHTML string

var impactTemplate = template.Must(template.New("impact").Funcs(template.FuncMap{
	"where": where,
	"size":  size,
	"level": func(a review.Action) string { return levelTitles[a] },
}).Parse(impactHTML))

// html writes one page that needs no other file.
func (p *impactPage) html(w io.Writer) error { return impactTemplate.Execute(w, p) }
