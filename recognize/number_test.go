package recognize_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/recognize"
)

// vectors are texts and the one span of personal data that stands in each; an
// empty span says that none of that kind does. The numbers are nobody's:
// birth years from 1900 to 1903, zero-filled accounts, reserved ranges.
var vectors = []struct {
	kind              recognize.Kind
	text, span, value string
	channels          matcher.ChannelSet
}{
	{recognize.ResidentID, "320102190203040014", "320102190203040014", "320102190203040014", 0},
	{recognize.ResidentID, "身份证32010219020304009x号", "32010219020304009x", "32010219020304009X", 0},
	{recognize.ResidentID, "320102 1902 0304 0014", "320102 1902 0304 0014", "320102190203040014", 0},
	{recognize.ResidentID, "身份证号：320102020304001", "320102020304001", "320102020304001", 0},
	{recognize.ResidentID, "三二〇一〇二一九〇二〇三〇四〇〇一四", "三二〇一〇二一九〇二〇三〇四〇〇一四", "320102190203040014", matcher.Set(matcher.Numeral)},
	{recognize.ResidentID, "身份证号320102190203040018", "320102190203040018", "320102190203040018", 0}, // a wrong digit, but called one
	{recognize.ResidentID, "合同编号320102190203040018", "", "", 0},
	{recognize.ResidentID, "3201021902030400141", "", "", 0},
	{recognize.ResidentID, "320102********0018", "", "", 0},

	{recognize.CreditCode, "代码81000000M000100Y46", "81000000M000100Y46", "81000000M000100Y46", 0},
	{recognize.CreditCode, "91350100m000100y43", "91350100m000100y43", "91350100M000100Y43", 0},
	{recognize.CreditCode, "91350100M000100Y430", "", "", 0},

	{recognize.BankCard, "卡号：6222 0000 0000 0000 004", "6222 0000 0000 0000 004", "6222000000000000004", 0},
	{recognize.BankCard, "汇入４００００００００００００００２", "４００００００００００００００２", "4000000000000002", matcher.Set(matcher.Width)},
	{recognize.BankCard, "银行卡6-2-2-2-0-0-0-0-0-0-0-0-0-0-0-0-0-0-4", "6-2-2-2-0-0-0-0-0-0-0-0-0-0-0-0-0-0-4", "6222000000000000004", matcher.Set(matcher.Noise)},
	{recognize.BankCard, "6222000000000000005", "", "", 0},
	{recognize.BankCard, "62220000000000000040", "", "", 0},

	{recognize.Mobile, "联系人：张某，138 0013 8000", "138 0013 8000", "13800138000", 0},
	{recognize.Mobile, "+86-138-0013-8000", "+86-138-0013-8000", "13800138000", 0},
	{recognize.Mobile, "tel:8613800138000", "8613800138000", "13800138000", 0},
	{recognize.Mobile, "微信同号13800138000", "13800138000", "13800138000", 0},
	{recognize.Mobile, "加微13800138000vx同号", "13800138000", "13800138000", 0},
	{recognize.Mobile, "加我一三八零零一三八零零零", "一三八零零一三八零零零", "13800138000", matcher.Set(matcher.Numeral)},
	{recognize.Mobile, "幺叁八〇〇1三八〇〇〇（手机）", "幺叁八〇〇1三八〇〇〇", "13800138000", matcher.Set(matcher.Numeral)},
	{recognize.Mobile, "①③⑧⓪⓪①③⑧⓪⓪⓪", "①③⑧⓪⓪①③⑧⓪⓪⓪", "13800138000", matcher.Set(matcher.Styled)},
	{recognize.Mobile, "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0", "13800138000", matcher.Set(matcher.Invisible)},
	{recognize.Mobile, "1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0", "13800138000", matcher.Set(matcher.Noise)},
	{recognize.Mobile, "1*3*8*0*0*1*3*8*0*0*0", "1*3*8*0*0*1*3*8*0*0*0", "13800138000", matcher.Set(matcher.Noise)},
	{recognize.Mobile, "138哈0013哈8000", "138哈0013哈8000", "13800138000", matcher.Set(matcher.Noise)},
	{recognize.Mobile, "l38oo138ooo", "l38oo138ooo", "13800138000", matcher.Set(matcher.Confusable)},
	{recognize.Mobile, "订单号13800138000123456，9913800138000，138****8000", "", "", 0},
	{recognize.Mobile, "1 2 3 4 5 6 7 8 9 10 11，1/3/8/0/0/1/3/8/0/0/0", "", "", 0},
	{recognize.Mobile, "一六二四一一零零四七五", "", "", 0},
	{recognize.Mobile, "哈希值a13800138000f", "", "", 0},

	{recognize.Landline, "电话（010）６０００００００", "（010）６０００００００", "01060000000", matcher.Set(matcher.Width)},
	{recognize.Landline, "0514-80000000转8001", "0514-80000000转8001", "051480000000-8001", 0},
	{recognize.Landline, "联系电话：60000000", "60000000", "60000000", 0},
	{recognize.Landline, "电话031160000000", "031160000000", "031160000000", 0},
	{recognize.Landline, "2026-01-01 至 2026-12-31，2017-2018，编号031160000000。电话用户60000000户", "", "", 0},
	{recognize.Hotline, "客服4000000000", "4000000000", "4000000000", 0},
	{recognize.Hotline, "请拨打95599查询", "95599", "95599", 0},
	{recognize.Hotline, "共12399人次，第110号", "", "", 0},

	{recognize.Passport, "护照：EA0000000", "EA0000000", "EA0000000", 0},
	{recognize.Passport, "护照号 D0000000", "D0000000", "D0000000", 0},
	{recognize.Passport, "型号D0000000，EI0000000", "", "", 0},
	{recognize.Permit, "台胞证00000000", "00000000", "00000000", 0},
	{recognize.Permit, "回乡证H0000000000", "H0000000000", "H0000000000", 0},
	{recognize.Plate, "车牌京 A·12345", "京 A·12345", "京A12345", 0},
	{recognize.Plate, "蘇a12345", "蘇a12345", "苏A12345", matcher.Set(matcher.Traditional)},
	{recognize.Plate, "川A级景区，新G20峰会，云A股，京AIO123", "", "", 0},

	{recognize.Email, "ｔｏｕｇａｏ＠ｅｘａｍｐｌｅ．ｃｎ", "ｔｏｕｇａｏ＠ｅｘａｍｐｌｅ．ｃｎ", "tougao@example.cn", matcher.Set(matcher.Width, matcher.Noise)},
	{recognize.Email, "13800138000@example.com", "13800138000@example.com", "13800138000@example.com", 0},
	{recognize.Email, "tougao(at)example点com", "tougao(at)example点com", "tougao@example.com", matcher.Set(matcher.Noise)},
	{recognize.Email, "a.b @ example . cn", "a.b @ example . cn", "a.b@example.cn", matcher.Set(matcher.Noise)},
	{recognize.Email, "@某某日报 a@b", "", "", 0},

	{recognize.QQ, "QQ群：123456789", "123456789", "123456789", 0},
	{recognize.QQ, "扣扣①②③④⑤⑥", "①②③④⑤⑥", "123456", matcher.Set(matcher.Styled)},
	{recognize.QQ, "加 Q：1 2 3 4 5 6", "", "", 0},
	{recognize.QQ, "企鹅号 12345678", "12345678", "12345678", 0},
	{recognize.QQ, "QQ音乐2024，GQQ123456，QQ用户12345万", "", "", 0},
	{recognize.WeChat, "微信号:abc-12345", "abc-12345", "abc-12345", 0},
	{recognize.WeChat, "加V abc12345", "abc12345", "abc12345", 0},
	{recognize.WeChat, "加微信 abc12345", "abc12345", "abc12345", 0},
	{recognize.WeChat, "加我微信abc_123456领取", "abc_123456", "abc_123456", 0},
	{recognize.WeChat, "加微信service，微信abc12345，更新微信v8_0_32", "", "", 0},
	{recognize.WeChat, "VX：abc_123", "abc_123", "abc_123", 0},
	{recognize.WeChat, "微信iPhone版，微信支付，微信：android", "", "", 0},
	{recognize.IPAddress, "服务器1.2.3.4", "1.2.3.4", "1.2.3.4", 0},
	{recognize.IPAddress, "2001:DB8:0:0::1", "2001:DB8:0:0::1", "2001:db8::1", 0},
	{recognize.IPAddress, "版本号 1.2.3.4 发布，256.1.1.1，12:30:45，a::b", "", "", 0},

	{recognize.Address, "家住阳光花园3栋2单元501", "阳光花园3栋2单元501", "阳光花园3栋2单元501", 0},
	{recognize.Address, "某市和平区建設路８８號３號樓２單元５０１室", "某市和平区建設路８８號３號樓２單元５０１室", "某市和平区建设路88号3号楼2单元501室", matcher.Set(matcher.Width, matcher.Traditional)},
	{recognize.Address, "文昌中路88号，公寓2号楼预计12月31日开盘", "", "", 0},
	{recognize.Link, "访问example点com领取", "example点com", "example.com", matcher.Set(matcher.Noise)},
	{recognize.Link, "www.example.com/a?b=1，", "www.example.com/a?b=1", "www.example.com", 0},
	{recognize.Link, "🅱aidu🔴com", "🅱aidu🔴com", "baidu.com", matcher.Set(matcher.Styled, matcher.Noise)},
	{recognize.Link, "远超过Golang。example.com已经开放", "example.com", "example.com", 0},
	{recognize.Link, "www.example.com/aянварь", "www.example.com/aянварь", "www.example.com", 0},
	{recognize.Link, "下午3点cn，2点top榜，使用Go。in", "", "", 0},
	{recognize.NameList, "姓名：张某 身份证号：320102190203040014 电话：13800138000", "姓名：张某 身份证号：320102190203040014 电话：13800138000", "", 0},
	{recognize.NameList, "姓名\n\n手机\n\n张某\n\n320102190203040014\n\n13800138000", "320102190203040014\n\n13800138000", "", 0},
	{recognize.NameList, "填写姓名、电话。张某320102190203040014，13800138000", "", "", 0},
}

func TestVectors(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	for _, c := range vectors {
		t.Run(c.kind.String()+" "+c.text, func(t *testing.T) {
			spans := only(r.FindAll(c.text), c.kind)
			if c.span == "" {
				require.Empty(t, spans)
				return
			}
			require.Len(t, spans, 1)
			s := spans[0]
			require.Equal(t, c.span, s.Text)
			require.Equal(t, c.span, c.text[s.Start:s.End])
			require.Equal(t, c.value, s.Value)
			require.Equal(t, c.channels, s.Channels)
			if s.Kind.Info().Masked {
				require.NotEqual(t, s.Text, s.Masked())
				require.Len(t, s.Masked(), len(s.Text))
				require.Equal(t, utf8.RuneCountInString(s.Text), utf8.RuneCountInString(s.Masked()))
			}
		})
	}
}

// TestPrecedence: what passes a stronger check is reported once.
func TestPrecedence(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	for text, kind := range map[string]recognize.Kind{
		"110101190001010014":      recognize.ResidentID,
		"QQ：13800138000":          recognize.Mobile,
		"微信：13800138000":          recognize.Mobile,
		"13800138000@example.com": recognize.Email,
		"www.13800138000.com":     recognize.Link,
	} {
		spans := r.FindAll(text)
		require.Len(t, spans, 1, text)
		require.Equal(t, kind, spans[0].Kind, text)
	}
}

// TestMasked: what a report shows tells nobody's number.
func TestMasked(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	for text, want := range map[string]string{
		"110101190001010014":      "110101********0014",
		"身份证110101 19000101 0014": "110101 ******** 0014",
		"138-0013-8000":           "138-****-8000",
		"+86 13800138000":         "+86 138****8000",
		"0311－60000000":           "0311－******00",
		"6222000000000000004":     "622200*********0004",
		"tougao@example.com":      "t*****@example.com",
		"京A·12345":                "京A·*****",
		"QQ：123456789":            "1********",
		"护照E00000000":             "E0*****00",
		"家住阳光花园3栋2单元501":          "阳光花园*＊*＊＊***",
		"密级：秘密":                   "密级：秘密",
	} {
		spans := r.FindAll(text)
		require.Len(t, spans, 1, text)
		require.Equal(t, want, spans[0].Masked())
	}
}

// TestAllowed: published contacts and public hotlines are told, not hidden.
func TestAllowed(t *testing.T) {
	r := recognizer(t, recognize.Options{Published: []string{"0311-60000000", "+86 138 0013 8000", "@example.cn", "yz-zgh", "建设路88号3号楼501室"}})
	for text, allowed := range map[string]bool{
		"0311－60000000":          true,
		"（0311）60000000转801":     true,
		"联系电话：60000000":          true,
		"0311-60000001":          false,
		"１３８００１３８０００":            true,
		"13800138001":            false,
		"tougao@mail.example.cn": true,
		"tougao@notexample.cn":   false,
		"微信号：YZ-ZGH":             true,
		"12351":                  true,
		"建设路８８号３号楼５０１室":          true,
	} {
		spans := r.FindAll(text)
		require.Len(t, spans, 1, text)
		require.Equal(t, allowed, spans[0].Notes.Has(recognize.Allowed), text)
	}
}

// TestMobileProperty: any mobile number is found with its exact span, however
// it is written.
func TestMobileProperty(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	rapid.Check(t, func(t *rapid.T) {
		number := fmt.Sprintf("1%d%09d", rapid.IntRange(3, 9).Draw(t, "second"), rapid.IntRange(0, 999_999_999).Draw(t, "rest"))
		written := disguised(t, number)
		sep := rapid.SampledFrom([]string{"", " ", "-", "－", "·", "."}).Draw(t, "separator")
		if sep != "" {
			written = disguised(t, number[:3]) + sep + disguised(t, number[3:7]) + sep + disguised(t, number[7:])
		}
		before := rapid.SampledFrom([]string{"", "电话：", "张某，", "（"}).Draw(t, "before")
		spans := only(r.FindAll(before+written+"。"), recognize.Mobile)
		require.Len(t, spans, 1)
		require.Equal(t, written, spans[0].Text)
		require.Equal(t, number, spans[0].Value)
		require.Equal(t, 4, strings.Count(spans[0].Masked(), "*")+strings.Count(spans[0].Masked(), "＊"))
	})
}

// FuzzStream: any text and any chunking give the spans of the whole, in bounds
// and in order of rune boundaries; personal data never overlap.
func FuzzStream(f *testing.F) {
	for _, c := range vectors {
		f.Add(c.text, uint8(3))
	}
	for _, c := range statements {
		f.Add(c.text, uint8(5))
	}
	r := recognizer(f, recognize.Options{})
	f.Fuzz(func(t *testing.T, text string, chunk uint8) {
		want := r.FindAll(text)
		stream := r.NewStream()
		var got []recognize.Span
		for rest := []byte(text); len(rest) > 0; {
			n := min(len(rest), int(chunk)+1)
			got = stream.Append(got, rest[:n])
			rest = rest[n:]
		}
		require.Equal(t, want, stream.Flush(got))
		covered := int64(0)
		for _, s := range want {
			require.Equal(t, text[s.Start:s.End], s.Text)
			require.LessOrEqual(t, s.Start, s.ValueStart)
			require.LessOrEqual(t, s.ValueEnd, s.End)
			require.True(t, s.Confidence > 0 && s.Confidence <= 1)
			require.Len(t, s.Masked(), len(s.Text))
			if s.Kind < recognize.NameList {
				require.LessOrEqual(t, covered, s.Start)
				covered = s.End
			}
		}
	})
}
