package review

// LimitName says what was limited.
type LimitName string

// The limits that a check can reach. The set is open.
const (
	LimitFindings LimitName = "findings" // Report.Findings; the gravest are there, and the verdict is that of all
	LimitVetoed   LimitName = "vetoed"   // Report.Vetoed; the first are there
	LimitRule     LimitName = "rule"     // findings of one publishing rule; its outcome does not depend on it
	LimitNesting  LimitName = "nesting"  // elements inside each other in HTML; text deeper inside is read, as if nothing hid it
	LimitMarkdown LimitName = "markdown" // bytes of a text in Markdown; a longer one is read with its punctuation
	LimitMarkup   LimitName = "markup"   // bytes of a text with markup; a longer one is read as plain text
)

// Limit is a limit that a check reached, so that nobody takes what is in the report for all there was.
type Limit struct {
	// Name says what was limited.
	Name LimitName `json:"limit"`
	// Field is the path of the field; empty if the limit is one of the whole report.
	Field string `json:"field,omitempty"`
	// Rule is the publishing rule, for LimitRule.
	Rule string `json:"rule,omitempty"`
	// Max is the limit.
	Max int64 `json:"max"`
	// Got is how much there was, 0 if nobody counted.
	Got int64 `json:"got,omitempty"`
}
