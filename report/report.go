package report

import (
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// An Item is one report of a run.
type Item struct {
	// Name is what the user calls the document: its path.
	Name   string
	Report *review.Report
	// Document is what was checked. It is nil for a long text that was not
	// kept; reports that show the draft then show excerpts.
	Document *review.Document
	// File says that the body is the whole content of a file, and Name its
	// path with slashes, so that positions in the body are those in the file.
	File bool
	// Excerpt returns the text before and after a finding in its line. It may
	// be nil: then text reports show only what was found.
	Excerpt func(*review.Finding) (before, after string)
}

// A Writer writes the reports of one run.
//
//   - Write may keep the item until Close, or write at once.
//   - Close writes what is left. It does not close what is written to.
type Writer interface {
	Write(Item) error
	Close() error
}

// FieldExcerpt returns an Item's Excerpt for findings of doc.
func FieldExcerpt(doc *review.Document) func(*review.Finding) (before, after string) {
	fields := map[string]string{}
	for _, f := range doc.Fields() {
		fields[f.Path] = f.Text
	}
	return func(f *review.Finding) (string, string) {
		text, ok := fields[f.Field]
		if !ok || f.Span.End > int64(len(text)) {
			return "", ""
		}
		return LineAround(text, int(f.Span.Start), int(f.Span.End))
	}
}

// LineAround returns the rest of the line on both sides of text[start:end].
func LineAround(text string, start, end int) (before, after string) {
	before, after = text[:start], text[end:]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	before = strings.TrimPrefix(before, "\ufeff") // a byte order mark is no part of what people see
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = strings.TrimSuffix(after[:i], "\r")
	}
	return before, after
}
