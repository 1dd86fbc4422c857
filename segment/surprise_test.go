package segment

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func surprised(t *testing.T, text string) Surprise {
	t.Helper()
	words, err := Default()
	require.NoError(t, err)
	d, err := NewDecider(Options{Segmenter: words})
	require.NoError(t, err)
	before, rest, ok := strings.Cut(text, "[")
	require.True(t, ok)
	hit, after, ok := strings.Cut(rest, "]")
	require.True(t, ok)
	return d.NewSession().Surprise(before+hit+after, len(before), len(before)+len(hit))
}

// What is shattered surprises more than what words cover, and what words take to
// both sides surprises least.
func TestSurprise(t *testing.T) {
	rising := []string{"家里有[毒博]物馆", "他在[博物]馆", "不久也[都被]斩首", "去年开始[读博]了", "想玩[堵博]的私聊", "你这个[煞彼]赶紧滚", "这[💣🐔]什么"}
	last := -10.0
	for _, text := range rising {
		s := surprised(t, text)
		require.NotEmpty(t, s.Words, text)
		if !strings.Contains(text, "💣") {
			require.GreaterOrEqual(t, s.Bits, last, text)
			last = s.Bits
		}
	}
	require.Equal(t, []string{"有毒", "博物馆"}, surprised(t, rising[0]).Words)
	require.Equal(t, []string{"煞", "彼"}, surprised(t, rising[5]).Words)
}

// Text outside of the window changes nothing.
func TestSurpriseWindow(t *testing.T) {
	inner := "参加这种[堵博]的人不少"
	require.Equal(t, surprised(t, inner), surprised(t, "一二三四五六七"+inner+"一二三四五六"))
	require.Equal(t, surprised(t, "这[堵博]呢"), surprised(t, "国，这[堵博]呢。家"))
}

// Without counts, words of several characters are still less surprising than as many single ones.
func TestSurpriseWithoutDictionary(t *testing.T) {
	d, err := NewDecider(Options{Segmenter: endsOnly{}})
	require.NoError(t, err)
	s := d.NewSession().Surprise("他在赌博", 6, 12)
	require.Positive(t, s.Bits)
	require.Equal(t, []string{"赌", "博"}, s.Words)
}

type endsOnly struct{}

func (endsOnly) Ends(dst []int, clause string) []int {
	for i := range clause {
		if i > 0 {
			dst = append(dst, i)
		}
	}
	if clause != "" {
		dst = append(dst, len(clause))
	}
	return dst
}
