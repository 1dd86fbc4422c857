package rules

// existenceKind: the words must not stand in the text.
//
//	kind: existence
//	words: [内部资料, 请勿外传]
//	unless: [不属于]        # in the same sentence
var existenceKind = ownKind{
	name: "existence", keys: []string{"words", "unless"}, fields: drafts,
	read: func(r *reader, n *node, _ *Rule, fields []string, said message) maker {
		words, unless := r.wordList(n, "words", true), r.wordList(n, "unless", false)
		return func(s *setup) check {
			listed, excused := s.words(words...), s.words(unless...)
			return func(c *call) {
				c.pagesOf(fields, func(p *page) {
					for _, at := range p.words(listed) {
						if len(in(p.words(excused), p.sentence(at.start))) == 0 {
							word := p.text[at.start:at.end]
							c.violateAt(p, at, said.with(word, "", 1))
						}
					}
				})
			}
		}
	},
}
