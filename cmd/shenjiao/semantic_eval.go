package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/semantic"
)

func newSemanticEvalCommand(c console) *cobra.Command {
	var f learnFlags
	var by, svg string
	cmd := &cobra.Command{
		Use:   "eval DATA.jsonl…",
		Short: "在没见过的语料上评测：精确率、召回率、阈值表、曲线",
		Long: `反复留出一部分语料，用其余语料训练，再在留出的部分上评测，与只用词库、两者合用比较。
--by source（默认）每次留出一个来源，回答“换一批没见过的文字还行不行”；--by fold 随机分份。
结果为 Markdown 表格。`,
		Example: `  shenjiao semantic eval house.jsonl history.jsonl --svg curve.svg`,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := wantOne("by", by, "source", "fold"); err != nil {
				return err
			}
			rows, err := readRows(args)
			if err != nil {
				return err
			}
			examples, err := annotate(rows)
			if err != nil {
				return err
			}
			opts, done := f.options(c)
			leave := semantic.LeaveOneSourceOut
			if by == "fold" {
				leave = semantic.CrossValidate
			}
			outcomes, err := leave(examples, opts)
			done()
			if err != nil {
				return err
			}
			results := semantic.Measured(outcomes)
			if svg != "" {
				var b bytes.Buffer
				if err := results.SVG(&b); err != nil {
					return err
				}
				if err := atomicfile.Write(svg, b.Bytes(), 0o644); err != nil {
					return fmt.Errorf("--svg: %w", readable(err))
				}
			}
			return results.Markdown(c.out)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&by, "by", "source", "留出方式：source|fold")
	cmd.Flags().StringVar(&svg, "svg", "", "把曲线写入 SVG 文件")
	return cmd
}
