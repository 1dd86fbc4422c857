package matcher

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrAutomata is what [NewWith] fails with if [Options.Automata] are not those
// of the patterns. The patterns may well be sound: build without.
var ErrAutomata = errors.New("matcher: saved automata are not those of the patterns")

// AppendAutomata appends the automata of m in a form for [Options.Automata].
func (m *Matcher) AppendAutomata(b []byte) []byte {
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
