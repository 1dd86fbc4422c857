package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"
)

var htmlReadings = []reading{
	{"empty", "", "", nil},
	{"no markup", "网络赌博", "网络赌博", []string{"赌博", "赌博"}},
	{"inline", "赌<b>博</b>", "赌博", []string{"赌博", "赌<b>博", "博", "博"}},
	{"inline elements", "<a href=x>一</a><font color=red>二</font><u>三</u><s>四</s><sub>五</sub><mark>六</mark><label>七</label>",
		"一二三四五六七", nil},
	{"unknown elements", "赌<mp-common-profile data-x='y'></mp-common-profile><x-y>博</x-y>", "赌博", nil},
	{"wbr", "赌<wbr>博", "赌博", []string{"赌博", "赌<wbr>博"}},
	{"br", "赌<br/>博", "赌\n博", []string{"\n", "<br/>"}},
	{"end tag of br", "赌</br>博", "赌\n博", nil},
	{"two br are a border", "赌<br> <br><br>博<br>", "赌\n\n博", nil},
	{"blocks", "<div><p>一</p>\n<p>二</p></div>三", "一\n\n二\n\n三", []string{"二", "二"}},
	{"a block within a line", "一<div>二</div>三", "一\n\n二\n\n三", nil},
	{"list", "<ul><li>一<li>二</ul>", "一\n\n二", nil},
	{"table", "<table><tr><td>一<td>二</tr><caption>三</caption></table>", "一\n\n二\n\n三", nil},
	{"form", "<form><button>一</button><select><option>二<option>三</select></form>", "一\n\n二\n\n三", nil},
	{"hr", "一<hr>二", "一\n\n二", nil},
	{"white space collapses", " 一 \n\n <b> 二</b>\t三 ", "一 二 三", []string{" ", " \n\n "}},
	{"a blank line is no border", "一\n\n二", "一 二", nil},
	{"an encoded blank line is no border", "一&#10;&#10;二", "一 二", nil},
	{"blank before a block", "一 <p> 二 </p> 三", "一\n\n二\n\n三", nil},
	{"pre", "<pre>\n 一\r\n二\n\n三\n</pre>", " 一\n二\n\n三", []string{"一\n二", "一\r\n二"}},
	{"textarea", "一<textarea>二 <b> &lt;\n三</textarea>四", "一\n\n二 <b> <\n三\n\n四", nil},
	{"title", "<head><title>一&amp;<b></title></head><body>二", "一&<b>\n\n二", []string{"&", "&amp;"}},
	{"entities", "&lt;赌&#21338;&nbsp;&#x8d4c;&NotEqualTilde;&amp", "<赌博\u00a0赌≂̸&", []string{"博", "&#21338;", "≂̸", "&NotEqualTilde;", "&", "&amp"}},
	{"old entities without a semicolon", "&notit;&copy2&ampamp;", "¬it;©2&amp;", []string{"¬", "&not", "it;", "it;"}},
	{"no entities", "& &; &# &#; &#x; &zz; &ab", "& &; &# &#; &#x; &zz; &ab", nil},
	{"numbers of windows-1252", "&#128;&#0;&#xD800;", "€\ufffd\ufffd", nil},
	{"a term in entities and tags", "<p>&#36172;<i></i>&#x535A;</p>", "赌博", []string{"赌博", "&#36172;<i></i>&#x535A;"}},
	{"comments", "赌<!-- 一 -->博<!DOCTYPE x><?x y?></><!>", "赌博", nil},
	{"script and style", "赌<script>'</p>'</script><style>p{}</style><template><p>x</template><noscript>x</noscript>博", "赌博", nil},
	{"hidden", "一<p hidden>x</p><p HIDDEN=''>y<p>二<span hidden>z</span>三", "一\n\n二三", nil},
	{"hidden until found is found", "<p hidden=until-found>一</p>", "一", nil},
	{"hidden, but with a display of its own", "<p hidden style=display:block>一</p>", "一", nil},
	{"display none", "一<span style='color:red; DISPLAY : None '>x</span><b style=display:none!important>y</b>二", "一二", nil},
	{"article of a saved page", `<div id="js_content" style="visibility: hidden; opacity: 0;">一<i style="visibility:hidden">x</i></div>`, "一", nil},
	{"visibility", "一<i style=visibility:hidden>x<span style=visibility:visible>二</span>三</i>四", "一二三四", nil},
	{"hidden element, nested and closed", "<div hidden><div>x</div>x<p>x</div>一", "一", nil},
	{"hidden element that is never closed", "一<div style='display:none'>x<p>x", "一", nil},
	{"hidden p ends at a block", "<p hidden>x<div>一</div>", "一", nil},
	{"hidden void element opens nothing", "<br hidden><input type=hidden value=x title=x>一<img hidden alt=x>", "一", nil},
	{"hidden inline element ends at its own end tag only", "<span hidden>x<div>x</span>x</div></span>一", "一", nil},
	{"hidden table does not hide what moves out of it", "<table hidden>一<tr><td>x</table>二", "一二", nil},
	{"hidden row without a table", "<tr hidden><td>一", "一", nil},
	{"second form is none", "<form>一<form hidden>二</form>三</form>", "一二\n\n三", nil},
	{"html and body hide nothing here", "<body hidden>一", "一", nil},
	{"the last declaration counts", "<p style='display:none;display:block'>一<p style='display:none!important;display:block'>x", "一", nil},
	{"css that only looks like hiding", `<p style="a:';display:none'">一<p style="a:url(;display:none)">二<p style='/*display:none*/'>三` +
		`<p style='display:none;d\isplay:block'>四<p style='display:none;all:initial'>五`, "一\n\n二\n\n三\n\n四\n\n五", nil},
	{"css with a comment", "<p style='display:/**/none'>x</p>一", "一", nil},
	{"block that a browser takes out of what hides it", "<i><span hidden><div>一</i>", "一", nil},
	{"link around a hidden block", "<a hidden><div>x</div></a><div hidden><i><b><div>x</div></b></i></div>一", "一", nil},
	{"hidden table, and what ends it", "<table hidden><td>x</tbody>一<table hidden><tr><td>x<col>二", "一二", nil},
	{"inline blocks", "赌<section style='display:inline-block'>博</section>", "赌博", nil},
	{"block spans", "一<span style=display:block>二</span>", "一\n\n二", nil},
	{"attributes out of line", `赌<img src=x alt="图 &amp; 文" title=题>博<input placeholder='填'>`, "赌博\n\n图 & 文\n\n题\n\n填",
		[]string{"图 & 文", "图 &amp; 文", "赌博", `赌<img src=x alt="图 &amp; 文" title=题>博`}},
	{"first of two attributes", "<img alt=一 ALT=二>", "一", []string{"一", "一"}},
	{"attribute syntax", "<img\nalt = 一/><img/alt='二'/><img =alt=x alt=\"\n三\n\n四 \"><img alt><img alt=>", "一/\n\n二\n\n三 四", nil},
	{"address in an attribute", "<a title='?a=1&copy=2&lt'>一", "一\n\n?a=1&copy=2<", nil},
	{"values", "<input type=submit value=一><input value=二><input type=checkbox value=x><li value=3>", "一\n\n二", nil},
	{"ruby", "<ruby>赌<rp>(</rp><rt>dǔ</rt><rp>)</rp>博<rt>bó</ruby>", "赌博\n\n(\n\ndǔ\n\n)\n\nbó", []string{"赌博", "赌<rp>(</rp><rt>dǔ</rt><rp>)</rp>博"}},
	{"text out of line within text out of line", "<rt>赌<img alt=x>博</rt>一", "一\n\nx\n\n赌博", nil},
	{"iframe", "赌<iframe><b>x</iframe>博", "赌博\n\n<b>x", nil},
	{"object", "<object><p>一</p></object>", "一", nil},
	{"svg", "赌<svg><title>题</title><text>博</text><style><b></style><path d=x /></svg>客", "赌博客\n\n题", nil},
	{"svg ends at a block", "<svg style=display:none><text>x</text><p>一</p></svg>", "一", nil},
	{"font ends a drawing if it is one of HTML", "<svg style=display:none><font>x<font color=red>一", "一", nil},
	{"style within svg is no raw text", "<svg style=display:none><style><p>一</style>", "一", nil},
	{"cdata", "<svg><![CDATA[赌<b>&lt;]]></svg><![CDATA[x]]>博", "赌<b>&lt;博", nil},
	{"math", "<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", "x=1", nil},
	{"misnested tags part nothing", "<b><div>赌</b>博</div>", "赌博", nil},
	{"end tags without a start part nothing", "赌</div></span></li></td>博", "赌博", nil},
	{"tags that a browser ignores part nothing", "<form>赌<td>博<tr>客<body>户<form>端", "赌博客户端", nil},
	{"end tag beyond a cell", "<div><table><tr><td>赌</div>博</table>", "赌博", nil},
	{"end tag beyond a list", "<li><ul>赌</li>博</ul>", "赌博", nil},
	{"unfinished tag", "一<a title='二", "一<a title='二", nil},
	{"unfinished comment", "一<!-- x", "一", nil},
	{"plaintext", "一<plaintext></plaintext> &lt;", "一\n\n</plaintext> &lt;", nil},
	{"no tags", "a<1 2<3 < <赌 a<", "a<1 2<3 < <赌 a<", nil},
	{"end of nothing is a comment", "一</ x>二</>三</ x", "一二三", nil},
	{"bytes that are not UTF-8", "\xff<b>\xe8\xb5</b>博", "\xff\xe8\xb5博", []string{"\xe8\xb5", "\xe8\xb5"}},
	{"upper case", "<P>一</P><SCRIPT>x</SCRIPT><Img ALT=二>", "一\n\n二", nil},
}

func TestHTML(t *testing.T) {
	checkReadings(t, HTML, htmlReadings)
}

// An inline element anywhere in a text changes nothing that a reader sees, nor where it comes from.
func TestInlineTagsAreInvisible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[赌博一二 𠮷]{1,9}`)
		a, b, c := words.Draw(t, "a"), words.Draw(t, "b"), words.Draw(t, "c")
		name := rapid.SampledFrom([]string{"b", "i", "span", "a", "font", "mp-x", "code", "small"}).Draw(t, "name")
		src := "<p>" + a + "<" + name + " x='>'>" + b + "</" + name + ">" + c + "</p>"
		v := Extract(src, HTML)
		require.Equal(t, Extract("<p>"+a+b+c+"</p>", HTML).Text(), v.Text())
		checkLaws(t, src, v)
	})
}

// A block around a text adds borders and nothing else.
func TestBlocksAddBordersOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[赌博一二]{1,9}`)
		a, b, c := words.Draw(t, "a"), words.Draw(t, "b"), words.Draw(t, "c")
		name := rapid.SampledFrom(strings.Fields("p div section article h1 h6 ul ol dl blockquote pre figure nav main address form fieldset")).Draw(t, "name")
		v := Extract(a+"<"+name+">"+b+"</"+name+">"+c, HTML)
		require.Equal(t, a+emptyLine+b+emptyLine+c, v.Text())
	})
}

// The tree builder of x/net/html says what a browser shows. All of it is visible, however wrong the tags are. Left out is what browsers or x/net/html do
// not agree on: th in a caption, and what select ignores.
func TestAgreesWithTree(t *testing.T) {
	names := strings.Fields(`p div b i span a li ul table tbody tr td caption svg math title desc option h1 h2 form button
		ruby rt object template textarea script style noscript dd dl pre iframe br hr img x-y foreignObject mi nobr font center body head
		col colgroup thead title`)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		marks := 0
		for range rapid.IntRange(1, 16).Draw(t, "n") {
			name := rapid.SampledFrom(names).Draw(t, "name")
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0, 1:
				fmt.Fprintf(&b, "</%s>", name)
			case 2:
				fmt.Fprintf(&b, "<%s hidden>", name)
			case 3:
				fmt.Fprintf(&b, "<%s style='visibility:%s'>", name, rapid.SampledFrom([]string{"hidden", "visible"}).Draw(t, "visibility"))
			default:
				fmt.Fprintf(&b, "<%s>", name)
			}
			if rapid.Bool().Draw(t, "mark") {
				b.WriteRune(rune(0x4e00 + marks))
				marks++
			}
		}
		src := b.String()
		if strings.Contains(src, "<svg") && strings.Contains(src, "<template") {
			t.Skip("x/net/html loses a template in a drawing")
		}
		nodes, err := xhtml.ParseFragment(strings.NewReader(src), &xhtml.Node{Type: xhtml.ElementNode, Data: "div", DataAtom: atom.Div})
		require.NoError(t, err)
		got := Extract(src, HTML).Text()
		var shown strings.Builder
		for _, n := range nodes {
			browse(n, false, false, &shown)
		}
		for _, r := range shown.String() {
			if unicode.Is(unicode.Han, r) {
				require.Contains(t, got, string(r), "of %q", src)
			}
		}
	})
}

// browse writes the text that is shown of a tree.
func browse(n *xhtml.Node, none, hidden bool, b *strings.Builder) {
	switch n.Type {
	case xhtml.TextNode:
		if !none && !hidden {
			b.WriteString(n.Data)
		}
	case xhtml.ElementNode:
		if n.Namespace == "" {
			switch n.Data {
			case "script", "style", "template", "noscript":
				none = true
			}
		} else if n.Data == "script" || n.Data == "style" {
			none = true
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "hidden" && n.Namespace == "":
				none = true
			case a.Key == "style":
				hidden = strings.HasSuffix(a.Val, "hidden")
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		browse(c, none, hidden, b)
	}
}

// What is one line for a browser has no border in it, however wrong the tags are: a border would hide a word.
func TestNoBorderWithinLine(t *testing.T) {
	names := strings.Fields("p div b i span a li ul h1 h2 form button dd dl pre nobr font x-y hr center section code td tr body svg")
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		marks := 0
		for range rapid.IntRange(1, 14).Draw(t, "n") {
			fmt.Fprintf(&b, "<%s%s>", rapid.SampledFrom([]string{"", "/"}).Draw(t, "end"), rapid.SampledFrom(names).Draw(t, "name"))
			if rapid.Bool().Draw(t, "mark") {
				b.WriteRune(rune(0x4e00 + marks))
				marks++
			}
		}
		src := b.String()
		nodes, err := xhtml.ParseFragment(strings.NewReader(src), &xhtml.Node{Type: xhtml.ElementNode, Data: "div", DataAtom: atom.Div})
		require.NoError(t, err)
		var lines strings.Builder
		for _, n := range nodes {
			breakLines(n, &lines)
		}
		got := Extract(src, HTML).Text()
		for line := range strings.FieldsSeq(lines.String()) {
			require.Contains(t, got, line, "of %q", src)
		}
	})
}

// breakLines writes the text of a tree with a blank at the edges of blocks.
func breakLines(n *xhtml.Node, b *strings.Builder) {
	if n.Type == xhtml.TextNode {
		b.WriteString(n.Data)
	}
	block := n.Type == xhtml.ElementNode && tags[n.Data].is(isBlock)
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		breakLines(c, b)
	}
	if block {
		b.WriteByte(' ')
	}
}

func FuzzEntity(f *testing.F) {
	// Law: decoding the references of a text one by one gives what html.UnescapeString gives for the whole, and each
	// ends where the next character begins.
	for _, s := range []string{"&lt;", "&notit;", "&semi;", "&#x41;&#65", "&amp;amp;", "&NotEqualTilde;x", "&ampamp;", "&CounterClockwiseContourIntegral;", "&#X;", "&#0A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		for i := 0; i < len(s); {
			if s[i] == '&' {
				if ref, n := entity(s[i:], htmlText); n > 0 {
					b.WriteString(ref)
					i += n
					continue
				}
			}
			b.WriteByte(s[i])
			i++
		}
		require.Equal(t, xhtml.UnescapeString(s), b.String())
	})
}

func FuzzAttributes(f *testing.F) {
	// Law: the attributes of a tag are those of the tokenizer, in their order, with the same values once they are decoded.
	for _, s := range []string{" a=1 b='2' c=\"3\" d", "/x/ =y = z", " a = b/ c=>", " a=\"&lt;&copy=1\" A=2", "\x00=\r\n\x00", "a=&&&#0A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		z := xhtml.NewTokenizer(strings.NewReader("<x" + s + ">"))
		if kind := z.Next(); kind != xhtml.StartTagToken && kind != xhtml.SelfClosingTagToken {
			t.Skip("no tag")
		}
		tag := string(z.Raw())
		at := nameEnd(tag, 1)
		_, more := z.TagName()
		seen := map[string]bool{}
		for i := at; ; {
			name, val, next := nextAttribute(tag, i)
			if next < 0 {
				break
			}
			i = next
			key := lowerASCII(name.of(tag))
			if key == "" || seen[key] {
				continue
			}
			seen[key] = true
			require.True(t, more, "more attributes than the tokenizer: %q", key)
			var k, v []byte
			k, v, more = z.TagAttr()
			require.Equal(t, string(k), strings.ReplaceAll(key, "\x00", "\ufffd"))
			want := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd").Replace(val.of(tag))
			require.Equal(t, string(v), unescape(want))
		}
		require.False(t, more, "fewer attributes than the tokenizer")
	})
}

func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// Hostile pages end in no more than a moment, because every tag costs constant time on average.
func TestHostileHTML(t *testing.T) {
	const n = 100_000
	r := strings.Repeat
	names := func(format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, c := range []struct {
		name, src, want string
	}{
		{"deep div", r("<div>", n) + "一", "一"},
		{"deep b", r("<b>", n) + "一" + r("</b>", n), "一"},
		{"deep list", r("<ul><li>", n) + "一", "一"},
		{"deep table", r("<table><tr><td>", n) + "一", "一"},
		{"deep svg", r("<svg><foreignObject>", n) + "一", "一"},
		{"deep ruby", r("<rt><b>", n) + "一", "一"},
		{"deep and hidden", r("<div hidden>", n) + "一", "一"}, // deeper than browsers nest
		{"misnested", r("<b><div></b></i></p>", n) + "一", "一"},
		{"end tags", r("</b></div></x>", n) + "一", "一"},
		{"unknown names", names("<x%d>") + "一" + names("</x%d>"), "一"},
		{"entities", r("&lt;", n), r("<", n)},
		{"no entities", r("&", n), r("&", n)},
		{"one long entity", "&" + r("a", n) + ";", "&" + r("a", n) + ";"},
		{"many attributes", "<b " + names("a%d ") + ">" + r("<b c>", n) + "一", "一"},
		{"one long attribute", "<b x='" + r("a", 10*n) + "'>一", "一"},
		{"long style", "<b style='" + r("a:b;", n) + "'>一", "一"},
		{"many values", r("<img alt=x>", n), r("x\n\n", n-1) + "x"},
		{"unclosed tags", r("<a ", n) + "一", r("<a ", n) + "一"},
		{"unclosed comments", r("<!--", n) + "一", ""},
		{"angles", r("<", n), r("<", n)},
		{"white space", "一" + r(" \n", n) + "二", "一 二"},
		{"empty lines in pre", "<pre>一" + r("\n", n) + "二", "一\n\n二"},
		{"one long line", r("赌博", 20<<20/6), r("赌博", 20<<20/6)},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Extract(c.src, HTML)
			if v.Text() != c.want { // too long for a message
				t.Errorf("got %d bytes, want %d", len(v.Text()), len(c.want))
			}
		})
	}
}
