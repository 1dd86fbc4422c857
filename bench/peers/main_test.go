package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/bench/corpus"
)

// Every engine finds what there is.
func TestEngines(t *testing.T) {
	generated, err := corpus.Generate(corpus.Spec{Size: 100_000, Terms: 1000, Interval: 500})
	require.NoError(t, err)
	nested := &corpus.Case{Text: strings.Repeat("中", 100), Terms: []string{"中中", "中中中", "中中中中"}}
	for name, e := range engines {
		for _, c := range []*corpus.Case{generated, nested} {
			scan, err := e.Build(c.Terms)
			require.NoError(t, err)
			for range 2 {
				require.Equal(t, c.Answer().Matches, scan([]byte(c.Text)), name)
			}
		}
		require.NotEmpty(t, e.Version, name)
	}
}
