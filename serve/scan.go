package serve

import (
	"bytes"
	"context"
	"net/http"
	"strconv"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
)

// api are the routes that openapi.yaml describes.
func (s *Server) api() []route {
	return []route{
		{pattern: "POST /v1/scan", handle: s.scan},
		{pattern: "POST /v1/scan/batch", handle: s.scanBatch},
		{pattern: "POST /v1/mask", handle: s.mask},
		{pattern: "POST /v1/text", handle: s.text},
		{pattern: "GET /v1/lexicon", handle: s.lexicon},
		{pattern: "GET /v1/rules", handle: s.rules},
		{pattern: "GET /healthz", open: true, handle: s.healthy},
		{pattern: "GET /readyz", open: true, handle: s.ready},
		{pattern: "GET /metrics", handle: s.metrics},
	}
}

// scan answers with the report of one draft.
func (s *Server) scan(w http.ResponseWriter, r *http.Request) error {
	p, err := parseParams(r, append(scanParams, "format")...)
	if err != nil {
		return err
	}
	doc, release, err := s.readDocument(w, r)
	if err != nil {
		return err
	}
	defer release()
	scanner, err := s.variants.get(s.opts.Scanner.Current(), &p)
	if err != nil {
		return err
	}
	rep, err := s.check(r.Context(), scanner, doc)
	if err != nil {
		return err
	}
	body, err := render(p.format, scanner, doc, rep)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", formats[p.format])
	if p.format == "html" {
		w.Header().Set("Content-Disposition", `attachment; filename="report.html"`)
	}
	return send(w, body)
}

// send writes a whole answer. That the client is gone is no error of ours.
func send(w http.ResponseWriter, body []byte) error {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
	return nil
}

// check waits for its turn and scans.
func (s *Server) check(ctx context.Context, scanner *shenjiao.Scanner, doc *review.Document) (*review.Report, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.opts.ScanTimeout, tooLong(s.opts.ScanTimeout))
	defer cancel()
	if err := s.jobs.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	defer s.jobs.Release(1)
	return scanner.Scan(ctx, doc)
}

// render writes a report in one of the formats.
func render(format string, scanner *shenjiao.Scanner, doc *review.Document, rep *review.Report) ([]byte, error) {
	var b bytes.Buffer
	english := scanner.Options().Language == shenjiao.English
	name := rep.Document.ID
	if name == "" {
		name = "draft"
		if doc.Title != nil && *doc.Title != "" {
			name = *doc.Title
		}
	}
	var w report.Writer
	switch format {
	case "sarif":
		w = report.NewSARIF(&b, report.SARIFOptions{English: english, Rule: report.CatalogueRule(english)})
	case "html":
		w = report.NewHTML(&b, report.HTMLOptions{English: english, Rule: report.CatalogueRule(english)})
	case "text":
		w = report.NewText(&b, report.TextOptions{English: english})
	default:
		w = report.NewJSONLines(&b)
	}
	item := report.Item{Name: name, Report: rep, Document: doc, Excerpt: report.FieldExcerpt(doc)}
	if err := w.Write(item); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
