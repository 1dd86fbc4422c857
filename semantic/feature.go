package semantic

import (
	"slices"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/segment"
)

// maxGram is the length of the longest character n-gram.
const maxGram = 4

// The numbers of the hash of n-grams, FNV-1a.
const (
	gramBasis = 0x811C9DC5
	gramPrime = 0x01000193
)

// A gram is an occurrence of a character n-gram, of a word, or of two words that
// follow each other.
type gram struct {
	hash   uint32
	at     int32 // index of its first code
	length int32 // codes
}

// reading is a text as a model reads it.
type reading struct {
	text  string
	codes []code

	clause []byte // work space of words
	cuts   []int
}

// read takes the codes of a window's text. What it leaves out is what
// [cutter.read] leaves out.
func (r *reading) read(text string) {
	r.text = text
	list := slices.Grow(r.codes[:0], len(text))
	r.each(func(k code, _, _ int) { list = append(list, k) })
	r.codes = list
}

// places returns where in the text the character of each code begins and ends.
func (r *reading) places() (starts, ends []int32) {
	r.each(func(_ code, start, end int) {
		starts, ends = append(starts, int32(start)), append(ends, int32(end))
	})
	return starts, ends
}

// each calls f for each code of the text.
func (r *reading) each(f func(k code, start, end int)) {
	t := codes()
	said := false
	for i := 0; i < len(r.text); {
		k, n := code(0), 3
		if rest := r.text[i:]; isUsual(rest) {
			k = t[usual(rest)]
		} else {
			k, n = next(t, rest)
		}
		at := i
		i += n
		switch {
		case k == codeSkip:
			continue
		case k >= firstWord:
			said = true
		case k == codeNewline:
			k = codeStop
		}
		if k == codeStop {
			if !said {
				continue
			}
			said = false
		}
		f(k, at, i)
	}
}

// grams calls f for each character n-gram.
func (r *reading) grams(f func(gram)) {
	for i := range r.codes {
		h := uint32(gramBasis)
		for k, c := range r.codes[i:min(len(r.codes), i+maxGram)] {
			h = (h ^ uint32(c)) * gramPrime
			f(gram{mix(h ^ uint32(k)<<29), int32(i), int32(k + 1)})
		}
	}
}

// words calls f for each word of two characters or more, and for each two words
// that follow each other, as by divides the clauses.
func (r *reading) words(by segment.Segmenter, f func(gram)) {
	for from := 0; from < len(r.codes); {
		if r.codes[from] < firstWord {
			from++
			continue
		}
		to := from
		r.clause = r.clause[:0]
		for ; to < len(r.codes) && r.codes[to] >= firstWord; to++ {
			r.clause = utf8.AppendRune(r.clause, r.codes[to].rune())
		}
		r.cuts = by.Ends(r.cuts[:0], string(r.clause))
		before, start, bytes := gram{at: -1}, from, 0
		for _, end := range r.cuts {
			word := gram{hash: 0x9747B28C, at: int32(start)}
			for ; bytes < end; start++ {
				word.hash = (word.hash ^ uint32(r.codes[start])) * gramPrime
				bytes += utf8.RuneLen(r.codes[start].rune())
			}
			word.length = int32(start) - word.at
			if word.length > 1 {
				f(gram{mix(word.hash), word.at, word.length})
			}
			if before.at >= 0 {
				f(gram{mix(mix(before.hash) ^ word.hash), before.at, before.length + word.length})
			}
			before = word
		}
		from = to
	}
}

// mix spreads a hash over all bits: the finalizer of MurmurHash3, by Austin
// Appleby, in the public domain.
func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85EBCA6B
	h ^= h >> 13
	h *= 0xC2B2AE35
	return h ^ h>>16
}

// folded returns the codes as text, without blanks and with 0 for every digit:
// what a fingerprint may be made of.
func (r *reading) folded() string {
	s := make([]rune, len(r.codes))
	for i, c := range r.codes {
		s[i] = c.rune()
	}
	return string(s)
}

// A cueWord is a word of a cue as codes.
type cueWord struct {
	cue   int
	codes []code
}

// cueWords are all words, by the low byte of their first code, and cueFirst has a
// bit for each code that is the first of one: few are.
var cueWords, cueFirst = func() (all [256][]cueWord, first [1 << 16 / 64]uint64) {
	for i, c := range cues {
		for _, w := range c.words {
			var word []code
			for _, r := range w {
				if c := foldOne(r); c != codeSkip {
					word = append(word, c)
				}
			}
			all[word[0]&0xFF] = append(all[word[0]&0xFF], cueWord{i, word})
			first[word[0]/64] |= 1 << (word[0] % 64)
		}
	}
	return all, first
}()

// cues calls f for the first word of each cue in the reading.
func (r *reading) cues(f func(cue, at, n int)) {
	var seen uint64
	for i, c := range r.codes {
		if cueFirst[c/64]>>(c%64)&1 == 0 {
			continue
		}
		for _, w := range cueWords[c&0xFF] {
			if seen>>w.cue&1 == 0 && i+len(w.codes) <= len(r.codes) && slices.Equal(r.codes[i:i+len(w.codes)], w.codes) {
				seen |= 1 << w.cue
				f(w.cue, i, len(w.codes))
			}
		}
	}
}
