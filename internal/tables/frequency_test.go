package tables

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The table knows what every reader of Chinese knows.
func TestFrequency(t *testing.T) {
	require.Len(t, frequencies, (hanCells+pairCells)/2)
	require.Greater(t, Frequency('的'), Frequency('赌'))
	require.Greater(t, Frequency('赌'), Frequency('龘'))
	require.Greater(t, PairFrequency('中', '国'), PairFrequency('国', '中'))
	require.Greater(t, PairFrequency('我', '们'), PairFrequency('赌', '博'))
	require.Greater(t, PairFrequency('赌', '博'), PairFrequency('博', '赌'))
	sum := 0.0
	for r := rune(firstHan); r < firstHan+hanCells; r++ {
		sum += Frequency(r)
	}
	require.InDelta(t, 1, sum, 0.3, "the shares of all characters")
	for _, r := range []rune{-1, 0, 'a', '，', 0x3400, 0x10FFFF} {
		require.Positive(t, Frequency(r))
		require.Positive(t, PairFrequency(r, '的'))
	}
}
