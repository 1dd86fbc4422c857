package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/review"
)

// NewRDJSON returns a writer of one Reviewdog Diagnostic value (rdjson, as
// reviewdog -f=rdjson reads it), written by Close.
//
// Columns count bytes of UTF-8 from 1, as that format has it, so a finding has
// a range only if its line is known: in a file that is a body. Others point to
// the file. Suppressed findings are left out: reviewdog would comment on them.
//
// The format: github.com/reviewdog/reviewdog/tree/master/proto/rdf.
func NewRDJSON(w io.Writer) Writer {
	return &rdjsonWriter{w: w, value: rdDiagnosticResult{
		Source: rdSource{toolName, toolURI}, Diagnostics: []rdDiagnostic{},
	}}
}

type (
	rdDiagnosticResult struct {
		Source      rdSource       `json:"source"`
		Severity    string         `json:"severity,omitempty"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
)

type rdjsonWriter struct {
	w     io.Writer
	value rdDiagnosticResult
	worst review.Severity
}

func (r *rdjsonWriter) Write(it Item) error {
	for i := range it.Report.Findings {
		f := &it.Report.Findings[i]
		r.worst = max(r.worst, f.Severity)
		path, _, _ := strings.Cut(it.Name, "#")
		if it.File {
			path = it.Name
		}
		d := rdDiagnostic{
			Message: f.Message, Location: rdLocation{Path: path}, Severity: rdSeverity(f.Severity), Code: rdCode{ruleID(f)},
		}
		if it.File && f.Field == "body" && f.Line > 0 && it.Excerpt != nil {
			before, _ := it.Excerpt(f)
			d.Location.Range = byteRange(f, before)
			if f.Suggestion != "" {
				d.Suggestions = []rdSuggestion{{*d.Location.Range, f.Suggestion}}
			}
		}
		r.value.Diagnostics = append(r.value.Diagnostics, d)
	}
	return nil
}

// byteRange is the range of a finding; before is its line up to it.
func byteRange(f *review.Finding, before string) *rdRange {
	start := rdPosition{f.Line, 1 + len(before)}
	if f.Line == 1 && f.Column == utf8.RuneCountInString(before)+2 {
		start.Column += len("\ufeff") // excerpts leave a byte order mark out
	}
	stop := rdPosition{start.Line, start.Column + int(f.Span.End-f.Span.Start)}
	if n := strings.Count(f.Text, "\n"); n > 0 {
		stop = rdPosition{start.Line + n, 1 + len(f.Text) - (strings.LastIndexByte(f.Text, '\n') + 1)}
	}
	return &rdRange{start, stop}
}

func rdSeverity(s review.Severity) string {
	switch s {
	case review.SeverityError:
		return "ERROR"
	case review.SeverityWarning:
		return "WARNING"
	default:
		return "INFO"
	}
}

func (r *rdjsonWriter) Close() error {
	if r.worst != 0 {
		r.value.Severity = rdSeverity(r.worst)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(r.value); err != nil {
		return err
	}
	_, err := r.w.Write(b.Bytes())
	return err
}
