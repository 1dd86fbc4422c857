// Command recognized measures what recognisers cost beside the search for
// terms, and what they see in ordinary text, and prints Markdown tables:
//
//	go run ./bench/recognized > bench/results/recognized.md
//
// With -shared DIR it also counts on the material that the project was
// specified with, which is not part of it; -list prints each span there, with
// its surroundings, to standard error, to be read.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("recognized: ")
	shared := flag.String("shared", "", "folder with corpus/clean_zh.txt.gz and seeds/*.txt")
	list := flag.Bool("list", false, "print every span of that folder's texts to standard error")
	flag.Parse()
	if err := run(os.Stdout, *shared, *list); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer, shared string, list bool) error {
	fmt.Fprint(w, "# Recognisers\n\nMade by `go run ./bench/recognized -shared DIR`.\n")
	if err := cost(w); err != nil {
		return err
	}
	if shared == "" {
		return nil
	}
	return count(w, shared, list)
}

// article is a text of 3,000 characters with what notices have in them.
func article() (string, error) {
	c, err := corpus.Generate(corpus.Spec{Size: 3 * 2800, Terms: 10, Longest: 3})
	if err != nil {
		return "", err
	}
	text := "来源：某某日报\n某工发〔2025〕12号\n" + c.Text +
		"\n就业人数同比增长6.1%。联系人：张某，联系电话：0311－60000000，13800138000，邮箱 tougao@example.cn\n责编：李某 三审：王某\n"
	r := []rune(text)
	return string(r[:min(len(r), 3000)]), nil
}

// cost compares, in turn, on one article.
func cost(w io.Writer) error {
	text, err := article()
	if err != nil {
		return err
	}
	recognizer, err := recognize.New(recognize.Options{})
	if err != nil {
		return err
	}
	plain, err := shenjiao.New(shenjiao.Options{NoRules: true, NoRecognize: true})
	if err != nil {
		return err
	}
	full, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		return err
	}
	draft, err := draftRules()
	if err != nil {
		return err
	}
	doc := &shenjiao.Document{Body: &text}
	var spans []recognize.Span
	rows := []struct {
		name string
		f    func() error
		took []float64 // µs
	}{
		{name: "terms alone (`lexicon.FindAll`, starter pack)", f: func() error {
			plain.Lexicon().FindAll(text, lexicon.Scene{})
			return nil
		}},
		{name: "recognisers alone (`recognize.AppendAll`)", f: func() error {
			spans = recognizer.AppendAll(spans[:0], text)
			return nil
		}},
		{name: "the rules of the draft tier (`rules.Evaluate`) on spans that are there", f: func() error {
			draft.Evaluate(doc, rules.Evidence{Findings: []review.Finding{}, Spans: func(string) []recognize.Span { return spans }})
			return nil
		}},
		{name: "recognisers and rules of the draft tier", f: func() error {
			spans = recognizer.AppendAll(spans[:0], text)
			draft.Evaluate(doc, rules.Evidence{Findings: []review.Finding{}, Spans: func(string) []recognize.Span { return spans }})
			return nil
		}},
		{name: "a scan without rules", f: func() error {
			_, err := plain.Scan(context.Background(), doc)
			return err
		}},
		{name: "a scan with all rules that are on", f: func() error {
			_, err := full.Scan(context.Background(), doc)
			return err
		}},
	}
	const rounds, batch = 51, 20
	for round := -2; round < rounds; round++ { // two to warm up
		for i := range rows {
			start := time.Now()
			for range batch {
				if err := rows[i].f(); err != nil {
					return err
				}
			}
			if round >= 0 {
				rows[i].took = append(rows[i].took, float64(time.Since(start).Nanoseconds())/1e3/batch)
			}
		}
	}
	fmt.Fprintf(w, "\n## Cost\n\nAn article of %d characters with %d spans; median of %d rounds of %d, in turn, one goroutine. A scan runs the recognisers always.\n\n| | µs | terms alone = 1 |\n|---|---|---|\n",
		utf8.RuneCountInString(text), len(spans), rounds, batch)
	for i := range rows {
		slices.Sort(rows[i].took)
	}
	for _, row := range rows {
		fmt.Fprintf(w, "| %s | %.0f | %.2f |\n", row.name, row.took[rounds/2], row.took[rounds/2]/rows[0].took[rounds/2])
	}
	return nil
}

// draftRules is an engine with all rules of the draft tier and no others.
func draftRules() (*rules.Engine, error) {
	var b strings.Builder
	b.WriteString("id: draft\nextends: []\nrules:\n")
	for _, r := range rules.Rules() {
		fmt.Fprintf(&b, "  %s: {enabled: %t}\n", r.ID, r.Tier == rules.TierDraft)
	}
	p, err := rules.ParseProfile("draft", []byte(b.String()))
	if err != nil {
		return nil, err
	}
	return rules.New(rules.Options{Profile: p})
}

// count counts the spans in ordinary text and in the seeds.
func count(w io.Writer, shared string, list bool) error {
	recognizer, err := recognize.New(recognize.Options{})
	if err != nil {
		return err
	}
	ordinary, err := corpus.Text(filepath.Join(shared, "corpus/clean_zh.txt.gz"))
	if err != nil {
		return err
	}
	seeds, err := filepath.Glob(filepath.Join(shared, "seeds/*.txt"))
	if err != nil || len(seeds) == 0 {
		return cmp.Or(err, fmt.Errorf("%s/seeds: no text", shared))
	}
	texts := []string{ordinary}
	for _, path := range seeds {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		texts = append(texts, string(data))
	}
	type tally struct{ corpus, disguised, allowed, weak, seeds int }
	counts := map[recognize.Kind]*tally{}
	for i, text := range texts {
		for _, s := range recognizer.FindAll(text) {
			c := counts[s.Kind]
			if c == nil {
				c = new(tally)
				counts[s.Kind] = c
			}
			if i > 0 {
				c.seeds++
			} else {
				c.corpus++
				c.disguised += count1(s.Channels&matcher.Set(matcher.Noise, matcher.Numeral, matcher.Confusable) != 0)
				c.allowed += count1(s.Notes.Has(recognize.Allowed))
				c.weak += count1(s.Confidence < recognize.Weak)
			}
			if list && (s.Kind != recognize.Link || s.Channels != 0) {
				fmt.Fprintf(os.Stderr, "%d\t%v\t%.2f\t%v\t%q\t%q\n", i, s.Kind, s.Confidence, s.Channels, s.Text, s.Before+"▶"+s.Text+"◀"+s.After)
			}
		}
	}
	fmt.Fprintf(w, "\n## Ordinary text\n\nThe corpus has %.2f million characters: prose, technology, headlines, law. The seeds are %d documents that were published.\n"+
		"A link is a finding only if it is disguised; a document number or a line of attribution never is one by itself.\n\n| kind | corpus | of these disguised | allowed | weak | seeds |\n|---|---|---|---|---|---|\n",
		float64(utf8.RuneCountInString(ordinary))/1e6, len(seeds))
	for _, k := range recognize.Kinds() {
		if c := counts[k.Kind]; c != nil {
			fmt.Fprintf(w, "| %s %s | %d | %d | %d | %d | %d |\n", k.ID, k.Title, c.corpus, c.disguised, c.allowed, c.weak, c.seeds)
		}
	}
	var none []string
	for _, k := range recognize.Kinds() {
		if counts[k.Kind] == nil {
			none = append(none, k.ID)
		}
	}
	fmt.Fprintf(w, "\nNone: %s.\n", strings.Join(none, ", "))
	return nil
}

func count1(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
