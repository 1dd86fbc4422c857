package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/bench/runner"
)

// settings are the flags.
type settings struct {
	full                                bool
	corpus, emit, results, readme, peer string
	render                              bool
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	if len(os.Args) > 1 {
		switch os.Args[1] { // this program is its own children, too
		case childRunner:
			runner.Main(ownEngines(), os.Args[2:])
			return
		case childLatency, childCold, childCores:
			if err := child(os.Args[1], os.Args[2:], os.Stdout); err != nil {
				log.Fatal(err)
			}
			return
		}
	}
	var s settings
	flag.BoolVar(&s.full, "full", false, "the full version, about ten minutes")
	flag.StringVar(&s.corpus, "corpus", "", "folder of texts to use instead of generated ones; .gz too")
	flag.StringVar(&s.emit, "emit", "", "write texts, lexicons and answers into this folder, and measure nothing")
	flag.StringVar(&s.results, "results", "", "folder for results.json and what is made of it")
	flag.StringVar(&s.readme, "readme", "", "document to put the tables into, between its markers")
	flag.StringVar(&s.peer, "peers", "bench/peers", "folder of the module with the other engines")
	flag.BoolVar(&s.render, "render", false, "make tables and plot of -results again, and measure nothing")
	flag.Parse()
	if flag.NArg() > 0 {
		log.Fatalf("unknown argument %q", flag.Arg(0))
	}
	if err := s.run(); err != nil {
		log.Fatal(err)
	}
}

// resultsFile is the name of the measurements in a folder of results.
const resultsFile = "results.json"

func (s *settings) run() error {
	c, err := readContest(contestYAML)
	if err != nil {
		return err
	}
	name := "small"
	if s.full {
		name = "full"
	}
	if s.emit != "" {
		return s.write(c, c.Plans[name])
	}
	var res *results
	if s.render {
		if s.results == "" {
			return errors.New("-render: want -results, the folder to read")
		}
		if res, err = readResults(filepath.Join(s.results, resultsFile)); err != nil {
			return err
		}
	} else if res, err = s.measure(c, name); err != nil {
		return err
	}
	if s.results == "" && s.readme == "" {
		_, err := os.Stdout.WriteString(tables(res))
		return err
	}
	if s.results != "" {
		if err := os.MkdirAll(s.results, 0o755); err != nil {
			return err
		}
		if !s.render {
			if err := writeResults(filepath.Join(s.results, resultsFile), res); err != nil {
				return err
			}
		}
		for file, data := range map[string]string{"results.md": tables(res), "throughput.svg": plot(res)} {
			if err := os.WriteFile(filepath.Join(s.results, file), []byte(data), 0o644); err != nil {
				return err
			}
		}
	}
	if s.readme != "" {
		return splice(s.readme, summary(res))
	}
	return nil
}

// input makes the text and lexicon of a case.
func (s *settings) input(c *contest, p plan, pc planCase) (*corpus.Case, error) {
	spec := corpus.Spec{Size: p.Text, Terms: pc.Terms, Interval: c.Hits[pc.Hits]}
	if s.corpus != "" {
		return corpus.Read(s.corpus, spec)
	}
	if pc.Hostile == "" {
		return corpus.Generate(spec)
	}
	of, err := corpus.Generate(corpus.Spec{Terms: pc.Terms})
	if err != nil {
		return nil, err
	}
	if in := corpus.Hostile(p.Hostile, of)[pc.Hostile]; in != nil {
		return in, nil
	}
	return nil, fmt.Errorf("contest.yaml: unknown hostile case %q", pc.Hostile)
}

// write writes the inputs of a plan.
func (s *settings) write(c *contest, p plan) error {
	if err := os.MkdirAll(s.emit, 0o755); err != nil {
		return err
	}
	for _, pc := range s.cases(p) {
		in, err := s.input(c, p, pc)
		if err != nil {
			return err
		}
		if _, err := in.Write(s.emit, pc.name(), in.Answer()); err != nil {
			return err
		}
	}
	return nil
}

// cases are those of a plan; a text of the user's own has no planted hits, so
// there is one for each size of the lexicon.
func (s *settings) cases(p plan) (list []planCase) {
	if s.corpus == "" {
		return p.Cases
	}
	seen := map[int]bool{}
	for _, pc := range p.Cases {
		if pc.Hostile == "" && !seen[pc.Terms] {
			seen[pc.Terms] = true
			list = append(list, pc)
		}
	}
	return list
}

func (s *settings) measure(c *contest, name string) (*results, error) {
	start := time.Now()
	temp, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	p := c.Plans[name]
	programs := &programs{
		peers: s.peer, temp: temp, pinned: canPin(), log: log.Printf,
		built: map[string]string{}, missing: map[string]string{},
	}
	res := &results{Plan: name, Command: "go run ./bench" + map[bool]string{true: " -full"}[s.full], Commit: commit(), Machine: thisMachine(programs.pinned)}
	steps := 0
	for _, pc := range s.cases(p) {
		for _, g := range append([]string{""}, pc.Groups...) {
			steps += len(c.of(g)) + p.Rounds
		}
	}
	bar := newProgress(steps, log.Printf)
	defer bar.finish()
	for _, pc := range s.cases(p) {
		bar.phase(pc.name() + ": make the text")
		in, err := s.input(c, p, pc)
		if err != nil {
			return nil, err
		}
		cr := caseResult{Name: pc.name(), Terms: len(in.Terms), Hits: cmp.Or(pc.Hits, "hostile"), Bytes: len(in.Text), Planted: in.Planted, Answer: in.Answer()}
		if s.corpus != "" {
			cr.Name, cr.Hits = fmt.Sprintf("own-%d", pc.Terms), "own"
		}
		files, err := in.Write(temp, cr.Name, cr.Answer)
		if err != nil {
			return nil, err
		}
		r := &race{programs: programs, plan: p, files: files, bar: bar, answers: &answers{Answer: cr.Answer, c: in, known: map[string]int{}}}
		for _, g := range append([]string{""}, pc.Groups...) {
			if err := r.run(c.of(g), &cr); err != nil {
				return nil, fmt.Errorf("%s: %w", cr.Name, err)
			}
			if g == "scanner" {
				bar.phase(cr.Name + ": small documents, cold starts, cores")
				if res.Scanner, err = measureScanner(programs, files, p); err != nil {
					return nil, fmt.Errorf("%s: %w", cr.Name, err)
				}
			}
		}
		res.Cases = append(res.Cases, cr)
	}
	told := map[string]bool{}
	for _, cr := range res.Cases {
		for _, m := range cr.Measured {
			if m.Skipped != "" && m.Most == 0 && !told[m.ID] {
				told[m.ID] = true
				log.Printf("%s was passed over: %s", m.ID, m.Skipped)
			}
		}
	}
	res.Seconds = int(time.Since(start).Seconds())
	return res, nil
}

// commit names what was measured; "" outside of a repository.
func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

func readResults(path string) (*results, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var res results
	if err := json.Unmarshal(data, &res); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &res, nil
}

func writeResults(path string, res *results) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(res); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
