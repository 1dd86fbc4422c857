package lexicon

import (
	"errors"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
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

// The limits of a YAML file. The parser's time grows with the square of the
// nesting: 40,000 brackets took it 7 s, 20,000 cases 0.3 s.
const (
	maxYAMLBytes = 16 << 20
	maxYAMLDepth = 16
)

// tooDeep returns the token at which brackets, or dashes of one line, stand too
// deep inside each other, nil if none do. Nesting by indentation needs no
// limit: the file's size grows with its square.
func tooDeep(tokens token.Tokens) *token.Token {
	flow, dashes, line := 0, 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow--
		case token.SequenceEntryType, token.MappingKeyType:
			dashes++
		}
		if max(flow, dashes) > maxYAMLDepth {
			return t
		}
	}
	return nil
}

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
	tokens := lexer.Tokenize(y.text)
	if t := tooDeep(tokens); t != nil {
		y.errorf(y.placeRunes(t.Position.Line, t.Position.Column), "more than %d brackets or dashes inside each other", maxYAMLDepth)
		return nil, false
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		at, fault := y.placeRunes(1, 1), say("file is not YAML")
		var syntax yaml.Error
		if errors.As(err, &syntax) { // err.Error() would print the lines around the fault too
			fault = say("not YAML: %s", strings.Join(strings.Fields(syntax.GetMessage()), " "))
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				at = y.placeRunes(t.Position.Line, t.Position.Column)
			}
		}
		y.errorf(at, "%s", fault)
		return nil, false
	}
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case root == nil:
			root = doc.Body
		default:
			y.errorf(y.at(doc.Body), "file holds more than one document")
			return nil, false
		}
	}
	return root, true
}

// at returns the place of a node.
func (y *yamlFile) at(n ast.Node) Place {
	switch n := n.(type) {
	case *ast.MappingNode: // its own token is the first colon
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return y.at(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return y.at(n.Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return y.placeRunes(t.Position.Line, t.Position.Column)
	}
	return y.placeRunes(1, 1)
}

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
