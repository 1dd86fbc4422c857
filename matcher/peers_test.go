package matcher

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// peerCase is a test case of another project, one a line in the file of
// cases, which is not part of this module.
type peerCase struct {
	Source  string
	Deny    []string
	Allow   []string
	Options struct {
		Match      string // "", "all", "longest" or "shortest"
		Overlap    bool
		Unique     bool
		Skip       *string
		Stream     bool
		ASCIIWord  bool `json:"ascii_word"`
		DigitWord  bool `json:"digit_word"`
		FoldCase   bool `json:"fold_case"`
		FoldWidth  bool `json:"fold_width"`
		FoldStyle  bool `json:"fold_style"`
		FoldDigit  bool `json:"fold_digit"`
		FoldTrad   bool `json:"fold_trad"`
		FoldRepeat bool `json:"fold_repeat"`

		// Not the matcher's.
		Combo         [][]string
		NumCheck      int `json:"num_check"`
		Email         bool
		URL           bool
		URLNoprefix   bool `json:"url_noprefix"`
		IPv4          bool
		ObfuscatedURL bool `json:"obfuscated_url"`
		Wildcard      bool
	}
	Text   string
	Chunks []string
	Expect any
	Note   string
}

// skipped says which kind of case the matcher leaves to others, "" for none.
func (c *peerCase) skipped() string {
	o := &c.Options
	switch {
	case len(c.Allow) > 0:
		return "allow-list"
	case len(o.Combo) > 0:
		return "combination"
	case o.NumCheck > 0 || o.Email || o.URL || o.URLNoprefix || o.IPv4 || o.ObfuscatedURL:
		return "recogniser"
	case o.Wildcard:
		return "wildcard"
	}
	return ""
}

// kind names what a case that is run is mainly about.
func (c *peerCase) kind() string {
	o := &c.Options
	switch {
	case o.Stream:
		return "stream"
	case o.FoldRepeat:
		return "repeat"
	case o.Skip != nil:
		return "noise"
	case o.Match != "":
		return "match " + o.Match
	case o.ASCIIWord || o.DigitWord:
		return "whole"
	case o.FoldCase || o.FoldWidth || o.FoldStyle || o.FoldDigit || o.FoldTrad:
		return "fold"
	}
	return "plain"
}

// patterns translates the options. Where a peer skips, it skips any number of
// characters; the largest gap comes nearest.
func (c *peerCase) patterns() (ps []Pattern) {
	o := &c.Options
	var set ChannelSet
	for _, fold := range []struct {
		on bool
		cs ChannelSet
	}{
		{o.FoldCase, Set(Case)},
		{o.FoldWidth, Set(Width)},
		{o.FoldStyle, Set(Styled)},
		{o.FoldDigit, Set(Numeral, Styled)},
		{o.FoldTrad, Set(Traditional)},
		{o.FoldRepeat, Set(Repeat)},
		{o.Skip != nil, Set(Noise)},
	} {
		if fold.on {
			set |= fold.cs
		}
	}
	// ToolGood has one option for letters and digits.
	digits := o.DigitWord || o.ASCIIWord && strings.HasPrefix(c.Source, "toolgood/")
	for _, text := range c.Deny {
		whole := o.ASCIIWord
		if strings.Trim(text, "0123456789") == "" {
			whole = digits
		}
		ps = append(ps, Pattern{Text: text, Channels: set, Whole: whole, Gap: MaxGap})
	}
	return ps
}

// find returns the matches that the peer's options would leave of ours.
func (c *peerCase) find(patterns []Pattern) ([]Match, error) {
	m, err := New(patterns)
	if err != nil {
		return nil, err
	}
	var found []Match
	if c.Options.Stream {
		s := m.NewStream()
		for _, chunk := range c.Chunks {
			found = s.Append(found, []byte(chunk))
		}
		found = s.Flush(found)
	} else {
		found = m.FindAllString(c.Text)
	}
	match, overlap := c.Options.Match, c.Options.Overlap
	if match == "" || match == "all" {
		return found, nil
	}
	sign := 1
	if match == "longest" {
		sign = -1
	}
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), sign*cmp.Compare(a.End, b.End))
	})
	var kept []Match
	for _, f := range found {
		if n := len(kept); n == 0 || f.Start >= kept[n-1].End || overlap && f.Start > kept[n-1].Start {
			kept = append(kept, f)
		}
	}
	return kept, nil
}

// agrees compares our matches with what the peer expects.
func (c *peerCase) agrees(patterns []Pattern, found []Match) (bool, string, error) {
	text := c.Text
	if c.Options.Stream {
		text = strings.Join(c.Chunks, "")
	}
	hits := hitsOf(patterns, text, found)
	got := fmt.Sprintf("%q", hits)
	switch want := c.Expect.(type) {
	case string:
		if want != "any" {
			return false, got, fmt.Errorf("expect: got %q, want any", want)
		}
		return len(hits) > 0, got, nil
	case float64:
		return len(hits) == int(want), got, nil
	case []any:
		var wants, surfaces, entries []string
		for i, w := range want {
			switch w := w.(type) {
			case string:
				wants = append(wants, w)
			case []any: // entry, start and end in characters
				if len(w) != 3 {
					return false, got, fmt.Errorf("expect: got a row of %d values, want 3", len(w))
				}
				wants = append(wants, w[0].(string))
				if i < len(found) {
					start := utf8.RuneCountInString(text[:found[i].Start])
					end := utf8.RuneCountInString(text[:found[i].End])
					if w[1] != float64(start) || w[2] != float64(end) {
						return false, fmt.Sprintf("%s at %d-%d", got, start, end), nil
					}
				}
			default:
				return false, got, fmt.Errorf("expect: got a %T in the list", w)
			}
		}
		for _, h := range hits {
			surfaces, entries = append(surfaces, h.surface), append(entries, h.pattern)
		}
		for _, list := range []*[]string{&wants, &surfaces, &entries} {
			slices.Sort(*list)
			if c.Options.Unique {
				*list = slices.Compact(*list)
			}
		}
		return slices.Equal(wants, surfaces) || slices.Equal(wants, entries), got, nil
	}
	return false, got, fmt.Errorf("expect: got a %T", c.Expect)
}

// differences are the cases in which ours is different on purpose. A case is
// named by its source and text, and by a part of its line where several have
// these in common.
var differences = []struct{ source, text, part, reason string }{
	{"houbb/sensitive-word:README", "ⒻⒻⒻfⓤuⓤ⒰cⓒ⒦ the bad words", "", sameAtEnds},
	{"houbb/sensitive-word:issue144", "fuckkkk", "", sameAtEnds},
	{"houbb/sensitive-word:issue41", "傻1逼，狗.东西", "", "digits are never noise: with them skipped, prices and dates join words"},
	{"toolgood/ToolGood.Words:IllegalWordsTest", "fuck al[]l", `"skip": "special"`, evenGaps},
	{"toolgood/ToolGood.Words:IllegalWordsTest", "http://ToolGood.com", "", "a pattern that ends with a mark has no boundary there, so that http:// is found before a name"},
	{"toolgood/ToolGood.Words:IssuesTest_20", "A10021003吃饭", "", "letters are bounded by letters, digits by digits (houbb has it so: av is in 1av2); the digits agree"},
	{"toolgood/ToolGood.Words:IssuesTest_56", "新型财富密码就是大喊“我[爱中]国”么？伏拉夫，他是靠“爱中国”火起来的。爱中国！爱火锅！", "", "all matches are reported, also 中]国 inside of 我[爱中]国; the peer counts one of the two"},
	{"hutool-dfa DfaTest stopWord", "AAAAAAAt-ioBBBBBBB", "", evenGaps},
	{"hutool-dfa DfaTest #4091", "hello", "", "marks of an entry are part of it: whoever wants hello writes hello"},
}

const (
	sameAtEnds = "a repeated character at an end belongs to the match only where boundaries are asked for; the entry is found"
	evenGaps   = "between letters every gap holds the same, and the match does not touch other letters; else English words join"
)

// peerCasesFile finds the file in a folder beside this module.
func peerCasesFile() (string, bool) {
	dir, err := filepath.Abs(".")
	if err != nil {
		return "", false
	}
	for {
		name := filepath.Join(dir, "shared", "peers", "peer_cases.jsonl")
		if _, err := os.Stat(name); err == nil {
			return name, true
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", false
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

// The cases of other projects hold here too, or the difference is listed with
// its reason.
func TestPeerCases(t *testing.T) {
	name, ok := peerCasesFile()
	if !ok {
		t.Skip("shared/peers/peer_cases.jsonl is not in a folder above this one; its cases were not run")
	}
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	ran, differ, skipped := map[string]int{}, map[string]int{}, map[string]int{}
	used := map[int]bool{}
	for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var c peerCase
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields() // an unknown option is one that is not honoured
		require.NoError(t, dec.Decode(&c), "line %d", i+1)
		if kind := c.skipped(); kind != "" {
			skipped[kind]++
			continue
		}
		require.NotEmpty(t, c.Deny, "line %d: no entries", i+1)
		ran[c.kind()]++
		patterns := c.patterns()
		found, err := c.find(patterns)
		require.NoError(t, err, "line %d", i+1)
		agrees, got, err := c.agrees(patterns, found)
		require.NoError(t, err, "line %d", i+1)
		listed := -1
		for k, d := range differences {
			if d.source == c.Source && d.text == c.Text && bytes.Contains(line, []byte(d.part)) {
				listed = k
			}
		}
		label := fmt.Sprintf("line %d, %s, entries %q, text %q", i+1, c.Source, c.Deny, c.Text+strings.Join(c.Chunks, "|"))
		switch {
		case listed < 0:
			if !agrees {
				t.Errorf("%s:\n got %s\nwant %v", label, got, c.Expect)
			}
		case agrees:
			t.Errorf("%s: listed as a difference, but ours is the same; remove it from the list", label)
		default:
			used[listed] = true
			differ[c.kind()]++
		}
	}
	for k, d := range differences {
		if !used[k] {
			t.Errorf("difference %s %q names no case that differs", d.source, d.text)
		}
	}
	require.NotEmpty(t, ran, "no case was run")
	total := func(m map[string]int) (n int) {
		for _, v := range m {
			n += v
		}
		return n
	}
	for _, kind := range slices.Sorted(maps.Keys(ran)) {
		t.Logf("%-16s ran %3d, differ %d", kind, ran[kind], differ[kind])
	}
	for _, kind := range slices.Sorted(maps.Keys(skipped)) {
		t.Logf("%-16s skipped %d", kind, skipped[kind])
	}
	t.Logf("%-16s ran %3d, differ %d, skipped %d", "all", total(ran), total(differ), total(skipped))
}
