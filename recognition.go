package shenjiao

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

// ruleRecognize begins the rules of findings that come from a recogniser; the
// id of the kind follows.
const ruleRecognize = "recognize."

// addSpan turns a recognised span into a finding or a vetoed candidate of the
// report, and returns the finding. A kind that says nothing by itself, such as
// a document number or a link that is written plainly, becomes neither.
func (s *Scanner) addSpan(r *Report, sp *recognize.Span, at place) *review.Finding {
	info := sp.Kind.Info()
	if info.Category == "" || !s.reported.Has(sp.Kind) || sp.Kind == recognize.Link && !disguised(sp.Channels) {
		return nil
	}
	shown := strings.Clone(recognize.Mask(sp.Kind, at.text))
	confidence := sp.Confidence
	reason := review.VetoReason("")
	switch {
	case sp.Notes.Has(recognize.Allowed):
		reason = review.VetoAllow
	case confidence < s.opts.MinConfidence:
		reason = review.VetoConfidence
	}
	if reason != "" {
		if s.keepsVetoed() {
			r.Vetoed = append(r.Vetoed, review.Vetoed{
				Term: info.ID, Category: info.Category, Field: at.field, Span: at.span, Text: shown, Reason: reason,
			})
		}
		return nil
	}
	severity, action := info.Severity, info.Action
	switch {
	case confidence < recognize.Weak, sp.Notes.Has(recognize.Quoted), sp.Notes.Has(recognize.Reserved):
		severity, action = review.SeverityNotice, review.ActionNote
	case sp.Notes&(recognize.Declassified|recognize.Imprint|recognize.WrongCheck|recognize.OldForm) != 0:
		severity, action = min(severity, review.SeverityWarning), min(action, review.ActionReview)
	}
	from, to := at.position(int(at.span.Start)), at.position(int(at.span.End))
	f := review.Finding{
		Rule:        ruleRecognize + info.ID,
		Category:    info.Category,
		Label:       info.Label,
		Severity:    severity,
		Action:      action,
		Confidence:  review.Confidence(confidence),
		Field:       at.field,
		Span:        at.span,
		Runes:       review.Span{Start: int64(from.Rune), End: int64(to.Rune)},
		UTF16:       review.Span{Start: int64(from.UTF16), End: int64(to.UTF16)},
		Line:        from.Line,
		Column:      from.Column,
		Text:        shown,
		Channels:    sp.Channels.Names(),
		Message:     s.spanMessage(sp),
		Basis:       info.Basis,
		Fingerprint: spanFingerprint(sp, at.field),
	}
	if info.Masked && sp.Kind != recognize.NameList && sp.Kind != recognize.Address {
		f.Suggestion = strings.Clone(sp.Masked())
	}
	r.Findings = append(r.Findings, f)
	return &r.Findings[len(r.Findings)-1]
}

// disguised reports whether a span was written so that it is not read easily.
func disguised(set matcher.ChannelSet) bool {
	return set&matcher.Set(matcher.Noise, matcher.Styled, matcher.Confusable, matcher.Invisible, matcher.Numeral) != 0
}

// spanFingerprint is [fingerprint] for a span. It is made of the masked value:
// a digest of a telephone number can be undone by trying them all.
func spanFingerprint(sp *recognize.Span, field string) string {
	return digest(
		ruleRecognize, sp.Kind.String(), recognize.Mask(sp.Kind, sp.Value), field,
		lastRunes(essence(lastParagraph(sp.Before)), contextRunes), firstRunes(essence(firstParagraph(sp.After)), contextRunes),
	)
}

// spanMessage says to an editor what was recognised and what to do.
func (s *Scanner) spanMessage(sp *recognize.Span) string {
	info := sp.Kind.Info()
	english := s.opts.Language == English
	kind := info.Category
	if c, ok := lexicon.Category(info.Category).Info(); ok {
		kind = c.Title
		if english {
			kind = c.English
		}
	}
	shown := sp.Masked()
	if r := []rune(shown); len(r) > 60 {
		shown = string(r[:60]) + "…"
	}
	shown = strings.Join(strings.Fields(shown), " ")
	var b strings.Builder
	if english {
		fmt.Fprintf(&b, "%s: %s %s, %s", kind, info.English, shown, info.AdviceEnglish)
		if disguised(sp.Channels) {
			fmt.Fprintf(&b, "; recognised through %s", strings.Join(sp.Channels.Names(), ", "))
		}
	} else {
		fmt.Fprintf(&b, "%s·%s：%s，%s", kind, info.Title, shown, info.Advice)
		if disguised(sp.Channels) {
			fmt.Fprintf(&b, "（写法经%s变形）", channelTitles(sp.Channels))
		}
	}
	for _, n := range noteWords {
		if sp.Notes.Has(n.note) {
			if english {
				fmt.Fprintf(&b, "; %s", n.english)
			} else {
				fmt.Fprintf(&b, "（%s）", n.chinese)
			}
		}
	}
	if sp.Confidence < recognize.Weak {
		if english {
			b.WriteString("; only its form says so")
		} else {
			b.WriteString("（仅从形式判断，请核对）")
		}
	}
	return b.String()
}

// noteWords say to an editor what a note of a span means.
var noteWords = []struct {
	note             recognize.Notes
	chinese, english string
}{
	{recognize.OldForm, "15位旧号", "the old form of 15 digits"},
	{recognize.WrongCheck, "校验位不符，可能有一位写错", "the check digit is wrong, one digit may be a typing error"},
	{recognize.Reserved, "内网或文档用地址", "an address that is private or kept for documentation"},
	{recognize.Quoted, "在引号中，可能是讲解举例", "quoted, perhaps as an example"},
	{recognize.Declassified, "附近有解密说明", "it seems to be declassified"},
	{recognize.ImplausibleTerm, "保密期限超过法定上限", "the period is longer than the law allows"},
	{recognize.Imprint, "可能是内部资料性出版物的法定标注", "perhaps the lawful imprint of an internal publication"},
}

// settleFindings removes what would be said twice: where a term or a publishing
// rule reports the very span that a recogniser does, in the same category or
// in none, it speaks for both. It takes over what the recogniser knows better,
// and the graver judgement.
func settleFindings(findings []review.Finding) []review.Finding {
	type key struct {
		field string
		span  review.Span
	}
	at := map[key]int{} // recogniser's finding
	for i, f := range findings {
		if strings.HasPrefix(f.Rule, ruleRecognize) {
			at[key{f.Field, f.Span}] = i
		}
	}
	if len(at) == 0 {
		return findings
	}
	said := map[int]bool{}
	for i := range findings {
		f := &findings[i]
		k, ok := at[key{f.Field, f.Span}]
		if !ok || k == i || f.Line == 0 || f.Rule == ruleSemantic {
			continue
		}
		g := &findings[k]
		if strings.HasPrefix(f.Rule, ruleRecognize) || f.Category != "" && f.Category != g.Category {
			continue
		}
		said[k] = true
		f.Category, f.Label = g.Category, cmp.Or(f.Label, g.Label)
		f.Text, f.Suggestion = g.Text, cmp.Or(f.Suggestion, g.Suggestion)
		f.Severity, f.Action = max(f.Severity, g.Severity), max(f.Action, g.Action)
		if f.Rule != ruleTerm {
			f.Channels, f.Confidence = g.Channels, min(f.Confidence, g.Confidence)
		}
	}
	kept := findings[:0]
	for i, f := range findings {
		if !said[i] {
			kept = append(kept, f)
		}
	}
	return kept
}

// A secret is a datum that a report must not repeat.
type secret struct {
	span  review.Span
	shown string // as long as the span
}

// secrets are the data of a document by field.
type secrets map[string][]secret

func (s secrets) add(field string, span review.Span, kind recognize.Kind, text string) {
	if kind.Info().Masked {
		s[field] = append(s[field], secret{span, recognize.Mask(kind, text)})
	}
}

// hide replaces the data in the texts of a report that overlap them.
func (s secrets) hide(r *Report) {
	for _, list := range s {
		slices.SortFunc(list, func(a, b secret) int { return cmp.Compare(a.span.Start, b.span.Start) })
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Text = s.hidden(f.Field, f.Span, f.Text)
	}
	for i := range r.Vetoed {
		v := &r.Vetoed[i]
		v.Text = s.hidden(v.Field, v.Span, v.Text)
	}
}

// maxSecret is more than a datum has bytes, with markup of some length in it.
const maxSecret = 4096

func (s secrets) hidden(field string, span review.Span, text string) string {
	list := s[field]
	if int64(len(text)) != span.End-span.Start {
		return text
	}
	i, _ := slices.BinarySearchFunc(list, span.Start-maxSecret, func(x secret, at int64) int { return cmp.Compare(x.span.Start, at) })
	var b []byte
	for ; i < len(list) && list[i].span.Start < span.End; i++ {
		x := list[i]
		from, to := max(x.span.Start, span.Start), min(x.span.End, span.End)
		if from >= to || int64(len(x.shown)) != x.span.End-x.span.Start {
			continue
		}
		if b == nil {
			b = []byte(text)
		}
		copy(b[from-span.Start:], x.shown[from-x.span.Start:to-x.span.Start])
	}
	if b == nil {
		return text
	}
	return string(b)
}
