package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/review"
)

const ownFile = `schema: shenjiao.rules/v1
rules:
- id: x_house.internal
  kind: existence
  title: 不出现内部资料字样
  words: [内部资料]
  unless: [不属于]
  message: 正文出现“{word}”
  examples:
    good: [这份材料不属于内部资料。, 公开资料]
    bad: [这是內部資料。, {title: 内部资料, body: ""}]
- id: x_house.full-name
  kind: substitution
  title: 单位名称用全称
  severity: error
  swap: {云州总工会: 云州市总工会, 云州市总: 云州市总工会}
  message: “{word}”应为“{suggestion}”
  examples:
    good: [云州市总工会发出通知。]
    bad: [云州总工会发出通知。, 云州市总发出通知。]
- id: x_house.exclamations
  kind: occurrence
  title: 感叹号不超过三个
  words: [！]
  max: 3
  message: 感叹号有{count}个
  examples:
    good: [好！好！好！]
    bad: ["好!好！好！好！"]
- id: x_house.hours
  kind: requires
  title: 咨询电话注明时间
  when: [咨询电话]
  need: [工作日, 工作时间]
  within: sentence
  examples:
    good: ["咨询电话：12351（工作日9:00—17:00）。"]
    bad: ["咨询电话：12351。工作日休息。"]
- id: x_house.central-title
  kind: expression
  title: 央媒转载不改标题
  english: A repost of central media keeps its title
  severity: error
  action: review
  field: title
  when: >-
    repost.is_repost and sourceClass(repost.source) == "central"
    and not titleKept(title, repost.original_title)
  examples:
    good:
    - {title: 部署稳岗工作, repost: {is_repost: true, source: 新华社, original_title: 部署稳岗工作}}
    - {title: 甲, repost: {is_repost: true, source: 临江晚报, original_title: 乙}}
    bad:
    - {title: 重磅消息, repost: {is_repost: true, source: 新华社, original_title: 部署稳岗工作}}
`

func own(t testing.TB, file string) *Engine {
	t.Helper()
	o, err := ParseOrganisation("own.yaml", []byte(file))
	require.NoError(t, err)
	e, err := build(Options{Own: []*Organisation{o}}, nil)
	require.NoError(t, err)
	return e
}

func parsed(t testing.TB, text string) *review.Document {
	t.Helper()
	doc, err := review.ParseDocument([]byte(text))
	require.NoError(t, err)
	return doc
}

func TestOwnRules(t *testing.T) {
	e := own(t, ownFile)
	evaluations, findings := e.Evaluate(parsed(t, `{"title":"云州总工会通知","body_format":"html",
		"body":"<p>內<b>部資</b>料</p><p>云州市总工会！！</p><p>好！！咨询电话：12351。</p>","digest":""}`), Evidence{Findings: []review.Finding{}})
	var got []string
	for _, ev := range evaluations {
		got = append(got, strings.TrimSpace(fmt.Sprintln(ev.Rule, ev.Status, strings.Join(ev.Missing, " "))))
	}
	require.Equal(t, []string{
		"x_house.internal violated", "x_house.full-name violated", "x_house.exclamations violated", "x_house.hours violated",
		"x_house.central-title not-evaluated repost.is_repost repost.original_title repost.source",
	}, got)
	got = nil
	for _, f := range findings {
		got = append(got, fmt.Sprintln(f.Field, f.Line, f.Column, f.Text, f.Message, f.Suggestion, f.Severity, f.Action))
	}
	require.Equal(t, []string{
		"body 1 4 內<b>部資</b>料 正文出现“内部资料”  warning review\n",
		"title 1 1 云州总工会 “云州总工会”应为“云州市总工会” 云州市总工会 error block\n",
		"body 1 39 ！ 感叹号有4个  warning review\n",
		"body 1 40 咨询电话 咨询电话注明时间  warning review\n",
	}, got)
}

// A rule knows its inputs: what it lacks is missing, not passed.
func TestOwnRulesMissing(t *testing.T) {
	e := own(t, ownFile)
	evaluations, _ := e.Evaluate(parsed(t, `{"title":"通知"}`), Evidence{})
	for _, ev := range evaluations[:4] {
		require.Equal(t, review.StatusNotEvaluated, ev.Status, ev.Rule)
		require.Equal(t, []string{"body"}, ev.Missing, ev.Rule)
	}
	evaluations, _ = e.Evaluate(parsed(t, `{"title":"内部资料"}`), Evidence{})
	require.Equal(t, review.StatusViolated, evaluations[0].Status, "what is known proves it")
}

func TestExpressions(t *testing.T) {
	const doc = `{"title":"关于慰问的通知","body":"采购标准为每人500元，身份证号11010119000101001X。","body_format":"plain",
		"repost":{"is_repost":false},"images":[{"alt":"合影","size_bytes":10},{"size_bytes":30}],
		"workflow":{"reviews":[{"level":1,"result":"approved"},{"level":2,"result":"pending"}]},
		"account":{"admins":[]},"publish_at":"2026-03-02T09:00:00+08:00","now":"2026-03-01T09:00:00+08:00"}`
	for when, want := range map[string]string{
		`length(title) > 5`:                                                "violated",
		`weightedLength(title) == 14`:                                      "violated",
		`title startsWith "关于"`:                                            "violated",
		`mentions(text.body, "慰問")`:                                        "passed",
		`mentions(text.title, "慰問")`:                                       "violated",
		`within(text.body, "采购", "每人", 5)`:                                 "violated",
		`within(text.body, "采购", "每人", 2)`:                                 "passed",
		`count(body, "0") > 5`:                                             "violated",
		`any(workflow.reviews, .level == 2 and .result == "pending")`:      "violated",
		`all(workflow.reviews, .result == "approved")`:                     "passed",
		`len(account.admins) < 2`:                                          "violated",
		`len(account.roles) < 2`:                                           "not-evaluated account.roles",
		`repost.is_repost and repost.source == ""`:                         "not-evaluated repost.source",
		`not known(repost.source)`:                                         "violated",
		`known(repost.source) and repost.source == "x"`:                    "not-evaluated repost.source",
		`sum(images, .size_bytes) > 30`:                                    "violated",
		`any(images, .alt == "合影")`:                                        "violated",
		`hoursBetween(now, publish_at) == 24`:                              "violated",
		`any(spans, .kind == "resident-id" and .field == "body")`:          "violated",
		`any(findings, .category == "gambling_fraud")`:                     "passed",
		`title matches "^关于.*的(通知|公告)$"`:                                   "violated",
		`body_format == "html"`:                                            "passed",
		`sourceClass("新华社") == "central" and sourceClass("网络") == "vague"`: "violated",
		`host("https://www.example.cn/a") == "www.example.cn"`:             "violated",
		`workflow.reviews[7].level == 1`:                                   "not-evaluated profile.rules.x_e",
	} {
		x, err := compileExpression(when)
		require.NoError(t, err, when)
		e, err := build(Options{Own: []*Organisation{{rules: []ownRule{{
			Rule: Rule{ID: "x_e", Severity: review.SeverityWarning, Action: review.ActionReview},
			make: func(*setup) check { return func(c *call) { x.check(c, "title", message{zh: "不行100%", en: "no"}) } },
		}}}}}, nil)
		require.NoError(t, err)
		evaluations, findings := e.Evaluate(parsed(t, doc), Evidence{Findings: []review.Finding{}})
		require.Equal(t, want, strings.TrimSpace(string(evaluations[0].Status)+" "+strings.Join(evaluations[0].Missing, " ")), when)
		for _, f := range findings {
			require.Equal(t, "不行100%", f.Message)
		}
	}
}

func TestOwnRuleFaults(t *testing.T) {
	rule := func(lines string) string {
		return "schema: shenjiao.rules/v1\nrules:\n- id: x_a\n  title: t\n" + lines
	}
	const examples = "  examples: {good: [好], bad: [坏]}\n"
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"not YAML":    {"a: [", []string{"1:4: not YAML: sequence end token ']' not found"}},
		"empty":       {"", []string{"1:1: file holds 0 documents, want one with schema and rules"}},
		"no schema":   {"rules: []", []string{`1:1: schema is missing or another, want "shenjiao.rules/v1"`}},
		"unknown key": {rule("  kind: existence\n  words: [坏]\n  word: [坏]\n" + examples), []string{`7:3: unknown key "word" in rule of kind existence, did you mean "words"?`}},
		"bad kind":    {rule("  kind: exists\n" + examples), []string{`5:9: unknown kind "exists", want existence, substitution, occurrence, requires or expression`}},
		"bad id and no title": {
			"schema: shenjiao.rules/v1\nrules:\n- id: house\n  kind: existence\n  words: [坏]\n" + examples,
			[]string{
				`3:3: title is missing`,
				`3:7: id "house" is no name of an own rule, want x_ and words of a to z, 0 to 9 with . - or _ between them, such as x_house.full-name`,
			},
		},
		"no examples":       {rule("  kind: existence\n  words: [坏]\n"), []string{`3:3: examples is missing: want good and bad, a text or a document each, so that the rule is known to work`}},
		"no bad example":    {rule("  kind: existence\n  words: [坏]\n  examples: {good: [好]}\n"), []string{`7:13: examples has no list bad: want at least one`}},
		"examples fail":     {rule("  kind: existence\n  words: [坏]\n  examples: {good: [坏], bad: [好]}\n"), []string{`3:3: x_a: good example 1 is violated, want passed: change the rule or the example`, `3:3: x_a: bad example 1 is passed, want violated: change the rule or the example`}},
		"example no doc":    {rule("  kind: existence\n  words: [坏]\n  examples: {good: [{titel: x}], bad: [坏]}\n"), nil},
		"never":             {rule("  kind: occurrence\n  words: [坏]\n  min: 3\n  max: 2\n" + examples), []string{`3:3: min and max allow nothing, so the rule can never fire: want min from 1, or a max`}},
		"same form":         {rule("  kind: substitution\n  swap: {總: 总}\n" + examples), []string{`6:10: "總" and "总" are the same in every width, case and script`}},
		"bad message":       {rule("  kind: existence\n  words: [坏]\n  message: '{wrd}'\n" + examples), []string{`7:12: message has a brace that belongs to none of {word}, {suggestion} or {count}`}},
		"bad within":        {rule("  kind: requires\n  when: [坏]\n  need: [好]\n  within: page\n" + examples), []string{`8:11: within is "page", want sentence, paragraph, document or a number of characters`}},
		"unknown field":     {rule("  kind: expression\n  field: title\n  when: titel == \"\"\n" + examples), []string{`7:9: when: unknown name titel`}},
		"unknown member":    {rule("  kind: expression\n  field: title\n  when: repost.sauce == \"\"\n" + examples), []string{`7:16: when: unknown field sauce`}},
		"wrong type":        {rule("  kind: expression\n  field: title\n  when: title > 3\n" + examples), []string{`7:15: when: invalid operation: > (mismatched types string and int)`}},
		"no condition":      {rule("  kind: expression\n  field: title\n  when: length(title)\n" + examples), []string{`7:9: when: expected bool, but got int`}},
		"clock":             {rule("  kind: expression\n  field: title\n  when: now() == date(title)\n" + examples), []string{`7:9: when: string is not callable`}},
		"nested conditions": {rule("  kind: expression\n  field: title\n  when: any(images, any(links, true))\n" + examples), []string{`7:9: when: a condition on a list stands within another, which costs the product of both: want them side by side`}},
		"twice":             {rule("  kind: existence\n  words: [坏]\n" + examples + "- id: x_a\n  title: t\n  kind: existence\n  words: [坏]\n" + examples), nil},
	} {
		_, err := ParseOrganisation("own.yaml", []byte(c.file))
		require.Error(t, err, name)
		if c.want != nil {
			var got []string
			for line := range strings.SplitSeq(err.Error(), "\n") {
				got = append(got, strings.TrimPrefix(line, "rules: own.yaml:"))
			}
			require.Equal(t, c.want, got, name)
		}
	}
}

// near agrees with trying every pair of places.
func TestNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := []rune(rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙")), 0, 12, -1).Draw(t, "s"))
		a := []rune(rapid.SampledFrom([]string{"甲", "甲乙", "丙"}).Draw(t, "a"))
		b := []rune(rapid.SampledFrom([]string{"乙", "乙丙", "甲"}).Draw(t, "b"))
		n := rapid.IntRange(0, 4).Draw(t, "n")
		places := func(w []rune) (at []int) {
			for i := 0; i+len(w) <= len(s); i++ {
				if string(s[i:i+len(w)]) == string(w) {
					at = append(at, i)
				}
			}
			return at
		}
		want := false
		for _, i := range places(a) {
			for _, j := range places(b) {
				want = want || i <= j && j-(i+len(a)) <= n || j <= i && i-(j+len(b)) <= n
			}
		}
		require.Equal(t, want, near(string(s), string(a), string(b), n))
	})
}

// Any bytes are read or refused with at least one problem in the file.
func FuzzOrganisation(f *testing.F) {
	f.Add([]byte(ownFile))
	f.Add([]byte("schema: shenjiao.rules/v1\nrules:\n- {id: x_a, kind: expression, when: 'any(images, .alt == title)', field: x}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := ParseOrganisation("f", data)
		if err != nil {
			require.Nil(t, o)
			require.NotEmpty(t, err.(Problems))
		}
	})
}
