// Package report writes reports for people and for other programs: as text
// with the hit marked in its line, as one JSON value, and as JSON lines.
//
//	w := report.NewText(os.Stdout, report.TextOptions{})
//	err := w.Write(report.Item{Name: "draft.txt", Report: r, Excerpt: report.FieldExcerpt(doc)})
//	…
//	err = w.Close()
//
// A [Writer] takes the reports of one run in the order of the input. It is not
// safe for concurrent use.
//
// # Security considerations
//
// Reports hold words of the draft. Control characters in them are not written
// to a terminal.
package report
