package matcher

import (
	"slices"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// naive finds what FindAll finds, from the definition: it lays every pattern
// at every character of the text. It shares the tables, the rules for one gap
// and the boundaries with the matcher, but no automaton, no runs and no ring.
func naive(patterns []Pattern, text string) []Match {
	var found []Match
	for id, p := range patterns {
		c, err := compile(p)
		if err != nil {
			panic(err)
		}
		elems := naiveElements(c, text)
		for i := range elems {
			found = append(found, naiveAt(c, id, elems, i, text)...)
		}
	}
	slices.SortFunc(found, compareMatches)
	return slices.Compact(found)
}

// naiveElement is a character that is neither skipped nor a break; joined
// says that only skipped characters stand between it and the one before.
type naiveElement struct {
	r          rune
	start, end int
	joined     bool
	adjacent   bool
}

func naiveElements(c *compiled, text string) (elems []naiveElement) {
	joined, skipped, noise := false, 0, 0
	newline := false
	for i := 0; i < len(text); {
		r, w := utf8.DecodeRuneInString(text[i:])
		class := tables.ClassOf(r)
		if n := annotation([]byte(text), i); n > 0 && !c.strict {
			i += n
			skipped++
			joined = joined && skipped <= maxSkipped
			continue
		}
		switch {
		case r == utf8.RuneError && w == 1, c.strict && ignorable(class) && class != tables.Invisible && !slices.ContainsFunc(c.elems, func(e rune) bool { return tables.Root(e) == tables.Root(r) }):
			joined = false
		case ignorable(class) && (!c.strict || class == tables.Invisible):
			skipped++
			if class != tables.Invisible {
				noise++
			}
			border := newline && (class == tables.Newline || r == '\u3000')
			newline = newline || class == tables.Newline
			joined = joined && !border && skipped <= maxSkipped
		default:
			elems = append(elems, naiveElement{r, i, i + w, joined && len(elems) > 0, len(elems) > 0 && elems[len(elems)-1].end == i})
			joined, skipped, noise, newline = true, 0, 0, false
		}
		i += w
	}
	return elems
}

// naiveAt returns the matches of the pattern that begin with elems[i].
func naiveAt(c *compiled, id int, elems []naiveElement, i int, text string) (found []Match) {
	same := func(r rune, j int) bool { return tables.Root(r) == tables.Root(c.elems[j]) }
	if c.atStart && c.first != digitClass && i > 0 && elems[i].adjacent && same(elems[i-1].r, 0) {
		return nil // the repeated first character belongs to the match
	}
	firstRun := 1
	for firstRun < len(c.elems) && tables.Root(c.elems[firstRun]) == tables.Root(c.elems[0]) {
		firstRun++
	}
	// path[x] is the index of the pattern's element that elems[i+x] stands for.
	var walk func(e, j int, path []int)
	walk = func(e, j int, path []int) {
		path = append(path, j)
		if j == len(c.elems)-1 {
			// Of the first run, what the pattern does not have must be written
			// without gaps.
			first := 0
			for first < len(path) && path[first] < firstRun {
				first++
			}
			extra := elems[i+1 : i+1+first-firstRun]
			gapped := slices.ContainsFunc(extra, func(e naiveElement) bool { return !e.adjacent })
			if m, ok := naiveCheck(c, id, elems[i:e+1], path, text); ok && !gapped {
				found = append(found, m)
			}
			if !c.atEnd {
				return
			}
		}
		if e+1 == len(elems) || !elems[e+1].joined {
			return
		}
		switch next := elems[e+1]; {
		case j+1 < len(c.elems) && same(next.r, j+1):
			walk(e+1, j+1, path)
		case same(next.r, j) && (j >= firstRun || c.atStart || j == len(c.elems)-1):
			walk(e+1, j, path)
		}
	}
	if same(elems[i].r, 0) {
		walk(i, 0, nil)
	}
	return found
}

func naiveCheck(c *compiled, id int, elems []naiveElement, path []int, text string) (Match, bool) {
	start, end := elems[0].start, elems[len(elems)-1].end
	m := Match{Pattern: id, Start: int64(start), End: int64(end)}
	if int64(end-start) > c.limit {
		return m, false
	}
	a := alignment{c: c, data: []byte(text), strict: c.strict}
	for x, e := range elems {
		if x+1 == len(elems) {
			a.element(path[x], e.start, e.end, nil)
			break
		}
		var own []rune
		if c.own != nil && path[x+1] > path[x] {
			own = c.own[path[x]]
		}
		if path[x+1] == path[x] {
			a.failed = a.failed || wordClassOf(c.elems[path[x]]) == digitClass
			a.use(Set(Repeat))
		}
		a.element(path[x], e.start, elems[x+1].start, own)
		a.gap(path[x], path[x+1], own)
	}
	if text[start:end] != c.text {
		if !a.settle(start, end) {
			return m, false
		}
		m.Channels = a.used
	}
	return m, (!c.atStart || freeLeft(a.data, start, c.first)) && (!c.atEnd || freeRight(a.data, end, c.last))
}
