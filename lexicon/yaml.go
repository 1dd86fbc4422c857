package lexicon

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/shenjiao/shenjiao/internal/plainyaml"
)

// A yamlFile reads the nodes of one YAML file. It works on nodes and not on
// Go values so that one reading reports every fault, each with its place.
//
// The files of a pack need no anchors, aliases, tags or merge keys; a file that
// has them is refused, so what stands in the file is what is read.
type yamlFile struct {
	*reporter
	*source
}

// maxYAMLBytes is the size of the longest YAML file that is read: 20,000 cases
// take 0.3 s.
const maxYAMLBytes = 16 << 20

// root returns the node that a file holds, nil if it holds none. It returns
// false after it reported why the file cannot be read.
func (y *yamlFile) root() (root ast.Node, ok bool) {
	if y.damaged {
		return nil, false
	}
	if len(y.text) > maxYAMLBytes {
		y.errorf(y.placeRunes(1, 1), "file has %d bytes, at most %d are read", len(y.text), maxYAMLBytes)
		return nil, false
	}
	docs, fault := plainyaml.Parse(y.text)
	if fault != nil {
		at := y.placeRunes(fault.Line, fault.Column)
		if fault.Kind == plainyaml.TooDeep {
			y.errorf(at, "more than %d brackets or dashes inside each other", plainyaml.MaxDepth)
		} else {
			y.errorf(at, "not YAML: %s", fault.Message)
		}
		return nil, false
	}
	if len(docs) > 1 {
		y.errorf(y.at(docs[1]), "file holds more than one document")
		return nil, false
	}
	if len(docs) == 1 {
		root = docs[0]
	}
	return root, true
}

// at returns the place of a node.
func (y *yamlFile) at(n ast.Node) Place { return y.placeRunes(plainyaml.Place(n)) }

// A yamlKey is one key that a mapping may have, and what reads its value.
type yamlKey struct {
	name string
	read func(key, value ast.Node)
}

// fields reads a mapping with the given keys. A key without a value is as if
// it were not there.
func (y *yamlFile) fields(n ast.Node, what any, keys ...yamlKey) {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.name
	}
	y.entries(n, what, func(name string, node, value ast.Node) {
		i := slices.Index(names, name)
		if i < 0 {
			y.errorf(y.at(node), "unknown key %q in %s, %s", name, what, wantName(name, names))
		} else if value.Type() != ast.NullType {
			keys[i].read(node, value)
		}
	})
}

// entries calls yield with each key of a mapping, in the order of the file.
func (y *yamlFile) entries(n ast.Node, what any, yield func(name string, key, value ast.Node)) {
	mapping, ok := n.(ast.MapNode)
	if !ok {
		y.errorf(y.at(n), "%s is %s, want a mapping of keys and values", what, kind(n))
		return
	}
	seen := map[string]Place{}
	for it := mapping.MapRange(); it.Next(); {
		node, ok := it.Key().(*ast.StringNode)
		if !ok {
			y.errorf(y.at(it.Key()), "key in %s is %s, want a string", what, kind(it.Key()))
			continue
		}
		if first, again := seen[node.Value]; again {
			y.errorf(y.at(node), "key %q is given twice, first at %s", node.Value, first)
			continue
		}
		seen[node.Value] = y.at(node)
		yield(node.Value, node, it.Value())
	}
}

// items calls yield with each item of a sequence.
func (y *yamlFile) items(n ast.Node, what string, yield func(ast.Node)) {
	sequence, ok := n.(*ast.SequenceNode)
	if !ok {
		y.errorf(y.at(n), "%s is %s, want a list", what, kind(n))
		return
	}
	for _, item := range sequence.Values {
		yield(item)
	}
}

// str returns a string.
func (y *yamlFile) str(n ast.Node, what string, prose bool) (string, bool) {
	var s string
	switch n := n.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		y.errorf(y.at(n), "%s is %s, want a string: put it in quotes", what, kind(n))
		return "", false
	default:
		y.errorf(y.at(n), "%s is %s, want a string", what, kind(n))
		return "", false
	}
	if fault := textFault(s, prose); fault != nil {
		y.errorf(y.at(n), "%s %s", what, fault)
		return "", false
	}
	return s, true
}

// into returns a reader that stores a string of one line.
func (y *yamlFile) into(what string, to *string) func(key, value ast.Node) {
	return func(_, value ast.Node) {
		if s, ok := y.str(value, what, false); ok {
			*to = s
		}
	}
}

// kind names what a node is, for messages.
func kind(n ast.Node) *message {
	switch n.Type() {
	case ast.StringType, ast.LiteralType:
		return say("a string")
	case ast.IntegerType, ast.FloatType, ast.InfinityType, ast.NanType:
		return say("a number")
	case ast.BoolType:
		return say("true or false")
	case ast.NullType:
		return say("nothing")
	case ast.MappingType, ast.MappingValueType:
		return say("a mapping")
	case ast.SequenceType:
		return say("a list")
	case ast.AnchorType, ast.AliasType:
		return say("an anchor or alias")
	case ast.TagType:
		return say("a tag")
	case ast.MergeKeyType:
		return say("a merge key")
	default:
		return say("something else")
	}
}
