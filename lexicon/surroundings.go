package lexicon

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

// lowering are the words near which a term of a category is only noted, unless
// pack.yaml says otherwise: anti-fraud, anti-drug and similar publicity is the
// daily business of those who use this library, and it quotes what it warns of.
// They lower a finding instead of removing it, because whoever wants to get a
// term past a check can write them too.
var lowering = map[Category][]string{
	PoliticalTerms: {
		"时任", "时称", "原名", "前身", "更名", "旧称", "曾用名", "曾称", "改称", "改名", "改组", "组建", "撤销", "并入",
		"划入", "划转", "合并", "旧址", "当年", "当时", "历任", "曾任", "沿革", "废止", "曾在", "曾于", "曾作", "曾发",
	},
	Secrecy: {
		"培训", "学习", "讲解", "教育", "举例", "宣传", "知识", "标注方法", "如何", "应当标", "规定了", "保密法", "案例",
		"泄密", "泄露", "测试题", "公文格式", "版头", "格式要素",
	},
	ViolenceTerror: {
		"打击", "查处", "举报", "违法", "犯罪", "禁止", "严禁", "警方", "民警", "公安", "反恐", "防范", "清理", "抵制",
		"传播者", "普法", "宣传教育", "判处", "涉嫌", "预防", "干预",
	},
	Contraband: {
		"禁毒", "缉毒", "打击", "查获", "缴获", "抓获", "警方", "民警", "公安", "海关查获", "海关缉", "海关关员", "涉嫌", "犯罪",
		"判处", "非法", "危害", "拒绝", "远离", "警惕", "严禁", "禁止", "不得", "举报", "违法", "查处", "普法", "案件",
		"防范化解", "整治", "骗局", "诈骗", "反诈",
	},
	GamblingFraud: {
		"警惕", "反诈", "防骗", "诈骗", "骗局", "骗子", "骗术", "谨防", "当心", "切勿", "勿信", "莫信", "别信", "不要轻信",
		"不轻信", "不要相信", "不要参与", "防范", "打击", "警方", "民警", "公安", "非法", "违法", "举报", "拒绝", "远离", "揭秘",
		"识破", "套路贷", "骗人套路", "诈骗套路", "常见套路", "新套路", "受害", "上当", "受骗", "被骗", "谎称", "声称", "诱饵",
		"虚假", "陷阱", "涉嫌", "案件", "典型案例", "禁止", "严禁", "不得", "治理", "整治", "犯罪", "都是假", "不可信", "风险提示",
		"冒充", "挂断", "不会要求", "千万别", "千万不要", "请勿", "勿点", "不汇款", "不透露", "没有安全账户", "识骗", "话术",
		"类诈骗", "黑灰产", "电诈",
	},
	PornVulgar: {
		"打击", "扫黄打非", "净网", "举报", "警惕", "敲诈", "勒索", "诈骗", "反诈", "防骗", "骗局", "陷阱", "违法", "犯罪", "查处",
		"民警", "警方", "公安", "清理", "整治", "抵制", "拒绝", "判处", "案件", "禁止", "不得", "严禁", "治安", "性侵", "保护未成年",
		"保护妇女", "防范", "谨防", "受害", "被骗", "远离", "涉嫌", "取缔", "治理", "围剿", "被判", "获刑", "强迫", "逼迫", "科普",
		"健康教育",
	},
	AdExaggeration: {
		"广告法", "不得使用", "禁用词", "执法", "查处", "违法", "处罚", "投诉", "虚假宣传", "监管", "消费提示", "理性消费", "整治",
		"严禁", "禁止", "举报", "警惕", "标题党", "抵制", "谣言", "辟谣", "不实", "造谣",
	},
	SuperstitionPseudomedicine: {
		"广告法", "不得", "禁止", "禁用", "警惕", "骗", "谣言", "辟谣", "误区", "不科学", "伪科学", "虚假", "违法", "查处", "执法",
		"监管", "夸大", "宣称", "声称", "号称", "不能代替", "不能替代", "举报", "打击", "不可信", "切勿", "误导", "不要相信", "处罚",
	},
	Minors: {
		"不得披露", "不得", "依法保护", "隐去", "匿名", "化名", "不公开", "未公开", "严禁", "禁止", "隐私保护", "请勿传播", "不要传播",
		"不传播", "不转发", "停止传播", "脱敏", "防范", "抵制", "预防", "治理", "整治", "打击", "查处", "制止", "警惕", "劝导", "劝阻",
		"拒绝", "远离", "举报", "危害", "教育引导",
	},
}

// correcting are the words of a sentence that quotes a wrong form to correct it.
var correcting = []string{
	"应为", "应写", "应当写", "写成", "误写", "错写", "误作", "误为", "不能写", "不要写", "不写作", "更正为", "规范表述", "规范写法",
	"正确写法", "正确的写法", "错别字", "易错", "校对",
}

var correctingWords = nearForms{}.of(correcting)

// near are the words of an entry that its surroundings are compared with.
type near struct {
	context       [][]nearWord
	unless, lower []nearWord
}

// A nearWord is a word in the form of [nearForm].
type nearWord struct {
	text string
	key  uint32 // of its first two characters; 0 if it has one
}

func nearWordOf(word string) nearWord {
	w := nearWord{text: nearForm(word)}
	first, n := utf8.DecodeRuneInString(w.text)
	if second, m := utf8.DecodeRuneInString(w.text[n:]); m > 0 {
		w.key = pairKey(first, second)
	}
	return w
}

// pairKey is a number below 1<<12 that stands for two characters next to each
// other; never 0.
func pairKey(a, b rune) uint32 { return (uint32(a)*0x9E3779B1+uint32(b)*0x85EBCA6B)>>20 | 1 }

// nearForms caches the forms of word lists, most of which are shared by all
// terms of a category.
type nearForms map[*string][]nearWord

func (c nearForms) of(words []string) []nearWord {
	if len(words) == 0 {
		return nil
	}
	forms, ok := c[&words[0]]
	if !ok {
		for _, w := range words {
			forms = append(forms, nearWordOf(w))
		}
		c[&words[0]] = forms
	}
	return forms
}

// ofAll returns the forms of each list.
func (c nearForms) ofAll(lists [][]string) (forms [][]nearWord) {
	for _, words := range lists {
		forms = append(forms, c.of(words))
	}
	return forms
}

// nearForm is the form in which surroundings are compared with context words:
// folded, and without what can be put between characters.
func nearForm(s string) string { return string(appendNear(nil, new(pairs), s)) }

var nearChannels = matcher.DefaultChannels.Without(matcher.Numeral)

// nearRune returns the form of a character, or dropped.
func nearRune(r rune) rune {
	switch tables.ClassOf(r) {
	case tables.Blank, tables.Newline, tables.Invisible, tables.Mark:
		return dropped
	default:
		return matcher.FoldRune(r, nearChannels)
	}
}

const dropped = -1

// nearTable holds nearRune of the first plane; dropped is stored as a
// surrogate, which no text has.
var nearTable = sync.OnceValue(func() *[1 << 16]uint16 {
	var t [1 << 16]uint16
	for r := range t {
		switch near := nearRune(rune(r)); {
		case near == dropped:
			t[r] = nearDropped
		case near > 0xFFFF:
			t[r] = nearFar
		default:
			t[r] = uint16(near)
		}
	}
	return &t
})

const (
	nearDropped = 0xD800 + iota
	nearFar     // beyond the first plane
)

// appendNear appends the form of s to dst, and the pairs in it to p.
func appendNear(dst []byte, p *pairs, s string) []byte {
	table := nearTable()
	prev := rune(0)
	for _, r := range s {
		if r > 0xFFFF {
			r = nearRune(r)
		} else if near := table[r]; near&^1 != nearDropped {
			r = rune(near)
		} else {
			r = nearRune(r)
		}
		if r == dropped {
			continue
		}
		dst = utf8.AppendRune(dst, r)
		if prev != 0 {
			k := pairKey(prev, r)
			p[k/64] |= 1 << (k % 64)
		}
		prev = r
	}
	return dst
}

// nearLen returns the length of the form of s.
func nearLen(s string) (n int) {
	table := nearTable()
	for _, r := range s {
		if r <= 0xFFFF && table[r]&^1 != nearDropped {
			n += utf8.RuneLen(rune(table[r]))
		} else if r = nearRune(r); r != dropped {
			n += utf8.RuneLen(r)
		}
	}
	return n
}

// pairs is the set of pairs of characters that stand next to each other in a
// text in the form of [nearForm]: a word of which the first pair is not there
// is not in the text, and most words need no other look.
type pairs [1 << 12 / 64]uint64

// may reports whether w can be in the text.
func (p *pairs) may(w *nearWord) bool { return w.key == 0 || p[w.key/64]>>(w.key%64)&1 != 0 }

// A setting is a place in the stretch of text around it: form[start:end] in
// the form of [nearForm].
type setting struct {
	form       string
	start, end int
	pairs      *pairs
}

// first returns the first of words that stands in the stretch.
func (s *setting) first(words []nearWord) (string, bool) {
	for i := range words {
		if w := &words[i]; s.pairs.may(w) && strings.Contains(s.form, w.text) {
			return w.text, true
		}
	}
	return "", false
}

// beside reports whether one of words stands on one side of the place.
func (s *setting) beside(words []nearWord) bool {
	for i := range words {
		w := &words[i]
		if s.pairs.may(w) && (strings.Contains(s.form[:s.start], w.text) || strings.Contains(s.form[s.end:], w.text)) {
			return true
		}
	}
	return false
}

// outside returns the first of words that stands in the stretch, also across
// an edge of the place (不能|代替药物治疗), but not within it.
func (s *setting) outside(words []nearWord) (string, bool) {
	for i := range words {
		w := &words[i]
		if s.pairs.may(w) && strings.Contains(s.form, w.text) && !strings.Contains(s.form[s.start:s.end], w.text) {
			return w.text, true
		}
	}
	return "", false
}

// settings makes settings of one text. It remembers the last sentence, since
// where there is one candidate there often are more.
type settings struct {
	// Both ends of this sentence were seen; offsets in the text.
	lo, hi int64

	folded struct {
		lo, hi int64 // of the stretch in the text
		form   string
		pairs  pairs
	}
	buf []byte
}

func (s *settings) reset() { s.lo, s.hi, s.folded.hi = 0, 0, 0 }

// sentence returns the bounds of the sentence around text[start:end], which is
// cut contextBytes from it. text begins at offset base of the whole text.
func (s *settings) sentence(text string, base int64, start, end int) (lo, hi int) {
	lo, hi = int(s.lo-base), int(s.hi-base)
	if 0 <= lo && lo <= start && end <= hi && start-lo <= contextBytes && hi-end <= contextBytes {
		return lo, hi
	}
	before, after := text[runeStart(text, start-contextBytes):start], text[end:runeStart(text, end+contextBytes)]
	left, right := sentence(before, after)
	lo, hi = start-len(left), end+len(right)
	if len(left) < len(before) && len(right) < len(after) && strings.IndexFunc(text[start:end], endsSentence) < 0 {
		s.lo, s.hi = base+int64(lo), base+int64(hi)
	}
	return lo, hi
}

// of returns the setting of text[start:end] in text[lo:hi].
func (s *settings) of(text string, base int64, lo, start, end, hi int) setting {
	f := &s.folded
	if from, to := base+int64(lo), base+int64(hi); f.lo != from || f.hi != to {
		f.lo, f.hi, f.pairs = from, to, pairs{}
		s.buf = appendNear(s.buf[:0], &f.pairs, text[lo:hi])
		f.form = string(s.buf)
	}
	before := nearLen(text[lo:start])
	return setting{f.form, before, before + nearLen(text[start:end]), &f.pairs}
}

// harmless returns why the surroundings of a hit speak of the thing that the
// term names instead of doing it, if they do. before and after are its
// sentence around the hit, here is the hit in it.
func (e *Entry) harmless(lower []nearWord, before, after string, here setting) (review.VetoReason, string, bool) {
	info, _ := e.Category.Info()
	spoken := func() (string, bool) { return here.outside(lower) }
	if e.Suggest != "" {
		if w, ok := here.outside(correctingWords); ok {
			return review.VetoTeaching, w, true
		}
	}
	switch info.Negative {
	case NegativeHistory:
		// Only a name that was right once can be meant as it was then.
		if e.ValidFrom.IsZero() {
			return "", "", false
		}
		if strings.HasSuffix(strings.TrimRight(before, "《“\"'‘「 "), "原") {
			return review.VetoHistory, "原", true
		}
		if year, ok := nearestYear(before, after); ok && year.before(e.ValidFrom) {
			return review.VetoHistory, year.text, true
		}
		w, ok := spoken()
		return review.VetoHistory, w, ok
	case NegativeTeaching:
		w, ok := spoken()
		return review.VetoTeaching, w, ok
	default:
		if w, ok := spoken(); ok {
			return review.VetoPublicity, w, true
		}
		if info.Negative == NegativeWarning && (strings.HasSuffix(before, "《") || strings.HasPrefix(after, "》")) {
			return review.VetoPublicity, "《》", true // a work of that name
		}
		return "", "", false
	}
}

// yearMonth is a year, perhaps with its month, in a text.
type yearMonth struct {
	text        string
	year, month int
}

func (y yearMonth) before(d Date) bool {
	if y.year != d.Year || y.month == 0 {
		return y.year < d.Year
	}
	return y.month < int(d.Month)
}

var yearPattern = regexp.MustCompile(`((?:19|20)\d\d)(?:年(\d{1,2})月|[-./](\d{1,2})[-./]|年)`)

// nearestYear returns the year that is written nearest to a hit in its
// sentence, that before it if two are as near.
func nearestYear(before, after string) (yearMonth, bool) {
	parse := func(text string, at []int) yearMonth {
		group := func(i int) (n int) {
			if at[2*i] >= 0 {
				n, _ = strconv.Atoi(text[at[2*i]:at[2*i+1]])
			}
			return n
		}
		return yearMonth{text[at[0]:at[1]], group(1), max(group(2), group(3))}
	}
	all := yearPattern.FindAllStringSubmatchIndex(before, -1)
	next := yearPattern.FindStringSubmatchIndex(after)
	if len(all) > 0 {
		last := all[len(all)-1]
		if next == nil || len(before)-last[1] <= next[0] {
			return parse(before, last), true
		}
	}
	if next == nil {
		return yearMonth{}, false
	}
	return parse(after, next), true
}
