package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

//go:embed testdata/independent.tsv
var independentFile string

// An independent sentence is a row of testdata/independent.tsv.
type independent struct {
	row     int
	channel string // one of [matcher.Channel], mixed or innocent
	term    string // "" if it is innocent
	text    string
}

// test reports whether the row is only counted. Nobody looks at it, so that what is
// found there says how well the rest is found.
func (s *independent) test() bool { return s.row%2 == 1 }

const (
	mixedWays = "mixed" // more than one channel, or one and something between
	innocent  = "innocent"
)

// independentSamples reads testdata/independent.tsv.
func independentSamples() (list []independent, err error) {
	for i, line := range strings.Split(strings.TrimSpace(independentFile), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		place := fmt.Sprintf("testdata/independent.tsv:%d", i+1)
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("%s: %d columns, want 3", place, len(f))
		}
		if _, ok := matcher.ParseChannel(f[0]); !ok && f[0] != mixedWays && f[0] != innocent {
			return nil, fmt.Errorf("%s: unknown channel %q", place, f[0])
		}
		if (f[1] == "") != (f[0] == innocent) {
			return nil, fmt.Errorf("%s: a term and a disguise, or neither", place)
		}
		list = append(list, independent{len(list), f[0], f[1], f[2]})
	}
	return list, nil
}

// independentTable prints what is found of the independent sentences, whose terms are
// the lexicon, by channel and half.
func independentTable(w io.Writer, o options) error {
	samples, err := independentSamples()
	if err != nil {
		return err
	}
	var terms []string
	for _, s := range samples {
		if s.term != "" {
			terms = append(terms, s.term)
		}
	}
	pack, err := packOf("independent", terms)
	if err != nil {
		return err
	}
	type count struct{ n, found int }
	var order []string
	counts := map[string]*[2][2]count{} // by channel, set of channels and half
	for k, set := range []matcher.ChannelSet{0, matcher.AllChannels} {
		l, err := lexicon.Compile([]*lexicon.Pack{pack}, lexicon.Options{Channels: set})
		if err != nil {
			return err
		}
		for _, s := range samples {
			if counts[s.channel] == nil {
				counts[s.channel] = new([2][2]count)
				order = append(order, s.channel)
			}
			c := &counts[s.channel][k][s.row%2]
			c.n++
			hits := l.FindAll(s.text, lexicon.Scene{})
			i := slices.IndexFunc(hits, func(h lexicon.Hit) bool {
				return !h.Vetoed() && h.Action >= review.ActionReview &&
					(s.term != "" && strings.Contains(h.Entry.Term, s.term) || s.term == "" && h.Channels&matcher.Disguises != 0)
			})
			if i >= 0 {
				c.found++
			}
			if (i >= 0) == (s.channel == innocent) && set != 0 && o.show > 0 && !s.test() {
				fmt.Fprintf(os.Stderr, "independent %s %s: %s", s.channel, s.term, s.text)
				for _, h := range hits {
					if s.term == "" && !h.Vetoed() || h.Entry.Term == s.term {
						fmt.Fprintf(os.Stderr, " %s[%s] %v %v %v", h.Entry.Term, h.Text, h.Channels, h.Reason, h.Words)
					}
				}
				fmt.Fprintln(os.Stderr)
			}
		}
	}
	fmt.Fprintf(w, "\n## %d independent sentences with %d terms\n\nRows with an even number are for development, those with an odd one are counted and never read.\n"+
		"Innocent sentences are those with a finding that needs a disguise.\n\n"+
		"| disguise | default, even | default, odd | all, even | all, odd |\n|---|---|---|---|---|\n", len(samples), len(pack.Entries))
	for _, c := range order {
		fmt.Fprintf(w, "| %s |", c)
		for k := range 2 {
			for half := range 2 {
				x := counts[c][k][half]
				fmt.Fprintf(w, " %.1f %% of %d |", 100*float64(x.found)/float64(x.n), x.n)
			}
		}
		fmt.Fprintln(w)
	}
	return nil
}
