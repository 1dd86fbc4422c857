package matcher

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// The tests of this file are faults that users of other scanners have
// reported, one test a class of faults. Project#n names the report.
//
// Two classes have nothing to be tested here. Answers that mean the opposite
// of their name (php-dfa#9, #33): no method returns a bool. Updates that lose
// or keep entries while others scan (go-sensitive-word AddWord and DelWord,
// houbb#98): a Matcher cannot be changed; see TestBugDeletion.

// hit is a match as a reader sees it.
type hit struct{ pattern, surface, channels string }

// hitsOf translates matches of patterns in text.
func hitsOf(patterns []Pattern, text string, found []Match) (hits []hit) {
	for _, f := range found {
		hits = append(hits, hit{patterns[f.Pattern].Text, text[f.Start:f.End], f.Channels.String()})
	}
	return hits
}

// requireHits checks that text holds just these hits, by every way to scan
// it, and that the naive matcher says the same.
func requireHits(t *testing.T, patterns []Pattern, text string, want ...hit) {
	t.Helper()
	m, err := New(patterns)
	require.NoError(t, err, "patterns %q", texts(patterns))
	found := m.FindAllString(text)
	require.Equal(t, want, hitsOf(patterns, text, found), "patterns %q, text %+q", texts(patterns), text)
	require.Equal(t, naive(patterns, text), nonNil(found), "naive: patterns %q, text %+q", texts(patterns), text)
	require.Equal(t, found, m.FindAll([]byte(text)), "bytes: text %+q", text)
	s := m.NewStream()
	var got []Match
	for i := range len(text) {
		got = s.Append(got, []byte{text[i]})
	}
	require.Equal(t, found, s.Flush(got), "stream: text %+q", text)
}

func texts(patterns []Pattern) (ts []string) {
	for _, p := range patterns {
		ts = append(ts, p.Text)
	}
	return ts
}

func literals(ts ...string) (ps []Pattern) {
	for _, s := range ts {
		ps = append(ps, Pattern{Text: s})
	}
	return ps
}

// The text is folded, the entries are not: an entry with a capital, a
// traditional character or a numeral is never found (houbb#84, #105, #144,
// hutool#4091).
func TestBugNormaliserAppliedToPatternsToo(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          hit
	}{
		{"ＷｅＣhat", "加wechat号", hit{"ＷｅＣhat", "wechat", "width+case"}},
		{"WECHAT", "WECHAT", hit{"WECHAT", "WECHAT", "literal"}},
		{"賭場", "开赌场的", hit{"賭場", "赌场", "traditional"}},
		{"髮廊", "發廊", hit{"髮廊", "發廊", "traditional"}},
		{"下3滥", "用下三滥招式", hit{"下3滥", "下三滥", "numeral"}},
		{"下三滥", "用下3滥招式", hit{"下三滥", "下3滥", "numeral"}},
		{"ⓌⓞⓇⒹ", "a word.", hit{"ⓌⓞⓇⒹ", "word", "case+styled"}},
		{"ооps", "oops", hit{"ооps", "oops", "confusable"}},
		{"嘻嘻哈哈", "嘻嘻哈哈哈", hit{"嘻嘻哈哈", "嘻嘻哈哈", "literal"}},
		// Ignorable characters of an entry are part of it, so they are looked
		// for, in any width; they do not make it unfindable.
		{"hello(", "hello(", hit{"hello(", "hello(", "literal"}},
		{"hello(", "hello（", hit{"hello(", "hello（", "width"}},
		{"he(llo", "he(llo", hit{"he(llo", "he(llo", "literal"}},
		{"赌 博", "赌\u3000博", hit{"赌 博", "赌\u3000博", "width"}},
	} {
		t.Run(c.pattern+" in "+c.text, func(t *testing.T) {
			requireHits(t, defaults(false, c.pattern), c.text, c.want)
		})
	}
}

// Offsets are those of the folded text (go-swd: "我 要 买 毒 品 吗" with blanks
// skipped gives 3-5, which is " 买"; pdf.js#9448).
func TestBugIndexMapLostAfterFolding(t *testing.T) {
	text := "我 要 买 毒 品 吗"
	m, err := New(defaults(false, "毒品"))
	require.NoError(t, err)
	found := m.FindAllString(text)
	require.Len(t, found, 1)
	require.Equal(t, [2]int64{12, 19}, [2]int64{found[0].Start, found[0].End})

	// Characters before the match and in it whose folded form is of another
	// length: 3 bytes to 1, 4 to 1, 2 to 1, 4 to 3, 1 to 3.
	requireHits(t, defaults(false, "赌博ab"), "Ａ𝐁\u200bé𠮷①️赌\u200b博𝐚ｂ。",
		hit{"赌博ab", "赌\u200b博𝐚ｂ", "width+styled+invisible"})
	requireHits(t, defaults(false, "六合彩"), "ＡＢ 6\u200d合*彩", hit{"六合彩", "6\u200d合*彩", "invisible+noise+numeral"})
}

// The beginning of an entry is reported as the entry (qiyer#1, houbb#143).
func TestBugPrefixOfEntryReported(t *testing.T) {
	for _, text := range []string{"赌", "赌博", "赌博网", "赌博网页", "赌博网.", "赌博网赌博网", "博网站"} {
		requireHits(t, defaults(false, "赌博网站"), text)
	}
	requireHits(t, defaults(false, "赌博网站", "赌博"), "赌博网", hit{"赌博", "赌博", "literal"})
}

// After a failed start the search goes on behind it, so that an entry that
// begins inside of the failed start is lost (wja513: 一个 in 一一个 is not
// detected).
func TestBugRestart(t *testing.T) {
	for _, c := range []struct{ pattern, text, surface string }{
		{"一个", "一一个", "一个"},
		{"ab", "aab", "ab"},
		{"aab", "aaab", "aab"},
		{"aabaac", "aabaabaac", "aabaac"},
		{"赌博赌网", "赌博赌博赌网", "赌博赌网"},
		{"abcabd", "abcabcabd", "abcabd"},
	} {
		requireHits(t, literals(c.pattern), c.text, hit{c.pattern, c.surface, "literal"})
		requireHits(t, defaults(false, c.pattern), c.text, hit{c.pattern, c.surface, "literal"})
	}
	requireHits(t, literals("aab", "ab"), "aaab", hit{"aab", "aab", "literal"}, hit{"ab", "ab", "literal"})
}

// Numerals are folded wherever they stand: 11 is found by the entry 一一
// (houbb, measured; #84).
func TestBugNumeralsFoldedAlways(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          []hit
	}{
		{"一一", "编号11号", nil},
		{"11", "一一对应", nil},
		{"一一", "一一对应", []hit{{"一一", "一一", "literal"}}},
		{"三八", "38元", nil},
		{"八一", "81路", nil},
		{"一夜", "1夜", nil}, // one other character is not enough
		{"六合彩", "6合彩", []hit{{"六合彩", "6合彩", "numeral"}}},
		{"六合彩", "陆合彩", []hit{{"六合彩", "陆合彩", "numeral"}}},
		{"110", "壹壹零", []hit{{"110", "壹壹零", "numeral"}}},
		{"110", "一一〇", []hit{{"110", "一一〇", "numeral"}}},
	} {
		requireHits(t, defaults(false, c.pattern), c.text, c.want...)
	}
}

// Short English entries are found in identifiers and longer words (new-api
// #5802: SM in Smoking, #6656; houbb#49, #59, #69; NeMo#1197).
func TestBugShortEnglishInsideIdentifiers(t *testing.T) {
	for _, text := range []string{"Smoking", "plasma", "getSMTP", "SMname", "ISM", "ｉＳＭ", "i\u200bSM", "а\u0441SM", "sS.m", "sm_count", "my_sm", "site.sm"} {
		requireHits(t, defaults(true, "SM"), text)
	}
	requireHits(t, defaults(true, "SM"), "玩SM的", hit{"SM", "SM", "literal"})
	// Letters bound letters, digits bound digits; other characters are borders.
	requireHits(t, defaults(true, "SM"), "SM2", hit{"SM", "SM", "literal"})
	requireHits(t, defaults(true, "SM"), "_SM_，SM.", hit{"SM", "SM", "literal"}, hit{"SM", "SM", "literal"})
	requireHits(t, defaults(true, "14"), "3.14 14,000 x14 第14.", hit{"14", "14", "literal"}, hit{"14", "14", "literal"})
	requireHits(t, defaults(true, "69"), "695 169 1695 x69y", hit{"69", "69", "literal"})
	// Words of a text do not join over their blanks.
	requireHits(t, defaults(false, "ab", "cat", "tea"), "a b, magic at, late act")
	requireHits(t, defaults(false, "sexy", "sex"), "sexy girl", hit{"sex", "sex", "literal"}, hit{"sexy", "sexy", "literal"})
	// houbb#138: with both entries neither is found.
	requireHits(t, defaults(true, "sexy", "sex"), "sexy girl", hit{"sexy", "sexy", "literal"})
}

// Word boundaries at an edge that is no letter make an entry dead (vale#1154).
func TestBugBoundaryAtNonLetter(t *testing.T) {
	requireHits(t, defaults(true, "赌博"), "去赌博吧", hit{"赌博", "赌博", "literal"})
	requireHits(t, defaults(true, "AA制"), "行AA制的", hit{"AA制", "AA制", "literal"})
	requireHits(t, defaults(true, "C++"), "用C++写", hit{"C++", "C++", "literal"})
	requireHits(t, defaults(true, "[PASS]"), "x[PASS]y", hit{"[PASS]", "[PASS]", "literal"})
}

// A byte order mark becomes part of the first entry (houbb#7), a carriage
// return part of every entry (xiaoa7#1, php-dfa#35); in a text they hide one.
func TestBugByteOrderMarkAndZeroWidth(t *testing.T) {
	for _, pattern := range []string{"\ufeff毒品", "毒品\r", "毒\u200b品", "\u202a毒品\u202c"} {
		requireHits(t, literals(pattern), "卖毒品。", hit{pattern, "毒品", "literal"})
	}
	for _, between := range []string{"\u200b", "\ufeff", "\u200d", "\u2060", "\u00ad", "\ufe0f", "\u202e", "\u0336", "\u200b\u200c\u200d\ufeff", "\x00", "\r"} {
		text := "\ufeff卖毒" + between + "品\u200b"
		requireHits(t, defaults(false, "毒品"), text, hit{"毒品", "毒" + between + "品", "invisible"})
		requireHits(t, literals("毒品"), text)
	}
}

// An empty entry matches everywhere, or never and silently.
func TestBugEmptyEntry(t *testing.T) {
	for _, text := range []string{"", "\ufeff", "\u200b\u200d", "\r", "\u0301", "\x00"} {
		_, err := New([]Pattern{{Text: "赌博"}, {Text: text}})
		var pe *PatternError
		require.ErrorAs(t, err, &pe, "pattern %+q", text)
		require.Equal(t, 1, pe.Index)
		require.Equal(t, "matcher: pattern 1: text is empty or has no visible character", err.Error())
	}
	// No entries at all find nothing.
	requireHits(t, nil, "赌博")
	requireHits(t, nil, "")
}

// A check of the present chunk alone, or of the tail alone, loses what lies
// across (RWKV_APP#104, N.E.K.O#790, higress-standalone#204).
func TestBugChunkChecksItselfOnly(t *testing.T) {
	for _, c := range []struct {
		pattern string
		chunks  []string
	}{
		{"敏感词", []string{"敏", "感词"}},
		{"敏感词", []string{"敏", "感", "词"}},
		{"[PASS]", []string{"[PA", "SS]"}},
		{"敏感词", []string{"\xe6", "\x95\x8f感\xe8", "\xaf\x8d"}},
		{"敏感词", []string{"敏感", "", "", "词"}},
		{"敏感词", []string{"敏 ", "* 感", "\n词"}},
		{"敏感词", []string{"敏感词" + strings.Repeat("好", 1000), strings.Repeat("好", 1000)}},
		{"敏感词", []string{strings.Repeat("好", 1000) + "敏", "感词" + strings.Repeat("好", 1000)}},
	} {
		m, err := New(defaults(false, c.pattern))
		require.NoError(t, err)
		s := m.NewStream()
		var got []Match
		for _, chunk := range c.chunks {
			got = s.Append(got, []byte(chunk))
		}
		got = s.Flush(got)
		require.Len(t, got, 1, "%q in chunks %.30q", c.pattern, c.chunks)
		require.Equal(t, m.FindAllString(strings.Join(c.chunks, "")), got, "%q in chunks %.30q", c.pattern, c.chunks)
	}
}

// Chunks are joined with a blank, or each is a word of its own (NeMo#1197).
func TestBugChunksJoined(t *testing.T) {
	for _, c := range []struct {
		pattern string
		chunks  []string
		want    int
	}{
		{"ass", []string{"ass", "isting you"}, 0},
		{"ass", []string{"ass", " isting you"}, 1},
		{"ass", []string{"gl", "ass"}, 0},
		{"a b", []string{"a", "b"}, 0},
		{"ab", []string{"a", "b"}, 1},
	} {
		m, err := New(defaults(true, c.pattern))
		require.NoError(t, err)
		s := m.NewStream()
		var got []Match
		for _, chunk := range c.chunks {
			got = s.Append(got, []byte(chunk))
		}
		require.Len(t, s.Flush(got), c.want, "%q in chunks %q", c.pattern, c.chunks)
	}
}

// The check comes when the text has already left (aisix#466): a match must be
// out once 128 bytes follow it, without the end of the text.
func TestBugCheckAtEndOfStream(t *testing.T) {
	m, err := New(defaults(true, "毒品", "tmd", strings.Repeat("长", 50)))
	require.NoError(t, err)
	for _, surface := range []string{"毒品", "毒 品", "T.M.D", "TMD", strings.Repeat("长", 50)} {
		s := m.NewStream()
		got := s.Append(nil, []byte("他说 "+surface))
		for range lookahead {
			got = s.Append(got, []byte("。")[:1]) // a byte that is no character
		}
		require.Len(t, got, 1, "%q is not out %d bytes after its end", surface, lookahead)
		require.Len(t, s.Flush(got), 1, "%q comes twice", surface)
	}
}

// Of two writes without a line break the first is lost (go-away's writer).
func TestBugSecondWriteLosesFirst(t *testing.T) {
	m, err := New(literals("毒品"))
	require.NoError(t, err)
	s := m.NewStream()
	got := s.Append(nil, []byte("卖毒品的 hello "))
	got = s.Append(got, []byte("world"))
	require.Len(t, s.Flush(got), 1)
}

// Runes over U+FFFF panic, shift offsets or are taken for others (ToolGood's
// Go port panics on any).
func TestBugEmojiAndSurrogates(t *testing.T) {
	requireHits(t, literals("中国", "坏人"), "中国😀坏人", hit{"中国", "中国", "literal"}, hit{"坏人", "坏人", "literal"})
	requireHits(t, defaults(false, "坏人"), "😀坏😀人😀", hit{"坏人", "坏😀人", "noise"})
	requireHits(t, defaults(false, "🔞"), "看🔞片", hit{"🔞", "🔞", "literal"})
	requireHits(t, defaults(false, "𠮷野家"), "吃𠮷野家", hit{"𠮷野家", "𠮷野家", "literal"})
	requireHits(t, defaults(false, "𠮷"), "𠮸\U00010bb7\u0bb7") // no rune is cut to 16 bits
	requireHits(t, defaults(false, "ab"), "𝐚𝐛", hit{"ab", "𝐚𝐛", "styled"})
	// Half a surrogate pair in UTF-8, and other bytes that are no characters,
	// end a match.
	for _, bad := range []string{"\xed\xa0\xbd", "\xed\xb8\x80", "\xed\xa0\xbd\xed\xb8\x80", "\xff", "\xc0\x80", "\xf8\x88\x80\x80\x80", "\xf4\x90\x80\x80", "\xe5"} {
		requireHits(t, defaults(false, "坏人"), "坏"+bad+"人"+bad+"坏人"+bad, hit{"坏人", "坏人", "literal"})
	}
}

// Entries with doubled letters cannot be found when repetitions are folded
// (houbb#136, #144: asshole, fuckk, 嘻嘻哈哈).
func TestBugDoubledLettersAndRepeat(t *testing.T) {
	for _, c := range []struct {
		whole         bool
		pattern, text string
		want          []hit
	}{
		{false, "asshole", "asshole", []hit{{"asshole", "asshole", "literal"}}},
		{false, "asshole", "asssshole", []hit{{"asshole", "asssshole", "repeat"}}},
		{false, "asshole", "ashole", nil}, // written twice is never found once
		{false, "fuckk", "fuckk", []hit{{"fuckk", "fuckk", "literal"}}},
		{false, "fuckk", "fuckkkk", []hit{{"fuckk", "fuckk", "literal"}}},
		{true, "fuckk", "fuckkkk", []hit{{"fuckk", "fuckkkk", "repeat"}}},
		{false, "fuckk", "fuck", nil},
		{true, "fuck", "ffuck", []hit{{"fuck", "ffuck", "repeat"}}},
		{false, "嘻嘻哈哈", "酒嘻嘻哈哈好多", []hit{{"嘻嘻哈哈", "嘻嘻哈哈", "literal"}}},
		{false, "嘻嘻哈哈", "嘻哈", nil},
		{false, "@@@@", "@@@@ 123456", []hit{{"@@@@", "@@@@", "literal"}}},
		{false, "坏坏", "坏坏坏", []hit{{"坏坏", "坏坏", "literal"}, {"坏坏", "坏坏", "literal"}}},
	} {
		requireHits(t, defaults(c.whole, c.pattern), c.text, c.want...)
	}
}

// What was skipped after a match on the way to a longer entry ends up in the
// span, or makes the entry's name empty (houbb, measured).
func TestBugSkipTrailing(t *testing.T) {
	requireHits(t, defaults(false, "大麻", "大麻烦事"), "买大麻!!!烦", hit{"大麻", "大麻", "literal"})
	requireHits(t, defaults(false, "大麻", "大麻烦事"), "买大!!麻!!!烦", hit{"大麻", "大!!麻", "noise"})
	requireHits(t, defaults(false, "大麻"), "**大麻**", hit{"大麻", "大麻", "literal"})
	requireHits(t, defaults(false, "大麻"), "\u200b大麻\u200b", hit{"大麻", "大麻", "literal"})
}

// One long entry makes the time quadratic (houbb: an entry of 2,001
// characters and a text of 2,500 take 31 s, 5,000 take 103 s).
func TestBugLongEntry(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		b.WriteRune('一' + rune(i))
	}
	varied := b.String() + "终"
	same := strings.Repeat("赌", 2001)
	for _, c := range []struct {
		name, pattern, text string
		want                int
	}{
		{"varied, once", varied, strings.Repeat("好", 250) + varied + strings.Repeat("好", 249), 1},
		{"varied, all but the last", varied, strings.Repeat(b.String(), 10), 0},
		{"varied, ten times", varied, strings.Repeat(varied, 10), 10},
		{"same, 2,500", same, strings.Repeat("赌", 2500), 500},
		{"same, 20,000", same, strings.Repeat("赌", 20000), 18000},
		{"same and another, 20,000", same + "博", strings.Repeat("赌", 20000), 0},
		{"pairs and another, 20,000", strings.Repeat("赌博", 1000) + "网", strings.Repeat("赌博", 10000), 0},
		{"pairs and another, at the end", strings.Repeat("赌博", 1000) + "网", strings.Repeat("赌博", 10000) + "网", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := New(defaults(false, c.pattern))
			require.NoError(t, err)
			require.Len(t, m.FindAllString(c.text), c.want)
			s := m.NewStream()
			var got []Match
			for chunk := range slices.Chunk([]byte(c.text), 100) {
				got = s.Append(got, chunk)
			}
			require.Len(t, s.Flush(got), c.want)
		})
	}
}

// An entry that was deleted is still reported, or takes its siblings with it
// (go-sensitive-word: DelWord(赌博网站) removes 赌博网页; its fork goes on
// reporting 毒品 for 卖毒品). A Matcher is immutable: deletion is building
// another, which knows nothing of the first.
func TestBugDeletion(t *testing.T) {
	requireHits(t, literals("毒品", "卖毒品"), "卖毒品", hit{"卖毒品", "卖毒品", "literal"}, hit{"毒品", "毒品", "literal"})
	requireHits(t, literals("卖毒品"), "卖毒品", hit{"卖毒品", "卖毒品", "literal"})
	requireHits(t, literals("赌博", "赌博网页"), "赌博网页", hit{"赌博", "赌博", "literal"}, hit{"赌博网页", "赌博网页", "literal"})

	// The caller's slice is not kept.
	patterns := literals("毒品", "赌博")
	m, err := New(patterns)
	require.NoError(t, err)
	patterns[0], patterns[1] = Pattern{Text: "好人"}, Pattern{}
	require.Equal(t, []Match{{0, 0, 6, 0}, {1, 6, 12, 0}}, m.FindAllString("毒品赌博好人"))
}

// Some methods know about noise and others do not (importcjj: Validate finds
// 垃 圾, FindAll and Replace do not).
func TestBugMethodsDisagree(t *testing.T) {
	requireHits(t, defaults(false, "垃圾"), "垃 圾", hit{"垃圾", "垃 圾", "noise"})
}

// The same entry twice: one of the two is lost, or the wrong one is named.
func TestBugDuplicateEntries(t *testing.T) {
	patterns := []Pattern{{Text: "賭博", Channels: DefaultChannels}, {Text: "赌博"}, {Text: "赌博"}, {Text: "赌博", Channels: DefaultChannels}}
	m, err := New(patterns)
	require.NoError(t, err)
	require.Equal(t, []Match{{0, 0, 6, Set(Traditional)}, {1, 0, 6, 0}, {2, 0, 6, 0}, {3, 0, 6, 0}}, m.FindAllString("赌博"))
	require.Equal(t, []Match{{0, 0, 6, 0}, {3, 0, 6, Set(Traditional)}}, m.FindAllString("賭博"))
}

// Of entries that overlap or nest, some are lost (houbb#9, #24, #110).
func TestBugOverlapsLost(t *testing.T) {
	requireHits(t, literals("有一个东西", "一个东西", "一个", "东西", "个东"), "我有一个东西",
		hit{"一个", "一个", "literal"}, hit{"个东", "个东", "literal"},
		hit{"有一个东西", "有一个东西", "literal"}, hit{"一个东西", "一个东西", "literal"}, hit{"东西", "东西", "literal"})
}

// Every entry is found in itself.
func TestBugEntryNotFoundInItself(t *testing.T) {
	for _, text := range []string{
		"赌博", "a", "一", "1", "11", "①", "Ⅷ", "，", "a，b", "a\u3000b", "a\tb", "a   b", "A+B", "1.5", "AT&T", "U.S.A.", "@@@@", "((a))",
		"http://", "😀", "中😀国", "C++", "#话题", "100%", "赌————————————博", "赌·博", "他(她)们", "《法》", "ﷺ", "한글", "ไทย", "Ё", "ß", "ǆ", "〇", "々",
	} {
		for _, set := range []ChannelSet{0, DefaultChannels} {
			for _, whole := range []bool{false, true} {
				p := Pattern{Text: text, Channels: set, Whole: whole}
				requireHits(t, []Pattern{p}, text, hit{text, text, "literal"})
				requireHits(t, []Pattern{p}, "。"+text+"。", hit{text, text, "literal"})
			}
		}
	}
}

// Entries of a shared matcher are read by several scans at once (ToolGood#53,
// houbb PR#100, bot-on-anything#98); the race detector watches.
func TestBugConcurrentScans(t *testing.T) {
	m, err := New(defaults(false, "赌博", "博网", "tmd", "**"))
	require.NoError(t, err)
	var texts []string
	var want [][]Match
	for i := range 8 {
		text := strings.Repeat(fmt.Sprintf("第%d个：赌*博 網站 t.m.d ** ", i), 50+i)
		texts, want = append(texts, text), append(want, m.FindAllString(text))
		require.NotEmpty(t, want[i])
	}
	got := make([][]Match, len(texts))
	var wg sync.WaitGroup
	for i := range texts {
		wg.Go(func() {
			for range 20 {
				got[i] = m.FindAllString(texts[i])
			}
			s := m.NewStream()
			if n := len(s.Flush(s.Append(nil, []byte(texts[i])))); n != len(got[i]) {
				got[i] = nil
			}
		})
	}
	wg.Wait()
	require.Equal(t, want, got)
}
