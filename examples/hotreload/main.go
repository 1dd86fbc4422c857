// Example hotreload scans lines with a pack that may change at any time.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"sync"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/reload"
)

func main() {
	folder := "pack"
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	if err := serve(folder, os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// serve answers each line of in, until it ends, with what the pack in folder
// says about it, and says when that has changed.
func serve(folder string, in io.Reader, out io.Writer) error {
	var mu sync.Mutex // reloads are told by another goroutine
	say := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintf(out, format+"\n", args...)
	}
	scanner, err := reload.New(reload.Options{
		Folders: []string{folder},
		OnReload: func(e reload.Event) {
			if e.Err != nil {
				say("refused, %s %s stays:\n%v", e.After.Packs[0].ID, e.After.Packs[0].Version, e.Err)
				return
			}
			say("loaded %s %s", e.After.Packs[0].ID, e.After.Packs[0].Version)
		},
		Logger: slog.New(slog.DiscardHandler), // OnReload says the same
	})
	if err != nil {
		return err // nothing to scan with yet
	}
	defer scanner.Close()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		report, err := scanner.Scan(context.Background(), &shenjiao.Document{Body: new(lines.Text())})
		if err != nil {
			return err
		}
		// The report names what judged it: no scan mixes two versions.
		pack := report.Snapshot.Packs[0]
		say("%s (%s %s)", report.Verdict, pack.ID, pack.Version)
		for _, f := range report.Findings {
			say("  %s: %s", f.Text, f.Suggestion)
		}
	}
	return lines.Err()
}
