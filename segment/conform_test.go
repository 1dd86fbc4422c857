package segment_test

import (
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/segment"
	"github.com/shenjiao/shenjiao/segment/segmenttest"
)

func TestConformanceDefault(t *testing.T) {
	words, err := segment.Default()
	if errors.Is(err, segment.ErrNoDictionary) {
		t.Skip(err)
	}
	require.NoError(t, err)
	segmenttest.Run(t, func() segment.Segmenter { return words })
}

func TestConformanceOwnDictionary(t *testing.T) {
	words, err := segment.FromDictionaryString("一次性 3\n交付 4\n使用 5\n")
	require.NoError(t, err)
	segmenttest.Run(t, func() segment.Segmenter { return words })
}

func TestConformanceToy(t *testing.T) {
	segmenttest.Run(t, func() segment.Segmenter { return pairs{} })
}

// pairs makes a word of every two runes.
type pairs struct{}

func (pairs) Ends(dst []int, clause string) []int {
	for at := 0; at < len(clause); {
		for range 2 {
			_, n := utf8.DecodeRuneInString(clause[at:])
			at += n
		}
		dst = append(dst, at)
	}
	return dst
}
