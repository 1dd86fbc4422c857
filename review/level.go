package review

import (
	"fmt"
	"slices"
	"strings"
)

// Severity says how bad a finding is. A greater one is worse.
//
// The numbers only order the values and never leave the process: JSON has the names. They begin at 1, so that the
// zero Severity is "not set": it has no name, and writing it as JSON is an error, so a forgotten one is found instead
// of passing as the mildest.
type Severity uint8

// The severities.
const (
	SeverityNotice  Severity = iota + 1 // worth knowing; nothing need change
	SeverityWarning                     // probably wrong, or wrong in a small way
	SeverityError                       // wrong
)

var severityNames = []string{"notice", "warning", "error"}

// String returns the name: error, warning or notice.
func (s Severity) String() string { return levelString("Severity", severityNames, uint8(s)) }

// MarshalText returns the name, and an error for a value that has none.
func (s Severity) MarshalText() ([]byte, error) {
	return levelMarshal("severity", severityNames, uint8(s))
}

// UnmarshalText reads a name. If an error is returned, nothing has changed.
func (s *Severity) UnmarshalText(text []byte) error {
	return levelUnmarshal("severity", severityNames, text, (*uint8)(s))
}

func (Severity) values() []string { return descending(severityNames) }

// Action says what the pipeline should do about a finding. A greater one is stronger.
//
// The numbers are as in Severity: they order, begin at 1, and 0 is "not set".
type Action uint8

// The actions.
const (
	ActionNote   Action = iota + 1 // publish; keep the finding with the draft
	ActionReview                   // a person has to look before publication
	ActionBlock                    // do not publish
)

var actionNames = []string{"note", "review", "block"}

// String returns the name: block, review or note.
func (a Action) String() string { return levelString("Action", actionNames, uint8(a)) }

// MarshalText returns the name, and an error for a value that has none.
func (a Action) MarshalText() ([]byte, error) { return levelMarshal("action", actionNames, uint8(a)) }

// UnmarshalText reads a name. If an error is returned, nothing has changed.
func (a *Action) UnmarshalText(text []byte) error {
	return levelUnmarshal("action", actionNames, text, (*uint8)(a))
}

func (Action) values() []string { return descending(actionNames) }

// Verdict returns what the action means for the whole document: note lets it pass. A value that is none of the
// actions blocks, because a caller's mistake must not let a draft out.
func (a Action) Verdict() Verdict {
	switch a {
	case ActionNote:
		return VerdictPass
	case ActionReview:
		return VerdictReview
	default:
		return VerdictBlock
	}
}

// Verdict is the strongest action left for a document after policy and suppressions. A greater one is stronger.
//
// The numbers are as in Severity: they order, begin at 1, and 0 is "not set", which is not a pass.
type Verdict uint8

// The verdicts.
const (
	VerdictPass   Verdict = iota + 1 // nothing stands against publication
	VerdictReview                    // a person has to look before publication
	VerdictBlock                     // do not publish
)

var verdictNames = []string{"pass", "review", "block"}

// String returns the name: block, review or pass.
func (v Verdict) String() string { return levelString("Verdict", verdictNames, uint8(v)) }

// MarshalText returns the name, and an error for a value that has none.
func (v Verdict) MarshalText() ([]byte, error) {
	return levelMarshal("verdict", verdictNames, uint8(v))
}

// UnmarshalText reads a name. If an error is returned, nothing has changed.
func (v *Verdict) UnmarshalText(text []byte) error {
	return levelUnmarshal("verdict", verdictNames, text, (*uint8)(v))
}

func (Verdict) values() []string { return descending(verdictNames) }

// VerdictOf returns the verdict of the strongest action among findings; without findings it is VerdictPass.
// A finding whose Action is not set blocks; see Action.Verdict.
func VerdictOf(findings []Finding) Verdict {
	verdict := VerdictPass
	for i := range findings {
		verdict = max(verdict, findings[i].Action.Verdict())
	}
	return verdict
}

// Level n has the name names[n-1].

func levelString(kind string, names []string, n uint8) string {
	if n == 0 || int(n) > len(names) {
		return fmt.Sprintf("%s(%d)", kind, n)
	}
	return names[n-1]
}

func levelMarshal(kind string, names []string, n uint8) ([]byte, error) {
	if n == 0 || int(n) > len(names) {
		return nil, fmt.Errorf("review: %s: want %s, got number %d", kind, oneOf(descending(names)), n)
	}
	return []byte(names[n-1]), nil
}

func levelUnmarshal(kind string, names []string, text []byte, to *uint8) error {
	n := slices.Index(names, string(text))
	if n < 0 {
		return fmt.Errorf("review: %s: want %s, got %s", kind, oneOf(descending(names)), quoteValue(string(text)))
	}
	*to = uint8(n + 1)
	return nil
}

// descending returns the names, the gravest first, as people list them.
func descending(names []string) []string {
	out := slices.Clone(names)
	slices.Reverse(out)
	return out
}

// oneOf lists the values of a closed set for an error.
func oneOf(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	return "one of " + strings.Join(quoted, ", ")
}
