package main

import (
	"fmt"

	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

// answers are the numbers that contenders have to report for a case, found
// when they are first asked for.
type answers struct {
	corpus.Answer
	c     *corpus.Case
	known map[string]int
}

// want returns what the contender has to report. The reason why it is not the
// number of matches is in contest.yaml.
func (a *answers) want(e contender) (int, error) {
	switch e.Counts {
	case countsMatches:
		return a.Matches, nil
	case countsTerms:
		return a.Distinct, nil
	}
	key := e.Group + " " + e.Counts
	if n, ok := a.known[key]; ok {
		return n, nil
	}
	n, err := a.find(e)
	if err == nil {
		a.known[key] = n
	}
	return n, err
}

func (a *answers) find(e contender) (int, error) {
	switch e.Counts {
	case countsFolded:
		ps := patterns(a.c.Terms, matcher.DefaultChannels)
		if e.Group == "scanner" {
			var err error
			if ps, err = packPatterns(a.c.Terms); err != nil {
				return 0, err
			}
		}
		scan, err := matching(ps, matcher.Automaton)
		if err != nil {
			return 0, err
		}
		return scan([]byte(a.c.Text)), nil
	case countsFindings:
		l, err := newLexicon(a.c.Terms)
		if err != nil {
			return 0, err
		}
		if err := segment.Warm(); err != nil {
			return 0, err
		}
		s := l.NewStream(lexicon.Scene{})
		var hits []lexicon.Hit
		for rest := []byte(a.c.Text); len(rest) > 0; {
			n := min(len(rest), 4099) // a prime: pieces end inside characters
			hits = s.Append(hits, rest[:n])
			rest = rest[n:]
		}
		return believed(s.Flush(hits)), nil
	default:
		return 0, fmt.Errorf("no way to know what counts %q", e.Counts)
	}
}

// check compares what a contender reported with what is there.
func (a *answers) check(e contender, got int) error {
	if e.Counts == countsAny {
		if got < a.Matches {
			return fmt.Errorf("%s: reports %d, want at least the %d literal matches", e.ID, got, a.Matches)
		}
		return nil
	}
	want, err := a.want(e)
	if err != nil {
		return fmt.Errorf("%s: %w", e.ID, err)
	}
	if e.Counts == countsFolded && want < a.Matches {
		return fmt.Errorf("%s: expected %d, which is less than the %d literal matches", e.ID, want, a.Matches)
	}
	if got != want {
		return fmt.Errorf("%s: reports %d %s, want %d", e.ID, got, e.Counts, want)
	}
	return nil
}
