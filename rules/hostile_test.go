package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
)

// everything is an engine with every rule of the catalogue on.
func everything(t testing.TB) *Engine {
	var b strings.Builder
	b.WriteString("id: all\nlists: {certified_names: []}\nrules:\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "  %s: {enabled: true}\n", r.ID)
	}
	p, err := ParseProfile("all", []byte(b.String()))
	require.NoError(t, err)
	e, err := New(Options{Profile: p})
	require.NoError(t, err)
	require.Len(t, e.rules, len(Rules()))
	return e
}

// Time is linear in the text, whatever it holds: four times a text takes no
// more than about four times as long.
func TestHostile(t *testing.T) {
	e := everything(t)
	repost := &review.Repost{IsRepost: new(true), Source: new("新华社"), OriginalTitle: new(strings.Repeat("题", 50_000))}
	for _, piece := range []string{
		"就业增长3%", "口径", "据统计", "按照口径为", "养老金120万元，", "注：统计\n", "说明：", "附件1：表\n", "附件：1.表 2.表\n", "1.", "5月8日前", "2026年5月8日（星期三）前，",
		"五月", "来源：网络\n", "据新华社报道", "原标题：", "某发〔2026〕3号", "机密★", "市公安局将", "市局厅委", "务必全体关注", "要求", "关注率", "(a", "後发", "\u200b", "の", "１３８００１３８０００", "。", "\n", "转自", "比", "百分之", "“", "3万人（",
		"3.2万人（32000人）", "<img src=http://x.y/z>", "![](", "关注公众号：",
	} {
		took := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece)+1)
			best := time.Hour
			for range 2 {
				doc := &review.Document{
					Title: &text, Digest: &text, Body: &text, BodyFormat: new(review.BodyMarkdown), Repost: repost,
					Attachments: []review.Attachment{{Name: &text}, {Name: &text}}, Account: &review.Account{Name: new("云州工会")},
				}
				start := time.Now()
				e.Evaluate(doc, Evidence{Findings: []review.Finding{}})
				best = min(best, time.Since(start))
			}
			return best
		}
		const n = 8 << 10
		small := took(n)
		if large := took(4 * n); large > 10*small+200*time.Millisecond {
			t.Errorf("%q: %d bytes take %v, %d bytes %v", piece, n, small, 4*n, large)
		} else if testing.Verbose() {
			t.Logf("%q: %v, %v", piece, small, large)
		}
	}
}
