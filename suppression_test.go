package shenjiao_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/suppress"
)

// suppressed scans a body of HTML on 2026-06-01 and returns the terms found
// and suppressed, and the rules of findings about answers.
func suppressed(t *testing.T, change func(*shenjiao.Options), body string) (found, set, about []string, r *shenjiao.Report) {
	t.Helper()
	r = scan(t, scanner(t, change), &shenjiao.Document{
		Body: &body, BodyFormat: new(review.BodyHTML), Now: new(review.Time("2026-06-01T09:00:00+08:00")),
	})
	for _, f := range r.Findings {
		if f.Term != "" {
			found = append(found, f.Term)
		} else {
			about = append(about, f.Rule)
		}
	}
	for _, f := range r.Suppressed {
		set = append(set, f.Finding.Term)
	}
	return found, set, about, r
}

func TestInlineSuppression(t *testing.T) {
	for _, c := range []struct {
		name              string
		trust             shenjiao.InlineTrust
		body              string
		found, set, about []string
	}{
		{
			name:  "the next block",
			body:  `<p>《法制日报》载。</p><!-- shenjiao:ignore political_terms until=2026-12-31 reason=原题 --><p>《法制日报》又载。</p>`,
			found: []string{"法制日报"}, set: []string{"法制日报"},
		},
		{
			name: "last day",
			body: `<p>《法制日报》<!-- shenjiao:ignore term until=2026-06-01 reason=原题 --></p>`,
			set:  []string{"法制日报"},
		},
		{
			name:  "expired",
			body:  `<p>《法制日报》<!-- shenjiao:ignore term until=2026-05-31 reason=原题 --></p>`,
			found: []string{"法制日报"}, about: []string{"suppress.expired"},
		},
		{
			name:  "another rule",
			body:  `<p>《法制日报》<!-- shenjiao:ignore term:赌博网站 until=2026-12-31 reason=原题 --></p>`,
			found: []string{"法制日报"}, about: []string{"suppress.unused"},
		},
		{
			name:  "malformed",
			body:  `<p>《法制日报》<!-- shenjiao:ignore term --></p>`,
			found: []string{"法制日报"}, about: []string{"suppress.malformed"},
		},
		{
			name:  "not trusted",
			trust: shenjiao.TrustNothing,
			body:  `<p>《法制日报》<!-- shenjiao:ignore term until=2026-12-31 reason=原题 --></p>`,
			found: []string{"法制日报"},
		},
		{
			name:  "text of a page is no comment",
			body:  `<p>《法制日报》&lt;!-- shenjiao:ignore term until=2026-12-31 reason=原题 --&gt;</p>`,
			found: []string{"法制日报"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			found, set, about, r := suppressed(t, func(o *shenjiao.Options) { o.Inline = c.trust }, c.body)
			require.Equal(t, c.found, found)
			require.Equal(t, c.set, set)
			require.Equal(t, c.about, about)
			if len(found) == 0 {
				require.Equal(t, review.VerdictPass, r.Verdict)
				require.Equal(t, "原题", r.Suppressed[0].Suppression.Reason)
			}
			for _, f := range r.Findings {
				require.NotEmpty(t, f.ID)
				require.Equal(t, f.Text, c.body[f.Span.Start:f.Span.End])
			}
		})
	}
}

// A comment does not lift a block, unless the caller says so.
func TestInlineSuppressionOfBlock(t *testing.T) {
	body := `<p>去赌博网站碰运气<!-- shenjiao:ignore term until=2026-12-31 reason=原题 --></p>`
	for trust, verdict := range map[shenjiao.InlineTrust]review.Verdict{
		"": review.VerdictBlock, shenjiao.TrustNotes: review.VerdictBlock, shenjiao.TrustReview: review.VerdictBlock, shenjiao.TrustBlock: review.VerdictPass,
	} {
		_, _, _, r := suppressed(t, func(o *shenjiao.Options) { o.Inline = trust }, body)
		require.Equal(t, verdict, r.Verdict, "trust %q", trust)
	}
}

func TestBaselineSuppression(t *testing.T) {
	body := `<p>甲处，《法制日报》载。</p><p>另有《法制日报》的文章。</p>`
	_, _, _, first := suppressed(t, nil, body)
	require.Len(t, first.Findings, 2)

	baseline := (*suppress.Baseline)(nil).With(first.Findings[:1], review.Suppression{Reason: "存量"})
	found, set, _, r := suppressed(t, func(o *shenjiao.Options) { o.Baseline = baseline }, `<h1>新的标题</h1>`+body)
	require.Equal(t, []string{"法制日报"}, found, "the finding elsewhere stays")
	require.Equal(t, []string{"法制日报"}, set, "found again although the text before it grew")
	require.Equal(t, review.SuppressionBaseline, r.Suppressed[0].Suppression.Kind)

	baseline = (*suppress.Baseline)(nil).With(first.Findings, review.Suppression{Reason: "存量", Until: "2026-05-31"})
	found, set, about, _ := suppressed(t, func(o *shenjiao.Options) { o.Baseline = baseline }, body)
	require.Len(t, found, 2)
	require.Empty(t, set)
	require.Equal(t, []string{"suppress.expired", "suppress.expired"}, about)
}
