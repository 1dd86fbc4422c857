package plainyaml

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxDepth is how many brackets, or dashes of one line, may stand inside each
// other. The parser's time grows with the square of the nesting: 40,000
// brackets took it 7 s. Nesting by indentation needs no limit: the file's size
// grows with its square.
const MaxDepth = 16

// A Fault is why a text cannot be read.
type Fault struct {
	Line, Column int // from 1; columns are characters
	Kind         FaultKind
	Message      string // what the parser said, for Syntax
}

// FaultKind tells faults apart.
type FaultKind uint8

// The kinds of faults.
const (
	Syntax  FaultKind = iota // not YAML
	TooDeep                  // nested more than MaxDepth
)

func (f *Fault) Error() string {
	if f.Kind == TooDeep {
		return fmt.Sprintf("%d:%d: more than %d brackets or dashes inside each other", f.Line, f.Column, MaxDepth)
	}
	return fmt.Sprintf("%d:%d: not YAML: %s", f.Line, f.Column, f.Message)
}

// Parse returns the documents of a text that are not empty. The caller bounds
// the length of the text.
func Parse(text string) ([]ast.Node, *Fault) {
	tokens := lexer.Tokenize(text)
	if t := tooDeep(tokens); t != nil {
		return nil, &Fault{Line: t.Position.Line, Column: t.Position.Column, Kind: TooDeep}
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		f := &Fault{Line: 1, Column: 1, Message: "no reason is known"}
		var syntax yaml.Error
		if errors.As(err, &syntax) { // err.Error() would print the lines around the fault too
			f.Message = strings.Join(strings.Fields(syntax.GetMessage()), " ")
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				f.Line, f.Column = t.Position.Line, t.Position.Column
			}
		}
		return nil, f
	}
	var docs []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil {
			docs = append(docs, doc.Body)
		}
	}
	return docs, nil
}

// tooDeep returns the token at which brackets, or dashes of one line, stand too
// deep inside each other, nil if none do.
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
		if max(flow, dashes) > MaxDepth {
			return t
		}
	}
	return nil
}

// Place returns where a node begins, from 1; columns are characters.
func Place(n ast.Node) (line, column int) {
	switch n := n.(type) {
	case *ast.MappingNode: // its own token is the first colon
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return Place(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return Place(n.Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line, t.Position.Column
	}
	return 1, 1
}
