// Command peers runs matching engines of others on the inputs of the
// benchmark. It is a module of its own, so that who uses the library does not
// fetch them. Package runner has the protocol:
//
//	go run . ENGINE TERMS TEXT
//
// Built with the tag vectorscan it also has Vectorscan (or Hyperscan), for
// which cgo and pkg-config libhs are needed. The folder rust holds the runner
// of Rust's aho-corasick.
package main

import (
	"os"
	"runtime/debug"

	bobusumisu "github.com/BobuSumisu/aho-corasick"
	anknown "github.com/anknown/ahocorasick"
	coregx "github.com/coregx/ahocorasick"
	petar "github.com/petar-dambovaliev/aho-corasick"

	"github.com/shenjiao/shenjiao/bench/runner"
)

func main() { runner.Main(engines, os.Args[1:]) }

// engines are the contenders by name. Each counts all matches, overlapping
// ones too, in the way that costs it least.
var engines = map[string]runner.Engine{
	"anknown": {
		Version: version("github.com/anknown/ahocorasick"),
		Build: func(terms []string) (func([]byte) int, error) {
			runes := make([][]rune, len(terms))
			for i, t := range terms {
				runes[i] = []rune(t)
			}
			m := new(anknown.Machine)
			if err := m.Build(runes); err != nil {
				return nil, err
			}
			// It reads runes, so making them is part of the scan.
			return func(text []byte) int { return len(m.MultiPatternSearch([]rune(string(text)), false)) }, nil
		},
	},
	"bobusumisu": {
		Version: version("github.com/BobuSumisu/aho-corasick"),
		Build: func(terms []string) (func([]byte) int, error) {
			t := bobusumisu.NewTrieBuilder().AddStrings(terms).Build()
			return func(text []byte) int {
				n := 0
				t.Walk(text, func(_, _, _ int64) bool { n++; return true })
				return n
			}, nil
		},
	},
	"petar-nfa": petarEngine(false),
	"petar-dfa": petarEngine(true),
	"coregx": {
		Version: version("github.com/coregx/ahocorasick"),
		Build: func(terms []string) (func([]byte) int, error) {
			a, err := coregx.NewBuilder().AddStrings(terms).Build()
			if err != nil {
				return nil, err
			}
			return func(text []byte) int { return len(a.FindAllOverlapping(text)) }, nil
		},
	},
}

func petarEngine(dfa bool) runner.Engine {
	return runner.Engine{
		Version: version("github.com/petar-dambovaliev/aho-corasick"),
		Build: func(terms []string) (func([]byte) int, error) {
			b := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.StandardMatch, DFA: dfa})
			a := b.Build(terms)
			return func(text []byte) int {
				n := 0
				for it := a.IterOverlappingByte(text); it.Next() != nil; {
					n++
				}
				return n
			}, nil
		},
	}
}

// version returns the version of a module that this program was built with.
func version(module string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == module {
				return d.Version
			}
		}
	}
	return ""
}
