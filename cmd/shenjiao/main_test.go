package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
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
	})
}

func TestParseChannels(t *testing.T) {
	for in, want := range map[string]string{
		"width,case":       "width+case",
		" noise , repeat ": "noise+repeat",
		"-noise":           "width+case+styled+invisible+annotation+traditional+repeat+numeral+confusable+markup+encoded",
		"-noise,+noise":    "width+case+styled+invisible+noise+annotation+traditional+repeat+numeral+confusable+markup+encoded",
	} {
		got, err := parseChannels(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got.String(), in)
	}
	for _, in := range []string{"", "nosie", "width,,case"} {
		_, err := parseChannels(in)
		require.Error(t, err, in)
	}
}
