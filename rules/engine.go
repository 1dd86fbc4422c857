package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/text"
)

// Options configure an [Engine]. The zero value checks with
// [DefaultProfile] and speaks Chinese.
type Options struct {
	// Profile decides which rules are on, and their limits. Nil is
	// [DefaultProfile].
	Profile *Profile

	// Own are an organisation's own rules, which are all on.
	Own []*Organisation

	// English makes the messages of findings English.
	English bool
}

// An Engine evaluates rules. It is immutable and safe for concurrent use.
type Engine struct {
	profile *Profile
	digest  string
	english bool
	rules   []*active
	lists   *lists
	vocab   *vocabulary
	spans   *recognize.Recognizer
	byID    map[string]*active
	marks   landmarks
}

// landmarks are words by which pages find figures and dates.
type landmarks struct{ percent, month class }

// active is a rule that is on.
type active struct {
	*Rule
	severity review.Severity
	action   review.Action
	params   params
	check    check
}

// A check decides one rule for one document by what it tells the call:
// violations, notices, missing inputs. See [call].
type check func(*call)

// A maker prepares a check for the settings of a profile.
type maker func(*setup) check

// setup is what a maker can use.
type setup struct {
	params params
	lists  *lists
	vocab  *vocabulary
}

// words adds a class of words that the check looks for in pages.
func (s *setup) words(words ...string) class { return s.vocab.class(words...) }

// params are the settings of one rule. They were checked against the
// catalogue, and the base profile has all of them, so reading one cannot fail.
type params map[string]any

func (p params) bool(name string) bool                      { return p[name].(bool) }
func (p params) int(name string) int                        { return p[name].(int) }
func (p params) number(name string) float64                 { return p[name].(float64) }
func (p params) string(name string) string                  { return p[name].(string) }
func (p params) strings(name string) []string               { return p[name].([]string) }
func (p params) ints(name string) []int                     { return p[name].([]int) }
func (p params) intByName(name string) map[string]int       { return p[name].(map[string]int) }
func (p params) stringByName(name string) map[string]string { return p[name].(map[string]string) }
func (p params) listByName(name string) map[string][]string { return p[name].(map[string][]string) }

// lists are the lists that rules share.
type lists struct {
	central   *Outlets
	allowed   *Outlets // source_whitelist
	vague     []string
	contacts  []string
	domains   []string
	organs    []string
	certified []CertifiedName   // nil: not known
	roles     map[string]string // folded name or id -> id
	names     map[string]string // id of a role -> its first name
}

func newLists(raw map[string]any) *lists {
	l := &lists{
		central:   NewOutlets(raw["central_sources"].([]Outlet)),
		allowed:   NewOutlets(raw["source_whitelist"].([]Outlet)),
		vague:     raw["vague_sources"].([]string),
		contacts:  raw["allowed_contacts"].([]string),
		domains:   raw["org_domains"].([]string),
		organs:    raw["organs"].([]string),
		certified: raw["certified_names"].([]CertifiedName),
		roles:     map[string]string{},
		names:     map[string]string{},
	}
	for id, names := range raw["role_aliases"].(map[string][]string) {
		l.roles[compact(id)] = id
		if len(names) > 0 {
			l.names[id] = names[0]
		}
		for _, name := range names {
			l.roles[compact(name)] = id
		}
	}
	return l
}

// role returns the id of a role that is given as an id or as a name; a role
// that is in no list is its own id.
func (l *lists) role(name string) string {
	key := compact(name)
	if id, ok := l.roles[key]; ok {
		return id
	}
	return key
}

// roleName returns the name of a role for people.
func (l *lists) roleName(role string) string { return cmp.Or(l.names[l.role(role)], role) }

// compact is a folded name without white space.
func compact(s string) string { return strings.Join(strings.Fields(fold(s)), "") }

// New prepares the rules that the profile has switched on.
func New(opts Options) (*Engine, error) { return build(opts, catalogue().rules) }

// build prepares some rules of the catalogue and those of the organisation.
func build(opts Options, rules []Rule) (*Engine, error) {
	if opts.Profile == nil {
		opts.Profile = DefaultProfile()
	}
	c := catalogue()
	cfg := opts.Profile.resolve()
	e := &Engine{
		profile: opts.Profile, digest: cfg.digest(), english: opts.English,
		lists: newLists(cfg.lists), vocab: &vocabulary{}, byID: map[string]*active{},
	}
	e.marks = landmarks{percent: e.vocab.class("百分之"), month: e.vocab.class("月")}
	for i := range rules {
		r := &rules[i]
		s := cfg.rules[r.ID]
		if !s.Enabled {
			continue
		}
		a := &active{
			Rule: r, severity: s.Severity, action: s.Action, params: s.Params,
			check: c.makers[r.ID](&setup{params: s.Params, lists: e.lists, vocab: e.vocab}),
		}
		e.rules = append(e.rules, a)
		e.byID[r.ID] = a
	}
	seen := map[string]bool{}
	for _, o := range opts.Own {
		for i := range o.rules {
			r := &o.rules[i]
			if seen[r.ID] {
				return nil, fmt.Errorf("rules: own rule %s is in two files", r.ID)
			}
			seen[r.ID] = true
			e.rules = append(e.rules, &active{
				Rule: &r.Rule, severity: r.Severity, action: r.Action, check: r.make(&setup{lists: e.lists, vocab: e.vocab}),
			})
		}
		sum := sha256.Sum256([]byte(e.digest + o.digest))
		e.digest = hex.EncodeToString(sum[:])
	}
	var err error
	if e.spans, err = recognize.New(recognize.Options{Published: e.lists.contacts}); err != nil {
		return nil, fmt.Errorf("rules: profile %s: allowed_contacts: %w", e.profile.id, err)
	}
	e.vocab.compile()
	return e, nil
}

// Profile returns the id of the profile.
func (e *Engine) Profile() string { return e.profile.id }

// Contacts returns the contacts that the profile allows.
func (e *Engine) Contacts() []string { return slices.Clone(e.lists.contacts) }

// Digest returns the digest of everything that the profile decides.
func (e *Engine) Digest() string { return e.digest }

// Evidence is what rules read beside the document. What is absent is unknown.
type Evidence struct {
	// Findings are those of the lexicon in the document, without the vetoed
	// ones. Nil says that no lexicon was run.
	Findings []review.Finding

	// Categories are how many terms and recognisers of each category are
	// loaded. Nil says that it is not known.
	Categories map[string]int

	// Spans returns what a recogniser of all kinds that knows the profile's
	// allowed_contacts (see [Engine.Contacts]) found in the visible text of a
	// field, for a caller that has run one already. Nil runs one here.
	Spans func(path string) []recognize.Span

	// Visible returns the visible text of a field of the document, for a
	// caller that has extracted it already. Nil extracts it here.
	Visible func(path string) *text.Visible

	// Index returns where the bytes of a field are, for a caller that asks that
	// too. Nil, the function or what it returns, makes an index here, if a finding
	// needs one.
	Index func(path string) *text.Index
}

// Evaluate checks a document, which has to be valid (see
// [review.Document.Validate]): it returns the outcome of every rule that is
// on, in the order of the catalogue, and the findings. The findings have no ID
// yet: that is unique only in a report.
//
// Cost: linear in the document.
func (e *Engine) Evaluate(doc *review.Document, ev Evidence) ([]review.Evaluation, []review.Finding) {
	d := &document{Document: doc, engine: e, evidence: ev, pages: map[string]*page{}}
	evaluations := make([]review.Evaluation, 0, len(e.rules))
	var findings []review.Finding
	calls := make([]call, len(e.rules))
	missing := make([]string, 0, len(e.rules)) // of all calls, side by side: most miss one input
	for i, r := range e.rules {
		c := &calls[i]
		c.document, c.rule, c.missing = d, r, missing[len(missing):]
		r.check(c)
		evaluations = append(evaluations, c.evaluation())
		if n := len(missing) + len(c.missing); n <= cap(missing) { // or else it has moved
			missing = missing[:n]
		}
		findings = append(findings, c.findings...)
	}
	return evaluations, findings
}

// document is a document under evaluation, with what several rules read of it.
type document struct {
	*review.Document
	engine   *Engine
	evidence Evidence
	pages    map[string]*page
	values   map[string]any // what expressions see; nil until one asks
}

// page returns the text at a path of a scanned field; nil if it is absent. An
// empty text is a page.
func (d *document) page(path string, s *string) *page {
	if s == nil {
		return nil
	}
	if p, ok := d.pages[path]; ok {
		return p
	}
	f := review.Field{Path: path, Text: *s, Format: review.BodyPlain}
	if path == "body" && d.BodyFormat != nil {
		f.Format = *d.BodyFormat
	}
	var visible *text.Visible
	if d.evidence.Visible != nil {
		visible = d.evidence.Visible(path)
	}
	if visible == nil {
		format, err := text.ParseFormat(string(f.Format))
		if err != nil {
			format = text.Plain // an invalid document; see Evaluate
		}
		visible = text.Extract(f.Text, format)
	}
	p := newPage(f, visible, d.engine)
	if d.evidence.Spans != nil {
		p.spans = d.evidence.Spans(path)
	}
	p.indexOf = d.evidence.Index
	d.pages[path] = p
	return p
}

func (d *document) title() *page  { return d.page("title", d.Title) }
func (d *document) digest() *page { return d.page("digest", d.Digest) }
func (d *document) body() *page   { return d.page("body", d.Body) }

// A call is one evaluation of one rule. A check tells it what it finds:
//
//   - violate: the known data prove a violation, whatever is unknown;
//   - note: something worth knowing that is no violation;
//   - need, miss: an input that the outcome depends on is absent.
//
// A check that says nothing has passed, also because the rule does not apply.
// So a check asks for its gates first and returns if one is unknown; and it
// misses an input only where that could change the outcome.
type call struct {
	*document
	rule     *active
	findings []review.Finding
	missing  []string
	violated bool
}

func (c *call) evaluation() review.Evaluation {
	ev := review.Evaluation{Rule: c.rule.ID, Status: review.StatusPassed}
	switch {
	case c.violated:
		ev.Status = review.StatusViolated
	case len(c.missing) > 0:
		ev.Status = review.StatusNotEvaluated
		slices.Sort(c.missing)
		ev.Missing = slices.Clip(slices.Compact(c.missing))
	}
	return ev
}

// miss says that the inputs at these paths are absent and needed.
func (c *call) miss(paths ...string) { c.missing = append(c.missing, paths...) }

// need returns a value, or says that it is missing.
func need[T any](c *call, v *T, path string) (T, bool) {
	if v == nil {
		c.miss(path)
		var zero T
		return zero, false
	}
	return *v, true
}

// valueOr returns a value that only opens an exception: absent, the exception
// is not claimed.
func valueOr[T any](v *T, absent T) T {
	if v == nil {
		return absent
	}
	return *v
}

// orEmpty is a group of fields, of which none is known if it is absent.
func orEmpty[T any](group *T) *T {
	if group == nil {
		return new(T)
	}
	return group
}

// words are a text in the languages of messages. The verbs are those of fmt.
type words struct{ zh, en string }

// A mark is a finding that is being made.
type mark struct {
	c *call
	i int
}

// violate adds a finding, of the severity and action of the rule, at a record
// or a field as a whole.
func (c *call) violate(field string, w words, args ...any) mark {
	c.violated = true
	return c.add(field, w, args)
}

// violateAt adds a finding at a place of a page.
func (c *call) violateAt(p *page, s span, w words, args ...any) mark {
	return c.violate(p.path, w, args...).at(p, s)
}

// violateIn adds a finding at visible bytes of a page, such as those of a
// recognised span.
func (c *call) violateIn(p *page, start, end int64, w words, args ...any) mark {
	return c.violateAt(p, p.folded(int(start), int(end)), w, args...)
}

// note adds a finding that is no violation.
func (c *call) note(field string, w words, args ...any) mark {
	return c.add(field, w, args).lower(review.SeverityNotice)
}

// noteAt is note at a place of a page.
func (c *call) noteAt(p *page, s span, w words, args ...any) mark {
	return c.note(p.path, w, args...).at(p, s)
}

// MaxFindings is how many findings of one rule a report has: nobody reads on,
// and a hostile text could hold one in every few bytes. The outcome does not
// depend on it.
const MaxFindings = 1000

func (c *call) add(field string, w words, args []any) mark {
	if len(c.findings) == MaxFindings {
		return mark{c, -1}
	}
	format := w.zh
	if c.engine.english {
		format = w.en
	}
	c.findings = append(c.findings, review.Finding{
		Rule: c.rule.ID, Severity: c.rule.severity, Action: c.rule.action, Confidence: 1, Field: field,
		Message: fmt.Sprintf(format, args...), Basis: c.rule.Basis.String(), Fingerprint: fingerprint(c.rule.ID, field),
	})
	return mark{c, len(c.findings) - 1}
}

// finding returns the finding, one that nobody sees if there are enough.
func (m mark) finding() *review.Finding {
	if m.i < 0 {
		return new(review.Finding)
	}
	return &m.c.findings[m.i]
}

// actionOf is the strongest action for a finding of a severity that was
// lowered.
var actionOf = map[review.Severity]review.Action{
	review.SeverityError: review.ActionBlock, review.SeverityWarning: review.ActionReview, review.SeverityNotice: review.ActionNote,
}

// lower makes the finding no graver than s.
func (m mark) lower(s review.Severity) mark {
	f := m.finding()
	if s < f.Severity {
		f.Severity = s
		f.Action = min(f.Action, actionOf[s])
	}
	return m
}

// raise makes the finding no milder than s.
func (m mark) raise(s review.Severity) mark {
	f := m.finding()
	if s > f.Severity {
		f.Severity = s
		f.Action = max(f.Action, actionOf[s])
	}
	return m
}

// suggest says what could stand there instead.
func (m mark) suggest(s string) mark {
	m.finding().Suggestion = s
	return m
}

// contextRunes is how much of the text on each side goes into a fingerprint.
const contextRunes = 8

// at gives the finding its place.
func (m mark) at(p *page, s span) mark {
	if m.i < 0 {
		return m
	}
	start, end := p.source(s)
	m.source(p, start, end)
	f := m.finding()
	if s == p.whole() {
		f.Fingerprint = fingerprint(f.Rule, p.path)
		return m
	}
	f.Fingerprint = fingerprint(f.Rule, p.path, lastRunes(compact(p.text[max(0, s.start-maxContext):s.start]), contextRunes),
		compact(p.text[s.start:s.end]), firstRunes(compact(p.text[s.end:min(len(p.text), s.end+maxContext)]), contextRunes))
	return m
}

// maxContext is how many bytes on each side are looked at for a fingerprint.
const maxContext = 128

// fingerprint identifies a finding in later versions of a draft: by the rule
// and the words there, but not by where they stand.
func fingerprint(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(sum, "%s\x00", strings.ToValidUTF8(part, ""))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// source gives the finding a place in the source of a page, markup included.
func (m mark) source(p *page, start, end int) mark {
	if m.i < 0 {
		return m
	}
	f := m.finding()
	from, to := p.position(start), p.position(end)
	f.Field = p.path
	f.Span = review.Span{Start: int64(start), End: int64(end)}
	f.Runes = review.Span{Start: int64(from.Rune), End: int64(to.Rune)}
	f.UTF16 = review.Span{Start: int64(from.UTF16), End: int64(to.UTF16)}
	f.Line, f.Column = from.Line, from.Column
	f.Text = strings.Clone(p.src[start:end])
	f.Fingerprint = fingerprint(f.Rule, p.path, f.Text)
	return m
}

// indexed is the path of a member of a list's item, or of the item itself.
func indexed(list string, i int, member string) string {
	path := fmt.Sprintf("%s[%d]", list, i)
	if member != "" {
		path += "." + member
	}
	return path
}
