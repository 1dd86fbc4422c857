package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestServeGuide runs the commands of docs/serve.zh.md against a server of the
// files that it shows, and compares what they print. UPDATE_SCRIPTS=1 writes the
// outputs anew.
func TestServeGuide(t *testing.T) {
	for _, program := range []string{"sh", "curl", "grep"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s on this machine", program)
		}
	}
	path, err := filepath.Abs("../../docs/serve.zh.md")
	require.NoError(t, err)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	for _, m := range guideBlock.FindAllStringSubmatch(string(data), -1) {
		if file := m[2]; file != "" {
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, []byte(m[3]), 0o644))
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var log transcript
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--log", "json", "--lexicon", "house"}, console{strings.NewReader(""), &log, &log})
	}()
	require.Eventually(t, func() bool { return listening.MatchString(log.String()) }, 60*time.Second, 10*time.Millisecond)
	address := strings.TrimPrefix(listening.FindStringSubmatch(log.String())[1], "http://")
	_, _, err = net.SplitHostPort(address)
	require.NoError(t, err)

	ran := 0
	got := guideBlock.ReplaceAllStringFunc(string(data), func(block string) string {
		m := guideBlock.FindStringSubmatch(block)
		if m[1] != "console" {
			return block
		}
		var b strings.Builder
		for line := range strings.Lines(m[3]) {
			command, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			b.WriteString(line)
			cmd := exec.Command("sh", "-c", strings.ReplaceAll(command, "127.0.0.1:8080", address))
			cmd.Env = append(os.Environ(), "no_proxy=127.0.0.1")
			out, err := cmd.CombinedOutput()
			b.Write(out)
			if err != nil {
				fmt.Fprintf(&b, "〔%v〕\n", err)
			}
			ran++
		}
		return "```console\n" + b.String() + "```"
	})
	cancel()
	require.Zero(t, <-ended, log.String())
	require.Greater(t, ran, 8)
	if os.Getenv("UPDATE_SCRIPTS") != "" {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
		return
	}
	require.Equal(t, string(data), got, "run with UPDATE_SCRIPTS=1 if this is right")
}
