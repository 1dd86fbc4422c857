package rules

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/recognize"
)

var dataChecks = map[string]maker{
	"data.scope-note":         scopeNote,
	"data.growth-basis":       growthBasis,
	"data.figure-consistency": figureConsistency,
}

// noteHeads begin the line of a note; with a colon.
var (
	noteHeads     = []string{"注", "备注", "说明"}
	documentHeads = []string{"注", "备注", "说明", "统计口径", "数据来源"}
)

// isNote reports whether a line is a note: 注：…, （备注：…）, 注1：….
func isNote(line string, heads []string) bool {
	line = strings.TrimLeft(line, " \t\u3000(【[*")
	for _, h := range heads {
		rest, ok := strings.CutPrefix(line, h)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, "0123456789 \u3000】)]")
		if strings.HasPrefix(rest, ":") {
			return true
		}
	}
	return false
}

// A coverage says of each line of a page what scope phrases hold for it: those
// of the line itself, of a note below it, and of a note to the whole document.
type coverage struct {
	scoped, sourced []bool // by line
}

func (w *scopeWords) cover(p *page, tail int) coverage {
	rows := p.lines()
	c := coverage{make([]bool, len(rows)), make([]bool, len(rows))}
	tailStart := len(p.text) - tailBytes(p.text, tail)
	phrases := w.phrases(p)
	all := coverage{[]bool{false}, []bool{false}}
	for k := 0; k < len(phrases); {
		i := p.line(phrases[k].start)
		scoped, sourced := false, false
		for ; k < len(phrases) && phrases[k].start < rows[i].end+1; k++ {
			if phrases[k].kind == ScopeSource {
				sourced = true
			} else {
				scoped = true
			}
		}
		c.scoped[i], c.sourced[i] = c.scoped[i] || scoped, c.sourced[i] || sourced
	}
	for i, row := range rows {
		line := p.text[row.start:row.end]
		if len(line) == 0 || !isNote(line, documentHeads) {
			continue
		}
		if isNote(line, noteHeads) {
			// What a note to figures says in its own words counts too.
			c.scoped[i] = c.scoped[i] || hasAny(line, "统计", "口径", "范围", "包括", "不含", "初步") && !c.sourced[i]
			for j := i - 1; j >= p.above(rows, i); j-- {
				c.scoped[j] = c.scoped[j] || c.scoped[i]
				c.sourced[j] = c.sourced[j] || c.sourced[i]
			}
		}
		if strings.HasPrefix(strings.TrimLeft(line, " \t\u3000"), "统计口径") {
			c.scoped[i] = true
		}
		if row.start >= tailStart {
			all.scoped[0] = all.scoped[0] || c.scoped[i]
			all.sourced[0] = all.sourced[0] || c.sourced[i]
		}
	}
	for i := range rows {
		c.scoped[i] = c.scoped[i] || all.scoped[0]
		c.sourced[i] = c.sourced[i] || all.sourced[0]
	}
	return c
}

func hasAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// maxNoteLines is how many lines above it a note covers.
const maxNoteLines = 60

// above returns the first line that the note in line note covers: up to an
// empty line, in text with markup up to the second one, since there an empty
// line stands between all blocks.
func (p *page) above(rows []span, note int) int {
	allowed := 0
	if p.visible.Text() != p.src {
		allowed = 1
	}
	first := note
	for first > 0 && note-first < maxNoteLines {
		row := rows[first-1]
		if strings.TrimSpace(p.text[row.start:row.end]) == "" {
			if allowed--; allowed < 0 {
				break
			}
		}
		first--
	}
	return first
}

func scopeNote(s *setup) check {
	indicators := s.words(s.params.strings("indicators")...)
	tail, least := s.params.int("tail_chars"), s.params.int("min_numbers")
	scope := newScopeWords(s)
	return func(c *call) {
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		found := longest(p.words(indicators))
		if len(found) == 0 || len(p.figures()) == 0 {
			return
		}
		numbers := p.places(recognize.Set(recognize.DocumentNumber))
		cover := scope.cover(p, tail)
		for k := 0; k < len(found); {
			sentence := p.sentence(found[k].start)
			first := k
			for k++; k < len(found) && found[k].start < sentence.end; k++ {
			}
			figures := figuresIn(p.figures(), sentence)
			if len(figures) == 0 || len(figures) < least || len(in(numbers, sentence)) > 0 {
				continue
			}
			for i, f := range p.stated(found[first:k], figures) {
				if i > 0 && f == figures[0] {
					continue
				}
				line := p.line(f.start)
				switch {
				case cover.scoped[line]:
				case cover.sourced[line]:
					c.noteAt(p, f.span, words{"民生数据只写了来源，没有说明统计口径", "the figure names its source, not what it counts"})
				default:
					c.violateAt(p, f.span, words{"民生数据没有说明统计口径", "the figure does not say what it counts"})
				}
			}
		}
	}
}

// stated returns for each indicator of a sentence the figure that states it:
// the first behind it and before the next indicator, or else, for the first
// indicator, the first of the sentence. An indicator that says 城镇 has its
// scope.
func (p *page) stated(indicators []span, figures []figure) []figure {
	var out []figure
	for i, at := range indicators {
		end := figures[len(figures)-1].end
		if i+1 < len(indicators) {
			end = indicators[i+1].start
		}
		own := figuresIn(figures, span{at.end, end})
		if len(own) == 0 && len(indicators) == 1 {
			own = figures
		}
		if len(own) == 0 || p.urban(at) {
			continue
		}
		if len(out) == 0 || out[len(out)-1] != own[0] {
			out = append(out, own[0])
		}
	}
	return out
}

// urban reports whether an indicator says, itself or right before it, that it
// is of towns (城镇): 城镇新增就业, 城镇登记失业率.
func (p *page) urban(at span) bool {
	const reach = 12 // bytes: four characters
	before := p.text[max(0, at.start-len("城镇")-reach):at.end]
	i := strings.LastIndex(before, "城镇")
	return i >= 0 && strings.IndexFunc(before[i:], func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
}

var (
	changes  = []string{"增长", "下降", "上升", "提高", "增加", "减少", "降低", "上涨", "下跌", "回落", "下滑", "攀升", "提升", "缩减", "递增", "增幅", "涨幅", "降幅", "增速", "增长率"}
	rates    = []string{"增幅", "涨幅", "降幅", "增速", "增长率"}
	bases    = append([]string{"名义", "实际", "可比", "年均", "同期"}, basisWords...)
	planned  = []string{"目标", "力争", "计划", "预期", "规划", "争取"}
	shares   = []string{"占比", "比重", "比例", "份额", "占全", "占到"}
	compares = []string{"比", "较", "与", "相比"}
)

func growthBasis(s *setup) check {
	verbs, basis, plan, share := s.words(changes...), s.words(bases...), s.words(planned...), s.words(shares...)
	compare := s.words(compares...)
	return func(c *call) {
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		for _, f := range p.figures() {
			if f.unit != percent && f.unit != "‰" || !p.changed(f, verbs) {
				continue
			}
			sentence := p.sentence(f.start)
			clause := p.clause(f.start)
			if len(in(p.words(basis), sentence)) > 0 || len(in(p.words(plan), sentence)) > 0 || len(in(p.words(share), clause)) > 0 ||
				p.compared(sentence, compare) || p.towards(sentence) {
				continue
			}
			c.violateAt(p, f.span, words{"变化幅度没有说明与什么相比（同比、环比、比上年……）", "the change does not say what it is compared with"})
		}
	}
}

// changed reports whether a percentage is that of a change: 增长12%, 增速为6%,
// 12%的增长; what has grown to 12% is a level.
func (p *page) changed(f figure, verbs class) bool {
	const (
		reach = 24 // bytes between the verb and the number
		most  = 6  // characters
	)
	if rest, ok := strings.CutPrefix(p.text[f.end:], "的"); ok {
		at := len(p.text) - len(rest)
		for _, v := range in(p.words(verbs), span{at, at + 1}) {
			if v.start == at {
				return true
			}
		}
	}
	found := in(p.words(verbs), span{max(0, f.start-reach), f.start})
	for i := len(found) - 1; i >= 0; i-- {
		v := found[i]
		gap := p.text[v.end:f.start]
		if runeCount(gap) > most || strings.ContainsAny(gap, ",。;!?\n、:") && !strings.HasSuffix(gap, ":") {
			continue
		}
		rate := slices.Contains(rates, p.text[v.start:v.end])
		if !rate && (hasSuffixOf(gap, "到", "至", "为", "占") || strings.Contains(gap, "到") || strings.Contains(gap, "至") && !strings.Contains(gap, "至少")) {
			continue
		}
		return true
	}
	return false
}

// clause returns the part of the sentence between commas that holds an offset.
func (p *page) clause(at int) span {
	s := p.sentence(at)
	if i := strings.LastIndexAny(p.text[s.start:at], ",、"); i >= 0 {
		s.start += i
	}
	if i := strings.IndexAny(p.text[at:s.end], ","); i >= 0 {
		s.end = at + i
	}
	return s
}

// compared reports whether a sentence compares with another time: 比2019年,
// 较年初, 与上月相比.
func (p *page) compared(s span, compare class) bool {
	const reach = 36 // bytes
	for _, w := range in(p.words(compare), s) {
		before, _ := lastRune(p.text[:w.start])
		if before == '占' || before == '对' || before == '同' || before == '环' {
			continue
		}
		after := p.text[w.end:min(s.end, w.end+reach)]
		if i := strings.IndexAny(after, ",。;"); i >= 0 {
			after = after[:i]
		}
		if hasAny(after, "年", "月", "季", "期", "初", "末", "前", "底") {
			return true
		}
	}
	return false
}

// towards reports whether a sentence speaks of a year to come: 到2027年.
func (p *page) towards(s span) bool {
	for rest := p.text[s.start:s.end]; ; {
		i := strings.Index(rest, "到")
		if i < 0 {
			return false
		}
		rest = rest[i+len("到"):]
		if n := digitsAt(rest, 0); n == 4 && strings.HasPrefix(rest[n:], "年") {
			return true
		}
	}
}

// A statement is a figure with what it states.
type statement struct {
	figure
	indicator string
	period    string
	page      *page
}

var (
	// periods are the words for a time that a figure is of.
	periods = []string{"一季度", "二季度", "三季度", "四季度", "第一季度", "第二季度", "第三季度", "第四季度", "前三季度", "上半年", "下半年", "全年", "去年", "上年", "本月", "上月", "当月",
		"截至目前", "累计", "当日", "昨日"}
	// homes are the words for the place that the draft is about.
	homes = []string{"全市", "全省", "全县", "全区", "全国", "全州", "全镇", "我市", "我省", "我县", "我区", "本市", "本省", "本县", "本区"}
	// states are what may stand between an indicator and its figure.
	states = []string{"达到", "达", "为", "是", "共计", "共", "约", "近", "超过", "超", "突破", "完成", "实现", "至", "到", "了", "总数", "总量", "人数", "数", "已", "累计", "合计", "仅", ":", " "}
	fronts = []string{"今年", "今年以来", "以来", "其中", "目前", "的", "共", "已", "累计", "当年", "本年", "完成", "实现"}
)

func figureConsistency(*setup) check {
	return func(c *call) {
		title, digest, body := c.title(), c.document.digest(), c.body()
		var all []statement
		for _, p := range []*page{title, digest, body} {
			if p == nil {
				continue
			}
			for _, f := range p.figures() {
				all = append(all, p.statement(f))
				c.converts(p, f)
			}
		}
		// In title and digest stand those that are compared with the others.
		differs := words{"与文中其他地方的“%s”不一致：%s，%s", "differs from the same figure elsewhere (%s): %s and %s"}
		byIndicator := map[string][]statement{}
		for _, s := range all {
			if s.indicator != "" && !s.about {
				byIndicator[s.indicator+"|"+s.unit] = append(byIndicator[s.indicator+"|"+s.unit], s)
			}
		}
		reported := map[string]bool{}
		const most = 64 // figures of a title and a digest that are compared
		compared := 0
		for _, s := range all {
			if s.page == body || s.indicator == "" || s.about || compared == most {
				continue
			}
			compared++
			var other *statement
			same := false
			group := byIndicator[s.indicator+"|"+s.unit]
			for i := range group {
				o := &group[i]
				if o.page == s.page || o.period != "" && s.period != "" && o.period != s.period {
					continue
				}
				if o.value == s.value {
					same = true
				} else if other == nil {
					other = o
				}
			}
			if other == nil || same || reported[s.indicator+"|"+s.unit] {
				continue
			}
			reported[s.indicator+"|"+s.unit] = true
			c.violateAt(s.page, s.span, differs, s.indicator, s.page.original(s.span), other.page.original(other.span))
		}
		need(c, c.Title, "title")
		need(c, c.Body, "body")
	}
}

// converts compares a figure with its conversion in brackets: 3.2万人（32000人）.
func (c *call) converts(p *page, f figure) {
	rest, ok := strings.CutPrefix(p.text[f.end:min(len(p.text), f.end+48)], "(")
	if !ok || f.about {
		return
	}
	for _, w := range []string{"即", "合", "折合", "共"} {
		rest = strings.TrimPrefix(rest, w)
	}
	if rest == "" || !isDigitByte(rest[0]) {
		return
	}
	at := f.end + strings.Index(p.text[f.end:], rest)
	g, end := figureAt(p.text, at)
	if g.unit == f.unit && g.value != f.value && !g.about && strings.HasPrefix(p.text[end:], ")") {
		c.violateAt(p, span{f.start, g.end}, words{"括号内外的数值不相等", "the figure in brackets is another one"})
	}
}

// statement reads what a figure states: the words right before it, without
// time, place and verb, and the time that its sentence gives.
func (p *page) statement(f figure) statement {
	s := statement{figure: f, page: p}
	sentence := p.sentence(f.start)
	start := f.start
	const longestIndicator = 14 // characters
	for range longestIndicator {
		r, size := lastRune(p.text[sentence.start:start])
		if size == 0 || !unicode.Is(unicode.Han, r) && !unicode.Is(unicode.Latin, r) {
			break
		}
		start -= size
	}
	name := p.text[start:f.start]
	for again := true; again; {
		again = false
		for _, w := range states {
			if rest, ok := strings.CutSuffix(name, w); ok {
				name, again = rest, true
			}
		}
	}
	for again := true; again; {
		again = false
		for _, list := range [][]string{periods, homes, fronts} {
			for _, w := range list {
				if rest, ok := strings.CutPrefix(name, w); ok {
					name, again = rest, true
				}
			}
		}
		// 2025年, 1至9月 and the like end in the run before the number.
		if r := firstRune(name); name != "" && (r == '年' || r == '月' || r == '日') {
			name, again = name[len(string(r)):], true
		}
	}
	if utf8.RuneCountInString(name) >= 2 {
		s.indicator = name
	}
	const reach = 192 // bytes in which the time stands
	before := p.text[max(sentence.start, f.start-reach):f.start]
	type place struct {
		at   int
		name string
	}
	last := place{at: -1}
	for _, w := range periods {
		if i := strings.LastIndex(before, w); i >= 0 && cmp.Or(cmp.Compare(i, last.at), cmp.Compare(len(w), len(last.name))) > 0 {
			last = place{i, w}
		}
	}
	for i := strings.Index(before, "月"); i >= 0; {
		n := i
		for n > 0 && (isDigitByte(before[n-1]) || before[n-1] == '-') {
			n--
		}
		if n < i && i > last.at {
			last = place{i, before[n : i+len("月")]}
		}
		next := strings.Index(before[i+len("月"):], "月")
		if next < 0 {
			break
		}
		i += len("月") + next
	}
	s.period = strings.TrimPrefix(last.name, "第")
	return s
}
