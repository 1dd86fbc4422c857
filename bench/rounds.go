package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/bench/runner"
)

// race measures contenders on one case.
type race struct {
	programs *programs
	plan     plan
	files    corpus.Files
	answers  *answers
	bar      *progress
}

// entrant is a contender that runs.
type entrant struct {
	*measured
	process *runner.Process
	scans   int // in a round
}

// run measures a group of contenders and appends what came out to res. Builds
// run one after the other; then the contenders wait for their turn in each
// round.
func (r *race) run(list []contender, res *caseResult) error {
	out := make([]measured, len(list))
	var running []*entrant
	closeAll := func() (errs error) {
		for _, e := range running {
			peak, err := e.process.Close()
			e.Peak = peak
			errs = errors.Join(errs, err)
		}
		return errs
	}
	for i, c := range list {
		out[i].contender = c
		e, err := r.start(&out[i], res.Terms)
		if err != nil {
			return errors.Join(err, closeAll())
		}
		if e != nil {
			running = append(running, e)
		}
		r.bar.step(fmt.Sprintf("%s: build %s", res.Name, c.ID))
	}
	for n := range r.plan.Rounds {
		for k := range running {
			e := running[(k+n)%len(running)] // who begins changes
			got, err := e.process.Scan(e.scans)
			if err == nil {
				err = r.answers.check(e.contender, got.Matches)
			}
			if err != nil {
				return errors.Join(err, closeAll())
			}
			e.Rounds = append(e.Rounds, round{Scans: e.scans, NS: got.NS})
		}
		r.bar.step(fmt.Sprintf("%s: round %d", res.Name, n+1))
	}
	if err := closeAll(); err != nil {
		return err
	}
	res.Measured = append(res.Measured, out...)
	return nil
}

// start builds a contender and lets it scan once, to warm up and to see how
// often it has to scan in a round. It returns nil if m is skipped.
func (r *race) start(m *measured, terms int) (*entrant, error) {
	if m.Most > 0 && terms > m.Most {
		m.Skipped = m.Because
		return nil, nil
	}
	cmd, err := r.programs.command(m.Program, m.ID, r.files.Terms, r.files.Text)
	if err != nil {
		m.Skipped = err.Error()
		return nil, nil
	}
	p, err := runner.Start(cmd)
	if errors.Is(err, runner.ErrMissing) {
		m.Skipped = err.Error()
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.ID, err)
	}
	m.Version, m.BuildNS, m.Heap = p.Built.Version, p.Built.BuildNS, p.Built.Heap
	first, err := p.Scan(1)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.ID, err)
	}
	if err := r.answers.check(m.contender, first.Matches); err != nil {
		_, closed := p.Close()
		return nil, errors.Join(err, closed)
	}
	m.Matches = first.Matches
	scans := max(1, int(time.Duration(r.plan.Scan)/max(1, time.Duration(first.NS))))
	return &entrant{measured: m, process: p, scans: scans}, nil
}
