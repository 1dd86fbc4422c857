// Command accuracy measures how well hits are believed, and what that costs,
// and prints a Markdown table:
//
//	go run ./bench/accuracy > bench/results/accuracy.md
//
// It measures on the sentences of segment/testdata and bench/testdata and, with -shared DIR, on
// the material that the project was specified with, which is not part of it.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/review"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("accuracy: ")
	shared := flag.String("shared", "", "folder with segment/cases.tsv, peers/false_positive_cases.jsonl, spec/categories.yaml and corpus/clean_zh.txt.gz")
	only := flag.Bool("blind", false, "measure on the blind sentences only")
	flag.Parse()
	measure := func() error { return run(os.Stdout, *shared) }
	if *only {
		measure = func() error { return blind(os.Stdout) }
	}
	if err := measure(); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer, shared string) error {
	fmt.Fprint(w, "# Accuracy\n\nMade by `go run ./bench/accuracy -shared DIR`; rows without that folder are marked *own*.\n"+
		"A hit counts as kept if its action is review or block; a weak veto lowers it to a note.\n\n"+
		"## Keep or veto\n\nAll terms of a set in one pack of defaults.\n\n"+
		"| set | sentences | kept rightly | kept wrongly | lost | precision | recall |\n|---|---|---|---|---|---|---|\n")
	sets := []struct{ name, path string }{{"*own* segment/testdata", "segment/testdata/decisions.tsv"}}
	if shared != "" {
		sets = append(sets, struct{ name, path string }{"segment/cases.tsv", filepath.Join(shared, "segment/cases.tsv")},
			struct{ name, path string }{"peers/false_positive_cases.jsonl", filepath.Join(shared, "peers/false_positive_cases.jsonl")})
	}
	for _, s := range sets {
		cases, err := readCases(s.path)
		if err != nil {
			return err
		}
		if err := keep(w, s.name, cases); err != nil {
			return err
		}
	}
	if err := blind(w); err != nil {
		return err
	}
	if shared != "" {
		if err := ordinary(w, filepath.Join(shared, "corpus/clean_zh.txt.gz")); err != nil {
			return err
		}
	}
	return cost(w)
}

// sentence is one case: does the term in the text stand?
type sentence struct {
	term, text string
	keep       bool
}

func readCases(path string) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var cases []sentence
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if strings.HasSuffix(path, ".jsonl") {
			var c struct{ Term, Text, Expect string }
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			cases = append(cases, sentence{c.Term, c.Text, c.Expect != "no_hit"})
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 || cells[0] != "keep" && cells[0] != "veto" {
			continue // comment or header
		}
		cases = append(cases, sentence{cells[1], cells[2], cells[0] == "keep"})
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s: no case", path)
	}
	return cases, nil
}

// compile makes a lexicon of terms, all with the same mode.
func compile(terms []string, mode string) (*lexicon.Lexicon, error) {
	slices.Sort(terms)
	var b strings.Builder
	b.WriteString("term,category,match\n")
	for _, t := range slices.Compact(terms) {
		fmt.Fprintf(&b, "%q,x_bench,%s\n", t, mode)
	}
	p, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":       {Data: []byte("id: bench\nversion: 1.0.0\n")},
		"terms/terms.csv": {Data: []byte(b.String())},
	})
	if err != nil {
		return nil, err
	}
	return lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{})
}

func keep(w io.Writer, name string, cases []sentence) error {
	var terms []string
	for _, c := range cases {
		terms = append(terms, c.term)
	}
	l, err := compile(terms, "")
	if err != nil {
		return err
	}
	var right, wrong, lost int
	var wrongs, losts []string
	for _, c := range cases {
		kept := slices.ContainsFunc(l.FindAll(c.text, lexicon.Scene{}), func(h lexicon.Hit) bool {
			return h.Entry.Term == c.term && !h.Vetoed() && h.Action > review.ActionNote
		})
		switch {
		case kept && c.keep:
			right++
		case kept:
			wrong++
			wrongs = append(wrongs, c.term)
		case c.keep:
			lost++
			losts = append(losts, c.term)
		}
	}
	fmt.Fprintf(w, "| %s | %d | %d | %d %s | %d %s | %.3f | %.3f |\n", name, len(cases), right,
		wrong, strings.Join(wrongs, " "), lost, strings.Join(losts, " "),
		float64(right)/float64(right+wrong), float64(right)/float64(right+lost))
	return nil
}

// ordinary counts what the starter pack finds in ordinary text, and what of it
// is believed.
func ordinary(w io.Writer, path string) error {
	text, err := corpus.Text(path)
	if err != nil {
		return err
	}
	p, err := lexicon.ReadPack(starter.FS())
	if err != nil {
		return err
	}
	l, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{})
	if err != nil {
		return err
	}
	counts := map[string]int{}
	remains := map[lexicon.Category]map[string]int{}
	order := []string{"review or block", "note"}
	for _, h := range l.FindAll(text, lexicon.Scene{}) {
		key := "vetoed: " + string(h.Reason)
		switch {
		case !h.Vetoed() && h.Action > review.ActionNote:
			key = "review or block"
			if remains[h.Entry.Category] == nil {
				remains[h.Entry.Category] = map[string]int{}
			}
			remains[h.Entry.Category][h.Entry.Term]++
		case !h.Vetoed():
			key = "note"
		}
		counts[key]++
		counts["candidates"]++
		if !slices.Contains(order, key) {
			order = append(order, key)
		}
	}
	runes := float64(utf8.RuneCountInString(text))
	fmt.Fprintf(w, "\n## Ordinary text\n\nThe starter pack (%d terms) on %.2f million characters.\n\n| | hits | per 10,000 characters |\n|---|---|---|\n", l.Terms(), runes/1e6)
	slices.Sort(order[2:])
	for _, key := range append([]string{"candidates"}, order...) {
		fmt.Fprintf(w, "| %s | %d | %.4f |\n", key, counts[key], float64(counts[key])/runes*1e4)
	}
	fmt.Fprint(w, "\nWhat is to be reviewed or blocked:\n\n")
	for _, c := range lexicon.Categories() {
		var terms []string
		total := 0
		for _, term := range slices.SortedFunc(maps.Keys(remains[c.ID]), func(a, b string) int {
			return cmp.Or(remains[c.ID][b]-remains[c.ID][a], strings.Compare(a, b))
		}) {
			n := remains[c.ID][term]
			total += n
			if n > 1 {
				term += fmt.Sprintf(" ×%d", n)
			}
			terms = append(terms, term)
		}
		fmt.Fprintf(w, "- %s, %d: %s\n", c.ID, total, strings.Join(terms, "、"))
	}
	return nil
}

// cost measures the throughput of the lexicon with and without segmentation,
// in turn, on texts with different numbers of hits.
func cost(w io.Writer) error {
	fmt.Fprint(w, "\n## Cost of the veto\n\n1,000 terms of two or three characters on generated text of 4 MiB; median of 9 rounds, in turn, one goroutine.\n\n"+
		"| hits per KB | substring, MB/s | word, MB/s | ratio |\n|---|---|---|---|\n")
	for _, interval := range []int{33_000, 1000, 100} {
		c, err := corpus.Generate(corpus.Spec{Size: 1 << 22, Terms: 1000, Interval: interval, Longest: 3})
		if err != nil {
			return err
		}
		var speeds [2][]float64
		var lexicons [2]*lexicon.Lexicon
		for i, mode := range []string{"substring", "word"} {
			if lexicons[i], err = compile(c.Terms, mode); err != nil {
				return err
			}
			lexicons[i].FindAll(c.Text, lexicon.Scene{}) // loads the dictionary
		}
		hits := 0
		for range 9 {
			for i, l := range lexicons {
				start := time.Now()
				hits = len(l.FindAll(c.Text, lexicon.Scene{}))
				speeds[i] = append(speeds[i], float64(len(c.Text))/1e6/time.Since(start).Seconds())
			}
		}
		if hits < c.Planted {
			return fmt.Errorf("%d hits, %d were planted", hits, c.Planted)
		}
		for i := range speeds {
			slices.Sort(speeds[i])
		}
		off, on := speeds[0][4], speeds[1][4]
		fmt.Fprintf(w, "| %.2f | %.0f | %.0f | %.2f |\n", float64(hits)/float64(len(c.Text))*1e3, off, on, on/off)
	}
	return nil
}
