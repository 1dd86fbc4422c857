package recognize

import "strings"

// setOf returns the set of the words of a list.
func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// words are folded once, so that they can be written here as people write
// them and still meet the folded text.
func words(list ...string) [][]rune {
	folded := make([][]rune, len(list))
	for i, w := range list {
		for _, r := range w {
			folded[i] = append(folded[i], fold(r))
		}
	}
	return folded
}

// match returns the index behind the longest of the words that stands at i,
// or i if none does. Words are read with nothing between their characters.
func (s *scan) match(i int, list [][]rune) int {
	end := i
	for _, w := range list {
		if i+len(w) <= end {
			continue
		}
		k := 0
		for k < len(w) && s.at(i+k) == w[k] {
			k++
		}
		if k == len(w) {
			end = i + k
		}
	}
	return end
}

// matchBack returns the index of the first character of the longest word that
// ends before i, or i if none does.
func (s *scan) matchBack(i int, list [][]rune) int {
	start := i
	for _, w := range list {
		from := i - len(w)
		if from >= start {
			continue
		}
		k := 0
		for k < len(w) && s.at(from+k) == w[k] {
			k++
		}
		if k == len(w) {
			start = from
		}
	}
	return start
}

// The reach of context words, in characters of the same sentence.
const (
	contextBefore = 20
	contextAfter  = 10
)

// near reports whether one of the words stands around [i, j), in the same
// sentence: at most contextBefore characters before it or contextAfter behind.
func (s *scan) near(i, j int, list [][]rune) bool {
	from, to := i, j
	for first := s.lineBack(i, contextBefore); from > first && !s.stop(from-1); {
		from--
	}
	for last := s.lineAhead(j, contextAfter); to < last && !s.stop(to); {
		to++
	}
	return s.within(from, i, list) || s.within(j, to, list)
}

// stop reports whether the character at i ends a sentence.
func (s *scan) stop(i int) bool {
	switch s.at(i) {
	case '。', '！', '!', '？', '?', ';':
		return true
	}
	return false
}

// before reports whether one of the words stands in the n characters before i,
// in the same line.
func (s *scan) before(i, n int, list [][]rune) bool {
	return s.within(s.lineBack(i, n), i, list)
}

// within reports whether one of the words stands within [i, j).
func (s *scan) within(i, j int, list [][]rune) bool {
	for ; i < j; i++ {
		for _, w := range list {
			if s.at(i) != w[0] || i+len(w) > j {
				continue
			}
			k := 1
			for k < len(w) && s.at(i+k) == w[k] {
				k++
			}
			if k == len(w) {
				return true
			}
		}
	}
	return false
}

// lineBack returns the index n characters before i, or where the line of i
// begins if that is nearer.
func (s *scan) lineBack(i, n int) int {
	for ; n > 0 && i > 0 && s.class(i-1) != classNewline; n-- {
		i--
	}
	return i
}

// lineAhead returns the index n characters behind i, or where the line ends if
// that is nearer.
func (s *scan) lineAhead(i, n int) int {
	for ; n > 0 && s.class(i) != classNewline; n-- {
		i++
	}
	return i
}
