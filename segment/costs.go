package segment

import (
	"iter"
	"math"
)

// NOTE. What words cost is asked for far more often than anything else, and gse
// walks a trie byte by byte for each answer. So the words of a dictionary that can
// tell them are kept once more, as a trie of characters in a hash table: a step
// costs one probe, and where no word goes on the walk ends. A step has at most four
// characters behind it (nearly all words); longer words are looked up as ever.

// costs is what a dictionary says about words, in bits. It is immutable.
type costs struct {
	dict  Dictionary
	total float64 // log2 of the count of all words
	chars [0xA000 - 0x4E00]float32
	alone [lastHan - firstHan + 1]float64 // what a Han character costs as the dictionary has it
	later map[string]bool                 // newWords that the dictionary does not have

	// As gse counts; see path.go.
	singles   [lastHan - firstHan + 1]float32 // of single characters
	distances []float32                       // beside bits
	longest   int                             // characters of the longest word

	// The table, if the dictionary can tell its words; keys are up to four characters
	// of 16 bits each, 0 in an empty slot. A value is the number in bits of what the
	// word costs, and one; goesOn says that longer words begin so.
	keys   []uint64
	values []uint16
	bits   []float64
	shift  uint
}

const (
	goesOn    = 1 << 15
	keyRunes  = 4
	wordNone  = 0
	mostCosts = goesOn - 2
)

// keyed reports whether r can be in a key. Words with other characters are looked up.
func keyed(r rune) bool { return 0 < r && r <= 0xFFFF }

// wordKey returns the key of the first characters of a word, up to keyRunes of them or
// the first without a key, how many those are, and how many the word has.
func wordKey(word string) (key uint64, n, runes int) {
	all := true
	for _, r := range word {
		all = all && keyed(r) && n < keyRunes
		if all {
			key |= uint64(r) << (16 * n)
			n++
		}
		runes++
	}
	return key, n, runes
}

func (c *costs) slot(key uint64) int {
	i := int(key * 0x9E3779B97F4A7C15 >> c.shift)
	for c.keys[i] != 0 && c.keys[i] != key {
		i = (i + 1) & (len(c.keys) - 1)
	}
	return i
}

// step returns the value of a key, 0 if no word begins so.
func (c *costs) step(key uint64) uint16 {
	i := int(key * 0x9E3779B97F4A7C15 >> c.shift)
	for {
		switch c.keys[i] {
		case key:
			return c.values[i]
		case 0:
			return wordNone
		}
		i = (i + 1) & (len(c.keys) - 1)
	}
}

// cost returns what the word costs that a value belongs to.
func (c *costs) cost(value uint16) (float64, bool) {
	if n := value &^ goesOn; n != 0 {
		return c.bits[n-1], true
	}
	return 0, false
}

// word returns what a word costs, by looking it up.
func (c *costs) word(word string) (float64, bool) {
	if entry, ok := c.dict.Lookup(word); ok {
		return c.total - math.Log2(entry.Count), true
	}
	return newBits, c.later[word]
}

// newCosts returns the costs of a dictionary.
func newCosts(dict Dictionary) *costs {
	c := &costs{dict: dict, total: math.Log2(dict.Total()), later: map[string]bool{}}
	for _, w := range newWords {
		if _, ok := dict.Lookup(w); !ok {
			c.later[w] = true
		}
	}
	words := func(func(string, Entry) bool) {}
	if l, ok := dict.(Lister); ok {
		words = l.All()
		c.fill(words)
	}
	// Dictionaries of words do not count what stands alone: in gse's, 的 and 煞
	// both have count 2. How often a character stands in words tells more.
	var counts [len(c.chars)]float64
	for word, entry := range words {
		for _, r := range word {
			if 0x4E00 <= r && r <= 0x9FFF {
				counts[r-0x4E00] += entry.Count
			}
		}
	}
	for i := range c.chars {
		bits := float64(unknownBits)
		c.singles[i] = pseudoCost
		if e, ok := dict.Lookup(string(rune(0x4E00 + i))); ok {
			bits = c.total - math.Log2(e.Count)
			c.singles[i] = c.distance(e.Count)
		}
		c.alone[i] = bits
		if n := counts[i]; n > 0 {
			bits = min(bits, c.total-math.Log2(n)+aloneBits)
		}
		c.chars[i] = float32(bits)
	}
	for bits, runes := range particles {
		for _, r := range runes {
			c.chars[r-0x4E00] = min(c.chars[r-0x4E00], float32(bits))
		}
	}
	return c
}

// fill makes the table, unless there are words that it cannot hold.
func (c *costs) fill(words iter.Seq2[string, Entry]) {
	n := len(c.later)
	for range words {
		n++
	}
	size, bits := 64, uint(6)
	for ; size < 2*n; bits++ { // words, and their beginnings that are none
		size *= 2
	}
	numbers := map[wordCost]uint16{} // from 1 on
	c.shift = 64 - bits
	c.keys, c.values = make([]uint64, size), make([]uint16, size)
	used := 0
	put := func(key uint64, value uint16) {
		i := c.slot(key)
		if c.keys[i] == 0 {
			used++
		}
		c.keys[i] = key
		c.values[i] |= value
	}
	for word, cost := range c.all(words) {
		key, n, runes := wordKey(word)
		c.longest = max(c.longest, runes)
		if _, seen := numbers[cost]; !seen {
			numbers[cost] = uint16(len(c.bits) + 1)
			c.bits, c.distances = append(c.bits, cost.bits), append(c.distances, cost.distance)
		}
		if len(c.bits) > mostCosts || used > size-size/4 {
			c.keys, c.values, c.bits = nil, nil, nil
			return
		}
		for k := 2; k < min(n+1, runes); k++ {
			put(key&(1<<(16*k)-1), goesOn) // all of it if k is 4
		}
		if n == runes && n > 1 {
			put(key, numbers[cost])
		}
	}
}

// wordCost is what a word costs here and in gse.
type wordCost struct {
	bits     float64
	distance float32
}

// all returns what each word costs that [costs.word] knows, if words are those of the
// dictionary.
func (c *costs) all(words iter.Seq2[string, Entry]) iter.Seq2[string, wordCost] {
	return func(yield func(string, wordCost) bool) {
		for word, entry := range words {
			if !yield(word, wordCost{c.total - math.Log2(entry.Count), c.distance(entry.Count)}) {
				return
			}
		}
		for _, word := range newWords {
			if c.later[word] && !yield(word, wordCost{newBits, noDistance}) {
				return
			}
		}
	}
}

// costsOf returns the costs of a dictionary; those of [Words] are made once.
func costsOf(dict Dictionary) *costs {
	w, ok := dict.(*Words)
	if !ok {
		return newCosts(dict)
	}
	c := w.ready()
	if c == nil {
		return newCosts(dict)
	}
	c.costsOnce.Do(func() { c.costs = newCosts(w) })
	return c.costs
}
