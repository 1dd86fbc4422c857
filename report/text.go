package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"

	"github.com/shenjiao/shenjiao/review"
)

// TextOptions configure a text report. The zero value is Chinese without
// colour.
type TextOptions struct {
	English bool
	Color   bool // ANSI colours, for a terminal
	Quiet   bool // no lines for documents that pass without a finding, no summary
	// Explain, if set, gives lines that are shown below a finding.
	Explain func(*review.Finding) []string
}

// NewText returns a writer of reports for people: per finding its place, what
// it is, its line with a caret under the hit, and what to do.
func NewText(w io.Writer, opts TextOptions) Writer {
	return &textWriter{w: w, opts: opts, words: textWords(opts.English), counts: map[review.Verdict]int{}}
}

type textWriter struct {
	w        io.Writer
	opts     TextOptions
	words    *vocabulary
	counts   map[review.Verdict]int
	findings int
}

// vocabulary are the words of a text report in one language.
type vocabulary struct {
	action  map[review.Action]string
	verdict map[review.Verdict]string
	reason  map[review.VetoReason]string
	limits  map[review.LimitName]string
	suggest, basis, vetoed, suppressed, clean, steps, reached,
	summary string
	separator string
}

var chinese = vocabulary{
	action:  map[review.Action]string{review.ActionBlock: "拦截", review.ActionReview: "复核", review.ActionNote: "提示"},
	verdict: map[review.Verdict]string{review.VerdictBlock: "拦截", review.VerdictReview: "需复核", review.VerdictPass: "通过"},
	reason: map[review.VetoReason]string{
		review.VetoSegmentation: "分词不支持", review.VetoOrdinary: "读作平常话", review.VetoAllow: "放行短语", review.VetoContext: "缺少语境词",
		review.VetoUnless: "有排除词", review.VetoDate: "不在有效期", review.VetoConfidence: "置信度不足",
	},
	suggest: "建议：", basis: "依据：", vetoed: "未采信", suppressed: "豁免", clean: "未发现问题", steps: "还须：", reached: "达到上限：", limits: limitsChinese,
	summary: "共检查 %d 篇：通过 %d 篇，需复核 %d 篇，拦截 %d 篇；发现 %d 处。\n", separator: "：",
}

var english = vocabulary{
	action:  map[review.Action]string{review.ActionBlock: "block", review.ActionReview: "review", review.ActionNote: "note"},
	verdict: map[review.Verdict]string{review.VerdictBlock: "block", review.VerdictReview: "review", review.VerdictPass: "pass"},
	reason: map[review.VetoReason]string{
		review.VetoSegmentation: "word boundaries", review.VetoOrdinary: "ordinary language", review.VetoAllow: "allow-phrase", review.VetoContext: "no context word",
		review.VetoUnless: "excusing word", review.VetoDate: "not in force", review.VetoConfidence: "low confidence",
	},
	suggest: "suggestion: ", basis: "basis: ", vetoed: "vetoed", suppressed: "suppressed", clean: "nothing found", steps: "still to be done: ", reached: "limit reached: ", limits: limitsEnglish,
	summary: "%d documents: %d pass, %d review, %d block; %d findings.\n", separator: ": ",
}

func textWords(inEnglish bool) *vocabulary {
	if inEnglish {
		return &english
	}
	return &chinese
}

const (
	bold   = "\x1b[1m"
	faint  = "\x1b[2m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	green  = "\x1b[32m"
	reset  = "\x1b[0m"
)

func (t *textWriter) paint(color, s string) string {
	if !t.opts.Color || s == "" {
		return s
	}
	return color + s + reset
}

func actionColor(a review.Action) string {
	switch a {
	case review.ActionBlock:
		return red
	case review.ActionReview:
		return yellow
	default:
		return cyan
	}
}

func (t *textWriter) Write(it Item) error {
	r := it.Report
	t.counts[r.Verdict]++
	t.findings += len(r.Findings)
	if t.opts.Quiet && len(r.Findings) == 0 && len(r.Limits) == 0 {
		return nil
	}
	var b strings.Builder
	verdictColor := map[review.Verdict]string{review.VerdictBlock: red, review.VerdictReview: yellow, review.VerdictPass: green}[r.Verdict]
	fmt.Fprintf(&b, "%s%s%s", t.paint(bold, printable(it.Name)), t.words.separator, t.paint(verdictColor, t.words.verdict[r.Verdict]))
	if len(r.Findings) == 0 {
		fmt.Fprintf(&b, "（%s）", t.words.clean)
	}
	b.WriteByte('\n')
	for i := range r.Findings {
		t.finding(&b, it, &r.Findings[i])
	}
	for _, line := range t.words.limitsOf(r) {
		fmt.Fprintf(&b, "  %s\n", t.paint(yellow, line))
	}
	if len(r.Steps) > 0 {
		fmt.Fprintf(&b, "  %s%s\n", t.words.steps, steps(r.Steps))
	}
	for i := range r.Suppressed {
		b.WriteString(t.paint(faint, t.suppressed(&r.Suppressed[i])) + "\n")
	}
	for _, v := range r.Vetoed {
		line := fmt.Sprintf("  %s %s %d-%d %s", t.words.vetoed, v.Field, v.Span.Start, v.Span.End, printable(v.Term))
		if v.Text != v.Term {
			line += " ← " + printable(v.Text)
		}
		line += t.words.separator + t.words.reason[v.Reason]
		if len(v.Words) > 0 {
			line += "（" + printable(strings.Join(v.Words, " ")) + "）"
		}
		b.WriteString(t.paint(faint, line) + "\n")
	}
	_, err := io.WriteString(t.w, b.String())
	return err
}

// steps is what people still have to do, in its order: 处理问题（6） → 初审 → 复审.
// The number is that of the findings that ask for a step.
func steps(list []review.Step) string {
	titles := make([]string, len(list))
	for i, s := range list {
		titles[i] = printable(s.Title)
		if s.Role != "" {
			titles[i] += " " + printable(s.Role)
		}
		findings := 0
		for _, r := range s.Reasons {
			if r.Finding != "" {
				findings++
			}
		}
		if findings > 0 {
			titles[i] += fmt.Sprintf("（%d）", findings)
		}
	}
	return strings.Join(titles, " → ")
}

// suppressed is the line of a finding that was answered for.
func (t *textWriter) suppressed(s *review.Suppressed) string {
	line := fmt.Sprintf("  %s %s", t.words.suppressed, s.Finding.Field)
	if s.Finding.Line > 0 {
		line += fmt.Sprintf(" %d:%d", s.Finding.Line, s.Finding.Column)
	}
	answer := s.Suppression.Reason
	for _, more := range []string{s.Suppression.By, s.Suppression.Until} {
		if more != "" {
			answer += " " + more
		}
	}
	return line + "  " + printable(s.Finding.Message) + "（" + printable(answer) + "）"
}

func (t *textWriter) finding(b *strings.Builder, it Item, f *review.Finding) {
	color := actionColor(f.Action)
	fmt.Fprintf(b, "  %s %s", t.paint(color, t.words.action[f.Action]), f.Field)
	if f.Line > 0 {
		fmt.Fprintf(b, " %s", t.paint(faint, fmt.Sprintf("%d:%d", f.Line, f.Column)))
	}
	fmt.Fprintf(b, "  %s", printable(f.Message))
	if f.Confidence < 1 {
		fmt.Fprintf(b, " %s", t.paint(faint, fmt.Sprintf("%.2f", float64(f.Confidence))))
	}
	b.WriteByte('\n')

	if f.Line > 0 {
		t.excerpt(b, it, f)
	}
	var more []string
	if f.Suggestion != "" && !strings.Contains(f.Message, f.Suggestion) {
		more = append(more, t.words.suggest+f.Suggestion)
	}
	if f.Basis != "" {
		more = append(more, t.words.basis+f.Basis)
	}
	if len(more) > 0 {
		fmt.Fprintf(b, "    %s\n", t.paint(faint, printable(strings.Join(more, "  "))))
	}
	if t.opts.Explain != nil {
		for i, line := range t.opts.Explain(f) {
			fmt.Fprintf(b, "    %d. %s\n", i+1, printable(line))
		}
	}
}

// excerpt shows the line of a finding with a caret under what was found.
func (t *textWriter) excerpt(b *strings.Builder, it Item, f *review.Finding) {
	color := actionColor(f.Action)
	before, after := it.around(f)
	before, hit, after := lastColumns(printable(before), excerptColumns), printable(f.Text), firstColumns(printable(after), excerptColumns)
	fmt.Fprintf(b, "    %s%s%s\n", before, t.paint(color, hit), after)
	fmt.Fprintf(b, "    %s%s\n", strings.Repeat(" ", columns(before)), t.paint(color, strings.Repeat("^", max(1, columns(hit)))))
}

func (t *textWriter) Close() error {
	n := 0
	for _, c := range t.counts {
		n += c
	}
	if t.opts.Quiet || n == 0 {
		return nil
	}
	_, err := fmt.Fprintf(t.w, t.words.summary, n, t.counts[review.VerdictPass], t.counts[review.VerdictReview], t.counts[review.VerdictBlock], t.findings)
	return err
}

// excerptColumns is how much of a line is shown on each side of a hit: the
// line then fits 80 columns with the usual hit.
const excerptColumns = 32

// width measures as terminals of Chinese users do: ambiguous characters such
// as “ and … are wide there only under an East Asian locale, so they are taken
// as narrow, which is what the terminals of today draw.
var width = &runewidth.Condition{EastAsianWidth: false}

func columns(s string) int { return width.StringWidth(s) }

// firstColumns cuts s to n columns, with … if something is left out.
func firstColumns(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used += width.RuneWidth(r); used > n-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// lastColumns is firstColumns for the end of s.
func lastColumns(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	r := []rune(s)
	used := 0
	for i := len(r) - 1; i >= 0; i-- {
		if used += width.RuneWidth(r[i]); used > n-1 {
			return "…" + string(r[i+1:])
		}
	}
	return s
}

// printable is s on one line, without characters that a terminal obeys or
// does not show.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return '⏎'
		case r == '\t':
			return ' '
		case r == '\r':
			return -1
		case unicode.IsPrint(r), r == '\u3000':
			return r
		default:
			return '·'
		}
	}, s)
}
