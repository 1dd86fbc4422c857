package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
)

// newLexiconCommand holds what the keepers of a lexicon work with: one
// command a file, lexicon_NAME.go.
func newLexiconCommand(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lexicon",
		Short: "维护词库：检查、测试、整理、比较、签名",
		Long: `维护词库。PACK 是词库文件夹（内有 pack.yaml），不写则为当前文件夹。

退出码：0 没有问题；2 用法错误或文件无法读取；3 词库有错误，或用例、校验未通过；4 只有提醒（lint --strict）。`,
	}
	cmd.AddCommand(
		newLexiconCheckSignatureCommand(c),
		newLexiconDiffCommand(c),
		newLexiconExplainCommand(c),
		newLexiconFmtCommand(c),
		newLexiconImpactCommand(c),
		newLexiconImportCommand(c),
		newLexiconKeygenCommand(c),
		newLexiconLintCommand(c),
		newLexiconSignCommand(c),
		newLexiconStatsCommand(c),
		newLexiconTestCommand(c),
		newLexiconVerifyCommand(c),
	)
	return cmd
}

// errPack is returned by a command that worked and found a pack that is not
// fit for use; what is wrong with it has been written.
var errPack = errors.New("a pack is not fit for use")

// starterName is what the pack that is built in is called in arguments.
const starterName = "starter"

func starterPack() (*lexicon.Pack, error) { return lexicon.ReadPack(starter.FS()) }

// packFolders returns the arguments of a command as folders of packs.
func packFolders(args []string) ([]string, error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	var errs []error
	for _, dir := range args {
		if err := checkPackFolder(dir); err != nil {
			errs = append(errs, err)
		}
	}
	return args, errors.Join(errs...)
}

// checkPackFolder says why dir cannot be the folder of a pack.
func checkPackFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return readable(err)
	case !info.IsDir():
		return fmt.Errorf("%s is a file, want the folder of a pack (with pack.yaml)", dir)
	}
	if _, err := os.Stat(filepath.Join(dir, "pack.yaml")); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is no pack: it has no pack.yaml", dir)
	}
	return nil
}

// readPack reads the pack in a folder. Problems have places that begin with
// the folder, so that a terminal can open them.
func readPack(dir string) (*lexicon.Pack, lexicon.Problems, error) {
	return readPackFiles(dir, lexicon.Folder(dir))
}

// readPackFiles is readPack for the files of a folder.
func readPackFiles(dir string, fsys fs.FS) (*lexicon.Pack, lexicon.Problems, error) {
	pack, err := lexicon.ReadPack(fsys)
	var problems lexicon.Problems
	switch {
	case errors.As(err, &problems):
		return nil, inFolder(dir, problems), nil
	case err != nil:
		return nil, nil, fmt.Errorf("%s: %w", dir, err)
	}
	return pack, inFolder(dir, pack.Lint), nil
}

// inFolder puts the folder before the files of problems.
func inFolder(dir string, problems lexicon.Problems) lexicon.Problems {
	placed := make(lexicon.Problems, len(problems))
	for i, p := range problems {
		p.File = path.Join(filepath.ToSlash(dir), p.File)
		placed[i] = p
	}
	return placed
}
