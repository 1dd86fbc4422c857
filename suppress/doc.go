// Package suppress reads the answers that people gave to findings beforehand: that a finding is known, and that it stays.
//
// An answer stands in one of two places. An editor writes a comment into a draft in HTML or Markdown, before the block of
// text that it is about or within it:
//
//	<!-- shenjiao:ignore political_terms until=2027-03-31 by=李某 reason=引用旧报原题 -->
//
// A team keeps a file of findings that are known, a baseline, by their fingerprints:
//
//	{"schema": "shenjiao.baseline/v1", "findings": [
//	  {"fingerprint": "0f3a…", "rule": "term", "field": "body", "term": "法制日报", "reason": "存量稿件", "until": "2027-03-31"}
//	]}
//
// [ParseComment] and [ParseBaseline] read them. This package decides which answer is one for which finding
// ([Comment.Covers], [Baseline.Answer]) and when it has expired; that a suppressed finding still appears in the report,
// and an expired answer too, is the work of package shenjiao.
//
// # Terminology
//
//   - An answer is a decision of a person about findings, with a reason.
//   - A selector says which findings a comment is about: a rule (data.scope-note), a category (political_terms), a label
//     of a category (political_terms/institution_name), or a term (term:法制日报).
//   - A day is written YYYY-MM-DD; the last day of an answer is one on which it still counts.
//
// # Security considerations
//
// Whoever writes a draft can write a comment into it. So comments answer, by default, only for findings that ask for
// review, never for one that blocks; see shenjiao.Options. Nothing here quotes a draft: errors of baselines quote the
// baseline, and those of comments name what is wrong with their form.
package suppress
