package shenjiao

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
	"github.com/shenjiao/shenjiao/text"
)

// The defaults of the limits in [Options]. They are far above what drafts have;
// what they keep away is that a hostile draft, of a size that is allowed, fills
// the memory of whoever reads its report.
const (
	DefaultMaxBytes    = 256 << 20
	DefaultMaxFindings = 100_000
	DefaultMaxNesting  = text.DefaultNesting
)

// A TooLargeError says that a document was not checked because of
// [Options.MaxBytes].
type TooLargeError struct {
	Bytes, Max int64
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("shenjiao: document: %d bytes of text, want at most %d: check it as a stream, or raise Options.MaxBytes", e.Bytes, e.Max)
}

// checkLimits reports limits that are none.
func (o *Options) checkLimits() error {
	for _, l := range []struct {
		name string
		n    int64
	}{{"MaxBytes", o.MaxBytes}, {"MaxFindings", int64(o.MaxFindings)}, {"MaxNesting", int64(o.MaxNesting)}} {
		if l.n < 0 {
			return fmt.Errorf("shenjiao: Options.%s: want a number above 0, or 0 for the default, got %d", l.name, l.n)
		}
	}
	return nil
}

// tooLarge fails if there is more text in a document than may be.
func (o *Options) tooLarge(fields []review.Field) error {
	most := cmp.Or(o.MaxBytes, DefaultMaxBytes)
	var n int64
	for _, f := range fields {
		n += int64(len(f.Text))
	}
	if n > most {
		return &TooLargeError{n, most}
	}
	return nil
}

// limitsOf notes what kept a field from being read as it was written.
func limitsOf(v *text.Visible, path string) (limits []review.Limit) {
	for _, l := range v.Limits() {
		limits = append(limits, review.Limit{Name: review.LimitName(l.Name), Field: path, Max: int64(l.Max)})
	}
	return limits
}

// limitsOfRules notes the rules that have as many findings as one may have.
func limitsOfRules(findings []review.Finding) (limits []review.Limit) {
	if len(findings) < rules.MaxFindings {
		return nil
	}
	counts := map[string]int{}
	for i := range findings {
		counts[findings[i].Rule]++
	}
	for rule, n := range counts {
		if n >= rules.MaxFindings {
			limits = append(limits, review.Limit{Name: review.LimitRule, Rule: rule, Max: rules.MaxFindings})
		}
	}
	slices.SortFunc(limits, func(a, b review.Limit) int { return cmp.Compare(a.Rule, b.Rule) })
	return limits
}

// limit shortens the lists of a report that is complete and in its order. Of
// findings the gravest stay, the first of equals, and what had been derived of
// all of them stays as it is; a step names the first of its reasons and those
// that are still there.
func (o *Options) limit(r *Report) {
	most := cmp.Or(o.MaxFindings, DefaultMaxFindings)
	if n := len(r.Vetoed); n > most {
		r.Limits = append(r.Limits, review.Limit{Name: review.LimitVetoed, Max: int64(most), Got: int64(n)})
		r.Vetoed = slices.Clone(r.Vetoed[:most])
	}
	n := len(r.Findings)
	if n <= most {
		return
	}
	r.Limits = append(r.Limits, review.Limit{Name: review.LimitFindings, Max: int64(most), Got: int64(n)})
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(r.Findings[j].Action, r.Findings[i].Action) })
	order = order[:most]
	slices.Sort(order)
	kept, ids := make([]review.Finding, most), make(map[string]bool, most)
	for k, i := range order {
		kept[k] = r.Findings[i]
		ids[kept[k].ID] = true
	}
	r.Findings = kept
	for i := range r.Steps {
		reasons := r.Steps[i].Reasons
		if len(reasons) == 0 {
			continue
		}
		shown := reasons[:1:1]
		for _, reason := range reasons[1:] {
			if reason.Finding == "" || ids[reason.Finding] {
				shown = append(shown, reason)
			}
		}
		r.Steps[i].Reasons = shown
	}
}
