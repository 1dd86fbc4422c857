package reload

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
)

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, data, 0o644))
}

func writePack(t testing.TB, dir string, files fstest.MapFS) {
	t.Helper()
	for name, f := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), f.Data)
	}
}

// replacements are the ways in which editors and deployments change the pack
// in base/house to another one. lay, if it is there, puts it there first.
var replacements = []struct {
	name    string
	lay     func(t *testing.T, base string, files fstest.MapFS)
	replace func(t *testing.T, base string, files fstest.MapFS)
	above   bool // only seen by watching the folder above
}{
	{name: "written in place", replace: func(t *testing.T, base string, files fstest.MapFS) {
		writePack(t, filepath.Join(base, "house"), files)
	}},
	{name: "in small pieces", replace: func(t *testing.T, base string, files fstest.MapFS) {
		for name, file := range files {
			f, err := os.Create(filepath.Join(base, "house", name))
			require.NoError(t, err)
			for i := range file.Data {
				_, err := f.Write(file.Data[i : i+1])
				require.NoError(t, err)
			}
			require.NoError(t, f.Close())
		}
	}},
	{name: "renamed over, as vim does", replace: func(t *testing.T, base string, files fstest.MapFS) {
		for name, f := range files {
			path := filepath.Join(base, "house", name)
			write(t, path+"~", f.Data)
			require.NoError(t, os.Rename(path+"~", path))
		}
	}},
	{name: "moved away and written, as emacs does", replace: func(t *testing.T, base string, files fstest.MapFS) {
		for name, f := range files {
			path := filepath.Join(base, "house", name)
			require.NoError(t, os.Rename(path, filepath.Join(base, "backup")))
			write(t, path, f.Data)
		}
	}},
	{name: "deleted and created", replace: func(t *testing.T, base string, files fstest.MapFS) {
		for name, f := range files {
			path := filepath.Join(base, "house", name)
			require.NoError(t, os.Remove(path))
			write(t, path, f.Data)
		}
	}},
	{name: "folder terms replaced", replace: func(t *testing.T, base string, files fstest.MapFS) {
		dir := filepath.Join(base, "house")
		writePack(t, filepath.Join(base, "new"), files)
		require.NoError(t, os.Rename(filepath.Join(dir, "terms"), filepath.Join(base, fmt.Sprint("old", time.Now().UnixNano()))))
		require.NoError(t, os.Rename(filepath.Join(base, "new", "terms"), filepath.Join(dir, "terms")))
		require.NoError(t, os.Rename(filepath.Join(base, "new", "pack.yaml"), filepath.Join(dir, "pack.yaml")))
	}},
	{name: "folder replaced", above: true, replace: func(t *testing.T, base string, files fstest.MapFS) {
		writePack(t, filepath.Join(base, "new"), files)
		require.NoError(t, os.Rename(filepath.Join(base, "house"), filepath.Join(base, fmt.Sprint("old", time.Now().UnixNano()))))
		require.NoError(t, os.Rename(filepath.Join(base, "new"), filepath.Join(base, "house")))
	}},
	{name: "folder deleted and made again", above: true, replace: func(t *testing.T, base string, files fstest.MapFS) {
		require.NoError(t, os.RemoveAll(filepath.Join(base, "house")))
		time.Sleep(30 * time.Millisecond)
		writePack(t, filepath.Join(base, "house"), files)
	}},
	{name: "link to another folder", above: true,
		lay: func(t *testing.T, base string, files fstest.MapFS) {
			writePack(t, filepath.Join(base, "releases", "1"), files)
			require.NoError(t, os.Symlink(filepath.Join("releases", "1"), filepath.Join(base, "house")))
		},
		replace: func(t *testing.T, base string, files fstest.MapFS) {
			dir := filepath.Join("releases", fmt.Sprint(time.Now().UnixNano()))
			writePack(t, filepath.Join(base, dir), files)
			require.NoError(t, os.Symlink(dir, filepath.Join(base, "next")))
			require.NoError(t, os.Rename(filepath.Join(base, "next"), filepath.Join(base, "house")))
		}},
	{name: "a Kubernetes volume",
		lay: func(t *testing.T, base string, files fstest.MapFS) {
			house := filepath.Join(base, "house")
			writePack(t, filepath.Join(house, "..1"), files)
			require.NoError(t, os.Symlink("..1", filepath.Join(house, "..data")))
			for _, name := range []string{"pack.yaml", "cases.yaml", "terms"} {
				require.NoError(t, os.Symlink(filepath.Join("..data", name), filepath.Join(house, name)))
			}
		},
		replace: func(t *testing.T, base string, files fstest.MapFS) {
			house := filepath.Join(base, "house")
			old, err := os.Readlink(filepath.Join(house, "..data"))
			require.NoError(t, err)
			dir := fmt.Sprintf("..%d", time.Now().UnixNano())
			writePack(t, filepath.Join(house, dir), files)
			require.NoError(t, os.Symlink(dir, filepath.Join(house, "..data_tmp")))
			require.NoError(t, os.Rename(filepath.Join(house, "..data_tmp"), filepath.Join(house, "..data")))
			require.NoError(t, os.RemoveAll(filepath.Join(house, old)))
		}},
}

// Without polling, events alone bring every way of replacing files, several
// times in a row.
func TestEvents(t *testing.T) {
	require.NotEmpty(t, replacements)
	for _, tt := range replacements {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.above && !watchAbove {
				t.Skip("this system sees it by polling")
			}
			if runtime.GOOS == "windows" && tt.lay != nil {
				t.Skip("needs symbolic links")
			}
			base := t.TempDir()
			lay := tt.lay
			if lay == nil {
				lay = func(t *testing.T, base string, files fstest.MapFS) {
					writePack(t, filepath.Join(base, "house"), files)
				}
			}
			lay(t, base, packOf("house", "1.0.0"))
			j := &journal{}
			opts := options(nil, j)
			opts.Folders = []string{filepath.Join(base, "house")}
			opts.Poll, opts.Quiet = -1, 50*time.Millisecond
			s, err := New(opts)
			require.NoError(t, err)
			defer s.Close()
			for i := 1; i <= 3; i++ {
				version := fmt.Sprintf("1.%d.0", i)
				tt.replace(t, base, packOf("house", version))
				require.Eventually(t, func() bool { return running(s) == version }, 20*time.Second, 5*time.Millisecond, "%s", j.text())
				checkReport(t, scanDraft(t, s), 1)
			}
			require.NoError(t, s.Err())
		})
	}
}

// What is not in the folders wakes nobody, however much happens beside them.
func TestConcerns(t *testing.T) {
	base := t.TempDir()
	writePack(t, filepath.Join(base, "house"), packOf("house", "1.0.0"))
	w, err := newWatcher([]string{filepath.Join(base, "house"), filepath.Join(base, "missing")})
	require.NoError(t, err)
	defer w.close()
	write(t, filepath.Join(base, "other"), []byte("x"))
	write(t, filepath.Join(base, "elsewhere", "pack.yaml"), []byte("x"))
	select {
	case <-w.changes():
		t.Fatal("woken")
	case <-time.After(100 * time.Millisecond):
	}
	write(t, filepath.Join(base, "house", "terms", "x.csv"), []byte("x"))
	select {
	case <-w.changes():
	case <-time.After(20 * time.Second):
		t.Fatal("not woken")
	}
}

// Permissions that were wrong and are put right are an event, too.
func TestPermission(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("every file can be read here")
	}
	base := t.TempDir()
	house := filepath.Join(base, "house")
	writePack(t, house, packOf("house", "1.0.0"))
	opts := options(nil, &journal{})
	opts.Folders, opts.Poll, opts.Quiet = []string{house}, -1, 50*time.Millisecond
	s, err := New(opts)
	require.NoError(t, err)
	defer s.Close()
	terms := filepath.Join(house, "terms", "house.csv")
	writePack(t, house, packOf("house", "1.1.0"))
	require.NoError(t, os.Chmod(terms, 0))
	require.Eventually(t, func() bool { return s.Err() != nil }, 20*time.Second, 5*time.Millisecond)
	require.ErrorIs(t, s.Err(), os.ErrPermission)
	require.Equal(t, "1.0.0", running(s))
	require.NoError(t, os.Chmod(terms, 0o644))
	require.Eventually(t, func() bool { return running(s) == "1.1.0" }, 20*time.Second, 5*time.Millisecond)
}

func TestMissingFolder(t *testing.T) {
	opts := options(nil, &journal{})
	opts.Folders = []string{filepath.Join(t.TempDir(), "none")}
	_, err := New(opts)
	require.ErrorIs(t, err, os.ErrNotExist)
	opts.Scanner = shenjiao.Options{}
	opts.Poll = -1
	_, err = New(opts)
	require.ErrorIs(t, err, os.ErrNotExist)
}
