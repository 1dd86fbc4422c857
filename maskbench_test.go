package shenjiao_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
)

// drafts is the text of the example drafts, which hold findings, many times.
func drafts(b *testing.B) []byte {
	names, err := filepath.Glob("examples/drafts/*.txt")
	require.NoError(b, err)
	require.NotEmpty(b, names)
	var all bytes.Buffer
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(b, err)
		all.Write(text)
	}
	return bytes.Repeat(all.Bytes(), 1+(1<<18)/all.Len())
}

// BenchmarkMask masks and scans the same text in chunks of 32 KB.
func BenchmarkMask(b *testing.B) {
	s, err := shenjiao.New(shenjiao.Options{NoRules: true})
	require.NoError(b, err)
	text := drafts(b)
	b.Run("mask", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			w := s.NewMaskWriter(b.Context(), io.Discard, shenjiao.MaskOptions{})
			for chunk := range slices.Chunk(text, 1<<15) {
				_, err := w.Write(chunk)
				require.NoError(b, err)
			}
			require.NoError(b, w.Close())
		}
	})
	b.Run("scan", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			t := s.NewStream(b.Context(), shenjiao.StreamOptions{})
			for chunk := range slices.Chunk(text, 1<<15) {
				_, err := t.Write(chunk)
				require.NoError(b, err)
			}
			_, err := t.Report()
			require.NoError(b, err)
		}
	})
}

// BenchmarkMaskTokens masks a text in tokens of two characters and reports how
// many bytes are held back after one.
func BenchmarkMaskTokens(b *testing.B) {
	s, err := shenjiao.New(shenjiao.Options{NoRules: true})
	require.NoError(b, err)
	text := drafts(b)[:1<<16]
	b.SetBytes(int64(len(text)))
	var held []int
	for b.Loop() {
		held = held[:0]
		m := s.NewMaskStream(shenjiao.MaskOptions{})
		for rest := text; len(rest) > 0; {
			n := 0
			for range 2 {
				_, w := utf8.DecodeRune(rest[n:])
				n += w
			}
			_, err := m.Append(nil, rest[:n])
			require.NoError(b, err)
			held = append(held, m.Held())
			rest = rest[n:]
		}
	}
	slices.Sort(held)
	b.ReportMetric(float64(held[len(held)/2]), "held-p50-bytes")
	b.ReportMetric(float64(held[len(held)*99/100]), "held-p99-bytes")
	b.ReportMetric(float64(held[len(held)-1]), "held-max-bytes")
}
