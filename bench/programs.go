package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// programs builds runners and makes the commands that start them.
type programs struct {
	peers   string // folder of the module bench/peers
	temp    string
	pinned  bool // to one core, with taskset
	log     func(format string, args ...any)
	built   map[string]string // program -> path
	missing map[string]string // program -> why there is none
}

// command returns the command that starts a contender, or why there is none.
func (p *programs) command(program string, args ...string) (*exec.Cmd, error) {
	if program == "own" {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		return p.onOneCore(self, append([]string{childRunner}, args...)), nil
	}
	if why, ok := p.missing[program]; ok {
		return nil, fmt.Errorf("%s", why)
	}
	if p.built[program] == "" {
		p.log("building %s", program)
		path, err := p.build(program)
		if err != nil {
			p.missing[program] = err.Error()
			return nil, err
		}
		p.built[program] = path
	}
	return p.onOneCore(p.built[program], args), nil
}

// onOneCore starts a program on one core, the last one, which is disturbed
// least.
func (p *programs) onOneCore(path string, args []string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	if p.pinned {
		cmd = exec.Command("taskset", append([]string{"-c", lastCore(), path}, args...)...)
	}
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	return cmd
}

// debian is where Debian keeps the sources of Rust libraries.
const debian = "/usr/share/cargo/registry"

func (p *programs) build(program string) (string, error) {
	if _, err := os.Stat(filepath.Join(p.peers, "go.mod")); err != nil {
		return "", fmt.Errorf("no folder %s: run from the root of the repository, or say where it is with -peers", p.peers)
	}
	switch program {
	case "peers":
		path := filepath.Join(p.temp, "peers")
		args := []string{"build", "-C", p.peers, "-o", path}
		if exec.Command("pkg-config", "--exists", "libhs").Run() == nil {
			args = append(args, "-tags", "vectorscan")
		} else {
			p.log("pkg-config does not know libhs: no Vectorscan")
		}
		return path, run(exec.Command("go", append(args, ".")...))
	case "rust":
		if _, err := exec.LookPath("cargo"); err != nil {
			return "", fmt.Errorf("no cargo")
		}
		target := filepath.Join(p.temp, "rust")
		args := []string{"build", "--release", "--target-dir", target}
		if found, _ := filepath.Glob(debian + "/aho-corasick-0.7*"); len(found) > 0 {
			args = append(args, "--offline", "--config", `source.crates-io.replace-with="debian"`, "--config", `source.debian.directory="`+debian+`"`)
		}
		cmd := exec.Command("cargo", args...)
		cmd.Dir = filepath.Join(p.peers, "rust")
		return filepath.Join(target, "release", "peers"), run(cmd)
	default:
		return "", fmt.Errorf("unknown program %q", program)
	}
}

// run runs a build and says what it said if it fails.
func run(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, lines[len(lines)-1])
}

// moduleVersion returns the version of a module that this program was built
// with.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == path {
				return d.Version
			}
		}
	}
	return ""
}
