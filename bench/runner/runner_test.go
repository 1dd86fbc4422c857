package runner

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// counter counts the terms that occur.
var counter = map[string]Engine{
	"counter": {"v1", func(terms []string) (func([]byte) int, error) {
		return func(text []byte) int {
			n := 0
			for _, t := range terms {
				n += bytes.Count(text, []byte(t))
			}
			return n
		}, nil
	}},
	"missing": {"v1", func([]string) (func([]byte) int, error) { return nil, ErrMissing }},
}

// A test binary that is started with this variable is a runner.
func TestMain(m *testing.M) {
	if os.Getenv("RUNNER_TEST") != "" {
		Main(counter, os.Args[1:])
		return
	}
	os.Exit(m.Run())
}

func start(t *testing.T, args ...string) (*Process, error) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "RUNNER_TEST=1")
	return Start(cmd)
}

func TestProcess(t *testing.T) {
	dir := t.TempDir()
	terms, text := filepath.Join(dir, "terms"), filepath.Join(dir, "text")
	require.NoError(t, os.WriteFile(terms, []byte("赌博\n网站\n"), 0o644))
	require.NoError(t, os.WriteFile(text, []byte("赌博网站，赌博"), 0o644))

	p, err := start(t, "counter", terms, text)
	require.NoError(t, err)
	require.Equal(t, "v1", p.Built.Version)
	for range 3 {
		r, err := p.Scan(2)
		require.NoError(t, err)
		require.Equal(t, 3, r.Matches)
		require.Positive(t, r.NS)
	}
	_, err = p.Close()
	require.NoError(t, err)

	_, err = start(t, "missing", terms, text)
	require.ErrorIs(t, err, ErrMissing)
	_, err = start(t, "unknown", terms, text)
	require.ErrorIs(t, err, ErrMissing)
	_, err = start(t, "counter", terms, filepath.Join(dir, "absent"))
	require.ErrorContains(t, err, "absent")
	require.NotErrorIs(t, err, ErrMissing)

	p, err = start(t, "counter", terms, text)
	require.NoError(t, err)
	_, err = p.Scan(0)
	require.ErrorContains(t, err, "want a number of scans")
}

func TestServeArguments(t *testing.T) {
	err := serve(counter, []string{"counter"}, strings.NewReader(""), &bytes.Buffer{})
	require.ErrorContains(t, err, "want 3 arguments")
}
