package matcher

import (
	"cmp"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// NOTE: the scan reads a text once, from left to right:
//
//	bytes -> rune -> code (alphabet) -> state (automaton) -> candidate -> verify
//
// scan holds the loop, verify.go decides about candidates. Both see the text
// as elements: characters with a code, numbered from the start of the text.
// Between two elements lies a gap of skipped characters. Equal elements in a
// row are a run, and only the first of a run moves the automaton.

const (
	// lookahead is how many bytes after a position may decide what happens
	// there: the rest of a rune, pinyin in brackets, the neighbour of a match.
	// A stream is that far behind its input.
	lookahead = 128

	// maxSkipped bounds the skipped characters of a gap, invisible ones
	// included, so that a text of nothing but zero-width characters ends
	// matches under way like any other character.
	maxSkipped = 64
)

// state is where a scan stands. Elements are numbered modulo 2^32; the rings
// hold those of the last len(pos) elements.
//
//	pos[e % len]   low 32 bits of the offset of element e
//	runs[r % len]  number of the first element of run r
//
// Invariant: if s is a state of depth d, the last d runs are in the rings.
type state struct {
	s       uint32
	prev    uint16 // code of the last element, 0 if a new run begins with the next
	elem    uint32 // number of the next element
	run     uint32 // number of the next run
	noise   int    // of the gap since the last element
	skipped int
	newline bool
	at      int64 // offset of the first character that the automaton has not read
	pos     []uint32
	runs    []uint32
	room    compiled // for view.pattern
}

func newState(v *view) *state {
	return &state{pos: make([]uint32, v.ring), runs: make([]uint32, v.ring)}
}

func (st *state) reset() {
	st.s, st.prev, st.elem, st.run = 0, 0, 0, 0
	st.noise, st.skipped, st.newline, st.at = 0, 0, false, 0
}

// scanAutomaton is scan by the automaton alone. st is its state after the
// character before data[from].
func (v *view) scanAutomaton(st *state, data []byte, base int64, from, to int, dst []Match) (int, []Match) {
	machine := v.machine()
	nodes := machine.nodes
	bmp := &v.alphabet.bmp
	pos, runs := st.pos, st.runs[:len(st.pos)]
	mask := uint32(len(pos) - 1)
	s, prev := st.s, st.prev
	elem, run := st.elem, st.run
	i := from
	for i < to {
		var c uint16
		w := 1
		if i+4 <= len(data) {
			// One load and one comparison for the usual three bytes.
			x := binary.LittleEndian.Uint32(data[i:])
			if r := x&0x0F<<12 | x>>2&0x0FC0 | x>>16&0x3F; x&0xC0C0F0 == 0x8080E0 && r >= 0x800 {
				c, w = bmp[uint16(r)], 3 // surrogates have no code
			} else if x&0x80 == 0 {
				c = bmp[x&0x7F]
			} else {
				c, w = v.decode(data[i:])
			}
		} else {
			c, w = v.decode(data[i:])
		}
		if c-1 >= firstSkip-1 { // codeBreak or a skip
			if c == codeBreak {
				s, prev = 0, 0
			} else if c == codeOpen || s != 0 {
				var over bool
				if w, over = st.skip(data, i, w, c, v.maxGap); over {
					s, prev = 0, 0
				}
			}
			i += w
			continue
		}
		repeated := c == prev
		if !repeated {
			for {
				t := nodes[s].base ^ uint32(c)
				if nodes[t].check == s {
					s = t
					break
				}
				if s == 0 {
					break
				}
				s = nodes[s].fail
			}
			if s == 0 {
				prev = 0
				i += w
				continue
			}
			prev = c
			runs[run&mask] = elem
			run++
		}
		pos[elem&mask] = uint32(base) + uint32(i)
		elem++
		if st.skipped != 0 {
			st.noise, st.skipped, st.newline = 0, 0, false
		}
		i += w
		if out := nodes[s].out; out != 0 && (!repeated || out&tailFlag != 0) {
			st.elem, st.run = elem, run
			dst = v.candidates(st, machine.outs, out, data, base, i, dst)
		}
	}
	st.s, st.prev = s, prev
	st.elem, st.run = elem, run
	return i, dst
}

// decode returns the code and width of the character at the start of data.
func (v *view) decode(data []byte) (uint16, int) {
	r, w := utf8.DecodeRune(data)
	if r == utf8.RuneError && w <= 1 {
		return codeBreak, 1
	}
	return v.alphabet.code(r), w
}

// skip takes note of the skipped character with code c and width w at
// data[i:]. It returns how many bytes to go on, and whether no match can
// reach over this gap any more. Verification decides about single patterns;
// here only what holds for all of them counts.
func (st *state) skip(data []byte, i, w int, c uint16, maxGap int) (int, bool) {
	st.skipped++
	over := false
	switch c {
	case codeInvisible:
	case codeNewline:
		over = st.newline // an empty line is a border
		st.newline = true
		st.noise++
	case codeIndent:
		over = st.newline // so is an indented line
		st.noise++
	case codeOpen:
		if n := annotation(data, i); n > 0 {
			return n, st.skipped > maxSkipped
		}
		st.noise++
	default:
		st.noise++
	}
	return w, over || st.noise > maxGap || st.skipped > maxSkipped
}

// candidates verifies the patterns of an output list, which may end with the
// last element, and appends matches ordered by start, then pattern.
func (v *view) candidates(st *state, outs []output, out uint32, data []byte, base int64, end int, dst []Match) []Match {
	n := len(dst)
	for o := out &^ tailFlag; o != 0; o = outs[o].next {
		id := outs[o].pattern
		if m, ok := v.verify(st, id, v.pattern(id, &st.room), data, base, end); ok {
			dst = append(dst, m)
		}
	}
	if len(dst) > n+1 {
		slices.SortFunc(dst[n:], compareMatches)
	}
	return dst
}

// compareMatches is the order of matches in a text: by end, since that is when
// they become known, then by start, then by pattern.
func compareMatches(a, b Match) int {
	return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Pattern, b.Pattern))
}
