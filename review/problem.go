package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// InputError is the error for an input that is no Document. It holds all problems, not only the first.
//
// Its text, like that of every Problem, never holds prose of the draft: it quotes unknown keys and the values of ids,
// enumerations, times and numbers, up to 64 characters of them, and of the fields that hold prose nothing.
type InputError struct {
	// Problems are the problems in the order of their place; there is at least one.
	Problems []Problem
	// Omitted is how many more problems there were after the first 1000, which is where the list ends.
	Omitted int
}

// Problem is one thing that is wrong with an input.
type Problem struct {
	// Kind says what kind of problem it is, for programs.
	Kind ProblemKind
	// Path names the value as the rules do: workflow.reviews[1].at. It is empty for the document as a whole.
	Path string
	// Offset is the place in bytes from the beginning of the input.
	Offset int64
	// Line is the line, 1-based; lines end with "\n". It is 0 in a problem of Document.Validate, which knows no place.
	Line int
	// Column is the column in runes, 1-based; a byte that is not UTF-8 counts as a rune, a byte order mark at the
	// beginning of the input as nothing. It is 0 where Line is.
	Column int
	// Message says what was expected, what was found and, where that is not plain, what to do.
	Message string
}

// ProblemKind says what kind of problem an input has.
type ProblemKind string

// The kinds of problems.
const (
	KindSyntax       ProblemKind = "syntax"        // not JSON (RFC 8259), or more than one document
	KindEncoding     ProblemKind = "encoding"      // a text that is not Unicode: invalid UTF-8, half of a surrogate pair
	KindUnknownKey   ProblemKind = "unknown-key"   // a key that a Document does not have
	KindDuplicateKey ProblemKind = "duplicate-key" // a key for the second time
	KindType         ProblemKind = "type"          // a value of the wrong JSON type
	KindNull         ProblemKind = "null"          // null
	KindValue        ProblemKind = "value"         // a value outside its set, form or range
	KindLimit        ProblemKind = "limit"         // an input beyond a limit of this package
)

// shownProblems is how many problems the text of an InputError has.
const shownProblems = 20

// Error returns a line for each of the first 20 problems, and one that counts the others.
func (e *InputError) Error() string {
	var b strings.Builder
	for i, p := range e.Problems {
		if i == shownProblems {
			break
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("review: " + p.String())
	}
	if more := len(e.Problems) + e.Omitted - shownProblems; more > 0 {
		fmt.Fprintf(&b, "\nreview: and %d more problems", more)
	}
	return b.String()
}

// String returns "path:line:column: message", without the parts that are unknown.
func (p Problem) String() string {
	place := ""
	if p.Path != "" {
		place = p.Path + ":"
	}
	if p.Line > 0 {
		place += fmt.Sprintf("%d:%d:", p.Line, p.Column)
	}
	if place == "" {
		return p.Message
	}
	return place + " " + p.Message
}

// maxProblems bounds the problems that are kept, so that a hostile input cannot fill the memory.
const maxProblems = 1000

// A fault is a Problem whose place is not yet known by line and column. To find those for each problem would read the
// input once for each; locate reads it once for all.
type fault struct {
	Problem
	at  int // offset into the data
	ref int // offset of a place that belongs at the end of the message, or -1
}

// locate turns faults into problems. line is the number of the first line of data and base the offset of data in the
// whole input.
func locate(data []byte, faults []fault, line int, base int64) []Problem {
	slices.SortStableFunc(faults, func(a, b fault) int { return a.at - b.at })
	offsets := make([]int, 0, 2*len(faults))
	for _, f := range faults {
		offsets = append(offsets, f.at)
		if f.ref >= 0 {
			offsets = append(offsets, f.ref)
		}
	}
	slices.Sort(offsets)
	type place struct{ line, column int }
	places := make(map[int]place, len(offsets))
	here, column := 0, 1
	if hasBOM(data) {
		here = len(bom)
	}
	for _, offset := range offsets {
		for here < offset {
			_, size := utf8.DecodeRune(data[here:])
			column++
			if data[here] == '\n' {
				line, column = line+1, 1
			}
			here += size
		}
		places[offset] = place{line, column}
	}
	problems := make([]Problem, len(faults))
	for i, f := range faults {
		p := f.Problem
		p.Offset = base + int64(f.at)
		p.Line, p.Column = places[f.at].line, places[f.at].column
		if f.ref >= 0 {
			first := places[f.ref]
			p.Message += fmt.Sprintf("%d:%d", first.line, first.column)
		}
		problems[i] = p
	}
	return problems
}
