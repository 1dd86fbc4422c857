// Package ci holds the folder of this example to what its README says. The
// example itself is no program: a repository of documents, and the files by
// which its pipeline checks them.
package ci

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/require"
)

// repository returns a copy of this folder, in which the command shenjiao is
// found by its name.
func repository(t *testing.T) string {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the commands are those of Linux")
	}
	bin := t.TempDir()
	out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "shenjiao"), "../../cmd/shenjiao").CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(".")))
	return dir
}

// sh runs a command in dir and returns what it printed and its exit status.
func sh(t *testing.T, dir, command string) (string, int) {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return string(out), exit.ExitCode()
	}
	require.NoError(t, err, command)
	return string(out), 0
}

// TestReadme runs the commands of README, one after the other.
func TestReadme(t *testing.T) {
	dir := repository(t)
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	ran := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		for _, part := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			got, _ := sh(t, dir, command)
			require.Equal(t, strings.TrimSpace(want), strings.TrimSpace(got), command)
			ran++
		}
	}
	require.Equal(t, 5, ran)
}

// TestWorkflow runs the steps of the workflow that check something, and reads
// the SARIF that they leave as a code host does.
func TestWorkflow(t *testing.T) {
	dir := repository(t)
	data, err := os.ReadFile("workflow.yml")
	require.NoError(t, err)
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct{ Run string }
		}
	}
	require.NoError(t, yaml.Unmarshal(data, &workflow))
	status := map[string]int{}
	for _, job := range workflow.Jobs {
		for _, step := range job.Steps {
			if strings.HasPrefix(step.Run, "shenjiao ") {
				_, status[step.Run] = sh(t, dir, step.Run)
			}
		}
	}
	require.Equal(t, map[string]int{
		"shenjiao lexicon test lexicon": 0,
		"shenjiao scan --config shenjiao.yaml --format sarif --output shenjiao.sarif docs": 1,
	}, status)

	data, err = os.ReadFile(filepath.Join(dir, "shenjiao.sarif"))
	require.NoError(t, err)
	var log sarif.Report
	require.NoError(t, json.Unmarshal(data, &log))
	require.NoError(t, log.Validate())
	require.Len(t, log.Runs, 1)
	type place struct {
		uri        string
		line       int
		text       string
		suppressed bool
	}
	var places []place
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		// What stands at the place that is named is what was found.
		file, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(*at.ArtifactLocation.URI)))
		require.NoError(t, err)
		found := string(file[at.Region.ByteOffset:][:*at.Region.ByteLength])
		require.Equal(t, *at.Region.Snippet.Text, found)
		places = append(places, place{*at.ArtifactLocation.URI, *at.Region.StartLine, found, len(r.Suppressions) > 0})
	}
	require.Equal(t, []place{
		{"docs/handbook.md", 6, "法制日报", false},
		{"docs/handbook.md", 11, "再接再励", false},
		{"docs/history.md", 6, "云洲市", false},
		{"docs/history.md", 4, "法制日报", true},
	}, places)
}
