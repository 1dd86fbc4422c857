package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/inspect"
)

type statsFlags struct {
	format    string
	noStarter bool
	risks     []string
}

// newLexiconStatsCommand counts what packs hold.
func newLexiconStatsCommand(c console) *cobra.Command {
	var f statsFlags
	cmd := &cobra.Command{
		Use:   "stats [PACK…]",
		Short: "统计：各类别、子类有多少词条，与 GB/T 45654 关键词数量对照",
		Long: `统计词库（默认连同内置词库）各类别、子类的词条数，并与 GB/T 45654—2025（原 TC260-003）对生成式
人工智能服务关键词库的数量要求对照：总数不少于 10000，附录 A.1 的 8 种风险每种不少于 200，
A.2 的 9 种风险每种不少于 100。

三点说明：
  一、哪个类别算哪种风险是本软件的判断，标准没有这样的对应；对应关系列在结果里。
      自己的类别用 --risk 加入，如 --risk A.2f=x_age。每个词在一种风险下只算一次。
  二、A.1 的多数风险，内置词库按设计不收词（不列人物、团体、事件和观点），不会达到数量。
      稿件发布者自查与生成式服务备案是两回事，一般不需要达到这些数量。
  三、数量不说明质量。多收日常词只会增加误报。`,
		Example: `  shenjiao lexicon stats mypack
  shenjiao lexicon stats --no-starter --risk A.2f=x_age mypack`,
		RunE: func(_ *cobra.Command, args []string) error { return f.run(c, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "text", "结果格式：text|json")
	flags.BoolVar(&f.noStarter, "no-starter", false, "不计内置词库")
	flags.StringArrayVar(&f.risks, "risk", nil, "把类别算作某种风险：A.2f=x_age 或 A.1d=类别/子类（可重复）")
	return cmd
}

func (f *statsFlags) run(c console, args []string) error {
	risks, err := f.withOwn()
	if err := errors.Join(wantOne("format", f.format, "text", "json"), err); err != nil {
		return err
	}
	if len(args) == 0 && f.noStarter {
		args = []string{"."}
	}
	var packs []*lexicon.Pack
	if !f.noStarter && !slices.Contains(args, starterName) {
		args = append(args, starterName)
	}
	for _, dir := range args {
		p, err := loadPack(c, dir)
		if err != nil {
			return err
		}
		packs = append(packs, p)
	}
	census := inspect.Count(packs, risks)
	if f.format == "json" {
		return writeJSON(c.out, statsJSON{"shenjiao.lexicon-stats/v1", inspect.LeastKeywords, &census})
	}
	return writeStats(c.out, packs, &census)
}

// withOwn returns the risks with the sources that flags add.
func (f *statsFlags) withOwn() ([]inspect.Risk, error) {
	risks := inspect.Risks()
	var errs []error
	for _, s := range f.risks {
		id, source, ok := strings.Cut(s, "=")
		i := slices.IndexFunc(risks, func(r inspect.Risk) bool { return r.ID == id })
		if !ok || i < 0 {
			errs = append(errs, fmt.Errorf("--risk: got %q, want A.1a to A.2i, = and a category or category/label", s))
			continue
		}
		target, err := lexicon.ParseTarget(source)
		if err != nil {
			errs = append(errs, fmt.Errorf("--risk: %s", strings.TrimPrefix(err.Error(), "lexicon: ")))
			continue
		}
		risks[i].Sources = append(risks[i].Sources, target)
	}
	return risks, errors.Join(errs...)
}

type statsJSON struct {
	Schema        string          `json:"schema"`
	LeastKeywords int             `json:"least_keywords"`
	Census        *inspect.Census `json:"census"`
}

func writeStats(w io.Writer, packs []*lexicon.Pack, c *inspect.Census) error {
	var b strings.Builder
	var names []string
	for _, p := range packs {
		names = append(names, p.ID+" "+p.Version)
	}
	fmt.Fprintf(&b, "词库：%s\n", strings.Join(names, "、"))
	fmt.Fprintf(&b, "词条 %d 个（不同的词 %d 个），放行短语 %d 条，用例 must_hit %d、must_pass %d。\n\n", c.Terms, c.Keywords, c.Allows, c.MustHit, c.MustPass)
	var none []string
	for _, n := range c.Categories {
		if n.Terms == 0 {
			none = append(none, n.Category.Title())
			continue
		}
		info, _ := n.Category.Info()
		fmt.Fprintf(&b, "%s（%s）%d：带 context %d，带建议 %d，带依据 %d，带日期 %d\n", n.Category.Title(), n.Category, n.Terms, n.Context, n.Suggest, n.Basis, n.Dated)
		var labels []string
		for _, l := range n.Labels {
			title := l.Label
			if label, ok := info.Label(l.Label); ok {
				title = label.Title
			}
			if title == "" {
				title = "无子类"
			}
			labels = append(labels, fmt.Sprintf("%s %d", title, l.Terms))
		}
		if labels != nil {
			fmt.Fprintf(&b, "  %s\n", strings.Join(labels, "，"))
		}
	}
	if none != nil {
		fmt.Fprintf(&b, "没有词条的类别：%s\n", strings.Join(none, "、"))
	}
	fmt.Fprintf(&b, "\n与 GB/T 45654—2025（原 TC260-003）关键词数量对照：总数 %d / %d\n", c.Keywords, inspect.LeastKeywords)
	for _, r := range c.Risks {
		mark := "不足"
		if r.Enough() {
			mark = "够数"
		}
		var sources []string
		for _, s := range r.Sources {
			name := s.Category.Title()
			if info, ok := s.Category.Info(); ok && s.Label != "" {
				label, _ := info.Label(s.Label)
				name += "·" + label.Title
			} else if s.Label != "" {
				name += "/" + s.Label
			}
			sources = append(sources, name)
		}
		from := "没有对应的类别，由各单位自备"
		if sources != nil {
			from = "计 " + strings.Join(sources, "、")
		}
		fmt.Fprintf(&b, "  %s %s %d / %d %s（%s）\n", r.ID, r.Title, r.Keywords, r.Least, mark, from)
	}
	b.WriteString("对应关系是本软件的判断，不是标准的规定；数量不说明质量。\n")
	_, err := io.WriteString(w, b.String())
	return err
}
