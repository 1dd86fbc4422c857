package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

func newRulesExplainCommand(c console) *cobra.Command {
	var profile, lang string
	cmd := &cobra.Command{
		Use:   "explain ID",
		Short: "说明一条规则：依据、需要的信息、参数、正反例",
		Example: `  shenjiao rules explain repost.central-title-kept
  shenjiao rules explain platform.title-length --profile seed2014`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := wantOne("lang", lang, "zh", "en"); err != nil {
				return err
			}
			p, err := profileOr(profile)
			if err != nil {
				return err
			}
			return explainRule(c, args[0], p, lang)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&profile, "profile", "", "规则配置：内置名称（"+strings.Join(rules.Presets(), "、")+"）或文件")
	cmd.Flags().StringVar(&lang, "lang", "zh", "说明的语言：zh|en")
	return cmd
}

func explainRule(c console, id string, profile *rules.Profile, lang string) error {
	r, ok := rules.Find(id)
	if !ok {
		var near []string
		for _, other := range rules.Rules() {
			if strings.Contains(other.ID, id) {
				near = append(near, other.ID)
			}
		}
		hint := "shenjiao rules list --all lists them"
		if len(near) > 0 && len(near) < 12 {
			hint = "perhaps " + strings.Join(near, ", ")
		}
		return fmt.Errorf("there is no rule %q; %s", id, hint)
	}
	s, _ := profile.Setting(id)
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s  %s\n", r.ID, pick(lang, r.Title, r.English))
	state := pick(lang, "未启用", "off")
	if s.Enabled {
		state = pick(lang, "启用", "on")
	}
	fmt.Fprintf(&b, "%s%s %s %s %s\n", pick(lang, "配置：", "profile: "), profile.ID(), state, s.Severity, s.Action)
	fmt.Fprintf(&b, "%s%s：“%s”\n", pick(lang, "来源：", "source: "), r.Basis.Document, r.Basis.Quote)
	if r.Basis.Law != "" {
		fmt.Fprintf(&b, "%s%s\n", pick(lang, "依据：", "basis: "), r.Basis.Law)
	}
	fmt.Fprintf(&b, "%s%s\n", pick(lang, "需要：", "needs: "), strings.Join(r.Inputs, " "))
	for _, p := range r.Params {
		fmt.Fprintf(&b, "%s%s = %v  %s\n", pick(lang, "参数：", "parameter: "), p.Name, s.Params[p.Name], pick(lang, p.Title, p.English))
	}
	titles := map[review.Status]string{
		review.StatusViolated: pick(lang, "不符合", "violates"), review.StatusPassed: pick(lang, "通过", "passes"),
		review.StatusNotEvaluated: pick(lang, "无法评估", "cannot be evaluated"),
	}
	for _, ex := range r.Examples() {
		fmt.Fprintf(&b, "%s%s（%s）\n    %s\n", pick(lang, "例：", "example: "), titles[ex.Expect], ex.Name, ex.Document)
		if ex.Profile != nil {
			fmt.Fprintf(&b, "    %s%s\n", pick(lang, "配置 ", "with "), ex.Profile)
		}
		if len(ex.Missing) > 0 {
			fmt.Fprintf(&b, "    %s%s\n", pick(lang, "缺少 ", "missing "), strings.Join(ex.Missing, " "))
		}
	}
	_, err := c.out.Write(b.Bytes())
	return err
}
