package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
)

// newLexiconTestCommand runs the cases of packs.
func newLexiconTestCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "test [PACK…]",
		Short: "运行词库的用例（cases.yaml）",
		Long: `运行词库的 cases.yaml：must_hit 的句子必须报出，must_pass 的句子不得报出（提示级除外）。
每个词库单独运行，与它加载时的检查相同：用例不通过的词库不会被加载。

退出码：0 全部通过；2 用法错误或文件无法读取；3 有用例未通过，或词库有错误。`,
		Example: `  shenjiao lexicon test mypack`,
		RunE: func(_ *cobra.Command, args []string) error {
			dirs, err := packFolders(args)
			if err != nil {
				return err
			}
			failed := false
			for _, dir := range dirs {
				ok, err := runCases(c, dir, lexicon.Folder(dir))
				if err != nil {
					return err
				}
				failed = failed || !ok
			}
			if failed {
				return errPack
			}
			return nil
		},
	}
}

// runCases runs the cases of the pack in a folder, whose files are fsys, and
// reports whether all hold.
func runCases(c console, dir string, fsys fs.FS) (bool, error) {
	pack, problems, err := readPackFiles(dir, fsys)
	if err != nil {
		return false, err
	}
	cases := 0
	if pack != nil {
		cases = len(pack.MustHit) + len(pack.MustPass)
		_, err := lexicon.Compile([]*lexicon.Pack{pack}, lexicon.Options{})
		problems = nil // what is left is lint, which is not the matter here
		var failed lexicon.Problems
		if errors.As(err, &failed) {
			problems = inFolder(dir, failed)
		} else if err != nil {
			return false, fmt.Errorf("%s: %w", dir, err)
		}
	}
	for _, p := range problems {
		if p.Level == lexicon.LevelError {
			fmt.Fprintf(c.out, "%v: %s\n", p.Place, p.Chinese())
		}
	}
	switch {
	case pack == nil:
		fmt.Fprintf(c.out, "%s：词库有错误，用例未运行。\n", dir)
	case len(problems) > 0:
		fmt.Fprintf(c.out, "%s：%d 个用例，%d 个未通过。\n", dir, cases, len(problems))
	case cases == 0:
		fmt.Fprintf(c.out, "%s：没有用例；请在 cases.yaml 中写上必须报出（must_hit）和不得报出（must_pass）的句子。\n", dir)
	default:
		fmt.Fprintf(c.out, "%s：%d 个用例，全部通过。\n", dir, cases)
	}
	return len(problems) == 0, nil
}
