package segment

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NOTE. How likely is it that a place is ordinary language? In bits, as in
// readings.go, but over text that is no clause: letters, symbols, pictures between
// characters. [Session.Surprise] compares two readings of the window around a
// place: the cheapest at all, and the cheapest of what is left without the place.
// The difference is what the place itself says. A word that covers it, or that
// takes its characters to both sides, makes it cheap; characters that stand alone
// and are rare make it dear.

const (
	// SurpriseRunes is how far the window of a surprise reaches to each side.
	// With 4 the decisions of [Decider] were those of the whole clause.
	SurpriseRunes = 4

	// A run of letters and digits is one word that no dictionary knows:
	// latinBits, and letterBits for each letter, for there are 26 of which some are
	// frequent. A number is numberBits and digitBits a digit: every text has some.
	latinBits  = 10
	letterBits = 5
	numberBits = 5
	digitBits  = 2

	// symbolBits is what a picture or rare symbol costs; signBits an ASCII or
	// general punctuation mark, which code and markup are full of; blankBits a blank.
	symbolBits = 16
	signBits   = 5
	blankBits  = 2
)

// A Surprise says how unlikely it is that a place is ordinary language.
type Surprise struct {
	// Bits is what the place costs in the cheapest reading of its surroundings.
	Bits float64
	// Words are the words of that reading that the place is made of or cut by, in
	// order; together they cover it.
	Words []string
}

// Surprise returns how surprising text[start:end] is where it stands: by how many
// bits the cheapest reading of the window (four characters to each side) is dearer
// than the cheapest readings of what stands before and after the place. It is small
// where the words of the text cover the place or reach into it, and large where it
// falls into rare single characters. text is folded (simplified); start and end are
// on rune boundaries. Cost: at most eight look-ups for each character of the window.
//
// Without a [Dictionary] each word counts 16 bits, and a word of several characters
// 20.
func (s *Session) Surprise(text string, start, end int) Surprise {
	lo, hi := start, end
	for range SurpriseRunes {
		r, n := utf8.DecodeLastRuneInString(text[:lo])
		if !inClause(r) || n == 0 {
			break
		}
		lo -= n
	}
	for range SurpriseRunes {
		r, n := utf8.DecodeRuneInString(text[hi:])
		if !inClause(r) || n == 0 {
			break
		}
		hi += n
	}
	clause := text[lo:hi]
	start, end = start-lo, end-lo
	bits := s.cheapest(clause)
	words, _ := s.wordsOver(clause, start, end)
	before, _ := utf8.DecodeLastRuneInString(clause[:start])
	if first, _ := utf8.DecodeRuneInString(clause[start:]); isLetter(before) && isLetter(first) {
		bits -= s.cheapest(clause[:start]) // one word reaches over the edge
	} else {
		bits -= s.cost[slices.Index(s.at, start)]
	}
	bits -= s.cheapest(clause[end:])
	return Surprise{bits, words}
}

// SurpriseBits returns the Bits of [Session.Surprise], for runes[start:end]. It
// allocates nothing.
func (s *Session) SurpriseBits(runes []rune, start, end int) float64 {
	lo, hi := start, end
	for lo > max(0, start-SurpriseRunes) && inClause(runes[lo-1]) {
		lo--
	}
	for hi < min(len(runes), end+SurpriseRunes) && inClause(runes[hi]) {
		hi++
	}
	bits := s.read(runes[lo:hi])
	if start > lo && isLetter(runes[start-1]) && isLetter(runes[start]) {
		bits -= s.read(runes[lo:start]) // one word reaches over the edge
	} else {
		bits -= s.cost[start-lo]
	}
	return bits - s.read(runes[end:hi])
}

// Cost returns what the Chinese characters of text cost in its cheapest reading, and
// how many they are; what stands between them ends words and costs nothing. Modern
// prose costs some 7 bits a character, classical texts 9 and more.
func (s *Session) Cost(text string) (bits float64, runes int) {
	for len(text) > 0 {
		n := strings.IndexFunc(text, func(r rune) bool { return !isHan(r) })
		if n < 0 {
			n = len(text)
		}
		if n > 0 {
			bits += s.cheapest(text[:n])
			runes += utf8.RuneCountInString(text[:n])
		}
		i := strings.IndexFunc(text[n:], isHan)
		if i < 0 {
			break
		}
		text = text[n+i:]
	}
	return bits, runes
}

func isHan(r rune) bool { return r >= 0x3400 && unicode.Is(unicode.Han, r) }

// Bits returns how many bits a single character costs as a word.
func (s *Session) Bits(r rune) float64 {
	switch {
	case isLetter(r):
		return letterBits
	case r == ' ' || r == '\u3000' || r == '\t':
		return blankBits
	case r < 0x2190 && !inClause(r) || 0x3000 <= r && r < 0x3040:
		return signBits
	case !inClause(r):
		return symbolBits
	}
	if s.decider.dict == nil {
		return 16
	}
	if 0x4E00 <= r && r <= 0x9FFF {
		return float64(s.decider.costs().chars[r-0x4E00])
	}
	return unknownBits
}

// particles are the characters that most often are words by themselves, by how many
// bits that costs, from the tables of character frequencies that agree on these.
var particles = map[float64]string{
	6: "的一是不了在有我他这",
	8: "人个上们来到时大地为子中你说国年着就那和要她出也得里后自以会家可下而过天去能对小多然于之都",
	10: "心学么好看起发当没成只如事把还用第样道想作种开总从无己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间知什两次使身者被高已其进此话常与" +
		"将由让则即且乃或及向并才再更每各该于比做叫吃走住打死问令命王公元月水山东西南北三二四五六七八九十百千万亿",
}

// newWords are everyday words that the dictionary, which was counted some twenty years
// ago, does not have. newBits is what each of them costs, which is that of a word with
// count 60.
var newWords = strings.Fields(`
		主播 云计算 保研 健康码 充电宝 充电桩 公众号 养犬 冰粉 冰饮 刷脸 剧透 加绒 包邮 区块链 卖萌 博主 卡顿 卫衣 双减 吐槽 国潮 大数据 大码 学区房 学渣 学霸
		小码 小程序 尾货 差评 幼小衔接 应用商店 录屏 微店 快充 快手 截屏 手办 手游 打工人 扫码 扫货 投屏 抖音 拼单 拼团 拼车 挂科 播主 播客 撸猫 文创 断网 断货
		新冠 暖男 毒舌 海淘 点赞 热搜 爆款 犬只 狗粮 独播 猫粮 电竞 盲盒 短视频 秒光 秒退 空气炸锅 端游 素颜 绘本 给力 绩点 网盘 网红 网约车 网课 网购 网贷 考公
		考博 考编 脑洞 脑补 自拍 螺蛳粉 行程码 表情包 读博 车贷 轻食 追剧 追更 逆袭 铲屎官 闪退 隔离点 颜值 风投`)

const newBits = 19

// aloneBits is what it costs that a character of many words stands alone.
const aloneBits = 3

// isLetter reports whether r is a digit or a Latin letter, perhaps with an accent.
func isLetter(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' || 0xC0 <= r && r < 0x250 || 0x1E00 <= r && r < 0x1F00
}

// cheapest returns the cost of the cheapest reading of clause, and leaves in
// s.at the byte offsets of its runes, beside what read leaves.
func (s *Session) cheapest(clause string) float64 {
	at, runes := s.at[:0], s.runes[:0]
	for i := 0; i < len(clause); {
		r, n := utf8.DecodeRuneInString(clause[i:])
		at, runes = append(at, i), append(runes, r)
		i += n
	}
	s.at, s.runes = append(at, len(clause)), runes
	return s.read(runes)
}

// read returns the cost of the cheapest reading of runes, and leaves in s.cost what it
// costs up to each of them, and in s.via where the last word of the cheapest
// reading up to it begins.
func (s *Session) read(runes []rune) float64 {
	cost, via := append(s.cost[:0], 0), append(s.via[:0], 0)
	for range runes {
		cost, via = append(cost, math.Inf(1)), append(via, 0)
	}
	s.cost, s.via = cost, via
	var words *costs
	if s.decider.dict != nil {
		words = s.decider.costs()
	}
	for i, r := range runes {
		here := cost[i]
		reach := func(n int, bits float64) {
			if c := here + bits; c < cost[i+n] {
				cost[i+n], via[i+n] = c, i
			}
		}
		if 0x4E00 <= r && r <= 0x9FA5 && words != nil { // as most are
			reach(1, float64(words.chars[r-0x4E00]))
		} else if isLetter(r) {
			n, digits := 0, 0
			for ; i+n < len(runes) && isLetter(runes[i+n]); n++ {
				if runes[i+n] <= '9' {
					digits++
				}
			}
			if digits == n {
				reach(n, numberBits+digitBits*float64(n))
			} else {
				reach(n, latinBits+letterBits*float64(n))
			}
			continue
		} else {
			reach(1, s.Bits(r))
			if !inClause(r) || words == nil {
				continue
			}
		}
		key, steps := uint64(r), words.keys != nil && keyed(r)
		for n := 2; n <= longestWord && i+n <= len(runes); n++ {
			last := runes[i+n-1]
			if last < 0x3400 {
				break
			}
			if steps = steps && n <= keyRunes && keyed(last); steps {
				key |= uint64(last) << (16 * (n - 1))
				value := words.step(key)
				if bits, ok := words.cost(value); ok {
					reach(n, bits)
				}
				if value&goesOn == 0 {
					break
				}
			} else if bits, ok := words.word(string(runes[i : i+n])); ok {
				reach(n, bits)
			}
		}
	}
	return cost[len(runes)]
}

// wordsOver returns the words of the reading that cheapest has found last for
// clause which overlap clause[start:end], and where the first of them begins.
func (s *Session) wordsOver(clause string, start, end int) (words []string, at int) {
	for i := len(s.at) - 1; i > 0; i = s.via[i] {
		from, to := s.at[s.via[i]], s.at[i]
		if from < end && to > start {
			words = append(words, clause[from:to])
			at = from
		}
	}
	slices.Reverse(words)
	return words, at
}
