package lexicon

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

func TestReadList(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("稳赚不赔\t赌博诈骗\r\n")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		in   string
		form ListForm
		want string
	}{
		"lines":              {"# 名单\n赌博网站\n\n buy now \n博彩 网\n", ListLines, "赌博网站 []|buy now []|博彩 网 []"},
		"tabs":               {"赌博网站\t赌博\n稳赚不赔\t诈骗\t高\n单独\n", ListTab, "赌博网站 [赌博]|稳赚不赔 [诈骗 高]|单独 []"},
		"GB18030":            {gb, ListTab, "稳赚不赔 [赌博诈骗]"},
		"tags":               {"\ufeff赌博网站 赌博,违禁\r\n稳赚不赔 赌博,违禁\r\n刷单 诈骗\r\n返利 诈骗\r\n", ListTags, "赌博网站 [赌博 违禁]|稳赚不赔 [赌博 违禁]|刷单 [诈骗]|返利 [诈骗]"},
		"words of two parts": {"buy now\ncall me\nfree gift\n", ListLines, "buy now []|call me []|free gift []"},
		"a table in Chinese": {"序号,敏感词,分类,建议写法\n1,法制日报,政治术语,法治日报\n2,\"甲,乙\",,\n", ListCSV, "法制日报 [政治术语] 法治日报|甲,乙 []"},
		"a table of one":     {"词条\n甲乙\n", ListCSV, "甲乙 []"},
		"what is no term":    {"甲乙\n\u200b\n丙\x01丁\n" + strings.Repeat("长", 300) + "\n", ListLines, "甲乙 []|! 3 term holds the control character U+0001|! 4 term of 300 characters, at most 256 are allowed"},
		"nothing":            {"", ListLines, ""},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := ReadList("list", []byte(c.in), ListAuto)
			require.NoError(t, err)
			require.Equal(t, c.form, l.Form)
			var got []string
			for _, item := range l.Items {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %v %s%s", item.Term, item.Tags, item.Suggest, item.Note)))
			}
			for _, p := range l.Skipped {
				got = append(got, fmt.Sprintf("! %d %s", p.Line, p.Message))
			}
			require.Equal(t, c.want, strings.Join(got, "|"))
		})
	}
	_, err = ReadList("list", []byte("甲,乙\n"), ListCSV)
	require.ErrorContains(t, err, "lexicon: list:1:1: no header row")
	_, err = ReadList("list", []byte("\xff\xff\xff"), ListAuto)
	require.ErrorContains(t, err, "not UTF-8")
}

func TestTargetOf(t *testing.T) {
	for tag, want := range map[string]Target{
		"gambling_fraud": {GamblingFraud, ""}, "赌博诈骗": {GamblingFraud, ""}, "赌博": {GamblingFraud, "gambling"},
		"gambling": {GamblingFraud, "gambling"}, "gambling_fraud/loan_scam": {GamblingFraud, "loan_scam"}, "x_own": {"x_own", ""},
	} {
		got, ok := TargetOf(tag)
		require.True(t, ok, tag)
		require.Equal(t, want, got, tag)
	}
	for _, tag := range []string{"", "其他", "gambling_fraud/nothing", "0"} {
		_, ok := TargetOf(tag)
		require.False(t, ok, tag)
	}
}

// Law: an imported list is a file of a pack with these terms, and in the form
// of Format.
func TestImportLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringMatching(`[甲乙丙#,"a][甲乙丙丁 ,"|]{0,3}[甲乙,"]`), 1, 6, rapid.ID[string]).Draw(t, "words")
		l, err := ReadList("list", []byte("\ufeff"+strings.Join(words, "\r\n")), ListLines)
		require.NoError(t, err)
		data, err := TermsCSV(l.Items, func(*ListItem) Target { return Target{GamblingFraud, "gambling"} }, "from a list")
		require.NoError(t, err)
		again, err := Format("terms.csv", data)
		require.NoError(t, err)
		require.Equal(t, string(data), string(again))
		pack, err := ReadPack(fstest.MapFS{"pack.yaml": {Data: []byte("id: p\nversion: 1.0.0\n")}, "terms/terms.csv": {Data: data}})
		require.NoError(t, err)
		got := map[string]bool{}
		for _, e := range pack.Entries {
			got[e.Term] = true
			require.Equal(t, Target{GamblingFraud, "gambling"}, Target{e.Category, e.Label})
		}
		for _, w := range words {
			require.Equal(t, w[0] != '#', got[w], w)
		}
	})
}
