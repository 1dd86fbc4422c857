//go:build ignore

// Command reference writes docs/rule-reference.zh.md from the catalogue.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

func main() {
	log.SetFlags(0)
	var b bytes.Buffer
	fmt.Fprint(&b, "<!-- Made by go generate ./rules from rules/catalog; do not edit. -->\n\n# 发布规则参考\n\n")
	fmt.Fprintf(&b, "内置规则共 %d 条。每条规则对一篇稿件有三种结果：通过、不符合、未评估（缺少所需信息）。\n", len(rules.Rules()))
	fmt.Fprint(&b, "“启用”一列是默认配置（wechat2026 加 three-level）；参数值也是默认配置的值，可在规则配置中修改。\n\n")
	profile := rules.DefaultProfile()
	severity := map[review.Severity]string{review.SeverityError: "错误", review.SeverityWarning: "警告", review.SeverityNotice: "提示"}
	action := map[review.Action]string{review.ActionBlock: "拦截", review.ActionReview: "复核", review.ActionNote: "提示"}
	for _, t := range rules.Topics() {
		fmt.Fprintf(&b, "## %s\n\n", t.Title)
		for _, r := range rules.Rules() {
			if r.Topic != t.ID {
				continue
			}
			s, _ := profile.Setting(r.ID)
			state := "默认不启用"
			if s.Enabled {
				state = "默认启用"
			}
			fmt.Fprintf(&b, "### `%s` %s\n\n", r.ID, r.Title)
			fmt.Fprintf(&b, "%s · %s · %s\n\n", state, severity[s.Severity], action[s.Action])
			fmt.Fprintf(&b, "- 来源：%s：“%s”\n", r.Basis.Document, r.Basis.Quote)
			if r.Basis.Law != "" {
				fmt.Fprintf(&b, "- 依据：%s\n", r.Basis.Law)
			}
			fmt.Fprintf(&b, "- 需要：`%s`\n", strings.Join(r.Inputs, "` `"))
			for _, p := range r.Params {
				fmt.Fprintf(&b, "- 参数 `%s`：%s，默认 `%v`\n", p.Name, p.Title, short(s.Params[p.Name]))
			}
			for _, ex := range r.Examples() {
				if ex.Expect == review.StatusViolated {
					fmt.Fprintf(&b, "- 不符合的例子（%s）：`%s`\n", ex.Name, ex.Document)
					break
				}
			}
			fmt.Fprintln(&b)
		}
	}
	if err := os.WriteFile("../docs/rule-reference.zh.md", b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// short is a value that fits a line.
func short(v any) string {
	s := fmt.Sprint(v)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
