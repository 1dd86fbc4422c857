package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// Workers that are to be killed keep what they have taken until the last of
// them is dead, so that each holds another draft.
const (
	never = time.Hour
	soon  = time.Second
)

// doomed names, for a process of this test that is a worker, the moment at
// which it stops and waits to be killed.
const doomed = "DOOMED_WORKER"

func TestMain(m *testing.M) {
	if at := os.Getenv(doomed); at != "" {
		doomedWorker(at, os.Args[1])
	}
	os.Exit(m.Run())
}

// doomedWorker works for a while and then says so and hangs.
func doomedWorker(at, url string) {
	ctx := context.Background()
	hang := func() {
		fmt.Println("hanging")
		select {}
	}
	q, err := open(ctx, url, never)
	if err != nil {
		panic(err)
	}
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		panic(err)
	}
	w := &worker{queue: q, checker: scanner, name: "doomed"}
	for range 3 {
		msg, err := w.take(ctx)
		if err == nil {
			err = w.handle(ctx, msg)
		}
		if err != nil {
			panic(err)
		}
	}
	msg, err := w.take(ctx)
	if err != nil {
		panic(err)
	}
	switch at {
	case "taken":
	case "checking":
		w.checker = checkerFunc(func() (*shenjiao.Report, error) { hang(); return nil, nil })
		w.handle(ctx, msg)
	case "told":
		if err := w.answer(ctx, msg); err != nil {
			panic(err)
		}
	}
	hang()
}

type checkerFunc func() (*shenjiao.Report, error)

func (f checkerFunc) Scan(context.Context, *shenjiao.Document) (*shenjiao.Report, error) { return f() }

func open(ctx context.Context, url string, ackWait time.Duration) (*queue, error) {
	nc, err := nats.Connect(url)
	if err != nil {
		return nil, err
	}
	return openQueue(ctx, nc, ackWait)
}

// start starts a server and returns its address and the queue on it.
func start(t *testing.T) (string, *queue) {
	t.Helper()
	s, err := embedded(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	q, err := open(t.Context(), s.ClientURL(), soon)
	require.NoError(t, err)
	t.Cleanup(q.js.Conn().Close)
	return s.ClientURL(), q
}

// finish lets a worker work until nothing is left, and returns the outcomes.
func finish(t *testing.T, q *queue, w *worker) map[string]outcome {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); w.run(ctx, 2) }()
	require.Eventually(t, func() bool {
		left, err := q.left(t.Context())
		require.NoError(t, err)
		return left == 0
	}, 2*time.Minute, 20*time.Millisecond, "drafts are left")
	stop()
	<-ended
	written, err := q.written(t.Context())
	require.NoError(t, err)
	keys, err := q.outcomes.Keys(t.Context())
	require.NoError(t, err)
	require.Equal(t, written, len(keys), "an outcome was told twice")
	outcomes := map[string]outcome{}
	err = q.listen(t.Context(), func(o outcome) bool {
		outcomes[o.ID] = o
		return len(outcomes) < len(keys)
	})
	require.NoError(t, err)
	return outcomes
}

// Workers are killed at the moments that matter: nothing is lost, and nothing
// is reported twice.
func TestKilledWorkers(t *testing.T) {
	url, q := start(t)
	scanner, err := shenjiao.New(shenjiao.Options{})
	require.NoError(t, err)
	const drafts = 60
	want := map[string]review.Verdict{}
	for i := range drafts {
		id, err := q.submit(t.Context(), draft(i))
		require.NoError(t, err)
		report, err := scanner.Scan(t.Context(), draft(i))
		require.NoError(t, err)
		want[id] = report.Verdict
	}
	require.Len(t, want, drafts)

	moments := []string{"taken", "checking", "told"}
	for _, at := range moments {
		cmd := exec.Command(os.Args[0], url)
		cmd.Env = append(os.Environ(), doomed+"="+at)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		line, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "hanging\n", line)
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, cmd.Wait())
	}
	left, err := q.left(t.Context())
	require.NoError(t, err)
	require.Equal(t, drafts-3*len(moments), left, "each finished three drafts and holds one")

	q, err = open(t.Context(), url, soon)
	require.NoError(t, err)
	t.Cleanup(q.js.Conn().Close)
	w := &worker{queue: q, checker: scanner, name: "survivor"}
	outcomes := finish(t, q, w)
	got, tried := map[string]review.Verdict{}, 0
	for id, o := range outcomes {
		require.NotNil(t, o.Report, o.Error)
		got[id] = o.Report.Verdict
		if o.Worker == "survivor" && o.Tries > 1 {
			tried++
		}
	}
	require.Equal(t, want, got)
	require.Equal(t, 2, tried, "drafts that a killed worker had taken and not told about")
	require.EqualValues(t, 1, w.again.Load(), "drafts that a killed worker had told about")
	require.EqualValues(t, left-1, w.told.Load())
}

// A client that is not sure submits again; one draft, one outcome.
func TestSubmittedAgain(t *testing.T) {
	_, q := start(t)
	scanner, err := shenjiao.New(shenjiao.Options{})
	require.NoError(t, err)
	w := &worker{queue: q, checker: scanner}
	first, err := q.submit(t.Context(), draft(0))
	require.NoError(t, err)
	again, err := q.submit(t.Context(), draft(0))
	require.NoError(t, err)
	require.Equal(t, first, again)
	require.Len(t, finish(t, q, w), 1)
	require.EqualValues(t, 1, w.told.Load())

	// Also when the server has forgotten that it had it: in this bucket the
	// outcome is what remembers.
	_, err = q.js.Publish(t.Context(), draftsSubject, []byte(`{"id":"x","body":"一"}`))
	require.NoError(t, err)
	_, err = q.js.Publish(t.Context(), draftsSubject, []byte(`{"id":"x","body":"一"}`))
	require.NoError(t, err)
	require.Len(t, finish(t, q, w), 2)
	require.EqualValues(t, 1, w.again.Load())
}

// A draft that cannot be read, and one whose check always fails, are left to a
// person; neither stops the others.
func TestHopeless(t *testing.T) {
	_, q := start(t)
	_, err := q.js.Publish(t.Context(), draftsSubject, []byte(`{"titel":"绝密"}`))
	require.NoError(t, err)
	_, err = q.submit(t.Context(), draft(1))
	require.NoError(t, err)
	var checks atomic.Int64
	w := &worker{queue: q, checker: checkerFunc(func() (*shenjiao.Report, error) {
		checks.Add(1)
		return nil, errors.New("no")
	})}
	var errs []string
	for _, o := range finish(t, q, w) {
		require.Nil(t, o.Report)
		require.NotContains(t, o.Error, "绝密")
		errs = append(errs, o.Error)
	}
	require.ElementsMatch(t, []string{
		`review: titel:1:2: unknown key "titel"; did you mean "title"?`,
		fmt.Sprintf("given up after %d tries", maxTries),
	}, errs)
	require.EqualValues(t, maxTries, checks.Load())
}

// TestReadme runs the demonstration, and compares all that does not depend on
// the moment at which the worker is killed.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	shown := regexp.MustCompile("(?s)```console\n\\$ go run . demo\n(.*?)```").FindSubmatch(readme)
	require.NotNil(t, shown)
	cmd := exec.Command("go", "run", ".", "demo")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	taken := regexp.MustCompile(`\d+ drafts were taken by another`)
	plain := func(s []byte) string { return strings.TrimSpace(taken.ReplaceAllString(string(s), "")) }
	require.Equal(t, plain(shown[1]), plain(out))
}
