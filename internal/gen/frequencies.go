package main

import (
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// The layout of frequency.bin, shared with internal/tables/frequency.go: two
// values of four bits a byte, the even one in the low half.
//
//	[0, hanCells/2)       a character's share of all, from U+4E00 on
//	[hanCells/2, …)       a pair's share of all pairs inside words, by pairCell
//
// The value n > 0 stands for the share 2^(1.5*n - 27); 0 for less than half of
// the least.
const (
	firstHan  = 0x4E00
	hanCells  = 0x5200
	pairCells = 1 << 17
)

// pairCell is where a pair is counted. Pairs that share a cell add up.
func pairCell(a, b rune) uint32 {
	return (uint32(a)<<16 | uint32(b)) * 0x9E3779B1 >> 15
}

// level is the value for a share.
func level(share float64) byte {
	if share <= 0 {
		return 0
	}
	return byte(max(0, min(15, math.Round((math.Log2(share)+27)/1.5))))
}

// frequencies counts characters and pairs in the words of gse's simplified
// dictionary, each as often as the word is said to occur. It is what ordinary
// Chinese looks like to a filter; no more is made of it.
func frequencies() ([]byte, error) {
	seg := gse.Segmenter{SkipLog: true, NotLoadHMM: true, SkipSubSeg: true}
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		return nil, fmt.Errorf("gse: %w", err)
	}
	if n := len(seg.Dict.Tokens); n < 300_000 {
		return nil, fmt.Errorf("gse: %d words, want 300000: was this built with the tag ne?", n)
	}
	var chars [hanCells]float64
	var pairs [pairCells]float64
	total := 0.0
	for _, t := range seg.Dict.Tokens {
		last := rune(0)
		for _, r := range t.Text() {
			if r < firstHan || r >= firstHan+hanCells {
				last = 0
				continue
			}
			chars[r-firstHan] += t.Freq()
			if last != 0 {
				pairs[pairCell(last, r)] += t.Freq()
			}
			last = r
		}
		total += t.Freq() * float64(utf8.RuneCountInString(t.Text()))
	}
	out := make([]byte, (hanCells+pairCells)/2)
	put := func(i int, share float64) { out[i/2] |= level(share) << (i % 2 * 4) }
	for i, n := range chars {
		put(i, n/total)
	}
	for i, n := range pairs {
		put(hanCells+i, n/total)
	}
	return out, nil
}
