package matcher

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// A glyphKind is what a character can be in a disguise.
type glyphKind uint8

const (
	glyphBreak     glyphKind = iota // ends every disguise under way
	glyphHan                        // a Chinese character
	glyphLetter                     // a Latin letter in any style or accent
	glyphDigit                      // a digit in any style
	glyphEmoji                      // a picture that stands for words
	glyphSymbol                     // a symbol that stands for a letter: @ $
	glyphBlank                      // one blank between syllables is how pinyin is written
	glyphNoise                      // other characters that may be skipped
	glyphInvisible                  // not seen
)

// Codes of the lattice. Their ranges do not overlap: a code says what a piece of
// text can stand for, by sound, by first letter or by shape.
const (
	codeSound  = 0       // + the number of a syllable
	codeFuzzy  = 1 << 10 // + the number of a class of syllables
	codeLetter = 1 << 11 // + 0 to 25, or 26 to 35 for digits
	codeStroke = 1 << 12 // + the number of a group of characters that are a stroke apart
	codePart   = 1 << 21 // + a part, as a rune
)

// glyphKindOf classifies one rune.
func glyphKindOf(r rune) glyphKind {
	if _, ok := leetLetters[r]; ok && !('0' <= r && r <= '9') {
		return glyphSymbol
	}
	switch class := tables.ClassOf(r); class {
	case tables.Han:
		return glyphHan
	case tables.Letter:
		if l := letterOf(r); 'a' <= l && l <= 'z' {
			return glyphLetter
		}
	case tables.Digit:
		if root := tables.Root(r); '0' <= root && root <= '9' {
			return glyphDigit
		}
	case tables.Blank:
		return glyphBlank
	case tables.Invisible:
		if r == '\n' || r == '\r' {
			return glyphBreak
		}
		return glyphInvisible
	case tables.Mark, tables.Clause:
		for range tables.EmojiWords(r) {
			return glyphEmoji
		}
		if class == tables.Mark || r == '\'' || r == '’' {
			return glyphNoise
		}
	}
	return glyphBreak
}

// IsSymbol reports whether r can be a key of [Options.Symbols]: a picture or a sign
// that is no letter, no number, no punctuation mark and no Chinese character.
func IsSymbol(r rune) bool {
	const firstSign, firstCJK, firstKana, firstWide = 0x2100, 0x3000, 0x3040, 0xFF00
	if r < firstSign || firstCJK <= r && r < firstKana || r >= firstWide && r <= 0xFFFF {
		return false
	}
	k := glyphKindOf(r)
	return k == glyphEmoji || k == glyphNoise
}

// symbolFault says what is wrong with a key of [Options.Symbols] and its words.
func symbolFault(r rune, words []string) error {
	if !IsSymbol(r) {
		return fmt.Errorf("matcher: Options.Symbols: %q is no picture or sign", r)
	}
	for _, w := range words {
		n := 0
		for _, c := range w {
			if n++; glyphKindOf(c) != glyphHan {
				n = MaxSymbolRunes + 1
				break
			}
		}
		if n == 0 || n > MaxSymbolRunes {
			return fmt.Errorf("matcher: Options.Symbols: %q stands for %q, want one to %d Chinese characters", r, w, MaxSymbolRunes)
		}
	}
	return nil
}

// MaxSymbolRunes is how many characters a word has at most that a symbol stands for.
const MaxSymbolRunes = 4

// letterOf returns the ASCII letter that pinyin has for r: ü is v.
func letterOf(r rune) rune {
	switch r {
	case 'ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ', 'Ü', 'Ǖ', 'Ǘ', 'Ǚ', 'Ǜ':
		return 'v'
	}
	return tables.Root(r)
}

// glyphTable is what the scan knows about the characters of the basic plane.
type glyphTable struct {
	// codes has for each rune its kind, and for Han characters where in flat
	// their codes are: kind | count<<4 | start<<9.
	codes [1 << 16]uint32
	flat  []uint32
}

// codeSets says which codes of Han characters a view looks at.
type codeSets struct{ sound, fuzzy, shape bool }

var (
	glyphTables   = map[codeSets]*glyphTable{}
	glyphTablesMu sync.Mutex
)

// glyphTableOf returns the table of the code sets, which all views share. The
// first call for a set takes some ten milliseconds.
func glyphTableOf(sets codeSets) *glyphTable {
	glyphTablesMu.Lock()
	defer glyphTablesMu.Unlock()
	if t := glyphTables[sets]; t != nil {
		return t
	}
	t := new(glyphTable)
	kinds := glyphKinds()
	for r := range rune(1 << 16) {
		kind := kinds[r]
		t.codes[r] = uint32(kind)
		if kind != glyphHan {
			continue
		}
		codes := hanCodes(r, sets)
		codes = codes[:min(len(codes), 31)]
		t.codes[r] |= uint32(len(codes))<<4 | uint32(len(t.flat))<<9
		t.flat = append(t.flat, codes...)
	}
	glyphTables[sets] = t
	return t
}

var glyphKinds = sync.OnceValue(func() *[1 << 16]glyphKind {
	kinds := new([1 << 16]glyphKind)
	for r := range rune(1 << 16) {
		kinds[r] = glyphKindOf(r)
	}
	return kinds
})

// roots is tables.Root for the basic plane, 0 where that is outside of it.
var roots = sync.OnceValue(func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	for r := range rune(1 << 16) {
		if root := tables.Root(r); root <= 0xFFFF {
			t[r] = uint16(root)
		}
	}
	return t
})

// of returns the kind of r and, for a Han character, its codes.
func (t *glyphTable) of(r rune, sets codeSets) (glyphKind, []uint32) {
	if r <= 0xFFFF {
		c := t.codes[r]
		n, start := c>>4&31, c>>9
		return glyphKind(c & 15), t.flat[start : start+n]
	}
	kind := glyphKindOf(r)
	if kind == glyphHan {
		return kind, hanCodes(r, sets)
	}
	return kind, nil
}

// simplified is the form in which characters are compared for shape.
func simplified(r rune) rune {
	return FoldRune(r, Set(Width, Styled, Traditional))
}

// sounding returns the character whose readings are those of r: itself, or the form of
// it that has some.
func sounding(r rune) rune {
	if tables.Sounds(r) != nil { // as most have
		return r
	}
	if s := simplified(r); tables.Sounds(s) != nil {
		return s
	}
	return tables.Root(r)
}

// soundsOf returns the numbers of r's syllables.
func soundsOf(r rune) []uint16 { return tables.Sounds(sounding(r)) }

// mainSound returns the number of r's usual syllable, 0xFFFF if it has none.
func mainSound(r rune) uint16 { return uint16(tables.MainSound(sounding(r))) }

// hanCodes returns the codes of a Han character.
func hanCodes(r rune, sets codeSets) (codes []uint32) {
	for _, s := range soundsOf(r) {
		if sets.sound {
			codes = append(codes, codeSound+uint32(s))
		}
		if sets.fuzzy {
			codes = append(codes, codeFuzzy+uint32(fuzzyClasses()[s]))
		}
	}
	if sets.shape {
		codes = append(codes, shapeCodes(r)...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// fuzzyClasses gives each syllable the class of those that some regions of China
// do not tell apart: flat and curled initials (z/zh, c/ch, s/sh), n, l and r, f
// and h, and the nasal finals (an/ang, en/eng, in/ing, ian/iang, uan/uang).
var fuzzyClasses = sync.OnceValue(func() []uint16 {
	names := tables.Syllables()
	numbers := map[string]uint16{}
	classes := make([]uint16, len(names))
	for i, name := range names {
		f := fuzzyForm(name)
		if _, ok := numbers[f]; !ok {
			numbers[f] = uint16(len(numbers))
		}
		classes[i] = numbers[f]
	}
	return classes
})

// fuzzyForm is the representative of a syllable's class.
func fuzzyForm(s string) string {
	switch {
	case len(s) > 2 && s[1] == 'h': // zh ch sh
		s = s[:1] + s[2:]
	case len(s) > 1 && (s[0] == 'n' || s[0] == 'r'):
		s = "l" + s[1:]
	case len(s) > 1 && s[0] == 'f':
		s = "h" + s[1:]
	}
	if n := len(s); n > 2 && strings.HasSuffix(s, "ng") && strings.IndexByte("aei", s[n-3]) >= 0 {
		s = s[:n-1]
	}
	return s
}

// maxPartOwners bounds how many characters share a part by which they look alike. On
// hostile text it also bounds how many patterns a place can look like. Each step finds
// more of those who pick any character with a common part, and costs candidates:
// with 400, 57 % of made disguises of an insult list at 84,000 candidates in 256,000
// characters; with 530 (女, 土, 火, 虫, 心), 82 % at 110,000; with 700 (人, 手, 金), 87 % at
// 157,000; without a bound (氵, 艹, 木, 口), 93 % at 194,000.
const maxPartOwners = 530

// shapeCodes returns the codes of what r shows: itself as a part of others, its
// parts, and the groups of characters that are a stroke apart.
func shapeCodes(r rune) (codes []uint32) {
	r = simplified(r)
	add := func(part rune) {
		if part = tables.Free(part); partOwners()[part] <= maxPartOwners {
			codes = append(codes, codePart+uint32(part))
		}
	}
	add(r)
	for _, part := range tables.Parts(r) {
		add(part)
	}
	for _, g := range strokeGroups()[r] {
		codes = append(codes, codeStroke+g)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// partOwners counts the characters that have a part.
var partOwners = sync.OnceValue(func() map[rune]int {
	m := map[rune]int{}
	for _, r := range tables.PartedRunes() {
		if simplified(r) != r {
			continue
		}
		for _, part := range tables.Parts(r) {
			m[tables.Free(part)]++
		}
	}
	return m
})

var strokeGroups = sync.OnceValue(func() map[rune][]uint32 {
	m := map[rune][]uint32{}
	for i, group := range tables.StrokeClose() {
		for _, r := range group {
			m[r] = append(m[r], uint32(i))
		}
	}
	return m
})

// leetLetters are the letters that a digit or symbol is written for.
var leetLetters = map[rune]string{
	'0': "o", '1': "il", '3': "e", '4': "a", '5': "s", '6': "bg", '7': "t", '8': "b", '9': "gq",
	'@': "a", '$': "s", '€': "e", '|': "il",
}

// leetSounds are the syllables that a digit is read as, or written for because it
// sounds like them: 4 for 死, 5 for 我, 8 for 爸 or 发, 9 for 狗.
var leetSounds = map[rune][]string{
	'0': {"ling", "dong"}, '1': {"yi", "yao"}, '2': {"er", "ai"}, '3': {"san", "shan"}, '4': {"si", "shi"},
	'5': {"wu", "wo"}, '6': {"liu", "lu"}, '7': {"qi"}, '8': {"ba", "bi", "fa"}, '9': {"jiu", "gou"},
}

// leetSoundNumbers is leetSounds by number of syllable.
var leetSoundNumbers = sync.OnceValue(func() map[rune][]uint16 {
	m := map[rune][]uint16{}
	for d, names := range leetSounds {
		for _, name := range names {
			if n := tables.SyllableNumber(name); n >= 0 {
				m[d] = append(m[d], uint16(n))
			}
		}
		slices.Sort(m[d]) // see share
	}
	return m
})

// glyph is an element of a pattern, with all that it can be recognised by.
type glyph struct {
	r       rune // as in the pattern
	root    rune
	kind    glyphKind
	sounds  []uint16
	main    uint16   // the usual one of them
	names   []string // its syllables, spelled
	parts   [][]rune // the ways to take it apart, free forms in the order of writing; nil if there are none
	shapes  []uint32
	fuzzies []uint16
}

func newGlyph(r rune) *glyph {
	g := &glyph{r: r, root: tables.Root(r), kind: glyphKindOf(r)}
	switch g.kind {
	case glyphHan:
		g.sounds = soundsOf(r)
		g.main = mainSound(r)
		for _, s := range g.sounds {
			g.names = append(g.names, tables.Syllables()[s])
			g.fuzzies = append(g.fuzzies, fuzzyClasses()[s])
		}
		g.parts = takenApart(simplified(r))
		g.shapes = shapeCodes(r)
	case glyphLetter:
		g.root = unicode.ToLower(letterOf(r))
	}
	return g
}

// mostParts is the most characters that one character is written as.
const mostParts = 5

// strokes are parts of one or two strokes that no keyboard offers: who takes 脑 apart
// writes 月凶, not 月亠凶.
const strokes = "亠丶丨丿亅乚冖⺈丷冂𠂉⺊一乛㇆"

// takenApart returns the ways in which r is written part by part: its own parts; one
// of them taken apart again (骂 as 口口马, not only 吅马); without strokes; and two parts
// the other way round (戈艹 for 戒 is 廾戈 to others). Parts are in their free form.
func takenApart(r rune) (ways [][]rune) {
	add := func(parts []rune) {
		if len(parts) < 2 || len(parts) > mostParts {
			return
		}
		free := make([]rune, len(parts))
		for i, p := range parts {
			free[i] = tables.Free(p)
		}
		if !slices.ContainsFunc(ways, func(w []rune) bool { return slices.Equal(w, free) }) {
			ways = append(ways, free)
		}
	}
	parts := []rune(tables.Parts(r))
	add(parts)
	for i, p := range parts {
		if deeper := []rune(tables.Parts(p)); len(deeper) > 1 {
			add(slices.Concat(parts[:i], deeper, parts[i+1:]))
		}
	}
	for _, w := range slices.Clone(ways) {
		add(slices.DeleteFunc(slices.Clone(w), func(p rune) bool { return strings.ContainsRune(strokes, p) }))
	}
	if len(parts) == 2 {
		add([]rune{parts[1], parts[0]})
	}
	return ways
}

// soundsLike reports whether r sounds like the element: they share a reading that is
// the usual one of either. Every second pair of characters shares one that is
// usual for neither, which no writer has in mind.
func (g *glyph) soundsLike(r rune) bool {
	theirs := soundsOf(r)
	return slices.Contains(theirs, g.main) || slices.Contains(g.sounds, mainSound(r))
}

// soundsNearly is soundsLike for what some regions do not tell apart.
func (g *glyph) soundsNearly(r rune) bool {
	class := fuzzyClasses()
	main := mainSound(r)
	if len(g.sounds) == 0 || main == 0xFFFF {
		return false
	}
	for _, s := range soundsOf(r) {
		if class[s] == class[g.main] {
			return true
		}
	}
	return slices.Contains(g.fuzzies, class[main])
}

// codes returns those by which the element is looked for through the channels.
func (g *glyph) codes(set ChannelSet) (codes []uint32) {
	switch g.kind {
	case glyphLetter:
		return []uint32{codeLetter + uint32(g.root-'a')}
	case glyphDigit:
		return []uint32{codeLetter + 26 + uint32(g.root-'0')}
	}
	for i, s := range g.sounds {
		if set.Has(HomophoneFuzzy) {
			codes = append(codes, codeFuzzy+uint32(g.fuzzies[i]))
		} else {
			codes = append(codes, codeSound+uint32(s))
		}
		// 女 is spelled nv, or nu where a keyboard has no ü.
		if name := g.names[i]; strings.Contains(name, "v") {
			if n := tables.SyllableNumber(strings.ReplaceAll(name, "v", "u")); n >= 0 {
				codes = append(codes, codeSound+uint32(n), codeFuzzy+uint32(fuzzyClasses()[n]))
			}
		}
		if set.Has(Initials) {
			codes = append(codes, codeLetter+uint32(g.names[i][0]-'a'))
			if name := g.names[i]; len(name) > 2 && name[1] == 'h' {
				codes = append(codes, codeLetter+uint32('h'-'a'))
			}
		}
	}
	if set.Has(Lookalike) {
		codes = append(codes, g.shapes...)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}
