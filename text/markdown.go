package text

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	mdtext "github.com/yuin/goldmark/text"
)

// maxMarkdown is the size beyond which Markdown is not parsed: the tree takes some twenty times the size of the text. A
// larger text is shown with its punctuation, but entities and escapes are still decoded.
const maxMarkdown = 4 << 20

func extractMarkdown(src string, nesting int) *Visible {
	p := newPage(src, nesting)
	body := p.frontMatter()
	if len(src)-body <= maxMarkdown {
		if root := parseMarkdown([]byte(src[body:])); root != nil {
			m := markdown{page: p, src: []byte(src[body:]), base: body}
			m.nodes(root)
			m.sharedTitles()
			return p.finish()
		}
	} else {
		p.reached(Limit{LimitMarkdown, maxMarkdown})
	}
	p.start(startTag{tag: tags["pre"]})
	p.text(whole(src, 0, len(src)), body, len(src), markdownText)
	return p.finish()
}

// frontMatter writes the lines between two lines of dashes at the very start of a text, as they are and as one block,
// so that nothing in them escapes review. It returns the offset behind them.
func (p *page) frontMatter() int {
	start := len(p.src) - len(strings.TrimPrefix(p.src, "\ufeff"))
	open, at := cutLine(p.src, start)
	if open != "---" {
		return start
	}
	for body := at; at < len(p.src); {
		line, next := cutLine(p.src, at)
		if line == "---" || line == "..." {
			pre := startTag{tag: tags["pre"]}
			p.start(pre)
			p.text(whole(p.src, 0, len(p.src)), body, at, literal)
			p.end(pre.tag)
			return next
		}
		at = next
	}
	return start
}

// cutLine returns the line at s[i:] without blanks at its end, and the offset of the next.
func cutLine(s string, i int) (string, int) {
	end, next := len(s), len(s)
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		end, next = i+n, i+n+1
	}
	return strings.TrimRight(s[i:end], " \t\r"), next
}

// markdown walks the tree of a Markdown text and plays it to a page as the tags that a renderer would write, so that
// HTML in the text meets them as it would in a browser.
type markdown struct {
	*page
	src   []byte // the text that was parsed, from base on in the source
	base  int
	cells int // open table cells
	alts  int // open images

	// Titles that stand in the definition of a link. Many links may share one, which the parser returns as one slice.
	defined map[*byte]int // where the definition begins
	shared  [][]byte      // those that a visible link has, each once
	seen    map[*byte]bool
}

func (m *markdown) view(segs ...mdtext.Segment) view {
	if len(segs) == 0 {
		return whole("", 0, 0)
	}
	last := segs[0]
	joined := true
	for _, s := range segs[1:] {
		joined = joined && s.Start == last.Stop
		last = s
	}
	if joined {
		return whole(m.page.src, m.base+segs[0].Start, m.base+last.Stop)
	}
	var b strings.Builder
	w := view{parts: make([]part, 0, len(segs))}
	for _, s := range segs {
		w.parts = append(w.parts, part{b.Len(), m.base + s.Start})
		b.Write(m.src[s.Start:s.Stop])
	}
	w.text = b.String()
	return w
}

func (m *markdown) segment(s mdtext.Segment, syn syntax) {
	if s.Start < s.Stop {
		m.text(whole(m.page.src, 0, len(m.page.src)), m.base+s.Start, m.base+s.Stop, syn)
	}
}

// tagged plays a node as an element of that name.
func (m *markdown) tagged(name string, n ast.Node) {
	t := m.lookup(name)
	m.start(startTag{tag: t})
	m.nodes(n)
	m.end(t)
}

func (m *markdown) nodes(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		m.node(n)
	}
}

// The depth of the recursion is bounded by maxNesting and maxDelimiters.
func (m *markdown) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		m.tagged("p", n)
	case *ast.Heading:
		m.tagged([...]string{"h1", "h2", "h3", "h4", "h5", "h6"}[min(max(n.Level, 1), 6)-1], n)
	case *ast.Blockquote:
		m.tagged("blockquote", n)
	case *ast.List:
		m.tagged("ul", n)
	case *ast.ListItem:
		m.tagged("li", n)
	case *ast.ThematicBreak:
		m.start(startTag{tag: tags["hr"]})
	case *ast.CodeBlock:
		m.code(n.Lines())
	case *ast.FencedCodeBlock:
		if n.Info != nil { // many pages show it above the block
			m.aside(m.view(n.Info.Segment), markdownText)
		}
		m.code(n.Lines())
	case *ast.HTMLBlock:
		segs := n.Lines().Sliced(0, n.Lines().Len())
		if n.HasClosure() {
			segs = append(segs[:len(segs):len(segs)], n.ClosureLine)
		}
		m.html(m.view(segs...))
	case *ast.LinkReferenceDefinition:
		if len(n.Title) > 0 {
			if m.defined == nil {
				m.defined = make(map[*byte]int)
			}
			m.defined[&n.Title[0]] = n.Pos()
		}
	case *extast.Table:
		m.tagged("table", n)
	case *extast.TableHeader, *extast.TableRow:
		m.tagged("tr", n)
	case *extast.TableCell:
		m.cells++
		m.tagged("td", n)
		m.cells--
	case *extast.Footnote:
		m.tagged("div", n)

	case *ast.Text:
		syn := markdownText
		if n.IsRaw() {
			syn = literal
		}
		m.segment(n.Segment, syn)
		if n.SoftLineBreak() || n.HardLineBreak() {
			m.endOfLine(n.Segment.Stop)
		}
	case *ast.CodeSpan:
		syn := literal
		if m.cells > 0 {
			syn = codeInCell
		}
		code := tags["code"]
		m.start(startTag{tag: code})
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				m.segment(t.Segment, syn)
			}
		}
		m.end(code)
	case *ast.Emphasis:
		m.tagged([...]string{"em", "strong"}[min(max(n.Level, 1), 2)-1], n)
	case *extast.Strikethrough:
		m.tagged("del", n)
	case *ast.Link:
		m.tagged("a", n)
		m.title(n, n.Title, n.Reference != nil)
	case *ast.Image:
		if m.inherited(false)&(gone|unseen) == 0 {
			m.alts++
			m.beginAside()
			m.nodes(n)
			m.endAside()
			m.alts--
		}
		m.title(n, n.Title, n.Reference != nil)
	case *ast.AutoLink:
		m.start(startTag{tag: tags["a"]})
		if lo, ok := offsetIn(m.src, n.Label(m.src)); ok {
			m.segment(mdtext.NewSegment(lo, lo+len(n.Label(m.src))), literal)
		}
		m.end(tags["a"])
	case *ast.RawHTML:
		if m.alts == 0 { // a renderer leaves tags out of the value of an attribute
			m.rawHTML(m.view(n.Segments.Sliced(0, n.Segments.Len())...))
		}
	default:
		m.nodes(n)
	}
}

// code writes the lines of a code block.
func (m *markdown) code(lines *mdtext.Segments) {
	pre := tags["pre"]
	m.start(startTag{tag: pre})
	for i := range lines.Len() {
		m.segment(lines.At(i), literal)
	}
	m.end(pre)
}

// endOfLine writes the line break behind the text that ends at stop.
func (m *markdown) endOfLine(stop int) {
	lo, hi := stop, stop
	for hi < len(m.src) && m.src[hi] != '\n' && (classes[m.src[hi]] == white || m.src[hi] == '\\') {
		hi++
	}
	if hi < len(m.src) && m.src[hi] == '\n' {
		hi++
	}
	for hi < len(m.src) && (m.src[hi] == ' ' || m.src[hi] == '\t') {
		hi++
	}
	m.lineBreak(m.base+lo, m.base+hi, blank)
}

// rawHTML reads one tag or comment between words.
func (m *markdown) rawHTML(w view) {
	switch {
	case strings.HasPrefix(w.text, "</"):
		m.endTag(w, 0, len(w.text))
	case len(w.text) > 1 && isAlpha(w.text[1]):
		m.start(m.readTag(w, 0, len(w.text), strings.HasSuffix(w.text, "/>")))
	case strings.HasPrefix(w.text, "<!--") && !strings.Contains(w.text, "--!>"): // ends where the parser thinks that it ends
		m.comment(w, 0, len(w.text))
	default:
		m.html(w)
	}
}

func (m *markdown) aside(w view, syn syntax) {
	if m.inherited(false)&(gone|unseen) == 0 {
		m.note(w, syn)
	}
}

// title places the title of a link or an image out of line.
func (m *markdown) title(n ast.Node, title []byte, shared bool) {
	switch {
	case len(title) == 0 || m.inherited(false)&(gone|unseen) != 0:
	case !shared:
		from := n.Pos()
		if c := n.LastChild(); c != nil {
			from = max(from, c.Pos())
		}
		m.note(m.titleIn(from, title), markdownText)
	case !m.seen[&title[0]]:
		if m.seen == nil {
			m.seen = make(map[*byte]bool)
		}
		m.seen[&title[0]] = true
		m.shared = append(m.shared, title)
	}
}

// sharedTitles places the titles of definitions out of line.
func (m *markdown) sharedTitles() {
	for _, title := range m.shared {
		m.note(m.titleIn(m.defined[&title[0]], title), markdownText)
	}
}

// titleIn returns the view of a title that stands behind an offset.
func (m *markdown) titleIn(from int, title []byte) view {
	if lo, ok := offsetIn(m.src, title); ok {
		return m.view(mdtext.NewSegment(lo, lo+len(title)))
	}
	// The parser put it together from several lines. They are found one after the other, the first behind its quote.
	w := view{text: string(title)}
	from = max(from, 0)
	for at := 0; at < len(title); {
		line := title[at:]
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line = line[:n+1]
		}
		lo := -1
		for i := from; lo < 0; {
			n := bytes.Index(m.src[i:], line)
			if n < 0 {
				break
			}
			i += n + 1
			if at > 0 || i > 1 && strings.IndexByte("\"'(", m.src[i-2]) >= 0 {
				lo = i - 1
			}
		}
		if lo < 0 {
			return whole("", 0, 0)
		}
		w.parts = append(w.parts, part{at, m.base + lo})
		from = lo + len(line)
		at += len(line)
	}
	return w
}

// offsetIn returns where in s its subslice sub begins. The parser returns some texts without their place, but as slices
// of its input; that sub is one shows by its capacity, which counts to the end of s.
func offsetIn(s, sub []byte) (int, bool) {
	lo := cap(s) - cap(sub)
	if len(sub) == 0 || lo < 0 || lo >= len(s) || &s[lo] != &sub[0] {
		return 0, false
	}
	return lo, true
}
