package serve

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/require"
)

// TestOpenAPI holds the description and the handlers together: each describes
// every route of the other, and requests and answers of every operation fit.
func TestOpenAPI(t *testing.T) {
	spec, err := openapi3.NewLoader().LoadFromData([]byte(OpenAPI))
	require.NoError(t, err)
	require.NoError(t, spec.Validate(t.Context()))

	srv, _ := start(t, func(o *Options) { o.MaxBody = 1000; o.Token = "t" })
	s := &Server{}
	var described, handled []string
	for path, item := range spec.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
		}
	}
	for _, r := range s.api() {
		handled = append(handled, r.pattern)
		method, path, _ := strings.Cut(r.pattern, " ")
		op := spec.Paths.Value(path).GetOperation(method)
		require.NotNil(t, op, r.pattern)
		require.Equal(t, r.open, op.Security != nil && len(*op.Security) == 0, "%s: whether it needs the token", r.pattern)
	}
	require.ElementsMatch(t, handled, described)

	spec.Servers = nil
	router, err := gorillamux.NewRouter(spec)
	require.NoError(t, err)
	openapi3filter.RegisterBodyDecoder("application/jsonl", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/x-ndjson", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/markdown", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder(docxType, openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/sarif+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.JSONBodyDecoder)
	var seen []string
	for _, x := range []struct {
		method, path, kind, body, token string
		status                          int
		wrong                           bool // the request does not fit the description
	}{
		{"POST", "/v1/scan", "application/json", document(draft), "t", 200, false},
		{"POST", "/v1/scan?profile=none&channels=-noise&categories=minors,x_names&min_confidence=0.5&vetoed=true&lang=en", "application/json", document(draft), "t", 200, false},
		{"POST", "/v1/scan?format=sarif", "text/plain", draft, "t", 200, false},
		{"POST", "/v1/scan?format=html", "text/html", draft, "t", 200, false},
		{"POST", "/v1/scan?format=text", "text/markdown", draft, "t", 200, false},
		{"POST", "/v1/scan?format=pdf", "text/plain", draft, "t", 400, true},
		{"POST", "/v1/scan", "application/json", `{"title":7}`, "t", 400, true},
		{"POST", "/v1/scan", "text/csv", draft, "t", 415, true},
		{"POST", "/v1/scan", "text/plain", strings.Repeat("大", 400), "t", 413, false},
		{"POST", "/v1/scan", "text/plain", draft, "", 401, false},
		{"POST", "/v1/scan/batch", "application/jsonl", document(draft) + "\n{}\n", "t", 200, false},
		{"POST", "/v1/scan/batch", "application/x-ndjson", "", "t", 200, true},
		{"POST", "/v1/scan/batch", "text/plain", "{}", "t", 415, true},
		{"POST", "/v1/mask?mode=category&least=note&categories=minors&lang=en", "text/plain", draft, "t", 200, false},
		{"POST", "/v1/mask?mode=none", "text/plain", draft, "t", 400, true},
		{"POST", "/v1/mask", "text/html", draft, "t", 415, true},
		{"POST", "/v1/mask", "text/plain", draft, "", 401, false},
		{"POST", "/v1/text", docxType, wordDocument(t, draft), "t", 200, false},
		{"POST", "/v1/text", docxType, "no archive", "t", 400, false},
		{"POST", "/v1/text", docxType, wordDocument(t, draft), "", 401, false},
		{"POST", "/v1/text", "text/plain", draft, "t", 415, true},
		{"GET", "/v1/lexicon", "", "", "t", 200, false},
		{"GET", "/v1/lexicon", "", "", "", 401, false},
		{"GET", "/v1/rules", "", "", "t", 200, false},
		{"GET", "/v1/rules?profile=yangzhou-union", "", "", "t", 200, false},
		{"GET", "/v1/rules?profile=nobody", "", "", "t", 400, false},
		{"GET", "/healthz", "", "", "", 200, false},
		{"GET", "/readyz", "", "", "", 200, false},
		{"GET", "/metrics", "", "", "t", 200, false},
	} {
		name := x.method + " " + x.path + " " + x.kind
		build := func() *http.Request {
			req, err := http.NewRequest(x.method, srv.URL+x.path, strings.NewReader(x.body))
			require.NoError(t, err)
			if x.kind != "" {
				req.Header.Set("Content-Type", x.kind)
			}
			if x.token != "" {
				req.Header.Set("Authorization", "Bearer "+x.token)
			}
			return req
		}
		req := build()
		route, params, err := router.FindRoute(req)
		require.NoError(t, err, name)
		seen = append(seen, x.method+" "+route.Path)
		in := &openapi3filter.RequestValidationInput{
			Request: req, PathParams: params, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
		}
		err = openapi3filter.ValidateRequest(t.Context(), in)
		require.Equal(t, x.wrong, err != nil, "%s: %v", name, err)

		resp, err := srv.Client().Do(build())
		require.NoError(t, err, name)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, x.status, resp.StatusCode, "%s: %s", name, body)
		require.NoError(t, openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: in, Status: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(bytes.NewReader(body)),
			Options: &openapi3filter.Options{IncludeResponseStatus: true},
		}), name)
	}
	slices.Sort(seen)
	require.ElementsMatch(t, described, slices.Compact(seen), "operations that were tried")
}
