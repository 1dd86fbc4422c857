package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

// maker writes terms in disguise.
type maker struct {
	rng    *rand.Rand
	sounds map[uint16][]rune // by syllable: the characters that the dictionary has as words
	fuzzy  map[string][]rune // by syllable without what regions do not tell apart
	shapes map[rune][]rune   // by part: the characters that have it
	forms  map[rune][]rune   // traditional and variant forms
	emoji  map[rune][]rune   // by character: pictures
}

func newMaker(words segment.Dictionary, seed uint64) *maker {
	m := &maker{
		rng: rand.New(rand.NewPCG(seed, 7)), sounds: map[uint16][]rune{}, fuzzy: map[string][]rune{},
		shapes: map[rune][]rune{}, forms: map[rune][]rune{}, emoji: map[rune][]rune{},
	}
	for r := rune(0x4E00); r <= 0x9FFF; r++ {
		if _, ok := words.Lookup(string(r)); !ok || tables.Root(r) != r {
			continue
		}
		for _, s := range tables.Sounds(r) {
			m.sounds[s] = append(m.sounds[s], r)
			f := regional(tables.Syllables()[s])
			m.fuzzy[f] = append(m.fuzzy[f], r)
		}
		for _, p := range tables.Parts(r) {
			m.shapes[p] = append(m.shapes[p], r)
		}
	}
	for r := range tables.Folded() {
		if p, kind := tables.Parent(r); kind == tables.Traditional && unicode.Is(unicode.Han, r) && r <= 0x9FFF {
			m.forms[p] = append(m.forms[p], r)
		}
	}
	for e := range tables.Emoji() {
		for w := range tables.EmojiWords(e) {
			if r := []rune(w); len(r) == 1 {
				m.emoji[r[0]] = append(m.emoji[r[0]], e)
			}
		}
	}
	return m
}

// regional merges the initials and finals that writers of some regions mix up.
func regional(s string) string {
	s = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s").Replace(s)
	s = strings.Replace(s, "ang", "an", 1)
	s = strings.Replace(s, "eng", "en", 1)
	s = strings.Replace(s, "ing", "in", 1)
	if s[0] == 'n' {
		s = "l" + s[1:]
	}
	return s
}

// pick returns one of the runes that is not r, 0 if there is none.
func (m *maker) pick(r rune, from []rune) rune {
	from = slices.DeleteFunc(slices.Clone(from), func(x rune) bool { return x == r })
	if len(from) == 0 {
		return 0
	}
	return from[m.rng.IntN(len(from))]
}

// each replaces the characters of a term by what way returns for them, all or,
// half of the time, one of them; it fails if way returns "" for those.
func (m *maker) each(term string, way func(rune) string) (string, bool) {
	runes := []rune(term)
	only := -1
	if m.rng.IntN(2) == 0 {
		only = m.rng.IntN(len(runes))
	}
	var b strings.Builder
	changed := false
	for i, r := range runes {
		s := ""
		if only < 0 || only == i {
			s = way(r)
		}
		if s == "" {
			b.WriteRune(r)
			continue
		}
		changed = true
		b.WriteString(s)
	}
	return b.String(), changed
}

// disguise writes a term in the way of a channel; it reports whether that is
// possible and changes the term.
func (m *maker) disguise(c matcher.Channel, term string) (string, bool) {
	syllable := func(r rune) uint16 { return uint16(tables.MainSound(r)) }
	name := func(r rune) string { return tables.Syllables()[syllable(r)] }
	for _, r := range term {
		if len(tables.Sounds(r)) == 0 {
			return "", false
		}
	}
	str := func(r rune) string {
		if r == 0 {
			return ""
		}
		return string(r)
	}
	switch c {
	case matcher.Traditional:
		return m.each(term, func(r rune) string { return str(m.pick(r, m.forms[r])) })
	case matcher.Homophone:
		return m.each(term, func(r rune) string { return str(m.pick(r, m.sounds[syllable(r)])) })
	case matcher.HomophoneFuzzy:
		return m.each(term, func(r rune) string { return str(m.pick(r, m.fuzzy[regional(name(r))])) })
	case matcher.Pinyin:
		var names []string
		for _, r := range term {
			names = append(names, name(r))
		}
		switch m.rng.IntN(4) {
		case 0:
			return strings.Join(names, " "), true
		case 1:
			runes := []rune(term)
			i := m.rng.IntN(len(runes))
			return string(runes[:i]) + names[i] + string(runes[i+1:]), true
		default:
			return strings.Join(names, ""), true
		}
	case matcher.Initials:
		var b strings.Builder
		for _, r := range term {
			b.WriteByte(name(r)[0])
		}
		return b.String(), true
	case matcher.Split:
		return m.each(term, func(r rune) string { return tables.Parts(r) })
	case matcher.Lookalike:
		return m.each(term, func(r rune) string {
			var near []rune
			for _, p := range tables.Parts(r) {
				if n := len(m.shapes[p]); n < 400 || m.rng.IntN(3) == 0 {
					near = append(near, m.shapes[p]...)
				}
			}
			return str(m.pick(r, append(near, m.shapes[r]...)))
		})
	case matcher.Emoji:
		return m.each(term, func(r rune) string { return str(m.pick(r, m.emoji[r])) })
	case matcher.Leet:
		digits := map[string]string{"si": "4", "wu": "5", "ba": "8", "jiu": "9", "er": "2", "liu": "6", "qi": "7", "san": "3", "yi": "1"}
		return m.each(term, func(r rune) string { return digits[name(r)] })
	case matcher.Swap:
		runes := []rune(term)
		for range 8 {
			m.rng.Shuffle(len(runes), func(i, k int) { runes[i], runes[k] = runes[k], runes[i] })
			if string(runes) != term {
				return string(runes), true
			}
		}
	}
	return "", false
}
