package shenjiao_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

// Reaching a limit is never silent: it is in the report, or the check fails.

func TestMaxBytes(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.MaxBytes = 10 })
	_, err := s.Scan(context.Background(), &shenjiao.Document{Title: new("1234"), Body: new("567890")})
	require.NoError(t, err)
	_, err = s.Scan(context.Background(), &shenjiao.Document{Title: new("1234"), Body: new("5678901")})
	var large *shenjiao.TooLargeError
	require.ErrorAs(t, err, &large)
	require.Equal(t, shenjiao.TooLargeError{Bytes: 11, Max: 10}, *large)
	require.EqualError(t, err, "shenjiao: document: 11 bytes of text, want at most 10: check it as a stream, or raise Options.MaxBytes")

	st := s.NewStream(context.Background(), shenjiao.StreamOptions{})
	_, err = io.WriteString(st, "1234567890一二三")
	require.NoError(t, err)
}

// The gravest findings stay, in their order and with their ids; the verdict and
// the steps are those of all.
func TestMaxFindings(t *testing.T) {
	body := strings.Repeat("大麻。", 5) + "赌博网站。" + strings.Repeat("大麻。", 5) + "请一次性交付。"
	all := func(o *shenjiao.Options) { o.NoRules, o.ShowVetoed = false, true }
	doc := &shenjiao.Document{Body: &body}
	whole := scan(t, scanner(t, all), doc)
	require.Empty(t, whole.Limits)
	require.Greater(t, len(whole.Findings), 11)
	blocks := 0
	for _, f := range whole.Findings {
		if f.Action == review.ActionBlock {
			blocks++
		}
	}
	require.Positive(t, blocks)
	for n := 1; n <= len(whole.Findings)+1; n++ {
		r := scan(t, scanner(t, func(o *shenjiao.Options) { all(o); o.MaxFindings = n }), doc)
		require.Equal(t, whole.Verdict, r.Verdict)
		require.Len(t, r.Steps, len(whole.Steps))
		if n >= len(whole.Findings) {
			require.Equal(t, whole.Findings, r.Findings)
			require.Empty(t, r.Limits)
			require.Equal(t, whole.Steps, r.Steps)
			continue
		}
		require.Len(t, r.Findings, n)
		require.Contains(t, r.Limits, review.Limit{Name: review.LimitFindings, Max: int64(n), Got: int64(len(whole.Findings))})
		kept, at := 0, 0
		for _, f := range r.Findings {
			for at < len(whole.Findings) && whole.Findings[at].ID != f.ID {
				at++
			}
			require.Less(t, at, len(whole.Findings), "in their order")
			require.Equal(t, whole.Findings[at], f)
			if f.Action == review.ActionBlock {
				kept++
			}
		}
		require.Equal(t, min(n, blocks), kept)
		validate(t, r)
	}

	st := scanner(t, func(o *shenjiao.Options) { o.MaxFindings = 2 }).NewStream(context.Background(), shenjiao.StreamOptions{})
	_, err := io.WriteString(st, body)
	require.NoError(t, err)
	r, err := st.Report()
	require.NoError(t, err)
	require.Len(t, r.Findings, 2)
	require.Equal(t, review.VerdictBlock, r.Verdict)
	require.Equal(t, review.LimitFindings, r.Limits[0].Name)
}

func TestMaxVetoed(t *testing.T) {
	body := strings.Repeat("请一次性交付。", 10)
	r := scan(t, scanner(t, func(o *shenjiao.Options) { o.ShowVetoed, o.MaxFindings = true, 3 }), &shenjiao.Document{Body: &body})
	require.Len(t, r.Vetoed, 3)
	require.Equal(t, []review.Limit{{Name: review.LimitVetoed, Max: 3, Got: 10}}, r.Limits)
}

// Text that stands too deep is read as part of what is around it.
func TestMaxNesting(t *testing.T) {
	for _, tt := range []struct {
		name    string
		max     int
		depth   int
		reached bool
	}{
		{"default", 0, 1000, false},
		{"default, reached", 0, shenjiao.DefaultMaxNesting + 10, true},
		{"ten", 10, 9, false},
		{"ten, reached", 10, 20, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := strings.Repeat("<div>", tt.depth) + "赌<b>博</b>网站" + strings.Repeat("</div>", tt.depth)
			r := scan(t, scanner(t, func(o *shenjiao.Options) { o.MaxNesting = tt.max }), &shenjiao.Document{Body: &body, BodyFormat: new(review.BodyHTML)})
			require.Len(t, r.Findings, 1)
			if !tt.reached {
				require.Empty(t, r.Limits)
				return
			}
			require.Len(t, r.Limits, 1)
			require.Equal(t, review.LimitNesting, r.Limits[0].Name)
			require.Equal(t, "body", r.Limits[0].Field)
		})
	}
}

func TestLimitOfMarkdown(t *testing.T) {
	body := strings.Repeat("一\n", 1<<20+1) + "赌**博**网站"
	r := scan(t, scanner(t, nil), &shenjiao.Document{Body: &body, BodyFormat: new(review.BodyMarkdown)})
	require.Equal(t, []review.Limit{{Name: review.LimitMarkdown, Field: "body", Max: 4 << 20}}, r.Limits)
	require.Len(t, r.Findings, 1)
}

func TestLimitOfRules(t *testing.T) {
	body := strings.Repeat("就业增长3%。\n\n", rules.MaxFindings+10)
	r := scan(t, scanner(t, func(o *shenjiao.Options) { o.NoRules = false }), &shenjiao.Document{Body: &body})
	require.NotEmpty(t, r.Limits)
	for _, l := range r.Limits {
		require.Equal(t, review.LimitRule, l.Name)
		require.NotEmpty(t, l.Rule)
	}
}

func TestBadLimits(t *testing.T) {
	for want, change := range map[string]func(*shenjiao.Options){
		"MaxBytes":    func(o *shenjiao.Options) { o.MaxBytes = -1 },
		"MaxFindings": func(o *shenjiao.Options) { o.MaxFindings = -1 },
		"MaxNesting":  func(o *shenjiao.Options) { o.MaxNesting = -1 },
	} {
		opts := shenjiao.Options{}
		change(&opts)
		_, err := shenjiao.New(opts)
		require.EqualError(t, err, "shenjiao: Options."+want+": want a number above 0, or 0 for the default, got -1")
	}
}

// Every report for people and programs says that a limit was reached.
func TestLimitsAreReported(t *testing.T) {
	body := strings.Repeat("大麻。", 5)
	r := scan(t, scanner(t, func(o *shenjiao.Options) { o.MaxFindings = 2 }), &shenjiao.Document{Body: &body})
	validate(t, r)
	for name, tt := range map[string]struct {
		make func(w io.Writer) report.Writer
		want string
	}{
		"text": {func(w io.Writer) report.Writer { return report.NewText(w, report.TextOptions{}) }, "达到上限：只列出2处发现，共5处"},
		"text, in quiet": {func(w io.Writer) report.Writer {
			return report.NewText(w, report.TextOptions{Quiet: true, English: true})
		}, "limit reached: only 2 findings of 5 are listed"},
		"html":  {func(w io.Writer) report.Writer { return report.NewHTML(w, report.HTMLOptions{}) }, "达到上限：只列出2处发现，共5处"},
		"sarif": {func(w io.Writer) report.Writer { return report.NewSARIF(w, report.SARIFOptions{}) }, "达到上限：只列出2处发现，共5处"},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w := tt.make(&b)
			require.NoError(t, w.Write(report.Item{Name: "a.txt", File: true, Report: r, Document: &shenjiao.Document{Body: &body}}))
			require.NoError(t, w.Close())
			require.Contains(t, b.String(), tt.want)
		})
	}
	data, err := json.Marshal(r)
	require.NoError(t, err)
	require.Contains(t, string(data), `"limits":[{"limit":"findings","max":2,"got":5}]`)
}
