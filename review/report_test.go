package review

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/schema"
)

func TestLevels(t *testing.T) {
	require.Greater(t, SeverityError, SeverityWarning)
	require.Greater(t, SeverityWarning, SeverityNotice)
	require.Greater(t, ActionBlock, ActionReview)
	require.Greater(t, ActionReview, ActionNote)
	require.Greater(t, VerdictBlock, VerdictReview)
	require.Greater(t, VerdictReview, VerdictPass)

	type levels struct {
		S Severity
		A Action
		V Verdict
	}
	for _, c := range []struct {
		levels
		text string
	}{
		{levels{SeverityError, ActionBlock, VerdictBlock}, `{"S":"error","A":"block","V":"block"}`},
		{levels{SeverityWarning, ActionReview, VerdictReview}, `{"S":"warning","A":"review","V":"review"}`},
		{levels{SeverityNotice, ActionNote, VerdictPass}, `{"S":"notice","A":"note","V":"pass"}`},
	} {
		data, err := json.Marshal(c.levels)
		require.NoError(t, err)
		require.Equal(t, c.text, string(data))
		var back levels
		require.NoError(t, json.Unmarshal(data, &back))
		require.Equal(t, c.levels, back)
		require.Equal(t, c.V, c.A.Verdict())
	}
	require.Equal(t, "warning review pass", SeverityWarning.String()+" "+ActionReview.String()+" "+VerdictPass.String())
	require.Equal(t, "Severity(0) Action(4) Verdict(255)", Severity(0).String()+" "+Action(4).String()+" "+Verdict(255).String())

	_, err := Severity(0).MarshalText()
	require.EqualError(t, err, `review: severity: want one of "error", "warning", "notice", got number 0`)
	_, err = Action(4).MarshalText()
	require.EqualError(t, err, `review: action: want one of "block", "review", "note", got number 4`)
	_, err = Verdict(0).MarshalText()
	require.EqualError(t, err, `review: verdict: want one of "block", "review", "pass", got number 0`)
	s := SeverityError
	require.EqualError(t, s.UnmarshalText([]byte("Error")), `review: severity: want one of "error", "warning", "notice", got "Error"`)
	require.Equal(t, SeverityError, s, "an error changes nothing")
}

func TestVerdictOf(t *testing.T) {
	of := func(actions ...Action) Verdict {
		var findings []Finding
		for _, a := range actions {
			findings = append(findings, Finding{Action: a})
		}
		return VerdictOf(findings)
	}
	require.Equal(t, VerdictPass, of())
	require.Equal(t, VerdictPass, of(ActionNote, ActionNote))
	require.Equal(t, VerdictReview, of(ActionNote, ActionReview, ActionNote))
	require.Equal(t, VerdictBlock, of(ActionReview, ActionBlock, ActionNote))
	require.Equal(t, VerdictBlock, of(ActionNote, 0), "a forgotten action must not let a draft out")
	require.Equal(t, VerdictBlock, of(77))
}

func TestConfidenceJSON(t *testing.T) {
	for c, want := range map[Confidence]string{
		0: "0", 1: "1", 0.9: "0.9", 0.92: "0.92", 0.925001: "0.93", 0.1 + 0.2: "0.3", 0.001: "0", 0.999: "1", 1.0 / 3: "0.33",
		Confidence(math.Copysign(0, -1)): "0",
	} {
		data, err := json.Marshal(c)
		require.NoError(t, err)
		require.Equal(t, want, string(data))
	}
	for _, c := range []Confidence{-0.01, 1.01, Confidence(math.NaN()), Confidence(math.Inf(1))} {
		_, err := json.Marshal(c)
		require.ErrorContains(t, err, "review: confidence: want a number from 0 to 1")
	}
	c := Confidence(0.5)
	for _, text := range []string{"-1", "2", `"0.5"`, "null", "{}"} {
		require.Error(t, json.Unmarshal([]byte(text), &c), text)
		require.Equal(t, Confidence(0.5), c)
	}
	require.NoError(t, json.Unmarshal([]byte("0.25"), &c))
	require.Equal(t, Confidence(0.25), c)
}

// example is a report with every field set.
func example() Report {
	return Report{
		Schema: ReportSchema, Document: DocumentRef{ID: "d1"}, Verdict: VerdictReview,
		Snapshot: Snapshot{Digest: "sha256:00", Packs: []PackRef{{"starter", "2026.03", "sha256:01"}}, Profile: "base"},
		Findings: []Finding{{
			ID: "1", Rule: "term", Category: "gambling_fraud", Label: "gambling", Severity: SeverityError, Action: ActionReview,
			Confidence: 0.92, Field: "body", Span: Span{12, 30}, Runes: Span{4, 11}, UTF16: Span{4, 11}, Line: 1, Column: 5,
			Text: "赌*博 網站", Term: "赌博网站", Pack: "starter", Channels: []string{"noise", "traditional"},
			Message: "疑似赌博用语", Suggestion: "删除", Basis: "网络信息内容生态治理规定", Fingerprint: "sha256:02",
		}},
		Vetoed: []Vetoed{{Term: "性交", Category: "porn_vulgar", Pack: "starter", Field: "body", Span: Span{40, 46}, Text: "性交",
			Reason: VetoSegmentation, Words: []string{"一次性", "交付"}}},
		Suppressed: []Suppressed{{
			Finding: Finding{
				ID: "2", Rule: "term", Category: "political_terms", Severity: SeverityWarning, Action: ActionReview, Confidence: 1,
				Field: "title", Span: Span{0, 12}, Runes: Span{0, 4}, UTF16: Span{0, 4}, Line: 1, Column: 1,
				Text: "法制日报", Term: "法制日报", Pack: "starter", Message: "旧称", Fingerprint: "sha256:03",
			},
			Suppression: Suppression{Kind: SuppressionInline, Reason: "引用旧报", By: "某某", Until: "2027-01-31"},
		}},
		Steps: []Step{{Kind: StepApproval, Level: 2, Role: "chief", Title: "复审", Reasons: []StepReason{{
			Rule: "workflow.three-level-review", Finding: "3", Missing: []string{"workflow.reviews"}, Message: "缺少复审",
		}}}},
		Limits: []Limit{{Name: LimitFindings, Max: 1, Got: 7}, {Name: LimitNesting, Field: "body", Max: 65536}, {Name: LimitRule, Rule: "data.scope-note", Max: 1000}},
		Evaluations: []Evaluation{
			{Rule: "data.scope-note", Status: StatusPassed},
			{Rule: "repost.central-title-kept", Status: StatusNotEvaluated, Missing: []string{"repost.original_title"}},
		},
	}
}

func TestReportJSON(t *testing.T) {
	s := compileSchema(t, schema.Report)
	data := mustJSON(t, example())
	require.NoError(t, conforms(t, s, data))
	require.Equal(t, `{"schema":"shenjiao.report/v1","document":{"id":"d1"},"verdict":"review",`+
		`"snapshot":{"digest":"sha256:00","packs":[{"id":"starter","version":"2026.03","digest":"sha256:01"}],"profile":"base"},`+
		`"findings":[{"id":"1","rule":"term","category":"gambling_fraud","label":"gambling","severity":"error","action":"review",`+
		`"confidence":0.92,"field":"body","span":{"start":12,"end":30},"runes":{"start":4,"end":11},"utf16":{"start":4,"end":11},`+
		`"line":1,"column":5,"text":"赌*博 網站","term":"赌博网站","pack":"starter","channels":["noise","traditional"],`+
		`"message":"疑似赌博用语","suggestion":"删除","basis":"网络信息内容生态治理规定","fingerprint":"sha256:02"}],`+
		`"vetoed":[{"term":"性交","category":"porn_vulgar","pack":"starter","field":"body","span":{"start":40,"end":46},`+
		`"text":"性交","reason":"segmentation","words":["一次性","交付"]}],`+
		`"suppressed":[{"finding":{"id":"2","rule":"term","category":"political_terms","severity":"warning","action":"review",`+
		`"confidence":1,"field":"title","span":{"start":0,"end":12},"runes":{"start":0,"end":4},"utf16":{"start":0,"end":4},`+
		`"line":1,"column":1,"text":"法制日报","term":"法制日报","pack":"starter","message":"旧称","fingerprint":"sha256:03"},`+
		`"suppression":{"kind":"inline","reason":"引用旧报","by":"某某","until":"2027-01-31"}}],`+
		`"steps":[{"kind":"approval","level":2,"role":"chief","title":"复审","reasons":[{"rule":"workflow.three-level-review",`+
		`"finding":"3","missing":["workflow.reviews"],"message":"缺少复审"}]}],`+
		`"limits":[{"limit":"findings","max":1,"got":7},{"limit":"nesting","field":"body","max":65536},`+
		`{"limit":"rule","rule":"data.scope-note","max":1000}],`+
		`"evaluations":[{"rule":"data.scope-note","status":"passed"},`+
		`{"rule":"repost.central-title-kept","status":"not-evaluated","missing":["repost.original_title"]}]}`, string(data))

	var back Report
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, example(), back)

	// The least report: required lists are never null, optional ones are not there.
	least := mustJSON(t, &Report{Verdict: VerdictPass})
	require.NoError(t, conforms(t, s, least))
	require.Equal(t, `{"schema":"shenjiao.report/v1","document":{},"verdict":"pass","snapshot":{"digest":"","packs":[],"profile":""},`+
		`"findings":[],"evaluations":[]}`, string(least))
	// Vetoed candidates that were asked for are a list also when there are none.
	require.Contains(t, string(mustJSON(t, Report{Verdict: VerdictPass, Vetoed: []Vetoed{}})), `"vetoed":[]`)
	// The least of everything conforms too.
	require.NoError(t, conforms(t, s, mustJSON(t, Report{
		Verdict:     VerdictPass,
		Findings:    []Finding{{Rule: "account.filing", Severity: SeverityNotice, Action: ActionNote}},
		Vetoed:      []Vetoed{{Reason: VetoContext}},
		Evaluations: []Evaluation{{Rule: "account.filing", Status: StatusViolated}},
	})))
}

func TestReportJSONRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Report){
		"verdict not set":    func(r *Report) { r.Verdict = 0 },
		"severity not set":   func(r *Report) { r.Findings[0].Severity = 0 },
		"action not set":     func(r *Report) { r.Findings[0].Action = 0 },
		"confidence above 1": func(r *Report) { r.Findings[0].Confidence = 1.5 },
	} {
		t.Run(name, func(t *testing.T) {
			r := example()
			spoil(&r)
			_, err := json.Marshal(r)
			require.Error(t, err)
		})
	}
}

func TestReportSchemaRefuses(t *testing.T) {
	s := compileSchema(t, schema.Report)
	for name, spoil := range map[string]func(report, finding map[string]any){
		"no findings":          func(r, f map[string]any) { delete(r, "findings") },
		"findings are null":    func(r, f map[string]any) { r["findings"] = nil },
		"another schema":       func(r, f map[string]any) { r["schema"] = "shenjiao.report/v2" },
		"unknown key":          func(r, f map[string]any) { r["x"] = 1 },
		"unknown verdict":      func(r, f map[string]any) { r["verdict"] = "note" },
		"unknown severity":     func(r, f map[string]any) { f["severity"] = "info" },
		"unknown key in one":   func(r, f map[string]any) { f["note"] = "" },
		"no span":              func(r, f map[string]any) { delete(f, "span") },
		"negative span":        func(r, f map[string]any) { f["span"] = map[string]any{"start": -1, "end": 0} },
		"span with a third":    func(r, f map[string]any) { f["span"] = map[string]any{"start": 0, "end": 0, "x": 0} },
		"confidence above one": func(r, f map[string]any) { f["confidence"] = 1.01 },
		"empty label":          func(r, f map[string]any) { f["label"] = "" },
	} {
		t.Run(name, func(t *testing.T) {
			var r map[string]any
			require.NoError(t, json.Unmarshal(mustJSON(t, example()), &r))
			require.NoError(t, conforms(t, s, mustJSON(t, r)))
			spoil(r, r["findings"].([]any)[0].(map[string]any))
			require.Error(t, conforms(t, s, mustJSON(t, r)))
		})
	}
}

func TestSort(t *testing.T) {
	base := Finding{Field: "body", Span: Span{5, 9}, Rule: "term", Category: "minors", Term: "m", Severity: SeverityWarning,
		Action: ActionReview, Confidence: 0.5}
	with := func(change func(*Finding)) Finding {
		f := base
		change(&f)
		return f
	}
	in := func(field string) Finding { return with(func(f *Finding) { f.Field = field }) }
	ordered := []Finding{
		in("title"), in("digest"), in("author"),
		with(func(f *Finding) { f.Span = Span{0, 9} }),
		with(func(f *Finding) { f.Span = Span{5, 8} }),
		with(func(f *Finding) { f.Rule = "data.scope-note" }),
		with(func(f *Finding) { f.Category = "contraband" }),
		with(func(f *Finding) { f.Term = "l" }),
		with(func(f *Finding) { f.Action = ActionBlock }),
		with(func(f *Finding) { f.Severity = SeverityError }),
		with(func(f *Finding) { f.Confidence = 0.9 }),
		base,
		with(func(f *Finding) { f.Label = "x" }),
		with(func(f *Finding) { f.Term = "n" }),
		in("message_type"), in("images"), in("images[0].alt"), in("images[2]"), in("images[2].alt"), in("images[2].ocr"),
		in("images[10].alt"), in("attachments[0].name"), in("links[0].text"), in("meta.content_type_reason"), in("repost"),
		in("repost.source"), in("repost.original_title"), in("workflow.reviews"), in("workflow.reviews[1].at"),
		in("account.name"), in("account.license"), in("operations.months"),
		in(""), in("body.x"), in("images[02].alt"), in("images[99999999999999999999]"), in("images[x"), in("profile.lists.central_sources"),
		in("title[0]"), in("title."),
	}
	// The last eight are names that no document has; they stand by their bytes.
	slices.SortFunc(ordered[len(ordered)-8:], func(a, b Finding) int {
		if a.Field < b.Field {
			return -1
		}
		return 1
	})
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		shuffled := slices.Clone(ordered)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		r := Report{Findings: shuffled}
		for _, f := range shuffled {
			r.Suppressed = append(r.Suppressed, Suppressed{Finding: f})
			r.Vetoed = append(r.Vetoed, Vetoed{Field: f.Field, Span: f.Span, Term: f.Term, Words: []string{f.Category}})
			r.Evaluations = append(r.Evaluations, Evaluation{Rule: f.Field, Status: StatusPassed})
		}
		r.Sort()
		require.Equal(t, ordered, r.Findings)
		for i, f := range ordered {
			require.Equal(t, f, r.Suppressed[i].Finding)
		}
		require.True(t, slices.IsSortedFunc(r.Evaluations, func(a, b Evaluation) int { return compareStrings(a.Rule, b.Rule) }))
		require.Equal(t, "title", r.Vetoed[0].Field)
	}
}

func compareStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
