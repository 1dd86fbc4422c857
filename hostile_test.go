package shenjiao_test

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// Texts that break careless scanners are scanned like others.
func TestHostileDocuments(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.NoRules = false })
	many := 1 << 20
	if testing.Short() {
		many >>= 4
	}
	for _, tt := range []struct {
		name   string
		format review.BodyFormat
		body   string
		want   int // findings
	}{
		{"one line of 20 MB", review.BodyPlain, strings.Repeat("平安是福。", many) + "赌博网站" + strings.Repeat("天", many), 1},
		{"100,000 nested blocks", review.BodyHTML, strings.Repeat("<div>", 100_000) + "赌<b>博</b>网站" + strings.Repeat("</div>", 100_000), 1},
		{"100,000 open inline tags inside a term", review.BodyHTML, "赌" + strings.Repeat("<b>", 100_000) + "博网站", 1},
		{"100,000 stray end tags", review.BodyHTML, strings.Repeat("</div></b>", 50_000) + "赌博网站", 1},
		{"entities only", review.BodyHTML, strings.Repeat("&#36172;&#21338;&#32593;&#31449;。", 5000), 5000},
		{"deep quotes", review.BodyMarkdown, strings.Repeat(">", 100_000) + "赌博网站", 1},
		{"emphasis flood", review.BodyMarkdown, strings.Repeat("*", 100_000) + "赌**博**网站", 1},
		{"zero-width characters inside a term", review.BodyPlain, "赌" + strings.Repeat("\u200b", many) + "博网站", 0},
		{"every word a finding", review.BodyPlain, strings.Repeat("赌博网站", many/50), many / 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := scan(t, s, &shenjiao.Document{Title: &tt.body, Body: &tt.body, BodyFormat: &tt.format})
			r.Findings = slices.DeleteFunc(r.Findings, func(f shenjiao.Finding) bool { return f.Rule != "term" || f.Field != "body" })
			require.Len(t, r.Findings, tt.want)
			require.NotEmpty(t, r.Evaluations)
			for _, f := range r.Findings[:min(3, len(r.Findings))] {
				require.Equal(t, tt.body[f.Span.Start:f.Span.End], f.Text)
			}
		})
	}
}

// Law 6: the memory of a stream does not grow with its text.
func TestStreamMemory(t *testing.T) {
	s := scanner(t, nil)
	chunk := []byte("一次性交付" + strings.Repeat("今天天气不错，万事如意。the quick brown fox\n", 1000))
	stream := s.NewStream(context.Background(), shenjiao.StreamOptions{})
	size := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what a sync.Pool holds outlives one collection
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early, late uint64
	rounds := 500 // 30 MB
	if testing.Short() {
		rounds = 100
	}
	for i := range rounds {
		_, err := stream.Write(chunk)
		require.NoError(t, err)
		switch i {
		case rounds / 10:
			early = size()
		case rounds - 1:
			late = size()
		}
	}
	_, err := stream.Report()
	require.NoError(t, err)
	// A stream that kept what it read would hold nine tenths of the text more.
	require.Less(t, late, early+1<<20, "heap after a tenth of the text and after %d bytes", rounds*len(chunk))
}
