package shenjiao_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadme holds README to what it shows: the program is examples/embed, and
// each shown output is what its command prints.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("starts programs, which are built without what this test is built with")
	}
	data, err := os.ReadFile("README.md")
	require.NoError(t, err)
	readme := string(data)

	program, err := os.ReadFile("examples/embed/main.go")
	require.NoError(t, err)
	_, program2, _ := strings.Cut(string(program), "package main\n")
	require.Contains(t, readme, "```go\npackage main\n"+program2+"```", "README's program is not examples/embed/main.go")

	house, err := os.ReadFile("examples/house/main.go")
	require.NoError(t, err)
	snippets := regexp.MustCompile("(?s)```go\n(\t.*?)```").FindAllStringSubmatch(readme, -1)
	require.NotEmpty(t, snippets)
	for _, s := range snippets {
		require.Contains(t, string(house), s[1], "README's snippet is not of examples/house/main.go")
	}

	// A block of console shows commands after "$ " and what they print.
	blocks := regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(readme, -1)
	ran := 0
	for _, block := range blocks {
		for _, part := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			if !strings.HasPrefix(command, "go run ") {
				continue
			}
			out, err := exec.Command("sh", "-c", command+" 2>/dev/null").Output()
			if _, failed := err.(*exec.ExitError); err != nil && !failed {
				require.NoError(t, err)
			}
			require.Equal(t, strings.TrimRight(want, "\n"), strings.TrimRight(string(out), "\n"), command)
			ran++
		}
	}
	require.Positive(t, ran, "README shows no output of a command")
}
