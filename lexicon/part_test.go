package lexicon

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// partsLexicon has what looks far: context, allow-phrases, words, noise.
func partsLexicon(t testing.TB) *Lexicon {
	t.Helper()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	p, err := ReadPack(fstest.MapFS{
		"pack.yaml": file("id: parts\nversion: 1.0.0\n"),
		"terms/a.csv": file("term,category,context,unless\n" +
			"赌博网站,gambling_fraud,,\n赌博,gambling_fraud,,\n一次,gambling_fraud,厨房|刀具 & 彩票|abc,\n购买,gambling_fraud,刀具|厨房 & 赌博|abc,\n彩票,x_a,购买|包中,\n刀具,x_a,,厨房\n性交,x_a,,\nabc,x_a,,\n中中,x_a,,\n"),
		"allow.csv": file("phrase\n购买彩票点\n中中国国\n"),
	})
	require.NoError(t, err)
	l, err := Compile([]*Pack{p}, Options{})
	require.NoError(t, err)
	return l
}

// Law: the parts of a text, one after the other, give the hits of the whole,
// wherever it is divided.
func TestPartsAreTheWhole(t *testing.T) {
	l := partsLexicon(t)
	pieces := []string{
		"赌博网站", "赌 博 网*站", "堵博", "du博", "贝者博网站", "dubo网站", "读博士", "堵 泊 王站", "賭博網站", "彩票", "购买", "购买彩票点", "刀具", "厨房", "一次性交付", "性交", "abc", "a b c", "xabc",
		"中", "中中中", "中中国国", "。", "，", "\n", "\n\n", "，今天天气很好，", "的", "\u200b", " ", "🔞", "\xff", "\xe4\xb8",
	}
	rng := rand.New(rand.NewPCG(7, 8))
	total := 0
	for round := range 2 {
		var b strings.Builder
		for b.Len() < 6*l.reach() {
			switch x := rng.IntN(40); {
			case x == 0:
				b.WriteString(strings.Repeat("中", rng.IntN(l.reach()))) // farther than any window
			case x == 1:
				b.WriteString(strings.Repeat("的，", 300))
			default:
				b.WriteString(pieces[rng.IntN(len(pieces))])
			}
		}
		text := b.String()
		whole := l.FindAll(text, Scene{})
		total += len(whole)
		part := func(from, to int) []Hit {
			hits, err := l.FindPart(context.Background(), text, from, to, Scene{})
			require.NoError(t, err)
			return hits
		}
		cuts := []int{0}
		for range 30 { // in many places at once, inside of characters too
			cuts = append(cuts, min(len(text), cuts[len(cuts)-1]+rng.IntN(len(text)/15)))
		}
		cuts = append(cuts, len(text))
		var together []Hit
		for i := range cuts[1:] {
			together = append(together, part(cuts[i], cuts[i+1])...)
		}
		require.Equal(t, whole, together, "round %d", round)
		middle := len(text) / 2
		for at := middle; at < middle+40; at++ { // at every byte of a stretch
			require.Equal(t, whole, append(part(0, at), part(at, len(text))...), "round %d, cut at %d", round, at)
		}
	}
	require.Greater(t, total, 300)
}

// A text in memory is read where it is: a clean one costs no allocation.
func TestCleanTextAllocatesNothing(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector empties pools at random, so allocations cannot be counted")
	}
	l := partsLexicon(t)
	for _, size := range []int{2000, 200_000} {
		text := strings.Repeat("今天天气很好，大家去公园散步。", size/45)
		l.FindAll(text, Scene{Field: "body"}) // fills the pool
		allocs := testing.AllocsPerRun(20, func() { l.FindAll(text, Scene{Field: "body"}) })
		require.Less(t, allocs, 1.0, "%d bytes", len(text)) // a collection may empty the pool
	}
}
