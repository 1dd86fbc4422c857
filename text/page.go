package text

import (
	"slices"
	"strings"
)

// A page follows the tags of a text as a browser does when it builds the tree, as far as that decides what a reader
// sees: which elements are open, which of them is hidden, where blocks begin and end. It keeps no tree.
//
// Where it differs from a browser it differs to the side of showing: a text that no reader sees may become visible, but not
// the other way round. So where a browser would move elements about, as it does for tags that are not nested, what they
// hide is shown. TestAgreesWithTree compares.
//
// Every tag costs constant time on average: the stack is never searched. For each name, and for each group of names that
// stops a search, the page knows the topmost open element, and each element on the stack knows what to restore when it
// is removed.
type page struct {
	src  string
	main flow
	cur  *flow // main, or the innermost text out of line

	comments []Comment
	nesting  int // how many elements may be open
	limits   []Limit

	asides  flow    // texts out of line, in the order in which they ended
	outer   []*flow // the flows around cur
	spare   []*flow
	stack   []element
	last    []int32 // by tag id: 1 + index of the topmost open element of that name; 0 if none is open
	special int32   // the same for groups of names
	scope   int32
	list    int32 // ol and ul
	wall    int32 // special elements but address, div and p: an li does not end one beyond
	native  int32 // elements of HTML itself, not of a drawing or a formula
	marker  int32 // elements that an end tag of a formatting element does not reach past
	unknown map[string]int
	// lingering are the ids of formatting elements that ended with the block around them. A browser opens them again in
	// the next, so an end tag may still come for them, and end what is within.
	lingering map[int]bool
	// allSeen says that visibility hides nothing any more: something was visible within something hidden, or may come to be,
	// and where it ends a browser knows better.
	allSeen bool
	formats int  // open formatting elements
	inForm  bool // a form has been opened and not been ended, though what is around it may have
	// inSelect is set within a select element. Older browsers ignore most tags there, so they hide nothing.
	inSelect bool
	none     element // stands below the stack
}

// An element is open: its end tag has not come.
type element struct {
	tag
	flags state
	// what page.last[id], page.special and so on were before
	same, special, scope, list, wall, native, marker int32
}

type state uint16

const (
	gone       state = 1 << iota // takes no part in the page: display none, or a script
	unseen                       // takes part but shows nothing: visibility hidden
	keepsWhite                   // white space does not collapse
	foreign                      // content of svg or math
	formula                      // and of math
	// loose: hidden by an inline element within a formatting element. When that ends before a block within both, a browser
	// takes the block out of what hides it.
	loose
	edged     // a border where it ends
	outOfLine // has a flow of its own
	alien     // is itself part of a drawing or a formula
	dead      // has ended although elements within it have not
	outerGone // in parts of a table: the state of what is around the table
	outerUnseen
)

const (
	// maxHiding is the depth from which nothing is hidden for standing in something hidden. WebKit and Chromium build no
	// tree deeper than 512 elements (maximumHTMLParserDOMTreeDepth): what is deeper becomes a neighbour of what it was
	// written in, and so may be visible. Half of that is left to the page around a field.
	maxHiding = 256
	// DefaultNesting is how many elements may be open; it bounds the memory for them. A start tag that is deeper opens
	// nothing.
	DefaultNesting = 1 << 16
)

func newPage(src string, nesting int) *page {
	p := &page{src: src, nesting: nesting, last: make([]int32, len(tags)+1)}
	p.cur = &p.main
	return p
}

// finish closes what is open and returns the text.
func (p *page) finish() *Visible {
	p.popTo(0)
	p.main.append(&p.asides)
	v := p.main.visible(p.src)
	v.comments, v.limits = p.comments, p.limits
	return v
}

// lookup returns the tag of a name in any case.
func (p *page) lookup(name string) tag {
	t, ok := tags[name]
	if ok {
		return t
	}
	name = strings.ToLower(name)
	if t, ok = tags[name]; ok {
		return t
	}
	id, ok := p.unknown[name]
	if !ok {
		if p.unknown == nil {
			p.unknown = make(map[string]int)
		}
		id = len(p.last)
		p.unknown[name] = id
		p.last = append(p.last, 0)
	}
	return tag{id: id}
}

func (p *page) top() *element {
	if len(p.stack) == 0 {
		return &p.none
	}
	return &p.stack[len(p.stack)-1]
}

// inherited returns the state in which a child of the topmost element begins. What is written directly into a table but
// is no part of one is moved out of it ("foster parenting"), so a hidden table does not hide it.
func (p *page) inherited(ofTable bool) state {
	s := p.within(p.top(), ofTable)
	if p.allSeen {
		s &^= unseen
	}
	return s
}

// within returns the state in which a child of e begins.
func (p *page) within(e *element, ofTable bool) state {
	s := e.flags & (gone | unseen | keepsWhite | foreign | formula | loose)
	if e.is(isTablePart) && !ofTable {
		s &^= gone | unseen
		if e.flags&outerGone != 0 {
			s |= gone
		}
		if e.flags&outerUnseen != 0 {
			s |= unseen
		}
	}
	return s
}

// text writes a text at w[lo:hi].
func (p *page) text(w view, lo, hi int, syn syntax) {
	s := p.inherited(false)
	if s&(gone|unseen) != 0 {
		return
	}
	w.each(lo, hi, func(lo, hi int) { p.cur.text(p.src, lo, hi, syn, s&keepsWhite != 0) })
}

// tighten shows what a loose element hides.
func (p *page) tighten() {
	around := state(0)
	if p.special > 0 {
		around = p.within(&p.stack[p.special-1], false) & (gone | unseen)
	}
	for i := len(p.stack) - 1; i >= 0 && p.stack[i].flags&loose != 0; i-- {
		p.stack[i].flags = p.stack[i].flags&^(gone|unseen|loose) | around
	}
}

func (p *page) lineBreak(lo, hi int, k kind) {
	if p.inherited(false)&(gone|unseen) == 0 {
		p.cur.lineBreak(lo, hi, k)
	}
}

// beginAside places what follows out of line, until endAside.
func (p *page) beginAside() {
	p.outer = append(p.outer, p.cur)
	if n := len(p.spare); n > 0 {
		p.cur, p.spare = p.spare[n-1], p.spare[:n-1]
	} else {
		p.cur = new(flow)
	}
}

func (p *page) endAside() {
	p.asides.append(p.cur)
	p.cur.reset()
	p.spare = append(p.spare, p.cur)
	p.cur, p.outer = p.outer[len(p.outer)-1], p.outer[:len(p.outer)-1]
}

// note places a text out of line.
func (p *page) note(w view, syn syntax) { p.noteAt(w, 0, len(w.text), syn) }

func (p *page) noteAt(w view, lo, hi int, syn syntax) {
	p.beginAside()
	w.each(lo, hi, func(lo, hi int) { p.cur.text(p.src, lo, hi, syn, false) })
	p.endAside()
}

// A startTag is a start tag as it stands in the text, or one that Markdown stands for, then with the tag alone.
type startTag struct {
	tag
	name       string
	attributes attributes
	w          view
	lo, hi     int // its place in w
	closed     bool
	foreign    bool // within a drawing or a formula, or the start of one
}

// articleID is the id of the element that holds the article on a page of an
// official account. It is sent with visibility hidden, and a script of the
// page shows it: a saved page is the article that everybody read.
const articleID = "js_content"

// style returns what the tag says about its own visibility, and its display.
func (t *startTag) style() (own, seen state, display string) {
	a := &t.attributes
	if a.has == 0 {
		return 0, 0, ""
	}
	var visibility string
	if a.has&hasStyle != 0 {
		display, visibility = inlineStyle(unescape(a.style.of(t.w.text)))
	}
	switch {
	case display == "none":
		own |= gone
	case a.has&hasHidden != 0 && display == "" && !t.foreign && !strings.EqualFold(unescape(a.hidden.of(t.w.text)), "until-found"):
		own |= gone // a display of its own outdoes the attribute
	}
	if t.id == idInput && strings.EqualFold(unescape(a.kind.of(t.w.text)), "hidden") {
		own |= gone
	}
	switch visibility {
	case "", "inherit", "unset", "revert", "revert-layer":
	case "hidden", "collapse":
		if a.id.of(t.w.text) == articleID {
			return own, unseen, display
		}
		own |= unseen
	default:
		seen = unseen // a visible element within a hidden one
	}
	return own, seen, display
}

// start is a start tag. It reports whether the text up to the end tag is free of tags, as in a script or a title, and how
// that text is to be read.
func (p *page) start(t startTag) (untagged bool, syn syntax) {
	t.foreign = t.id == idSvg || t.id == idMath
	if p.top().flags&foreign != 0 {
		if !t.is(isBreakout) || t.id == idFont && t.attributes.has&hasFont == 0 {
			t.foreign = true
			p.startForeign(t)
			return false, htmlText
		}
		p.popForeign()
	}
	opens := p.imply(t.tag)
	ofTable := t.is(isTablePart | isCellLike)
	inherit := p.inherited(ofTable || t.is(isUnseen))
	if inherit&loose != 0 && t.is(isSpecial) && !t.is(isVoid) {
		p.tighten()
		inherit = p.inherited(ofTable || t.is(isUnseen))
	}
	own, seen, display := t.style()
	if p.allSeen = p.allSeen || seen != 0 && (inherit&unseen != 0 || t.is(isFormat)); p.allSeen {
		own &^= unseen
	}
	if !opens || t.is(isRoot) || p.inSelect || t.id == idForm {
		// A browser ignores the tag, or adds its attributes to another, or may end the element, but not what is in it.
		own = 0
	}
	s := inherit&^seen | own
	if t.is(isUnseen) && !(p.inSelect && t.is(isRaw)) {
		s |= gone
	}
	if opens && s&gone == 0 && (t.is(isBlock) && !flowsInline(display) || breaksLine(display)) {
		s |= edged
		p.cur.border()
	}
	if s&(gone|unseen) == 0 {
		a := &t.attributes
		for _, v := range a.shown[:a.nshown] {
			p.noteAt(t.w, v.lo, v.hi, htmlAttribute)
		}
		if t.id == idBr {
			p.cur.lineBreak(t.w.at(t.lo), t.w.at(t.hi), markup)
		}
	}
	if !opens || t.is(isVoid) || t.is(isRoot) {
		return false, htmlText
	}
	if t.is(isPre) {
		s |= keepsWhite
	}
	if own != 0 && !t.is(isSpecial|isFormat) && p.formats+len(p.lingering) > 0 {
		s |= loose
	}
	if t.is(isTablePart) {
		around := inherit
		if t.id != idTable {
			around = p.inherited(false)
		}
		if around&gone != 0 {
			s |= outerGone
		}
		if around&unseen != 0 {
			s |= outerUnseen
		}
	}
	if t.foreign {
		if t.closed {
			return false, htmlText
		}
		s |= foreign | alien
		if t.id == idMath {
			s |= formula
		}
	}
	if t.is(isOutOfLine) && s&gone == 0 {
		s |= outOfLine
	}
	p.push(t.tag, s)
	if t.is(isRaw) {
		return true, literal
	}
	return t.is(isTitleLike), htmlText
}

// popForeign ends the drawings and formulas that are open.
func (p *page) popForeign() {
	for p.top().flags&foreign != 0 {
		p.pop()
	}
}

// startForeign is a start tag within svg or math.
func (p *page) startForeign(t startTag) {
	own, seen, _ := t.style()
	s := p.inherited(false)
	if p.allSeen = p.allSeen || seen&s != 0; p.allSeen {
		own &^= unseen
	}
	s = s&^seen | own
	name := strings.ToLower(t.name)
	if name == "script" || name == "style" {
		s |= gone
	}
	if s&(gone|unseen) == 0 {
		a := &t.attributes
		for _, v := range a.shown[:a.nshown] {
			p.noteAt(t.w, v.lo, v.hi, htmlAttribute)
		}
	}
	if t.closed {
		return
	}
	t.kind = 0
	content := false // whether that of an ordinary page begins again
	switch name {
	case "title", "desc": // what a reader gets who points at the drawing
		s |= outOfLine
		content = s&formula == 0
	case "foreignobject":
		content = s&formula == 0
	case "mi", "mo", "mn", "ms", "mtext":
		content = s&formula != 0
	}
	if content {
		s &^= foreign | formula
		t.kind = isSpecial | isScope
	}
	if s&gone != 0 {
		s &^= outOfLine
	}
	p.push(t.tag, s|alien)
}

func (p *page) push(t tag, s state) {
	if len(p.stack) >= p.nesting && !t.is(isRaw) {
		p.reached(Limit{LimitNesting, p.nesting})
		return
	}
	if len(p.stack) >= maxHiding && !t.is(isUnseen) {
		s &^= gone | unseen
	}
	p.stack = append(p.stack, element{
		tag: t, flags: s, same: p.last[t.id], special: p.special, scope: p.scope, list: p.list, wall: p.wall, native: p.native, marker: p.marker,
	})
	at := int32(len(p.stack))
	p.last[t.id] = at
	if t.is(isSpecial) {
		p.special = at
		if t.id != idAddress && t.id != idDiv && t.id != idP {
			p.wall = at
		}
	}
	if t.is(isScope) {
		p.scope = at
	}
	if t.is(isMarker) {
		p.marker = at
	}
	if s&alien == 0 {
		p.native = at
	}
	if t.is(isFormat) {
		p.formats++
	}
	if t.id == idOl || t.id == idUl {
		p.list = at
	}
	if s&outOfLine != 0 {
		p.beginAside()
	}
}

// pop removes the topmost element, and those below that were dead and have nothing left in them.
func (p *page) pop() {
	for {
		e := p.stack[len(p.stack)-1]
		p.stack = p.stack[:len(p.stack)-1]
		if e.flags&dead == 0 {
			p.last[e.id] = e.same
		}
		if e.is(isFormat) {
			p.formats--
		}
		p.special, p.scope, p.list, p.wall, p.native, p.marker = e.special, e.scope, e.list, e.wall, e.native, e.marker
		if e.flags&outOfLine != 0 {
			p.endAside()
		}
		if e.flags&edged != 0 {
			p.cur.border()
		}
		if p.top().flags&dead == 0 {
			return
		}
	}
}

// popTo removes all but n elements, which end without an end tag of their own.
func (p *page) popTo(n int32) {
	for int32(len(p.stack)) > n {
		top := p.top()
		if top.is(isFormat) && top.flags&dead == 0 && !p.lingering[top.id] {
			if p.lingering == nil {
				p.lingering = make(map[int]bool)
			}
			p.lingering[top.id] = true
		}
		p.pop()
	}
}

// closeImplied closes the topmost elements that need no end tag.
func (p *page) closeImplied() {
	for {
		switch p.top().id {
		case idP, idLi, idDt, idDd, idOption, idOptgroup, idRt, idRp:
			p.popTo(int32(len(p.stack)) - 1)
		default:
			return
		}
	}
}

// closeTop closes the topmost element if its id is one from first to last.
func (p *page) closeTop(first, last int) {
	if id := p.top().id; first <= id && id <= last {
		p.popTo(int32(len(p.stack)) - 1)
	}
}

// closeWall closes the element at page.wall if its id is one of two.
func (p *page) closeWall(a, b int) {
	if p.wall > 0 && (p.stack[p.wall-1].id == a || p.stack[p.wall-1].id == b) {
		p.popTo(p.wall - 1)
	}
}

// topmost returns 1 + the index of the topmost open element with one of these names.
func (p *page) topmost(ids ...int) int32 {
	at := int32(0)
	for _, id := range ids {
		at = max(at, p.last[id])
	}
	return at
}

// closeIn closes the topmost open element with one of these names, unless it is below the barrier.
func (p *page) closeIn(barrier int32, ids ...int) {
	if at := p.topmost(ids...); at > barrier {
		p.popTo(at - 1)
	}
}

// imply closes what the start tag of t ends without an end tag. It reports whether the tag counts; a browser ignores, say,
// a cell outside of a table.
func (p *page) imply(t tag) bool {
	if t.id == idForm {
		if p.inForm {
			return false // a form in a form is none
		}
		p.inForm = true
		if p.inTable() {
			return false // a form in a table has no content
		}
	}
	if t.is(endsP) {
		p.closeIn(max(p.scope, p.last[idButton]), idP)
	}
	table := p.last[idTable]
	switch t.id {
	case idLi:
		p.closeWall(idLi, idLi)
	case idDt, idDd:
		p.closeWall(idDt, idDd)
	case idOption, idOptgroup:
		p.closeTop(idOption, idOption)
	case idRt, idRp:
		if p.last[idRuby] > p.scope {
			p.closeImplied()
		}
	case idA, idNobr:
		if p.last[t.id] > 0 || p.lingering[t.id] {
			p.end(t)
		}
	case idButton:
		p.closeIn(p.scope, idButton)
	case idH1, idH2, idH3, idH4, idH5, idH6:
		p.closeTop(idH1, idH6)
	case idSelect, idInput, idTextarea:
		again := t.id == idSelect && p.last[idSelect] > p.scope
		p.closeIn(p.scope, idSelect)
		p.inSelect = t.id == idSelect && !again
		return !again // a select in a select only ends it
	case idTable:
		if p.inTable() {
			p.popTo(table - 1)
		}
	case idTbody, idThead, idTfoot, idTr, idTd, idTh, idCaption, idColgroup, idCol:
		if table <= p.last[idTemplate] { // none is open, or none is as far as the template knows
			return false
		}
		p.toTable(t)
		return t.id != idColgroup && t.id != idCol // text is moved out of these, too
	}
	return true
}

// inTable reports whether a table is open but none of its parts that hold text.
func (p *page) inTable() bool { return p.last[idTable] > p.topmost(idTd, idTh, idCaption, idTemplate) }

// toTable closes what is open in a table but does not hold the part t, and opens what t stands in if the tags for it
// are left out.
func (p *page) toTable(t tag) {
	isCell := t.id == idTd || t.id == idTh
	at := p.last[idTable]
	if isCell || t.id == idTr {
		at = p.topmost(idTable, idTbody, idThead, idTfoot)
	}
	if isCell {
		at = max(at, p.last[idTr])
	}
	p.popTo(at)
	s := p.top().flags & (gone | unseen | keepsWhite | outerGone | outerUnseen)
	if (isCell || t.id == idTr) && p.top().id == idTable {
		p.push(tags["tbody"], s)
	}
	if isCell && p.top().id != idTr {
		p.push(tags["tr"], s)
	}
}

// end is an end tag.
func (p *page) end(t tag) {
	at := p.last[t.id]
	if p.top().flags&alien != 0 && at > p.native {
		p.popTo(at - 1)
		return
	}
	barrier := p.scope
	switch t.id {
	case idSelect:
		p.inSelect = false
	case idForm:
		p.inForm = false
		if at > barrier {
			if len(p.lingering) == 0 {
				p.closeImplied()
			}
			if at < int32(len(p.stack)) || len(p.lingering) > 0 { // what is in it, or is opened again in it, stays open
				p.kill(at)
				return
			}
		}
	case idP:
		barrier = max(p.scope, p.last[idButton])
	case idLi:
		barrier = max(p.scope, p.list)
	case idH1, idH2, idH3, idH4, idH5, idH6:
		at = p.topmost(idH1, idH2, idH3, idH4, idH5, idH6)
	case idTable, idTemplate:
		barrier = 0
	case idTbody, idThead, idTfoot, idTr, idTd, idTh, idCaption, idColgroup:
		barrier = p.last[idTable]
	}
	if t.is(isFormat) {
		// A browser takes blocks out of the element, and so perhaps out of what hides them.
		if p.lingering[t.id] {
			p.show(p.marker)
		} else if at > p.marker && at <= p.special {
			p.show(at - 1)
		}
		barrier = p.marker
	}
	if at == 0 || at < barrier {
		if t.id == idP && p.inherited(false)&gone == 0 {
			p.cur.border() // an empty paragraph
		}
		return
	}
	switch {
	case t.is(endsInScope) || at >= p.special:
		p.popTo(at)
		p.pop()
	case t.is(isFormat):
		// Blocks within it stay open.
		p.kill(at)
		p.popTo(p.special)
	}
}

// kill ends an element although elements within it stay open.
func (p *page) kill(at int32) {
	e := &p.stack[at-1]
	e.flags = e.flags&^(gone|unseen) | dead
	if at > 1 {
		e.flags |= p.stack[at-2].flags & (gone | unseen)
	}
	p.last[e.id] = e.same
}

// show shows what is hidden of the open elements above at: the topmost ones, since what is in something hidden is hidden.
func (p *page) show(at int32) {
	for i := len(p.stack) - 1; i >= int(at); i-- {
		e := &p.stack[i]
		if e.flags&(gone|unseen) == 0 {
			break
		}
		e.flags &^= gone | unseen | loose | outerGone | outerUnseen
	}
}

// A view is a text to be read as HTML that may have been cut out of the source in parts, as the lines of a quotation in
// Markdown are.
type view struct {
	text  string
	parts []part // ascending; the first begins at 0
}

type part struct{ at, src int }

// whole returns the view of src[lo:hi].
func whole(src string, lo, hi int) view { return view{src[lo:hi], []part{{0, lo}}} }

func (w view) part(i int) int {
	if len(w.parts) == 1 {
		return 0
	}
	k, found := slices.BinarySearchFunc(w.parts, i, func(p part, i int) int { return p.at - i })
	if !found {
		k--
	}
	return k
}

// at returns the place of w.text[i] in the source.
func (w view) at(i int) int {
	p := w.parts[w.part(i)]
	return p.src + i - p.at
}

// each calls f for the parts of the source that w.text[lo:hi] was cut from.
func (w view) each(lo, hi int, f func(lo, hi int)) {
	for k := w.part(lo); lo < hi; k++ {
		end := hi
		if k+1 < len(w.parts) {
			end = min(end, w.parts[k+1].at)
		}
		src := w.parts[k].src - w.parts[k].at
		f(src+lo, src+end)
		lo = end
	}
}
