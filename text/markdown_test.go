package text

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
	"pgregory.net/rapid"
)

var markdownReadings = []reading{
	{"empty", "", "", nil},
	{"strong", "赌**博**", "赌博", []string{"赌博", "赌**博", "博", "博"}},
	{"emphasis", "赌*博*和*彩*票", "赌博和彩票", nil},
	{"strikethrough", "赌~~博~~", "赌博", nil},
	{"code span", "赌`博`", "赌博", nil},
	{"link", "赌[博](http://x 'y')客", "赌博客\n\ny", []string{"赌博客", "赌[博](http://x 'y')客", "y", "y"}},
	{"reference", "赌[博][r]和[博][r]\n\n[r]: /u \"t\"\n", "赌博和博\n\nt", []string{"t", "t"}},
	{"definition that nothing uses", "一\n\n[r]: /u 't'\n", "一", nil},
	{"title of two lines", "[一](/u 'a\nb')", "一\n\na b", []string{"a b", "a\nb"}},
	{"title in a quotation", "> [一](/u 'a\n> b')", "一\n\na b", []string{"a b", "a\n> b"}},
	{"definition of two lines", "[r]: /u 'a\nb'\n\n[r]", "r\n\na b", []string{"a b", "a\nb"}},
	{"image", "赌![图*一*](x '题')博", "赌博\n\n图一\n\n题", []string{"图一", "图*一"}},
	{"paragraphs", "一\n\n二", "一\n\n二", nil},
	{"line breaks", "一\n二  \n三\\\n  四", "一\n二\n三\n四", []string{"三\n四", "三\\\n  四"}},
	{"headings", "# 一\n二\n===\n三", "一\n\n二\n\n三", nil},
	{"lists", "- 一\n- 二\n  1. 三\n\n* 四", "一\n\n二\n\n三\n\n四", nil},
	{"task list", "- [x] 一\n- [ ] 二", "一\n\n二", nil},
	{"quotation", "> 赌\n> 博\n客", "赌\n博\n客", []string{"赌\n博", "赌\n> 博"}},
	{"table", "|赌|博|\n|-|-|\n|一|`a\\|b` c\\|d|", "赌\n\n博\n\n一\n\na|b c|d", []string{"a|b", `a\|b`}},
	{"code", "```go\n一 &lt;\n\n二\n```\n\n    三\n    四", "一 &lt;\n\n二\n\n三\n四\n\ngo", nil},
	{"thematic break", "一\n\n---\n二", "一\n\n二", nil},
	{"addresses", "<http://a.b/c_d> http://a.b/*c* [x](http://hidden)", "http://a.b/c_d http://a.b/c x", nil},
	{"footnotes", "赌[^1]博\n\n[^1]: 注\n\n[^2]: 无人提及", "赌博\n\n注\n\n无人提及", nil},
	{"footnotes in footnotes", "[^a]: [^b]: 一\n二[^b]三[^c]", "一\n二三[^c]", nil},
	{"entities and escapes", `&lt;赌&#21338;\*\a &copy &#xffffff;`, "<赌博*\\a &copy \ufffd", []string{"博", "&#21338;", "*", `\*`}},
	{"no entities in code", "`&lt;\\*`", "&lt;\\*", nil},
	{"tags", "赌<b>博</b><!-- x --><span style='display:none'>x</span>客", "赌博客", []string{"赌博", "赌<b>博"}},
	{"tag over two lines", "> 赌<i\n> title='甲\n> 乙'>博</i>", "赌博\n\n甲 乙", []string{"甲 乙", "甲\n> 乙"}},
	{"html block", "<div>\n一<b>二</b>\n\n**三**\n\n</div>", "一二\n\n三", nil},
	{"html block in a list", "- <p title=t>一\n  二</p>\n- 三", "一 二\n\n三\n\nt", []string{"一 二", "一\n  二"}},
	{"hidden over blocks", "<div hidden>\n\n**x** ![y](z 't')\n\n</div>\n\n一", "一", nil},
	{"hidden p ends at a paragraph", "<p hidden>\n\n一", "一", nil},
	{"hidden span ends with its paragraph", "一<span hidden>x\n\n二", "一\n\n二", nil},
	{"script", "<script>\n\nx\n\n</script>\n一", "一", nil},
	{"comment", "一\n\n<!-- x\n\ny -->\n\n二", "一\n\n二", nil},
	{"comment that a browser ends sooner", "a <!-- x --!> 一 --> b", "a 一 --> b", nil},
	{"processing instruction that a browser ends sooner", "a <?x > 一 ?> b", "a 一 ?> b", nil},
	{"unfinished comment is text", "一 <!-- 二", "一 <!-- 二", nil},
	{"front matter", "---\ntitle: 赌&lt;\n\ntags: [博]\n---\n# 一", "title: 赌&lt;\n\ntags: [博]\n\n一", []string{"赌", "赌"}},
	{"front matter behind a mark", "\ufeff---\na\n...\n一", "a\n\n一", nil},
	{"front matter that never ends", "---\na: b", "a: b", nil},
	{"byte order mark", "\ufeff# 一", "一", nil},
	{"bytes that are not UTF-8", "\xff赌**博**\xe8\xb5", "\xff赌博\xe8\xb5", []string{"赌博", "赌**博"}},
	{"carriage returns", "一\r\n二\r\n\r\n三", "一\n二\n\n三", nil},
	{"tabs", "-\t一\n\n\t二", "一\n\n二", nil},
}

func TestMarkdown(t *testing.T) { checkReadings(t, Markdown, markdownReadings) }

// Emphasis, links and code around any part of a line change nothing that a reader sees.
func TestInlineMarkdownIsInvisible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[赌博一二𠮷]{1,9}`)
		a, b, c := words.Draw(t, "a"), words.Draw(t, "b"), words.Draw(t, "c")
		around := rapid.SampledFrom([][2]string{{"**", "**"}, {"*", "*"}, {"`", "`"}, {"[", "](/u)"}, {"~~", "~~"}, {"<b>", "</b>"},
			{"***", "***"}, {"[**", "**](</u>)"}}).Draw(t, "around")
		src := a + around[0] + b + around[1] + c
		v := Extract(src, Markdown)
		require.Equal(t, a+b+c, v.Text())
		at := len(a)
		lo, hi := v.Source(at, at+len(b))
		require.Equal(t, b, src[lo:hi])
	})
}

// All that a page made by goldmark shows is visible. Footnotes are left out: it drops those that nothing refers to.
func TestAgreesWithRenderer(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(renderer.WithUnsafe()))
	part := rapid.SampledFrom([]string{"**", "*", "_", "~~", "`", "```\n", "[", "](u)", "](u 't", "')", "]", "![", "\n", "\n\n", "> ", "- ",
		"1. ", "# ", "|", "\n|-|-|\n", "\\", "  ", "    ", "---\n", "[^1]", "[r]: /u '", "'\n", "[r]", "<b>", "</b>", "<div>\n",
		"</div>\n", "<i hidden>", "</i>", "<!--", "-->", "&lt;", "\t", " ", "<http://x.y/", ">", "- [x] ", "===\n", "<pre>", "</pre>"})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for i := range rapid.IntRange(1, 20).Draw(t, "n") {
			b.WriteString(part.Draw(t, "part"))
			if rapid.Bool().Draw(t, "mark") {
				b.WriteRune(rune(0x4e00 + i))
			}
		}
		src := b.String()
		var page strings.Builder
		require.NoError(t, md.Convert([]byte(src), &page))
		got := Extract(src, Markdown).Text()
		for _, r := range Extract(page.String(), HTML).Text() {
			if unicode.Is(unicode.Han, r) {
				require.Contains(t, got, string(r), "of %q", src)
			}
		}
	})
}

// A text that reaches a limit of the parser keeps some of its punctuation, and loses nothing.
func TestHostileMarkdown(t *testing.T) {
	const n = 100_000
	r := strings.Repeat
	for _, c := range []struct{ name, src string }{
		{"quotations", r(">", n) + "赌博"},
		{"lists", r("- ", n) + "赌博"},
		{"numbered lists", r("1. ", n) + "赌博"},
		{"lists and quotations", r("> - ", n) + "赌博"},
		{"blank lines in a list", r("- ", 16) + "a\n" + r("\n", n) + "赌博"},
		{"footnotes in footnotes", r("[^a]: ", n) + "赌博"},
		{"footnotes", r("[^a]: b\n", n/8) + "\n" + r("[^b][^a]", n/8) + "赌博"},
		{"stars", r("*", n) + "赌博"},
		{"stars that open", r("*a ", n) + "赌博"},
		{"stars and underscores", r("*a_ ", n) + "赌博"},
		{"tildes", r("~~a ", n) + "赌博"},
		{"brackets", r("[", n) + "赌博"},
		{"pairs of brackets", r("[", n) + "赌博" + r("]", n)},
		{"images", r("![", n) + "赌博"},
		{"links that never end", r("[a](", n/4) + "赌博"},
		{"destinations that never end", r("[a](<b", n/4) + "赌博"},
		{"titles that never end", r("[a](b \"", n/4) + "赌博"},
		{"definitions", r("[x]: /u\n", n/8) + "赌博"},
		{"titles of two lines", r("[x](u 'a\nb')\n", n/12) + "赌博"},
		{"backticks", r("`a``", n) + "赌博"},
		{"many fences", func() string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				b.WriteString(r("`", i) + " ")
			}
			return b.String() + "赌博"
		}()},
		{"tags that never end", r("<a b='", n/4) + "赌博"},
		{"comments that never end", "a" + r("<!--", n) + "赌博"},
		{"wide table", r("|a", n/10) + "|\n" + r("|-", n/10) + "|\n" + r("|\n", n/10) + "\n赌博"},
		{"escaped pipes", r("|`\\|`", n/10) + "|\n" + r("|-", n/10) + "|\n" + r("|`\\|`", n/10) + "赌博"},
		{"more than is parsed", r("一\n", maxMarkdown/4+1) + "**&#36172;\\博**"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Extract(c.src, Markdown)
			if !strings.Contains(v.Text(), "赌博") && !strings.Contains(v.Text(), `赌\博`) {
				t.Errorf("the text at the end is lost, got %d bytes", len(v.Text()))
			}
		})
	}
}

// A limit that one block reaches changes nothing in another.
func TestLimitsHoldForOneBlock(t *testing.T) {
	v := Extract(strings.Repeat("[a](b) *c* ", 2*maxDelimiters)+"\n\n赌**博**", Markdown)
	require.True(t, strings.HasPrefix(v.Text(), "a c a c "))
	require.True(t, strings.HasSuffix(v.Text(), "[a](b) *c*\n\n赌博"))
}
