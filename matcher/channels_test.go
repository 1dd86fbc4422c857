package matcher

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// channelRows are surfaces that stand for a pattern through just the channels
// of the set: with them allowed they match, and with any one of them missing
// they do not. The surface is the text but for the brackets ⟦⟧ around it.
var channelRows = []struct {
	set           ChannelSet
	pattern, text string
}{
	{Set(Width), "ab", "。⟦ａｂ⟧。"},
	{Set(Width), "ＡＢ", "⟦AB⟧"},
	{Set(Width), "AB", "⟦ＡB⟧"},
	{Set(Width), "8折", "⟦８折⟧"},
	{Set(Width), "カラ", "⟦ｶﾗ⟧"},
	{Set(Width), "a+b", "⟦a＋b⟧"},
	{Set(Width), "赌 博", "⟦赌\u3000博⟧"},
	{Set(Width), "赌 博", "⟦赌\u00a0博⟧"},
	{Set(Width), "C++", "⟦C＋+⟧"},
	{Set(Width), "100%", "⟦100％⟧"},

	{Set(Case), "tmd", "⟦TMD⟧"},
	{Set(Case), "TMD", "⟦tMd⟧"},
	{Set(Case), "vip卡", "⟦VIP卡⟧"},
	{Set(Case), "яд", "⟦ЯД⟧"},
	{Set(Case), "k线", "⟦\u212a线⟧"}, // Kelvin sign

	{Set(Styled), "ab", "⟦ⓐⓑ⟧"},
	{Set(Styled), "ab", "⟦𝐚𝚋⟧"},
	{Set(Styled), "AB", "⟦🅰🅱⟧"},
	{Set(Styled), "ab", "⟦ᴀʙ⟧"},
	{Set(Styled), "cafe", "⟦café⟧"},
	{Set(Styled), "18禁", "⟦①⑧禁⟧"},
	{Set(Styled), "日月", "⟦㊐㊊⟧"},
	{Set(Styled), "秘方", "⟦㊙方⟧"},
	{Set(Styled), "二维", "⟦㊁维⟧"},

	{Set(Invisible), "赌博", "⟦赌\u200b博⟧"},
	{Set(Invisible), "赌博", "⟦赌\ufe0f\u200d博⟧\u200b"},
	{Set(Invisible), "赌博", "⟦赌\u0336博⟧\u0336"},
	{Set(Invisible), "tmd", "⟦t\u00adm\ufeffd⟧"},
	{Set(Invisible), "赌博", "\u202e⟦赌\u202c博⟧"},
	{Set(Invisible), "C++", "⟦C+\u200b+⟧"},
	{Set(Invisible), "赌博", "⟦赌\x00\x1b博⟧"},

	{Set(Noise), "赌博", "⟦赌 博⟧"},
	{Set(Noise), "赌博", "*⟦赌***博⟧*"},
	{Set(Noise), "赌博", "⟦赌\n博⟧"},
	{Set(Noise), "赌博", "⟦赌🔥博⟧"},
	{Set(Noise), "赌博", "（⟦赌）博⟧"},
	{Set(Noise), "赌博网", "⟦赌，博，网⟧"},
	{Set(Noise), "tmd", "⟦t.m.d⟧"},
	{Set(Noise), "tmd", "⟦t m d⟧"},
	{Set(Noise), "加V信", "⟦加-V_信⟧"},
	{Set(Noise), "赌 博", "⟦赌  博⟧"},
	{Set(Noise), "赌 博", "⟦赌\n博⟧"},

	{Set(Annotation), "转发", "⟦转(zhuǎn)发⟧"},
	{Set(Annotation), "转发", "⟦转（zhuan）发⟧(fā)"},
	{Set(Annotation), "重庆", "⟦重(chóng)庆⟧"},
	{Set(Annotation), "重庆", "⟦重(zhong4)庆⟧"}, // any of its readings
	{Set(Annotation), "绿色", "⟦绿(lǜ)色⟧"},

	{Set(Traditional), "发财", "⟦發財⟧"},
	{Set(Traditional), "發財", "⟦发财⟧"},
	{Set(Traditional), "头发", "⟦頭髮⟧"},
	{Set(Traditional), "发廊", "⟦髮廊⟧"},
	{Set(Traditional), "台湾", "⟦臺灣⟧"},
	{Set(Traditional), "国家", "⟦國家⟧"},
	{Set(Traditional), "里面", "⟦裏面⟧"},

	{Set(Repeat), "赌博网", "⟦赌博博博网⟧"},
	{Set(Repeat), "asshole", "⟦asssshole⟧"},
	{Set(Repeat), "赌博网", "赌⟦赌博博网⟧网"},
	{Set(Repeat), "嘻哈哈嘻", "⟦嘻哈哈哈嘻⟧"},

	{Set(Numeral), "六合彩", "⟦6合彩⟧"},
	{Set(Numeral), "6合彩", "⟦陆合彩⟧"},
	{Set(Numeral), "下三滥", "⟦下叁滥⟧"},
	{Set(Numeral), "110", "⟦一一〇⟧"},
	{Set(Numeral), "110", "⟦壹壹零⟧"},
	{Set(Numeral), "2024", "⟦二〇二四⟧"},
	{Set(Numeral), "三级片", "⟦Ⅲ级片⟧"},

	{Set(Confusable), "cap", "⟦сар⟧"}, // Cyrillic
	{Set(Confusable), "vip", "⟦vір⟧"},
	{Set(Confusable), "оops", "⟦oops⟧"},
	{Set(Confusable), "二月", "⟦ニ月⟧"}, // Katakana
	{Set(Confusable), "ωow", "⟦wow⟧"},

	// Several at once: each is needed.
	{Set(Noise, Traditional), "赌博网站", "⟦赌*博 網站⟧"},
	{Set(Annotation, Traditional), "转发", "⟦轉(zhuǎn)發⟧(fā)"},
	{Set(Annotation, Noise), "转发", "⟦转(zhuǎn) 发⟧"},
	{Set(Annotation, Invisible), "转发", "⟦转(zhuǎn)\u200b发⟧"},
	{Set(Width, Case), "ab", "⟦ＡＢ⟧"},
	{Set(Width, Case), "ｔｍｄ", "⟦ＴＭＤ⟧"}, // over t, where both ways meet
	{Set(Width, Case, Noise), "tmd", "⟦Ｔ.Ｍ.Ｄ⟧"},
	{Set(Case, Confusable), "cap", "⟦САР⟧"},
	{Set(Case, Styled), "ab", "⟦🅐🅑⟧"},
	{Set(Styled, Numeral), "三级片", "⟦③级片⟧"},
	{Set(Traditional, Repeat), "赌博网站", "⟦赌博博網站⟧"},
	{Set(Invisible, Noise, Repeat), "赌博网", "⟦赌\u200b博*博网⟧"},
	{Set(Width, Case, Styled, Invisible, Noise, Annotation, Traditional, Repeat, Numeral, Confusable),
		"转发abcd六合彩", "⟦轉(zhuǎn)發*ａBⓒԁ\u200b6合合彩⟧"},
}

// bracketed returns a row's text and surface.
func bracketed(t *testing.T, text string) (plain, surface string, start int) {
	before, rest, ok := strings.Cut(text, "⟦")
	require.True(t, ok, "%q has no ⟦", text)
	surface, after, ok := strings.Cut(rest, "⟧")
	require.True(t, ok, "%q has no ⟧", text)
	return before + surface + after, surface, len(before)
}

func TestChannels(t *testing.T) {
	require.NotEmpty(t, channelRows)
	var seen ChannelSet
	for _, row := range channelRows {
		text, surface, start := bracketed(t, row.text)
		t.Run(row.set.String()+"/"+row.pattern+" as "+surface, func(t *testing.T) {
			want := Match{0, int64(start), int64(start + len(surface)), row.set}
			for _, set := range []ChannelSet{row.set, DefaultChannels} {
				patterns := []Pattern{{Text: row.pattern, Channels: set}}
				m, err := New(patterns)
				require.NoError(t, err)
				require.Equal(t, []Match{want}, m.FindAllString(text), "%q in %q, allowed %v", row.pattern, text, set)
				require.Equal(t, []Match{want}, naive(patterns, text), "naive: %q in %q", row.pattern, text)
			}
			missing := []ChannelSet{0}
			for _, info := range Channels() {
				if row.set.Has(info.Channel) {
					missing = append(missing, row.set.Without(info.Channel), DefaultChannels.Without(info.Channel))
				}
			}
			for _, set := range missing {
				m, err := New([]Pattern{{Text: row.pattern, Channels: set}})
				require.NoError(t, err)
				for _, f := range m.FindAllString(text) {
					require.NotEqual(t, [2]int64{want.Start, want.End}, [2]int64{f.Start, f.End}, "%q in %q, allowed %v", row.pattern, text, set)
				}
			}
		})
		if len(row.set.Names()) == 1 {
			seen |= row.set
		}
	}
	// Every channel has rows of its own; two are read by the stage before, and
	// those of the disguised view are in TestDisguises.
	for _, info := range Channels() {
		if info.Channel != Markup && info.Channel != Encoded && !Disguises.Has(info.Channel) {
			require.True(t, seen.Has(info.Channel), "channel %s has no row of its own in channelRows", info.Name)
		}
	}
}

// Markup and Encoded change nothing here.
func TestChannelsOfOtherStages(t *testing.T) {
	for _, text := range []string{"赌<b>博</b>", "赌&#21338;", "%E8%B5%8C博"} {
		requireHits(t, []Pattern{{Text: "赌博", Channels: Set(Markup, Encoded)}}, text)
	}
	requireHits(t, []Pattern{{Text: "赌博", Channels: Set(Markup, Encoded)}}, "赌博", hit{"赌博", "赌博", "literal"})
}

// Pairs that are no disguise of each other stay apart, with all channels.
func TestChannelsDoNotJoin(t *testing.T) {
	for _, c := range []struct{ pattern, text string }{
		{"赌博", "赌搏"}, {"发财", "花财"}, {"转发", "传发"},
		{"11", "ll"}, {"10", "lO"}, {"rn", "m"}, {"一", "-"}, {"一", "—"}, {"0", "o"}, {"1", "l"}, {"十", "+"}, {"人", "入"}, {"日", "曰"}, {"口", "囗"},
		{"干净", "乾坤"}, {"赌博", "博赌"}, {"ab", "a"}, {"C", "C++"[1:]}, {"100%", "100"}, {"#话题", "话题"},
	} {
		requireHits(t, defaults(false, c.pattern), c.text)
	}
}

// Noise: how much of it, what it is, and what it never is.
func TestNoiseRules(t *testing.T) {
	for _, c := range []struct {
		name          string
		gap           int
		pattern, text string
		want          bool
	}{
		{"three by default", 0, "赌博", "赌***博", true},
		{"not four by default", 0, "赌博", "赌****博", false},
		{"three in each gap", 0, "赌博网", "赌***博###网", true},
		{"not four in the second", 0, "赌博网", "赌*博####网", false},
		{"none", -1, "赌博", "赌*博", false},
		{"none, adjacent", -1, "赌博", "赌博", true},
		{"none, but invisible", -1, "赌博", "赌\u200b博", true},
		{"none, but pinyin", -1, "赌博", "赌(dǔ)博", true},
		{"none, strange number", -100, "赌博", "赌*博", false},
		{"invisible is not counted", 1, "赌博", "赌\u200b\u200b*\u200b\u200b博", true},

		{"a blank", 0, "赌博", "赌 博", true},
		{"blanks of any width", 0, "赌博", "赌 \u3000\u2003博", true},
		{"a tab", 0, "赌博", "赌\t博", true},
		{"symbols", 0, "赌博", "赌@#$博", true},
		{"an emoji", 0, "赌博", "赌🎲博", true},
		{"an emoji of several", 0, "赌博", "赌👨\u200d👩\u200d👧博", true},
		{"brackets", 0, "赌博", "【赌】博", true},
		{"quotation marks", 0, "赌博", "“赌”博", true},
		{"a full stop U+002E", 0, "赌博", "赌.博", true},
		{"exclamation marks", 0, "赌博", "赌！！博", true},

		{"digits", 0, "赌博", "赌1博", false},
		{"circled digits", 0, "赌博", "赌①博", false},
		{"Roman numerals", 0, "赌博", "赌Ⅳ博", false},
		{"letters", 0, "赌博", "赌x博", false},
		{"styled letters", 0, "赌博", "赌🅧博", false},
		{"Chinese characters", 0, "赌博", "赌的博", false},
		{"kana", 0, "赌博", "赌の博", false},
		{"private use", 0, "赌博", "赌\ue000博", false},
		{"replacement character", 0, "赌博", "赌\ufffd博", false},
		{"invalid UTF-8", 0, "赌博", "赌\xff博", false},

		{"one line break", 0, "赌博", "赌\n博", true},
		{"one line break, CRLF", 0, "赌博", "赌\r\n博", true},
		{"line separator", 0, "赌博", "赌\u2028博", true},
		{"a break after a blank", 0, "赌博", "赌 \n博", true},
		{"a break before a blank", 0, "赌博", "赌\n 博", true},
		{"a break in each gap", 0, "赌博网", "赌\n博\n网", true},
		{"two breaks", 0, "赌博", "赌\n\n博", false},
		{"two breaks, CRLF", 0, "赌博", "赌\r\n\r\n博", false},
		{"two breaks with a blank between", 8, "赌博", "赌\n \n博", false},
		{"an indented line", 0, "赌博", "赌\n\u3000\u3000博", false},
		{"a line indented once", 0, "赌博", "赌\n\u3000博", false},
		{"indentation without a break", 0, "赌博", "赌\u3000\u3000博", true},
		{"a break with a symbol", 0, "赌博", "赌\n*博", false},
		{"a symbol with a break", 0, "赌博", "赌-\n博", false},
		{"a break after a comma", 0, "赌博", "赌，\n博", false},
		{"a break and zero-width", 0, "赌博", "赌\u200b\n\u200b博", true},

		{"a comma", 0, "赌博", "他嗜赌，博士劝他", false},
		{"a stop", 0, "赌博", "赌。博", false},
		{"a half-width comma", 0, "赌博", "赌,博", false},
		{"two commas", 0, "赌博", "赌，，博", false},
		{"a comma in one of two gaps", 0, "赌博网", "赌，博网", false},
		{"a comma in each gap", 0, "赌博网", "赌，博，网", true},
		{"different stops", 0, "赌博网", "赌，博。网", false},
		{"a comma among symbols", 0, "赌博", "赌*，*博", true},

		{"letters, the same in each gap", 0, "tmd", "t.m.d", true},
		{"letters, blanks", 0, "tmd", "t m d", true},
		{"letters, three each", 0, "tmd", "t***m***d", true},
		{"letters, different ones", 0, "tmd", "t.m-d", false},
		{"letters, in one gap only", 0, "tmd", "t.md", false},
		{"letters, in the other only", 0, "tmd", "tm.d", false},
		{"letters, different numbers", 0, "tmd", "t.m..d", false},
		{"letters, going on before", 0, "tmd", "s.t.m.d", false},
		{"letters, going on behind", 0, "tmd", "t.m.d.s", false},
		{"letters, going on without", 0, "tmd", "t.m.ds", false},
		{"letters, coming without", 0, "tmd", "st.m.d", false},
		{"letters, ending a sentence", 0, "tmd", "t.m.d.", true},
		{"letters, a number before", 0, "tmd", "5t.m.d", true},
		{"two letters, a blank", 0, "ab", "a b", false},
		{"two letters, a symbol", 0, "ab", "a.b", true},
		{"two letters, a break", 0, "ab", "a\nb", false},
		{"words of a sentence", 0, "tea", "get ea", false},
		{"digits, the same in each gap", 0, "110", "1-1-0", true},
		{"digits, grouped", 0, "1100", "11-00", false},
		{"digits in a longer number", 0, "110", "1.1.0.5", false},
		{"a letter beside Chinese", 0, "加V信", "加*V信", true},
		{"letters within Chinese", 0, "加VX号", "加 VX 号", true},
		{"letters within Chinese, uneven", 0, "加VXY号", "加V.XY号", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			patterns := []Pattern{{Text: c.pattern, Channels: DefaultChannels, Gap: c.gap}}
			m, err := New(patterns)
			require.NoError(t, err)
			found := m.FindAllString(c.text)
			require.Equal(t, c.want, len(found) == 1, "%q in %+q with gap %d: got %v", c.pattern, c.text, c.gap, found)
			require.Equal(t, naive(patterns, c.text), nonNil(found), "naive: %q in %+q", c.pattern, c.text)
		})
	}
}

// Gap is the number of noise characters in a gap, to the character.
func TestNoiseGap(t *testing.T) {
	for gap := -1; gap <= MaxGap; gap++ {
		limit := gap
		switch gap {
		case -1:
			limit = 0
		case 0:
			limit = DefaultGap
		}
		m, err := New([]Pattern{{Text: "赌博", Channels: DefaultChannels, Gap: gap}, {Text: "赌网", Channels: DefaultChannels, Gap: MaxGap}})
		require.NoError(t, err)
		for n := range MaxGap + 3 {
			noise := strings.Repeat("*", n)
			require.Equal(t, n <= limit, len(m.FindAllString("赌"+noise+"博")) == 1, "gap %d, %d characters", gap, n)
			require.Equal(t, n <= MaxGap, len(m.FindAllString("赌"+noise+"网")) == 1, "beside a gap of %d, %d characters", gap, n)
		}
	}
	_, err := New([]Pattern{{Text: "赌博", Gap: MaxGap + 1}})
	require.EqualError(t, err, "matcher: pattern 0: gap 9 is more than the limit of 8")
}

// Pinyin in brackets is read past if it is a reading of the character right
// before it.
func TestAnnotation(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          []hit
	}{
		{"转发", "轉(zhuǎn)發(fā)", []hit{{"转发", "轉(zhuǎn)發", "annotation+traditional"}}},
		{"转发", "转(ZHUAN)发", []hit{{"转发", "转(ZHUAN)发", "annotation"}}},
		{"转发", "转(zhuàn)发", []hit{{"转发", "转(zhuàn)发", "annotation"}}},
		{"转发", "转（zhua\u030cn）发", []hit{{"转发", "转（zhua\u030cn）发", "annotation"}}},
		{"转发", "转(zhuan3)发", []hit{{"转发", "转(zhuan3)发", "annotation"}}},
		{"转发了", "转(zhuǎn)发(fā)了", []hit{{"转发了", "转(zhuǎn)发(fā)了", "annotation"}}},
		// Wrong, or not pinyin, or not where it belongs.
		{"转发", "转(fā)发", nil},
		{"转发", "转(xyz)发", nil},
		{"转发", "转()发", []hit{{"转发", "转()发", "noise"}}},
		{"转发", "转(zhuǎn发", nil},
		{"转发", "转 (zhuǎn)发", nil},
		{"转发", "转(zhuǎn fā)发", nil},
		{"转发", "转(轉)发", []hit{{"转发", "轉)发", "noise+traditional"}}},
		{"转发", "转zhuǎn发", nil},
		{"转发", "转[zhuǎn]发", nil},
		{"转发", "转(zhuǎn)(zhuǎn)发", nil},
		{"转发", "(zhuǎn)转发", []hit{{"转发", "转发", "literal"}}},
		{"转发", "转(zhuǎn)\n\n发", nil},
		// A letter is no Chinese character.
		{"x发", "x(a)发", nil},
	} {
		requireHits(t, defaults(false, c.pattern), c.text, c.want...)
	}
}

// A number is a number: Chinese numerals stand for digits only where they
// cannot be words.
func TestNumeralRule(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"110", "一一〇", true}, {"110", "壹一零", true}, {"11", "一一", false}, {"1", "一", false},
		{"一一〇", "110", false}, {"一一", "11", false}, {"三八", "38", false}, {"二百五", "2百5", false},
		{"六合彩", "6合彩", true}, {"六合", "6合", false}, {"6合彩", "六合彩", true}, {"三级片", "3级片", true},
	} {
		m, err := New(defaults(false, c.pattern))
		require.NoError(t, err)
		require.Equal(t, c.want, len(m.FindAllString(c.text)) == 1, "%q in %q", c.pattern, c.text)
	}
}

func TestParseChannel(t *testing.T) {
	require.Len(t, Channels(), int(numChannels))
	titles := map[string]bool{}
	for i, info := range Channels() {
		require.Equal(t, Channel(i), info.Channel, "place %d of the table", i)
		require.NotEmpty(t, info.Name, "channel %d has no name", i)
		require.NotEmpty(t, info.Title, "channel %s has no title", info.Name)
		require.False(t, titles[info.Title], "two channels are %s", info.Title)
		titles[info.Title] = true
		require.True(t, 0 < info.Keep && info.Keep <= 1, "channel %s keeps %v", info.Name, info.Keep)
		require.Equal(t, info.Name, info.Channel.String())
		require.Equal(t, info.Default, DefaultChannels.Has(info.Channel), "channel %s", info.Name)
		got, ok := ParseChannel(info.Name)
		require.True(t, ok, "channel %s", info.Name)
		require.Equal(t, info.Channel, got, "two channels are called %s", info.Name)
	}
	for _, name := range []string{"", "Width", "width ", "literal", "noise+case", "Channel(12)", "全角半角"} {
		_, ok := ParseChannel(name)
		require.False(t, ok, "%q", name)
	}
	require.Equal(t, "Channel(200)", Channel(200).String())
}

func TestChannelSet(t *testing.T) {
	var none ChannelSet
	require.Equal(t, none, Set())
	require.Equal(t, "literal", none.String())
	require.Empty(t, none.Names())
	require.Equal(t, 1.0, none.Confidence())

	s := Set(Noise, Width, Noise)
	require.Equal(t, "width+noise", s.String())
	require.Equal(t, []string{"width", "noise"}, s.Names())
	require.True(t, s.Has(Noise) && s.Has(Width) && !s.Has(Case) && !s.Has(Channel(200)))
	require.Equal(t, s, none.With(Width).With(Noise).With(Width))
	require.Equal(t, Set(Width), s.Without(Noise).Without(Case))
	require.Equal(t, Set(Noise, Width), s, "With and Without leave the set alone")
	for _, info := range Channels() {
		require.Equal(t, info.Keep, Set(info.Channel).Confidence(), info.Name)
		require.LessOrEqual(t, s.With(info.Channel).Confidence(), s.Confidence(), "more channels, more confidence: %s", info.Name)
		require.True(t, none.With(info.Channel).Has(info.Channel))
		require.Equal(t, none, none.With(info.Channel).Without(info.Channel))
		require.Equal(t, info.Name, Set(info.Channel).String())
	}
	require.InDelta(t, 0.9*0.99, Set(Noise, Traditional).Confidence(), 1e-12)
	require.Positive(t, DefaultChannels.Confidence())
}

// Fold replaces characters one by one through the channels that it is given.
func TestFoldChannels(t *testing.T) {
	for _, c := range []struct {
		set     ChannelSet
		in, out string
	}{
		{0, "Ａ發①壹а", "Ａ發①壹а"},
		{Set(Width), "ＡＢ，\u3000", "AB, "},
		{Set(Case), "ABя", "abЯ"}, // the lowest of a class but for ASCII
		{Set(Width, Case), "Ａ", "a"},
		{Set(Case), "Ａ", "Ａ"}, // the first step is not allowed
		{Set(Styled), "ⓐé㊙", "ae秘"},
		{Set(Traditional), "發髮臺", "发发台"},
		{Set(Numeral), "壹六〇", "160"},
		{Set(Confusable), "а", "a"},
		{Set(Noise, Invisible, Repeat, Annotation, Markup, Encoded), "赌 *\u200b博博(bó)", "赌 *\u200b博博(bó)"},
		{DefaultChannels, "\xffa\xe8", "\ufffda\ufffd"},
		{DefaultChannels, "", ""},
	} {
		require.Equal(t, c.out, Fold(c.in, c.set), "%+q through %v", c.in, c.set)
	}
	require.Equal(t, 'a', FoldRune('Ａ', DefaultChannels))
	// With all one-to-one channels, two characters that may stand for each
	// other fold to one; without any, nothing does.
	n := 0
	for r := range tables.Folded() {
		require.Equal(t, tables.Root(r), FoldRune(r, DefaultChannels), "%U", r)
		require.Equal(t, r, FoldRune(r, Set(Noise, Invisible)), "%U", r)
		n++
	}
	require.NotZero(t, n)
	// ASCII is only ever folded by case, so that 1 is not l and 0 not o.
	for r := range rune(0x80) {
		require.Equal(t, r, FoldRune(r, DefaultChannels.Without(Case)), "%q", r)
	}
}

// New reports every pattern that cannot be compiled, in order, each with its
// index and the reason.
func TestPatternErrors(t *testing.T) {
	patterns := []Pattern{
		{Text: "赌博"},
		{Text: ""},
		{Text: "\u200b"},
		{Text: "赌\n博"},
		{Text: "赌\u2028博"},
		{Text: "\xff"},
		{Text: "赌博", Gap: 100},
		{Text: "**"},
		{Text: strings.Repeat("赌", MaxPatternRunes+1)},
	}
	m, err := New(patterns)
	require.Nil(t, m)
	require.EqualError(t, err, strings.Join([]string{
		"matcher: pattern 1: text is empty or has no visible character",
		"matcher: pattern 2: text is empty or has no visible character",
		"matcher: pattern 3: text holds a line break",
		"matcher: pattern 4: text holds a line break",
		"matcher: pattern 5: text is not valid UTF-8",
		"matcher: pattern 6: gap 100 is more than the limit of 8",
		"matcher: pattern 8: text of 4097 characters is longer than the limit of 4096",
	}, "\n"))
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok, "%T", err)
	var indices []int
	for _, e := range joined.Unwrap() {
		var pe *PatternError
		require.ErrorAs(t, e, &pe)
		require.NotEmpty(t, pe.Reason)
		indices = append(indices, pe.Index)
	}
	require.Equal(t, []int{1, 2, 3, 4, 5, 6, 8}, indices)
	require.NotContains(t, err.Error(), "赌", "a message holds a pattern")
}

// What a matcher says of itself.
func TestMatcherSize(t *testing.T) {
	few, err := New(literals("赌博"))
	require.NoError(t, err)
	many, err := New(literals(randomWords(2000, 500)...))
	require.NoError(t, err)
	require.Equal(t, 1, few.Len())
	require.Equal(t, 2000, many.Len())
	require.Positive(t, few.Size())
	require.Greater(t, many.Size(), few.Size())
	require.Equal(t, 2*spanBytes+spanSlack+lookahead, few.Window())
	require.Greater(t, few.Buffered(), few.Window())
}
