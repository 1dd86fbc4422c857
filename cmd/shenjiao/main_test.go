package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/matcher"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"shenjiao": func() {
			os.Exit(run(context.Background(), os.Args[1:], console{os.Stdin, os.Stdout, os.Stderr}))
		},
	})
}

// TestScripts runs testdata/script/*.txtar; go doc testscript has the language.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": wantStatus},
	})
}

// wantStatus is the script command "status N COMMAND ARG…": the command has to
// end with exit status N. Its output is there for stdout, stderr and cmp.
func wantStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND ARG…")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = exit.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

func TestParseChannels(t *testing.T) {
	for in, want := range map[string]struct {
		set    matcher.ChannelSet
		change string
	}{
		"default":                {0, "default"},
		"all":                    {matcher.AllChannels, "default"},
		"width,case":             {matcher.Set(matcher.Width, matcher.Case), "default"},
		" noise , homophone":     {matcher.Set(matcher.Noise, matcher.Homophone), "default"},
		"-noise":                 {0, "-noise"},
		"-noise,+noise":          {0, "+noise"},
		"+swap,lookalike,-noise": {0, "+lookalike +swap -noise"},
	} {
		got, err := parseChannels(in)
		require.NoError(t, err, in)
		require.Equal(t, want.set, got.set, in)
		require.Equal(t, want.change, got.change.String(), in)
	}
	for _, in := range []string{"", "nosie", "width,,case"} {
		_, err := parseChannels(in)
		require.Error(t, err, in)
	}
}
