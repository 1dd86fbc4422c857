package main

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// machine describes where was measured.
type machine struct {
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`
	Memory string `json:"memory,omitempty"`
	System string `json:"system"`
	Go     string `json:"go"`
	Pinned bool   `json:"pinned"` // contenders kept to one core by taskset
}

func thisMachine(pinned bool) machine {
	m := machine{
		CPU: procField("/proc/cpuinfo", "model name"), Cores: runtime.NumCPU(), Memory: procField("/proc/meminfo", "MemTotal"),
		System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Pinned: pinned,
	}
	if family := procField("/proc/cpuinfo", "cpu family"); family != "" {
		m.CPU += ", family " + family + " model " + procField("/proc/cpuinfo", "model")
	}
	return m
}

// procField returns the first value of a field of a file in /proc; "" if there
// is none, as on other systems.
func procField(path, field string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for line := range bytes.Lines(data) {
		name, value, _ := strings.Cut(string(line), ":")
		if strings.TrimSpace(name) == field {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func canPin() bool {
	return runtime.GOOS == "linux" && exec.Command("taskset", "-c", lastCore(), "true").Run() == nil
}

func lastCore() string { return strconv.Itoa(runtime.NumCPU() - 1) }
