package matcher

import (
	"encoding/binary"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// NOTE: the disguised view. A text is a lattice here: a piece of it, an *edge*,
// can stand for an element of a pattern in several ways, and pieces overlap. In
// 女表子 the first two characters can be 婊 (its parts), and the second alone can be
// 婊 too (its sound); "xian" is one syllable or two. So a place has not one code
// but a set for each edge that ends there, and an automaton over one sequence does
// not do. Instead
//
//	lattice.go  keeps, for each pattern, the pairs of codes that its last two elements
//	            can have, in one table. That is the filter: the scan looks up the pairs
//	            of each two edges that meet. Most pairs are in no pattern.
//	edge.go     lists the edges that end at a token, and lays a pattern backwards along
//	            them, element by element, keeping for each place the cheapest way there:
//	            all readings of a place are tried, and none twice.
//
// A token is a character that is not skipped. What the scan knows is the last
// tokens; everything else follows from them. So where a chunk ends makes no
// difference, and the work a token causes is bounded by the pairs of its edges, the
// patterns of these pairs, and the length of a pattern, not by the text.

const (
	// maxDisguised is the most elements of a pattern that is looked for in
	// disguise. Who disguises text disguises words, not sentences.
	maxDisguised = 24

	// maxSwapped is the most elements of a pattern that is looked for in another
	// order. From four on even the reader needs to guess.
	maxSwapped = 8

	// tokenRing is how many tokens the scan remembers, a power of two. A
	// disguised element takes at most seven: six letters and a tone.
	tokenRing = 256

	// gapBorder is a gap that no disguise crosses.
	gapBorder = 255
)

// token is a character that is not skipped.
type token struct {
	off   uint32 // low 32 bits of its offset
	r     rune   // letters in lower case, digits in ASCII, others as they stand
	kind  glyphKind
	width uint8 // bytes
	// gap is how many characters were skipped before it, gapBorder if no
	// disguise reaches over them.
	gap       uint8
	blank     bool // the gap is one blank
	invisible bool // or something invisible stands there
	split     bool // an edge of parts may end here
}

// lattice is the disguised view of a matcher.
type lattice struct {
	matcher  *Matcher
	patterns []*disguised
	glyphs   map[rune]*glyph
	sets     codeSets
	table    *glyphTable
	letters  bool // patterns can be found by single letters
	pairs    pairIndex[candidate]
	splits   pairIndex[*splitEdge]
	symbols  map[rune]*picture   // beside those of the package
	swaps    map[uint64][]uint32 // by sum: numbers of patterns
	swapSeen [1 << 10]uint64     // filter of swaps, by the low bits of the sum
	swapLens []int
	free     *[1 << 16]uint16
	roots    *[1 << 16]uint16
	any      ChannelSet           // channels of all patterns
	lasts    [1 << 13 / 64]uint64 // codes below codePart that a last element can have
	byID     map[int]*disguised
	gate     *gate
	pool     sync.Pool

	// What probes need, made when it is needed.
	begun  sync.Once
	begins *beginnings
}

// disguised is a pattern as the lattice needs it.
type disguised struct {
	*compiled
	id       uint32 // number in the matcher
	glyphs   []*glyph
	channels ChannelSet // those that make sense for its script
	elements []uint32   // numbers of the elements in the gate; none if only another order is looked for
}

// candidate is the number of a pattern and, above it, one more than that of the
// element before its last two in the gate, 0 if it has no more.
type candidate uint64

func newCandidate(n uint32, d *disguised) candidate {
	c := candidate(n)
	if k := len(d.elements) - 3; k >= 0 {
		c |= candidate(d.elements[k]+1) << 32
	}
	return c
}

func (c candidate) pattern() uint32 { return uint32(c) }

// third returns the element before the last two.
func (c candidate) third() (element uint32, ok bool) { return uint32(c>>32) - 1, c>>32 != 0 }

// splitEdge is a character and its parts.
type splitEdge struct {
	parts []rune
	codes []uint32 // of the character, by sound
}

// pairIndex finds what belongs to a pair of codes. The filter has a bit for each
// hash, so that most pairs cost one load; behind it is a hash table with open
// addressing. It is filled with add, then sealed.
type pairIndex[T any] struct {
	filter []uint64
	shift  uint
	values map[uint64][]T // while it is built
	slots  []pairSlot
	bits   uint
	flat   []T
}

// pairSlot says that the list of a key is flat[start:][:n]; n is 0 in an empty slot.
type pairSlot struct {
	key      uint64
	start, n uint32
}

func pairKey(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

func pairHash(a, b uint32) uint64 {
	return (uint64(a)*0x9E3779B1 + uint64(b)) * 0x9E3779B97F4A7C15
}

func (x *pairIndex[T]) add(a, b uint32, v T) {
	if x.values == nil {
		x.values = map[uint64][]T{}
	}
	x.values[pairKey(a, b)] = append(x.values[pairKey(a, b)], v)
}

// seal makes the index of what was added.
func (x *pairIndex[T]) seal() {
	keys, counts := make([]uint64, 0, len(x.values)), make([]uint32, 0, len(x.values))
	for k, list := range x.values {
		keys, counts = append(keys, k), append(counts, uint32(len(list)))
		x.flat = append(x.flat, list...)
	}
	x.values = nil
	x.index(keys, counts)
}

// index makes the filter and the hash table of keys whose lists lie in flat one after the
// other, with so many values each. The filter has 32 bits a pair, so that one foreign
// pair in thirty passes.
func (x *pairIndex[T]) index(keys []uint64, counts []uint32) {
	bits := uint(12)
	for n := len(keys) * 32; 1<<bits < n && bits < 24; bits++ {
	}
	x.shift = 64 - bits
	x.filter = make([]uint64, 1<<(bits-6))
	for x.bits = 4; 1<<x.bits < 2*len(keys); x.bits++ {
	}
	x.slots = make([]pairSlot, 1<<x.bits)
	start := uint32(0)
	for k, key := range keys {
		h := pairHash(uint32(key>>32), uint32(key))
		x.filter[h>>x.shift>>6] |= 1 << (h >> x.shift & 63)
		i := h >> (64 - x.bits)
		for x.slots[i].n != 0 {
			i = (i + 1) & (1<<x.bits - 1)
		}
		x.slots[i] = pairSlot{key, start, counts[k]}
		start += counts[k]
	}
}

// get returns what belongs to the pair, in the order in which it was added.
func (x *pairIndex[T]) get(a, b uint32) []T {
	k := pairKey(a, b)
	for i := pairHash(a, b) >> (64 - x.bits); x.slots[i].n != 0; i = (i + 1) & (1<<x.bits - 1) {
		if s := &x.slots[i]; s.key == k {
			return x.flat[s.start:][:s.n]
		}
	}
	return nil
}

func (x *pairIndex[T]) may(a, b uint32) bool {
	h := pairHash(a, b) >> x.shift
	return x.filter[h>>6]>>(h&63)&1 != 0
}

// newLattice returns the disguised view of the patterns that ask for one, which is to be
// completed, or nil if none does.
func newLattice(m *Matcher, symbols map[rune][]string) *lattice {
	v := &lattice{matcher: m, glyphs: map[rune]*glyph{}, byID: map[int]*disguised{}}
	for id, c := range m.patterns {
		if c.channels&Disguises == 0 || c.strict || c.own != nil || len(c.elems) < 2 || len(c.elems) > maxDisguised {
			continue
		}
		if d := v.disguise(uint32(id), c); d.channels&Disguises != 0 {
			v.patterns = append(v.patterns, d)
			v.byID[id] = d
			v.any |= d.channels
		}
	}
	if len(v.patterns) == 0 {
		return nil
	}
	v.addSymbols(symbols)
	return v
}

// complete makes the tables of the view, or takes those that were saved.
func (v *lattice) complete(saved []byte) error {
	lens := map[int]bool{}
	v.swaps = map[uint64][]uint32{}
	for n, d := range v.patterns {
		if d.channels&Disguises&^Set(Swap) != 0 {
			v.sets.fuzzy = v.sets.fuzzy || d.channels.Has(HomophoneFuzzy)
			v.sets.sound = v.sets.sound || !d.channels.Has(HomophoneFuzzy)
			v.sets.shape = v.sets.shape || d.channels.Has(Lookalike)
			v.letters = v.letters || d.channels.Has(Initials)
		}
		if d.channels.Has(Swap) && len(d.glyphs) <= maxSwapped {
			sum := uint64(0)
			for _, g := range d.glyphs {
				sum += runeSum(g.root)
			}
			v.swaps[sum] = append(v.swaps[sum], uint32(n))
			v.swapSeen[sum>>54] |= 1 << (sum >> 48 & 63)
			lens[len(d.glyphs)] = true
		}
		v.letters = v.letters || slices.ContainsFunc(d.glyphs, func(g *glyph) bool { return g.kind == glyphLetter })
	}
	for n := range lens {
		v.swapLens = append(v.swapLens, n)
	}
	slices.Sort(v.swapLens)
	v.pool.New = func() any { return newLatticeState(v) }
	v.table = glyphTableOf(v.sets)
	v.roots = roots()
	if v.any.Has(Split) {
		v.addSplits()
	}
	if saved == nil {
		v.gate = newGate(v, v.splits.values)
		v.addPairs()
	} else if err := v.load(saved); err != nil {
		return err
	}
	for r := range v.symbols {
		if r <= 0xFFFF {
			v.gate.classes[r] = classOthers + uint16(glyphEmoji)
		}
	}
	v.splits.seal()
	return nil
}

// addPairs indexes the patterns by the codes of their last two elements.
func (v *lattice) addPairs() {
	defer v.pairs.seal()
	for n, d := range v.patterns {
		if len(d.elements) == 0 {
			continue
		}
		last := len(d.glyphs) - 1
		c := newCandidate(uint32(n), d)
		for _, y := range d.glyphs[last].codes(d.channels) {
			if y < codePart {
				v.lasts[y>>6] |= 1 << (y & 63)
			}
			for _, x := range d.glyphs[last-1].codes(d.channels) {
				v.pairs.add(x, y, c)
			}
		}
	}
}

// disguise prepares one pattern.
func (v *lattice) disguise(id uint32, c *compiled) *disguised {
	d := &disguised{compiled: c, id: id, channels: c.channels}
	han, changed := 0, false
	for _, r := range c.elems {
		g := v.glyphs[r]
		if g == nil {
			g = newGlyph(r)
			v.glyphs[r] = g
		}
		d.glyphs = append(d.glyphs, g)
		if g.kind == glyphHan {
			han++
		}
		if g.kind != glyphHan && g.kind != glyphLetter && g.kind != glyphDigit {
			d.channels &^= Disguises
		}
		changed = changed || g.root != d.glyphs[0].root
	}
	if han == 0 { // a word of letters has no sound here
		d.channels &^= Disguises &^ Set(Leet)
	}
	if han < len(c.elems) || !changed {
		d.channels = d.channels.Without(Swap)
	}
	return d
}

// addSplits indexes the parts of all characters of patterns that may be taken
// apart, by the last two of them.
func (v *lattice) addSplits() {
	v.free = freeParts()
	seen := map[*glyph]bool{}
	for _, d := range v.patterns {
		if !d.channels.Has(Split) {
			continue
		}
		for _, g := range d.glyphs {
			if seen[g] {
				continue
			}
			seen[g] = true
			codes := hanCodes(g.r, codeSets{sound: v.sets.sound, fuzzy: v.sets.fuzzy})
			if len(codes) == 0 { // nobody knows how it is read
				codes = g.shapes
			}
			for _, parts := range g.parts {
				n := len(parts)
				v.splits.add(uint32(parts[n-2]), uint32(parts[n-1]), &splitEdge{parts: parts, codes: codes})
			}
		}
	}
}

func (v *lattice) size() int {
	return len(v.gate.cells) + 2*len(v.gate.classes) + 8*(len(v.pairs.filter)+len(v.splits.filter)) + 16*len(v.pairs.slots) + 8*len(v.pairs.flat) + 200*len(v.patterns) + 200*len(v.glyphs)
}

// runeSum is a number for a rune, such that sums of them tell sets of runes apart.
func runeSum(r rune) uint64 {
	x := (uint64(r) + 1) * 0x9E3779B97F4A7C15
	x ^= x >> 29
	x *= 0xBF58476D1CE4E5B9
	return x ^ x>>32
}

// latticeState is where a scan of the lattice stands.
type latticeState struct {
	tokens [tokenRing]token
	n      uint32 // number of the next token
	// run is the number of the first token of the current run of letters and
	// digits.
	run       uint32
	class     uint32 // of the last token, as the row of the gate to look at
	cell      uint32 // what the gate said about the last two
	gap       uint8
	blank     bool
	invisible bool
	tried     []uint32 // by pattern: number of the token after the one where it was tried last
	dirty     bool     // some were tried
	quiet     bool     // nothing is looked for, see steps
	found     []Match  // that end at the current token
	sieve     Sieve    // nil if all is wanted
	changes   int      // what it said about the last two tokens; unsieved before it was asked
	align     aligner
	ends      edges // work space of meet
	befores   edges
}

func newLatticeState(v *lattice) *latticeState {
	st := &latticeState{tried: make([]uint32, len(v.patterns))}
	st.reset()
	return st
}

func (st *latticeState) reset() {
	st.n, st.run, st.class, st.cell, st.gap = 1, 1, classNone, 0, gapBorder
	st.blank, st.invisible = false, false
	if st.dirty { // large, and texts are short
		clear(st.tried)
		st.dirty = false
	}
}

// at returns the token with that number.
func (st *latticeState) at(n uint32) *token { return &st.tokens[n%tokenRing] }

// known reports whether the token with that number is remembered.
func (st *latticeState) known(n uint32) bool { return n != 0 && st.n-n <= tokenRing && n < st.n }

// contiguous returns how many Han characters without a gap end with token n, at
// most maxSwapped.
func (st *latticeState) contiguous(n uint32) (k int) {
	for k < maxSwapped && st.known(n-uint32(k)) && st.at(n-uint32(k)).kind == glyphHan {
		k++
		if st.at(n-uint32(k)+1).gap != 0 {
			break
		}
	}
	return k
}

// scan reads the characters that start in data[from:to], under the contract of
// [view.scan].
func (v *lattice) scan(st *latticeState, data []byte, base int64, from, to int, dst []Match) (int, []Match) {
	g := v.gate
	i := from
	for i < to {
		// As in view.scan: one load for the usual three bytes.
		var r rune
		w := 3
		if i+4 <= len(data) {
			x := binary.LittleEndian.Uint32(data[i:])
			if y := x&0x0F<<12 | x>>2&0x0FC0 | x>>16&0x3F; x&0xC0C0F0 == 0x8080E0 && y >= 0x800 && y-0xD800 >= 0x800 {
				r = rune(y)
			} else if x&0x80 == 0 {
				r, w = rune(x&0x7F), 1
			} else {
				r, w = utf8.DecodeRune(data[i:])
			}
		} else {
			r, w = utf8.DecodeRune(data[i:])
		}
		var kind glyphKind
		class := uint32(classRare)
		if r > 0xFFFF {
			if kind = glyphKindOf(r); v.symbols[r] != nil {
				kind = glyphEmoji
			}
		} else if class = uint32(g.classes[r]); class < classOthers {
			if cell := g.cell(st.class, class); cell&(gateOther|gateTwo|st.cell>>1) == 0 && !st.invisible {
				// As most are: nothing can end with this character.
				*st.at(st.n) = token{off: uint32(base) + uint32(i), r: r, kind: glyphHan, width: uint8(w), gap: st.gap}
				st.n++
				st.class, st.cell, st.gap = class, cell, 0
				i += w
				continue
			}
			kind = glyphHan
		} else if r == utf8.RuneError && w <= 1 {
			st.gap, st.class, st.cell = gapBorder, classNone, 0
			i++
			continue
		} else {
			kind = glyphKind(class - classOthers)
		}
		switch kind {
		case glyphBreak:
			st.gap, st.class, st.cell = gapBorder, classNone, 0
		case glyphInvisible:
			st.invisible = true
		case glyphBlank, glyphNoise:
			st.blank = st.gap == 0 && kind == glyphBlank
			if st.gap <= DefaultGap {
				st.gap++
				st.class, st.cell = classRare, gateAny
			} else {
				st.gap = gapBorder
				st.class, st.cell = classNone, 0
			}
		default:
			dst = v.token(st, token{r: r, kind: kind, width: uint8(w)}, class, data, base, i, dst)
		}
		i += w
	}
	return i, dst
}

// token takes the next token, which begins at data[i], and appends the matches
// that end with it.
func (v *lattice) token(st *latticeState, t token, class uint32, data []byte, base int64, i int, dst []Match) []Match {
	t.off = uint32(base) + uint32(i)
	t.gap, t.blank, t.invisible = st.gap, st.blank, st.invisible
	st.gap, st.blank, st.invisible = 0, false, false
	n := st.n
	switch t.kind {
	case glyphLetter:
		t.r = letterOf(t.r)
	case glyphDigit:
		t.r = tables.Root(t.r)
	}
	if word := t.kind == glyphLetter || t.kind == glyphDigit; !word || t.gap != 0 || n == st.run || !isWord(st.at(n-1).kind) {
		st.run = n
	}
	end := i + int(t.width)
	prev := st.at(n - 1)
	joined := t.gap != gapBorder && n > 1
	if v.free != nil && t.kind == glyphHan && joined && prev.kind == glyphHan {
		t.split = v.splits.may(uint32(v.freeOf(prev.r)), uint32(v.freeOf(t.r)))
	}
	*st.at(n) = t
	st.n++
	// What the gate knows holds for characters that stand for themselves only.
	st.class, st.cell = class, gateAny
	if t.kind != glyphHan || t.split {
		st.class = classRare
	}
	if st.quiet {
		return dst
	}
	st.found, st.changes = st.found[:0], unsieved
	if joined || t.kind == glyphEmoji {
		if joined && t.kind == glyphHan && !t.split && prev.kind == glyphHan && !prev.split { // as most are
			before := v.single(st, n-2)
			for _, a := range v.codesOf(prev.r) {
				for _, b := range v.codesOf(t.r) {
					if v.pairs.may(a, b) {
						v.candidates(st, a, b, before, t.gap == 0, n, data, base, end)
					}
				}
			}
		} else {
			v.meet(st, n, data, base, end)
		}
	}
	if len(v.swapLens) > 0 && t.kind == glyphHan {
		v.swapped(st, n, data, base, end)
	}
	if len(st.found) > 0 {
		slices.SortFunc(st.found, compareMatches)
		dst = append(dst, st.found...)
	}
	return dst
}

func isWord(k glyphKind) bool { return k == glyphLetter || k == glyphDigit }

func (v *lattice) codesOf(r rune) []uint32 {
	_, codes := v.table.of(r, v.sets)
	return codes
}

// root is tables.Root.
func (v *lattice) root(r rune) rune {
	if r <= 0xFFFF {
		if root := v.roots[r]; root != 0 {
			return rune(root)
		}
	}
	return tables.Root(r)
}

// freeOf returns the free form of r as a part.
func (v *lattice) freeOf(r rune) rune {
	if r <= 0xFFFF {
		return rune(v.free[r])
	}
	return tables.Free(r)
}

// meet looks up the pairs of all edges that end at token n with those that end
// where they begin.
func (v *lattice) meet(st *latticeState, n uint32, data []byte, base int64, end int) {
	if !v.mayEnd(st, n, data, end) {
		return
	}
	ends, befores := &st.ends, &st.befores
	ends.n = 0
	v.edgesAt(st, n, ends)
	for i := range ends.n {
		e := &ends.list[i]
		if !v.mayBeLast(e.last()) {
			continue
		}
		for k := 1; k < len(e.chain); k++ { // a picture of several characters
			v.lookUp(st, e.chain[k-1], e.chain[k], nil, false, n, data, base, end)
		}
		first := n - uint32(e.tokens) + 1
		if !st.known(first) || !st.known(first-1) || st.at(first).gap == gapBorder {
			continue
		}
		befores.n = 0
		v.edgesAt(st, first-1, befores)
		for j := range befores.n {
			var before standing
			if f := &befores.list[j]; f.chain == nil && e.chain == nil {
				before = v.single(st, first-1-uint32(f.tokens))
			}
			side := i == 0 && j == 0 && st.sideBySide(n)
			v.lookUp(st, befores.list[j].last(), e.first(), before, side, n, data, base, end)
		}
	}
}

// mayBeLast reports whether a pattern can end with one of the codes.
func (v *lattice) mayBeLast(codes []uint32) bool {
	for _, c := range codes {
		if c >= codePart || v.lasts[c>>6]>>(c&63)&1 != 0 {
			return true
		}
	}
	return false
}

// single returns what token n can be if only a character by itself ends there, else nil.
func (v *lattice) single(st *latticeState, n uint32) standing {
	if !st.known(n) || st.at(n).kind != glyphHan || st.at(n).split {
		return nil
	}
	return v.gate.of(st.at(n).r)
}

// sideBySide reports whether the last two tokens up to n are Chinese characters that
// touch. Each is the first of the edges that end with it.
func (st *latticeState) sideBySide(n uint32) bool {
	return st.at(n).kind == glyphHan && st.at(n-1).kind == glyphHan && st.at(n).gap == 0
}

// lookUp tries the patterns of all pairs of a and b.
func (v *lattice) lookUp(st *latticeState, as, bs []uint32, before standing, side bool, n uint32, data []byte, base int64, end int) {
	for _, a := range as {
		for _, b := range bs {
			if v.pairs.may(a, b) {
				v.candidates(st, a, b, before, side, n, data, base, end)
			}
		}
	}
}

// candidates tries the patterns whose last two elements can have the codes. before are
// the elements that the one before them can be, nil if that is not known; side says that
// the two are characters side by side.
func (v *lattice) candidates(st *latticeState, a, b uint32, before standing, side bool, n uint32, data []byte, base int64, end int) {
	for _, c := range v.pairs.get(a, b) {
		if e, ok := c.third(); ok && before != nil && !before.fits(e) {
			continue // as most
		}
		p := c.pattern()
		if st.tried[p] == n+1 {
			continue
		}
		if _, more := c.third(); !more && side && !v.sifted(st, v.patterns[p], n, data, base, end) {
			continue
		}
		st.tried[p] = n + 1
		st.dirty = true
		d := v.patterns[p]
		way, ok := v.lay(st, d, n)
		if !ok {
			continue
		}
		first := st.at(way.first)
		start := end - int(uint32(base+int64(end))-first.off)
		m := Match{Pattern: int(d.id), Start: base + int64(start), End: base + int64(end), Channels: way.channels}
		if int64(end-start) > d.limit || !v.apart(st, d, way, data, start, end, n) {
			continue
		}
		st.found = append(st.found, m)
	}
}

// unsieved is the count of changes before the sieve was asked.
const unsieved = -1

// sifted reports whether the sieve lets through that the last two tokens stand for d.
func (v *lattice) sifted(st *latticeState, d *disguised, n uint32, data []byte, base int64, end int) bool {
	if st.sieve == nil {
		return true
	}
	a, b := st.at(n-1), st.at(n)
	if st.changes == unsieved {
		st.changes = st.sieve(data, base, end-int(a.width)-int(b.width), end)
	}
	return st.changes > 1 || st.changes == 1 && (v.root(a.r) == d.glyphs[0].root || v.root(b.r) == d.glyphs[1].root)
}

// lay is [aligner.lay]. Most candidates are Chinese characters side by side: each is the
// only edge that ends with it and can be its element, so that there is one way at most,
// and the gate knows whether it is one. Where that is not so, the aligner is asked.
func (v *lattice) lay(st *latticeState, d *disguised, n uint32) (way, bool) {
	last := n
	for k := len(d.glyphs) - 1; k >= 0; k-- {
		if !st.known(n) {
			return way{}, false
		}
		t := st.at(n)
		if t.kind != glyphHan {
			if !st.mayStand(d.glyphs[k], n) {
				return way{}, false
			}
			return st.align.lay(v, st, d, last)
		}
		if t.split && v.taken(st, d, k, n) {
			return st.align.lay(v, st, d, last)
		}
		if !v.gate.of(t.r).fits(d.elements[k]) {
			return way{}, false
		}
		if k < len(d.glyphs)-1 {
			if gap := st.at(n + 1).gap; gap == gapBorder || int(gap) > d.gap {
				return way{}, false
			}
		}
		n--
	}
	return v.straight(st, d, n+1)
}

// mayStand reports whether what ends with token n, which is no Chinese character, can
// be an element: whether it is worth to ask the aligner.
func (st *latticeState) mayStand(g *glyph, n uint32) bool {
	t := st.at(n)
	switch t.kind {
	case glyphLetter:
		for _, name := range g.names {
			if last := rune(name[len(name)-1]); last == t.r || last == 'v' && t.r == 'u' || rune(name[0]) == t.r || t.r == 'h' {
				return true
			}
		}
		return g.root == t.r
	case glyphDigit:
		return g.root == t.r || g.kind == glyphLetter || tone(t) && st.known(n-1) && st.at(n-1).kind == glyphLetter ||
			share(leetSoundNumbers()[t.r], g.sounds)
	case glyphSymbol:
		return g.kind == glyphLetter
	}
	return true
}

// taken reports whether the last tokens up to n are the parts of element k of d.
func (v *lattice) taken(st *latticeState, d *disguised, k int, n uint32) bool {
	if !d.channels.Has(Split) {
		return false
	}
	for _, parts := range d.glyphs[k].parts {
		if v.written(st, parts, n) {
			return true
		}
	}
	return false
}

// straight is [aligner.lay] for characters side by side, from token first on, each of
// which is one element.
func (v *lattice) straight(st *latticeState, d *disguised, first uint32) (way, bool) {
	var channels ChannelSet
	for k, g := range d.glyphs {
		t := st.at(first + uint32(k))
		if k > 0 && t.gap > 0 {
			channels = channels.With(Noise)
		}
		if k > 0 && t.invisible {
			channels = channels.With(Invisible)
		}
		switch {
		case t.r == g.r:
		case v.root(t.r) == g.root:
			kinds, _ := tables.Path(t.r, g.r)
			channels |= channelsOf(kinds)
		case g.kind != glyphHan:
			return way{}, false
		default:
			c := Lookalike
			if g.soundsLike(t.r) {
				if d.channels.Has(Homophone) {
					c = Homophone
				}
			} else if d.channels.Has(HomophoneFuzzy) && g.soundsNearly(t.r) {
				c = HomophoneFuzzy
			}
			if c == Lookalike && !(d.channels.Has(Lookalike) && share(v.codesOf(t.r), g.shapes)) {
				return way{}, false
			}
			channels = channels.With(c)
		}
	}
	return way{first: first, channels: channels}, channels&Disguises != 0 && channels&^d.channels == 0
}

// apart reports whether a match that begins or ends with letters or digits is not
// a part of a longer word or number.
func (v *lattice) apart(st *latticeState, d *disguised, w way, data []byte, start, end int, n uint32) bool {
	if first := st.at(w.first); isWord(first.kind) || first.kind == glyphSymbol {
		if !freeLeft(data, start, letterClass) || !freeLeft(data, start, digitClass) {
			return false
		}
	} else if d.atStart && !freeLeft(data, start, d.first) {
		return false
	}
	if last := st.at(n); isWord(last.kind) || last.kind == glyphSymbol {
		return freeRight(data, end, letterClass) && freeRight(data, end, digitClass)
	}
	return !d.atEnd || freeRight(data, end, d.last)
}

// swapped looks for patterns whose characters are the last tokens in another
// order.
func (v *lattice) swapped(st *latticeState, n uint32, data []byte, base int64, end int) {
	contiguous := st.contiguous(n)
	sum, summed := uint64(0), 0
	for _, k := range v.swapLens {
		if contiguous < k {
			return
		}
		for ; summed < k; summed++ {
			sum += runeSum(v.root(st.at(n - uint32(summed)).r))
		}
		if v.swapSeen[sum>>54]>>(sum>>48&63)&1 == 0 {
			continue
		}
		for _, p := range v.swaps[sum] {
			d := v.patterns[p]
			first := n - uint32(k) + 1
			channels, ok := st.reordered(d, first)
			if !ok {
				continue
			}
			start := end - int(uint32(base+int64(end))-st.at(first).off)
			m := Match{Pattern: int(d.id), Start: base + int64(start), End: base + int64(end), Channels: channels}
			same := func(f Match) bool { return f.Pattern == m.Pattern && f.Start == m.Start }
			if !slices.ContainsFunc(st.found, same) {
				st.found = append(st.found, m)
			}
		}
	}
}

// reordered reports whether the tokens from first on are the elements of d in
// another order, and through which channels.
func (st *latticeState) reordered(d *disguised, first uint32) (ChannelSet, bool) {
	used := Set(Swap)
	moved := false
	var taken [maxSwapped]bool
	for i := range d.glyphs {
		r := st.at(first + uint32(i)).r
		root := tables.Root(r) // seldom asked
		moved = moved || root != d.glyphs[i].root
		at := -1
		for k, g := range d.glyphs {
			if !taken[k] && g.root == root && (at < 0 || g.r == r) {
				at = k
			}
		}
		if at < 0 {
			return 0, false
		}
		taken[at] = true
		kinds, _ := tables.Path(r, d.glyphs[at].r)
		used |= channelsOf(kinds)
	}
	return used, moved && used&^d.channels == 0
}
