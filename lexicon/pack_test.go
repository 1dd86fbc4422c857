package lexicon

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata")

// testPack is a file of testdata; testdata/README.md describes the format.
type testPack struct {
	path    string
	archive *txtar.Archive
	files   fstest.MapFS
	want    string
}

func testPacks(t testing.TB, pattern string) []testPack {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", pattern))
	require.NoError(t, err)
	require.NotEmpty(t, paths, "no case matches %s", pattern)
	var packs []testPack
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		p := testPack{path: path, archive: archive, files: fstest.MapFS{}}
		for _, f := range archive.Files {
			if f.Name == "want" {
				p.want = string(f.Data)
				continue
			}
			name, data := f.Name, f.Data
			if rest, quoted := strings.CutPrefix(name, "quoted "); quoted {
				name, data = rest, unquote(t, data)
			}
			require.NotContains(t, p.files, name, "%s has the file twice", path)
			p.files[name] = &fstest.MapFile{Data: data}
		}
		packs = append(packs, p)
	}
	return packs
}

var escape = regexp.MustCompile(`\\x[0-9a-f]{2}|\\[rn0\\]|\{\{\d+ [^}]+\}\}`)

// unquote expands the escapes of a quoted section.
func unquote(t testing.TB, data []byte) []byte {
	used := false
	out := escape.ReplaceAllFunc(bytes.TrimSuffix(data, []byte("\n")), func(m []byte) []byte {
		used = true
		switch m[1] {
		case 'x':
			b, err := strconv.ParseUint(string(m[2:]), 16, 8)
			require.NoError(t, err)
			return []byte{byte(b)}
		case '{':
			count, text, _ := strings.Cut(string(m[2:len(m)-2]), " ")
			n, err := strconv.Atoi(count)
			require.NoError(t, err)
			return bytes.Repeat([]byte(text), n)
		default:
			return []byte{map[byte]byte{'r': '\r', 'n': '\n', '0': 0, '\\': '\\'}[m[1]]}
		}
	})
	require.True(t, used, "a quoted section without an escape")
	return out
}

// check compares got with the want section, or writes it there.
func (p *testPack) check(t *testing.T, got string) {
	t.Helper()
	if !*update {
		require.Equal(t, p.want, got, "%s: run with -update if this is right", p.path)
		return
	}
	files := p.archive.Files
	if i := slices.IndexFunc(files, func(f txtar.File) bool { return f.Name == "want" }); i >= 0 {
		files = slices.Delete(files, i, i+1)
	}
	p.archive.Files = append(files, txtar.File{Name: "want", Data: []byte(got)})
	require.NoError(t, os.WriteFile(p.path, txtar.Format(p.archive), 0o666))
}

// Each file of testdata/bad is named for a fault and says all that is reported.
func TestBadPacks(t *testing.T) {
	for _, p := range testPacks(t, "bad/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(p.path), ".txtar"), func(t *testing.T) {
			pack, err := ReadPack(p.files)
			require.Nil(t, pack)
			var problems Problems
			require.ErrorAs(t, err, &problems)
			require.True(t, problems.HasErrors())
			checkProblems(t, p.files, problems)
			p.check(t, problems.Error()+"\n")
		})
	}
}

// Each file of testdata/lint loads, with something to say about it.
func TestLintedPacks(t *testing.T) {
	for _, p := range testPacks(t, "lint/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(p.path), ".txtar"), func(t *testing.T) {
			pack, err := ReadPack(p.files)
			require.NoError(t, err)
			require.NotEmpty(t, pack.Lint)
			require.False(t, pack.Lint.HasErrors())
			checkProblems(t, p.files, pack.Lint)
			p.check(t, pack.Lint.Error()+"\n")
		})
	}
}

// Each file of testdata/good loads without a word, and says what is read.
func TestGoodPacks(t *testing.T) {
	for _, p := range testPacks(t, "good/*.txtar") {
		t.Run(strings.TrimSuffix(filepath.Base(p.path), ".txtar"), func(t *testing.T) {
			pack, err := ReadPack(p.files)
			require.NoError(t, err)
			require.Empty(t, pack.Lint)
			p.check(t, dump(pack))

			again, err := ReadPack(p.files)
			require.NoError(t, err)
			require.Equal(t, pack, again, "reading twice")

			dir := t.TempDir()
			require.NoError(t, os.CopyFS(dir, p.files))
			onDisk, err := ReadPack(os.DirFS(dir))
			require.NoError(t, err)
			require.Equal(t, pack, onDisk, "on disk")
		})
	}
}

// dump writes everything that a pack holds.
func dump(p *Pack) string {
	var b strings.Builder
	line := func(name string, values ...any) {
		b.WriteString(name)
		for _, v := range values {
			if s := fmt.Sprint(v); s != "" && s != "[]" && s != "0" {
				fmt.Fprintf(&b, " %q", s)
			} else {
				b.WriteString(" -")
			}
		}
		b.WriteString("\n")
	}
	line("pack", p.ID, p.Version, p.Title, p.Owner, p.Licence, p.Updated)
	line("digest", p.Digest)
	for _, c := range slices.Sorted(maps.Keys(p.Defaults)) {
		d := p.Defaults[c]
		line("default "+string(c), int(d.Severity), int(d.Action), d.Match, d.Channels)
	}
	for _, e := range p.Entries {
		line("entry", e.Place, e.Category, e.Label, e.Term)
		line("  ", e.Severity, e.Action, e.Match, e.Channels, e.Suggest)
		line("  ", e.Context, e.Unless, e.Window, e.Fields, e.ValidFrom, e.ValidTo, e.Basis, e.Note)
	}
	for _, a := range p.Allows {
		line("allow", a.Place, a.Phrase, a.Scope, a.Note)
	}
	for _, c := range p.MustHit {
		line("must_hit", c.Place, c.Category, c.Term, c.Text, c.Needs)
	}
	for _, c := range p.MustPass {
		line("must_pass", c.Place, c.Category, c.Term, c.Text, c.Needs)
	}
	return b.String()
}

// checkProblems checks the law that problems are sorted and lie inside their
// files, and that each is one line.
func checkProblems(t testing.TB, files fstest.MapFS, problems Problems) {
	t.Helper()
	require.True(t, slices.IsSortedFunc(problems, func(a, b Problem) int { return a.Place.Compare(b.Place) }), "%v", problems)
	for _, p := range problems {
		require.NotContains(t, p.Message, "\n")
		require.Contains(t, []Level{LevelError, LevelLint}, p.Level)
		if p.Line == 0 {
			require.Zero(t, p.Column)
			continue
		}
		require.Contains(t, files, p.File)
		lines := strings.Split(strings.TrimPrefix(string(files[p.File].Data), "\ufeff"), "\n")
		require.LessOrEqual(t, p.Line, len(lines), "%v", p)
		require.Positive(t, p.Column, "%v", p)
		require.LessOrEqual(t, p.Column, utf8.RuneCountInString(lines[p.Line-1])+1, "%v", p)
	}
}

// packOf returns a pack of one terms file, or of none.
func packOf(terms ...string) fstest.MapFS {
	files := fstest.MapFS{packFile: {Data: []byte("id: p\nversion: 1.0.0\nowner: o\n")}}
	for i, text := range terms {
		files[fmt.Sprintf("terms/%d.csv", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// entriesOf reads a pack and returns its entries without places.
func entriesOf(t testing.TB, files fs.FS) []Entry {
	t.Helper()
	pack, err := ReadPack(files)
	require.NoError(t, err)
	for i := range pack.Entries {
		pack.Entries[i].Place = Place{}
	}
	return pack.Entries
}

// How a file is encoded, as far as it is accepted, changes no entry.
func TestEncodings(t *testing.T) {
	const text = "term,category,note\n# 注释\n赌博网站,gambling_fraud,\"一\n二\"\n\n裸聊,porn_vulgar,三\n"
	want := entriesOf(t, packOf(text))
	require.Len(t, want, 2)
	require.Equal(t, "一\n二", want[0].Note)
	for name, variant := range map[string]string{
		"byte order mark":      "\ufeff" + text,
		"CRLF":                 strings.ReplaceAll(text, "\n", "\r\n"),
		"both":                 "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
		"no end of last line":  strings.TrimSuffix(text, "\n"),
		"comment at the front": "# 甲\n" + text,
		"blank rows":           strings.Replace(text, "裸聊", ",,\n\"\",,\n裸聊", 1),
		"quoted cells":         strings.ReplaceAll(text, "赌博网站", `"赌博网站"`),
		"blanks around cells":  strings.ReplaceAll(text, ",gambling_fraud,", ", gambling_fraud ,"),
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, want, entriesOf(t, packOf(variant))) })
	}

	lines := "裸聊\n# 注释\n\nTMD\n"
	textFile := func(text string) fstest.MapFS {
		files := packOf()
		files["terms/porn_vulgar.txt"] = &fstest.MapFile{Data: []byte(text)}
		return files
	}
	want = entriesOf(t, textFile(lines))
	require.Len(t, want, 2)
	require.Equal(t, want, entriesOf(t, textFile("\ufeff"+strings.ReplaceAll(lines, "\n", "\r\n"))))
}

// Columns are in runes and lines are those of the file, with a byte order mark,
// comments, quotes and cells over several lines before the fault.
func TestPlaces(t *testing.T) {
	files := packOf()
	files["terms/minors.csv"] = &fstest.MapFile{Data: []byte("\ufeff# 注\r\nnote,term,severity\r\n\"甲\r\n乙\",赌博网站,高\r\n丙丁,\"逃,课\",高\r\n")}
	_, err := ReadPack(files)
	require.EqualError(t, err, `lexicon: terms/minors.csv:4:9: unknown severity "高", want error, warning or notice
lexicon: terms/minors.csv:5:10: unknown severity "高", want error, warning or notice`)

	delete(files, "terms/minors.csv")
	files["terms/minors.txt"] = &fstest.MapFile{Data: []byte("\ufeff赌博\r\n \r\n")}
	files["terms/with\nline.txt"] = &fstest.MapFile{}
	_, err = ReadPack(files)
	require.EqualError(t, err, `lexicon: "terms/with\nline.txt": file name holds the control character U+000A
lexicon: terms/minors.txt:2:1: term " " holds nothing that can be seen`)
}

func TestLimits(t *testing.T) {
	rows := "term,category\n甲乙,minors\n丙丁,minors\n"
	_, err := readPack(packOf(rows), 2)
	require.NoError(t, err)
	_, err = readPack(packOf(rows), 1)
	require.EqualError(t, err, "lexicon: terms/0.csv:3:1: too many rows, a pack has at most 1")
	files := packOf()
	files["terms/minors.txt"] = &fstest.MapFile{Data: []byte("甲乙\n# 注\n丙丁\n")}
	_, err = readPack(files, 1)
	require.EqualError(t, err, "lexicon: terms/minors.txt:3:1: too many rows, a pack has at most 1")
	_, err = readPack(packOf(rows, "term,category\n戊己,minors\n"), 2)
	require.EqualError(t, err, "lexicon: terms/1.csv:2:1: too many rows, a pack has at most 2")
}

// A symbolic link is what it leads to.
func TestLinks(t *testing.T) {
	dir, shared := t.TempDir(), t.TempDir()
	require.NoError(t, os.CopyFS(dir, packOf()))
	require.NoError(t, os.CopyFS(shared, fstest.MapFS{"minors.txt": {Data: []byte("逃课\n")}}))
	if err := os.Symlink(shared, filepath.Join(dir, termsDir)); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	require.Len(t, entriesOf(t, os.DirFS(dir)), 1)

	require.NoError(t, os.Symlink(t.TempDir(), filepath.Join(shared, "more.csv")))
	_, err := ReadPack(os.DirFS(dir))
	require.EqualError(t, err, "lexicon: terms/more.csv: folders in terms are not read, move the files up")
}

// A file system that fails is no fault of the pack.
func TestReadErrors(t *testing.T) {
	_, err := ReadPack(os.DirFS(filepath.Join(t.TempDir(), "nowhere")))
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, "lexicon: ")

	files := packOf("term,category\n逃课,minors\n")
	_, err = ReadPack(failing{files, "terms/0.csv"})
	require.ErrorIs(t, err, iotest.ErrTimeout)
	var problems Problems
	require.False(t, errors.As(err, &problems))
}

type failing struct {
	fstest.MapFS
	name string
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: iotest.ErrTimeout}
	}
	return f.MapFS.Open(name)
}

func TestDigest(t *testing.T) {
	files := packOf("term,category\n逃课,minors\n")
	read := func() string {
		pack, err := ReadPack(files)
		require.NoError(t, err)
		return pack.Digest
	}
	sum := sha256.New()
	for _, name := range []string{packFile, "terms/0.csv"} {
		fmt.Fprintf(sum, "%x  %s\n", sha256.Sum256(files[name].Data), name)
	}
	want := fmt.Sprintf("%x", sum.Sum(nil))
	require.Equal(t, want, read())
	files["README.md"] = &fstest.MapFile{Data: []byte("not read")}
	require.Equal(t, want, read())
	files["terms/0.csv"].Data = append(files["terms/0.csv"].Data, "# 注\n"...)
	require.NotEqual(t, want, read())
}

// writeCSV is the inverse of reading: it writes entries as rows, with the
// columns in the given order and every cell quoted.
func writeCSV(columns []string, entries []Entry) string {
	var b strings.Builder
	b.WriteString(strings.Join(columns, ",") + "\n")
	for _, e := range entries {
		cells := map[string]string{
			"term": e.Term, "category": string(e.Category), "label": e.Label,
			"severity": e.Severity.String(), "action": e.Action.String(),
			"channels": e.Channels.String(), "suggest": e.Suggest,
			"context": writeGroups(e.Context), "unless": strings.Join(e.Unless, " | "),
			"window": strconv.Itoa(e.Window), "fields": strings.Join(e.Fields, "|"),
			"valid_from": e.ValidFrom.String(), "valid_to": e.ValidTo.String(), "basis": e.Basis, "note": e.Note,
		}
		if e.Match != MatchDefault {
			cells["match"] = e.Match.String()
		}
		if e.Lower != nil {
			cells["lower"] = cmp.Or(strings.Join(e.Lower, "|"), "none")
		}
		var row []string
		for _, c := range columns {
			row = append(row, `"`+strings.ReplaceAll(cells[c], `"`, `""`)+`"`)
		}
		b.WriteString(strings.Join(row, ",") + "\n")
	}
	return b.String()
}

func writeGroups(groups [][]string) string {
	var cells []string
	for _, g := range groups {
		cells = append(cells, strings.Join(g, "|"))
	}
	return strings.Join(cells, " & ")
}

// entryGen makes entries that a row can spell.
func entryGen() *rapid.Generator[Entry] {
	word := rapid.StringMatching(`[赌博逃课裸聊abc0-9][赌博逃课裸聊abc0-9 ,"'#]{0,4}[赌博逃课裸聊abc0-9]`)
	date := rapid.Custom(func(t *rapid.T) Date {
		return Date{rapid.IntRange(1990, 2030).Draw(t, "year"), 2, rapid.IntRange(1, 28).Draw(t, "day")}
	})
	return rapid.Custom(func(t *rapid.T) Entry {
		info := rapid.SampledFrom(categories).Draw(t, "category")
		e := Entry{
			Term:     word.Draw(t, "term"),
			Category: info.ID,
			Label:    rapid.SampledFrom(append([]Label{{}}, info.Labels...)).Draw(t, "label").ID,
			Severity: review.Severity(rapid.IntRange(1, 3).Draw(t, "severity")),
			Action:   review.Action(rapid.IntRange(1, 3).Draw(t, "action")),
			Match:    MatchMode(rapid.IntRange(0, 4).Draw(t, "match")),
			Basis:    rapid.SampledFrom([]string{"", "广告法\n第九条", `"甲",乙`}).Draw(t, "basis"),
			Note:     rapid.SampledFrom([]string{"", "注"}).Draw(t, "note"),
			Lower:    rapid.SampledFrom([][]string{nil, {}, {"展板", "时任"}}).Draw(t, "lower"),
			Fields:   rapid.SampledFrom([][]string{nil, {"title"}, {"body", "images.alt"}}).Draw(t, "fields"),
		}
		if e.Match != MatchExact {
			e.Channels = rapid.SampledFrom([]ChannelSpec{
				{}, {Add: []string{"numeral", "traditional"}}, {Add: []string{"styled"}, Remove: []string{"case", "noise"}},
			}).Draw(t, "channels")
		}
		words := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"警惕", "反诈", "骗局", "#1", "a,b", "AT&T"}), 0, 5, rapid.ID[string]).Draw(t, "words")
		cut := rapid.IntRange(0, len(words)).Draw(t, "cut")
		e.Unless = words[cut:]
		for words := words[:cut]; len(words) > 0; {
			n := rapid.IntRange(1, len(words)).Draw(t, "group")
			e.Context = append(e.Context, words[:n:n])
			words = words[n:]
		}
		if len(e.Unless) == 0 {
			e.Unless = nil
		}
		if len(words) > 0 {
			e.Window = rapid.IntRange(0, 30).Draw(t, "window")
		}
		if rapid.Bool().Draw(t, "dated") {
			e.ValidFrom, e.ValidTo = date.Draw(t, "from"), date.Draw(t, "to")
			if e.ValidTo.Compare(e.ValidFrom) < 0 {
				e.ValidFrom, e.ValidTo = e.ValidTo, e.ValidFrom
			}
		}
		if suggest := word.Draw(t, "suggest"); suggest != e.Term {
			e.Suggest = suggest
		}
		return e
	})
}

// Entries do not depend on the order of rows, of columns and of files, and
// reading what was written gives it back.
func TestOrderOfRowsAndFiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfNDistinct(entryGen(), 0, 8, func(e Entry) [4]string {
			context := slices.Clone(e.Context) // the same words in another order are the same
			for i := range context {
				context[i] = slices.Sorted(slices.Values(context[i]))
			}
			slices.SortFunc(context, slices.Compare)
			return [4]string{e.Term, string(e.Category), e.Label, writeGroups(context)}
		}).Draw(t, "entries")
		columns := rapid.Permutation(termColumns).Draw(t, "columns")
		cut := rapid.IntRange(0, len(entries)).Draw(t, "cut")
		shuffled := rapid.Permutation(entries).Draw(t, "shuffled")
		files := packOf(
			writeCSV(columns, shuffled[:cut]),
			writeCSV(rapid.Permutation(termColumns).Draw(t, "columns of the second file"), shuffled[cut:]),
		)
		pack, err := ReadPack(files)
		require.NoError(t, err)
		got := slices.Clone(pack.Entries)
		for i := range got {
			got[i].Place = Place{}
		}
		want := slices.Clone(entries)
		slices.SortFunc(want, func(a, b Entry) int { return a.Compare(&b) })
		require.Equal(t, len(want), len(got))
		for i := range want {
			if want[i].Lower == nil {
				want[i].Lower = lowering[want[i].Category]
			}
			require.Equal(t, want[i], got[i])
		}
	})
}

// FuzzReadPack has these laws: ReadPack does not panic; its error is a Problems
// whose places lie inside the files; reading twice gives the same; the order
// of rows changes no entry.
func FuzzReadPack(f *testing.F) {
	for _, pattern := range []string{"good/*.txtar", "lint/*.txtar", "bad/*.txtar"} {
		for _, p := range testPacks(f, pattern) {
			get := func(name string) []byte {
				if file, ok := p.files[name]; ok {
					return file.Data
				}
				return nil
			}
			added := false
			for name := range p.files {
				if strings.HasPrefix(name, termsDir+"/") {
					f.Add(get(packFile), get(name), get(allowFile), get(casesFile), strings.HasSuffix(name, ".txt"))
					added = true
				}
			}
			if !added {
				f.Add(get(packFile), []byte(nil), get(allowFile), get(casesFile), true)
			}
		}
	}
	f.Fuzz(func(t *testing.T, header, terms, allows, cases []byte, plain bool) {
		name := "terms/gambling_fraud.csv"
		if plain {
			name = "terms/gambling_fraud.txt"
		}
		files := fstest.MapFS{packFile: {Data: header}, name: {Data: terms}}
		for name, data := range map[string][]byte{allowFile: allows, casesFile: cases} {
			if len(data) > 0 {
				files[name] = &fstest.MapFile{Data: data}
			}
		}
		pack, err := ReadPack(files)
		again, errAgain := ReadPack(files)
		require.Equal(t, pack, again)
		require.Equal(t, err, errAgain)
		if err != nil {
			problems, ok := err.(Problems)
			require.True(t, ok, "%v", err)
			require.True(t, problems.HasErrors())
			checkProblems(t, files, problems)
			return
		}
		checkProblems(t, files, pack.Lint)
		for _, e := range pack.Entries {
			require.True(t, e.Category.Valid())
			require.NotEmpty(t, strings.TrimSpace(e.Term))
			require.NotZero(t, e.Severity)
			require.NotZero(t, e.Action)
		}
		if bytes.ContainsRune(terms, '"') {
			return // a row may be longer than its line
		}
		lines := strings.SplitAfter(strings.TrimSuffix(strings.TrimPrefix(string(terms), "\ufeff"), "\n")+"\n", "\n")
		lines = lines[:len(lines)-1]
		rows := lines
		if !plain { // the header stays first; comments before it are harmless
			first := slices.IndexFunc(lines, func(l string) bool { return l[0] != '#' && l != "\n" && l != "\r\n" })
			rows = lines[first+1:]
		}
		slices.Reverse(rows)
		files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
		for i := range pack.Entries {
			pack.Entries[i].Place = Place{}
		}
		require.Equal(t, pack.Entries, entriesOf(t, files))
	})
}

func BenchmarkReadPack(b *testing.B) {
	const terms = 100_000
	var text strings.Builder
	text.WriteString("term,label,suggest,context,note\n")
	for i := range terms {
		fmt.Fprintf(&text, "赌博网站%d,gambling,,警惕|反诈,注\n", i)
	}
	files := packOf()
	files["terms/gambling_fraud.csv"] = &fstest.MapFile{Data: []byte(text.String())}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		pack, err := ReadPack(files)
		require.NoError(b, err)
		require.Len(b, pack.Entries, terms)
	}
}

func TestSymbols(t *testing.T) {
	read := func(symbols string) (*Pack, error) {
		return ReadPack(fstest.MapFS{
			"pack.yaml":                {Data: []byte("id: p\nversion: 1.0.0\nowner: x\n")},
			"terms/gambling_fraud.csv": {Data: []byte("term\n赌场\n跑分\n")},
			"symbols.csv":              {Data: []byte(symbols)},
		})
	}
	p, err := read("symbol,words,note\n🦏,场|长,某群的写法\n☸️,跑,\n")
	require.NoError(t, err)
	require.Empty(t, p.Lint)
	require.Equal(t, []Symbol{
		{'☸', []string{"跑"}, "", Place{"symbols.csv", 3, 1}},
		{'🦏', []string{"场", "长"}, "某群的写法", Place{"symbols.csv", 2, 1}},
	}, p.Symbols)

	l, err := Compile([]*Pack{p}, Options{})
	require.NoError(t, err)
	for text, want := range map[string]string{"线上赌🦏开业，送彩金": "赌场", "☸️分日结，押金秒退": "跑分"} {
		var got []string
		for _, h := range l.FindAll(text, Scene{}) {
			if !h.Vetoed() {
				got = append(got, h.Entry.Term)
				require.True(t, h.Channels.Has(matcher.Emoji))
				require.NotEmpty(t, l.Steps("p", want, h.Text))
			}
		}
		require.Equal(t, []string{want}, got, text)
	}
	plain, err := read("symbol,words\n")
	require.NoError(t, err)
	l, err = Compile([]*Pack{plain}, Options{})
	require.NoError(t, err)
	require.Empty(t, l.FindAll("线上赌🦏开业，送彩金", Scene{}))

	_, err = read("symbol,words\n🦏,场\n🦏,长\n8,发\n，,逗\n🦍🦍,猩\n🐘,\n🐪,一二三四五\n🐫,luo\n")
	var problems Problems
	require.ErrorAs(t, err, &problems)
	var got []string
	for _, p := range problems {
		got = append(got, p.Place.String()+" "+p.Code())
	}
	require.Equal(t, []string{
		"symbols.csv:3:1 duplicate", "symbols.csv:4:1 bad-symbol", "symbols.csv:5:1 bad-symbol", "symbols.csv:6:1 bad-symbol",
		"symbols.csv:7:3 bad-symbol", "symbols.csv:8:3 bad-symbol", "symbols.csv:9:3 bad-symbol",
	}, got)

	out, err := Format("symbols.csv", []byte("note,words,symbol\n,长,🦏\n# 旁注\n,跑,☸\n"))
	require.NoError(t, err)
	require.Equal(t, "symbol,words,note\n🦏,长,\n# 旁注\n☸,跑,\n", string(out))
}
