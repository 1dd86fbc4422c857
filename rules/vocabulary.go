package rules

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A class is a set of words that a rule looks for.
type class int

// A vocabulary holds the words of all rules, so that one pass over a text
// finds them all. It is filled while an engine is made and immutable then.
//
// Words begin with some hundred characters, of which a text has few. So the
// pass that folds a text notes where such a character stands, by one bit a
// character, and only there words are compared: those that also go on with
// the next character.
type vocabulary struct {
	classes int
	ids     map[string]int // index of a word
	words   []string
	holders [][]class // classes of each word
	begin   [1 << 16]uint16
	groups  []group       // groups[begin[r]] has the words that begin with r; 0 is none
	next    []uint64      // by group: bits of the characters that go on; see goesOn
	quiet   [1 << 16]bool // characters in which a folding sees nothing
}

// A group are words that begin with one character.
type group []branch

// A branch are words that also have one second character, or none, the longest
// first. Branches are sorted by it.
type branch struct {
	second rune // 0: the word has one character
	ids    []int
}

// class adds a class. Words are folded here, as texts are.
func (v *vocabulary) class(words ...string) class {
	c := class(v.classes)
	v.classes++
	for _, w := range words {
		w = fold(strings.TrimSpace(w))
		if w == "" {
			continue
		}
		id, ok := v.ids[w]
		if !ok {
			if v.ids == nil {
				v.ids = map[string]int{}
			}
			id = len(v.words)
			v.ids[w] = id
			v.words = append(v.words, w)
			v.holders = append(v.holders, nil)
		}
		if !slices.Contains(v.holders[id], c) {
			v.holders[id] = append(v.holders[id], c)
		}
	}
	return c
}

// nextBit is a bit that stands for a second character. Many share one: what has a
// bit may go on, what has none does not.
func nextBit(r rune) uint64 { return 1 << (uint32(r) * 0x9E3779B1 >> 26) }

// compile sorts the words by their first two characters.
func (v *vocabulary) compile() {
	v.groups = make([]group, 1)
	for id, w := range v.words {
		first, n := utf8.DecodeRuneInString(w)
		k := first & 0xFFFF // characters beyond share the place of another, and are compared
		if v.begin[k] == 0 {
			v.begin[k] = uint16(len(v.groups))
			v.groups = append(v.groups, nil)
		}
		g := &v.groups[v.begin[k]]
		second := rune(0)
		if n < len(w) {
			second = firstRune(w[n:])
		}
		i, found := g.find(second)
		if !found {
			*g = slices.Insert(*g, i, branch{second: second})
		}
		(*g)[i].ids = append((*g)[i].ids, id)
	}
	v.next = make([]uint64, len(v.groups))
	for k, g := range v.groups {
		for i := range g {
			v.next[k] |= nextBit(g[i].second)
			if g[i].second == 0 {
				v.next[k] = math.MaxUint64 // whatever follows
			}
			slices.SortStableFunc(g[i].ids, func(a, b int) int { return cmp.Compare(len(v.words[b]), len(v.words[a])) })
		}
	}
	for r, k := range knownRunes() {
		v.quiet[r] = k == uint32(r) && r != '(' && v.begin[r] == 0
	}
}

func (g group) find(second rune) (int, bool) {
	return slices.BinarySearchFunc(g, second, func(b branch, r rune) int { return cmp.Compare(b.second, r) })
}

// find returns where the words of each class stand in a folded text, sorted by
// start, the longer first. begins are the offsets at which a word can begin.
func (v *vocabulary) find(s string, begins []int32) [][]span {
	found := make([][]span, v.classes)
	for _, at := range begins {
		rest := s[at:]
		first, n := utf8.DecodeRuneInString(rest)
		g := v.groups[v.begin[first&0xFFFF]]
		second := rune(0)
		if n < len(rest) {
			second, _ = utf8.DecodeRuneInString(rest[n:])
		}
		if v.next[v.begin[first&0xFFFF]]&nextBit(second) == 0 {
			continue
		}
		for _, r := range [2]rune{second, 0} { // a word of two characters is longer than one of one
			i, ok := g.find(r)
			if !ok {
				continue
			}
			for _, id := range g[i].ids {
				if w := v.words[id]; strings.HasPrefix(rest, w) {
					for _, c := range v.holders[id] {
						found[c] = append(found[c], span{int(at), int(at) + len(w)})
					}
				}
			}
			if r == 0 {
				break
			}
		}
	}
	return found
}
