package lexicon

import (
	"math"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// NOTE. This file decides whether a disguised candidate is believed: 堵博 can be 赌博
// or a slip, 读博 has the same sound and is ordinary language. It compares two
// stories about the place, in bits (a bit is a factor of two in likelihood):
//
//   - ordinary: what the place costs in the cheapest reading of its clause by words
//     ([segment.Session.Surprise]): little where words cover it (读博士, 毒|博物馆),
//     much where it falls into rare single characters, stray letters, pictures;
//   - disguised: what the term costs as a word, and for each piece what it costs to
//     write it so (the tables below).
//
// The candidate is believed if the ordinary story is dearer by [disguisePolicy.need]
// bits; what stands around it shifts the balance. The terms of two characters need
// the most luck by that measure, those of four hardly any. All numbers are fields of
// one policy, so that bench/disguise can show what each one does.

// Measured with bench/disguise on half 0 of its sentences and on a part of 22 MB of
// ordinary text (840,564 characters). What need costs and finds:
//
//	need   false findings per 10,000            found, 2,992 insults, all channels
//	       starter       2,992 insults
//	       default  all  default  all           homophone  fuzzy  lookalike  initials   by hand (homophone, fuzzy)
//	2      0.14     1.2  1.0      3.8           99 %       96 %   79 %       83 %       78 %  56 %
//	3      0.10     0.9  0.8      2.9           99 %       94 %   77 %       80 %       76 %  54 %
//	4      0.06     0.7  0.6      2.2           98 %       94 %   75 %       73 %       74 %  46 %
//	5      0.05     0.6  0.4      1.6           96 %       94 %   74 %       65 %       70 %  41 %
//	6      0.05     0.4  0.3      1.1           94 %       93 %   72 %       58 %       59 %  33 %
//
// The table of bench/results/disguise.md is the whole, on both halves.
//
// Two things did the most: how frequent characters are within words, since the
// dictionary has count 2 for every single one; and that weights were fitted (logistic
// regression, on half 0, the sentences by hand and a tenth of the ordinary text), which
// halved the price at the same recall. It showed that writers leave a character of the
// term as it is, where chance changes all (60 % of the sentences by hand, 14 % of false
// findings).

// disguisePolicy holds the numbers of the decision, in bits.
type disguisePolicy struct {
	// need is by how much the ordinary story must be dearer.
	need float64

	// term is what a term costs as a word: that of a rare one, one in a million.
	// How common it is in dictionaries says nothing about how often it is disguised.
	term float64

	// write is what it costs to write a piece so: the logarithm of how many ways
	// the channel offers for one character. A syllable has about twenty common
	// characters, and writers prefer none; spelled out or taken apart it has one form.
	write [32]float64 // by channel

	// kept speaks for a place that has a character of the term as it is: most writers
	// change one, and chance changes all.
	kept float64

	// neighbour is what another finding of the category in the sentence is worth;
	// context one word that goes with the category, contextMost all of them.
	neighbour, context, contextMost float64

	// foreign is what speaks against letters beside letters that are no pinyin:
	// they are a word among words. pinyin is that for syllables beside others, and
	// toned for tone marks in a sentence that has more of them, or speaks of sounds. name is
	// for letters joined to others by a sign, as in addresses and code.
	foreign, pinyin, toned, name float64

	// capitals speaks against letters in capitals only: SB is a firm, sb is not.
	capitals float64
	// surname speaks against a place that begins with a common surname: the rare
	// characters after it are somebody's name.
	surname float64
	// mixed speaks against each way of writing beyond the first among those that
	// change the character: who writes so has one in mind.
	mixed float64
	// joined speaks for small letters that touch the characters around them: words of
	// letters are set apart, or follow a sign.
	joined float64
	// unlikely speaks against disguises of terms of a category that nobody disguises
	// (see [CategoryInfo.Disguises]), where a call asks for them all the same.
	unlikely float64
	// known speaks against letters that are a common abbreviation or English word.
	known float64
	// measured speaks for a place after a measure word (这个, 一群): a noun follows, and
	// no name. copula is that for 是; end for a place before which nothing follows in
	// its clause.
	measured, copula, end float64
	// rare speaks against each changed character of rareBits or more: names are written with
	// those, and nobody types them for another. seen speaks against what only looks like the
	// term: half of all characters share a part with another common one.
	rare, seen float64
	// strange speaks against a place in a sentence that is unusual throughout, as
	// classical texts are, for each bit above usual that a character of it costs, up to
	// strangeMost.
	strange, usual, strangeMost float64
	// comma speaks against a place across a comma, or letters across other signs.
	comma float64
	// whole speaks against a place that words of two characters and more cover exactly:
	// 登记|证书 for 等级证书.
	whole float64
}

var defaultDisguise = disguisePolicy{
	need: 2, term: 20,
	write: [32]float64{
		matcher.Pinyin: 1.5, matcher.Homophone: 5, matcher.Split: 2.5, matcher.Leet: 0.5, matcher.Emoji: 0,
		matcher.HomophoneFuzzy: 6.5, matcher.Initials: 1, matcher.Lookalike: 6.5, matcher.Swap: 0,
	},
	kept:      3,
	neighbour: 6.5, context: 4, contextMost: 8,
	foreign: 18, pinyin: 3, toned: 25, name: 13,
	capitals: 10, known: 16, surname: 5.5, mixed: 7.5, joined: 3, unlikely: 5,
	measured: 5.5, copula: 1.5, end: 1.5, rare: 2.5, seen: 3, strange: 0.8, usual: 7, strangeMost: 8, comma: 8, whole: 8,
}

// rareBits is what a character costs that is in none of the two thousand most
// frequent ones.
const rareBits = 18

// measureWords are those after which people are called names, and things are sold.
const measureWords = "个種种群帮些堆只头条坨批窝伙"

// disguiseContext are words that go with the terms of a category: what stands in
// the same sentence when the thing is offered or somebody is insulted. One of them
// decides nothing by itself.
var disguiseContext = map[Category][]string{
	AbuseDiscrimination: {
		"你", "滚", "骂", "恶心", "垃圾", "贱", "死", "脑残", "这种", "真是", "全家", "丑", "装", "臭", "狗", "一群", "都是", "不要脸", "闭嘴",
		"废物", "有病", "就是", "玩意", "东西", "这帮", "那些", "歧视", "看不起", "他妈", "妈的", "什么", "吧", "啊", "呢", "呵呵", "哈哈", "吗",
	},
	PornVulgar: {
		"约", "上门", "服务", "妹", "看片", "资源", "视频", "直播", "美女", "小姐", "包夜", "私聊", "加我", "微信", "看吗", "福利", "你", "操", "爽",
	},
	GamblingFraud: {
		"平台", "网站", "开户", "送", "元", "微信", "群", "注册", "提现", "稳", "赢", "投注", "下注", "充值", "代理", "日赚", "返利", "包赔", "加我",
		"app", "APP", "首存", "彩金", "玩", "在线", "押金", "客服", "兼职", "赚钱", "刷", "佣金", "贷", "额度",
	},
	Contraband: {
		"出售", "有货", "到货", "卖", "买", "联系", "微信", "加", "发货", "包邮", "现货", "出货", "私聊", "价格", "办理", "代办", "出", "收", "qq", "QQ",
	},
}

// surnames are the common ones of one character, also of former times, that are
// seldom a word by themselves.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊陆郝孔" +
	"崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文裴项晋阳沮尉祖柳荀桓庾褚殷虞羊窦尔司"

// commonLetters are words and abbreviations of letters that stand in Chinese text
// without any wish to hide: units, files, commands, brands of everyday use, and
// English words that happen to be syllables.
var commonLetters = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`
		km cm mm nm kg mg ml kb mb gb tb hz kw kv ph am pm ad bc ok vs no id ip pc tv cd dj pk vip qq app ppt pdf doc jpg png gif mp csv xml sql
		cpu gpu usb ssd ram rom bug api sdk ide url web www com net org http https html css js ts py go rb sh cd ls cp mv rm cat vi vim ssh scp tar zip git
		npm apt yum pip sudo root bin lib usr etc var tmp dev src int str len max min sum abs log sin cos tan def let new for and the not you she her him his
		my me he we us it is at on in an of to up so do by or if as be hi bye men women man made make take like nice done here there them then than bang ban
		can long song pan sun fan dan bin pin mama papa china panda dubai banana mini yoga wang li chen lin yang zhang huang hong lu sha shine siren machine
		since change change bike rice dice mine wine pipe ruin tea sea lie die pie piano ai ii iii iv vi vii xi tm dna rna pm gdp cpi ceo cfo cto hr it pr
		nba cba cctv pvc led lcd dvd abs gps gui lan wan du df sim sms mms wifi uk usa un eu wto who ceo mba phd ktv atm
		gcc gdb smb nfs wc nc ps top man awk sed grep vim emacs bash zsh ksh curl wget ping ssh scp ftp sftp rsync make cmake llvm clang bcc ebpf dnf rpm yum apt deb
		snap kde gnome lxqt xfce lxde sbc vps vpn dns dhcp tcp udp tls ssl ssd hdd nvme cuda cnn rnn gpt llm nlp ocr rgb hsv fps hdr gif webp mkv avi wav flac midi
		json yaml toml ini conf cfg log bak lua perl ruby rust java kotlin dart swift scala haskell lisp`) {
		m[w] = true
	}
	return m
}()

// plausible reports whether a disguised candidate is worth a judgement. What it
// refuses is written with everyday characters and sounds like a term, as one place
// in thirty does: nobody would look at a list of those.
func (j *judge) plausible(m matcher.Match, text string, base int64) bool {
	if m.Channels&matcher.Disguises == 0 {
		return true
	}
	policy := &defaultDisguise
	most := policy.most()
	for _, r := range text[m.Start-base : m.End-base] {
		most += j.session.Bits(r)
		if r < utf8.RuneSelf {
			most += 10 // letters are judged where their neighbours are known
		}
	}
	return most >= policy.term+policy.least(m.Channels)+policy.need
}

// least is the cheapest way to write one character through some of the channels.
func (p *disguisePolicy) least(set matcher.ChannelSet) float64 {
	least := math.Inf(1)
	for s := uint32(set & matcher.Disguises); s != 0; s &= s - 1 {
		least = min(least, p.write[bits.TrailingZeros32(s)])
	}
	return least
}

// hints are the channels that never give block alone.
var hints = func() (set matcher.ChannelSet) {
	for _, info := range matcher.Channels() {
		if info.Hint {
			set = set.With(info.Channel)
		}
	}
	return set
}()

// most is what can speak for a place beside its own surprise.
func (p *disguisePolicy) most() float64 {
	return p.kept + p.contextMost + p.neighbour + p.joined + p.measured + p.end
}

// bound returns at most by how many bits the guess that text[start:end] stands for the
// term of m can be believed, but for what the sentence around it is worth. It allocates
// nothing, and most guesses need no other look.
func (j *judge) bound(m matcher.Match, text string, base int64) float64 {
	policy := &defaultDisguise
	start, end := int(m.Start-base), int(m.End-base)
	if w := &j.weighed; w.start != m.Start || w.end != m.End || w.end == 0 {
		w.start, w.end = m.Start, m.End
		w.bits = j.surpriseBits(text, start, end) + policy.slot(text[:start], text[end:])
	}
	bits := j.weighed.bits - policy.term
	hidden := m.Channels & matcher.Disguises
	if hidden == matcher.Set(matcher.Lookalike) {
		bits -= policy.seen
	}
	if hidden.Has(matcher.Initials) {
		bits += policy.joined
	}
	changed, chars := 1, 0
	if p := &j.l.patterns[m.Pattern]; hidden&^inPlace == 0 && m.Channels&gaps == 0 && end-start == len(p.entry.Term) {
		changed, chars = differing(text[start:end], p.entry.Term)
	}
	if bits -= float64(changed) * policy.least(m.Channels); changed != chars {
		bits += policy.kept
	}
	return bits
}

// sieve is what [judge.wanted] says of two characters before anybody knows for what they
// could stand; see [matcher.Sieve].
func (j *judge) sieve(text []byte, base int64, start, end int) int {
	const reach = segment.SurpriseRunes * utf8.UTFMax
	if start < reach && base > 0 || end+reach > len(text) {
		return 2 // what stands around them is not all there
	}
	policy := &defaultDisguise
	s := unsafe.String(unsafe.SliceData(text), len(text)) // not kept
	bits := j.surpriseBits(s, start, end) + policy.slot(s[:start], s[end:]) - policy.term + policy.contextMost + policy.neighbour
	write := policy.least(inPlace)
	switch {
	case bits-2*write >= policy.need:
		return 2
	case bits-write+policy.kept >= policy.need:
		return 1
	}
	return 0
}

// inPlace are the disguises that put one character in the place of another, and gaps
// the channels through which something stands between them.
var (
	inPlace = matcher.Set(matcher.Homophone, matcher.HomophoneFuzzy, matcher.Lookalike)
	gaps    = matcher.Set(matcher.Noise, matcher.Invisible)
)

// differing returns how many characters of a are not those of b in the same places, if
// forms of one character are the same, and how many b has. It counts one if they have not
// as many.
func differing(a, b string) (n, chars int) {
	for _, y := range b {
		x, w := utf8.DecodeRuneInString(a)
		if w == 0 {
			return 1, 0
		}
		if a = a[w:]; x != y && tables.Root(x) != tables.Root(y) {
			n++
		}
		chars++
	}
	if a != "" {
		return 1, 0
	}
	return n, chars
}

// wanted reports whether a disguised candidate is worth a hit: if the scene does not
// ask for vetoed guesses, most need no other look.
func (j *judge) wanted(m matcher.Match, text string, base int64) bool {
	if m.Channels&matcher.Disguises == 0 || !j.scene.NoVetoedGuesses {
		return true
	}
	policy := &defaultDisguise
	around := policy.neighbour
	if len(disguiseContext[j.l.patterns[m.Pattern].entry.Category]) > 0 {
		around += policy.contextMost
	}
	return j.bound(m, text, base)+around >= policy.need
}

// surpriseBits is [segment.Session.SurpriseBits] of text[start:end].
func (j *judge) surpriseBits(text string, start, end int) float64 {
	at := start
	for range segment.SurpriseRunes {
		_, w := utf8.DecodeLastRuneInString(text[:at])
		at -= w
	}
	runes := j.runes[:0]
	from, to, stop := 0, 0, -1
	forms := plainForms()
	for at < len(text) && len(runes) != stop {
		switch at {
		case start:
			from = len(runes)
		case end:
			to, stop = len(runes), len(runes)+segment.SurpriseRunes
		}
		r, w := utf8.DecodeRuneInString(text[at:])
		at += w
		if r <= 0xFFFF {
			r = forms[r]
		} else {
			r = matcher.FoldRune(r, plain)
		}
		runes = append(runes, r)
	}
	if at == len(text) && stop < 0 {
		to = len(runes)
	}
	j.runes = runes
	return j.session.SurpriseBits(runes, from, to)
}

// plainForms are the characters of the basic plane folded through plain.
var plainForms = sync.OnceValue(func() *[1 << 16]rune {
	t := new([1 << 16]rune)
	for r := range rune(1 << 16) {
		t[r] = matcher.FoldRune(r, plain)
	}
	return t
})

// ordinary reports whether a disguised candidate reads as ordinary language, with
// the words that say so, and by how many bits it does not.
func (j *judge) ordinary(m matcher.Match, text string, base int64, before, after string) (words []string, belief float64, yes bool) {
	policy := &defaultDisguise
	start, end := int(m.Start-base), int(m.End-base)
	surface := text[start:end]
	around := j.around(m, text, base)
	possible := j.bound(m, text, base)+around >= policy.need
	if !possible && j.scene.NoVetoedGuesses {
		return nil, 0, true
	}
	surprise := j.surprise(m, text, start, end)
	yes = true
	defer func() {
		if yes {
			for _, w := range surprise.Words {
				words = append(words, j.held(w))
			}
		}
	}()
	if !possible {
		return nil, 0, true
	}
	steps := j.l.matcher.Steps(m.Pattern, surface)
	support := -policy.term
	var used matcher.ChannelSet
	kept := 0.0
	for _, s := range steps {
		used |= s.Channels
		if s.Channels&matcher.Disguises == 0 {
			kept = policy.kept
		} else {
			support -= policy.rare * float64(j.rares(surface[s.Start:s.End]))
		}
		for c, bits := range policy.write {
			if s.Channels.Has(matcher.Channel(c)) {
				support -= bits
			}
		}
	}
	support += kept
	kinds := -1
	for _, c := range []matcher.Channel{matcher.Homophone, matcher.HomophoneFuzzy, matcher.Lookalike, matcher.Initials, matcher.Leet} {
		if used.Has(c) {
			kinds++
		}
	}
	if used.Has(matcher.Homophone) && used.Has(matcher.HomophoneFuzzy) {
		kinds-- // one way, more or less exact
	}
	support -= policy.mixed * float64(max(0, kinds))
	if info, ok := j.l.patterns[m.Pattern].entry.Category.Info(); ok && info.Disguises == 0 {
		support -= policy.unlikely
	}
	support += surprise.Bits
	if first, _ := utf8.DecodeRuneInString(canonical(surface)); len(surprise.Words) > 1 && strings.ContainsRune(surnames, first) {
		support -= policy.surname
	}
	if used.Has(matcher.Lookalike) {
		support -= policy.seen
	}
	if strings.ContainsAny(surface, "，,、") || used.Has(matcher.Initials) && m.Channels.Has(matcher.Noise) {
		support -= policy.comma
	}
	if len(surprise.Words) > 1 && covered(surprise.Words, canonical(surface)) {
		support -= policy.whole
	}
	support += around + policy.slot(before, after)
	if used.Has(matcher.Pinyin) || used.Has(matcher.Initials) || used.Has(matcher.Leet) {
		support -= amongLetters(surface, before, after, used)
	}
	if support >= policy.need {
		support -= j.strange(before, after)
	}
	belief, yes = support, support < policy.need
	return nil, belief, yes
}

// rares counts the rare Chinese characters of a text.
func (j *judge) rares(s string) (n int) {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.Is(unicode.Han, r) && j.session.Bits(r) > rareBits {
			n++
		}
	}
	return n
}

// slot returns what the characters beside a place are worth.
func (p *disguisePolicy) slot(before, after string) (bits float64) {
	switch r, _ := utf8.DecodeLastRuneInString(before); {
	case before == "":
	case strings.ContainsRune(measureWords, r):
		bits = p.measured
	case r == '是':
		bits = p.copula
	}
	if r, _ := utf8.DecodeRuneInString(after); after == "" || r == '，' || r == ',' || endsSentence(r) {
		bits += p.end
	}
	return bits
}

// covered reports whether the words are the surface, and each a word of several
// characters.
func covered(words []string, surface string) bool {
	for _, w := range words {
		if utf8.RuneCountInString(w) < 2 {
			return false
		}
	}
	return strings.Join(words, "") == surface
}

// strangeRunes is how much of a sentence on each side of a place says what language
// it is written in.
const strangeRunes = 24

// strange returns what speaks against a place because its whole sentence is unusual.
func (j *judge) strange(before, after string) float64 {
	policy := &defaultDisguise
	left, right := sentence(before, after)
	left, right = canonical(lastRunes(left, strangeRunes)), canonical(firstRunes(right, strangeRunes))
	a, n := j.session.Cost(left)
	b, k := j.session.Cost(right)
	if n+k < 3 {
		return 0
	}
	return min(policy.strangeMost, policy.strange*max(0, (a+b)/float64(n+k)-policy.usual))
}

// surprise returns how surprising a candidate's surface is where it stands. Several
// terms often sound like one place, so the last answer is kept.
func (j *judge) surprise(m matcher.Match, text string, start, end int) segment.Surprise {
	if j.surprised.start == m.Start && j.surprised.end == m.End && j.surprised.end > 0 {
		return j.surprised.is
	}
	// The words of the clause, folded as the dictionary is.
	lo := start - len(lastRunes(text[:start], clauseRunes))
	hi := end + len(firstRunes(text[end:], clauseRunes))
	left, mid, right := canonical(text[lo:start]), canonical(text[start:end]), canonical(text[end:hi])
	j.surprised.start, j.surprised.end = m.Start, m.End
	j.surprised.is = j.session.Surprise(left+mid+right, len(left), len(left)+len(mid))
	return j.surprised.is
}

// neighbourBytes is how far behind a candidate a neighbour counts: what ends there
// is known when the candidate is judged, contextBytes after it, in every stream.
const neighbourBytes = contextBytes / 2

// around returns what the sentence is worth.
func (j *judge) around(m matcher.Match, text string, base int64) (bits float64) {
	policy := &defaultDisguise
	start, end := int(m.Start-base), int(m.End-base)
	lo, hi := j.settings.sentence(text, base, start, end)
	category := j.l.patterns[m.Pattern].entry.Category
	left, right := text[lo:start], text[end:hi]
	for _, w := range j.spoken(category, text, base, lo, hi) {
		if strings.Contains(left, w) || strings.Contains(right, w) {
			if bits += policy.context; bits >= policy.contextMost {
				bits = policy.contextMost
				break
			}
		}
	}
	from, to := m.Start-int64(len(left)), m.End+min(int64(len(right)), neighbourBytes)
	for _, f := range j.written {
		if f.Start >= from && f.End <= to && (f.End <= m.Start || f.Start >= m.End) && j.l.patterns[f.Pattern].entry.Category == category {
			return bits + policy.neighbour
		}
	}
	return bits
}

// spoken returns the words of disguiseContext that are in text[lo:hi]. It remembers
// those of the last sentence.
func (j *judge) spoken(category Category, text string, base int64, lo, hi int) []string {
	all := disguiseContext[category]
	if len(all) == 0 {
		return nil
	}
	t := j.talk[category]
	if t == nil {
		t = &talk{}
		j.talk[category] = t
	}
	if from, to := base+int64(lo), base+int64(hi); t.from != from || t.to != to {
		t.from, t.to, t.words = from, to, t.words[:0]
		for _, w := range all {
			if strings.Contains(text[lo:hi], w) {
				t.words = append(t.words, w)
			}
		}
	}
	return t.words
}

// talk is what spoken found in a stretch of the text.
type talk struct {
	from, to int64
	words    []string
}

// amongLetters returns what speaks against a surface of letters: that they are a
// known word, that words of letters stand beside it, or that it is part of a name.
func amongLetters(surface, before, after string, used matcher.ChannelSet) (bits float64) {
	policy := &defaultDisguise
	letters := matcher.Fold(surface, matcher.Set(matcher.Width, matcher.Case, matcher.Styled))
	first, _ := utf8.DecodeRuneInString(letters)
	last, _ := utf8.DecodeLastRuneInString(letters)
	for w := range strings.FieldsFuncSeq(letters, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if commonLetters[w] && len(w) > 1 {
			if len(w) < len(letters) && !strings.Contains(letters, " ") {
				bits += policy.known / 3 // 冰du
			} else {
				bits += policy.known
			}
		}
	}
	if left, _ := utf8.DecodeLastRuneInString(before); used.Has(matcher.Initials) && surface == strings.ToLower(surface) {
		right, _ := utf8.DecodeRuneInString(after)
		if unicode.Is(unicode.Han, left) || unicode.Is(unicode.Han, right) {
			bits -= policy.joined
		}
	}
	if strings.ContainsFunc(surface, unicode.IsUpper) && !strings.ContainsFunc(surface, unicode.IsLower) {
		bits += policy.capitals
	}
	if hasTones(surface) {
		left, right := sentence(before, after)
		if hasTones(left) || hasTones(right) || strings.Contains(left+right, "音") || strings.Contains(left+right, "拼") {
			bits += policy.toned
		}
	}
	if strings.ContainsAny(surface, "-/_=#$`:<>") || used.Has(matcher.Leet) && inNumber(surface, before) {
		bits += policy.name
	}
	if first < utf8.RuneSelf {
		word, joined := lastWord(before)
		bits += policy.beside(word, joined)
	}
	if last < utf8.RuneSelf {
		word, joined := firstWord(after)
		bits += policy.beside(word, joined)
	}
	return bits
}

// inNumber reports whether digits of a surface are those of a number with a point, or
// of a date (1月|9日 for 狗日).
func inNumber(surface, before string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(surface) && '0' <= surface[i] && surface[i] <= '9' }
	for i := range surface {
		if surface[i] == '.' && digit(i-1) && digit(i+1) {
			return true
		}
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " "))
	return digit(0) && (last == '年' || last == '月' || last == '第')
}

// beside returns what speaks against letters that stand beside a word of letters.
func (p *disguisePolicy) beside(word string, joined bool) float64 {
	switch {
	case word == "" && !joined:
		return 0
	case joined:
		return p.name
	case syllables(word):
		return p.pinyin
	}
	return p.foreign
}

// hasTones reports whether there are letters with tone marks.
func hasTones(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Latin, r) && r < 0x2000 })
}

// syllables reports whether a word of letters can be read as pinyin.
func syllables(word string) bool {
	word = strings.ToLower(word)
	ends := make([]bool, len(word)+1)
	ends[0] = true
	for i := range word {
		for n := 1; n <= 6 && i+n <= len(word); n++ {
			if ends[i] && tables.SyllableNumber(word[i:i+n]) >= 0 {
				ends[i+n] = true
			}
		}
	}
	return ends[len(word)]
}

// lastWord returns the word of letters and digits right before a place, with at
// most two blanks between, and whether a sign joins the place to something.
func lastWord(before string) (word string, joined bool) {
	trimmed := strings.TrimRight(before, " ")
	if len(before)-len(trimmed) > 2 {
		return "", false
	}
	if r, _ := utf8.DecodeLastRuneInString(before); joins(r) {
		return "", true
	}
	i := strings.LastIndexFunc(trimmed, func(r rune) bool { return !isLatin(r) })
	if i >= 0 {
		_, w := utf8.DecodeRuneInString(trimmed[i:])
		i += w
	} else {
		i = 0
	}
	return trimmed[i:], false
}

// firstWord is lastWord for what follows.
func firstWord(after string) (word string, joined bool) {
	trimmed := strings.TrimLeft(after, " ")
	if len(after)-len(trimmed) > 2 {
		return "", false
	}
	r, w := utf8.DecodeRuneInString(after)
	next, _ := utf8.DecodeRuneInString(after[w:])
	if joins(r) && isLatin(next) || r == '(' || r == '/' || r == '_' || r == '=' {
		return "", true
	}
	i := strings.IndexFunc(trimmed, func(r rune) bool { return !isLatin(r) })
	if i < 0 {
		i = len(trimmed)
	}
	return trimmed[:i], false
}

// joins reports whether r is a sign that makes one name of what stands beside it.
func joins(r rune) bool { return r != 0 && strings.ContainsRune("_-./\\@:#&%=+$<>~`", r) }

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) || '0' <= r && r <= '9' }

// hint is what is left of an action if a channel was needed that is a hint at most.
func hint(action review.Action, set matcher.ChannelSet) review.Action {
	if set&hints != 0 {
		return min(action, review.ActionReview)
	}
	return action
}

// Steps returns how the surface of a hit became its term; see [matcher.Matcher.Steps].
// It is nil if no pack of that id has the term.
func (l *Lexicon) Steps(pack, term, surface string) []matcher.Step {
	for i := range l.patterns {
		if p := &l.patterns[i]; p.allow == nil && p.entry.Term == term && p.pack.ID == pack {
			return l.matcher.Steps(i, surface)
		}
	}
	return nil
}
