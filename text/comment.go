package text

import "strings"

// A Comment is what the author of HTML, or of HTML within Markdown, wrote between <!-- and -->. No reader sees it.
type Comment struct {
	Text string // between the marks, as it was written
	// Start and End are where the comment stands in the source, with its marks: byte offsets, half-open.
	Start, End int

	vis    int  // how much visible text was there before
	inside bool // it stands within a block, or at the end of one
}

// comment notes the comment at w.text[lo:hi]. What a browser takes for a comment although it does not begin as one,
// such as <?php ?>, is none here.
func (p *page) comment(w view, lo, hi int) {
	inner, ok := strings.CutPrefix(w.text[lo:hi], "<!--")
	if !ok {
		return
	}
	inner = strings.TrimSuffix(strings.TrimSuffix(inner, ">"), "--")
	p.comments = append(p.comments, Comment{
		Text: inner, Start: w.at(lo), End: w.at(hi-1) + 1,
		vis: len(p.main.buf), inside: len(p.main.buf) > 0 && !p.main.bordered && p.main.nbreaks < len(p.main.breaks),
	})
}

// Comments returns the comments of the source, in the order in which they were read; none for plain text. They must not
// be changed.
func (v *Visible) Comments() []Comment { return v.comments }

// Block returns the source of the block of visible text that a comment of v belongs to: the one in which it stands or,
// if it stands between two, the next. A block is what stands between two borders. The span is empty, at the end of the
// source, if no block follows.
func (v *Visible) Block(c Comment) (start, end int) {
	from := c.vis
	if c.inside {
		from = 0
		if i := strings.LastIndex(v.text[:c.vis], emptyLine); i >= 0 {
			from = i + len(emptyLine)
		}
	}
	for from < len(v.text) && v.text[from] == '\n' {
		from++
	}
	to := len(v.text)
	if i := strings.Index(v.text[from:], emptyLine); i >= 0 {
		to = from + i
	}
	if from == to {
		return len(v.src), len(v.src)
	}
	return v.Source(from, to)
}
