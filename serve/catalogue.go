package serve

import (
	"encoding/json"
	"net/http"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

type (
	lexiconAnswer struct {
		Snapshot   review.Snapshot  `json:"snapshot"`
		Packs      []packAnswer     `json:"packs"`
		Categories []categoryAnswer `json:"categories"`
		Channels   []channelAnswer  `json:"channels"`
	}
	packAnswer struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		Title   string `json:"title"`
		Owner   string `json:"owner"`
		Licence string `json:"licence"`
		Updated string `json:"updated"`
		Digest  string `json:"digest"`
		Terms   int    `json:"terms"`
	}
	categoryAnswer struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		English string `json:"english"`
		Terms   int    `json:"terms"`
	}
	channelAnswer struct {
		Name    string  `json:"name"`
		Title   string  `json:"title"`
		Keep    float64 `json:"keep"`
		Default bool    `json:"default"`
		Hint    bool    `json:"hint"`
		// Categories are those whose terms are read through it by default,
		// though Default is false.
		Categories []string `json:"categories"`
	}
	rulesAnswer struct {
		Snapshot review.Snapshot `json:"snapshot"`
		Profiles []string        `json:"profiles"`
		Rules    []ruleAnswer    `json:"rules"`
	}
	ruleAnswer struct {
		ID       string          `json:"id"`
		Topic    string          `json:"topic"`
		Title    string          `json:"title"`
		English  string          `json:"english,omitempty"`
		Enabled  bool            `json:"enabled"`
		Severity review.Severity `json:"severity"`
		Action   review.Action   `json:"action"`
		Basis    string          `json:"basis"`
		Inputs   []string        `json:"inputs"`
	}
)

// lexicon says what terms are found with, without the terms: a lexicon may be
// confidential.
func (s *Server) lexicon(w http.ResponseWriter, r *http.Request) error {
	if _, err := parseParams(r); err != nil {
		return err
	}
	scanner := s.opts.Scanner.Current()
	a := lexiconAnswer{Snapshot: scanner.Snapshot(), Packs: []packAnswer{}}
	terms := map[lexicon.Category]int{}
	var own []lexicon.Category
	for _, p := range scanner.Lexicon().Packs() {
		updated := ""
		if !p.Updated.IsZero() {
			updated = p.Updated.String()
		}
		a.Packs = append(a.Packs, packAnswer{p.ID, p.Version, p.Title, p.Owner, p.Licence, updated, p.Digest, len(p.Entries)})
		for i := range p.Entries {
			c := p.Entries[i].Category
			if terms[c] == 0 && c.IsOwn() {
				own = append(own, c)
			}
			terms[c]++
		}
	}
	for _, c := range lexicon.Categories() {
		a.Categories = append(a.Categories, categoryAnswer{string(c.ID), c.Title, c.English, terms[c.ID]})
	}
	for _, c := range own {
		a.Categories = append(a.Categories, categoryAnswer{string(c), c.Title(), string(c), terms[c]})
	}
	for _, c := range matcher.Channels() {
		on := []string{}
		for _, info := range lexicon.Categories() {
			if info.Disguises.Has(c.Channel) {
				on = append(on, string(info.ID))
			}
		}
		a.Channels = append(a.Channels, channelAnswer{c.Name, c.Title, c.Keep, c.Default, c.Hint, on})
	}
	return sendJSON(w, a)
}

// rules lists the publishing rules with what the profile says of them.
func (s *Server) rules(w http.ResponseWriter, r *http.Request) error {
	p, err := parseParams(r, "profile")
	if err != nil {
		return err
	}
	scanner, err := s.variants.get(s.opts.Scanner.Current(), &p)
	if err != nil {
		return err
	}
	opts := scanner.Options()
	a := rulesAnswer{Snapshot: scanner.Snapshot(), Profiles: rules.Presets(), Rules: []ruleAnswer{}}
	profile := opts.Profile
	if profile == nil {
		profile = rules.DefaultProfile()
	}
	add := func(r *rules.Rule, set rules.Setting) {
		inputs := r.Inputs
		if inputs == nil {
			inputs = []string{}
		}
		a.Rules = append(a.Rules, ruleAnswer{
			r.ID, r.Topic, r.Title, r.English, set.Enabled && !opts.NoRules, set.Severity, set.Action, r.Basis.String(), inputs,
		})
	}
	for _, r := range rules.Rules() {
		set, _ := profile.Setting(r.ID)
		add(&r, set)
	}
	for _, o := range opts.OwnRules {
		for _, r := range o.Rules() {
			add(&r, rules.Setting{Enabled: true, Severity: r.Severity, Action: r.Action})
		}
	}
	return sendJSON(w, a)
}

func sendJSON(w http.ResponseWriter, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return send(w, append(body, '\n'))
}
