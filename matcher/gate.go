package matcher

import (
	"encoding/binary"
	"maps"
	"slices"
	"sync"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// NOTE: the gate of the disguised view. Between two Chinese characters that touch,
// as most do, only what the two can stand for matters, so one load says whether
// anything can happen there:
//
//	rune -> class     characters that can stand for the same elements are one class
//	class × class     a cell of four bits: what the two, one after the other, can be
//
// It may say *maybe*, never a false *no*: a cell has the bit of a pattern if the
// aligner could lay the two elements of it on characters of these classes
// ([gateBuilder.standing] asks what [aligner.extend] asks), and where something else
// than characters side by side takes part (a gap, letters, parts of characters), the
// cell is not asked. TestGate holds it to that.

// Bits of a cell.
const (
	gateOther = 1 << iota // an edge of parts, or a pattern in another order, may end here
	gateTwo               // the elements of a pattern of two
	gateLast              // the last two of a longer one
	gateThird             // the two before the last of a longer one
	gateAny   = 15
)

const (
	classNone   = 0      // stands for nothing
	classRare   = 1      // not told apart from others
	classOthers = 0xFFF0 // + the kind, if that is not Han

	// maxClasses bounds the cells to 8 MB. The characters that get no class of their own
	// are the rarest.
	maxClasses = 1 << 12
)

// gate is the table. It is immutable.
type gate struct {
	classes [1 << 16]uint16
	count   uint32 // classes
	cells   []byte // two a byte; a row for each class of the first character
	stride  uint32 // cells in a row, a multiple of 16

	// stands has a row of bits for each class: the elements of patterns that its
	// characters can stand for.
	stands   []uint64
	words    uint32 // in a row
	elements uint32
}

// standing is a row of them.
type standing []uint64

// of returns what a Chinese character can stand for; a rare one anything.
func (g *gate) of(r rune) standing {
	class := uint32(classRare)
	if r <= 0xFFFF {
		class = uint32(g.classes[r])
	}
	return g.stands[class*g.words:][:g.words]
}

// fits reports whether the element with that number is among them.
func (s standing) fits(element uint32) bool { return s[element>>6]>>(element&63)&1 != 0 }

// cell returns what two characters of the classes can be together.
func (g *gate) cell(a, b uint32) uint32 {
	i := a*g.stride + b
	return uint32(g.cells[i>>1]>>(i&1*4)) & gateAny
}

// readings are the syllables of the characters of the basic plane, and the characters
// of each syllable.
type readings struct {
	sounds [1 << 16][]uint16
	mains  [1 << 16]uint16
	by     [][]uint16 // runes by number of syllable
	nearly [][]uint16 // runes by class of syllables
	roots  map[rune][]uint16
	free   map[rune][]uint16 // by free form as a part
}

var allReadings = sync.OnceValue(func() *readings {
	x := &readings{roots: map[rune][]uint16{}, free: map[rune][]uint16{}}
	n := len(tables.Syllables())
	x.by, x.nearly = make([][]uint16, n), make([][]uint16, n)
	add := func(list *[]uint16, r uint16) {
		if k := len(*list); k == 0 || (*list)[k-1] != r {
			*list = append(*list, r)
		}
	}
	fuzzy := fuzzyClasses()
	for r := range rune(1 << 16) {
		x.mains[r] = 0xFFFF
		if glyphKinds()[r] != glyphHan {
			continue
		}
		x.sounds[r], x.mains[r] = soundsOf(r), mainSound(r)
		for _, s := range x.sounds[r] {
			add(&x.by[s], uint16(r))
			add(&x.nearly[fuzzy[s]], uint16(r))
		}
		if m := x.mains[r]; int(m) < n {
			add(&x.by[m], uint16(r))
			add(&x.nearly[fuzzy[m]], uint16(r))
		}
		root := tables.Root(r)
		x.roots[root] = append(x.roots[root], uint16(r))
		free := rune(freeParts()[r])
		x.free[free] = append(x.free[free], uint16(r))
	}
	return x
})

// shapeOwners are the characters of the basic plane by [shapeCodes].
var shapeOwners = sync.OnceValue(func() map[uint32][]uint16 {
	m := map[uint32][]uint16{}
	for r := range rune(1 << 16) {
		if glyphKinds()[r] == glyphHan {
			for _, c := range shapeCodes(r) {
				m[c] = append(m[c], uint16(r))
			}
		}
	}
	return m
})

// gateKey is what characters can stand for: an element through some channels, a
// character of a pattern in another order, or a part.
type gateKey struct {
	glyph      *glyph
	channels   ChannelSet
	root, part rune
}

type gateElement struct {
	key     gateKey
	classes []uint16
	next    map[uint32]byte // bits by number of the element behind it
}

// gateBuilder collects what belongs together until the classes are known.
type gateBuilder struct {
	elements []gateElement
	numbers  map[gateKey]uint32
}

func (b *gateBuilder) number(k gateKey) uint32 {
	n, ok := b.numbers[k]
	if !ok {
		n = uint32(len(b.elements))
		b.numbers[k] = n
		b.elements = append(b.elements, gateElement{key: k, next: map[uint32]byte{}})
	}
	return n
}

func (b *gateBuilder) pair(x, y gateKey, bits byte) {
	b.elements[b.number(x)].next[b.number(y)] |= bits
}

// standing returns the characters that can stand for an element.
func (k *gateKey) standing(all *readings) (runes []uint16) {
	switch {
	case k.part != 0:
		return all.free[k.part]
	case k.root != 0:
		return all.roots[k.root]
	}
	g := k.glyph
	runes = append(runes, all.roots[g.root]...)
	if g.kind != glyphHan {
		return runes
	}
	add := func(list []uint16, ok func(r rune) bool) {
		for _, r := range list {
			if ok(rune(r)) {
				runes = append(runes, r)
			}
		}
	}
	for _, s := range append(slices.Clone(g.sounds), g.main) {
		if s == 0xFFFF {
			continue
		}
		if k.channels.Has(Homophone) {
			add(all.by[s], g.soundsLike)
		}
		if k.channels.Has(HomophoneFuzzy) {
			add(all.nearly[fuzzyClasses()[s]], g.soundsNearly)
		}
	}
	if k.channels.Has(Lookalike) {
		for _, c := range g.shapes {
			runes = append(runes, shapeOwners()[c]...)
		}
	}
	slices.Sort(runes)
	return slices.Compact(runes)
}

// newGate makes the gate of v; splits are the pairs of parts that end an edge.
func newGate(v *lattice, splits map[uint64][]*splitEdge) *gate {
	b := &gateBuilder{numbers: map[gateKey]uint32{}}
	for _, d := range v.patterns {
		n := len(d.glyphs)
		if set := d.channels & Set(Homophone, HomophoneFuzzy, Lookalike); d.channels&Disguises&^Set(Swap) != 0 {
			key := func(i int) gateKey { return gateKey{glyph: d.glyphs[i], channels: set} }
			for i := range n {
				d.elements = append(d.elements, b.number(key(i)))
			}
			if n == 2 {
				b.pair(key(0), key(1), gateTwo)
			} else {
				b.pair(key(n-2), key(n-1), gateLast)
				b.pair(key(n-3), key(n-2), gateThird)
			}
		}
		if d.channels.Has(Swap) && n <= maxSwapped {
			for i := range n {
				for k := range n {
					if i != k {
						b.pair(gateKey{root: d.glyphs[i].root}, gateKey{root: d.glyphs[k].root}, gateOther)
					}
				}
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(splits)) { // so that saved gates are equal
		b.pair(gateKey{part: rune(k >> 32)}, gateKey{part: rune(uint32(k))}, gateOther)
	}
	return b.build()
}

// build makes the classes and fills the cells.
func (b *gateBuilder) build() *gate {
	all := allReadings()
	g := &gate{classes: *otherClasses()}
	owned := make([][]uint32, 1<<16) // elements by rune
	var runes []uint16
	for n := range b.elements {
		for _, r := range b.elements[n].key.standing(all) {
			if owned[r] == nil {
				runes = append(runes, r)
			}
			owned[r] = append(owned[r], uint32(n))
		}
	}
	slices.SortFunc(runes, func(x, y uint16) int { // frequent ones first
		fx, fy := tables.Frequency(rune(x)), tables.Frequency(rune(y))
		if fx != fy {
			if fx > fy {
				return -1
			}
			return 1
		}
		return int(x) - int(y)
	})
	numbers := map[string]uint16{}
	var key []byte
	for _, r := range runes {
		key = key[:0]
		for _, n := range owned[r] {
			key = binary.LittleEndian.AppendUint32(key, n)
		}
		class, ok := numbers[string(key)]
		if !ok {
			class = classRare
			if n := len(numbers) + classRare + 1; n < maxClasses {
				class = uint16(n)
				numbers[string(key)] = class
				for _, e := range owned[r] {
					b.elements[e].classes = append(b.elements[e].classes, class)
				}
			}
		}
		g.classes[r] = class
	}
	n := uint32(len(numbers) + classRare + 1)
	g.count, g.stride = n, (n+15)&^15
	g.cells = make([]byte, n*g.stride/2)
	row := func(class uint16) []byte { return g.cells[uint32(class)*g.stride/2:][:g.stride/2] }
	follow := make([]byte, g.stride/2)
	for i := range b.elements {
		e := &b.elements[i]
		if len(e.next) == 0 || len(e.classes) == 0 {
			continue
		}
		clear(follow)
		for k, bits := range e.next {
			for _, c := range b.elements[k].classes {
				follow[c>>1] |= bits << (c & 1 * 4)
			}
		}
		for _, c := range e.classes {
			r := row(c)
			for k := 0; k < len(r); k += 8 {
				x := binary.LittleEndian.Uint64(r[k:]) | binary.LittleEndian.Uint64(follow[k:])
				binary.LittleEndian.PutUint64(r[k:], x)
			}
		}
	}
	g.elements = uint32(len(b.elements))
	g.words = (g.elements + 63) / 64
	g.stands = make([]uint64, n*g.words)
	for i := range b.elements {
		for _, c := range append(b.elements[i].classes, classRare) {
			g.stands[uint32(c)*g.words+uint32(i)>>6] |= 1 << (i & 63)
		}
	}
	// Rare characters can be anything, beside any but the one before a border.
	for i := range row(classRare) {
		row(classRare)[i] = 0xFF
	}
	for c := uint16(1); uint32(c) < n; c++ {
		row(c)[classRare>>1] |= gateAny << (classRare & 1 * 4)
	}
	return g
}

// otherClasses are the classes of characters that are not Han.
var otherClasses = sync.OnceValue(func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	for r := range rune(1 << 16) {
		if kind := glyphKinds()[r]; kind != glyphHan {
			t[r] = classOthers + uint16(kind)
		}
	}
	return t
})
