package starter_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/review"
)

func read(t testing.TB) *lexicon.Pack {
	t.Helper()
	p, err := lexicon.ReadPack(starter.FS())
	require.NoError(t, err)
	return p
}

// The pack's cases hold. Programs that embed it do not run them again.
func TestCases(t *testing.T) {
	p := read(t)
	require.Empty(t, p.Lint)
	_, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{})
	require.NoError(t, err)
}

// Each category has enough terms and cases to mean something.
func TestCoverage(t *testing.T) {
	p := read(t)
	terms, hit, pass := map[lexicon.Category]int{}, map[lexicon.Category]int{}, map[lexicon.Category]int{}
	for _, e := range p.Entries {
		terms[e.Category]++
	}
	for _, c := range p.MustHit {
		hit[c.Category]++
	}
	for _, c := range p.MustPass {
		pass[c.Category]++
	}
	for _, c := range lexicon.Categories() {
		require.GreaterOrEqual(t, terms[c.ID], 200, "%s: terms", c.ID)
		require.GreaterOrEqual(t, hit[c.ID], 8, "%s: must_hit", c.ID)
		require.GreaterOrEqual(t, pass[c.ID], 12, "%s: must_pass", c.ID)
	}
}

// Every must_pass sentence holds for every category, not only its own: the
// pack as a whole stays quiet.
func TestPassesEverywhere(t *testing.T) {
	p := read(t)
	l, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{Trusted: []*lexicon.Pack{p}})
	require.NoError(t, err)
	require.NotEmpty(t, p.MustPass)
	for _, c := range p.MustPass {
		for _, h := range l.FindAll(c.Text, lexicon.Scene{}) {
			if !h.Vetoed() && h.Action > review.ActionNote {
				t.Errorf("%v: %q: term %q of %s", c.Place, c.Text, h.Entry.Term, h.Entry.Category)
			}
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	p := read(b)
	for b.Loop() {
		_, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{Trusted: []*lexicon.Pack{p}})
		require.NoError(b, err)
	}
}

// The traps of the specification give no review or block: sentences that
// naive matching takes for findings.
func TestTraps(t *testing.T) {
	data := sharedFile(t, "spec/categories.yaml")
	p := read(t)
	l, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{Trusted: []*lexicon.Pack{p}})
	require.NoError(t, err)
	traps := 0
	for line := range strings.Lines(data) {
		trap, ok := strings.CutPrefix(strings.TrimSpace(line), `- "`)
		sentence, _, ok2 := strings.Cut(trap, "|")
		if !ok || !ok2 {
			continue
		}
		traps++
		for _, h := range l.FindAll(sentence, lexicon.Scene{}) {
			if !h.Vetoed() && h.Action > review.ActionNote {
				t.Errorf("%s: term %q of %s", sentence, h.Entry.Term, h.Entry.Category)
			}
		}
	}
	require.Greater(t, traps, 80)
}

// sharedFile reads a file of the material that the project was specified
// with, which is not part of it.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if data, err := os.ReadFile(filepath.Join(dir, "shared", name)); err == nil {
			return string(data)
		}
	}
	t.Skipf("shared/%s is not beside the repository", name)
	return ""
}
