package corpus

import "unicode/utf8"

// An Answer is what an engine has to find in a case.
type Answer struct {
	Matches  int `json:"matches"`  // places where a term stands as it is written, overlapping ones too
	Distinct int `json:"distinct"` // terms that stand somewhere
}

// Answer counts by looking up every substring of 2 to [Longest] characters.
func (c *Case) Answer() Answer {
	found := c.occurring()
	a := Answer{Distinct: len(found)}
	for _, n := range found {
		a.Matches += n
	}
	return a
}

// occurring returns how often each term stands in the text, without those that
// do not.
func (c *Case) occurring() map[string]int {
	terms := make(map[string]bool, len(c.Terms))
	// The first two characters of terms, hashed, spare most look-ups.
	const bits = 24
	pairs := make([]uint64, 1<<bits/64)
	pair := func(a, b rune) uint32 { return (uint32(a)*2654435761 ^ uint32(b)*2246822519) >> (32 - bits) }
	for _, t := range c.Terms {
		terms[t] = true
		a, w := utf8.DecodeRuneInString(t)
		b, _ := utf8.DecodeRuneInString(t[w:])
		h := pair(a, b)
		pairs[h/64] |= 1 << (h % 64)
	}
	found := map[string]int{}
	next := 0
	for i, a := range c.Text {
		next = i + utf8.RuneLen(a)
		b, w := utf8.DecodeRuneInString(c.Text[next:])
		if h := pair(a, b); w == 0 || pairs[h/64]&(1<<(h%64)) == 0 {
			continue
		}
		end := next + w
		for n := 2; ; n++ {
			if s := c.Text[i:end]; terms[s] {
				found[s]++
			}
			_, w := utf8.DecodeRuneInString(c.Text[end:])
			if w == 0 || n == Longest {
				break
			}
			end += w
		}
	}
	return found
}
