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
func (s *Scanner) Explain(f *Finding) (lines []string) {
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
			lines = append(lines, fmt.Sprintf("%s → %s（%s）", now, next, how))
			now = next
		}
	}
	if set.Has(matcher.Markup) || set.Has(matcher.Encoded) {
		title := titleOf(matcher.Markup)
		if !set.Has(matcher.Markup) {
			title = titleOf(matcher.Encoded)
		} else if set.Has(matcher.Encoded) {
			title += "、" + titleOf(matcher.Encoded)
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
				lines = append(lines, fmt.Sprintf("“%s”代“%s”（%s）", piece, x.Text, channelTitles(x.Channels)))
			case x.Channels != 0:
				lines = append(lines, fmt.Sprintf("“%s”即“%s”（%s）", piece, x.Text, channelTitles(x.Channels)))
			}
		}
		for _, c := range []matcher.Channel{matcher.Invisible, matcher.Noise} {
			if set.Has(c) {
				lines = append(lines, "略过"+titleOf(c))
			}
		}
		return append(lines, fmt.Sprintf("合起来是“%s”", f.Term))
	}
	for _, c := range []matcher.Channel{matcher.Annotation, matcher.Invisible, matcher.Noise} {
		if set.Has(c) {
			step(without(now, c), titleOf(c))
		}
	}
	for _, c := range []matcher.Channel{matcher.Width, matcher.Styled, matcher.Confusable, matcher.Case, matcher.Traditional} {
		if set.Has(c) {
			step(matcher.Fold(now, matcher.Set(c)), titleOf(c))
		}
	}
	var rest []string
	for _, c := range []matcher.Channel{matcher.Width, matcher.Styled, matcher.Confusable, matcher.Case, matcher.Traditional, matcher.Numeral, matcher.Repeat} {
		if set.Has(c) {
			rest = append(rest, titleOf(c))
		}
	}
	step(f.Term, strings.Join(rest, "、"))
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

func titleOf(c matcher.Channel) string { return matcher.Channels()[c].Title }
