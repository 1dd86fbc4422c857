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
	if n, ok := mainSounds()[r]; ok {
		return int(n)
	}
	if s := Sounds(r); len(s) > 0 {
		return int(s[0])
	}
	return -1
}

// mainSounds has the characters of several readings.
var mainSounds = sync.OnceValue(func() map[rune]uint16 {
	m := map[rune]uint16{}
	for i, e := range readings {
		for _, r := range e.first {
			m[r] = uint16(i)
		}
	}
	return m
})

// Sounds returns the numbers of all readings of r, in ascending order: nil if it
// has none. A rune is looked up as it is, with no folding. The caller must not
// change the slice. The first call inverts the table of readings, which takes
// some milliseconds and half a megabyte.
func Sounds(r rune) []uint16 {
	return sounds()[r]
}

var sounds = sync.OnceValue(func() map[rune][]uint16 {
	n := 0
	count := make(map[rune]uint8, 1<<16)
	for _, e := range readings {
		for _, r := range e.runes {
			count[r]++
			n++
		}
	}
	flat := make([]uint16, 0, n) // one block of memory for all lists
	m := make(map[rune][]uint16, len(count))
	for r, c := range count {
		m[r] = flat[len(flat) : len(flat) : len(flat)+int(c)]
		flat = flat[:len(flat)+int(c)]
	}
	for i, e := range readings {
		for _, r := range e.runes {
			m[r] = append(m[r], uint16(i))
		}
	}
	return m
})
