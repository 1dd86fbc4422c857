package matcher

import (
	"math/bits"
	"slices"
	"sync"
)

// maxChunk bounds filter.chunk: the positions of a chunk are of 16 bits.
const maxChunk = 1 << 14

// carried is the most units that one chunk leaves to the next: as many as a
// window has before its anchor, and three whose anchors go on in the next.
const carried = maxBefore + 3

// chunk is the work space of a scan, about 130 KiB. Since units come from
// maxChunk bytes at most, and those carried, none of its arrays can be
// overrun.
//
//	units[:maxBefore]    before the chunk, sifted, for windows
//	units[maxBefore:n]   to be sifted, the first of them carried
//	units[n:]            0, three at least while it is sifted
type chunk struct {
	n      int    // units
	last   uint16 // the last unit, if it is a folded one
	units  [maxChunk + carried + padding]uint16
	places [maxChunk + carried + padding]int32 // where they start, in data

	candidates [maxChunk + carried + padding]uint16
	spare      []uint16
	probes     [256]uint64 // hash<<32 | unit
	found      [256]uint64
	repeats    []uint16 // units of the chunk that stand for more than one character

	vectors
}

// vectors is what the vector engines need beside. In place of places they
// leave masks: bit i of masks[b] says that data[text+64*b+i] starts a unit of
// the chunk, except that those in dropped, counted from the first of the
// chunk, are none after all.
type vectors struct {
	text    int // offset of the chunk in data
	carried int // units before those of the chunk; their places are in places
	raw     [maxChunk + padding]uint16
	folded  [1 + maxChunk + padding]uint16
	masks   [maxChunk/64 + 1]uint64
	dropped [maxChunk + padding]uint16
	rare    [maxChunk/64 + 1]uint64 // number of the first unit<<32 | block
	indices [512]uint32
	tail    [128]byte

	blocks, drops int
	// The place that was asked for last: the unit, how many are dropped before
	// it, its block, and how many units (with those dropped) are before that.
	at, before, block, first int
}

// resetPlace begins the search for places in a chunk.
func (k *chunk) resetPlace(blocks, drops int) {
	k.blocks, k.drops = blocks, drops
	k.at, k.before, k.block, k.first = 0, 0, 0, 0
}

// find returns where unit i of the chunk starts. It is quick if i does not
// become less.
func (k *chunk) find(i int) int {
	if i < k.carried {
		return int(k.places[i])
	}
	i -= k.carried
	if i < k.at {
		k.resetPlace(k.blocks, k.drops)
	}
	k.at = i
	for k.before < k.drops && int(k.dropped[k.before]) <= i+k.before {
		k.before++
	}
	i += k.before - k.first
	m := k.masks[k.block]
	for n := bits.OnesCount64(m); i >= n; n = bits.OnesCount64(m) {
		i -= n
		k.first += n
		k.block++
		m = k.masks[k.block]
	}
	for ; i > 0; i-- {
		m &= m - 1
	}
	return k.text + 64*k.block + bits.TrailingZeros64(m)
}

// padding is how many elements behind its end a stage may read or write: two
// vectors of 32.
const padding = 64

var chunks = sync.Pool{New: func() any { return new(chunk) }}

// scanFilter is scan by the filter, except that it may return before it has
// reached to: the chunk that begins there is so full of candidates that the
// automaton is faster.
func (v *view) scanFilter(data []byte, base int64, from, to int, dst []Match) (int, []Match) {
	f := v.filter
	k := chunks.Get().(*chunk)
	st := v.pool.Get().(*state)
	s := scanner{view: v, data: data, base: base, state: st, from: from, dst: dst, sorted: len(dst), first: len(dst), vector: f.engine != Filter}
	s.end = v.boundary(data, to)
	stop := s.end
	// What a match needs that ends behind from may be before it.
	lo := max(0, from-v.matcher.window)
	k.n, k.last = maxBefore, 0
	clear(k.units[:maxBefore])
	var left [carried]int32
	for lo < s.end {
		begin := lo
		if k.n > maxBefore {
			begin = int(k.places[maxBefore]) // of a unit that was carried
		}
		old := k.n
		hi := s.lex(k, lo, min(lo+f.chunk, s.end))
		sifted := max(maxBefore, k.n-3)
		if hi >= s.end {
			sifted = k.n
		}
		clear(k.units[k.n : k.n+3])
		s.limit = (k.n-maxBefore)*f.effort/8 + f.slack
		if !s.singles(k, old, lo, hi) || !s.verify(k, s.sift(k, maxBefore, sifted)) {
			stop = v.boundary(data, max(begin, from))
			break
		}
		s.order()
		for i := range k.n - sifted + maxBefore {
			left[i] = int32(s.place(k, sifted-maxBefore+i, hi))
		}
		copy(k.places[:], left[:k.n-sifted+maxBefore])
		k.n = copy(k.units[:], k.units[sifted-maxBefore:k.n])
		lo = hi
	}
	s.order()
	dst = s.dst
	for n := len(dst); n > s.first && dst[n-1].End > base+int64(stop); n-- {
		dst = dst[:n-1]
	}
	s.state.reset()
	v.pool.Put(st)
	chunks.Put(k)
	return stop, dst
}

// scanner is one call of scanFilter.
type scanner struct {
	view  *view
	data  []byte
	base  int64
	state *state // for confirm
	from  int    // matches that end before it are not reported
	end   int    // nor those that end behind it

	dst    []Match
	first  int  // index in dst of the first match of this scan
	vector bool // the engine is
	sorted int  // dst[first:sorted] is in order
	limit  int  // what is left of the effort for the chunk
}

// lex appends the units of the characters that start in data[lo:hi] to k and
// returns where the next one starts.
func (s *scanner) lex(k *chunk, lo, hi int) int {
	if s.vector {
		return s.view.lexVector(k, s.data, lo, hi)
	}
	if s.view.filter.fold == nil {
		return lex(k, s.data, lo, hi)
	}
	return s.view.lexFolded(k, s.data, lo, hi)
}

// sift writes the positions in k.units[lo:hi] that may be anchors to
// k.candidates and returns how many there are.
func (s *scanner) sift(k *chunk, lo, hi int) int {
	if s.vector {
		return s.view.filter.siftVector(k, lo, hi)
	}
	return s.view.filter.sift(k, lo, hi)
}

// verify confirms n candidates in the chunk. It returns false if that is too
// much effort.
//
// Nearly all of its time is spent waiting for memory, so it goes by stages over
// many candidates, whose loads do not wait for each other.
func (s *scanner) verify(k *chunk, n int) bool {
	f := s.view.filter
	if s.limit -= n; s.limit < n {
		return false // more than half of the positions
	}
	for c := 0; c < n; {
		// Which anchors may be there.
		probes := 0
		for ; c < n && probes < len(k.probes)-2; c++ {
			i := int(k.candidates[c]) + maxBefore
			if i+1 >= k.n {
				continue
			}
			x := uint64(k.units[i]) | uint64(k.units[i+1])<<16 | uint64(k.units[i+2])<<32 | uint64(k.units[i+3])<<48
			if isASCII(uint32(x)) {
				k.probes[probes] = uint64(hashFour(x))<<32 | uint64(i)
				probes++
				if f.short && f.pairs[uint16(x)]&f.pairs[128+uint16(x>>16)] != 0 {
					k.probes[probes] = uint64(hashPair(x))<<32 | uint64(i)
					probes++
				}
				continue
			}
			w := f.words[f.word(x)]
			pair, triple := marks(x)
			k.probes[probes] = uint64(hashPair(x))<<32 | uint64(i)
			if w&pair == 0 {
				probes++
			}
			k.probes[probes] = uint64(hashTriple(x))<<32 | uint64(i)
			if w&triple == 0 {
				probes++
			}
		}
		// Which of them may be in the index.
		found := 0
		for _, p := range k.probes[:probes] {
			x := f.index[f.slot(uint32(p>>32))]
			k.probes[found], k.found[found] = p, x
			if x != 0 {
				found++
			}
		}
		entries := 0
		for j, x := range k.found[:found] {
			p := k.probes[j]
			if x>>32 != p>>32 {
				first, ok := f.entriesOf(uint32(p >> 32))
				if !ok {
					continue
				}
				x = uint64(first)
			}
			k.found[entries] = x<<32 | p&0xFFFFFFFF
			entries++
		}
		// Which of those are the only entry of their anchor and not here.
		kept := 0
		for _, x := range k.found[:entries] {
			e := &f.entries[x>>32]
			k.found[kept] = x
			if !e.place.has(lastEntry) || e.near(k, int(uint32(x))) {
				kept++
			}
		}
		for _, x := range k.found[:kept] {
			if !s.lookUp(k, int(uint32(x)), int(x>>32)) {
				return false
			}
		}
	}
	return true
}

// near reports whether the units around unit i, where the anchor begins, are
// those of the window.
func (e *entry) near(k *chunk, i int) bool {
	x := k.units[i-e.place.before():]
	got := uint64(x[0]) | uint64(x[1])<<16 | uint64(x[2])<<32 | uint64(x[3])<<48
	return (got^e.window)<<(bits.LeadingZeros64(e.window)&^15) == 0
}

// place returns where unit i starts, hi if it is behind the chunk.
func (s *scanner) place(k *chunk, i, hi int) int {
	if i >= k.n {
		return hi
	}
	if s.vector {
		return k.find(i)
	}
	return int(k.places[i])
}

// entriesOf returns the first of the entries whose anchor has the hash.
func (f *filter) entriesOf(h uint32) (uint32, bool) {
	mask := uint32(len(f.index) - 1)
	for s := f.slot(h); ; s++ {
		x := f.index[s&mask]
		if x == 0 {
			return 0, false
		}
		if uint32(x>>32) == h {
			return uint32(x), true
		}
	}
}

// lookUp confirms the entries from first on, whose anchor is at unit i.
func (s *scanner) lookUp(k *chunk, i, first int) bool {
	f := s.view.filter
	for {
		e := &f.entries[first]
		if s.limit--; s.limit < 0 {
			return false
		}
		if e.near(k, i) {
			s.confirm(e, s.place(k, i+1, 0))
		}
		if e.place.has(lastEntry) {
			return true
		}
		first++
	}
}

// singles confirms the whole keys among the units of the chunk data[lo:hi],
// before which the first old were carried. Since they need no units behind
// them, they are looked for at once, and since their runs can be long, in each
// chunk for itself.
func (s *scanner) singles(k *chunk, old, lo, hi int) bool {
	f := s.view.filter
	if f.repeated != nil {
		for _, r := range k.repeats[1:] {
			u := k.units[r]
			if f.repeated[u/64]>>(u%64)&1 != 0 && !s.run(u, max(lo, s.place(k, int(r), hi)), s.place(k, int(r)+1, hi)) {
				return false
			}
		}
	}
	if f.single == endSurrogate {
		return true
	}
	if u := k.units[old-1]; f.isSingle(u) && !s.run(u, lo, s.place(k, old, hi)) {
		return false
	}
	for _, c := range k.candidates[:f.siftSingles(k, old, k.n)] {
		i := int(c) + old
		if !s.run(k.units[i], s.place(k, i, hi), s.place(k, i+1, hi)) {
			return false
		}
	}
	return true
}

// isSingle reports whether a unit is a whole key of one character.
func (f *filter) isSingle(u uint16) bool { return u-f.single < endSurrogate-f.single }

// run confirms the entries of a whole key, the only unit of the characters that
// start in data[from:to].
func (s *scanner) run(unit uint16, from, to int) bool {
	f := s.view.filter
	if from >= to {
		return true
	}
	first, ok := f.entriesOf(hashSingle(uint64(unit)))
	if !ok {
		return true
	}
	for j := int(first); ; j++ {
		e := &f.entries[j]
		if s.limit -= 1 + (to-from)/16; s.limit < 0 {
			return false
		}
		s.confirmRun(e, from, to)
		if e.place.has(lastEntry) {
			return true
		}
	}
}

// report appends a match that ends in the piece that is scanned.
func (s *scanner) report(m Match) {
	if m.End > s.base+int64(s.from) && m.End <= s.base+int64(s.end) {
		s.dst = append(s.dst, m)
	}
}

// order brings the matches of the scan in order. They come nearly so: the ends
// of two are as far out of order as a pattern reaches behind its anchor.
func (s *scanner) order() {
	found := s.dst[s.first:]
	moves := 0
	for i := s.sorted - s.first; i < len(found); i++ {
		m := found[i]
		j := i
		for j > 0 && compareMatches(found[j-1], m) > 0 {
			found[j] = found[j-1]
			j--
		}
		found[j] = m
		if moves += i - j; moves > 16*(len(found)-s.sorted+s.first)+256 {
			// Far from it: sort from the first that moves.
			low := slices.MinFunc(found[i:], compareMatches)
			at, _ := slices.BinarySearchFunc(found[:i+1], low, compareMatches)
			slices.SortFunc(found[at:], compareMatches)
			break
		}
	}
	s.sorted = len(s.dst)
}
