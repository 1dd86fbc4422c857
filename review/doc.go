// Package review is the vocabulary of a check before publication: what goes in (a [Document]) and what comes out (a
// [Report] of [Finding] values). It holds data, strict JSON for it, and next to no logic.
//
// # Documents
//
// A [Document] is what the caller knows about a draft: its texts, its pictures, where it was taken from, who reviewed
// it, which account publishes it. Every field may be absent, and absent means unknown. An empty value is knowledge: it
// says "looked, there is none". So
//
//	{}                              nothing is known about the reviews
//	{"workflow":{"reviews":[]}}     there was no review
//
// are different documents, and rules treat them differently: absence of data is never compliance. In Go the difference
// is that between nil and a pointer to an empty value, or between a nil and an empty slice. The new of Go 1.26 makes
// the pointers:
//
//	doc := &review.Document{
//		Title:      new("关于开展春季防火检查的通知"),
//		Body:       new("<p>……</p>"),
//		BodyFormat: new(review.BodyHTML),
//		Repost:     &review.Repost{IsRepost: new(false)},
//	}
//
// [ParseDocument] reads one from JSON and [ReadDocuments] reads a stream of them, one a line. Both are strict, because
// a key that is silently ignored is a check that silently did not happen, and both report all problems at once, each
// with its path, line and column:
//
//	review: titel:1:2: unknown key "titel"; did you mean "title"?
//	review: workflow.reviews[0].at:1:44: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02": the time of day is missing
//
// [Document.Validate] checks the same of a Document that was built in Go. encoding/json writes a Document; it can also
// read one, but is not strict.
//
// [Document.Fields] are the texts of a document that are scanned, each with the path that findings in it carry, and
// [TextDigest] says whether a text is still the one that was approved.
//
// # Reports
//
// A [Finding] has a [Severity], which says how bad it is, and an [Action], which says what the pipeline should do. The
// two are independent: a house may let errors of one kind pass and have notices of another reviewed. The strongest
// action of a report is its [Verdict]. All three are ordered, so that < and max work, and are names in JSON.
//
// A [Report] holds the findings, the outcome of each rule, on request the candidates that were vetoed, and the
// [Snapshot] that judged. [Report.Sort] puts it into its one order.
//
// The JSON Schemas of Document and Report are in package schema.
//
// # Terminology
//
//   - Absent: not given; unknown. Empty: given, and known to be none.
//   - Path: the name of a value in a document, as its JSON has it, with 0-based indexes: workflow.reviews[1].at.
//   - Field: a text of a document that is scanned, and its path.
//   - Span: a half-open range [Start, End). A Span without further words is in bytes of the field's text as the caller
//     gave it, markup included. Runes and UTF16 are the same range in runes and in UTF-16 code units. All three are
//     0-based; Line and Column are 1-based, and columns count runes.
//   - Rule: a check over a document. Status: its outcome.
//   - Term: one entry of a lexicon. Category and label: what kind of term it is. Pack: a set of terms with an owner.
//   - Channel: a way in which a text can differ from a term and still mean it.
//   - Veto: the decision that a candidate is no finding.
//   - Problem: a fault of an input, not of a draft.
//
// # Security considerations
//
// Documents may be hostile. Parsing is linear in the input, nests at most 64 deep, keeps at most 1000 problems, and for
// a stream holds one line of at most [MaxLineBytes]. A parsed Document can need some 60 bytes a byte of input (a list
// of empty records); a caller that serves strangers limits the size of the input.
//
// Errors never hold the prose of a draft, so they may be logged; see [InputError]. Reports do hold it.
package review
