package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

func TestMain(m *testing.M) { ptest.MainWithDefault(m, "prism") }

// TestRescan runs the pipeline over the drafts of the examples and some that
// are broken, and compares it with a loop over the same drafts.
func TestRescan(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	weekly, err := os.ReadFile("../drafts/weekly.jsonl")
	require.NoError(t, err)
	archive := append(weekly, "\n\n{\"body\": 1}\n{\"body\": \"望大家再接再励\", \"id\": \"last\"}"...)
	require.NoError(t, os.WriteFile(filepath.Join(in, "a.jsonl"), archive, 0o644))
	for _, name := range []string{"fraud-alert.txt", "recruit-ad.txt", "clean-notice.txt"} {
		data, err := os.ReadFile(filepath.Join("../drafts", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(in, name), data, 0o644))
	}

	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	p, s := beam.NewPipelineWithRoot()
	rescan(s, filepath.Join(in, "*.jsonl"), filepath.Join(in, "*.txt"), out, now)
	result, err := ptest.RunWithMetrics(p)
	require.NoError(t, err)

	scanner, err := shenjiao.New(shenjiao.Options{})
	require.NoError(t, err)
	var want []string
	counts := map[string]int{}
	checked := 0
	check := func(file string, doc *review.Document) {
		checked++
		if doc.Now == nil {
			doc.Now = new(review.Time(now.Format(time.RFC3339)))
		}
		report, err := scanner.Scan(t.Context(), doc)
		require.NoError(t, err)
		for _, f := range report.Findings {
			line, err := json.Marshal(found{report.Document.ID, file, f})
			require.NoError(t, err)
			want = append(want, string(line))
			key := f.Category
			if key == "" {
				key = f.Rule
			}
			counts[fmt.Sprintf("%s,%s", key, f.Action)]++
		}
	}
	for doc, err := range review.ReadDocuments(bytes.NewReader(archive)) {
		if err == nil {
			check(filepath.Join(in, "a.jsonl"), doc)
		}
	}
	texts, err := filepath.Glob(filepath.Join(in, "*.txt"))
	require.NoError(t, err)
	require.Len(t, texts, 3)
	for _, name := range texts {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		check(name, &review.Document{ID: &name, Body: new(string(data))})
	}
	require.NotEmpty(t, want)

	require.ElementsMatch(t, want, lines(t, out, "findings.jsonl"))
	table := []string{}
	for key, n := range counts {
		table = append(table, fmt.Sprintf("%s,%d", key, n))
	}
	sort.Strings(table)
	require.Equal(t, append([]string{"category,action,findings"}, table...), lines(t, out, "counts.csv"))
	problems := lines(t, out, "problems.jsonl")
	require.Len(t, problems, 1)
	require.Contains(t, problems[0], "a.jsonl")
	require.Contains(t, problems[0], "body")
	require.Equal(t, tally{int64(checked), int64(len(want)), 1}, totals(result.Metrics()))
}

func lines(t *testing.T, dir, name string) (all []string) {
	f, err := os.Open(filepath.Join(dir, name))
	require.NoError(t, err)
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if strings.TrimSpace(s.Text()) != "" {
			all = append(all, s.Text())
		}
	}
	require.NoError(t, s.Err())
	return all
}
