package review

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// problems returns the problems of an error as text, and fails if it is no InputError.
func problems(t *testing.T, err error) []string {
	t.Helper()
	var input *InputError
	require.ErrorAs(t, err, &input)
	require.NotEmpty(t, input.Problems)
	var out []string
	for _, p := range input.Problems {
		out = append(out, p.String())
	}
	return out
}

var badInputs = []struct {
	name, input string
	want        []string
}{
	// Syntax.
	{"empty input", "", []string{
		`1:1: want an object, got the end of the input`}},
	{"white space only", " \n\t", []string{
		`2:2: want an object, got the end of the input`}},
	{"byte order mark only", "\uFEFF", []string{
		`1:1: want an object, got the end of the input`}},
	{"object not closed", `{"title":"春"`, []string{
		`1:13: want ',' or '}', got the end of the input`}},
	{"array not closed", `{"images":[{}`, []string{
		`images:1:14: want ',' or ']', got the end of the input`}},
	{"string not closed", "{\"title\":\"春天\n", []string{
		`title:1:10: a string that is not closed; its last quotation mark is missing`,
		`title:1:13: a control character inside quotation marks; write a line break as \n, a tab as \t`}},
	{"trailing comma in object", `{"title":"春",}`, []string{
		`1:14: want a key after the comma, got '}'`}},
	{"trailing comma in array", `{"images":[{},]}`, []string{
		`images:1:15: want a value after the comma, got ']'`}},
	{"leading comma", `{,}`, []string{
		`1:2: want a key in double quotation marks, got ','`}},
	{"key without quotation marks", `{title:"春"}`, []string{
		`1:2: want a key in double quotation marks, got a letter`}},
	{"single quotation marks", `{'title':'春'}`, []string{
		`1:2: want a key in double quotation marks, got '\''`}},
	{"no colon", `{"title" "春"}`, []string{
		`1:10: want ':' after the key, got '"'`}},
	{"full-width colon", `{"title"："春"}`, []string{
		`1:9: want ':' after the key, got punctuation that is not ASCII; is an input method on?`}},
	{"full-width space", "{\"title\":\u3000\"春\"}", []string{
		`title:1:10: want a string, got the space U+3000, which is not white space in JSON`}},
	{"no value", `{"title":}`, []string{
		`title:1:10: want a string, got '}'`}},
	{"quotation mark inside a text", `{"body":"他说"你好"。"}`, []string{
		`1:13: want ',' or '}', got a character outside quotation marks; inside a text a quotation mark is written \"`}},
	{"comment", `{"title":"春" // 标题`, []string{
		`1:14: want ',' or '}', got '/'`}},
	{"Python literal", `{"meta":{"own_affairs":True}}`, []string{
		`meta.own_affairs:1:24: want true or false, got True, which JSON writes true`}},
	{"misspelt literal", `{"meta":{"own_affairs":tru}}`, []string{
		`meta.own_affairs:1:24: want true or false, got a letter`}},
	{"not a number", `{"audio":{"duration_seconds":NaN}}`, []string{
		`audio.duration_seconds:1:30: want a number, got NaN, which JSON does not have`}},
	{"leading zero", `{"audio":{"size_bytes":012}}`, []string{
		`audio.size_bytes:1:24: want a number as JSON writes it (12, -0.5, 1e3), without leading zero or plus sign`}},
	{"plus sign", `{"audio":{"size_bytes":+1},"id":1}`, []string{
		`audio.size_bytes:1:24: want a number as JSON writes it (12, -0.5, 1e3), without leading zero or plus sign`,
		`id:1:33: want a string, got a number; write it in quotation marks`}},
	{"no digit after the point", `{"audio":{"duration_seconds":1.}}`, []string{
		`audio.duration_seconds:1:30: want a number as JSON writes it (12, -0.5, 1e3), without leading zero or plus sign`}},
	{"no exponent", `{"audio":{"duration_seconds":1e}}`, []string{
		`audio.duration_seconds:1:30: want a number as JSON writes it (12, -0.5, 1e3), without leading zero or plus sign`}},
	{"line break in a text", "{\"title\":\"春\n天\",\"id\":1}", []string{
		`title:1:12: a control character inside quotation marks; write a line break as \n, a tab as \t`,
		`id:2:9: want a string, got a number; write it in quotation marks`}},
	{"unknown escape", `{"attachments":[{"name":"C:\file \q"}]}`, []string{
		`attachments[0].name:1:34: unknown escape sequence; a backslash is written \\`}},
	{"short escape", `{"title":"\u12"}`, []string{
		`title:1:11: want 4 hexadecimal digits after \u`}},
	{"two documents", "{}\n{}", []string{
		`2:1: want nothing after the document, got '{'; several documents go into JSON Lines, one a line`}},
	{"closing too much", `{}}`, []string{
		`1:3: want nothing after the document, got '}'; several documents go into JSON Lines, one a line`}},
	{"byte order mark in the middle", "{}\uFEFF", []string{
		`1:3: want nothing after the document, got the invisible character U+FEFF; several documents go into JSON Lines, one a line`}},

	// Encoding.
	{"invalid UTF-8 in a text", "{\n \"title\": \"春\xb4\xba天\"}", []string{
		`title:2:13: want UTF-8, got byte 0xb4 at byte offset 16; save the input as UTF-8`}},
	{"invalid UTF-8 in a key", "{\"\xff\":1}", []string{
		`1:3: want UTF-8, got byte 0xff at byte offset 2; save the input as UTF-8`}},
	{"invalid UTF-8 outside", "{\xff}", []string{
		`1:2: want a key in double quotation marks, got byte 0xff, which is not UTF-8`}},
	{"encoded surrogate", "{\"title\":\"\xed\xa0\x80\"}", []string{
		`title:1:11: want UTF-8, got byte 0xed at byte offset 10; save the input as UTF-8`}},
	{"UTF-16", "\xff\xfe{\x00}\x00", []string{
		`1:1: want an object, got byte 0xff, which is not UTF-8`}},
	{"high surrogate alone", `{"title":"春\ud83d天"}`, []string{
		`title:1:12: want a character, got half of a surrogate pair as \u escape; write both halves, or the character itself`}},
	{"low surrogate alone", `{"title":"\ude00"}`, []string{
		`title:1:11: want a character, got half of a surrogate pair as \u escape; write both halves, or the character itself`}},
	{"high surrogate before another escape", `{"title":"\ud83d\u0041"}`, []string{
		`title:1:11: want a character, got half of a surrogate pair as \u escape; write both halves, or the character itself`}},

	// Keys.
	{"unknown key", `{"workflow":{"colour":"红"}}`, []string{
		`workflow.colour:1:14: unknown key "colour"; want one of action, editor, application, reviews, secrecy_review, legal_review, consultations, auto_findings, dispositions, check_runs, approved_digest`}},
	{"misspelt key", `{"titel":"春"}`, []string{
		`titel:1:2: unknown key "titel"; did you mean "title"?`}},
	{"key in upper case", `{"Title":"春"}`, []string{
		`Title:1:2: unknown key "Title"; did you mean "title"?`}},
	{"key in camel case", `{"repost":{"isRepost":true}}`, []string{
		`repost.isRepost:1:12: unknown key "isRepost"; did you mean "is_repost"?`}},
	{"key in the wrong place", `{"original_title":"春"}`, []string{
		`original_title:1:2: unknown key "original_title"; did you mean repost.original_title?`}},
	{"key with a look-alike", `{"titlе":"春"}`, []string{
		`["titlе"]:1:2: unknown key "titl\u0435"; did you mean "title"?`}},
	{"empty key", `{"video":{"":1}}`, []string{
		`video[""]:1:11: unknown key ""; want one of format, size_bytes`}},
	{"key with a dot", `{"video":{"size.bytes":1}}`, []string{
		`video["size.bytes"]:1:11: unknown key "size.bytes"; did you mean "size_bytes"?`}},
	{"long key", `{"video":{"` + strings.Repeat("长", 70) + `":1}}`, []string{
		`video["` + strings.Repeat("长", 64) + `…"]:1:11: unknown key "` + strings.Repeat("长", 64) + `…"; want one of format, size_bytes`}},
	{"unknown key with a deep value", `{"video":{"x":[{"a":null,"a":[1,"\n"]}]},"id":null}`, []string{
		`video.x:1:11: unknown key "x"; want one of format, size_bytes`,
		`id:1:47: null is not allowed; leave the key out if the value is unknown, or write "" if there is known to be none`}},
	{"duplicate key", "{\"id\":\"1\",\n \"title\":\"春\", \"id\":2}", []string{
		`id:2:15: duplicate key "id"; the first is at 1:2`}},
	{"duplicate key in escapes", `{"id":"1","\u0069d":"2"}`, []string{
		`id:1:11: duplicate key "id"; the first is at 1:2`}},
	{"duplicate key in an element", `{"images":[{},{"alt":"","alt":""}]}`, []string{
		`images[1].alt:1:25: duplicate key "alt"; the first is at 1:16`}},

	// Types.
	{"document is an array", `[{}]`, []string{
		`1:1: want an object, got an array`}},
	{"document is null", `null`, []string{
		`1:1: want an object, got null`}},
	{"number for string", `{"title":12}`, []string{
		`title:1:10: want a string, got a number; write it in quotation marks`}},
	{"object for string", `{"title":{}}`, []string{
		`title:1:10: want a string, got an object`}},
	{"string for number", `{"video":{"size_bytes":"12"}}`, []string{
		`video.size_bytes:1:24: want an integer, got a string; write it without quotation marks`}},
	{"string for boolean", `{"repost":{"is_repost":"true"}}`, []string{
		`repost.is_repost:1:24: want true or false, got a string; write it without quotation marks`}},
	{"number for boolean", `{"repost":{"is_repost":1}}`, []string{
		`repost.is_repost:1:24: want true or false, got a number`}},
	{"object for array", `{"images":{"alt":"春"}}`, []string{
		`images:1:11: want an array, got an object; write it in brackets, also if there is only one`}},
	{"array for object", `{"meta":[]}`, []string{
		`meta:1:9: want an object, got an array`}},
	{"element of the wrong type", `{"account":{"org_short":["市总",7]}}`, []string{
		`account.org_short[1]:1:31: want a string, got a number; write it in quotation marks`}},

	// null.
	{"null for string", `{"title":null}`, []string{
		`title:1:10: null is not allowed; leave the key out if the value is unknown, or write "" if there is known to be none`}},
	{"null for object", `{"meta":null}`, []string{
		`meta:1:9: null is not allowed; leave the key out if the value is unknown, or write {} if there is known to be none`}},
	{"null for array", `{"images":null}`, []string{
		`images:1:11: null is not allowed; leave the key out if the value is unknown, or write [] if there is known to be none`}},
	{"null for boolean", `{"repost":{"is_repost":null}}`, []string{
		`repost.is_repost:1:24: null is not allowed; leave the key out if the value is unknown, or write false if there is known to be none`}},
	{"null for enumeration", `{"body_format":null}`, []string{
		`body_format:1:16: null is not allowed; leave the key out if the value is unknown`}},
	{"null for element", `{"images":[null]}`, []string{
		`images[0]:1:12: null is not allowed; leave the element out`}},

	// Values.
	{"enumeration", `{"body_format":"pdf"}`, []string{
		`body_format:1:16: want one of "plain", "html", "markdown", got "pdf"`}},
	{"enumeration in upper case", `{"body_format":"HTML"}`, []string{
		`body_format:1:16: want one of "plain", "html", "markdown", got "HTML"; did you mean "html"?`}},
	{"enumeration with empty", `{"workflow":{"legal_review":{"result":"ok"}}}`, []string{
		`workflow.legal_review.result:1:39: want one of "approved", "rejected", "pending", "", got "ok"`}},
	{"empty enumeration", `{"body_format":""}`, []string{
		`body_format:1:16: want one of "plain", "html", "markdown", got ""`}},
	{"severity", `{"workflow":{"auto_findings":[{"severity":"info"}]}}`, []string{
		`workflow.auto_findings[0].severity:1:43: want one of "error", "warning", "notice", got "info"`}},
	{"prose for enumeration", `{"body_format":"` + strings.Repeat("字", 65) + `"}`, []string{
		`body_format:1:16: want one of "plain", "html", "markdown", got a string of 65 characters`}},
	{"id in upper case", `{"message_type":"News"}`, []string{
		`message_type:1:17: want a lower-case id (a-z, 0-9, _) or "", got "News"`}},
	{"id with a leading underscore", `{"message_type":"_news"}`, []string{
		`message_type:1:17: want a lower-case id (a-z, 0-9, _) or "", got "_news"`}},
	{"id in a list", `{"workflow":{"check_runs":[{"categories":["minors","x y"]}]}}`, []string{
		`workflow.check_runs[0].categories[1]:1:52: want a lower-case id (a-z, 0-9, _) or "", got "x y"`}},
	{"month 13 in a time", "{\"workflow\": {\n  \"reviews\": [{}, {\"at\": \"2026-13-01T09:00:00+08:00\"}]}}", []string{
		`workflow.reviews[1].at:2:26: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-13-01T09:00:00+08:00": there is no such month`}},
	{"time without offset", `{"now":"2026-03-02T09:00:00"}`, []string{
		`now:1:8: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02T09:00:00": the offset is missing`}},
	{"time is a date", `{"now":"2026-03-02"}`, []string{
		`now:1:8: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02": the time of day is missing`}},
	{"time with a space", `{"now":"2026-03-02 09:00:00"}`, []string{
		`now:1:8: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02 09:00:00"`}},
	{"hour 24", `{"operations":{"login_checks":["2026-03-02T24:00:00Z"]}}`, []string{
		`operations.login_checks[0]:1:32: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02T24:00:00Z": there is no such time of day`}},
	{"offset 24:00", `{"now":"2026-03-02T23:00:00+24:00"}`, []string{
		`now:1:8: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02T23:00:00+24:00": there is no such offset`}},
	{"30 February", `{"meta":{"issued_on":"2026-02-30"}}`, []string{
		`meta.issued_on:1:22: want a date (2026-03-02) or "", got "2026-02-30": there is no such day`}},
	{"date with slashes", `{"meta":{"issued_on":"2026/2/3"}}`, []string{
		`meta.issued_on:1:22: want a date (2026-03-02) or "", got "2026/2/3"`}},
	{"month 00", `{"operations":{"months":[{"month":"2026-00"}]}}`, []string{
		`operations.months[0].month:1:35: want a month (2026-03), got "2026-00": there is no such month`}},
	{"empty month", `{"operations":{"months":[{"month":""}]}}`, []string{
		`operations.months[0].month:1:35: want a month (2026-03), got ""`}},
	{"negative integer", `{"video":{"size_bytes":-1}}`, []string{
		`video.size_bytes:1:24: want an integer from 0 to 9223372036854775807, got -1`}},
	{"fraction for integer", `{"video":{"size_bytes":1.5}}`, []string{
		`video.size_bytes:1:24: want an integer from 0 to 9223372036854775807, got 1.5`}},
	{"integer out of range", `{"video":{"size_bytes":9223372036854775808}}`, []string{
		`video.size_bytes:1:24: want an integer from 0 to 9223372036854775807, got 9223372036854775808`}},
	{"huge exponent", `{"video":{"size_bytes":1e999999999999999999999}}`, []string{
		`video.size_bytes:1:24: want an integer from 0 to 9223372036854775807, got 1e999999999999999999999`}},
	{"hugest negative exponent", `{"video":{"size_bytes":0.1e-9223372036854775808}}`, []string{
		`video.size_bytes:1:24: want an integer from 0 to 9223372036854775807, got 0.1e-9223372036854775808`}},
	{"long number", `{"video":{"size_bytes":` + strings.Repeat("9", 65) + `}}`, []string{
		`video.size_bytes:1:24: want an integer from 0 to 9223372036854775807, got a number of 65 characters`}},
	{"number out of range", `{"audio":{"duration_seconds":1e400}}`, []string{
		`audio.duration_seconds:1:30: want a number that fits 64-bit floating point, got 1e400`}},

	// Limits, and several at once.
	{"too deep", `{"x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + `}`, []string{
		`x:1:2: unknown key "x"; want one of id, title, digest, author, body, body_format, message_type, now, publish_at, images, audio, video, attachments, links, meta, repost, workflow, account, operations`,
		`1:69: objects and arrays nest more than 64 deep`}},
	{"many faults", "\uFEFF{\"titel\":1,\"now\":\"x\",\r\n\"images\":[{\"alt\":null},{\"size_bytes\":-1,\"src\":\"\\ud800\"}],", []string{
		`titel:1:2: unknown key "titel"; did you mean "title"?`,
		`now:1:18: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "x"`,
		`images[0].alt:2:18: null is not allowed; leave the key out if the value is unknown, or write "" if there is known to be none`,
		`images[1].size_bytes:2:38: want an integer from 0 to 9223372036854775807, got -1`,
		`images[1].src:2:48: want a character, got half of a surrogate pair as \u escape; write both halves, or the character itself`,
		`2:58: want a key in double quotation marks, got the end of the input`}},
}

func TestParseDocumentBad(t *testing.T) {
	require.NotEmpty(t, badInputs)
	seen := map[string]bool{}
	for _, c := range badInputs {
		require.False(t, seen[c.name], "two cases are named %q", c.name)
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			doc, err := ParseDocument([]byte(c.input))
			require.Nil(t, doc)
			require.Equal(t, c.want, problems(t, err))
		})
	}
}

func TestParseDocumentGood(t *testing.T) {
	cases := []struct {
		name, input string
		want        Document
	}{
		{"nothing known", `{}`, Document{}},
		{"byte order mark", "\uFEFF {}\r\n", Document{}},
		{"empty values", `{"title":"","images":[],"audio":{},"account":{"org_short":[]},"now":"","message_type":""}`, Document{
			Title: new(""), Images: []Image{}, Audio: &Audio{}, Account: &Account{OrgShort: []string{}},
			Now: new(Time("")), MessageType: new(ID("")),
		}},
		{"escapes", `{"body":"\"\\\/\b\f\n\r\t\u6625\u5929\ud83d\ude00\uFFFD\u0000"}`, Document{
			Body: new("\"\\/\b\f\n\r\t春天😀\uFFFD\x00"),
		}},
		{"any order, escaped key", `{"bod\u0079":"天","title":"春"}`, Document{Title: new("春"), Body: new("天")}},
		{"whole numbers", `{"images":[{"size_bytes":12.0},{"size_bytes":1.2e1},{"size_bytes":-0},{"size_bytes":9223372036854775807},{"size_bytes":1200E-2},{"size_bytes":0e99999999999999999999}]}`,
			Document{Images: []Image{
				{SizeBytes: new(int64(12))}, {SizeBytes: new(int64(12))}, {SizeBytes: new(int64(0))},
				{SizeBytes: new(int64(9223372036854775807))}, {SizeBytes: new(int64(12))}, {SizeBytes: new(int64(0))},
			}}},
		{"numbers", `{"operations":{"uptime_percent":99.95,"months":[{"follower_growth_percent":-1.5e0}]}}`, Document{
			Operations: &Operations{UptimePercent: new(99.95), Months: []MonthFigures{{FollowerGrowthPercent: new(-1.5)}}},
		}},
		{"severity", `{"workflow":{"auto_findings":[{"severity":"warning"}]}}`, Document{
			Workflow: &Workflow{AutoFindings: []AutoFinding{{Severity: new(SeverityWarning)}}},
		}},
		{"leap second, fraction, zones", `{"operations":{"login_checks":["2016-12-31T23:59:60Z","2026-03-02T09:00:00.123456789012-00:00",""]}}`, Document{
			Operations: &Operations{LoginChecks: []Time{"2016-12-31T23:59:60Z", "2026-03-02T09:00:00.123456789012-00:00", ""}},
		}},
		{"29 February of a leap year", `{"meta":{"issued_on":"2024-02-29"}}`, Document{Meta: &Meta{IssuedOn: new(Date("2024-02-29"))}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := ParseDocument([]byte(c.input))
			require.NoError(t, err)
			require.Equal(t, &c.want, doc)
			require.NoError(t, doc.Validate())
			again, err := json.Marshal(doc)
			require.NoError(t, err)
			doc, err = ParseDocument(again)
			require.NoError(t, err)
			require.Equal(t, &c.want, doc)
		})
	}
}

// The document must not change when the caller uses its buffer again.
func TestParseDocumentSharesNoMemory(t *testing.T) {
	data := []byte(`{"title":"春天","account":{"org_short":["市总"]}}`)
	doc, err := ParseDocument(data)
	require.NoError(t, err)
	clear(data)
	require.Equal(t, "春天", *doc.Title)
	require.Equal(t, []string{"市总"}, doc.Account.OrgShort)
}

// Law 8: whatever a slip of the keyboard does to the JSON around a text, no error quotes the text.
func TestErrorsHoldNoProse(t *testing.T) {
	const prose = "机密内容不得外传"
	doc := Document{
		Title: new(prose), Body: new(prose + prose), Images: []Image{{OCR: new(prose)}}, BodyFormat: new(BodyHTML),
		Repost: &Repost{Source: new(prose)}, Account: &Account{OrgShort: []string{prose}, Intro: new(prose)},
	}
	whole, err := json.Marshal(doc)
	require.NoError(t, err)
	failures := 0
	check := func(data []byte) {
		_, err := ParseDocument(data)
		if err == nil {
			return
		}
		failures++
		for _, r := range prose {
			require.NotContains(t, err.Error(), string(r), "%s", data)
		}
	}
	for i := range whole {
		check(whole[:i])
		check(slices.Concat(whole[:i], whole[i+1:]))
		for _, c := range "\"\\{}[]:,0x\n\xff" {
			check(slices.Concat(whole[:i], []byte{byte(c)}, whole[i:]))
			check(slices.Concat(whole[:i], []byte{byte(c)}, whole[i+1:]))
		}
	}
	require.Greater(t, failures, 1000)
}

func TestProblemsAreBounded(t *testing.T) {
	input := []byte("[" + strings.Repeat("1,", 5000) + "1]")
	_, err := ParseDocument(append(append([]byte(`{"images":`), input...), '}'))
	var e *InputError
	require.ErrorAs(t, err, &e)
	require.Len(t, e.Problems, maxProblems)
	require.Equal(t, 5001-maxProblems, e.Omitted)
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, shownProblems+1)
	require.Equal(t, "review: images[0]:1:12: want an object, got a number", lines[0])
	require.Equal(t, "review: and 4981 more problems", lines[shownProblems])
}

// hostileInputs are texts of about n units that a careless parser reads in quadratic time or with deep recursion.
var hostileInputs = map[string]func(n int) string{
	"deep":           func(n int) string { return strings.Repeat("[", n) },
	"unknown keys":   func(n int) string { return "{" + strings.Repeat(`"a":1,`, n) + `"a":1}` },
	"duplicate keys": func(n int) string { return "{" + strings.Repeat(`"id":"",`, n) + `"id":""}` },
	"empty records":  func(n int) string { return `{"images":[` + strings.Repeat("{},", n) + `{}]}` },
	"bad escapes":    func(n int) string { return `{"title":"` + strings.Repeat(`\x`, n) + `"}` },
	"bad bytes":      func(n int) string { return `{"title":"` + strings.Repeat("\xff", n) + `"}` },
	"open strings":   func(n int) string { return `{"title":` + strings.Repeat(`"a`, n) },
	"long number":    func(n int) string { return `{"video":{"size_bytes":` + strings.Repeat("9", n) + `}}` },
	"long exponent":  func(n int) string { return `{"video":{"size_bytes":1e` + strings.Repeat("9", n) + `}}` },
	"long float":     func(n int) string { return `{"audio":{"duration_seconds":0.` + strings.Repeat("9", n) + `}}` },
	"long key":       func(n int) string { return `{"` + strings.Repeat("a", n) + `":1}` },
}

// A hostile input of megabytes is refused like a short one, with a bounded list of problems.
func TestParseDocumentHostile(t *testing.T) {
	for name, input := range hostileInputs {
		t.Run(name, func(t *testing.T) {
			_, err := ParseDocument([]byte(input(1_000_000)))
			if err == nil {
				return // empty records and a long float are documents
			}
			var bad *InputError
			require.ErrorAs(t, err, &bad)
			require.NotEmpty(t, bad.Problems)
			require.LessOrEqual(t, len(bad.Problems), 1000)
		})
	}
}

// BenchmarkParseDocumentHostile shows that the time is linear: the figures per byte do not grow with the size.
func BenchmarkParseDocumentHostile(b *testing.B) {
	for name, input := range hostileInputs {
		for _, n := range []int{20_000, 160_000} {
			data := []byte(input(n))
			b.Run(fmt.Sprintf("%s/n=%d", name, n), func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				for b.Loop() {
					_, _ = ParseDocument(data)
				}
			})
		}
	}
}

func TestValidate(t *testing.T) {
	doc := Document{
		Title:       new("春\xff"),
		BodyFormat:  new(BodyFormat("pdf")),
		MessageType: new(ID("News")),
		Now:         new(Time("yesterday")),
		Images:      []Image{{}, {SizeBytes: new(int64(-1))}},
		Meta:        &Meta{IssuedOn: new(Date("2026-02-30"))},
		Audio:       &Audio{DurationSeconds: new(math.Inf(1))},
		Workflow:    &Workflow{AutoFindings: []AutoFinding{{Severity: new(Severity(9))}}},
	}
	err := doc.Validate()
	require.Equal(t, []string{
		`title: want UTF-8, got byte 0xff at byte 3 of the text`,
		`body_format: want one of "plain", "html", "markdown", got "pdf"`,
		`message_type: want a lower-case id (a-z, 0-9, _) or "", got "News"`,
		`now: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "yesterday"`,
		`images[1].size_bytes: want an integer from 0 to 9223372036854775807, got -1`,
		`audio.duration_seconds: want a finite number, got +Inf`,
		`meta.issued_on: want a date (2026-03-02) or "", got "2026-02-30": there is no such day`,
		`workflow.auto_findings[0].severity: want one of "error", "warning", "notice", got number 9`,
	}, problems(t, err))
	require.NoError(t, new(Document).Validate())
}

// A document at every depth that a Document has is well inside the limit.
func TestDepthLimitLeavesRoom(t *testing.T) {
	var depth func(n *node) int
	depth = func(n *node) int {
		deepest := 0
		for _, m := range n.members {
			deepest = max(deepest, depth(m.node))
		}
		if n.elem != nil {
			deepest = depth(n.elem)
		}
		if n.form == formObject || n.form == formArray {
			deepest++
		}
		return deepest
	}
	require.Equal(t, 6, depth(documentNode()), "the comment at maxDepth says 6")
	require.Equal(t, reflect.TypeFor[Document](), documentNode().typ)
}
