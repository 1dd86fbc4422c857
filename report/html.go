package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
)

// HTMLOptions configure an HTML report. The zero value is Chinese and knows
// only the ids of rules.
type HTMLOptions struct {
	English bool
	// Rule returns what is known about a rule. It may be nil.
	Rule func(id string) (RuleInfo, bool)
}

// NewHTML returns a writer of one page for the run, written by Close: each
// draft with its findings marked in place, a list of the findings, the status
// of the rules, filters and a chart. The page needs nothing else: no network,
// no font, no other file; it can be printed and read on a phone. Its memory is
// that of the page until Close.
//
// Texts of drafts are escaped, and a content security policy allows no script
// but the page's own.
func NewHTML(w io.Writer, opts HTMLOptions) Writer {
	words := &pageChinese
	if opts.English {
		words = &pageEnglish
	}
	return &htmlWriter{
		w: w, opts: opts, words: words, text: textWords(opts.English),
		counts: map[review.Verdict]int{}, actions: map[review.Action]int{}, categories: map[string]int{}, snapshots: map[string]bool{},
	}
}

//go:embed page/page.html
var pageHTML string

// Style is the style sheet of HTML reports, for pages that should look alike.
//
//go:embed page/style.css
var Style string

//go:embed page/page.js
var pageScript string

var pages = template.Must(template.New("page").Parse(pageHTML))

type htmlWriter struct {
	w     io.Writer
	opts  HTMLOptions
	words *pageWords
	text  *vocabulary
	items bytes.Buffer

	documents, findings int
	counts              map[review.Verdict]int
	actions             map[review.Action]int
	categories          map[string]int
	snapshots           map[string]bool
}

// pageWords are the words of a page in one language, beside those of text
// reports.
type pageWords struct {
	Lang, Title, Documents, Findings, Pass, Review, Block, Chart, Judged, Filter, Action, Category, Text, NoText, Clean,
	Suggestion, Basis, Suppressed, Rules, Rule, Status, Missing, Vetoed, Footer, Record, NoCategory string
	status map[review.Status]string
}

var pageChinese = pageWords{
	Lang: "zh-CN", Title: "审校报告", Documents: "稿件", Findings: "发现", Pass: "通过", Review: "需复核", Block: "拦截",
	Chart: "各类别发现数", Judged: "依据：", Filter: "筛选", Action: "处置", Category: "类别", Text: "正文", NoText: "本稿没有正文可显示。",
	Clean: "未发现问题", Suggestion: "建议：", Basis: "依据：", Suppressed: "已豁免", Rules: "发布规则", Rule: "规则", Status: "结果",
	Missing: "缺少的信息", Vetoed: "未采信的候选", Footer: "本报告含稿件内容，请按稿件的密级和范围保管。", Record: "（非正文）", NoCategory: "发布规则",
	status: map[review.Status]string{review.StatusPassed: "通过", review.StatusViolated: "不符合", review.StatusNotEvaluated: "未评估"},
}

var pageEnglish = pageWords{
	Lang: "en", Title: "Review report", Documents: "drafts", Findings: "findings", Pass: "pass", Review: "review", Block: "block",
	Chart: "findings by category", Judged: "judged by ", Filter: "filter", Action: "action", Category: "category", Text: "text", NoText: "There is no text to show.",
	Clean: "nothing found", Suggestion: "suggestion: ", Basis: "basis: ", Suppressed: "suppressed", Rules: "publishing rules", Rule: "rule", Status: "status",
	Missing: "missing", Vetoed: "candidates not believed", Footer: "This report holds text of drafts and is as confidential as they are.", Record: "(not in a text)", NoCategory: "publishing rules",
	status: map[review.Status]string{review.StatusPassed: "passed", review.StatusViolated: "violated", review.StatusNotEvaluated: "not evaluated"},
}

// hue is the colour of a category: the twelve stand apart on the circle, those
// of packs follow from their names.
func hue(category string) int {
	for i, c := range lexicon.Categories() {
		if string(c.ID) == category {
			return i * 30
		}
	}
	if category == "" {
		return 215
	}
	return int(sha256.Sum256([]byte(category))[0]) * 360 / 256
}

func (h *htmlWriter) category(id string) string {
	info, ok := lexicon.Category(id).Info()
	switch {
	case id == "":
		return h.words.NoCategory
	case !ok:
		return printable(id)
	case h.opts.English:
		return info.English
	default:
		return info.Title
	}
}

type (
	pageItem struct {
		W                           *pageWords
		Name, Verdict, VerdictTitle string
		Steps                       string
		Limits                      []string
		Fields                      []pageField
		Findings                    []pageFinding
		Suppressed                  []pageLine
		Vetoed                      []pageLine
		Rules                       []pageRule
		RuleCounts                  string
		Open                        bool
	}
	pageField struct {
		Path  string
		Parts []pagePart
	}
	// pagePart is a stretch of a field: plain, a tag, or within findings.
	pagePart struct {
		Text     string
		Tag      bool
		Findings string // ids with blanks between them
		Mark     string // id of the mark
		First    string // id of the finding that the number leads to
		Number   int    // of a finding that ends here
		Action   string
		Title    string
		Hue      int
	}
	pageFinding struct {
		ID, Mark, Action, ActionTitle, Category, Place, Confidence, Message, Excerpt, Suggestion, Basis string
		Number, Hue                                                                                     int
	}
	pageLine struct{ Place, Message, Answer, Text, Reason string }
	pageRule struct{ ID, Title, Status, StatusTitle, Missing string }
)

func (h *htmlWriter) Write(it Item) error {
	r := it.Report
	h.documents++
	h.findings += len(r.Findings)
	h.counts[r.Verdict]++
	for _, p := range r.Snapshot.Packs {
		h.snapshots[p.ID+" "+p.Version] = true
	}
	if r.Snapshot.Profile != "" {
		h.snapshots[r.Snapshot.Profile] = true
	}
	page := pageItem{W: h.words, Name: printable(it.Name), Verdict: r.Verdict.String(), VerdictTitle: h.text.verdict[r.Verdict], Limits: h.text.limitsOf(r)}
	if len(r.Steps) > 0 {
		page.Steps = h.text.steps + steps(r.Steps)
	}
	prefix := fmt.Sprintf("d%d-", h.documents)
	for i := range r.Findings {
		f := &r.Findings[i]
		h.actions[f.Action]++
		h.categories[f.Category]++
		page.Findings = append(page.Findings, h.finding(it, f, prefix, i+1))
	}
	if it.Document != nil {
		for _, f := range it.Document.Fields() {
			f.Text = it.mask(f.Path, 0, f.Text)
			page.Fields = append(page.Fields, pageField{f.Path, h.parts(f, r.Findings, page.Findings)})
		}
	}
	for i := range r.Suppressed {
		s := &r.Suppressed[i]
		page.Suppressed = append(page.Suppressed, pageLine{
			Place: h.place(&s.Finding), Message: printable(s.Finding.Message),
			Answer: printable(strings.Join(strings.Fields(s.Suppression.Reason+" "+s.Suppression.By+" "+s.Suppression.Until), " ")),
		})
	}
	for _, v := range r.Vetoed {
		text := v.Term
		if v.Text != v.Term && v.Text != "" {
			text += " ← " + printable(v.Text)
		}
		page.Vetoed = append(page.Vetoed, pageLine{
			Place: fmt.Sprintf("%s %d–%d", v.Field, v.Span.Start, v.Span.End), Text: text,
			Reason: printable(h.text.reason[v.Reason] + " " + strings.Join(v.Words, " ")),
		})
	}
	status := map[review.Status]int{}
	for _, e := range r.Evaluations {
		status[e.Status]++
		rule := pageRule{ID: e.Rule, Status: string(e.Status), StatusTitle: h.words.status[e.Status], Missing: strings.Join(e.Missing, " ")}
		if h.opts.Rule != nil {
			if info, ok := h.opts.Rule(e.Rule); ok {
				rule.Title = info.Title
			}
		}
		page.Rules = append(page.Rules, rule)
	}
	for _, s := range []review.Status{review.StatusViolated, review.StatusPassed, review.StatusNotEvaluated} {
		if status[s] > 0 {
			page.RuleCounts += fmt.Sprintf(" %s %d", h.words.status[s], status[s])
		}
	}
	page.Open = status[review.StatusViolated] > 0
	return pages.ExecuteTemplate(&h.items, "item", page)
}

func (h *htmlWriter) place(f *review.Finding) string {
	if f.Line == 0 {
		return f.Field
	}
	return fmt.Sprintf("%s %d:%d", f.Field, f.Line, f.Column)
}

func (h *htmlWriter) finding(it Item, f *review.Finding, prefix string, number int) pageFinding {
	p := pageFinding{
		ID: fmt.Sprintf("%sf%d", prefix, number), Number: number, Action: f.Action.String(), ActionTitle: h.text.action[f.Action],
		Category: f.Category, Place: h.place(f), Message: printable(f.Message), Basis: printable(f.Basis), Hue: hue(f.Category),
	}
	if f.Line > 0 && it.Document != nil {
		p.Mark = fmt.Sprintf("%sm%d", prefix, number)
	}
	if f.Confidence < 1 {
		p.Confidence = fmt.Sprintf("%.2f", float64(f.Confidence))
	}
	if !strings.Contains(f.Message, f.Suggestion) {
		p.Suggestion = printable(f.Suggestion)
	}
	if it.Document == nil && it.Excerpt != nil {
		before, after := it.around(f)
		p.Excerpt = lastColumns(printable(before), excerptColumns) + printable(f.Text) + firstColumns(printable(after), excerptColumns)
	}
	return p
}

// tagPattern finds what is dimmed in HTML and Markdown; it decides nothing.
var tagPattern = regexp.MustCompile(`<[/!]?[A-Za-z-][^<>]*>`)

// parts cuts a field at the borders of its findings, which may overlap.
func (h *htmlWriter) parts(f review.Field, findings []review.Finding, shown []pageFinding) (parts []pagePart) {
	var here []int // findings in the field, by start
	cuts := []int{0, len(f.Text)}
	for i := range findings {
		span := findings[i].Span
		if findings[i].Field == f.Path && findings[i].Line > 0 && span.Start < span.End && span.End <= int64(len(f.Text)) {
			here = append(here, i)
			cuts = append(cuts, int(span.Start), int(span.End))
		}
	}
	if f.Format != review.BodyPlain {
		for _, at := range tagPattern.FindAllStringIndex(f.Text, -1) {
			cuts = append(cuts, at...)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	slices.SortStableFunc(here, func(a, b int) int { return cmp.Compare(findings[a].Span.Start, findings[b].Span.Start) })
	marked := map[int]bool{}
	var open []int
	for k := 0; k+1 < len(cuts); k++ {
		from, to := cuts[k], cuts[k+1]
		for len(here) > 0 && int(findings[here[0]].Span.Start) <= from {
			open, here = append(open, here[0]), here[1:]
		}
		open = slices.DeleteFunc(open, func(i int) bool { return int(findings[i].Span.End) <= from })
		part := pagePart{Text: visibleControls(f.Text[from:to])}
		part.Tag = f.Format != review.BodyPlain && tagPattern.MatchString(part.Text) && part.Text[0] == '<'
		var ids, titles []string
		worst := review.Action(0)
		for _, i := range open {
			ids = append(ids, shown[i].ID)
			titles = append(titles, shown[i].Message)
			if findings[i].Action > worst {
				worst, part.Hue, part.First = findings[i].Action, shown[i].Hue, shown[i].ID
			}
			if !marked[i] {
				marked[i] = true
				part.Mark = cmp.Or(part.Mark, shown[i].Mark)
			}
			if int(findings[i].Span.End) == to {
				part.Number, part.First = shown[i].Number, shown[i].ID
			}
		}
		part.Findings, part.Title, part.Action = strings.Join(ids, " "), strings.Join(titles, "\n"), worst.String()
		parts = append(parts, part)
	}
	return parts
}

// visibleControls keeps line breaks and tabs, and shows what could change the
// order or the look of the page's own text.
func visibleControls(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		if r == '\r' {
			return -1
		}
		if p := printable(string(r)); p == "·" && r != '·' {
			return '·'
		}
		return r
	}, s)
}

func (h *htmlWriter) Close() error {
	type bar struct {
		Title                 string
		Count, Hue            int
		Y, Text, Width, After int
	}
	type choice struct {
		ID, Title string
		Count     int
	}
	sum := sha256.Sum256([]byte(pageScript))
	head := struct {
		W                                        *pageWords
		Policy                                   string
		Style                                    template.CSS
		Documents, Pass, Review, Block, Findings int
		Bars                                     []bar
		Height                                   int
		Snapshots                                string
		Actions, Categories                      []choice
	}{
		W: h.words, Style: template.CSS(Style), Documents: h.documents, Findings: h.findings,
		Policy: "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		Pass:   h.counts[review.VerdictPass], Review: h.counts[review.VerdictReview], Block: h.counts[review.VerdictBlock],
		Snapshots: strings.Join(slices.Sorted(maps.Keys(h.snapshots)), "　"),
	}
	ids := slices.SortedFunc(maps.Keys(h.categories), func(a, b string) int {
		return cmp.Or(cmp.Compare(h.categories[b], h.categories[a]), cmp.Compare(a, b))
	})
	for i, id := range ids {
		n := h.categories[id]
		b := bar{Title: h.category(id), Count: n, Hue: hue(id), Y: 22*i + 4, Text: 22*i + 16, Width: max(2, 260*n/h.categories[ids[0]])}
		b.After = 158 + b.Width + 6
		head.Bars = append(head.Bars, b)
		head.Categories = append(head.Categories, choice{id, b.Title, n})
	}
	head.Height = 22*len(ids) + 6
	for _, a := range []review.Action{review.ActionBlock, review.ActionReview, review.ActionNote} {
		if h.actions[a] > 0 {
			head.Actions = append(head.Actions, choice{a.String(), h.text.action[a], h.actions[a]})
		}
	}
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, "head", head); err != nil {
		return err
	}
	for _, part := range []io.WriterTo{&b, &h.items} {
		if _, err := part.WriteTo(h.w); err != nil {
			return err
		}
	}
	return pages.ExecuteTemplate(h.w, "foot", struct {
		W      *pageWords
		Script template.JS
	}{h.words, template.JS(pageScript)})
}
