package rules

import (
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
)

var contentChecks = map[string]maker{
	"content.no-false-unhealthy": noFalseUnhealthy,
	"content.seven-bottom-lines": sevenBottomLines,
	"content.forced-engagement":  forcedEngagement,
}

// lexiconMissing is what is missing where no lexicon was run.
const lexiconMissing = "lexicon"

func noFalseUnhealthy(s *setup) check {
	categories, labels := s.params.strings("categories"), s.params.listByName("labels")
	bad := func(f *review.Finding) bool {
		return f.Severity > review.SeverityNotice &&
			(slices.Contains(categories, f.Category) || slices.Contains(labels[f.Category], f.Label))
	}
	return func(c *call) {
		for _, p := range []*page{c.title(), c.document.digest(), c.body()} {
			if p == nil {
				continue
			}
			var first *review.Finding
			n := 0
			for i := range c.evidence.Findings {
				if f := &c.evidence.Findings[i]; f.Field == p.path && bad(f) {
					if n++; first == nil || f.Span.Start < first.Span.Start {
						first = f
					}
				}
			}
			if n > 0 {
				c.violate(p.path, words{"有%d处不实或不健康的内容，首处属于%s", "%d places of false or unhealthy content, the first is of %s"},
					n, lexicon.Category(first.Category).Title()).source(p, int(first.Span.Start), int(first.Span.End))
			}
		}
		if c.Body == nil {
			c.miss("body")
		}
		if c.evidence.Findings == nil {
			c.miss(lexiconMissing)
		}
	}
}

func sevenBottomLines(*setup) check {
	categories := lexicon.Categories()
	return func(c *call) {
		if c.evidence.Categories == nil {
			c.miss(lexiconMissing)
			return
		}
		var lines []string
		covered := map[string]bool{}
		for _, info := range categories {
			for _, line := range info.Lines {
				if !slices.Contains(lines, line) {
					lines = append(lines, line)
				}
				covered[line] = covered[line] || c.evidence.Categories[string(info.ID)] > 0
			}
		}
		lines = slices.DeleteFunc(lines, func(line string) bool { return covered[line] })
		if len(lines) > 0 {
			c.violate(lexiconMissing, words{"七条底线中的%s没有对应的词库类别", "no loaded category guards these of the seven bottom lines: %s"}, strings.Join(lines, "、"))
		}
	}
}

// Words of orders and what they order; see the pattern in the specification of
// the Central Cyberspace Affairs Commission's opinion of 2023.
var (
	orders     = []string{"必须", "务必", "强制", "督促", "要求", "确保", "组织"}
	firmOrders = []string{"必须", "务必", "强制"}
	everybody  = []string{"每位", "每名", "每人", "每个", "每一位", "每一名", "每一个", "全体", "全员", "所有", "人人"}
	engaging   = []string{"关注", "点赞", "转发", "打卡", "下载"}
	rated      = []string{"关注率", "关注量", "关注数", "关注情况", "点赞率", "点赞量", "点赞数", "点赞情况", "转发率", "转发量", "转发数", "转发情况",
		"下载率", "下载量", "下载数", "下载情况", "阅读率", "阅读量", "阅读数", "阅读情况"}
	rating  = []string{"考核", "通报", "评先", "排名", "公示"}
	invites = []string{"欢迎", "鼓励", "自愿", "倡议", "严禁", "不得", "禁止"}
	// accounts are what one follows with a button; without one of them
	// 关注 is attention.
	accounts = []string{"公众号", "微信", "账号", "帐号", "视频号", "抖音", "平台", "app", "客户端", "本号", "我们", "“", "「", "\"", "点赞", "转发", "小程序", "官微", "微博"}
	// papers are downloaded for use, not for figures.
	papers = []string{"附件", "表格", "文件", "资料", "模板", "通知", "准考证", "表"}
)

func forcedEngagement(s *setup) check {
	order, firm, all := s.words(orders...), s.words(firmOrders...), s.words(everybody...)
	verb, figure, rate, invite := s.words(engaging...), s.words(rated...), s.words(rating...), s.words(invites...)
	const (
		toAll    = 10 // characters from the order to everybody
		toVerb   = 24 // from everybody to what they have to do
		firmVerb = 8  // from a firm order to what has to be done
		toRate   = 30 // from the figure to what it is used for
	)
	return func(c *call) {
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		report := func(at span) {
			c.violateAt(p, at, words{"强制关注、点赞、转发或以此考核，属于“指尖上的形式主义”", "following, liking or forwarding is ordered or rated"})
		}
		// near returns the first of spans that begins within n characters
		// behind s in one sentence.
		near := func(c class, s span, n int) (span, bool) {
			if n <= 0 {
				return span{}, false
			}
			end := s.end + headBytes(p.text[s.end:min(len(p.text), s.end+4*n)], n)
			if stop := strings.IndexFunc(p.text[s.end:end], func(r rune) bool { return r != '!' && r != '?' && isStop(r) }); stop >= 0 {
				end = s.end + stop
			}
			found := in(p.words(c), span{s.end, end + 1})
			if len(found) == 0 {
				return span{}, false
			}
			return found[0], true
		}
		last := -1 // end of what was reported
		for _, o := range p.words(order) {
			if o.start < last {
				continue
			}
			a, ok := near(all, o, toAll)
			if !ok {
				continue
			}
			for from := a; ; {
				v, ok := near(verb, from, toVerb-runeCount(p.text[a.end:from.end]))
				if !ok {
					break
				}
				whole := span{o.start, v.end}
				if p.engages(v) && len(in(p.words(invite), whole)) == 0 && !p.invited(o, invite) {
					report(whole)
					last = v.end
					break
				}
				from = v
			}
		}
		for _, o := range p.words(firm) {
			if v, ok := near(verb, o, firmVerb); ok && o.start >= last && p.text[v.start:v.end] != "下载" &&
				!strings.ContainsAny(p.text[o.end:v.start], ",") && p.engages(v) && !p.invited(o, invite) {
				report(span{o.start, v.end})
				last = v.end
			}
		}
		for _, f := range p.words(figure) {
			if r, ok := near(rate, f, toRate); ok && f.start >= last && len(in(p.words(invite), span{f.end, r.start})) == 0 && !p.invited(f, invite) {
				report(span{f.start, r.end})
				last = r.end
			}
		}
	}
}

// invited reports whether a word before s in its clause invites or forbids.
func (p *page) invited(s span, invite class) bool {
	const reach = 36 // bytes
	from := max(0, s.start-reach)
	if i := strings.LastIndexAny(p.text[from:s.start], ",。!?;\n"); i >= 0 {
		from += i
	}
	return len(in(p.words(invite), span{from, s.start})) > 0
}

// engages reports whether the verb at s is about an account or an article.
func (p *page) engages(s span) bool {
	const reach = 48 // bytes
	after := p.text[s.end:min(len(p.text), s.end+reach)]
	if i := strings.IndexAny(after, ",。!?;\n"); i >= 0 {
		after = after[:i]
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(after, w) })
	}
	switch p.text[s.start:s.end] {
	case "关注":
		before := p.text[max(0, s.start-len("高度")):s.start]
		for _, w := range []string{"高度", "密切", "重点", "持续", "时刻"} {
			if strings.HasSuffix(before, w) {
				return false
			}
		}
		return strings.Trim(after, " 、") == "" || has(accounts)
	case "下载":
		return !has(papers)
	default:
		return true
	}
}
