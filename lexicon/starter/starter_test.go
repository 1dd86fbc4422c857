package starter_test

import (
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

// Each category has enough terms and cases to mean something. personal_info
// works through recognisers.
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
		if c.ID == lexicon.PersonalInfo {
			continue
		}
		require.GreaterOrEqual(t, terms[c.ID], 25, "%s: terms", c.ID)
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
