package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// articleHTML is an article of about 100 KB as an editor for official accounts writes it: every paragraph in sections with inline styles.
func articleHTML() string {
	return strings.Repeat(`<section style="margin: 0px; padding: 0px; display: inline-block; width: 100%;"><p style="line-height: 1.75em;">`+
		`<span style="font-size: 15px; color: rgb(63, 63, 63);">近日，市民反映部分老旧小区停车难的问题，<strong>有关部门</strong>迅速回应，&nbsp;`+
		`已会同街道、社区和物业拿出方案，计划年底前新增车位一千二百个。</span></p><p><img class="rich_pages" data-src="https://example.com/a.jpg" alt="图 1：小区停车场"></p></section>`+"\n", 180)
}

// articleMarkdown is the same amount of text in Markdown.
func articleMarkdown() string {
	return strings.Repeat("## 停车难，怎么办\n\n近日，市民反映部分老旧小区**停车难**的问题，[有关部门](https://example.com/a)迅速回应，已会同街道、社区和物业拿出方案。\n"+
		"计划年底前新增车位一千二百个。\n\n- 拓宽道路\n- 错时共享\n\n| 小区 | 车位 |\n|---|---|\n| 东园 | 300 |\n\n![小区停车场](a.jpg)\n\n", 200)
}

func BenchmarkExtract(b *testing.B) {
	for _, c := range []struct {
		name string
		src  string
		f    Format
		text int // bytes of visible text, so that a fast wrong answer shows
	}{
		{"html", articleHTML(), HTML, 0},
		{"markdown", articleMarkdown(), Markdown, 0},
		{"one-line", strings.Repeat("赌博", 1<<20), HTML, 6 << 20},
		{"entities", strings.Repeat("&#36172;", 1<<17), HTML, 3 << 17},
		{"tags", strings.Repeat("<b>赌</b>", 1<<17), HTML, 3 << 17},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.src)))
			b.ReportAllocs()
			for b.Loop() {
				v := Extract(c.src, c.f)
				if c.text > 0 {
					require.Len(b, v.Text(), c.text)
				}
				require.True(b, c.text > 0 || strings.Count(v.Text(), "停车难") > 100)
			}
		})
	}
}

func BenchmarkSource(b *testing.B) {
	v := Extract(articleHTML(), HTML)
	at := strings.LastIndex(v.Text(), "有关部门")
	b.ReportAllocs()
	for b.Loop() {
		v.Source(at, at+12)
	}
}

func BenchmarkIndex(b *testing.B) {
	src := articleHTML()
	b.Run("new", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		for b.Loop() {
			NewIndex(src)
		}
	})
	b.Run("position", func(b *testing.B) {
		x := NewIndex(src)
		i := 0
		for b.Loop() {
			x.Position(i)
			i = (i + 7919) % len(src)
		}
	})
}
