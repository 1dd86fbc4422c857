package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/semantic"
)

func newSemanticCommand(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "semantic",
		Short: "语义模型：训练、评测、解释，把人工复核结论变成训练语料",
		Long: `语义模型判断没有敏感词、但整段意思有问题的文字，给出依据，最多建议“复核”。
模型可用本单位的复核结论训练，放在词库文件夹中（semantic.model），随词库签名与更新。`,
	}
	cmd.AddCommand(newSemanticTrainCommand(c), newSemanticEvalCommand(c), newSemanticExplainCommand(c), newSemanticRowsCommand(c))
	return cmd
}

// learnFlags are those of commands that learn.
type learnFlags struct {
	rate  float64
	seed  uint64
	folds int
	quiet bool
}

func (f *learnFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.Float64Var(&f.rate, "false-rate", semantic.DefaultFalseRate, "误报率：在未参与训练的无害语料上，允许被提示的比例")
	flags.Uint64Var(&f.seed, "seed", 0, "随机种子（相同语料与种子得到相同模型）")
	flags.IntVar(&f.folds, "folds", semantic.DefaultFolds, "交叉验证的份数")
	flags.BoolVar(&f.quiet, "quiet", false, "不显示进度")
}

func (f *learnFlags) options(c console) (semantic.TrainOptions, func()) {
	bar := newSteps(c.err, f.quiet, "训练")
	return semantic.TrainOptions{FalseRate: f.rate, Seed: f.seed, Folds: f.folds, Progress: bar.set}, bar.clear
}

// readRows reads the files, and the .jsonl files of folders.
func readRows(paths []string) ([]semantic.Row, error) {
	if len(paths) == 0 {
		return nil, errors.New("want files of rows (.jsonl), or folders of them")
	}
	var names []string
	var errs []error
	for _, p := range paths {
		if !isDir(p) {
			names = append(names, p)
			continue
		}
		found, err := filepath.Glob(filepath.Join(p, "*.jsonl"))
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("%s: no .jsonl file in the folder", p)
		}
		errs = append(errs, err)
		names = append(names, found...)
	}
	var rows []semantic.Row
	seen := map[string]string{}
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			errs = append(errs, readable(err))
			continue
		}
		more, err := semantic.ReadRows(name, file)
		errs = append(errs, err, file.Close())
		for _, r := range more {
			if first, ok := seen[r.Text]; ok && first != name {
				errs = append(errs, fmt.Errorf("%s: a text of %s stands here again", name, first))
			}
			seen[r.Text] = name
		}
		rows = append(rows, more...)
	}
	return rows, errors.Join(errs...)
}

// annotate adds what the starter pack and the recognisers know about the rows.
func annotate(rows []semantic.Row) ([]semantic.Example, error) {
	scanner, err := shenjiao.New(shenjiao.Options{NoSemantic: true, NoRules: true})
	if err != nil {
		return nil, err
	}
	r, err := recognize.New(recognize.Options{})
	if err != nil {
		return nil, err
	}
	return semantic.Annotate(rows, scanner.Lexicon(), r), nil
}

func newSemanticTrainCommand(c console) *cobra.Command {
	var f learnFlags
	var output, version string
	cmd := &cobra.Command{
		Use:   "train DATA.jsonl… --output FILE",
		Short: "用语料训练模型",
		Long: `用语料训练模型。语料每行一个 JSON 对象：{"text":"…","category":"…","source":"…"}，
category 为空表示无害；参数可以是文件或文件夹（取其中的 .jsonl）。
相同的语料、选项得到逐字节相同的模型。把模型存为词库文件夹中的 semantic.model 即可使用。`,
		Example: `  shenjiao semantic train house.jsonl --output mypack/semantic.model`,
		RunE: func(_ *cobra.Command, args []string) error {
			if output == "" {
				return errors.New("--output: want the model file to write, such as mypack/semantic.model")
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
			opts.Version = version
			m, err := semantic.Train(examples, opts)
			done()
			if err != nil {
				return err
			}
			data, err := m.File()
			if err != nil {
				return err
			}
			if err := atomicfile.Write(output, data, 0o644); err != nil {
				return readable(err)
			}
			if !f.quiet {
				fmt.Fprintf(c.out, "%s：%d 条语料，来源 %s；%d 个类别；%d 字节；SHA-256 %s\n",
					output, m.Rows(), strings.Join(m.Sources(), "、"), len(m.Categories()), len(data), m.Digest())
			}
			return nil
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&output, "output", "", "写入的模型文件（必填）")
	cmd.Flags().StringVar(&version, "model-version", "", "模型的版本号，由你决定写法")
	return cmd
}

func newSemanticExplainCommand(c console) *cobra.Command {
	var lexicons []string
	cmd := &cobra.Command{
		Use:   "explain TEXT…",
		Short: "一段文字得多少分，为什么",
		Long:  "列出每段文字（窗口）各类别的概率与阈值，以及得分最高的类别的依据。TEXT 为 - 时读标准输入。",
		Example: `  shenjiao semantic explain 缺钱的来，有手机卡的联系我，日结
  shenjiao semantic explain --lexicon mypack - < draft.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			text := strings.Join(args, " ")
			if text == "-" {
				data, err := io.ReadAll(c.in)
				if err != nil {
					return err
				}
				text = string(data)
			}
			opts := shenjiao.Options{NoRules: true}
			for _, dir := range lexicons {
				opts.Packs = append(opts.Packs, lexicon.Folder(dir))
			}
			scanner, err := shenjiao.New(opts)
			if err != nil {
				return err
			}
			return explainMeaning(c, scanner, text)
		},
	}
	cmd.Flags().StringArrayVar(&lexicons, "lexicon", nil, "追加词库文件夹（可重复）；最后一个带 semantic.model 的生效")
	return cmd
}

func explainMeaning(c console, scanner *shenjiao.Scanner, text string) error {
	r, err := recognize.New(recognize.Options{})
	if err != nil {
		return err
	}
	example := semantic.Annotate([]semantic.Row{{Text: text}}, scanner.Lexicon(), r)[0]
	windows := scanner.Semantic().Explain(text, example.Signals)
	if len(windows) == 0 {
		fmt.Fprintln(c.out, "文字太短，不作判断")
		return nil
	}
	for i, w := range windows {
		if i > 0 {
			fmt.Fprintln(c.out)
		}
		fmt.Fprintf(c.out, "%q\n", w.Text)
		gate := "未通过预筛，正式检查时不再细看"
		if w.Passes {
			gate = "通过预筛"
		}
		fmt.Fprintf(c.out, "  %s\n", gate)
		slices.SortStableFunc(w.Classes, func(a, b semantic.ClassScore) int {
			switch {
			case a.Margin > b.Margin:
				return -1
			case a.Margin < b.Margin:
				return 1
			}
			return 0
		})
		for k, s := range w.Classes[:min(3, len(w.Classes))] {
			verdict := "低于阈值"
			if s.Margin >= 0 {
				verdict = "达到阈值"
			}
			fmt.Fprintf(c.out, "  %-28s 概率 %.2f  得分 %+.2f  %s（差 %+.2f）\n", s.Category, s.Probability, s.Score, verdict, s.Margin)
			if k > 0 {
				continue
			}
			for _, e := range s.Evidence {
				what := e.Signal
				if what == "" {
					what = "“" + e.Text + "”"
				}
				fmt.Fprintf(c.out, "      %+.2f %s\n", e.Weight, what)
			}
		}
	}
	return nil
}
