package runner

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// A Process is a runner that was started.
type Process struct {
	Built Built
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *bufio.Reader
	err   *bytes.Buffer
}

// Start starts a runner and waits until its engine stands. The error is
// [ErrMissing], with the reason, if this machine cannot run it.
func Start(cmd *exec.Cmd) (*Process, error) {
	p := &Process{cmd: cmd, err: &bytes.Buffer{}}
	cmd.Stderr = p.err
	var err error
	if p.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = bufio.NewReader(out)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%v: %w", err, ErrMissing)
	}
	if err := p.read(&p.Built); err != nil {
		return nil, err
	}
	return p, nil
}

// Scan lets the runner scan its text that many times.
func (p *Process) Scan(times int) (Round, error) {
	var r Round
	if _, err := fmt.Fprintln(p.in, times); err != nil {
		return r, p.failed(err)
	}
	return r, p.read(&r)
}

func (p *Process) read(v any) error {
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return p.failed(err)
	}
	if err := json.Unmarshal(line, v); err != nil {
		return fmt.Errorf("runner: %q is no answer: %w", line, err)
	}
	return nil
}

// failed waits for the end of a runner that broke off, and says why it did.
func (p *Process) failed(err error) error {
	p.in.Close()
	waited := p.cmd.Wait()
	said := strings.TrimPrefix(strings.TrimSpace(p.err.String()), "runner: ")
	if len(said) > 500 {
		said = said[:500] + "…"
	}
	var exit *exec.ExitError
	if errors.As(waited, &exit) && exit.ExitCode() == statusMissing {
		return fmt.Errorf("%s: %w", said, ErrMissing)
	}
	return fmt.Errorf("runner: %v, %v: %s", err, waited, said)
}

// Close ends the runner and returns the most memory that it held, in bytes; 0
// where the system does not say.
func (p *Process) Close() (peak int64, err error) {
	peak = PeakMemory(p.cmd.Process.Pid)
	p.in.Close()
	if err := p.cmd.Wait(); err != nil {
		return 0, fmt.Errorf("runner: %w: %s", err, p.err)
	}
	return peak, nil
}
