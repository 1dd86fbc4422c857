package review_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

func ExampleParseDocument() {
	doc, err := review.ParseDocument([]byte(`{
		"title": "全国总工会部署今冬明春送温暖工作",
		"body": "来源：新华社\n各地工会已把慰问物资备齐。",
		"repost": {"is_repost": true, "source": "新华社"},
		"workflow": {"reviews": []}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(*doc.Title)
	fmt.Println("source known:", doc.Repost.Source != nil)
	fmt.Println("original title known:", doc.Repost.OriginalTitle != nil)
	fmt.Println("reviews known:", doc.Workflow.Reviews != nil, "and there are", len(doc.Workflow.Reviews))
	// Output:
	// 全国总工会部署今冬明春送温暖工作
	// source known: true
	// original title known: false
	// reviews known: true and there are 0
}

// All problems come at once, each with its path, line and column. None quotes the draft.
func ExampleParseDocument_problems() {
	_, err := review.ParseDocument([]byte(`{
  "titel": "送温暖，今年这样做",
  "body_format": "HTML",
  "workflow": {"reviews": [{"at": "2026-03-02", "reviewer": null}]}
}`))
	fmt.Println(err)

	var input *review.InputError
	if errors.As(err, &input) {
		for _, p := range input.Problems {
			fmt.Println(p.Kind, p.Path)
		}
	}
	// Output:
	// review: titel:2:3: unknown key "titel"; did you mean "title"?
	// review: body_format:3:18: want one of "plain", "html", "markdown", got "HTML"; did you mean "html"?
	// review: workflow.reviews[0].at:4:35: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02": the time of day is missing
	// review: workflow.reviews[0].reviewer:4:61: null is not allowed; leave the key out if the value is unknown, or write "" if there is known to be none
	// unknown-key titel
	// value body_format
	// value workflow.reviews[0].at
	// null workflow.reviews[0].reviewer
}

func ExampleReadDocuments() {
	lines := `{"id":"a","title":"春季防火"}

{"id":"b","title":7}
{"id":"c","title":"夏季防汛"}
`
	for doc, err := range review.ReadDocuments(strings.NewReader(lines)) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(*doc.ID, *doc.Title)
	}
	// Output:
	// a 春季防火
	// review: title:3:19: want a string, got a number; write it in quotation marks
	// c 夏季防汛
}

func ExampleDocument_Fields() {
	doc := &review.Document{
		Title:      new("春季防火"),
		Body:       new("<p>进山不带火种。</p>"),
		BodyFormat: new(review.BodyHTML),
		Images:     []review.Image{{Alt: new("")}, {OCR: new("严禁烟火")}},
	}
	for _, f := range doc.Fields() {
		fmt.Println(f.Path, f.Format, f.Text)
	}
	// Output:
	// title plain 春季防火
	// body html <p>进山不带火种。</p>
	// images[1].ocr plain 严禁烟火
}

func ExampleDocument_Validate() {
	doc := &review.Document{
		Title: new("春季防火"),
		Now:   new(review.Time("2026-03-02 09:00")),
	}
	fmt.Println(doc.Validate())
	// Output:
	// review: now: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02 09:00"
}

func ExampleTextDigest() {
	doc := &review.Document{Title: new("驿站延时开放"), Body: new("即日起开放至晚上十点。")}
	approved := doc.TextDigest(*doc.Body)

	doc.Body = new("即日起，开放至晚上十点。")
	fmt.Println("edited:", doc.TextDigest(*doc.Body) == approved)
	doc.Body = new("即日起\n开放至 晚上十点。\n")
	fmt.Println("white space only:", doc.TextDigest(*doc.Body) == approved)
	// Output:
	// edited: false
	// white space only: true
}

func ExampleReport() {
	r := review.Report{
		Document: review.DocumentRef{ID: "d1"},
		Snapshot: review.Snapshot{Digest: "sha256:…", Profile: "base"},
		Findings: []review.Finding{{
			ID: "1", Rule: "repost.original-title-missing", Severity: review.SeverityWarning, Action: review.ActionReview,
			Confidence: 1, Field: "repost.original_title", Message: "转载稿未登记原标题", Fingerprint: "sha256:…",
		}},
	}
	r.Sort()
	r.Verdict = review.VerdictOf(r.Findings)

	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(text))
	// Output:
	// {
	//  "schema": "shenjiao.report/v1",
	//  "document": {
	//   "id": "d1"
	//  },
	//  "verdict": "review",
	//  "snapshot": {
	//   "digest": "sha256:…",
	//   "packs": [],
	//   "profile": "base"
	//  },
	//  "findings": [
	//   {
	//    "id": "1",
	//    "rule": "repost.original-title-missing",
	//    "category": "",
	//    "severity": "warning",
	//    "action": "review",
	//    "confidence": 1,
	//    "field": "repost.original_title",
	//    "span": {
	//     "start": 0,
	//     "end": 0
	//    },
	//    "runes": {
	//     "start": 0,
	//     "end": 0
	//    },
	//    "utf16": {
	//     "start": 0,
	//     "end": 0
	//    },
	//    "line": 0,
	//    "column": 0,
	//    "text": "",
	//    "message": "转载稿未登记原标题",
	//    "fingerprint": "sha256:…"
	//   }
	//  ],
	//  "evaluations": []
	// }
}
