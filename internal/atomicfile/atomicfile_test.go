package atomicfile

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	for _, data := range []string{"one", "", "two"} {
		require.NoError(t, Write(path, []byte(data), 0o644))
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, data, string(got))
	}
	require.ErrorIs(t, Write(filepath.Join(dir, "missing", "x"), nil, 0o644), fs.ErrNotExist)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	require.Error(t, Write(filepath.Join(dir, "folder"), nil, 0o644))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 2, "no temporary file stays")
}

// Readers never see anything but one of the contents.
func TestReaders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	contents := [][]byte{bytes.Repeat([]byte("a"), 1<<16), bytes.Repeat([]byte("b"), 3<<16)}
	require.NoError(t, Write(path, contents[0], 0o644))
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			got, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(got, contents[0]) && !bytes.Equal(got, contents[1]) {
				t.Errorf("%d bytes, %v", len(got), err)
				return
			}
		}
	})
	for i := range 100 {
		if err := Write(path, contents[i%2], 0o644); err != nil {
			t.Error(err)
			break
		}
	}
	close(stop)
	wg.Wait()
}
