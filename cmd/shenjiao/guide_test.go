package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
)

// guideBlock is a fenced block of the guide: its language, the file that it
// is, if any, and what stands in it.
var guideBlock = regexp.MustCompile("(?ms)^```(\\S+)(?: (\\S+))?\n(.*?)^```$")

// starterVersion stands in outputs, and is no matter of the guide.
var starterVersion = regexp.MustCompile(`starter \d+\.\d+\.\d+`)

// TestGuide walks through docs/lexicon-guide.zh.md as a newcomer does: it writes
// the files and runs the commands that the guide shows, one after the other,
// in an empty folder, and compares what they print. UPDATE_SCRIPTS=1 writes the
// outputs anew.
func TestGuide(t *testing.T) {
	path, err := filepath.Abs("../../docs/lexicon-guide.zh.md")
	require.NoError(t, err)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	ran := 0
	got := guideBlock.ReplaceAllStringFunc(string(data), func(block string) string {
		m := guideBlock.FindStringSubmatch(block)
		language, file, content := m[1], m[2], m[3]
		if language != "console" {
			require.NotEmpty(t, file, "a block that is no file and no console: %s", block)
			require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
			require.NoError(t, os.WriteFile(file, []byte(content), 0o644))
			return block
		}
		var b strings.Builder
		for line := range strings.Lines(content) {
			command, ok := strings.CutPrefix(line, "$ shenjiao ")
			if !ok {
				require.False(t, strings.HasPrefix(line, "$ "), "not a command of shenjiao: %s", line)
				continue
			}
			b.WriteString(line)
			var out bytes.Buffer
			status := run(t.Context(), strings.Fields(command), console{strings.NewReader(""), &out, &out})
			b.Write(out.Bytes())
			if status != 0 {
				fmt.Fprintf(&b, "〔退出码 %d〕\n", status)
			}
			ran++
		}
		return "```console\n" + b.String() + "```"
	})
	require.Positive(t, ran)
	if os.Getenv("UPDATE_SCRIPTS") != "" {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
		return
	}
	plain := func(s string) string { return starterVersion.ReplaceAllString(s, "starter") }
	require.Equal(t, plain(string(data)), plain(got), "run with UPDATE_SCRIPTS=1 if this is right")
}

// The guide lists every category, column and command.
func TestGuideIsComplete(t *testing.T) {
	data, err := os.ReadFile("../../docs/lexicon-guide.zh.md")
	require.NoError(t, err)
	guide := string(data)
	for _, info := range lexicon.Categories() {
		require.Contains(t, guide, fmt.Sprintf("| %s | %s |", info.ID, info.Title))
	}
	for _, column := range lexicon.TermColumns() {
		require.Regexp(t, `(?m)^\|[^|]*\b`+column+`\b`, guide)
	}
	for _, c := range newLexiconCommand(console{}).Commands() {
		if c.Name() != "keygen" && c.Name() != "check-signature" {
			require.Contains(t, guide, "shenjiao lexicon "+c.Name())
		}
	}
}
