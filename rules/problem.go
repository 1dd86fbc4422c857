package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Problem is one fault of a file of profiles or rules.
type Problem struct {
	File    string // as the caller named it
	Line    int    // from 1
	Column  int    // from 1, in runes
	Message string // what is wrong, what was found and what is wanted; one line
}

// String returns the problem as it is shown to an editor:
//
//	rules: house.yaml:7:3: unknown rule "freq.monthly-min", did you mean "freq.monthly-min-20"?
func (p Problem) String() string {
	return fmt.Sprintf("rules: %s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Problems are the faults of a file, all of them, in the order of the file.
// They quote the file, never a text that is checked.
type Problems []Problem

// Error returns one line a problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// want ends a message about a name that is none of names.
func want(got string, names []string) string {
	for _, name := range names {
		// A name cut short, or one that goes on, is the commonest mistake
		// with names that are made of a topic and words.
		if len(got) > 3 && (strings.HasPrefix(name, got) || strings.HasPrefix(got, name) || strings.HasSuffix(name, "."+got)) {
			return fmt.Sprintf("did you mean %q?", name)
		}
	}
	const short = 20
	if len(names) > short {
		return "there is none of that name"
	}
	return "want " + oneOf(names)
}

// oneOf joins names for a message: "a, b or c".
func oneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
