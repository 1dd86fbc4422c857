package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/semantic"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("semantic: ")
	data := flag.String("data", "semantic/data", "folder with rows")
	svg := flag.String("svg", "bench/results/semantic.svg", "the curve")
	shared := flag.String("shared", "", "folder with corpus/clean_zh.txt.gz")
	list := flag.Int("list", 0, "print that many of the strongest findings there to standard error")
	flag.Parse()
	if err := run(os.Stdout, *data, *svg, *shared, *list); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer, data, svg, shared string, list int) error {
	with, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		return err
	}
	without, err := shenjiao.New(shenjiao.Options{NoSemantic: true})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# 语义模型\n\n由 `go run ./bench/semantic` 生成。\n")
	if err := unseen(w, with, data, svg); err != nil {
		return err
	}
	text := ""
	if shared != "" {
		if text, err = corpus.Text(filepath.Join(shared, "corpus/clean_zh.txt.gz")); err != nil {
			return err
		}
		if err := ordinary(w, with, text, list); err != nil {
			return err
		}
	}
	return cost(w, with, without, text)
}

// unseen measures each source with a model of the others.
func unseen(w io.Writer, s *shenjiao.Scanner, data, svg string) error {
	names, err := filepath.Glob(filepath.Join(data, "*.jsonl"))
	if err != nil || len(names) == 0 {
		return cmp.Or(err, fmt.Errorf("%s: no .jsonl", data))
	}
	var rows []semantic.Row
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		more, err := semantic.ReadRows(name, f)
		f.Close()
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	r, err := recognize.New(recognize.Options{})
	if err != nil {
		return err
	}
	outcomes, err := semantic.LeaveOneSourceOut(semantic.Annotate(rows, s.Lexicon(), r), semantic.TrainOptions{})
	if err != nil {
		return err
	}
	results := semantic.Measured(outcomes)
	fmt.Fprintf(w, "\n## 没见过的来源\n\n%d 条语料，%d 个来源；每次留出一个来源，用其余来源训练，在留出的来源上评测。“词库”是只用内置词库（需复核及以上的词条）。\n\n", len(rows), len(results.Sources))
	if err := results.Markdown(w); err != nil {
		return err
	}
	fmt.Fprintf(w, "\n![曲线](%s)\n", filepath.Base(svg))
	f, err := os.Create(svg)
	if err != nil {
		return err
	}
	if err := results.SVG(f); err != nil {
		return err
	}
	return f.Close()
}

// ordinary counts what the model says about text that is harmless.
func ordinary(w io.Writer, s *shenjiao.Scanner, text string, list int) error {
	r, err := s.Scan(context.Background(), &shenjiao.Document{Body: &text})
	if err != nil {
		return err
	}
	counts := map[string]int{}
	var found []shenjiao.Finding
	for _, f := range r.Findings {
		if f.Rule == "semantic" {
			counts[f.Category]++
			found = append(found, f)
		}
	}
	n := utf8.RuneCountInString(text)
	fmt.Fprintf(w, "\n## 普通文字\n\n%.2f 百万字的普通文字（散文、技术、标题、法规，未用于训练）中有 %d 个语义提示，每万字 %.3f 个。\n\n| 类别 | 提示 |\n|---|---|\n",
		float64(n)/1e6, len(found), float64(len(found))*1e4/float64(n))
	for _, c := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "| %s | %d |\n", c, counts[c])
	}
	slices.SortStableFunc(found, func(a, b shenjiao.Finding) int { return cmp.Compare(b.Confidence, a.Confidence) })
	for _, f := range found[:min(list, len(found))] {
		fmt.Fprintf(os.Stderr, "%s\t%.3f\t%s\t%s\n", f.Category, float64(f.Confidence), strings.Join(strings.Fields(f.Text), " "), strings.Join(f.Evidence, " "))
	}
	return nil
}

// cost compares scans with and without the model, in turn.
func cost(w io.Writer, with, without *shenjiao.Scanner, ordinary string) error {
	fmt.Fprintf(w, "\n## 代价\n\n同一次运行中轮流检查，单线程，取中位数。一篇文章是一次 Scan；长文是 2 MB。\n\n| 文字 | 不做语义判断 MB/s | 做 MB/s | 做 / 不做 |\n|---|---|---|---|\n")
	c, err := corpus.Generate(corpus.Spec{Size: 2 << 20, Terms: 10, Longest: 3})
	if err != nil {
		return err
	}
	texts := []struct{ name, text string }{{"生成的文章，3,000 字", clip(c.Text, 9000)}, {"生成的长文", c.Text}}
	if ordinary != "" {
		texts = append(texts, struct{ name, text string }{"普通文字", clip(ordinary, 2<<20)})
	}
	for _, t := range texts {
		doc := &shenjiao.Document{Body: &t.text}
		rounds := max(9, min(401, 40<<20/len(t.text)|1))
		var took [2][]float64
		for round := -2; round < rounds; round++ {
			for i, s := range []*shenjiao.Scanner{without, with} {
				start := time.Now()
				if _, err := s.Scan(context.Background(), doc); err != nil {
					return err
				}
				if round >= 0 {
					took[i] = append(took[i], float64(len(t.text))/time.Since(start).Seconds()/1e6)
				}
			}
		}
		for i := range took {
			slices.Sort(took[i])
		}
		a, b := took[0][rounds/2], took[1][rounds/2]
		fmt.Fprintf(w, "| %s | %.0f | %.0f | %.2f |\n", t.name, a, b, b/a)
	}
	data, err := os.ReadFile("semantic/starter.model")
	if err != nil {
		return err
	}
	const copies = 16
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what pools hold outlives one collection
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	models := make([]*semantic.Model, copies)
	for i := range models {
		if models[i], err = semantic.Read(data); err != nil {
			return err
		}
	}
	after := heap()
	fmt.Fprintf(w, "\n模型文件 %d KB，载入后 %d KB；另有 128 KB 的字符表，全进程一份。\n", len(data)>>10, (after-before)/copies>>10)
	runtime.KeepAlive(models)
	return nil
}

func clip(s string, n int) string {
	n = min(n, len(s))
	for n > 0 && n < len(s) && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
