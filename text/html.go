package text

import (
	"strings"

	"golang.org/x/net/html"
)

// maxTagBuffer is the size of a tag behind which a new tokenizer is made. The tokenizer of x/net/html clears its table
// of attribute names at every tag, and a table that was once large stays slow to clear.
const maxTagBuffer = 1 << 16

func extractHTML(src string, nesting int) *Visible {
	p := newPage(src, nesting)
	p.html(whole(src, 0, len(src)))
	return p.finish()
}

// html reads a text as HTML. The tokenizer says where tokens begin and end; what they mean is decided here, from the
// bytes themselves, because what the tokenizer returns is decoded and has lost its place.
func (p *page) html(w view) {
	z := html.NewTokenizer(strings.NewReader(w.text))
	untagged, syn := false, htmlText // what the tag before said about the next text
	worn := false
	for hi := 0; ; {
		if worn && !untagged {
			z = html.NewTokenizer(strings.NewReader(w.text[hi:]))
			worn = false
		}
		z.AllowCDATA(p.top().flags&foreign != 0)
		kind := z.Next()
		lo := hi
		hi += len(z.Raw())
		isUntagged, as := untagged, syn
		untagged, syn = false, htmlText
		switch kind {
		case html.ErrorToken:
			// A tag that the text ends within. A browser drops it, but what the text is put into may go on with it, so
			// it is shown as it stands.
			p.text(w, lo, len(w.text), literal)
			return
		case html.TextToken:
			if !isUntagged && strings.HasPrefix(w.text[lo:hi], cdata) {
				hi := lo + len(strings.TrimSuffix(w.text[lo:hi], "]]>"))
				p.text(w, lo+len(cdata), hi, literal)
				continue
			}
			p.text(w, lo, hi, as)
		case html.StartTagToken, html.SelfClosingTagToken:
			if untagged, syn = p.start(p.readTag(w, lo, hi, kind == html.SelfClosingTagToken)); !untagged {
				z.NextIsNotRawText() // the tokenizer does not know that it is within a drawing
			}
			worn = worn || hi-lo > maxTagBuffer
		case html.EndTagToken:
			p.endTag(w, lo, hi)
		case html.CommentToken:
			p.comment(w, lo, hi)
		}
	}
}

const cdata = "<![CDATA["

// readTag reads the start tag at w.text[lo:hi].
func (p *page) readTag(w view, lo, hi int, closed bool) startTag {
	end := nameEnd(w.text[:hi], lo+1)
	t := startTag{name: w.text[lo+1 : end], w: w, lo: lo, hi: hi, closed: closed}
	t.tag = p.lookup(t.name)
	if hi-end > len(">") {
		t.attributes = scanAttributes(w.text[:hi], end, t.id == idInput)
	}
	return t
}

// endTag reads the end tag at w.text[lo:hi].
func (p *page) endTag(w view, lo, hi int) {
	t := p.lookup(w.text[lo+2 : nameEnd(w.text[:hi], lo+2)])
	if t.id == idBr { // </br> is <br>
		p.start(startTag{tag: t, w: w, lo: lo, hi: hi})
		return
	}
	if t.id == idP {
		p.popForeign() // as <p> does
	}
	p.end(t)
}

// nameEnd returns the end of the tag name at s[i:].
func nameEnd(s string, i int) int {
	for i < len(s) && s[i] != '/' && s[i] != '>' && classes[s[i]] != white {
		i++
	}
	return i
}
