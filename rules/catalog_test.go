package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
)

// TestCatalogComplete holds code, catalogue and base profile together.
func TestCatalogComplete(t *testing.T) {
	c := catalogue()
	require.NotEmpty(t, c.rules)
	base := (&Profile{id: "base"}).resolve()
	for _, topic := range topics {
		require.NotEmpty(t, topic.checks, topic.name)
		for id := range topic.checks {
			require.Contains(t, c.byID, id, "there is code for a rule that catalog/%s.yaml does not describe", topic.name)
		}
	}
	seen := map[string]bool{}
	for _, r := range c.rules {
		require.False(t, seen[r.ID], "%s is described twice", r.ID)
		seen[r.ID] = true
		require.Contains(t, c.makers, r.ID, "catalog/%s.yaml describes a rule without code", r.Topic)
		require.NotEmpty(t, r.Inputs, r.ID)
		for _, p := range r.Params {
			require.Contains(t, base.rules[r.ID].Params, p.Name, "profiles/base.yaml gives no value of a parameter of %s", r.ID)
		}
		statuses := map[review.Status]int{}
		for _, ex := range r.Examples() {
			statuses[ex.Expect]++
		}
		require.NotZero(t, statuses[review.StatusViolated], "%s has no example that violates it", r.ID)
		require.NotZero(t, statuses[review.StatusPassed], "%s has no example that passes it", r.ID)
		if r.Tier != TierConfig {
			require.NotZero(t, statuses[review.StatusNotEvaluated], "%s has no example with a missing input", r.ID)
		}
	}
	for name := range listTypes {
		require.Contains(t, base.lists, name, "profiles/base.yaml gives no value of a list")
	}
}

// TestExamples runs every example of the catalogue.
func TestExamples(t *testing.T) {
	n := 0
	for _, r := range Rules() {
		for _, ex := range r.Examples() {
			n++
			t.Run(r.ID+"/"+ex.Name, func(t *testing.T) {
				require.NoError(t, RunExample(&r, &ex))
			})
		}
	}
	require.NotZero(t, n)
}

// TestMessages looks at every message of every example in both languages.
func TestMessages(t *testing.T) {
	n := 0
	for _, r := range Rules() {
		for _, ex := range r.Examples() {
			for _, english := range []bool{false, true} {
				_, findings, err := evaluateExample(&r, &ex, english)
				require.NoError(t, err)
				for _, f := range findings {
					n++
					require.NotContains(t, f.Message, "%!", "%s: %s", r.ID, ex.Name)
					require.Equal(t, strings.Join(strings.Fields(f.Message), " "), f.Message, "%s: %s", r.ID, ex.Name)
					require.NotEmpty(t, f.Basis)
					require.Len(t, f.Fingerprint, 32)
				}
			}
		}
	}
	require.NotZero(t, n)
}

func ExampleFind() {
	rule, _ := Find("platform.title-length")
	fmt.Println(rule.Title, rule.Severity, rule.Tier)
	// Output: 标题不超过平台上限 error draft
}
