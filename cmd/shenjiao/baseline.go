package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/suppress"
)

// readBaseline reads the file of --baseline; one that is about to be written
// need not be there.
func (f *scanFlags) readBaseline() (*suppress.Baseline, error) {
	b, err := readBaseline(f.baseline)
	if f.update && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// readBaseline reads a file of known findings; without a name there are none.
func readBaseline(name string) (*suppress.Baseline, error) {
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", readable(err))
	}
	return suppress.ParseBaseline(name, data)
}

// writeBaseline replaces the file in one step, so that a full disk leaves the
// old one.
func writeBaseline(name string, b *suppress.Baseline) error {
	var data bytes.Buffer
	enc := json.NewEncoder(&data)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(b); err != nil {
		return err
	}
	if err := atomicfile.Write(name, data.Bytes(), 0o644); err != nil {
		return fmt.Errorf("--baseline: %w", readable(err))
	}
	return nil
}
