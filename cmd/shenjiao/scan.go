package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
)

// scanFlags are the flags of shenjiao scan.
type scanFlags struct {
	judgingFlags
	format      string
	showVetoed  bool
	explain     bool
	failOn      string
	output      string
	jobs        int
	quiet       bool
	stdinFormat string
	update      bool
	reason      string
	redact      bool
}

func newScanCommand(c console) *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "scan [flags] [PATH…]",
		Short: "检查稿件：文件、文件夹，- 为标准输入",
		Long: `检查稿件并给出结果。PATH 可以是文件、文件夹或 -（标准输入）；不写则检查当前文件夹。
.txt .md .html 是稿件正文；.json 是一篇完整稿件（Document）；.jsonl 每行一篇。

退出码：0 结论低于 --fail-on；1 达到或高于；2 用法错误或输入无法读取。`,
		Example: `  shenjiao scan draft.md
  shenjiao scan --format json articles/ > report.json
  cat draft.html | shenjiao scan --stdin-format html -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return f.run(cmd.Context(), c, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "text", "结果格式：text|json|jsonl|sarif|rdjson|html")
	f.judgingFlags.add(cmd)
	flags.BoolVar(&f.showVetoed, "show-vetoed", false, "列出未采信的候选及原因")
	flags.BoolVar(&f.explain, "explain", false, "逐步说明原文怎样变成词条（仅 text 格式）")
	flags.StringVar(&f.failOn, "fail-on", "block", "结论达到何种程度时退出码为 1：block|review|never")
	flags.StringVar(&f.output, "output", "", "结果写入文件")
	flags.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "并行检查的稿件数")
	flags.BoolVar(&f.quiet, "quiet", false, "只输出有发现的稿件，不显示进度与汇总")
	flags.StringVar(&f.stdinFormat, "stdin-format", "plain", "标准输入的格式：plain|html|markdown|json|jsonl")
	flags.BoolVar(&f.redact, "redact", false, "sarif 结果中不出现稿件文字（用于公开的流水线日志）")
	flags.BoolVar(&f.update, "update-baseline", false, "把本次发现的问题写入 --baseline 的清单（已有的保留），须写 --reason")
	flags.StringVar(&f.reason, "reason", "", "写入清单的理由")
	addConfig(cmd)
	return cmd
}

func (f *scanFlags) run(ctx context.Context, c console, paths []string) (err error) {
	failOn, stdin, channels, err := f.check()
	if err != nil {
		return err
	}
	opts, err := f.options(channels)
	if err != nil {
		return err
	}
	opts.ShowVetoed = f.showVetoed
	if opts.Baseline, err = f.readBaseline(); err != nil {
		return err
	}
	scanner, err := f.scanner(opts)
	if err != nil {
		return err
	}
	inputs, errs := findInputs(paths, stdin)

	out := c.out
	if f.output != "" {
		file, err := os.Create(f.output)
		if err != nil {
			return fmt.Errorf("--output: %w", readable(err))
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		out = file
	}
	several := len(paths) != 1 || len(inputs) != 1 || isDir(paths[0]) || inputs[0].form == formDocuments
	var explain func(*review.Finding) []string
	if f.explain {
		explain = scanner.Explain
		if f.lang == "en" {
			explain = scanner.ExplainEnglish
		}
	}
	w := f.writer(out, several, explain)
	bar := newProgress(c.err, f.quiet, inputs)
	worst := review.VerdictPass
	known := opts.Baseline
	for res := range scanAll(ctx, scanner, inputs, source{c.in, bar}, f.jobs, wholeLimit) {
		if res.err != nil {
			errs = append(errs, res.err)
			if ctx.Err() != nil {
				break
			}
			continue
		}
		worst = max(worst, res.item.Report.Verdict)
		if f.update {
			known = known.With(res.item.Report.Findings, review.Suppression{Reason: f.reason})
		}
		bar.clear()
		if err := w.Write(res.item); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	}
	bar.clear()
	if err := w.Close(); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	if f.update {
		return writeBaseline(f.baseline, known)
	}
	if failOn != 0 && worst >= failOn {
		return errVerdict
	}
	return nil
}

// check reads the flags that have a form of their own.
func (f *scanFlags) check() (failOn review.Verdict, stdin form, channels channels, err error) {
	var errs []error
	oneOf := func(flag, got string, allowed ...string) {
		if err := wantOne(flag, got, allowed...); err != nil {
			errs = append(errs, err)
		}
	}
	oneOf("format", f.format, "text", "json", "jsonl", "sarif", "rdjson", "html")
	oneOf("fail-on", f.failOn, "block", "review", "never")
	oneOf("stdin-format", f.stdinFormat, "plain", "html", "markdown", "json", "jsonl")
	if f.redact && f.format != "sarif" {
		errs = append(errs, errors.New("--redact: only sarif reports can be written without words of the draft, want --format sarif"))
	}
	if f.update && (f.baseline == "" || f.reason == "") {
		errs = append(errs, errors.New("--update-baseline: want --baseline FILE, to write to, and --reason, why these findings stay"))
	}
	if f.jobs < 1 {
		errs = append(errs, fmt.Errorf("--jobs: want 1 or more, got %d", f.jobs))
	}
	channels, err = f.judgingFlags.check()
	if err != nil {
		errs = append(errs, err)
	}
	failOn = map[string]review.Verdict{"block": review.VerdictBlock, "review": review.VerdictReview}[f.failOn]
	return failOn, formNames[f.stdinFormat], channels, errors.Join(errs...)
}

// wantOne says that a flag has a value that is none of those allowed.
func wantOne(flag, got string, allowed ...string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return fmt.Errorf("--%s: unknown value %q, want %s", flag, got, strings.Join(allowed, ", "))
}

// channels is what --channels says: a set, and what is changed of it.
type channels struct {
	set    matcher.ChannelSet // 0 is the default of each category
	change lexicon.ChannelSpec
}

// parseChannels reads the value of --channels.
func parseChannels(s string) (c channels, err error) {
	if c.set, c.change, err = shenjiao.ParseChannels(s); err != nil {
		return channels{}, fmt.Errorf("--channels: %s", trimPrefix(err.Error()))
	}
	return c, nil
}

// trimPrefix removes the library's name, which the command prints itself.
func trimPrefix(s string) string { return strings.TrimPrefix(s, "shenjiao: ") }

func (f *scanFlags) writer(out io.Writer, several bool, explain func(*review.Finding) []string) report.Writer {
	switch f.format {
	case "json":
		return report.NewJSON(out, several)
	case "jsonl":
		return report.NewJSONLines(out)
	case "sarif":
		return report.NewSARIF(out, report.SARIFOptions{English: f.lang == "en", Version: version(), Redact: f.redact, Rule: report.CatalogueRule(f.lang == "en")})
	case "rdjson":
		return report.NewRDJSON(out)
	case "html":
		return report.NewHTML(out, report.HTMLOptions{English: f.lang == "en", Rule: report.CatalogueRule(f.lang == "en")})
	default:
		file, ok := out.(*os.File)
		color := ok && term.IsTerminal(int(file.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		return report.NewText(out, report.TextOptions{English: f.lang == "en", Color: color, Quiet: f.quiet, Explain: explain})
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return path != "-" && err == nil && info.IsDir()
}

// result is the report of one document, or why there is none.
type result struct {
	item report.Item
	err  error
}

// source opens inputs.
type source struct {
	stdin    io.Reader
	progress *progress
}

func (s source) open(in input) (io.ReadCloser, error) {
	if in.path == "-" {
		return s.progress.reader(io.NopCloser(s.stdin)), nil
	}
	f, err := os.Open(in.path)
	if err != nil {
		return nil, readable(err)
	}
	r := s.progress.reader(f)
	if strings.HasSuffix(in.path, gzipSuffix) {
		return unpacked(r)
	}
	return r, nil
}

// scanAll scans the inputs on that many cores and yields the results in the
// order of the input. whole is wholeLimit, or less in tests.
func scanAll(ctx context.Context, s *shenjiao.Scanner, inputs []input, src source, jobs, whole int) iter.Seq[result] {
	return func(yield func(result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		// Drafts are read once: those with a document go to ScanAll, and all of
		// them, in order, to where the results are put together.
		read := make(chan draft, jobs)
		documents := func(scan func(*shenjiao.Document) bool) {
			defer close(read)
			for _, in := range inputs {
				drafts := in.drafts(src)
				if in.form == formPlain {
					drafts = func(yield func(draft) bool) { yield(in.plain(src, whole)) }
				}
				for d := range drafts {
					if d.doc != nil && d.err == nil {
						fillNow(d.doc)
					}
					select {
					case read <- d:
					case <-ctx.Done():
						return
					}
					if d.doc != nil && d.err == nil && !scan(d.doc) {
						return
					}
				}
			}
		}
		type outcome struct {
			report *review.Report
			err    error
		}
		reports := make(chan outcome)
		go func() {
			defer close(reports)
			for r, err := range s.ScanAll(ctx, documents, jobs) {
				reports <- outcome{r, err}
			}
		}()
		defer func() {
			cancel()
			for range reports { // until nothing runs any more
			}
		}()
		for d := range read {
			res := result{err: d.err}
			switch {
			case d.err != nil:
			case d.stream != nil:
				res = d.stream(ctx, s)
			default:
				o := <-reports
				res = d.result(o.report, o.err)
			}
			if !yield(res) {
				return
			}
		}
	}
}

// fillNow gives the engine, which reads no clock, the moment of the check.
func fillNow(doc *review.Document) {
	if doc.Now == nil {
		doc.Now = new(review.Time(time.Now().Format(time.RFC3339)))
	}
}

// wholeLimit is the size up to which a plain text is read as a whole, and its
// parts are scanned on several cores; a longer one is scanned as a stream, so
// that its size does not matter.
const wholeLimit = 16 << 20

// plain reads a plain text, or its beginning.
func (in input) plain(src source, whole int) draft {
	r, err := src.open(in)
	if err != nil {
		return draft{name: in.name(), err: err}
	}
	head, err := io.ReadAll(io.LimitReader(r, int64(whole)))
	if err == nil && len(head) == whole {
		return draft{name: in.name(), stream: func(ctx context.Context, s *shenjiao.Scanner) result {
			defer r.Close()
			return in.scanStream(ctx, s, head, r)
		}}
	}
	r.Close()
	if err != nil {
		return draft{name: in.name(), err: fmt.Errorf("%s: %w", in.name(), err)}
	}
	return in.document(head)
}

// scanStream scans a plain text of which head was read already.
func (in input) scanStream(ctx context.Context, s *shenjiao.Scanner, head []byte, rest io.Reader) result {
	stream := s.NewStream(ctx, shenjiao.StreamOptions{ID: in.name(), Date: lexicon.DateOf(time.Now())})
	_, err := stream.Write(head)
	if err == nil {
		_, err = io.CopyBuffer(struct{ io.Writer }{stream}, rest, make([]byte, 1<<16))
	}
	var rep *review.Report
	if err == nil {
		rep, err = stream.Report()
	}
	if err != nil {
		return result{err: fmt.Errorf("%s: %s", in.name(), trimPrefix(err.Error()))}
	}
	return result{item: report.Item{Name: in.name(), Report: rep, File: in.path != "-", Excerpt: in.excerpt()}}
}

// result is what came out for a draft.
func (d draft) result(r *review.Report, err error) result {
	if err != nil {
		return result{err: fmt.Errorf("%s: %s", d.name, trimPrefix(err.Error()))}
	}
	return result{item: report.Item{Name: d.name, Report: r, Document: d.doc, File: d.file, Excerpt: report.FieldExcerpt(d.doc)}}
}

// excerpt reads the line of a finding from the file again; a long text on
// standard input cannot be read twice.
func (in input) excerpt() func(*review.Finding) (before, after string) {
	if in.path == "-" {
		return nil
	}
	return func(f *review.Finding) (string, string) {
		file, err := os.Open(in.path)
		if err != nil {
			return "", ""
		}
		defer file.Close()
		const around = 256 // bytes; more than a report shows
		start := max(0, f.Span.Start-around)
		buf := make([]byte, f.Span.End-start+around)
		n, err := file.ReadAt(buf, start)
		if err != nil && err != io.EOF || int64(n) < f.Span.End-start {
			return "", ""
		}
		text := string(buf[:n])
		before, after := report.LineAround(text, int(f.Span.Start-start), int(f.Span.End-start))
		return strings.ToValidUTF8(before, ""), strings.ToValidUTF8(after, "")
	}
}
