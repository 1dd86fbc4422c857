package matcher

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// edge is a piece of text that can stand for one character, or for several if it
// is a picture: the last tokens of it, and the codes of what it stands for.
type edge struct {
	tokens int
	codes  []uint32   // of the only character
	chain  [][]uint32 // of each of several characters
}

func (e *edge) first() []uint32 {
	if e.chain != nil {
		return e.chain[0]
	}
	return e.codes
}

func (e *edge) last() []uint32 {
	if e.chain != nil {
		return e.chain[len(e.chain)-1]
	}
	return e.codes
}

// edges is a list without allocation. No token ends more.
type edges struct {
	list [24]edge
	n    int
}

func (l *edges) add(e edge) {
	if l.n < len(l.list) {
		l.list[l.n] = e
		l.n++
	}
}

// maxSyllable is the length in letters of the longest syllable.
const maxSyllable = 6

// freeParts is tables.Free for the basic plane.
var freeParts = sync.OnceValue(func() *[1 << 16]uint16 {
	free := new([1 << 16]uint16)
	for r := range rune(1 << 16) {
		if glyphKinds()[r] == glyphHan {
			if f := tables.Free(r); f <= 0xFFFF {
				free[r] = uint16(f)
			}
		}
	}
	return free
})

// singles are the codes of what is not written with Han characters.
type singles struct {
	syllables [][]uint32 // by number of syllable
	letters   [36][]uint32
	leet      map[rune][]uint32 // letters and sounds that a digit or symbol stands for
	pictures  map[rune]*picture
}

// picture is what a picture stands for: the words, and an edge for each.
type picture struct {
	words []string
	edges []edge
}

func (p *picture) add(word string) {
	if slices.Contains(p.words, word) {
		return
	}
	var chain [][]uint32
	for _, han := range word {
		chain = append(chain, hanCodes(han, codeSets{sound: true, fuzzy: true}))
	}
	p.words = append(p.words, word)
	p.edges = append(p.edges, edge{tokens: 1, chain: chain})
}

var singlesOf = sync.OnceValue(func() *singles {
	s := &singles{leet: map[rune][]uint32{}, pictures: map[rune]*picture{}}
	for i := range tables.Syllables() {
		s.syllables = append(s.syllables, []uint32{codeSound + uint32(i), codeFuzzy + uint32(fuzzyClasses()[i])})
	}
	for i := range s.letters {
		s.letters[i] = []uint32{codeLetter + uint32(i)}
	}
	for r, letters := range leetLetters {
		for _, l := range letters {
			s.leet[r] = append(s.leet[r], codeLetter+uint32(l-'a'))
		}
	}
	for r := '0'; r <= '9'; r++ {
		s.leet[r] = append(s.leet[r], codeLetter+26+uint32(r-'0'))
		for _, n := range leetSoundNumbers()[r] {
			s.leet[r] = append(s.leet[r], s.syllables[n]...)
		}
	}
	for r := range tables.Emoji() {
		p := &picture{}
		for word := range tables.EmojiWords(r) {
			p.add(word)
		}
		s.pictures[r] = p
	}
	return s
})

// edgesAt lists the edges that end at token n.
func (v *lattice) edgesAt(st *latticeState, n uint32, dst *edges) {
	t := st.at(n)
	single := singlesOf()
	switch t.kind {
	case glyphHan:
		dst.add(edge{tokens: 1, codes: v.codesOf(t.r)})
		if t.split {
			prev := st.at(n - 1)
			for _, s := range v.splits.get(uint32(v.freeOf(prev.r)), uint32(v.freeOf(t.r))) {
				if v.written(st, s.parts, n) {
					dst.add(edge{tokens: len(s.parts), codes: s.codes})
				}
			}
		}
	case glyphLetter:
		if v.letters {
			dst.add(edge{tokens: 1, codes: single.letters[t.r-'a']})
		}
		v.syllablesAt(st, n, 0, dst)
	case glyphDigit:
		dst.add(edge{tokens: 1, codes: single.leet[t.r]})
		if tone(t) {
			v.syllablesAt(st, n-1, 1, dst)
		}
	case glyphSymbol:
		dst.add(edge{tokens: 1, codes: single.leet[t.r]})
	case glyphEmoji:
		if v.any.Has(Emoji) {
			for _, e := range v.picture(t.r).edges {
				dst.add(e)
			}
		}
	}
}

// picture returns what r stands for.
func (v *lattice) picture(r rune) *picture {
	if p := v.symbols[r]; p != nil {
		return p
	}
	return singlesOf().pictures[r]
}

// addSymbols takes the symbols of [Options.Symbols], each with the words that the
// package knows for it.
func (v *lattice) addSymbols(symbols map[rune][]string) {
	if len(symbols) == 0 {
		return
	}
	v.symbols = map[rune]*picture{}
	for r, words := range symbols {
		p := &picture{}
		if known := singlesOf().pictures[r]; known != nil {
			for _, w := range known.words {
				p.add(w)
			}
		}
		for _, w := range words {
			p.add(w)
		}
		v.symbols[r] = p
	}
}

// tone reports whether a digit can be the tone of the syllable right before it.
func tone(t *token) bool { return '1' <= t.r && t.r <= '5' && t.gap == 0 }

// syllablesAt lists the syllables that end with the letter at token n; more tokens
// after it belong to them.
func (v *lattice) syllablesAt(st *latticeState, n uint32, more int, dst *edges) {
	if v.any&Set(Pinyin) == 0 {
		return
	}
	var name [maxSyllable]byte
	at := maxSyllable
	for at > 0 && st.known(n) && st.at(n).kind == glyphLetter {
		at--
		name[at] = byte(st.at(n).r)
		if k := syllableNumber(name[at:]); k >= 0 {
			dst.add(edge{tokens: maxSyllable - at + more, codes: singlesOf().syllables[k]})
		}
		if st.at(n).gap != 0 {
			return
		}
		n--
	}
}

// syllableNumber is tables.SyllableNumber without a search.
func syllableNumber(name []byte) int {
	key := uint32(0)
	for _, c := range name {
		key = key<<5 | uint32(c-'a'+1)
	}
	t := syllableTable()
	for i := key * 0x9E3779B1 >> 21; ; i = (i + 1) % uint32(len(t)) {
		switch e := t[i]; {
		case e.key == key:
			return int(e.number)
		case e.key == 0:
			return -1
		}
	}
}

// syllableTable is a hash table of the syllables with open addressing; a key has
// five bits a letter.
var syllableTable = sync.OnceValue(func() *[1 << 11]struct {
	key    uint32
	number int32
} {
	t := new([1 << 11]struct {
		key    uint32
		number int32
	})
	for n, name := range tables.Syllables() {
		key := uint32(0)
		for _, c := range []byte(name) {
			key = key<<5 | uint32(c-'a'+1)
		}
		i := key * 0x9E3779B1 >> 21
		for t[i].key != 0 {
			i = (i + 1) % uint32(len(t))
		}
		t[i].key, t[i].number = key, int32(n)
	}
	return t
})

// written reports whether the tokens up to n are the parts, one after the other,
// with at most one skipped character between two of them.
func (v *lattice) written(st *latticeState, parts []rune, n uint32) bool {
	for i := len(parts) - 1; i >= 0; i-- {
		if !st.known(n) {
			return false
		}
		t := st.at(n)
		if t.kind != glyphHan || v.freeOf(t.r) != parts[i] || i > 0 && t.gap > 1 {
			return false
		}
		n--
	}
	return true
}

// mayEnd reports whether a match can end with token n at all: not inside a word
// or number, and where only syllables count, a word has to consist of them.
func (v *lattice) mayEnd(st *latticeState, n uint32, data []byte, end int) bool {
	if !isWord(st.at(n).kind) {
		return true
	}
	r, _ := utf8.DecodeRune(data[end:])
	if c := wordClassOf(r); c != otherClass {
		return false
	}
	return v.letters || v.consistsOfSyllables(st, n)
}

// consistsOfSyllables reports whether the run of letters and digits that ends with
// token n can be read as pinyin throughout. Most words of other languages cannot.
func (v *lattice) consistsOfSyllables(st *latticeState, n uint32) bool {
	const longest = 32
	length := n - st.run + 1
	if length > longest || !st.known(st.run) {
		return false
	}
	var letters [longest]byte
	for i := range length {
		letters[i] = byte(st.at(st.run + i).r)
	}
	ends := uint64(1) // bit i: letters[:i] is read
	for i := range int(length) {
		if '0' <= letters[i] && letters[i] <= '9' {
			if ends>>i&1 != 0 && (i == 0 && length == 1 || i > 0 && '1' <= letters[i] && letters[i] <= '5') {
				ends |= 1 << (i + 1)
			}
			continue
		}
		for k := max(0, i+1-maxSyllable); k <= i; k++ {
			if ends>>k&1 != 0 && syllableNumber(letters[k:i+1]) >= 0 {
				ends |= 1 << (i + 1)
			}
		}
		if ends>>max(0, i-maxSyllable) == 0 {
			return false
		}
	}
	return ends>>length&1 != 0
}

// Costs order the ways in which a place can be read; a way is as dear as its
// edges. What a writer does more often is cheaper.
const (
	costSplit     = 2
	costPinyin    = 2
	costEmoji     = 3
	costHomophone = 4
	costLeet      = 5
	costFuzzy     = 6
	costInitials  = 6
	costLookalike = 7
	costGap       = 1
)

// aligner lays a pattern backwards along the edges before a token.
//
//	levels[k]  places between tokens where the elements from k on can begin
//
// Invariant: of two ways to one place only the cheaper is kept.
type aligner struct {
	levels [maxDisguised + 1]struct {
		spots [maxSpots]spot
		n     int
	}
}

// maxSpots is how many places a level keeps; of more, the dearest are dropped. Only
// long runs of letters such as "anananan" have so many.
const maxSpots = 16

type spot struct {
	tok      uint32 // last token before the place
	cost     int
	channels ChannelSet // of the whole way
	edge     ChannelSet // of the edge that begins here
	pinyin   bool       // the edge that begins here is spelled
	next     uint8      // the level on which the edge ends
	from     uint8      // and the spot there
}

// way is how a pattern lies along the text.
type way struct {
	first    uint32 // token
	channels ChannelSet
	spot     int // at level 0
}

// lay returns the cheapest way in which d ends with token n, of equally cheap ones
// the longest. There is none if the text is the pattern without any disguise, which
// other views find.
func (a *aligner) lay(v *lattice, st *latticeState, d *disguised, n uint32) (way, bool) {
	for i := range len(d.glyphs) {
		a.levels[i].n = 0
	}
	top := len(d.glyphs)
	a.levels[top].n = 1
	a.levels[top].spots[0] = spot{tok: n}
	for level := top; level > 0; level-- {
		for i := range a.levels[level].n {
			a.extend(v, st, d, level, i)
		}
	}
	best := -1
	for i := range a.levels[0].n {
		s, b := &a.levels[0].spots[i], &a.levels[0].spots[max(best, 0)]
		if best < 0 || s.cost < b.cost || s.cost == b.cost && s.tok < b.tok {
			best = i
		}
	}
	if best < 0 {
		return way{}, false
	}
	s := &a.levels[0].spots[best]
	if s.channels&Disguises == 0 || s.tok+1 >= n {
		return way{}, false
	}
	return way{s.tok + 1, s.channels, best}, true
}

// extend adds the edges that end at a spot and stand for the elements before its
// level.
func (a *aligner) extend(v *lattice, st *latticeState, d *disguised, level, from int) {
	s := a.levels[level].spots[from]
	if !st.known(s.tok) {
		return
	}
	add := func(elems, tokens, cost int, edge ChannelSet) {
		a.add(st, d, level, from, elems, tokens, cost, edge)
	}
	t, p := st.at(s.tok), d.glyphs[level-1]
	switch t.kind {
	case glyphHan:
		switch root := v.root(t.r); {
		case root == p.root:
			kinds, _ := tables.Path(t.r, p.r)
			add(1, 1, 0, channelsOf(kinds))
		case p.kind == glyphHan:
			if p.soundsLike(t.r) {
				add(1, 1, costHomophone, Set(Homophone))
			} else if d.channels.Has(HomophoneFuzzy) && p.soundsNearly(t.r) {
				add(1, 1, costFuzzy, Set(HomophoneFuzzy))
			}
			if d.channels.Has(Lookalike) && share(v.codesOf(t.r), p.shapes) {
				add(1, 1, costLookalike, Set(Lookalike))
			}
		}
		if d.channels.Has(Split) {
			for _, parts := range p.parts {
				if v.written(st, parts, s.tok) {
					add(1, len(parts), costSplit, Set(Split))
				}
			}
		}
	case glyphLetter:
		if p.kind == glyphLetter && p.root == t.r {
			add(1, 1, 0, 0)
		}
		for _, name := range p.names {
			if k := spelled(st, s.tok, name); k > 0 {
				add(1, k, costPinyin, Set(Pinyin))
			}
			if name[0] == byte(t.r) {
				add(1, 1, costInitials, Set(Initials))
			} else if len(name) > 2 && name[1] == 'h' && spelled(st, s.tok, name[:2]) > 0 {
				add(1, 2, costInitials, Set(Initials))
			}
		}
	case glyphDigit:
		if p.root == t.r {
			kinds, _ := tables.Path(t.r, p.r)
			add(1, 1, 0, channelsOf(kinds))
		} else if p.kind == glyphHan && share(leetSoundNumbers()[t.r], p.sounds) {
			add(1, 1, costLeet, Set(Leet))
		}
		if p.kind == glyphLetter && strings.ContainsRune(leetLetters[t.r], p.root) {
			add(1, 1, costLeet, Set(Leet))
		}
		if tone(t) && st.known(s.tok-1) {
			for _, name := range p.names {
				if k := spelled(st, s.tok-1, name); k > 0 {
					add(1, k+1, costPinyin, Set(Pinyin))
				}
			}
		}
	case glyphSymbol:
		if p.kind == glyphLetter && strings.ContainsRune(leetLetters[t.r], p.root) {
			add(1, 1, costLeet, Set(Leet))
		}
	case glyphEmoji:
		if d.channels.Has(Emoji) {
			for _, word := range v.picture(t.r).words {
				if k, cost, set := pictured(d, level, word); k > 0 {
					add(k, 1, cost, set)
				}
			}
		}
	}
}

// pictured says how many elements before level a picture's word stands for, 0 if
// for none: those that it names, or one that sounds like it.
func pictured(d *disguised, level int, word string) (elems, cost int, set ChannelSet) {
	k := utf8.RuneCountInString(word)
	if k > level {
		return 0, 0, 0
	}
	i := level - k
	named := true
	for _, r := range word {
		named = named && tables.Root(r) == d.glyphs[i].root
		i++
	}
	if named {
		return k, costEmoji, Set(Emoji)
	}
	r, _ := utf8.DecodeRuneInString(word)
	if k == 1 && d.glyphs[level-1].soundsLike(r) {
		return 1, costEmoji + costHomophone, Set(Emoji, Homophone)
	}
	return 0, 0, 0
}

// spelled returns how many tokens up to n spell the syllable, 0 if they do not.
func spelled(st *latticeState, n uint32, name string) int {
	for i := len(name) - 1; i >= 0; i-- {
		if !st.known(n) {
			return 0
		}
		t := st.at(n)
		if t.kind != glyphLetter || t.r != rune(name[i]) && !(name[i] == 'v' && t.r == 'u') || i > 0 && t.gap != 0 {
			return 0
		}
		n--
	}
	return len(name)
}

// add keeps the edge of that many tokens that ends at the spot, if the pattern
// allows what it needs.
func (a *aligner) add(st *latticeState, d *disguised, level, from, elems, tokens, cost int, edge ChannelSet) {
	s := &a.levels[level].spots[from]
	first := s.tok - uint32(tokens) + 1
	if !st.known(first) {
		return
	}
	pinyin := edge == Set(Pinyin)
	channels := s.channels | edge
	for n := first; n <= s.tok; n++ {
		t := st.at(n)
		if n > first && t.invisible {
			channels = channels.With(Invisible)
		}
		if n > first && t.gap > 0 {
			channels = channels.With(Noise)
		}
	}
	if level < len(d.glyphs) { // the gap after the edge
		t := st.at(s.tok + 1)
		switch {
		case t.gap == gapBorder || int(t.gap) > d.gap:
			return
		case t.gap > 0 && !(t.gap == 1 && t.blank && pinyin && s.pinyin):
			channels = channels.With(Noise)
			cost += costGap
		}
		if t.invisible {
			channels = channels.With(Invisible)
		}
	}
	if channels&^d.channels != 0 {
		return
	}
	l := &a.levels[level-elems]
	n := spot{tok: first - 1, cost: s.cost + cost, channels: channels, edge: edge, pinyin: pinyin, next: uint8(level), from: uint8(from)}
	worst := 0
	for i := range l.n {
		if l.spots[i].tok == n.tok && l.spots[i].pinyin == n.pinyin {
			if n.cost < l.spots[i].cost {
				l.spots[i] = n
			}
			return
		}
		if l.spots[i].cost > l.spots[worst].cost {
			worst = i
		}
	}
	if l.n < maxSpots {
		l.spots[l.n] = n
		l.n++
	} else if n.cost < l.spots[worst].cost {
		l.spots[worst] = n
	}
}

// share reports whether two ascending lists have an element in common.
func share[T uint16 | uint32](a, b []T) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return true
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// A Step says what a piece of a disguised text stands for.
type Step struct {
	Start, End int    // byte offsets into the surface
	Text       string // the visible characters of the pattern that it stands for
	Channels   ChannelSet
}

// Steps returns, in the order of the text, how the text of a match that needed one
// of [Disguises] becomes the pattern. It is nil for other matches and for text that
// does not stand for the pattern. Swapped characters are one step each.
func (m *Matcher) Steps(pattern int, surface string) []Step {
	if m.lattice == nil || m.lattice.byID[pattern] == nil {
		return nil
	}
	return m.lattice.steps(m.lattice.byID[pattern], surface)
}

// steps is [Matcher.Steps].
func (v *lattice) steps(d *disguised, surface string) []Step {
	st := v.pool.Get().(*latticeState)
	st.quiet = true
	defer func() {
		st.reset()
		st.quiet = false
		v.pool.Put(st)
	}()
	v.scan(st, unsafe.Slice(unsafe.StringData(surface), len(surface)), 0, 0, len(surface), nil) // reads only
	last := st.n - 1
	if last < 2 || last > tokenRing {
		return nil
	}
	text := func(n, tokens uint32) (int, int) {
		a, b := st.at(n), st.at(n+tokens-1)
		return int(a.off), int(b.off) + int(b.width)
	}
	var steps []Step
	if w, ok := st.align.lay(v, st, d, last); ok && w.first == 1 {
		level, s := 0, &st.align.levels[0].spots[w.spot]
		for level < len(d.glyphs) {
			next := &st.align.levels[s.next].spots[s.from]
			start, end := text(s.tok+1, next.tok-s.tok)
			var b strings.Builder
			for _, g := range d.glyphs[level:s.next] {
				b.WriteRune(g.r)
			}
			steps = append(steps, Step{start, end, b.String(), s.edge})
			level, s = int(s.next), next
		}
		return steps
	}
	if int(last) == len(d.glyphs) && d.channels.Has(Swap) {
		if _, ok := st.reordered(d, 1); ok {
			for n := range last {
				start, end := text(n+1, 1)
				steps = append(steps, Step{start, end, string(d.glyphs[n].r), Set(Swap)})
			}
		}
	}
	return steps
}
