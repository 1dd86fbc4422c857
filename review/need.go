package review

import (
	"cmp"
	"slices"
)

// A Step is one thing that people still have to do before a draft may go out, so that a pipeline can hand it on.
type Step struct {
	// Kind says what is to be done.
	Kind StepKind `json:"kind"`
	// Level is that of an approval (1 初审, 2 复审, 3 终审, or the place in a chain of roles); 0 for other kinds.
	Level int64 `json:"level,omitempty"`
	// Role is who has to do it, as an id or a name; empty if the profile names nobody.
	Role string `json:"role,omitempty"`
	// Title names the step for people: 复审.
	Title string `json:"title"`
	// Reasons say why it is outstanding; there is at least one.
	Reasons []StepReason `json:"reasons"`
}

// StepKind is what has to be done in a step.
type StepKind string

// The kinds of steps, in the order in which they are done.
const (
	StepEditing  StepKind = "editing"  // 处理问题: correct what was found, or answer for it
	StepSecrecy  StepKind = "secrecy"  // 保密审查
	StepLegal    StepKind = "legal"    // 合法性审查
	StepApproval StepKind = "approval" // 初审, 复审, 终审, or a role of a chain
	StepAccount  StepKind = "account"  // 账号与运营: set right what is wrong with the account or its history, not the draft
)

var stepOrder = []StepKind{StepEditing, StepSecrecy, StepLegal, StepApproval, StepAccount}

func (StepKind) values() []string {
	return names(StepEditing, StepSecrecy, StepLegal, StepApproval, StepAccount)
}

// StepReason is why a step is outstanding: a finding, or inputs that a rule lacks.
type StepReason struct {
	// Rule is the id of the rule.
	Rule string `json:"rule"`
	// Finding is the Finding.ID in the same report; empty for none.
	Finding string `json:"finding,omitempty"`
	// Missing are the paths of inputs that are absent: whether the step was taken is not known.
	Missing []string `json:"missing,omitempty"`
	// Message says it to people.
	Message string `json:"message"`
}

func (r StepReason) compare(s StepReason) int {
	return cmp.Or(cmp.Compare(r.Rule, s.Rule), cmp.Compare(r.Finding, s.Finding), slices.Compare(r.Missing, s.Missing), cmp.Compare(r.Message, s.Message))
}

// SortSteps puts steps, and the reasons of each, into their one order: that in which they are done.
func SortSteps(steps []Step) {
	for i := range steps {
		slices.SortFunc(steps[i].Reasons, StepReason.compare)
	}
	slices.SortStableFunc(steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(slices.Index(stepOrder, a.Kind), slices.Index(stepOrder, b.Kind)), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Role, b.Role))
	})
}
