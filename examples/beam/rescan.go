package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/metrics"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/transforms/stats"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

func init() {
	register.DoFn2x3[context.Context, fileio.ReadableFile, string, string, error](&wrapFn{})
	register.DoFn6x1[context.Context, string, string, func(string), func(string, int), func(string), error](&checkFn{})
	register.Function2x1(countLine)
	register.Function2x1(countTable)
	register.Emitter1[string]()
	register.Emitter2[string, int]()
	register.Iter1[string]()
}

// snapshot is what drafts are judged by: one for all goroutines of a worker,
// made when the first is set up. An organisation's own packs are best embedded
// in the program (shenjiao.Options.Packs), which the runner carries to each
// worker, so that all judge by the same.
var snapshot = sync.OnceValues(func() (*shenjiao.Scanner, error) { return shenjiao.New(shenjiao.Options{}) })

// rescan builds the pipeline: drafts -> findings, counts and problems. Globs
// that are empty are left out. now is the moment at which drafts are judged that
// do not say when they were published.
func rescan(s beam.Scope, drafts, texts, output string, now time.Time) {
	var sources []beam.PCollection
	if drafts != "" {
		sources = append(sources, textio.ReadWithFilename(s.Scope("drafts"), drafts)) // also splits large files
	}
	if texts != "" {
		s := s.Scope("texts")
		files := fileio.ReadMatches(s, fileio.MatchFiles(s, texts))
		sources = append(sources, beam.ParDo(s, &wrapFn{}, files))
	}
	// Without reshuffling a worker would check all that it has read.
	all := beam.Reshuffle(s, beam.Flatten(s, sources...))
	findings, counts, problems := beam.ParDo3(s, &checkFn{Now: review.Time(now.Format(time.RFC3339))}, all)

	textio.Write(s.Scope("findings"), output+"/findings.jsonl", findings)
	textio.Write(s.Scope("problems"), output+"/problems.jsonl", problems)
	lines := beam.ParDo(s, countLine, stats.SumPerKey(s, counts))
	table := beam.ParDo(s, countTable, beam.GroupByKey(s, beam.AddFixedKey(s, lines)))
	textio.Write(s.Scope("counts"), output+"/counts.csv", table)
}

// wrapFn makes a draft of a whole file, named by its path.
type wrapFn struct{}

func (*wrapFn) ProcessElement(ctx context.Context, file fileio.ReadableFile) (string, string, error) {
	body, err := file.ReadString(ctx)
	if err != nil {
		return "", "", err
	}
	doc := review.Document{ID: &file.Metadata.Path, Body: &body}
	switch path.Ext(file.Metadata.Path) {
	case ".html", ".htm":
		doc.BodyFormat = new(review.BodyHTML)
	case ".md":
		doc.BodyFormat = new(review.BodyMarkdown)
	}
	data, err := json.Marshal(doc)
	return file.Metadata.Path, string(data), err
}

// A found is a line of findings.jsonl.
type found struct {
	Document string         `json:"document"`
	File     string         `json:"file"`
	Finding  review.Finding `json:"finding"`
}

// A problem is a line of problems.jsonl: a draft that could not be checked.
type problem struct {
	File  string `json:"file"`
	Error string `json:"error"`
}

// checkFn checks drafts. What fails for one draft is told and the others go on;
// it is never dropped.
type checkFn struct {
	Now review.Time // one for all workers, also if they try again

	scanner *shenjiao.Scanner

	checked, findings, problems beam.Counter
}

const namespace = "rescan"

func (f *checkFn) Setup() (err error) {
	f.checked = beam.NewCounter(namespace, "checked")
	f.findings = beam.NewCounter(namespace, "findings")
	f.problems = beam.NewCounter(namespace, "problems")
	f.scanner, err = snapshot()
	return err
}

func (f *checkFn) ProcessElement(ctx context.Context, file, draft string, finding func(string), count func(string, int), fail func(string)) error {
	if strings.TrimSpace(draft) == "" {
		return nil
	}
	doc, err := review.ParseDocument([]byte(draft))
	var report *review.Report
	if err == nil {
		if doc.Now == nil {
			doc.Now = &f.Now
		}
		report, err = f.scanner.Scan(ctx, doc)
	}
	if ctx.Err() != nil {
		return ctx.Err() // the runner tries again
	}
	if err != nil {
		f.problems.Inc(ctx, 1)
		return emit(fail, problem{File: file, Error: err.Error()})
	}
	f.checked.Inc(ctx, 1)
	for _, x := range report.Findings {
		f.findings.Inc(ctx, 1)
		if err := emit(finding, found{Document: report.Document.ID, File: file, Finding: x}); err != nil {
			return err
		}
		count(fmt.Sprintf("%s,%s", cmp.Or(x.Category, x.Rule), x.Action), 1)
	}
	return nil
}

func emit(to func(string), v any) error {
	data, err := json.Marshal(v)
	if err == nil {
		to(string(data))
	}
	return err
}

func countLine(key string, n int) string { return fmt.Sprintf("%s,%d", key, n) }

// countTable puts the counts, which come in any order, into one.
func countTable(_ int, next func(*string) bool) string {
	var lines []string
	for line := ""; next(&line); {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(append([]string{"category,action,findings"}, lines...), "\n")
}

// A tally is what all workers counted.
type tally struct{ checked, findings, problems int64 }

func totals(r metrics.Results) (t tally) {
	for _, c := range r.AllMetrics().Counters() {
		if c.Key.Namespace != namespace {
			continue
		}
		switch c.Key.Name {
		case "checked":
			t.checked += c.Result()
		case "findings":
			t.findings += c.Result()
		case "problems":
			t.problems += c.Result()
		}
	}
	return t
}
