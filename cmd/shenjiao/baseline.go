package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/shenjiao/shenjiao/suppress"
)

// readBaseline reads the file of --baseline; one that is about to be written
// need not be there.
func (f *scanFlags) readBaseline() (*suppress.Baseline, error) {
	if f.baseline == "" {
		return nil, nil
	}
	data, err := os.ReadFile(f.baseline)
	if f.update && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("--baseline: %w", readable(err))
	}
	return suppress.ParseBaseline(f.baseline, data)
}

// writeBaseline replaces the file in one step, so that a full disk leaves the
// old one.
func writeBaseline(name string, b *suppress.Baseline) (err error) {
	var data bytes.Buffer
	enc := json.NewEncoder(&data)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(b); err != nil {
		return err
	}
	fail := func(err error) error { return fmt.Errorf("--baseline: %w", readable(err)) }
	tmp, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(tmp.Name())
	if _, err = tmp.Write(data.Bytes()); err == nil {
		err = tmp.Chmod(0o644)
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return fail(err)
	}
	if err := os.Rename(tmp.Name(), name); err != nil {
		return fail(err)
	}
	return nil
}
