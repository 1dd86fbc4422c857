package recognize_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/recognize"
)

func recognizer(t testing.TB, opts recognize.Options) *recognize.Recognizer {
	t.Helper()
	r, err := recognize.New(opts)
	require.NoError(t, err)
	return r
}

// only returns the spans of one kind.
func only(spans []recognize.Span, k recognize.Kind) (found []recognize.Span) {
	for _, s := range spans {
		if s.Kind == k {
			found = append(found, s)
		}
	}
	return found
}

// residentCheck is the check digit as the standard writes it, with weights.
func residentCheck(first17 string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(first17[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// residentIDs draws identity numbers that cannot be anybody's: of people born
// from 1900 to 1903.
func residentIDs(t *rapid.T) string {
	region := rapid.SampledFrom([]string{"110101", "320102", "510104", "820000", "911156"}).Draw(t, "region")
	day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 1400).Draw(t, "day"))
	first17 := fmt.Sprintf("%s%s%03d", region, day.Format("20060102"), rapid.IntRange(1, 999).Draw(t, "sequence"))
	return first17 + string(residentCheck(first17))
}

// disguised writes each character of s in some other way that means the same.
func disguised(t *rapid.T, s string) string {
	wide := func(r rune) rune {
		if r > ' ' && r < 0x7F {
			return r - '!' + '！'
		}
		return r
	}
	circled := func(r rune) rune {
		switch {
		case r == '0':
			return '⓪'
		case '1' <= r && r <= '9':
			return r - '1' + '①'
		}
		return r
	}
	var b strings.Builder
	way := rapid.IntRange(0, 3).Draw(t, "way")
	for _, r := range s {
		switch way {
		case 1:
			r = wide(r)
		case 2:
			r = circled(r)
		case 3:
			if rapid.Bool().Draw(t, "zero width") {
				b.WriteRune('\u200b')
			}
		}
		b.WriteRune(r)
	}
	return strings.TrimPrefix(b.String(), "\u200b")
}

// TestResidentIDProperty: a valid number is found with its exact span, however
// its characters are written; no single wrong check digit is.
func TestResidentIDProperty(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	rapid.Check(t, func(t *rapid.T) {
		id := residentIDs(t)
		before := rapid.SampledFrom([]string{"", "获奖人员赵某，", "号码", "（", "２０２６年 ", "sfz"}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", "，请核对。", "）", "\n", " 男"}).Draw(t, "after")
		written := disguised(t, id)
		if rapid.Bool().Draw(t, "groups") {
			sep := rapid.SampledFrom([]string{" ", "-", "－", "　", "·"}).Draw(t, "separator")
			written = disguised(t, id[:6]) + sep + disguised(t, id[6:14]) + sep + disguised(t, id[14:])
		}
		spans := only(r.FindAll(before+written+after), recognize.ResidentID)
		require.Len(t, spans, 1)
		require.Equal(t, written, spans[0].Text)
		require.EqualValues(t, len(before), spans[0].Start)
		require.EqualValues(t, len(before)+len(written), spans[0].End)
		require.Equal(t, id, spans[0].Value)
		require.NotContains(t, spans[0].Masked(), id[6:14])

		wrong := id[:17] + string(rapid.SampledFrom([]rune("0123456789X")).Filter(func(r rune) bool { return r != rune(id[17]) }).Draw(t, "wrong"))
		require.Empty(t, only(r.FindAll("合同编号"+wrong+"已归档"), recognize.ResidentID))
	})
}

// TestChunks is the first law: any chunking gives the spans of the whole.
func TestChunks(t *testing.T) {
	r := recognizer(t, recognize.Options{Published: []string{"0311-60000000", "@example.cn"}})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 60).Draw(t, "pieces") {
			b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
		}
		text := b.String()
		want := r.FindAll(text)
		stream := r.NewStream()
		for range 2 { // a flushed stream is a new one
			var got []recognize.Span
			for rest := []byte(text); len(rest) > 0; {
				n := min(len(rest), rapid.IntRange(1, 40).Draw(t, "chunk"))
				got = stream.Append(got, rest[:n])
				clear(rest[:n]) // spans hold no memory of a chunk
				rest = rest[n:]
			}
			require.Equal(t, want, stream.Flush(got))
		}
	})
}

// TestShift: filler before or after a text only moves offsets.
func TestShift(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	filler := strings.Repeat("会议强调，要把这项工作抓实抓细。\n", 2000)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 20).Draw(t, "pieces") {
			b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
		}
		b.WriteString("\n")
		want := r.FindAll(b.String())
		got := r.FindAll(filler + b.String() + filler)
		require.Len(t, got, len(want))
		for i := range want {
			want[i].Start += int64(len(filler))
			want[i].End += int64(len(filler))
			want[i].ValueStart += int64(len(filler))
			want[i].ValueEnd += int64(len(filler))
			want[i].Before, want[i].After = got[i].Before, got[i].After // the filler is around it now
		}
		require.Equal(t, want, got)
	})
}

// pieces make texts in which recognisers begin, go wrong and are cut off.
var pieces = strings.Split(`11010119000101001|4|X|x|110101190001010014|1|9|0|138|0013|8000|13800138000|-| |　|－|`+
	"\u200b|\xff|\n|\n\n|\t"+`|。|，|：|（|）|(|)|“|”|《|》|*|★|@|.|点|号|路|室|栋|单元|年|月|日|电|`+
	`身份证|手机|电话|微信|加V|QQ|扣扣|银行卡|姓名|住址|来源：|新华社|转载自|原标题：|据|报道|记者|责编：|一审：|机密|秘密|密级：|内部资料|注意保存|`+
	`公开属性：|不予公开|此件|〔2017〕|[2013]|23号|国办发|example|com|cn|www|http://|a|abc|v|京A|12345|91350100M000100Y43|6222000000000000004|0311|60000000|`+
	`192.0.2.1|2001:db8::1|E00000000|扬州市文昌中路|88号|3号楼|2单元|501室|一|三|八|零|①|③|⑧|⓪|会议强调`, "|")

// hostile are texts that are nothing but triggers.
func hostile() []string {
	return append(slices.DeleteFunc(slices.Clone(pieces), func(s string) bool { return s == "" }),
		"1 ", "1-", "13", "1.", "a@", "@a.", "点com", "一三", "\u200b1", "来源：来源：", "11010119000101001 ")
}

// BenchmarkHostile shows that a byte of a long text costs what one of a short
// text does, whatever the text: compare the MB/s of the two sizes.
func BenchmarkHostile(b *testing.B) {
	r := recognizer(b, recognize.Options{})
	for _, piece := range hostile() {
		for _, size := range []int{20_000, 640_000} {
			text := strings.Repeat(piece, size/len(piece))
			b.Run(fmt.Sprintf("%q/%d", piece, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					r.FindAll(text)
				}
			})
		}
	}
}

func TestOptions(t *testing.T) {
	_, err := recognize.New(recognize.Options{Published: []string{"", "12351", "@", "@example.cn", "——"}})
	require.EqualError(t, err, `recognize: Options.Published[0]: want a number, an address or a domain like "@example.cn", got ""`+"\n"+
		`recognize: Options.Published[2]: want a number, an address or a domain like "@example.cn", got "@"`+"\n"+
		`recognize: Options.Published[4]: want a number, an address or a domain like "@example.cn", got "——"`)
	_, err = recognize.New(recognize.Options{Kinds: 1 << 60})
	require.Error(t, err)
	r := recognizer(t, recognize.Options{Kinds: recognize.Set(recognize.Mobile)})
	require.Empty(t, r.FindAll("110101190001010014"), "a kind that is switched off still covers its characters")
}

// TestKinds keeps the table in the order of the constants.
func TestKinds(t *testing.T) {
	for i, info := range recognize.Kinds() {
		require.Equal(t, recognize.Kind(i), info.Kind)
		require.Same(t, info.Kind.Info(), &recognize.Kinds()[i])
		k, ok := recognize.ParseKind(info.ID)
		require.True(t, ok)
		require.Equal(t, info.Kind, k)
		require.NotEmpty(t, info.Title)
		require.NotEmpty(t, info.English)
		if info.Category != "" {
			require.NotZero(t, info.Severity)
			require.NotZero(t, info.Action)
			require.NotEmpty(t, info.Advice)
			require.NotEmpty(t, info.AdviceEnglish)
		}
	}
	require.Equal(t, "none", recognize.KindSet(0).String())
	require.Equal(t, "mobile+email", recognize.Set(recognize.Email, recognize.Mobile).String())
}

// TestChannels: the span says through which disguises it was read.
func TestChannels(t *testing.T) {
	r := recognizer(t, recognize.Options{})
	spans := r.FindAll("１１０１０１１９０００１０１００１４")
	require.Len(t, spans, 1)
	require.Equal(t, matcher.Set(matcher.Width), spans[0].Channels)
	spans = r.FindAll("110101\u200b190001010014")
	require.Len(t, spans, 1)
	require.Equal(t, matcher.Set(matcher.Invisible), spans[0].Channels)
}
