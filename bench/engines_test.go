package bench

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/matcher"
)

// BenchmarkEngines measures every engine that the machine has on the same
// texts: one planted hit in 10,000 bytes (sparse) and one in 64 (dense), read
// literally and through all default channels.
//
//	go test -run '^$' -bench 'Engines/terms=10000/' ./bench
func BenchmarkEngines(b *testing.B) {
	for _, terms := range []int{1000, 10_000, 100_000, 1_000_000} {
		for _, interval := range []int{10_000, 64} {
			if interval == 64 && terms == 1000 {
				continue
			}
			c, err := NewCase(1<<22, terms, interval, 8)
			require.NoError(b, err)
			name := "sparse"
			if interval == 64 {
				name = "dense"
			}
			for _, channels := range []matcher.ChannelSet{0, matcher.DefaultChannels} {
				reading := "literal"
				if channels != 0 {
					reading = "folded"
				}
				b.Run(fmt.Sprintf("terms=%d/text=%s/reading=%s", terms, name, reading), func(b *testing.B) {
					benchmarkEngines(b, patterns(c.Terms, channels), []byte(c.Text))
				})
			}
		}
	}
}

// benchmarkEngines runs every engine over text; all find the same.
func benchmarkEngines(b *testing.B, ps []matcher.Pattern, text []byte) {
	var want []matcher.Match
	for _, e := range matcher.Engines() {
		m, err := matcher.NewWith(ps, matcher.Options{Engine: e})
		require.NoError(b, err)
		found := m.FindAll(text)
		if want == nil {
			want = slices.Clone(found)
		}
		require.True(b, slices.Equal(want, found), "%v: %d matches, want %d", e, len(found), len(want))
		b.Run("engine="+e.String(), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				found = m.AppendAll(found[:0], text)
			}
			b.ReportMetric(float64(m.Size()), "size-B")
		})
	}
}

// BenchmarkHostile measures every engine on texts that are made to be slow. No
// filter may fall below half of the automaton.
func BenchmarkHostile(b *testing.B) {
	of, err := NewCase(1<<16, 100_000, 10_000, 8)
	require.NoError(b, err)
	cases := HostileCases(1<<20, of)
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		c := cases[name]
		for _, channels := range []matcher.ChannelSet{0, matcher.DefaultChannels} {
			reading := "literal"
			if channels != 0 {
				reading = "folded"
			}
			b.Run(fmt.Sprintf("text=%s/reading=%s", name, reading), func(b *testing.B) {
				benchmarkEngines(b, patterns(c.Terms, channels), []byte(c.Text))
			})
		}
	}
}
