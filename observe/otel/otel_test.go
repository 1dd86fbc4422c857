package otel

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/review"
)

var pack = fstest.MapFS{
	"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\nowner: x\n")},
	"terms/a.csv": {Data: []byte("term,category,unless\n云洲市总工会,x_names,\n职工之加乐园,x_names,旧称\n")},
}

const draft = "云洲市总工会在旧称职工之加乐园的地方举行活动。云洲市总工会欢迎大家，电话 13812345678"

// TestCounts: the numbers that a reader of the SDK collects are those of the
// reports.
func TestCounts(t *testing.T) {
	reader := metric.NewManualReader()
	metrics, err := New(metric.NewMeterProvider(metric.WithReader(reader)).Meter("test"), Options{Entries: true})
	require.NoError(t, err)
	scanner, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{pack}, NoStarter: true, Observer: metrics})
	require.NoError(t, err)
	report, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new(draft)})
	require.NoError(t, err)
	_, err = scanner.Scan(context.Background(), &shenjiao.Document{Body: new("\xff")})
	require.Error(t, err)
	metrics.Reloaded(reload.Event{Took: time.Second})
	metrics.Reloaded(reload.Event{Took: time.Second, Err: errors.New("broken")})

	var got metricdata.ResourceMetrics
	require.NoError(t, reader.Collect(context.Background(), &got))
	counts := map[string]int64{} // by name and attributes
	for _, m := range got.ScopeMetrics[0].Metrics {
		switch data := m.Data.(type) {
		case metricdata.Sum[int64]:
			for _, p := range data.DataPoints {
				counts[m.Name+" "+p.Attributes.Encoded(attribute.DefaultEncoder())] = p.Value
			}
		case metricdata.Histogram[float64]:
			counts[m.Name] = int64(data.DataPoints[0].Count)
		}
	}
	want := map[string]int64{
		"shenjiao.scans verdict=" + report.Verdict.String(): 1,
		"shenjiao.scans verdict=error":                      1,
		"shenjiao.scan.size ":                               int64(len(draft)) + 1,
		"shenjiao.scan.duration":                            2,
		"shenjiao.entry.findings category=x_names,pack=house,term=云洲市总工会": 2,
		"shenjiao.entry.vetoed category=x_names,pack=house,term=职工之加乐园":   1,
		"shenjiao.vetoed reason=unless":                                   1,
		"shenjiao.reloads result=ok":                                      1,
		"shenjiao.reloads result=error":                                   1,
		"shenjiao.reload.duration":                                        2,
	}
	for _, f := range report.Findings {
		want["shenjiao.findings action="+f.Action.String()+",category="+f.Category]++
	}
	for _, e := range report.Evaluations {
		if e.Status == review.StatusNotEvaluated {
			want["shenjiao.not_evaluated rule="+e.Rule]++
		}
	}
	require.Greater(t, len(want), 15)
	require.Equal(t, want, counts)
}
