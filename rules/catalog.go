package rules

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/shenjiao/shenjiao/review"
)

//go:embed catalog profiles
var files embed.FS

// topics ties the files of the catalogue, in their order, to the code that
// checks their rules. A topic is added by a file catalog/NAME.yaml, a line
// here, and the rules' parameters in profiles/base.yaml.
var topics = []struct {
	name   string
	checks map[string]maker
}{
	{"repost", repostChecks},
	{"data", dataChecks},
	{"secrecy", secrecyChecks},
	{"workflow", workflowChecks},
	{"content", contentChecks},
	{"document", documentChecks},
	{"platform", platformChecks},
	{"account", accountChecks},
	{"frequency", frequencyChecks},
	{"retention", retentionChecks},
	{"emergency", emergencyChecks},
	{"interaction", interactionChecks},
	{"component", componentChecks},
	{"operations", operationsChecks},
}

// A catalog is what the files say. It is made once.
type catalog struct {
	topics   []Topic
	rules    []Rule
	byID     map[string]*Rule
	makers   map[string]maker
	builtins map[string][]string // lists that profiles name as builtin:NAME
	outlets  []Outlet            // central media
	base     *Profile
	presets  map[string]*Profile
	ids      []string // of rules
}

// catalogue reads the embedded files. They are ours and tested, so a fault in
// them is a broken invariant.
var catalogue = sync.OnceValue(func() *catalog {
	c := &catalog{byID: map[string]*Rule{}, makers: map[string]maker{}, presets: map[string]*Profile{}}
	if err := c.read(); err != nil {
		panic(err)
	}
	return c
})

func (c *catalog) read() error {
	sources := map[string]string{}
	if err := readFile("catalog/sources.yaml", func(r *reader, n *node) {
		for i := range n.fields {
			sources[n.fields[i].key.str] = r.str(n, &n.fields[i].node, "title")
		}
	}); err != nil {
		return err
	}
	if err := readFile("catalog/lists.yaml", func(r *reader, n *node) {
		c.builtins = map[string][]string{}
		for i := range n.fields {
			c.builtins[n.fields[i].key.str] = r.strs(&n.fields[i].node, "list")
		}
	}); err != nil {
		return err
	}
	if err := readFile("catalog/central_media.yaml", func(r *reader, n *node) {
		r.keys(n, "list of outlets", "as_of", "note", "outlets")
		c.outlets = r.outlets(n.get("outlets"), "outlets")
	}); err != nil {
		return err
	}
	for _, t := range topics {
		if err := readFile("catalog/"+t.name+".yaml", func(r *reader, n *node) { c.topic(r, n, t.name, sources) }); err != nil {
			return err
		}
		for id, m := range t.checks {
			c.makers[id] = m
		}
	}
	for i := range c.rules {
		rule := &c.rules[i]
		c.byID[rule.ID] = rule
		c.ids = append(c.ids, rule.ID)
	}
	return c.readProfiles()
}

func readFile(name string, read func(*reader, *node)) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	r := &reader{file: name}
	docs := r.documents(data)
	for i := range docs {
		read(r, &docs[i])
	}
	return r.err()
}

func (c *catalog) topic(r *reader, n *node, name string, sources map[string]string) {
	if !r.keys(n, "topic", "title", "english", "rules") {
		return
	}
	c.topics = append(c.topics, Topic{
		ID: name, Title: r.str(n, n.get("title"), "title"), English: r.str(n, n.get("english"), "english"),
	})
	list := n.get("rules")
	if list == nil || list.kind != kindList {
		r.errorf(n, "rules is missing, want a list")
		return
	}
	for i := range list.items {
		c.rules = append(c.rules, c.rule(r, &list.items[i], name, sources))
	}
}

func (c *catalog) rule(r *reader, n *node, topic string, sources map[string]string) Rule {
	out := Rule{Topic: topic}
	if !r.keys(n, "rule", "id", "title", "english", "tier", "severity", "action", "enabled", "basis", "inputs", "params", "examples") {
		return out
	}
	out.ID = r.str(n, n.get("id"), "id")
	out.Title = r.str(n, n.get("title"), "title")
	out.English = r.str(n, n.get("english"), "english")
	out.Tier = Tier(r.str(n, n.get("tier"), "tier"))
	if !slices.Contains(tiers, out.Tier) {
		r.errorf(n, "tier is %q, want one of %v", out.Tier, tiers)
	}
	if s := n.get("severity"); s != nil {
		out.Severity = level[review.Severity](r, s, "severity")
	}
	if a := n.get("action"); a != nil {
		out.Action = level[review.Action](r, a, "action")
	}
	if out.Severity == 0 || out.Action == 0 {
		r.errorf(n, "rule %s has no severity or no action", out.ID)
	}
	if e := n.get("enabled"); e == nil || e.kind != kindBool {
		r.errorf(n, "enabled is missing, want true or false")
	} else {
		out.Enabled = e.yes
	}
	if b := n.get("basis"); b == nil {
		r.errorf(n, "basis is missing")
	} else if r.keys(b, "basis", "document", "quote", "law") {
		id := r.str(b, b.get("document"), "document")
		out.Basis.Document = sources[id]
		if out.Basis.Document == "" {
			r.errorf(b, "document %q is not in sources.yaml", id)
		}
		out.Basis.Quote = r.str(b, b.get("quote"), "quote")
		if l := b.get("law"); l != nil {
			out.Basis.Law = r.str(b, l, "law")
		}
	}
	if in := n.get("inputs"); in == nil {
		r.errorf(n, "inputs is missing")
	} else {
		out.Inputs = r.strs(in, "inputs")
	}
	if ps := n.get("params"); ps != nil && r.isMap(ps, "params") {
		for i := range ps.fields {
			out.Params = append(out.Params, r.param(ps.fields[i].key.str, &ps.fields[i].node))
		}
	}
	if ex := n.get("examples"); ex == nil || ex.kind != kindList {
		r.errorf(n, "examples is missing, want a list")
	} else {
		for i := range ex.items {
			if r.example(&ex.items[i]) {
				out.examples = append(out.examples, ex.items[i])
			}
		}
	}
	return out
}

func (r *reader) isMap(n *node, what string) bool {
	if n.kind != kindMap {
		r.errorf(n, "%s is %s, want a mapping of keys and values", what, n.kind)
	}
	return n.kind == kindMap
}

func (r *reader) param(name string, n *node) Param {
	p := Param{Name: name}
	if !r.keys(n, "parameter", "type", "values", "title", "english") {
		return p
	}
	p.Type = ParamType(r.str(n, n.get("type"), "type"))
	p.Title = r.str(n, n.get("title"), "title")
	p.English = r.str(n, n.get("english"), "english")
	if !slices.Contains(paramTypes, p.Type) {
		r.errorf(n, "type is %q, want one of %q", p.Type, paramTypes)
	}
	if v := n.get("values"); v != nil {
		p.Values = r.strs(v, "values")
	}
	if (p.Type == ParamEnum) != (len(p.Values) > 0) {
		r.errorf(n, "values are given for an enum and only for it")
	}
	return p
}

// example checks the form of an example.
func (r *reader) example(n *node) bool {
	before := len(r.problems)
	if r.keys(n, "example", "name", "document", "expect", "severity", "field", "text", "missing", "lists", "params", "terms", "categories") {
		r.str(n, n.get("name"), "name")
		if d := n.get("document"); d == nil {
			r.errorf(n, "document is missing")
		} else {
			r.isMap(d, "document")
		}
		expect := review.Status(r.str(n, n.get("expect"), "expect"))
		statuses := []review.Status{review.StatusPassed, review.StatusViolated, review.StatusNotEvaluated}
		if !slices.Contains(statuses, expect) {
			r.errorf(n, "expect is %q, want one of %q", expect, statuses)
		}
		if (expect == review.StatusNotEvaluated) != (n.get("missing") != nil) {
			r.errorf(n, "missing is given if the rule is not evaluated and only then")
		}
	}
	return len(r.problems) == before
}

// Presets returns the names of the built-in profiles that a profile can
// extend, sorted.
func Presets() []string {
	entries, err := files.ReadDir("profiles")
	if err != nil {
		panic(err) // they are embedded
	}
	var names []string
	for _, entry := range entries { // sorted
		if name := strings.TrimSuffix(entry.Name(), ".yaml"); name != "base" {
			names = append(names, name)
		}
	}
	return names
}

// readProfiles reads the base profile and the presets.
func (c *catalog) readProfiles() error {
	read := func(name string) (*Profile, error) {
		file := "profiles/" + name + ".yaml"
		data, err := files.ReadFile(file)
		if err != nil {
			return nil, err
		}
		p, err := c.parseProfile(file, data, nil)
		if err == nil && p.id != name {
			err = fmt.Errorf("rules: %s: id is %q, want %q", file, p.id, name)
		}
		return p, err
	}
	base, err := read("base")
	if err != nil {
		return err
	}
	c.base = base
	for _, name := range Presets() {
		if c.presets[name], err = read(name); err != nil {
			return err
		}
	}
	return nil
}
