package rules_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
	"github.com/shenjiao/shenjiao/text"
)

// sharedCase is one line of spec/rules_dev.jsonl.
type sharedCase struct {
	Rule    string `json:"rule"`
	Case    string `json:"case"`
	Profile *struct {
		Extends []string                   `json:"extends"`
		Rules   map[string]json.RawMessage `json:"rules"`
		Lists   map[string]json.RawMessage `json:"lists"`
		Facts   map[string]int             `json:"lexicon_facts"`
	} `json:"profile"`
	Document json.RawMessage `json:"document"`
	Expect   review.Status   `json:"expect"`
	Severity review.Severity `json:"severity"`
	Field    string          `json:"field"`
	SpanText string          `json:"span_text"`
	Missing  []string        `json:"missing"`
}

// TestSharedCases replays the cases of the specification: status, missing
// inputs, severity, field and text of the finding. It says how many hold, by
// topic.
func TestSharedCases(t *testing.T) {
	data, err := sharedFile("spec/rules_dev.jsonl")
	if err != nil {
		t.Skip(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	type score struct{ ok, n int }
	scores := map[string]score{}
	n := 0
	for lines.Scan() {
		var c sharedCase
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		require.NoError(t, dec.Decode(&c))
		rule, known := rules.Find(c.Rule)
		require.True(t, known, "no rule %s", c.Rule)
		n++
		s := scores[rule.Topic]
		s.n++
		if err := c.replay(t, &rule); err != nil {
			t.Errorf("%s: %s: %v", c.Rule, c.Case, err)
		} else {
			s.ok++
		}
		scores[rule.Topic] = s
	}
	require.NotZero(t, n, "no case was replayed")
	var progress []string
	for topic, s := range scores {
		progress = append(progress, fmt.Sprintf("%s %d/%d", topic, s.ok, s.n))
	}
	slices.Sort(progress)
	t.Log(strings.Join(progress, ", "))
}

// TestSharedRules holds the catalogue to the rules that the specification lists.
func TestSharedRules(t *testing.T) {
	data, err := sharedFile("spec/seed_requirements.tsv")
	if err != nil {
		t.Skip(err)
	}
	listed := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		columns := strings.Split(line, "\t")
		rule, ok := rules.Find(columns[0])
		if !ok {
			t.Errorf("no rule %s", columns[0])
			continue
		}
		listed[rule.ID] = true
		want := columns[3]
		if want == "info" {
			want = "notice"
		}
		require.Equal(t, want, rule.Severity.String(), rule.ID)
		require.Equal(t, columns[1], string(rule.Tier), rule.ID)
		require.Equal(t, columns[4] == "on", rule.Enabled, rule.ID)
	}
	for _, rule := range rules.Rules() {
		require.True(t, listed[rule.ID], "%s is in no line of the specification", rule.ID)
	}
}

func (c *sharedCase) replay(t *testing.T, rule *rules.Rule) error {
	engine, err := rules.New(rules.Options{Profile: c.profile(t)})
	require.NoError(t, err)
	doc, err := review.ParseDocument(c.Document)
	require.NoError(t, err)
	ev := rules.Evidence{Findings: termFindings(t, doc)}
	if c.Profile != nil {
		ev.Categories = c.Profile.Facts
	}
	evaluations, findings := engine.Evaluate(doc, ev)
	i := slices.IndexFunc(evaluations, func(e review.Evaluation) bool { return e.Rule == rule.ID })
	got := evaluations[i]
	if got.Status != c.Expect {
		return fmt.Errorf("status %s with missing %q, want %s", got.Status, got.Missing, c.Expect)
	}
	for _, path := range c.Missing {
		if !slices.Contains(got.Missing, path) {
			return fmt.Errorf("missing %q, want %q", got.Missing, path)
		}
	}
	if c.Field == "" && c.SpanText == "" && c.Severity == 0 {
		return nil
	}
	for _, f := range findings {
		if f.Rule == rule.ID && below(f.Field, c.Field) && strings.Contains(f.Text, c.SpanText) && oneSentence(f.Text) &&
			(c.Severity == 0 || f.Severity == c.Severity) {
			return nil
		}
	}
	return fmt.Errorf("no finding of field %q and text %q among %d", c.Field, c.SpanText, len(findings))
}

// oneSentence reports whether a finding is no longer than a sentence.
func oneSentence(s string) bool {
	i := strings.IndexAny(s, "。！？；\n")
	return i < 0 || i == len(s) || strings.TrimRight(s[i:], "。！？；”") == "" || utf8.RuneCountInString(s) < 64
}

// below reports whether a path is field or lies below it.
func below(path, field string) bool {
	rest, ok := strings.CutPrefix(path, field)
	return ok && (field == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

// profile builds what spec/DOCUMENT.md, section 6, says: the presets, then the
// rule switched on, then the case's own profile.
func (c *sharedCase) profile(t *testing.T) *rules.Profile {
	on := map[string]any{"id": "on", "rules": map[string]any{c.Rule: map[string]any{"enabled": true}}}
	own := map[string]any{"id": "case", "extends": []string{"on"}}
	if c.Profile != nil {
		if c.Profile.Extends != nil {
			on["extends"] = c.Profile.Extends
		}
		if c.Profile.Rules != nil {
			own["rules"] = c.Profile.Rules
		}
		if c.Profile.Lists != nil {
			own["lists"] = c.Profile.Lists
		}
	}
	var file bytes.Buffer
	for _, doc := range []any{on, own} {
		data, err := json.Marshal(doc)
		require.NoError(t, err)
		fmt.Fprintf(&file, "---\n%s\n", data)
	}
	p, err := rules.ParseProfile("case", file.Bytes())
	require.NoError(t, err)
	return p
}

var lexiconOfStarter = func() func(t *testing.T) *lexicon.Lexicon {
	var l *lexicon.Lexicon
	return func(t *testing.T) *lexicon.Lexicon {
		if l == nil {
			p, err := lexicon.ReadPack(starter.FS())
			require.NoError(t, err)
			l, err = lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{Trusted: []*lexicon.Pack{p}})
			require.NoError(t, err)
		}
		return l
	}
}()

// termFindings are the findings of the starter pack.
func termFindings(t *testing.T, doc *review.Document) []review.Finding {
	findings := []review.Finding{}
	for _, f := range doc.Fields() {
		format, err := text.ParseFormat(string(f.Format))
		require.NoError(t, err)
		visible := text.Extract(f.Text, format)
		for _, h := range lexiconOfStarter(t).FindAll(visible.Text(), lexicon.Scene{Field: f.Path}) {
			if h.Vetoed() {
				continue
			}
			start, end := visible.Source(int(h.Start), int(h.End))
			findings = append(findings, review.Finding{
				Rule: "term", Category: string(h.Entry.Category), Label: h.Entry.Label, Severity: h.Severity, Action: h.Action,
				Confidence: 1, Field: f.Path, Span: review.Span{Start: int64(start), End: int64(end)}, Text: f.Text[start:end],
			})
		}
	}
	return findings
}

// sharedFile reads a file of the specification that lies beside a working copy
// of the repository.
func sharedFile(name string) ([]byte, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for {
		data, err := os.ReadFile(filepath.Join(dir, "shared", name))
		if err == nil {
			return data, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, fmt.Errorf("no shared/%s above this folder", name)
		}
		dir = parent
	}
}
