package segment

import (
	"math"
	"unicode/utf8"
)

// NOTE. A clause can be divided into words in many ways. A division is a
// *reading*, and its cost in bits is the sum over its words of
//
//	log2(Total / Count)
//
// so the cheapest reading is the likeliest one if words were drawn independently;
// it is also the one that gse chooses. The readings of a clause with a hit in it
// fall in two classes: those in which some word *cuts* the hit (covers a part of
// it and something outside), and those in which none does. margin compares the
// cheapest of both, by dynamic programming over the rune boundaries:
//
//	best[i][0]  the cheapest way to read clause[:i] without a cut so far
//	best[i][1]  the same with at least one cut
//
// Invariant: best[i][k] is final when the loop reaches i, because every word ends
// after it begins.

const (
	// unknownBits is the cost of a rune that is no word: what gse takes.
	unknownBits = 32
	// longestWord bounds the words of a reading, in runes. 99.8 % of the
	// dictionary's words have at most 8; a longer one can only be cheaper than its
	// parts where the window is inside of it.
	longestWord = 8
)

// margin returns by how many bits the cheapest reading of clause with a word that
// cuts [start, end) is cheaper than the cheapest without: positive means that the
// dictionary would rather cut, negative that it would rather not, -Inf that no
// word can cut. The hit itself may be a word, with its own count but at least
// floor, because a term is a word for whoever listed it. If inside is set, clause
// is a word and must be divided. Cost: at most longestWord look-ups a rune.
func (s *Session) margin(clause string, start, end int, floor float64, inside bool) float64 {
	return s.weigh(clause, start, end, floor, inside, false)
}

// fairMargin is margin where a single character costs what [Session.Bits] says: the
// dictionary has the same count for 某 and for 女, and where two readings differ in
// nothing but which character they leave alone, that decides nothing.
func (s *Session) fairMargin(clause string, start, end int, floor float64) float64 {
	return s.weigh(clause, start, end, floor, false, true)
}

func (s *Session) weigh(clause string, start, end int, floor float64, inside, fair bool) float64 {
	at, chars := s.at[:0], s.runes[:0]
	for i := 0; i < len(clause); {
		r, n := utf8.DecodeRuneInString(clause[i:])
		at, chars = append(at, i), append(chars, r)
		i += n
	}
	at = append(at, len(clause))
	s.at, s.runes = at, chars
	runes := len(chars)

	best := s.best[:0]
	for range at {
		best = append(best, [2]float64{math.Inf(1), math.Inf(1)})
	}
	best[0][0] = 0
	s.best = best

	dict := s.decider.dict
	words := s.decider.costs()
	total := words.total
	for i, r := range chars {
		// The table says what words cost, and where none goes on.
		key, value, table := uint64(0), uint16(goesOn), words.keys != nil
		for n := 1; n <= longestWord && i+n <= runes; n++ {
			if inside && n == runes {
				continue
			}
			from, to := at[i], at[i+n]
			word := clause[from:to]
			isHit := from == start && to == end
			if last := chars[i+n-1]; table {
				switch {
				case value&goesOn == 0:
					value = wordNone
				case n > keyRunes || !keyed(last):
					table = false // nor are longer ones in the table
				default:
					if key |= uint64(last) << (16 * (n - 1)); n > 1 {
						value = words.step(key)
					}
				}
			}
			cost := float64(unknownBits)
			switch {
			case isHit:
				entry, _ := dict.Lookup(word)
				cost = total - math.Log2(max(entry.Count, floor))
			case fair && n == 1:
				cost = s.Bits(r)
			case n > 1 && table:
				number := value &^ goesOn
				if number == 0 || words.distances[number-1] == noDistance {
					continue
				}
				cost = words.bits[number-1]
			case n == 1 && firstHan <= r && r <= lastHan:
				cost = words.alone[r-firstHan]
			default:
				entry, known := dict.Lookup(word)
				if known {
					cost = total - math.Log2(entry.Count)
				} else if n > 1 {
					continue
				}
			}
			cut := 0
			if cuts(from, to, start, end) && !s.decider.isTerm(word) {
				cut = 1
			}
			next := &best[i+n]
			next[cut] = min(next[cut], best[i][0]+cost)
			next[1] = min(next[1], best[i][1]+cost)
		}
	}
	return best[runes][0] - best[runes][1]
}

// mayCut reports whether a word of the dictionary could cut the hit: whether margin
// is worth its cost. Most hits are in no danger.
func (s *Session) mayCut(clause string, start, end int) bool {
	known := func(from, to int) bool {
		_, ok := s.decider.dict.Lookup(clause[from:to])
		return ok
	}
	// Words that begin before the hit and end inside it, then those that begin inside
	// and end behind it.
	for from, n := start, 1; from > 0 && n < longestWord; n++ {
		_, w := utf8.DecodeLastRuneInString(clause[:from])
		from -= w
		for to := start; to < end; {
			_, w := utf8.DecodeRuneInString(clause[to:])
			if to += w; to < end && known(from, to) {
				return true
			}
		}
	}
	for to, n := end, 1; to < len(clause) && n < longestWord; n++ {
		_, w := utf8.DecodeRuneInString(clause[to:])
		to += w
		for from := end; from > start; {
			_, w := utf8.DecodeLastRuneInString(clause[:from])
			if from -= w; from > start && known(from, to) {
				return true
			}
		}
	}
	return false
}

// cuts reports whether the word [from, to) covers a part of the hit and something
// outside of it.
func cuts(from, to, start, end int) bool {
	apart := to <= start || from >= end
	within := from >= start && to <= end
	around := from <= start && to >= end
	return !apart && !within && !around
}
