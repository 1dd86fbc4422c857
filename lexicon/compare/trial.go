package compare

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// TrialOptions say what is compared, and how much is kept of it.
type TrialOptions struct {
	// Old and New are the two versions, each compiled together with whatever
	// is used beside it.
	Old, New *lexicon.Lexicon
	// Contexts is how many findings of each kind (new, lost, moved) are kept of
	// a term; 0 is 20. All are counted.
	Contexts int
	// Words are asked for longer words that new findings lie in, and, if they
	// are a [segment.Dictionary], how common a term is. Nil is nobody.
	Words segment.Segmenter
}

// A Trial scans texts with two versions of a lexicon. Its methods are safe for
// concurrent use.
type Trial struct {
	opts TrialOptions

	mu     sync.Mutex
	terms  map[id]*Term
	result Result
}

// id is what a term is called in both versions; its rows may differ in label.
type id struct {
	category lexicon.Category
	term     string
}

func idOf(e *lexicon.Entry) id { return id{e.Category, e.Term} }

// NewTrial returns a trial that has scanned nothing.
func NewTrial(opts TrialOptions) *Trial {
	opts.Contexts = cmp.Or(opts.Contexts, 20)
	return &Trial{opts: opts, terms: map[id]*Term{}}
}

// A Text is a text of the corpus.
type Text struct {
	Name  string // for people
	Field string // path in its document, "" for none
	Line  int    // number of its first line in Name, from 1; 0 if lines mean nothing there
	Text  string // as a reader sees it
	Date  lexicon.Date
}

// A Result is the account of a trial.
type Result struct {
	Texts int
	Bytes int64
	// Old and New are how many findings each version has.
	Old, New int
	// Terms are those whose findings differ, most new findings first, then
	// most lost ones.
	Terms []Term
}

// A Term is the account of one term.
type Term struct {
	Category lexicon.Category
	Term     string

	Old, New                 int // findings of each version
	Added, Lost, Moved       int // see the package comment
	Vetoed                   int // candidates of the new version that are no findings
	Noted                    int // new findings that are notes because of what stands around them
	Inside                   int // new findings inside longer words of the dictionary
	AddedAt, LostAt, MovedAt []Context

	// Suspicions are reasons to think that new findings are false positives,
	// the strongest first.
	Suspicions []Suspicion
}

// A Context is one finding.
type Context struct {
	Name, Field         string
	Line                int // from 1; 0 if lines mean nothing there
	Before, Text, After string
	// Was and Is are the levels with each version, 0 for no finding.
	Was, Is review.Action
	// Word is the longer word of the dictionary that the finding lies in, "" if
	// there is none.
	Word string
}

// A Suspicion is one reason with the figures that it rests on: Count of Of.
type Suspicion struct {
	Kind      SuspicionKind
	Count, Of int
	Words     []string // examples, for SuspectInside
	Share     float64  // how much of all words the term is, for SuspectEveryday
}

// A SuspicionKind is a reason to think that a finding is a false positive.
type SuspicionKind string

// The kinds, the strongest first.
const (
	SuspectInside   SuspicionKind = "inside-word"      // findings lie inside longer words: 大麻 in 大麻袋
	SuspectVetoed   SuspicionKind = "vetoed-elsewhere" // most candidates of the term in the corpus are vetoed
	SuspectEveryday SuspicionKind = "everyday-word"    // the term is an everyday word
	SuspectNoted    SuspicionKind = "noted"            // findings are notes, because the sentence warns, teaches, or tells history
	SuspectFrequent SuspicionKind = "frequent"         // the term alone makes up a large part of all new findings
)

// A finding is one place of a text where a version has a term, with the
// highest level that its rows give it.
type finding struct {
	id         id
	start, end int64
	hit        *lexicon.Hit
}

// findings returns the findings among hits, each place once, and at how many
// places each term was vetoed: by all of its rows that were looked at.
func findings(hits []lexicon.Hit) (list []finding, vetoed map[id]int) {
	at := map[finding]int{}
	against := map[finding]bool{}
	for i := range hits {
		h := &hits[i]
		f := finding{id: idOf(h.Entry), start: h.Start, end: h.End}
		if h.Vetoed() {
			against[f] = true
			continue
		}
		k, again := at[f]
		if !again {
			at[f] = len(list)
			f.hit = h
			list = append(list, f)
		} else if h.Action > list[k].hit.Action {
			list[k].hit = h
		}
	}
	vetoed = map[id]int{}
	for f := range against {
		if _, found := at[f]; !found {
			vetoed[f.id]++
		}
	}
	return list, vetoed
}

// levels returns the level at each place.
func levels(list []finding) map[finding]review.Action {
	m := make(map[finding]review.Action, len(list))
	for _, f := range list {
		m[finding{id: f.id, start: f.start, end: f.end}] = f.hit.Action
	}
	return m
}

// Scan compares what both versions find in a text.
func (t *Trial) Scan(text Text) {
	scene := lexicon.Scene{Field: text.Field, Date: text.Date}
	before, _ := findings(t.opts.Old.FindAll(text.Text, scene))
	after, vetoed := findings(t.opts.New.FindAll(text.Text, scene))
	was, is := levels(before), levels(after)

	lines := lineCounter{text: text.Text, line: text.Line}
	context := func(f finding) Context {
		place := finding{id: f.id, start: f.start, end: f.end}
		c := Context{
			Name: text.Name, Field: text.Field, Line: lines.at(int(f.start)), Was: was[place], Is: is[place],
			Before: f.hit.Before, Text: f.hit.Text, After: f.hit.After,
		}
		if c.Was == 0 {
			c.Word = t.inside(f.hit)
		}
		return c
	}
	type change struct {
		finding
		Context
	}
	var changes []change
	for _, f := range after {
		if c := context(f); c.Was != c.Is {
			changes = append(changes, change{f, c})
		}
	}
	for _, f := range before {
		if c := context(f); c.Is == 0 {
			changes = append(changes, change{f, c})
		}
	}

	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Texts++
	t.result.Bytes += int64(len(text.Text))
	t.result.Old += len(before)
	t.result.New += len(after)
	for _, f := range before {
		t.term(f.id).Old++
	}
	for _, f := range after {
		t.term(f.id).New++
	}
	for id, n := range vetoed {
		t.term(id).Vetoed += n
	}
	for _, c := range changes {
		term := t.term(c.id)
		switch {
		case c.Was == 0:
			term.Added++
			if c.Word != "" {
				term.Inside++
			}
			if c.hit.Reason != "" {
				term.Noted++
			}
			t.keep(&term.AddedAt, c.Context)
		case c.Is == 0:
			term.Lost++
			t.keep(&term.LostAt, c.Context)
		default:
			term.Moved++
			t.keep(&term.MovedAt, c.Context)
		}
	}
}

func (t *Trial) term(of id) *Term {
	term := t.terms[of]
	if term == nil {
		term = &Term{Category: of.category, Term: of.term}
		t.terms[of] = term
	}
	return term
}

// keep keeps the contexts that come first by name and line, whatever the order
// in which texts are scanned.
func (t *Trial) keep(list *[]Context, c Context) {
	i, _ := slices.BinarySearchFunc(*list, c, compareContexts)
	if i < t.opts.Contexts {
		*list = slices.Insert(*list, i, c)
		*list = (*list)[:min(len(*list), t.opts.Contexts)]
	}
}

func compareContexts(a, b Context) int {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Field, b.Field), cmp.Compare(a.Line, b.Line),
		strings.Compare(a.Before, b.Before), strings.Compare(a.Text, b.Text), strings.Compare(a.After, b.After))
}

// inside returns the longer word that a plainly written finding lies in, as
// the words of its surroundings are divided.
func (t *Trial) inside(h *lexicon.Hit) string {
	if t.opts.Words == nil || h.Channels != 0 {
		return ""
	}
	clause := h.Before + h.Text + h.After
	start, end := len(h.Before), len(h.Before)+len(h.Text)
	from := 0
	for _, to := range t.opts.Words.Ends(nil, clause) {
		if from <= start && end <= to && to-from > end-start {
			return clause[from:to]
		}
		from = to
	}
	return ""
}

// lineCounter finds the lines of offsets, each of which is near the one before.
type lineCounter struct {
	text string
	line int // of text[0]; 0 if lines mean nothing
	seen int
	n    int // line ends before seen
}

func (c *lineCounter) at(offset int) int {
	if c.line == 0 {
		return 0
	}
	if offset < c.seen {
		c.n -= strings.Count(c.text[offset:c.seen], "\n")
	} else {
		c.n += strings.Count(c.text[c.seen:offset], "\n")
	}
	c.seen = offset
	return c.line + c.n
}

// Result returns the account of what was scanned. The order in which texts
// were scanned makes no difference.
func (t *Trial) Result() Result {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.result
	added := 0
	for _, term := range t.terms {
		added += term.Added
	}
	for _, term := range t.terms {
		if term.Added+term.Lost+term.Moved == 0 {
			continue
		}
		out := *term
		out.AddedAt, out.LostAt, out.MovedAt = slices.Clone(term.AddedAt), slices.Clone(term.LostAt), slices.Clone(term.MovedAt)
		t.suspect(&out, added)
		r.Terms = append(r.Terms, out)
	}
	slices.SortFunc(r.Terms, func(a, b Term) int {
		return cmp.Or(-cmp.Compare(a.Added, b.Added), -cmp.Compare(a.Lost, b.Lost), -cmp.Compare(a.Moved, b.Moved),
			cmp.Compare(a.Category, b.Category), strings.Compare(a.Term, b.Term))
	})
	return r
}
