package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

func TestPublish(t *testing.T) {
	var published []article
	handler, err := cms(func(a article) { published = append(published, a) })
	require.NoError(t, err)

	for _, test := range []struct {
		name, body string
		status     int
		found      []string // texts of findings of terms
	}{
		{"clean", `{"title":"春季植树活动通知","author":"办公室","content":"<p>请于周五上午九时集合。</p>"}`, http.StatusOK, nil},
		{"a wrong term behind markup", `{"title":"表扬","content":"<p>望<b>再接</b>再励</p>"}`, http.StatusUnprocessableEntity, []string{"再接</b>再励"}},
		{"a secrecy mark", `{"title":"转发","content":"<p>机密★10年</p>"}`, http.StatusUnprocessableEntity, nil},
		{"no JSON", `title=x`, http.StatusBadRequest, nil},
		{"too long", `{"content":"` + strings.Repeat("字", maxBody/3) + `"}`, http.StatusRequestEntityTooLarge, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			published = nil
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequest("POST", "/publish", strings.NewReader(test.body)))
			require.Equal(t, test.status, w.Code, w.Body)
			if test.status == http.StatusOK {
				require.Len(t, published, 1, "the handler behind gets the whole article")
				require.Equal(t, "春季植树活动通知", published[0].Title)
				return
			}
			require.Empty(t, published)
			if test.status != http.StatusUnprocessableEntity {
				return
			}
			var report review.Report
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &report))
			require.NotEqual(t, review.VerdictPass, report.Verdict)
			require.NotEmpty(t, report.Findings)
			var found []string
			for _, f := range report.Findings {
				if f.Rule == "term" {
					found = append(found, f.Text)
				}
			}
			require.Equal(t, test.found, found)
		})
	}
}

// broken is a checker that fails.
type broken struct{}

func (broken) Scan(context.Context, *shenjiao.Document) (*shenjiao.Report, error) {
	return nil, errors.New("no")
}

// A check that fails is not published unless somebody decided so.
func TestFailure(t *testing.T) {
	for mode, status := range map[shenjiao.FailMode]int{
		shenjiao.FailClosed: http.StatusServiceUnavailable,
		shenjiao.FailReview: http.StatusServiceUnavailable,
		shenjiao.FailOpen:   http.StatusTeapot,
	} {
		gate, err := shenjiao.NewGate(broken{}, shenjiao.GateOptions{OnFailure: mode})
		require.NoError(t, err)
		next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) })
		w := httptest.NewRecorder()
		check(gate, document, next).ServeHTTP(w, httptest.NewRequest("POST", "/publish", strings.NewReader("{}")))
		require.Equal(t, status, w.Code, mode)
	}
}

// TestReadme runs the commands of README against the handler.
func TestReadme(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("no curl on this machine")
	}
	handler, err := cms(func(article) {})
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	defer server.Close()

	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	ran := 0
	for _, block := range blocks {
		for _, part := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			cmd := exec.CommandContext(ctx, "sh", "-c", strings.ReplaceAll(command, "http://127.0.0.1:8080", server.URL))
			cmd.Env = append(os.Environ(), "no_proxy=127.0.0.1")
			out, err := cmd.Output()
			cancel()
			require.NoError(t, err, command)
			require.Equal(t, strings.TrimSpace(want), strings.TrimSpace(shown(t, out)), command)
			ran++
		}
	}
	require.Equal(t, 2, ran)
}

// shown shortens a report to what README shows of it.
func shown(t *testing.T, answer []byte) string {
	if answer[0] != '{' {
		return string(answer)
	}
	var report struct {
		Verdict  string
		Findings []struct{ Field, Text, Message string }
	}
	require.NoError(t, json.Unmarshal(answer, &report))
	var b strings.Builder
	io.WriteString(&b, report.Verdict+"\n")
	for _, f := range report.Findings {
		io.WriteString(&b, f.Field+" "+f.Text+" "+f.Message+"\n")
	}
	return b.String()
}
