package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Place is where something stands in a pack.
type Place struct {
	File   string // path inside the pack, with slashes: "terms/minors.csv"
	Line   int    // from 1; 0 for the file as a whole
	Column int    // from 1, in runes, a byte order mark not counted; 0 for the line or file as a whole
}

// String returns "file:line:column", without the parts that are 0.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// Compare orders places by file, line and column.
func (p Place) Compare(q Place) int {
	return cmp.Or(strings.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// A Level says whether a problem keeps a pack from loading.
type Level uint8

// The levels of a problem.
const (
	LevelError Level = 1 // the pack does not load
	LevelLint  Level = 2 // the pack loads, but its owner should look here
)

// String returns "error" or "lint".
func (l Level) String() string {
	switch l {
	case LevelError:
		return "error"
	case LevelLint:
		return "lint"
	default:
		return fmt.Sprintf("Level(%d)", uint8(l))
	}
}

// A Problem is one fault of a file of a pack.
type Problem struct {
	Place
	Level   Level
	Message string // what is wrong, what was found and what is wanted; one line, in English

	said *message // Message in parts
}

// newProblem returns a problem whose message is a row of [catalogue].
func newProblem(at Place, level Level, format string, args ...any) Problem {
	m := say(format, args...)
	return Problem{at, level, m.text, m}
}

// Code returns the id of the kind of fault, such as duplicate or unknown-column.
// Programs may rely on it: a message may be worded anew, a code is not.
func (p Problem) Code() string {
	if p.said == nil {
		return "other"
	}
	return p.said.code()
}

// Chinese returns the message in Chinese.
func (p Problem) Chinese() string {
	if p.said == nil {
		return p.Message
	}
	return p.said.chinese()
}

// String returns the problem as it is shown to an editor:
//
//	lexicon: terms/minors.csv:12:5: unknown severity "eror", want error, warning or notice
//	lexicon: terms/minors.csv:13:1: lint: one-character term "赌" hits inside ordinary words
func (p Problem) String() string {
	level := ""
	if p.Level == LevelLint {
		level = "lint: "
	}
	return "lexicon: " + p.Place.String() + ": " + level + p.Message
}

// Problems are the faults of a pack, sorted by file, line and column. They
// quote entries of the pack, never a scanned text.
type Problems []Problem

// Error returns one line a problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// HasErrors reports whether one of ps is of [LevelError].
func (ps Problems) HasErrors() bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Level == LevelError })
}

func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.Level, b.Level), strings.Compare(a.Message, b.Message))
	})
}

// A reporter collects problems.
type reporter struct {
	problems Problems
	errors   int // how many of problems are of LevelError
}

func (r *reporter) errorf(at Place, format string, args ...any) {
	r.errors++
	r.problems = append(r.problems, newProblem(at, LevelError, format, args...))
}

func (r *reporter) lintf(at Place, format string, args ...any) {
	r.problems = append(r.problems, newProblem(at, LevelLint, format, args...))
}

// wantName ends a message about a name that is none of known: with the nearest of
// them if one is near, otherwise with all.
func wantName(got string, known []string) *message {
	if near := nearest(got, known); near != "" {
		return say("did you mean %q?", near)
	}
	return say("want %s", names(known))
}

// nearest returns the one of names that got was probably meant to be: the one
// with the fewest edits, up to two in five of its letters, or else the first one
// that begins as got does. It returns "" if none is near.
func nearest(got string, names []string) string {
	got = strings.ToLower(strings.TrimSpace(got))
	if n := len(got); n < 2 || n > 64 {
		return ""
	}
	best, least := "", 65
	for _, name := range names {
		if d := distance(got, name); d < least && d <= max(1, len(name)*2/5) {
			best, least = name, d
		}
	}
	if best != "" {
		return best
	}
	for _, name := range names {
		if len(got) >= 3 && (strings.HasPrefix(name, got) || strings.HasPrefix(got, name)) {
			return name
		}
	}
	return ""
}

// distance is the Levenshtein distance of a and b in bytes; the names it
// compares are ASCII.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substitute := diagonal
			if a[i] != b[j] {
				substitute++
			}
			diagonal = row[j+1]
			row[j+1] = min(substitute, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
