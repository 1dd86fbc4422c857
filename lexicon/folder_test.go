package lexicon

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

const outside = "SECRET-outside-of-the-pack"

// packFolder is a pack on disk, beside a file that is none of its business.
func packFolder(t *testing.T) (dir, secret string) {
	t.Helper()
	base := t.TempDir()
	dir, secret = filepath.Join(base, "house"), filepath.Join(base, "secret.txt")
	require.NoError(t, os.CopyFS(dir, packOf("term,category\n逃课,minors\n")))
	require.NoError(t, os.WriteFile(secret, []byte(outside+"\n"), 0o600))
	return dir, secret
}

func TestFolder(t *testing.T) {
	dir, _ := packFolder(t)
	require.NoError(t, fstest.TestFS(Folder(dir), "pack.yaml", "terms/0.csv"))
	require.Len(t, entriesOf(t, Folder(dir)), 1)
	_, err := ReadFiles(Folder(filepath.Join(dir, "nowhere")))
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = ReadFiles(Folder(""))
	require.ErrorIs(t, err, fs.ErrNotExist)
}

// No name leads out of the folder.
func TestFolderNames(t *testing.T) {
	dir, secret := packFolder(t)
	for _, name := range []string{
		"../secret.txt", "terms/../../secret.txt", secret, "/../secret.txt", "./../secret.txt", "terms/..", "..", "",
		`..\secret.txt`, `terms\..\..\secret.txt`, "terms//0.csv", "terms/0.csv/",
	} {
		_, err := Folder(dir).Open(name)
		require.Error(t, err, "%q", name)
		_, err = fs.Stat(Folder(dir), name)
		require.Error(t, err, "%q", name)
	}
}

// No link leads out of the folder, and those within it are followed.
func TestFolderLinks(t *testing.T) {
	for name, tt := range map[string]struct{ at, to string }{
		"terms, absolute":   {"terms/more.txt", "SECRET"},
		"terms, relative":   {"terms/more.txt", "../../secret.txt"},
		"pack.yaml":         {"pack.yaml", "../secret.txt"},
		"allow.csv":         {"allow.csv", "../secret.txt"},
		"cases.yaml":        {"cases.yaml", "../secret.txt"},
		"manifest":          {ManifestFile, "../secret.txt"},
		"a link to a link":  {"terms/more.txt", "../hop"},
		"the folder itself": {"terms", ".."},
	} {
		t.Run(name, func(t *testing.T) {
			dir, secret := packFolder(t)
			at := filepath.Join(dir, tt.at)
			require.NoError(t, os.RemoveAll(at))
			if err := os.Symlink("../secret.txt", filepath.Join(dir, "hop")); err != nil {
				t.Skip("no symbolic links here:", err)
			}
			require.NoError(t, os.Symlink(strings.ReplaceAll(tt.to, "SECRET", secret), at))
			pack, err := ReadPack(Folder(dir))
			if err == nil {
				for _, e := range pack.Entries {
					require.NotContains(t, e.Term, outside)
				}
			} else {
				require.NotContains(t, err.Error(), outside)
			}
			if tt.at != "terms" { // such a link is no folder, and only not read
				require.ErrorContains(t, err, "escapes")
			}
		})
	}

	dir, _ := packFolder(t)
	require.NoError(t, os.Rename(filepath.Join(dir, "terms"), filepath.Join(dir, "..data")))
	require.NoError(t, os.Symlink("..data", filepath.Join(dir, "terms")))
	current := filepath.Join(t.TempDir(), "current")
	require.NoError(t, os.Symlink(dir, current))
	require.Len(t, entriesOf(t, Folder(current)), 1)
}
