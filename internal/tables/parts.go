package tables

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Parts returns the characters that r is made of, in the order in which they are
// written, or "": "女子" for 好, "亻门" for 们. It is one level of the way down:
// 辶畐 for 逼, not 辶一口田. A part stands in the form that it has there; [Free]
// brings the forms of a radical together. A character is looked up as it is,
// with no folding. The first call builds an index of some 20,000 entries.
func Parts(r rune) string {
	return partsOf()[r]
}

// PartedRunes returns all characters that have parts, in ascending order.
func PartedRunes() []rune { return partedRunes() }

var partsOf = sync.OnceValue(func() map[rune]string {
	m := make(map[rune]string, 1<<15)
	for entry := range strings.FieldsSeq(parts) {
		r, w := utf8.DecodeRuneInString(entry)
		m[r] = entry[w:]
	}
	return m
})

var partedRunes = sync.OnceValue(func() []rune {
	list := make([]rune, 0, len(partsOf()))
	for r := range partsOf() {
		list = append(list, r)
	}
	slices.Sort(list)
	return list
})

// freeForms lists forms of one radical, bound ones beside the free one, which
// comes first. Writers who take a character apart type the free one: 水每 for 海.
// Simplified and traditional forms meet in [Root].
var freeForms = [...]string{
	"水氵氺", "人亻𠆢", "言讠訁", "金钅釒", "手扌龵才", "心忄㣺", "犬犭", "草艹艸卝廾", "丝纟糸糹", "食饣飠", "衣衤", "示礻",
	"刀刂", "火灬", "之辶⻌⻍辵", "牛牜", "王玉", "肉⺼", "网罒⺲罓", "足⻊𧾷", "竹⺮", "文攵攴", "病疒", "雨⻗", "羊⺶⺷", "爪爫", "卩㔾", "小⺌⺍",
	"冰冫⺀", "耳阝阜邑", "长镸", "老耂", "歹歺", "巛川", "乙乚", "己已巳",
}

var freeForm = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for _, forms := range freeForms {
		first, _ := utf8.DecodeRuneInString(forms)
		for _, r := range forms {
			m[r] = first
			m[Root(r)] = first
		}
	}
	return m
})

// Free returns the form of a part that stands for all forms of the same radical,
// simplified: 水 for 氵, 言 for 讠 and 訁. Any other rune gives its [Root].
func Free(r rune) rune {
	if f, ok := freeForm()[r]; ok {
		return f
	}
	r = Root(r)
	if f, ok := freeForm()[r]; ok {
		return f
	}
	return r
}

// StrokeClose yields groups of simplified characters that are a stroke apart and
// easily taken for each other, each group as a string: 人入八. A character may
// stand in several groups.
func StrokeClose() []string { return strings.Fields(strokeClose) }
