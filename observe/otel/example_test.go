package otel_test

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"testing/fstest"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/observe/otel"
)

func Example() {
	house := fstest.MapFS{
		"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\n")},
		"terms/a.csv": {Data: []byte("term,category\n云洲市总工会,x_names\n")},
	}
	reader := metric.NewManualReader() // a program has one that exports
	metrics, err := otel.New(metric.NewMeterProvider(metric.WithReader(reader)).Meter("drafts"), otel.Options{})
	if err != nil {
		log.Fatal(err)
	}
	scanner, err := shenjiao.New(shenjiao.Options{NoStarter: true, NoRules: true, Packs: []fs.FS{house}, Observer: metrics})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new("到云洲市总工会参观")}); err != nil {
		log.Fatal(err)
	}
	var collected metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &collected); err != nil {
		log.Fatal(err)
	}
	for _, m := range collected.ScopeMetrics[0].Metrics {
		if m.Name == "shenjiao.findings" {
			point := m.Data.(metricdata.Sum[int64]).DataPoints[0]
			category, _ := point.Attributes.Value("category")
			fmt.Println(category.AsString(), point.Value)
		}
	}
	// Output:
	// x_names 1
}
