package serve_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing/fstest"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/serve"
)

// A Server is an http.Handler, for a program that has a server of its own.
func Example() {
	house := fstest.MapFS{
		"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\n")},
		"terms/a.csv": {Data: []byte("term,category,suggest\n云洲市总工会,x_names,云州市总工会\n")},
	}
	scanner, err := shenjiao.New(shenjiao.Options{NoStarter: true, NoRules: true, Packs: []fs.FS{house}})
	if err != nil {
		log.Fatal(err)
	}
	handler, err := serve.New(serve.Options{Scanner: serve.Fixed(scanner), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()

	resp, err := http.Post(server.URL+"/v1/scan", "text/plain", strings.NewReader("到云洲市总工会参观"))
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	var report shenjiao.Report
	if err := json.NewDecoder(resp.Body).Decode(&report); err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict, report.Findings[0].Text, report.Findings[0].Suggestion)

	resp, err = http.Post(server.URL+"/v1/scan", "application/json", strings.NewReader(`{"boddy": "…"}`))
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	fmt.Println(resp.Status)
	// Output:
	// review 云洲市总工会 云州市总工会
	// 400 Bad Request
}
