package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/shenjiao/shenjiao/internal/plainyaml"
	"github.com/shenjiao/shenjiao/rules"
)

// configFlag is the flag that names a configuration file.
const configFlag = "config"

// pathFlags are the flags whose values in a configuration file are paths: they
// are relative to its folder, so that it means the same from everywhere.
var pathFlags = []string{"lexicon", "cache", "rules", "baseline", "output", "require-signature", "signature-ledger", "profile", "token-file"}

// maxConfigBytes is the most that is read of a configuration file.
const maxConfigBytes = 1 << 20

// addConfig gives a command the flag --config FILE: a YAML file whose keys are
// the names of the command's other flags. What the command line says goes
// before what the file says.
func addConfig(cmd *cobra.Command) {
	file := cmd.Flags().String(configFlag, "", "配置文件（YAML）：键为本命令的其他选项名；命令行中写明的优先")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if *file == "" {
			return nil
		}
		return applyConfig(cmd.Flags(), *file)
	}
}

// applyConfig sets those flags that file names and the command line does not.
// It returns every fault of the file, each with its place.
func applyConfig(flags *pflag.FlagSet, file string) error {
	entries, err := readConfig(file)
	if err != nil {
		return err
	}
	var faults []error
	for _, e := range entries {
		line, column := plainyaml.Place(e)
		at := fmt.Sprintf("%s:%d:%d", file, line, column)
		name := e.Key.GetToken().Value
		flag := flags.Lookup(name)
		if flag == nil || name == configFlag || name == "help" {
			faults = append(faults, fmt.Errorf("%s: unknown key %q, want one of: %s", at, name, configKeys(flags)))
			continue
		}
		values, err := configValues(flag, e.Value)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %s: %w", at, name, err))
			continue
		}
		given := flag.Changed // on the command line
		for _, value := range values {
			if slices.Contains(pathFlags, name) {
				value = besideConfig(name, value, file)
			}
			if given {
				continue
			}
			if err := flags.Set(name, value); err != nil {
				faults = append(faults, fmt.Errorf("%s: %s: got %q, want %s", at, name, value, kindOf(flag)))
			}
		}
	}
	return errors.Join(faults...)
}

// readConfig returns the entries of a configuration file.
func readConfig(file string) ([]*ast.MappingValueNode, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", readable(err))
	}
	if info.Size() > maxConfigBytes {
		return nil, fmt.Errorf("--config: %s has %d bytes, want at most %d", file, info.Size(), maxConfigBytes)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", readable(err))
	}
	docs, fault := plainyaml.Parse(string(data))
	if fault != nil {
		return nil, fmt.Errorf("%s:%w", file, fault)
	}
	var entries []*ast.MappingValueNode
	for _, doc := range docs {
		switch body := doc.(type) {
		case *ast.CommentGroupNode, *ast.NullNode:
		case *ast.MappingNode:
			entries = append(entries, body.Values...)
		case *ast.MappingValueNode:
			entries = append(entries, body)
		default:
			line, column := plainyaml.Place(body)
			return nil, fmt.Errorf("%s:%d:%d: want lines of the form option: value", file, line, column)
		}
	}
	return entries, nil
}

// configValues returns the values that a node gives a flag: one, or of a
// repeatable flag as many as there are.
func configValues(flag *pflag.Flag, node ast.Node) ([]string, error) {
	if list, ok := node.(*ast.SequenceNode); ok {
		if flag.Value.Type() != "stringArray" {
			return nil, fmt.Errorf("got a list, want %s", kindOf(flag))
		}
		var values []string
		for _, item := range list.Values {
			value, err := scalar(item)
			if err != nil {
				return nil, err
			}
			values = append(values, value)
		}
		return values, nil
	}
	value, err := scalar(node)
	return []string{value}, err
}

func scalar(node ast.Node) (string, error) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, nil
	default:
		return "", fmt.Errorf("got %s, want a plain value", strings.ToLower(node.Type().String()))
	}
}

// besideConfig makes a path that is relative in file one from here. The name
// of a profile that comes with the program is no path, nor is a key.
func besideConfig(name, value, file string) string {
	switch {
	case value == "", filepath.IsAbs(value),
		name == "profile" && slices.Contains(rules.Presets(), value),
		name == "require-signature" && !strings.HasSuffix(value, ".pub"):
		return value
	}
	return filepath.Join(filepath.Dir(file), value)
}

func kindOf(flag *pflag.Flag) string {
	switch flag.Value.Type() {
	case "bool":
		return "true or false"
	case "int":
		return "a whole number"
	case "float64":
		return "a number"
	case "stringArray":
		return "a value or a list of values"
	default:
		return "a " + flag.Value.Type()
	}
}

func configKeys(flags *pflag.FlagSet) string {
	var names []string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != configFlag && f.Name != "help" {
			names = append(names, f.Name)
		}
	})
	slices.Sort(names)
	return strings.Join(names, ", ")
}
