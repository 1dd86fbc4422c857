package runner

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
)

// PeakMemory returns the largest resident set that a running process has had,
// in bytes; 0 where the system does not say. (What wait reports for a process
// that has ended includes the parent's memory from before exec.)
func PeakMemory(pid int) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(data) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			if fields := bytes.Fields(rest); len(fields) == 2 {
				n, _ := strconv.ParseInt(string(fields[0]), 10, 64)
				return n << 10
			}
		}
	}
	return 0
}
