package rules

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/text"
)

// A page is one text of the document as rules read it.
//
//	src      what the caller gave        <p>２.9<b>％</b></p>
//	visible  what a reader sees          ２.9％
//	text     visible, folded rune by rune  2.9%
//
// Rules work on text and its offsets; a finding gets those of src.
type page struct {
	path    string
	src     string
	visible *text.Visible
	folding
	engine  *Engine
	found   [][]span         // by word class
	spans   []recognize.Span // of visible; nil until a rule asks
	numbers []figure         // nil until a rule asks
	rows    []span           // lines; nil until a rule asks
	index   *text.Index      // nil until a finding asks
	indexOf func(path string) *text.Index
}

// A span is a half-open range of page.text.
type span struct{ start, end int }

func newPage(f review.Field, visible *text.Visible, e *Engine) *page {
	p := &page{path: f.Path, src: f.Text, visible: visible, engine: e}
	p.folding = foldText(visible.Text(), e.vocab)
	p.found = e.vocab.find(p.text, p.begins)
	return p
}

// source returns the span of src that a span of text comes from.
func (p *page) source(s span) (start, end int) {
	start, end = p.seen(s)
	return p.visible.Source(start, end)
}

// whole is all of the page.
func (p *page) whole() span { return span{0, len(p.text)} }

func (p *page) position(offset int) text.Position {
	if p.index == nil && p.indexOf != nil {
		p.index = p.indexOf(p.path)
	}
	if p.index == nil {
		p.index = text.NewIndex(p.src)
	}
	return p.index.Position(offset)
}

// words returns the places of a class's words, in the order of their starts;
// of two that start together the longer stands first. All classes were found in one pass.
func (p *page) words(c class) []span {
	return p.found[c]
}

// recognised returns the spans of kinds, in the order of the text.
func (p *page) recognised(kinds recognize.KindSet) []recognize.Span {
	if p.spans == nil {
		p.spans = p.engine.spans.AppendAll([]recognize.Span{}, p.visible.Text())
	}
	var out []recognize.Span
	for _, s := range p.spans {
		if kinds.Has(s.Kind) {
			out = append(out, s)
		}
	}
	return out
}

// in returns those of sorted spans that begin in s.
func in(spans []span, s span) []span {
	lo := sort.Search(len(spans), func(i int) bool { return spans[i].start >= s.start })
	hi := lo + sort.Search(len(spans[lo:]), func(i int) bool { return spans[lo+i].start >= s.end })
	return spans[lo:hi]
}

// isStop reports whether a folded rune ends a sentence or clause that rules
// look at as a whole.
func isStop(r rune) bool {
	switch r {
	case '。', '!', '?', ';', '\n':
		return true
	}
	return false
}

// sentenceFrom returns what stands from start to the end of its sentence.
func (p *page) sentenceFrom(start int) span {
	end := strings.IndexFunc(p.text[start:], isStop)
	if end <= 0 {
		end = len(p.text) - start
	}
	return span{start, start + end}
}

// maxSentence is how many bytes of a sentence are looked at on each side, so
// that a text without stops costs no more than others.
const maxSentence = 1024

// sentence returns the sentence that holds an offset, without its stop.
func (p *page) sentence(at int) span {
	k := sort.Search(len(p.stops), func(i int) bool { return int(p.stops[i]) >= at })
	lo, hi := 0, len(p.text)
	if k > 0 {
		lo = int(p.stops[k-1])
		_, size := utf8.DecodeRuneInString(p.text[lo:])
		lo += size
	}
	if k < len(p.stops) {
		hi = int(p.stops[k])
	}
	if at-lo > maxSentence {
		for lo = at - maxSentence; !utf8.RuneStart(p.text[lo]); lo++ {
		}
	}
	if hi-at > maxSentence {
		for hi = at + maxSentence; hi < len(p.text) && !utf8.RuneStart(p.text[hi]); hi++ {
		}
	}
	return span{lo, hi}
}

// lines returns the lines of the page, without their ends.
func (p *page) lines() []span {
	if p.rows == nil {
		for start := 0; start <= len(p.text); {
			end := strings.IndexByte(p.text[start:], '\n')
			if end < 0 {
				end = len(p.text) - start
			}
			p.rows = append(p.rows, span{start, start + end})
			start += end + 1
		}
	}
	return p.rows
}

// line returns the index of the line that holds an offset.
func (p *page) line(at int) int {
	rows := p.lines()
	return sort.Search(len(rows), func(i int) bool { return rows[i].start > at }) - 1
}

// places returns where spans of kinds stand in text, sorted.
func (p *page) places(kinds recognize.KindSet) []span {
	var out []span
	for _, s := range p.recognised(kinds) {
		out = append(out, p.folded(int(s.Start), int(s.End)))
	}
	slices.SortFunc(out, func(a, b span) int { return a.start - b.start })
	return out
}
