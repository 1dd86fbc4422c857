package rules

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"

	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

// expressionKind: a condition over the document, true where it is violated.
//
//	kind: expression
//	when: repost.is_repost and sourceClass(repost.source) == "central" and not titleKept(title, repost.original_title)
//	field: title
//
// Names are those of the document's JSON; a list has its items. text.title,
// text.digest and text.body are what a reader sees of those, in one width, case
// and script. findings and spans are what the lexicon and the recognisers
// found. The language is that of github.com/expr-lang/expr: typed, and it
// always ends.
//
// Every field that is named has to be known, else the rule is not evaluated,
// but within known(…), which says whether one is.
var expressionKind = ownKind{
	name: "expression", keys: []string{"when", "field"},
	read: func(r *reader, n *node, rule *Rule, fields []string, said message) maker {
		when := n.get("when")
		source := r.str(n, when, "when")
		field := r.str(n, n.get("field"), "field")
		if fields != nil {
			r.errorf(n.get("fields"), "fields is for kinds about words: an expression names what it reads, and field is where its finding stands")
		}
		if source == "" {
			return nil
		}
		x, err := compileExpression(source)
		if err != nil {
			r.expressionFault(when, err)
			return nil
		}
		rule.Inputs = x.paths
		return func(s *setup) check {
			return func(c *call) { x.check(c, field, said) }
		}
	},
}

// The limits of an expression.
const (
	maxExpressionNodes = 200
	maxExpressionCost  = 1 << 20 // values that one evaluation may make
)

// banned are functions of the language that rules do without: those that read
// the clock, and those that make much out of little.
var banned = []string{"now", "repeat", "toJSON", "fromJSON", "toBase64", "fromBase64", "timezone"}

type expression struct {
	program *vm.Program
	paths   []string // of the document that have to be known
}

// expressionFault reports a fault of an expression at its place in the file.
func (r *reader) expressionFault(at *node, err error) {
	line, column, message := at.line, at.column, err.Error()
	var f *file.Error
	if errors.As(err, &f) {
		message = f.Message
		if f.Line == 1 {
			column += f.Column
		} else if f.Line > 1 {
			line, column = line+f.Line-1, f.Column+1
		}
	}
	r.fault(line, column, "when: %s", strings.Join(strings.Fields(message), " "))
}

func compileExpression(source string) (*expression, error) {
	scan := &pathScan{roots: documentTypes(), skip: map[ast.Node]bool{}, path: map[ast.Node]string{}}
	options := []expr.Option{
		expr.Env(environmentTypes()), expr.AsBool(), expr.MaxNodes(maxExpressionNodes), expr.Timezone("Asia/Shanghai"),
		expr.Optimize(false), expr.Patch(scan),
	}
	for _, name := range banned {
		options = append(options, expr.DisableBuiltin(name))
	}
	for _, h := range helpers {
		options = append(options, expr.Function(h.name, func(params ...any) (any, error) { return h.call(params), nil }, h.types...))
	}
	program, err := expr.Compile(source, options...)
	if err != nil {
		return nil, err
	}
	root := program.Node()
	found := &predicates{}
	if ast.Walk(&root, found); found.nested {
		return nil, errors.New("a condition on a list stands within another, which costs the product of both: want them side by side")
	}
	return &expression{program, scan.paths()}, nil
}

// pathScan collects the fields of the document that an expression reads.
type pathScan struct {
	roots map[string]types.Type
	skip  map[ast.Node]bool   // within known(…), or the beginning of a longer path
	path  map[ast.Node]string // of identifiers and members
}

// Visit is called for the parts of a node before the node itself.
func (s *pathScan) Visit(n *ast.Node) {
	switch n := (*n).(type) {
	case *ast.IdentifierNode:
		if _, ok := s.roots[n.Value]; ok || n.Value == "text" {
			s.path[n] = n.Value
		}
	case *ast.MemberNode:
		base, ok := s.path[n.Node]
		name, constant := n.Property.(*ast.StringNode)
		if ok && constant {
			s.path[n] = base + "." + name.Value
			s.skip[n.Node] = true
		}
	case *ast.ChainNode:
		if base, ok := s.path[n.Node]; ok {
			s.path[n] = base
			s.skip[n.Node] = true
		}
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok && callee.Value == "known" {
			for _, a := range n.Arguments {
				s.skip[a] = true
			}
		}
	}
}

func (s *pathScan) paths() []string {
	var out []string
	for n, path := range s.path {
		if !s.skip[n] {
			out = append(out, strings.TrimPrefix(path, "text."))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// predicates finds conditions on lists, and whether one stands within another.
type predicates struct {
	n      int
	nested bool
}

func (v *predicates) Visit(n *ast.Node) {
	p, ok := (*n).(*ast.PredicateNode)
	if !ok {
		return
	}
	v.n++
	within := &predicates{}
	ast.Walk(&p.Node, within)
	v.nested = v.nested || within.n > 0
}

// environmentTypes is what an expression can name.
func environmentTypes() types.Map {
	env := types.Map{}
	maps.Copy(env, documentTypes())
	env["text"] = types.Map{"title": types.String, "digest": types.String, "body": types.String}
	env["findings"] = types.Array(types.Map{
		"rule": types.String, "category": types.String, "label": types.String, "severity": types.String, "action": types.String,
		"field": types.String, "text": types.String, "term": types.String, "confidence": types.Float64,
	})
	env["spans"] = types.Array(types.Map{"kind": types.String, "field": types.String, "value": types.String})
	return env
}

// documentTypes are the types of the document's fields by their names in JSON.
func documentTypes() types.Map {
	return typeOf(reflect.TypeFor[review.Document]()).(types.Map)
}

func typeOf(t reflect.Type) types.Type {
	switch t.Kind() {
	case reflect.Pointer:
		return typeOf(t.Elem())
	case reflect.Slice:
		return types.Array(typeOf(t.Elem()))
	case reflect.Struct:
		m := types.Map{}
		for f := range fieldsOf(t) {
			m[jsonName(f)] = typeOf(f.Type)
		}
		return m
	case reflect.Bool:
		return types.Bool
	case reflect.Int64:
		return types.Int
	case reflect.Float64:
		return types.Float64
	default:
		return types.String
	}
}

func fieldsOf(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && !yield(f) {
				return
			}
		}
	}
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// valueOf is a part of the document as an expression sees it: what is absent is
// nil, but a group is there with nothing in it, so that its fields can be
// named.
func valueOf(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			if v.Type().Elem().Kind() == reflect.Struct {
				return valueOf(reflect.Zero(v.Type().Elem()))
			}
			return nil
		}
		return valueOf(v.Elem())
	case reflect.Slice:
		if v.IsNil() {
			return nil
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = valueOf(v.Index(i))
		}
		return list
	case reflect.Struct:
		m := map[string]any{}
		for f := range fieldsOf(v.Type()) {
			m[jsonName(f)] = valueOf(v.FieldByIndex(f.Index))
		}
		return m
	case reflect.Bool:
		return v.Bool()
	case reflect.Int64:
		return int(v.Int())
	case reflect.Float64:
		return v.Float()
	default:
		return v.String()
	}
}

// lookup returns the value at a path of members.
func lookup(env any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		m, ok := env.(map[string]any)
		if !ok {
			return nil
		}
		env = m[name]
	}
	return env
}

func (x *expression) check(c *call, field string, said message) {
	env := c.environment()
	for _, path := range x.paths {
		if lookup(env, path) == nil {
			c.miss(path)
		}
	}
	if len(c.missing) > 0 {
		return
	}
	machine := vm.VM{MemoryBudget: maxExpressionCost}
	out, err := machine.Run(x.program, env)
	if err != nil {
		// A member of a list's item that is absent, an index past the end, or
		// the cost limit: nothing is proven either way.
		c.miss("profile.rules." + c.rule.ID)
		return
	}
	if yes, ok := out.(bool); !ok || !yes {
		return
	}
	w := said.with("", "", 1)
	for _, f := range c.Fields() {
		if f.Path == field {
			p := c.page(f.Path, &f.Text)
			c.violateAt(p, p.whole(), w)
			return
		}
	}
	c.violate(field, w)
}

// environment is the document as expressions see it. It is made once.
func (c *call) environment() map[string]any {
	d := c.document
	if d.values != nil {
		return d.values
	}
	env := valueOf(reflect.ValueOf(d.Document)).(map[string]any)
	text := map[string]any{}
	for name, p := range map[string]*page{"title": c.title(), "digest": c.document.digest(), "body": c.body()} {
		if p != nil {
			text[name] = p.text
		}
	}
	env["text"] = text
	findings := []any{}
	for i := range d.evidence.Findings {
		f := &d.evidence.Findings[i]
		findings = append(findings, map[string]any{
			"rule": f.Rule, "category": f.Category, "label": f.Label, "severity": f.Severity.String(), "action": f.Action.String(),
			"field": f.Field, "text": f.Text, "term": f.Term, "confidence": float64(f.Confidence),
		})
	}
	env["findings"] = findings
	spans := []any{}
	for _, f := range d.Fields() {
		for _, s := range c.page(f.Path, &f.Text).recognised(recognize.AllKinds) {
			spans = append(spans, map[string]any{"kind": s.Kind.String(), "field": f.Path, "value": s.Value})
		}
	}
	env["spans"] = spans
	d.values = env
	return env
}

// A helper is a function that expressions can call.
type helper struct {
	name  string
	types []any
	call  func(params []any) any
}

func text1(f func(string) any) func([]any) any {
	return func(p []any) any { return f(asString(p[0])) }
}

// asString is a value as text; an absent one is empty.
func asString(v any) string {
	s, _ := v.(string)
	return s
}

var defaultTitles = TitleRules{ContainedMin: 6, NearDistance: 2}

// helpers are all of them. docs/rules.zh.md lists them.
var helpers = []helper{
	{"known", []any{new(func(any) bool)}, func(p []any) any { return p[0] != nil }},
	{"titleKept", []any{new(func(string, string) bool)}, func(p []any) any {
		return CompareTitles(asString(p[0]), asString(p[1]), defaultTitles).Kept()
	}},
	{"weightedLength", []any{new(func(string) int)}, text1(func(s string) any { return lengthIn(unitWeighted, s) })},
	{"length", []any{new(func(string) int)}, text1(func(s string) any { return runeCount(s) })},
	{"sourceClass", []any{new(func(string) string)}, text1(func(s string) any { return sourceClass(s) })},
	{"host", []any{new(func(string) string)}, text1(func(s string) any { return hostOf(s) })},
	{"mentions", []any{new(func(string, string) bool)}, func(p []any) any {
		return strings.Contains(fold(asString(p[0])), fold(asString(p[1])))
	}},
	{"count", []any{new(func(string, string) int)}, func(p []any) any {
		if word := fold(asString(p[1])); word != "" {
			return strings.Count(fold(asString(p[0])), word)
		}
		return 0
	}},
	{"within", []any{new(func(string, string, string, int) bool)}, func(p []any) any {
		return near(fold(asString(p[0])), fold(asString(p[1])), fold(asString(p[2])), p[3].(int))
	}},
	{"hoursBetween", []any{new(func(string, string) float64)}, func(p []any) any {
		from, err1 := review.Time(asString(p[0])).Parse()
		to, err2 := review.Time(asString(p[1])).Parse()
		if err1 != nil || err2 != nil {
			return 0.0
		}
		return float64(to.Sub(from)) / float64(time.Hour)
	}},
}

// sourceClass says what kind of source a source line names: central, vague or
// other; empty for none.
func sourceClass(source string) string {
	switch _, is := centralMedia().Lookup(source); {
	case strings.TrimSpace(source) == "":
		return ""
	case is:
		return "central"
	case slices.Contains(catalogue().builtins["vague_sources"], strings.TrimSpace(source)):
		return "vague"
	default:
		return "other"
	}
}

var centralMedia = sync.OnceValue(func() *Outlets { return NewOutlets(CentralMedia()) })

// near reports whether a and b stand in s with at most n characters between
// them. Cost: linear in s.
func near(s, a, b string, n int) bool {
	if a == "" || b == "" || n < 0 {
		return false
	}
	lastA, lastB := -1, -1 // ends of the last a and b
	runes := 0
	for i := range s {
		if strings.HasPrefix(s[i:], a) {
			if lastB >= 0 && runes-lastB <= n {
				return true
			}
			lastA = max(lastA, runes+runeCount(a))
		}
		if strings.HasPrefix(s[i:], b) {
			if lastA >= 0 && runes-lastA <= n {
				return true
			}
			lastB = max(lastB, runes+runeCount(b))
		}
		runes++
	}
	return false
}
