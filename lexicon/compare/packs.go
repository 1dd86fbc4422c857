package compare

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
)

// A Difference is what one version of a pack has and another has not. All
// lists are in the order of the packs.
type Difference struct {
	Added, Removed             []*lexicon.Entry
	Changed                    []Change
	AddedAllows, RemovedAllows []*lexicon.Allow
	// Symbols are compared with their words: one with other words is removed and added.
	AddedSymbols, RemovedSymbols []*lexicon.Symbol
}

// Empty reports whether the rows of both versions say the same.
func (d *Difference) Empty() bool {
	return len(d.Added)+len(d.Removed)+len(d.Changed)+len(d.AddedAllows)+len(d.RemovedAllows)+len(d.AddedSymbols)+len(d.RemovedSymbols) == 0
}

// A Change is a term of both versions with other columns.
type Change struct {
	Old, New *lexicon.Entry
	Columns  []ColumnChange // in the canonical order of columns; at least one
}

// A ColumnChange is a column with its values before and after, "" for none. A
// severity, action or match that the row leaves to its category is the
// category's.
type ColumnChange struct{ Column, Old, New string }

// Packs compares the rows of two versions of a pack. A row is the same in both
// if category, term, label and context are. Of the others, rows that are the
// same but for the context are taken as changed, in order; a term of which one
// row went and one came is taken as moved to another category or label. Where a
// row stands is no difference.
func Packs(older, newer *lexicon.Pack) Difference {
	var d Difference
	var gone, come []*lexicon.Entry
	merge(older.Entries, newer.Entries, (*lexicon.Entry).Compare,
		func(e *lexicon.Entry) { gone = append(gone, e) },
		func(e *lexicon.Entry) { come = append(come, e) },
		func(a, b *lexicon.Entry) { d.change(a, b) },
	)
	gone, come = d.recontexted(gone, come)
	byTerm := func(list []*lexicon.Entry) map[string][]*lexicon.Entry {
		m := map[string][]*lexicon.Entry{}
		for _, e := range list {
			m[e.Term] = append(m[e.Term], e)
		}
		return m
	}
	went, came := byTerm(gone), byTerm(come)
	moved := func(e *lexicon.Entry) bool { return len(went[e.Term]) == 1 && len(came[e.Term]) == 1 }
	for _, e := range gone {
		if moved(e) {
			d.change(e, came[e.Term][0])
		} else {
			d.Removed = append(d.Removed, e)
		}
	}
	for _, e := range come {
		if !moved(e) {
			d.Added = append(d.Added, e)
		}
	}
	slices.SortStableFunc(d.Changed, func(a, b Change) int { return a.New.Compare(b.New) })
	merge(older.Allows, newer.Allows, compareAllows,
		func(a *lexicon.Allow) { d.RemovedAllows = append(d.RemovedAllows, a) },
		func(a *lexicon.Allow) { d.AddedAllows = append(d.AddedAllows, a) },
		func(a, b *lexicon.Allow) {},
	)
	merge(older.Symbols, newer.Symbols, compareSymbols,
		func(s *lexicon.Symbol) { d.RemovedSymbols = append(d.RemovedSymbols, s) },
		func(s *lexicon.Symbol) { d.AddedSymbols = append(d.AddedSymbols, s) },
		func(a, b *lexicon.Symbol) {},
	)
	return d
}

// merge walks two sorted lists side by side.
func merge[T any](a, b []T, compare func(x, y *T) int, onlyA, onlyB func(*T), both func(x, y *T)) {
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		c := -1
		switch {
		case i == len(a):
			c = 1
		case j < len(b):
			c = compare(&a[i], &b[j])
		}
		switch {
		case c < 0:
			onlyA(&a[i])
			i++
		case c > 0:
			onlyB(&b[j])
			j++
		default:
			both(&a[i], &b[j])
			i, j = i+1, j+1
		}
	}
}

// recontexted notes the rows that have another context in the newer version,
// and returns those that are left.
func (d *Difference) recontexted(gone, come []*lexicon.Entry) (left, right []*lexicon.Entry) {
	for len(gone) > 0 && len(come) > 0 {
		a, b := gone[0], come[0]
		switch c := cmp.Or(cmp.Compare(a.Category, b.Category), strings.Compare(a.Term, b.Term), strings.Compare(a.Label, b.Label)); {
		case c < 0:
			left, gone = append(left, a), gone[1:]
		case c > 0:
			right, come = append(right, b), come[1:]
		default:
			d.change(a, b)
			gone, come = gone[1:], come[1:]
		}
	}
	return append(left, gone...), append(right, come...)
}

func compareAllows(a, b *lexicon.Allow) int {
	return cmp.Or(strings.Compare(a.Phrase, b.Phrase), strings.Compare(a.Scope.String(), b.Scope.String()))
}

func compareSymbols(a, b *lexicon.Symbol) int {
	return cmp.Or(cmp.Compare(a.Symbol, b.Symbol), slices.Compare(a.Words, b.Words))
}

// change notes the columns in which two rows differ, if there are any.
func (d *Difference) change(a, b *lexicon.Entry) {
	var columns []ColumnChange
	before, after := Cells(a), Cells(b)
	for i, column := range lexicon.TermColumns() {
		if before[i] != after[i] {
			columns = append(columns, ColumnChange{column, before[i], after[i]})
		}
	}
	if columns != nil {
		d.Changed = append(d.Changed, Change{a, b, columns})
	}
}

// Cells returns what an entry is, in the order of [lexicon.TermColumns] and
// written as in a terms file. Columns that the row leaves to its category are
// filled in.
func Cells(e *lexicon.Entry) []string {
	columns := lexicon.TermColumns()
	cells := make([]string, len(columns))
	for i, column := range columns {
		cells[i] = cell(e, column)
	}
	return cells
}

func cell(e *lexicon.Entry, column string) string {
	unset := func(s string, unset bool) string {
		if unset {
			return ""
		}
		return s
	}
	switch column {
	case "term":
		return e.Term
	case "category":
		return string(e.Category)
	case "label":
		return e.Label
	case "severity":
		return e.Severity.String()
	case "action":
		return e.Action.String()
	case "match":
		return unset(e.Match.String(), e.Match == lexicon.MatchDefault)
	case "channels":
		return unset(e.Channels.String(), e.Channels.IsDefault())
	case "suggest":
		return e.Suggest
	case "context":
		var groups []string
		for _, g := range e.Context {
			groups = append(groups, strings.Join(g, "|"))
		}
		return strings.Join(groups, " & ")
	case "unless":
		return strings.Join(e.Unless, "|")
	case "lower":
		if e.Lower != nil && len(e.Lower) == 0 {
			return "none"
		}
		return strings.Join(e.Lower, "|")
	case "window":
		return unset(strconv.Itoa(e.Window), e.Window == 0)
	case "fields":
		return strings.Join(e.Fields, "|")
	case "valid_from":
		return e.ValidFrom.String()
	case "valid_to":
		return e.ValidTo.String()
	case "basis":
		return e.Basis
	case "note":
		return e.Note
	default:
		panic("compare: unknown column " + column)
	}
}
