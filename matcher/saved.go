package matcher

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strings"
)

// ErrAutomata is what [NewWith] fails with if [Options.Automata] are not those
// of the patterns. The patterns may well be sound: build without.
var ErrAutomata = errors.New("matcher: saved automata are not those of the patterns")

// AppendAutomata appends the automata of m, and the tables of what is recognised in
// disguise, in a form for [Options.Automata].
func (m *Matcher) AppendAutomata(b []byte) []byte {
	if m.lattice != nil {
		b = m.lattice.append(b)
	}
	for _, v := range m.views {
		b = v.machine().append(b)
	}
	return b
}

// An automaton is saved as the number of its nodes and outputs, then their
// fields in order, all of them 32 bits, little-endian.
func (a *automaton) append(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(b, uint32(len(a.nodes)))
	b = le.AppendUint32(b, uint32(len(a.outs)))
	for _, n := range a.nodes {
		b = le.AppendUint32(b, n.base)
		b = le.AppendUint32(b, n.check)
		b = le.AppendUint32(b, n.fail)
		b = le.AppendUint32(b, n.out)
	}
	for _, o := range a.outs {
		b = le.AppendUint32(b, o.pattern)
		b = le.AppendUint32(b, o.next)
	}
	return b
}

// loadAutomaton reads an automaton that append wrote, and returns the rest.
//
// It believes nothing: the automaton is accepted only if it does for every text
// what the one that buildAutomaton makes of the keys does. So saved bytes,
// whoever wrote them, can cost time and nothing else. What building spends its
// time on, finding places for the states, is what this saves.
func loadAutomaton(b []byte, keys []key, alphabet int) (a automaton, rest []byte, err error) {
	le := binary.LittleEndian
	if len(b) < 8 {
		return a, nil, ErrAutomata
	}
	nodes, outs := uint64(le.Uint32(b)), uint64(le.Uint32(b[4:]))
	b = b[8:]
	if nodes > math.MaxInt32 || outs != uint64(len(keys))+1 || uint64(len(b)) < 16*nodes+8*outs {
		return a, nil, ErrAutomata
	}
	a = automaton{nodes: make([]node, nodes), outs: make([]output, outs)}
	for i := range a.nodes {
		f := b[16*i : 16*i+16]
		a.nodes[i] = node{le.Uint32(f), le.Uint32(f[4:]), le.Uint32(f[8:]), le.Uint32(f[12:])}
	}
	b = b[16*nodes:]
	for i := range a.outs {
		f := b[8*i : 8*i+8]
		a.outs[i] = output{le.Uint32(f), le.Uint32(f[4:])}
	}
	if !a.is(keys, newSlots(alphabet).alphabet) {
		return automaton{}, nil, ErrAutomata
	}
	return a, b[8*outs:], nil
}

// is reports whether a is an automaton of the keys, which ascend by pattern.
// width is a power of two above every code. Cost: O(total length of keys).
func (a *automaton) is(keys []key, width int) bool {
	n := len(a.nodes)
	if n < width || a.nodes[0].check != noParent || a.nodes[0].fail != 0 || a.nodes[0].out != 0 {
		return false
	}
	for _, s := range a.nodes { // so that base^code is inside for every code
		if int64(s.base)|int64(width-1) >= int64(n) {
			return false
		}
	}

	// The trie: every prefix of a key is a state, and nothing else is.
	depth := make([]int32, n) // 0: not a state
	last := make([]int32, n)  // 1 + the last key that ends at the state
	previous := make([]int32, len(keys))
	states, deepest := 0, 0
	for i, k := range keys {
		s := uint32(0)
		for d, c := range k.codes {
			t := a.nodes[s].base ^ uint32(c)
			if t == 0 || a.nodes[t].check != s {
				return false
			}
			if depth[t] == 0 {
				depth[t] = int32(d) + 1
				states++
			}
			s = t
		}
		if s == 0 {
			return false
		}
		previous[i], last[s] = last[s], int32(i)+1
		deepest = max(deepest, len(k.codes))
	}
	for _, s := range a.nodes[1:] {
		if s.check != noParent {
			states--
		} else if s != (node{check: noParent}) {
			return false
		}
	}
	if states != 0 {
		return false
	}

	// By depth, as they were built: what a state fails to is known before.
	start := make([]int, deepest+2)
	for _, d := range depth {
		if d > 0 {
			start[d+1]++
		}
	}
	for d := 1; d < len(start); d++ {
		start[d] += start[d-1]
	}
	order := make([]uint32, start[deepest+1])
	for s, d := range depth {
		if d > 0 {
			order[start[d]] = uint32(s)
			start[d]++
		}
	}
	for _, s := range order {
		node := a.nodes[s]
		fail := uint32(0)
		if depth[s] > 1 {
			fail = a.next(a.nodes[node.check].fail, uint16(s^a.nodes[node.check].base))
		}
		if node.fail != fail {
			return false
		}
		out, want := node.out&^tailFlag, a.nodes[fail].out
		tail := want & tailFlag
		for i := last[s]; i != 0; i = previous[i-1] {
			k := &keys[i-1]
			if out == 0 || int(out) >= len(a.outs) || a.outs[out].pattern != k.pattern {
				return false
			}
			if k.tail {
				tail = tailFlag
			}
			out = a.outs[out].next
		}
		if out != want&^tailFlag || node.out&tailFlag != tail {
			return false
		}
	}
	return true
}

// next is the automaton's step.
func (a *automaton) next(s uint32, c uint16) uint32 {
	for {
		if t := a.nodes[s].base ^ uint32(c); a.nodes[t].check == s {
			return t
		}
		if s == 0 {
			return 0
		}
		s = a.nodes[s].fail
	}
}

// castagnoli is the polynomial that processors know.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The tables of the disguised view are saved as their length in bytes, a checksum of the
// patterns and of them, and
//
//	the number of elements, of classes, of pairs and of candidates
//	the element of the gate for each element of each pattern, in order
//	the class of each character of the basic plane, 16 bits each
//	the cells of the gate, and what each class stands for
//	the pairs: their keys, how many candidates each has, and these
//
// A table that was not changed since it was saved is right. What makes it wrong would
// have to know the checksum; such a table could hide disguises, and do nothing else:
// every candidate is verified, and nothing is read outside of the table.
func (v *lattice) append(b []byte) []byte {
	le := binary.LittleEndian
	at := len(b)
	b = append(b, make([]byte, 12)...)
	g, x := v.gate, &v.pairs
	b = le.AppendUint32(b, g.elements)
	b = le.AppendUint32(b, g.count)
	var slots []pairSlot
	for _, s := range x.slots {
		if s.n > 0 {
			slots = append(slots, s)
		}
	}
	slices.SortFunc(slots, func(x, y pairSlot) int { return cmp.Compare(x.key, y.key) })
	b = le.AppendUint32(b, uint32(len(slots)))
	b = le.AppendUint32(b, uint32(len(x.flat)))
	for _, d := range v.patterns {
		for _, e := range d.elements {
			b = le.AppendUint32(b, e)
		}
	}
	for _, c := range g.classes {
		b = le.AppendUint16(b, c)
	}
	b = append(b, g.cells...)
	for _, w := range g.stands {
		b = le.AppendUint64(b, w)
	}
	for _, s := range slots {
		b = le.AppendUint64(b, s.key)
	}
	for _, s := range slots {
		b = le.AppendUint32(b, s.n)
	}
	for _, s := range slots {
		for _, c := range x.flat[s.start:][:s.n] {
			b = le.AppendUint64(b, uint64(c))
		}
	}
	le.PutUint64(b[at:], uint64(len(b)-at-12))
	le.PutUint32(b[at+8:], v.checksum(b[at+12:]))
	return b
}

// checksum is of the patterns, the symbols and the bytes of the tables.
func (v *lattice) checksum(tables []byte) uint32 {
	le := binary.LittleEndian
	var b []byte
	for _, d := range v.patterns {
		b = le.AppendUint32(b, d.id)
		b = le.AppendUint32(b, uint32(d.channels))
		b = le.AppendUint32(b, uint32(len(d.elems)))
		for _, r := range d.elems {
			b = le.AppendUint32(b, uint32(r))
		}
	}
	for _, r := range slices.Sorted(maps.Keys(v.symbols)) {
		b = le.AppendUint32(b, uint32(r))
		b = append(b, strings.Join(v.symbols[r].words, " ")...)
	}
	return crc32.Update(crc32.Checksum(b, castagnoli), castagnoli, tables)
}

// cutTables returns the tables that b begins with, and the rest.
func cutTables(b []byte) (tables, rest []byte, err error) {
	if len(b) < 12 || uint64(len(b)-12) < binary.LittleEndian.Uint64(b) {
		return nil, nil, ErrAutomata
	}
	n := 12 + binary.LittleEndian.Uint64(b)
	return b[:n], b[n:], nil
}

// load reads the tables that append wrote.
func (v *lattice) load(b []byte) error {
	le := binary.LittleEndian
	sum := le.Uint32(b[8:])
	if b = b[12:]; len(b) < 16 || v.checksum(b) != sum {
		return ErrAutomata
	}
	elements, classes, pairs, candidates := le.Uint32(b), le.Uint32(b[4:]), le.Uint32(b[8:]), le.Uint32(b[12:])
	b = b[16:]
	g := &gate{classes: *otherClasses(), count: classes, stride: (classes + 15) &^ 15, elements: elements, words: (elements + 63) / 64}
	laid := 0
	for _, d := range v.patterns {
		if d.channels&Disguises&^Set(Swap) != 0 {
			laid += len(d.glyphs)
		}
	}
	if classes <= classRare || classes > maxClasses || elements > 1<<24 || pairs > 1<<28 || candidates > 1<<28 ||
		uint64(len(b)) != 4*uint64(laid)+2<<16+uint64(classes)*(uint64(g.stride)/2+8*uint64(g.words))+12*uint64(pairs)+8*uint64(candidates) {
		return ErrAutomata
	}
	for _, d := range v.patterns {
		if d.channels&Disguises&^Set(Swap) == 0 {
			continue
		}
		d.elements = make([]uint32, len(d.glyphs))
		for i := range d.elements {
			if d.elements[i] = le.Uint32(b); d.elements[i] >= elements {
				return ErrAutomata
			}
			b = b[4:]
		}
	}
	for r := range g.classes {
		if c := le.Uint16(b[2*r:]); g.classes[r] < classOthers {
			if uint32(c) >= classes {
				return ErrAutomata
			}
			g.classes[r] = c
		}
	}
	b = b[2<<16:]
	g.cells = append([]byte(nil), b[:classes*g.stride/2]...)
	b = b[len(g.cells):]
	g.stands = make([]uint64, classes*g.words)
	for i := range g.stands {
		g.stands[i] = le.Uint64(b[8*i:])
	}
	b = b[8*len(g.stands):]
	keys, counts := make([]uint64, pairs), make([]uint32, pairs)
	sumOf := uint64(0)
	for i := range keys {
		keys[i] = le.Uint64(b[8*i:])
		if y := uint32(keys[i]); y>>6 < uint32(len(v.lasts)) {
			v.lasts[y>>6] |= 1 << (y & 63)
		} else if y < codePart {
			return ErrAutomata
		}
	}
	b = b[8*len(keys):]
	for i := range counts {
		counts[i] = le.Uint32(b[4*i:])
		sumOf += uint64(counts[i])
		if counts[i] == 0 {
			return ErrAutomata
		}
	}
	b = b[4*len(counts):]
	if sumOf != uint64(candidates) {
		return ErrAutomata
	}
	v.pairs.flat = make([]candidate, candidates)
	for i := range v.pairs.flat {
		c := candidate(le.Uint64(b[8*i:]))
		third, more := c.third()
		if int64(c.pattern()) >= int64(len(v.patterns)) || more && third >= elements {
			return ErrAutomata
		}
		if d := v.patterns[c.pattern()]; len(d.elements) == 0 {
			return ErrAutomata
		}
		v.pairs.flat[i] = c
	}
	v.pairs.index(keys, counts)
	v.gate = g
	return nil
}
