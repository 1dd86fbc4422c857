package suppress_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/suppress"
)

func TestParseComment(t *testing.T) {
	for _, c := range []struct {
		text string
		want suppress.Comment
	}{
		{
			" shenjiao:ignore political_terms until=2027-03-31 reason=引用旧报原题 ",
			suppress.Comment{
				Selectors: []string{"political_terms"},
				Answer:    review.Suppression{Kind: review.SuppressionInline, Reason: "引用旧报原题", Until: "2027-03-31"},
			},
		},
		{
			"shenjiao:ignore term:法制日报,data.scope-note ad_exaggeration/superlative\n until=2027-03-31 by=李某 reason=原文如此，\n  a=b",
			suppress.Comment{
				Selectors: []string{"term:法制日报", "data.scope-note", "ad_exaggeration/superlative"},
				Answer:    review.Suppression{Kind: review.SuppressionInline, Reason: "原文如此， a=b", By: "李某", Until: "2027-03-31"},
			},
		},
	} {
		got, ok, err := suppress.ParseComment(c.text)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, c.want, got)
	}
	for _, text := range []string{"", "说明", "shenjiao", "shenjiao:ignored term", "见 shenjiao:ignore term until=2027-03-31 reason=x"} {
		_, ok, err := suppress.ParseComment(text)
		require.False(t, ok, text)
		require.NoError(t, err)
	}
}

func TestParseCommentFaults(t *testing.T) {
	for text, want := range map[string][]string{
		"shenjiao:ignore": {"no selector", "until is missing", "reason is missing"},
		"shenjiao:ignore term until=2027-02-30 reason=x":            {"until is no day"},
		"shenjiao:ignore term reason=x":                             {"until is missing"},
		"shenjiao:ignore term until=2027-02-03":                     {"reason is missing"},
		"shenjiao:ignore term until=2027-02-03 reason=":             {"reason is missing"},
		"shenjiao:ignore a,,b until=2027-02-03 reason=x":            {"an empty selector"},
		"shenjiao:ignore term: until=2027-02-03 reason=x":           {"an empty selector"},
		"shenjiao:ignore 秘密 who=秘密 until=2027-02-03 reason=x":       {"an unknown key"},
		"shenjiao:ignore a until=2027-02-03 until=秘密 reason=x":      {"until is given twice", "until is no day"},
		"shenjiao:ignore until=2027-02-03 by=秘密 by=秘密 reason=until": {"by is given twice", "no selector"},
	} {
		_, ok, err := suppress.ParseComment(text)
		require.True(t, ok, text)
		require.Error(t, err, text)
		lines := strings.Split(err.Error(), "\n")
		require.Len(t, lines, len(want), err)
		for i, w := range want {
			require.Contains(t, lines[i], w)
		}
		require.NotContains(t, err.Error(), "秘密", "errors do not quote a draft")
	}
}

func TestCovers(t *testing.T) {
	f := review.Finding{Rule: "term", Category: "political_terms", Label: "institution_name", Term: "法制日报"}
	for selector, want := range map[string]bool{
		"term": true, "political_terms": true, "political_terms/institution_name": true, "term:法制日报": true,
		"term:法制": false, "institution_name": false, "political_terms/": false, "political": false, "/": false, "*": false, "data.scope-note": false,
	} {
		c := suppress.Comment{Selectors: []string{"x", selector}}
		require.Equal(t, want, c.Covers(&f), selector)
	}
	record := review.Finding{Rule: "account.filing"}
	require.True(t, (&suppress.Comment{Selectors: []string{"account.filing"}}).Covers(&record))
	require.False(t, (&suppress.Comment{Selectors: []string{"/"}}).Covers(&record))
}

func TestExpired(t *testing.T) {
	until := review.Suppression{Until: "2027-03-31"}
	require.False(t, suppress.Expired(until, "2027-03-31"))
	require.True(t, suppress.Expired(until, "2027-04-01"))
	require.True(t, suppress.Expired(until, ""), "nobody can tell")
	require.False(t, suppress.Expired(review.Suppression{}, ""))
}

func TestBaseline(t *testing.T) {
	b, err := suppress.ParseBaseline("b.json", []byte(`{"schema": "shenjiao.baseline/v1", "findings": [
		{"fingerprint": "ff", "rule": "term", "field": "body", "term": "法制日报", "reason": "存量", "by": "李某", "until": "2027-03-31"},
		{"fingerprint": "aa", "reason": "口号"}
	]}`))
	require.NoError(t, err)
	require.Equal(t, 2, b.Len())
	got, ok := b.Answer("ff")
	require.True(t, ok)
	require.Equal(t, review.Suppression{Kind: review.SuppressionBaseline, Reason: "存量", By: "李某", Until: "2027-03-31"}, got)
	_, ok = b.Answer("fe")
	require.False(t, ok)
	var none *suppress.Baseline
	_, ok = none.Answer("ff")
	require.False(t, ok)
	require.Zero(t, none.Len())

	// With adds what is new, keeps the answers that are there, and changes nothing; what is written is read again.
	more := b.With([]review.Finding{{Fingerprint: "ff", Term: "x"}, {Fingerprint: "bb", Rule: "term", Term: "t"}, {Fingerprint: "bb"}},
		review.Suppression{Reason: "上线前存量"})
	require.Equal(t, 2, b.Len())
	data, err := json.Marshal(more)
	require.NoError(t, err)
	back, err := suppress.ParseBaseline("b.json", data)
	require.NoError(t, err)
	require.Equal(t, more, back)
	require.Equal(t, []suppress.Entry{
		{Fingerprint: "aa", Reason: "口号"},
		{Fingerprint: "bb", Rule: "term", Term: "t", Reason: "上线前存量"},
		{Fingerprint: "ff", Rule: "term", Field: "body", Term: "法制日报", Reason: "存量", By: "李某", Until: "2027-03-31"},
	}, back.Entries())
}

func TestBaselineFaults(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want []string
	}{
		"empty":          {"", []string{"b.json:1:1: not JSON: the file ends too early"}},
		"list":           {"[]", []string{"b.json:1:1: the file is no object, want {…}"}},
		"no schema":      {"{}", []string{`b.json:1:1: no key schema, want "shenjiao.baseline/v1"`}},
		"another schema": {`{"schema":"x"}`, []string{`b.json:1:1: schema is "x", want "shenjiao.baseline/v1"`}},
		"cut off":        {"{\"schema\":\"shenjiao.baseline/v1\",\n\"findings\":[{", []string{"b.json:2:14: not JSON: the file ends too early"}},
		"no list":        {`{"schema":"shenjiao.baseline/v1","findings":{}}`, []string{"b.json:1:45: findings is no list, want [ … ]"}},
		"text after it":  {`{"schema":"shenjiao.baseline/v1"} x`, []string{"b.json:1:35: something follows the value, want the end of the file"}},
		"invalid UTF-8":  {"{\n\"\xff\"}", []string{"b.json:2:2: invalid UTF-8, want the file as UTF-8"}},
		"many": {`{"schema":"shenjiao.baseline/v1", "finding": 1,
"findings":[
 {"reason":"x"},
 {"fingerprint":"a", "why":[1,{}], "reason":""},
 7,
 {"fingerprint":"b","reason":"x","until":"2027-13-01","by":1},
 {"fingerprint":"c","reason":"x"},
 {"fingerprint":"c","reason":"y"}
]}`, []string{
			`b.json:1:35: unknown key "finding", want schema or findings`,
			`b.json:3:2: no fingerprint`,
			`b.json:4:22: unknown key "why", want fingerprint, rule, field, term, reason, by or until`,
			`b.json:4:2: no reason: say why the finding stays`,
			`b.json:5:2: a finding is no object, want {…}`,
			`b.json:6:55: by is no string`,
			`b.json:6:2: until is "2027-13-01", want a day as YYYY-MM-DD`,
			`b.json:8:2: fingerprint "c" is listed twice`,
		}},
	} {
		_, err := suppress.ParseBaseline("b.json", []byte(c.data))
		require.Error(t, err, name)
		require.Equal(t, c.want, strings.Split(strings.ReplaceAll(err.Error(), "suppress: ", ""), "\n"), name)
	}
}

// Any bytes are read or refused with at least one fault, and a baseline that was read is written as one that reads the
// same.
func FuzzBaseline(f *testing.F) {
	f.Add([]byte(`{"schema":"shenjiao.baseline/v1","findings":[{"fingerprint":"a","reason":"x","until":"2027-01-01"}]}`))
	f.Add([]byte(`{"findings":[{}, 1, null, {"reason":["x"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := suppress.ParseBaseline("b", data)
		if err != nil {
			require.Nil(t, b)
			return
		}
		out, err := json.Marshal(b)
		require.NoError(t, err)
		back, err := suppress.ParseBaseline("b", out)
		require.NoError(t, err)
		require.Equal(t, b.Entries(), back.Entries())
	})
}
