package rules

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/matcher"
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
	text    string
	at      []int32 // visible offset of each byte of text and of its end; nil if they are the same
	engine  *Engine
	found   [][]span         // by word class; nil until a rule asks
	spans   []recognize.Span // of visible; nil until a rule asks
	numbers []figure         // nil until a rule asks
	rows    []span           // lines; nil until a rule asks
	index   *text.Index
}

// A span is a half-open range of page.text.
type span struct{ start, end int }

func newPage(f review.Field, visible *text.Visible, e *Engine) *page {
	p := &page{path: f.Path, src: f.Text, visible: visible, engine: e}
	p.text, p.at = foldWithOffsets(visible.Text())
	return p
}

// foldWithOffsets folds s and says where each byte of the result comes from.
func foldWithOffsets(s string) (string, []int32) {
	folded := fold(s)
	if sameWidths(s, folded) {
		return folded, nil
	}
	at := make([]int32, 0, len(folded)+1)
	i := 0
	for _, r := range folded {
		n := utf8.RuneLen(r)
		if r == utf8.RuneError {
			n = len(string(r))
		}
		for range n {
			at = append(at, int32(i))
		}
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return folded, append(at, int32(i))
}

// sameWidths reports whether s and its folded form have runes of the same
// sizes, so that offsets are the same.
func sameWidths(s, folded string) bool {
	if s == folded {
		return true
	}
	if len(s) != len(folded) {
		return false
	}
	for i := 0; i < len(s); {
		_, a := utf8.DecodeRuneInString(s[i:])
		_, b := utf8.DecodeRuneInString(folded[i:])
		if a != b {
			return false
		}
		i += a
	}
	return true
}

// source returns the span of src that a span of text comes from.
func (p *page) source(s span) (start, end int) {
	start, end = s.start, s.end
	if p.at != nil {
		start, end = int(p.at[start]), int(p.at[end])
	}
	return p.visible.Source(start, end)
}

// folded returns the span of text that visible bytes became.
func (p *page) folded(start, end int) span {
	if p.at == nil {
		return span{start, end}
	}
	find := func(v int) int {
		return sort.Search(len(p.at), func(i int) bool { return int(p.at[i]) >= v })
	}
	return span{find(start), find(end)}
}

// whole is all of the page.
func (p *page) whole() span { return span{0, len(p.text)} }

func (p *page) position(offset int) text.Position {
	if p.index == nil {
		p.index = text.NewIndex(p.src)
	}
	return p.index.Position(offset)
}

// words returns the places of a class's words, in the order of their starts;
// of two that start together the longer stands first. The page is read once
// for all classes.
func (p *page) words(c class) []span {
	if p.found == nil {
		p.found = p.engine.vocab.find(p.text)
	}
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
	lo, hi := max(0, at-maxSentence), min(len(p.text), at+maxSentence)
	for ; lo > 0 && !utf8.RuneStart(p.text[lo]); lo++ {
	}
	for ; hi < len(p.text) && !utf8.RuneStart(p.text[hi]); hi++ {
	}
	if i := strings.LastIndexFunc(p.text[lo:at], isStop); i >= 0 {
		_, size := utf8.DecodeRuneInString(p.text[lo+i:])
		lo += i + size
	}
	if i := strings.IndexFunc(p.text[at:hi], isStop); i >= 0 {
		hi = at + i
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

// A class is a set of words that a rule looks for.
type class int

// A vocabulary holds the words of all rules, so that one pass over a text
// finds them all, whatever their number. It is filled while an engine is made
// and immutable then.
type vocabulary struct {
	classes  int
	ids      map[string]int // index of a word
	words    []string
	holders  [][]class // classes of each word
	compiled *matcher.Matcher
}

// class adds a class. Words are folded here, as texts are.
func (v *vocabulary) class(words ...string) class {
	c := class(v.classes)
	v.classes++
	for _, w := range words {
		w = fold(strings.TrimSpace(w))
		if w == "" {
			continue
		}
		id, ok := v.ids[w]
		if !ok {
			if v.ids == nil {
				v.ids = map[string]int{}
			}
			id = len(v.words)
			v.ids[w] = id
			v.words = append(v.words, w)
			v.holders = append(v.holders, nil)
		}
		if !slices.Contains(v.holders[id], c) {
			v.holders[id] = append(v.holders[id], c)
		}
	}
	return c
}

// compile makes the automaton. A word that cannot be searched for is an error.
func (v *vocabulary) compile() (err error) {
	patterns := make([]matcher.Pattern, len(v.words))
	for i, w := range v.words {
		patterns[i] = matcher.Pattern{Text: w, Gap: -1}
	}
	v.compiled, err = matcher.New(patterns)
	return err
}

func (v *vocabulary) find(s string) [][]span {
	found := make([][]span, v.classes)
	for _, m := range v.compiled.FindAllString(s) {
		for _, c := range v.holders[m.Pattern] {
			found[c] = append(found[c], span{int(m.Start), int(m.End)})
		}
	}
	for _, spans := range found {
		slices.SortFunc(spans, func(a, b span) int {
			if a.start != b.start {
				return a.start - b.start
			}
			return b.end - a.end
		})
	}
	return found
}
