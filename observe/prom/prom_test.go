package prom

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/review"
)

var pack = fstest.MapFS{
	"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\nowner: x\n")},
	"terms/a.csv": {Data: []byte("term,category,unless\n云洲市总工会,x_names,\n职工之加乐园,x_names,旧称\n")},
}

const draft = "云洲市总工会在旧称职工之加乐园的地方举行活动。云洲市总工会欢迎大家，电话 13812345678"

// TestCounts: what was found, vetoed and lacking is counted, and nothing of it
// is text of the draft.
func TestCounts(t *testing.T) {
	metrics := New(Options{Entries: true})
	scanner, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{pack}, NoStarter: true, Observer: metrics})
	require.NoError(t, err)
	metrics.Using(scanner.Snapshot())
	report, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new(draft)})
	require.NoError(t, err)
	_, err = scanner.Scan(context.Background(), &shenjiao.Document{Body: new("\xff")})
	require.Error(t, err)

	registry := prometheus.NewPedanticRegistry()
	require.NoError(t, registry.Register(metrics))
	value := func(v *prometheus.CounterVec, labels ...string) float64 {
		return testutil.ToFloat64(v.WithLabelValues(labels...))
	}
	require.EqualValues(t, 1, value(metrics.scans, report.Verdict.String()))
	require.EqualValues(t, 1, value(metrics.scans, "error"))
	require.EqualValues(t, len(draft)+1, testutil.ToFloat64(metrics.bytes))
	counted := map[[2]string]float64{}
	for _, f := range report.Findings {
		counted[[2]string{f.Category, f.Action.String()}]++
	}
	require.NotEmpty(t, counted)
	for labels, n := range counted {
		require.Equal(t, n, value(metrics.findings, labels[:]...), labels)
	}
	require.EqualValues(t, 2, value(metrics.entryFindings, "house", "x_names", "云洲市总工会"))
	require.EqualValues(t, 1, value(metrics.entryVetoed, "house", "x_names", "职工之加乐园"))
	require.EqualValues(t, 1, value(metrics.vetoed, string(review.VetoUnless)))
	n := 0
	for _, e := range report.Evaluations {
		if e.Status == review.StatusNotEvaluated {
			n++
			require.EqualValues(t, 1, value(metrics.notEvaluated, e.Rule))
		}
	}
	require.Positive(t, n)

	families, err := registry.Gather()
	require.NoError(t, err)
	require.Greater(t, len(families), 10)
	for _, f := range families {
		require.True(t, strings.HasPrefix(f.GetName(), "shenjiao_"), f.GetName())
		require.NotContains(t, f.String(), "13812345678")
		require.NotContains(t, f.String(), "欢迎大家")
	}
}

// TestReloads: one snapshot is in use at a time; a failure leaves it.
func TestReloads(t *testing.T) {
	metrics := New(Options{})
	metrics.Using(review.Snapshot{Digest: "a", Packs: []review.PackRef{{ID: "house", Version: "1.0.0"}}})
	metrics.Reloaded(reload.Event{Took: time.Second, After: review.Snapshot{Digest: "b", Packs: []review.PackRef{{ID: "house", Version: "1.1.0"}}}})
	metrics.Reloaded(reload.Event{Err: errors.New("broken")})
	require.NoError(t, testutil.CollectAndCompare(metrics, strings.NewReader(`
# HELP shenjiao_pack_info The packs of the snapshot.
# TYPE shenjiao_pack_info gauge
shenjiao_pack_info{pack="house",version="1.1.0"} 1
# HELP shenjiao_reloads_total Attempts to load packs that changed.
# TYPE shenjiao_reloads_total counter
shenjiao_reloads_total{result="error"} 1
shenjiao_reloads_total{result="ok"} 1
# HELP shenjiao_snapshot_info The snapshot that scans work with.
# TYPE shenjiao_snapshot_info gauge
shenjiao_snapshot_info{digest="b",profile=""} 1
`), "shenjiao_pack_info", "shenjiao_reloads_total", "shenjiao_snapshot_info"))
}
