package shenjiao

import (
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/suppress"
	"github.com/shenjiao/shenjiao/text"
)

// Findings about answers, not about the draft's own words.
const (
	ruleExpired   = "suppress.expired"   // an answer that has expired
	ruleMalformed = "suppress.malformed" // a comment that looks like an answer and cannot be read
	ruleUnused    = "suppress.unused"    // a comment that answers for nothing
)

// An InlineTrust says for which findings a comment in a draft may answer.
type InlineTrust string

// The degrees. The empty InlineTrust is TrustReview: whoever writes a draft can
// write a comment into it, so a comment does not lift a block.
const (
	TrustNothing InlineTrust = "nothing" // comments are ignored
	TrustNotes   InlineTrust = "note"
	TrustReview  InlineTrust = "review" // and notes
	TrustBlock   InlineTrust = "block"  // everything
)

// action is the strongest action that t lets a comment answer for.
func (t InlineTrust) action() review.Action {
	switch t {
	case TrustNotes:
		return review.ActionNote
	case TrustBlock:
		return review.ActionBlock
	case TrustNothing:
		return 0
	default:
		return review.ActionReview
	}
}

// answer is a comment of the draft with the text that it is about.
type answer struct {
	suppress.Comment
	field   string
	block   review.Span
	comment review.Span
	used    bool
}

// suppress moves the findings that were answered for out of the way, and adds
// findings about answers that do not count.
func (s *Scanner) suppress(r *Report, doc *Document, day lexicon.Date) {
	var on string
	if !day.IsZero() {
		on = day.String()
	}
	answers := s.answers(r, doc)
	kept := r.Findings[:0]
	var expired []review.Finding
	for _, f := range r.Findings {
		given, ok := s.answerFor(answers, &f, on)
		switch {
		case !ok:
			kept = append(kept, f)
		case suppress.Expired(given, on):
			kept = append(kept, f)
			expired = append(expired, s.about(ruleExpired, f, given.Until))
		default:
			r.Suppressed = append(r.Suppressed, review.Suppressed{Finding: f, Suppression: given})
		}
	}
	r.Findings = append(kept, expired...)
	for i := range answers {
		if a := &answers[i]; !a.used {
			r.Findings = append(r.Findings, s.about(ruleUnused, s.at(doc, a.field, a.comment), ""))
		}
	}
}

// answerFor returns the answer to a finding: of several the one that still
// counts.
func (s *Scanner) answerFor(answers []answer, f *review.Finding, on string) (best review.Suppression, ok bool) {
	consider := func(given review.Suppression) {
		if !ok || suppress.Expired(best, on) {
			best, ok = given, true
		}
	}
	for i := range answers {
		a := &answers[i]
		if a.field == f.Field && f.Span.Start < a.block.End && f.Span.End > a.block.Start && a.Covers(f) && f.Action <= s.opts.Inline.action() {
			a.used = true
			consider(a.Answer)
		}
	}
	if given, found := s.opts.Baseline.Answer(f.Fingerprint); found {
		consider(given)
	}
	return best, ok
}

// answers reads the comments of the body; those that cannot be read become
// findings.
func (s *Scanner) answers(r *Report, doc *Document) (answers []answer) {
	if s.opts.Inline.action() == 0 || doc == nil {
		return nil
	}
	for _, f := range doc.Fields() {
		if !strings.Contains(f.Text, "shenjiao:ignore") {
			continue // nearly every draft
		}
		format, err := text.ParseFormat(string(f.Format))
		if err != nil {
			continue
		}
		visible := text.Extract(f.Text, format)
		for _, c := range visible.Comments() {
			span := review.Span{Start: int64(c.Start), End: int64(c.End)}
			given, ok, err := suppress.ParseComment(c.Text)
			if !ok {
				continue
			}
			if err != nil {
				r.Findings = append(r.Findings, s.about(ruleMalformed, s.at(doc, f.Path, span), err.Error()))
				continue
			}
			start, end := visible.Block(c)
			answers = append(answers, answer{
				Comment: given, field: f.Path, comment: span, block: review.Span{Start: int64(start), End: int64(end)},
			})
		}
	}
	return answers
}

// at returns a finding that says only where it is: at span of a field.
func (s *Scanner) at(doc *Document, path string, span review.Span) review.Finding {
	for _, f := range doc.Fields() {
		if f.Path == path {
			index := text.NewIndex(f.Text)
			from, to := index.Position(int(span.Start)), index.Position(int(span.End))
			return review.Finding{
				Field: path, Span: span,
				Runes: review.Span{Start: int64(from.Rune), End: int64(to.Rune)},
				UTF16: review.Span{Start: int64(from.UTF16), End: int64(to.UTF16)},
				Line:  from.Line, Column: from.Column,
				Text: strings.Clone(f.Text[span.Start:span.End]),
			}
		}
	}
	return review.Finding{Field: path, Span: span}
}

// about makes a finding about an answer, at the place of another finding.
func (s *Scanner) about(rule string, at review.Finding, detail string) review.Finding {
	words := map[string]string{
		ruleExpired:   "处置已于%s到期，请重新处理",
		ruleMalformed: "忽略注释无法识别，未生效：%s",
		ruleUnused:    "忽略注释没有对应的问题，可以删去",
	}
	if s.opts.Language == English {
		words = map[string]string{
			ruleExpired:   "an answer to this finding expired on %s: answer it again",
			ruleMalformed: "this comment is no valid answer and does not count: %s",
			ruleUnused:    "this comment answers for nothing: remove it",
		}
	}
	message := words[rule]
	if strings.Contains(message, "%s") {
		message = fmt.Sprintf(message, strings.ReplaceAll(strings.ReplaceAll(detail, "suppress: comment: ", ""), "\n", "; "))
	}
	return review.Finding{
		Rule: rule, Severity: review.SeverityNotice, Action: review.ActionNote, Confidence: 1,
		Field: at.Field, Span: at.Span, Runes: at.Runes, UTF16: at.UTF16, Line: at.Line, Column: at.Column, Text: at.Text,
		Message: message, Fingerprint: digest(rule, at.Field, at.Fingerprint, at.Text),
	}
}
