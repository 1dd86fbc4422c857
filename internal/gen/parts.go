package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	pinyin "github.com/mozillazg/go-pinyin"
)

// decomposition is one record of the CJK Decomposition Data: "好:a(女,子)". A
// name is a character or the number of a shape that is none.
type decomposition struct {
	name string
	kind string // how the parts lie: a beside each other, d one above the other, s… around, w… within
	of   []string
}

// parseDecompositions parses the JavaScript file that holds the data as one
// template literal.
func parseDecompositions(s string) ([]decomposition, error) {
	const prefix, suffix = "module.exports = `", "`;"
	s, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return nil, fmt.Errorf("does not begin with %s", prefix)
	}
	s, ok = strings.CutSuffix(strings.TrimRight(s, "\n"), suffix)
	if !ok {
		return nil, fmt.Errorf("does not end with %s", suffix)
	}
	var list []decomposition
	for i, line := range strings.Split(strings.TrimSpace(s), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		kind, rest, ok2 := strings.Cut(rest, "(")
		of, _, ok3 := strings.Cut(rest, ")") // one record has a character after it
		if !ok || !ok2 || !ok3 {
			return nil, fmt.Errorf("line %d is not NAME:KIND(PARTS)", i+1)
		}
		d := decomposition{name: name, kind: kind}
		if of != "" {
			d.of = strings.Split(of, ",")
		}
		list = append(list, d)
	}
	return list, nil
}

// maxParts is the most characters that one character is written as. Longer
// decompositions are those of shapes without a name, and nobody writes them.
const maxParts = 4

// parted is a character with the characters that it is made of.
type parted struct {
	r     rune
	parts string
}

// parts brings the decompositions of all characters that have a reading to one
// level: each part is a character, a part without one is replaced by its own
// parts. Left out are characters of one part and of strokes.
func parts(list []decomposition) []parted {
	by := map[string]decomposition{}
	for _, d := range list {
		by[d.name] = d
	}
	var expand func(name string, depth int) (string, bool)
	expand = func(name string, depth int) (string, bool) {
		if r := onlyRune(name); r >= 0 && !('0' <= r && r <= '9') {
			return name, !(0x31C0 <= r && r <= 0x31EF) // a stroke is no part that can be typed
		}
		d, ok := by[name]
		if !ok || depth > 4 || len(d.of) == 0 {
			return "", false
		}
		var b strings.Builder
		for _, n := range d.of {
			s, ok := expand(n, depth+1)
			if !ok {
				return "", false
			}
			b.WriteString(s)
		}
		return b.String(), true
	}
	var out []parted
	for _, d := range list {
		r := onlyRune(d.name)
		if r < 0x4E00 || r > 0x9FFF || len(d.of) < 2 || pinyin.PinyinDict[int(r)] == "" {
			continue
		}
		var b strings.Builder
		whole := true
		for _, n := range d.of {
			s, ok := expand(n, 0)
			whole = whole && ok
			b.WriteString(s)
		}
		if n := len([]rune(b.String())); whole && 2 <= n && n <= maxParts {
			out = append(out, parted{r, b.String()})
		}
	}
	slices.SortFunc(out, func(a, b parted) int { return cmp.Compare(a.r, b.r) })
	return slices.CompactFunc(out, func(a, b parted) bool { return a.r == b.r })
}
