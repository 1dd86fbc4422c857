package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// naivePosition is the definition: walk over the runes.
func naivePosition(s string, offset int) Position {
	p := Position{Line: 1, Column: 1}
	for p.Byte < len(s) {
		r, n := utf8.DecodeRuneInString(s[p.Byte:])
		if p.Byte+n > offset {
			break
		}
		p.Byte += n
		p.Rune++
		p.UTF16++
		if r > 0xFFFF {
			p.UTF16++
		}
		p.Column++
		if r == '\n' {
			p.Line, p.Column = p.Line+1, 1
		}
	}
	return p
}

func TestPositions(t *testing.T) {
	const s = "一\r\n𠮷b\xff\n"
	for offset, want := range []Position{
		0: {0, 0, 0, 1, 1}, 1: {0, 0, 0, 1, 1}, 2: {0, 0, 0, 1, 1}, 3: {3, 1, 1, 1, 2}, 4: {4, 2, 2, 1, 3}, 5: {5, 3, 3, 2, 1},
		6: {5, 3, 3, 2, 1}, 7: {5, 3, 3, 2, 1}, 8: {5, 3, 3, 2, 1}, 9: {9, 4, 5, 2, 2}, 10: {10, 5, 6, 2, 3}, 11: {11, 6, 7, 2, 4}, 12: {12, 7, 8, 3, 1},
	} {
		require.Equal(t, want, NewIndex(s).Position(offset), "offset %d", offset)
		require.Equal(t, want, naivePosition(s, offset), "offset %d", offset)
	}
	require.Equal(t, "2:3", NewIndex(s).Position(10).String())
	require.Panics(t, func() { NewIndex(s).Position(len(s) + 1) })
	require.Panics(t, func() { NewIndex(s).Position(-1) })
	require.Equal(t, Position{Line: 1, Column: 1}, NewIndex("").Position(0))
}

// positionText draws a text, sometimes of several strides.
func positionText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		part := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "赌", "𠮷", "\n", "\r\n", "\r", "\xff", "\xe8\xb5", "\xf0\xa0", "\x8c", "e\u0301"}), 1, 24)
		s := strings.Join(part.Draw(t, "part"), "")
		return strings.Repeat(s, rapid.SampledFrom([]int{1, 2, 3*stride/len(s) + 1}).Draw(t, "times"))
	})
}

func TestIndexIsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := positionText().Draw(t, "s")
		x := NewIndex(s)
		for range 8 {
			offset := rapid.IntRange(0, len(s)).Draw(t, "offset")
			require.Equal(t, naivePosition(s, offset), x.Position(offset), "offset %d", offset)
		}
	})
}

func TestLocatorIsIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := positionText().Draw(t, "s")
		size := rapid.SampledFrom([]int{1, 2, 3, 7, 1000, stride, 2*stride + 1}).Draw(t, "size")
		checkLocator(t, s, size, rapid.IntRange(0, 3*stride).Draw(t, "keep"))
	})
}

// checkLocator feeds s in chunks, forgets what is keep bytes behind, and asks on the way.
func checkLocator(t reporter, s string, size, keep int) {
	t.Helper()
	whole := NewIndex(s)
	starts := runeStarts(s)
	var l Locator
	floor := 0
	for at := 0; at < len(s); {
		end := min(at+size, len(s))
		l.Append([]byte(s[at:end]))
		at = end
		if size > 16 || at%997 == 0 || at == len(s) {
			for _, offset := range []int{floor, (floor + at) / 2, at - 1, at} {
				if offset < floor {
					continue
				}
				got := l.Position(offset)
				if offset < at-utf8.UTFMax || starts[offset] || at == len(s) {
					require.Equal(t, whole.Position(offset), got, "offset %d of %d", offset, at)
				}
			}
		}
		if f := at - keep; f > floor {
			l.Forget(f)
			floor = f
		}
		require.LessOrEqual(t, len(l.window), 2*(keep+size)+3*stride, "the window stays small")
	}
	require.Equal(t, whole.Position(len(s)), l.Position(len(s)))
	require.Panics(t, func() { l.Position(len(s) + 1) })
	if floor > 0 {
		require.Panics(t, func() { l.Position(floor - 1) })
	}
}

func TestLocatorOfNothing(t *testing.T) {
	var l Locator
	require.Equal(t, origin, l.Position(0))
	l.Forget(0)
	l.Append(nil)
	require.Equal(t, origin, l.Position(0))
}

// A rune that two chunks share is one rune, also if what is before its end is forgotten in between.
func TestLocatorForgetsNoHalfRune(t *testing.T) {
	s := strings.Repeat("a", 2*stride) + "赌"
	var l Locator
	l.Append([]byte(s[:2*stride+2]))
	l.Forget(2*stride + 2)
	l.Append([]byte(s[2*stride+2:]))
	require.Equal(t, NewIndex(s).Position(len(s)), l.Position(len(s)))
}

func FuzzLocator(f *testing.F) {
	// Law: at any chunking, and whatever has been forgotten, a Locator answers like an Index, and an Index like a walk.
	f.Add("一\r\n𠮷b\xff\n", uint16(1), uint16(0), uint16(3000))
	f.Fuzz(func(t *testing.T, s string, size, keep, times uint16) {
		if s == "" || len(s) > 1<<12 {
			t.Skip()
		}
		s = strings.Repeat(s, min(int(times)%4096, 3*stride/len(s))+1)
		x := NewIndex(s)
		for offset := 0; offset <= len(s); offset += 1 + len(s)/7 {
			require.Equal(t, naivePosition(s, offset), x.Position(offset))
		}
		checkLocator(t, s, int(size)%5000+1, int(keep)%9000)
	})
}
