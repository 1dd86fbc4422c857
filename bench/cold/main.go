// Command cold measures what a program waits for at its start, from packs and
// from the cache of compiled lexicons, and prints a Markdown table:
//
//	go run ./bench/cold > bench/results/cold.md
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing/fstest"
	"time"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("cold: ")
	dir, err := os.MkdirTemp("", "cold")
	if err != nil {
		log.Fatal(err)
	}
	err = run(os.Stdout, dir)
	os.RemoveAll(dir)
	if err != nil {
		log.Fatal(err)
	}
}

// rounds is how often each is measured, in turn; the fastest counts.
const rounds = 5

func run(w io.Writer, dir string) error {
	fmt.Fprintf(w, "# Start\n\nMade by `go run ./bench/cold` with %s on %d processors: the fastest of %d rounds, interleaved.\n"+
		"Generated terms of two to six characters. The packs have no cases: those also compile their pack alone and load\n"+
		"the word dictionary, and are not run for a lexicon from the cache. *Held* is the heap of one scanner.\n\n", runtime.Version(), runtime.NumCPU(), rounds)
	fmt.Fprintln(w, "| terms | compiled | from the cache | ratio | file | held, compiled | held, from the cache |\n|--:|--:|--:|--:|--:|--:|--:|")
	for _, n := range []int{1_000, 10_000, 100_000} {
		pack, err := generate(n)
		if err != nil {
			return err
		}
		opts := shenjiao.Options{NoStarter: true, NoRules: true, Packs: []fs.FS{pack}}
		cached := opts
		cached.CacheDir = filepath.Join(dir, fmt.Sprint(n))
		if _, err := shenjiao.New(cached); err != nil { // makes the file
			return err
		}
		var best [2]time.Duration
		var held [2]uint64
		for range rounds {
			for i, o := range []shenjiao.Options{opts, cached} {
				before := heap()
				start := time.Now()
				s, err := shenjiao.New(o)
				if err != nil {
					return err
				}
				took := time.Since(start)
				held[i] = heap() - before
				if got := s.Lexicon().Terms(); got != n {
					return fmt.Errorf("%d terms, want %d", got, n)
				}
				if best[i] == 0 || took < best[i] {
					best[i] = took
				}
			}
		}
		files, err := filepath.Glob(filepath.Join(cached.CacheDir, "*"))
		if err != nil || len(files) != 1 {
			return fmt.Errorf("files in the cache: %v, %v", files, err)
		}
		info, err := os.Stat(files[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "| %d | %d ms | %d ms | %.2f | %.1f MB | %.1f MB | %.1f MB |\n", n,
			best[0].Milliseconds(), best[1].Milliseconds(), float64(best[1])/float64(best[0]),
			mb(uint64(info.Size())), mb(held[0]), mb(held[1]))
	}
	return nil
}

func mb(n uint64) float64 { return float64(n) / (1 << 20) }

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// generate makes a pack of n terms.
func generate(n int) (*lexicon.Files, error) {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.Write([]string{"term"}); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for len(seen) < n {
		term := make([]rune, 2+random.IntN(5))
		for i := range term {
			term[i] = rune(0x4e00 + int(random.ExpFloat64()*800)%6000)
		}
		if s := string(term); !seen[s] {
			seen[s] = true
			if err := w.Write([]string{s}); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return lexicon.ReadFiles(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: generated\nversion: 1.0.0\nowner: bench\n")},
		"terms/gambling_fraud.csv": {Data: []byte(b.String())},
	})
}
