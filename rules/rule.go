package rules

import (
	"encoding/json"
	"slices"

	"github.com/shenjiao/shenjiao/review"
)

// A Rule is one checkable statement about a document, as the catalogue
// describes it. Whether it is switched on, how grave it is and what its limits
// are is decided by a [Profile].
type Rule struct {
	ID      string // topic and words: "repost.central-title-kept"
	Topic   string // id of the [Topic] whose file describes it
	Title   string // Chinese
	English string // English title

	Tier     Tier
	Severity review.Severity // unless a profile says otherwise
	Action   review.Action   // unless a profile says otherwise
	Enabled  bool            // unless a profile says otherwise

	Basis  Basis
	Inputs []string // paths of the document that the rule may read
	Params []Param

	examples []node // read by Examples
}

// A Topic is one file of the catalogue.
type Topic struct {
	ID      string
	Title   string // Chinese
	English string
}

// A Tier says which kind of input a rule needs most.
type Tier string

// The tiers.
const (
	TierDraft    Tier = "draft"    // the texts and media of the draft
	TierMeta     Tier = "meta"     // what the editor declared
	TierWorkflow Tier = "workflow" // records of reviews and approvals
	TierAccount  Tier = "account"  // what is known about the account
	TierOps      Tier = "ops"      // the history of the account
	TierConfig   Tier = "config"   // the lexicon that is loaded
)

var tiers = []Tier{TierDraft, TierMeta, TierWorkflow, TierAccount, TierOps, TierConfig}

// Basis is why a rule exists.
type Basis struct {
	Document string // title of the document that asks for it
	Quote    string // the sentence that does; traditional script and damage are undone
	Law      string // law, standard or later guidance behind it; empty for none
}

// String returns what a finding cites.
func (b Basis) String() string {
	if b.Law != "" {
		return b.Law
	}
	return b.Document + "：“" + b.Quote + "”"
}

// A Param is one setting of a rule.
type Param struct {
	Name    string
	Type    ParamType
	Values  []string // all that an enum may be
	Title   string   // Chinese
	English string
}

// A ParamType is the form of a parameter's value.
type ParamType string

// The types of parameters.
const (
	ParamBool         ParamType = "bool"
	ParamInt          ParamType = "int"             // from 0
	ParamNumber       ParamType = "number"          // from 0
	ParamString       ParamType = "string"          //
	ParamEnum         ParamType = "enum"            // one of Values
	ParamStrings      ParamType = "strings"         // the item builtin, or builtin:NAME, stands for a built-in list
	ParamInts         ParamType = "ints"            // from 0
	ParamIntByName    ParamType = "int by name"     // a mapping
	ParamStringByName ParamType = "string by name"  // a mapping
	ParamListByName   ParamType = "strings by name" // a mapping
)

var paramTypes = []ParamType{
	ParamBool, ParamInt, ParamNumber, ParamString, ParamEnum, ParamStrings, ParamInts,
	ParamIntByName, ParamStringByName, ParamListByName,
}

// An Example is a document and what the rule says of it. Every example runs
// as a test.
type Example struct {
	Name     string
	Profile  []byte // YAML of lists and params that differ from the base profile; nil for none
	Document []byte // JSON
	Expect   review.Status
	Severity review.Severity // of a finding; zero if the example does not say
	Field    string          // of a finding; empty if the example does not say
	Text     string          // within the text of that finding; empty if the example does not say
	Missing  []string        // all that is missing, if Expect is [review.StatusNotEvaluated]

	// Evidence that the rule reads beside the document.
	Terms      []ExampleTerm
	Categories map[string]int // see [Evidence]; nil for none
}

// An ExampleTerm is a finding of the lexicon in an [Example].
type ExampleTerm struct {
	Category string
	Label    string
	Field    string
	Text     string // at its first place in the field
	Severity review.Severity
}

// Rules returns the catalogue, in the order of topics and files. The caller
// must not change what the slices in it hold.
func Rules() []Rule { return slices.Clone(catalogue().rules) }

// Topics returns the topics of the catalogue in their order.
func Topics() []Topic { return slices.Clone(catalogue().topics) }

// Find returns the rule of that id.
func Find(id string) (Rule, bool) {
	if r := catalogue().byID[id]; r != nil {
		return *r, true
	}
	return Rule{}, false
}

// Examples returns the examples of the rule in the order of its file.
func (r *Rule) Examples() []Example {
	out := make([]Example, len(r.examples))
	for i := range r.examples {
		out[i] = readExample(&r.examples[i])
	}
	return out
}

func (r *Rule) param(name string) *Param {
	i := slices.IndexFunc(r.Params, func(p Param) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &r.Params[i]
}

func (r *Rule) paramNames() []string {
	names := make([]string, len(r.Params))
	for i, p := range r.Params {
		names[i] = p.Name
	}
	return names
}

// readExample decodes an example whose form was checked when the catalogue
// was read.
func readExample(n *node) Example {
	ex := Example{Name: n.get("name").str, Expect: review.Status(n.get("expect").str)}
	ex.Document, _ = json.Marshal(n.get("document").value()) // values of YAML are values of JSON
	overrides := map[string]any{}
	for _, key := range []string{"lists", "params"} {
		if o := n.get(key); o != nil {
			overrides[key] = o.value()
		}
	}
	if len(overrides) > 0 {
		ex.Profile, _ = json.Marshal(overrides) // JSON is YAML
	}
	if s := n.get("severity"); s != nil {
		_ = ex.Severity.UnmarshalText([]byte(s.str))
	}
	for key, to := range map[string]*string{"field": &ex.Field, "text": &ex.Text} {
		if s := n.get(key); s != nil {
			*to = s.str
		}
	}
	if m := n.get("missing"); m != nil {
		for i := range m.items {
			ex.Missing = append(ex.Missing, m.items[i].str)
		}
	}
	if terms := n.get("terms"); terms != nil {
		for i := range terms.items {
			t := ExampleTerm{Severity: review.SeverityWarning}
			for _, f := range terms.items[i].fields {
				switch f.key.str {
				case "category":
					t.Category = f.node.str
				case "label":
					t.Label = f.node.str
				case "field":
					t.Field = f.node.str
				case "text":
					t.Text = f.node.str
				case "severity":
					_ = t.Severity.UnmarshalText([]byte(f.node.str))
				}
			}
			ex.Terms = append(ex.Terms, t)
		}
	}
	if c := n.get("categories"); c != nil {
		ex.Categories = map[string]int{}
		for _, f := range c.fields {
			ex.Categories[f.key.str] = int(f.node.num)
		}
	}
	return ex
}
