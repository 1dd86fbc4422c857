package shenjiao_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/observe"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/serve"
)

// Law 8: errors and logs never hold scanned text.
//
// Every text of these drafts is made of a marker and of things to be found, so
// that a word of it anywhere is seen. What is driven: the parser of documents,
// a scanner and its streams, masks, a gate, observers, a scanner that reloads,
// and the service.

// marker is in every text; no name, message or number of ours holds a part of it.
const marker = "QZXJ绝QZXJ密QZXJ"

// leaked reports whether s holds a part of a draft, however it is written.
func leaked(s string) bool {
	for _, part := range []string{"QZXJ", "绝Q", "密Q", "赌", "7319", `\u7edd`, "e7bb9d", "%E7%BB%9D"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// A keptLog is a log that tests read.
type keptLog struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *keptLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *keptLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *keptLog) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

const markedText = marker + "赌博网站，电话13873197319。" + marker

func markedDocument() *shenjiao.Document {
	text := markedText
	return &shenjiao.Document{
		ID: new("d1"), Title: &text, Digest: &text, Author: &text, Body: new("<p>" + text + "<!-- shenjiao: " + text + " --></p>"), BodyFormat: new(review.BodyHTML),
		Images: []review.Image{{Alt: &text, OCR: &text}}, Repost: &review.Repost{IsRepost: new(true), Source: &text, OriginalTitle: &text},
		Attachments: []review.Attachment{{Name: &text}},
	}
}

// damages returns every way in which data differs from it by its end, or by one
// byte.
func damages(data []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for i := range data {
			if !yield(data[:i]) {
				return
			}
			for _, c := range []byte("\"\\{}[],:0tn\x00\xff\n ") {
				bad := bytes.Clone(data)
				bad[i] = c
				if !yield(bad) {
					return
				}
			}
		}
	}
}

func TestNoContentInErrorsOfParsers(t *testing.T) {
	data, err := json.Marshal(markedDocument())
	require.NoError(t, err)
	tried, failed := 0, 0
	for bad := range damages(data) {
		tried++
		if _, err := review.ParseDocument(bad); err != nil {
			failed++
			require.False(t, leaked(err.Error()), "%s", err)
		}
		for _, err := range review.ReadDocuments(bytes.NewReader(bad)) {
			if err != nil {
				require.False(t, leaked(err.Error()), "%s", err)
				break
			}
		}
	}
	require.Greater(t, failed, tried/3)
	t.Logf("%d inputs, %d refused", tried, failed)
}

func TestNoContentInErrorsOfScanners(t *testing.T) {
	log := &keptLog{}
	s := scanner(t, func(o *shenjiao.Options) {
		o.NoRules, o.ShowVetoed = false, true
		o.Logger, o.Observer = log.logger(), observe.Log(log.logger())
	})
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	var errs []error
	see := func(err error) { errs = append(errs, err) }

	report := scan(t, s, markedDocument())
	require.Greater(t, len(report.Findings), 5)
	data, err := json.Marshal(report)
	require.NoError(t, err)
	require.True(t, leaked(string(data)), "a report does hold it")
	_, err = s.Scan(gone, markedDocument())
	see(err)
	for i := range len(markedText) { // a text that breaks off, or is no text, at each byte
		doc := markedDocument()
		doc.Body = new(markedText[:i] + "\xff" + markedText[i:])
		if _, err := s.Scan(context.Background(), doc); err != nil {
			see(err)
		}
		st := s.NewStream(context.Background(), shenjiao.StreamOptions{})
		if _, err := io.WriteString(st, *doc.Body); err != nil {
			see(err)
		}
		st = s.NewStream(context.Background(), shenjiao.StreamOptions{})
		if _, err := io.WriteString(st, markedText[:i]); err != nil {
			see(err)
		}
		if _, err := st.Report(); err != nil {
			see(err)
		} else if _, err := st.Report(); err != nil {
			see(err)
		}
	}
	_, err = s.Mask(gone, markedText, shenjiao.MaskOptions{})
	see(err)
	_, err = s.Mask(context.Background(), markedText, shenjiao.MaskOptions{Stop: true})
	see(err)
	w := s.NewMaskWriter(context.Background(), io.Discard, shenjiao.MaskOptions{Stop: true})
	_, err = w.Write([]byte(markedText))
	see(cmp.Or(err, w.Close()))
	_, err = io.ReadAll(s.NewMaskReader(context.Background(), strings.NewReader(markedText), shenjiao.MaskOptions{Stop: true}))
	see(err)
	for _, c := range []shenjiao.Checker{s, panics{}} {
		g, err := shenjiao.NewGate(c, shenjiao.GateOptions{OnFailure: shenjiao.FailClosed, Timeout: time.Nanosecond})
		require.NoError(t, err)
		see(g.Decide(gone, markedDocument()).Err)
	}
	for _, err := range s.ScanAll(gone, func(yield func(*shenjiao.Document) bool) { yield(markedDocument()) }, 2) {
		if err != nil {
			see(err)
		}
	}
	require.Greater(t, len(errs), 100)
	for _, err := range errs {
		require.Error(t, err)
		require.False(t, leaked(fmt.Sprintf("%v %+v", err, errors.Unwrap(err))), "%v", err)
	}
	require.Contains(t, log.String(), "check failed")
	require.Contains(t, log.String(), "checked")
	require.False(t, leaked(log.String()), "%s", log)
}

// panics is a checker with a fault, that says what it read.
type panics struct{}

func (panics) Scan(_ context.Context, doc *shenjiao.Document) (*shenjiao.Report, error) {
	panic(*doc.Body)
}

func TestNoContentInLogsOfReloads(t *testing.T) {
	log := &keptLog{}
	bad := false
	var mu sync.Mutex
	s, err := reload.New(reload.Options{
		Scanner: shenjiao.Options{NoStarter: true, Logger: log.logger(), Observer: observe.Log(log.logger())},
		Folders: []string{"house"}, Poll: time.Hour, Logger: log.logger(),
		Open: func(string) fs.FS {
			mu.Lock()
			defer mu.Unlock()
			p := pack(terms).(fstest.MapFS)
			if bad {
				p["terms/terms.csv"] = &fstest.MapFile{Data: []byte("term,category\n甲,\n")}
			}
			return p
		},
	})
	require.NoError(t, err)
	defer s.Close()
	for i := range 4 {
		_, err := s.Scan(context.Background(), markedDocument())
		require.NoError(t, err)
		mu.Lock()
		bad = i%2 == 0
		mu.Unlock()
		if err := s.Reload(); err != nil {
			require.False(t, leaked(err.Error()))
		}
	}
	require.Contains(t, log.String(), "packs not reloaded")
	require.False(t, leaked(log.String()), "%s", log)
}

func TestNoContentInLogsOfServices(t *testing.T) {
	log := &keptLog{}
	s := scanner(t, func(o *shenjiao.Options) {
		o.NoRules, o.Logger, o.Observer = false, log.logger(), observe.Log(log.logger())
	})
	server, err := serve.New(serve.Options{Scanner: serve.Fixed(s), Logger: log.logger(), MaxBody: 1 << 12})
	require.NoError(t, err)
	srv := httptest.NewServer(server)
	defer srv.Close()
	data, err := json.Marshal(markedDocument())
	require.NoError(t, err)

	refused := 0
	for _, path := range []string{"/v1/scan", "/v1/scan/batch", "/v1/mask", "/v1/text", "/v1/scan?profile=" + marker, "/v1/scan?" + marker + "=1", "/" + marker, "/v1/lexicon"} {
		for _, kind := range []string{"application/json", "application/jsonl", "text/plain", "text/html", "text/markdown", "application/octet-stream", "", marker} {
			for _, body := range []string{
				string(data), string(data[:len(data)/2]), string(data) + "\n" + string(data[:40]), markedText, markedText + "\xff", "<p>" + markedText,
				strings.Repeat(markedText, 200), `{"title":"` + markedText + `","title":"` + markedText + `"}`, `{"x":"` + markedText + `"}`,
			} {
				req, err := http.NewRequest(http.MethodPost, srv.URL+path, strings.NewReader(body))
				require.NoError(t, err)
				req.Header.Set("Content-Type", kind)
				resp, err := srv.Client().Do(req)
				require.NoError(t, err)
				answer, err := io.ReadAll(resp.Body)
				require.NoError(t, resp.Body.Close())
				if err == nil && resp.StatusCode >= 400 && !strings.Contains(path+kind, marker) { // what the address says may be said back
					refused++
					require.False(t, leaked(string(answer)), "%s %s: %s", path, kind, answer)
				}
			}
		}
	}
	require.Greater(t, refused, 50)
	require.Contains(t, log.String(), "route")
	require.False(t, leaked(log.String()), "%s", log)
}
