package review

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// Span is a half-open range [Start, End) of a text.
//
// Invariant: 0 <= Start <= End, and both stand on rune boundaries. An empty Span is a place between two runes.
type Span struct {
	// Start is the offset of the first unit inside.
	Start int64 `json:"start"`
	// End is the offset of the first unit after.
	End int64 `json:"end"`
}

// Confidence is how sure the library is that a finding is one, from 0 to 1. JSON has at most two decimals (0.92, 0.9,
// 1), so that a report is the same on every machine; in the process it is not rounded.
type Confidence float64

// MarshalJSON writes the number with at most two decimals. A number outside [0, 1] is an error.
func (c Confidence) MarshalJSON() ([]byte, error) {
	if !(c >= 0 && c <= 1) { // also refuses NaN
		return nil, fmt.Errorf("review: confidence: want a number from 0 to 1, got %g", float64(c))
	}
	return strconv.AppendFloat(nil, math.Abs(math.Round(float64(c)*100)/100), 'f', -1, 64), nil
}

// UnmarshalJSON reads a number from 0 to 1. If an error is returned, nothing has changed.
func (c *Confidence) UnmarshalJSON(data []byte) error {
	var f *float64
	if err := json.Unmarshal(data, &f); err != nil || f == nil {
		return fmt.Errorf("review: confidence: want a number from 0 to 1")
	}
	if !(*f >= 0 && *f <= 1) {
		return fmt.Errorf("review: confidence: want a number from 0 to 1, got %g", *f)
	}
	*c = Confidence(*f)
	return nil
}

// Finding is one thing that a check found in a document.
//
// A finding in a text field says where in four ways: Span in bytes, Runes, UTF16, and Line with Column; the last
// three are derived from the first. A finding about something that is no text (an account without a licence, a
// missing review) has empty spans, Line 0 and Column 0.
type Finding struct {
	// ID names the finding within its report.
	ID string `json:"id"`
	// Rule is the id of the rule that was violated; findings of the lexicon have the rule "term".
	Rule string `json:"rule"`
	// Category is the id of the lexicon's category; a finding of a publishing rule may have none.
	Category string `json:"category"`
	// Label is the sub-category.
	Label string `json:"label,omitempty"`
	// Severity says how bad it is.
	Severity Severity `json:"severity"`
	// Action says what the pipeline should do.
	Action Action `json:"action"`
	// Confidence says how sure the library is.
	Confidence Confidence `json:"confidence"`
	// Field is the path of the field, as in Field.Path; for a finding about a record it is the path of the record, and
	// for one about the configuration it is a name that is no path of a Document.
	Field string `json:"field"`
	// Span is where, in bytes of the field's text as the caller gave it.
	Span Span `json:"span"`
	// Runes is where, in runes; 0-based.
	Runes Span `json:"runes"`
	// UTF16 is where, in UTF-16 code units; 0-based.
	UTF16 Span `json:"utf16"`
	// Line is the line of Span.Start, 1-based.
	Line int `json:"line"`
	// Column is the column of Span.Start in runes, 1-based.
	Column int `json:"column"`
	// Text is the text at Span. Of personal data the middle is masked, each character by one of the same length, so that
	// a report does not repeat them: 138****8000.
	Text string `json:"text"`
	// Term is the term of the lexicon that was found.
	Term string `json:"term,omitempty"`
	// Pack is the id of the pack that the term belongs to.
	Pack string `json:"pack,omitempty"`
	// Channels are the differences between Text and Term that had to be read through; none if the text is the term.
	Channels []string `json:"channels,omitempty"`
	// Evidence is what weighed most for a finding of the rule "semantic", the heaviest first: words of the text in “”, and
	// names of what is known about it.
	Evidence []string `json:"evidence,omitempty"`
	// Message says to an editor what is wrong.
	Message string `json:"message"`
	// Suggestion is what could stand at Span instead.
	Suggestion string `json:"suggestion,omitempty"`
	// Basis names the law, standard or house rule behind the finding.
	Basis string `json:"basis,omitempty"`
	// Fingerprint stays the same while the finding does, also where text before it changes. It is what a suppression
	// names.
	Fingerprint string `json:"fingerprint"`
}

// VetoReason says why a candidate is no finding.
type VetoReason string

// The reasons for a veto that the library gives. The set is open.
const (
	VetoSegmentation VetoReason = "segmentation" // ordinary words cut the candidate; Words are they
	VetoOrdinary     VetoReason = "ordinary"     // a disguised candidate reads as ordinary language; Words are those of the place
	VetoAllow        VetoReason = "allow"        // a phrase of the allow-list covers the candidate; Words is that phrase
	VetoContext      VetoReason = "context"      // none of the words that the term asks for stands near; Words is empty
	VetoUnless       VetoReason = "unless"       // a word that excuses the term stands near; Words is that word
	VetoDate         VetoReason = "date"         // the term does not count on the day of publication; Words is empty
	VetoPublicity    VetoReason = "publicity"    // the sentence warns of the thing or reports that it is fought; Words is the word that says so
	VetoHistory      VetoReason = "history"      // the sentence speaks of a time when the name was right; Words is the word or year that says so
	VetoTeaching     VetoReason = "teaching"     // the sentence quotes the mark to teach how it is used; Words is the word that says so
	VetoCovered      VetoReason = "covered"      // another finding of the category speaks for it; Words is its text
	VetoConfidence   VetoReason = "confidence"   // the caller asked for more confidence; Words is empty
)

// Vetoed is a candidate that did not become a finding. It is kept, so that a lexicon can be tuned.
type Vetoed struct {
	// Term is the term that was seen.
	Term string `json:"term"`
	// Category is the id of its category.
	Category string `json:"category,omitempty"`
	// Pack is the id of the pack that it belongs to.
	Pack string `json:"pack,omitempty"`
	// Field is the path of the field, as in Field.Path.
	Field string `json:"field"`
	// Span is where, in bytes of the field's text as the caller gave it.
	Span Span `json:"span"`
	// Text is the text at Span, masked as Finding.Text is.
	Text string `json:"text,omitempty"`
	// Reason says what spoke against it.
	Reason VetoReason `json:"reason"`
	// Words are the words of the text that the reason rests on.
	Words []string `json:"words,omitempty"`
}

// Status is the outcome of one rule for one document.
type Status string

// The outcomes. Absence of data is never compliance: a rule that lacks an input is not evaluated, unless what is known
// already decides it.
const (
	StatusPassed       Status = "passed"
	StatusViolated     Status = "violated"
	StatusNotEvaluated Status = "not-evaluated"
)

func (Status) values() []string {
	return names(StatusPassed, StatusViolated, StatusNotEvaluated)
}

// Evaluation is the outcome of one rule for one document.
type Evaluation struct {
	// Rule is the id of the rule.
	Rule string `json:"rule"`
	// Status is the outcome.
	Status Status `json:"status"`
	// Missing are the paths of the inputs that were absent. There are some exactly if Status is StatusNotEvaluated.
	Missing []string `json:"missing,omitempty"`
}
