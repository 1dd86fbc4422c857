package matcher

import (
	"slices"
)

// node is one state of the double-array automaton. The child of state s by
// code c is t = nodes[s].base ^ c, if nodes[t].check == s.
type node struct {
	base  uint32
	check uint32 // parent, or noParent
	fail  uint32 // state of the longest proper suffix that is a state
	out   uint32 // first of the outputs in automaton.outs, 0 for none; the top bit is tailFlag
}

// output is one key that ends at a state; next leads to those of its suffixes.
type output struct {
	pattern uint32
	next    uint32
}

const (
	noParent = ^uint32(0)
	// tailFlag marks states among whose outputs there are patterns that must
	// be looked at again while the last character repeats.
	tailFlag = 1 << 31
)

// automaton is a character-wise double-array Aho-Corasick automaton over code
// sequences (Aho and Corasick, CACM 18(6), 1975; double array: Aoe, IEEE TSE
// 15(9), 1989; over characters instead of bytes: daachorse, Kanda et al.,
// Software: Practice and Experience 53(6), 2023). State 0 is the root, code 0
// is in no key.
//
// Invariant: outs[0] is unused, so that 0 ends an output list.
type automaton struct {
	nodes []node
	outs  []output
}

// key is the code sequence of a pattern.
type key struct {
	codes   []uint16
	pattern uint32
	tail    bool
}

// buildAutomaton takes the keys in any order; the result depends only on the
// set of (codes, pattern). Cost: O(total length of keys) for the trie plus the
// search for free slots, which is bounded by slotTries a state.
func buildAutomaton(keys []key, alphabet int) automaton {
	slices.SortFunc(keys, func(a, b key) int {
		if c := slices.Compare(a.codes, b.codes); c != 0 {
			return c
		}
		return int(a.pattern) - int(b.pattern)
	})
	b := newSlots(alphabet)
	a := automaton{outs: make([]output, 1, len(keys)+1)}

	// Breadth first, a trie node is a range of the sorted keys. Parents come
	// before children and shorter suffixes before longer ones, so fail links
	// can be set on the way.
	type span struct {
		lo, hi, depth int
		state, parent uint32
		code          uint16
	}
	total := 1
	for i := range keys {
		total += len(keys[i].codes)
	}
	queue := append(make([]span, 0, total), span{hi: len(keys)})
	var codes []uint16
	var starts []int
	for qi := 0; qi < len(queue); qi++ {
		n := queue[qi]
		lo := n.lo
		if n.depth > 0 {
			fail := uint32(0)
			if n.depth > 1 {
				fail = b.next(b.nodes[n.parent].fail, n.code)
			}
			b.nodes[n.state].fail = fail
			out := b.nodes[fail].out
			for lo < n.hi && len(keys[lo].codes) == n.depth {
				a.outs = append(a.outs, output{keys[lo].pattern, out &^ tailFlag})
				out = uint32(len(a.outs)-1) | out&tailFlag
				if keys[lo].tail {
					out |= tailFlag
				}
				lo++
			}
			b.nodes[n.state].out = out
		}
		if lo >= n.hi {
			continue
		}
		codes, starts = codes[:0], starts[:0]
		for i := lo; i < n.hi; {
			c := keys[i].codes[n.depth]
			codes, starts = append(codes, c), append(starts, i)
			for i < n.hi && keys[i].codes[n.depth] == c {
				i++
			}
		}
		base := b.place(n.state, codes)
		for k, c := range codes {
			hi := n.hi
			if k+1 < len(starts) {
				hi = starts[k+1]
			}
			queue = append(queue, span{starts[k], hi, n.depth + 1, base ^ uint32(c), n.state, c})
		}
	}
	a.nodes = b.finish()
	return a
}

// slots finds free places in the double array.
type slots struct {
	nodes    []node
	used     []bool
	first    int // no slot below is free, or they are not worth another try
	last     int // highest used slot
	alphabet int // power of two above every code: base^code stays below base|(alphabet-1)
}

// slotTries bounds the search for one state's place. Measured on 100,000
// words: fewer tries grow the array by a few per cent, more only cost time.
const slotTries = 2000

func newSlots(codes int) *slots {
	b := &slots{alphabet: 1, first: 1}
	for b.alphabet <= codes {
		b.alphabet *= 2
	}
	b.grow(2 * b.alphabet)
	b.used[0] = true
	return b
}

func (b *slots) grow(n int) {
	for len(b.nodes) < n {
		size := max(2*len(b.nodes), 2*b.alphabet)
		nodes := make([]node, size)
		copy(nodes, b.nodes)
		for i := len(b.nodes); i < size; i++ {
			nodes[i].check = noParent
		}
		used := make([]bool, size)
		copy(used, b.used)
		b.nodes, b.used = nodes, used
	}
}

// place finds a base for the children of state by codes (ascending), and
// claims their slots.
func (b *slots) place(state uint32, codes []uint16) uint32 {
	for b.first < len(b.used) && b.used[b.first] {
		b.first++
	}
	tries := 0
	for p := b.first; ; p++ {
		if p >= len(b.used) {
			b.grow(p + b.alphabet)
		}
		if b.used[p] {
			continue
		}
		base := uint32(p) ^ uint32(codes[0])
		if base != 0 && b.fits(base, codes) {
			b.nodes[state].base = base
			for _, c := range codes {
				t := base ^ uint32(c)
				b.used[t] = true
				b.nodes[t].check = state
				b.last = max(b.last, int(t))
			}
			return base
		}
		if tries++; tries > slotTries {
			tries, b.first = 0, p
		}
	}
}

func (b *slots) fits(base uint32, codes []uint16) bool {
	for _, c := range codes[1:] {
		t := int(base ^ uint32(c))
		if t >= len(b.used) {
			b.grow(t + 1)
		}
		if b.used[t] {
			return false
		}
	}
	return true
}

// next is the automaton's step while it is being built.
func (b *slots) next(s uint32, c uint16) uint32 {
	for {
		t := b.nodes[s].base ^ uint32(c)
		if int(t) < len(b.nodes) && b.nodes[t].check == s {
			return t
		}
		if s == 0 {
			return 0
		}
		s = b.nodes[s].fail
	}
}

// finish cuts the array so that base^code is always inside of it.
func (b *slots) finish() []node {
	n := b.last | (b.alphabet - 1)
	b.grow(n + 1)
	return slices.Clone(b.nodes[:n+1])
}
