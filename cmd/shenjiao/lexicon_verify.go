package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/inspect"
)

// newLexiconVerifyCommand checks that every term is found.
func newLexiconVerifyCommand(c console) *cobra.Command {
	var quiet bool
	cmd := &cobra.Command{
		Use:   "verify [PACK…]",
		Short: "用两个独立的引擎核对：每个词条都能检出",
		Long: `对词库的每个词条，用本软件的引擎和独立的 cloudflare/ahocorasick 各查一遍，逐条核对：
词条在自己的原文里必须检出；在其他词条的原文里，两个引擎的结果必须一致。
cloudflare/ahocorasick 每个字节约需 4 KB 内存，所以分批进行，内存有上限。

退出码：0 全部一致；2 用法错误或文件无法读取；3 有不一致，或词库不能加载。`,
		Example: `  shenjiao lexicon verify mypack`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			var packs []*lexicon.Pack
			total := 0
			for _, dir := range args {
				p, err := loadPack(c, dir)
				if err != nil {
					return err
				}
				packs = append(packs, p)
				total += len(p.Entries)
			}
			progress, clear := countProgress(c, quiet, total)
			v, err := inspect.Verify(cmd.Context(), packs, progress)
			clear()
			if err != nil {
				return err
			}
			for _, f := range v.Failures {
				fmt.Fprintf(c.out, "%v: %s\n", f.Entry.Place, failure(f))
			}
			fmt.Fprintf(c.out, "核对 %d 个词条（分 %d 批）：", v.Terms, v.Chunks)
			if len(v.Failures) > 0 {
				fmt.Fprintf(c.out, "%d 处不一致。\n", len(v.Failures))
				return errPack
			}
			fmt.Fprintln(c.out, "两个引擎全部检出，结果一致。")
			return nil
		},
	}
	cmd.Flags().BoolVar(&quiet, "quiet", false, "不显示进度")
	return cmd
}

// failure says in Chinese what is wrong.
func failure(f inspect.Failure) string {
	where := "自己的原文里"
	if f.Inside != "" {
		where = fmt.Sprintf("词条 %q 里", f.Inside)
	}
	who := "两个引擎都"
	switch {
	case !f.Scanner:
		who = "cloudflare/ahocorasick "
	case !f.Other:
		who = "本引擎"
	}
	return fmt.Sprintf("词条 %q 在%s，%s没有检出", f.Entry.Term, where, who)
}

// countProgress shows how many of total are done, on a terminal and after a
// second.
func countProgress(c console, quiet bool, total int) (progress func(done int), clear func()) {
	p := newProgress(c.err, quiet, nil)
	if !p.show {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	progress = func(done int) {
		if time.Since(p.start) < time.Second {
			return
		}
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(c.err), progressbar.OptionSetDescription("核对"),
				progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set(done) // a progress bar that fails is no reason to stop
	}
	return progress, func() {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
