package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
)

// A transcript is what a command that goes on writes.
type transcript struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.Write(p)
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}

var listening = regexp.MustCompile(`"address":"(http://[^"]+)"`)

// TestServe: the command serves with its flags, follows its folder, and ends
// without a fault when it is told to.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(data), 0o644))
	}
	write("house/pack.yaml", "id: house\nversion: 1.0.0\n")
	write("house/terms/a.csv", "term,category,suggest\n云洲市总工会,x_names,一\n")
	write("token.txt", "0123456789abcdef\n")

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var log transcript
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{
			"serve", "--listen", "127.0.0.1:0", "--log", "json", "--token-file", filepath.Join(dir, "token.txt"),
			"--no-starter", "--no-rules", "--lexicon", filepath.Join(dir, "house"), "--entry-metrics",
		}, console{strings.NewReader(""), &log, &log})
	}()
	const wait = 20 * time.Second
	require.Eventually(t, func() bool { return listening.MatchString(log.String()) }, wait, 10*time.Millisecond)
	addr := listening.FindStringSubmatch(log.String())[1]
	do := func(method, path, body string) (*http.Response, string) {
		req, err := http.NewRequest(method, addr+path, strings.NewReader(body))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "text/plain")
		req.Header.Set("Authorization", "Bearer 0123456789abcdef")
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		var b bytes.Buffer
		_, err = b.ReadFrom(resp.Body)
		require.NoError(t, err)
		return resp, b.String()
	}
	scan := func() *review.Report {
		resp, body := do("POST", "/v1/scan", "到云洲市总工会参观")
		require.Equal(t, 200, resp.StatusCode, body)
		var r review.Report
		require.NoError(t, json.Unmarshal([]byte(body), &r))
		require.Len(t, r.Findings, 1)
		return &r
	}
	require.Equal(t, "一", scan().Findings[0].Suggestion)

	write("house/terms/a.csv", "term,category,suggest\n云洲市总工会,x_names,二\n")
	require.Eventually(t, func() bool { return scan().Findings[0].Suggestion == "二" }, wait, 20*time.Millisecond)
	write("house/pack.yaml", "id: house\n") // the last good one stays, and it shows
	require.Eventually(t, func() bool {
		_, body := do("GET", "/readyz", "")
		return strings.Contains(body, `"ready":true,"stale":true`)
	}, wait, 20*time.Millisecond)
	require.Equal(t, "二", scan().Findings[0].Suggestion)
	_, metrics := do("GET", "/metrics", "")
	for _, want := range []string{
		`shenjiao_reloads_total\{result="ok"\} [1-9]`, `shenjiao_reloads_total\{result="error"\} [1-9]`,
		`shenjiao_pack_info\{pack="house",version="1.0.0"\} 1`,
		`shenjiao_entry_findings_total\{category="x_names",pack="house",term="云洲市总工会"\} [1-9]`,
	} {
		require.Regexp(t, want, metrics)
	}

	cancel()
	require.Equal(t, statusPass, <-status, log.String())
	require.NotContains(t, log.String(), "参观")
	require.NotContains(t, log.String(), "0123456789abcdef")
}
