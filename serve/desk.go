package serve

import (
	"embed"
	"net/http"
	"strings"

	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/schema"
)

// OpenAPI describes the interface, as OpenAPI 3.1 in YAML.
//
//go:embed openapi.yaml
var OpenAPI string

//go:embed desk
var desk embed.FS

// deskPolicy lets the review desk load and ask nothing but this server, and be
// in nobody's frame.
const deskPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// pages are the routes beside the interface: what describes it, and the review
// desk, which holds nothing and asks for the token itself.
func (s *Server) pages() []route {
	list := []route{
		{pattern: "GET /openapi.yaml", open: true, handle: file("application/yaml", OpenAPI)},
		{pattern: "GET /schema/document-v1.json", open: true, handle: file("application/schema+json", schema.Document)},
		{pattern: "GET /schema/report-v1.json", open: true, handle: file("application/schema+json", schema.Report)},
		{pattern: "GET /report.css", open: true, handle: file("text/css; charset=utf-8", report.Style)},
	}
	for name, kind := range map[string]string{"index.html": "text/html", "desk.css": "text/css", "desk.js": "text/javascript", "data.js": "text/javascript"} {
		content, err := desk.ReadFile("desk/" + name)
		if err != nil {
			panic(err) // embedded
		}
		pattern := "GET /" + strings.Replace(name, "index.html", "{$}", 1)
		list = append(list, route{pattern: pattern, open: true, handle: file(kind+"; charset=utf-8", string(content))})
	}
	return list
}

func file(kind, content string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Security-Policy", deskPolicy)
		return send(w, []byte(content))
	}
}
