package recognize

import (
	"math"
	"strings"
)

// A recognizer looks at the character at index i of the folded text, which may
// give a span away, and emits what stands there: spans of its kinds. It looks at
// no character before i-behind or from i+ahead on.
type recognizer struct {
	look  func(s *scan, i int)
	kinds KindSet
}

// A trigger is a set of recognizers that begin at the same characters.
type trigger struct {
	recognizers []recognizer
	// next has the bits of the characters that can follow for one of them to
	// see anything; see bitOf. So most characters that begin many words cost
	// next to nothing.
	next uint64
}

// anything is the next of a trigger that counts whatever follows.
const anything = ^uint64(0)

// bitOf maps characters to the bits of a mask. Several share one: a mask may
// say maybe, never a false no. All blanks have that of the space.
func bitOf(r rune) uint8 { return uint8(r) & 63 }

// triggerWord is the trigger of letters and digits; only the first of several
// counts.
const triggerWord = 1

// triggers has the empty trigger, triggerWord, and one for each character that
// begins something; triggerOf says which one a folded character has.
var triggers, triggerOf = compileTriggers()

const (
	asciiDigits  = "0123456789"
	asciiLetters = "abcdefghijklmnopqrstuvwxyz"
	numerals     = "零〇○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖洞"
	colons       = ":/|丨 "
)

// begins lists which characters give which spans away, and which can stand
// behind them; no list is anything.
var begins = []struct {
	runes string
	f     func(s *scan, i int)
	next  string
	kinds KindSet // what f emits; none is data and marks
}{
	{asciiDigits + asciiLetters, (*scan).word, "", 0},
	{numerals, (*scan).numerals, numerals + asciiDigits, 0},
	{"(", (*scan).bracketed, "0", 0},
	{"@", (*scan).mail, "", 0},
	{"([【艾爱圈<《", (*scan).mailWord, "a@艾特", 0},
	{":", (*scan).ipv6, asciiDigits + "abcdef:", 0},
	{"扣叩抠球秋企腾加微薇威徽卫公+➕十", (*scan).contactName, "扣叩抠球秋鹅讯qv微薇威信❤心星众w", 0},
	{provinces, (*scan).plate, asciiLetters + " ", 0},
	{"姓", (*scan).nameColumn, "名 ", 0},
	{"绝机秘", (*scan).secretMark, "密 ", 0},
	{"密", (*scan).secretField, "级 ", 0},
	{"内", (*scan).internalMark, "部 ", 0},
	{"工", (*scan).workSecret, "作 ", 0},
	{"会阅", (*scan).handling, "后", 0},
	{"外翻对网", (*scan).ban, "传印外上", 0},
	{"公信", (*scan).notPublic, "开息 ", 0},
	{"此本", (*scan).thisDocument, "件 ", 0},
	{"份№", (*scan).copyNumber, asciiDigits + "号: ", 0},
	{"特加平", (*scan).urgency, "急提 ", 0},
	{"〔[【〖(<《", (*scan).documentNumber, asciiDigits + " ", Set(DocumentNumber)},
	{"来源出稿", (*scan).sourceLine, "源自处件 ", Set(SourceLine)},
	{"转摘综整选编", (*scan).repostLine, "载自发编合理辑选", Set(RepostLine)},
	{"据", (*scan).accord, "", Set(Accord)},
	{"电讯", (*scan).dateline, "", Set(Dateline)},
	{"原", (*scan).originalTitle, "标题文 ", Set(OriginalTitle)},
	{"记作撰文采通供", (*scan).author, "者文稿写字讯" + colons, Set(Author)},
	{"责编本值", (*scan).editor, "任编辑期班校", Set(Editor)},
	{"审签", (*scan).reviewer, "核签发人" + colons, Set(Reviewer)},
}

func compileTriggers() ([]trigger, map[rune]uint8) {
	at := map[rune]int{}
	triggers := []trigger{{}, {next: anything}}
	for _, b := range begins {
		next := uint64(0)
		if b.next == "" {
			next = anything
		}
		for _, r := range b.next {
			next |= 1 << bitOf(fold(r))
		}
		for _, r := range b.runes {
			r = fold(r)
			i, ok := at[r]
			if !ok {
				i = len(triggers)
				if strings.ContainsRune(asciiDigits+asciiLetters, r) {
					i = triggerWord
				} else {
					triggers = append(triggers, trigger{})
				}
				at[r] = i
			}
			t := &triggers[i]
			t.next |= next
			if i != triggerWord || t.recognizers == nil {
				kinds := b.kinds
				if kinds == 0 {
					kinds = AllKinds
				}
				t.recognizers = append(t.recognizers, recognizer{b.f, kinds})
			}
		}
	}
	if len(triggers) > math.MaxUint8 {
		panic("recognize: more triggers than a byte can name")
	}
	triggerOf := map[rune]uint8{}
	for r, i := range at {
		triggerOf[r] = uint8(i)
	}
	return triggers, triggerOf
}
