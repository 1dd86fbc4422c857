package report_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
)

// page is a report as a browser reads it.
func page(t require.TestingT, opts report.HTMLOptions, items ...report.Item) (*html.Node, string) {
	var b bytes.Buffer
	w := report.NewHTML(&b, opts)
	for _, it := range items {
		require.NoError(t, w.Write(it))
	}
	require.NoError(t, w.Close())
	text := b.String()
	root, err := html.Parse(&b)
	require.NoError(t, err)
	return root, text
}

// all returns the elements of a name, with a class if one is given.
func all(n *html.Node, name, class string) (found []*html.Node) {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == name && (class == "" || strings.Contains(" "+attr(c, "class")+" ", " "+class+" ")) {
			found = append(found, c)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// words returns the text of an element without the numbers of marks.
func words(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || c.Data != "sup" {
				walk(c)
			}
		}
	}
	walk(n)
	return b.String()
}

func TestHTML(t *testing.T) {
	items := full()
	items[0].Report.Evaluations = []review.Evaluation{{Rule: "data.scope-note", Status: review.StatusNotEvaluated, Missing: []string{"body"}}}
	items[0].Report.Vetoed = []review.Vetoed{{Term: "性交", Field: "body", Reason: review.VetoSegmentation, Words: []string{"一次性", "交付"}}}
	root, text := page(t, report.HTMLOptions{Rule: func(id string) (report.RuleInfo, bool) {
		return report.RuleInfo{Title: "数据注明口径"}, id == "data.scope-note"
	}}, items...)
	require.Len(t, all(root, "article", ""), 3)
	require.Equal(t, "第一行\n𠮷去赌*博網站\n玩\n", words(all(root, "div", "draft")[0]))
	marks := all(root, "mark", "")
	require.Len(t, marks, 1, "a finding of another draft is not marked")
	require.Equal(t, "赌*博網站\n玩", words(marks[0]))
	require.Equal(t, "block", attr(marks[0], "data-action"))
	findings := all(root, "ol", "findings")
	require.Len(t, findings, 2)
	first := all(findings[0], "li", "")[0]
	require.Equal(t, attr(first, "id"), attr(marks[0], "data-findings"))
	for _, want := range []string{"拦截", "body 2:3", "0.90", "（删去）", "治安管理处罚法"} {
		require.Contains(t, words(first), want)
	}
	for _, want := range []string{"引用 2027-01-01", "数据注明口径", "未评估", "一次性 交付", "缺少复审记录", "starter 1.2.3", "account.filing_no account.state"} {
		require.Contains(t, words(root), want)
	}
	require.Regexp(t, `script-src &#39;sha256-[\w+/=&#;]+&#39;`, text)
	require.NotRegexp(t, `(?i)\b(?:src|href)="?(?:https?:|//)`, text, "a page needs nothing else")

	_, english := page(t, report.HTMLOptions{English: true}, items...)
	require.Contains(t, english, "Review report")
	require.NotContains(t, english, "未评估")
}

// Whatever a draft holds is text of the page and nothing else.
func TestHTMLEscapes(t *testing.T) {
	evil := "</div></article><script>alert(1)</script><img src=x onerror=alert(2)>赌博\"' onmouseover=alert(3) \x1b\u202e"
	it := found(evil, "赌博", func(f *review.Finding) {
		f.Message, f.Suggestion, f.Basis, f.Category = evil, evil, evil, `"><script>`
	})
	it.Name = evil
	it.Document = &review.Document{Body: &evil}
	root, _ := page(t, report.HTMLOptions{}, it)
	require.Len(t, all(root, "script", ""), 1)
	require.Empty(t, all(root, "img", ""))
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			require.False(t, strings.HasPrefix(a.Key, "on"), "attribute %s of %s", a.Key, n.Data)
		}
	}
	require.NotContains(t, words(root), "\u202e")
}

// A draft is shown whole and in order, however its findings overlap; each is
// within its marks.
func TestHTMLParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringOfN(rapid.SampledFrom([]rune("赌博<b>&'\"\n x😀")), 1, 40, -1).Draw(t, "body")
		runes := []rune(body)
		it := report.Item{Name: "x", Report: &review.Report{Verdict: review.VerdictReview}, Document: &review.Document{Body: &body, BodyFormat: new(review.BodyHTML)}}
		for i := range rapid.IntRange(0, 6).Draw(t, "n") {
			from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
			to := rapid.IntRange(from+1, len(runes)).Draw(t, "to")
			start, end := len(string(runes[:from])), len(string(runes[:to]))
			it.Report.Findings = append(it.Report.Findings, review.Finding{
				Rule: "term", Severity: review.SeverityWarning, Action: review.Action(1 + i%3), Field: "body", Line: 1, Column: 1,
				Span: review.Span{Start: int64(start), End: int64(end)}, Text: body[start:end], Message: fmt.Sprint(i),
			})
		}
		root, _ := page(t, report.HTMLOptions{}, it)
		require.Equal(t, body, words(all(root, "div", "draft")[0]))
		for i, f := range it.Report.Findings {
			id := fmt.Sprintf("d1-f%d", i+1)
			var marked string
			for _, m := range all(root, "mark", "") {
				if regexp.MustCompile(`(^| )` + id + `( |$)`).MatchString(attr(m, "data-findings")) {
					marked += words(m)
				}
			}
			require.Equal(t, f.Text, marked)
		}
	})
}
