package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/compare"
	"github.com/shenjiao/shenjiao/segment"
)

type impactFlags struct {
	older, newer string
	beside       []string
	noStarter    bool
	format       string
	output       string
	contexts     int
	jobs         int
	quiet        bool
}

// newLexiconImpactCommand tries a new version of a pack on a corpus.
func newLexiconImpactCommand(c console) *cobra.Command {
	var f impactFlags
	cmd := &cobra.Command{
		Use:   "impact --new PACK [--old PACK] CORPUS…",
		Short: "发布之前：新版词库在语料上多报、少报什么",
		Long: `用新旧两个版本检查同一批语料，列出新增、消失和程度改变的命中，按词条计数，附上下文，
并指出哪些新增命中像是误报及其理由。发布之前先看这个。

CORPUS 是文件或文件夹：.txt .md .html 是文稿，.json 是一篇稿件，.jsonl 每行一篇；都可以再用
gzip 压缩（.txt.gz 等）。用自己过去发过的稿件最好：那些稿件大多没有问题，新增命中多半是误报。

不写 --old 则与“没有这个词库”比较。默认还与内置词库一起使用；--old、--new 也可以写 starter。

怀疑误报的理由（都有数字，仍需人看上下文）：
  在词内      命中落在更长的词典词里，如 大麻袋 里的 大麻
  多处未采信  这个词条的候选大多因分词、放行短语、context 等未采信
  日常用词    词条本身是日常用词
  多为提示    同句有 警惕、反诈 等，已降为提示
  占比过高    单个词条占全部新增命中的五分之一以上

退出码：0 完成；2 用法错误或文件无法读取；3 有词库不能加载。`,
		Example: `  shenjiao lexicon impact --old released/ --new mypack/ articles/
  shenjiao lexicon impact --new mypack/ --format html --output impact.html archive.jsonl.gz`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), c, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.newer, "new", "", "新版词库文件夹（必填）")
	flags.StringVar(&f.older, "old", "", "旧版词库文件夹；不写则为没有这个词库")
	flags.StringArrayVar(&f.beside, "lexicon", nil, "两个版本都与之一起使用的词库文件夹（可重复）")
	flags.BoolVar(&f.noStarter, "no-starter", false, "不与内置词库一起使用")
	flags.StringVar(&f.format, "format", "text", "结果格式：text|html|jsonl")
	flags.StringVar(&f.output, "output", "", "结果写入文件")
	flags.IntVar(&f.contexts, "contexts", 20, "每个词条每种变化最多保留几处上下文")
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "并行检查的文稿数")
	flags.BoolVar(&f.quiet, "quiet", false, "不显示进度")
	return cmd
}

func (f *impactFlags) run(ctx context.Context, c console, paths []string) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	older, newer, err := f.compile(c)
	if err != nil {
		return err
	}
	words, err := segment.Default()
	if err != nil {
		return err
	}
	inputs, errs := findCorpus(paths)
	if err := errors.Join(errs...); err != nil {
		return err
	}
	out := c.out
	if f.output != "" {
		file, err := os.Create(f.output)
		if err != nil {
			return fmt.Errorf("--output: %w", readable(err))
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		out = file
	}
	trial := compare.NewTrial(compare.TrialOptions{Old: older, New: newer, Contexts: f.contexts, Words: words})
	bar := newProgress(c.err, f.quiet, inputs)
	err = scanCorpus(ctx, trial, inputs, source{c.in, bar}, f.jobs)
	bar.clear()
	if err != nil {
		return err
	}
	result := trial.Result()
	page := newImpactPage(f, older, newer, &result)
	switch f.format {
	case "html":
		err = page.html(out)
	case "jsonl":
		err = page.jsonl(out)
	default:
		err = page.text(out)
	}
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func (f *impactFlags) check() error {
	errs := []error{wantOne("format", f.format, "text", "html", "jsonl")}
	if f.newer == "" {
		errs = append(errs, errors.New("--new: missing, want the folder of a pack"))
	}
	if f.jobs < 1 {
		errs = append(errs, fmt.Errorf("--jobs: want 1 or more, got %d", f.jobs))
	}
	if f.contexts < 1 {
		errs = append(errs, fmt.Errorf("--contexts: want 1 or more, got %d", f.contexts))
	}
	return errors.Join(errs...)
}

// compile makes the lexicons of both versions.
func (f *impactFlags) compile(c console) (older, newer *lexicon.Lexicon, err error) {
	var beside []*lexicon.Pack
	for _, dir := range f.beside {
		p, err := loadPack(c, dir)
		if err != nil {
			return nil, nil, err
		}
		beside = append(beside, p)
	}
	base, err := starterPack()
	if err != nil {
		return nil, nil, err
	}
	with := func(dir string) (*lexicon.Lexicon, error) {
		packs := beside
		starts := f.noStarter
		if dir != "" {
			p, err := loadPack(c, dir)
			if err != nil {
				return nil, err
			}
			starts = starts || p.ID == base.ID // a version of the starter pack
			packs = append(packs[:len(packs):len(packs)], p)
		}
		if !starts {
			packs = append(packs[:len(packs):len(packs)], base)
		}
		// Cases are the matter of lexicon test.
		l, err := lexicon.Compile(packs, lexicon.Options{Trusted: packs})
		var problems lexicon.Problems
		if errors.As(err, &problems) {
			for _, p := range inFolder(dir, problems) {
				fmt.Fprintf(c.out, "%v: %s\n", p.Place, p.Chinese())
			}
			return nil, errPack
		}
		return l, err
	}
	if older, err = with(f.older); err != nil {
		return nil, nil, err
	}
	newer, err = with(f.newer)
	return older, newer, err
}

// scanCorpus scans all texts of a corpus with jobs goroutines.
func scanCorpus(ctx context.Context, trial *compare.Trial, inputs []input, src source, jobs int) error {
	texts := make(chan compare.Text, jobs)
	var group sync.WaitGroup
	for range jobs {
		group.Go(func() {
			for text := range texts {
				trial.Scan(text)
			}
		})
	}
	today := lexicon.DateOf(time.Now())
	var errs []error
	for _, in := range inputs {
		for text, err := range corpusTexts(in, src) {
			if ctx.Err() != nil {
				break
			}
			if err != nil {
				errs = append(errs, err)
				continue
			}
			text.Date = today
			texts <- text
		}
	}
	close(texts)
	group.Wait()
	return errors.Join(append(errs, context.Cause(ctx))...)
}
