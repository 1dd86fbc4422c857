package rules

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

// Han characters of the block that everyday texts use.
const firstHan, lastHan = 0x4E00, 0x9FFF

// A script is a set of the two that Chinese is written in.
type script uint8

const (
	traditionalOnly script = 1 << iota
	simplifiedOnly
)

// oneScript are the characters that only traditional, or only simplified,
// texts have: they fold into a character, or a character folds into them, and
// Big5 and GB 2312, the standard sets of the two scripts, have one of them
// each.
var oneScript = sync.OnceValue(func() *[lastHan - firstHan + 1]script {
	var s [lastHan - firstHan + 1]script
	traditional := matcher.Set(matcher.Traditional)
	simple, complex := simplifiedchinese.HZGB2312.NewEncoder(), traditionalchinese.Big5.NewEncoder()
	inGB2312 := func(r rune) bool {
		simple.Reset()
		_, err := simple.String(string(r))
		return err == nil
	}
	// Big5 has rare characters too, some of which are simplified ones by
	// chance (实, 确); those in use come first, to 0xC67E.
	inBig5 := func(r rune) bool {
		complex.Reset()
		code, err := complex.String(string(r))
		return err == nil && len(code) == 2 && code[0] <= 0xC6
	}
	for r := rune(firstHan); r <= lastHan; r++ {
		root := matcher.FoldRune(r, traditional)
		if root == r {
			continue
		}
		if !inGB2312(r) && inBig5(r) {
			s[r-firstHan] |= traditionalOnly
		}
		if root >= firstHan && root <= lastHan && !inBig5(root) && inGB2312(root) {
			s[root-firstHan] |= simplifiedOnly
		}
	}
	return &s
})

// enoughOfEach is how many different characters of each script make a text a
// mixture: one alone, however often, is a name or a rare character.
const enoughOfEach = 2

// gloss returns the length of a character's own pinyin in brackets at the
// beginning of s, 0 if there is none.
func gloss(han rune, s string) int {
	const longest = 24 // bytes
	open := firstRune(s)
	if open != '(' && open != '（' || !unicode.Is(unicode.Han, han) {
		return 0
	}
	start := len(string(open))
	for i, r := range s[start:min(len(s), start+longest)] {
		switch {
		case r == ')' || r == '）':
			syllable, ok := tables.StripTone(s[start : start+i])
			if ok && tables.HasReading(han, syllable) {
				return start + i + len(string(r))
			}
			return 0
		case !unicode.In(r, unicode.Latin, unicode.Mn, unicode.Digit):
			return 0
		}
	}
	return 0
}

func textDamage(s *setup) check {
	enough := s.params.int("min_hits")
	return func(c *call) {
		if valueOr(orEmpty(c.Meta).Topic, "") == review.TopicPinyinTeaching {
			return
		}
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		if p.odd+p.gloss < enough && p.script < enoughOfEach {
			return // what is looked for below is not there
		}
		text := p.visible.Text()
		var first span // visible offsets
		hits := 0
		hit := func(start, end int) {
			if hits++; hits == 1 {
				first = span{start, end}
			}
		}
		var mixed [2]struct {
			n     int // different characters
			first span
		}
		one := oneScript()
		var seen [lastHan - firstHan + 1]bool
		before, at := rune(0), 0 // the character before
		for i, size := 0, 0; i < len(text); i += size {
			r := rune(0)
			if lead := text[i]; lead >= 0xE4 && lead <= 0xE9 && i+2 < len(text) { // Han; fields are valid UTF-8
				r, size = rune(lead)&0x0F<<12|rune(text[i+1])&0x3F<<6|rune(text[i+2])&0x3F, 3
				if r >= firstHan && r <= lastHan && one[r-firstHan] == 0 { // as most are
					before, at = r, i
					continue
				}
			} else {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			switch {
			case r == utf8.RuneError:
				hit(i, i+len("\uFFFD"))
			case r == '(' || r == '（':
				if n := gloss(before, text[i:]); n > 0 {
					hit(at, i+n)
				}
			case r < 0x20 && r != '\n' && r != '\r' && r != '\t', r >= 0x7F && r <= 0x9F, isZeroWidth(r) && i > 0 && !joins(before, text[i:]):
				hit(i, i+size)
			case r >= firstHan && r <= lastHan:
				set := one[r-firstHan]
				if seen[r-firstHan] {
					break
				}
				seen[r-firstHan] = true
				for k := range mixed {
					if set>>k&1 == 0 {
						continue
					}
					if mixed[k].n++; mixed[k].n == 1 {
						mixed[k].first = span{i, i + size}
					}
				}
			}
			before, at = r, i
		}
		if hits >= enough {
			c.violateIn(p, int64(first.start), int64(first.end), words{"文本有%d处损坏（夹注拼音、乱码或不可见字符），此为首处", "the text is damaged in %d places (glosses, replacement or invisible characters), this is the first"}, hits)
		}
		if mixed[0].n >= enoughOfEach && mixed[1].n >= enoughOfEach {
			rarer := mixed[0]
			w := words{"全文简体，夹有%d个繁体字，此为首处", "%d traditional characters stand in a text of simplified ones, this is the first"}
			if mixed[1].n < mixed[0].n {
				rarer = mixed[1]
				w = words{"全文繁体，夹有%d个简体字，此为首处", "%d simplified characters stand in a text of traditional ones, this is the first"}
			}
			c.violateIn(p, int64(rarer.first.start), int64(rarer.first.end), w, rarer.n)
		}
	}
}

func isZeroWidth(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF || r >= 0x202A && r <= 0x202E
}

// joins reports whether the joiner at the beginning of s binds two parts of an
// emoji.
func joins(before rune, s string) bool {
	const joiner = "\u200D"
	return len(s) > len(joiner) && s[:len(joiner)] == joiner &&
		(before >= 0x2190 || before == 0xFE0F) && firstRune(s[len(joiner):]) >= 0x2190 && !unicode.Is(unicode.Han, before)
}
