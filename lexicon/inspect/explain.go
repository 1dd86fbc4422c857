package inspect

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

// An Explanation is what a term does.
type Explanation struct {
	Term   string
	Folded string // what it is compared as: every character the representative of its class

	Rows   []Row            // of the packs, in their order
	Allows []*lexicon.Allow // phrases that are about it
	Others []lexicon.Hit    // other terms that are found in it, vetoed ones too
	Inside []*lexicon.Entry // longer terms that it is found in

	// Share is how much of all words of the dictionary the term is, 0 if it is
	// none.
	Share float64
	// Words are dictionary words that it is found in, or taken for, most common
	// first.
	Words []lexicon.WordHit
	// Variants are texts that differ from it, one for each channel for which an
	// example could be made.
	Variants []Variant
}

// A Row is an entry with what its columns come to.
type Row struct {
	Pack  *lexicon.Pack
	Entry *lexicon.Entry
	lexicon.Reading
}

// A Variant is a text that differs from a term through one channel.
type Variant struct {
	Channel matcher.Channel
	Text    string
	On      bool // the term is read through the channel
	// Found says that the text by itself is a finding, if the channel is on: else it
	// is vetoed, as guesses are that need more around them.
	Found bool
}

// Explain says what a term of the packs does. If no pack has it, it is
// explained as if one had it in the category x_term, with the defaults of
// all columns. words may be nil.
func Explain(packs []*lexicon.Pack, term string, words segment.Lister) (*Explanation, error) {
	x := &Explanation{Term: term, Folded: matcher.Fold(term, everyFold)}
	listed := false
	for _, p := range packs {
		listed = listed || slices.ContainsFunc(p.Entries, func(e lexicon.Entry) bool { return e.Term == term })
	}
	if !listed {
		p := &lexicon.Pack{ID: "x-term", Entries: []lexicon.Entry{{Term: term, Category: "x_term"}}}
		packs = append(slices.Clone(packs), p)
	}
	l, err := lexicon.Compile(packs, lexicon.Options{Trusted: packs})
	if err != nil {
		return nil, err
	}
	alone, rows, err := only(l, term, 0)
	if err != nil {
		return nil, err
	}
	through, _, err := only(l, term, matcher.AllChannels)
	if err != nil {
		return nil, err
	}
	if listed {
		x.Rows = rows
	}
	for _, p := range l.Packs() {
		for i := range p.Allows {
			if a := &p.Allows[i]; a.Scope.Term == term || strings.Contains(a.Phrase, term) && slices.ContainsFunc(rows, func(r Row) bool { return a.Scope.Covers(r.Entry) }) {
				x.Allows = append(x.Allows, a)
			}
		}
		for i := range p.Entries {
			if e := &p.Entries[i]; e.Term != term && strings.Contains(e.Term, term) {
				x.Inside = append(x.Inside, e)
			}
		}
	}
	for _, h := range l.FindAll(term, lexicon.Scene{}) {
		if h.Entry.Term != term {
			x.Others = append(x.Others, h)
		}
	}
	if words != nil {
		if w, ok := words.Lookup(matcher.Fold(term, matcher.Set(matcher.Width, matcher.Case, matcher.Traditional))); ok {
			x.Share = w.Count / words.Total()
		}
		for _, w := range alone.WordHits(words, 0) {
			if !slices.ContainsFunc(x.Words, func(o lexicon.WordHit) bool { return o.Word == w.Word }) {
				x.Words = append(x.Words, w)
			}
		}
	}
	x.Variants = variants(alone, through, rows, term)
	return x, nil
}

// everyFold holds all one-to-one channels.
var everyFold = matcher.Set(matcher.Width, matcher.Case, matcher.Styled, matcher.Traditional, matcher.Numeral, matcher.Confusable)

// only compiles the rows of a term without their contexts, so that what it is
// read through shows by itself. channels are [lexicon.Options.Channels].
func only(l *lexicon.Lexicon, term string, channels matcher.ChannelSet) (*lexicon.Lexicon, []Row, error) {
	var rows []Row
	var packs []*lexicon.Pack
	for _, p := range l.Packs() {
		alone := &lexicon.Pack{ID: p.ID, Allows: p.Allows, Symbols: p.Symbols}
		for i := range p.Entries {
			e := &p.Entries[i]
			if e.Term != term {
				continue
			}
			rows = append(rows, Row{p, e, l.Reading(e)})
			bare := *e
			bare.Context, bare.Unless, bare.Fields, bare.ValidFrom, bare.ValidTo = nil, nil, nil, lexicon.Date{}, lexicon.Date{}
			if channels != 0 {
				bare.Channels = lexicon.ChannelSpec{}
			}
			alone.Entries = append(alone.Entries, bare)
		}
		packs = append(packs, alone)
	}
	alone, err := lexicon.Compile(packs, lexicon.Options{Channels: channels, Trusted: packs})
	return alone, rows, err
}

// variants makes a text for each channel, where one can be made. l has only the term,
// all the same with all channels.
func variants(l, all *lexicon.Lexicon, rows []Row, term string) (list []Variant) {
	for _, info := range matcher.Channels() {
		text, ok := variant(info.Channel, term)
		if !ok {
			continue
		}
		v := Variant{Channel: info.Channel, Text: text}
		v.On = slices.ContainsFunc(rows, func(r Row) bool { return r.Channels.Has(info.Channel) })
		from := all
		if v.On {
			from = l
		}
		v.Found = slices.ContainsFunc(from.FindAll(text, lexicon.Scene{}), func(h lexicon.Hit) bool { return !h.Vetoed() && h.Entry.Term == term })
		list = append(list, v)
	}
	return list
}

// foldKinds are the channels whose variants are other characters of a class.
var foldKinds = map[matcher.Channel]tables.Kind{
	matcher.Width: tables.Width, matcher.Case: tables.Case, matcher.Styled: tables.Styled,
	matcher.Traditional: tables.Traditional, matcher.Numeral: tables.Numeral, matcher.Confusable: tables.Confusable,
}

// variant makes a text that differs from the term through one channel.
func variant(c matcher.Channel, term string) (string, bool) {
	r := []rune(term)
	if kind, ok := foldKinds[c]; ok {
		changed := false
		for other := range tables.Folded() {
			for i, own := range []rune(term) {
				if kinds, same := tables.Path(own, other); r[i] == own && same && own != other && kinds == 1<<kind {
					r[i], changed = other, true
				}
			}
		}
		return string(r), changed
	}
	if len(r) < 2 {
		return "", false
	}
	switch c {
	case matcher.Invisible:
		return string(r[0]) + "\u200b" + string(r[1:]), true
	case matcher.Noise:
		return string(r[0]) + "*" + string(r[1:]), true
	case matcher.Repeat:
		if len(r) < 3 || r[0] == r[1] || r[1] == r[2] {
			return "", false
		}
		return string(r[:2]) + string(r[1]) + string(r[2:]), true
	}
	if matcher.Disguises.Has(c) {
		return disguised(c, r)
	}
	return "", false
}

// disguised makes a text that stands for the term through one channel of disguise: the
// first that a matcher takes for it, of those with one character changed, into frequent
// ones first.
func disguised(c matcher.Channel, term []rune) (string, bool) {
	m, err := matcher.New([]matcher.Pattern{{Text: string(term), Channels: matcher.DefaultChannels | matcher.Set(c)}})
	if err != nil {
		return "", false
	}
	stands := func(text string) bool {
		return slices.ContainsFunc(m.FindAllString(text), func(f matcher.Match) bool {
			return f.Start == 0 && int(f.End) == len(text) && f.Channels.Has(c)
		})
	}
	one := func(forms iter.Seq[string]) (string, bool) {
		for form := range forms {
			for i := range term {
				if text := string(term[:i]) + form + string(term[i+1:]); stands(text) {
					return text, true
				}
			}
		}
		return "", false
	}
	var spelled, initials strings.Builder
	for _, r := range term {
		k := tables.MainSound(r)
		if k < 0 {
			spelled.WriteRune(r)
			initials.WriteRune(r)
			continue
		}
		name := tables.Syllables()[k]
		spelled.WriteString(name)
		initials.WriteByte(name[0])
	}
	switch c {
	case matcher.Pinyin:
		return spelled.String(), stands(spelled.String())
	case matcher.Initials:
		return initials.String(), stands(initials.String())
	case matcher.Homophone, matcher.HomophoneFuzzy, matcher.Lookalike:
		return one(slices.Values(frequent()))
	case matcher.Split:
		for i, r := range term {
			if text := string(term[:i]) + tables.Parts(r) + string(term[i+1:]); stands(text) {
				return text, true
			}
		}
	case matcher.Leet:
		return one(slices.Values(strings.Split("0123456789@$|", "")))
	case matcher.Emoji:
		return one(func(yield func(string) bool) {
			for _, r := range slices.Sorted(tables.Emoji()) {
				if !yield(string(r)) {
					return
				}
			}
		})
	case matcher.Swap:
		for i := range len(term) - 1 {
			text := slices.Clone(term)
			text[i], text[i+1] = text[i+1], text[i]
			if stands(string(text)) {
				return string(text), true
			}
		}
	}
	return "", false
}

// frequent are the characters that are in every book, most frequent first.
var frequent = sync.OnceValue(func() (list []string) {
	for r := rune(0x4E00); r < 0xA000; r++ {
		if tables.Frequency(r) > 1e-5 {
			list = append(list, string(r))
		}
	}
	share := func(s string) float64 { r, _ := utf8.DecodeRuneInString(s); return tables.Frequency(r) }
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(share(b), share(a)) })
	return list
})
