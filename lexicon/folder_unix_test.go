//go:build unix

package lexicon

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A named pipe in a pack would be waited for, for ever.
func TestFolderPipes(t *testing.T) {
	for _, name := range []string{"terms/more.txt", "allow.csv", "pack.yaml"} {
		dir, _ := packFolder(t)
		require.NoError(t, os.RemoveAll(filepath.Join(dir, name)))
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Skip("no named pipes here:", err)
		}
		_, err := ReadPack(Folder(dir))
		require.ErrorContains(t, err, "lexicon: "+name+": not a regular file, it is not read")

		require.NoError(t, os.Rename(filepath.Join(dir, name), filepath.Join(dir, ".pipe")))
		require.NoError(t, os.Symlink(filepath.Join(dir, ".pipe"), filepath.Join(dir, name)))
		_, err = ReadPack(Folder(dir))
		require.Error(t, err)
		require.NoError(t, os.Remove(filepath.Join(dir, name)))
		up := map[bool]string{true: "../", false: ""}[filepath.Dir(name) == "terms"]
		require.NoError(t, os.Symlink(up+".pipe", filepath.Join(dir, name)))
		_, err = ReadPack(Folder(dir))
		require.ErrorContains(t, err, "lexicon: "+name+": not a regular file, it is not read")
	}
}
