// Package shenjiao (审校) checks a draft in Chinese before it is published.
//
// It finds sensitive and incorrect terms of twelve categories, also where they
// are disguised, leaves ordinary words alone, and returns findings that point
// into the caller's own bytes:
//
//	scanner, err := shenjiao.New(shenjiao.Options{})
//	if err != nil {
//		return err
//	}
//	report, err := scanner.Scan(ctx, &shenjiao.Document{Body: new("…")})
//	if err != nil {
//		return err
//	}
//	for _, f := range report.Findings {
//		fmt.Println(f.Line, f.Column, f.Text, f.Message)
//	}
//
// A [Scanner] is built once from [Options] and then used by any number of
// goroutines. [Scanner.Scan] takes a [Document], what is known about a draft:
// its texts in plain, HTML or Markdown form, and facts about it. The [Report]
// has a verdict (pass, review or block), the findings, and what judged them.
// Package review describes both and their JSON form.
//
// A long plain text can be written to a [Stream] in chunks; findings are
// delivered as soon as they are certain, and the report is that of the whole.
//
// [Scanner.Mask] returns a text without what a scan would not let pass; a
// [MaskWriter] or the reader of [Scanner.NewMaskReader] does the same to a text
// of any length, and releases no character that can still become part of a
// finding. [MaskOptions] say what is masked and what stands in its place. Package
// sse does it to the answers of language models.
//
// What is found is decided by packs of terms; package lexicon describes their
// form. The starter pack is built in; [Options.Packs] adds an organisation's
// own.
//
// Publishing rules look at the document as a whole: a repost keeps its title,
// three levels have approved. Report.Evaluations says of each rule whether it
// passed, was violated, or lacked an input; [Options.Profile] chooses the
// rules and their limits. Package rules describes them.
//
// Package recognize finds what no list can name: identity numbers, telephone
// numbers and other personal data, secrecy marks, disguised links. Their
// findings have the rule "recognize." and the id of the kind; the data in them
// are masked. [Options.Published] names the contacts that are meant to be
// public. Where a term or a publishing rule reports the very same place, there
// is one finding, which has the rule of that.
//
// # In a pipeline
//
// A check can fail: its time is up, or the document is none. A [Gate] turns a
// draft into a decision all the same, in the way that the caller has stated
// (fail closed, open, or to a person). [Options.Observer] is told of every check;
// package observe and those below it write logs and count for Prometheus and
// OpenTelemetry. Package reload follows packs that change, and package serve
// answers over HTTP.
//
// # Lower level
//
// Packages recognize, matcher (patterns and disguises), segment (word
// boundaries), text (what a reader sees of HTML and Markdown) and lexicon can
// be used alone.
//
// # Security considerations
//
// Time is linear in the text, also for hostile text and any lexicon. Errors
// never hold scanned text; reports do, with personal data masked, and are as
// confidential as the draft. What stands around a mask can still be read
// together by a reader who expects something there. A scan decides nothing about facts: what needs a person is said to.
package shenjiao
