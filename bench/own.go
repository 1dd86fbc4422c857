package main

import (
	"context"
	"fmt"
	"html"
	"io/fs"
	"strings"
	"testing/fstest"
	"unsafe"

	"github.com/cloudflare/ahocorasick"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/bench/runner"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// ownEngines are the contenders that this program runs itself: ourselves, and
// cloudflare's, which the library's tests need anyway.
func ownEngines() map[string]runner.Engine {
	engines := map[string]runner.Engine{
		"cloudflare": {Build: func(terms []string) (func([]byte) int, error) {
			m := ahocorasick.NewStringMatcher(terms)
			return func(text []byte) int { return len(m.Match(text)) }, nil
		}},
		"stage/matcher": {Build: func(terms []string) (func([]byte) int, error) {
			patterns, err := packPatterns(terms)
			if err != nil {
				return nil, err
			}
			return matching(patterns, matcher.Auto)
		}},
		"stage/lexicon":    {Build: buildLexicon},
		"stage/recognised": scanEngine(shenjiao.Options{NoRules: true, NoSemantic: true}, review.BodyPlain),
		"stage/scan":       scanEngine(shenjiao.Options{NoRules: true}, review.BodyPlain),
		"stage/rules":      scanEngine(shenjiao.Options{}, review.BodyPlain),
		"stage/html":       scanEngine(shenjiao.Options{}, review.BodyHTML),
	}
	for _, e := range append(matcher.Engines(), matcher.Auto) {
		for reading, channels := range map[string]matcher.ChannelSet{"literal": 0, "folded": matcher.DefaultChannels} {
			engines[reading+"/"+e.String()] = runner.Engine{Build: func(terms []string) (func([]byte) int, error) {
				return matching(patterns(terms, channels), e)
			}}
		}
	}
	for _, info := range matcher.Channels() {
		engines["channel/"+info.Name] = runner.Engine{Build: func(terms []string) (func([]byte) int, error) {
			return matching(patterns(terms, matcher.Set(info.Channel)), matcher.Auto)
		}}
	}
	for name, e := range engines {
		e.Version = "this"
		if name == "cloudflare" {
			e.Version = moduleVersion("github.com/cloudflare/ahocorasick")
		}
		engines[name] = e
	}
	return engines
}

func patterns(terms []string, channels matcher.ChannelSet) []matcher.Pattern {
	ps := make([]matcher.Pattern, len(terms))
	for i, t := range terms {
		ps[i] = matcher.Pattern{Text: t, Channels: channels}
	}
	return ps
}

// matching counts what a matcher finds; it keeps its space between scans.
func matching(ps []matcher.Pattern, e matcher.Engine) (func([]byte) int, error) {
	m, err := matcher.NewWith(ps, matcher.Options{Engine: e})
	if err != nil {
		return nil, err
	}
	var found []matcher.Match
	return func(text []byte) int {
		found = m.AppendAll(found[:0], text)
		return len(found)
	}, nil
}

// packOf is a pack of the terms, all with the defaults of a lexicon.
func packOf(terms []string) fs.FS {
	var b strings.Builder
	b.WriteString("term,category\n")
	for _, t := range terms {
		fmt.Fprintf(&b, "%s,x_bench\n", t)
	}
	return fstest.MapFS{
		"pack.yaml":       {Data: []byte("id: bench\nversion: 1.0.0\n")},
		"terms/terms.csv": {Data: []byte(b.String())},
	}
}

// packs are the starter pack and that of the terms.
func packs(terms []string) (list []*lexicon.Pack, err error) {
	for _, fsys := range []fs.FS{starter.FS(), packOf(terms)} {
		p, err := lexicon.ReadPack(fsys)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// packPatterns are about the patterns that a lexicon makes of the packs.
func packPatterns(terms []string) (ps []matcher.Pattern, err error) {
	list, err := packs(terms)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		for _, e := range p.Entries {
			ps = append(ps, matcher.Pattern{Text: e.Term, Channels: matcher.DefaultChannels, Whole: e.Match != lexicon.MatchSubstring})
		}
		for _, a := range p.Allows {
			ps = append(ps, matcher.Pattern{Text: a.Phrase, Channels: matcher.DefaultChannels})
		}
	}
	return ps, nil
}

func newLexicon(terms []string) (*lexicon.Lexicon, error) {
	list, err := packs(terms)
	if err != nil {
		return nil, err
	}
	return lexicon.Compile(list, lexicon.Options{Trusted: list[:1]})
}

func buildLexicon(terms []string) (func([]byte) int, error) {
	l, err := newLexicon(terms)
	if err != nil {
		return nil, err
	}
	if err := segment.Warm(); err != nil {
		return nil, err
	}
	return func(text []byte) int {
		return believed(l.FindAll(unsafe.String(unsafe.SliceData(text), len(text)), lexicon.Scene{NoVetoedGuesses: true})) // as a scan asks
	}, nil
}

// believed counts the hits that are not vetoed.
func believed(hits []lexicon.Hit) (n int) {
	for i := range hits {
		if !hits[i].Vetoed() {
			n++
		}
	}
	return n
}

// scanEngine scans the text as the body of a document.
func scanEngine(opts shenjiao.Options, format review.BodyFormat) runner.Engine {
	return runner.Engine{Build: func(terms []string) (func([]byte) int, error) {
		opts := opts
		opts.Packs = []fs.FS{packOf(terms)}
		s, err := shenjiao.New(opts)
		if err != nil {
			return nil, err
		}
		if err := segment.Warm(); err != nil {
			return nil, err
		}
		var marked []byte // of which it was made
		var body string
		return func(text []byte) int {
			switch {
			case format == review.BodyPlain:
				body = unsafe.String(unsafe.SliceData(text), len(text))
			case unsafe.SliceData(marked) != unsafe.SliceData(text):
				marked, body = text, markup(string(text))
			}
			r, err := s.Scan(context.Background(), &shenjiao.Document{Body: &body, BodyFormat: &format})
			if err != nil {
				panic(err)
			}
			n := 0
			for _, f := range r.Findings {
				if f.Rule == "term" {
					n++
				}
			}
			return n
		}, nil
	}}
}

// markup makes a page of a text: a paragraph a line.
func markup(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("<p>" + html.EscapeString(strings.TrimSuffix(line, "\n")) + "</p>\n")
	}
	return b.String()
}
