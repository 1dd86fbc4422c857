//go:build !purego

package matcher

import (
	"math/bits"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/cpu"
)

// The functions of filter_amd64.s. Their counts are of elements, those named n
// of blocks of 64 bytes or of units.

//go:noescape
func decodeBlocks(text *byte, n int, units *uint16, masks *uint64, marks uint32, rare *uint64) (count, rares int)

//go:noescape
func foldGather(units *uint16, n int, folded *uint16, masks *uint64, fold *uint16) (count int)

//go:noescape
func foldLoads(units *uint16, n int, folded *uint16, masks *uint64, fold *uint16, count int) (kept int)

//go:noescape
func joinRuns(units *uint16, n int, joined *uint16, dropped *uint16) (count, drops int)

//go:noescape
func siftGather(units *uint16, n int, words *uint32, shift uint64, short *uint8, candidates *uint16) (count int)

//go:noescape
func siftIndices(units *uint16, n int, shift uint64, indices *uint32)

//go:noescape
func siftLoads(indices *uint32, n int, words *uint32)

//go:noescape
func siftTest(units *uint16, n int, words *uint32, short *uint8, candidates *uint16, first uint64) (count int)

// hasAVX512 says whether the machine has the instructions of filter_amd64.s:
// those of Ice Lake (2019) and Zen 4 (2022).
var hasAVX512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI && cpu.X86.HasAVX512VBMI2 &&
	cpu.X86.HasBMI2 && cpu.X86.HasPOPCNT

func vectorEngines() []Engine {
	if !hasAVX512 {
		return nil
	}
	return []Engine{FilterAVX512, FilterAVX512Loads}
}

// fastest returns the fastest filter of the machine. Gather instructions are
// microcode on AMD's processors, and on Intel's before 2022 against CVE-2022-
// 40982, so which is faster is measured, once, in about 100 µs: for the two
// stages that look things up, folding and sifting.
var fastest = sync.OnceValue(func() Engine {
	if !hasAVX512 {
		return Filter
	}
	f := &filter{words: make([]uint32, 1<<15), shift: 32 - 15, fold: new([1<<16 + 2]uint16)}
	for u := range f.fold {
		f.fold[u] = uint16(u)
	}
	k := chunks.Get().(*chunk)
	defer chunks.Put(k)
	for i := range k.raw {
		k.raw[i] = uint16(i * 40503 >> 3)
		k.units[i] = k.raw[i]
	}
	best := map[Engine]time.Duration{}
	for range 5 {
		for _, e := range vectorEngines() {
			f.engine = e
			for b := range 4096 / 64 {
				k.masks[b] = 1<<64 - 1
			}
			begin := time.Now()
			f.foldVector(k, 4096/64, 4096)
			f.siftVector(k, 0, 4096)
			if d := time.Since(begin); best[e] == 0 || d < best[e] {
				best[e] = d
			}
		}
	}
	if best[FilterAVX512Loads] < best[FilterAVX512] {
		return FilterAVX512Loads
	}
	return FilterAVX512
})

// lexVector is lex, or lexFolded if the view is folded. It writes masks in
// place of places.
func (v *view) lexVector(k *chunk, data []byte, lo, hi int) int {
	f := v.filter
	k.text, k.carried = lo, k.n
	marks := uint32(0xFFFEFFFE) // never a character
	if v.readings && f.fold != nil {
		marks = '(' | '（'<<16
	}
	units := k.units[k.n:]
	if f.fold != nil {
		units = k.raw[:]
	}
	count, rares, blocks := 0, 0, 0
	if n := min((hi-lo)/64, (len(data)-lo-2)/64); n > 0 {
		count, rares = decodeBlocks(&data[lo], n, &units[0], &k.masks[0], marks, &k.rare[0])
		blocks = n
	}
	for ; lo+64*blocks < hi; blocks++ {
		// The last bytes, in a copy in which those from hi on begin no
		// character.
		at := lo + 64*blocks
		n := copy(k.tail[:66], data[at:])
		if hi-at < 64 {
			n = hi - at
		}
		for i := n; i < 66; i++ {
			k.tail[i] = 0x80
		}
		c, r := decodeBlocks(&k.tail[0], 1, &units[count], &k.masks[blocks], marks, &k.rare[rares])
		if r > 0 {
			k.rare[rares] = uint64(count)<<32 | uint64(blocks)
			rares++
		}
		count += c
	}
	if f.fold == nil {
		k.n += count
		k.resetPlace(blocks, 0)
		return hi
	}
	end := v.mend(k, data, lo, hi, blocks, rares)
	k.folded[0] = k.last
	count = f.foldVector(k, blocks, count)
	count, drops := joinRuns(&k.folded[1], count, &k.units[k.n], &k.dropped[0])
	k.repeats = append(k.repeats[:0], 0)
	if f.repeated != nil {
		for d, i := range k.dropped[:drops] {
			// The d units dropped before are none, and the one before this is
			// what it repeats.
			if r := uint16(k.n + int(i) - d - 1); k.repeats[len(k.repeats)-1] != r {
				k.repeats = append(k.repeats, r)
			}
		}
	}
	k.n += count
	if count > 0 {
		k.last = k.units[k.n-1]
	}
	k.resetPlace(blocks, drops)
	return end
}

// foldVector writes the folded units of count raw ones in blocks behind
// k.folded[0], without those that are skipped, and returns how many they are.
func (f *filter) foldVector(k *chunk, blocks, count int) int {
	if f.engine == FilterAVX512 {
		return foldGather(&k.raw[0], blocks, &k.folded[1], &k.masks[0], &f.fold[0])
	}
	return foldLoads(&k.raw[0], blocks, &k.folded[1], &k.masks[0], &f.fold[0], count)
}

// mend puts right what decodeBlocks leaves in raw units for folding: those of
// characters over U+FFFF become folded units, and pinyin in brackets becomes
// characters that are skipped. It returns where the chunk ends, which pinyin
// can be behind of hi.
func (v *view) mend(k *chunk, data []byte, lo, hi, blocks, rares int) int {
	past := 0 // the end of the pinyin that began last
	done := 0 // blocks before this are
	for i := range rares {
		unit, block := int(k.rare[i]>>32), int(uint32(k.rare[i]))
		for block >= done {
			base := lo + 64*block
			for m := k.masks[block]; m != 0; m &= m - 1 {
				at := base + bits.TrailingZeros64(m)
				u := k.raw[unit]
				switch {
				case at < past:
					k.raw[unit] = unitIgnored
				case u == '(' || u == '（':
					if n := v.annotation(data, at); n > 0 {
						past = at + n
					}
				case u >= firstAstral && u < endSurrogate && data[at] >= 0xF0:
					k.raw[unit] = v.astralUnit(data[at:])
				}
				unit++
			}
			// The next blocks need not be in the list.
			block++
			done = block
			if past <= lo+64*block || block == blocks {
				break
			}
		}
	}
	return max(hi, past)
}

// annotation is annotation if the view skips it.
func (v *view) annotation(data []byte, i int) int {
	if !v.readings {
		return 0
	}
	return annotation(data, i)
}

// astralUnit returns the unit for the character of four bytes at the start of
// data that is folded to its folded unit.
func (v *view) astralUnit(data []byte) uint16 {
	r, _ := utf8.DecodeRune(data)
	if r < 0x10000 {
		return unitBreak
	}
	switch u := v.filter.unitOf(v.alphabet.code(r)); u {
	case 0:
		return unitBreak
	case unitSkip:
		return unitIgnored
	default:
		return u
	}
}

// siftVector is sift.
func (f *filter) siftVector(k *chunk, lo, hi int) int {
	n := hi - lo
	if n <= 0 {
		return 0
	}
	var short *uint8
	if f.short {
		short = &f.pairs[0]
	}
	count := 0
	if f.engine == FilterAVX512 {
		count = siftGather(&k.units[lo], n, &f.words[0], uint64(f.shift), short, &k.candidates[0])
	} else {
		for at := 0; at < n; at += len(k.indices) {
			m := (min(n-at, len(k.indices)) + 31) &^ 31
			siftIndices(&k.units[lo+at], m, uint64(f.shift), &k.indices[0])
			siftLoads(&k.indices[0], m, &f.words[0])
			count += siftTest(&k.units[lo+at], m, &k.indices[0], short, &k.candidates[count], uint64(at))
		}
	}
	for count > 0 && int(k.candidates[count-1]) >= n {
		count--
	}
	return count
}
