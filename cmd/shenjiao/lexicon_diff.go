package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/compare"
)

// newLexiconDiffCommand compares two versions of a pack.
func newLexiconDiffCommand(c console) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "比较词库的两个版本：增、删、改了哪些词条",
		Long: `比较词库的两个版本，逐条列出增（+）、删（-）、改（~）的词条和放行短语。
比较的是内容：行的先后、文件的编码和划分不算不同；词条省略的列按它所属类别的缺省值比较。
OLD 和 NEW 是词库文件夹，内置词库写作 starter。

退出码：0 完成（有无不同都是 0）；2 用法错误或文件无法读取；3 有词库不能加载。`,
		Example: `  shenjiao lexicon diff released/ mypack/
  git worktree add /tmp/v1 v1.0.0 && shenjiao lexicon diff /tmp/v1/mypack mypack`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := wantOne("format", format, "text", "json"); err != nil {
				return err
			}
			older, err := loadPack(c, args[0])
			if err != nil {
				return err
			}
			newer, err := loadPack(c, args[1])
			if err != nil {
				return err
			}
			d := compare.Packs(older, newer)
			if format == "json" {
				return writeDiffJSON(c.out, older, newer, &d)
			}
			return writeDiff(c.out, older, newer, &d)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "结果格式：text|json")
	return cmd
}

// loadPack reads a pack that has to be sound. What is wrong with it is written.
func loadPack(c console, dir string) (*lexicon.Pack, error) {
	if _, err := os.Stat(dir); err != nil && dir == starterName {
		return starterPack()
	}
	if err := checkPackFolder(dir); err != nil {
		return nil, err
	}
	pack, problems, err := readPack(dir)
	if err != nil || pack != nil {
		return pack, err
	}
	for _, p := range problems {
		if p.Level == lexicon.LevelError {
			fmt.Fprintf(c.out, "%v: %s\n", p.Place, p.Chinese())
		}
	}
	return nil, errPack
}

func writeDiff(w io.Writer, older, newer *lexicon.Pack, d *compare.Difference) error {
	var b strings.Builder
	name := func(e *lexicon.Entry) string {
		s := e.Category.Title()
		if info, ok := e.Category.Info(); ok && e.Label != "" {
			if label, ok := info.Label(e.Label); ok {
				s += "·" + label.Title
			}
		}
		return s
	}
	fmt.Fprintf(&b, "%s %s → %s %s\n", older.ID, older.Version, newer.ID, newer.Version)
	for _, e := range d.Added {
		fmt.Fprintf(&b, "+ %s  %s（%v）\n", e.Term, name(e), e.Place)
	}
	for _, e := range d.Removed {
		fmt.Fprintf(&b, "- %s  %s（%v）\n", e.Term, name(e), e.Place)
	}
	for _, change := range d.Changed {
		fmt.Fprintf(&b, "~ %s  %s（%v）\n", change.New.Term, name(change.New), change.New.Place)
		for _, column := range change.Columns {
			fmt.Fprintf(&b, "    %s: %s → %s\n", column.Column, shown(column.Old), shown(column.New))
		}
	}
	for _, a := range d.AddedAllows {
		fmt.Fprintf(&b, "+ 放行 %s  %s（%v）\n", a.Phrase, a.Scope, a.Place)
	}
	for _, a := range d.RemovedAllows {
		fmt.Fprintf(&b, "- 放行 %s  %s（%v）\n", a.Phrase, a.Scope, a.Place)
	}
	for _, s := range d.AddedSymbols {
		fmt.Fprintf(&b, "+ 符号 %c  %s（%v）\n", s.Symbol, strings.Join(s.Words, "|"), s.Place)
	}
	for _, s := range d.RemovedSymbols {
		fmt.Fprintf(&b, "- 符号 %c  %s（%v）\n", s.Symbol, strings.Join(s.Words, "|"), s.Place)
	}
	if d.Empty() {
		b.WriteString("内容相同。\n")
	} else {
		fmt.Fprintf(&b, "词条：增 %d，删 %d，改 %d；放行短语：增 %d，删 %d；符号：增 %d，删 %d。\n",
			len(d.Added), len(d.Removed), len(d.Changed), len(d.AddedAllows), len(d.RemovedAllows), len(d.AddedSymbols), len(d.RemovedSymbols))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shown is a value in a listing, shortened.
func shown(s string) string {
	const most = 60
	if s == "" {
		return "（空）"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// The difference as JSON: terms as maps of their columns, without empty ones.
type diffJSON struct {
	Schema         string              `json:"schema"`
	Old            packJSON            `json:"old"`
	New            packJSON            `json:"new"`
	Added          []map[string]string `json:"added"`
	Removed        []map[string]string `json:"removed"`
	Changed        []changeJSON        `json:"changed"`
	AddedAllows    []map[string]string `json:"added_allows"`
	RemovedAllows  []map[string]string `json:"removed_allows"`
	AddedSymbols   []map[string]string `json:"added_symbols"`
	RemovedSymbols []map[string]string `json:"removed_symbols"`
}

type packJSON struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

type changeJSON struct {
	Term     string            `json:"term"`
	Category string            `json:"category"`
	Label    string            `json:"label,omitempty"`
	Columns  map[string]values `json:"columns"`
}

type values struct {
	Old string `json:"old"`
	New string `json:"new"`
}

func writeDiffJSON(w io.Writer, older, newer *lexicon.Pack, d *compare.Difference) error {
	pack := func(p *lexicon.Pack) packJSON { return packJSON{p.ID, p.Version, p.Digest} }
	entries := func(list []*lexicon.Entry) []map[string]string {
		out := []map[string]string{}
		for _, e := range list {
			m := map[string]string{}
			for i, cell := range compare.Cells(e) {
				if cell != "" {
					m[lexicon.TermColumns()[i]] = cell
				}
			}
			out = append(out, m)
		}
		return out
	}
	allows := func(list []*lexicon.Allow) []map[string]string {
		out := []map[string]string{}
		for _, a := range list {
			out = append(out, map[string]string{"phrase": a.Phrase, "scope": a.Scope.String()})
		}
		return out
	}
	symbols := func(list []*lexicon.Symbol) []map[string]string {
		out := []map[string]string{}
		for _, s := range list {
			out = append(out, map[string]string{"symbol": string(s.Symbol), "words": strings.Join(s.Words, "|")})
		}
		return out
	}
	out := diffJSON{
		Schema: "shenjiao.lexicon-diff/v1", Old: pack(older), New: pack(newer),
		Added: entries(d.Added), Removed: entries(d.Removed), Changed: []changeJSON{},
		AddedAllows: allows(d.AddedAllows), RemovedAllows: allows(d.RemovedAllows),
		AddedSymbols: symbols(d.AddedSymbols), RemovedSymbols: symbols(d.RemovedSymbols),
	}
	for _, change := range d.Changed {
		columns := map[string]values{}
		for _, column := range change.Columns {
			columns[column.Column] = values{column.Old, column.New}
		}
		out.Changed = append(out.Changed, changeJSON{change.New.Term, string(change.New.Category), change.New.Label, columns})
	}
	return writeJSON(w, out)
}

// writeJSON writes a value for people and programs.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
