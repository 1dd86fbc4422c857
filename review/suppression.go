package review

import "cmp"

// Suppressed is a finding that somebody has answered for, and the answer.
type Suppressed struct {
	// Finding is what was found.
	Finding Finding `json:"finding"`
	// Suppression is the answer.
	Suppression Suppression `json:"suppression"`
}

// SuppressionKind says where an answer was given.
type SuppressionKind string

// The places.
const (
	SuppressionInline   SuppressionKind = "inline"   // a comment in the draft
	SuppressionBaseline SuppressionKind = "baseline" // a file of findings that are known
)

func (SuppressionKind) values() []string { return names(SuppressionInline, SuppressionBaseline) }

// Suppression is the answer of a person to a finding: it is known, and it stays.
type Suppression struct {
	// Kind says where the answer was given.
	Kind SuppressionKind `json:"kind"`
	// Reason is the answer itself.
	Reason string `json:"reason"`
	// By names who gave it; empty if that is not said.
	By string `json:"by,omitempty"`
	// Until is the last day on which it counts, YYYY-MM-DD; empty for no end.
	Until string `json:"until,omitempty"`
}

func (s Suppression) compare(t Suppression) int {
	return cmp.Or(cmp.Compare(s.Kind, t.Kind), cmp.Compare(s.Reason, t.Reason), cmp.Compare(s.By, t.By), cmp.Compare(s.Until, t.Until))
}
