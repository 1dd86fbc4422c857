package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
)

// TestExampleDrafts holds the example drafts to what their README says.
func TestExampleDrafts(t *testing.T) {
	var out, errs bytes.Buffer
	status := run(context.Background(), []string{"scan", "--format", "jsonl", "../../examples/drafts"}, console{strings.NewReader(""), &out, &errs})
	require.Equal(t, statusFail, status, errs.String())
	type outcome struct {
		verdict  review.Verdict
		findings int
	}
	got := map[string]outcome{}
	for dec := json.NewDecoder(&out); dec.More(); {
		var r review.Report
		require.NoError(t, dec.Decode(&r))
		id := strings.TrimPrefix(r.Document.ID, "../../examples/drafts/")
		got[id] = outcome{r.Verdict, len(r.Findings)}
	}
	require.Equal(t, map[string]outcome{
		"README.md":           {review.VerdictPass, 0},
		"clean-notice.txt":    {review.VerdictPass, 0},
		"fraud-alert.txt":     {review.VerdictPass, 9},
		"health-tips.html":    {review.VerdictReview, 8},
		"name-list.md":        {review.VerdictReview, 5},
		"recruit-ad.txt":      {review.VerdictReview, 16},
		"repost-20261120":     {review.VerdictPass, 2},
		"repost-changed":      {review.VerdictBlock, 1},
		"repost-kept":         {review.VerdictPass, 0},
		"repost-unknown":      {review.VerdictReview, 1},
		"guide-20261124":      {review.VerdictPass, 0},
		"summer-benefit.html": {review.VerdictReview, 1},
		"training.md":         {review.VerdictReview, 3},
		"week-1":              {review.VerdictPass, 0},
		"week-2":              {review.VerdictReview, 7},
		"week-3":              {review.VerdictBlock, 6},
	}, got)
}
