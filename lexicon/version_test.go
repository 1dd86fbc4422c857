package lexicon

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCompareVersions(t *testing.T) {
	ordered := []string{"", "0.0.1", "0.0.2", "0.0.10", "0.1.0", "0.9.9", "1.0.0", "1.2.3", "1.10.0", "2.0.0", "10.0.0"}
	for i, a := range ordered {
		for j, b := range ordered {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			require.Equal(t, want, CompareVersions(a, b), "%q, %q", a, b)
		}
	}
	require.Zero(t, CompareVersions("1.0", "x"), "neither is a version")
	require.True(t, slices.IsSortedFunc(ordered, CompareVersions))
}

func TestCheckIDAndVersion(t *testing.T) {
	for _, id := range []string{"a", "union-office", "x_1"} {
		require.NoError(t, CheckID(id), id)
	}
	for _, id := range []string{"", "A", "1a", "a/b", "..", "a b", "词"} {
		require.Error(t, CheckID(id), id)
	}
	require.NoError(t, CheckVersion("1.12.0"))
	for _, v := range []string{"", "1", "1.2", "1.02.0", "1.2.3.4", "v1.2.3", "1.2.-3"} {
		require.Error(t, CheckVersion(v), v)
	}
}
