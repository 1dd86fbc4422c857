package lexicon

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCategories(t *testing.T) {
	all := Categories()
	require.Len(t, all, 12)
	lines := map[string]bool{}
	titles := map[string]string{}
	labels := map[string]Category{}
	for _, c := range all {
		require.True(t, c.ID.Valid())
		require.False(t, c.ID.IsOwn())
		require.NotEmpty(t, c.English)
		require.True(t, strings.HasSuffix(c.Definition, "。"), c.ID)
		require.NotZero(t, c.Severity)
		require.NotZero(t, c.Action)
		require.NotEmpty(t, c.Labels)
		require.NotEmpty(t, c.Lines)
		info, ok := c.ID.Info()
		require.True(t, ok)
		require.Equal(t, c, info)
		require.Equal(t, c.Title, c.ID.Title())
		for _, l := range c.Lines {
			lines[l] = true
		}
		for _, l := range c.Labels {
			require.True(t, isName(l.ID), l.ID)
			require.Empty(t, labels[l.ID], "label %s is in two categories", l.ID)
			labels[l.ID] = c.ID
			require.Empty(t, titles[l.Title], "%s and %s have the same title", l.ID, titles[l.Title])
			titles[l.Title] = l.ID
			got, ok := c.Label(l.ID)
			require.True(t, ok)
			require.Equal(t, l, got)
		}
		require.Empty(t, titles[c.Title], "category %s has the title of label %s", c.ID, titles[c.Title])
	}
	require.Len(t, lines, 7, "the seven bottom lines")

	all[0].Title = "changed"
	require.NotEqual(t, "changed", Categories()[0].Title)
}

func TestCategoryIDs(t *testing.T) {
	for id, want := range map[Category]struct{ valid, own bool }{
		"minors":       {true, false},
		"x_house":      {true, true},
		"x_2024":       {true, true},
		"x__":          {true, true},
		"x_":           {false, false},
		"x_House":      {false, false},
		"x_a-b":        {false, false},
		"x_总工会":        {false, false},
		"house":        {false, false},
		"Minors":       {false, false},
		"":             {false, false},
		"x_house\n":    {false, false},
		"X_house":      {false, false},
		"minors/label": {false, false},
	} {
		require.Equal(t, want.valid, id.Valid(), "%q", id)
		require.Equal(t, want.own, id.IsOwn(), "%q", id)
		require.Equal(t, want.valid, categoryFault(string(id)) == nil, "%q", id)
	}
	require.Equal(t, "x_house", Category("x_house").Title())
}

func TestNegativeContextNames(t *testing.T) {
	require.Equal(t, "none warning history teaching NegativeContext(4)",
		strings.Join([]string{NegativeNone.String(), NegativeWarning.String(), NegativeHistory.String(), NegativeTeaching.String(), NegativeContext(4).String()}, " "))
}
