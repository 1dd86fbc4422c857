package shenjiao_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
)

// manyDocuments has small documents and two that are divided into parts, with
// findings where parts meet, too.
func manyDocuments() []*shenjiao.Document {
	var docs []*shenjiao.Document
	for i := range 60 {
		docs = append(docs, &shenjiao.Document{ID: new(fmt.Sprint(i)), Body: new(strings.Repeat("请一次性交付，", i%7) + "这个 賭*博 網站，性交。")})
	}
	for i, sentence := range []string{"赌博网站，", "法制日报"} {
		large := strings.Repeat(sentence+strings.Repeat("今天天气很好，", 50)+"x。\n\n缺钱的来，有手机卡的联系我，日结，懂的加我，别外传。\n\n", 1200)
		docs = slices.Insert(docs, 10*i, &shenjiao.Document{ID: new(sentence), Body: &large})
	}
	return docs
}

// Law: ScanAll gives what Scan gives, in order, with any number of jobs.
func TestScanAll(t *testing.T) {
	s := scanner(t, nil)
	docs := manyDocuments()
	docs[40] = &shenjiao.Document{ID: new("bad"), Body: new("\xff")}
	var want []*shenjiao.Report
	findings, meanings := 0, 0
	for _, d := range docs {
		r, err := s.Scan(context.Background(), d)
		if err == nil {
			findings += len(r.Findings)
			for _, f := range r.Findings {
				if f.Rule == "semantic" {
					meanings++
				}
			}
		}
		want = append(want, r)
	}
	require.Greater(t, findings, 2400)
	require.Greater(t, meanings, 100)
	for _, jobs := range []int{0, 1, 2, 7} {
		i := 0
		for r, err := range s.ScanAll(context.Background(), slices.Values(docs), jobs) {
			if docs[i].ID != nil && *docs[i].ID == "bad" {
				require.ErrorContains(t, err, "UTF-8")
			} else {
				require.NoError(t, err)
			}
			require.Equal(t, want[i], r, "document %d, %d jobs", i, jobs)
			i++
		}
		require.Equal(t, len(docs), i)
	}
}

// A loop that is left early, or whose context is done, leaves nothing running
// and takes no more documents.
func TestScanAllEnds(t *testing.T) {
	s := scanner(t, nil)
	taken := 0
	endless := iter.Seq[*shenjiao.Document](func(yield func(*shenjiao.Document) bool) {
		for yield(&shenjiao.Document{Body: new("赌博网站")}) {
			taken++
		}
	})
	n := 0
	for r, err := range s.ScanAll(context.Background(), endless, 3) {
		require.NoError(t, err)
		require.Len(t, r.Findings, 1)
		if n++; n == 10 {
			break
		}
	}
	require.LessOrEqual(t, taken, 10+2*3+1)

	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	var last error
	n = 0
	for _, err := range s.ScanAll(ctx, endless, 3) {
		if last = err; err == nil {
			n++
		}
		cancel(cause)
	}
	require.ErrorIs(t, last, cause)
	require.Less(t, n, 20)
}
