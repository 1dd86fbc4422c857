package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"github.com/shenjiao/shenjiao/internal/plainyaml"
)

// A node is a value of a YAML file with its place, so that one reading can
// report every fault. It is what is left of YAML after anchors, aliases, tags
// and merge keys are refused: what stands in the file is what is read.
type node struct {
	line, column int
	kind         kind
	str          string
	num          float64
	integer      bool // num is a whole number
	yes          bool
	items        []node
	fields       []field
}

// A field is one key of a mapping with its value.
type field struct {
	key  node // of kindString
	node node
}

type kind uint8

const (
	kindNull kind = iota
	kindString
	kindNumber
	kindBool
	kindList
	kindMap
)

var kindNames = [...]string{
	kindNull: "nothing", kindString: "a string", kindNumber: "a number", kindBool: "true or false",
	kindList: "a list", kindMap: "a mapping",
}

func (k kind) String() string { return kindNames[k] }

// get returns the value of a key, or nil.
func (n *node) get(key string) *node {
	for i := range n.fields {
		if n.fields[i].key.str == key {
			return &n.fields[i].node
		}
	}
	return nil
}

// value returns the node as encoding/json would decode it: nil, string,
// int64, float64, bool, []any, map[string]any.
func (n *node) value() any {
	switch n.kind {
	case kindString:
		return n.str
	case kindNumber:
		if n.integer {
			return int64(n.num)
		}
		return n.num
	case kindBool:
		return n.yes
	case kindList:
		list := make([]any, len(n.items))
		for i := range n.items {
			list[i] = n.items[i].value()
		}
		return list
	case kindMap:
		m := make(map[string]any, len(n.fields))
		for i := range n.fields {
			m[n.fields[i].key.str] = n.fields[i].node.value()
		}
		return m
	default:
		return nil
	}
}

// A reader turns one file into nodes and collects what is wrong with it.
type reader struct {
	file     string
	problems Problems
}

func (r *reader) errorf(at *node, format string, args ...any) {
	r.fault(at.line, at.column, format, args...)
}

func (r *reader) fault(line, column int, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, line, column, fmt.Sprintf(format, args...)})
}

// err returns what was found, sorted, or nil.
func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	r.problems.sort()
	return r.problems
}

// maxYAMLBytes is the size of the longest file that is read.
const maxYAMLBytes = 4 << 20

// documents reads the documents of a file. It reports why if it cannot.
func (r *reader) documents(data []byte) []node {
	switch {
	case len(data) > maxYAMLBytes:
		r.fault(1, 1, "file has %d bytes, want at most %d", len(data), maxYAMLBytes)
		return nil
	case !utf8.Valid(data):
		r.fault(1, 1, "file is not UTF-8: save it as UTF-8")
		return nil
	}
	bodies, fault := plainyaml.Parse(strings.TrimPrefix(string(data), "\ufeff"))
	if fault != nil {
		if fault.Kind == plainyaml.TooDeep {
			r.fault(fault.Line, fault.Column, "more than %d brackets or dashes inside each other", plainyaml.MaxDepth)
		} else {
			r.fault(fault.Line, fault.Column, "not YAML: %s", fault.Message)
		}
		return nil
	}
	docs := make([]node, len(bodies))
	for i, body := range bodies {
		docs[i] = r.node(body)
	}
	return docs
}

func (r *reader) node(n ast.Node) node {
	out := node{}
	out.line, out.column = plainyaml.Place(n)
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.StringNode:
		out.kind, out.str = kindString, n.Value
	case *ast.LiteralNode:
		out.kind, out.str = kindString, n.Value.Value
	case *ast.BoolNode:
		out.kind, out.yes = kindBool, n.Value
	case *ast.IntegerNode:
		out.kind, out.integer = kindNumber, true
		switch v := n.Value.(type) {
		case int64:
			out.num = float64(v)
		case uint64:
			out.num = float64(v)
		}
	case *ast.FloatNode:
		out.kind, out.num = kindNumber, n.Value
	case *ast.SequenceNode:
		out.kind = kindList
		for _, item := range n.Values {
			out.items = append(out.items, r.node(item))
		}
	case ast.MapNode:
		out.kind = kindMap
		for it := n.MapRange(); it.Next(); {
			key := r.node(it.Key())
			if key.kind != kindString {
				r.errorf(&key, "key is %s, want a string: put it in quotes", key.kind)
				continue
			}
			if first := out.get(key.str); first != nil {
				r.errorf(&key, "key %q is given twice", key.str)
				continue
			}
			out.fields = append(out.fields, field{key, r.node(it.Value())})
		}
	default:
		r.errorf(&out, "want plain YAML without anchors, aliases, tags and merge keys, got %s", strings.ToLower(n.Type().String()))
	}
	return out
}

// keys reports the keys of a mapping that are none of names, and whether n is
// a mapping at all.
func (r *reader) keys(n *node, what string, names ...string) bool {
	if n.kind != kindMap {
		r.errorf(n, "%s is %s, want a mapping of keys and values", what, n.kind)
		return false
	}
	for i := range n.fields {
		if key := &n.fields[i].key; !slices.Contains(names, key.str) {
			r.errorf(key, "unknown key %q in %s, %s", key.str, what, want(key.str, names))
		}
	}
	return true
}

// str reads a string that is not empty. n may be nil; then it is missing from
// its mapping in.
func (r *reader) str(in, n *node, what string) string {
	switch {
	case n == nil:
		r.errorf(in, "%s is missing", what)
	case n.kind != kindString:
		hint := ""
		if n.kind == kindNumber || n.kind == kindBool {
			hint = ": put it in quotes"
		}
		r.errorf(n, "%s is %s, want a string%s", what, n.kind, hint)
	case strings.TrimSpace(n.str) == "":
		r.errorf(n, "%s is empty", what)
	default:
		return n.str
	}
	return ""
}

// strs reads a list of strings; a single string is a list of one.
func (r *reader) strs(n *node, what string) []string {
	if n.kind == kindString {
		return []string{n.str}
	}
	if n.kind != kindList {
		r.errorf(n, "%s is %s, want a list of strings", what, n.kind)
		return nil
	}
	list := make([]string, 0, len(n.items))
	for i := range n.items {
		if n.items[i].kind != kindString {
			r.errorf(&n.items[i], "item of %s is %s, want a string", what, n.items[i].kind)
			continue
		}
		list = append(list, n.items[i].str)
	}
	return list
}

// level reads the name of a severity or an action.
func level[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](r *reader, n *node, what string) (out T) {
	if n.kind != kindString || P(&out).UnmarshalText([]byte(n.str)) != nil {
		switch what {
		case "severity":
			r.errorf(n, "severity is %s, want error, warning or notice", describe(n))
		default:
			r.errorf(n, "action is %s, want block, review or note", describe(n))
		}
	}
	return out
}

func describe(n *node) string {
	if n.kind == kindString {
		return fmt.Sprintf("%q", n.str)
	}
	return n.kind.String()
}
