package tables

import (
	_ "embed"
)

// frequencies holds two values of four bits a byte: the share of each of
// hanCells characters from firstHan on, then that of pairs by pairCell. The
// layout is explained in internal/gen/frequencies.go.
//
//go:embed frequency.bin
var frequencies string

const (
	firstHan  = 0x4E00
	hanCells  = 0x5200
	pairCells = 1 << 17
)

// shares is what a value stands for: 2^(1.5*n - 27), and half of the least for
// 0.
var shares = [16]float64{
	0x1p-27, 0x1.6a09e667f3bcdp-26, 0x1p-24, 0x1.6a09e667f3bcdp-23, 0x1p-21, 0x1.6a09e667f3bcdp-20, 0x1p-18, 0x1.6a09e667f3bcdp-17,
	0x1p-15, 0x1.6a09e667f3bcdp-14, 0x1p-12, 0x1.6a09e667f3bcdp-11, 0x1p-9, 0x1.6a09e667f3bcdp-8, 0x1p-6, 0x1.6a09e667f3bcdp-5,
}

func share(i int) float64 { return shares[frequencies[i/2]>>(i%2*4)&15] }

// Frequency returns about what share of the characters of modern Chinese texts
// r is. For characters that are no Chinese ones it is a guess.
func Frequency(r rune) float64 {
	switch {
	case firstHan <= r && r < firstHan+hanCells:
		return share(int(r - firstHan))
	case r == ' ' || r == '，' || r == '。':
		return 0x1p-6
	case '0' <= r && r <= '9', 'a' <= r && r <= 'z':
		return 0x1p-8
	case r < 0x80, 0x3000 <= r && r < 0x3040:
		return 0x1p-10
	}
	return 0x1p-20
}

// PairFrequency returns about how often b follows a, as a share of all pairs:
// what is known of words, and what chance brings together where words meet.
func PairFrequency(a, b rune) float64 {
	p := Frequency(a) * Frequency(b)
	if firstHan <= a && a < firstHan+hanCells && firstHan <= b && b < firstHan+hanCells {
		cell := (uint32(a)<<16 | uint32(b)) * 0x9E3779B1 >> 15
		if w := share(hanCells + int(cell)); w > shares[0] {
			p += w
		}
	}
	return p
}
