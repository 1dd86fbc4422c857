package report

import (
	"github.com/shenjiao/shenjiao/review"
)

// masked is the category of findings whose text is masked; the mask is as long
// as what it hides.
const masked = "personal_info"

// mask returns text, which begins at offset start of a field, as a report may
// show it: with the masks of the personal data that the report found in it.
func (it Item) mask(field string, start int64, text string) string {
	if it.Report == nil {
		return text
	}
	var b []byte
	hide := func(f *review.Finding) {
		if f.Category != masked || f.Field != field || int64(len(f.Text)) != f.Span.End-f.Span.Start {
			return
		}
		from, to := max(f.Span.Start, start), min(f.Span.End, start+int64(len(text)))
		if from >= to {
			return
		}
		if b == nil {
			b = []byte(text)
		}
		copy(b[from-start:to-start], f.Text[from-f.Span.Start:])
	}
	for i := range it.Report.Findings {
		hide(&it.Report.Findings[i])
	}
	for i := range it.Report.Suppressed {
		hide(&it.Report.Suppressed[i].Finding)
	}
	if b == nil {
		return text
	}
	return string(b)
}

// around is Excerpt with personal data masked, "" if there is no Excerpt.
func (it Item) around(f *review.Finding) (before, after string) {
	if it.Excerpt == nil {
		return "", ""
	}
	before, after = it.Excerpt(f)
	// A long line costs no more than what is shown of it.
	const most = 1024
	cut := max(0, len(before)-most)
	before = before[:cut] + it.mask(f.Field, f.Span.Start-int64(len(before)-cut), before[cut:])
	cut = min(len(after), most)
	return before, it.mask(f.Field, f.Span.End, after[:cut]) + after[cut:]
}
