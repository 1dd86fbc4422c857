package segment

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// toy is a Segmenter with a list of words: the longest that fits, or one rune.
type toy []string

func (words toy) Ends(dst []int, clause string) []int {
	for at := 0; at < len(clause); {
		_, n := utf8.DecodeRuneInString(clause[at:])
		for _, w := range words {
			if len(w) > n && strings.HasPrefix(clause[at:], w) {
				n = len(w)
			}
		}
		at += n
		dst = append(dst, at)
	}
	return dst
}

func TestDefault(t *testing.T) {
	words := defaultOrSkip(t)
	again, err := Default()
	require.NoError(t, err)
	require.Same(t, words, again)
	require.NoError(t, Warm())
	require.Equal(t, 352275, words.Len())
	entry, ok := words.Lookup("毒品")
	require.True(t, ok)
	require.Equal(t, Entry{Count: 566, Tag: "n"}, entry)
	_, ok = words.Lookup("不是词典里的词")
	require.False(t, ok)
	_, ok = words.Lookup("社会主")
	require.False(t, ok, "a mere beginning of a word")
	require.Equal(t, []int{9, 15}, words.Ends(nil, "一次性交付"))
}

// With -tags ne gse loads nothing and says nothing; Default and Warm must.
func TestNoDictionary(t *testing.T) {
	if embedded {
		t.Skip("for go test -tags ne")
	}
	words, err := Default()
	require.Nil(t, words)
	require.ErrorIs(t, err, ErrNoDictionary)
	require.ErrorIs(t, Warm(), ErrNoDictionary)
	seg := newGSE()
	require.NoError(t, seg.LoadDictEmbed("zh_s"), "why Default does not trust the loader")
	_, err = newCore(seg)
	require.Error(t, err)
}

func TestWithoutDictionary(t *testing.T) {
	w := &Words{load: func() (*core, error) { return nil, errors.New("broken") }}
	require.Equal(t, []int{3, 6, 7}, w.Ends(nil, "毒品a"))
	require.Zero(t, w.Total())
	require.Zero(t, w.Len())
	d, err := NewDecider(Options{Segmenter: w})
	require.NoError(t, err)
	require.True(t, d.Decide("一次性交付", 6, 12).Keep)
}

func TestFromDictionary(t *testing.T) {
	w, err := FromDictionary(strings.NewReader("\ufeff# mine\r\n一次性 300 d\r\n交付\t800\r\n\r\n性交 20 v\r\n交付 1\r\n"))
	require.NoError(t, err)
	require.Equal(t, 3, w.Len())
	entry, ok := w.Lookup("交付")
	require.True(t, ok)
	require.Equal(t, 800.0, entry.Count)
	d, err := NewDecider(Options{Segmenter: w})
	require.NoError(t, err)
	require.Equal(t, ReasonCut, d.Decide("一次性交付", 6, 12).Reason)
}

func TestFromDictionaryFaults(t *testing.T) {
	for name, tt := range map[string]struct{ in, want string }{
		"empty":         {"", "segment: dictionary: got no words, want at least one"},
		"only comments": {"# a\n\n", "segment: dictionary: got no words, want at least one"},
		"no count":      {"毒品 1\n交付\n", `segment: dictionary:2: got 1 fields in "交付", want a word, a count and perhaps a tag`},
		"bad count":     {"交付 x\n毒品 -1", "segment: dictionary:1: word \"交付\": got count \"x\", want a number above 0\nsegment: dictionary:2: word \"毒品\": got count \"-1\", want a number above 0"},
		"infinite":      {"交付 +Inf\n毒品 NaN", "segment: dictionary:1: word \"交付\": got count \"+Inf\", want a number above 0\nsegment: dictionary:2: word \"毒品\": got count \"NaN\", want a number above 0"},
		"bytes":         {"交付 1\n\xff 3", "segment: dictionary:2: not valid UTF-8"},
		"too many":      {strings.Repeat("交\n", 25), ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := FromDictionaryString(tt.in)
			require.Nil(t, w)
			require.Error(t, err)
			if tt.want != "" {
				require.EqualError(t, err, tt.want)
			} else {
				require.Equal(t, maxReported, strings.Count(err.Error(), "\n"))
				require.Contains(t, err.Error(), "5 more faults")
			}
		})
	}
	_, err := FromDictionary(iotest.ErrReader(os.ErrClosed))
	require.ErrorIs(t, err, os.ErrClosed)
}

func BenchmarkEnds(b *testing.B) {
	words := defaultOrSkip(b)
	const clause = "项目将于年底一次性交付使用"
	require.NoError(b, Warm())
	b.SetBytes(int64(len(clause)))
	b.ReportAllocs()
	var ends []int
	for b.Loop() {
		ends = words.Ends(ends[:0], clause)
	}
}

// BenchmarkLoad is the cold start: what Warm costs once in a process.
func BenchmarkLoad(b *testing.B) {
	defaultOrSkip(b)
	b.ReportAllocs()
	for b.Loop() {
		seg := newGSE()
		require.NoError(b, seg.LoadDictEmbed("zh_s"))
		c, err := newCore(seg)
		require.NoError(b, err)
		require.Equal(b, 352275, c.size)
	}
}

// BenchmarkWarm is Warm in a process that has loaded already.
func BenchmarkWarm(b *testing.B) {
	defaultOrSkip(b)
	require.NoError(b, Warm())
	b.ReportAllocs()
	for b.Loop() {
		if Warm() != nil {
			b.Fatal()
		}
	}
}

// TestMeasureMemory prints what the dictionary keeps in memory.
func TestMeasureMemory(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("prints figures: run with -v")
	}
	heap := func() uint64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	defaultOrSkip(t)
	before := heap()
	seg := newGSE()
	require.NoError(t, seg.LoadDictEmbed("zh_s"))
	t.Logf("%d words keep %.0f MB of heap", seg.Dict.NumTokens(), float64(heap()-before)/1e6)
	runtime.KeepAlive(seg)
}

// TestMeasureBinary builds programs and checks which of them hold the embedded
// dictionaries. It is slow, so it runs with -v only.
func TestMeasureBinary(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("builds programs: run with -v")
	}
	const own = `w, err := segment.FromDictionaryString(os.Args[1]); if err != nil { panic(err) }
		d, _ := segment.NewDecider(segment.Options{Segmenter: w}); println(d.Decide(os.Args[2], 0, 6).Keep)`
	for _, tt := range []struct {
		name, tags, imports, body string
		big                       bool
	}{
		{"default", "", "", "if err := segment.Warm(); err != nil { panic(err) }; _ = os.Args", true},
		{"default, tag ne", "ne", "", "if err := segment.Warm(); err != nil { panic(err) }; _ = os.Args", false},
		{"own dictionary", "", "", own, false},
		{"own dictionary and text/template", "", `"text/template"`, own + `; template.Must(template.New("").Parse("{{.}}")).Execute(os.Stdout, d)`, false},
	} {
		dir := t.TempDir()
		source := "package main\nimport (\"os\"; " + tt.imports + "\n\"github.com/shenjiao/shenjiao/segment\")\nfunc main() {\n" + tt.body + "\n}\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o600))
		program := filepath.Join(dir, "program")
		out, err := exec.Command("go", "build", "-tags", tt.tags, "-o", program, filepath.Join(dir, "main.go")).CombinedOutput()
		require.NoError(t, err, "%s", out)
		info, err := os.Stat(program)
		require.NoError(t, err)
		t.Logf("%-34s %5.1f MB", tt.name, float64(info.Size())/1e6)
		require.Equal(t, tt.big, info.Size() > 25e6, tt.name)
	}
}

// Law: All yields what Lookup knows, each word once.
func TestAll(t *testing.T) {
	words, err := Default()
	if errors.Is(err, ErrNoDictionary) {
		t.Skip(err)
	}
	require.NoError(t, err)
	seen := make(map[string]bool, words.Len())
	for word, entry := range words.All() {
		got, ok := words.Lookup(word)
		require.True(t, ok && got == entry && !seen[word], "%q", word)
		seen[word] = true
	}
	require.Len(t, seen, words.Len())
	for range words.All() {
		break
	}
	own, err := FromDictionaryString("一次性 3\n交付 4 v\n一次性 5\n")
	require.NoError(t, err)
	got := map[string]Entry{}
	for word, entry := range own.All() {
		got[word] = entry
	}
	require.Equal(t, map[string]Entry{"一次性": {Count: 3}, "交付": {Count: 4, Tag: "v"}}, got)
}
