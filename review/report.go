package review

import (
	"cmp"
	"encoding/json"
	"slices"
)

// ReportSchema is the value of Report.Schema: the name of the form that this package writes.
const ReportSchema = "shenjiao.report/v1"

// Report is the answer to the check of one document. It is the same in Go, in JSON and over HTTP.
//
// A Report belongs to its receiver. Texts in it are copies of the draft's words, with personal data masked: it is as
// confidential as the draft.
type Report struct {
	// Schema is ReportSchema. JSON has it also if it is empty here.
	Schema string `json:"schema"`
	// Document names what was checked.
	Document DocumentRef `json:"document"`
	// Verdict is what the pipeline should do: that of the strongest action of a finding, see VerdictOf.
	Verdict Verdict `json:"verdict"`
	// Snapshot says by what the document was judged.
	Snapshot Snapshot `json:"snapshot"`
	// Findings are what was found. JSON has [] for none.
	Findings []Finding `json:"findings"`
	// Vetoed are the candidates that did not become findings. nil means that they were not asked for, and JSON omits
	// them; empty means that there were none.
	Vetoed []Vetoed `json:"vetoed,omitzero"`
	// Suppressed are findings that somebody has answered for beforehand, with the answer; they do not count for the
	// verdict. JSON omits the key if there are none.
	Suppressed []Suppressed `json:"suppressed,omitempty"`
	// Steps are what people still have to do, in that order: the first is the next. nil means that no publishing rules
	// were asked, and JSON omits them; empty means that nothing is left to do.
	Steps []Step `json:"steps,omitzero"`
	// Limits are the limits that the check reached: of what is beyond them the report says less, or nothing. JSON omits
	// the key if there are none.
	Limits []Limit `json:"limits,omitempty"`
	// Evaluations are the outcomes of the rules. JSON has [] for none.
	Evaluations []Evaluation `json:"evaluations"`
}

// DocumentRef names a document.
type DocumentRef struct {
	// ID is the Document.ID; empty if the document has none.
	ID string `json:"id,omitempty"`
}

// Snapshot says by what a document was judged. Two reports with one Digest were judged by the same lexicon, rules and
// policy.
type Snapshot struct {
	// Digest is the digest of everything that judges.
	Digest string `json:"digest"`
	// Packs are the packs of the lexicon, in the order in which they were loaded. JSON has [] for none.
	Packs []PackRef `json:"packs"`
	// Profile is the name of the rule profile; empty for none.
	Profile string `json:"profile"`
	// Model is the digest of the semantic model; empty for none.
	Model string `json:"model,omitempty"`
}

// PackRef names one pack of a lexicon.
type PackRef struct {
	// ID is the id of the pack.
	ID string `json:"id"`
	// Version is its version, as its owner writes it.
	Version string `json:"version"`
	// Digest is the digest of its content.
	Digest string `json:"digest"`
}

// MarshalJSON writes the report with [] where a required list is nil. It fails if a severity, an action or the
// verdict is not set, or a confidence is outside [0, 1].
func (r Report) MarshalJSON() ([]byte, error) {
	type plain Report
	p := plain(r)
	p.Schema = cmp.Or(p.Schema, ReportSchema)
	p.Findings = orEmpty(p.Findings)
	p.Evaluations = orEmpty(p.Evaluations)
	p.Snapshot.Packs = orEmpty(p.Snapshot.Packs)
	return json.Marshal(p)
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Sort puts findings, vetoed candidates and evaluations into their one order, so that equal reports are equal bytes.
//
// Findings are ordered by the place of their field in the document (see Document.Fields; a record stands before its
// members, images[2] before images[10], and a name that is no path of a Document comes last), then by Span.Start,
// Span.End, Rule, Category and Term, and then by everything else, the graver first. The order is total: two findings
// that compare equal are equal.
//
// Suppressed findings are ordered as findings are. Vetoed candidates are ordered by field, Span, Term, Category and the rest; evaluations by Rule, Status and Missing; steps as they are done.
// The packs keep their order, because it is the order of loading.
func (r *Report) Sort() {
	ranks := map[string][]int{}
	for _, f := range r.Findings {
		ranks[f.Field] = nil
	}
	for _, v := range r.Vetoed {
		ranks[v.Field] = nil
	}
	for _, s := range r.Suppressed {
		ranks[s.Finding.Field] = nil
	}
	for path := range ranks {
		ranks[path] = pathRank(path)
	}
	// Nearly always the place decides, so the rest is looked at only if it does not.
	comparePlaces := func(field, other string, span, otherSpan Span) int {
		if field != other {
			return cmp.Or(slices.Compare(ranks[field], ranks[other]), cmp.Compare(field, other))
		}
		return compareSpans(span, otherSpan)
	}
	compareFindings := func(a, b Finding) int {
		if c := comparePlaces(a.Field, b.Field, a.Span, b.Span); c != 0 {
			return c
		}
		return cmp.Or(
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Category, b.Category),
			cmp.Compare(a.Term, b.Term),
			cmp.Compare(b.Action, a.Action),
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(b.Confidence, a.Confidence),
			cmp.Compare(a.Label, b.Label),
			cmp.Compare(a.Pack, b.Pack),
			slices.Compare(a.Channels, b.Channels),
			slices.Compare(a.Evidence, b.Evidence),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Suggestion, b.Suggestion),
			cmp.Compare(a.Basis, b.Basis),
			cmp.Compare(a.Fingerprint, b.Fingerprint),
			cmp.Compare(a.ID, b.ID),
			cmp.Compare(a.Text, b.Text),
			compareSpans(a.Runes, b.Runes),
			compareSpans(a.UTF16, b.UTF16),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
		)
	}
	slices.SortFunc(r.Findings, compareFindings)
	slices.SortFunc(r.Suppressed, func(a, b Suppressed) int {
		return cmp.Or(compareFindings(a.Finding, b.Finding), a.Suppression.compare(b.Suppression))
	})
	slices.SortFunc(r.Vetoed, func(a, b Vetoed) int {
		if c := comparePlaces(a.Field, b.Field, a.Span, b.Span); c != 0 {
			return c
		}
		return cmp.Or(
			cmp.Compare(a.Term, b.Term),
			cmp.Compare(a.Category, b.Category),
			cmp.Compare(a.Pack, b.Pack),
			cmp.Compare(a.Reason, b.Reason),
			slices.Compare(a.Words, b.Words),
			cmp.Compare(a.Text, b.Text),
		)
	})
	SortSteps(r.Steps)
	slices.SortFunc(r.Evaluations, func(a, b Evaluation) int {
		if a.Rule != b.Rule {
			return cmp.Compare(a.Rule, b.Rule)
		}
		return cmp.Or(
			cmp.Compare(a.Status, b.Status),
			slices.Compare(a.Missing, b.Missing),
		)
	})
}

func compareSpans(a, b Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}
