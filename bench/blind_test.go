package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"hash/fnv"
	"os"
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// sentence is one line of testdata/blind.jsonl; testdata/README.md describes
// its fields.
type sentence struct {
	ID       string `json:"id"`
	Category string `json:"category"`
	Expect   string `json:"expect"`
	Text     string `json:"text"`
	Register string `json:"register"`
	Reason   string `json:"reason"`
}

// open reports whether a sentence may be looked at while improving: the FNV-1a
// hash of its id is even.
func (s sentence) open() bool {
	h := fnv.New32a()
	h.Write([]byte(s.ID))
	return h.Sum32()%2 == 0
}

// The sentences have the form their README promises: every category has enough
// of both kinds, in both halves, and none occurs twice.
func TestBlindForm(t *testing.T) {
	data, err := os.ReadFile("testdata/blind.jsonl")
	require.NoError(t, err)
	type kind struct {
		category, expect string
	}
	counts := map[kind]int{}
	halves := map[kind]int{}
	for _, category := range []string{
		"political_terms", "ethnic_religious", "secrecy", "personal_info", "violence_terror", "contraband",
		"gambling_fraud", "porn_vulgar", "abuse_discrimination", "ad_exaggeration", "superstition_pseudomedicine", "minors",
	} {
		counts[kind{category, "hit"}] = 0
		counts[kind{category, "pass"}] = 0
	}
	ids := map[string]bool{}
	texts := map[string]string{}
	id := regexp.MustCompile(`^([a-z_]+)-(hit|pass)-\d\d$`)
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		var s sentence
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		require.NoError(t, dec.Decode(&s), "blind.jsonl:%d", n)

		m := id.FindStringSubmatch(s.ID)
		require.NotNil(t, m, "blind.jsonl:%d: id %q", n, s.ID)
		require.Equal(t, m[1:], []string{s.Category, s.Expect}, s.ID)
		require.Contains(t, counts, kind{s.Category, s.Expect}, s.ID)
		require.Contains(t, []string{"ad", "chat", "notice", "comment", "article", "caption"}, s.Register, s.ID)
		require.NotEmpty(t, s.Reason, s.ID)
		length := utf8.RuneCountInString(s.Text)
		require.True(t, 6 <= length && length <= 130, "%s: %d characters", s.ID, length)

		require.False(t, ids[s.ID], "%s occurs twice", s.ID)
		ids[s.ID] = true
		require.Empty(t, texts[s.Text], "%s repeats a text", s.ID)
		texts[s.Text] = s.ID
		counts[kind{s.Category, s.Expect}]++
		if s.open() {
			halves[kind{s.Category, s.Expect}]++
		}
	}
	require.NoError(t, lines.Err())
	for k, n := range counts {
		require.GreaterOrEqual(t, n, 20, "%s %s", k.category, k.expect)
		require.Greater(t, halves[k], n/5, "%s %s: open half", k.category, k.expect)
		require.Less(t, halves[k], n-n/5, "%s %s: open half", k.category, k.expect)
	}
}
