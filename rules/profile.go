package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// ProfileSchema is the value of schema in a profile.
const ProfileSchema = "shenjiao.profile/v1"

// A Profile says which rules are on, how grave they are, and what their limits
// and lists are. It is immutable and safe for concurrent use.
//
// Invariant: layers are in the order in which they apply; the base profile,
// which is always first, is not among them.
type Profile struct {
	id     string
	layers []*layer
}

// ID returns the id that the profile gives itself.
func (p *Profile) ID() string { return p.id }

// A layer is what one document of a profile file changes.
type layer struct {
	lists map[string]any // replaced; of the types that listTypes names
	add   map[string]any // appended
	rules map[string]override
}

// An override is what a layer says about one rule. nil and zero are what it
// does not say.
type override struct {
	enabled  *bool
	severity review.Severity
	action   review.Action
	params   map[string]any
}

// A listType is the form of a shared list.
type listType uint8

const (
	listOfStrings listType = iota
	listOfOutlets
	listOfNames   // certified names; null says that they are not known
	stringsByName // a mapping; merged by key
)

// listTypes are the lists that several rules share.
var listTypes = map[string]listType{
	"central_sources":  listOfOutlets,
	"source_whitelist": listOfOutlets,
	"vague_sources":    listOfStrings,
	"allowed_contacts": listOfStrings,
	"org_domains":      listOfStrings,
	"organs":           listOfStrings,
	"certified_names":  listOfNames,
	"role_aliases":     stringsByName,
}

// A CertifiedName is the name of an account that the platform certified.
type CertifiedName struct {
	Name  string `json:"name"`
	Owner string `json:"owner"` // full name of the organisation
}

// defaultPresets are what applies where nothing is chosen.
var defaultPresets = []string{"wechat2026", "three-level"}

// DefaultProfile returns the profile of a program that chooses none: the
// presets wechat2026 and three-level.
func DefaultProfile() *Profile {
	p := &Profile{id: "default"}
	for _, name := range defaultPresets {
		p.layers = append(p.layers, catalogue().presets[name].layers...)
	}
	return p
}

// Preset returns the built-in profile of that name, applied to the base
// profile alone.
func Preset(name string) (*Profile, bool) {
	p, ok := catalogue().presets[name]
	return p, ok
}

// ParseProfile reads a profile. A file may hold several documents: each can
// extend those before it, and the last is the profile. A document that has no
// extends extends wechat2026 and three-level; extends: [] is the base alone.
//
// If there is anything wrong with it, the error is [Problems], all of them;
// file is what they call it.
func ParseProfile(file string, data []byte) (*Profile, error) {
	return catalogue().parseProfile(file, data, defaultPresets)
}

func (c *catalog) parseProfile(file string, data []byte, extends []string) (*Profile, error) {
	r := &reader{file: file}
	known := maps.Clone(c.presets)
	var last *Profile
	docs := r.documents(data)
	for i := range docs {
		last = r.profile(c, &docs[i], known, extends)
		known[last.id] = last
	}
	if last == nil && len(r.problems) == 0 {
		r.fault(1, 1, "file holds no profile")
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return last, nil
}

func (r *reader) profile(c *catalog, n *node, known map[string]*Profile, extends []string) *Profile {
	p := &Profile{}
	if !r.keys(n, "profile", "schema", "id", "extends", "lists", "lists_add", "rules") {
		return p
	}
	if s := n.get("schema"); s != nil && (s.kind != kindString || s.str != ProfileSchema) {
		r.errorf(s, "schema is %s, want %q", describe(s), ProfileSchema)
	}
	p.id = r.str(n, n.get("id"), "id")
	if e := n.get("extends"); e != nil {
		extends = r.strs(e, "extends")
	}
	for _, name := range extends {
		q, ok := known[name]
		if !ok {
			r.errorf(n.get("extends"), "unknown profile %q in extends, %s", name, want(name, slices.Sorted(maps.Keys(known))))
			continue
		}
		p.layers = append(p.layers, q.layers...)
	}
	own := &layer{lists: map[string]any{}, add: map[string]any{}, rules: map[string]override{}}
	for key, to := range map[string]map[string]any{"lists": own.lists, "lists_add": own.add} {
		if l := n.get(key); l != nil && r.isMap(l, key) {
			r.lists(c, l, key, to)
		}
	}
	if rules := n.get("rules"); rules != nil && r.isMap(rules, "rules") {
		for i := range rules.fields {
			f := &rules.fields[i]
			rule := c.byID[f.key.str]
			if rule == nil {
				r.errorf(&f.key, "unknown rule %q, %s", f.key.str, want(f.key.str, c.ids))
				continue
			}
			own.rules[rule.ID] = r.override(c, rule, &f.node)
		}
	}
	p.layers = append(p.layers, own)
	return p
}

func (r *reader) lists(c *catalog, n *node, what string, to map[string]any) {
	for i := range n.fields {
		f := &n.fields[i]
		name := f.key.str
		t, ok := listTypes[name]
		switch {
		case !ok:
			r.errorf(&f.key, "unknown list %q in %s, %s", name, what, want(name, slices.Sorted(maps.Keys(listTypes))))
		case t == listOfStrings:
			to[name] = r.expand(c, &f.node, name)
		case t == listOfOutlets:
			to[name] = r.outlets(&f.node, name, c.outlets...)
		case t == stringsByName:
			if r.isMap(&f.node, name) {
				m := map[string][]string{}
				for j := range f.node.fields {
					m[f.node.fields[j].key.str] = r.strs(&f.node.fields[j].node, name)
				}
				to[name] = m
			}
		case f.node.kind == kindNull:
			to[name] = []CertifiedName(nil)
		case f.node.kind != kindList:
			r.errorf(&f.node, "%s is %s, want a list", name, f.node.kind)
		default:
			names := []CertifiedName{}
			for j := range f.node.items {
				item := &f.node.items[j]
				if r.keys(item, "certified name", "name", "owner") {
					names = append(names, CertifiedName{
						Name: r.str(item, item.get("name"), "name"), Owner: r.str(item, item.get("owner"), "owner"),
					})
				}
			}
			to[name] = names
		}
	}
}

// builtin is how a list of strings names one of catalog/lists.yaml.
const builtin = "builtin"

// expand reads a list of strings in which builtin and builtin:NAME stand for
// built-in lists; builtin alone is the one that is called as the parameter is.
func (r *reader) expand(c *catalog, n *node, name string) []string {
	out := []string{}
	for _, s := range r.strs(n, name) {
		ref, ok := strings.CutPrefix(s, builtin)
		if !ok || ref != "" && ref[0] != ':' {
			out = append(out, s)
			continue
		}
		key := strings.TrimPrefix(ref, ":")
		if key == "" {
			key = name
		}
		list, ok := c.builtins[key]
		if !ok {
			r.errorf(n, "unknown built-in list %q, %s", key, want(key, slices.Sorted(maps.Keys(c.builtins))))
		}
		out = append(out, list...)
	}
	return out
}

func (r *reader) override(c *catalog, rule *Rule, n *node) (o override) {
	if !r.keys(n, "rule", "enabled", "severity", "action", "params") {
		return o
	}
	if e := n.get("enabled"); e != nil {
		if e.kind != kindBool {
			r.errorf(e, "enabled is %s, want true or false", describe(e))
		}
		o.enabled = &e.yes
	}
	if s := n.get("severity"); s != nil {
		o.severity = level[review.Severity](r, s, "severity")
	}
	if a := n.get("action"); a != nil {
		o.action = level[review.Action](r, a, "action")
	}
	params := n.get("params")
	if params == nil || !r.isMap(params, "params") {
		return o
	}
	o.params = map[string]any{}
	for i := range params.fields {
		f := &params.fields[i]
		p := rule.param(f.key.str)
		if p == nil {
			w := "the rule has none"
			if len(rule.Params) > 0 {
				w = want(f.key.str, rule.paramNames())
			}
			r.errorf(&f.key, "unknown parameter %q of %s, %s", f.key.str, rule.ID, w)
			continue
		}
		o.params[p.Name] = r.paramValue(c, p, &f.node)
	}
	return o
}

// paramValue reads a value of the parameter's type: bool, int, float64,
// string, []string, []int, map[string]int, map[string]string or
// map[string][]string.
func (r *reader) paramValue(c *catalog, p *Param, n *node) any {
	switch p.Type {
	case ParamBool:
		if n.kind != kindBool {
			r.errorf(n, "%s is %s, want true or false", p.Name, describe(n))
		}
		return n.yes
	case ParamInt:
		return r.whole(n, p.Name)
	case ParamNumber:
		if n.kind != kindNumber || n.num < 0 {
			r.errorf(n, "%s is %s, want a number from 0", p.Name, describe(n))
		}
		return n.num
	case ParamString:
		if n.kind != kindString {
			r.errorf(n, "%s is %s, want a string", p.Name, n.kind)
		}
		return n.str
	case ParamEnum:
		if n.kind != kindString || !slices.Contains(p.Values, n.str) {
			r.errorf(n, "%s is %s, want %s", p.Name, describe(n), oneOf(p.Values))
		}
		return n.str
	case ParamStrings:
		return r.expand(c, n, p.Name)
	case ParamInts:
		out := []int{}
		if n.kind != kindList {
			r.errorf(n, "%s is %s, want a list of numbers", p.Name, n.kind)
		}
		for i := range n.items {
			out = append(out, r.whole(&n.items[i], p.Name))
		}
		return out
	case ParamIntByName:
		return byName(r, n, p.Name, r.whole)
	case ParamStringByName:
		return byName(r, n, p.Name, func(n *node, what string) string {
			if n.kind != kindString {
				r.errorf(n, "%s is %s, want a string", what, n.kind)
			}
			return n.str
		})
	default:
		return byName(r, n, p.Name, r.strs)
	}
}

func byName[T any](r *reader, n *node, what string, read func(*node, string) T) map[string]T {
	out := map[string]T{}
	if r.isMap(n, what) {
		for i := range n.fields {
			out[n.fields[i].key.str] = read(&n.fields[i].node, what)
		}
	}
	return out
}

func (r *reader) whole(n *node, what string) int {
	const most = 1 << 40 // what a float64 holds exactly, with room
	if n.kind != kindNumber || !n.integer || n.num < 0 || n.num > most {
		r.errorf(n, "%s is %s, want a whole number from 0", what, describe(n))
		return 0
	}
	return int(n.num)
}

// A config is a profile laid over the base profile: a value for everything.
type config struct {
	lists map[string]any
	rules map[string]Setting
}

// A Setting is what a profile says of a rule.
type Setting struct {
	Enabled  bool            `json:"enabled"`
	Severity review.Severity `json:"severity"`
	Action   review.Action   `json:"action"`
	Params   map[string]any  `json:"params"`
}

// Setting returns what the profile, on top of the base profile, says of a rule
// of the catalogue; false if there is none of that id. The values in Params
// must not be changed.
func (p *Profile) Setting(id string) (Setting, bool) {
	s, ok := p.resolve().rules[id]
	return s, ok
}

// resolve lays the layers over the base. Maps are merged by key; scalars and
// lists are replaced.
func (p *Profile) resolve() *config {
	c := catalogue()
	cfg := &config{lists: map[string]any{}, rules: map[string]Setting{}}
	for i := range c.rules {
		r := &c.rules[i]
		cfg.rules[r.ID] = Setting{r.Enabled, r.Severity, r.Action, map[string]any{}}
	}
	for _, l := range slices.Concat(c.base.layers, p.layers) {
		for name, list := range l.lists {
			if m, ok := list.(map[string][]string); ok {
				list = merge(cfg.lists[name], m)
			}
			cfg.lists[name] = list
		}
		for name, list := range l.add {
			cfg.lists[name] = appended(cfg.lists[name], list)
		}
		for id, o := range l.rules {
			s := cfg.rules[id]
			if o.enabled != nil {
				s.Enabled = *o.enabled
			}
			if o.severity != 0 {
				s.Severity = o.severity
			}
			if o.action != 0 {
				s.Action = o.action
			}
			for name, v := range o.params {
				switch v := v.(type) {
				case map[string]int:
					s.Params[name] = merge(s.Params[name], v)
				case map[string]string:
					s.Params[name] = merge(s.Params[name], v)
				case map[string][]string:
					s.Params[name] = merge(s.Params[name], v)
				default:
					s.Params[name] = v
				}
			}
			cfg.rules[id] = s
		}
	}
	return cfg
}

func merge[T any](old any, m map[string]T) map[string]T {
	out := map[string]T{}
	if old, ok := old.(map[string]T); ok {
		maps.Copy(out, old)
	}
	maps.Copy(out, m)
	return out
}

func appended(old, more any) any {
	switch more := more.(type) {
	case []string:
		old, _ := old.([]string)
		return slices.Concat(old, more)
	case []Outlet:
		old, _ := old.([]Outlet)
		return slices.Concat(old, more)
	case []CertifiedName:
		old, _ := old.([]CertifiedName)
		return slices.Concat(old, more)
	case map[string][]string:
		out := merge(old, map[string][]string{})
		for key, list := range more {
			out[key] = slices.Concat(out[key], list)
		}
		return out
	default:
		panic(fmt.Sprintf("rules: list of type %T", more))
	}
}

// digest is that of everything that the profile decides.
func (c *config) digest() string {
	data, err := json.Marshal(map[string]any{"lists": c.lists, "rules": c.rules}) // keys are sorted
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
