package lexicon

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"github.com/shenjiao/shenjiao/review"
)

// The limits of a pack. They keep one mistaken file from filling the memory of
// the process that loads it; the longest public lists have about 100,000
// terms.
const (
	MaxTerms     = 1_000_000 // rows of all terms files together; as many rows of allow.csv
	MaxTermRunes = 256       // of a term, an allow-phrase or a word of context and unless
	MaxCellRunes = 4096      // of any other cell or string
	MaxWindow    = 1000      // of the column window

	maxFileBytes = 128 << 20
)

// The names of the files of a pack.
const (
	packFile   = "pack.yaml"
	allowFile  = "allow.csv"
	symbolFile = "symbols.csv"
	casesFile  = "cases.yaml"
	termsDir   = "terms"
	maxIDRunes = 64
)

// A Pack is a folder of terms with an owner and a version, as [ReadPack] read
// it. Nothing in it changes afterwards, so it is safe for concurrent use as
// long as its users do not change it either.
type Pack struct {
	ID      string // a to z, then a to z, 0 to 9, _ and -
	Version string // three numbers, "1.12.0"; later versions have greater ones
	Title   string
	Owner   string // who decides about its terms
	Licence string
	Updated Date // zero if pack.yaml does not say

	// Defaults are what pack.yaml sets for the terms of a category. They are
	// already applied to Entries.
	Defaults map[Category]Defaults

	// Entries are sorted by category, term, label and context, in this order
	// and by bytes; no two have all four the same. The order of rows and files
	// changes nothing but the places.
	Entries []Entry
	// Allows are sorted by phrase and scope.
	Allows []Allow
	// Symbols are sorted by symbol.
	Symbols []Symbol
	// MustHit and MustPass are sorted by category, term and text.
	MustHit, MustPass []Case

	// Digest tells packs apart by what their files hold. It is the SHA-256, in
	// hexadecimal, of one line a file that was read, sorted by path: SHA-256
	// of the file, two spaces, path, line feed. So in the folder of a pack that
	// has all files, and no others in terms, this prints it:
	//
	//	LC_ALL=C; sha256sum allow.csv cases.yaml pack.yaml symbols.csv terms/* | sha256sum
	Digest string

	// Lint holds the problems of [LevelLint].
	Lint Problems
}

// Defaults are what pack.yaml sets for the terms of one category. Zero fields
// are not set.
type Defaults struct {
	Severity review.Severity
	Action   review.Action
	Match    MatchMode
	Channels ChannelSpec
	Lower    []string // see Entry.Lower; nil is not set, empty is no word
}

// ReadPack reads the pack in the root of fsys. The package comment describes
// its files.
//
// If the pack is sound, the problems that remain are in its Lint. If it is
// not, the error is a [Problems] with everything that is wrong with every
// file, lint too. A file that cannot be read at all is not a fault of the
// pack: the error is then that of fsys, wrapped. Each file is read once, see
// [ReadFiles].
//
// The cost is linear in the size of the files, except for YAML mappings with
// thousands of keys, which no pack has. Reading equal files gives deeply equal
// packs.
func ReadPack(fsys fs.FS) (*Pack, error) {
	return readPack(fsys, MaxTerms)
}

func readPack(fsys fs.FS, maxTerms int) (*Pack, error) {
	f, err := ReadFiles(fsys)
	if err != nil {
		return nil, err
	}
	return f.parse(maxTerms)
}

// parse reads the pack that the files make up.
func (f *Files) parse(maxTerms int) (*Pack, error) {
	p := f.parseAll(maxTerms)
	if p.errors > 0 {
		return nil, p.problems
	}
	p.pack.Lint = p.problems
	p.pack.sort()
	return p.pack, nil
}

// parseAll reads what can be read of the pack, with its problems.
func (f *Files) parseAll(maxTerms int) *packReader {
	p := &packReader{pack: &Pack{Digest: f.digest}, files: map[string]fileCategory{}, maxTerms: maxTerms, left: maxTerms}
	p.problems, p.errors = slices.Clone(f.found.problems), f.found.errors
	read := func(name string, parse func(*source)) {
		if !f.Has(name) {
			return
		}
		if src := newSource(name, f.data[name], &p.reporter); src != nil {
			parse(src)
		}
	}
	read(packFile, p.readHeader) // first: the rest depends on it
	for _, name := range f.names {
		if path.Dir(name) == termsDir {
			read(name, p.readTerms)
		}
	}
	read(allowFile, p.readAllows)
	read(symbolFile, p.readSymbols)
	p.checkEntries()
	read(casesFile, p.readCases)
	for name, category := range p.files {
		if !f.Has(name) {
			p.errorf(category.place, "file %q is not there", name)
		}
	}

	p.problems.sort()
	return p
}

// sort puts everything in its canonical order.
func (p *Pack) sort() {
	slices.SortFunc(p.Entries, func(a, b Entry) int { return a.Compare(&b) })
	slices.SortFunc(p.Allows, func(a, b Allow) int {
		return cmp.Or(strings.Compare(a.Phrase, b.Phrase), strings.Compare(a.Scope.String(), b.Scope.String()))
	})
	slices.SortFunc(p.Symbols, func(a, b Symbol) int { return cmp.Compare(a.Symbol, b.Symbol) })
	for _, cases := range [][]Case{p.MustHit, p.MustPass} {
		slices.SortStableFunc(cases, func(a, b Case) int {
			return cmp.Or(cmp.Compare(a.Category, b.Category), strings.Compare(a.Term, b.Term), strings.Compare(a.Text, b.Text))
		})
	}
}

// A packReader holds what one ReadPack has found so far.
type packReader struct {
	reporter
	pack     *Pack
	files    map[string]fileCategory // the mapping files of pack.yaml
	maxTerms int
	left     int // how many terms may still come
}

// A fileCategory is one item of the mapping files of pack.yaml.
type fileCategory struct {
	category Category
	place    Place // of the file's name
}

// readHeader reads pack.yaml.
func (p *packReader) readHeader(src *source) {
	y := &yamlFile{&p.reporter, src}
	root, ok := y.root()
	if root == nil {
		if ok {
			y.errorf(y.placeRunes(1, 1), "file is empty")
		}
		return
	}
	pack := p.pack
	seen := map[string]bool{}
	required := func(name string, to *string, fault func(string) *message) yamlKey {
		return yamlKey{name, func(_, value ast.Node) {
			seen[name] = true
			var s string
			if t := value.Type(); t == ast.IntegerType || t == ast.FloatType { // 1.4: say what a version is, not what a string is
				s = value.GetToken().Value
			} else if v, ok := y.str(value, name, false); ok {
				s = v
			} else {
				return
			}
			if why := fault(s); why != nil {
				y.errorf(y.at(value), "bad %s %q, %s", name, s, why)
			}
			*to = s
		}}
	}
	y.fields(root, packFile,
		required("id", &pack.ID, idFault),
		required("version", &pack.Version, versionFault),
		yamlKey{"title", y.into("title", &pack.Title)},
		yamlKey{"owner", func(key, value ast.Node) {
			seen["owner"] = true
			y.into("owner", &pack.Owner)(key, value)
		}},
		yamlKey{"licence", y.into("licence", &pack.Licence)},
		yamlKey{"updated", func(_, value ast.Node) {
			if s, ok := y.str(value, "updated", false); ok {
				pack.Updated = y.date(y.at(value), "updated", s)
			}
		}},
		yamlKey{"categories", func(_, value ast.Node) {
			y.entries(value, "categories", func(id string, node, value ast.Node) {
				if fault := categoryFault(id); fault != nil {
					y.errorf(y.at(node), "%s", fault)
				}
				if value.Type() != ast.NullType {
					if pack.Defaults == nil {
						pack.Defaults = map[Category]Defaults{}
					}
					pack.Defaults[Category(id)] = y.defaults(id, value)
				}
			})
		}},
		yamlKey{"files", func(_, value ast.Node) {
			y.entries(value, "files", func(name string, node, value ast.Node) {
				id, ok := y.str(value, name, false)
				if !ok {
					return
				}
				if fault := categoryFault(id); fault != nil {
					y.errorf(y.at(value), "%s", fault)
				}
				p.files[name] = fileCategory{Category(id), y.at(node)}
			})
		}},
	)
	if _, isMapping := root.(ast.MapNode); !isMapping {
		return
	}
	for _, name := range []string{"id", "version"} {
		if !seen[name] {
			y.errorf(y.at(root), "%s is missing", name)
		}
	}
	if !seen["owner"] {
		y.lintf(y.at(root), "owner is missing, so nobody answers for the terms")
	}
}

// defaults reads the settings of one category.
func (y *yamlFile) defaults(category string, n ast.Node) (d Defaults) {
	setting := func(name string, set func(Place, string)) yamlKey {
		return yamlKey{name, func(_, value ast.Node) {
			if s, ok := y.str(value, name, false); ok {
				set(y.at(value), s)
			}
		}}
	}
	var channels Place
	y.fields(n, category,
		setting("severity", func(at Place, s string) { d.Severity = y.severity(at, s) }),
		setting("action", func(at Place, s string) { d.Action = y.action(at, s) }),
		setting("match", func(at Place, s string) { d.Match = y.match(at, s) }),
		setting("channels", func(at Place, s string) { channels, d.Channels = at, y.channels(at, s) }),
		setting("lower", func(at Place, s string) { d.Lower = y.lower(at, s) }),
	)
	if d.Match == MatchExact && !d.Channels.IsDefault() {
		y.errorf(channels, "match exact takes no channels, got %q", d.Channels)
	}
	return d
}

func idFault(s string) *message {
	if !isName(strings.ReplaceAll(s, "-", "_")) || s[0] < 'a' || s[0] > 'z' {
		return say("want a to z, then a to z, 0 to 9, _ and -")
	}
	if len(s) > maxIDRunes {
		return say("want at most %d characters", maxIDRunes)
	}
	return nil
}

func versionFault(s string) *message {
	numbers := strings.Split(s, ".")
	for _, n := range numbers {
		if n == "" || len(n) > 9 || strings.Trim(n, "0123456789") != "" || n[0] == '0' && n != "0" {
			numbers = nil
		}
	}
	if len(numbers) != 3 {
		return say("want three numbers without leading zeros, such as 1.12.0")
	}
	return nil
}

// readTerms reads one terms file.
func (p *packReader) readTerms(src *source) {
	ext := path.Ext(src.name)
	stem := strings.TrimSuffix(path.Base(src.name), ext)
	var category Category
	if Category(stem).Valid() {
		category = Category(stem)
	} else if strings.HasPrefix(stem, ownPrefix) {
		p.errorf(Place{File: src.name}, "%s", categoryFault(stem))
	}
	if listed, ok := p.files[src.name]; ok {
		if category != "" && category != listed.category {
			p.errorf(listed.place, "%s is named for %s, but listed as %s", src.name, category, listed.category)
		}
		category = listed.category
	}

	h := table{known: termColumns, key: "term", prose: []string{"basis", "note"}, left: p.left, limit: p.maxTerms}
	read := readCSV
	if ext == ".txt" {
		read = readTXT
	}
	first := true
	read(src, h, &p.reporter, func(w *row) {
		if first && category == "" && w.index("category") < 0 {
			p.errorf(Place{src.name, 1, 1}, "no category: name the file for one, list it under files in %s, or add a column category", packFile)
		}
		first = false
		p.left--
		p.pack.Entries = append(p.pack.Entries, w.entry(category, p.pack.Defaults))
	})
}

// readAllows reads allow.csv.
func (p *packReader) readAllows(src *source) {
	h := table{known: allowColumns, key: "phrase", prose: []string{"note"}, left: p.maxTerms, limit: p.maxTerms}
	readCSV(src, h, &p.reporter, func(w *row) {
		p.pack.Allows = append(p.pack.Allows, w.allow())
	})
}

// readSymbols reads symbols.csv.
func (p *packReader) readSymbols(src *source) {
	h := table{known: symbolColumns, key: "symbol", prose: []string{"note"}, left: p.maxTerms, limit: p.maxTerms}
	seen := map[rune]Place{}
	readCSV(src, h, &p.reporter, func(w *row) {
		s := w.symbol()
		if first, again := seen[s.Symbol]; again && s.Symbol != 0 {
			p.errorf(s.Place, "duplicate symbol %q, first at %s", s.Symbol, first)
			return
		}
		seen[s.Symbol] = s.Place
		p.pack.Symbols = append(p.pack.Symbols, s)
	})
}

// checkEntries reports what only shows when entries and allow-phrases stand
// side by side. They are still in the order of their places. Those of faulty
// rows are among them, with what could be read.
func (p *packReader) checkEntries() {
	type id struct {
		category    Category
		term, label string
	}
	ids := make(map[id]int, len(p.pack.Entries)) // the last entry of that name
	earlier := map[int]int{}                     // entry of the same name before an entry
	terms := make(map[string]int, len(p.pack.Entries))
	for i := range p.pack.Entries {
		e := &p.pack.Entries[i]
		if e.Term == "" || e.Category == "" {
			continue
		}
		name := id{e.Category, e.Term, e.Label}
		last, again := ids[name]
		var twin *Entry
		for k, ok := last, again; ok; k, ok = earlier[k] {
			if e.sameContext(&p.pack.Entries[k]) {
				twin = &p.pack.Entries[k]
			}
		}
		if twin != nil {
			p.errorf(e.Place, "duplicate entry %q, first at %s", e.Term, twin.Place)
			continue
		}
		if again {
			earlier[i] = last
		}
		ids[name] = i
		if first, again := terms[e.Term]; !again {
			terms[e.Term] = i
		} else if other := &p.pack.Entries[first]; other.Category != e.Category {
			p.lintf(e.Place, "term %q of %s is also in %s, at %s", e.Term, e.Category, other.Category, other.Place)
		}
	}

	type allowID struct {
		phrase string
		scope  Scope
	}
	allows := make(map[allowID]Place, len(p.pack.Allows))
	phrases := make(map[string][]*Allow, len(p.pack.Allows))
	for i := range p.pack.Allows {
		a := &p.pack.Allows[i]
		if a.Phrase == "" {
			continue
		}
		if first, again := allows[allowID{a.Phrase, a.Scope}]; again {
			p.errorf(a.Place, "duplicate phrase %q for %s, first at %s", a.Phrase, a.Scope, first)
			continue
		}
		allows[allowID{a.Phrase, a.Scope}] = a.Place
		phrases[a.Phrase] = append(phrases[a.Phrase], a)
	}
	if len(phrases) == 0 {
		return
	}
	for i := range p.pack.Entries {
		e := &p.pack.Entries[i]
		for _, a := range phrases[e.Term] {
			if a.Scope.Covers(e) {
				p.lintf(a.Place, "phrase %q is a term of %s and silences it, at %s", a.Phrase, e.Category, e.Place)
			}
		}
	}
}

// readCases reads cases.yaml. It comes last: cases name terms.
func (p *packReader) readCases(src *source) {
	y := &yamlFile{&p.reporter, src}
	root, ok := y.root()
	if root == nil {
		if ok {
			y.lintf(y.placeRunes(1, 1), "file has no cases")
		}
		return
	}
	complete := p.errors == 0 // otherwise a term may be missing only because its row is wrong
	type id struct {
		category Category
		term     string
	}
	known := map[id]bool{}
	for i := range p.pack.Entries {
		e := &p.pack.Entries[i]
		known[id{e.Category, e.Term}] = true
		known[id{"", e.Term}] = true
	}
	list := func(name string, mustHit bool, to *[]Case) yamlKey {
		return yamlKey{name, func(_, value ast.Node) {
			y.items(value, name, func(item ast.Node) {
				c := y.testCase(item, say("an item of %s", name), mustHit)
				*to = append(*to, c)
				if !complete || c.Term == "" || known[id{c.Category, c.Term}] {
					return
				}
				if mustHit {
					y.errorf(c.Place, "term %q of %s is not in the pack", c.Term, c.Category)
				} else {
					y.lintf(c.Place, "term %q is not in the pack, so the case shows nothing", c.Term)
				}
			})
		}}
	}
	y.fields(root, casesFile, list("must_hit", true, &p.pack.MustHit), list("must_pass", false, &p.pack.MustPass))
}

// testCase reads one item of cases.yaml.
func (y *yamlFile) testCase(n ast.Node, what any, mustHit bool) (c Case) {
	c.Place = y.at(n)
	given := map[string]bool{}
	word := func(name string, prose bool, set func(at Place, s string)) yamlKey {
		return yamlKey{name, func(_, value ast.Node) {
			given[name] = true
			if s, ok := y.str(value, name, prose); ok {
				set(y.at(value), s)
			}
		}}
	}
	y.fields(n, what,
		word("category", false, func(at Place, s string) {
			c.Category = Category(s)
			if fault := categoryFault(s); fault != nil {
				y.errorf(at, "%s", fault)
			}
		}),
		word("term", false, func(at Place, s string) {
			if y.word(at, "term", s) {
				c.Term = s
			}
		}),
		word("text", true, func(at Place, s string) {
			c.Text = s
			if strings.TrimSpace(s) == "" {
				y.errorf(at, "empty text")
			}
		}),
		yamlKey{"needs", func(_, value ast.Node) { c.Needs = y.needs(value) }},
	)
	if _, isMapping := n.(ast.MapNode); isMapping {
		required := []string{"text"}
		if mustHit {
			required = []string{"category", "text"}
		}
		for _, name := range required {
			if !given[name] {
				y.errorf(c.Place, "%s is missing in %s", name, what)
			}
		}
	}
	return c
}

// needs reads one name or a list of names.
func (y *yamlFile) needs(n ast.Node) (names []string) {
	read := func(n ast.Node) {
		s, ok := y.str(n, "needs", false)
		if ok && !isName(s) {
			y.errorf(y.at(n), "bad name %q in needs, want a to z, 0 to 9 or _", s)
		}
		names = append(names, s)
	}
	if n.Type() == ast.SequenceType {
		y.items(n, "needs", read)
	} else {
		read(n)
	}
	return names
}

// textFault says why a text is not fit to be read, nil if it is. Prose may
// hold line breaks and tabs.
func textFault(s string, prose bool) *message {
	for _, c := range s {
		switch {
		case c == utf8.RuneError:
			return say("holds U+FFFD, which is what a wrong conversion leaves")
		case prose && (c == '\n' || c == '\t'):
		case c < ' ' || 0x7f <= c && c < 0xa0 || c == '\u2028' || c == '\u2029':
			return say("holds the control character %U", c)
		}
	}
	if n := utf8.RuneCountInString(s); n > MaxCellRunes {
		return say("has %d characters, at most %d are allowed", n, MaxCellRunes)
	}
	return nil
}
