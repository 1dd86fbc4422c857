package matcher

import (
	"encoding/binary"
	"unicode/utf8"
)

// lex reads the characters that start in data[lo:hi] and appends their raw
// units to k, with where they start. It returns where the next one does.
func lex(k *chunk, data []byte, lo, hi int) int {
	n := k.n
	units, places := k.units[:], k.places[:len(k.units)]
	i := lo
	for i < hi {
		if i+4 <= len(data) {
			x := binary.LittleEndian.Uint32(data[i:])
			if x&0xC0C0F0 == 0x8080E0 {
				units[n], places[n] = uint16(x&0x0F<<12|x>>2&0x0FC0|x>>16&0x3F), int32(i)
				n++
				i += 3
				continue
			}
			if x&0x80 == 0 {
				units[n], places[n] = uint16(x&0x7F), int32(i)
				n++
				i++
				continue
			}
		}
		r, w := utf8.DecodeRune(data[i:])
		units[n], places[n] = rawUnit(r), int32(i)
		n++
		i += w
	}
	k.n = n
	return i
}

// lexFolded is lex for folded units: what is skipped has none, and a run of
// equal ones has one, that of its first character. k.repeats are those units,
// after one that means nothing.
func (v *view) lexFolded(k *chunk, data []byte, lo, hi int) int {
	fold := v.filter.fold
	n := k.n
	units, places := k.units[:], k.places[:len(k.units)]
	last := k.last
	repeats := append(k.repeats[:0], 0) // of no unit: those of a chunk begin behind
	i := lo
	for i < hi {
		w := 1
		var u uint16
		if i+4 <= len(data) {
			x := binary.LittleEndian.Uint32(data[i:])
			if x&0xC0C0F0 == 0x8080E0 {
				u, w = fold[uint16(x&0x0F<<12|x>>2&0x0FC0|x>>16&0x3F)], 3
			} else if x&0x80 == 0 {
				u = fold[x&0x7F]
			} else {
				u, w = v.lexRare(data[i:])
			}
		} else {
			u, w = v.lexRare(data[i:])
		}
		if u == last {
			if r := uint16(n - 1); repeats[len(repeats)-1] != r {
				repeats = append(repeats, r)
			}
			i += w
			continue
		}
		if u == unitSkip {
			if v.readings && (data[i] == '(' || data[i] == 0xEF) {
				w = max(w, annotation(data, i))
			}
			i += w
			continue
		}
		units[n], places[n] = u, int32(i)
		last = u
		n++
		i += w
	}
	k.n, k.last, k.repeats = n, last, repeats
	return i
}

// lexRare returns the folded unit and the width of the character at the start
// of data.
func (v *view) lexRare(data []byte) (uint16, int) {
	r, w := utf8.DecodeRune(data)
	if r == utf8.RuneError && w == 1 {
		return 0, 1
	}
	return v.filter.unitOf(v.alphabet.code(r)), w
}

// sift writes the positions in k.units[lo:hi] that may be anchors, ascending,
// to k.candidates, and returns how many there are. It reads three units more.
func (f *filter) sift(k *chunk, lo, hi int) int {
	if lo >= hi {
		return 0
	}
	words := f.words
	shift := f.shift & 31
	units := k.units[lo : hi+3]
	candidates := k.candidates[:len(units)]
	n := 0
	x := uint64(units[0])<<16 | uint64(units[1])<<32 | uint64(units[2])<<48
	for i, d := range units[3:] {
		x = x>>16 | uint64(d)<<48
		p := uint32(x)
		ascii := uint32((uint64(p&notASCII)-1)>>32) & (uint32(x>>32) << 8) // 0 for other pairs
		w := words[(p|ascii)*hashWord>>shift]
		g := uint32(int32(int16(x))*hashA + int32(int16(x>>16))*hashB)
		y := g + uint32(int32(int16(x>>32))*hashC)
		miss := (w>>(g&31) | w>>(g>>20&31)) & (w>>(y&31) | w>>(y>>20&31))
		candidates[n] = uint16(i)
		n += int(miss&1 ^ 1)
	}
	if f.short {
		return f.siftShort(k, lo, hi, n)
	}
	return n
}

// siftShort adds the positions of short ASCII pairs to n candidates.
func (f *filter) siftShort(k *chunk, lo, hi, n int) int {
	old := append(k.spare[:0], k.candidates[:n]...)
	k.spare = old
	n = 0
	units := k.units[lo : hi+1]
	for i, b := range units[1:] {
		a := units[i]
		hit := a|b < 128 && f.pairs[a]&f.pairs[128+b] != 0
		if len(old) > 0 && int(old[0]) == i {
			hit, old = true, old[1:]
		}
		if hit {
			k.candidates[n] = uint16(i)
			n++
		}
	}
	return n
}

// siftSingles writes the positions in k.units[lo:hi] of whole keys to
// k.candidates and returns how many there are.
func (f *filter) siftSingles(k *chunk, lo, hi int) int {
	n := 0
	for i, u := range k.units[lo:hi] {
		if f.isSingle(u) {
			k.candidates[n] = uint16(i)
			n++
		}
	}
	return n
}
