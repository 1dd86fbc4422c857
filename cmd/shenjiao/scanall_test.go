package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
)

// Results come in the order of the inputs, with any number of jobs: of short
// texts, of texts that are streams, and of those that cannot be read.
func TestScanAllOrder(t *testing.T) {
	s, err := shenjiao.New(shenjiao.Options{NoRules: true})
	require.NoError(t, err)
	dir := t.TempDir()
	var inputs []input
	for i := range 20 {
		text := strings.Repeat("今天天气很好。", 3*i*(i%3)) + "此药包治百病。"
		if i%7 == 3 {
			text = "\xff" + text
		}
		in := input{filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), formPlain}
		require.NoError(t, os.WriteFile(in.path, []byte(text), 0o644))
		inputs = append(inputs, in)
	}
	inputs = append(inputs, input{filepath.Join(dir, "absent.txt"), formPlain})
	for _, jobs := range []int{1, 4} {
		i, streams := 0, 0
		for res := range scanAll(context.Background(), s, inputs, source{strings.NewReader(""), newProgress(io.Discard, true, inputs)}, jobs, 500) {
			switch {
			case i == 20:
				require.ErrorContains(t, res.err, "absent.txt")
			case i%7 == 3:
				require.ErrorContains(t, res.err, fmt.Sprintf("%02d.txt", i))
				require.ErrorContains(t, res.err, "UTF-8")
			default:
				require.NoError(t, res.err)
				require.Equal(t, inputs[i].name(), res.item.Name)
				require.Len(t, res.item.Report.Findings, 1)
				if res.item.Document == nil {
					streams++
				}
			}
			i++
		}
		require.Equal(t, len(inputs), i)
		require.Greater(t, streams, 3)
	}
	for range scanAll(context.Background(), s, inputs, source{strings.NewReader(""), newProgress(io.Discard, true, inputs)}, 2, 500) {
		break // leaves nothing that waits
	}
}
