package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// The committed files are what the generator writes, twice over.
func TestUpToDate(t *testing.T) {
	if err := checkVersions(); err != nil {
		t.Skip(err) // a newer Go has newer Unicode tables
	}
	root, err := moduleRoot()
	require.NoError(t, err)
	first, err := generate(os.DirFS("sources"))
	require.NoError(t, err)
	second, err := generate(os.DirFS("sources"))
	require.NoError(t, err)
	require.Equal(t, len(first), len(second))

	written := map[string]bool{}
	for i, f := range first {
		require.Equal(t, f.path, second[i].path)
		require.True(t, string(f.data) == string(second[i].data), "%s differs from run to run", f.path)
		committed, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.path)))
		require.NoError(t, err)
		line := 1
		for i := range min(len(f.data), len(committed)) {
			if f.data[i] != committed[i] {
				break
			}
			if f.data[i] == '\n' {
				line++
			}
		}
		require.True(t, string(f.data) == string(committed), "%s:%d is out of date; run: go generate ./internal/tables", f.path, line)
		written[f.path] = true
	}
	// No generated file is left over from an older generator.
	files, err := filepath.Glob(filepath.Join(root, "internal", "tables", "*_gen.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		require.True(t, written["internal/tables/"+filepath.Base(f)], "%s is written by nobody", filepath.Base(f))
	}
}

// The generator refuses sources that are not the pinned ones.
func TestSourcesArePinned(t *testing.T) {
	load := func() fstest.MapFS {
		m := fstest.MapFS{}
		require.NoError(t, fs.WalkDir(os.DirFS("sources"), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(filepath.Join("sources", filepath.FromSlash(path)))
			m[path] = &fstest.MapFile{Data: data}
			return err
		}))
		return m
	}
	_, err := readSources(load())
	require.NoError(t, err)

	const ts = "opencc-js@1.4.2/TSCharacters.js"
	for _, c := range []struct {
		name, want string
		change     func(fstest.MapFS)
	}{
		{"changed", ts + ": sha256 is", func(m fstest.MapFS) { m[ts].Data = append(m[ts].Data, '\n') }},
		{"missing", ts, func(m fstest.MapFS) { delete(m, ts) }},
		{"unlisted", "more.js: no row in sources.tsv", func(m fstest.MapFS) { m["more.js"] = &fstest.MapFile{} }},
		{"no list", "sources.tsv", func(m fstest.MapFS) { delete(m, "sources.tsv") }},
		{"empty list", "no rows", func(m fstest.MapFS) { m["sources.tsv"].Data = []byte("# nothing\n") }},
		{"short row", "columns, want 8", func(m fstest.MapFS) { m["sources.tsv"].Data = append(m["sources.tsv"].Data, "x\ty\n"...) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := load()
			c.change(m)
			_, err := readSources(m)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestParseOpenCC(t *testing.T) {
	pairs, err := parseOpenCC("export default \"發 发|髮 发|乾 干 乾|着 着|AB 文|文 AB\";\n")
	require.NoError(t, err)
	require.Equal(t, []runePair{{'發', '发'}, {'髮', '发'}, {'乾', '干'}}, pairs)
	for _, s := range []string{"", "module.exports = \"a b\";", "export default \"a b", "export default \"a\";", "export default \"a \\u4E00\";"} {
		_, err := parseOpenCC(s)
		require.Error(t, err, "%q", s)
	}
}

// Of two pairs that exclude each other the first stays.
func TestJoinKeepsAnchorsApart(t *testing.T) {
	g := newGraph()
	g.join('ν', 'v', confusing, "first")
	g.join('Ν', 'N', confusing, "first")
	g.join('Ν', 'ν', letterCase, "second")
	require.Equal(t, []refusal{{'Ν', 'ν', letterCase, "second"}}, g.refused)
	f := g.forest()
	require.Equal(t, 'v', f.rootOf('ν'))
	require.Equal(t, 'n', f.rootOf('Ν'))
	require.Equal(t, 'x', f.rootOf('X'))
	require.Equal(t, '发', f.rootOf('发'))
}

// The cheapest way wins, then the lowest parent.
func TestForestTakesTheCheapestWay(t *testing.T) {
	g := newGraph()
	g.join('\u212A', 'k', styled, "")
	g.join('\u212A', 'k', letterCase, "") // as light, but the first constant
	g.join('ａ', 'a', widthKind, "")
	g.join('Ａ', 'ａ', letterCase, "")
	g.join('Ａ', 'A', widthKind, "")
	g.join('Ａ', 'a', confusing, "") // heavier than both ways round
	require.Empty(t, g.refused)
	got := map[rune]edge{}
	for _, e := range g.forest().edges {
		got[e.from] = e
	}
	require.Equal(t, edge{'\u212A', 'k', letterCase}, got['\u212A'])
	require.Equal(t, edge{'Ａ', 'A', widthKind}, got['Ａ'])
}

// The lists written by hand are as long as they should be.
func TestHandLists(t *testing.T) {
	require.Len(t, []rune(smallCapitals[0]), len(smallCapitals[1]))
	for digit, list := range hanNumerals {
		require.NotEmpty(t, list, "%d", digit)
	}
	for _, r := range enclosed {
		last := r.target + r.last - r.first
		require.True(t, isASCIILetter(r.target) && last <= 'Z' || '0' <= r.target && last <= '9', "%U", r.first)
	}
	seen := map[string]bool{}
	for _, l := range lookalikes {
		require.NotEmpty(t, l.why)
		for pair := range strings.FieldsSeq(l.pairs) {
			require.False(t, seen[pair], "%s twice", pair)
			seen[pair] = true
		}
	}
}
