package shenjiao_test

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
)

// A scanner from the cache is the scanner that was compiled; a cache that
// cannot be used is logged once, and costs only time.
func TestCacheDir(t *testing.T) {
	var log bytes.Buffer
	dir := filepath.Join(t.TempDir(), "cache")
	cached := func() *shenjiao.Scanner {
		return scanner(t, func(o *shenjiao.Options) {
			o.CacheDir, o.Logger = dir, slog.New(slog.NewTextHandler(&log, nil))
		})
	}
	doc := &shenjiao.Document{Body: new("賭博網站，《法制日报》报道，包治百病，一次性交付")}
	want := scan(t, scanner(t, nil), doc)
	require.NotEmpty(t, want.Findings)
	files := func() []string {
		list, err := filepath.Glob(filepath.Join(dir, "*"))
		require.NoError(t, err)
		return list
	}
	for range 2 {
		require.Equal(t, want, scan(t, cached(), doc))
		require.Len(t, files(), 1)
	}
	require.Empty(t, log.String())

	// Damaged: refused with the reason, and made again.
	data, err := os.ReadFile(files()[0])
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(files()[0], data[:len(data)/2], 0o600))
	require.Equal(t, want, scan(t, cached(), doc))
	require.Equal(t, 1, strings.Count(log.String(), "level=WARN"))
	require.Contains(t, log.String(), "cut off")
	again, err := os.ReadFile(files()[0])
	require.NoError(t, err)
	require.Equal(t, data, again)

	// No place for it.
	log.Reset()
	dir = filepath.Join(files()[0], "below a file")
	require.Equal(t, want, scan(t, cached(), doc))
	require.Equal(t, 1, strings.Count(log.String(), "level=WARN"))
}

// What is wrong with packs is said with and without a cache, and not cached.
func TestCacheDirBadPack(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		_, err := shenjiao.New(shenjiao.Options{
			CacheDir: dir, NoStarter: true, Packs: []fs.FS{pack(terms), pack("term,category\nx,nothing\n")},
		})
		var bad *shenjiao.PackError
		require.ErrorAs(t, err, &bad)
		require.Equal(t, 1, bad.Index)
		var problems lexicon.Problems
		require.ErrorAs(t, err, &problems)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}
