package segment

import (
	"math"
	"sync"
)

// NOTE. gse's words are the cheapest path through a clause, where a word costs the
// negative logarithm of how likely it is. It makes an object for each character and
// walks a trie byte by byte; most clauses are Han characters only, and for those the
// table of costs has all that it looks up. The path here takes the steps of
// gse.Segmenter.Segment (v1.1.0, segmenter.go) in its order and its precision, so
// that also equals are decided alike. Other clauses go to gse.

// A path is the work space of shortest.
type path struct {
	runes []rune
	cost  []float32 // of the cheapest path up to and with each character; 0: none yet
	last  []int32   // characters of its last word
}

var pathPool = sync.Pool{New: func() any { return new(path) }}

// single returns what a Han character costs as a word of its own.
func (c *costs) single(r rune) float32 { return c.singles[r-firstHan] }

const (
	firstHan, lastHan = 0x4E00, 0x9FFF

	// pseudoCost is what gse takes for a character that is no word.
	pseudoCost = 32
	// noDistance is that of words that gse does not have.
	noDistance = math.MaxFloat32
)

// distance is the cost that gse gives to a word.
func (c *costs) distance(count float64) float32 {
	return float32(c.total) - float32(math.Log2(count))
}

// ends appends the ends of the words of a clause of Han characters, as gse does; of
// any other it reports false.
func (c *costs) ends(dst []int, clause string) ([]int, bool) {
	if c.keys == nil || len(clause)%3 != 0 {
		return dst, false
	}
	p := pathPool.Get().(*path)
	defer pathPool.Put(p)
	p.runes = p.runes[:0]
	for i := 0; i < len(clause); i += 3 {
		a, b, d := clause[i], clause[i+1], clause[i+2]
		r := rune(a)&0x0F<<12 | rune(b)&0x3F<<6 | rune(d)&0x3F
		if a>>4 != 0xE || b>>6 != 2 || d>>6 != 2 || r < firstHan || r > lastHan {
			return dst, false
		}
		p.runes = append(p.runes, r)
	}
	runes := p.runes
	p.cost, p.last = p.cost[:0], p.last[:0]
	for range runes {
		p.cost, p.last = append(p.cost, 0), append(p.last, 0)
	}
	cost, last := p.cost, p.last
	reach := func(at, n int, bits float32) {
		if cost[at] == 0 || cost[at] > bits {
			cost[at], last[at] = bits, int32(n)
		}
	}
	before := float32(0)
	for i, r := range runes {
		if i > 0 {
			before = cost[i-1]
		}
		reach(i, 1, before+c.single(r))
		key, value := uint64(r), uint16(goesOn)
		n := 2
		for ; n <= keyRunes && i+n <= len(runes) && value&goesOn != 0; n++ {
			key |= uint64(runes[i+n-1]) << (16 * (n - 1))
			value = c.step(key)
			if word := value &^ goesOn; word != 0 && c.distances[word-1] != noDistance {
				reach(i+n-1, n, before+c.distances[word-1])
			}
		}
		if n > keyRunes && value&goesOn != 0 {
			for ; n <= c.longest && i+n <= len(runes); n++ {
				if entry, ok := c.dict.Lookup(clause[3*i : 3*(i+n)]); ok {
					reach(i+n-1, n, before+c.distance(entry.Count))
				}
			}
		}
	}
	words := 0
	for i := len(runes); i > 0; i -= int(last[i-1]) {
		words++
	}
	from := len(dst)
	for range words {
		dst = append(dst, 0)
	}
	for i := len(runes); i > 0; i -= int(last[i-1]) {
		words--
		dst[from+words] = 3 * i
	}
	return dst, true
}
