package rules

import (
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

var documentChecks = map[string]maker{
	"draft.no-personal-contact":  noPersonalContact,
	"doc.number-format":          numberFormat,
	"doc.attachment-consistency": attachmentConsistency,
	"doc.deadline-after-publish": deadlineAfterPublish,
	"doc.text-damage":            textDamage,
	"meta.genre":                 genre,
}

func noPersonalContact(s *setup) check {
	grave := recognize.Set(recognize.ResidentID, recognize.BankCard, recognize.Passport, recognize.Permit)
	personal := grave.With(recognize.Mobile).With(recognize.Email).With(recognize.QQ).With(recognize.WeChat)
	open := recognize.Set(recognize.Landline, recognize.Hotline)
	kinds := personal | open
	domains := s.lists.domains
	return func(c *call) {
		for _, p := range c.published() {
			for _, s := range p.recognised(kinds) {
				if s.Notes.Has(recognize.Allowed) {
					continue
				}
				if s.Kind == recognize.Email {
					_, domain, _ := strings.Cut(strings.ToLower(s.Value), "@")
					if slices.ContainsFunc(domains, func(d string) bool { return under(domain, d) }) {
						continue
					}
				}
				at := p.folded(int(s.Start), int(s.End))
				info := s.Kind.Info()
				kind := c.say(words{info.Title, info.English})
				switch {
				case open.Has(s.Kind):
					c.noteAt(p, at, words{"%s %s不在公开联系方式名单中，请核对", "the %s %s is not among the published contacts"}, kind, s.Masked())
				case s.Confidence < recognize.Weak:
					c.noteAt(p, at, words{"%s 可能是%s，请核对", "%s may be a %s"}, s.Masked(), kind)
				default:
					m := c.violateAt(p, at, words{"正文公开了%s %s", "the text publishes a %s, %s"}, kind, s.Masked())
					if grave.Has(s.Kind) {
						m.raise(review.SeverityError)
					}
				}
			}
		}
		if c.Body == nil {
			c.miss("body")
		}
	}
}

func numberFormat(s *setup) check {
	small := s.params.bool("accept_small_tortoise")
	faults := []struct {
		note  recognize.Notes
		words words
	}{
		{recognize.BracketFault, words{"年份应当用六角括号〔〕", "the year belongs in 〔〕"}},
		{recognize.YearFault, words{"年份应当写全四位", "the year has four digits"}},
		{recognize.OrdinalFault, words{"序号前不加“第”", "no 第 before the serial number"}},
		{recognize.ZeroFault, words{"序号不编虚位", "no zeros before the serial number"}},
		{recognize.NumberFault, words{"缺“号”字", "号 is missing"}},
	}
	return func(c *call) {
		for _, p := range []*page{c.title(), c.body()} {
			if p == nil {
				continue
			}
			for _, s := range p.recognised(recognize.Set(recognize.DocumentNumber)) {
				if small && s.Notes.Has(recognize.SmallBracketFault) {
					s.Notes &^= recognize.BracketFault | recognize.SmallBracketFault
				}
				var what []string
				for _, f := range faults {
					if s.Notes.Has(f.note) {
						what = append(what, c.say(f.words))
					}
				}
				if len(what) == 0 {
					continue
				}
				at := p.folded(int(s.Start), int(s.End))
				w := words{"发文字号不合格式：%s", "the form of the document number: %s"}
				args := strings.Join(what, c.say(words{"，", ", "}))
				if p.quoted(at) {
					c.noteAt(p, at, w, args).suggest(s.Value)
				} else {
					c.violateAt(p, at, w, args).suggest(s.Value)
				}
			}
		}
		if c.Body == nil {
			c.miss("body")
		}
	}
}

// quoted reports whether a quotation begins before s in its sentence and does
// not end there.
func (p *page) quoted(s span) bool {
	before := p.text[p.sentence(s.start).start:s.start]
	return strings.LastIndexAny(before, "“「『") > strings.LastIndexAny(before, "”」』")
}

func genre(s *setup) check {
	allowed := s.params.strings("allowed")
	return func(c *call) {
		if g, ok := need(c, orEmpty(c.Meta).Genre, "meta.genre"); ok && !slices.Contains(allowed, string(g)) {
			c.violate("meta.genre", words{"体裁“%s”不在%s之中", "genre %q is not among %s"}, g, strings.Join(allowed, ", "))
		}
	}
}
