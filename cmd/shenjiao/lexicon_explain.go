package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/compare"
	"github.com/shenjiao/shenjiao/lexicon/inspect"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

// newLexiconExplainCommand says what a term does.
func newLexiconExplainCommand(c console) *cobra.Command {
	var dirs []string
	var noStarter bool
	cmd := &cobra.Command{
		Use:   "explain [--lexicon PACK] TERM…",
		Short: "说明一个词条：怎样归一，识别哪些写法，还会命中什么",
		Long: `说明词条：在哪个词库的哪一行，各列的值，怎样归一，通过哪些通道识别变形（每个通道举一例），
与哪些放行短语和其他词条有关，会命中哪些常用词。
词库里没有的词也可以查：按各列都不填、类别自定的情况说明，适合在收词之前先看一眼。

退出码：0 完成；2 用法错误或文件无法读取；3 词库不能加载。`,
		Example: `  shenjiao lexicon explain 根治
  shenjiao lexicon explain --lexicon mypack 代开发票`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			var packs []*lexicon.Pack
			if !noStarter {
				dirs = append(dirs, starterName)
			}
			for _, dir := range dirs {
				p, err := loadPack(c, dir)
				if err != nil {
					return err
				}
				packs = append(packs, p)
			}
			words, err := segment.Default()
			if err != nil {
				return err
			}
			for i, term := range args {
				x, err := inspect.Explain(packs, term, words)
				if err != nil {
					return err
				}
				if i > 0 {
					fmt.Fprintln(c.out)
				}
				if err := writeExplanation(c.out, x); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&dirs, "lexicon", nil, "词库文件夹（可重复）")
	cmd.Flags().BoolVar(&noStarter, "no-starter", false, "不看内置词库")
	return cmd
}

func writeExplanation(w io.Writer, x *inspect.Explanation) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  归一：%s\n", x.Term, x.Folded)
	if x.Share > 0 {
		fmt.Fprintf(&b, "  词典：是词典里的词，平均每 %.0f 个词出现一次\n", 1/x.Share)
	} else {
		b.WriteString("  词典：不是词典里的词\n")
	}
	if x.Rows == nil {
		b.WriteString("  词库：没有这个词条；以下按新收、各列不填说明\n")
	}
	for _, r := range x.Rows {
		fmt.Fprintf(&b, "  词库：%s，%v\n", r.Pack.ID, r.Entry.Place)
		columns := lexicon.TermColumns()
		for i, cell := range compare.Cells(r.Entry) {
			if columns[i] != "term" && cell != "" {
				fmt.Fprintf(&b, "    %s: %s\n", columns[i], shown(cell))
			}
		}
		if r.Words {
			b.WriteString("    分词：要求分词支持（一次性|交付 里没有 性交）\n")
		}
		fmt.Fprintf(&b, "    通道：%s\n", titlesOf(r.Channels))
	}
	for _, v := range x.Variants {
		var found string
		switch {
		case v.On && v.Found:
			found = "可检出"
		case v.On:
			found = "单独出现不采信"
		case v.Found:
			found = "通道未开，开了可检出"
		default:
			found = "通道未开，开了单独出现也不采信"
		}
		fmt.Fprintf(&b, "  写法：%s（%s，%s）\n", visible(v.Text), titlesOf(matcher.Set(v.Channel)), found)
	}
	for _, a := range x.Allows {
		fmt.Fprintf(&b, "  放行：%s（%s，%v）\n", a.Phrase, a.Scope, a.Place)
	}
	for _, h := range x.Others {
		fmt.Fprintf(&b, "  其中：还有词条 %s（%s，%v）\n", h.Entry.Term, h.Entry.Category.Title(), h.Entry.Place)
	}
	for _, e := range x.Inside {
		fmt.Fprintf(&b, "  长词：词条 %s 里有它（%s，%v）\n", e.Term, e.Category.Title(), e.Place)
	}
	for i, h := range x.Words {
		const most = 10
		if i == most {
			fmt.Fprintf(&b, "  常用词：还有 %d 个\n", len(x.Words)-most)
			break
		}
		if h.Disguised() {
			fmt.Fprintf(&b, "  常用词：%s 会被当成它的变形（%s）\n", h.Word, titlesOf(h.Channels))
		} else {
			fmt.Fprintf(&b, "  常用词：%s 里会命中\n", h.Word)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// titlesOf lists channels in Chinese.
func titlesOf(set matcher.ChannelSet) string {
	var titles []string
	for _, info := range matcher.Channels() {
		if set.Has(info.Channel) {
			titles = append(titles, info.Title)
		}
	}
	if titles == nil {
		return "无，只认原样"
	}
	return strings.Join(titles, "、")
}

// visible shows characters that cannot be seen.
func visible(s string) string { return strings.ReplaceAll(s, "\u200b", "<U+200B>") }
