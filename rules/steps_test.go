package rules_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

// stepsOf says which steps a document still needs, each as kind, level and role.
func stepsOf(t *testing.T, preset, document string) (names []string, steps []review.Step) {
	t.Helper()
	opts := rules.Options{}
	if preset != "" {
		opts.Profile, _ = rules.Preset(preset)
		require.NotNil(t, opts.Profile)
	}
	e, err := rules.New(opts)
	require.NoError(t, err)
	doc, err := review.ParseDocument([]byte(document))
	require.NoError(t, err)
	evaluations, findings := e.Evaluate(doc, rules.Evidence{Findings: []review.Finding{}})
	for i := range findings {
		findings[i].ID = findings[i].Fingerprint[:12]
	}
	steps = e.Steps(doc, evaluations, findings)
	require.NotNil(t, steps)
	for _, s := range steps {
		name := string(s.Kind)
		if s.Level > 0 {
			name += fmt.Sprint(" ", s.Level)
		}
		if s.Role != "" {
			name += " " + s.Role
		}
		names = append(names, name)
		require.NotEmpty(t, s.Reasons, name)
		require.NotEmpty(t, s.Title, name)
		for _, r := range s.Reasons {
			require.NotEmpty(t, r.Rule, name)
			require.NotEmpty(t, r.Message, name)
			if r.Finding != "" {
				found := false
				for _, f := range findings {
					found = found || f.ID == r.Finding && f.Rule == r.Rule
				}
				require.True(t, found, "%s names a finding that is not there", name)
			}
		}
	}
	return names, steps
}

const (
	done     = `"secrecy_review":{"final":{"may_publish":"yes","is_secret":"no","role":"secrecy_office","at":"2026-04-01T12:00:00+08:00"}}`
	approved = `{"level":1,"reviewer":"甲","result":"approved","at":"2026-04-01T09:00:00+08:00"},{"level":2,"reviewer":"乙","result":"approved","at":"2026-04-01T10:00:00+08:00"},{"level":3,"reviewer":"丙","result":"approved","at":"2026-04-01T11:00:00+08:00"}`
	head     = `"title":"公园开放","body":"公园今日开放。","publish_at":"2026-04-02T09:00:00+08:00"`
)

func TestSteps(t *testing.T) {
	for _, tt := range []struct {
		name, preset, document string
		want                   []string
	}{
		{"nothing is left", "", `{` + head + `,"workflow":{"reviews":[` + approved + `],` + done + `}}`, nil},
		{"nothing is known", "", `{` + head + `}`, []string{"secrecy", "approval 1", "approval 2", "approval 3"}},
		{"the final review is left", "", `{` + head + `,"workflow":{` + done + `,"reviews":[{"level":1,"reviewer":"甲","result":"approved","at":"2026-04-01T09:00:00+08:00"},{"level":2,"reviewer":"乙","result":"approved","at":"2026-04-01T10:00:00+08:00"}]}}`, []string{"approval 3"}},
		{"the second review rejected", "", `{` + head + `,"workflow":{` + done + `,"reviews":[` + approved + `,{"level":2,"reviewer":"乙","result":"rejected","at":"2026-04-01T20:00:00+08:00"}]}}`, []string{"approval 2"}},
		{"one person at two levels", "", `{` + head + `,"workflow":{` + done + `,"reviews":[{"level":1,"reviewer":"甲","result":"approved","at":"2026-04-01T09:00:00+08:00"},{"level":2,"reviewer":"甲","result":"approved","at":"2026-04-01T10:00:00+08:00"},{"level":3,"reviewer":"丙","result":"approved","at":"2026-04-01T11:00:00+08:00"}]}}`, []string{"approval 3"}},
		{"the text was changed", "", `{` + head + `,"workflow":{` + done + `,"reviews":[` + approved + `],"approved_digest":"sha256:00"}}`, []string{"approval 1", "approval 2", "approval 3"}},
		{"a major policy without its review", "", `{` + head + `,"meta":{"is_major_policy":true},"workflow":{"legal_review":{},"reviews":[` + approved + `],` + done + `}}`, []string{"legal"}},
		{"perhaps a major policy", "", `{"title":"公园管理办法","body":"好","publish_at":"2026-04-02T09:00:00+08:00","workflow":{"reviews":[` + approved + `],` + done + `}}`, []string{"legal"}},
		{"a mark of secrecy", "", `{"title":"好","body":"机密★3年","publish_at":"2026-04-02T09:00:00+08:00","workflow":{"reviews":[` + approved + `],` + done + `}}`, []string{"secrecy"}},
		{"a finding to edit", "", `{` + head + `,"repost":{"is_repost":true,"source":""},"workflow":{"reviews":[` + approved + `],` + done + `}}`, []string{"editing"}},
		{"a chain of roles", "yangzhou-union", `{` + head + `,"meta":{"content_type":"guide_qa"},"workflow":{"application":{"department":"宣教部","applied_at":"2026-04-01T09:00:00+08:00"},"secrecy_review":{"initial":{"role":"dept_head","is_secret":"no","may_publish":"undetermined","at":"2026-04-01T09:00:00+08:00"},"final":{}},"reviews":[{"role":"管理员","reviewer":"甲","result":"approved","at":"2026-04-01T09:00:00+08:00"}]},"operations":{"patrols":[]}}`,
			[]string{"secrecy secrecy_office", "approval 2 publicity_head", "approval 3 vice_chair", "approval 4 principal"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, steps := stepsOf(t, tt.preset, tt.document)
			require.Equal(t, tt.want, got, "%+v", steps)
		})
	}
}

// A disposition answers for a finding by its id.
func TestStepsAnswered(t *testing.T) {
	body := `{` + head + `,"repost":{"is_repost":true,"source":""},"workflow":{"reviews":[` + approved + `],` + done + `%s}}`
	_, steps := stepsOf(t, "", fmt.Sprintf(body, ""))
	require.Len(t, steps, 1)
	id := steps[0].Reasons[0].Finding
	answer := `,"dispositions":[{"finding_id":"` + id + `","decision":"accepted","reviewer":"丙","reason":"%s","at":"2026-04-01T12:00:00+08:00"}]`
	_, steps = stepsOf(t, "", fmt.Sprintf(body, fmt.Sprintf(answer, "来源见文末")))
	require.Empty(t, steps)
	_, steps = stepsOf(t, "", fmt.Sprintf(body, fmt.Sprintf(answer, "")))
	require.Len(t, steps, 1, "an answer needs a reason")
}
