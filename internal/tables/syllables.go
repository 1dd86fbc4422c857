package tables

import (
	"slices"
	"sync"
)

// Syllables returns all toneless syllables in ascending order; their indexes are
// the numbers of [Sounds]. The caller must not change the slice.
func Syllables() []string { return syllableNames() }

var syllableNames = sync.OnceValue(func() []string {
	names := make([]string, len(readings))
	for i, e := range readings {
		names[i] = e.syllable
	}
	return names
})

// SyllableNumber returns the index of a toneless syllable in [Syllables], -1 if
// it is none..
func SyllableNumber(s string) int {
	i, ok := slices.BinarySearchFunc(readings[:], s, func(e reading, s string) int {
		switch {
		case e.syllable < s:
			return -1
		case e.syllable > s:
			return 1
		}
		return 0
	})
	if !ok {
		return -1
	}
	return i
}

// MainSound returns the number of the reading of r that its dictionary has first,
// which is the usual one; -1 if it has none.
func MainSound(r rune) int {
	s := Sounds(r)
	switch {
	case len(s) == 0:
		return -1
	case len(s) == 1:
		return int(s[0])
	}
	t := soundTable()
	if r >= rune(len(t.main)) {
		return int(t.mainBeyond[r])
	}
	return int(t.main[r])
}

// Sounds returns the numbers of all readings of r, in ascending order: nil if it
// has none. A rune is looked up as it is, with no folding. The caller must not
// change the slice. The first call inverts the table of readings, which takes
// some milliseconds and half a megabyte.
func Sounds(r rune) []uint16 {
	t := soundTable()
	if r < 0 || r >= rune(len(t.plane)) {
		return t.beyond[r]
	}
	e := t.plane[r]
	return t.flat[e>>8 : e>>8+e&0xFF]
}

// sounds is the table of readings by character.
type sounds struct {
	plane  [1 << 16]uint32 // of the basic plane: where in flat, and how many
	beyond map[rune][]uint16
	flat   []uint16
	// main is the usual one of characters that have several readings.
	main       [1 << 16]uint16
	mainBeyond map[rune]uint16
}

var soundTable = sync.OnceValue(func() *sounds {
	by := make(map[rune][]uint16, 1<<16)
	t := &sounds{beyond: map[rune][]uint16{}, mainBeyond: map[rune]uint16{}}
	for i, e := range readings {
		for _, r := range e.runes {
			by[r] = append(by[r], uint16(i))
		}
		for _, r := range e.first {
			if r < rune(len(t.main)) {
				t.main[r] = uint16(i)
			} else {
				t.mainBeyond[r] = uint16(i)
			}
		}
	}
	for r, list := range by {
		if r >= rune(len(t.plane)) {
			t.beyond[r] = list
			continue
		}
		t.plane[r] = uint32(len(t.flat))<<8 | uint32(len(list))
		t.flat = append(t.flat, list...)
	}
	return t
})
