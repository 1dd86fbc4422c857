package report_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/report"
)

// TestMask: no form of a report repeats personal data, not even in the text
// around another finding.
func TestMask(t *testing.T) {
	s, err := shenjiao.New(shenjiao.Options{})
	require.NoError(t, err)
	body := "联系人：赵某，13800138000，１３８００１３８００１，身份证110101190001010014，机密★10年"
	doc := &shenjiao.Document{Body: &body}
	r, err := s.Scan(context.Background(), doc)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(r.Findings), 4)
	var out bytes.Buffer
	for name, w := range map[string]report.Writer{
		"text": report.NewText(&out, report.TextOptions{}), "jsonl": report.NewJSONLines(&out), "html": report.NewHTML(&out, report.HTMLOptions{}),
		"sarif": report.NewSARIF(&out, report.SARIFOptions{}), "rdjson": report.NewRDJSON(&out),
	} {
		out.Reset()
		for _, whole := range []bool{true, false} {
			it := report.Item{Name: "draft.txt", Report: r, Document: doc, Excerpt: report.FieldExcerpt(doc)}
			if !whole {
				it.Document = nil
			}
			require.NoError(t, w.Write(it))
		}
		require.NoError(t, w.Close())
		for _, datum := range []string{"13800138000", "１３８００１３８００１", "110101190001010014"} {
			require.NotContains(t, out.String(), datum, name)
		}
		require.Contains(t, out.String(), "138****8000", name)
	}
}
