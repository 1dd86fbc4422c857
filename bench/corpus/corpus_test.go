package corpus

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// The same spec gives the same text and lexicon; every planted term is in the
// text.
func TestGenerate(t *testing.T) {
	spec := Spec{Size: 100_000, Terms: 500, Interval: 2000}
	a, err := Generate(spec)
	require.NoError(t, err)
	b, err := Generate(spec)
	require.NoError(t, err)
	require.Equal(t, a, b)
	require.Len(t, a.Terms, 500)
	require.Equal(t, 49, a.Planted)
	require.GreaterOrEqual(t, a.Answer().Matches, a.Planted)

	_, err = Generate(Spec{Size: 1000, Terms: 200_000, Longest: 2})
	require.ErrorContains(t, err, "the dictionary yields")
	_, err = Generate(Spec{Size: 1000, Terms: 10, Longest: 9})
	require.ErrorContains(t, err, "want 2 to 8, got 9")
}

// Lexicons larger than the dictionary are made of pairs of words, and hold no
// term twice.
func TestGenerateLarge(t *testing.T) {
	c, err := Generate(Spec{Size: 1000, Terms: 300_000})
	require.NoError(t, err)
	require.Len(t, c.Terms, 300_000)
	for i, term := range c.Terms {
		require.True(t, i == 0 || c.Terms[i-1] < term, "sorted and distinct")
		n := utf8.RuneCountInString(term)
		require.True(t, 2 <= n && n <= Longest, term)
	}
}

// The answer is what strings.Index finds, term by term.
func TestAnswer(t *testing.T) {
	generated, err := Generate(Spec{Size: 50_000, Terms: 300, Interval: 500})
	require.NoError(t, err)
	for _, c := range []*Case{
		generated,
		{Text: "中中中中", Terms: []string{"中中", "中中中"}},
		{Text: "a赌博网站𠮷", Terms: []string{"博网", "站𠮷", "赌博", "赌博网站"}},
		{Text: "", Terms: []string{"赌博"}},
	} {
		var want Answer
		for _, term := range c.Terms {
			n := 0
			for i := range c.Text {
				if strings.HasPrefix(c.Text[i:], term) {
					n++
				}
			}
			want.Matches += n
			if n > 0 {
				want.Distinct++
			}
		}
		require.Equal(t, want, c.Answer())
	}
}

func TestReadAndWrite(t *testing.T) {
	dir := t.TempDir()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte("第二篇"))
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "1.txt"), []byte("第一篇"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "2.txt.gz"), packed.Bytes(), 0o644))

	c, err := Read(dir, Spec{Size: 1000, Terms: 10})
	require.NoError(t, err)
	require.Equal(t, "第一篇\n第二篇\n", c.Text)
	c, err = Read(dir, Spec{Size: 14, Terms: 10})
	require.NoError(t, err)
	require.Equal(t, "第一篇\n第\n", c.Text, "cut at the end of a rune")

	out := t.TempDir()
	files, err := c.Write(out, "case", c.Answer())
	require.NoError(t, err)
	text, err := os.ReadFile(files.Text)
	require.NoError(t, err)
	require.Equal(t, c.Text, string(text))
	terms, err := os.ReadFile(files.Terms)
	require.NoError(t, err)
	require.Equal(t, c.Terms, strings.Fields(string(terms)))

	require.NoError(t, os.WriteFile(filepath.Join(dir, "3.txt"), []byte("\xff"), 0o644))
	_, err = Read(dir, Spec{Size: 1000, Terms: 10})
	require.ErrorContains(t, err, "3.txt: not UTF-8")
	_, err = Read(t.TempDir(), Spec{Size: 1000, Terms: 10})
	require.ErrorContains(t, err, "no text in this folder")
}

// Each hostile case has about the size that was asked for, and terms that an
// answer can be counted for.
func TestHostile(t *testing.T) {
	of, err := Generate(Spec{Terms: 100})
	require.NoError(t, err)
	cases := Hostile(10_000, of)
	require.Len(t, cases, 6)
	for name, c := range cases {
		require.InDelta(t, 10_000, len(c.Text), 3000, name)
		matches := c.Answer().Matches
		require.Equal(t, name == "nested" || name == "whole", matches > 500, "%s: %d matches", name, matches)
		for _, term := range c.Terms {
			require.LessOrEqual(t, utf8.RuneCountInString(term), Longest, name)
		}
	}
}
