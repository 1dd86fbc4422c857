package suppress

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/review"
)

// BaselineSchema is the value of the key schema of a baseline: the name of the form.
const BaselineSchema = "shenjiao.baseline/v1"

// A Baseline is a file of findings that are known. It is immutable and safe for concurrent use.
type Baseline struct {
	entries []Entry // by fingerprint
}

// An Entry is one finding of a baseline, with the answer.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	// Rule, Field and Term tell people what was found; only the fingerprint counts.
	Rule  string `json:"rule,omitempty"`
	Field string `json:"field,omitempty"`
	Term  string `json:"term,omitempty"`

	Reason string `json:"reason"`          // required
	By     string `json:"by,omitempty"`    // who answered
	Until  string `json:"until,omitempty"` // last day, YYYY-MM-DD; empty for no end
}

// ParseBaseline reads a baseline. name is what errors call it. All faults are reported, joined, each as
// "name:line:column: what is wrong"; then there is no baseline.
func ParseBaseline(name string, data []byte) (*Baseline, error) {
	p := baselineParser{name: name, data: data}
	if at := invalidUTF8(data); at >= 0 {
		p.fault(at, "invalid UTF-8, want the file as UTF-8")
		return nil, errors.Join(p.errs...)
	}
	b := p.file()
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	b.sort()
	return b, nil
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, w := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && w == 1 {
			return i
		}
		i += w
	}
	return -1
}

// baselineParser reads entry by entry, so that one fault does not hide the next.
type baselineParser struct {
	name string
	data []byte
	errs []error
}

func (p *baselineParser) fault(at int, format string, args ...any) {
	line := 1 + bytes.Count(p.data[:at], []byte("\n"))
	column := 1 + utf8.RuneCount(p.data[bytes.LastIndexByte(p.data[:at], '\n')+1:at])
	p.errs = append(p.errs, fmt.Errorf("suppress: %s:%d:%d: %s", p.name, line, column, fmt.Sprintf(format, args...)))
}

func (p *baselineParser) file() *Baseline {
	var file struct {
		Schema   *string
		Findings []place
	}
	dec := json.NewDecoder(bytes.NewReader(p.data))
	if !p.object(dec, 0, "the file", func(key string, at int) error {
		switch key {
		case "schema":
			return dec.Decode(&file.Schema)
		case "findings":
			var list json.RawMessage
			if err := dec.Decode(&list); err != nil {
				return err
			}
			file.Findings = p.list(list, int(dec.InputOffset())-len(list))
			return nil
		}
		p.fault(at, "unknown key %q, want schema or findings", key)
		var skipped json.RawMessage
		return dec.Decode(&skipped)
	}) {
		return nil
	}
	if _, err := dec.Token(); err != io.EOF {
		p.fault(int(dec.InputOffset()), "something follows the value, want the end of the file")
	}
	switch {
	case file.Schema == nil:
		p.fault(0, "no key schema, want %q", BaselineSchema)
	case *file.Schema != BaselineSchema:
		p.fault(0, "schema is %q, want %q", *file.Schema, BaselineSchema)
	}
	b := &Baseline{}
	seen := map[string]bool{}
	for _, f := range file.Findings {
		e, ok := p.entry(f)
		if ok && seen[e.Fingerprint] {
			p.fault(f.at, "fingerprint %q is listed twice", e.Fingerprint)
		}
		seen[e.Fingerprint] = true
		b.entries = append(b.entries, e)
	}
	return b
}

// place is a value in the file and where it begins.
type place struct {
	value json.RawMessage
	at    int
}

// object reads an object and calls member at each key, to read its value. It returns false after a fault of syntax, behind
// which nothing can be read.
func (p *baselineParser) object(dec *json.Decoder, base int, what string, member func(key string, at int) error) bool {
	syntax := func(err error) bool {
		at := base + int(dec.InputOffset())
		var s *json.SyntaxError
		var kind *json.UnmarshalTypeError
		switch {
		case errors.As(err, &s):
			p.fault(min(base+max(0, int(s.Offset)-1), len(p.data)), "not JSON: %v", err)
		case errors.As(err, &kind):
			p.fault(at, "a value is %s, want %s", kind.Value, kind.Type)
		default:
			p.fault(len(p.data), "not JSON: the file ends too early")
		}
		return false
	}
	open, err := dec.Token()
	if err != nil {
		return syntax(err)
	}
	if open != json.Delim('{') {
		p.fault(base, "%s is no object, want {…}", what)
		return false
	}
	for dec.More() {
		at := base + int(dec.InputOffset())
		key, err := dec.Token()
		if err != nil {
			return syntax(err)
		}
		for at < len(p.data) && p.data[at] != '"' {
			at++
		}
		if err := member(key.(string), at); err != nil {
			return syntax(err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return syntax(err)
	}
	return true
}

// list returns the members of a list, which is JSON and begins at base.
func (p *baselineParser) list(list json.RawMessage, base int) (members []place) {
	dec := json.NewDecoder(bytes.NewReader(list))
	if open, _ := dec.Token(); open != json.Delim('[') {
		p.fault(base, "findings is no list, want [ … ]")
		return nil
	}
	for dec.More() {
		var f place
		if dec.Decode(&f.value) != nil {
			break // the list was read once already
		}
		f.at = base + int(dec.InputOffset()) - len(f.value)
		members = append(members, f)
	}
	return members
}

// entry reads one finding.
func (p *baselineParser) entry(f place) (e Entry, ok bool) {
	before := len(p.errs)
	keys := map[string]*string{
		"fingerprint": &e.Fingerprint, "rule": &e.Rule, "field": &e.Field, "term": &e.Term,
		"reason": &e.Reason, "by": &e.By, "until": &e.Until,
	}
	dec := json.NewDecoder(bytes.NewReader(f.value))
	if !p.object(dec, f.at, "a finding", func(key string, at int) error {
		to, known := keys[key]
		if !known {
			p.fault(at, "unknown key %q, want fingerprint, rule, field, term, reason, by or until", key)
			var skipped json.RawMessage
			return dec.Decode(&skipped)
		}
		var value any
		if err := dec.Decode(&value); err != nil {
			return err
		}
		s, isString := value.(string)
		if !isString {
			p.fault(at, "%s is no string", key)
		}
		*to = s
		return nil
	}) {
		return e, false
	}
	if e.Fingerprint == "" {
		p.fault(f.at, "no fingerprint")
	}
	if e.Reason == "" {
		p.fault(f.at, "no reason: say why the finding stays")
	}
	if e.Until != "" {
		if _, err := time.Parse(time.DateOnly, e.Until); err != nil {
			p.fault(f.at, "until is %q, want a day as YYYY-MM-DD", e.Until)
		}
	}
	return e, len(p.errs) == before
}

func (b *Baseline) sort() {
	slices.SortFunc(b.entries, func(x, y Entry) int { return cmp.Compare(x.Fingerprint, y.Fingerprint) })
}

// Len returns the number of findings; 0 for nil.
func (b *Baseline) Len() int {
	if b == nil {
		return 0
	}
	return len(b.entries)
}

// Entries returns a copy of the findings, ordered by fingerprint.
func (b *Baseline) Entries() []Entry {
	if b == nil {
		return nil
	}
	return slices.Clone(b.entries)
}

// Answer returns the answer to a finding of that fingerprint. Nil has none.
func (b *Baseline) Answer(fingerprint string) (review.Suppression, bool) {
	if b == nil {
		return review.Suppression{}, false
	}
	i, ok := slices.BinarySearchFunc(b.entries, fingerprint, func(e Entry, f string) int { return cmp.Compare(e.Fingerprint, f) })
	if !ok {
		return review.Suppression{}, false
	}
	e := &b.entries[i]
	return review.Suppression{Kind: review.SuppressionBaseline, Reason: e.Reason, By: e.By, Until: e.Until}, true
}

// With returns a baseline of b's findings and of the given ones that b lacks, with answer as their answer. Of findings
// with one fingerprint the first counts. b, which may be nil, does not change.
func (b *Baseline) With(findings []review.Finding, answer review.Suppression) *Baseline {
	out := &Baseline{entries: b.Entries()}
	seen := map[string]bool{}
	for _, e := range out.entries {
		seen[e.Fingerprint] = true
	}
	for i := range findings {
		f := &findings[i]
		if seen[f.Fingerprint] {
			continue
		}
		seen[f.Fingerprint] = true
		out.entries = append(out.entries, Entry{
			Fingerprint: f.Fingerprint, Rule: f.Rule, Field: f.Field, Term: f.Term,
			Reason: answer.Reason, By: answer.By, Until: answer.Until,
		})
	}
	out.sort()
	return out
}

// MarshalJSON writes the baseline in the form that [ParseBaseline] reads.
func (b *Baseline) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Schema   string  `json:"schema"`
		Findings []Entry `json:"findings"`
	}{BaselineSchema, append([]Entry{}, b.Entries()...)})
}
