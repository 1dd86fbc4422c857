package rules

import (
	"slices"
	"strings"
	"unicode"

	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

var repostChecks = map[string]maker{
	"repost.central-title-kept":     centralTitleKept,
	"repost.original-title-missing": originalTitleMissing,
	"repost.source-declared":        sourceDeclared,
	"repost.source-traceable":       sourceTraceable,
	"repost.source-whitelisted":     sourceWhitelisted,
	"repost.political-news-license": politicalNewsLicense,
	"repost.license-badge":          licenseBadge,
}

// isRepost is the gate of the rules about reposts.
func (c *call) isRepost() (is, known bool) {
	is, known = need(c, orEmpty(c.Repost).IsRepost, "repost.is_repost")
	return is && known, known
}

// centralSource returns the central outlet that the draft was taken from. The
// host of the address stands in for a source that is not given.
func (c *call) centralSource() (unit Outlet, central, known bool) {
	r := orEmpty(c.Repost)
	switch {
	case valueOr(r.Source, "") != "":
		if strings.Contains(*r.Source, "://") {
			unit, central = c.engine.lists.central.LookupURL(*r.Source)
		} else {
			unit, central = c.engine.lists.central.Lookup(*r.Source)
		}
		return unit, central, true
	case valueOr(r.SourceURL, "") != "":
		unit, central = c.engine.lists.central.LookupURL(*r.SourceURL)
		return unit, central, true
	default:
		return Outlet{}, false, r.Source != nil || r.SourceURL != nil
	}
}

// originalTitles returns the titles that lines of the body call original.
func (c *call) originalTitles() []recognize.Span {
	p := c.body()
	if p == nil {
		return nil
	}
	return p.recognised(recognize.Set(recognize.OriginalTitle))
}

func centralTitleKept(s *setup) check {
	titles := TitleRules{
		Prefixes: s.params.strings("prefixes"), Suffixes: s.params.strings("suffixes"),
		ContainedMin: s.params.int("contained_min_chars"), NearDistance: s.params.int("near_distance"),
	}
	acceptLine := s.params.bool("accept_original_title_line")
	return func(c *call) {
		r := orEmpty(c.Repost)
		if is, known := c.isRepost(); known && !is || valueOr(r.Form, review.RepostFull) == review.RepostCompilation {
			c.missing = nil // a compilation passes, repost or not
			return
		}
		unit, central, known := c.centralSource()
		if !known {
			c.miss("repost.source")
		}
		if len(c.missing) > 0 || !central {
			return
		}
		original := valueOr(r.OriginalTitle, "")
		if original == "" { // repost.original-title-missing speaks of it
			c.miss("repost.original_title")
			return
		}
		match := TitleChanged
		p := c.title()
		if p != nil {
			match = CompareTitles(p.visible.Text(), original, titles)
		}
		if match.Kept() {
			switch match {
			case TitleScript:
				c.noteAt(p, p.whole(), words{"标题与原标题只有繁简之别", "the title is the original one in another script"})
			case TitleContained:
				c.noteAt(p, p.whole(), words{"标题在原标题“%s”之外加了字", "the title adds words to the original %q"}, original)
			}
			return
		}
		if acceptLine {
			for _, line := range c.originalTitles() {
				if CompareTitles(line.Value, original, TitleRules{}) <= TitleScript {
					body := c.body()
					c.noteAt(body, body.folded(int(line.Start), int(line.End)),
						words{"标题已改，正文注明了原标题", "the title was changed; the body gives the original one"})
					return
				}
			}
		}
		if p == nil {
			c.miss("title")
			return
		}
		if match == TitleNear {
			c.violateAt(p, p.whole(), words{"标题与%s原标题“%s”只差几个字，请核对是否笔误", "the title differs in a few characters from the original one of %s, %q: a slip?"},
				unit.Name, original).lower(review.SeverityWarning).suggest(original)
			return
		}
		c.violateAt(p, p.whole(), words{"转载%s稿件改了标题，原标题为“%s”", "the title of a repost from %s was changed, the original is %q"}, unit.Name, original).suggest(original)
	}
}

func originalTitleMissing(*setup) check {
	return func(c *call) {
		r := orEmpty(c.Repost)
		is, known := c.isRepost()
		switch {
		case known && !is:
			return
		case valueOr(r.TitleVerified, false), valueOr(r.OriginalTitle, "") != "":
			c.missing = nil // whatever the source is
			return
		}
		unit, central, known := c.centralSource()
		if !known {
			c.miss("repost.source")
		}
		if len(c.missing) > 0 || !central || len(c.originalTitles()) > 0 {
			return
		}
		c.violate("repost.original_title", words{"转载%s稿件没有给出原标题，无法核对标题是否保留", "a repost from %s without its original title: whether that was kept cannot be checked"}, unit.Name)
	}
}

// attributions are the kinds of spans that say where a text comes from.
var attributions = recognize.Set(recognize.SourceLine, recognize.RepostLine, recognize.Accord, recognize.Dateline)

// ownPaper is what a dateline says that names no outlet.
const ownPaper = "本报"

func sourceDeclared(s *setup) check {
	head, tail := s.params.int("head_chars"), s.params.int("tail_chars")
	visible := s.params.bool("require_visible")
	return func(c *call) {
		r := orEmpty(c.Repost)
		is, known := c.isRepost()
		if known && !is || valueOr(r.SameOwner, false) {
			c.missing = nil // passes, repost or not
			return
		}
		p := c.body()
		if p == nil {
			c.miss("body")
		}
		if len(c.missing) > 0 {
			return
		}
		text := p.visible.Text()
		headEnd, tailStart := int64(headBytes(text, head)), int64(len(text)-tailBytes(text, tail))
		for _, a := range p.recognised(attributions) {
			if a.Notes.Has(recognize.Picture) || a.Value == ownPaper {
				continue
			}
			if a.Start < headEnd || a.End > tailStart {
				return
			}
		}
		declared := valueOr(r.Source, "") != "" || valueOr(r.SourceURL, "") != ""
		switch {
		case declared && !visible:
		case declared:
			c.violate("body", words{"转载来源只在稿件信息里，正文没有注明", "the source of the repost stands in the metadata only, not in the text"}).lower(review.SeverityWarning)
		case !visible && r.Source == nil:
			c.miss("repost.source")
		default:
			c.violate("body", words{"转载没有注明来源", "a repost without its source"})
		}
	}
}

// headBytes is the length of the first n characters of s.
func headBytes(s string, n int) int {
	for i := range s {
		if n--; n < 0 {
			return i
		}
	}
	return len(s)
}

// tailBytes is the length of the last n characters of s.
func tailBytes(s string, n int) int {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := lastRune(s[:i])
		i -= size
	}
	return len(s) - i
}

// A vagueness tells sources that can be traced from those that cannot.
type vagueness struct {
	words []string // folded, the longest first
}

// fillers are words that add nothing to a vague source.
var fillers = []string{
	"官方账号", "官方", "账号", "帐号", "平台", "用户", "整理", "资料", "素材", "图片", "供图", "配图", "图", "投稿", "转载", "等", "及", "和", "与",
	"来源", "来自", "转自", "摘自", "综合", "微信", "短视频", "视频", "app", "客户端", "文章", "内容", "信息", "的", "上",
}

func newVagueness(list []string) *vagueness {
	v := &vagueness{}
	for _, w := range list {
		v.words = append(v.words, outletKey(w))
	}
	for _, w := range fillers {
		v.words = append(v.words, outletKey(w))
	}
	slices.SortStableFunc(v.words, func(a, b string) int { return len(b) - len(a) })
	return v
}

// vague reports whether a source is made of words that name nobody, and
// nothing else: 网络, 综合网络, 微信公众号, but not 某某网络广播电视台.
func (v *vagueness) vague(source string) bool {
	key := outletKey(source)
	if i := strings.IndexAny(key, "(【["); i > 0 {
		key = key[:i]
	}
	key = strings.Map(func(r rune) rune {
		switch r {
		case '、', ',', '/', '|', '丨', ':', '@', '.', '。':
			return -1
		}
		return r
	}, key)
	if key == "" {
		return false
	}
	for key != "" {
		i := slices.IndexFunc(v.words, func(w string) bool { return strings.HasPrefix(key, w) })
		if i < 0 {
			return false
		}
		key = key[len(v.words[i]):]
	}
	return true
}

func sourceTraceable(s *setup) check {
	vagueness := newVagueness(s.lists.vague)
	vagueSource := words{"来源“%s”不能指明作者或媒体", "the source %q names no author or outlet"}
	return func(c *call) {
		is, known := c.isRepost()
		if !known || !is {
			return
		}
		traced := false
		if p := c.body(); p != nil {
			for _, a := range p.recognised(attributions) {
				picture := a.Notes.Has(recognize.Picture)
				if !vagueness.vague(a.Value) {
					traced = traced || !picture && a.Value != ownPaper
					continue
				}
				if p.named(a) {
					continue
				}
				m := c.violateIn(p, a.ValueStart, a.ValueEnd, vagueSource, a.Value)
				if picture {
					m.lower(review.SeverityWarning)
				}
			}
		}
		r := orEmpty(c.Repost)
		switch {
		case r.Source != nil && vagueness.vague(*r.Source):
			if !c.violated {
				p := c.page("repost.source", r.Source)
				c.violateAt(p, p.whole(), vagueSource, *r.Source)
			}
		case r.Source == nil && !traced:
			c.miss("repost.source")
		}
	}
}

// named reports whether an attribution to a platform goes on with the account:
// 转自抖音@某某, 来源：微信公众号“某某发布”, 来源：微信公众号 某某发布.
func (p *page) named(a recognize.Span) bool {
	const reach = 24 // characters
	rest, _, _ := strings.Cut(p.visible.Text()[a.ValueEnd:], "\n")
	rest = fold(firstRunes(rest[:min(len(rest), 4*reach)], reach))
	after := strings.TrimLeft(rest, " \u3000:号用户账主")
	if after == "" {
		return false
	}
	r := firstRune(after)
	switch {
	case r == '@', r == '“', r == '「', r == '《', r == '"':
		return true
	case firstRune(rest) != ' ' && firstRune(rest) != '\u3000' || !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r):
		return false
	}
	return !hasPrefixOf(after, "编辑", "责编", "责任编辑", "记者", "作者", "图", "文", "侵", "如", "校对", "审核", "初审", "一审", "监制")
}

func sourceWhitelisted(s *setup) check {
	return func(c *call) {
		r, class := orEmpty(c.Repost), orEmpty(c.Meta).NewsClass
		is, known := c.isRepost()
		if known && !is || class != nil && *class != review.NewsCurrentAffairs {
			c.missing = nil
			return
		}
		need(c, class, "meta.news_class")
		if len(c.missing) > 0 {
			return
		}
		source := r.Source
		if valueOr(source, "") == "" && valueOr(r.SourceURL, "") != "" {
			source = r.SourceURL
		}
		name, ok := need(c, source, "repost.source")
		if !ok {
			return
		}
		for _, list := range []*Outlets{c.engine.lists.central, c.engine.lists.allowed} {
			if _, listed := list.Lookup(name); listed {
				return
			}
			if _, listed := list.LookupURL(name); listed && source == r.SourceURL {
				return
			}
		}
		c.violate("repost.source", words{"时政新闻的来源“%s”不在允许转载的名单中", "the source %q of political news is not on the list"}, name)
	}
}

func politicalNewsLicense(*setup) check {
	return func(c *call) {
		meta, license, is := orEmpty(c.Meta), orEmpty(c.Account).License, orEmpty(c.Repost).IsRepost
		switch {
		case valueOr(meta.OwnAffairs, false),
			meta.NewsClass != nil && *meta.NewsClass != review.NewsCurrentAffairs,
			license != nil && (*license == review.LicenseNewsOrg || *license == review.LicenseApproved),
			license != nil && *license == review.LicenseLicensedNonNews && valueOr(is, false):
			return
		}
		need(c, meta.NewsClass, "meta.news_class")
		l, ok := need(c, license, "account.license")
		if len(c.missing) > 0 || !ok {
			return
		}
		if l == review.LicenseNone {
			c.violate("account.license", words{"账号没有资质，不得发布、转载时政类新闻", "the account has no licence for political news"})
			return
		}
		if reposted, ok := need(c, is, "repost.is_repost"); ok && !reposted {
			c.violate("account.license", words{"账号只能转载时政类新闻，不能自行采编发布", "the account may repost political news, not report it"})
		}
	}
}

func licenseBadge(*setup) check {
	return func(c *call) {
		a := orEmpty(c.Account)
		if a.License != nil && *a.License == review.LicenseNone || valueOr(a.BadgeShown, false) {
			return
		}
		need(c, a.License, "account.license")
		if shown, ok := need(c, a.BadgeShown, "account.badge_shown"); ok && !shown && len(c.missing) == 0 {
			c.violate("account.badge_shown", words{"账号有时政新闻资质，资料页没有平台加注的标识", "the account has a licence for political news, and its page does not show the mark of the platform"})
		}
	}
}
