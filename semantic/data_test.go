package semantic

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// The rows of the starter model are what their README says: each names its
// file's voice, none stands twice, half are harmless, no category is missing
// that can be judged by meaning.
func TestData(t *testing.T) {
	names, err := filepath.Glob("data/*.jsonl")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(names), 6)
	readme, err := os.ReadFile("data/README.md")
	require.NoError(t, err)
	seen := map[string]string{}
	counts := map[string]int{}
	total := 0
	for _, name := range names {
		f, err := os.Open(name)
		require.NoError(t, err)
		rows, err := ReadRows(name, f)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		voice := strings.TrimSuffix(filepath.Base(name), ".jsonl")
		require.Contains(t, string(readme), "| `"+voice+".jsonl` |")
		for _, r := range rows {
			require.Equal(t, voice, r.Source, r.Text)
			require.Empty(t, seen[r.Text], r.Text)
			seen[r.Text] = name
			require.LessOrEqual(t, utf8.RuneCountInString(r.Text), maxRunes, r.Text)
			counts[r.Category]++
			total++
		}
	}
	require.GreaterOrEqual(t, total, 4000)
	require.InDelta(t, 0.5, float64(counts[""])/float64(total), 0.05)
	require.Len(t, counts, 11) // harmless and ten categories
	for category, n := range counts {
		require.GreaterOrEqual(t, n, 100, category)
	}
}

// Every fault of a file of rows is told, with its line.
func TestReadRowsErrors(t *testing.T) {
	for in, want := range map[string]string{
		`{"text":"好","category":"","source":"a"}` + "\n\n" + `{"text":"好","category":"","source":"a"}`: "d.jsonl:3: the text stands in line 1 already",
		`{"text":"好","category":""}`:                             "d.jsonl:1: want the keys text, category and source",
		`{"text":" ","category":"","source":"a"}`:                "d.jsonl:1: text is empty",
		`{"text":"好","category":"nonsense","source":"a"}`:        `d.jsonl:1: category: "nonsense" is none`,
		`{"text":"好","category":"","source":"a","more":1}`:       "d.jsonl:1: want {",
		`{"text":"好","category":"","source":"a"}{}`:              "d.jsonl:1: want one object a line",
		`{"text":"好","category":"","source":""}`:                 "d.jsonl:1: source is empty",
		"{\"text\":\"\xff\",\"category\":\"\",\"source\":\"a\"}": "d.jsonl:1: not UTF-8",
		strings.Repeat("x\n", 30):                                "d.jsonl: 10 more faults",
	} {
		_, err := ReadRows("d.jsonl", strings.NewReader(in))
		require.ErrorContains(t, err, want)
	}
	rows, err := ReadRows("d.jsonl", strings.NewReader("\ufeff"+`{"text":"好","category":"x_own","source":"a"}`+"\n"))
	require.NoError(t, err)
	require.Equal(t, []Row{{"好", "x_own", "a"}}, rows)
}
