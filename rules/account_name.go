package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/review"
)

func (c *call) accountName() (*page, bool) {
	p := c.page("account.name", orEmpty(c.Account).Name)
	if p == nil {
		c.miss("account.name")
	}
	return p, p != nil
}

func nameLength(s *setup) check {
	least, most := s.params.int("min"), s.params.int("max")
	return func(c *call) {
		p, ok := c.accountName()
		if !ok {
			return
		}
		if n := lengthIn(unitWeighted, p.src); n < least || n > most {
			c.violateAt(p, p.whole(), words{"账号名称长%d字符（汉字计2），应为%d至%d", "the name of the account has a weight of %d (Han count 2), want %d to %d"}, n, least, most)
		}
	}
}

func nameCharset(s *setup) check {
	specials := s.params.string("specials")
	allowed := func(r rune) bool {
		plain := spelled(r)
		return unicode.Is(unicode.Han, r) || 'a' <= plain && plain <= 'z' || '0' <= plain && plain <= '9' ||
			strings.ContainsRune(specials, r) || specials != "" && strings.ContainsRune(specials, plain)
	}
	return func(c *call) {
		p, ok := c.accountName()
		if !ok {
			return
		}
		spaces := words{"账号名称的首尾不能有空格，中间不能有连续空格", "the name of the account begins or ends with a space, or has two in a row"}
		v := p.visible.Text()
		for i, r := range v {
			w := utf8.RuneLen(r)
			if r == utf8.RuneError {
				w = 1
			}
			place := p.folded(i, min(i+w, len(v)))
			switch {
			case r == ' ' && i > 0 && i+1 < len(v) && v[i+1] != ' ':
			case unicode.IsSpace(r):
				c.violateAt(p, place, spaces)
			case !allowed(r):
				c.violateAt(p, place, words{"账号名称不能使用“%c”", "the name of the account cannot have %q"}, r)
			}
		}
	}
}

// regionEndings end the full names of administrative divisions, the longer
// first.
var regionEndings = []string{
	"特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "省", "市", "区", "县", "旗", "盟", "州", "乡", "镇",
}

// shortRegion is the name of a region without its ending, if two characters
// are left: 扬州市 is 扬州, and 蓟县 stays.
func shortRegion(full string) string {
	for _, ending := range regionEndings {
		if short, ok := strings.CutSuffix(full, ending); ok && runeCount(short) >= 2 {
			return short
		}
	}
	return full
}

func nameStructure(s *setup) check {
	natures, required := s.params.strings("nature_words"), s.params.bool("nature_required")
	return func(c *call) {
		p, ok := c.accountName()
		if !ok {
			return
		}
		a := orEmpty(c.Account)
		if valueOr(a.NameAuthorised, false) || a.Level != nil && *a.Level == review.LevelCentral {
			return
		}
		var faults []words
		name := compact(p.text)
		if region, ok := need(c, a.Region, "account.region"); ok {
			if region = compact(region); region != "" && !strings.HasPrefix(name, region) && !strings.HasPrefix(name, shortRegion(region)) {
				faults = append(faults, words{"账号名称没有以行政区划“" + *a.Region + "”开头", "the name of the account does not begin with its region"})
			}
		}
		if a.OrgShort == nil {
			c.miss("account.org_short")
		} else if len(a.OrgShort) > 0 && !slices.ContainsFunc(a.OrgShort, func(short string) bool {
			short = compact(short)
			return short != "" && strings.Contains(name, short)
		}) {
			faults = append(faults, words{"账号名称没有单位简称", "the name of the account has no short name of the organisation"})
		}
		nature := slices.ContainsFunc(natures, func(word string) bool { return strings.HasSuffix(name, compact(word)) })
		if !nature && required {
			faults = append(faults, words{"账号名称没有性质标注", "the name of the account does not say what it is"})
		}
		if len(faults) > 0 {
			if _, ok := need(c, a.Level, "account.level"); !ok {
				return // a central organ may be called so
			}
		}
		for _, w := range faults {
			c.violateAt(p, p.whole(), words{strings.ReplaceAll(w.zh, "%", "%%"), w.en})
		}
		if !nature && !required && len(faults) == 0 && len(c.missing) == 0 {
			c.noteAt(p, p.whole(), words{"账号名称没有性质标注（如%s）", "the name of the account does not say what it is (such as %s)"}, natures[0])
		}
	}
}

func nameRegion(s *setup) check {
	provinces, letters := s.params.strings("provinces"), s.params.strings("province_letters")
	return func(c *call) {
		level, ok := need(c, orEmpty(c.Account).Level, "account.level")
		if !ok || level != review.LevelProvince && level != review.LevelVertical {
			return
		}
		p, ok := c.accountName()
		if !ok {
			return
		}
		contains := func(names []string) bool {
			return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(p.text, fold(n)) })
		}
		switch {
		case level == review.LevelVertical:
			if !placed(p.text) {
				c.violateAt(p, p.whole(), words{"垂直管理单位的账号名称应含地域和层级（如××市）", "the name of a vertically managed organisation's account has to have its place and level"})
			}
		case contains(provinces):
		case contains(letters):
			c.noteAt(p, p.whole(), words{"账号名称只用了省份的单字简称", "the name of the account has only the one-character name of its province"})
		default:
			c.violateAt(p, p.whole(), words{"省级部门的账号名称应含省域标识", "the name of a province's account has to have the province"})
		}
	}
}

// placed reports whether a name has a place with its 省, 市, 区, 县, 州, 盟 or
// 旗: at least one character of a place before it that is no pronoun.
func placed(name string) bool {
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && strings.ContainsRune("省市区县州盟旗", r) && !strings.ContainsRune("全本我各该每一", runes[i-1]) && unicode.Is(unicode.Han, runes[i-1]) {
			return true
		}
	}
	return false
}

func nameReserved(s *setup) check {
	reserved, exempt := s.words(s.params.strings("reserved")...), s.words(s.params.strings("exempt_names")...)
	return func(c *call) {
		p, ok := c.accountName()
		a := orEmpty(c.Account)
		if !ok || valueOr(a.NameAuthorised, false) {
			return
		}
		allowed := p.words(exempt)
		for _, at := range p.words(reserved) {
			if slices.ContainsFunc(allowed, func(e span) bool { return e.start <= at.start && at.end <= e.end }) {
				continue
			}
			level, ok := need(c, a.Level, "account.level")
			if !ok || level == review.LevelCentral {
				return
			}
			c.violateAt(p, at, words{"账号名称含保留词“%s”", "the name of the account has the reserved word %q"}, p.text[at.start:at.end])
		}
	}
}

func nameUnique(s *setup) check {
	certified := s.lists.certified
	key := func(name string) string { return compact(normalize(fold(name))) }
	return func(c *call) {
		p, ok := c.accountName()
		if certified == nil {
			c.miss("profile.lists.certified_names")
			return
		}
		if !ok {
			return
		}
		owner := compact(valueOr(orEmpty(c.Account).OrgName, ""))
		for _, other := range certified {
			if key(other.Name) == key(p.src) && (owner == "" || compact(other.Owner) != owner) {
				c.violateAt(p, p.whole(), words{"账号名称与“%s”的已认证账号重名", "the name of the account is that of a certified account of %q"}, other.Owner)
			}
		}
	}
}

func nameChanges(s *setup) check {
	most := s.params.int("per_year")
	return func(c *call) {
		list := orEmpty(c.Account).NameChanges
		if list == nil {
			c.miss("account.name_changes")
		}
		in := map[int]int{}
		for i, change := range list {
			field := indexed("account.name_changes", i, "")
			if t, ok := need(c, change.At, field+".at"); ok {
				if at, ok := moment(t); ok {
					year := at.In(beijing).Year()
					if in[year]++; in[year] == most+1 {
						c.violate(field, words{"%d年改名（含拟改）超过%d次", "the name changes more often than %[2]d times in %[1]d, planned changes included"}, year, most)
					}
				}
			}
			if valueOr(change.Status, review.NameChangeDone) != review.NameChangeDone {
				continue
			}
			if again, ok := need(c, change.Recertified, field+".recertified"); ok && !again {
				c.violate(field, words{"改名后没有重新认证", "the account was not certified again after its name changed"})
			}
		}
	}
}
