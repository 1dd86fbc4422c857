package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// screen is what the program has printed.
type screen struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *screen) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.buf.Reset()
	return s.buf.String()
}

// TestReadme plays the session of README: what is typed, and what happens to
// the pack meanwhile.
func TestReadme(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the commands are those of Linux")
	}
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	session := regexp.MustCompile("(?s)```text\n(.*?)```").FindStringSubmatch(string(readme))
	require.NotNil(t, session)

	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "pack"), os.DirFS("pack")))
	t.Chdir(dir) // messages name the folder
	in, typed := io.Pipe()
	var out screen
	ended := make(chan error, 1)
	go func() { ended <- serve("pack", in, &out) }()

	steps := regexp.MustCompile(`(?m)^[>$] `).Split(session[1], -1)[1:]
	signs := regexp.MustCompile(`(?m)^[>$] `).FindAllString(session[1], -1)
	require.Greater(t, len(steps), 5)
	for i, step := range steps {
		line, want, _ := strings.Cut(step, "\n")
		if signs[i] == "> " {
			_, err := io.WriteString(typed, line+"\n")
			require.NoError(t, err)
		} else {
			output, err := exec.Command("sh", "-c", line).CombinedOutput()
			require.NoError(t, err, "%s\n%s", line, output)
		}
		var got strings.Builder
		require.Eventually(t, func() bool {
			got.WriteString(out.take())
			return len(got.String()) >= len(want)
		}, time.Minute, time.Millisecond, "%s%s\nwant %s", signs[i], line, want)
		require.Equal(t, want, got.String(), "%s%s", signs[i], line)
	}
	require.NoError(t, typed.Close())
	require.NoError(t, <-ended)
}

// A folder without a pack is no beginning.
func TestNoPack(t *testing.T) {
	require.Error(t, serve(t.TempDir(), strings.NewReader("一行\n"), io.Discard))
}
