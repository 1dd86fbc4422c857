// Package report writes reports for people and for other programs: as text
// with the hit marked in its line ([NewText]), as one page of HTML ([NewHTML]),
// as one JSON value ([NewJSON]), as JSON lines ([NewJSONLines]), as SARIF for
// code hosts ([NewSARIF]) and as rdjson for reviewdog ([NewRDJSON]).
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
// Reports hold words of the draft, but for a SARIF report that is redacted.
// Control characters in them are not written to a terminal; in HTML they are
// escaped, and the page runs no script but its own.
package report
