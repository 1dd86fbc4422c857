package shenjiao

import (
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/text"
)

// Explain says, a line a step, how the text of a finding of s became its term: which
// markup and codes were undone, which characters stand for which others, and what
// was read past. It is in Chinese, and nil for a finding that is no term or is written
// as the term.
func (s *Scanner) Explain(f *Finding) []string { return s.explain(f, &explainChinese) }

// ExplainEnglish is [Scanner.Explain] in English.
func (s *Scanner) ExplainEnglish(f *Finding) []string { return s.explain(f, &explainEnglish) }

// explaining is how steps are said in a language. The formats take what stands there,
// what it stands for, and the channels.
type explaining struct {
	step, standsFor, is, skipped, together, comma string

	title func(matcher.Channel) string
}

var (
	explainChinese = explaining{
		step: "%s → %s（%s）", standsFor: "“%s”代“%s”（%s）", is: "“%s”即“%s”（%s）", skipped: "略过%s", together: "合起来是“%s”", comma: "、",
		title: func(c matcher.Channel) string { return matcher.Channels()[c].Title },
	}
	explainEnglish = explaining{
		step: "%s → %s (%s)", standsFor: "%q stands for %q (%s)", is: "%q is %q (%s)", skipped: "skipped: %s", together: "together: %q", comma: ", ",
		title: func(c matcher.Channel) string { return strings.ReplaceAll(c.String(), "_", " ") },
	}
)

// titles lists channels, without the case of letters.
func (e *explaining) titles(set matcher.ChannelSet) string {
	var titles []string
	for _, info := range matcher.Channels() {
		if set.Has(info.Channel) && info.Channel != matcher.Case {
			titles = append(titles, e.title(info.Channel))
		}
	}
	return strings.Join(titles, e.comma)
}

func (s *Scanner) explain(f *Finding, say *explaining) (lines []string) {
	if f.Rule != ruleTerm || len(f.Channels) == 0 {
		return nil
	}
	var set matcher.ChannelSet
	for _, name := range f.Channels {
		if c, ok := matcher.ParseChannel(name); ok {
			set = set.With(c)
		}
	}
	now := f.Text
	step := func(next, how string) {
		if next != now {
			lines = append(lines, fmt.Sprintf(say.step, now, next, how))
			now = next
		}
	}
	if set.Has(matcher.Markup) || set.Has(matcher.Encoded) {
		title := say.title(matcher.Markup)
		if !set.Has(matcher.Markup) {
			title = say.title(matcher.Encoded)
		} else if set.Has(matcher.Encoded) {
			title += say.comma + say.title(matcher.Encoded)
		}
		for _, format := range []text.Format{text.Plain, text.HTML, text.Markdown} {
			if v := text.Extract(f.Text, format).Text(); v != f.Text {
				step(v, title)
				break
			}
		}
	}
	if set&matcher.Disguises != 0 {
		for _, x := range s.lexicon.Steps(f.Pack, f.Term, now) {
			piece := now[x.Start:x.End]
			switch {
			case x.Channels&matcher.Disguises != 0:
				lines = append(lines, fmt.Sprintf(say.standsFor, piece, x.Text, say.titles(x.Channels)))
			case x.Channels != 0:
				lines = append(lines, fmt.Sprintf(say.is, piece, x.Text, say.titles(x.Channels)))
			}
		}
		for _, c := range []matcher.Channel{matcher.Invisible, matcher.Noise} {
			if set.Has(c) {
				lines = append(lines, fmt.Sprintf(say.skipped, say.title(c)))
			}
		}
		return append(lines, fmt.Sprintf(say.together, f.Term))
	}
	for _, c := range []matcher.Channel{matcher.Annotation, matcher.Invisible, matcher.Noise} {
		if set.Has(c) {
			step(without(now, c), say.title(c))
		}
	}
	for _, c := range []matcher.Channel{matcher.Width, matcher.Styled, matcher.Confusable, matcher.Case, matcher.Traditional} {
		if set.Has(c) {
			step(matcher.Fold(now, matcher.Set(c)), say.title(c))
		}
	}
	var rest []string
	for _, c := range []matcher.Channel{matcher.Width, matcher.Styled, matcher.Confusable, matcher.Case, matcher.Traditional, matcher.Numeral, matcher.Repeat} {
		if set.Has(c) {
			rest = append(rest, say.title(c))
		}
	}
	step(f.Term, strings.Join(rest, say.comma))
	return lines
}

// without returns s without what the channel reads past.
func without(s string, c matcher.Channel) string {
	if c == matcher.Annotation {
		for {
			i := strings.IndexAny(s, "(（")
			k := strings.IndexAny(s, ")）")
			if i < 0 || k < i {
				return s
			}
			s = s[:i] + strings.TrimLeft(s[k:], ")）")
		}
	}
	return strings.Map(func(r rune) rune {
		class := tables.ClassOf(r)
		if c == matcher.Invisible && class == tables.Invisible || c == matcher.Noise && class >= tables.Blank && class != tables.Invisible {
			return -1
		}
		return r
	}, s)
}
