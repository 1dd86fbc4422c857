package rules

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
)

// What one rule misses is its own: who appends to it changes no other.
func TestMissingIsOwn(t *testing.T) {
	e, err := New(Options{})
	require.NoError(t, err)
	list, _ := e.Evaluate(&review.Document{}, Evidence{})
	want := make([][]string, len(list))
	n := 0
	for i := range list {
		want[i] = slices.Clone(list[i].Missing)
		n += len(want[i])
	}
	require.Greater(t, n, 20)
	for i := range list {
		_ = append(list[i].Missing, "changed")
	}
	for i := range list {
		require.Equal(t, want[i], list[i].Missing, list[i].Rule)
	}
}
