package serve

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/observe/prom"
	"github.com/shenjiao/shenjiao/schema"
)

// housePack has long terms, so that no dictionary is loaded.
var housePack = fstest.MapFS{
	"pack.yaml": {Data: []byte("id: house\nversion: 1.0.0\nowner: 宣传部\nlicence: CC0-1.0\nupdated: 2026-11-01\n")},
	"terms/a.csv": {Data: []byte("term,category,suggest,unless\n云洲市总工会,x_names,云州市总工会,\n" +
		"职工之加乐园,x_names,,旧称\n幸运转盘大奖,gambling_fraud,,\n")},
}

const draft = "云洲市总工会举办幸*运*转*盘*大*奖，电话13812345678。"

// A journal is a log that tests read.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

func houseScanner(t testing.TB, change ...func(*shenjiao.Options)) *shenjiao.Scanner {
	opts := shenjiao.Options{NoStarter: true, Packs: []fs.FS{housePack}}
	for _, c := range change {
		c(&opts)
	}
	s, err := shenjiao.New(opts)
	require.NoError(t, err)
	return s
}

// start serves until the test ends.
func start(t testing.TB, change ...func(*Options)) (*httptest.Server, *journal) {
	log := &journal{}
	metrics := prom.New(prom.Options{})
	opts := Options{Logger: slog.New(slog.NewJSONHandler(log, nil)), Metrics: metrics}
	for _, c := range change {
		c(&opts)
	}
	if opts.Scanner == nil {
		opts.Scanner = Fixed(houseScanner(t, func(o *shenjiao.Options) { o.Observer = metrics }))
	}
	s, err := New(opts)
	require.NoError(t, err)
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return srv, log
}

// call sends a request; the body's type is kind.
func call(t testing.TB, srv *httptest.Server, method, path, kind, body string, header ...string) (*http.Response, string) {
	req, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := srv.Client().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp, string(got)
}

// document is a Document of this body, as JSON.
func document(body string) string {
	b, err := json.Marshal(map[string]string{"id": "d1", "body": body})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func readReport(t testing.TB, s string) *shenjiao.Report {
	var r shenjiao.Report
	require.NoError(t, json.Unmarshal([]byte(s), &r), s)
	return &r
}

// TestScan: the answer is the report of the library, in its schema.
func TestScan(t *testing.T) {
	srv, _ := start(t)
	c := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema.Report))
	require.NoError(t, err)
	require.NoError(t, c.AddResource("report.json", doc))
	form := c.MustCompile("report.json")
	for name, x := range map[string]struct{ kind, body string }{
		"document": {"application/json", document(draft)},
		"plain":    {"text/plain", draft},
		"charset":  {"text/plain; charset=UTF-8", draft},
		"html":     {"text/html", "<p>" + draft + "</p>"},
		"markdown": {"text/markdown", "# 标题\n\n" + draft},
	} {
		t.Run(name, func(t *testing.T) {
			resp, body := call(t, srv, "POST", "/v1/scan", x.kind, x.body)
			require.Equal(t, 200, resp.StatusCode, body)
			require.Equal(t, "application/json", resp.Header.Get("Content-Type"))
			require.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
			require.NoError(t, err)
			require.NoError(t, form.Validate(v))
			r := readReport(t, body)
			var terms []string
			for _, f := range r.Findings {
				if f.Category != "" && f.Field == "body" && !slices.Contains(terms, f.Text) {
					terms = append(terms, f.Text)
				}
			}
			require.Equal(t, []string{"云洲市总工会", "幸*运*转*盘*大*奖", "138****5678"}, terms)
			require.NotEmpty(t, r.Evaluations)
		})
	}
}

// TestParameters: what a request changes is judged so, and named in the report.
func TestParameters(t *testing.T) {
	srv, _ := start(t)
	scan := func(query string) *shenjiao.Report {
		resp, body := call(t, srv, "POST", "/v1/scan?"+query, "application/json", document(draft))
		require.Equal(t, 200, resp.StatusCode, body)
		return readReport(t, body)
	}
	categories := func(r *shenjiao.Report) (s string) {
		for _, f := range r.Findings {
			if f.Field == "body" && f.Category != "" && !strings.Contains(s, f.Category) {
				s += f.Category + " "
			}
		}
		return s
	}
	for query, want := range map[string]string{
		"":                                  "x_names gambling_fraud personal_info ",
		"categories=x_names,personal_info":  "x_names personal_info ",
		"categories=gambling_fraud":         "gambling_fraud ",
		"channels=-noise":                   "x_names personal_info ",
		"channels=width,case":               "x_names personal_info ",
		"channels=all&min_confidence=0.95":  "x_names personal_info ",
		"profile=none":                      "x_names gambling_fraud personal_info ",
		"profile=none&channels=-noise":      "x_names personal_info ",
		"profile=none&categories=x_names":   "x_names ",
		"channels=-noise&categories=minors": "",
	} {
		for range 2 { // made, and kept
			r := scan(query)
			require.Equal(t, want, categories(r), query)
			require.Equal(t, strings.Contains(query, "profile=none"), len(r.Evaluations) == 0, query)
		}
	}
	require.NotEqual(t, scan("").Snapshot.Digest, scan("channels=-noise").Snapshot.Digest)
	require.Equal(t, "yangzhou-union", scan("profile=yangzhou-union").Snapshot.Profile)
	require.NotEqual(t, scan("").Snapshot.Digest, scan("semantic=false").Snapshot.Digest)
	require.Nil(t, scan("").Vetoed)
	require.NotNil(t, scan("vetoed=true").Vetoed)
	require.Contains(t, scan("lang=en").Findings[0].Message, "write")
}

// TestFormats: a report can be had in every form.
func TestFormats(t *testing.T) {
	srv, _ := start(t)
	for format, want := range map[string]string{
		"json": `"schema":"shenjiao.report/v1"`, "sarif": `"version": "2.1.0"`, "html": "<!doctype html>", "text": "云洲市总工会",
	} {
		resp, body := call(t, srv, "POST", "/v1/scan?format="+format, "application/json", document(draft))
		require.Equal(t, 200, resp.StatusCode, format)
		require.Contains(t, body, want, format)
		require.Equal(t, formats[format], resp.Header.Get("Content-Type"))
	}
}

// TestRefusals: every wrong request is told what is wanted, and nothing of what
// it sent.
func TestRefusals(t *testing.T) {
	srv, log := start(t, func(o *Options) { o.MaxBody = 1000 })
	for name, x := range map[string]struct {
		method, path, kind, body string
		status                   int
		want                     string
	}{
		"no type":        {"POST", "/v1/scan", "", draft, 415, "application/json"},
		"form":           {"POST", "/v1/scan", "application/x-www-form-urlencoded", draft, 415, "text/markdown"},
		"charset":        {"POST", "/v1/scan", "text/plain; charset=gbk", "x", 415, "UTF-8"},
		"no JSON":        {"POST", "/v1/scan", "application/json", draft, 400, `"kind":"syntax"`},
		"empty":          {"POST", "/v1/scan", "application/json", "", 400, `"line":1`},
		"unknown key":    {"POST", "/v1/scan", "application/json", `{"boody":"` + draft + `","titel":"x"}`, 400, `did you mean`},
		"no UTF-8":       {"POST", "/v1/scan", "text/plain", "\xff\xfe", 400, `"kind":"encoding"`},
		"too large":      {"POST", "/v1/scan", "text/plain", strings.Repeat("大", 400), 413, "larger"},
		"parameters":     {"POST", "/v1/scan?profil=x&format=pdf&channels=nosie&lang=fr&min_confidence=2&vetoed=7&categories=x&semantic=q", "text/plain", "x", 400, `unknown channel`},
		"twice":          {"POST", "/v1/scan?lang=zh&lang=en", "text/plain", "x", 400, "want one value"},
		"query":          {"POST", "/v1/scan?lang=%zz", "text/plain", "x", 400, "cannot be read"},
		"no batch":       {"POST", "/v1/scan/batch", "application/json", "{}", 415, "application/jsonl"},
		"format of many": {"POST", "/v1/scan/batch?format=html", "application/jsonl", "{}", 400, "unknown parameter"},
		"unknown path":   {"GET", "/v1/nothing", "", "", 404, ""},
		"method":         {"GET", "/v1/scan", "", "", 405, ""},
	} {
		t.Run(name, func(t *testing.T) {
			resp, body := call(t, srv, x.method, x.path, x.kind, x.body)
			require.Equal(t, x.status, resp.StatusCode, body)
			require.Contains(t, body, x.want)
			require.NotContains(t, body, "云洲市")
			require.NotContains(t, body, "大大大")
			if x.want != "" {
				require.Equal(t, "application/problem+json", resp.Header.Get("Content-Type"))
			}
		})
	}
	resp, body := call(t, srv, "POST", "/v1/scan?profil=x&format=pdf&channels=nosie&lang=fr&min_confidence=2&vetoed=7&categories=x&semantic=q", "text/plain", "x")
	require.Equal(t, 400, resp.StatusCode)
	var p problem
	require.NoError(t, json.Unmarshal([]byte(body), &p))
	require.Len(t, p.Faults, 8, "all faults at once: %s", body)
	require.NotContains(t, log.String(), "云洲市")
	require.NotContains(t, log.String(), "nosie")
	require.Equal(t, 16, strings.Count(log.String(), `"msg":"request"`))
}

// TestToken: without the token, nothing but health is answered.
func TestToken(t *testing.T) {
	srv, log := start(t, func(o *Options) { o.Token = "correct horse" })
	for path, method := range map[string]string{"/v1/scan": "POST", "/v1/scan/batch": "POST", "/v1/lexicon": "GET", "/v1/rules": "GET", "/metrics": "GET"} {
		for _, header := range []string{"", "Bearer", "Bearer wrong", "Basic correct horse", "Bearer correct", "correct horse"} {
			resp, body := call(t, srv, method, path, "text/plain", draft, "Authorization", header)
			require.Equal(t, 401, resp.StatusCode, "%s %q", path, header)
			require.Equal(t, "Bearer", resp.Header.Get("WWW-Authenticate"))
			require.NotContains(t, body, "horse")
		}
	}
	for _, path := range []string{"/healthz", "/readyz", "/openapi.yaml"} {
		resp, _ := call(t, srv, "GET", path, "", "")
		require.Equal(t, 200, resp.StatusCode, path)
	}
	resp, _ := call(t, srv, "POST", "/v1/scan", "text/plain", draft, "Authorization", "Bearer correct horse")
	require.Equal(t, 200, resp.StatusCode)
	require.NotContains(t, log.String(), "horse")
}

// TestForeignPages: a page of the web cannot use a server on this machine, be
// it by a request across origins or by a name that leads here.
func TestForeignPages(t *testing.T) {
	srv, _ := start(t)
	resp, _ := call(t, srv, "POST", "/v1/scan", "text/plain", draft, "Origin", "https://example.com")
	require.Equal(t, 403, resp.StatusCode)
	resp, _ = call(t, srv, "POST", "/v1/scan", "text/plain", draft, "Sec-Fetch-Site", "cross-site")
	require.Equal(t, 403, resp.StatusCode)
	for host, want := range map[string]int{"localhost": 200, "localhost:8080": 200, "127.0.0.1": 200, "[::1]:80": 200, "evil.example": 403, "evil.example:8080": 403, "10.0.0.1": 403} {
		req, err := http.NewRequest("GET", srv.URL+"/v1/lexicon", nil)
		require.NoError(t, err)
		req.Host = host
		resp, err := srv.Client().Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		require.Equal(t, want, resp.StatusCode, host)
	}
}

// TestBatch: a report a line, in their order; a line that fails is only that.
func TestBatch(t *testing.T) {
	srv, _ := start(t, func(o *Options) { o.MaxBody = 2000 })
	var in strings.Builder
	const n = 50
	for i := range n {
		switch i % 10 {
		case 3:
			in.WriteString(`{"boody":"` + draft + "\"}\n")
		case 7:
			in.WriteString(document(strings.Repeat("长", 1000)) + "\n")
		default:
			in.WriteString(strings.Replace(document(strings.Repeat(draft, i%4)), "d1", string(rune('A'+i)), 1) + "\n\n")
		}
	}
	resp, body := call(t, srv, "POST", "/v1/scan/batch?profile=none", "application/jsonl", in.String())
	require.Equal(t, 200, resp.StatusCode)
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	require.Len(t, lines, n)
	for i, line := range lines {
		switch i % 10 {
		case 3, 7:
			var x struct {
				Document int
				Problem  problem
			}
			require.NoError(t, json.Unmarshal([]byte(line), &x))
			require.Equal(t, i+1, x.Document)
			require.Equal(t, 400, x.Problem.Status)
			require.NotContains(t, line, "云洲市")
		default:
			r := readReport(t, line)
			require.Equal(t, string(rune('A'+i)), r.Document.ID)
			require.Len(t, r.Findings, 3*(i%4))
		}
	}
}

// TestBatchAnswersAtOnce: a client may wait for the report of a line before it
// writes the next.
func TestBatchAnswersAtOnce(t *testing.T) {
	srv, _ := start(t)
	pr, pw := io.Pipe()
	req, err := http.NewRequest("POST", srv.URL+"/v1/scan/batch", pr)
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-ndjson")
	resp, err := srv.Client().Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	dec := json.NewDecoder(resp.Body)
	for range 3 {
		_, err := io.WriteString(pw, document(draft)+"\n")
		require.NoError(t, err)
		var r shenjiao.Report
		require.NoError(t, dec.Decode(&r))
		require.Equal(t, "d1", r.Document.ID)
	}
	require.NoError(t, pw.Close())
	var rest any
	require.ErrorIs(t, dec.Decode(&rest), io.EOF)
	resp, _ = call(t, srv, "POST", "/v1/scan", "text/plain", draft) // on the same connection
	require.Equal(t, 200, resp.StatusCode)
}

// wordDocument is a .docx file of one paragraph.
func wordDocument(t testing.TB, text string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("word/document.xml")
	require.NoError(t, err)
	_, err = io.WriteString(f, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`+text+`</w:t></w:r></w:p></w:body></w:document>`)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

// TestWordDocument: its text comes back, if it is not too long to be checked.
func TestWordDocument(t *testing.T) {
	srv, log := start(t, func(o *Options) { o.MaxBody = 5000 })
	resp, body := call(t, srv, "POST", "/v1/text", docxType, wordDocument(t, draft))
	require.Equal(t, 200, resp.StatusCode)
	require.JSONEq(t, `{"text":"`+draft+`"}`, body)
	resp, _ = call(t, srv, "POST", "/v1/text", docxType, wordDocument(t, strings.Repeat("长", 2000)))
	require.Equal(t, 413, resp.StatusCode, "a short file of a long text")
	resp, body = call(t, srv, "POST", "/v1/text", docxType, draft)
	require.Equal(t, 400, resp.StatusCode)
	require.Contains(t, body, "want a .docx file")
	require.NotContains(t, log.String(), "云洲市")
}

// TestMetricsPage: what was checked and asked is counted.
func TestMetricsPage(t *testing.T) {
	srv, _ := start(t)
	call(t, srv, "POST", "/v1/scan", "text/plain", draft)
	call(t, srv, "POST", "/v1/scan", "text/csv", draft)
	call(t, srv, "POST", "/v1/mask", "text/plain", draft)
	_, body := call(t, srv, "GET", "/metrics", "", "")
	for _, want := range []string{
		`shenjiao_http_requests_total{route="POST /v1/scan",status="200"} 1`,
		`shenjiao_http_requests_total{route="POST /v1/scan",status="415"} 1`,
		`shenjiao_findings_total{action="review",category="x_names"} 1`,
		"shenjiao_scan_seconds_count 1", "go_goroutines", `shenjiao_masked_total{category="gambling_fraud"} 1`,
	} {
		require.Contains(t, body, want)
	}
	require.NotContains(t, body, "云洲市")
}

// panicking is a source that fails in a way that nobody foresaw.
type panicking struct{}

func (panicking) Current() *shenjiao.Scanner { panic(draft) }

// TestPanic: it is answered, and logged with its place, but not with what it
// holds.
func TestPanic(t *testing.T) {
	srv, log := start(t, func(o *Options) { o.Scanner = panicking{} })
	resp, body := call(t, srv, "POST", "/v1/scan", "text/plain", draft)
	require.Equal(t, 500, resp.StatusCode)
	require.NotContains(t, body, "云洲市")
	require.Contains(t, log.String(), "panicking")
	require.Contains(t, log.String(), `"status":500`)
	require.NotContains(t, log.String(), "云洲市")
	resp, _ = call(t, srv, "GET", "/healthz", "", "")
	require.Equal(t, 200, resp.StatusCode)
}

// changing is a source whose scanner is replaced.
type changing struct {
	now atomic.Pointer[shenjiao.Scanner]
}

func (c *changing) Current() *shenjiao.Scanner { return c.now.Load() }

// TestSnapshots: while the scanner is replaced, every report is of one
// snapshot, also where a request changes what it is judged by, and a batch is
// of one from its first line to its last.
func TestSnapshots(t *testing.T) {
	version := func(n int) *shenjiao.Scanner {
		pack := fstest.MapFS{
			"pack.yaml":   {Data: fmt.Appendf(nil, "id: house\nversion: 1.0.%d\n", n)},
			"terms/a.csv": {Data: fmt.Appendf(nil, "term,category,suggest\n云洲市总工会,x_names,1.0.%d\n", n)},
		}
		return houseScanner(t, func(o *shenjiao.Options) { o.Packs = []fs.FS{pack} })
	}
	scanners := []*shenjiao.Scanner{version(0), version(1), version(2)}
	source := &changing{}
	source.now.Store(scanners[0])
	srv, _ := start(t, func(o *Options) { o.Scanner = source })
	check := func(line string) string {
		r := readReport(t, line)
		require.Len(t, r.Findings, 2)
		for _, f := range r.Findings {
			require.Equal(t, r.Snapshot.Packs[0].Version, f.Suggestion)
		}
		return r.Snapshot.Packs[0].Version
	}
	text := "到云洲市总工会，看云洲市总工会"
	var clients sync.WaitGroup
	for _, query := range []string{"?profile=none", "?profile=none&channels=-noise", "?profile=none&lang=en&channels=width"} {
		clients.Go(func() {
			for range 30 {
				_, body := call(t, srv, "POST", "/v1/scan"+query, "text/plain", text)
				check(body)
			}
		})
		clients.Go(func() {
			for range 5 {
				_, body := call(t, srv, "POST", "/v1/scan/batch"+query, "application/jsonl", strings.Repeat(document(text)+"\n", 20))
				versions := map[string]int{}
				for line := range strings.Lines(body) {
					versions[check(line)]++
				}
				require.Len(t, versions, 1, "%v", versions)
			}
		})
	}
	done := make(chan struct{})
	go func() { clients.Wait(); close(done) }()
	for n := 1; ; n++ {
		select {
		case <-done:
			return
		case <-time.After(time.Millisecond):
			source.now.Store(scanners[n%len(scanners)])
		}
	}
}
