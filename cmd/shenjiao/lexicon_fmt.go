package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/lexicon"
)

// newLexiconFmtCommand brings files of packs into their canonical form.
func newLexiconFmtCommand(c console) *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "fmt [PACK|FILE…]",
		Short: "整理词库文件：编码、换行、列与行的顺序",
		Long: `把词库的文件改写成统一的样子，内容不变：
  - UTF-8、不带 BOM、LF 换行。GB18030（GBK）和 UTF-16 会转换，所以 Excel 另存的 CSV 可以直接放进来；
  - 列按固定顺序，多余的空列删去，必要时才加引号；
  - 行按类别、词条、子类排序。注释行（# 开头）和空行原地不动，只在它们之间排序。
重复运行结果相同。无法拆开的文件不改动。

退出码：0 完成；2 用法错误或文件无法读写；3 有文件无法整理，或用 --check 时有文件需要整理。`,
		Example: `  shenjiao lexicon fmt mypack
  shenjiao lexicon fmt --check mypack`,
		RunE: func(_ *cobra.Command, args []string) error { return formatAll(c, args, check) },
	}
	cmd.Flags().BoolVar(&check, "check", false, "只列出需要整理的文件，不改写")
	return cmd
}

func formatAll(c console, args []string, check bool) error {
	names, err := formatNames(args)
	if err != nil {
		return err
	}
	changed, failed := 0, false
	for _, name := range names {
		ok, err := formatFile(name, check)
		var problems lexicon.Problems
		switch {
		case errors.As(err, &problems):
			failed = true
			for _, p := range inFolder(filepath.Dir(name), problems) {
				fmt.Fprintf(c.out, "%v: 未整理：%s\n", p.Place, p.Chinese())
			}
		case err != nil:
			return err
		case ok:
			changed++
			fmt.Fprintln(c.out, filepath.ToSlash(name))
		}
	}
	verb := "已整理"
	if check {
		verb = "需要整理"
	}
	fmt.Fprintf(c.out, "%d 个文件，%s %d 个。\n", len(names), verb, changed)
	if failed || check && changed > 0 {
		return errPack
	}
	return nil
}

// formatNames returns the files that the arguments name: those of packs, and
// files themselves.
func formatNames(args []string) (names []string, err error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	var errs []error
	for _, arg := range args {
		if info, err := os.Stat(arg); err == nil && !info.IsDir() {
			names = append(names, arg)
			continue
		}
		if err := checkPackFolder(arg); err != nil {
			errs = append(errs, err)
			continue
		}
		files, err := lexicon.ReadFiles(lexicon.Folder(arg))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
		for _, name := range files.Names() {
			names = append(names, filepath.Join(arg, filepath.FromSlash(name)))
		}
	}
	return names, errors.Join(errs...)
}

// formatFile formats one file and reports whether that changes it.
func formatFile(name string, check bool) (changed bool, err error) {
	before, err := os.ReadFile(name)
	if err != nil {
		return false, readable(err)
	}
	after, err := lexicon.Format(filepath.Base(name), before)
	if err != nil {
		return false, err
	}
	if bytes.Equal(before, after) {
		return false, nil
	}
	if check {
		return true, nil
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	if err := atomicfile.Write(name, after, mode); err != nil { // a service may watch the folder
		return false, readable(err)
	}
	return true, nil
}
