package matcher

import (
	"cmp"
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
	count   uint32 // elements in the current run
	noise   int    // of the gap since the last element
	skipped int
	newline bool
	pos     []uint32
	runs    []uint32
}

func newState(v *view) *state {
	return &state{pos: make([]uint32, v.ring), runs: make([]uint32, v.ring)}
}

func (st *state) reset() {
	st.s, st.prev, st.elem, st.run, st.count = 0, 0, 0, 0, 0
	st.noise, st.skipped, st.newline = 0, 0, false
}

// scan reads the characters that start in data[from:to] and appends the
// matches that end there. It returns the index of the first character that it
// has not read, at least to.
//
// data[0] is byte base of the text. Before from it must hold v.matcher.window
// bytes or all that there are, and behind to lookahead bytes or all that
// there are.
func (v *view) scan(st *state, data []byte, base int64, from, to int, dst []Match) (int, []Match) {
	nodes := v.nodes
	bmp := &v.alphabet.bmp
	mask := uint32(len(st.pos) - 1)
	s, prev := st.s, st.prev
	i := from
	for i < to {
		var c uint16
		w := 1
		if b := data[i]; b < utf8.RuneSelf {
			c = bmp[b]
		} else if r, ok := threeBytes(data, i); ok {
			c, w = bmp[r], 3
		} else {
			var r rune
			if r, w = utf8.DecodeRune(data[i:]); r != utf8.RuneError || w > 1 {
				c = v.alphabet.code(r)
			}
		}
		if c-1 >= firstSkip-1 { // codeBreak or a skip
			if c == codeBreak {
				s, prev = 0, 0
			} else if c == codeOpen || s != 0 {
				var over bool
				w, over = st.skip(data, i, w, c, v.maxGap)
				if over {
					s, prev = 0, 0
				}
			}
			i += w
			continue
		}
		if c == prev {
			st.pos[st.elem&mask] = uint32(base + int64(i))
			st.elem++
			st.count++
			st.noise, st.skipped, st.newline = 0, 0, false
			i += w
			if nodes[s].out&tailFlag != 0 {
				dst = v.candidates(st, nodes[s].out, data, base, i, dst)
			}
			continue
		}
		for {
			n := nodes[s]
			t := n.base ^ uint32(c)
			if nodes[t].check == s {
				s = t
				break
			}
			if s == 0 {
				break
			}
			s = n.fail
		}
		if s == 0 {
			prev = 0
			i += w
			continue
		}
		prev = c
		st.pos[st.elem&mask] = uint32(base + int64(i))
		st.runs[st.run&mask] = st.elem
		st.elem++
		st.run++
		st.count = 1
		st.noise, st.skipped, st.newline = 0, 0, false
		i += w
		if out := nodes[s].out; out != 0 {
			dst = v.candidates(st, out, data, base, i, dst)
		}
	}
	st.s, st.prev = s, prev
	return i, dst
}

// threeBytes decodes the most frequent form of Chinese text. Surrogates pass:
// no alphabet has a code for them.
func threeBytes(data []byte, i int) (uint32, bool) {
	if i+2 >= len(data) {
		return 0, false
	}
	b0, b1, b2 := uint32(data[i]), uint32(data[i+1]), uint32(data[i+2])
	r := b0&0x0F<<12 | b1&0x3F<<6 | b2&0x3F
	return r, b0&0xF0 == 0xE0 && b1&0xC0 == 0x80 && b2&0xC0 == 0x80 && r >= 0x800
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
func (v *view) candidates(st *state, out uint32, data []byte, base int64, end int, dst []Match) []Match {
	n := len(dst)
	for o := out &^ tailFlag; o != 0; o = v.outs[o].next {
		if m, ok := v.verify(st, v.outs[o].pattern, data, base, end); ok {
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
