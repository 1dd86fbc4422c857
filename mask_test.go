package shenjiao_test

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
)

// smallMasker is a scanner with terms that begin, end and overlap in every way,
// in all disguises.
var smallMasker = sync.OnceValue(func() *shenjiao.Scanner {
	pack := fstest.MapFS{
		"pack.yaml": {Data: []byte("id: mask\nversion: 1.0.0\n")},
		"terms/all.csv": {Data: []byte(`term,category,action,match,channels,context,unless,window
赌博网站,gambling_fraud,block,,+repeat,,,
博网站点,gambling_fraud,review,,,,,
站点,abuse_discrimination,review,substring,,,,
甲乙甲,x_own,review,substring,,,,
婊子,abuse_discrimination,review,,+split +homophone +pinyin +lookalike +initials +swap,,,
海洛因,contraband,block,,+homophone_fuzzy +emoji,,,
私服,gambling_fraud,review,,,,官方|正版,
代开,contraband,block,substring,,发票|票据,,6
国事,political_terms,review,,,,,
tmd,abuse_discrimination,review,whole,,,,
一一〇,x_own,review,substring,,,,
C++,x_own,review,,,,,
兼职,x_ad,review,substring,,日结 & 无门槛,,
`)},
		"allow.csv": {Data: []byte("phrase,scope\n反赌博网站点名单,gambling_fraud\n")},
	}
	s, err := shenjiao.New(shenjiao.Options{NoSemantic: true, Packs: []fs.FS{pack}, NoStarter: true, NoRules: true})
	if err != nil {
		panic(err)
	}
	return s
})

// chunked masks a text that comes in chunks that cut says the ends of.
func chunked(t require.TestingT, s *shenjiao.Scanner, text string, o shenjiao.MaskOptions, next func() int) string {
	stream := s.NewMaskStream(o)
	var out []byte
	for rest := text; rest != ""; {
		n := min(len(rest), next())
		var err error
		out, err = stream.Append(out, []byte(rest[:n]))
		require.NoError(t, err)
		require.LessOrEqual(t, stream.Held(), s.MaxHeld())
		rest = rest[n:]
	}
	out, err := stream.Flush(out)
	require.NoError(t, err)
	require.Zero(t, stream.Held())
	return string(out)
}

// mark shows what is masked and how.
func mark(m shenjiao.Masking) string {
	s := "⟦" + m.Finding.Rule + "|" + m.Finding.Term + "|" + m.Text
	if m.Rest {
		s += "|rest"
	}
	if m.Crossed {
		s += "|crossed"
	}
	return s + "⟧"
}

func TestMask(t *testing.T) {
	for _, c := range []struct {
		name, in, stars, fixed, category string
	}{
		{"nothing", "今天天气很好。", "今天天气很好。", "今天天气很好。", "今天天气很好。"},
		{"empty", "", "", "", ""},
		{"a term", "这个赌博网站不好", "这个****不好", "这个#不好", "这个[赌博诈骗]不好"},
		{"a disguise", "这个赌*博 網站不好", "这个******不好", "这个#不好", "这个[赌博诈骗]不好"},
		{"overlapping", "赌博网站点", "*****", "#", "[赌博诈骗]"},
		{"a chain", "甲乙甲乙甲丙", "*****丙", "#丙", "[x_own]丙"},
		{"side by side", "甲乙甲甲乙甲", "******", "##", "[x_own][x_own]"},
		{"an allow-phrase", "反赌博网站点名单公布", "反赌博网**名单公布", "反赌博网#名单公布", "反赌博网[侮辱歧视]名单公布"},
		{"a mobile number", "请打我的手机13800138000，谢谢", "请打我的手机138****8000，谢谢", "请打我的手机#，谢谢", "请打我的手机[手机号码]，谢谢"},
		{"another in parts", "手机：138 0013 8000。", "手机：138 **** 8000。", "手机：#。", "手机：[手机号码]。"},
		{"said once, written twice", "兼职日结无门槛，兼职快来", "**日结无门槛，**快来", "#日结无门槛，#快来", "[x_ad]日结无门槛，[x_ad]快来"},
		{"an address", "家住北京市海淀区中关村大街88号3号楼2单元501室。", "家住北京市海淀区中关村大街*************。", "家住北京市海淀区中关村大街#。", "家住北京市海淀区中关村大街[详细住址]。"},
		{"not UTF-8", "\xff赌博网站\xe8", "\xff****\xe8", "\xff#\xe8", "\xff[赌博诈骗]\xe8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, mode := range []struct {
				with shenjiao.MaskFunc
				want string
			}{
				{nil, c.stars}, {shenjiao.MaskFixed("#"), c.fixed}, {shenjiao.MaskCategory(""), c.category},
			} {
				o := shenjiao.MaskOptions{With: mode.with}
				got, err := smallMasker().Mask(t.Context(), c.in, o)
				require.NoError(t, err)
				require.Equal(t, mode.want, got)
				for n := 1; n <= 7; n++ {
					require.Equal(t, mode.want, chunked(t, smallMasker(), c.in, o, func() int { return n }), "chunks of %d bytes", n)
				}
			}
		})
	}
}

// fragments are what drawn texts are made of.
var fragments = []string{
	"赌博网站", "赌博网", "博网站点", "赌*博 网站", "賭博網站", "赌\u200b博\u200b网\u200b站", "赌(dǔ)博", "(dǔ", "赌赌博博网站", "站点", "反赌博网站点名单",
	"甲乙", "甲", "乙甲", "女表子", "女", "表", "子", "biao zi", "biaozi", "bz", "裱子", "子婊", "海洛因", "还落音", "海洛", "🐚", "私服", "官方", "正版", "代开", "发票", "票据",
	"共商国事", "国事", "国", "tmd", "t.m.d", "TMD", "T", "m", "C++", "C+", "一一〇", "110", "一一", "〇",
	"手机", "13800138000", "138 0013 8000", "1380013", "8000", "①③⑧⓪⓪①③⑧⓪⓪⓪", "zhangsan", "@example.cn", "@", "example", ".com", "点com", "www.", "加V：", "abc12345", "QQ：10001", "110101199003070038",
	"姓名", "张三", "住址：", "北京市海淀区中关村大街", "88号3号楼2单元501室", "机密★10年", "机密", "密级：秘密", "内部资料", "京A·12345", "192.168.1.1", "2001:db8::1", "010-60000000", "(010)", "60000000",
	"，", "。", "！", "\n", "\n\n", "　　", " ", ".", "-", "*", "***", "“", "《", "》", "(", "）", "a", "1", "\u200b", "\u200d", "\xff", "\xe8", "\xe8\xb5", "\xf0\x9f", "�",
	"兼职", "日结", "无门槛", "今天天气很好", "我们一起去公园散步", "禁毒", "警方", "查处", "据新华社报道", "记者：李四", "人工智能是计算机科学的一个分支", "The quick brown fox", "反诈", "，他说：",
}

// drawText draws a text of fragments.
func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 1, 40).Draw(t, "text"), "")
}

// Law 8: any chunking of a text releases what is made of the whole. So what is
// masked there leaks nowhere, nothing else is lost, and all stands in its order.
func TestMaskAnyChunking(t *testing.T) {
	o := shenjiao.MaskOptions{With: mark, Least: review.ActionNote}
	rapid.Check(t, func(t *rapid.T) {
		s := smallMasker()
		text := drawText(t)
		want, err := s.Mask(context.Background(), text, o)
		require.NoError(t, err)
		require.Equal(t, want, chunked(t, s, text, o, func() int { return 1 }))
		size := rapid.IntRange(1, 200)
		require.Equal(t, want, chunked(t, s, text, o, func() int { return size.Draw(t, "size") }))
		require.Equal(t, want, chunked(t, s, text, o, func() int { return len(text) }))
	})
}

// What is masked is just the findings of the text.
func TestMaskIsWhatScanFinds(t *testing.T) {
	combined := []lexicon.Category{"x_own", lexicon.GamblingFraud, lexicon.AbuseDiscrimination, lexicon.Contraband, lexicon.PoliticalTerms, lexicon.PersonalInfo, lexicon.Secrecy, lexicon.AdExaggeration}
	rapid.Check(t, func(t *rapid.T) {
		s := smallMasker()
		text := strings.ToValidUTF8(drawText(t), "")
		stream := s.NewStream(context.Background(), shenjiao.StreamOptions{})
		_, err := io.WriteString(stream, text)
		require.NoError(t, err)
		report, err := stream.Report()
		require.NoError(t, err)
		covered := make([]bool, len(text))
		for _, f := range report.Findings {
			switch f.Rule {
			case "recognize.name-list": // its data are masked by themselves
				continue
			case "recognize.address": // from its first number on
				f.Span.Start += int64(strings.IndexAny(f.Text, "*×＊"))
			}
			if f.Category == "x_ad" {
				continue // of a combination a report has one in a sentence
			}
			for i := f.Span.Start; i < f.Span.End; i++ {
				covered[i] = true
			}
		}
		var want strings.Builder
		for i, r := range text {
			if covered[i] {
				r = '■'
			}
			want.WriteRune(r)
		}
		all := func(m shenjiao.Masking) string { return strings.Repeat("■", len([]rune(m.Text))) }
		got, err := s.Mask(context.Background(), text, shenjiao.MaskOptions{With: all, Least: review.ActionNote, Categories: combined})
		require.NoError(t, err)
		require.Equal(t, want.String(), got)
	})
}

// FuzzMask: the chunks in which a text comes make no difference.
func FuzzMask(f *testing.F) {
	for _, text := range fragments {
		f.Add(text+text, uint8(1))
		f.Add("好"+text+"赌博网站"+text, uint8(5))
	}
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		if len(text) > 4096 {
			return
		}
		o := shenjiao.MaskOptions{With: mark, Least: review.ActionNote}
		want, err := smallMasker().Mask(t.Context(), text, o)
		require.NoError(t, err)
		require.Equal(t, want, chunked(t, smallMasker(), text, o, func() int { return int(size) + 1 }))
	})
}

func TestMaskOptions(t *testing.T) {
	const text = "赌博网站和站点，mail：zhangsan@example.org"
	mask := func(o shenjiao.MaskOptions) string {
		t.Helper()
		got, err := smallMasker().Mask(t.Context(), text, o)
		require.NoError(t, err)
		return got
	}
	require.Equal(t, "****和**，mail：zhangsan@example.org", mask(shenjiao.MaskOptions{}), "a mail address is only a note")
	require.Equal(t, "****和**，mail：z*******@example.org", mask(shenjiao.MaskOptions{Least: review.ActionNote}))
	require.Equal(t, "****和站点，mail：zhangsan@example.org", mask(shenjiao.MaskOptions{Least: review.ActionBlock}))
	require.Equal(t, "赌博网站和站点，mail：z■■■■■■■@example.org", mask(shenjiao.MaskOptions{
		Least: review.ActionNote, Categories: []lexicon.Category{lexicon.PersonalInfo}, With: shenjiao.MaskChars('■'),
	}))
	require.Equal(t, "[Gambling and fraud]和[Abuse and discrimination]，mail：[e-mail address]",
		mask(shenjiao.MaskOptions{Least: review.ActionNote, With: shenjiao.MaskCategory(shenjiao.English)}))
	var seen []string
	mask(shenjiao.MaskOptions{OnMask: func(m shenjiao.Masking) { seen = append(seen, m.Text) }})
	require.Equal(t, []string{"赌博网站", "站点"}, seen)
}

func TestMaskStop(t *testing.T) {
	const text = "先说一句，再说赌博网站，后面没有了"
	o := shenjiao.MaskOptions{Stop: true}
	var blocked *shenjiao.BlockedError
	got, err := smallMasker().Mask(t.Context(), text, o)
	require.ErrorAs(t, err, &blocked)
	require.Equal(t, "赌博网站", blocked.Finding.Term)
	require.NotContains(t, err.Error(), "赌博")
	require.Equal(t, "先说一句，再说", got)

	stream := smallMasker().NewMaskStream(o)
	for range 2 { // the stream can be used again
		var out []byte
		var failed error
		for i := 0; i < len(text) && failed == nil; i++ {
			out, failed = stream.Append(out, []byte(text[i:i+1]))
		}
		out, err = stream.Flush(out)
		require.ErrorAs(t, err, &blocked)
		require.Equal(t, "先说一句，再说", string(out))
	}
	out, err := stream.Append(nil, []byte("没有"))
	require.NoError(t, err)
	out, err = stream.Flush(out)
	require.NoError(t, err)
	require.Equal(t, "没有", string(out))

	var sink strings.Builder
	w := smallMasker().NewMaskWriter(t.Context(), &sink, o)
	_, err = io.WriteString(w, text)
	require.NoError(t, err)
	require.ErrorAs(t, w.Close(), &blocked)
	require.Equal(t, "先说一句，再说", sink.String())
	all, err := io.ReadAll(smallMasker().NewMaskReader(t.Context(), strings.NewReader(text), o))
	require.ErrorAs(t, err, &blocked)
	require.Equal(t, "先说一句，再说", string(all))
}

// A long text of terms goes through in bounded memory, in pieces.
func TestMaskLong(t *testing.T) {
	s := smallMasker()
	for _, unit := range []string{"甲乙", "赌博网站点", "赌*", "很好", "姓名13800138000", "1", "(dǔ", "\u200b", "女表", "\xe8"} {
		text := strings.Repeat(unit, 60_000/len(unit))
		want, err := s.Mask(t.Context(), text, shenjiao.MaskOptions{})
		require.NoError(t, err)
		require.Equal(t, want, chunked(t, s, text, shenjiao.MaskOptions{}, func() int { return 997 }), unit)
	}
}
