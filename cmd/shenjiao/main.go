// Command shenjiao checks drafts in Chinese before they are published.
//
//	shenjiao scan draft.md articles/
//
// The exit status is 0 if every verdict is below --fail-on, 1 if some verdict
// is at or above it, and 2 for wrong usage or unreadable input. The commands
// under lexicon return 3 for a pack that is not fit for use, and lexicon lint
// --strict returns 4 for one that is, but that lint has something to say about.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

const (
	statusPass  = 0
	statusFail  = 1 // a verdict at or above --fail-on
	statusUsage = 2 // wrong usage, or input that could not be read
	statusPack  = 3 // a pack that is not fit for use
	statusLint  = 4 // one that is, with lint --strict and something to look at
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], console{os.Stdin, os.Stdout, os.Stderr}))
}

// version is that of the module that the program was built from; empty in a
// working copy.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || !strings.HasPrefix(info.Main.Version, "v") {
		return ""
	}
	return info.Main.Version[1:]
}

// console is what a command talks to.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// errVerdict is returned by a command that worked and found what it was told
// to fail on.
var errVerdict = errors.New("a verdict reached --fail-on")

// run executes the command line and returns the exit status.
func run(ctx context.Context, args []string, c console) int {
	root := &cobra.Command{
		Use:           "shenjiao",
		Short:         "审校：稿件发布前的内容安全与规范检查",
		Long:          "审校（shenjiao）在稿件发布前检查敏感与不规范用语，识别变形写法，给出可定位的结果。",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetArgs(args)
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newScanCommand(c), newMaskCommand(c), newChannelsCommand(c), newLexiconCommand(c), newRulesCommand(c), newSemanticCommand(c), newServeCommand(c))
	switch err := root.ExecuteContext(ctx); {
	case err == nil:
		return statusPass
	case errors.Is(err, errVerdict), errors.Is(err, errStopped):
		return statusFail
	case errors.Is(err, errPack), errors.Is(err, errRules):
		return statusPack
	case errors.Is(err, errLint):
		return statusLint
	default:
		for line := range strings.Lines(err.Error() + "\n") {
			fmt.Fprintf(c.err, "shenjiao: %s", trimPrefix(line))
		}
		return statusUsage
	}
}
