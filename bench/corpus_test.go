package bench

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The same arguments give the same text and lexicon; every planted term is in
// the text.
func TestNewCase(t *testing.T) {
	a, err := NewCase(100_000, 500, 2000, 8)
	require.NoError(t, err)
	b, err := NewCase(100_000, 500, 2000, 8)
	require.NoError(t, err)
	require.Equal(t, a, b)
	require.Len(t, a.Terms, 500)
	require.Equal(t, 49, a.Planted)
	hits := 0
	for _, term := range a.Terms {
		hits += strings.Count(a.Text, term)
	}
	require.GreaterOrEqual(t, hits, a.Planted)
	require.Equal(t, len(a.Terms), len(occurring(&Case{Text: strings.Join(a.Terms, "，") + "。", Terms: a.Terms})))

	_, err = NewCase(1000, 10_000_000, 100, 8)
	require.EqualError(t, err, "bench: 10000000 terms, the limit is 2000000")
}
