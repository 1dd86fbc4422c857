package shenjiao

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/text"
)

// ruleTerm is the rule of findings that come from a lexicon.
const ruleTerm = "term"

// loweredKeep is the share of confidence that is left to a finding whose
// surroundings speak against it.
const loweredKeep = 0.5

// place is where a hit stands in the caller's text.
type place struct {
	field    string
	span     review.Span
	text     string // at span
	position func(offset int) text.Position
}

// add turns a judged hit into a finding or a vetoed candidate of the report,
// and returns the finding.
func (s *Scanner) add(r *Report, h *lexicon.Hit, at place) *review.Finding {
	if !s.opts.wants(string(h.Entry.Category)) {
		return nil
	}
	confidence := h.Channels.Confidence()
	if h.Reason != "" {
		confidence *= loweredKeep
	}
	reason := h.Reason
	vetoed := h.Vetoed()
	if !vetoed && confidence < s.opts.MinConfidence {
		vetoed, reason = true, review.VetoConfidence
	}
	if vetoed {
		if s.keepsVetoed() {
			r.Vetoed = append(r.Vetoed, review.Vetoed{
				Term: h.Entry.Term, Category: string(h.Entry.Category), Pack: h.Pack.ID,
				Field: at.field, Span: at.span, Text: strings.Clone(at.text), Reason: reason, Words: cloned(h.Words),
			})
		}
		return nil
	}
	from, to := at.position(int(at.span.Start)), at.position(int(at.span.End))
	r.Findings = append(r.Findings, review.Finding{
		Rule:        ruleTerm,
		Category:    string(h.Entry.Category),
		Label:       h.Entry.Label,
		Severity:    h.Severity,
		Action:      h.Action,
		Confidence:  review.Confidence(confidence),
		Field:       at.field,
		Span:        at.span,
		Runes:       review.Span{Start: int64(from.Rune), End: int64(to.Rune)},
		UTF16:       review.Span{Start: int64(from.UTF16), End: int64(to.UTF16)},
		Line:        from.Line,
		Column:      from.Column,
		Text:        strings.Clone(at.text),
		Term:        h.Entry.Term,
		Pack:        h.Pack.ID,
		Channels:    h.Channels.Names(),
		Message:     message(h, s.opts.Language),
		Suggestion:  h.Entry.Suggest,
		Basis:       h.Entry.Basis,
		Fingerprint: fingerprint(h, at.field),
	})
	return &r.Findings[len(r.Findings)-1]
}

// cloned returns copies of strings that may be parts of a draft.
func cloned(list []string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.Clone(s)
	}
	return out
}

// contextRunes is how much of the text on each side goes into a fingerprint.
const contextRunes = 8

// fingerprint identifies a finding in later versions of a draft: by the rule,
// the term and the words around it in its paragraph, but not by where it
// stands. Other paragraphs may change, white space and markup, and anything
// that folds away.
func fingerprint(h *lexicon.Hit, field string) string {
	return digest(
		ruleTerm, string(h.Entry.Category), matcher.Fold(h.Entry.Term, matcher.DefaultChannels), field,
		lastRunes(essence(lastParagraph(h.Before)), contextRunes), firstRunes(essence(firstParagraph(h.After)), contextRunes),
	)
}

func lastParagraph(s string) string { return s[strings.LastIndex(s, "\n\n")+1:] }

func firstParagraph(s string) string {
	first, _, _ := strings.Cut(s, "\n\n")
	return first
}

// digest is a fingerprint of its parts.
func digest(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		sum.Write(append([]byte(part), 0))
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// essence is s without what editors change in passing.
func essence(s string) string {
	return strings.Join(strings.Fields(matcher.Fold(s, matcher.DefaultChannels)), "")
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

func firstRunes(s string, n int) string {
	r := []rune(s)
	return string(r[:min(len(r), n)])
}

// nameFindings gives every finding an id that is unique in the report and
// stays the same while its fingerprint does.
func nameFindings(findings []review.Finding) {
	seen := map[string]int{}
	for i := range findings {
		f := &findings[i]
		f.ID = f.Fingerprint[:12]
		if seen[f.ID]++; seen[f.ID] > 1 {
			f.ID = fmt.Sprintf("%s-%d", f.ID, seen[f.ID])
		}
	}
}

// lowered says why a finding is only a note.
var lowered = map[review.VetoReason]string{
	review.VetoSegmentation: "可能是“%s”的一部分",
	review.VetoPublicity:    "同句有“%s”，可能是宣传提示",
	review.VetoHistory:      "同句有“%s”，可能指当时的名称",
	review.VetoTeaching:     "同句有“%s”，可能是讲解举例",
}

var loweredEnglish = map[review.VetoReason]string{
	review.VetoSegmentation: "perhaps part of %q",
	review.VetoPublicity:    "%q in the sentence may be a warning against it",
	review.VetoHistory:      "%q in the sentence may speak of that time",
	review.VetoTeaching:     "%q in the sentence may explain it",
}

// message says to an editor what is wrong.
func message(h *lexicon.Hit, lang Language) string {
	if lang == English {
		return messageEnglish(h)
	}
	kind := string(h.Entry.Category)
	if info, ok := h.Entry.Category.Info(); ok {
		kind = info.Title
		if l, ok := info.Label(h.Entry.Label); ok {
			kind += "·" + l.Title
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s：“%s”", kind, h.Entry.Term)
	if h.Entry.Suggest != "" {
		fmt.Fprintf(&b, "建议改为“%s”", h.Entry.Suggest)
	}
	if h.Entry.Note != "" {
		fmt.Fprintf(&b, "，%s", h.Entry.Note)
	}
	if names := channelTitles(h.Channels); names != "" {
		fmt.Fprintf(&b, "（写法经%s变形）", names)
	}
	if h.Reason != "" {
		fmt.Fprintf(&b, "（"+lowered[h.Reason]+"，仅供参考）", strings.Join(h.Words, " "))
	}
	return b.String()
}

func messageEnglish(h *lexicon.Hit) string {
	kind := string(h.Entry.Category)
	if info, ok := h.Entry.Category.Info(); ok {
		kind = info.English
	}
	if h.Entry.Label != "" {
		kind += " (" + h.Entry.Label + ")"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %q", kind, h.Entry.Term)
	if h.Entry.Suggest != "" {
		fmt.Fprintf(&b, ", write %q", h.Entry.Suggest)
	}
	if h.Entry.Note != "" {
		fmt.Fprintf(&b, "; %s", h.Entry.Note)
	}
	if h.Channels != 0 {
		fmt.Fprintf(&b, "; recognised through %s", strings.Join(h.Channels.Names(), ", "))
	}
	if h.Reason != "" {
		fmt.Fprintf(&b, "; only a note: "+loweredEnglish[h.Reason], strings.Join(h.Words, " "))
	}
	return b.String()
}

// channelTitles lists the channels in Chinese, without those that are mere
// spelling.
func channelTitles(set matcher.ChannelSet) string {
	var titles []string
	for _, info := range matcher.Channels() {
		if set.Has(info.Channel) && info.Channel != matcher.Case {
			titles = append(titles, info.Title)
		}
	}
	return strings.Join(titles, "、")
}
