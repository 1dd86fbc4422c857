package shenjiao_test

import (
	"bytes"
	"encoding/json"
	"go/doc"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/shenjiao/shenjiao"

// room is one row of the import policy: what a package may import of this
// module and from other modules, with the reason for the latter.
type room struct {
	path    string            // below the module; "" is the façade
	own     []string          // packages of this module, without their own sub-packages
	outside map[string]string // module path -> why
}

// rooms is the house, from the ground up. A lower room never borrows from an
// upper one; what a program that embeds the library links is decided here.
var rooms = []room{
	{path: "internal/tables"},
	{path: "internal/atomicfile"},
	{path: "internal/soak"},
	{path: "internal/plainyaml", outside: map[string]string{"github.com/goccy/go-yaml": "a parser that knows lines and columns"}},
	{path: "matcher", own: []string{"internal/tables"}, outside: map[string]string{
		"golang.org/x/sys": "what the processor can do",
	}},
	{path: "segment", outside: map[string]string{"github.com/go-ego/gse": "the words of a clause"}},
	{path: "review", outside: map[string]string{"golang.org/x/text": "NFC of text digests"}},
	{path: "schema"},
	{path: "text", outside: map[string]string{
		"golang.org/x/net":         "the HTML tokenizer",
		"github.com/yuin/goldmark": "the Markdown parser",
	}},
	{path: "text/docx"},
	{path: "suppress", own: []string{"review"}},
	{path: "lexicon/starter"},
	{path: "lexicon", own: []string{"internal/atomicfile", "internal/plainyaml", "internal/tables", "matcher", "segment", "review"}, outside: map[string]string{
		"github.com/goccy/go-yaml": "pack.yaml and cases.yaml with line and column",
		"golang.org/x/text":        "to say that a file is GB18030",
	}},
	{path: "lexicon/compare", own: []string{"lexicon", "review", "segment"}},
	{path: "lexicon/inspect", own: []string{"internal/tables", "lexicon", "matcher", "segment"}, outside: map[string]string{
		"github.com/cloudflare/ahocorasick": "an engine of somebody else, to verify ours",
	}},
	{path: "lexicon/sign", own: []string{"internal/atomicfile", "lexicon"}, outside: map[string]string{
		"aead.dev/minisign": "signatures that the program minisign makes and checks",
	}},
	{path: "recognize", own: []string{"internal/tables", "matcher", "review"}},
	{path: "semantic", own: []string{"internal/tables", "lexicon", "matcher", "recognize", "review", "segment"}},
	{path: "rules", own: []string{"internal/plainyaml", "internal/tables", "lexicon", "matcher", "recognize", "review", "text"}, outside: map[string]string{
		"github.com/expr-lang/expr": "conditions of own rules: typed, and they always end",
		"github.com/goccy/go-yaml":  "profiles and the catalogue with line and column",
		"golang.org/x/net":          "the tokenizer that finds the pictures of a body",
		"golang.org/x/text":         "the character sets that tell traditional from simplified",
	}},
	{path: "", own: []string{"internal/tables", "recognize", "rules",
		"lexicon",
		"lexicon/starter",
		"matcher",
		"review",
		"segment",
		"semantic",
		"suppress",
		"text",
	}},
	{path: "reload", own: []string{"", "lexicon", "lexicon/sign", "review"}, outside: map[string]string{
		"github.com/fsnotify/fsnotify": "changes of files, without polling",
	}},
	{path: "report", own: []string{"lexicon", "review", "rules"}, outside: map[string]string{
		"github.com/owenrumney/go-sarif/v3": "the objects of SARIF",
		"github.com/mattn/go-runewidth":     "the columns of a caret",
	}},
	{path: "observe", own: []string{"", "review"}},
	{path: "observe/otel", own: []string{"", "reload", "review"}, outside: map[string]string{
		"go.opentelemetry.io/otel":        "the attributes of measurements",
		"go.opentelemetry.io/otel/metric": "the instruments of OpenTelemetry",
	}},
	{path: "observe/prom", own: []string{"", "reload", "review"}, outside: map[string]string{
		"github.com/prometheus/client_golang": "the metrics of Prometheus",
	}},
	{path: "serve", own: []string{"", "lexicon", "matcher", "observe/prom", "report", "review", "rules", "schema", "text/docx"}, outside: map[string]string{
		"github.com/prometheus/client_golang": "the page of metrics",
		"golang.org/x/sync":                   "the limits of work and memory",
	}},
	{path: "cmd/shenjiao", own: []string{
		"",
		"internal/atomicfile",
		"internal/plainyaml",
		"lexicon",
		"lexicon/compare",
		"lexicon/inspect",
		"lexicon/sign",
		"lexicon/starter",
		"matcher",
		"observe/prom",
		"recognize",
		"reload",
		"report",
		"review", "rules",
		"segment",
		"semantic",
		"serve",
		"suppress",
		"text",
	}, outside: map[string]string{
		"github.com/mattn/go-runewidth":     "the columns of a table with Chinese characters",
		"github.com/spf13/cobra":            "the command line",
		"github.com/spf13/pflag":            "its flags, which a configuration file sets",
		"github.com/goccy/go-yaml":          "configuration files",
		"github.com/schollz/progressbar/v3": "progress of long runs",
		"golang.org/x/term":                 "whether output is a terminal",
		"golang.org/x/text":                 "to say that a draft is GB18030",
	}},
	{path: "sse", own: []string{""}},
	{path: "examples/embed", own: []string{""}},
	{path: "examples/house", own: []string{"", "lexicon", "rules"}},
	{path: "examples/stream", own: []string{"", "sse"}},
	{path: "examples/httpmw", own: []string{"", "review"}},
	{path: "examples/hotreload", own: []string{"", "reload"}},
	{path: "bench/semantic", own: []string{"", "bench/corpus", "recognize", "semantic"}},
	{path: "bench/corpus", outside: map[string]string{
		"github.com/go-ego/gse": "words and their frequencies for the generated texts",
	}},
	{path: "bench/runner"},
	{path: "bench", own: []string{"", "bench/corpus", "bench/runner", "lexicon", "lexicon/starter", "matcher", "review", "segment"}, outside: map[string]string{
		"github.com/cloudflare/ahocorasick": "an engine to compare with",
		"github.com/goccy/go-yaml":          "contest.yaml",
		"github.com/schollz/progressbar/v3": "progress of long runs",
		"golang.org/x/term":                 "whether there is a terminal to show it on",
	}},
	{path: "bench/cold", own: []string{"", "lexicon"}},
	{path: "bench/serve", own: []string{"bench/corpus", "review"}},
	{path: "bench/recognized", own: []string{"", "bench/corpus", "lexicon", "matcher", "recognize", "review", "rules"}},
	{path: "bench/accuracy", own: []string{"bench/corpus", "", "lexicon", "lexicon/starter", "review"}},
	{path: "bench/disguise", own: []string{"bench/corpus", "internal/tables", "lexicon", "lexicon/starter", "matcher", "review", "segment"}},
	{path: "internal/gen", outside: map[string]string{
		"golang.org/x/text":              "NFKC and width",
		"github.com/mozillazg/go-pinyin": "readings of characters",
		"github.com/go-ego/gse":          "how frequent characters and pairs are",
	}},
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports         []string
	DepOnly         bool
	Standard        bool
	Module          *struct{ Path string }
}

func packages(t *testing.T) map[string]listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,GoFiles,Imports,DepOnly,Standard,Module", "./...").Output()
	require.NoError(t, err)
	all := map[string]listed{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			return all
		} else {
			require.NoError(t, err)
		}
		all[p.ImportPath] = p
	}
}

// TestImportOrder keeps every package in its room.
func TestImportOrder(t *testing.T) {
	all := packages(t)
	seen := map[string]bool{}
	for _, r := range rooms {
		seen[r.path] = true
		p, ok := all[strings.TrimSuffix(module+"/"+r.path, "/")]
		if !ok {
			t.Errorf("rooms names %q, and there is no such package: remove its row from layout_test.go", r.path)
			continue
		}
		used := map[string]bool{}
		for _, path := range p.Imports {
			q, ok := all[path]
			if !ok || q.Standard {
				continue
			}
			if own, inside := strings.CutPrefix(path, module); inside && (own == "" || own[0] == '/') {
				own = strings.TrimPrefix(own, "/")
				used[own] = true
				if !slices.Contains(r.own, own) {
					t.Errorf("%s imports %s, which is not below it: move the code to the upper room, or what it needs to a lower one", p.ImportPath, path)
				}
				continue
			}
			used[q.Module.Path] = true
			if r.outside[q.Module.Path] == "" {
				t.Errorf("%s imports %s: if that library beats our own code there, add it with the reason to its row in layout_test.go", p.ImportPath, path)
			}
		}
		for _, path := range slices.Concat(r.own, slices.Collect(maps.Keys(r.outside))) {
			if !used[path] {
				t.Errorf("%s does not import %q any more: remove it from its row in layout_test.go", p.ImportPath, path)
			}
		}
	}
	for path, p := range all {
		own, inside := strings.CutPrefix(path, module)
		if inside && !p.DepOnly && len(p.GoFiles) > 0 && !seen[strings.TrimPrefix(own, "/")] && !strings.HasSuffix(path, "test") {
			t.Errorf("package %s has no row in layout_test.go: say what it may import", path)
		}
	}
}

// TestEmbeddedDependencies guards what a program that imports the library
// links: the command's dependencies never reach it.
func TestEmbeddedDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", ".").Output()
	require.NoError(t, err)
	got := slices.Compact(slices.Sorted(slices.Values(strings.Fields(string(out)))))
	require.Equal(t, []string{
		"github.com/expr-lang/expr",
		"github.com/go-ego/gse",
		"github.com/goccy/go-yaml",
		module,
		"github.com/vcaesar/cedar",
		"github.com/yuin/goldmark",
		"golang.org/x/net",
		"golang.org/x/sys",
		"golang.org/x/text",
	}, got)
}

// TestPackageComments wants one package comment in each folder, in doc.go
// where there is one, beginning as go doc expects.
func TestPackageComments(t *testing.T) {
	n := 0
	for path, p := range packages(t) {
		if p.DepOnly || !strings.HasPrefix(path, module) || len(p.GoFiles) == 0 {
			continue
		}
		n++
		var with []string
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.PackageClauseOnly|parser.ParseComments)
			require.NoError(t, err)
			if f.Doc == nil {
				continue
			}
			with = append(with, name)
			begin := "Package " + f.Name.Name + " "
			if f.Name.Name == "main" {
				begin = "Command "
				if strings.Contains(path, "/examples/") {
					begin = "Example "
				}
			}
			text := f.Doc.Text()
			if !strings.HasPrefix(text, begin) || len((&doc.Package{}).Synopsis(text)) < len(begin)+10 {
				t.Errorf("%s/%s: want a package comment that begins %q and says what the package is", path, name, begin)
			}
		}
		if len(with) != 1 {
			t.Errorf("%s has package comments in %v: want exactly one, in doc.go", path, with)
		}
	}
	require.Greater(t, n, 8, "packages found")
}
