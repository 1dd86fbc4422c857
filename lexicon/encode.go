package lexicon

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/review"
)

// NOTE. This file is the binary form of packs in a [Cache]. Strings that many
// rows have (categories, labels, files, bases, lists of words) stand once in a
// table and are referred to by number. Numbers are varints. The form has no
// version of its own: cacheFormat is raised when it changes, and a test fails
// when a field is forgotten.
//
//	pack    header, defaults, entries, allows, symbols, cases
//	list    how many, then each
//	string  number in the table; 0: not in the table yet, length and bytes follow
//
// Lint is left out: it is for the keepers of a pack, who read the pack.

// An encoder writes packs.
type encoder struct {
	b       []byte
	strings map[string]uint64
	lists   map[*string]uint64 // by first word: entries share lists
}

func (e *encoder) uint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) int(n int)     { e.b = binary.AppendVarint(e.b, int64(n)) }

// text writes a string that rarely occurs twice.
func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.b = append(e.b, s...)
}

// name writes a string that often does.
func (e *encoder) name(s string) {
	if n, ok := e.strings[s]; ok {
		e.uint(n)
		return
	}
	e.strings[s] = uint64(len(e.strings)) + 1
	e.uint(0)
	e.text(s)
}

// words writes a list; nil and empty are not the same.
func (e *encoder) words(list []string) {
	if list == nil {
		e.uint(0)
		return
	}
	e.uint(uint64(len(list)) + 1)
	for _, s := range list {
		e.name(s)
	}
}

// shared writes a list that many entries share.
func (e *encoder) shared(list []string) {
	if len(list) == 0 {
		e.uint(0)
		e.words(list)
		return
	}
	if n, ok := e.lists[&list[0]]; ok {
		e.uint(n)
		return
	}
	e.lists[&list[0]] = uint64(len(e.lists)) + 1
	e.uint(0)
	e.words(list)
}

func (e *encoder) channels(c ChannelSpec) {
	e.words(c.Add)
	e.words(c.Remove)
}

func (e *encoder) date(d Date) {
	e.int(d.Year)
	e.int(int(d.Month))
	e.int(d.Day)
}

func (e *encoder) place(p Place) {
	e.name(p.File)
	e.int(p.Line)
	e.int(p.Column)
}

func (e *encoder) pack(p *Pack) {
	for _, s := range []string{p.ID, p.Version, p.Title, p.Owner, p.Licence, p.Digest} {
		e.text(s)
	}
	e.date(p.Updated)
	if p.Defaults == nil {
		e.uint(0)
	} else {
		e.uint(uint64(len(p.Defaults)) + 1)
	}
	for _, c := range slices.Sorted(maps.Keys(p.Defaults)) {
		d := p.Defaults[c]
		e.name(string(c))
		e.uint(uint64(d.Severity))
		e.uint(uint64(d.Action))
		e.uint(uint64(d.Match))
		e.channels(d.Channels)
		e.words(d.Lower)
	}
	e.uint(uint64(len(p.Entries)))
	for i := range p.Entries {
		e.entry(&p.Entries[i])
	}
	e.uint(uint64(len(p.Allows)))
	for i := range p.Allows {
		a := &p.Allows[i]
		e.text(a.Phrase)
		e.name(string(a.Scope.Category))
		e.name(a.Scope.Label)
		e.text(a.Scope.Term)
		e.text(a.Note)
		e.place(a.Place)
	}
	e.uint(uint64(len(p.Symbols)))
	for i := range p.Symbols {
		s := &p.Symbols[i]
		e.uint(uint64(s.Symbol))
		e.words(s.Words)
		e.text(s.Note)
		e.place(s.Place)
	}
	for _, cases := range [][]Case{p.MustHit, p.MustPass} {
		e.uint(uint64(len(cases)))
		for i := range cases {
			c := &cases[i]
			e.name(string(c.Category))
			e.text(c.Term)
			e.text(c.Text)
			e.words(c.Needs)
			e.place(c.Place)
		}
	}
}

func (e *encoder) entry(t *Entry) {
	e.text(t.Term)
	e.name(string(t.Category))
	e.name(t.Label)
	e.uint(uint64(t.Severity))
	e.uint(uint64(t.Action))
	e.uint(uint64(t.Match))
	e.channels(t.Channels)
	e.text(t.Suggest)
	if t.Context == nil {
		e.uint(0)
	} else {
		e.uint(uint64(len(t.Context)) + 1)
	}
	for _, group := range t.Context {
		e.words(group)
	}
	e.words(t.Unless)
	e.int(t.Window)
	e.shared(t.Lower)
	e.words(t.Fields)
	e.date(t.ValidFrom)
	e.date(t.ValidTo)
	e.name(t.Basis)
	e.text(t.Note)
	e.place(t.Place)
}

// encodePacks writes packs so that decodePacks reads them.
func encodePacks(packs []*Pack) []byte {
	e := &encoder{strings: map[string]uint64{}, lists: map[*string]uint64{}}
	e.uint(uint64(len(packs)))
	for _, p := range packs {
		e.pack(p)
	}
	return e.b
}

// errDecode is what decoding damaged bytes fails with.
var errDecode = errors.New("lexicon: not the binary form of packs")

// A decoder reads what an encoder wrote. After a fault it returns zero values.
type decoder struct {
	rest    string
	bad     bool
	strings []string
	lists   [][]string
}

func (d *decoder) uint() uint64 {
	// binary.Uvarint for strings.
	var n uint64
	for i := 0; i < len(d.rest) && i < binary.MaxVarintLen64; i++ {
		c := d.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.rest = d.rest[i+1:]
			return n
		}
	}
	d.fail()
	return 0
}

func (d *decoder) fail() { d.rest, d.bad = "", true }

func (d *decoder) int() int {
	n := d.uint()
	return int(int64(n>>1) ^ -int64(n&1))
}

// count reads how many items follow, each of which takes least bytes at least:
// damaged bytes must not ask for more memory than they can fill.
func (d *decoder) count(least int) int {
	n := d.uint()
	if n > uint64(len(d.rest)/least) {
		d.fail()
		return 0
	}
	return int(n)
}

// The fewest bytes of an item.
const (
	leastEntry  = 24
	leastAllow  = 8
	leastSymbol = 6
	leastCase   = 7
)

// optional reads how many items of a list follow, or -1 for no list.
func (d *decoder) optional() int {
	n := d.uint()
	if n > uint64(len(d.rest))+1 {
		d.fail()
	}
	if d.bad {
		return -1
	}
	return int(n) - 1
}

func (d *decoder) text() string {
	n := d.count(1)
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) name() string {
	switch n := d.uint(); {
	case d.bad:
		return ""
	case n == 0:
		s := d.text()
		d.strings = append(d.strings, s)
		return s
	case n <= uint64(len(d.strings)):
		return d.strings[n-1]
	default:
		d.fail()
		return ""
	}
}

func (d *decoder) words() []string {
	n := d.optional()
	if n < 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.name()
	}
	return list
}

func (d *decoder) shared() []string {
	switch n := d.uint(); {
	case d.bad:
		return nil
	case n == 0:
		list := d.words()
		if len(list) > 0 {
			d.lists = append(d.lists, list)
		}
		return list
	case n <= uint64(len(d.lists)):
		return d.lists[n-1]
	default:
		d.fail()
		return nil
	}
}

func (d *decoder) channels() ChannelSpec { return ChannelSpec{d.words(), d.words()} }
func (d *decoder) date() Date            { return Date{d.int(), time.Month(d.int()), d.int()} }
func (d *decoder) place() Place          { return Place{d.name(), d.int(), d.int()} }

// small reads a number of a short list of values.
func (d *decoder) small(most uint64) uint64 {
	n := d.uint()
	if n > most {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) severity() review.Severity {
	return review.Severity(d.small(uint64(review.SeverityError)))
}
func (d *decoder) action() review.Action { return review.Action(d.small(uint64(review.ActionBlock))) }
func (d *decoder) match() MatchMode      { return MatchMode(d.small(uint64(len(matchNames)) - 1)) }

func (d *decoder) pack() *Pack {
	p := &Pack{}
	for _, s := range []*string{&p.ID, &p.Version, &p.Title, &p.Owner, &p.Licence, &p.Digest} {
		*s = d.text()
	}
	p.Updated = d.date()
	if n := d.optional(); n >= 0 {
		p.Defaults = make(map[Category]Defaults, n)
		for range n {
			c := Category(d.name())
			p.Defaults[c] = Defaults{d.severity(), d.action(), d.match(), d.channels(), d.words()}
		}
	}
	if n := d.count(leastEntry); n > 0 {
		p.Entries = make([]Entry, n)
		for i := range p.Entries {
			d.entry(&p.Entries[i])
		}
	}
	if n := d.count(leastAllow); n > 0 {
		p.Allows = make([]Allow, n)
		for i := range p.Allows {
			p.Allows[i] = Allow{
				Phrase: d.text(), Scope: Scope{Category(d.name()), d.name(), d.text()}, Note: d.text(), Place: d.place(),
			}
		}
	}
	if n := d.count(leastSymbol); n > 0 {
		p.Symbols = make([]Symbol, n)
		for i := range p.Symbols {
			p.Symbols[i] = Symbol{rune(d.small(utf8.MaxRune)), d.words(), d.text(), d.place()}
		}
	}
	for _, cases := range []*[]Case{&p.MustHit, &p.MustPass} {
		if n := d.count(leastCase); n > 0 {
			*cases = make([]Case, n)
			for i := range *cases {
				(*cases)[i] = Case{Category(d.name()), d.text(), d.text(), d.words(), d.place()}
			}
		}
	}
	return p
}

func (d *decoder) entry(t *Entry) {
	t.Term = d.text()
	t.Category = Category(d.name())
	t.Label = d.name()
	t.Severity = d.severity()
	t.Action = d.action()
	t.Match = d.match()
	t.Channels = d.channels()
	t.Suggest = d.text()
	if n := d.optional(); n >= 0 {
		t.Context = make([][]string, n)
		for i := range t.Context {
			t.Context[i] = d.words()
		}
	}
	t.Unless = d.words()
	t.Window = d.int()
	t.Lower = d.shared()
	t.Fields = d.words()
	t.ValidFrom = d.date()
	t.ValidTo = d.date()
	t.Basis = d.name()
	t.Note = d.text()
	t.Place = d.place()
}

// decodePacks reads packs. Their strings are parts of data.
func decodePacks(data string) ([]*Pack, error) {
	d := &decoder{rest: data}
	packs := make([]*Pack, 0, 2)
	for range d.count(1) {
		if packs = append(packs, d.pack()); d.bad {
			break
		}
	}
	if d.bad || d.rest != "" {
		return nil, errDecode
	}
	return packs, nil
}
