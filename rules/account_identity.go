package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What introduces a mention of an account, and what says in the same sentence
// that it is somebody else's.
var (
	mentionWords = []string{"本公众号", "我们的公众号", "关注我们", "公众号:", "公众号名称:", "微信名称:", "订阅号:", "服务号:"}
	otherWords   = []string{"转载", "合作", "其他", "来源", "兄弟单位", "原载"}
)

const (
	maxMention   = 32 // characters of a name
	maxMentionID = 24 // characters between a name and its id
)

// identityConsistent compares the names and ids under which a text speaks of
// its own account with those of the account. Whether a text speaks of its own
// account cannot be known for certain: so a name counts only if it is nearly
// the account's, or stands beside its id.
func identityConsistent(s *setup) check {
	introducing, elsewhere, following := s.words(mentionWords...), s.words(otherWords...), s.words("公众号", "官方微信")
	return func(c *call) {
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		others := p.words(elsewhere)
		a := orEmpty(c.Account)
		compare := func(m mention, sentence span) {
			for _, o := range others {
				if sentence.start <= o.start && o.end <= sentence.end {
					return
				}
			}
			if own, known := need(c, a.Name, "account.name"); known {
				c.compareIdentity(p, m, own, valueOr(a.WechatID, ""))
			}
		}
		for _, at := range p.words(introducing) {
			sentence := p.sentence(at.start)
			if m, ok := p.mention(at.end, sentence.end); ok {
				compare(m, sentence)
			}
		}
		for _, at := range p.words(following) {
			sentence := p.sentence(at.start)
			if m, ok := p.mentionBefore(at.start, sentence.start); ok {
				compare(m, sentence)
			}
		}
	}
}

// mention is a name of an account in a text and the id behind it.
type mention struct {
	name, id span
	hasID    bool
}

// mention reads the name behind an introduction, up to limit.
func (p *page) mention(from, limit int) (m mention, ok bool) {
	rest := p.text[from:limit]
	skip := strings.TrimLeft(rest, " :是为叫名称的微信官方")
	for quoted := range strings.SplitSeq("“|\"|「|『|《|‘|'", "|") {
		if inner, isQuoted := strings.CutPrefix(skip, quoted); isQuoted {
			skip = inner
			break
		}
	}
	m.name.start = from + len(rest) - len(skip)
	n := 0
	m.name.end = m.name.start
	for _, r := range skip {
		if n == maxMention || !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".·-", r) {
			break
		}
		n++
		m.name.end += utf8.RuneLen(r)
	}
	if n < 2 {
		return m, false
	}
	behind := p.text[m.name.end:limit]
	if i := strings.Index(behind, "微信号"); i >= 0 && runeCount(behind[:i]) <= maxMentionID {
		id := strings.TrimLeft(behind[i+len("微信号"):], " :是为")
		m.id.start = m.name.end + len(behind) - len(id)
		m.id.end = m.id.start
		for m.id.end < limit && isIDByte(p.text[m.id.end]) {
			m.id.end++
		}
		m.hasID = m.id.end > m.id.start
	}
	return m, true
}

// mentionBefore reads a quoted name before 公众号, in a sentence that asks to
// follow it, down to limit: 欢迎关注“某某工会”微信公众号.
func (p *page) mentionBefore(to, limit int) (m mention, ok bool) {
	before := strings.TrimRight(p.text[limit:to], "微信官方的 ")
	inner := strings.TrimRight(before, "”」』》’'\"")
	if inner == before {
		return m, false
	}
	open := strings.LastIndexAny(inner, "“「『《‘'\"")
	if open < 0 || !strings.Contains(inner[:open], "关注") {
		return m, false
	}
	_, size := utf8.DecodeRuneInString(inner[open:])
	m.name = span{limit + open + size, limit + len(inner)}
	n := runeCount(p.text[m.name.start:m.name.end])
	return m, 2 <= n && n <= maxMention
}

func isIDByte(b byte) bool {
	return b == '-' || b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

func (c *call) compareIdentity(p *page, m mention, own, ownID string) {
	name, want := normalize(p.text[m.name.start:m.name.end]), normalize(fold(own))
	sameID := m.hasID && ownID != "" && strings.EqualFold(p.text[m.id.start:m.id.end], ownID)
	if name == want || strings.HasPrefix(name, want) {
		if m.hasID && ownID != "" && !sameID {
			c.violateAt(p, m.id, words{"本账号的微信号应为“%s”", "the id of the own account is %q"}, ownID).suggest(ownID)
		}
		return
	}
	distance, near := within([]rune(name), []rune(want), 2)
	if sameID || near && distance*3 <= runeCount(want) {
		c.violateAt(p, m.name, words{"本账号的名称应为“%s”", "the name of the own account is %q"}, own).suggest(own)
	}
}
