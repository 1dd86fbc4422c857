package lexicon

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

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
		"切勿", "提醒", "不得用", "严禁", "保密课",
	},
	ViolenceTerror: {
		"打击", "查处", "举报", "违法", "犯罪", "禁止", "严禁", "警方", "民警", "公安", "反恐", "防范", "清理", "抵制",
		"传播者", "普法", "宣传教育", "判处", "涉嫌", "预防", "干预",
		"演习", "演练", "获刑", "宣判", "落网", "抓获", "消防",
	},
	Contraband: {
		"禁毒", "缉毒", "打击", "查获", "缴获", "抓获", "警方", "民警", "公安", "海关查获", "海关缉", "海关关员", "涉嫌", "犯罪",
		"判处", "非法", "危害", "拒绝", "远离", "警惕", "严禁", "禁止", "不得", "举报", "违法", "查处", "普法", "案件",
		"防范化解", "整治", "骗局", "诈骗", "反诈",
		"宣判", "被告人", "获刑", "落网", "捣毁", "收缴", "销毁", "告破", "侦破", "报警", "怎么查", "如何查", "如何识别", "防偷拍", "电子税务局", "办税", "税务局", "检疫", "执法", "行政拘留", "刑拘",
	},
	GamblingFraud: {
		"警惕", "反诈", "防骗", "诈骗", "骗局", "骗子", "骗术", "谨防", "当心", "切勿", "勿信", "莫信", "别信", "不要轻信",
		"不轻信", "不要相信", "不要参与", "防范", "打击", "警方", "民警", "公安", "非法", "违法", "举报", "拒绝", "远离", "揭秘",
		"识破", "套路贷", "骗人套路", "诈骗套路", "常见套路", "新套路", "受害", "上当", "受骗", "被骗", "谎称", "声称", "诱饵",
		"虚假", "陷阱", "涉嫌", "案件", "典型案例", "禁止", "严禁", "不得", "治理", "整治", "犯罪", "都是假", "不可信", "风险提示",
		"冒充", "挂断", "不会要求", "千万别", "千万不要", "请勿", "勿点", "不汇款", "不透露", "没有安全账户", "识骗", "话术",
		"类诈骗", "黑灰产", "电诈",
		"骗走", "骗去", "骗光", "骗取", "差点被", "险些", "帮信罪", "洗钱罪", "获刑", "判刑", "判处", "宣判", "落网", "抓获", "捣毁", "查处", "查封", "提醒市民", "提醒居民", "提醒广大", "提醒消费者", "银行提醒", "律师提醒", "注意识别", "如何识别", "是假的", "是骗", "别点", "不要点", "反洗钱", "被告人", "法院", "检察院", "劝阻", "止付",
	},
	PornVulgar: {
		"打击", "扫黄打非", "净网", "举报", "警惕", "敲诈", "勒索", "诈骗", "反诈", "防骗", "骗局", "陷阱", "违法", "犯罪", "查处",
		"民警", "警方", "公安", "清理", "整治", "抵制", "拒绝", "判处", "案件", "禁止", "不得", "严禁", "治安", "性侵", "保护未成年",
		"保护妇女", "防范", "谨防", "受害", "被骗", "远离", "涉嫌", "取缔", "治理", "围剿", "被判", "获刑", "强迫", "逼迫", "科普",
		"健康教育",
		"报警", "保留证据", "清除", "行拘", "行政拘留", "刑拘", "落网", "被抓", "处罚", "执法",
	},
	AdExaggeration: {
		"广告法", "不得使用", "禁用词", "执法", "查处", "违法", "处罚", "投诉", "虚假宣传", "监管", "消费提示", "理性消费", "整治",
		"严禁", "禁止", "举报", "警惕", "标题党", "抵制", "谣言", "辟谣", "不实", "造谣",
		"不可信", "不能当真", "别当真", "谨防", "受骗", "上当", "被骗", "骗局", "骗子", "律师提醒", "消协", "消保委", "消费警示", "虚假", "夸大其词", "罚款", "被罚", "字样", "不得出现", "立案", "责令", "从未", "从不", "广告里说", "别信", "不要相信", "不要信",
	},
	SuperstitionPseudomedicine: {
		"广告法", "不得", "禁止", "禁用", "警惕", "骗", "谣言", "辟谣", "误区", "不科学", "伪科学", "虚假", "违法", "查处", "执法",
		"监管", "夸大", "宣称", "声称", "号称", "不能代替", "不能替代", "举报", "打击", "不可信", "切勿", "误导", "不要相信", "处罚",
		"别信", "不要信", "勿信", "莫信", "治不了", "不能治", "无法治愈", "不能根治", "并不能", "没有科学依据", "没有依据", "智商税", "请就医", "及时就医", "尽早就医", "遵医嘱", "正规医院", "科普",
	},
	Minors: {
		"不得披露", "不得", "依法保护", "隐去", "匿名", "化名", "不公开", "未公开", "严禁", "禁止", "隐私保护", "请勿传播", "不要传播",
		"不传播", "不转发", "停止传播", "脱敏", "防范", "抵制", "预防", "治理", "整治", "打击", "查处", "制止", "警惕", "劝导", "劝阻",
		"拒绝", "远离", "举报", "危害", "教育引导",
		"退款", "退了款", "退还", "监护", "理性", "不向", "不能当", "安全提示", "家长投诉", "未成年人模式", "青少年模式", "检察院", "法院",
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
	context       []nearWords
	unless, lower nearWords
}

// nearWords are words in the form of [nearForm]. Their keys lie side by side,
// since most words need no other look.
type nearWords struct {
	keys  []uint16 // of the first two characters of each, or of the only one
	words []nearWord
}

// A nearWord is a word in that form, also as characters.
type nearWord struct {
	text  string
	runes []rune
}

func (l *nearWords) add(word string) {
	w := nearWord{text: nearForm(word)}
	w.runes = []rune(w.text)
	var key uint16
	switch {
	case len(w.runes) > 1:
		key = pairKey(w.runes[0], w.runes[1])
	case len(w.runes) == 1:
		key = runeKey(w.runes[0])
	}
	l.keys, l.words = append(l.keys, key), append(l.words, w)
}

// Keys stand for what may be in a text. Key 0, of no character, is in every one.
const (
	keyBits  = 12 // of the key of a character; that of a pair has a bit more
	numKeys  = 2 << keyBits
	keyShift = 32 - keyBits
)

// pairKey returns the key of two characters next to each other.
func pairKey(a, b rune) uint16 {
	return 1<<keyBits | uint16((uint32(a)*0x9E3779B1+uint32(b)*0x85EBCA6B)>>keyShift)
}

// runeKey returns the key of a character.
func runeKey(r rune) uint16 { return uint16(uint32(r) * 0x9E3779B1 >> keyShift) }

// nearForms caches the forms of word lists, most of which are shared by all
// terms of a category.
type nearForms map[*string]nearWords

func (c nearForms) of(words []string) nearWords {
	if len(words) == 0 {
		return nearWords{}
	}
	forms, ok := c[&words[0]]
	if !ok {
		for _, w := range words {
			forms.add(w)
		}
		c[&words[0]] = forms
	}
	return forms
}

// ofAll returns the forms of each list.
func (c nearForms) ofAll(lists [][]string) (forms []nearWords) {
	for _, words := range lists {
		forms = append(forms, c.of(words))
	}
	return forms
}

// nearForm is the form in which surroundings are compared with context words:
// folded, and without what can be put between characters.
func nearForm(s string) string {
	var f folded
	f.fold(s)
	return string(f.form)
}

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

// folded is a stretch of text in the form of [nearForm].
type folded struct {
	form []rune
	at   []int32 // where in the stretch each character begins
	// keys is the set of keys of characters and of pairs of them that stand next to
	// each other: a word of which the key is not there is not in the text.
	keys [numKeys / 64]uint64
}

// fold makes f the form of s.
func (f *folded) fold(s string) {
	table := nearTable()
	f.keys = [len(f.keys)]uint64{0: 1}
	form, at := slices.Grow(f.form[:0], len(s)), slices.Grow(f.at[:0], len(s))
	prev := rune(0)
	for i, r := range s {
		if r > 0xFFFF {
			r = nearRune(r)
		} else if near := table[r]; near&^1 != nearDropped {
			r = rune(near)
		} else if near == nearDropped {
			continue
		} else {
			r = nearRune(r)
		}
		if r == dropped {
			continue
		}
		form, at = append(form, r), append(at, int32(i))
		one, two := runeKey(r), pairKey(prev, r) // the first has a pair too many: that may be
		f.keys[one/64] |= 1 << (one % 64)
		f.keys[two/64] |= 1 << (two % 64)
		prev = r
	}
	f.form, f.at = form, at
}

// index returns how many characters of the form stand before a place of the
// stretch.
func (f *folded) index(place int) int {
	i, _ := slices.BinarySearch(f.at, int32(place))
	return i
}

// A setting is a place in the stretch of text around it: form[start:end] in
// the form of [nearForm].
type setting struct {
	*folded
	start, end int
}

// may reports whether a word with that key can be in the stretch.
func (f *folded) may(key uint16) bool { return f.keys[key/64%uint16(len(f.keys))]>>(key%64)&1 != 0 }

// holds reports whether a word stands in form.
func holds(form, word []rune) bool {
	if len(word) == 0 {
		return true
	}
	first, rest := word[0], word[1:]
	for i := 0; i+len(rest) < len(form); i++ {
		if form[i] == first && slices.Equal(form[i+1:i+1+len(rest)], rest) {
			return true
		}
	}
	return false
}

// first returns the first of words that stands in the stretch.
func (s *setting) first(l nearWords) (string, bool) {
	for i, key := range l.keys {
		if s.may(key) && holds(s.form, l.words[i].runes) {
			return l.words[i].text, true
		}
	}
	return "", false
}

// beside reports whether one of words stands on one side of the place.
func (s *setting) beside(l nearWords) bool {
	for i, key := range l.keys {
		if s.may(key) && (holds(s.form[:s.start], l.words[i].runes) || holds(s.form[s.end:], l.words[i].runes)) {
			return true
		}
	}
	return false
}

// outside returns the first of words that stands in the stretch, also across
// an edge of the place (不能|代替药物治疗), but not within it.
func (s *setting) outside(l nearWords) (string, bool) {
	for i, key := range l.keys {
		if s.may(key) && holds(s.form, l.words[i].runes) && !holds(s.form[s.start:s.end], l.words[i].runes) {
			return l.words[i].text, true
		}
	}
	return "", false
}

// settings makes settings of one text. It remembers the last sentence, since
// where there is one candidate there often are more.
type settings struct {
	// Both ends of this sentence were seen; offsets in the text.
	lo, hi int64
	// The stretch of the text that was folded last.
	from, to int64
	folded   folded
}

func (s *settings) reset() { s.lo, s.hi, s.to = 0, 0, 0 }

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
	if len(left) < len(before) && len(right) < len(after) && sentenceEnd(text[start:end]) < 0 {
		s.lo, s.hi = base+int64(lo), base+int64(hi)
	}
	return lo, hi
}

// of returns the setting of text[start:end] in text[lo:hi]. It is valid until the
// next.
func (s *settings) of(text string, base int64, lo, start, end, hi int) setting {
	if from, to := base+int64(lo), base+int64(hi); s.from != from || s.to != to {
		s.from, s.to = from, to
		s.folded.fold(text[lo:hi])
	}
	return setting{&s.folded, s.folded.index(start - lo), s.folded.index(end - lo)}
}

// harmless returns why the surroundings of a hit speak of the thing that the
// term names instead of doing it, if they do. before and after are its
// sentence around the hit, here is the hit in it.
func (e *Entry) harmless(lower nearWords, before, after string, here setting) (review.VetoReason, string, bool) {
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
