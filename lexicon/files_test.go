package lexicon

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func someFiles() fstest.MapFS {
	return fstest.MapFS{
		"pack.yaml":             {Data: []byte("id: house\nversion: 1.0.0\nowner: x\n")},
		"allow.csv":             {Data: []byte("phrase\n根治欠薪\n")},
		"terms/minors.csv":      {Data: []byte("term\n逃课\n")},
		"terms/b.txt":           {Data: []byte("甲乙\n")},
		"terms/.swp":            {Data: []byte("x")},
		"README.md":             {Data: []byte("x")},
		"pack.manifest":         {Data: []byte("manifest")},
		"pack.manifest.minisig": {Data: []byte("signature")},
		"old/terms.csv":         {Data: []byte("x")},
	}
}

func TestFiles(t *testing.T) {
	f, err := ReadFiles(someFiles())
	require.NoError(t, err)
	require.Equal(t, []string{"allow.csv", "pack.yaml", "terms/b.txt", "terms/minors.csv"}, f.Names())
	require.NoError(t, fstest.TestFS(f, append(f.Names(), ManifestFile, SignatureFile)...))
	data, err := fs.ReadFile(f, ManifestFile)
	require.NoError(t, err)
	require.Equal(t, "manifest", string(data))
	require.False(t, f.Has(ManifestFile))
	require.False(t, f.Has("README.md"))

	again, err := ReadFiles(f)
	require.NoError(t, err)
	require.Same(t, f, again)
	_, err = f.Open("../pack.yaml")
	require.ErrorIs(t, err, fs.ErrInvalid)
	_, err = f.Open("ter")
	require.ErrorIs(t, err, fs.ErrNotExist)
}

// A pack that is read from Files is the pack that is read from the folder,
// what is said about its other files included.
func TestFilesOfPacks(t *testing.T) {
	for _, p := range append(testPacks(t, "good/*.txtar"), append(testPacks(t, "lint/*.txtar"), testPacks(t, "bad/*.txtar")...)...) {
		t.Run(p.path, func(t *testing.T) {
			files, err := ReadFiles(p.files)
			require.NoError(t, err)
			want, wantErr := ReadPack(p.files)
			got, gotErr := ReadPack(files)
			require.Equal(t, want, got)
			require.Equal(t, wantErr, gotErr)
			id, version, err := files.Identity()
			if got != nil {
				require.Equal(t, got.Digest, files.Digest())
				require.NoError(t, err)
				require.Equal(t, got.ID, id)
				require.Equal(t, got.Version, version)
			} else if err != nil {
				require.Subset(t, gotErr, err)
			}
		})
	}
}

// What happens to a folder after it was read changes nothing.
func TestFilesStay(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, someFiles()))
	f, err := ReadFiles(os.DirFS(dir))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pack.yaml"), []byte("id: other\nversion: 2.0.0\n"), 0o644))
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "terms")))
	data, err := fs.ReadFile(f, "pack.yaml")
	require.NoError(t, err)
	require.Contains(t, string(data), "house")
	list, err := fs.ReadDir(f, "terms")
	require.NoError(t, err)
	require.Len(t, list, 2)
}
