package lexicon

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/matcher"
)

func TestActiveOn(t *testing.T) {
	day := func(s string) (d Date) {
		if s == "" {
			return d
		}
		d, err := ParseDate(s)
		require.NoError(t, err)
		require.Equal(t, s, d.String())
		return d
	}
	for _, c := range []struct {
		from, to, on string
		want         bool
	}{
		{"", "", "2026-03-02", true},
		{"2026-03-02", "", "2026-03-01", false},
		{"2026-03-02", "", "2026-03-02", true},
		{"2026-03-02", "", "2027-01-01", true},
		{"", "2026-03-02", "2026-03-03", false},
		{"", "2026-03-02", "2026-03-02", true},
		{"", "2026-03-02", "2025-12-31", true},
		{"2026-03-02", "2026-03-02", "2026-03-02", true},
		{"2026-03-02", "2026-04-01", "2026-05-01", false},
	} {
		e := Entry{ValidFrom: day(c.from), ValidTo: day(c.to)}
		require.Equal(t, c.want, e.ActiveOn(day(c.on)), "%+v", c)
	}
}

func TestDates(t *testing.T) {
	for _, bad := range []string{"", "2026", "2026-2-03", "2026-02-29", "2026-13-01", "2026-02-03 ", "0000-01-01", "26-01-01"} {
		_, err := ParseDate(bad)
		require.Error(t, err, "%q", bad)
	}
	// A day is that of the time zone it is asked in.
	at := time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC)
	require.Equal(t, Date{2026, 3, 2}, DateOf(at))
	require.Equal(t, Date{2026, 3, 3}, DateOf(at.In(time.FixedZone("", 8*3600))))
	require.Empty(t, Date{}.String())
	require.True(t, Date{}.IsZero())
	require.Equal(t, -1, Date{2025, 12, 31}.Compare(Date{2026, 1, 1}))
}

func TestScope(t *testing.T) {
	e := &Entry{Term: "逃课", Category: Minors, Label: "bullying"}
	for text, c := range map[string]struct {
		scope Scope
		want  bool
	}{
		"all":              {Scope{}, true},
		"minors":           {Scope{Category: Minors}, true},
		"secrecy":          {Scope{Category: Secrecy}, false},
		"minors/bullying":  {Scope{Category: Minors, Label: "bullying"}, true},
		"minors/case":      {Scope{Category: Minors, Label: "case"}, false},
		"term:逃课":          {Scope{Term: "逃课"}, true},
		"term:逃学":          {Scope{Term: "逃学"}, false},
		"secrecy/bullying": {Scope{Category: Secrecy, Label: "bullying"}, false},
	} {
		require.Equal(t, text, c.scope.String())
		require.Equal(t, c.want, c.scope.Covers(e), "%s", text)
	}
}

func TestMatchModes(t *testing.T) {
	for m := MatchSubstring; m <= MatchWhole; m++ {
		got, ok := ParseMatchMode(m.String())
		require.True(t, ok)
		require.Equal(t, m, got)
	}
	for _, name := range []string{"", "default", "regex", "Word"} {
		got, ok := ParseMatchMode(name)
		require.False(t, ok, "%q", name)
		require.Equal(t, MatchDefault, got)
	}
	require.Equal(t, "MatchMode(9)", MatchMode(9).String())
}

func TestChannelSpecs(t *testing.T) {
	parse := func(s string) ChannelSpec {
		spec, faults := parseChannels(s)
		require.Empty(t, faults, "%q", s)
		return spec
	}
	for _, c := range []struct{ mine, base, want string }{
		{"", "", "default"},
		{"default", "+numeral", "+numeral"},
		{"default +styled", "+numeral", "+numeral +styled"},
		{"-noise +styled", "", "+styled -noise"},
		{"+noise", "-noise +numeral", "+noise +numeral"},
		{"-numeral", "-noise +numeral", "-noise -numeral"},
		{"+numeral -noise", "+numeral -noise", "+numeral -noise"},
	} {
		mine, base := parse(c.mine), parse(c.base)
		require.Equal(t, c.want, mine.over(base).String(), "%+v", c)
		require.Equal(t, parse(c.mine), mine, "%+v: over must not change its receiver", c)
		require.Equal(t, parse(c.base), base, "%+v: over must not change its argument", c)
	}
	for _, name := range channelNames {
		require.Equal(t, ChannelSpec{Add: []string{name}}, parse("+"+name))
	}
	for _, c := range matcher.Channels() {
		require.Contains(t, channelNames, c.Name, "a channel that no file can name")
	}
	require.Len(t, slices.Compact(slices.Sorted(slices.Values(channelNames))), len(channelNames), "a channel is listed twice")
}
