package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/shenjiao/shenjiao/matcher"
)

//go:embed contest.yaml
var contestYAML []byte

// A contest is contest.yaml.
type contest struct {
	Hits       map[string]int  `yaml:"hits"`
	Plans      map[string]plan `yaml:"plans"`
	Contenders []contender     `yaml:"contenders"`
}

// A plan says how much is measured.
type plan struct {
	Text int `yaml:"text"` // bytes
	// Hostile is the size of hostile texts, in bytes. They are short because
	// some contenders hold gigabytes of matches of each megabyte.
	Hostile int        `yaml:"hostile_text"`
	Rounds  int        `yaml:"rounds"`
	Scan    duration   `yaml:"scan"` // per contender and round, at least one scan
	Cases   []planCase `yaml:"cases"`
}

// A planCase is a lexicon and a text; the main contest is run on each, and the
// groups that it names.
type planCase struct {
	Terms  int      `yaml:"terms"`
	Hits   string   `yaml:"hits"`
	Groups []string `yaml:"groups"`
	// Hostile names a case of corpus.Hostile; Terms is the size of the
	// lexicon that it is made of, then.
	Hostile string `yaml:"hostile"`
}

func (c planCase) name() string {
	if c.Hostile != "" {
		return c.Hostile
	}
	return fmt.Sprintf("%s-%d", c.Hits, c.Terms)
}

// What the number of a contender means.
const (
	countsMatches  = "matches"
	countsTerms    = "terms"
	countsFolded   = "folded"
	countsFindings = "findings"
	countsAny      = "any"
)

// A contender is an engine of a program.
type contender struct {
	ID       string `yaml:"id" json:"id"`
	Group    string `yaml:"group" json:"group,omitempty"` // empty: the main contest
	Title    string `yaml:"title" json:"title"`
	Language string `yaml:"language" json:"language"`
	Program  string `yaml:"program" json:"-"`
	Counts   string `yaml:"counts" json:"counts"`
	Differs  string `yaml:"differs" json:"differs,omitempty"`
	Most     int    `yaml:"most" json:"-"`
	Because  string `yaml:"because" json:"-"`
	Leads    bool   `yaml:"leads" json:"leads,omitempty"`
}

// duration reads "20ms".
type duration time.Duration

func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = duration(v)
	return err
}

// readContest reads contest.yaml and checks it.
func readContest(data []byte) (*contest, error) {
	var c contest
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&c); err != nil {
		return nil, fmt.Errorf("contest.yaml: %w", err)
	}
	for name, p := range c.Plans {
		if p.Text < 1 || p.Rounds < 1 || len(p.Cases) == 0 {
			return nil, fmt.Errorf("contest.yaml: plan %s: want a text, rounds and cases", name)
		}
		for _, pc := range p.Cases {
			if pc.Hostile != "" && p.Hostile < 1 {
				return nil, fmt.Errorf("contest.yaml: plan %s: case %s: want hostile_text, a number of bytes", name, pc.Hostile)
			}
			if (c.Hits[pc.Hits] == 0) == (pc.Hostile == "") {
				return nil, fmt.Errorf("contest.yaml: plan %s: unknown hits %q, want one of those above or a hostile case", name, pc.Hits)
			}
		}
	}
	leads := map[string]int{}
	var all []contender
	for _, e := range c.Contenders {
		if !slices.Contains([]string{countsMatches, countsTerms, countsFolded, countsFindings, countsAny}, e.Counts) {
			return nil, fmt.Errorf("contest.yaml: %s: unknown counts %q", e.ID, e.Counts)
		}
		if (e.Counts != countsMatches) != (e.Differs != "") {
			return nil, fmt.Errorf("contest.yaml: %s: counts %s: want the reason in differs where that is not matches, and only there", e.ID, e.Counts)
		}
		if (e.Most != 0) != (e.Because != "") {
			return nil, fmt.Errorf("contest.yaml: %s: want both most and because, or neither", e.ID)
		}
		if e.Leads {
			leads[e.Group]++
		}
		prefix, every := strings.CutSuffix(e.ID, "*")
		if !every {
			all = append(all, e)
			continue
		}
		for _, info := range matcher.Channels() {
			if matcher.DefaultChannels.Has(info.Channel) {
				one := e
				one.ID, one.Title = prefix+info.Name, info.Name
				all = append(all, one)
			}
		}
	}
	c.Contenders = all
	for _, e := range all {
		if leads[e.Group] != 1 {
			return nil, fmt.Errorf("contest.yaml: group %q: want one contender that leads, got %d", e.Group, leads[e.Group])
		}
	}
	return &c, nil
}

// of returns the contenders of a group.
func (c *contest) of(group string) (list []contender) {
	for _, e := range c.Contenders {
		if e.Group == group {
			list = append(list, e)
		}
	}
	return list
}
