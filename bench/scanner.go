package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/bench/runner"
	"github.com/shenjiao/shenjiao/segment"
)

// First arguments with which this program starts itself.
const (
	childRunner  = "runner"
	childLatency = "latency"
	childCold    = "cold"
	childCores   = "cores"
)

// scanner is what was measured of the whole scanner beside its throughput.
type scanner struct {
	Latency []latency `json:"latency"`
	Cold    []cold    `json:"cold"`
	Cores   []cores   `json:"cores"`
}

// latency is how long documents of about one size take, one by one.
type latency struct {
	Bytes  int     `json:"bytes"`
	Scans  int     `json:"scans"`
	P50NS  int64   `json:"p50_ns"`
	P99NS  int64   `json:"p99_ns"`
	Allocs float64 `json:"allocs"` // a document
}

// cold is how long it takes from the start of a process to its first finding.
type cold struct {
	Title string  `json:"title"`
	NS    []int64 `json:"ns"`
	Peak  int64   `json:"peak_bytes"`
}

// cores compares one core with two.
type cores struct {
	Title  string `json:"title"`
	Bytes  int    `json:"bytes"`
	Rounds []pair `json:"rounds"`
}

type pair struct {
	One int64 `json:"one_ns"`
	Two int64 `json:"two_ns"`
}

func (c *cores) ratio() float64 {
	return median(c.Rounds, func(p pair) float64 { return float64(p.One) / float64(p.Two) })
}

func measureScanner(p *programs, files corpus.Files, plan plan) (*scanner, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var s scanner
	out, err := output(p.onOneCore(self, []string{childLatency, files.Terms, files.Text}))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(out, &s.Latency); err != nil {
		return nil, err
	}
	for _, kind := range []struct{ arg, title string }{
		{"disguised", "a finding that needs no dictionary of words"},
		{"word", "a finding that needs the dictionary"},
	} {
		c := cold{Title: kind.title}
		for range plan.Rounds {
			cmd := p.onOneCore(self, []string{childCold, kind.arg})
			start := time.Now()
			out, err := output(cmd)
			if err != nil {
				return nil, err
			}
			c.NS = append(c.NS, time.Since(start).Nanoseconds())
			peak, err := strconv.ParseInt(string(out), 10, 64)
			if err != nil {
				return nil, err
			}
			c.Peak = max(c.Peak, peak)
		}
		s.Cold = append(s.Cold, c)
	}
	if runtime.NumCPU() < 2 {
		return &s, nil
	}
	out, err = output(exec.Command(self, childCores, files.Terms, files.Text, strconv.Itoa(plan.Rounds)))
	if err != nil {
		return nil, err
	}
	return &s, json.Unmarshal(out, &s.Cores)
}

func output(cmd *exec.Cmd) ([]byte, error) {
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%v: %w: %s", cmd.Args[1:], err, said.String())
	}
	return out, nil
}

// child is what this program does when it was started by itself.
func child(kind string, args []string, w io.Writer) error {
	if kind == childCold {
		return coldStart(args[0], w)
	}
	data, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	s, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{packOf(strings.Fields(string(data)))}})
	if err != nil {
		return err
	}
	text, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	if err := segment.Warm(); err != nil {
		return err
	}
	var out any
	if kind == childLatency {
		out, err = latencies(s, string(text))
	} else {
		rounds, _ := strconv.Atoi(args[2])
		out, err = onCores(s, string(text), rounds)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(out)
}

// coldStart makes a scanner of the starter pack, finds one thing, and prints
// the most memory that it took.
func coldStart(kind string, w io.Writer) error {
	body := map[string]string{"disguised": "此药包 治*百病。", "word": "据《法制日报》报道，手枪。"}[kind]
	s, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		return err
	}
	r, err := s.Scan(context.Background(), &shenjiao.Document{Body: &body})
	if err != nil {
		return err
	}
	if len(r.Findings) == 0 {
		return fmt.Errorf("%s: no finding", kind)
	}
	_, err = fmt.Fprint(w, runner.PeakMemory(os.Getpid()))
	return err
}

// latencies scans pieces of the text of some sizes, one by one. What only the first
// scans of a process wait for, as the dictionary of words, is in cold.
func latencies(s *shenjiao.Scanner, text string) (list []latency, err error) {
	if _, err := s.Scan(context.Background(), &shenjiao.Document{Body: &text}); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{200, 2000, 20_000} {
		l := latency{Bytes: size, Scans: 2_000_000 / (size + 1800)}
		var took []int64
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range l.Scans {
			body := piece(text, rng.IntN(len(text)-size), size)
			start := time.Now()
			if _, err := s.Scan(context.Background(), &shenjiao.Document{Body: &body}); err != nil {
				return nil, err
			}
			took = append(took, time.Since(start).Nanoseconds())
		}
		runtime.ReadMemStats(&after)
		slices.SortFunc(took, cmp.Compare)
		l.P50NS, l.P99NS = took[len(took)/2], took[len(took)*99/100]
		l.Allocs = float64(after.Mallocs-before.Mallocs) / float64(l.Scans)
		list = append(list, l)
	}
	return list, nil
}

// piece returns about size bytes of text from about start on, on the
// boundaries of runes.
func piece(text string, start, size int) string {
	for !utf8.RuneStart(text[start]) {
		start++
	}
	end := min(len(text), start+size)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return text[start:end]
}

// onCores scans many documents and one large one with one core and with two,
// in turns.
func onCores(s *shenjiao.Scanner, text string, rounds int) ([]cores, error) {
	const document = 2000 // bytes of each of the many
	var many []*shenjiao.Document
	for at := 0; at < len(text)-document; at += document {
		many = append(many, &shenjiao.Document{Body: new(piece(text, at, document))})
	}
	list := []cores{{Title: "documents of 2 KB", Bytes: len(text)}, {Title: "one document", Bytes: len(text)}}
	for range rounds {
		for i, docs := range [][]*shenjiao.Document{many, {{Body: &text}}} {
			one, err := scanWith(s, docs, 1)
			if err != nil {
				return nil, err
			}
			two, err := scanWith(s, docs, 2)
			if err != nil {
				return nil, err
			}
			list[i].Rounds = append(list[i].Rounds, pair{One: one, Two: two})
		}
	}
	return list, nil
}

// scanWith returns how long the documents take on that many cores.
func scanWith(s *shenjiao.Scanner, docs []*shenjiao.Document, n int) (int64, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	runtime.GC()
	start := time.Now()
	for _, err := range s.ScanAll(context.Background(), slices.Values(docs), n) {
		if err != nil {
			return 0, err
		}
	}
	return time.Since(start).Nanoseconds(), nil
}
