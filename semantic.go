package shenjiao

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/semantic"
)

// ruleSemantic is the rule of findings of the semantic model.
const ruleSemantic = "semantic"

// readModel returns the model of the last pack that has one, nil if none has.
// Packs before own are ours.
func readModel(packs []*lexicon.Files, own int) (*semantic.Model, error) {
	for i, f := range slices.Backward(packs) {
		if !f.Has(lexicon.ModelFile) {
			continue
		}
		data, err := fs.ReadFile(f, lexicon.ModelFile)
		if err == nil {
			var m *semantic.Model
			if m, err = semantic.Read(data); err == nil {
				return m, nil
			}
		}
		err = fmt.Errorf("%s: %w", lexicon.ModelFile, err)
		if i < own {
			return nil, fmt.Errorf("shenjiao: starter pack: %w", err)
		}
		return nil, &PackError{i - own, err}
	}
	return nil, nil
}

// A spoken says which findings of a field already tell what a semantic finding
// would: those of its category, that an editor has to look at, and that end in
// its window. Offsets are those of the caller's text.
type spoken map[string][]int64 // category -> ends, ascending

func (s spoken) hear(f *review.Finding) {
	if f.Action >= review.ActionReview && f.Category != "" && f.Line > 0 {
		s[f.Category] = append(s[f.Category], f.Span.End)
	}
}

func (s spoken) sort() {
	for _, ends := range s {
		slices.Sort(ends)
	}
}

func (s spoken) within(category string, span review.Span) bool {
	ends := s[category]
	i, _ := slices.BinarySearch(ends, span.Start+1)
	return i < len(ends) && ends[i] <= span.End
}

// judging is what the model does with a field.
type judging struct {
	cut    *semantic.Cut
	signal func() // gives cut the signals; who judges first does
	bytes  int
	said   spoken
	at     func(start, end int64) place // of visible bytes
	judged [][]semantic.Judgement
}

// work appends what there is to do, and returns in how many parts. A nil judging is
// nothing.
func (j *judging) work(dst *[]func(), c *crew) int {
	if j == nil {
		return 0
	}
	ends := partsOf(j.bytes, c)
	j.judged = make([][]semantic.Judgement, len(ends))
	from := 0
	for i, end := range ends {
		first, last := from, int(int64(j.cut.Len())*int64(end)/int64(max(1, j.bytes)))
		*dst = append(*dst, func() {
			j.signal()
			j.judged[i] = j.cut.Judge(first, last)
		})
		from = last
	}
	return len(ends)
}

// meanings returns the findings of what was judged. They are added to a report
// last, so that they change nothing.
func (s *Scanner) meanings(j *judging) (list []review.Finding) {
	if j == nil {
		return nil
	}
	for _, part := range j.judged {
		for i := range part {
			f, ok := s.meaning(&part[i], j.at(part[i].Start, part[i].End))
			if ok && !j.said.within(f.Category, f.Span) {
				list = append(list, f)
			}
		}
	}
	return list
}

// meaning returns the finding of a judgement; none if its confidence is too
// low or its category not wanted. It does not hold the fields that the end of a scan gives.
func (s *Scanner) meaning(j *semantic.Judgement, at place) (review.Finding, bool) {
	if j.Confidence < s.opts.MinConfidence || !s.opts.wants(j.Category) {
		return review.Finding{}, false
	}
	from, to := at.position(int(at.span.Start)), at.position(int(at.span.End))
	evidence := make([]string, len(j.Evidence))
	for i, e := range j.Evidence {
		if evidence[i] = e.Signal; e.Signal == "" {
			evidence[i] = "“" + e.Text + "”"
		}
	}
	return review.Finding{
		Rule:        ruleSemantic,
		Category:    j.Category,
		Severity:    review.SeverityWarning,
		Action:      review.ActionReview,
		Confidence:  review.Confidence(j.Confidence),
		Field:       at.field,
		Span:        at.span,
		Runes:       review.Span{Start: int64(from.Rune), End: int64(to.Rune)},
		UTF16:       review.Span{Start: int64(from.UTF16), End: int64(to.UTF16)},
		Line:        from.Line,
		Column:      from.Column,
		Text:        strings.Clone(at.text),
		Evidence:    evidence,
		Message:     s.meaningMessage(j, evidence),
		Fingerprint: digest(ruleSemantic, j.Category, at.field, j.Folded),
	}, true
}

// meaningMessage says to an editor what the text may mean, and why.
func (s *Scanner) meaningMessage(j *semantic.Judgement, evidence []string) string {
	info, _ := lexicon.Category(j.Category).Info()
	if s.opts.Language == English {
		kind := info.English
		if kind == "" {
			kind = j.Category
		}
		if len(evidence) == 0 {
			return fmt.Sprintf("%s: the passage as a whole may mean this, please read it", kind)
		}
		return fmt.Sprintf("%s: the passage as a whole may mean this, please read it; what weighed most: %s", kind, strings.Join(evidence, ", "))
	}
	kind := lexicon.Category(j.Category).Title()
	if len(evidence) == 0 {
		return fmt.Sprintf("%s：从整段意思看可能涉及，请人工判断", kind)
	}
	return fmt.Sprintf("%s：从整段意思看可能涉及，请人工判断（主要依据：%s）", kind, strings.Join(evidence, "、"))
}
