package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/rules"
)

// newRulesTestCommand is rules test; its file cannot be called so.
func newRulesTestCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "test [FILE…]",
		Short: "检查规则文件并运行其中的正反例",
		Long: `检查规则文件并运行其中的正反例。FILE 是本单位规则文件（schema: shenjiao.rules/v1）或
规则配置文件（schema: shenjiao.profile/v1）；不写则运行内置规则的全部例子。

退出码：0 全部通过；2 用法错误或文件无法读取；3 有错误。`,
		Example: `  shenjiao rules test house.yaml`,
		RunE:    func(_ *cobra.Command, args []string) error { return testRules(c, args) },
	}
}

func testRules(c console, names []string) error {
	if len(names) == 0 {
		return testCatalogue(c)
	}
	failed := false
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return readable(err)
		}
		file := filepath.ToSlash(name)
		said := ""
		if strings.Contains(string(data), rules.ProfileSchema) {
			var p *rules.Profile
			if p, err = rules.ParseProfile(file, data); err == nil {
				_, err = rules.New(rules.Options{Profile: p})
				said = fmt.Sprintf("规则配置 %s 可用", p.ID())
			}
		} else {
			var o *rules.Organisation
			if o, err = rules.ParseOrganisation(file, data); err == nil {
				said = fmt.Sprintf("%d 条规则，正反例全部通过", len(o.Rules()))
			}
		}
		if err != nil {
			failed = true
			said = strings.ReplaceAll(err.Error(), "rules: ", "")
		} else {
			said = file + "：" + said
		}
		if _, err := fmt.Fprintln(c.out, said); err != nil {
			return err
		}
	}
	if failed {
		return errRules
	}
	return nil
}

// testCatalogue runs the examples of the rules that are built in.
func testCatalogue(c console) error {
	n := 0
	var errs []error
	for _, r := range rules.Rules() {
		for _, ex := range r.Examples() {
			n++
			if err := rules.RunExample(&r, &ex); err != nil {
				errs = append(errs, err)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		fmt.Fprintln(c.out, err)
		return errRules
	}
	_, err := fmt.Fprintf(c.out, "内置 %d 条规则的 %d 个例子全部通过\n", len(rules.Rules()), n)
	return err
}
