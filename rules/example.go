package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// RunExample evaluates the rule for an example, with the base profile and what
// the example changes of it, and says how the outcome differs from what it
// expects; nil if it does not.
func RunExample(r *Rule, ex *Example) error {
	got, findings, err := evaluateExample(r, ex, false)
	if err != nil {
		return err
	}
	fail := func(format string, args ...any) error {
		return fmt.Errorf("rules: %s: example %q: %s", r.ID, ex.Name, fmt.Sprintf(format, args...))
	}
	if got.Status != ex.Expect {
		return fail("status %s with missing %q, want %s", got.Status, got.Missing, ex.Expect)
	}
	if ex.Expect == review.StatusNotEvaluated && !slices.Equal(got.Missing, ex.Missing) {
		return fail("missing %q, want %q", got.Missing, ex.Missing)
	}
	if ex.Field == "" && ex.Text == "" && ex.Severity == 0 {
		return nil
	}
	for _, f := range findings {
		if (ex.Field == "" || f.Field == ex.Field) && strings.Contains(f.Text, ex.Text) && (ex.Severity == 0 || f.Severity == ex.Severity) {
			return nil
		}
	}
	return fail("no finding of field %q, text %q and severity %s among %d", ex.Field, ex.Text, ex.Severity, len(findings))
}

// evaluateExample evaluates one rule for one example.
func evaluateExample(r *Rule, ex *Example, english bool) (review.Evaluation, []review.Finding, error) {
	none := review.Evaluation{}
	profile, err := exampleProfile(r, ex)
	if err != nil {
		return none, nil, err
	}
	e, err := build(Options{Profile: profile, English: english}, []Rule{*r}) // the others would only cost time
	if err != nil {
		return none, nil, err
	}
	doc, err := review.ParseDocument(ex.Document)
	if err != nil {
		return none, nil, fmt.Errorf("rules: %s: example %q: %w", r.ID, ex.Name, err)
	}
	ev := Evidence{Categories: ex.Categories, Findings: []review.Finding{}}
	for _, t := range ex.Terms {
		f, err := t.finding(doc)
		if err != nil {
			return none, nil, fmt.Errorf("rules: %s: example %q: %w", r.ID, ex.Name, err)
		}
		ev.Findings = append(ev.Findings, f)
	}
	evaluations, findings := e.Evaluate(doc, ev)
	return evaluations[0], findings, nil
}

// exampleProfile is the base profile with the rule on and the overrides of the
// example.
func exampleProfile(r *Rule, ex *Example) (*Profile, error) {
	var o struct {
		Lists  map[string]any `json:"lists"`
		Params map[string]any `json:"params"`
	}
	if ex.Profile != nil {
		if err := json.Unmarshal(ex.Profile, &o); err != nil {
			return nil, fmt.Errorf("rules: %s: example %q: %w", r.ID, ex.Name, err)
		}
	}
	data, err := json.Marshal(map[string]any{
		"id": "example", "extends": []string{}, "lists": orEmptyMap(o.Lists),
		"rules": map[string]any{r.ID: map[string]any{"enabled": true, "params": orEmptyMap(o.Params)}},
	})
	if err != nil {
		return nil, err
	}
	return ParseProfile("example "+ex.Name, data) // JSON is YAML
}

func orEmptyMap(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// finding is what the lexicon would report.
func (t *ExampleTerm) finding(doc *review.Document) (review.Finding, error) {
	for _, f := range doc.Fields() {
		if f.Path != t.Field {
			continue
		}
		if at := strings.Index(f.Text, t.Text); at >= 0 {
			return review.Finding{
				Rule: "term", Category: t.Category, Label: t.Label, Severity: t.Severity, Action: review.ActionReview, Confidence: 1,
				Field: t.Field, Span: review.Span{Start: int64(at), End: int64(at + len(t.Text))}, Text: t.Text, Term: t.Text,
			}, nil
		}
	}
	return review.Finding{}, fmt.Errorf("no term %q in field %q", t.Text, t.Field)
}
