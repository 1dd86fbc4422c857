package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/rules"
)

type rulesListFlags struct {
	profile, format, lang string
	own                   []string
	all                   bool
}

func newRulesListCommand(c console) *cobra.Command {
	var f rulesListFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "列出规则",
		Long:  "列出规则配置中启用的规则，每行一条：代号、程度、处置、名称。--all 也列出未启用的。",
		Example: `  shenjiao rules list
  shenjiao rules list --profile yangzhou-union --rules house.yaml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return f.run(c) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.profile, "profile", "", "规则配置：内置名称（"+strings.Join(rules.Presets(), "、")+"）或文件")
	flags.StringArrayVar(&f.own, "rules", nil, "本单位规则文件（可重复）")
	flags.BoolVar(&f.all, "all", false, "也列出未启用的规则")
	flags.StringVar(&f.format, "format", "text", "结果格式：text|json")
	flags.StringVar(&f.lang, "lang", "zh", "说明的语言：zh|en")
	return cmd
}

// listedRule is a rule as the JSON of rules list has it.
type listedRule struct {
	ID       string   `json:"id"`
	Topic    string   `json:"topic"`
	Title    string   `json:"title"`
	Tier     string   `json:"tier"`
	Enabled  bool     `json:"enabled"`
	Severity string   `json:"severity"`
	Action   string   `json:"action"`
	Basis    string   `json:"basis"`
	Inputs   []string `json:"inputs"`
}

func (f *rulesListFlags) run(c console) error {
	if err := errors.Join(wantOne("format", f.format, "text", "json"), wantOne("lang", f.lang, "zh", "en")); err != nil {
		return err
	}
	profile, err := profileOr(f.profile)
	if err != nil {
		return err
	}
	own, err := openRules(f.own)
	if err != nil {
		return err
	}
	list := []listedRule{}
	add := func(r rules.Rule, s rules.Setting) {
		if s.Enabled || f.all {
			list = append(list, listedRule{
				ID: r.ID, Topic: r.Topic, Title: pick(f.lang, r.Title, r.English), Tier: string(r.Tier), Enabled: s.Enabled,
				Severity: s.Severity.String(), Action: s.Action.String(), Basis: r.Basis.String(), Inputs: r.Inputs,
			})
		}
	}
	for _, r := range rules.Rules() {
		s, _ := profile.Setting(r.ID)
		add(r, s)
	}
	for _, o := range own {
		for _, r := range o.Rules() {
			add(r, rules.Setting{Enabled: true, Severity: r.Severity, Action: r.Action})
		}
	}
	var b bytes.Buffer
	if f.format == "json" {
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(list); err != nil {
			return err
		}
	} else {
		for _, r := range list {
			off := ""
			if !r.Enabled {
				off = pick(f.lang, "（未启用）", " (off)")
			}
			fmt.Fprintf(&b, "%-34s %-8s %-7s %s%s\n", r.ID, r.Severity, r.Action, r.Title, off)
		}
	}
	_, err = c.out.Write(b.Bytes())
	return err
}
