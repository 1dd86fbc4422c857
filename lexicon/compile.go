package lexicon

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// Options say how packs are compiled. The zero value is the default.
type Options struct {
	// Channels are those that terms are recognised through, unless a row of
	// the lexicon adds or removes some. Zero and [matcher.DefaultChannels] are the
	// default: these, and [CategoryInfo.Disguises] for the terms of each category,
	// except words of one or two characters that need a context (招人 & 日结). Any
	// other set holds for the terms of all categories as it is. To read through
	// none, mark terms as exact.
	Channels matcher.ChannelSet

	// Change adds channels to what Channels says for each category, and removes
	// some.
	Change ChannelSpec

	// Segmenter finds the words of a clause for terms whose mode asks for
	// them. Nil is gse with its embedded dictionary, loaded when the first
	// candidate needs it.
	Segmenter segment.Segmenter

	// Trusted are packs among those to compile whose cases are not run, since
	// they were run before on the same bytes, as tests do for a pack that is
	// built into a program.
	Trusted []*Pack
}

// A Lexicon is packs compiled for scanning. It is immutable and safe for
// concurrent use.
type Lexicon struct {
	packs    []*Pack
	patterns []pattern // by number of the matcher's pattern
	matcher  *matcher.Matcher
	decider  *segment.Decider
	delay    int64 // bytes after a candidate that must be known to judge it
	digest   string
	finders  sync.Pool // of *finder
}

// pattern is what a pattern of the matcher stands for: a term or an
// allow-phrase.
type pattern struct {
	entry *Entry
	pack  *Pack
	allow *Scope // of an allow-phrase; entry is nil then, or the only term it protects from
	words bool   // segmentation must agree
	runes int    // length of the text
	set   matcher.ChannelSet
	near  near
	place Place
}

// Compile makes a lexicon of packs. The order of packs and of what is in them
// changes nothing.
//
// It fails if a pack's cases do not hold, with [Problems] that name them, or
// if two packs have one id.
func Compile(packs []*Pack, opts Options) (*Lexicon, error) {
	l, err := assemble(packs, opts, nil)
	if err != nil {
		return nil, err
	}
	if err := runCases(l.packs, opts); err != nil {
		return nil, err
	}
	return l, nil
}

// assemble is Compile without the cases. automata are nil, or those of the
// matcher of an equal lexicon.
func assemble(packs []*Pack, opts Options, automata []byte) (*Lexicon, error) {
	l := &Lexicon{packs: slices.SortedFunc(slices.Values(packs), func(a, b *Pack) int {
		return strings.Compare(a.ID, b.ID)
	})}
	for i, p := range l.packs[:max(0, len(l.packs)-1)] {
		if next := l.packs[i+1]; p.ID == next.ID {
			return nil, fmt.Errorf("lexicon: two packs have the id %q (versions %s and %s): load one of them, or give one another id", p.ID, p.Version, next.Version)
		}
	}
	if extra := opts.Channels &^ matcher.AllChannels; extra != 0 {
		return nil, fmt.Errorf("lexicon: Options.Channels: %v holds no channels", extra)
	}
	literal := cmp.Or(opts.Channels&^matcher.Disguises, matcher.DefaultChannels) // of phrases that protect
	var patterns []matcher.Pattern
	add := func(text string, mode MatchMode, set matcher.ChannelSet, p pattern) {
		p.set = set
		p.runes = utf8.RuneCountInString(text)
		p.words = p.entry != nil && p.allow == nil && (mode == MatchWord || mode == MatchDefault && segment.Checked(text))
		l.patterns = append(l.patterns, p)
		patterns = append(patterns, matcher.Pattern{
			Text: text, Channels: set,
			Whole: mode == MatchDefault || mode == MatchWord || mode == MatchWhole,
		})
	}
	forms := nearForms{}
	for _, p := range l.packs {
		for i := range p.Entries {
			e := &p.Entries[i]
			set := opts.channels(e)
			if e.Match == MatchExact {
				set = 0
			}
			add(e.Term, e.Match, set, pattern{entry: e, pack: p, place: e.Place, near: near{forms.ofAll(e.Context), forms.of(e.Unless), forms.of(e.Lower)}})
			// The right form may hold the wrong one: 中华全国总工会, 全国总工会.
			if e.Suggest != "" && strings.Contains(canonical(e.Suggest), canonical(e.Term)) {
				add(e.Suggest, MatchSubstring, literal, pattern{entry: e, pack: p, place: e.Place, allow: &Scope{Term: e.Term}})
			}
		}
		for i := range p.Allows {
			a := &p.Allows[i]
			add(a.Phrase, MatchSubstring, literal, pattern{pack: p, place: a.Place, allow: &a.Scope})
		}
	}
	symbols := map[rune][]string{}
	for _, p := range l.packs {
		for _, s := range p.Symbols {
			symbols[s.Symbol] = append(symbols[s.Symbol], s.Words...)
		}
	}
	m, err := matcher.NewWith(patterns, matcher.Options{Automata: automata, Symbols: symbols})
	if err != nil {
		return nil, l.unfit(err)
	}
	l.matcher = m
	l.delay = int64(m.Window() + max(contextBytes, m.Window())) // of the longest hit that may stand around
	words := opts.Segmenter
	if words == nil {
		if words, err = segment.Default(); err != nil {
			return nil, fmt.Errorf("lexicon: Options.Segmenter is nil: %w", err)
		}
	}
	// Only asked for with the first candidate that segmentation judges.
	terms := sync.OnceValue(func() map[string]bool {
		terms := make(map[string]bool, l.Terms())
		for _, p := range l.packs {
			for i := range p.Entries {
				terms[canonical(p.Entries[i].Term)] = true
			}
		}
		return terms
	})
	l.decider, err = segment.NewDecider(segment.Options{
		Segmenter: words,
		Term:      func(word string) bool { return terms()[word] },
	})
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	l.digest = l.sum(opts)
	return l, nil
}

// unfit turns what the matcher says against patterns into problems at the
// places where they stand.
func (l *Lexicon) unfit(err error) error {
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return fmt.Errorf("lexicon: %w", err)
	}
	var problems Problems
	for _, err := range list.Unwrap() {
		var bad *matcher.PatternError
		if !errors.As(err, &bad) {
			return fmt.Errorf("lexicon: %w", err)
		}
		p := &l.patterns[bad.Index]
		problems = append(problems, newProblem(p.place, LevelError, "cannot be searched for: %s", bad.Reason))
	}
	problems.sort()
	return problems
}

// byCategory reports whether each category has disguises of its own.
func (o Options) byCategory() bool { return o.Channels == 0 || o.Channels == matcher.DefaultChannels }

// channels returns those through which a term is recognised.
func (o Options) channels(e *Entry) matcher.ChannelSet {
	set := o.Channels
	if o.byCategory() {
		set = matcher.DefaultChannels
		if info, ok := e.Category.Info(); ok && !everyday(e) {
			set |= info.Disguises
		}
	}
	return e.Channels.apply(o.Change.apply(set))
}

// everyday reports whether a term is a short word that means something only beside
// others (招人 & 日结): nobody disguises it, and much sounds like it.
func everyday(e *Entry) bool {
	return len(e.Context) > 0 && utf8.RuneCountInString(e.Term) <= 2
}

// Packs returns the packs, ordered by id. They must not be changed.
func (l *Lexicon) Packs() []*Pack { return l.packs }

// Terms returns how many terms the packs hold.
func (l *Lexicon) Terms() (n int) {
	for _, p := range l.packs {
		n += len(p.Entries)
	}
	return n
}

// Digest returns the hex SHA-256 of everything that decides what this lexicon
// finds: the packs, the channels and the folding tables.
func (l *Lexicon) Digest() string { return l.digest }

func (l *Lexicon) sum(opts Options) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%v %v\n", tables.Version, cmp.Or(opts.Channels, matcher.DefaultChannels), opts.Change)
	for _, p := range l.packs {
		fmt.Fprintf(h, "%s %s %s\n", p.ID, p.Version, p.Digest)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// apply returns base as the spec changes it.
func (c ChannelSpec) apply(base matcher.ChannelSet) matcher.ChannelSet {
	for _, name := range c.Add {
		if ch, ok := matcher.ParseChannel(name); ok {
			base = base.With(ch)
		}
	}
	for _, name := range c.Remove {
		if ch, ok := matcher.ParseChannel(name); ok {
			base = base.Without(ch)
		}
	}
	return base
}

// plain are the channels of spelling: text that needs only these is written
// as its author would write it without any wish to hide. Segmentation sees the
// text folded through them.
var plain = matcher.Set(matcher.Width, matcher.Case, matcher.Traditional, matcher.Markup)

// canonical is the form in which words of a lexicon are compared with each
// other and with the text around a candidate.
func canonical(s string) string {
	if isCanonical(s) {
		return s
	}
	return matcher.Fold(s, plain)
}

// isCanonical reports whether s is in that form, as most text is.
func isCanonical(s string) bool {
	forms := plainForms()
	for _, r := range s {
		if r == utf8.RuneError || r > 0xFFFF || forms[r] != r {
			return matcher.Fold(s, plain) == s
		}
	}
	return true
}

// runCases runs the cases of every pack against that pack alone: what another
// pack allows is its owner's decision, not a fault of this one.
func runCases(packs []*Pack, opts Options) error {
	var problems Problems
	for _, p := range packs {
		if len(p.MustHit)+len(p.MustPass) == 0 || slices.Contains(opts.Trusted, p) {
			continue
		}
		alone := opts
		alone.Trusted = []*Pack{p}
		l, err := Compile([]*Pack{p}, alone)
		if err != nil {
			return err
		}
		problems = append(problems, l.failedCases(p)...)
	}
	if len(problems) > 0 {
		problems.sort()
		return problems
	}
	return nil
}

// failedCases returns a problem for every case of p that does not hold.
func (l *Lexicon) failedCases(p *Pack) (problems Problems) {
	fail := func(c *Case, format string, args ...any) {
		problems = append(problems, newProblem(c.Place, LevelError, format, args...))
	}
	for i := range p.MustHit {
		c := &p.MustHit[i]
		if !c.runnable() {
			continue
		}
		if !slices.ContainsFunc(l.FindAll(c.Text, Scene{}), func(h Hit) bool { return h.alone() && c.is(h.Entry) }) {
			fail(c, "must_hit sentence has no finding%s: add a term, or change the term's context, unless or match", c.wanted())
		}
	}
	for i := range p.MustPass {
		c := &p.MustPass[i]
		if !c.runnable() {
			continue
		}
		for _, h := range l.FindAll(c.Text, Scene{}) {
			if !h.Vetoed() && h.Action > review.ActionNote && c.is(h.Entry) {
				fail(c, "must_pass sentence has a finding: term %q of %s (%v): give the term a context, or add an allow-phrase", h.Entry.Term, h.Entry.Category, h.Entry.Place)
			}
		}
	}
	return problems
}

// runnable reports whether everything that the case needs is part of this
// version: a pack may be written for later ones, too.
func (c *Case) runnable() bool {
	return !slices.ContainsFunc(c.Needs, func(need string) bool {
		return need != "segmentation" && !slices.Contains(channelNames, need)
	})
}

// is reports whether a finding of e is what the case speaks of.
func (c *Case) is(e *Entry) bool {
	return (c.Category == "" || c.Category == e.Category) && (c.Term == "" || c.Term == e.Term)
}

func (c *Case) wanted() *message {
	switch {
	case c.Category != "" && c.Term != "":
		return say(" of %s for term %q", c.Category, c.Term)
	case c.Category != "":
		return say(" of %s", c.Category)
	case c.Term != "":
		return say(" for term %q", c.Term)
	default:
		return nil
	}
}
