package rules

import (
	"slices"
	"strings"
)

// substitutionKind: a wrong form, unless it stands within its right form.
//
//	kind: substitution
//	swap: {云州总工会: 云州市总工会, 登陆系统: 登录系统}
var substitutionKind = ownKind{
	name: "substitution", keys: []string{"swap"}, fields: drafts,
	read: func(r *reader, n *node, _ *Rule, fields []string, said message) maker {
		swap := map[string]string{} // by folded wrong form
		var wrong, right []string
		list := n.get("swap")
		switch {
		case list == nil:
			r.errorf(n, "swap is missing, want wrong: right")
		case list.kind != kindMap || len(list.fields) == 0:
			r.errorf(list, "swap is %s, want wrong: right", list.kind)
		default:
			for i := range list.fields {
				f := &list.fields[i]
				to := r.str(list, &f.node, "right form")
				if fold(to) == fold(f.key.str) {
					r.errorf(&f.key, "%q and %q are the same in every width, case and script", f.key.str, to)
				}
				swap[fold(strings.TrimSpace(f.key.str))] = to
				wrong, right = append(wrong, f.key.str), append(right, to)
			}
		}
		return func(s *setup) check {
			listed, correct := s.words(wrong...), s.words(right...)
			return func(c *call) {
				c.pagesOf(fields, func(p *page) {
					allowed := p.words(correct)
					for _, at := range p.words(listed) {
						if slices.ContainsFunc(allowed, func(a span) bool { return a.start <= at.start && at.end <= a.end }) {
							continue
						}
						word := p.text[at.start:at.end]
						c.violateAt(p, at, said.with(word, swap[word], 1)).suggest(swap[word])
					}
				})
			}
		}
	},
}
