package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
)

// found makes a report with one finding on each of the texts, which are bodies.
func found(body, text string, change func(*review.Finding)) report.Item {
	start := strings.Index(body, text)
	f := review.Finding{
		ID: "f1", Rule: "term", Category: "gambling_fraud", Severity: review.SeverityError, Action: review.ActionBlock,
		Confidence: 1, Field: "body", Span: review.Span{Start: int64(start), End: int64(start + len(text))},
		Line: 1 + strings.Count(body[:start], "\n"), Column: 1 + utf8.RuneCountInString(body[strings.LastIndex(body[:start], "\n")+1:start]),
		Text: text, Term: text, Message: "赌博诈骗：“" + text + "”", Fingerprint: "x",
	}
	if change != nil {
		change(&f)
	}
	return report.Item{
		Name:    "draft.txt",
		Report:  &review.Report{Verdict: f.Action.Verdict(), Findings: []review.Finding{f}},
		Excerpt: report.FieldExcerpt(&review.Document{Body: &body}),
	}
}

func write(t *testing.T, w report.Writer, items ...report.Item) {
	t.Helper()
	for _, it := range items {
		require.NoError(t, w.Write(it))
	}
	require.NoError(t, w.Close())
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	write(t, report.NewText(&b, report.TextOptions{}),
		found("第一行\n去赌博网站玩\n", "赌博网站", func(f *review.Finding) {
			f.Suggestion, f.Basis, f.Confidence = "（删去）", "治安管理处罚法", 0.9
		}),
		report.Item{Name: "clean.txt", Report: &review.Report{Verdict: review.VerdictPass}},
	)
	require.Equal(t, `draft.txt：拦截
  拦截 body 2:2  赌博诈骗：“赌博网站” 0.90
    去赌博网站玩
      ^^^^^^^^
    建议：（删去）  依据：治安管理处罚法
clean.txt：通过（未发现问题）
共检查 2 篇：通过 1 篇，需复核 0 篇，拦截 1 篇；发现 1 处。
`, b.String())
}

// The caret stands under the hit, whatever the widths before it.
// What people still have to do stands below the findings, in its order.
func TestSteps(t *testing.T) {
	it := found("去赌博网站玩", "赌博网站", nil)
	it.Report.Steps = []review.Step{
		{Kind: review.StepEditing, Title: "处理问题", Reasons: []review.StepReason{{Rule: "term", Finding: "f1"}}},
		{Kind: review.StepApproval, Level: 1, Title: "初审", Role: "editor", Reasons: []review.StepReason{{Rule: "workflow.three-level-review", Missing: []string{"workflow.reviews"}}}},
		{Kind: review.StepApproval, Level: 2, Title: "复审", Reasons: []review.StepReason{{Rule: "workflow.three-level-review"}}},
	}
	const want = "还须：处理问题（1） → 初审 editor → 复审"
	for name, writer := range map[string]func(*bytes.Buffer) report.Writer{
		"text": func(b *bytes.Buffer) report.Writer { return report.NewText(b, report.TextOptions{}) },
		"html": func(b *bytes.Buffer) report.Writer { return report.NewHTML(b, report.HTMLOptions{}) },
	} {
		var b bytes.Buffer
		write(t, writer(&b), it)
		require.Contains(t, b.String(), want, name)
	}
}

func TestCaret(t *testing.T) {
	for _, body := range []string{
		"赌博", "去赌博", "go 赌博", "😀😀赌博", "a\u0301e赌博", "\t\t赌博", strings.Repeat("很长的一行", 50) + "赌博" + strings.Repeat("后面也很长", 50),
		"“引号”…—赌博", "ｆｕｌｌ赌博", "ﾊﾝｶｸ赌博",
	} {
		var b bytes.Buffer
		write(t, report.NewText(&b, report.TextOptions{}), found(body, "赌博", nil))
		lines := strings.Split(b.String(), "\n")
		line, caret := lines[2], lines[3]
		before, _, ok := strings.Cut(line, "赌博")
		require.True(t, ok, "%q", line)
		width := &runewidth.Condition{}
		require.Equal(t, strings.Repeat(" ", width.StringWidth(before))+"^^^^", caret, "%q", body)
		require.LessOrEqual(t, width.StringWidth(line), 4+32+4+32, "%q", line)
	}
}

// Characters that a terminal obeys never reach it.
func TestTerminalIsSafe(t *testing.T) {
	var b bytes.Buffer
	it := found("a\x1b[2J\u202e\u200b赌\r\n\x07博\x9bb", "赌\r\n\x07博", func(f *review.Finding) { f.Message = "m\x1b]0;x\x07" })
	it.Name = "evil\x1b[31m.txt"
	it.Report.Vetoed = []review.Vetoed{{Term: "t\x1b", Text: "\x1b[5m", Reason: review.VetoSegmentation, Words: []string{"\x07"}}}
	write(t, report.NewText(&b, report.TextOptions{}), it)
	for _, r := range b.String() {
		require.False(t, r < ' ' && r != '\n' || r == 0x7f || r == 0x9b || r == 0x202e || r == 0x200b, "%q in %q", r, b.String())
	}
}

func TestTextColorsAndQuiet(t *testing.T) {
	var b bytes.Buffer
	write(t, report.NewText(&b, report.TextOptions{Color: true}), found("去赌博", "赌博", nil))
	require.Contains(t, b.String(), "\x1b[31m赌博\x1b[0m")

	b.Reset()
	write(t, report.NewText(&b, report.TextOptions{Quiet: true}),
		report.Item{Name: "clean.txt", Report: &review.Report{Verdict: review.VerdictPass}})
	require.Empty(t, b.String())

	b.Reset()
	write(t, report.NewText(&b, report.TextOptions{English: true}), found("go 赌博", "赌博", nil))
	require.Contains(t, b.String(), "draft.txt: block\n  block body 1:4 ")
	require.Contains(t, b.String(), "1 documents: 0 pass, 0 review, 1 block; 1 findings.\n")
}

func TestJSON(t *testing.T) {
	items := []report.Item{found("去<赌博>", "赌博", nil), {Name: "b", Report: &review.Report{Verdict: review.VerdictPass}}}
	for _, n := range []int{0, 1, 2} {
		var b bytes.Buffer
		write(t, report.NewJSON(&b, true), items[:n]...)
		var reports []review.Report
		require.NoError(t, json.Unmarshal(b.Bytes(), &reports), b.String())
		require.Len(t, reports, n)
	}
	var b bytes.Buffer
	write(t, report.NewJSON(&b, false), items[0])
	var one review.Report
	require.NoError(t, json.Unmarshal(b.Bytes(), &one))
	require.Equal(t, "赌博", one.Findings[0].Text)

	b.Reset()
	write(t, report.NewJSONLines(&b), items...)
	require.Equal(t, 2, strings.Count(b.String(), "\n"))
	require.True(t, strings.HasSuffix(b.String(), "}\n"))
}

// An error of the output is returned, for every writer.
func TestWriteErrors(t *testing.T) {
	for name, w := range map[string]report.Writer{
		"text": report.NewText(broken{}, report.TextOptions{}), "json": report.NewJSON(broken{}, true), "jsonl": report.NewJSONLines(broken{}),
	} {
		require.ErrorIs(t, w.Write(found("去赌博", "赌博", nil)), errBroken, name)
	}
}

var errBroken = errors.New("disk full")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func ExampleNewText() {
	body := "周末一起去赌博网站碰运气"
	w := report.NewText(os.Stdout, report.TextOptions{})
	_ = w.Write(found(body, "赌博网站", nil))
	_ = w.Close()
	// Output:
	// draft.txt：拦截
	//   拦截 body 1:6  赌博诈骗：“赌博网站”
	//     周末一起去赌博网站碰运气
	//               ^^^^^^^^
	// 共检查 1 篇：通过 0 篇，需复核 0 篇，拦截 1 篇；发现 1 处。
}
