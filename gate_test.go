package shenjiao

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/review"
)

type checkerFunc func(context.Context, *Document) (*Report, error)

func (f checkerFunc) Scan(ctx context.Context, doc *Document) (*Report, error) { return f(ctx, doc) }

// TestGate: a check that fails, however, is decided as the caller stated; one
// that does not is never decided by that.
func TestGate(t *testing.T) {
	scanner, err := New(Options{Packs: []fs.FS{withPack}, NoStarter: true, NoRules: true})
	require.NoError(t, err)
	gone := errors.New("gone")
	cancelled, cancel := context.WithCancelCause(context.Background())
	cancel(gone)
	waits := checkerFunc(func(ctx context.Context, _ *Document) (*Report, error) {
		<-ctx.Done()
		return nil, context.Cause(ctx)
	})
	panics := checkerFunc(func(context.Context, *Document) (*Report, error) { panic(withDraft) })
	clean, bad := &Document{Body: new("今天天气晴好。")}, &Document{Body: new("\xff")}
	failures := map[string]struct {
		ctx     context.Context
		checker Checker
		doc     *Document
		is      error
		timeout time.Duration
	}{
		"document": {context.Background(), scanner, bad, nil, 0},
		"context":  {cancelled, scanner, clean, gone, time.Hour},
		"timeout":  {context.Background(), waits, clean, errGateTimeout, time.Millisecond},
		"panic":    {context.Background(), panics, clean, nil, 0},
	}
	for mode, want := range map[FailMode]review.Verdict{FailClosed: review.VerdictBlock, FailReview: review.VerdictReview, FailOpen: review.VerdictPass} {
		for name, x := range failures {
			gate, err := NewGate(x.checker, GateOptions{OnFailure: mode, Timeout: x.timeout})
			require.NoError(t, err)
			d := gate.Decide(x.ctx, x.doc)
			require.Equal(t, want, d.Verdict, "%s %s", mode, name)
			require.Nil(t, d.Report)
			require.Error(t, d.Err)
			require.NotContains(t, d.Err.Error(), "云洲市")
			if x.is != nil {
				require.ErrorIs(t, d.Err, x.is)
			}
		}
		gate, err := NewGate(scanner, GateOptions{OnFailure: mode})
		require.NoError(t, err)
		require.Equal(t, review.VerdictPass, gate.Decide(context.Background(), clean).Verdict)
		d := gate.Decide(context.Background(), &Document{Body: new(withDraft)})
		require.NoError(t, d.Err)
		require.Equal(t, d.Report.Verdict, d.Verdict)
		require.NotEqual(t, review.VerdictPass, d.Verdict)
	}
	_, err = NewGate(scanner, GateOptions{})
	require.ErrorContains(t, err, `GateOptions.OnFailure: want "closed", "review" or "open", got ""`)
	_, err = NewGate(scanner, GateOptions{OnFailure: FailOpen, Timeout: -1})
	require.ErrorContains(t, err, "Timeout")
}
