package rules

import (
	"path"
	"strings"
	"unicode"
)

// An annex is one entry of the list of attachments in a body (附件说明), or one
// heading of an attachment that stands in the body itself.
type annex struct {
	number int // 0: none was given
	title  string
	at     span
}

// maxAnnexes is how many attachments are looked at: their numbers have two
// digits.
const maxAnnexes = 200

// maxHeading is how many characters the heading of an attachment may have; a
// longer line is a sentence.
const maxHeading = 40

// annexes reads the list of attachments and the headings of those that follow
// in the body:
//
//	附件：1.申请表
//	      2.流程图
//	……
//	附件1
//	申请表
//
// Lines 附件1：申请表 that follow each other are a list too.
func annexes(p *page) (list, headings []annex) {
	if !strings.Contains(p.text, "附件") {
		return nil, nil
	}
	lines := p.lines()
	open := false // the line before belongs to the list
	for i, l := range lines {
		text := p.text[l.start:l.end]
		body := strings.TrimLeft(text, " \t\u3000")
		at := l.start + len(text) - len(body)
		if open {
			if items := numbered(body, at); len(items) > 0 && items[0].at.start == at && len(list) <= maxAnnexes {
				list = append(list, items...)
				continue
			}
			if strings.TrimSpace(body) == "" && len(list) == 0 {
				continue
			}
			open = false
		}
		rest, ok := strings.CutPrefix(body, "附件")
		if !ok || len(list)+len(headings) > maxAnnexes {
			continue
		}
		number, digits := leadingNumber(rest)
		rest = rest[digits:]
		after := strings.TrimLeft(rest, " \t\u3000")
		title, colon := strings.CutPrefix(after, ":")
		title = strings.TrimSpace(title)
		start := at + len(body) - len(strings.TrimLeft(strings.TrimPrefix(after, ":"), " \t\u3000"))
		switch {
		case number == 0 && colon && len(list) == 0: // the list
			items := numbered(title, start)
			if len(items) == 0 && title != "" {
				items = []annex{{0, title, span{start, start + len(title)}}}
			}
			list, open = append(list, items...), true
		case number > 0 && colon && title != "" && listing(lines[max(0, i-1)], l, p, i > 0) && len(headings) == 0:
			list = append(list, annex{number, title, span{at, at + len(strings.TrimRight(body, " \t\u3000\r"))}})
		case runeCount(body) <= maxHeading && (number > 0 || strings.TrimSpace(rest) == "") && !strings.ContainsAny(title, "。;"):
			if title == "" && i+1 < len(lines) {
				next := strings.TrimSpace(p.text[lines[i+1].start:lines[i+1].end])
				if runeCount(next) <= maxHeading {
					title = next
				}
			}
			headings = append(headings, annex{number, title, span{at, at + len(strings.TrimRight(body, " \t\u3000\r"))}})
		}
	}
	return list, headings
}

// listing reports whether a line 附件N：… stands in a row of such lines, or is
// the last line of the page.
func listing(before, l span, p *page, hasBefore bool) bool {
	marked := func(s string) bool { return strings.HasPrefix(strings.TrimLeft(s, " \t\u3000"), "附件") }
	if hasBefore && marked(p.text[before.start:before.end]) {
		return true
	}
	next := strings.TrimPrefix(p.text[l.end:], "\n")
	return strings.TrimSpace(next) == "" || marked(next)
}

// leadingNumber returns the number at the beginning of s, in digits or in
// Chinese up to 十九, and its length.
func leadingNumber(s string) (number, length int) {
	for length < len(s) && length < 2 && s[length] >= '0' && s[length] <= '9' {
		number = number*10 + int(s[length]-'0')
		length++
	}
	if length > 0 {
		return number, length
	}
	const numerals = "一二三四五六七八九"
	rest := s
	if after, ok := strings.CutPrefix(rest, "十"); ok {
		number, rest = 10, after
	}
	if i := strings.IndexRune(numerals, firstRune(rest)); i >= 0 && rest != "" {
		number += i/len("一") + 1
		rest = rest[len("一"):]
	}
	return number, len(s) - len(rest)
}

// numbered reads "1.申请表 2.流程图"; at is the offset of s in the page.
func numbered(s string, at int) []annex {
	var items []annex
	for i := 0; i < len(s); {
		n, digits := leadingNumber(s[i:])
		end := i + digits
		stop := firstRune(s[min(end, len(s)):])
		atStart := i == 0 || strings.ContainsRune(" \t\u3000;,", rune(s[i-1])) || strings.HasSuffix(s[:i], "\u3000") || strings.HasSuffix(s[:i], "。")
		if digits > 0 && (stop == '.' || stop == '、' || stop == ':') && end < len(s) && atStart &&
			!(stop == '.' && end+1 < len(s) && unicode.IsDigit(firstRune(s[end+1:]))) {
			if len(items) > 0 {
				items[len(items)-1].close(s, i, at)
			}
			end += len(string(stop))
			items = append(items, annex{number: n, at: span{at + i, 0}, title: s[end:]})
			i = end
			continue
		}
		size := len(string(firstRune(s[i:])))
		i += max(1, size, digits)
	}
	if len(items) > 0 {
		items[len(items)-1].close(s, len(s), at)
	}
	return items
}

// close ends the item at offset end of s.
func (a *annex) close(s string, end, at int) {
	start := len(s) - len(a.title)
	title := strings.TrimRight(s[start:end], " \t\u3000\r;,。")
	a.title = strings.TrimSpace(title)
	a.at.end = at + start + len(title)
}

// annexTitle is a title of an attachment as titles are compared.
func annexTitle(s string) string {
	s = fold(s)
	if ext := path.Ext(s); len(ext) > 1 && len(ext) <= 6 {
		s = strings.TrimSuffix(s, ext)
	}
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "附件"); ok {
		_, n := leadingNumber(rest)
		s = rest[n:]
	}
	if _, n := leadingNumber(s); n > 0 && strings.ContainsAny(firstRunes(s[n:], 1), ".、:-_ ") {
		s = s[n:]
	}
	return NormalizeTitle(strings.TrimLeft(s, ".、:-_— \u3000"))
}

// annexNumber is the number in the name of a file, 0 for none.
func annexNumber(name string) int {
	rest, _ := strings.CutPrefix(strings.TrimSpace(fold(name)), "附件")
	n, digits := leadingNumber(rest)
	if digits > 0 && (rest != fold(name) || strings.ContainsAny(firstRunes(rest[digits:], 1), ".、:-_ ")) {
		return n
	}
	return 0
}

// sameAnnex reports whether titles name one attachment: one may be longer, as
// the title over a form often is.
func sameAnnex(a, b string) bool {
	a, b = annexTitle(a), annexTitle(b)
	return a == b || a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

func attachmentConsistency(*setup) check {
	return func(c *call) {
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		list, headings := annexes(p)
		for i, a := range list {
			switch want := i + 1; {
			case a.number == want, a.number == 0 && len(list) == 1:
			default:
				c.violateAt(p, a.at, words{"附件序号应当是%d，现为%d", "the number of the attachment is %[2]d, want %[1]d"}, want, a.number)
			}
			if !c.hasAnnex(a, headings) {
				if c.Attachments == nil && len(headings) == 0 {
					c.miss("attachments")
					continue
				}
				c.violateAt(p, a.at, words{"列出的附件“%s”没有对应的文件或正文", "the attachment %q that is listed is not there"}, p.shown(a))
			}
		}
		for _, h := range headings {
			if len(list) > 0 && !listed(list, h.number, h.title) {
				c.violateAt(p, h.at, words{"正文中的附件没有列入附件说明", "an attachment in the body is not listed"})
			}
		}
		for i, a := range c.Attachments {
			if a.Name != nil && !listed(list, annexNumber(*a.Name), *a.Name) && !listed(headings, annexNumber(*a.Name), *a.Name) {
				c.violate(indexed("attachments", i, "name"), words{"附件没有列入正文的附件说明", "the attachment is not listed in the body"})
			}
		}
	}
}

// shown is the title of a listed attachment as it is written.
func (p *page) shown(a annex) string { return p.original(a.at) }

// hasAnnex reports whether a listed attachment is there: in the body under a
// heading, or as a file.
func (c *call) hasAnnex(a annex, headings []annex) bool {
	for _, h := range headings {
		if h.number == a.number || h.number == 0 || a.number == 0 {
			if h.title == "" || sameAnnex(h.title, a.title) {
				return true
			}
		}
	}
	for _, f := range c.Attachments {
		if f.Name == nil {
			continue
		}
		if sameAnnex(*f.Name, a.title) || annexTitle(*f.Name) == "" && annexNumber(*f.Name) == a.number {
			return true
		}
	}
	return false
}

// listed reports whether an attachment is in the list, by its title or, if it
// has none, by its number.
func listed(list []annex, number int, title string) bool {
	bare := annexTitle(title) == ""
	for _, a := range list {
		if bare && (number == a.number || len(list) == 1) || !bare && sameAnnex(a.title, title) {
			return true
		}
	}
	return false
}
