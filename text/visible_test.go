package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A reading is one row of a table: a source, what a reader sees of it, and, in pairs, parts of the visible text with
// the part of the source that each comes from.
type reading struct {
	name string
	src  string
	want string
	from []string
}

func checkReadings(t *testing.T, f Format, rows []reading) {
	t.Helper()
	require.NotEmpty(t, rows)
	names := map[string]bool{}
	for _, r := range rows {
		require.False(t, names[r.name], "two rows named %s", r.name)
		names[r.name] = true
		t.Run(r.name, func(t *testing.T) {
			v := Extract(r.src, f)
			require.Equal(t, r.want, v.Text())
			checkLaws(t, r.src, v)
			for i := 0; i < len(r.from); i += 2 {
				at := strings.Index(v.Text(), r.from[i])
				require.GreaterOrEqual(t, at, 0, "%q is not visible", r.from[i])
				lo, hi := v.Source(at, at+len(r.from[i]))
				require.Equal(t, r.from[i+1], r.src[lo:hi], "source of %q", r.from[i])
			}
		})
	}
}

type reporter interface {
	require.TestingT
	Helper()
}

// checkLaws checks what holds for every text.
func checkLaws(t reporter, src string, v *Visible) {
	t.Helper()
	text := v.Text()
	if v.pieces == nil {
		if text != "" {
			require.Equal(t, src, text)
		}
		return
	}
	boundary := runeStarts(src)
	next := 0
	for i, p := range v.pieces {
		require.Equal(t, next, int(p.vis), "piece %d begins where the one before ends", i)
		next = len(text)
		if i+1 < len(v.pieces) {
			next = int(v.pieces[i+1].vis)
		}
		require.Less(t, int(p.vis), next)
		require.True(t, p.src <= p.end && int(p.end) <= len(src), "piece %d: [%d, %d) of %d", i, p.src, p.end, len(src))
		switch p.kind {
		case copied:
			require.Equal(t, src[p.src:p.end], text[p.vis:next], "a copied byte is the byte that it comes from")
		case border:
			require.Equal(t, emptyLine, text[p.vis:next])
			require.True(t, i > 0 && i+1 < len(v.pieces), "no border at an end")
			require.NotEqual(t, border, v.pieces[i-1].kind, "no two borders in a row")
			require.Equal(t, p.src, p.end)
		case blank, markup:
			require.Contains(t, []string{" ", "\n"}, text[p.vis:next])
		}
	}
	require.Equal(t, len(text), next)

	// Spans. All pairs would be too many for a long text.
	step := 1 + len(text)/24
	for a := 0; a <= len(text); a += step {
		for b := a; b <= len(text); b += step {
			lo, hi := v.Source(a, b)
			require.True(t, 0 <= lo && lo <= hi && hi <= len(src), "source of [%d, %d) is [%d, %d)", a, b, lo, hi)
			require.True(t, boundary[lo] && boundary[hi], "source of [%d, %d) is on rune boundaries", a, b)
			if b > a+1 {
				lo2, hi2 := v.Source(a+1, b)
				require.True(t, lo <= lo2 && hi2 <= hi, "a span within a span has its source within the other's")
				lo2, hi2 = v.Source(a, b-1)
				require.True(t, lo <= lo2 && hi2 <= hi, "a span within a span has its source within the other's")
			}
			v.Crosses(a, b)
		}
	}
}

func runeStarts(s string) map[int]bool {
	starts := map[int]bool{len(s): true}
	for i := range s {
		starts[i] = true
	}
	return starts
}

func TestFormat(t *testing.T) {
	for _, f := range []Format{Plain, HTML, Markdown} {
		got, err := ParseFormat(f.String())
		require.NoError(t, err)
		require.Equal(t, f, got)
	}
	_, err := ParseFormat("HTML")
	require.EqualError(t, err, `text: format: got "HTML", want plain, html or markdown`)
	require.Equal(t, "Format(9)", Format(9).String())
}

func TestPlainIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := hostileText().Draw(t, "src")
		for range escapes(src) {
			t.Skip("escapes are decoded in plain text too")
		}
		v := Extract(src, Plain)
		require.Equal(t, src, v.Text())
		a := rapid.IntRange(0, len(src)).Draw(t, "a")
		b := rapid.IntRange(a, len(src)).Draw(t, "b")
		lo, hi := v.Source(a, b)
		require.True(t, lo <= a && b <= hi && a-lo < utf8.UTFMax && hi-b < utf8.UTFMax)
		starts := runeStarts(src)
		require.True(t, starts[lo] && starts[hi])
		if starts[a] && starts[b] {
			require.Equal(t, [2]int{a, b}, [2]int{lo, hi})
		}
		markedUp, encoded := v.Crosses(a, b)
		require.False(t, markedUp || encoded)
	})
}

func TestSourceOfBorder(t *testing.T) {
	v := Extract("<p>赌</p><p>博", HTML)
	require.Equal(t, "赌\n\n博", v.Text())
	lo, hi := v.Source(3, 5)
	require.Equal(t, []int{6, 6}, []int{lo, hi}, "a border comes from nowhere, behind the text before it")
	lo, hi = v.Source(0, 5)
	require.Equal(t, []int{3, 6}, []int{lo, hi})
}

func TestCrosses(t *testing.T) {
	for _, c := range []struct {
		f        Format
		src      string
		span     string
		markedUp bool
		encoded  bool
	}{
		{HTML, "赌<b>博</b>", "赌博", true, false},
		{HTML, "<b>赌博</b>", "赌博", false, false},
		{HTML, "赌&#21338;", "赌博", false, true},
		{HTML, "赌&#21338;", "赌", false, false},
		{HTML, "赌<br>博", "赌\n博", true, false},
		{HTML, "赌 \n 博", "赌 博", false, false},
		{HTML, "赌<!-- x -->博", "赌博", true, false},
		{Markdown, "赌**博**", "赌博", true, false},
		{Markdown, `赌\_博`, "赌_博", false, true},
		{Markdown, "赌\n博", "赌\n博", false, false},
		{Markdown, "赌  \n  博", "赌\n博", false, false},
		{Markdown, "> 赌\n> 博", "赌\n博", true, false},
		{Plain, "赌&#21338;", "赌博", false, true},
		{Plain, "赌&lt;博", "赌&lt;博", false, false},
	} {
		v := Extract(c.src, c.f)
		at := strings.Index(v.Text(), c.span)
		require.GreaterOrEqual(t, at, 0, "%q is not in %q", c.span, v.Text())
		markedUp, encoded := v.Crosses(at, at+len(c.span))
		require.Equal(t, []bool{c.markedUp, c.encoded}, []bool{markedUp, encoded}, "%s %q: %q", c.f, c.src, c.span)
	}
}

func TestSourcePanicsOutside(t *testing.T) {
	v := Extract("<b>赌</b>", HTML)
	for _, s := range [][2]int{{-1, 0}, {0, 4}, {2, 1}} {
		require.Panics(t, func() { v.Source(s[0], s[1]) }, "%v", s)
		require.Panics(t, func() { v.Crosses(s[0], s[1]) }, "%v", s)
	}
}

// hostileText draws text of markup, wide characters and bytes that are not UTF-8.
func hostileText() *rapid.Generator[string] {
	part := rapid.SampledFrom([]string{
		"赌", "博", "𠮷", "a", " ", "\n", "\r\n", "\t", "\xff", "\xe8\xb5", "\x00", "&", ";", "&lt;", "&#21338;", "&#x1f3b2", "&nbsp;",
		"<b>", "</b>", "<p>", "</p>", "<div hidden>", "</div>", "<td>", "<table>", "</table>", "<tr>", "<li>", "<ul>", "</ul>", "<pre>",
		"</pre>", "<br>", "<img alt='x&amp;y' title=z>", "<!--", "-->", "<script>", "</script>", "<title>", "</title>", "<svg>",
		"</svg>", "<rt>", "</rt>", "<span style='visibility:hidden'>", "</span>", "<", ">", "\"", "'", "=", "<a ", "**", "*", "_", "`", "```\n",
		"~~", "[", "]", "](", ")", "![", "> ", "- ", "1. ", "# ", "|", "|-|-|\n", "\\", "---\n", "[^1]", "[^1]: ", "[x]: /u 't'\n", "\n\n",
		"    ", "<![CDATA[", "]]>", "<textarea>", "<iframe>", "</iframe>", "<select>", "<option>", "<form>", "</form>", "<button>",
	})
	return rapid.Map(rapid.SliceOfN(part, 0, 24), func(parts []string) string { return strings.Join(parts, "") })
}

func TestLaws(t *testing.T) {
	for _, f := range []Format{HTML, Markdown} {
		t.Run(f.String(), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				src := hostileText().Draw(t, "src")
				checkLaws(t, src, Extract(src, f))
			})
		})
	}
}

func FuzzExtract(f *testing.F) {
	// Law: whatever the bytes and the format are, each piece of the visible text is what its place in the source says,
	// and sources of spans lie in the source, on rune boundaries, spans within spans.
	for _, rows := range [][]reading{htmlReadings, markdownReadings} {
		for _, r := range rows {
			f.Add(r.src, uint8(HTML))
			f.Add(r.src, uint8(Markdown))
		}
	}
	f.Fuzz(func(t *testing.T, src string, format uint8) {
		checkLaws(t, src, Extract(src, Format(format%3)))
	})
}
