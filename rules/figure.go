package rules

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A figure is a number with a unit as a text states it: 3.2万人, 12%.
type figure struct {
	span        // of number and unit
	digits span // of the number alone
	value  float64
	unit   string // without its multiplier; "%" for every percentage but "百分点"
	about  bool   // 近, 超, 余 and the like make it an approximation
}

// multipliers stand between a number and its unit.
var multipliers = []struct {
	word  string
	times float64
}{{"万亿", 1e12}, {"亿", 1e8}, {"千万", 1e7}, {"百万", 1e6}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2}}

// units of figures that are data, the longest of those that begin alike first.
// Years, days and hours are none: they are dates and times more often.
var units = []string{
	"个百分点", "百分点", "%", "‰", "人次", "人", "名", "户次", "户", "元/月", "元", "套", "个", "公里", "平方米", "平方公里", "立方米", "吨", "千瓦时", "件次", "件", "倍",
	"家", "所", "张", "座", "辆", "台", "例", "亩", "公顷", "处", "间", "微克", "课时", "份", "学位", "床",
}

// whole units count things; a few of them are a story and no statistics.
var wholeUnits = []string{"人", "名", "户", "件", "套", "个", "家", "所", "张", "座", "辆", "台", "例", "处", "间", "份", "人次", "户次", "件次"}

// fewest is the number of things from which a count is a figure.
const fewest = 10

const percent = "%"

// around are the words that make a number an approximation.
var (
	aboutBefore = []string{"近", "约", "超", "超过", "逾", "突破", "不足", "接近", "大约", "至少", "多达"}
	aboutAfter  = []string{"多", "余", "来", "左右"}
)

// figures returns the figures of a page, sorted.
func (p *page) figures() []figure {
	if p.numbers != nil {
		return p.numbers
	}
	out := []figure{}
	s := p.text
	end := 0
	for _, at := range p.digits {
		if int(at) < end {
			continue
		}
		var f figure
		if f, end = figureAt(s, int(at)); f.unit != "" {
			out = append(out, f)
		}
	}
	for _, w := range p.words(p.engine.marks.percent) {
		if f, n := percentAt(s, w.start); n > 0 {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b figure) int { return a.start - b.start })
	p.numbers = out
	return out
}

// figureAt reads the number at s[i:] with its unit; the unit is empty if there
// is none. end is behind what was read.
func figureAt(s string, i int) (f figure, end int) {
	end = i
	for end < len(s) {
		n := digitsAt(s, end)
		end += n
		if end+1 < len(s) && (s[end] == '.' || s[end] == ',') && isDigitByte(s[end+1]) {
			end++
			continue
		}
		break
	}
	const longest = 24 // bytes of a number that is a figure
	before, _ := lastRune(s[:i])
	if end-i > longest || i > 0 && (before == '第' || before == '.' || before == '_' || unicode.Is(unicode.Latin, before)) {
		return f, end
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(s[i:end], ",", ""), 64)
	if err != nil {
		return f, end
	}
	f.digits = span{i, end}
	at := end
	for at < len(s) && s[at] == ' ' {
		at++
	}
	plain := true
	for _, m := range multipliers {
		if strings.HasPrefix(s[at:], m.word) {
			value, at, plain = value*m.times, at+len(m.word), false
			break
		}
	}
	for _, w := range aboutAfter {
		if rest, ok := strings.CutPrefix(s[at:], w); ok {
			f.about, at = true, len(s)-len(rest)
			break
		}
	}
	for at < len(s) && s[at] == ' ' {
		at++
	}
	for _, u := range units {
		if !strings.HasPrefix(s[at:], u) {
			continue
		}
		if u == "个" && hasPrefixOf(s[at+len(u):], "工作日", "自然日", "小时", "月", "年头", "星期", "周") {
			return f, end // a time
		}
		if plain && value < fewest && slices.Contains(wholeUnits, u) {
			return f, end
		}
		f.span, f.value, f.unit = span{i, at + len(u)}, value, u
		if u == "名" {
			f.unit = "人"
		}
		for _, w := range aboutAfter {
			f.about = f.about || strings.HasPrefix(s[f.end:], w)
		}
		for _, w := range aboutBefore {
			f.about = f.about || strings.HasSuffix(s[:i], w)
		}
		return f, f.end
	}
	return f, end
}

// percentAt reads 百分之十二 at s[i:].
func percentAt(s string, i int) (f figure, n int) {
	at := i + len("百分之")
	start := at
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !strings.ContainsRune("零一二三四五六七八九十百点0123456789.", r) {
			break
		}
		at += size
	}
	if at == start || at-start > 30 {
		return f, 0
	}
	return figure{span: span{i, at}, digits: span{start, at}, unit: percent}, at - i
}

// figuresIn returns those of sorted figures that begin in s.
func figuresIn(figures []figure, s span) []figure {
	lo, _ := slices.BinarySearchFunc(figures, s.start, func(f figure, at int) int { return f.start - at })
	hi, _ := slices.BinarySearchFunc(figures, s.end, func(f figure, at int) int { return f.start - at })
	return figures[lo:hi]
}
