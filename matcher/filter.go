package matcher

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// NOTE: the filter finds the places where a pattern may stand without reading
// the text through an automaton, whose every step waits for a load from memory
// that depends on the step before:
//
//	bytes -> units -> sift -> candidates -> index -> entries -> confirm
//
// A unit is 16 bits for a character (see below). Each pattern has one anchor,
// two to four units in a row, chosen to be the rarest that it has. The anchors
// of all patterns are in a table of bits, a blocked Bloom filter in which one
// load answers for a position; sift keeps the positions that it does not
// exclude, about one in 200. An exact index leads from the units there to the
// entries of patterns with that anchor, and confirm looks at the bytes.
//
//	filter.go           what is built: units, anchors, table, index
//	filter_scan.go      the loop over chunks of a text
//	filter_kernels.go   the stages in Go, which define what they compute
//	filter_amd64.s      the same in assembly, many characters at a time
//	filter_amd64.go     how that is called
//	confirm.go          what stands at a candidate
//
// The stages before confirm may say *maybe*, never a false *no*
// (TestFilterMisses, FuzzEngines):
//
//   - Raw units are the characters themselves, those over U+FFFF squeezed into
//     the surrogates. They serve if all patterns of a view are literal: a
//     pattern's characters then stand in the text one after the other.
//   - Folded units are those of the view's code sequence: one for each code,
//     none for what is skipped, and one for a run of equal ones. The keys of
//     the automaton are such sequences. A character in no pattern has the unit
//     0, which is in no anchor. That a gap is too wide is not seen here.
//   - Bytes that are no UTF-8 give no unit or any. No match is next to them or
//     around them, so they add candidates and take none away; but such a unit
//     can stand for the first character of the run that ends before the
//     anchor's second unit. So a candidate's place is that of its second unit.
//
// A run that is a whole key has no pair. If it is one character ("哈") its unit
// is one of the highest surrogates, so that one comparison finds it; if it is
// more ("哈哈"), it is looked for where a unit stands for more than one.

// Units. Surrogates stand for the codes of characters over U+FFFF, from the
// lowest up, and for codes that are whole keys, from the highest down.
//
// To fold a folded unit changes nothing, so that the units of characters over
// U+FFFF can be put in place before the others are folded.
const (
	unitSkip     = 0xFFFF // in fold only
	firstAstral  = 0xD800
	unitBreak    = firstAstral // what a character in no pattern is before it is folded
	unitIgnored  = 0x200B      // what is skipped is before it is folded
	endSurrogate = 0xE000
)

// The hash functions. A position with the units a, b, c, d and p = a | b<<16
// has the word words[p*hashWord >> shift]. Two of its bits stand for the pair
// a b, two for the triple a b c: the numbers g and g>>20, modulo 32, where g
// is a*hashA + b*hashB, and + c*hashC for a triple, of signed units. A bit of
// 0 means that an anchor is there. The factors are those of the measured
// sketch; any odd ones with bits all over do.
//
// Pairs of ASCII are common and few, so that they would fill their words.
// Their words are those of four units: p | c<<8 | d<<24.
const (
	hashWord = 0x9E3779B1
	hashA    = 0x6F2D
	hashB    = 0x5A97
	hashC    = 0x7A69
	notASCII = 0xFF80FF80 // bits that neither unit of an ASCII pair has
)

const (
	minWordBits = 10 // of the number of words
	maxWordBits = 21 // 8 MiB
)

// filter is immutable once built.
type filter struct {
	engine Engine
	// fold maps units of the text to folded units; nil if the view is raw.
	// One more element than units: gather instructions read 32 bits.
	fold *[1<<16 + 2]uint16
	unit []uint16 // of each code, from 1; nil if the view is raw

	words  []uint32
	shift  uint32
	single uint16 // the lowest unit that is a whole key of one character
	// repeated has a bit for each unit whose only whole keys are of more
	// characters; nil if there is none.
	repeated *[1 << 16 / 64]uint64

	// A pattern of two or three ASCII units alone has no four units for its
	// word. Its pair a b is looked for with eight bits for each character:
	// pairs[a] & pairs[128+b] != 0.
	short bool
	pairs [256]uint8 // left, then right

	// index is a hash table of anchors: the hash in the upper half, the number
	// of the first entry in the lower; 0 is free.
	index      []uint64
	indexShift uint32
	entries    []entry

	shortest int // pieces of less bytes are read by the automaton
	chunk    int // bytes read at a time, a multiple of 64
	stretch  int // bytes that the automaton reads before the filter tries again
	// effort is how many candidates and entries a chunk may have before the
	// automaton takes over, in eighths of its units, beside slack.
	effort, slack int
}

// entry says what to look for at an anchor, in 16 bytes.
type entry struct {
	// window holds up to four units of the key, the lowest 16 bits first, of
	// which the anchor is a part; 0 where the key is shorter.
	window  uint64
	pattern uint32
	place   place
}

// place says where the anchor is in a pattern, in fields of bits.
//
//	0-11   at: the run of the key at the anchor's second unit (the only one of a
//	       single); in a raw view it is not used
//	12-25  offset of the run's first character in the text of the pattern, in a
//	       raw view of the anchor's second unit
//	26-27  units of the window before the anchor, at most maxBefore
//	28-31  flags
//
// A pattern has at most MaxPatternRunes characters, of at most four bytes, and
// the second unit of an anchor is not behind the last.
type place uint32

const (
	shortEntry = 1 << (28 + iota) // the window is the text of the pattern
	lastEntry                     // of its anchor
	plainEntry                    // where the pattern's text stands it is the only match at the anchor
	checkEntry                    // the pattern may have boundaries, or stand between the brackets of pinyin
)

func newPlace(at, offset, before int) place { return place(at | offset<<12 | before<<26) }

func (p place) at() int             { return int(p & 0xFFF) }
func (p place) offset() int         { return int(p >> 12 & 0x3FFF) }
func (p place) before() int         { return int(p >> 26 & 3) }
func (p place) has(flag place) bool { return p&flag != 0 }

// newFilter builds the filter of a view whose alphabet is made, or returns nil
// if the view is one for the automaton alone.
func newFilter(v *view, roots []rune, keys []key, engine Engine) *filter {
	f := &filter{
		engine:   engine,
		single:   endSurrogate,
		chunk:    1 << 14,
		stretch:  max(1<<16, 8*v.matcher.window),
		effort:   8,
		slack:    64,
		shortest: 0,
	}
	raw := !slices.ContainsFunc(keys, func(k key) bool { return !rawPattern(v.matcher.patterns[k.pattern], v.readings) })
	if !raw && !f.assignUnits(v, roots, keys) {
		return nil
	}
	b := newAnchors(f, len(keys))
	if !raw {
		for i, r := range roots {
			b.common.fold(f.unit[i+1], r)
		}
	}
	// Short keys have fewer anchors to choose from, so they choose first.
	order := make([]int32, len(keys))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(i, j int32) int { return len(keys[i].codes) - len(keys[j].codes) })
	var units []uint16
	for _, i := range order {
		k := keys[i]
		c := v.matcher.patterns[k.pattern]
		units = units[:0]
		if raw {
			units = appendRaw(units, c.text)
		} else {
			for _, code := range k.codes {
				units = append(units, f.unit[code])
			}
		}
		e := entry{pattern: k.pattern}
		a := b.choose(units)
		second := a + 1
		if len(units) == 1 {
			second = 0
		}
		var before int
		before, e.window = window(units, a)
		latin := v.readings && !slices.ContainsFunc(c.elems, func(r rune) bool { return !annotates(r) })
		plain := !latin && !c.atStart && !c.atEnd
		if raw {
			e.place = newPlace(0, rawOffset(c.text, second), before)
		} else {
			first := 0
			for _, n := range c.runs[:second] {
				first += int(n)
			}
			e.place = newPlace(second, len(string(c.elems[:first])), before)
			plain = plain && !k.tail && c.exact && c.own == nil
		}
		if plain {
			e.place |= plainEntry
		}
		if latin || c.atStart || c.atEnd {
			e.place |= checkEntry
		}
		if len(units) <= 4 && slices.Equal(units, appendBMP(make([]uint16, 0, 4), c.text)) {
			e.place |= shortEntry
		}
		b.add(e)
	}
	b.finish()
	return f
}

// rawPattern reports whether the matches of a pattern are just where its text
// stands, boundaries apart, and whether raw units find them. What is skipped
// of a pattern (invisible characters, pinyin) may be missing in a text, and
// its brackets may be those of pinyin there.
func rawPattern(c *compiled, readings bool) bool {
	return c.channels&matcherChannels == 0 && c.exact && !(readings && strings.ContainsAny(c.text, "()（）")) &&
		utf8.RuneCountInString(c.text) > 1
}

// matcherChannels are the channels that this package reads through.
const matcherChannels = 1<<numChannels - 1

// assignUnits gives every code its unit and makes fold. It returns false if
// there are not enough.
func (f *filter) assignUnits(v *view, roots []rune, keys []key) bool {
	alone, repeated := map[uint16]bool{}, map[uint16]bool{}
	for _, k := range keys {
		if len(k.codes) == 1 {
			if v.matcher.patterns[k.pattern].runs[0] == 1 {
				alone[k.codes[0]] = true
			} else {
				repeated[k.codes[0]] = true
			}
		}
	}
	f.unit = make([]uint16, len(roots)+1)
	low, high := unitBreak+1, endSurrogate
	for i, r := range roots {
		code := uint16(i + 1)
		switch {
		case alone[code]:
			high--
			f.unit[code] = uint16(high)
		case r == 0 || r >= unitSkip:
			f.unit[code] = uint16(low)
			low++
		default:
			f.unit[code] = uint16(r)
		}
		if low > high {
			return false
		}
	}
	f.single = uint16(high)
	for code := range repeated {
		if u := f.unit[code]; u < f.single || u >= endSurrogate {
			if f.repeated == nil {
				f.repeated = new([1 << 16 / 64]uint64)
			}
			f.repeated[u/64] |= 1 << (u % 64)
		}
	}
	f.fold = new([1<<16 + 2]uint16)
	for r, code := range v.alphabet.bmp {
		f.fold[r] = f.unitOf(code)
	}
	for u := unitBreak + 1; u < endSurrogate; u++ {
		f.fold[u] = uint16(u)
	}
	return true
}

// unitOf returns the folded unit of a code of the view's alphabet.
func (f *filter) unitOf(code uint16) uint16 {
	switch {
	case code >= firstSkip:
		return unitSkip
	case code == codeBreak:
		return 0
	}
	return f.unit[code]
}

// rawUnit returns the raw unit of a character.
func rawUnit(r rune) uint16 {
	if r > 0xFFFF {
		return firstAstral | uint16(r>>6)&0x7FF
	}
	return uint16(r)
}

func appendRaw(units []uint16, s string) []uint16 {
	for _, r := range s {
		units = append(units, rawUnit(r))
	}
	return units
}

// appendBMP is appendRaw for characters up to U+FFFF; it stops at others.
func appendBMP(units []uint16, s string) []uint16 {
	for _, r := range s {
		if r > 0xFFFF {
			break
		}
		units = append(units, uint16(r))
	}
	return units
}

// rawOffset returns the offset of the n-th character of s.
func rawOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// window returns up to four units around the anchor at units[a], and how many
// of them stand before it, at most maxBefore.
func window(units []uint16, a int) (before int, w uint64) {
	start := max(0, min(a-1, len(units)-4))
	for i, u := range units[start:min(start+4, len(units))] {
		w |= uint64(u) << (16 * i)
	}
	return a - start, w
}

// maxBefore is the most units of a window before its anchor.
const maxBefore = 2

// isASCII reports whether both units of a pair, p = a | b<<16, are.
func isASCII(p uint32) bool { return p&notASCII == 0 }

// word returns the index of the word of a position with the units x.
func (f *filter) word(x uint64) uint32 {
	p := uint32(x)
	if isASCII(p) {
		p |= uint32(x>>32) << 8
	}
	return p * hashWord >> (f.shift & 31)
}

// marks returns the bits of the pair and of the triple at the start of x.
func marks(x uint64) (pair, triple uint32) {
	g := uint32(int32(int16(x))*hashA + int32(int16(x>>16))*hashB)
	y := g + uint32(int32(int16(x>>32))*hashC)
	return 1<<(g&31) | 1<<(g>>20&31), 1<<(y&31) | 1<<(y>>20&31)
}

// Kinds of anchors and their hashes for the index, which are never 0.
func hashSingle(x uint64) uint32 { return uint32(uint16(x))*0x85EBCA6B | 1 }
func hashPair(x uint64) uint32   { return uint32(uint64(uint32(x))*0xD6E8FEB86659FD93>>32) | 1 }
func hashTriple(x uint64) uint32 { return uint32(x<<16*0x9E3779B97F4A7C15>>32) | 1 }
func hashFour(x uint64) uint32 {
	x *= 0xD6E8FEB86659FD93
	x ^= x >> 32
	return uint32(x*0x9E3779B97F4A7C15>>32) | 1
}

// slot returns where the search for a hash begins in the index.
func (f *filter) slot(h uint32) uint32 { return h * 0x85EBCA6B >> (f.indexShift & 31) }

// anchors chooses anchors and lays out the index.
type anchors struct {
	f       *filter
	common  *background
	count   []uint32 // entries of the anchor in that slot of the index
	entries []entry
	slots   []uint32 // of each entry
	pairs   []uint16 // short ASCII pairs: a | b<<8
}

func newAnchors(f *filter, patterns int) *anchors {
	wordBits := min(max(bits.Len(uint(2*patterns-1)), minWordBits), maxWordBits)
	f.words = make([]uint32, 1<<wordBits)
	for i := range f.words {
		f.words[i] = ^uint32(0)
	}
	f.shift = uint32(32 - wordBits)
	indexBits := bits.Len(uint(2 * patterns))
	f.index = make([]uint64, 1<<indexBits)
	f.indexShift = uint32(32 - indexBits)
	return &anchors{
		f:       f,
		common:  newBackground(),
		count:   make([]uint32, 1<<indexBits),
		entries: make([]entry, 0, patterns),
		slots:   make([]uint32, 0, patterns),
	}
}

// find returns the slot of the hash in the index, or the free one for it.
func (b *anchors) find(h uint32) uint32 {
	mask := uint32(len(b.f.index) - 1)
	s := b.f.slot(h)
	for b.f.index[s] != 0 && uint32(b.f.index[s]>>32) != h {
		s = (s + 1) & mask
	}
	return s
}

// choose returns the anchor of a key, claims its slot and sets its bits.
//
// It takes the cheapest: how often the anchor occurs by itself, times what its
// entries cost then, and how many more false candidates its word brings, since
// a word of which the share s of the bits is set lets through s*s of the other
// positions that lead to it.
func (b *anchors) choose(units []uint16) int {
	f := b.f
	n := len(units)
	if n == 1 {
		b.claim(hashSingle(uint64(units[0])))
		return 0
	}
	best, hash, word, set := -1, uint32(0), uint32(0), uint32(0)
	least := 0.0
	consider := func(a int, cost float64, h, w, m uint32) {
		o0, o1 := float64(bits.OnesCount32(^f.words[w])), float64(bits.OnesCount32(^f.words[w]|m))
		cost = cost*(1+0.2*float64(b.count[b.find(h)])) + b.share(units[a:])*(o1*o1-o0*o0)/512
		if best < 0 || cost < least {
			best, least, hash, word, set = a, cost, h, w, m
		}
	}
	for a := range n - 1 {
		x := load(units, a)
		w := f.word(x)
		pair, triple := marks(x)
		p := b.common.frequency(units[a], units[a+1])
		if !isASCII(uint32(x)) {
			consider(a, p, hashPair(x), w, pair)
			if a+2 < n {
				consider(a, p*b.common.following(units[a+1], units[a+2]), hashTriple(x), w, triple)
			}
		} else if a+3 < n {
			consider(a, p*b.common.following(units[a+1], units[a+2])*b.common.following(units[a+2], units[a+3]), hashFour(x), w, triple)
		}
	}
	if best < 0 { // two or three ASCII units
		best = 0
		if n == 3 && b.common.frequency(units[1], units[2]) < b.common.frequency(units[0], units[1]) {
			best = 1
		}
		b.pairs = append(b.pairs, units[best]|units[best+1]<<8)
		b.claim(hashPair(load(units, best)))
		return best
	}
	f.words[word] &^= set
	b.claim(hash)
	return best
}

// share is how often a position leads to the word of the units.
func (b *anchors) share(units []uint16) float64 {
	p := b.common.frequency(units[0], units[1])
	if units[0]|units[1] < 128 && len(units) > 3 {
		p *= b.common.following(units[1], units[2]) * b.common.following(units[2], units[3])
	}
	return p
}

// load returns four units from units[i], 0 where there are none.
func load(units []uint16, i int) (x uint64) {
	for k, u := range units[i:min(i+4, len(units))] {
		x |= uint64(u) << (16 * k)
	}
	return x
}

// claim takes the slot of the hash for the next entry.
func (b *anchors) claim(h uint32) {
	s := b.find(h)
	b.f.index[s] = uint64(h) << 32
	b.count[s]++
	b.slots = append(b.slots, s)
}

// add adds the entry whose anchor was chosen last.
func (b *anchors) add(e entry) { b.entries = append(b.entries, e) }

// finish puts the entries of each anchor side by side.
func (b *anchors) finish() {
	f := b.f
	f.entries = make([]entry, len(b.entries))
	next := uint32(0)
	for s, n := range b.count {
		if n == 0 {
			continue
		}
		f.index[s] |= uint64(next)
		next += n
		f.entries[next-1].place = lastEntry
	}
	for i, e := range b.entries {
		s := b.slots[i]
		b.count[s]--
		at := uint32(f.index[s]) + b.count[s]
		e.place |= f.entries[at].place
		f.entries[at] = e
	}
	f.short = len(b.pairs) > 0
	// Pairs that begin alike share a bit, so that eight groups of them do not
	// mix more than they must.
	slices.Sort(b.pairs)
	b.pairs = slices.Compact(b.pairs)
	slices.SortStableFunc(b.pairs, func(p, q uint16) int { return int(p&0xFF) - int(q&0xFF) })
	for i, p := range b.pairs {
		bit := uint8(1) << (i * 8 / len(b.pairs))
		f.pairs[p&0xFF] |= bit
		f.pairs[128+p>>8] |= bit
	}
}

// size returns how many bytes the filter takes.
func (f *filter) size() int {
	if f == nil {
		return 0
	}
	n := 4*len(f.words) + 8*len(f.index) + int(unsafe.Sizeof(entry{}))*len(f.entries) + 2*len(f.unit)
	if f.fold != nil {
		n += 2 * len(f.fold)
	}
	return n
}
