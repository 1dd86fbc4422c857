package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/bench/corpus"
)

// The test program is its own runner, as the command is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childRunner {
		main()
		return
	}
	os.Exit(m.Run())
}

// contest.yaml is valid, and whoever it says is in this program is.
func TestContest(t *testing.T) {
	c, err := readContest(contestYAML)
	require.NoError(t, err)
	engines := ownEngines()
	own := 0
	for _, e := range c.Contenders {
		if _, ok := engines[e.ID]; e.Program == "own" && !strings.Contains(e.ID, "avx512") {
			require.True(t, ok, e.ID)
			own++
		}
	}
	require.Greater(t, own, 15)

	for fault, data := range map[string]string{
		"unknown counts":                "contenders: [{id: a, counts: x}]",
		"want the reason in differs":    "contenders: [{id: a, counts: terms}]",
		"want both most and because":    "contenders: [{id: a, counts: matches, most: 3}]",
		"want one contender that leads": "contenders: [{id: a, counts: matches}]",
		"unknown hits":                  "plans: {p: {text: 1, rounds: 1, cases: [{terms: 1, hits: many}]}}",
	} {
		_, err := readContest([]byte(data))
		require.ErrorContains(t, err, fault)
	}
}

// A small race of our own engines, in processes of their own, with all counts
// checked.
func TestRace(t *testing.T) {
	c, err := readContest(contestYAML)
	require.NoError(t, err)
	in, err := corpus.Generate(corpus.Spec{Size: 60_000, Terms: 300, Interval: 1000})
	require.NoError(t, err)
	dir := t.TempDir()
	files, err := in.Write(dir, "case", in.Answer())
	require.NoError(t, err)
	r := &race{
		programs: &programs{peers: dir, temp: dir, log: t.Logf, built: map[string]string{}, missing: map[string]string{}},
		plan:     plan{Rounds: 2}, files: files, bar: newProgress(1, t.Logf),
		answers: &answers{Answer: in.Answer(), c: in, known: map[string]int{}},
	}
	res := caseResult{Name: "case", Terms: 300, Hits: "sparse", Bytes: len(in.Text), Answer: in.Answer()}
	list := c.of("")
	require.NoError(t, r.run(list, &res))
	require.Len(t, res.Measured, len(list))
	ran := 0
	for _, m := range res.Measured {
		if m.Program == "peers" || m.Program == "rust" {
			require.Contains(t, m.Skipped, "no folder", m.ID)
		} else if m.Skipped == "" {
			require.Len(t, m.Rounds, 2)
			ran++
		}
	}
	require.GreaterOrEqual(t, ran, 7)
	require.Contains(t, tables(&results{Cases: []caseResult{res}}), "| shenjiao (Go) |")

	// A wrong count fails the run.
	r.answers.Matches++
	require.ErrorContains(t, r.run(list[:1], &res), "literal/auto: reports")
}

// The documents are made of the measurements that lie beside them.
func TestDocumentsAreMadeOfResults(t *testing.T) {
	res, err := readResults(filepath.Join("results", resultsFile))
	require.NoError(t, err)
	const remedy = "run go run ./bench -render -results bench/results -readme README.md"
	for file, want := range map[string]string{"results.md": tables(res), "throughput.svg": plot(res)} {
		got, err := os.ReadFile(filepath.Join("results", file))
		require.NoError(t, err)
		require.Equal(t, want, string(got), "%s: %s", file, remedy)
	}
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	want, err := spliced(string(readme), summary(res))
	require.NoError(t, err)
	require.Equal(t, want, string(readme), remedy)

	_, err = spliced("no markers", "")
	require.ErrorContains(t, err, "no place for the tables")
}

// BenchmarkOwn measures what this program runs itself, ourselves and
// cloudflare, on the cases of the small plan.
//
//	go test -run '^$' -bench 'Own/sparse-10000/literal' ./bench
func BenchmarkOwn(b *testing.B) {
	c, err := readContest(contestYAML)
	require.NoError(b, err)
	engines := ownEngines()
	p := c.Plans["small"]
	for _, pc := range p.Cases {
		in, err := corpus.Generate(corpus.Spec{Size: p.Text, Terms: pc.Terms, Interval: c.Hits[pc.Hits]})
		require.NoError(b, err)
		a := &answers{Answer: in.Answer(), c: in, known: map[string]int{}}
		text := []byte(in.Text)
		for _, g := range append([]string{""}, pc.Groups...) {
			for _, e := range c.of(g) {
				engine, ok := engines[e.ID]
				if !ok {
					continue
				}
				b.Run(strings.Join([]string{pc.name(), e.ID}, "/"), func(b *testing.B) {
					scan, err := engine.Build(in.Terms)
					require.NoError(b, err)
					b.SetBytes(int64(len(text)))
					n := 0
					for b.Loop() {
						n = scan(text)
					}
					require.NoError(b, a.check(e, n))
				})
			}
		}
	}
}
