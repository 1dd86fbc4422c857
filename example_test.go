package shenjiao_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

func ExampleScanner_Scan() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	report, err := scanner.Scan(context.Background(), &shenjiao.Document{
		Title:      new("代表共商国事"),
		Body:       new("<p>这种药包治<b>百病</b>，请一次性交付定金。</p>"),
		BodyFormat: new(review.BodyHTML),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict)
	for _, f := range report.Findings {
		fmt.Println(f.Rule, f.Field, f.Span, f.Text, f.Channels)
	}
	// Output:
	// review
	// term title {6 18} 共商国事 []
	// content.no-false-unhealthy body {12 27} 包治<b>百病 []
	// term body {12 27} 包治<b>百病 [markup]
}

// An organisation's own pack stands beside the starter pack.
func ExampleOptions_packs() {
	house := fstest.MapFS{ // os.DirFS("lexicon") for a folder on disk
		"pack.yaml":       {Data: []byte("id: house\nversion: 1.0.0\n")},
		"terms/house.csv": {Data: []byte("term,category,suggest\n云洲市,x_names,云州市\n")},
	}
	scanner, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{house}})
	if err != nil {
		log.Fatal(err)
	}
	report, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new("云洲市总工会")})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range report.Findings {
		fmt.Println(f.Pack, f.Category, f.Text, f.Suggestion)
	}
	// Output:
	// house x_names 云洲市 云州市
}

// A long text is written in chunks; findings arrive while it is.
func ExampleScanner_NewStream() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	stream := scanner.NewStream(context.Background(), shenjiao.StreamOptions{
		ID:        "long.txt",
		OnFinding: func(f shenjiao.Finding) { fmt.Println("found", f.Text, "at", f.Line, f.Column) },
	})
	text := strings.NewReader("第一行\n他们再接再励。\n")
	if _, err := io.Copy(stream, text); err != nil {
		log.Fatal(err)
	}
	report, err := stream.Report()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Document.ID, report.Verdict, len(report.Findings))
	// Output:
	// found 再接再励 at 2 3
	// long.txt review 1
}

// What a scan would not let pass is masked: terms, and personal data.
func ExampleScanner_Mask() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	const text = "这种药包 治*百病，详询手机138-0013-8000。"
	for _, with := range []shenjiao.MaskFunc{
		shenjiao.MaskChars('*'),
		shenjiao.MaskFixed("（略）"),
		shenjiao.MaskCategory(shenjiao.Chinese),
		func(m shenjiao.Masking) string { return "<" + m.Finding.Label + ">" },
	} {
		masked, err := scanner.Mask(context.Background(), text, shenjiao.MaskOptions{With: with})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(masked)
	}
	// Output:
	// 这种药******，详询手机138-****-8000。
	// 这种药（略），详询手机（略）。
	// 这种药[迷信伪科]，详询手机[手机号码]。
	// 这种药<cure_claim>，详询手机<mobile>。
}

// A text is masked on its way to another writer, in any chunks.
func ExampleScanner_NewMaskWriter() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := scanner.NewMaskWriter(context.Background(), os.Stdout, shenjiao.MaskOptions{})
	for _, token := range []string{"他们再", "接再", "励，干得不错", "。\n"} {
		if _, err := io.WriteString(w, token); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 他们****，干得不错。
}

// Many documents on all cores: the reports come in the order of the documents.
func ExampleScanner_ScanAll() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	drafts := []*shenjiao.Document{
		{ID: new("1"), Body: new("请各单位按时报送材料。")},
		{ID: new("2"), Body: new("据《法制日报》报道。")},
	}
	for report, err := range scanner.ScanAll(context.Background(), slices.Values(drafts), 0) {
		if err != nil {
			log.Print(err)
			continue
		}
		fmt.Println(report.Document.ID, report.Verdict, len(report.Findings))
	}
	// Output:
	// 1 pass 0
	// 2 review 1
}
