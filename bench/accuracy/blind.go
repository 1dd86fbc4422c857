package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
)

// blindFile holds sentences that were written from the definitions of the
// categories, without sight of the terms; its README says how it is used.
const blindFile = "bench/testdata/blind.jsonl"

// tally counts what a scan found in one kind of sentences.
type tally struct{ sentences, own, any int }

func (t *tally) add(own, any bool) {
	t.sentences++
	if own {
		t.own++
	}
	if own || any {
		t.any++
	}
}

func (t tally) String() string {
	percent := func(n int) float64 { return 100 * float64(n) / float64(max(t.sentences, 1)) }
	return fmt.Sprintf("%d | %d (%.0f %%) | %d (%.0f %%)", t.sentences, t.own, percent(t.own), t.any, percent(t.any))
}

// blind measures the whole scanner with its defaults on those sentences: which
// of them have a finding to be reviewed or blocked, by category and by half.
func blind(w io.Writer) error {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		return err
	}
	f, err := os.Open(blindFile)
	if err != nil {
		return err
	}
	defer f.Close()
	type row struct{ hit, pass tally }
	byCategory := map[string]*row{}
	halves := [2]row{}
	var all row
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var s struct{ ID, Category, Expect, Text string }
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return fmt.Errorf("%s: %w", blindFile, err)
		}
		report, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: &s.Text})
		if err != nil {
			return fmt.Errorf("%s: %s: %w", blindFile, s.ID, err)
		}
		believed := func(f shenjiao.Finding) bool { return f.Action > review.ActionNote }
		any := slices.ContainsFunc(report.Findings, believed)
		own := slices.ContainsFunc(report.Findings, func(f shenjiao.Finding) bool { return believed(f) && f.Category == s.Category })
		if byCategory[s.Category] == nil {
			byCategory[s.Category] = &row{}
		}
		hash := fnv.New32a()
		hash.Write([]byte(s.ID))
		for _, r := range []*row{byCategory[s.Category], &halves[hash.Sum32()%2], &all} {
			if s.Expect == "hit" {
				r.hit.add(own, any)
			} else {
				r.pass.add(own, any)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", blindFile, err)
	}
	if all.hit.sentences == 0 || all.pass.sentences == 0 {
		return fmt.Errorf("%s: no sentences", blindFile)
	}
	fmt.Fprint(w, "\n## Sentences written without sight of the terms\n\nThe scanner with its defaults on `bench/testdata/blind.jsonl`: sentences with a finding to be "+
		"reviewed or blocked, of their own category and of any. The sentences of the even half may be read while the pack is improved, those of the odd half not.\n\n"+
		"| | must be found | own category | any | must pass | own category | any |\n|---|---|---|---|---|---|---|\n")
	for _, c := range lexicon.Categories() {
		if r := byCategory[string(c.ID)]; r != nil {
			fmt.Fprintf(w, "| %s | %v | %v |\n", c.ID, r.hit, r.pass)
		}
	}
	fmt.Fprintf(w, "| even half | %v | %v |\n| odd half | %v | %v |\n| all | %v | %v |\n",
		halves[0].hit, halves[0].pass, halves[1].hit, halves[1].pass, all.hit, all.pass)
	return nil
}
