package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far the run is, on a terminal as a bar, elsewhere as
// lines.
type progress struct {
	bar *progressbar.ProgressBar
	log func(format string, args ...any)
}

func newProgress(steps int, log func(string, ...any)) *progress {
	p := &progress{log: log}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		p.bar = progressbar.NewOptions(steps, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
	}
	return p
}

func (p *progress) step(what string) {
	if p.bar != nil {
		p.bar.Describe(what)
		p.bar.Add(1)
	}
}

// phase announces what takes longer than a step.
func (p *progress) phase(what string) {
	if p.bar != nil {
		p.bar.Describe(what)
		return
	}
	p.log("%s", what)
}

func (p *progress) finish() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
