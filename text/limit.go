package text

import "slices"

// A Limit is one that a text reached, so that it was read in a simpler way than it was written. All of its characters
// are read all the same; that some punctuation of Markdown stays, as [Extract] says, is no limit.
type Limit struct {
	Name LimitName
	Max  int
}

// LimitName says what was limited.
type LimitName string

// The limits.
const (
	LimitNesting  LimitName = "nesting"  // elements inside each other
	LimitMarkdown LimitName = "markdown" // bytes of a text in Markdown
	LimitMarkup   LimitName = "markup"   // bytes of a text in HTML or Markdown
)

// Limits returns the limits that the text reached, each once. The slice must not be changed.
func (v *Visible) Limits() []Limit { return v.limits }

// reached notes a limit, once.
func (p *page) reached(l Limit) {
	if !slices.Contains(p.limits, l) {
		p.limits = append(p.limits, l)
	}
}
