package lexicon

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// NOTE: what lint says beyond ReadPack is found by trying: the sound entries
// are compiled, and each term is looked for in its own text. So "the same after
// folding", "subsumed" and "unreachable" mean what a scan does, not what a
// second set of rules thinks that it does.

// LintOptions say what [Lint] holds a pack against beside itself.
type LintOptions struct {
	// Beside are packs that the pack is used together with, commonly the
	// starter pack: terms that they have already, and terms that
	// allow-phrases of the pack are about.
	Beside []*Pack

	// Segmenter is that of [Options]. If it is a [segment.Dictionary] too, as
	// that of gse is, everyday words are found by its counts.
	Segmenter segment.Segmenter

	// Today is the day after which a term that has ended is worth a word; the
	// zero date is no day.
	Today Date
}

// Everyday is the share of all words from which on a word is called an
// everyday one: one in ten thousand. In the dictionary of gse 第一, 最高 and 保证
// are, 毒品, 赌博 and 发票 are not.
const Everyday = 1e-4

// Lint reads the pack in the root of fsys and reports everything that
// [ReadPack] reports, the cases that do not hold, and what an editor should
// look at although it is allowed: terms that fold to one form, that are found
// wherever another one is, or never; everyday words, and terms that sound or look like
// one; allow-phrases that protect nothing; contexts that cannot hold; terms that have ended; columns without
// content; byte order marks and CRLF.
//
// Faults of one row do not keep the others from being looked at. The error is
// for files that cannot be read at all. Cost: two compilations of the pack, and
// a scan of all terms.
func Lint(fsys fs.FS, opts LintOptions) (Problems, error) {
	f, err := ReadFiles(fsys)
	if err != nil {
		return nil, err
	}
	p := f.parseAll(MaxTerms)
	l := &linter{reporter: &p.reporter, opts: opts}
	for _, name := range f.names {
		l.file(name, f.data[name])
	}
	l.pack = p.pack
	l.defaults()
	complete := p.errors == 0
	if err := l.compile(); err != nil {
		return nil, err
	}
	if complete && p.errors == 0 {
		p.problems = append(p.problems, l.alone.failedCases(p.pack)...)
	}
	for i := range l.pack.Entries {
		l.entry(&l.pack.Entries[i])
	}
	l.allows()
	if words, ok := l.dictionary.(segment.Lister); ok {
		l.collides(words, l.resembles(words))
	}
	p.problems.sort()
	return p.problems, nil
}

// A linter holds what one Lint has found so far.
type linter struct {
	*reporter
	opts       LintOptions
	pack       *Pack    // of the sound entries
	alone      *Lexicon // pack alone
	lexicon    *Lexicon // pack with opts.Beside
	dictionary segment.Dictionary
	known      map[string]bool // canonical terms of lexicon
}

// file reports how a file is written.
func (l *linter) file(name string, data []byte) {
	if strings.HasPrefix(string(data), "\ufeff") {
		l.lintf(Place{name, 1, 1}, "file begins with a byte order mark; it is accepted, and fmt removes it")
	}
	src := newSource(name, data, &reporter{})
	if src == nil {
		return
	}
	if first, _, found := strings.Cut(src.text, "\r\n"); found {
		line := strings.Count(first, "\n") + 1
		l.lintf(src.place(line, len(src.line(line))), "lines end with CRLF; that is accepted, and fmt changes it to LF")
	}
	if path.Ext(name) != ".csv" {
		return
	}
	h := table{known: termColumns, key: "term", left: MaxTerms}
	switch name {
	case allowFile:
		h = table{known: allowColumns, key: "phrase", left: MaxTerms}
	case symbolFile:
		h = table{known: symbolColumns, key: "symbol", left: MaxTerms}
	}
	var header []Place
	var columns []string
	used := make([]bool, len(h.known)+1) // a header may not name a column twice
	readCSV(src, h, &reporter{}, func(w *row) {
		header, columns = w.header, w.columns
		for i, cell := range w.cells {
			if i < len(used) {
				used[i] = used[i] || cell != ""
			}
		}
	})
	for i, name := range columns {
		if i < len(used) && !used[i] && slices.Contains(h.known, name) {
			l.lintf(header[i], "column %s is empty in every row, so it can go", name)
		}
	}
}

// defaults reports settings for categories that the pack has no term of.
func (l *linter) defaults() {
	for c := range l.pack.Defaults {
		if !slices.ContainsFunc(l.pack.Entries, func(e Entry) bool { return e.Category == c }) {
			l.lintf(Place{File: packFile}, "categories sets something for %s, which no term is of", c)
		}
	}
}

// compile makes lexicons of the entries and allow-phrases without faults.
func (l *linter) compile() error {
	faulty := map[Place]bool{} // lines
	line := func(p Place) Place { return Place{p.File, p.Line, 0} }
	for _, p := range l.problems {
		if p.Level == LevelError {
			faulty[line(p.Place)] = true
		}
	}
	sound := *l.pack
	if sound.ID == "" {
		sound.ID = "the pack"
	}
	beside := slices.DeleteFunc(slices.Clone(l.opts.Beside), func(p *Pack) bool { return p.ID == sound.ID })
	for {
		sound.Entries = slices.DeleteFunc(slices.Clone(sound.Entries), func(e Entry) bool {
			return e.Term == "" || e.Category == "" || faulty[line(e.Place)]
		})
		sound.Allows = slices.DeleteFunc(slices.Clone(sound.Allows), func(a Allow) bool {
			return a.Phrase == "" || faulty[line(a.Place)]
		})
		l.pack = &sound
		all := append(slices.Clone(beside), l.pack)
		opts := Options{Segmenter: l.opts.Segmenter, Trusted: all}
		var err error
		if l.alone, err = Compile([]*Pack{l.pack}, opts); err == nil {
			l.lexicon, err = Compile(all, opts)
		}
		var unfit Problems
		if errors.As(err, &unfit) { // terms that cannot be searched for
			for _, p := range unfit {
				faulty[line(p.Place)] = true
			}
			l.problems = append(l.problems, unfit...)
			l.errors += len(unfit)
			continue
		}
		if err != nil {
			return err
		}
		break
	}
	words := l.opts.Segmenter
	if words == nil {
		words, _ = segment.Default() // or Compile had failed
	}
	l.dictionary, _ = words.(segment.Dictionary)
	l.known = map[string]bool{}
	for _, p := range l.lexicon.packs {
		for i := range p.Entries {
			l.known[canonical(p.Entries[i].Term)] = true
		}
	}
	return nil
}

// entry looks at one entry and at what is found in its text.
func (l *linter) entry(e *Entry) {
	term := canonical(e.Term)
	if only(term, tables.Digit) {
		l.lintf(e.Place, "term %q has only digits: it hits numbers of every kind; give it a context", e.Term)
	}
	if l.dictionary != nil && utf8.RuneCountInString(term) > 1 && e.Context == nil {
		if w, ok := l.dictionary.Lookup(term); ok && w.Count >= Everyday*l.dictionary.Total() {
			l.lintf(e.Place, "term %q is an everyday word, one of %.0f in ordinary text; give it a context", e.Term, l.dictionary.Total()/w.Count)
		}
	}
	if !e.ValidTo.IsZero() && !l.opts.Today.IsZero() && e.ValidTo.Compare(l.opts.Today) < 0 {
		l.lintf(e.Place, "term %q ended on %s and is not found any more", e.Term, e.ValidTo)
	}
	for _, field := range e.Fields {
		if !slices.ContainsFunc(review.TextFields(), func(f string) bool { return f == field || strings.HasPrefix(f, field+".") }) {
			l.lintf(e.Place, "field %q of term %q is none that a document has", field, e.Term)
		}
	}
	holds := l.context(e)

	hits := l.lexicon.FindAll(e.Term, e.scene())
	for i := range hits {
		// That one term sounds like another says nothing against either.
		if x := hits[i].Entry; x != e && hits[i].Channels&matcher.Disguises == 0 {
			l.pair(e, &hits[i])
		}
	}
	if holds {
		l.reachable(e, hits)
	}
	l.suggestion(e)
}

// only reports whether s has characters of one class and no others.
func only(s string, class tables.Class) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return tables.ClassOf(r) != class })
}

// scene is one in which the entry counts, if there is any.
func (e *Entry) scene() Scene {
	s := Scene{Date: e.ValidFrom}
	if s.Date.IsZero() {
		s.Date = e.ValidTo
	}
	if len(e.Fields) > 0 {
		s.Field = e.Fields[0]
	}
	return s
}

// context reports words of context that cannot stand near the term, and
// returns false if therefore the term is never found.
func (l *linter) context(e *Entry) bool {
	for _, group := range e.Context {
		var why *message
		dead := 0
		for _, word := range group {
			if w := e.cannotHold(word); w != nil {
				why = w
				dead++
			}
		}
		switch {
		case dead == len(group):
			l.lintf(e.Place, "context of term %q can never hold, so it is never found: %s", e.Term, why)
			return false
		case dead > 0:
			l.lintf(e.Place, "%d of %d words in the context of term %q can never hold: %s", dead, len(group), e.Term, why)
		}
	}
	return true
}

// cannotHold says why a context word of e can never stand near it, nil if it
// can.
func (e *Entry) cannotHold(word string) *message {
	form := nearForm(word)
	for _, u := range e.Unless {
		if strings.Contains(form, nearForm(u)) {
			return say("%q of unless stands in %q", u, word)
		}
	}
	switch {
	case e.Window == 0 && strings.ContainsFunc(form, endsSentence):
		return say("%q holds the end of a sentence", word)
	case e.Window > 0 && utf8.RuneCountInString(form) > e.Window:
		return say("%q is longer than the window of %d", word, e.Window)
	default:
		return nil
	}
}

// pair looks at an entry in whose text another one is found.
func (l *linter) pair(e *Entry, h *Hit) {
	x := h.Entry
	where := l.where(h)
	if h.Start == 0 && int(h.End) == len(e.Term) && l.finds(e, x) {
		switch {
		case e.Term == x.Term && h.Pack == l.pack && (e.Label != x.Label || !x.covers(e)): // ReadPack says so, or they are about different things
		case e.Term == x.Term && h.Pack == l.pack:
			l.lintf(e.Place, "term %q adds nothing: %q is found wherever it is, %s", e.Term, x.Term, where)
		case e.Term == x.Term:
			l.lintf(e.Place, "term %q is in pack %s already, at %s", e.Term, h.Pack.ID, x.Place)
		case h.Pack != l.pack || x.Place.Compare(e.Place) < 0: // a pair is reported once
			l.lintf(e.Place, "term %q is the same as %q after folding, %s", e.Term, x.Term, where)
		}
		return
	}
	if h.alone() && x.covers(e) {
		l.lintf(e.Place, "term %q adds nothing: %q is found wherever it is, %s", e.Term, x.Term, where)
	}
}

// alone reports whether h would be a finding without the hits beside it.
func (h *Hit) alone() bool { return !h.Vetoed() || h.Reason == review.VetoCovered }

// where says where the entry of a hit stands.
func (l *linter) where(h *Hit) *message {
	if h.Pack == l.pack {
		return say("at %s", h.Entry.Place)
	}
	return say("at %s of pack %s", h.Entry.Place, h.Pack.ID)
}

// finds reports whether e is found in the whole text of x.
func (l *linter) finds(e, x *Entry) bool {
	return slices.ContainsFunc(l.lexicon.FindAll(x.Term, x.scene()), func(h Hit) bool {
		return h.Entry == e && h.Start == 0 && int(h.End) == len(x.Term) && h.Channels&matcher.Disguises == 0
	})
}

// covers reports whether a finding of x says all that one of e in the same
// place says, whatever stands around it.
func (x *Entry) covers(e *Entry) bool {
	return x.Category == e.Category && (e.Label == "" || e.Label == x.Label) &&
		x.Severity >= e.Severity && x.Action >= e.Action &&
		(e.Suggest == "" || e.Suggest == x.Suggest) &&
		x.Context == nil && x.Unless == nil && x.Fields == nil && x.ValidFrom.IsZero() && x.ValidTo.IsZero() &&
		(x.Channels.IsDefault() && x.Match != MatchExact) &&
		(x.Match == MatchSubstring || x.Match == MatchDefault && !segment.Checked(x.Term))
}

// reachable reports a term that is not even found in its own text.
func (l *linter) reachable(e *Entry, hits []Hit) {
	own := func(hits []Hit) (veto *Hit, found bool) {
		for i := range hits {
			if hits[i].Entry != e {
				continue
			}
			if hits[i].alone() {
				return nil, true
			}
			veto = &hits[i]
		}
		return veto, false
	}
	veto, found := own(hits)
	if found {
		return
	}
	if veto != nil && veto.Reason == review.VetoContext {
		for _, text := range e.withContext() {
			if veto, found = own(l.lexicon.FindAll(text, e.scene())); found {
				return
			}
		}
	}
	switch {
	case veto == nil:
		l.lintf(e.Place, "term %q is never found, not even in its own text", e.Term)
	case veto.Reason == review.VetoAllow && slices.ContainsFunc(l.pack.Allows, func(a Allow) bool { return a.Phrase == e.Term }): // ReadPack says so
	case veto.Reason == review.VetoContext: // words of several groups that do not fit into the window together
		l.lintf(e.Place, "context of term %q can never hold, so it is never found: %s", e.Term, say("the window of %d has no room for all groups", e.Window))
	case veto.Reason == review.VetoAllow:
		l.lintf(e.Place, "term %q is never found: allow-phrase %q covers it", e.Term, strings.Join(veto.Words, " "))
	case veto.Reason == review.VetoUnless:
		l.lintf(e.Place, "term %q is never found: %q of unless stands in it", e.Term, strings.Join(veto.Words, " "))
	default:
		l.lintf(e.Place, "term %q is never found, not even in its own text", e.Term)
	}
}

// withContext returns texts that hold the term and what its context asks for,
// in several arrangements.
func (e *Entry) withContext() (texts []string) {
	var words []string
	for _, group := range e.Context {
		i := slices.IndexFunc(group, func(w string) bool { return e.cannotHold(w) == nil })
		words = append(words, group[i])
	}
	for split := range len(words) + 1 {
		for _, comma := range []string{"，", ""} {
			left, right := strings.Join(words[:split], comma), strings.Join(words[split:], comma)
			texts = append(texts, left+comma+e.Term+comma+right)
		}
	}
	return texts
}

// suggestion reports a right form that is found as a term itself.
func (l *linter) suggestion(e *Entry) {
	if e.Suggest == "" {
		return
	}
	for _, h := range l.lexicon.FindAll(e.Suggest, e.scene()) {
		if h.alone() && h.Action > review.ActionNote && h.Entry != e {
			l.lintf(e.Place, "suggest %q is found as term %q itself, %s", e.Suggest, h.Entry.Term, l.where(&h))
			return
		}
	}
}

// allows reports allow-phrases that no term has to do with.
func (l *linter) allows() {
	edges := l.edges()
	for i := range l.pack.Allows {
		a := &l.pack.Allows[i]
		if term := a.Scope.Term; term != "" && !l.known[canonical(term)] {
			l.lintf(a.Place, "phrase %q protects term %q, which is not there", a.Phrase, term)
			continue
		}
		if slices.ContainsFunc(l.lexicon.FindAll(a.Phrase, Scene{}), func(h Hit) bool { return a.Scope.Covers(h.Entry) }) {
			continue
		}
		if !edges.touch(canonical(a.Phrase)) {
			l.lintf(a.Place, "phrase %q protects nothing: no term of %s is in it or reaches into it", a.Phrase, a.Scope)
		}
	}
}

// edges are the beginnings and ends of terms, of two characters and more: what
// a phrase may have in common with a term that it protects from without
// holding all of it.
type edges struct{ heads, tails map[string]bool }

func (l *linter) edges() edges {
	e := edges{map[string]bool{}, map[string]bool{}}
	for term := range l.known {
		r := []rune(term)
		for n := 2; n < len(r); n++ {
			e.heads[string(r[:n])], e.tails[string(r[len(r)-n:])] = true, true
		}
	}
	return e
}

func (e edges) touch(phrase string) bool {
	r := []rune(phrase)
	for n := 2; n < len(r); n++ {
		if e.tails[string(r[:n])] || e.heads[string(r[len(r)-n:])] {
			return true
		}
	}
	return false
}
