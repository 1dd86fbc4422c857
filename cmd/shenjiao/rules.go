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

// newRulesCommand holds what shows and tests publishing rules: one command a
// file, rules_NAME.go.
func newRulesCommand(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "发布规则：列表、说明、测试",
		Long: `发布规则。内置规则的参数由规则配置（profile）决定；本单位规则写在 YAML 文件里。

退出码：0 没有问题；2 用法错误或文件无法读取；3 规则文件有错误，或用例未通过。`,
	}
	cmd.AddCommand(newRulesExplainCommand(c), newRulesListCommand(c), newRulesTestCommand(c))
	return cmd
}

// errRules is returned by a command that worked and found rules that are not
// fit for use; what is wrong with them has been written.
var errRules = errors.New("rules are not fit for use")

// openRules reads files of an organisation's own rules.
func openRules(names []string) (own []*rules.Organisation, err error) {
	var errs []error
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			errs = append(errs, fmt.Errorf("--rules: %w", readable(err)))
			continue
		}
		o, err := rules.ParseOrganisation(filepath.ToSlash(name), data)
		if err != nil {
			errs = append(errs, errors.New(strings.ReplaceAll(err.Error(), "rules: ", "")))
			continue
		}
		own = append(own, o)
	}
	return own, errors.Join(errs...)
}

// profileOr is the profile of a name, or the default one.
func profileOr(name string) (*rules.Profile, error) {
	if name == "" {
		return rules.DefaultProfile(), nil
	}
	return openProfile(name)
}

// pick returns the text in the language.
func pick(lang, zh, en string) string {
	if lang == "en" {
		return en
	}
	return zh
}
