package shenjiao_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var updateAPI = flag.Bool("update", false, "write testdata/api.txt anew")

// TestAPI holds everything that importers can name to testdata/api.txt, so that no
// change of it goes unnoticed: docs/compatibility.md says which changes there may be.
func TestAPI(t *testing.T) {
	const golden = "testdata/api.txt"
	got := api(t)
	require.Greater(t, len(got), 300, "declarations found")
	text := strings.Join(got, "\n") + "\n"
	if *updateAPI {
		require.NoError(t, os.WriteFile(golden, []byte(text), 0o644))
	}
	data, err := os.ReadFile(golden)
	require.NoError(t, err)
	want := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	var changes []string
	for _, line := range want {
		if _, same := slices.BinarySearch(got, line); !same {
			changes = append(changes, "- "+line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			changes = append(changes, "+ "+line)
		}
	}
	if len(changes) > 0 {
		t.Errorf("what importers can name has changed. If it is meant to: go test -run TestAPI -update . and a line in CHANGELOG.md;\n"+
			"a line that begins with - breaks programs, see docs/compatibility.md.\n%s", strings.Join(changes, "\n"))
	}
}

// api returns a line for each exported constant, variable, function, type, field and
// method of the packages that other modules may import, sorted.
func api(t *testing.T) []string {
	var lines []string
	for path, p := range packages(t) {
		own, inside := strings.CutPrefix(path, module)
		own = strings.TrimPrefix(own, "/")
		first, _, _ := strings.Cut(own, "/")
		if !inside || p.DepOnly || slices.Contains([]string{"internal", "cmd", "examples", "bench"}, first) {
			continue
		}
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			require.NoError(t, err)
			files = append(files, f)
		}
		if len(files) == 0 {
			continue
		}
		d, err := doc.NewFromFiles(fset, files, path)
		require.NoError(t, err)
		name := strings.TrimSuffix("shenjiao/"+own, "/")
		add := func(format string, args ...any) {
			lines = append(lines, name+": "+fmt.Sprintf(format, args...))
		}
		source := func(node any) string { return oneLine(t, fset, node) }
		values := func(kind string, all []*doc.Value) {
			for _, v := range all {
				for _, spec := range v.Decl.Specs {
					s := spec.(*ast.ValueSpec)
					for _, id := range s.Names {
						switch {
						case !id.IsExported():
						case s.Type != nil:
							add("%s %s %s", kind, id.Name, source(s.Type))
						default:
							add("%s %s", kind, id.Name)
						}
					}
				}
			}
		}
		funcs := func(all []*doc.Func) {
			for _, f := range all {
				f.Decl.Body, f.Decl.Doc = nil, nil
				add("%s", source(f.Decl))
			}
		}
		values("const", d.Consts)
		values("var", d.Vars)
		funcs(d.Funcs)
		for _, typ := range d.Types {
			values("const", typ.Consts)
			values("var", typ.Vars)
			funcs(typ.Funcs)
			funcs(typ.Methods)
			for _, spec := range typ.Decl.Specs {
				s := spec.(*ast.TypeSpec)
				switch x := s.Type.(type) {
				case *ast.StructType:
					add("type %s struct", s.Name)
					for _, f := range x.Fields.List {
						for _, id := range f.Names {
							if id.IsExported() {
								add("type %s struct, %s %s%s", s.Name, id.Name, source(f.Type), tag(f))
							}
						}
						if len(f.Names) == 0 {
							add("type %s struct, embeds %s%s", s.Name, source(f.Type), tag(f))
						}
					}
				case *ast.InterfaceType:
					add("type %s interface", s.Name)
					for _, f := range x.Methods.List {
						if len(f.Names) == 0 {
							add("type %s interface, embeds %s", s.Name, source(f.Type))
							continue
						}
						add("type %s interface, %s%s", s.Name, f.Names[0].Name, strings.TrimPrefix(source(f.Type), "func"))
					}
				default:
					assign := " "
					if s.Assign.IsValid() {
						assign = " = "
					}
					add("type %s%s%s", s.Name, assign, source(s.Type))
				}
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

func tag(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	return " " + f.Tag.Value
}

var blanks = regexp.MustCompile(`\s+`)

// oneLine prints a node of a syntax tree without its line breaks.
func oneLine(t *testing.T, fset *token.FileSet, node any) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, printer.Fprint(&b, fset, node))
	return blanks.ReplaceAllString(b.String(), " ")
}
