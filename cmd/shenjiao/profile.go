package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/shenjiao/shenjiao/rules"
)

// readProfile returns the profile of --profile, nil for none.
func (f *judgingFlags) readProfile() (p *rules.Profile, noRules bool, err error) {
	switch {
	case f.noRules && f.profile != "":
		return nil, false, errors.New("--profile and --no-rules are both given, want one of them")
	case f.noRules || f.profile == "":
		return nil, f.noRules, nil
	}
	p, err = openProfile(f.profile)
	return p, false, err
}

// openProfile returns a preset by its name, or the profile of a file: what
// looks like a path or has an extension is a file.
func openProfile(name string) (*rules.Profile, error) {
	if !strings.ContainsAny(name, `/\`) && filepath.Ext(name) == "" {
		if p, ok := rules.Preset(name); ok {
			return p, nil
		}
		return nil, fmt.Errorf("--profile: unknown profile %q, want %s or a file (house.yaml)", name, strings.Join(rules.Presets(), ", "))
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("--profile: %w", readable(err))
	}
	p, err := rules.ParseProfile(filepath.ToSlash(name), data)
	if err != nil {
		return nil, errors.New(strings.ReplaceAll(err.Error(), "rules: ", ""))
	}
	return p, nil
}
