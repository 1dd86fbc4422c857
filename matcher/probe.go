package matcher

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// NOTE: what can still become part of a match. A stream is lookahead behind its
// input; whoever has to decide what to let pass asks about all that has come:
//
//	carry   ....|.....................|<- not read by the scan ->|
//	            settled               read                       seen
//
// A probe reads the text to its end as the scan will, without looking ahead. What
// it verifies there may have another neighbour tomorrow, and with less to speak
// against it more is a match: so it knows all matches of the scan and perhaps
// some that will be none. Beyond that, a match that ends behind what has come
// has begun already if a beginning of its pattern stands at the end: of those
// the automaton knows the longest, and lattices are read forward by progress.
//
// It may say *not yet*, never a false *settled*; TestSettled holds it to that.

// probe is what a stream needs for [Stream.Settled].
type probe struct {
	views  []viewProbe
	hidden *latticeProbe
	found  []Match
}

// reach is a stretch of text that may be a match.
type reach struct{ start, end int64 }

// viewProbe is how far a view was read.
type viewProbe struct {
	v    *view
	st   *state
	at   int64   // offset of the first byte that was not read
	open []reach // that the scan has not reported or refused
}

// Settled returns an offset such that no match that is still to come begins
// before it: at most [Matcher.Window] bytes behind what has come, and at its
// end where nothing looks like the beginning of a pattern. Cost: linear in what
// has come since it was asked last, at most some windows.
func (s *Stream) Settled() int64 {
	if s.probe == nil {
		s.probe = s.m.newProbe()
	}
	end := s.base + int64(len(s.carry))
	whole := len(s.carry) - partialRune(s.carry)
	settled := s.base + int64(whole)
	for i := range s.probe.views {
		settled = min(settled, s.probe.views[i].settled(s, i, whole))
	}
	if s.probe.hidden != nil {
		settled = min(settled, s.probe.hidden.settled(s, len(s.m.views), whole))
	}
	return max(0, settled, end-int64(s.m.window))
}

func (m *Matcher) newProbe() *probe {
	p := &probe{}
	for _, v := range m.views {
		p.views = append(p.views, viewProbe{v: v, st: newState(v)})
	}
	if m.lattice != nil {
		p.hidden = &latticeProbe{v: m.lattice, st: newLatticeState(m.lattice), index: m.lattice.beginnings()}
	}
	return p
}

// reset goes back to the start of another text.
func (p *probe) reset() {
	for i := range p.views {
		p.views[i].st.reset()
		p.views[i].at, p.views[i].open = 0, p.views[i].open[:0]
	}
	if p.hidden != nil {
		p.hidden.reset()
	}
}

// partialRune returns how many bytes at the end of data are the beginning of a
// character.
func partialRune(data []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(data); n++ {
		if at := len(data) - n; utf8.RuneStart(data[at]) {
			if !utf8.FullRune(data[at:]) {
				return n
			}
			break
		}
	}
	return 0
}

// add notes new matches, and forgets those that the scan has decided about.
func add(open []reach, found []Match, read int64) []reach {
	for _, m := range found {
		open = append(open, reach{m.Start, m.End})
	}
	return slices.DeleteFunc(open, func(r reach) bool { return r.end <= read })
}

// settled reads the text up to carry[:whole], and returns where the first match
// that view i has not reported can begin.
func (p *viewProbe) settled(s *Stream, i, whole int) int64 {
	data, base := s.carry, s.base
	stop := whole
	if p.v.readings {
		stop = unfinishedAnnotation(data, whole)
	}
	if p.at < s.read[i] { // what a match needs before it may be gone
		p.st.reset()
		p.at = max(base, s.read[i]-int64(s.m.window))
	}
	found := s.probe.found[:0]
	if at := int(p.at - base); at < stop {
		var next int
		next, found = p.v.scanAutomaton(p.st, data, base, at, stop, found)
		p.at = base + int64(next)
	}
	p.open = add(p.open, found, s.read[i])
	s.probe.found = found
	settled := base + int64(stop)
	for _, r := range p.open {
		settled = min(settled, r.start)
	}
	st := p.st
	if st.s == 0 {
		return settled
	}
	depth := uint32(0)
	for nodes, n := p.v.machine().nodes, st.s; n != 0; n = nodes[n].check {
		depth++
	}
	mask := uint32(len(st.pos) - 1)
	first := st.runs[(st.run-depth)&mask]
	if st.elem-first > mask {
		return 0 // a run longer than any match
	}
	at := p.at - int64(uint32(p.at)-st.pos[first&mask])
	return min(settled, at)
}

// unfinishedAnnotation returns where brackets begin that can still turn out to hold
// pinyin, else end.
func unfinishedAnnotation(data []byte, end int) int {
	for p := end; p > 0 && end-p < maxAnnotation; {
		r, w := utf8.DecodeLastRune(data[:p])
		p -= w
		if r == '(' || r == '（' {
			return p
		}
		if !annotates(r) {
			break
		}
	}
	return end
}

// latticeProbe reads the disguised view.
//
//	tokens   ...|o o|o o o|o
//	         start   tok    of a beginning with two elements of its pattern
type latticeProbe struct {
	v         *lattice
	st        *latticeState
	index     *beginnings
	at        int64
	open      []reach
	done      uint32 // tokens before it were taken
	under     []beginning
	ends, pre edges       // work space
	codes     [2][]uint32 // of the first of each
}

// A beginning is a piece of text that can stand for the first elements of a
// pattern.
type beginning struct {
	d     *prefixed
	elems int
	start uint32 // first token
	tok   uint32 // last token
}

// beginnings finds the patterns that two pieces of text can be the beginning of.
type beginnings struct {
	pairs    pairIndex[*prefixed]
	firsts   map[uint32]bool // what a pattern of two elements or more can begin with
	heads    map[rune]bool   // parts that a character begins with
	necks    map[[2]rune]bool
	maxParts int
	swapped  map[rune]bool // roots of characters of patterns that are looked for in another order
	vague    bool          // a pattern has elements that no code stands for
}

// prefixed is a pattern with the codes of all its elements.
type prefixed struct {
	*disguised
	codes [][]uint32
}

// codeRoot is the range of codes that say which character stands there.
const codeRoot = 1 << 22

// beginnings returns the index, which the first call makes.
func (v *lattice) beginnings() *beginnings {
	v.begun.Do(func() {
		x := &beginnings{firsts: map[uint32]bool{}, heads: map[rune]bool{}, necks: map[[2]rune]bool{}, swapped: map[rune]bool{}}
		for _, d := range v.patterns {
			p := &prefixed{disguised: d}
			for _, g := range d.glyphs {
				codes := g.codes(d.channels)
				if g.kind == glyphHan && len(g.sounds) == 0 {
					x.vague = true
				}
				p.codes = append(p.codes, append(codes, codeRoot+uint32(g.root)))
				if d.channels.Has(Split) {
					for _, parts := range g.parts {
						x.heads[parts[0]] = true
						if len(parts) > 2 {
							x.necks[[2]rune{parts[0], parts[1]}] = true
						}
						x.maxParts = max(x.maxParts, len(parts))
					}
				}
				if d.channels.Has(Swap) && len(d.glyphs) <= maxSwapped {
					x.swapped[g.root] = true
				}
			}
			for _, c := range p.codes[0] {
				x.firsts[c] = true
				if len(p.codes) > 2 {
					for _, next := range p.codes[1] {
						x.pairs.add(c, next, p)
					}
				}
			}
		}
		x.pairs.seal()
		v.begins = x
	})
	return v.begins
}

func (p *latticeProbe) reset() {
	p.st.reset()
	p.at, p.open, p.under, p.done = 0, p.open[:0], p.under[:0], 1
}

// pieceBytes is how much the lattice is read at a time, so that all tokens of a
// piece and what is before them are remembered.
const pieceBytes = tokenRing / 4

// settled is that of viewProbe.
func (p *latticeProbe) settled(s *Stream, i, whole int) int64 {
	data, base := s.carry, s.base
	if p.at < s.read[i] {
		p.reset()
		p.at = max(base, s.read[i]-int64(s.m.window))
	}
	p.done = max(p.done, 1)
	found := s.probe.found[:0]
	for at := int(p.at - base); at < whole; at = int(p.at - base) {
		var next int
		next, found = p.v.scan(p.st, data, base, at, min(at+pieceBytes, whole), found)
		p.at = base + int64(next)
		for ; p.done < p.st.n; p.done++ {
			p.take(p.done)
		}
	}
	p.open = add(p.open, found, s.read[i])
	s.probe.found = found
	settled := base + int64(whole)
	for _, r := range p.open {
		settled = min(settled, r.start)
	}
	if p.index.vague {
		return 0
	}
	if first := p.underWay(); first < p.st.n {
		settled = min(settled, p.at-int64(uint32(p.at)-p.st.at(first).off))
	}
	return settled
}

// maxEdge is the most tokens that an edge has: a syllable with its tone, or the
// parts of a character.
const maxEdge = maxSyllable + 2

// take goes on with the beginnings under way at token n, and notes new ones.
func (p *latticeProbe) take(n uint32) {
	st := p.st
	if st.at(n).gap == gapBorder {
		p.under = p.under[:0]
	}
	p.ends.n = 0
	p.edges(n, &p.ends)
	old := p.under
	for i := range p.ends.n {
		e := &p.ends.list[i]
		first := n - uint32(e.tokens) + 1
		if !st.known(first) {
			continue
		}
		for _, b := range old {
			if b.tok == first-1 {
				p.extend(b, e, n)
			}
		}
		p.begin(e, first, n)
		if !st.known(first-1) || st.at(first).gap == gapBorder {
			continue
		}
		p.pre.n = 0
		p.edges(first-1, &p.pre)
		for k := range p.pre.n {
			before := &p.pre.list[k]
			if start := first - uint32(before.tokens); st.known(start) && len(before.chain) < 2 {
				p.join(before.first(), e.first(), e, start, n)
			}
		}
	}
	// What ends too far back cannot go on any more.
	p.under = slices.DeleteFunc(p.under, func(b beginning) bool { return b.tok+maxEdge < n })
}

// extend goes on with a beginning by an edge that ends at token n.
func (p *latticeProbe) extend(b beginning, e *edge, n uint32) {
	first := n - uint32(e.tokens) + 1
	if int(p.st.at(first).gap) > b.d.gap {
		return
	}
	if elems, ok := b.d.reads(b.elems, e); ok {
		p.note(beginning{b.d, elems, b.start, n})
	}
}

// reads reports whether an edge can stand for the elements of d from k on, and
// some are left.
func (d *prefixed) reads(k int, e *edge) (int, bool) {
	if e.chain == nil {
		return k + 1, k+1 < len(d.codes) && meet(e.codes, d.codes[k])
	}
	for _, codes := range e.chain {
		if k+1 >= len(d.codes) || !meet(codes, d.codes[k]) {
			return k, false
		}
		k++
	}
	return k, true
}

// meet reports whether two lists have an element in common.
func meet(a, b []uint32) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// begin notes the beginnings that an edge of several elements is by itself.
func (p *latticeProbe) begin(e *edge, first, n uint32) {
	if len(e.chain) < 2 {
		return
	}
	p.look(e.chain[0], e.chain[1], func(d *prefixed) {
		if elems, ok := d.reads(0, e); ok {
			p.note(beginning{d, elems, first, n})
		}
	})
}

// join notes the beginnings whose first element an edge with the codes before
// stands for, and e for the next.
func (p *latticeProbe) join(before, next []uint32, e *edge, start, n uint32) {
	p.look(before, next, func(d *prefixed) {
		if elems, ok := d.reads(1, e); ok {
			p.note(beginning{d, elems, start, n})
		}
	})
}

func (p *latticeProbe) look(as, bs []uint32, f func(d *prefixed)) {
	for _, a := range as {
		for _, b := range bs {
			if p.index.pairs.may(a, b) {
				for _, d := range p.index.pairs.get(a, b) {
					f(d)
				}
			}
		}
	}
}

// note keeps of beginnings that go on alike the one that begins first.
func (p *latticeProbe) note(b beginning) {
	for i := len(p.under) - 1; i >= 0 && p.under[i].tok == b.tok; i-- {
		if u := &p.under[i]; u.d == b.d && u.elems == b.elems {
			u.start = min(u.start, b.start)
			return
		}
	}
	p.under = append(p.under, b)
}

// edges lists the edges that end at token n, with the codes of the characters
// themselves.
func (p *latticeProbe) edges(n uint32, dst *edges) {
	st, v := p.st, p.v
	if !st.known(n) {
		return
	}
	v.edgesAt(st, n, dst)
	t := st.at(n)
	if t.kind == glyphHan || t.kind == glyphDigit {
		codes := &p.codes[0]
		if dst == &p.pre {
			codes = &p.codes[1]
		}
		*codes = append(append((*codes)[:0], dst.list[0].codes...), codeRoot+uint32(v.root(t.r)))
		dst.list[0].codes = *codes
	}
	switch t.kind {
	case glyphLetter:
		// zh, ch, sh for a character; u for the v of a syllable.
		if prev := n - 1; t.r == 'h' && t.gap == 0 && st.known(prev) && st.at(prev).kind == glyphLetter {
			dst.add(edge{tokens: 2, codes: singlesOf().letters['h'-'a']})
		}
		p.umlauts(n, 0, dst)
	case glyphDigit:
		if tone(t) {
			p.umlauts(n-1, 1, dst)
		}
	}
}

// umlauts adds the syllables lue and nue up to token n for lve and nve, which
// keyboards have no key for.
func (p *latticeProbe) umlauts(n uint32, more int, dst *edges) {
	for _, name := range []string{"lve", "nve"} {
		if spelled(p.st, n, name) > 0 {
			if k := syllableNumber([]byte(name)); k >= 0 {
				dst.add(edge{tokens: len(name) + more, codes: singlesOf().syllables[k]})
			}
		}
	}
}

// underWay returns the first token of all that can become a match together
// with what is still to come; the number of the next token if nothing can.
func (p *latticeProbe) underWay() uint32 {
	st := p.st
	first := st.n
	if st.gap == gapBorder || st.n == 1 {
		return first
	}
	take := func(n uint32) {
		if p.mayStart(n) {
			first = min(first, n)
		}
	}
	last := st.n - 1
	for k := range uint32(min(st.contiguous(last), maxSwapped-1)) {
		if st.gap != 0 {
			break
		}
		if !st.known(last-k) || !p.index.swapped[p.v.root(st.at(last-k).r)] {
			break
		}
		take(last - k)
	}
	// Behind an edge that ends at token m, those up to the last may be the
	// beginning of another.
	for k := range p.cut() + 1 {
		m := last - uint32(k)
		if k > 0 {
			take(m + 1)
		}
		for _, b := range p.under {
			if b.tok == m {
				take(b.start)
			}
		}
		if m == 0 || !st.known(m) {
			break
		}
		p.ends.n = 0
		p.edges(m, &p.ends)
		for i := range p.ends.n {
			e := &p.ends.list[i]
			if start := m - uint32(e.tokens) + 1; st.known(start) && len(e.chain) < 2 && p.mayBeFirst(e.first()) {
				take(start)
			}
		}
	}
	return first
}

// cut returns how many of the last tokens can be the beginning of an edge.
func (p *latticeProbe) cut() int {
	st := p.st
	last := st.n - 1
	longest := 0
	switch t := st.at(last); t.kind {
	case glyphLetter:
		if st.gap > 0 {
			return 0
		}
		var name [maxSyllable]byte
		for k := 1; k < maxSyllable; k++ {
			n := last - uint32(k) + 1
			if !st.known(n) || st.at(n).kind != glyphLetter {
				break
			}
			name[maxSyllable-k] = byte(st.at(n).r)
			if syllableStarts()[string(name[maxSyllable-k:])] {
				longest = k
			}
			if st.at(n).gap != 0 {
				break
			}
		}
	case glyphHan:
		if p.v.free == nil || st.gap > 1 {
			return 0
		}
		part := func(k int) rune { // 0 is the last
			if n := last - uint32(k); st.known(n) && st.at(n).kind == glyphHan {
				return p.v.freeOf(st.at(n).r)
			}
			return 0
		}
		if p.index.heads[part(0)] {
			longest = 1
		}
		for k := 2; k < p.index.maxParts; k++ {
			if p.index.necks[[2]rune{part(k - 1), part(k - 2)}] {
				longest = k
			}
		}
	}
	return longest
}

// syllableStarts are the beginnings of syllables as people spell them.
var syllableStarts = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, name := range tables.Syllables() {
		for n := 1; n < len(name); n++ {
			m[name[:n]], m[strings.ReplaceAll(name[:n], "v", "u")] = true, true
		}
	}
	return m
})

// mayStart reports whether a match can begin with token n: letters and digits
// are not the rest of a longer word.
func (p *latticeProbe) mayStart(n uint32) bool {
	if n >= p.st.n || !p.st.known(n) || !p.st.known(n-1) {
		return true
	}
	t, prev := p.st.at(n), p.st.at(n-1)
	return !(isWord(t.kind) || t.kind == glyphSymbol) || t.gap != 0 || !isWord(prev.kind)
}

func (p *latticeProbe) mayBeFirst(codes []uint32) bool {
	for _, c := range codes {
		if p.index.firsts[c] {
			return true
		}
	}
	return false
}
