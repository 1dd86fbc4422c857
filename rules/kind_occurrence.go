package rules

import "strings"

// occurrenceKind: how often words stand in the text, or in each of its
// paragraphs.
//
//	kind: occurrence
//	words: [！]
//	max: 3
//	min: 0
//	per: document          # or paragraph
var occurrenceKind = ownKind{
	name: "occurrence", keys: []string{"words", "min", "max", "per"}, fields: []string{"body"},
	read: func(r *reader, n *node, _ *Rule, fields []string, said message) maker {
		words := r.wordList(n, "words", true)
		bound := func(key string, otherwise int) int {
			v := n.get(key)
			if v == nil {
				return otherwise
			}
			if v.kind != kindNumber || !v.integer || v.num < 0 {
				r.errorf(v, "%s is %s, want a whole number", key, describe(v))
				return otherwise
			}
			return int(v.num)
		}
		const none = 1 << 30
		least, most := bound("min", 0), bound("max", none)
		if least > most || least == 0 && most == none {
			r.errorf(n, "min and max allow %s, so the rule can never fire: want min from 1, or a max", map[bool]string{true: "nothing", false: "any number"}[least > most])
		}
		per := r.scope(n, "per", "document")
		if per.name == "" || per.name == "sentence" {
			r.errorf(n, "per is a part that is not counted in, want document or paragraph")
		}
		return func(s *setup) check {
			listed := s.words(words...)
			return func(c *call) {
				c.pagesOf(fields, func(p *page) {
					found := p.words(listed)
					for _, part := range parts(p, per) {
						here := in(found, part)
						switch n := len(here); {
						case n > most:
							c.violateAt(p, here[most], said.with(p.text[here[most].start:here[most].end], "", n))
						case n < least:
							c.violateAt(p, part, said.with(strings.Join(words, "、"), "", n))
						}
					}
				})
			}
		}
	},
}

// parts are the paragraphs of a page that hold text, or all of it.
func parts(p *page, per scope) []span {
	if per.name != "paragraph" {
		return []span{p.whole()}
	}
	var out []span
	start := 0
	for line := range strings.SplitAfterSeq(p.text, "\n") {
		if strings.TrimSpace(line) != "" {
			out = append(out, span{start, start + len(strings.TrimRight(line, "\n"))})
		}
		start += len(line)
	}
	return out
}
