package shenjiao_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
)

// aloud is a text with findings in many places, and what is made of it.
func aloud(t *testing.T) (text, masked string) {
	t.Helper()
	text = strings.Repeat("今天天气很好，赌*博网站不好。手机：138 0013 8000，", 200) + "没有赌博\n"
	masked, err := smallMasker().Mask(t.Context(), text, shenjiao.MaskOptions{})
	require.NoError(t, err)
	require.NotEqual(t, text, masked)
	return text, masked
}

func TestMaskReader(t *testing.T) {
	text, masked := aloud(t)
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"whole":              func(r io.Reader) io.Reader { return r },
		"one byte":           iotest.OneByteReader,
		"half":               iotest.HalfReader,
		"data with an error": iotest.DataErrReader,
	} {
		t.Run(name, func(t *testing.T) {
			r := smallMasker().NewMaskReader(t.Context(), wrap(strings.NewReader(text)), shenjiao.MaskOptions{})
			require.NoError(t, iotest.TestReader(r, []byte(masked)))
		})
	}
}

func TestMaskReaderFaults(t *testing.T) {
	text, masked := aloud(t)
	broken := errors.New("broken")
	read := func(r io.Reader) (string, error) {
		got, err := io.ReadAll(smallMasker().NewMaskReader(t.Context(), r, shenjiao.MaskOptions{}))
		return string(got), err
	}
	for n := range 400 {
		got, err := read(io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(broken)))
		require.ErrorIs(t, err, broken)
		require.True(t, strings.HasPrefix(masked, got), "after %d bytes: what was not certain is not shown", n)
	}
	_, err := read(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(text))))
	require.ErrorIs(t, err, iotest.ErrTimeout)
	_, err = read(idle{})
	require.ErrorIs(t, err, io.ErrNoProgress)

	ctx, cancel := context.WithCancelCause(t.Context())
	r := smallMasker().NewMaskReader(ctx, iotest.OneByteReader(strings.NewReader(text)), shenjiao.MaskOptions{})
	_, err = io.ReadFull(r, make([]byte, 10))
	require.NoError(t, err)
	cancel(broken)
	_, err = io.ReadAll(r)
	require.ErrorIs(t, err, broken)
}

// idle is a reader that never has anything.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestMaskWriter(t *testing.T) {
	text, masked := aloud(t)
	for _, size := range []int{1, 2, 3, 7, 64, 1000, 1 << 17} {
		var got bytes.Buffer
		w := smallMasker().NewMaskWriter(t.Context(), &got, shenjiao.MaskOptions{})
		n, err := io.CopyBuffer(onlyWriter{w}, onlyReader{strings.NewReader(text)}, make([]byte, size))
		require.NoError(t, err)
		require.EqualValues(t, len(text), n)
		require.NoError(t, w.Close())
		require.NoError(t, w.Close())
		require.Equal(t, masked, got.String())
		_, err = w.Write([]byte("x"))
		require.ErrorIs(t, err, io.ErrClosedPipe)
	}
}

type onlyWriter struct{ io.Writer }

type onlyReader struct{ io.Reader }

// full is a writer that fails, with that error or by a short write, when it
// has got so many bytes.
type full struct {
	bytes.Buffer
	left int
	err  error
}

func (f *full) Write(p []byte) (int, error) {
	n := min(len(p), f.left)
	f.left -= n
	f.Buffer.Write(p[:n])
	if n < len(p) {
		return n, f.err
	}
	return n, nil
}

func TestMaskWriterFaults(t *testing.T) {
	text, masked := aloud(t)
	broken := errors.New("broken")
	for _, want := range []error{broken, io.ErrShortWrite} {
		for left := 0; left < len(masked); left += 301 {
			sink := &full{left: left, err: want}
			if want == io.ErrShortWrite {
				sink.err = nil // it says nothing
			}
			w := smallMasker().NewMaskWriter(t.Context(), sink, shenjiao.MaskOptions{})
			var failed error
			for i := 0; i < len(text) && failed == nil; i += 100 {
				_, failed = w.Write([]byte(text[i:min(len(text), i+100)]))
			}
			if failed != nil {
				_, again := w.Write([]byte("更多"))
				require.Equal(t, failed, again)
			}
			require.ErrorIs(t, w.Close(), want)
			require.Equal(t, masked[:left], sink.String(), "nothing is written after an error")
		}
	}

	ctx, cancel := context.WithCancelCause(t.Context())
	var sink bytes.Buffer
	w := smallMasker().NewMaskWriter(ctx, &sink, shenjiao.MaskOptions{})
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
	written := sink.Len()
	cancel(broken)
	_, err = w.Write(nil)
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, w.Close(), broken)
	require.Equal(t, written, sink.Len())
}
