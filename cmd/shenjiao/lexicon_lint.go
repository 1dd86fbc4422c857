package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
)

// errLint is returned by lexicon lint --strict for a pack that loads, but has
// something for its owner to look at.
var errLint = errors.New("lint")

type lintFlags struct {
	format    string
	lang      string
	strict    bool
	noStarter bool
}

// newLexiconLintCommand reports everything that is wrong with packs.
func newLexiconLintCommand(c console) *cobra.Command {
	var f lintFlags
	cmd := &cobra.Command{
		Use:   "lint [PACK…]",
		Short: "一次列出词库的全部问题",
		Long: `一次列出词库的全部问题，每条给出 文件:行:列、程度、说明和代号。

错误：词库不能加载。编码不对、表头或格子写错、词条重复、用例不通过等。
提醒：词库可以加载，但值得看一眼。单字和日常用词、变形写法正好是日常用词（同音、形近、颠倒等）、
      纯数字、归一后相同或多余的词条、
      永远不会报出的词条、永远不会成立的 context、不起作用的放行短语、已到期的词条、
      空列、BOM 与 CRLF 等。
一起给出的词库视为一起使用；默认还与内置词库一起使用。

退出码：0 没有错误；2 用法错误或文件无法读取；3 有错误；4 只有提醒，且用了 --strict。`,
		Example: `  shenjiao lexicon lint mypack
  shenjiao lexicon lint --strict --format json mypack > lint.json`,
		RunE: func(_ *cobra.Command, args []string) error { return f.run(c, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "text", "结果格式：text|json")
	flags.BoolVar(&f.strict, "strict", false, "只有提醒时退出码也不为 0")
	flags.BoolVar(&f.noStarter, "no-starter", false, "不与内置词库一起使用")
	flags.StringVar(&f.lang, "lang", "zh", "说明的语言：zh|en")
	return cmd
}

func (f *lintFlags) run(c console, args []string) error {
	if err := errors.Join(wantOne("format", f.format, "text", "json"), wantOne("lang", f.lang, "zh", "en")); err != nil {
		return err
	}
	dirs, err := packFolders(args)
	if err != nil {
		return err
	}
	packs, err := together(dirs, f.noStarter)
	if err != nil {
		return err
	}
	result := lintResult{Schema: "shenjiao.lexicon-lint/v1", Problems: []lintProblem{}}
	for i, dir := range dirs {
		problems, err := lexicon.Lint(lexicon.Folder(dir), lexicon.LintOptions{
			Beside: slices.DeleteFunc(slices.Clone(packs), func(p *lexicon.Pack) bool { return p == packs[i] || p == nil }),
			Today:  lexicon.DateOf(time.Now()),
		})
		if err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		for _, p := range inFolder(dir, problems) {
			result.add(p, f.lang)
		}
	}
	write := result.text
	if f.format == "json" {
		write = result.json
	}
	if err := write(c.out, f.lang); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	switch {
	case result.Errors > 0:
		return errPack
	case result.Warnings > 0 && f.strict:
		return errLint
	default:
		return nil
	}
}

// together reads the packs in the folders, nil for one with errors, and after
// them the starter pack.
func together(dirs []string, noStarter bool) (packs []*lexicon.Pack, err error) {
	for _, dir := range dirs {
		pack, _, err := readPack(dir)
		if err != nil {
			return nil, err
		}
		packs = append(packs, pack)
	}
	if noStarter {
		return packs, nil
	}
	pack, err := starterPack()
	if err != nil {
		return nil, err
	}
	return append(packs, pack), nil
}

// lintResult is what lexicon lint writes.
type lintResult struct {
	Schema   string        `json:"schema"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
	Problems []lintProblem `json:"problems"`
}

// lintProblem is one problem; line and column are from 1, column in
// characters, 0 for the file as a whole.
type lintProblem struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Level   string `json:"level"` // error or warning
	Code    string `json:"code"`
	Message string `json:"message"`

	place lexicon.Place
}

func (r *lintResult) add(p lexicon.Problem, lang string) {
	out := lintProblem{File: p.File, Line: p.Line, Column: p.Column, Level: "error", Code: p.Code(), Message: p.Message, place: p.Place}
	if lang == "zh" {
		out.Message = p.Chinese()
	}
	if p.Level == lexicon.LevelLint {
		out.Level = "warning"
		r.Warnings++
	} else {
		r.Errors++
	}
	r.Problems = append(r.Problems, out)
}

func (r *lintResult) json(w io.Writer, _ string) error {
	return writeJSON(w, r)
}

func (r *lintResult) text(w io.Writer, lang string) error {
	levels := map[string]string{"error": "错误", "warning": "提醒"}
	colon, none, sum := "：", "没有问题。\n", "共 %d 个错误，%d 个提醒。\n"
	if lang == "en" {
		levels, colon, none, sum = map[string]string{"error": "error", "warning": "warning"}, ": ", "nothing to report\n", "%d errors, %d warnings\n"
	}
	for _, p := range r.Problems {
		if _, err := fmt.Fprintf(w, "%v: %s%s%s [%s]\n", p.place, levels[p.Level], colon, p.Message, p.Code); err != nil {
			return err
		}
	}
	if len(r.Problems) == 0 {
		_, err := fmt.Fprint(w, none)
		return err
	}
	_, err := fmt.Fprintf(w, sum, r.Errors, r.Warnings)
	return err
}
