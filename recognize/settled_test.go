package recognize_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/recognize"
)

// exposed are the kinds that Settled counts, and Address.
var exposed = recognize.AllKinds &^ recognize.Set(recognize.NameList, recognize.DocumentNumber, recognize.SourceLine, recognize.RepostLine,
	recognize.Accord, recognize.Dateline, recognize.OriginalTitle, recognize.Author, recognize.Editor, recognize.Reviewer)

// settledPieces are those of other tests, and what begins before what gives it away.
var settledPieces = append([]string{
	"zhangsan", "li.si", "li.", "_", "+", "@", " @ ", "(at)", " (at) ", "艾特", "example.cn", "example", ".cn", " . cn", "点com", "+86", "+8613800138000", "138001", "38000",
	"不得", "不", "严禁", "严禁擅自", "擅自", "外传", "翻印", "内部资料", "此件", "（此件", "（", "不公开）", "发至县级）", "2001:", "db8::1", "fe", "80::", ":", "::", "1",
	"北京市海淀区", "中关村大街", "88号3号楼2单元501室", "88号", "3栋", "姓名", "张三", "机密", "★", "10年", "秘", "密级：", "秘密", "内部", "注意保存", "公开属性：", "不予公开",
	"加V：", "abc12345", "QQ", "：", "10001", "京A", "·12345", "(010)", "60000000", "010-", "未经批准", "资料", "\n", "\xe8", "\xff", "\u200b",
}, pieces...)

// What a stream says is settled is: nothing that is still to come begins
// before.
func TestSettled(t *testing.T) {
	for name, kinds := range map[string]recognize.KindSet{"all": 0, "exposed": exposed} {
		r := recognizer(t, recognize.Options{Kinds: kinds})
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(settledPieces), 1, 40).Draw(t, "text"), "")
				stream := r.NewStream()
				settled, asked := int64(0), rapid.Bool()
				check := func(spans []recognize.Span) {
					for _, s := range spans {
						if exposed.Has(s.Kind) {
							require.GreaterOrEqual(t, begins(s), settled, "%v %q", s.Kind, s.Text)
						}
					}
				}
				for rest := text; rest != ""; {
					n := min(len(rest), rapid.IntRange(1, 20).Draw(t, "size"))
					check(stream.Append(nil, []byte(rest[:n])))
					rest = rest[n:]
					if asked.Draw(t, "asked") {
						settled = max(settled, stream.Settled())
						seen := int64(len(text) - len(rest))
						require.LessOrEqual(t, settled, seen)
						require.LessOrEqual(t, seen-stream.Settled(), int64(recognize.Unsettled))
					}
				}
				check(stream.Flush(nil))
			})
		})
	}
}

// begins returns where what Settled speaks of begins in a span.
func begins(s recognize.Span) int64 {
	i := 0
	if s.Kind == recognize.Address {
		for masked := s.Masked(); masked[i] == s.Text[i]; i++ {
		}
	}
	return s.Start + int64(i)
}

// TestSettledWalk walks through spans of every kind, one character at a time.
func TestSettledWalk(t *testing.T) {
	r := recognizer(t, recognize.Options{Kinds: exposed})
	for text, kind := range map[string]recognize.Kind{
		"内部资料未经批准不得外传。":                                   recognize.InternalMark,
		"资料严禁擅自外传。":                                       recognize.InternalMark,
		"\n（此件不公开）\n":                                     recognize.NotPublic,
		"\n（此件发至县级）\n":                                    recognize.Distribution,
		"写信给zhang.san@example.cn，":                        recognize.Email,
		"写信给zhangsan @ example.cn，":                       recognize.Email,
		"写信给zhangsan (at) example 点 cn，":                  recognize.Email,
		"电话+86 138 0013 8000，":                            recognize.Mobile,
		"地址fe80:1:2:3:4:5:6:7，":                           recognize.IPAddress,
		"住址：北京市海淀区中关村大街88号3号楼2单元501室，":                    recognize.Address,
		"秘密★10年，":                                         recognize.SecretMark,
		"公开属性：不予公开，":                                      recognize.NotPublic,
		"电话(010)60000000，":                                recognize.Landline,
		"加V：abc_12345，":                                   recognize.WeChat,
		"请看example点com，":                                  recognize.Link,
		"号牌京A·12345，":                                     recognize.Plate,
		"身份证号 11010119000101001X 或 110101 19000101 0014，": recognize.ResidentID,
	} {
		stream := r.NewStream()
		var before []int64
		found := false
		check := func(spans []recognize.Span) {
			for _, s := range spans {
				found = found || s.Kind == kind
				for _, settled := range before {
					require.GreaterOrEqual(t, begins(s), settled, "%v in %q", s.Kind, text)
				}
			}
		}
		for _, c := range text {
			check(stream.Append(nil, []byte(string(c))))
			before = append(before, stream.Settled())
		}
		check(stream.Flush(nil))
		require.True(t, found, "%v in %q", kind, text)
	}
}

// TestSettledAt holds what is held back to what it needs to be.
func TestSettledAt(t *testing.T) {
	r := recognizer(t, recognize.Options{Kinds: exposed})
	for text, held := range map[string]string{
		"今天天气很好":         "",
		"今天据新华社报道，记者":    "",
		"3月1日":           "",
		"今天138":          "138",
		"今天13800138000，": "13800138000，", // until it is known what stands behind it
		"写信给zhangsan":    "zhangsan",
		"写信给zhangsan ":   "zhangsan ",
		"写信给zhangsan 和":  "",
		"未经批准，不":         "不",
		"未经批准，不得":        "不得",
		"未经批准，不得不":       "不",
		"说（":             "（",
		"第一":             "一",
		"北京市海淀区中关村大街":    "",
		"今天13800138000，这个号码是大家都知道的一个号码": "",
	} {
		stream := r.NewStream()
		for _, c := range text {
			stream.Append(nil, []byte(string(c)))
		}
		require.Equal(t, held, text[stream.Settled():], text)
	}
}
