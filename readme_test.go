package shenjiao_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
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

	pages, err := filepath.Glob("docs/*.md")
	require.NoError(t, err)
	ran := 0
	for _, page := range append(pages, "README.md") {
		ran += commandsOf(t, page)
	}
	require.Positive(t, ran, "no page shows the output of a command")
}

// commandsOf runs the commands that a page shows, blocks of console with commands
// after "$ " and what they print, and returns how many they are.
func commandsOf(t *testing.T, page string) (ran int) {
	t.Helper()
	data, err := os.ReadFile(page)
	require.NoError(t, err)
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(data), -1) {
		for _, part := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			if !strings.HasPrefix(command, "go run ") {
				continue
			}
			out, err := exec.Command("sh", "-c", command+" 2>/dev/null").Output()
			if _, failed := err.(*exec.ExitError); err != nil && !failed {
				require.NoError(t, err)
			}
			require.Equal(t, strings.TrimRight(want, "\n"), strings.TrimRight(string(out), "\n"), "%s: %s", page, command)
			ran++
		}
	}
	return ran
}

// TestLinks follows every relative link of the pages.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^()#\s]+)(#[^()\s]*)?\)`)
	n := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != "."):
			return fs.SkipDir
		case filepath.Ext(path) != ".md":
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			n++
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: the link %s leads nowhere", path, m[1])
			}
		}
		return nil
	}))
	require.Greater(t, n, 50, "links found")
}
