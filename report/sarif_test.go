package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
)

// full is a run with everything that a report can hold.
func full() []report.Item {
	draft := found("第一行\n𠮷去赌*博網站\n玩\n", "赌*博網站\n玩", func(f *review.Finding) {
		f.Rule, f.Label, f.Pack, f.Channels, f.Suggestion, f.Basis, f.Confidence = "term", "gambling", "starter", []string{"noise"}, "（删去）", "治安管理处罚法", 0.9
		f.Runes = review.Span{Start: 6, End: 13}
	})
	draft.Name, draft.File = "drafts/一 稿.md", true
	draft.Document = &review.Document{Body: new("第一行\n𠮷去赌*博網站\n玩\n")}
	draft.Report.Snapshot.Packs = []review.PackRef{{ID: "starter", Version: "1.2.3", Digest: "d1"}}
	draft.Report.Suppressed = []review.Suppressed{{
		Finding: review.Finding{
			Rule: "term", Category: "political_terms", Severity: review.SeverityWarning, Action: review.ActionReview, Field: "body",
			Line: 1, Column: 1, Span: review.Span{End: 3}, Runes: review.Span{End: 1}, Text: "第", Message: "旧称", Fingerprint: "s1",
		},
		Suppression: review.Suppression{Kind: review.SuppressionInline, Reason: "引用", Until: "2027-01-01"},
	}}
	record := report.Item{Name: "posts.jsonl#第2篇", Report: &review.Report{
		Verdict: review.VerdictReview,
		Findings: []review.Finding{
			{Rule: "workflow.three-level-review", Severity: review.SeverityError, Action: review.ActionReview, Confidence: 1, Field: "workflow.reviews[1]", Message: "缺少复审记录", Fingerprint: "r1"},
			{Rule: "term", Category: "x_own", Severity: review.SeverityNotice, Action: review.ActionNote, Confidence: 1, Field: "title", Line: 1, Column: 2, Span: review.Span{Start: 3, End: 6}, Runes: review.Span{Start: 1, End: 2}, Text: "乙", Message: "自有类别", Fingerprint: "r2"},
		},
		Evaluations: []review.Evaluation{
			{Rule: "data.scope-note", Status: review.StatusPassed},
			{Rule: "workflow.three-level-review", Status: review.StatusViolated},
			{Rule: "account.filing", Status: review.StatusNotEvaluated, Missing: []string{"account.filing_no", "account.state"}},
		},
	}}
	return []report.Item{draft, record, {Name: "clean.txt", File: true, Report: &review.Report{Verdict: review.VerdictPass}}}
}

func sarifLog(t *testing.T, opts report.SARIFOptions, items ...report.Item) (*sarif.Report, string) {
	t.Helper()
	var b bytes.Buffer
	write(t, report.NewSARIF(&b, opts), items...)
	var log sarif.Report // not FromBytes, which mends what it reads
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	require.NoError(t, log.Validate(), "the schema of SARIF 2.1.0 errata 01")
	return &log, b.String()
}

func TestSARIF(t *testing.T) {
	log, text := sarifLog(t, report.SARIFOptions{Version: "1.2.3", Rule: func(id string) (report.RuleInfo, bool) {
		return report.RuleInfo{Title: "三级审核记录完整", Basis: "办法第八条"}, id == "workflow.three-level-review"
	}}, full()...)
	run := log.Runs[0]
	require.Equal(t, "unicodeCodePoints", *run.ColumnKind)
	require.Len(t, run.Taxonomies[0].Taxa, 12)
	require.Len(t, run.Results, 4)

	r := run.Results[0]
	require.Equal(t, "term.gambling_fraud", *r.RuleID)
	require.Equal(t, "赌博诈骗", *run.Tool.Driver.Rules[r.RuleIndex].ShortDescription.Text)
	require.Equal(t, "gambling_fraud", *r.Taxa[0].ID)
	place := r.Locations[0].PhysicalLocation
	require.Equal(t, "drafts/%E4%B8%80%20%E7%A8%BF.md", *place.ArtifactLocation.URI)
	got, err := json.Marshal(place.Region)
	require.NoError(t, err)
	require.JSONEq(t, `{"startLine":2,"startColumn":3,"endLine":3,"endColumn":2,"charOffset":6,"charLength":7,"byteOffset":17,"byteLength":17,"snippet":{"text":"赌*博網站\n玩"}}`, string(got))
	require.Equal(t, "（删去）", *r.Fixes[0].ArtifactChanges[0].Replacements[0].InsertedContent.Text)
	require.Equal(t, "x", r.PartialFingerprints["shenjiao/v1"])
	require.Empty(t, r.Suppressions)

	require.Equal(t, "inSource", *run.Results[1].Suppressions[0].Kind)
	require.Equal(t, "引用 2027-01-01", *run.Results[1].Suppressions[0].Justification)

	r = run.Results[2]
	require.Nil(t, r.Locations[0].PhysicalLocation.Region)
	require.Equal(t, "posts.jsonl#%E7%AC%AC2%E7%AF%87", *r.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	require.Equal(t, "workflow.reviews[1]", *r.Locations[0].LogicalLocations[0].FullyQualifiedName)
	require.Equal(t, "三级审核记录完整", *run.Tool.Driver.Rules[r.RuleIndex].ShortDescription.Text)
	require.Empty(t, run.Results[3].Taxa, "a category of a pack's own is none of the taxonomy")

	notes := run.Invocations[0].ToolExecutionNotifications
	require.Len(t, notes, 1)
	require.Equal(t, "account.filing", *run.Tool.Driver.Rules[notes[0].AssociatedRule.Index].ID)
	require.Contains(t, *notes[0].Message.Text, "account.filing_no、account.state")
	require.Equal(t, "starter", *run.Tool.Extensions[0].Name)
	require.Contains(t, text, `"sha-256": "`)

	_, again := sarifLog(t, report.SARIFOptions{Version: "1.2.3"}, full()...)
	_, third := sarifLog(t, report.SARIFOptions{Version: "1.2.3"}, full()...)
	require.Equal(t, again, third, "one run, one text")
}

func TestSARIFRedacts(t *testing.T) {
	log, text := sarifLog(t, report.SARIFOptions{Redact: true, English: true}, full()...)
	require.NotContains(t, text, "赌*博")
	require.Equal(t, "Gambling and fraud", *log.Runs[0].Results[0].Message.Text)
	require.Equal(t, []string{report.RedactionToken}, log.Runs[0].RedactionTokens)
	require.Equal(t, report.RedactionToken, *log.Runs[0].Results[0].Locations[0].PhysicalLocation.Region.Snippet.Text)
	require.Equal(t, "en-US", log.Runs[0].Language)
}

func TestSARIFOfNothing(t *testing.T) {
	log, _ := sarifLog(t, report.SARIFOptions{})
	require.Empty(t, log.Runs[0].Results)
}

func TestRDJSON(t *testing.T) {
	var b bytes.Buffer
	write(t, report.NewRDJSON(&b), full()...)
	require.JSONEq(t, `{
		"source": {"name": "shenjiao", "url": "https://github.com/shenjiao/shenjiao"}, "severity": "ERROR",
		"diagnostics": [
			{
				"message": "赌博诈骗：“赌*博網站\n玩”", "severity": "ERROR", "code": {"value": "term.gambling_fraud"},
				"location": {"path": "drafts/一 稿.md", "range": {"start": {"line": 2, "column": 8}, "end": {"line": 3, "column": 4}}},
				"suggestions": [{"range": {"start": {"line": 2, "column": 8}, "end": {"line": 3, "column": 4}}, "text": "（删去）"}]
			},
			{
				"message": "缺少复审记录", "severity": "ERROR", "code": {"value": "workflow.three-level-review"}, "location": {"path": "posts.jsonl"}
			},
			{
				"message": "自有类别", "severity": "INFO", "code": {"value": "term.x_own"}, "location": {"path": "posts.jsonl"}
			}
		]}`, b.String())

	b.Reset()
	write(t, report.NewRDJSON(&b))
	require.JSONEq(t, `{"source": {"name": "shenjiao", "url": "https://github.com/shenjiao/shenjiao"}, "diagnostics": []}`, b.String())
}

// The range is that of the bytes of the finding in its file, also behind a byte
// order mark.
func TestRDJSONRange(t *testing.T) {
	for _, body := range []string{"赌博", "去赌博", "\ufeff去赌博", "\n\n  去赌博", "a\r\n赌博\r\n"} {
		it := found(body, "赌博", nil)
		it.File = true
		var b bytes.Buffer
		write(t, report.NewRDJSON(&b), it)
		var got struct {
			Diagnostics []struct {
				Location struct {
					Range struct{ Start, End struct{ Line, Column int } }
				}
			}
		}
		require.NoError(t, json.Unmarshal(b.Bytes(), &got))
		r := got.Diagnostics[0].Location.Range
		line := strings.SplitAfter(body, "\n")[r.Start.Line-1]
		require.Equal(t, "赌博", line[r.Start.Column-1:r.End.Column-1], "%q", body)
	}
}
