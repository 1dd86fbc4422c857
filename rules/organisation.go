package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// OrganisationSchema is the value of the key schema in a file of an
// organisation's own rules.
const OrganisationSchema = "shenjiao.rules/v1"

// organisationTopic is the topic of an organisation's own rules.
const organisationTopic = "organisation"

// Organisation are the rules of one file of an organisation. It is immutable
// and safe for concurrent use.
type Organisation struct {
	rules  []ownRule
	digest string
}

// ownRule is one rule of a file.
type ownRule struct {
	Rule
	make maker
	good []json.RawMessage // documents that pass it
	bad  []json.RawMessage // documents that violate it
	at   node
}

// Rules returns the rules in the order of the file.
func (o *Organisation) Rules() []Rule {
	out := make([]Rule, len(o.rules))
	for i := range o.rules {
		out[i] = o.rules[i].Rule
	}
	return out
}

// ParseOrganisation reads a file of rules and runs their examples. A rule is of
// one of the kinds existence, substitution, occurrence, requires and
// expression; docs/rules.zh.md describes each.
//
// A rule does not load if its examples fail, if it has none that violates it
// (so that it may never fire), or if it costs too much; then no rule of the
// file does, and the error is [Problems], all of them; file is what they call
// it.
func ParseOrganisation(file string, data []byte) (*Organisation, error) {
	r := &reader{file: file}
	sum := sha256.Sum256(data)
	o := &Organisation{digest: hex.EncodeToString(sum[:])}
	docs := r.documents(data)
	if len(docs) != 1 && len(r.problems) == 0 {
		r.fault(1, 1, "file holds %d documents, want one with schema and rules", len(docs))
	}
	if len(docs) == 1 && r.keys(&docs[0], "file", "schema", "rules") {
		n := &docs[0]
		if s := n.get("schema"); s == nil || s.kind != kindString || s.str != OrganisationSchema {
			r.errorf(n, "schema is missing or another, want %q", OrganisationSchema)
		}
		list := n.get("rules")
		if list == nil || list.kind != kindList {
			r.errorf(n, "rules is missing, want a list")
		} else {
			for i := range list.items {
				r.ownRule(&list.items[i], o)
			}
		}
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	for i := range o.rules {
		r.runExamples(&o.rules[i])
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return o, nil
}

// commonKeys are those of a rule of any kind.
var commonKeys = []string{"id", "kind", "title", "english", "severity", "action", "message", "message_en", "basis", "fields", "examples"}

var ownID = regexp.MustCompile(`^x_[a-z0-9_]+([.-][a-z0-9_]+)*$`)

// maxOwnRules bounds the rules of a file.
const maxOwnRules = 1000

func (r *reader) ownRule(n *node, o *Organisation) {
	if n.kind != kindMap {
		r.errorf(n, "rule is %s, want a mapping of keys and values", n.kind)
		return
	}
	before := len(r.problems)
	rule := ownRule{at: *n, Rule: Rule{Topic: organisationTopic, Tier: TierDraft, Severity: review.SeverityWarning, Action: review.ActionReview, Enabled: true}}
	rule.ID = r.str(n, n.get("id"), "id")
	if rule.ID != "" && !ownID.MatchString(rule.ID) {
		r.errorf(n.get("id"), "id %q is no name of an own rule, want x_ and words of a to z, 0 to 9 with . - or _ between them, such as x_house.full-name", rule.ID)
	}
	if slices.ContainsFunc(o.rules, func(q ownRule) bool { return q.ID == rule.ID }) {
		r.errorf(n.get("id"), "id %q is given twice", rule.ID)
	}
	if len(o.rules) == maxOwnRules {
		r.errorf(n, "more than %d rules", maxOwnRules)
		return
	}
	rule.Title = r.str(n, n.get("title"), "title")
	rule.English = rule.Title
	if e := n.get("english"); e != nil {
		rule.English = r.str(n, e, "english")
	}
	if s := n.get("severity"); s != nil {
		rule.Severity = level[review.Severity](r, s, "severity")
		rule.Action = actionOf[rule.Severity]
	}
	if a := n.get("action"); a != nil {
		rule.Action = level[review.Action](r, a, "action")
	}
	rule.Basis.Law = "本单位规则"
	if b := n.get("basis"); b != nil {
		rule.Basis.Law = r.str(n, b, "basis")
	}
	said := message{zh: rule.Title, en: rule.English}
	if m := n.get("message"); m != nil {
		said.zh = r.message(m)
		said.en = said.zh
	}
	if m := n.get("message_en"); m != nil {
		said.en = r.message(m)
	}
	name := r.str(n, n.get("kind"), "kind")
	i := slices.IndexFunc(ownKinds, func(k ownKind) bool { return k.name == name })
	if i < 0 {
		if name != "" {
			r.errorf(n.get("kind"), "unknown kind %q, %s", name, want(name, ownKindNames()))
		}
		return
	}
	kind := ownKinds[i]
	r.keys(n, "rule of kind "+kind.name, slices.Concat(commonKeys, kind.keys)...)
	fields := kind.fields
	if f := n.get("fields"); f != nil {
		fields = r.strs(f, "fields")
		for i, path := range fields {
			if path == "" || strings.ContainsAny(path, " \t") {
				r.errorf(f, "field %d is %q, want a path such as title or images.alt", i+1, path)
			}
		}
	}
	rule.Inputs = fields
	rule.make = kind.read(r, n, &rule.Rule, fields, said)
	r.ownExamples(n, &rule)
	if len(r.problems) == before {
		o.rules = append(o.rules, rule)
	}
}

// message is what a finding says; {word}, {suggestion} and {count} stand for
// what was found.
type message struct{ zh, en string }

var placeholders = []string{"{word}", "{suggestion}", "{count}"}

func (r *reader) message(n *node) string {
	s := r.str(n, n, "message")
	rest := s
	for _, p := range placeholders {
		rest = strings.ReplaceAll(rest, p, "")
	}
	if strings.ContainsAny(rest, "{}") {
		r.errorf(n, "message has a brace that belongs to none of %s", oneOf(placeholders))
	}
	return s
}

// with puts what was found into the message.
func (m message) with(word, suggestion string, count int) words {
	fill := strings.NewReplacer("%", "%%", "{word}", strings.ReplaceAll(word, "%", "%%"),
		"{suggestion}", strings.ReplaceAll(suggestion, "%", "%%"), "{count}", fmt.Sprint(count)).Replace
	return words{fill(m.zh), fill(m.en)}
}

// ownExamples reads examples.good and examples.bad: texts, each the body of a
// document without a title, or documents.
func (r *reader) ownExamples(n *node, rule *ownRule) {
	ex := n.get("examples")
	if ex == nil {
		r.errorf(n, "examples is missing: want good and bad, a text or a document each, so that the rule is known to work")
		return
	}
	if !r.keys(ex, "examples", "good", "bad") {
		return
	}
	for key, to := range map[string]*[]json.RawMessage{"good": &rule.good, "bad": &rule.bad} {
		list := ex.get(key)
		if list == nil || list.kind != kindList || len(list.items) == 0 {
			r.errorf(ex, "examples has no list %s: want at least one", key)
			continue
		}
		for i := range list.items {
			item := &list.items[i]
			var value any
			switch item.kind {
			case kindString:
				value = map[string]any{"title": "", "body": item.str}
			case kindMap:
				value = item.value()
			default:
				r.errorf(item, "example is %s, want a text or a document", item.kind)
				continue
			}
			data, err := json.Marshal(value)
			if err != nil {
				r.errorf(item, "example is no document: %v", err)
				continue
			}
			if _, err := review.ParseDocument(data); err != nil {
				var bad *review.InputError
				if errors.As(err, &bad) {
					for _, p := range bad.Problems {
						r.errorf(item, "example is no document: %s: %s", p.Path, p.Message)
					}
				} else {
					r.errorf(item, "example is no document: %v", err)
				}
				continue
			}
			*to = append(*to, data)
		}
	}
}

// runExamples reports examples that do not hold.
func (r *reader) runExamples(rule *ownRule) {
	e, err := build(Options{Own: []*Organisation{{rules: []ownRule{*rule}}}}, nil)
	if err != nil {
		r.errorf(&rule.at, "%v", err)
		return
	}
	run := func(kind string, i int, data json.RawMessage, want review.Status) {
		doc, err := review.ParseDocument(data)
		if err != nil {
			return // it was parsed before
		}
		got, _ := e.Evaluate(doc, Evidence{Findings: []review.Finding{}})
		if got[0].Status != want {
			missing := ""
			if len(got[0].Missing) > 0 {
				missing = " (missing " + strings.Join(got[0].Missing, ", ") + ")"
			}
			r.errorf(&rule.at, "%s: %s example %d is %s%s, want %s: change the rule or the example", rule.ID, kind, i+1, got[0].Status, missing, want)
		}
	}
	for i, data := range rule.good {
		run("good", i, data, review.StatusPassed)
	}
	for i, data := range rule.bad {
		run("bad", i, data, review.StatusViolated)
	}
}

// An ownKind is one closed kind of own rule.
type ownKind struct {
	name   string
	keys   []string // beside commonKeys
	fields []string // unless the rule says otherwise
	read   func(r *reader, n *node, rule *Rule, fields []string, said message) maker
}

// ownKinds are all kinds: one file each.
var ownKinds = []ownKind{existenceKind, substitutionKind, occurrenceKind, requiresKind, expressionKind}

func ownKindNames() []string {
	names := make([]string, len(ownKinds))
	for i, k := range ownKinds {
		names[i] = k.name
	}
	return names
}

// drafts are the fields that kinds about words look at.
var drafts = []string{"title", "digest", "body"}

// pagesOf calls visit for the texts of the document in fields: a field stands
// for itself and all below it, in every item of a list. A text of the draft
// that is absent is missing.
func (c *call) pagesOf(fields []string, visit func(*page)) {
	for _, f := range c.Fields() {
		plain := indexes.ReplaceAllString(f.Path, "")
		for _, path := range fields {
			if plain == path || strings.HasPrefix(plain, path+".") {
				visit(c.page(f.Path, &f.Text))
				break
			}
		}
	}
	for path, text := range map[string]*string{"title": c.Title, "digest": c.Digest, "body": c.Body, "author": c.Author} {
		// A draft need not have a digest or an author: their absence is not
		// held against a rule that also reads others.
		if slices.Contains(fields, path) && text == nil && (path == "title" || path == "body" || len(fields) == 1) {
			c.miss(path)
		}
	}
}

var indexes = regexp.MustCompile(`\[\d+\]`)

// wordList reads the words of a kind; a word that folds to nothing can never
// be found.
func (r *reader) wordList(in *node, key string, required bool) []string {
	n := in.get(key)
	if n == nil {
		if required {
			r.errorf(in, "%s is missing, want a list of words", key)
		}
		return nil
	}
	words := r.strs(n, key)
	if len(words) == 0 {
		r.errorf(n, "%s has no word", key)
	}
	for _, w := range words {
		if strings.TrimSpace(w) == "" {
			r.errorf(n, "%s has an empty word", key)
		}
	}
	return words
}

// A scope is the part of a text in which two things belong together.
type scope struct {
	name  string // sentence, paragraph, document; "" for a number of characters
	runes int
}

func (r *reader) scope(n *node, key string, otherwise string) scope {
	v := n.get(key)
	switch {
	case v == nil:
		return scope{name: otherwise}
	case v.kind == kindNumber && v.integer && v.num >= 1 && v.num <= 10_000:
		return scope{runes: int(v.num)}
	case v.kind == kindString && slices.Contains([]string{"sentence", "paragraph", "document"}, v.str):
		return scope{name: v.str}
	}
	r.errorf(v, "%s is %s, want sentence, paragraph, document or a number of characters", key, describe(v))
	return scope{}
}

// around returns the scope of a span.
func (s scope) around(p *page, at span) span {
	switch s.name {
	case "document":
		return p.whole()
	case "paragraph":
		lo, hi := strings.LastIndexByte(p.text[:at.start], '\n')+1, len(p.text)
		if i := strings.IndexByte(p.text[at.end:], '\n'); i >= 0 {
			hi = at.end + i
		}
		return span{lo, hi}
	case "sentence":
		return p.sentence(at.start)
	}
	lo, hi := at.start, at.end
	for range s.runes {
		if lo > 0 {
			_, w := lastRune(p.text[:lo])
			lo -= w
		}
		if hi < len(p.text) {
			hi += len(string(firstRune(p.text[hi:])))
		}
	}
	return span{lo, min(hi, len(p.text))}
}
