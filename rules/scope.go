package rules

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/text"
)

// A ScopeKind is one of the four ways in which a text says what a figure
// counts (统计口径).
type ScopeKind uint8

// The kinds of scope phrases.
const (
	ScopeExplicit ScopeKind = iota // 统计口径为…, 按…口径计算, 可比口径
	ScopeBasis                     // 同比, 按可比价格计算, 名义增长, 初步核算数
	ScopeCoverage                  // 统计范围：…, 规模以上, 常住居民, 不含…企业, 注：…统计…
	ScopeSource                    // 数据来源：…, 据…统计; who counted, but not what
)

var scopeNames = [...]string{"explicit", "basis", "coverage", "source"}

// String returns "explicit", "basis", "coverage" or "source".
func (k ScopeKind) String() string { return scopeNames[k] }

// A ScopePhrase is one place where a text says what its figures count.
type ScopePhrase struct {
	Kind ScopeKind
	// Start and End are byte offsets into the text, half-open.
	Start, End int
}

// ScopePhrases returns the scope phrases of a text, ordered by start.
//
// Laws: width and script of the text do not matter. A word that only looks
// like one is none: 进口口径 is the bore of a valve, 出口口碑 is something else,
// and the 据 of 数据 names no source. A period (截至10月底, 上半年) is no scope.
//
// Cost: linear in the text.
func ScopePhrases(s string) []ScopePhrase {
	e := standaloneScope()
	p := newPage(review.Field{Text: s}, text.Extract(s, text.Plain), e.engine)
	found := e.words.phrases(p)
	out := make([]ScopePhrase, len(found))
	for i, f := range found {
		start, end := p.source(f.span)
		out[i] = ScopePhrase{f.kind, start, end}
	}
	return out
}

type scopeEngine struct {
	engine *Engine
	words  *scopeWords
}

var standaloneScope = sync.OnceValue(func() scopeEngine {
	v := &vocabulary{}
	words := newScopeWords(&setup{vocab: v})
	v.compile()
	return scopeEngine{&Engine{vocab: v}, words}
})

// A phrase is a ScopePhrase of a page.
type phrase struct {
	span
	kind ScopeKind
}

// scopeWords are the words by which scope phrases are recognised.
type scopeWords struct{ caliber, basis, coverage, fields, extent, source, by class }

var (
	basisWords = []string{
		"同比", "环比", "可比价", "不变价", "当年价", "比上年", "较上年", "比去年", "较去年", "比上月", "较上月", "比上季", "较上季", "上年同期", "去年同期",
		"名义增长", "名义下降", "实际增长", "实际下降", "扣除价格因素", "四舍五入", "初步统计", "初步核算", "快报数", "预计数", "初步数", "最终数", "最终核实数", "最终核算数",
	}
	coverageWords = []string{"规模以上", "限额以上", "常住人口", "常住居民", "常住", "户籍人口"}
	// With a colon or a copula behind them these say what is counted.
	coverageFields = product([]string{"统计", "调查", "数据", "核算"}, []string{"范围", "时点", "期间", "时间", "截止时间", "截至时间", "周期", "对象"})
	extentWords    = []string{"不含", "不包括", "包括", "包含", "含"}
	extentEnds     = []string{"人员", "企业", "单位", "地区", "人口", "职工", "居民"}
	sourceFields   = []string{"数据来源", "资料来源", "指标来源", "来源", "数据出处", "出处"}
	calibers       = []string{"统计", "计算", "核算", "数据", "指标", "报告", "调查", "普查"}
	caliberKinds   = []string{"同", "可比", "全", "新", "旧", "原", "现行", "规上", "限上", "常住人口", "户籍", "常住", "可比价", "全社会", "城镇", "农村"}
	counting       = []string{"统计", "测算", "核算", "调查", "监测", "普查"}
)

func product(a, b []string) (out []string) {
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

func newScopeWords(s *setup) *scopeWords {
	return &scopeWords{
		caliber: s.words("口径"), basis: s.words(basisWords...), coverage: s.words(coverageWords...),
		fields: s.words(coverageFields...), extent: s.words(extentWords...), source: s.words(sourceFields...), by: s.words("据"),
	}
}

// phrases returns the scope phrases of a page, sorted.
func (w *scopeWords) phrases(p *page) []phrase {
	var out []phrase
	add := func(k ScopeKind, s span) { out = append(out, phrase{s, k}) }
	t := p.text
	for _, s := range p.words(w.caliber) {
		if at, ok := explicitScope(t, s); ok {
			add(ScopeExplicit, at)
		}
	}
	for _, s := range longest(p.words(w.basis)) {
		add(ScopeBasis, s)
	}
	for _, s := range longest(p.words(w.coverage)) {
		add(ScopeCoverage, s)
	}
	for _, s := range longest(p.words(w.fields)) {
		if n := copula(t[s.end:]); n > 0 {
			add(ScopeCoverage, span{s.start, s.end + n})
		}
	}
	for _, s := range longest(p.words(w.extent)) {
		if n := until(t[s.end:], 20, extentEnds); n > 0 {
			add(ScopeCoverage, span{s.start, s.end + n})
		}
	}
	for _, s := range longest(p.words(w.source)) {
		rest := strings.TrimLeft(t[s.end:min(len(t), s.end+12)], " \u3000")
		data := strings.HasPrefix(t[s.start:], "数据来源")
		if strings.HasPrefix(rest, ":") || data && strings.HasPrefix(rest, "于") {
			add(ScopeSource, s)
		}
	}
	for _, s := range p.words(w.by) {
		before, size := lastRune(t[:s.start])
		start := s.start
		switch before {
		case '根', '依':
			start -= size
		case '数', '占', '证', '凭', '单', '票', '收', '论':
			continue
		default:
			if unicode.Is(unicode.Latin, before) {
				continue
			}
		}
		if n := until(t[s.end:], 24, counting); n > 0 {
			add(ScopeSource, span{start, s.end + n})
		}
	}
	slices.SortStableFunc(out, func(a, b phrase) int { return cmp.Or(a.start-b.start, int(a.kind)-int(b.kind)) })
	return out
}

// copula returns the length of 为, 是 or a colon at the beginning of s.
func copula(s string) int {
	t := strings.TrimLeft(s[:min(len(s), 12)], " \u3000")
	for _, w := range []string{"为", "是", ":"} {
		if strings.HasPrefix(t, w) {
			return len(s[:min(len(s), 12)]) - len(t) + len(w)
		}
	}
	return 0
}

// until returns the length of the beginning of s up to and with the first of
// words that stands within n characters, in one clause; 0 if none does.
func until(s string, n int, words []string) int {
	i := 0
	for range n + 1 {
		for _, w := range words {
			if i > 0 && strings.HasPrefix(s[i:], w) {
				return i + len(w)
			}
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 0 || r == ',' || r == '。' || r == ';' || r == '\n' {
			return 0
		}
		i += size
	}
	return 0
}

// explicitScope judges 口径 at s.
func explicitScope(t string, s span) (span, bool) {
	after := strings.TrimLeft(t[s.end:min(len(t), s.end+24)], " \u3000")
	says := hasPrefixOf(after, "为", "是", ":", "说明", "一致", "不同", "调整", "有所", "计算", "统计", "核算")
	const reach = 60 // bytes: twenty characters
	from := max(0, s.start-reach)
	for from > 0 && !utf8.RuneStart(t[from]) {
		from++
	}
	before := t[from:s.start]
	if i := strings.LastIndexAny(before, ",。;!?\n"); i >= 0 {
		_, size := utf8.DecodeRuneInString(before[i:])
		before = before[i+size:]
	}
	last, _ := lastRune(before)
	if unicode.IsDigit(last) || hasSuffixOf(before, "毫米", "厘米", "进口", "mm") {
		return span{}, false // a bore
	}
	for _, w := range calibers {
		if strings.HasSuffix(before, w) && says {
			return span{s.start - len(w), s.end}, true
		}
	}
	if hasPrefixOf(after, "管", "阀", "炮", "枪", "井", "水管", "径", "的管") {
		return span{}, false
	}
	for _, w := range caliberKinds {
		if strings.HasSuffix(before, w) {
			return span{s.start - len(w), s.end}, true
		}
	}
	for _, w := range []string{"按照", "按", "依照", "以"} {
		if i := strings.LastIndex(before, w); i >= 0 && len(before)-i > len(w) {
			return span{s.start - len(before) + i, s.end}, true
		}
	}
	if bare := before == "" || !unicode.Is(unicode.Han, last); bare && hasPrefixOf(after, "为", "是", ":") {
		return s, true
	}
	return span{}, false
}

func hasPrefixOf(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

func hasSuffixOf(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(s, w) })
}
