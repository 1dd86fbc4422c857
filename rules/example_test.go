package rules_test

import (
	"fmt"
	"log"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

func Example() {
	engine, err := rules.New(rules.Options{})
	if err != nil {
		log.Fatal(err)
	}
	doc := &review.Document{
		Title:  new("夜游党有福了！"),
		Body:   new("来源：新华社\n各地公园延长开放时间。"),
		Repost: &review.Repost{IsRepost: new(true), Source: new("新华社"), OriginalTitle: new("多地公园延长夜间开放时间")},
	}
	evaluations, findings := engine.Evaluate(doc, rules.Evidence{})
	for _, e := range evaluations[:4] {
		fmt.Println(e.Rule, e.Status, e.Missing)
	}
	for _, f := range findings {
		fmt.Println(f.Action, f.Field, f.Message, "→", f.Suggestion)
	}
	// Output:
	// repost.central-title-kept violated []
	// repost.original-title-missing passed []
	// repost.source-declared passed []
	// repost.source-traceable passed []
	// block title 转载新华通讯社稿件改了标题，原标题为“多地公园延长夜间开放时间” → 多地公园延长夜间开放时间
}

func ExampleParseProfile() {
	_, err := rules.ParseProfile("house.yaml", []byte(`
id: house
rules:
  platform.title-length: {params: {max: many}}
  platform.title: {enabled: true}
`))
	fmt.Println(err)
	// Output:
	// rules: house.yaml:4:41: max is "many", want a whole number from 0
	// rules: house.yaml:5:3: unknown rule "platform.title", did you mean "platform.title-length"?
}

func ExampleScopePhrases() {
	text := "人均可支配收入3.1万元，同比增长6%（注：统计口径为常住居民，数据来源：市统计局）。"
	for _, p := range rules.ScopePhrases(text) {
		fmt.Println(p.Kind, text[p.Start:p.End])
	}
	// Output:
	// basis 同比
	// explicit 统计口径
	// coverage 常住居民
	// source 数据来源
}

func ExampleOutlets_Lookup() {
	central := rules.NewOutlets(rules.CentralMedia())
	for _, source := range []string{"《人民日报》客户端（记者 王某）", "新華社", "人民网络"} {
		unit, ok := central.Lookup(source)
		fmt.Println(unit.Name, ok)
	}
	// Output:
	// 人民日报社 true
	// 新华通讯社 true
	//  false
}
