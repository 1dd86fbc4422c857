package shenjiao

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// witness keeps what it is told.
type witness struct {
	mu     sync.Mutex
	events []ScanEvent
}

func (w *witness) Scanned(_ context.Context, e ScanEvent) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, e)
}

// TestObserver: every check is told once, by all ways of checking, and the
// report is the one of a scanner without an observer.
func TestObserver(t *testing.T) {
	base := Options{Packs: []fs.FS{withPack}, NoStarter: true, NoRules: true, NoRecognize: true, MinConfidence: 0.99}
	plain, err := New(base)
	require.NoError(t, err)
	var seen witness
	scanner, err := plain.With(func(o *Options) { o.Observer = &seen })
	require.NoError(t, err)
	want := scanText(t, plain)
	one := func() ScanEvent {
		t.Helper()
		require.Len(t, seen.events, 1)
		e := seen.events[0]
		seen.events = nil
		return e
	}

	got := scanText(t, scanner)
	require.Equal(t, want, got)
	e := one()
	require.Same(t, got, e.Report)
	require.EqualValues(t, len(withDraft), e.Bytes)
	require.Positive(t, e.Took)
	require.Len(t, e.Vetoed, 1, "the term through noise has less confidence than was asked for")
	require.Equal(t, "幸运转盘大奖", e.Vetoed[0].Term)
	require.NoError(t, e.Err)

	for r, err := range scanner.ScanAll(context.Background(), func(yield func(*Document) bool) { yield(&Document{Body: new(withDraft)}) }, 2) {
		require.NoError(t, err)
		require.Equal(t, want, r)
	}
	require.Equal(t, 1, len(one().Vetoed))

	stream := scanner.NewStream(context.Background(), StreamOptions{})
	for _, chunk := range strings.SplitAfter(withDraft, "，") {
		_, err := stream.Write([]byte(chunk))
		require.NoError(t, err)
	}
	got, err = stream.Report()
	require.NoError(t, err)
	require.Equal(t, want.Findings, got.Findings)
	require.Nil(t, got.Vetoed)
	e = one()
	require.EqualValues(t, len(withDraft), e.Bytes)
	require.Len(t, e.Vetoed, 1)
	_, err = stream.Report()
	require.Error(t, err)
	require.Empty(t, seen.events, "a report that was made already is no check")
}

// TestObserverOfFailures: a check that fails is told with its reason.
func TestObserverOfFailures(t *testing.T) {
	var seen witness
	scanner, err := New(Options{Packs: []fs.FS{withPack}, NoStarter: true, NoRules: true, Observer: &seen})
	require.NoError(t, err)
	gone := errors.New("the reader is gone")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(gone)

	_, err = scanner.Scan(ctx, &Document{Body: new(withDraft)})
	require.ErrorIs(t, err, gone)
	_, err = scanner.Scan(context.Background(), &Document{Body: new("\xff")})
	require.Error(t, err)
	stream := scanner.NewStream(ctx, StreamOptions{})
	_, err = stream.Write([]byte("好"))
	require.ErrorIs(t, err, gone)
	_, err = stream.Write([]byte("好"))
	require.Error(t, err)
	cut := scanner.NewStream(context.Background(), StreamOptions{})
	_, err = cut.Write([]byte("好"[:2]))
	require.NoError(t, err)
	_, err = cut.Report()
	require.Error(t, err)

	require.Len(t, seen.events, 4, "one event a check, also if it is asked again")
	for _, e := range seen.events {
		require.Error(t, e.Err)
		require.Nil(t, e.Report)
	}
}

// TestObserverUnset: without an observer, a check costs no allocation more
// than its twin. Each is counted at its best: the collector empties pools when
// it likes, and the race detector at random.
func TestObserverUnset(t *testing.T) {
	scanner, err := New(Options{Packs: []fs.FS{withPack}, NoStarter: true, NoRules: true, NoRecognize: true})
	require.NoError(t, err)
	doc := &Document{Body: new("云州市今天天气晴好。")}
	ctx := context.Background()
	fewest := func(f func()) float64 {
		n := testing.AllocsPerRun(1, f)
		for range 300 {
			n = min(n, testing.AllocsPerRun(1, f))
		}
		return n
	}
	check := fewest(func() { scanner.check(ctx, doc, nil) })
	scan := fewest(func() { scanner.scan(ctx, doc, nil) })
	require.Equal(t, check, scan)
}
