package shenjiao_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The tests that SECURITY.md names as the reason of a claim exist. A name that
// ends in … stands for several.
func TestSecurityNames(t *testing.T) {
	data, err := os.ReadFile("SECURITY.md")
	require.NoError(t, err)
	names := regexp.MustCompile("`(?:([a-z]+)\\.)?(Test[A-Za-z]+)(…?)`").FindAllStringSubmatch(string(data), -1)
	require.Greater(t, len(names), 10)
	for _, m := range names {
		files, err := filepath.Glob(filepath.Join(".", m[1], "*_test.go"))
		require.NoError(t, err)
		var tests strings.Builder
		for _, file := range files {
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			tests.Write(source)
		}
		end := "("
		if m[3] != "" {
			end = ""
		}
		require.Contains(t, tests.String(), "\nfunc "+m[2]+end, m[0])
	}
}
