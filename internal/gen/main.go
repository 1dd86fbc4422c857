// Command gen writes the generated files of internal/tables, and refused.tsv
// beside itself. It reads nothing but the pinned files in sources, the Unicode
// tables of Go and x/text, go-pinyin, and the dictionary of gse; it needs no
// network, and the same inputs give the same bytes.
//
// Usage, from anywhere inside the module:
//
//	go generate ./internal/tables
//
// How the fold forest comes about:
//
//  1. pairs.go collects pairs of runes from each source, in a fixed order. The
//     lists written by hand are in hand.go.
//  2. graph.go joins them. A pair that would bring two *anchors* together is
//     refused (an anchor is an ASCII rune or a character of GB 2312 levels 1
//     and 2), unless it comes from a source that is allowed to: OpenCC's
//     simplification and the numerals. So the order is also a precedence: what
//     comes first wins. Every refusal is a row of refused.tsv.
//  3. graph.go chooses the root of each component and gives every other rune
//     the parent on its cheapest path.
//
// classes.go then classifies every code point, which needs the roots,
// readings.go inverts go-pinyin's dictionary, parts.go brings decompositions to
// characters that can be written one after the other, and emoji.go selects names.
// write.go prints Go. Apart from all that, frequencies.go counts the characters of
// gse's dictionary.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"unicode"

	pinyin "github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// Versions of what is imported instead of read from sources. The generator
// refuses others, since its output would not be what the header says.
const (
	unicodeVersion = "15.0.0"
	pinyinVersion  = "0.21.0"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	root, err := moduleRoot()
	if err != nil {
		log.Fatal(err)
	}
	here := filepath.Join(root, "internal", "gen")
	files, err := generate(os.DirFS(filepath.Join(here, "sources")))
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(f.path)), f.data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// moduleRoot returns the nearest folder at or above the working one that has a
// go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		dir = up
	}
}

// checkVersions refuses tables other than the ones named in the output.
func checkVersions() error {
	for _, v := range []struct{ what, got, want string }{
		{"package unicode", unicode.Version, unicodeVersion},
		{"x/text/unicode/norm", norm.Version, unicodeVersion},
		{"go-pinyin", pinyin.Version, pinyinVersion},
	} {
		if v.got != v.want {
			return fmt.Errorf("%s is of version %s, want %s", v.what, v.got, v.want)
		}
	}
	return nil
}

// output is one generated file; path is slash-separated from the module root.
type output struct {
	path string
	data []byte
}

// generate makes every generated file, in memory.
func generate(sources sourceFS) ([]output, error) {
	if err := checkVersions(); err != nil {
		return nil, err
	}
	src, err := readSources(sources)
	if err != nil {
		return nil, err
	}
	g := newGraph()
	if err := addPairs(g, src); err != nil {
		return nil, err
	}
	f := g.forest()
	syllables, err := readings()
	if err != nil {
		return nil, err
	}

	shares, err := frequencies()
	if err != nil {
		return nil, err
	}

	const dir = "internal/tables/"
	out := []output{{dir + "frequency.bin", shares}}
	for _, w := range []struct {
		path  string
		write func(*bytes.Buffer)
	}{
		{dir + "version_gen.go", func(b *bytes.Buffer) { writeVersion(b, src) }},
		{dir + "folds_gen.go", func(b *bytes.Buffer) { writeFolds(b, src, f) }},
		{dir + "classes_gen.go", func(b *bytes.Buffer) { writeClasses(b, src, f) }},
		{dir + "readings_gen.go", func(b *bytes.Buffer) { writeReadings(b, src, syllables) }},
		{dir + "parts_gen.go", func(b *bytes.Buffer) { writeParts(b, src, parts(src.decomposed)) }},
		{dir + "emoji_gen.go", func(b *bytes.Buffer) { writeEmoji(b, src, emojiNames(src.emoji)) }},
		{"internal/gen/refused.tsv", func(b *bytes.Buffer) { writeRefused(b, g.refused) }},
	} {
		var b bytes.Buffer
		w.write(&b)
		data, err := formatted(w.path, b.Bytes())
		if err != nil {
			return nil, err
		}
		out = append(out, output{w.path, data})
	}
	return out, nil
}
