package rules

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

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

// hostilePieces are what texts are made of that begin what rules look for, again
// and again.
var hostilePieces = []string{
	"就业增长3%", "口径", "据统计", "按照口径为", "养老金120万元，", "注：统计\n", "说明：", "附件1：表\n", "附件：1.表 2.表\n", "1.", "5月8日前", "2026年5月8日（星期三）前，",
	"五月", "来源：网络\n", "据新华社报道", "原标题：", "某发〔2026〕3号", "机密★", "市公安局将", "市局厅委", "务必全体关注", "要求", "关注率", "(a", "後发", "\u200b", "の", "１３８００１３８０００", "。", "\n", "转自", "比", "百分之", "“", "3万人（",
	"3.2万人（32000人）", "<img src=http://x.y/z>", "![](", "关注公众号：",
}

// hostileDocument says piece over n bytes in each of its fields.
func hostileDocument(piece string, n int) *review.Document {
	text := strings.Repeat(piece, n/len(piece)+1)
	return &review.Document{
		Title: &text, Digest: &text, Body: &text, BodyFormat: new(review.BodyMarkdown),
		Repost:      &review.Repost{IsRepost: new(true), Source: new("新华社"), OriginalTitle: new(strings.Repeat("题", 50_000))},
		Attachments: []review.Attachment{{Name: &text}, {Name: &text}}, Account: &review.Account{Name: new("云州工会")},
	}
}

// What is found and what is allocated are linear in the text, whatever it
// holds: four times a text gives no more than four times as many findings, and
// takes no more than about four times the memory. BenchmarkHostile has the time.
func TestHostile(t *testing.T) {
	e := everything(t)
	evaluate := func(piece string, n int) (findings int, objects, bytes uint64) {
		doc := hostileDocument(piece, n)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, found := e.Evaluate(doc, Evidence{Findings: []review.Finding{}})
		runtime.ReadMemStats(&after)
		return len(found), after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
	}
	evaluate("。", 1) // what is made once
	n := 8 << 10
	if testing.Short() {
		n >>= 2
	}
	for _, piece := range hostilePieces {
		found, objects, bytes := evaluate(piece, n)
		found4, objects4, bytes4 := evaluate(piece, 4*n)
		require.LessOrEqual(t, found4, 4*found+10, "%q: findings", piece)
		require.LessOrEqual(t, objects4, 5*objects+2000, "%q: objects", piece)
		require.LessOrEqual(t, bytes4, 5*bytes+1<<20, "%q: bytes", piece)
	}
}

// The time of a byte is the same in a text four times as long.
func BenchmarkHostile(b *testing.B) {
	e := everything(b)
	for _, piece := range hostilePieces {
		for _, n := range []int{8 << 10, 32 << 10} {
			b.Run(fmt.Sprintf("%q/%d", piece, n), func(b *testing.B) {
				doc := hostileDocument(piece, n)
				b.SetBytes(int64(n))
				for b.Loop() {
					e.Evaluate(doc, Evidence{Findings: []review.Finding{}})
				}
			})
		}
	}
}
