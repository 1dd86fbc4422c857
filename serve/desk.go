package serve

import (
	_ "embed"
	"net/http"

	"github.com/shenjiao/shenjiao/schema"
)

// OpenAPI describes the interface, as OpenAPI 3.1 in YAML.
//
//go:embed openapi.yaml
var OpenAPI string

// pages are the routes beside the interface: what describes it.
func (s *Server) pages() []route {
	return []route{
		{pattern: "GET /openapi.yaml", open: true, handle: file("application/yaml", OpenAPI)},
		{pattern: "GET /schema/document-v1.json", open: true, handle: file("application/schema+json", schema.Document)},
		{pattern: "GET /schema/report-v1.json", open: true, handle: file("application/schema+json", schema.Report)},
	}
}

func file(kind, content string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", kind)
		return send(w, []byte(content))
	}
}
