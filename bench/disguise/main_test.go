package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

// Every channel has sentences by hand, and none holds the term itself.
func TestHand(t *testing.T) {
	hand, err := handSamples()
	require.NoError(t, err)
	n := map[matcher.Channel]int{}
	for _, s := range hand {
		n[s.channel]++
		require.NotContains(t, s.text, s.term)
	}
	for _, x := range measured {
		require.GreaterOrEqual(t, n[x.c], 25, "%v", x.c)
	}
}

// Every channel has independent sentences in both halves, and none holds the term itself.
func TestIndependent(t *testing.T) {
	list, err := independentSamples()
	require.NoError(t, err)
	n := map[string]*[2]int{}
	for _, s := range list {
		if n[s.channel] == nil {
			n[s.channel] = new([2]int)
		}
		n[s.channel][s.row%2]++
		if s.term != "" {
			require.NotContains(t, s.text, s.term)
		}
	}
	require.Len(t, n, len(measured)+2)
	for channel, halves := range n {
		require.GreaterOrEqual(t, min(halves[0], halves[1]), 20, channel)
	}
}

// The generator makes what it says, the same each time.
func TestGenerated(t *testing.T) {
	words, err := segment.Default()
	require.NoError(t, err)
	terms := stylePack(words, 200)
	require.Len(t, terms, 200)
	list := generated(words, terms)
	require.Equal(t, list, generated(words, terms))
	n := map[matcher.Channel]int{}
	for _, s := range list {
		n[s.channel]++
	}
	for _, x := range measured {
		if x.c != matcher.Leet && x.c != matcher.Emoji { // few terms can be written so
			require.GreaterOrEqual(t, n[x.c], 100, "%v", x.c)
		}
	}
	require.NotEmpty(t, frames())
	for _, f := range frames() {
		require.Equal(t, 1, strings.Count(f.text, "{}"), f.text)
	}
}
