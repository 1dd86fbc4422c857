package main

import (
	"bytes"
	"io"
	"log"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The README shows what the program writes.
func TestReadme(t *testing.T) {
	log.SetOutput(io.Discard)
	var out bytes.Buffer
	require.NoError(t, run(&out))
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	require.Contains(t, strings.ReplaceAll(string(readme), "\r\n", "\n"), "$ go run ./examples/stream 2>/dev/null\n"+strings.TrimRight(out.String(), "\n")+"\n```")
	for _, secret := range []string{"包治百病", "13800138000", "百病"} {
		require.NotContains(t, strings.ReplaceAll(out.String(), "\"\n\"", ""), secret)
	}
}
