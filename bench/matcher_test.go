package bench

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/cloudflare/ahocorasick"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/matcher"
)

// heap returns what f keeps alive.
func heap(f func() any) (any, float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return kept, float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

func patterns(terms []string, channels matcher.ChannelSet) []matcher.Pattern {
	ps := make([]matcher.Pattern, len(terms))
	for i, t := range terms {
		ps[i] = matcher.Pattern{Text: t, Channels: channels}
	}
	return ps
}

// occurring returns the terms that stand in the text, by looking up every
// substring of their lengths.
func occurring(c *Case) map[string]bool {
	terms, found := map[string]bool{}, map[string]bool{}
	for _, t := range c.Terms {
		terms[t] = true
	}
	var starts []int // of the runes that are at most 8 back
	for i := range c.Text {
		for _, start := range starts {
			if s := c.Text[start:i]; terms[s] {
				found[s] = true
			}
		}
		starts = append(starts, i)
		if len(starts) > 8 {
			starts = starts[1:]
		}
	}
	return found
}

// BenchmarkMatcher compares the matcher, reading literally and through all
// default channels, with cloudflare/ahocorasick on the same text. The other
// engine reports which terms occur, not where or how often, so only that is
// compared.
func BenchmarkMatcher(b *testing.B) {
	for _, terms := range []int{1000, 10_000} {
		c, err := NewCase(1<<22, terms, 10_000, 8)
		require.NoError(b, err)
		text := []byte(c.Text)
		distinct := occurring(c)
		for _, channels := range []matcher.ChannelSet{0, matcher.DefaultChannels} {
			name := "literal"
			if channels != 0 {
				name = "folded"
			}
			b.Run(fmt.Sprintf("terms=%d/engine=shenjiao-%s", terms, name), func(b *testing.B) {
				kept, size := heap(func() any {
					m, err := matcher.New(patterns(c.Terms, channels))
					require.NoError(b, err)
					return m
				})
				m := kept.(*matcher.Matcher)
				b.SetBytes(int64(len(text)))
				var found []matcher.Match
				for b.Loop() {
					found = m.AppendAll(found[:0], text)
				}
				b.ReportMetric(size, "heap-B")
				got := map[string]bool{}
				for _, f := range found {
					got[c.Terms[f.Pattern]] = true
				}
				for t := range distinct {
					require.True(b, got[t], "lost %s", t)
				}
				if channels == 0 {
					require.Len(b, got, len(distinct))
				}
				require.GreaterOrEqual(b, len(found), c.Planted)
			})
		}
		b.Run(fmt.Sprintf("terms=%d/engine=cloudflare", terms), func(b *testing.B) {
			kept, size := heap(func() any { return ahocorasick.NewStringMatcher(c.Terms) })
			m := kept.(*ahocorasick.Matcher)
			b.SetBytes(int64(len(text)))
			n := 0
			for b.Loop() {
				n = len(m.Match(text))
			}
			b.ReportMetric(size, "heap-B")
			require.Equal(b, len(distinct), n)
		})
	}
}
