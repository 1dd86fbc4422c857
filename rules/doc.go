// Package rules checks what is more than a word: that a repost keeps its
// title, that a figure says what it counts, that three levels have approved.
//
//	engine, err := rules.New(rules.Options{})
//	if err != nil {
//		return err
//	}
//	evaluations, findings := engine.Evaluate(doc, rules.Evidence{})
//
// # Rules
//
// A [Rule] is one checkable statement with its title, severity, action and
// basis, the inputs that it reads, its parameters and its examples. They are
// described in the catalogue, one YAML file a topic in the folder catalog, and
// checked by one Go function each. [Rules] lists them and [Find] returns one.
//
// A rule says one of three things of a document: passed, violated, or not
// evaluated, with the paths of the inputs that are missing. The laws:
//
//   - violated, if what is known proves it, whatever is unknown;
//   - passed, if what is known proves it; a rule that does not apply passes;
//   - otherwise not evaluated. Absence of data is never compliance.
//   - A gate (is it a repost? which type has the account?) comes first: while
//     it is unknown, it alone is missing.
//   - A field that only opens an exception has to be there for it: absent, the
//     exception is not claimed.
//   - What is known to be empty is known: no review ([]) is a violation where
//     an unknown one (nil) is a missing input.
//
// A violation may be graver or milder than the rule, and a rule that passed
// may still leave a notice.
//
// # Profiles
//
// Limits are never in code. A [Profile] says which rules are on, how grave
// they are, and what their parameters and the shared lists are. The base
// profile (profiles/base.yaml) has a value for everything; presets (seed2014,
// wechat2026, three-level, yangzhou-union) and an organisation's own file
// change some of them:
//
//	schema: shenjiao.profile/v1
//	id: my-union
//	extends: [wechat2026, three-level]      # base first, always; then from left to right; then this file
//	lists: {organs: [市公安局, 市人社局]}       # replaces
//	lists_add: {allowed_contacts: ["0311-60000000", "@example.cn"]}
//	rules:
//	  platform.title-length: {params: {max: 30}}
//	  platform.language: {enabled: true, severity: warning, action: review}
//
// Maps are merged by key, scalars and lists replaced. In a list of strings
// builtin, or builtin:NAME, stands for one of catalog/lists.yaml. A rule, a
// parameter, a list or a preset that does not exist is an error with its line
// and column; [ParseProfile] reports all of them.
//
// # Own rules
//
// An organisation writes rules of its own in files ([ParseOrganisation]): words
// that must not stand in a text, wrong forms with their right ones, how often
// something may stand, what another thing requires nearby, and conditions over
// the document. Each has examples that run when the file is read.
//
//	schema: shenjiao.rules/v1
//	rules:
//	- id: x_house.full-name
//	  kind: substitution
//	  title: 单位名称用全称
//	  swap: {云州总工会: 云州市总工会}
//	  message: “{word}”应为“{suggestion}”
//	  examples: {good: [云州市总工会通知], bad: [云州总工会通知]}
//
// # What people still have to do
//
// [Engine.Steps] turns outcomes and findings into the steps that are left, in
// their order: editing, the secrecy examination, the legality review, each
// approval that is missing. A pipeline hands the draft to whoever has the first
// one, and is told why:
//
//	approval, level 3 (终审): workflow.three-level-review, 缺少终审
//
// # Adding a rule
//
// Describe it in the file of its topic, with an example each that violates it,
// passes it and lacks an input; give its parameters a value in
// profiles/base.yaml; write its check and name it in the topic's table. The
// tests hold the three together. A check tells its call what it finds (see the
// comment of call in engine.go): what it asks for and does not get is missing,
// what it violates is a finding at a record or at a place of a page.
//
// A page is a text of the document, extracted from its markup and folded rune
// by rune into one width, case and script, so that a check looks for 来源 and
// finds 來源. Words that a check looks for belong to a class, made when the
// engine is; one pass over a page finds the words of all rules. So the cost of
// a document hardly depends on the number of rules.
//
// # Lower level
//
// [CompareTitles] says how a title relates to the original one, [ScopePhrases]
// where a text says what its figures count (统计口径), and [Outlets] knows the
// central media by the names that source lines use. Each can be used alone.
//
// # Security considerations
//
// Evaluation is linear in the document. It reads no clock and no network:
// moments come from the document. Errors never hold text of a document;
// findings do.
package rules

//go:generate go run reference.go
