package soak

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// hostileTexts are parts of texts that break scanners; n says how much.
var hostileTexts = []func(n int) string{
	func(n int) string { return strings.Repeat("<div>", n) + "赌<b>博</b>网站" },
	func(n int) string {
		return strings.Repeat("<b><i>", n) + "赌博网站" + strings.Repeat("</b></i>", n)
	},
	func(n int) string { return "<p title=\"" + strings.Repeat("赌博网站", n) + "\">" },
	func(n int) string { return "<p " + strings.Repeat("a=1 ", n) + ">" },
	func(n int) string { return "<" + strings.Repeat("a", n) },
	func(n int) string { return strings.Repeat("&#36172;&#21338;&#32593;&#31449;", n) },
	func(n int) string {
		return strings.Repeat("&", n) + strings.Repeat("&amp", n) + "&#x" + strings.Repeat("0", n) + "8d4c;"
	},
	func(n int) string { return strings.Repeat("<!--", n) + strings.Repeat("<![CDATA[", n) },
	func(n int) string { return strings.Repeat("<table><tr><td>", n) + "赌博网站" },
	func(n int) string { return "<script>" + strings.Repeat("</scrip", n) },
	func(n int) string { return "<svg>" + strings.Repeat("<foreignObject><math>", n) + "赌博网站" },
	func(n int) string { return strings.Repeat("> ", n) + "赌博网站\n\n" },
	func(n int) string { return strings.Repeat("*a_ ", n) + strings.Repeat("[a](", n) },
	func(n int) string { return strings.Repeat("`", n) + strings.Repeat("```\n", n%100) },
	func(n int) string { return strings.Repeat("|a", n) + "\n" + strings.Repeat("|-", n) + "\n" },
	func(n int) string { return "[x]: " + strings.Repeat("a", n) + "\n" + strings.Repeat("[x] ", n) },
	func(n int) string { return "赌" + strings.Repeat("\u200b", n) + "博网站" },
	func(n int) string { return "赌" + strings.Repeat("\u0301", n) + "博网站" },
	func(n int) string { return strings.Repeat("赌", n) + "博网站" },
	func(n int) string { return strings.Repeat("赌(dǔ)", n) + "博网站" },
	func(n int) string { return strings.Repeat("%E8%B5%8C%E5%8D%9A", n) + strings.Repeat("\\u8d4c", n) },
	func(n int) string { return strings.Repeat("6LWM5Y2a572R56uZ", n) },
	func(n int) string { return strings.Repeat("138001380", n) + strings.Repeat("1.", n) },
	func(n int) string { return strings.Repeat("a@", n) + strings.Repeat("www.", n) },
	func(n int) string {
		return strings.Repeat("就业增长3%，", n) + strings.Repeat("据新华社报道", n)
	},
	func(n int) string { return strings.Repeat("<!-- shenjiao: ok -->", n) },
	func(n int) string { return "---\n" + strings.Repeat("a: [", n) + "\n---\n" },
	func(n int) string { return strings.Repeat("\n", n) + strings.Repeat("\r", n) },
	func(n int) string { return strings.Repeat("赌博网站。", n) },
	func(n int) string { return "云洲市总工会" },
}

func hostileText(rng *rand.Rand, most int) string {
	var b strings.Builder
	for range 1 + rng.IntN(5) {
		b.WriteString(pick(rng, hostileTexts)(1 + rng.IntN(most)))
	}
	return b.String()
}

func hostileDocument(rng *rand.Rand, most int) *shenjiao.Document {
	body, title := hostileText(rng, most), hostileText(rng, 20)
	return &shenjiao.Document{
		Title: &title, Body: &body, BodyFormat: new(pick(rng, []review.BodyFormat{review.BodyPlain, review.BodyHTML, review.BodyMarkdown})),
		Images: []review.Image{{Alt: new(hostileText(rng, 20))}}, Attachments: []review.Attachment{{Name: new(hostileText(rng, 20))}},
	}
}

// checkReport wants what holds for every report.
func checkReport(t *testing.T, doc *shenjiao.Document, r *shenjiao.Report) {
	texts := map[string]string{}
	for _, f := range doc.Fields() {
		texts[f.Path] = f.Text
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		text := texts[f.Field]
		require.True(t, 0 <= f.Span.Start && f.Span.Start <= f.Span.End && f.Span.End <= int64(len(text)), "%+v", f.Span)
		if f.Rule == "term" {
			require.Equal(t, text[f.Span.Start:f.Span.End], f.Text)
		}
	}
	data, err := json.Marshal(r)
	require.NoError(t, err)
	require.True(t, json.Valid(data))
}

// Every document has a report, whose findings stand where they say; a plain
// text has the same as a stream, in chunks of any size.
func TestDocuments(t *testing.T) {
	rounds(t, "documents", func(t *testing.T, rng *rand.Rand, c *tally) {
		s := scanner(t)
		for range 12 {
			c.inputs.Add(1)
			doc := hostileDocument(rng, 1+rng.IntN(2000))
			r, err := s.Scan(context.Background(), doc)
			require.NoError(t, err)
			checkReport(t, doc, r)

			c.inputs.Add(1)
			text := hostileText(rng, 200)
			whole, err := s.With(func(o *shenjiao.Options) { o.NoRules = true })
			require.NoError(t, err)
			want, err := whole.Scan(context.Background(), &shenjiao.Document{Body: &text})
			require.NoError(t, err)
			st := whole.NewStream(context.Background(), shenjiao.StreamOptions{})
			for rest := []byte(text); len(rest) > 0; {
				n := min(len(rest), 1+rng.IntN(1000))
				_, err := st.Write(rest[:n])
				require.NoError(t, err)
				rest = rest[n:]
			}
			got, err := st.Report()
			require.NoError(t, err)
			terms := func(r *shenjiao.Report) (list []string) {
				for _, f := range r.Findings {
					if f.Rule == "term" && !slices.Contains(f.Channels, "encoded") { // a stream is read as it stands
						list = append(list, fmt.Sprint(f.Span, f.Term))
					}
				}
				return list
			}
			if !strings.ContainsAny(text, "%\\&") && !strings.Contains(text, "6LWM") {
				require.Equal(t, terms(want), terms(got), "%.200q", text)
			}
		}
	})
}

// A document may have a million findings. Its report says that it does not list
// them all, and has the verdict of all.
func TestManyFindings(t *testing.T) {
	rounds(t, "many findings", func(t *testing.T, rng *rand.Rand, c *tally) {
		n := 20_000
		if soaking() {
			n = 1_000_000
		}
		c.inputs.Add(1)
		most := n / 10
		s, err := scanner(t).With(func(o *shenjiao.Options) { o.MaxFindings = most })
		require.NoError(t, err)
		body := strings.Repeat("赌博网站。", n)
		r, err := s.Scan(context.Background(), &shenjiao.Document{Body: &body})
		require.NoError(t, err)
		require.Equal(t, review.VerdictBlock, r.Verdict)
		require.Len(t, r.Findings, most)
		at := slices.IndexFunc(r.Limits, func(l review.Limit) bool { return l.Name == review.LimitFindings })
		require.GreaterOrEqual(t, at, 0)
		require.GreaterOrEqual(t, r.Limits[at].Got, int64(n))
	})
}

// countdown is a context that is cancelled when it is asked for the n-th time.
// It is used by one goroutine at a time.
type countdown struct {
	context.Context
	cancel context.CancelCauseFunc
	left   int
}

var errCountdown = errors.New("soak: cancelled")

func newCountdown(n int) *countdown {
	ctx, cancel := context.WithCancelCause(context.Background())
	return &countdown{ctx, cancel, n}
}

func (c *countdown) ask() {
	if c.left--; c.left < 0 {
		c.cancel(errCountdown)
	}
}

func (c *countdown) Err() error            { c.ask(); return c.Context.Err() }
func (c *countdown) Done() <-chan struct{} { c.ask(); return c.Context.Done() }

// Cancelled at any point where a check looks, it fails with the cause, or it is
// the check: never half of one.
func TestCancellation(t *testing.T) {
	rounds(t, "cancellation", func(t *testing.T, rng *rand.Rand, c *tally) {
		s := scanner(t)
		doc := hostileDocument(rng, 500)
		long := *doc.Body + strings.Repeat("平安是福。", 20_000) + "赌博网站"
		doc.Body, doc.BodyFormat = &long, nil
		want, err := s.Scan(context.Background(), doc)
		require.NoError(t, err)
		masked, err := s.Mask(context.Background(), long, shenjiao.MaskOptions{})
		require.NoError(t, err)
		checks := map[string]func(ctx context.Context) (any, error){
			"scan": func(ctx context.Context) (any, error) { return s.Scan(ctx, doc) },
			"mask": func(ctx context.Context) (any, error) { return s.Mask(ctx, long, shenjiao.MaskOptions{}) },
		}
		wants := map[string]any{"scan": want, "mask": masked}
		for name, check := range checks {
			cancelled := 0
			for n := 0; ; n++ {
				c.inputs.Add(1)
				ctx := newCountdown(n)
				got, err := check(ctx)
				ctx.cancel(nil)
				if err == nil {
					require.Equal(t, wants[name], got, name)
					break
				}
				c.faults.Add(1)
				cancelled++
				require.ErrorIs(t, err, errCountdown, name)
				require.Less(t, n, 10_000)
			}
			require.Positive(t, cancelled, name)
		}
		// On several cores, at random: the loop ends, with all reports or the cause.
		for range 5 {
			c.inputs.Add(1)
			c.faults.Add(1)
			ctx, cancel := context.WithCancelCause(context.Background())
			after := rng.IntN(6)
			seen := 0
			for r, err := range s.ScanAll(ctx, func(yield func(*shenjiao.Document) bool) {
				for range 6 {
					if !yield(doc) {
						return
					}
				}
			}, 3) {
				if err != nil {
					require.ErrorIs(t, err, errCountdown)
				} else {
					require.Equal(t, want, r)
				}
				if seen++; seen > after {
					cancel(errCountdown)
				}
			}
			cancel(nil)
		}
	})
}
