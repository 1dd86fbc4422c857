//go:build unix

package matcher

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// No engine reads a byte outside of its text: texts of every length begin and
// end where the pages around them cannot be read.
func TestVectorsAtPageEnds(t *testing.T) {
	once(t)
	page := os.Getpagesize()
	mem, err := syscall.Mmap(-1, 0, 4*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	defer func() { require.NoError(t, syscall.Munmap(mem)) }()
	require.NoError(t, syscall.Mprotect(mem[:page], syscall.PROT_NONE))
	require.NoError(t, syscall.Mprotect(mem[3*page:], syscall.PROT_NONE))
	inside := mem[page : 3*page : 3*page]

	base := strings.Repeat("他赌*博網站，abc 🔞转(zhuǎn)发。\xe8\xb5", 3)
	for _, channels := range []ChannelSet{0, DefaultChannels} {
		var patterns []Pattern
		for _, p := range []string{"赌博网站", "abc", "网站", "转发", "ab"} {
			patterns = append(patterns, Pattern{Text: p, Channels: channels})
		}
		for _, v := range variants() {
			m, err := NewWith(patterns, v.options)
			require.NoError(t, err)
			for n := range len(base) + 1 {
				text := base[len(base)-n:]
				want := m.FindAllString(text)
				copy(inside, text)
				require.Equal(t, want, m.FindAll(inside[:n]), "%s: %d bytes at the beginning", v.name, n)
				at := inside[len(inside)-n:]
				copy(at, text)
				require.Equal(t, want, m.FindAll(at), "%s: %d bytes at the end", v.name, n)
			}
			whole := strings.Repeat(base, len(inside)/len(base)+1)[:len(inside)]
			copy(inside, whole)
			require.Equal(t, m.FindAllString(whole), m.FindAll(inside), v.name)
		}
	}
}
