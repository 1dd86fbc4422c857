package text

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestComments(t *testing.T) {
	for _, c := range []struct {
		name, src string
		format    Format
		comments  []string
		blocks    []string // the source of the block of each
	}{
		{"before a block", `<!-- a --><p>一</p><p>二</p>`, HTML, []string{" a "}, []string{"一"}},
		{"between blocks", `<p>一</p><!--b--><p>二<b>三</b></p>`, HTML, []string{"b"}, []string{"二<b>三"}},
		{"at the beginning of a block", `<p>一</p><p><!--b-->二</p><p>三</p>`, HTML, []string{"b"}, []string{"二"}},
		{"within a block", `<p>零</p><p>一<!--b-->二</p><p>三</p>`, HTML, []string{"b"}, []string{"一<!--b-->二"}},
		{"at the end of a block", `<p>一<!--b--></p><p>二</p>`, HTML, []string{"b"}, []string{"一"}},
		{"the last", `<p>一</p><!--b-->`, HTML, []string{"b"}, []string{""}},
		{"alone", `<!---->`, HTML, []string{""}, []string{""}},
		{"two", `<!--a--><!--b--><p>一</p>`, HTML, []string{"a", "b"}, []string{"一", "一"}},
		{"not ended", `<p>一</p><!-- b`, HTML, []string{" b"}, []string{""}},
		{"no comments", `<?php ?><!doctype html><p>&lt;!-- a --&gt;</p>`, HTML, nil, nil},
		{"in a script", `<script><!-- a --></script>一`, HTML, nil, nil},
		{"cell", `<table><tr><td>一<!--b--></td><td>二</td></tr></table>`, HTML, []string{"b"}, []string{"一"}},
		{"Markdown block", "一\n\n<!-- a -->\n\n二\n三\n\n四\n", Markdown, []string{" a "}, []string{"二\n三"}},
		{"Markdown block, no blank line after it", "一\n\n<!-- a -->\n二\n\n三\n", Markdown, []string{" a "}, []string{"二"}},
		{"Markdown within a line", "零\n\n一 <!-- a --> 二\n\n三", Markdown, []string{" a "}, []string{"一 <!-- a --> 二"}},
		{"Markdown list", "- 一 <!--a-->\n- 二\n", Markdown, []string{"a"}, []string{"一"}},
		{"Markdown code is no comment", "`<!-- a -->`\n\n```\n<!-- b -->\n```\n", Markdown, nil, nil},
		{"plain text has none", "<!-- a -->一", Plain, nil, nil},
	} {
		v := Extract(c.src, c.format)
		var comments, blocks []string
		for _, got := range v.Comments() {
			comments = append(comments, got.Text)
			start, end := v.Block(got)
			blocks = append(blocks, c.src[start:end])
			require.Equal(t, "<!--", c.src[got.Start:got.Start+4], c.name)
		}
		require.Equal(t, c.comments, comments, c.name)
		require.Equal(t, c.blocks, blocks, c.name)
	}
}

// A comment is never visible, and whatever a text holds, the span of a comment and that of its block are spans of it.
func TestCommentSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"<!--", "-->", "--!>", "<!-->", "<p>", "</p>", "<b>", "\n", "\n\n", "> ", "- ", "一", "x", "`", "<br>", "<td>", "<script>"})).Draw(t, "parts")
		src := ""
		for _, p := range parts {
			src += p
		}
		for _, f := range []Format{HTML, Markdown} {
			v := Extract(src, f)
			for _, c := range v.Comments() {
				require.True(t, 0 <= c.Start && c.Start < c.End && c.End <= len(src), "%q %v", src, c)
				start, end := v.Block(c)
				require.True(t, 0 <= start && start <= end && end <= len(src), "%q %v", src, c)
			}
		}
	})
}
