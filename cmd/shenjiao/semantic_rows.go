package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/semantic"
	"github.com/shenjiao/shenjiao/text"
)

func newSemanticRowsCommand(c console) *cobra.Command {
	var source string
	var lexicons []string
	cmd := &cobra.Command{
		Use:   "rows DOCUMENTS.jsonl… --source NAME",
		Short: "把人工复核结论变成训练语料",
		Long: `读取带复核结论的稿件（Document，每行一篇，workflow.dispositions 记录每个发现的处理），
重新检查一遍以定位各个发现，输出训练语料（每行一条）：
误报（false_positive）成为无害语料，已改（fixed）成为该类别的有害语料；
保留（accepted）含义不定，不输出。稿件须是检查时的文字，词库与模型须与检查时相同，
否则发现的编号对不上；对不上的结论数会写到标准错误。手机号等个人信息在语料中已隐去。`,
		Example: `  shenjiao semantic rows reviewed.jsonl --source 2026-03 > house.jsonl
  shenjiao semantic train house.jsonl --output mypack/semantic.model`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if source == "" {
				return errors.New("--source: want a name for where the drafts come from, such as a desk or a month")
			}
			opts := shenjiao.Options{NoRules: true}
			for _, dir := range lexicons {
				opts.Packs = append(opts.Packs, lexicon.Folder(dir))
			}
			scanner, err := shenjiao.New(opts)
			if err != nil {
				return err
			}
			out := &rowWriter{scanner: scanner, source: source, out: json.NewEncoder(c.out), seen: map[string]bool{}}
			out.out.SetEscapeHTML(false)
			for _, path := range args {
				if err := out.file(cmd.Context(), path); err != nil {
					return err
				}
			}
			if out.lost > 0 {
				fmt.Fprintf(c.err, "shenjiao: %d 个结论找不到对应的发现（稿件、词库或模型已变），未输出\n", out.lost)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&source, "source", "", "来源名称（必填），如科室或月份；评测时按来源留出")
	cmd.Flags().StringArrayVar(&lexicons, "lexicon", nil, "追加词库文件夹（可重复），须与检查时相同")
	return cmd
}

// rowWriter makes rows of decisions.
type rowWriter struct {
	scanner *shenjiao.Scanner
	source  string
	out     *json.Encoder
	seen    map[string]bool
	lost    int // decisions about findings that are not there
}

func (w *rowWriter) file(ctx context.Context, path string) (err error) {
	file, err := os.Open(path)
	if err != nil {
		return readable(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for doc, err := range review.ReadDocuments(file) {
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := w.document(ctx, doc); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func (w *rowWriter) document(ctx context.Context, doc *review.Document) error {
	if doc.Workflow == nil || len(doc.Workflow.Dispositions) == 0 {
		return nil
	}
	report, err := w.scanner.Scan(ctx, doc)
	if err != nil {
		return err
	}
	found := map[string]*review.Finding{}
	for i := range report.Findings {
		found[report.Findings[i].ID] = &report.Findings[i]
	}
	for _, d := range doc.Workflow.Dispositions {
		if d.FindingID == nil || d.Decision == nil {
			continue
		}
		f, ok := found[*d.FindingID]
		if !ok {
			w.lost++
			continue
		}
		row := semantic.Row{Source: w.source}
		switch *d.Decision {
		case review.DispositionFalsePositive:
		case review.DispositionFixed:
			row.Category = f.Category
		default:
			continue
		}
		if row.Text = w.around(doc, report, f); row.Text == "" || w.seen[row.Text] || row.Category == "" && *d.Decision == review.DispositionFixed {
			continue
		}
		w.seen[row.Text] = true
		if err := w.out.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// around returns the window that a finding stands in, without the personal data
// that the report masks.
func (w *rowWriter) around(doc *review.Document, report *review.Report, f *review.Finding) string {
	for _, field := range doc.Fields() {
		if field.Path != f.Field {
			continue
		}
		format, err := text.ParseFormat(string(field.Format))
		if err != nil {
			return ""
		}
		// Masked text has the length of what it stands for.
		masked := []byte(field.Text)
		for i := range report.Findings {
			if g := &report.Findings[i]; g.Field == f.Field && g.Line > 0 && int64(len(g.Text)) == g.Span.End-g.Span.Start {
				if g.Rule != "term" && g.Rule != "semantic" {
					copy(masked[g.Span.Start:], g.Text)
				}
			}
		}
		visible := text.Extract(string(masked), format)
		for _, span := range semantic.Windows(visible.Text()) {
			start, end := visible.Source(int(span.Start), int(span.End))
			if int64(start) <= f.Span.Start && f.Span.Start < int64(end) {
				return visible.Text()[span.Start:span.End]
			}
		}
	}
	return ""
}
