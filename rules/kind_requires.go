package rules

import "strings"

// requiresKind: where one thing stands, another has to stand nearby.
//
//	kind: requires
//	when: [咨询电话, 联系电话]
//	need: [工作时间, 工作日]
//	within: paragraph       # sentence, document, or a number of characters
var requiresKind = ownKind{
	name: "requires", keys: []string{"when", "need", "within"}, fields: []string{"body"},
	read: func(r *reader, n *node, _ *Rule, fields []string, said message) maker {
		when, need := r.wordList(n, "when", true), r.wordList(n, "need", true)
		within := r.scope(n, "within", "paragraph")
		return func(s *setup) check {
			triggers, needed := s.words(when...), s.words(need...)
			return func(c *call) {
				c.pagesOf(fields, func(p *page) {
					there := p.words(needed)
					for _, at := range p.words(triggers) {
						if len(in(there, within.around(p, at))) == 0 {
							c.violateAt(p, at, said.with(p.text[at.start:at.end], strings.Join(need, "、"), 1))
						}
					}
				})
			}
		}
	},
}
