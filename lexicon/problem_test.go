package lexicon

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProblemText(t *testing.T) {
	ps := Problems{
		{Place: Place{"b.csv", 1, 1}, Level: LevelLint, Message: "lint"},
		{Place: Place{"b.csv", 1, 1}, Level: LevelError, Message: "z"},
		{Place: Place{"b.csv", 1, 1}, Level: LevelError, Message: "a"},
		{Place: Place{"a.csv", 10, 2}, Level: LevelError, Message: "x"},
		{Place: Place{"a.csv", 9, 0}, Level: LevelError, Message: "x"},
		{Place: Place{File: "a.csv"}, Level: LevelError, Message: "x"},
	}
	ps.sort()
	require.EqualError(t, ps, `lexicon: a.csv: x
lexicon: a.csv:9: x
lexicon: a.csv:10:2: x
lexicon: b.csv:1:1: a
lexicon: b.csv:1:1: z
lexicon: b.csv:1:1: lint: lint`)
	require.True(t, ps.HasErrors())
	require.False(t, ps[5:].HasErrors())
	require.False(t, Problems{}.HasErrors())
	require.Equal(t, "error lint Level(0)", LevelError.String()+" "+LevelLint.String()+" "+Level(0).String())
}

func TestNearest(t *testing.T) {
	for got, want := range map[string]string{
		"severty": "severity", "SEVERITY": "severity", " note": "note", "lable": "label", "cat": "category",
		"term_text": "term", "frobnicate": "", "": "", "x": "", "分类": "",
	} {
		require.Equal(t, want, nearest(got, termColumns), "%q", got)
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"kitten", "sitting", 3}, {"abc", "abc", 0}, {"abc", "acb", 2}} {
		require.Equal(t, c.want, distance(c.a, c.b), "%+v", c)
		require.Equal(t, c.want, distance(c.b, c.a), "%+v", c)
	}
}
