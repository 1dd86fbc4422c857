package prom_test

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"testing/fstest"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/observe/prom"
)

func Example() {
	house := fstest.MapFS{
		"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\n")},
		"terms/a.csv": {Data: []byte("term,category\n云洲市总工会,x_names\n")},
	}
	metrics := prom.New(prom.Options{})
	registry := prometheus.NewRegistry()
	registry.MustRegister(metrics)
	scanner, err := shenjiao.New(shenjiao.Options{NoStarter: true, NoRules: true, Packs: []fs.FS{house}, Observer: metrics})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new("到云洲市总工会参观")}); err != nil {
		log.Fatal(err)
	}
	families, err := registry.Gather()
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "shenjiao_findings_total" {
			fmt.Println(f.GetMetric()[0].GetLabel()[1].GetValue(), f.GetMetric()[0].GetCounter().GetValue())
		}
	}
	// Output:
	// x_names 1
}
