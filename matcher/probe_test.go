package matcher

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// settledPatterns begin, end and overlap in every way, in all views.
var settledPatterns = sync.OnceValue(func() []Pattern {
	var patterns []Pattern
	for _, text := range []string{
		"赌博网站", "博网", "网站点", "甲乙甲", "赌赌博", "婊子", "女子", "海洛因", "绿色", "略", "略阳人", "虐待狂", "一夜情", "共产国际", "鸡巴", "死全家",
		"tmd", "sb", "SB不", "nmsl", "110", "一一〇", "六合彩", "C++", "#话题", "🔞", "a·b", "百分%之", "代开发票", "肏你妈", "支付宝", "中国",
	} {
		for _, channels := range []ChannelSet{0, DefaultChannels, AllChannels, DefaultChannels.With(Split).With(Pinyin)} {
			patterns = append(patterns, Pattern{Text: text, Channels: channels}, Pattern{Text: text, Channels: channels, Whole: true, Gap: 1})
		}
	}
	return patterns
})

var settledFragments = []string{
	"赌", "博", "网", "站", "点", "赌*博", "賭 博", "赌\u200b博", "赌(dǔ", ")", "赌（dǔ）博", "(b", "(bó)", "甲", "乙", "女", "表", "子", "女表", "女表子", "biao", "bi", "ao", "zi", "zi3", "bz", "zhf", "zh", "z", "h",
	"海洛", "水每", "每", "洛", "因", "还落", "hai luo", "luo", "lve", "lue", "nüe", "nue", "阳", "人", "dai kuang", "裱", "鸡", "吧", "🐔", "🐔巴", "8", "4", "全家", "4全", "死", "囧",
	"t", "m", "d", "t.m.", "tm", "S", "s", "b", "不", "n", "nm", "sl", "1", "11", "0", "一", "〇", "①", "六", "6合", "彩", "C", "+", "C+", "#", "话", "话题", "🔞", "a", "·", "a·", "百分", "%", "之",
	"代", "开", "发", "發", "票", "带凯", "肏", "你", "妈", "入肉", "支", "付", "宝", "囗玉", "囗", "玉", "中", "国", "国中", "際", "共", "产",
	" ", ".", "*", "，", "。", "\n", "\n\n", "　", "\u200b", "***", "****", "(", "（", "\xff", "\xe8", "\xe8\xb5", "\xf0\x9f", "好", "天气", "the", "word", "12", "_", "-",
}

// What a stream says is settled is: no match that it reports later begins
// before, in any chunks.
func TestSettled(t *testing.T) {
	m, err := New(settledPatterns())
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(settledFragments), 1, 60).Draw(t, "text"), "")
		checkSettled(t, m, text, rapid.IntRange(1, 40))
	})
	rapid.Check(t, func(t *rapid.T) { // in chunks that filters read, too
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(settledFragments), 300, 900).Draw(t, "text"), "")
		checkSettled(t, m, text, rapid.OneOf(rapid.IntRange(1, 10), rapid.IntRange(500, 3000)))
	})
}

func checkSettled(t *rapid.T, m *Matcher, text string, sizes *rapid.Generator[int]) {
	s := m.NewStream()
	settled, asked := int64(0), rapid.Bool()
	check := func(found []Match) {
		for _, f := range found {
			require.GreaterOrEqual(t, f.Start, settled, "%q: %q was settled to %q", text, m.patternText(f.Pattern), text[:settled])
		}
	}
	for rest := text; rest != ""; {
		n := min(len(rest), sizes.Draw(t, "size"))
		check(s.Append(nil, []byte(rest[:n])))
		rest = rest[n:]
		if asked.Draw(t, "asked") {
			now := s.Settled()
			settled = max(settled, now)
			require.LessOrEqual(t, settled, int64(len(text)-len(rest)))
		}
	}
	check(s.Flush(nil))
}

func (m *Matcher) patternText(id int) string { return settledPatterns()[id].Text }

// TestSettledAt holds what is held back to what it needs to be.
func TestSettledAt(t *testing.T) {
	m, err := New([]Pattern{
		{Text: "赌博网站", Channels: DefaultChannels},
		{Text: "tmd", Channels: DefaultChannels, Whole: true},
		{Text: "婊子", Channels: DefaultChannels.With(Split).With(Pinyin).With(Emoji)},
	})
	require.NoError(t, err)
	for _, c := range []struct{ text, held string }{
		{"", ""},
		{"今天天气很好", ""},
		{"今天。", ""}, // a picture, too
		{"今天赌", "赌"},
		{"今天赌*", "赌*"},
		{"今天赌博", "赌博"},
		{"今天赌博网", "赌博网"},
		{"今天赌博网站", "赌博网站"}, // until what stands behind it is known
		{"今天赌博网站" + strings.Repeat("好", 60), ""},
		{"今天赌博气", ""},
		{"今天赌(", "赌("},
		{"今天好(d", "(d"},
		{"今天好(d很", ""},
		{"今天女", "女"},
		{"今天女表", "女表"},
		{"今天女表孑", ""},
		{"今天女表很", ""},
		{"今天biao", "biao"},
		{"今天hello", ""},
		{"今天\xe8\xb5", "\xe8\xb5"},
		{"a t.m.", "t.m."},
	} {
		for n := 1; n <= max(1, len(c.text)); n++ {
			s := m.NewStream()
			for rest := c.text; rest != ""; rest = rest[min(n, len(rest)):] {
				s.Append(nil, []byte(rest[:min(n, len(rest))]))
				s.Settled()
			}
			require.Equal(t, c.held, c.text[s.Settled():], "%q in chunks of %d bytes", c.text, n)
		}
	}
}

// TestSettledDisguises walks through each way of writing a pattern, one
// character at a time: until the match is reported, its beginning is held.
func TestSettledDisguises(t *testing.T) {
	for _, c := range []struct {
		pattern  string
		channels ChannelSet
		texts    []string
	}{
		{"赌博网站点", DefaultChannels, []string{"赌博网站点", "赌*博 网-站\n点", "賭博網站點", "赌(dǔ)博（bó）网站点", "赌赌博博网网站点点", "赌\u200b博\u200b网\u200b站\u200b点"}},
		{"tmdx", DefaultChannels, []string{"tmdx", "T.M.D.X", "ｔｍｄｘ", "t m d x"}},
		{"#话题", 0, []string{"#话题"}},
		{"支付宝网", Set(Initials), []string{"zhfbw", "支fb网", "zfbw", "zh付bw"}},
		{"支付宝网", Set(Pinyin), []string{"zhifubaowang", "zhi fu bao wang", "支fu宝wang", "zhi1fu4bao3wang3"}},
		{"略阳人", Set(Pinyin), []string{"lveyangren", "lueyangren", "lüeyangren", "lue4yangren", "略yang人"}},
		{"虐待狂", Set(Pinyin, Split), []string{"nuedaikuang", "nüe dai kuang", "nue4dai4kuang2", "虐dai犭王"}},
		{"女人们", Set(Pinyin), []string{"nvrenmen", "nurenmen", "nü ren men"}},
		{"婊子养的", Set(Split, Homophone), []string{"女表子养的", "女 表子养的", "裱子养的"}},
		{"海洛因粉", Set(Split, HomophoneFuzzy), []string{"氵每洛因粉", "海氵各因粉", "水每洛因粉"}},
		{"掰开很多", Set(Split), []string{"手分手开很多", "手 分手开很多"}},
		{"句号问号", Set(Emoji), []string{"。问号", "。❓"}},
		{"鸡巴毛", Set(Emoji), []string{"🐔巴毛", "鸡🐔巴毛"}},
		{"鸡巴毛", Set(Emoji, Homophone), []string{"🐔吧毛", "🐓八毛"}},
		{"死全家了", Set(Leet), []string{"4全家了"}},
		{"1号店员", Set(Leet, Homophone), []string{"1号店元"}},
		{"sb玩意", Set(Leet), []string{"5b玩意", "$b玩意"}},
		{"共产国际", Set(Swap), []string{"国际共产", "产共际国"}},
		{"赌博网站", Set(Lookalike), []string{"堵博网站", "睹搏网站"}},
		{"三一重工", Set(Homophone, Lookalike), []string{"叁一重公", "三1重公", "3一重公"}},
	} {
		m, err := New([]Pattern{{Text: c.pattern, Channels: DefaultChannels | c.channels}})
		require.NoError(t, err)
		for _, text := range c.texts {
			whole := "好。" + text + "。" + strings.Repeat("好", 60)
			s := m.NewStream()
			var before []int64 // Settled after each character
			found := 0
			for i, r := range whole {
				for _, f := range s.Append(nil, []byte(string(r))) {
					found++
					for _, settled := range before {
						require.GreaterOrEqual(t, f.Start, settled, "%s in %q: settled to %q", c.pattern, text, whole[:settled])
					}
				}
				before = append(before, s.Settled())
				require.LessOrEqual(t, before[len(before)-1], int64(i+len(string(r))))
			}
			require.NotZero(t, found, "%s in %q", c.pattern, text)
		}
	}
}
