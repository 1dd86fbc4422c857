package shenjiao_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

// recognising is a scanner of the starter pack without publishing rules, so that
// recognisers speak for themselves.
func recognising(t testing.TB, change func(*shenjiao.Options)) *shenjiao.Scanner {
	t.Helper()
	opts := shenjiao.Options{NoRules: true}
	if change != nil {
		change(&opts)
	}
	s, err := shenjiao.New(opts)
	require.NoError(t, err)
	return s
}

func TestRecognised(t *testing.T) {
	s := recognising(t, func(o *shenjiao.Options) { o.Published = []string{"0311-60000000", "@example.cn"}; o.ShowVetoed = true })
	for _, tt := range []struct {
		name, text   string
		rule         string // of the only finding; empty for none
		category     string
		severity     review.Severity
		action       review.Action
		shown        string // the finding's text
		advice       string // in the message
		wantedVetoed string
	}{
		{"identity number", "获奖人员赵某，身份证号110101190001010014，请核对。", "recognize.resident-id", "personal_info", review.SeverityError, review.ActionReview, "110101********0014", "隐去中间各位", ""},
		{"a wrong digit", "身份证号：110101190001010015", "recognize.resident-id", "personal_info", review.SeverityWarning, review.ActionReview, "110101********0015", "校验位不符", ""},
		{"mobile", "联系人：张某，138-0013-8000", "recognize.mobile", "personal_info", review.SeverityWarning, review.ActionReview, "138-****-8000", "对外公布的联系方式", ""},
		{"disguised mobile", "联系①③⑧⓪⓪①③⑧⓪⓪⓪", "recognize.mobile", "personal_info", review.SeverityWarning, review.ActionReview, "①③⑧＊＊＊＊⑧⓪⓪⓪", "花体字符", ""},
		{"a serial number", "订单号13800138000", "recognize.mobile", "personal_info", review.SeverityNotice, review.ActionNote, "138****8000", "仅从形式判断", ""},
		{"credit code", "代码91350100M000100Y43", "recognize.credit-code", "personal_info", review.SeverityNotice, review.ActionNote, "91350100M000100Y43", "核对代码", ""},
		{"secrecy mark", "机密★10年\n关于专项调研的报告", "recognize.secret-mark", "secrecy", review.SeverityError, review.ActionBlock, "机密★10年", "停止发布", ""},
		{"quoted mark", "培训讲解了“机密★20年”的标注方法。", "recognize.secret-mark", "secrecy", review.SeverityNotice, review.ActionNote, "机密★20年", "引号", ""},
		{"disguised link", "访问example点com领取", "recognize.disguised-link", "ad_exaggeration", review.SeverityWarning, review.ActionReview, "example点com", "写明正式网址", ""},
		{"plain link", "访问 https://www.example.com/a 报名", "", "", 0, 0, "", "", ""},
		{"document number", "见国办发〔2013〕100号", "", "", 0, 0, "", "", ""},
		{"published landline", "联系电话：0311－60000000", "", "", 0, 0, "", "", "landline"},
		{"published domain", "投稿邮箱：tougao@example.cn", "", "", 0, 0, "", "", "email"},
		{"public hotline", "拨打12351职工维权热线", "", "", 0, 0, "", "", "hotline"},
		{"masked already", "张某某，138****8000，110101********0014", "", "", 0, 0, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := &shenjiao.Document{Body: &tt.text}
			r := scan(t, s, doc)
			if tt.rule == "" {
				require.Empty(t, r.Findings)
			} else {
				require.Len(t, r.Findings, 1)
				f := r.Findings[0]
				require.Equal(t, tt.rule, f.Rule)
				require.Equal(t, tt.category, f.Category)
				require.Equal(t, tt.severity, f.Severity)
				require.Equal(t, tt.action, f.Action)
				require.Equal(t, tt.shown, f.Text)
				require.Len(t, f.Text, int(f.Span.End-f.Span.Start))
				require.Contains(t, f.Message, tt.advice)
			}
			var vetoed []string
			for _, v := range r.Vetoed {
				if v.Reason == review.VetoAllow {
					vetoed = append(vetoed, v.Term)
				}
			}
			require.Equal(t, tt.wantedVetoed, strings.Join(vetoed, " "))
		})
	}
}

// A number that markup cuts is found where it stands in the caller's bytes.
func TestRecognisedInMarkup(t *testing.T) {
	s := recognising(t, nil)
	body, format := "<table><tr><td>吴某</td><td>138<b>0013</b>8000</td></tr></table>", review.BodyHTML
	r := scan(t, s, &shenjiao.Document{Body: &body, BodyFormat: &format})
	require.Len(t, r.Findings, 1)
	f := r.Findings[0]
	require.Equal(t, "138<b>0013</b>8000", body[f.Span.Start:f.Span.End])
	require.NotContains(t, f.Text, "0013")
	require.Equal(t, []string{"markup"}, f.Channels)
	require.Equal(t, "138****8000", f.Suggestion)
}

func TestRecogniseOptions(t *testing.T) {
	text := "138-0013-8000，110101190001010014，机密★"
	rules := func(r *shenjiao.Report) (ids []string) {
		for _, f := range r.Findings {
			ids = append(ids, f.Rule)
		}
		return ids
	}
	doc := &shenjiao.Document{Body: &text}
	require.Equal(t, []string{"recognize.mobile", "recognize.resident-id", "recognize.secret-mark"}, rules(scan(t, recognising(t, nil), doc)))
	require.Equal(t, []string{"recognize.mobile"}, rules(scan(t, recognising(t, func(o *shenjiao.Options) { o.Recognize = recognize.Set(recognize.Mobile) }), doc)))
	require.Empty(t, rules(scan(t, recognising(t, func(o *shenjiao.Options) { o.NoRecognize = true }), doc)))
	_, err := shenjiao.New(shenjiao.Options{Published: []string{"——"}})
	require.ErrorContains(t, err, "Options.Published")
	_, err = shenjiao.New(shenjiao.Options{Recognize: 1 << 63})
	require.ErrorContains(t, err, "Options.Recognize")
	english := scan(t, recognising(t, func(o *shenjiao.Options) { o.Language = shenjiao.English }), doc)
	require.Contains(t, english.Findings[0].Message, "mobile number 138-****-8000, use a contact that the organisation publishes")
}

// TestNothingSaidTwice: a term or a publishing rule that reports the span of a
// recogniser speaks for it.
func TestNothingSaidTwice(t *testing.T) {
	s, err := shenjiao.New(shenjiao.Options{})
	require.NoError(t, err)
	for _, text := range []string{"讨论稿会后收回", "内部资料，注意保存", "联系人：张某，13800138000", "机密★10年"} {
		r := scan(t, s, &shenjiao.Document{Body: &text})
		require.NotEmpty(t, r.Findings)
		for _, f := range r.Findings {
			require.False(t, strings.HasPrefix(f.Rule, "recognize."), "%s is said twice: %v", f.Text, r.Findings)
			require.Contains(t, []string{"secrecy", "personal_info"}, f.Category)
		}
	}
}

// TestNoDatumInReports: whatever finds something around a datum, no report
// repeats it.
func TestNoDatumInReports(t *testing.T) {
	s := scanner(t, func(o *shenjiao.Options) { o.ShowVetoed = true })
	data := []string{"110101190001010014", "13800138000", "6222000000000000004", "abc-12345", "zhangsan"}
	pieces := append([]string{"身份证", "手机", "赌博", "网站", "姓名：", "，", "\n", "微信号：", "卡号", "增长", "12%", "就业", "zhangsan@example.com", "号", "人", " "}, data...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
		// Only what was recognised can be hidden.
		r, err := recognize.New(recognize.Options{})
		require.NoError(t, err)
		rest := []byte(text)
		for _, sp := range r.FindAll(text) {
			if sp.Kind.Info().Masked {
				copy(rest[sp.Start:sp.End], sp.Masked())
			}
		}
		report, err := json.Marshal(scanText(t, s, text))
		require.NoError(t, err)
		for _, datum := range data {
			if !strings.Contains(string(rest), datum) {
				require.NotContains(t, string(report), datum)
			}
		}
	})
}

func scanText(t require.TestingT, s *shenjiao.Scanner, text string) *shenjiao.Report {
	r, err := s.Scan(context.Background(), &shenjiao.Document{Body: &text})
	require.NoError(t, err)
	return r
}
