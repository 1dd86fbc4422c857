package lexicon

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

// verb is a verb of fmt with its index, if any.
var verb = regexp.MustCompile(`%(\[(\d)\])?[+0-9]*([a-zA-Z])`)

// verbs returns the verb of each argument.
func verbs(t *testing.T, format string) []string {
	var all []string
	for i, m := range verb.FindAllStringSubmatch(format, -1) {
		n := i
		if m[2] != "" {
			k, err := strconv.Atoi(m[2])
			require.NoError(t, err)
			n = k - 1
		}
		for len(all) <= n {
			all = append(all, "")
		}
		all[n] = m[3]
	}
	return all
}

// Every message that the package can say is in the catalogue, nothing else is,
// and both languages say the same arguments.
func TestCatalogue(t *testing.T) {
	said := map[string]bool{}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			f := ""
			switch fun := call.Fun.(type) {
			case *ast.Ident:
				f = fun.Name
			case *ast.SelectorExpr:
				f = fun.Sel.Name
			}
			at, ok := map[string]int{"say": 0, "fault": 0, "errorf": 1, "lintf": 1, "fail": 1, "newProblem": 2}[f]
			if !ok || len(call.Args) <= at {
				return true
			}
			if lit, ok := call.Args[at].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				format, err := strconv.Unquote(lit.Value)
				require.NoError(t, err)
				said[format] = true
				if _, ok := catalogue[format]; !ok {
					t.Errorf("%v: %q has no row in catalogue: add one, in Chinese", fset.Position(lit.Pos()), format)
				}
			}
			return true
		})
	}
	require.NotEmpty(t, said)
	for format, row := range catalogue {
		if !said[format] {
			t.Errorf("nobody says %q: remove it from catalogue", format)
		}
		require.Equal(t, verbs(t, format), verbs(t, row.chinese), "%q", format)
		require.Equal(t, row.code, strings.Trim(strings.ToLower(row.code), "-"), "%q", format)
	}
}

// Whatever is wrong with a pack can be said in Chinese.
func TestProblemChinese(t *testing.T) {
	n := 0
	for _, pattern := range []string{"bad/*.txtar", "lint/*.txtar"} {
		for _, p := range testPacks(t, pattern) {
			pack, err := ReadPack(p.files)
			var problems Problems
			if !errors.As(err, &problems) {
				require.NoError(t, err)
				problems = pack.Lint
			}
			for _, problem := range problems {
				n++
				require.NotEqual(t, "other", problem.Code(), "%v", problem)
				require.NotContains(t, problem.Chinese(), "%!", "%v", problem)
				require.True(t, strings.ContainsFunc(problem.Chinese(), func(c rune) bool { return unicode.Is(unicode.Han, c) }), "%v", problem)
			}
		}
	}
	require.Positive(t, n)
}

func TestProblemOfOthers(t *testing.T) {
	p := Problem{Place: Place{File: "a"}, Level: LevelError, Message: "m"}
	require.Equal(t, "m", p.Chinese())
	require.Equal(t, "other", p.Code())
}

func TestNames(t *testing.T) {
	require.Equal(t, []string{"", "a", "a or b", "a, b or c"}, []string{
		names{}.String(), names{"a"}.String(), names{"a", "b"}.String(), names{"a", "b", "c"}.String(),
	})
	_, faults := parseChannels("+nose")
	require.Equal(t, `未知的写法通道 "+nose"，是不是 "noise"？`, faults[0].chinese())
	m := say("unknown match %q, want %s", "x", names(matchNames[1:]))
	require.Equal(t, `未知的 match "x"，应为 substring、word、exact 或 whole`, m.chinese())
	require.True(t, slices.Contains([]string{"unknown-match"}, m.code()))
}
