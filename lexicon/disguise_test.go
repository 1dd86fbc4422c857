package lexicon

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

// disguisePack has terms of a category that is disguised by default.
func disguisePack(t *testing.T, opts Options, terms ...string) *Lexicon {
	t.Helper()
	p, err := ReadPack(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: d\nversion: 1.0.0\ncategories:\n  gambling_fraud: {action: block}\n")},
		"terms/gambling_fraud.txt": {Data: []byte(strings.Join(terms, "\n") + "\n")},
	})
	require.NoError(t, err)
	l, err := Compile([]*Pack{p}, opts)
	require.NoError(t, err)
	return l
}

func TestDisguised(t *testing.T) {
	terms := []string{"赌博", "婊子", "傻逼", "六合彩", "网络赌博", "变态", "死全家"}
	for _, c := range []struct {
		name, text string
		want       string // the surface; empty for none
	}{
		{"homophone", "想玩堵博的私聊", "堵博"},
		{"the same sound in ordinary words", "她去年开始读博，今年毕业", ""},
		{"cut by words", "这家有毒博物馆开张了", ""},
		{"pinyin among characters", "来我们平台dubo吧", "dubo"},
		{"pinyin with blanks", "我们这里du bo稳赢", "du bo"},
		{"a name in English text", "Moving to Du Bo Street in France was nice", ""},
		{"an address", "见 https://example.com/dubo/index", ""},
		{"code", "变量名 var_dubo_x 不变，dubo_x 也是", ""},
		{"mixed", "赌bo网站上线了", "赌bo"},
		{"pinyin primer", "跟我读：dǎ qiú, dǔ bó, pǎo bù", ""},
		{"split", "真是个女表子", "女表子"},
		{"parts that are words", "这位女子表示满意，孩子也在", ""},
		{"emoji", "这种人💀全家", "💀全家"},
		{"longer terms need less", "网洛堵博害人", "网洛堵博"},
		{"digits", "5月6日和8日", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := disguisePack(t, Options{}, terms...)
			var got []string
			for _, h := range l.FindAll(c.text, Scene{}) {
				if !h.Vetoed() && h.Channels&matcher.Disguises != 0 && h.Text != "堵博" || h.Text == c.want && !h.Vetoed() {
					got = append(got, h.Text)
				}
			}
			if c.want == "" {
				require.Empty(t, got)
				return
			}
			require.Equal(t, []string{c.want}, got)
		})
	}
}

// Of several terms that one place sounds like, each is a finding; one that is a part
// of another is not.
func TestGuessesAtOnePlace(t *testing.T) {
	l := disguisePack(t, Options{}, "赌勃", "赌博", "网络赌博")
	var got []string
	for _, h := range l.FindAll("网洛赌搏害人", Scene{}) {
		if !h.Vetoed() {
			got = append(got, h.Entry.Term)
		}
	}
	require.ElementsMatch(t, []string{"赌勃", "网络赌博"}, got)
}

// A guess at a longer term does not stand for the shorter one if only chance makes it
// longer, nor for what is written as it is.
func TestLongerGuesses(t *testing.T) {
	for _, c := range []struct {
		name  string
		terms []string
		text  string
		want  []string
	}{
		{"a particle that sounds like one character", []string{"骗子", "死骗子"}, "他们都是pianzi，别信", []string{"骗子"}},
		{"a disguise throughout", []string{"赌博", "网络赌博"}, "网洛堵搏害人", []string{"网络赌博"}},
		{"written as it is", []string{"贱犬", "瞎贱犬"}, "想看賤犬的扣一", []string{"贱犬"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := disguisePack(t, Options{Channels: matcher.AllChannels}, c.terms...)
			var got []string
			for _, h := range l.FindAll(c.text, Scene{}) {
				if !h.Vetoed() && slices.Contains(c.want, h.Entry.Term) {
					got = append(got, h.Entry.Term)
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

// What stands beside a place decides where its sound alone does not.
func TestGuessesAndWhatStandsBeside(t *testing.T) {
	p, err := ReadPack(fstest.MapFS{
		"pack.yaml":                      {Data: []byte("id: p\nversion: 1.0.0\n")},
		"terms/abuse_discrimination.txt": {Data: []byte("废物\n智障\n洋妓\n狗日\n爱爱的\n")},
	})
	require.NoError(t, err)
	l, err := Compile([]*Pack{p}, Options{Channels: matcher.AllChannels})
	require.NoError(t, err)
	found := func(text string) bool {
		return slices.ContainsFunc(l.FindAll(text, Scene{}), func(h Hit) bool { return !h.Vetoed() && h.Channels&matcher.Disguises != 0 })
	}
	for _, c := range []struct{ name, yes, no string }{
		{"a measure word", "一群fw，散了", "单位 fw 的定义见附录"},
		{"modern or classical", "楼上又来了一个扬祭", "始皇议封禅望祭山川之事，诸儒生毋敢言扬祭"},
		{"words that cover it", "真是个费物", "这里都是飞舞的花"},
		{"a date", "你这个9日的", "2012年1月9日，代表大会"},
		{"a number with a point", "你们22的，恶心", "升级到 2.2的，配置不变"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.True(t, found(c.yes), c.yes)
			require.False(t, found(c.no), c.no)
		})
	}
}

// A term in traditional characters among simplified ones is a disguise, and what the
// words around it say is not asked.
func TestOddTraditional(t *testing.T) {
	l := disguisePack(t, Options{}, "出轨")
	kept := func(text string) bool {
		hits := l.FindAll(text, Scene{})
		require.Len(t, hits, 1, text)
		return !hits[0].Vetoed() && hits[0].Reason == ""
	}
	require.False(t, kept("画出轨迹"))
	require.False(t, kept("畫出軌跡"), "the whole text is traditional")
	require.True(t, kept("他又出軌迹象很多"))
}

// The right form of a pair sounds like the wrong one, and is no finding.
func TestRightForm(t *testing.T) {
	p, err := ReadPack(fstest.MapFS{
		"pack.yaml":                      {Data: []byte("id: p\nversion: 1.0.0\n")},
		"terms/abuse_discrimination.csv": {Data: []byte("term,suggest,channels\n侦察机关,侦查机关,+homophone\n")},
	})
	require.NoError(t, err)
	l, err := Compile([]*Pack{p}, Options{Channels: matcher.AllChannels})
	require.NoError(t, err)
	for _, h := range l.FindAll("由侦查机关报请", Scene{}) {
		require.True(t, h.Vetoed())
		require.Equal(t, review.VetoOrdinary, h.Reason)
	}
}

// A stream that is used for another text remembers nothing of the one before.
func TestDisguisedNextText(t *testing.T) {
	l := disguisePack(t, Options{}, "赌博")
	s := l.NewStream(Scene{})
	for _, text := range []string{"想玩堵博的私聊", "喜欢读博的同学", "想玩堵博的私聊"} {
		require.Equal(t, l.FindAll(text, Scene{}), s.Flush(s.Append(nil, []byte(text))), text)
	}
}

// A candidate that reads as ordinary language is listed with the words that say so.
func TestOrdinary(t *testing.T) {
	l := disguisePack(t, Options{}, "赌博")
	hits := l.FindAll("她喜欢读博。", Scene{})
	for _, h := range hits {
		require.True(t, h.Vetoed())
		require.Equal(t, review.VetoOrdinary, h.Reason)
		require.NotEmpty(t, h.Words)
	}
}

// What needed a channel that is a hint at most is never blocked for it.
func TestHintsDoNotBlock(t *testing.T) {
	l := disguisePack(t, Options{Channels: matcher.AllChannels}, "赌博平台", "赌博")
	blocked, reviewed := 0, 0
	for _, text := range []string{"上赌博平台", "上堵博平台", "上台博赌平", "上睹搏平台", "上dbpt啊兄弟，稳赢送彩金"} {
		for _, h := range l.FindAll(text, Scene{}) {
			if h.Vetoed() {
				continue
			}
			if hint(review.ActionBlock, h.Channels) == review.ActionReview {
				require.LessOrEqual(t, h.Action, review.ActionReview, text)
				reviewed++
			} else {
				require.Equal(t, review.ActionBlock, h.Action, text)
				blocked++
			}
		}
	}
	require.Positive(t, blocked)
	require.Positive(t, reviewed)
}

func TestChannelsOfCategories(t *testing.T) {
	for name, c := range map[string]struct {
		opts     Options
		category Category
		want     matcher.ChannelSet
	}{
		"default":                    {Options{}, GamblingFraud, matcher.DefaultChannels | disguised},
		"default, not disguised":     {Options{}, PoliticalTerms, matcher.DefaultChannels},
		"an own category":            {Options{}, "x_own", matcher.DefaultChannels},
		"the default by name":        {Options{Channels: matcher.DefaultChannels}, PornVulgar, matcher.DefaultChannels | disguised},
		"a set is what it is":        {Options{Channels: matcher.Set(matcher.Width)}, GamblingFraud, matcher.Set(matcher.Width)},
		"all":                        {Options{Channels: matcher.AllChannels}, PoliticalTerms, matcher.AllChannels},
		"a change of the default":    {Options{Change: ChannelSpec{Add: []string{"swap"}, Remove: []string{"noise", "leet"}}}, Contraband, (matcher.DefaultChannels | disguised).With(matcher.Swap).Without(matcher.Noise).Without(matcher.Leet)},
		"a change for all of them":   {Options{Change: ChannelSpec{Add: []string{"pinyin"}}}, Secrecy, matcher.DefaultChannels.With(matcher.Pinyin)},
		"the default in one respect": {Options{Channels: matcher.DefaultChannels.Without(matcher.Noise)}, GamblingFraud, matcher.DefaultChannels.Without(matcher.Noise)},
	} {
		require.Equal(t, c.want, c.opts.channels(&Entry{Term: "某词", Category: c.category}), name)
		require.Equal(t, c.want, c.opts.channels(&Entry{Term: "某个词", Category: c.category, Context: [][]string{{"加我"}}}), "%s: a combination", name)
		// A short word that needs others beside it is disguised only if somebody says so.
		everyday := c.want
		if c.opts.byCategory() {
			info, _ := c.category.Info()
			everyday = c.opts.Change.apply(matcher.DefaultChannels | c.want&^info.Disguises)
		}
		e := &Entry{Term: "招人", Category: c.category, Context: [][]string{{"日结"}}}
		require.Equal(t, everyday, c.opts.channels(e), "%s: an everyday word", name)
		e.Channels = ChannelSpec{Add: []string{"homophone"}}
		require.True(t, c.opts.channels(e).Has(matcher.Homophone), "%s: a row says so", name)
	}
}

// Any chunking gives the hits of the whole, also of disguised terms and their
// neighbours.
func TestDisguisedChunks(t *testing.T) {
	l := disguisePack(t, Options{Channels: matcher.AllChannels}, "赌博", "婊子", "六合彩", "傻逼")
	text := strings.Repeat("今天他去读博了，说赌博不好，堵勃更不好。女表子！du bo，liu he cai 稳赢，博赌平台的sb。", 20)
	want := l.FindAll(text, Scene{})
	require.NotEmpty(t, want)
	for _, size := range []int{1, 7, 64, 1021} {
		for _, settle := range []bool{false, true} {
			s := l.NewStream(Scene{})
			var got []Hit
			for i := 0; i < len(text); i += size {
				got = s.Append(got, []byte(text[i:min(len(text), i+size)]))
				if settle {
					got, _ = s.Settle(got)
				}
			}
			require.Equal(t, want, s.Flush(got), "chunks of %d", size)
		}
	}
}

// A hit is certain soon after its sentence, not only when everything that could
// matter elsewhere has come.
func TestSettle(t *testing.T) {
	l := disguisePack(t, Options{}, "赌博网站", "婊子")
	for _, text := range []string{"去赌博网站玩。", "你个女表子！", "去赌*博网站玩。"} {
		s := l.NewStream(Scene{})
		hits := s.Append(nil, []byte(text))
		hits, settled := s.Settle(hits)
		require.Empty(t, hits)
		require.Less(t, settled, int64(len(text)))
		hits = s.Append(hits, []byte(strings.Repeat("以后再说吧", 9)))
		hits, settled = s.Settle(hits)
		require.Len(t, hits, 1, text)
		require.Greater(t, settled, int64(len(text)))
	}
}

// Guesses that are vetoed are left out if the scene says so, and nothing else.
func TestNoVetoedGuesses(t *testing.T) {
	l := disguisePack(t, Options{Channels: matcher.AllChannels}, "赌博", "婊子", "六合彩", "傻逼", "毒品", "骗子", "脑残")
	pieces := strings.FieldsFunc("今天他去读博了，说赌博不好，堵勃更不好。女表子！du bo，liu he cai 稳赢，博赌平台的sb。杀鼻片子毒聘，篇子恼残，"+
		"独博物馆，贴片子，商品督品，六和菜，ＤＵ bo，賭勃，dǔ bó，\U00020010堵搏，🎲，6盒彩；贝者博，nc，npz", func(r rune) bool { return r == '，' })
	rng := rand.New(rand.NewPCG(9, 10))
	vetoed, kept := 0, 0
	for range 300 {
		var text strings.Builder
		for range 1 + rng.IntN(40) {
			text.WriteString(pieces[rng.IntN(len(pieces))])
			text.WriteString([]string{"", "", "，", " ", "。\n"}[rng.IntN(5)])
		}
		var want []Hit
		for _, h := range l.FindAll(text.String(), Scene{}) {
			if h.guessed() && h.vetoed && h.Reason != review.VetoCovered {
				vetoed++
			} else {
				want = append(want, h)
			}
		}
		kept += len(want)
		scene := Scene{NoVetoedGuesses: true}
		require.Equal(t, want, l.FindAll(text.String(), scene), "%q", text.String())
		s := l.NewStream(scene)
		var got []Hit
		for chunk := range slices.Chunk([]byte(text.String()), 1+rng.IntN(300)) {
			got = s.Append(got, chunk)
		}
		require.Equal(t, want, s.Flush(got), "in chunks: %q", text.String())
	}
	require.Greater(t, vetoed, 1000)
	require.Greater(t, kept, 1000)
}
