package lexicon_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/shenjiao/shenjiao/lexicon"
)

func ExampleReadPack() {
	pack, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml": {Data: []byte(`
id: union-office
version: 1.4.0
owner: 宣传部
categories:
  gambling_fraud: {action: block}
`)},
		"terms/gambling_fraud.csv": {Data: []byte(`term,label,unless,window
# 话术
稳赚不赔,fake_investment,,
刷单返利,brushing_rebate,警惕|反诈,20
`)},
		"terms/house.csv": {Data: []byte(`term,category,suggest
法制日报,political_terms,法治日报
`)},
		"allow.csv": {Data: []byte("phrase,scope\n原法制日报社,term:法制日报\n")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(pack.ID, pack.Version, "of", pack.Owner)
	for _, e := range pack.Entries {
		fmt.Println(e.Place, e.Category, e.Term, e.Severity, e.Action, e.Unless, e.Window)
	}
	for _, a := range pack.Allows {
		fmt.Println(a.Place, a.Phrase, a.Scope)
	}
	// Output:
	// union-office 1.4.0 of 宣传部
	// terms/gambling_fraud.csv:4:1 gambling_fraud 刷单返利 warning block [警惕 反诈] 20
	// terms/gambling_fraud.csv:3:1 gambling_fraud 稳赚不赔 warning block [] 0
	// terms/house.csv:2:1 political_terms 法制日报 warning review [] 0
	// allow.csv:2:1 原法制日报社 term:法制日报
}

// A combination finds words that are harmless apart: one of each group has to
// stand within 20 characters of the term.
func ExampleCompile_combination() {
	pack, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: union-office\nversion: 1.4.0\n")},
		"terms/gambling_fraud.csv": {Data: []byte("term,label,context,window\n兼职,job_scam,加我|私聊|加微 & 日结|垫付,20\n")},
	})
	if err != nil {
		log.Fatal(err)
	}
	l, err := lexicon.Compile([]*lexicon.Pack{pack}, lexicon.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, text := range []string{"招聘兼职讲解员，工资日结", "兼职日结，想做的加我"} {
		for _, h := range l.FindAll(text, lexicon.Scene{}) {
			fmt.Println(text, h.Entry.Context, h.Vetoed(), h.Reason)
		}
	}
	// Output:
	// 招聘兼职讲解员，工资日结 [[加我 私聊 加微] [日结 垫付]] true context
	// 兼职日结，想做的加我 [[加我 私聊 加微] [日结 垫付]] false
}

// Every fault of every file is reported at once.
func ExampleReadPack_problems() {
	_, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":        {Data: []byte("id: union-office\nversion: 1.4\nowner: 宣传部\n")},
		"terms/minors.csv": {Data: []byte("term,severity,window\n逃课,eror,20\n扫码充值领皮肤 ,,\n逃课,,\n")},
	})
	fmt.Println(err)
	// Output:
	// lexicon: pack.yaml:2:10: bad version "1.4", want three numbers without leading zeros, such as 1.12.0
	// lexicon: terms/minors.csv:2:4: unknown severity "eror", want error, warning or notice
	// lexicon: terms/minors.csv:2:9: window 20 without context or unless
	// lexicon: terms/minors.csv:3:1: term "扫码充值领皮肤 " ends with U+0020, which cannot be seen
	// lexicon: terms/minors.csv:4:1: duplicate entry "逃课", first at terms/minors.csv:2:1
}

func ExampleCategories() {
	for _, c := range lexicon.Categories()[:3] {
		fmt.Println(c.ID, c.Title, c.Severity, c.Action, len(c.Labels))
	}
	// Output:
	// political_terms 政治术语 warning review 8
	// ethnic_religious 民族宗教 warning review 5
	// secrecy 涉密内部 error block 7
}

func ExampleLexicon_FindAll() {
	pack, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml": {Data: []byte("id: house\nversion: 1.0.0\n")},
		"terms/terms.csv": {Data: []byte("term,category,context\n" +
			"性交,porn_vulgar,\n" +
			"根治,superstition_pseudomedicine,糖尿病|高血压\n")},
		"allow.csv": {Data: []byte("phrase,scope\n根治欠薪,all\n")},
	})
	if err != nil {
		log.Fatal(err)
	}
	l, err := lexicon.Compile([]*lexicon.Pack{pack}, lexicon.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, h := range l.FindAll("请一次性交付。祖传秘方根*治高血压。根治欠薪专项行动。", lexicon.Scene{}) {
		fmt.Println(h.Entry.Term, h.Start, h.End, h.Text, h.Channels, h.Vetoed(), h.Reason, h.Words)
	}
	// Output:
	// 性交 9 15 性交 literal true segmentation [一次性 交付]
	// 根治 33 40 根*治 noise false  []
	// 根治 52 58 根治 literal true allow [根治欠薪]
}
