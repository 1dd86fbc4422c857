package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
)

func newChannelsCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "channels",
		Short: "列出能识别的变形写法",
		Long: `列出能识别的变形写法（channel）：名称、默认是否启用、识别后保留的置信度、能否单独拦截。
名称用于 scan --channels、词库的 channels 列与 pack.yaml。`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return printChannels(c.out) },
	}
}

// printChannels writes the table of channels, one a line.
func printChannels(w io.Writer) error {
	rows := [][]string{{"名称", "说明", "默认", "置信度", "拦截"}}
	for _, info := range matcher.Channels() {
		on := "否"
		switch kinds := disguisedCategories(info.Channel); {
		case info.Default:
			on = "是"
		case len(kinds) > 0:
			on = strings.Join(kinds, "、")
		}
		block := "可"
		if info.Hint {
			block = "仅复核"
		}
		rows = append(rows, []string{info.Name, info.Title, on, fmt.Sprintf("%.2f", info.Keep), block})
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			b.WriteString(cell)
			if i+1 < len(row) {
				b.WriteString(strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell)))
			}
		}
		if _, err := fmt.Fprintln(w, b.String()); err != nil {
			return err
		}
	}
	return nil
}

// disguisedCategories are the titles of the categories whose terms are looked for
// through the channel by default.
func disguisedCategories(c matcher.Channel) (titles []string) {
	for _, info := range lexicon.Categories() {
		if info.Disguises.Has(c) {
			titles = append(titles, info.Title)
		}
	}
	return titles
}
