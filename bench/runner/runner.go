package runner

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Built is what a runner says when its engine stands.
type Built struct {
	Version string `json:"version"`              // of the engine
	BuildNS int64  `json:"build_ns"`             // from the terms in memory
	Heap    int64  `json:"heap_bytes,omitempty"` // that the engine keeps; 0 if not known
}

// Round is the outcome of some scans of the whole text.
type Round struct {
	NS      int64 `json:"ns"`      // of all of them together
	Matches int   `json:"matches"` // of the last one
}

// An Engine is built from terms and then scans a text, returning how many
// matches there are. Version says what it is.
type Engine struct {
	Version string
	Build   func(terms []string) (scan func(text []byte) int, err error)
}

// ErrMissing is for an engine that this machine cannot run.
var ErrMissing = errors.New("not to be had on this machine")

// statusMissing is the exit status for it.
const statusMissing = 3

// Main is the main function of a runner; args are those after the program.
func Main(engines map[string]Engine, args []string) {
	err := serve(engines, args, os.Stdin, os.Stdout)
	switch {
	case errors.Is(err, ErrMissing):
		fmt.Fprintln(os.Stderr, "runner:", err)
		os.Exit(statusMissing)
	case err != nil:
		fmt.Fprintln(os.Stderr, "runner:", err)
		os.Exit(1)
	}
}

func serve(engines map[string]Engine, args []string, in io.Reader, out io.Writer) error {
	if len(args) != 3 {
		return fmt.Errorf("want 3 arguments: engine, file of terms, file of text; got %d", len(args))
	}
	e, ok := engines[args[0]]
	if !ok {
		return fmt.Errorf("engine %q: %w", args[0], ErrMissing)
	}
	data, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	terms := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	text, err := os.ReadFile(args[2])
	if err != nil {
		return err
	}

	before := heap()
	start := time.Now()
	scan, err := e.Build(terms)
	if err != nil {
		return fmt.Errorf("engine %q: %w", args[0], err)
	}
	built := Built{Version: e.Version, BuildNS: time.Since(start).Nanoseconds()}
	built.Heap = max(0, heap()-before)
	enc := json.NewEncoder(out)
	if err := enc.Encode(built); err != nil {
		return err
	}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		times, err := strconv.Atoi(lines.Text())
		if err != nil || times < 1 {
			return fmt.Errorf("want a number of scans, got %q", lines.Text())
		}
		var r Round
		start := time.Now()
		for range times {
			r.Matches = scan(text)
		}
		r.NS = time.Since(start).Nanoseconds()
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	runtime.KeepAlive(terms)
	return nil
}

// heap returns what is in use after a collection.
func heap() int64 {
	runtime.GC()
	runtime.GC() // what finalizers let go
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
