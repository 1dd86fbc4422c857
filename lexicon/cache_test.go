package lexicon

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/matcher"
)

// fill sets everything in v to random values, so that a field that is added
// later is tested, too.
func fill(random *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(random, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() == reflect.TypeFor[Pack]() && v.Type().Field(i).Name == "Lint" {
				continue // is left out
			}
			fill(random, v.Field(i))
		}
	case reflect.Slice:
		if n := random.IntN(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
		}
		for i := range v.Len() {
			fill(random, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range random.IntN(3) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(random, key)
			fill(random, value)
			v.SetMapIndex(key, value)
		}
	case reflect.String:
		v.SetString([]string{"", "词", "一个词", fmt.Sprint(random.Uint32())}[random.IntN(4)])
	case reflect.Int, reflect.Int64:
		v.SetInt(random.Int64N(1<<20) - 1<<10)
	case reflect.Int32: // a rune
		v.SetInt(random.Int64N(unicode.MaxRune))
	case reflect.Uint8:
		v.SetUint(random.Uint64N(3)) // within the values of MatchMode, Severity and Action
	default:
		panic("encode.go does not know " + v.Type().String())
	}
}

// normal makes an empty list of items the same as none, as it is in a pack.
func normal(p *Pack) {
	if len(p.Entries) == 0 {
		p.Entries = nil
	}
	if len(p.Allows) == 0 {
		p.Allows = nil
	}
	if len(p.Symbols) == 0 {
		p.Symbols = nil
	}
	for _, cases := range []*[]Case{&p.MustHit, &p.MustPass} {
		if len(*cases) == 0 {
			*cases = nil
		}
	}
}

func randomPacks(seed uint64) []*Pack {
	random := rand.New(rand.NewPCG(seed, 1))
	packs := make([]*Pack, random.IntN(3))
	for i := range packs {
		fill(random, reflect.ValueOf(&packs[i]).Elem())
		normal(packs[i])
	}
	return packs
}

// Law: packs decode to what was encoded, whatever is in them.
func TestEncode(t *testing.T) {
	for seed := range uint64(500) {
		packs := randomPacks(seed)
		got, err := decodePacks(string(encodePacks(packs)))
		require.NoError(t, err)
		require.Equal(t, packs, got, "seed %d", seed)
	}
	p, err := ReadPack(starter.FS())
	require.NoError(t, err)
	p.Lint = nil
	data := encodePacks([]*Pack{p})
	got, err := decodePacks(string(data))
	require.NoError(t, err)
	require.Equal(t, []*Pack{p}, got)
	require.Equal(t, data, encodePacks(got))
	_, err = decodePacks(string(data) + "\x00")
	require.Error(t, err)
	for i := range len(data) {
		_, err = decodePacks(string(data[:i]))
		require.Error(t, err, "cut at %d", i)
		if i > 3000 {
			break
		}
	}
}

// Law: no bytes make decoding panic, or take memory beyond a multiple of them.
func FuzzDecode(f *testing.F) {
	for seed := range uint64(5) {
		f.Add(encodePacks(randomPacks(seed)))
	}
	f.Add([]byte("\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		packs, err := decodePacks(string(data))
		if err != nil {
			return
		}
		got, err := decodePacks(string(encodePacks(packs)))
		require.NoError(t, err)
		require.Equal(t, packs, got)
	})
}

func cacheFiles(t testing.TB, version string) *Files {
	f, err := ReadFiles(fstest.MapFS{
		"pack.yaml":        {Data: []byte("id: house\nversion: " + version + "\nowner: x\n")},
		"terms/minors.csv": {Data: []byte("term,context\n逃课,\n一二三四五,老师|学生\n")},
		"allow.csv":        {Data: []byte("phrase\n逃课率\n")},
		"cases.yaml":       {Data: []byte("must_hit:\n  - {category: minors, text: 他们逃课了}\n")},
	})
	require.NoError(t, err)
	return f
}

// compileFiles is what a program does without a cache.
func compileFiles(t testing.TB, opts Options, files ...*Files) *Lexicon {
	var packs []*Pack
	for _, f := range files {
		p, err := ReadPack(f)
		require.NoError(t, err)
		packs = append(packs, p)
	}
	l, err := Compile(packs, opts)
	require.NoError(t, err)
	return l
}

const cacheText = "他们逃课了，逃课率高。学生说一二三四五，一二三四五。逃 課"

func TestCache(t *testing.T) {
	c := Cache{filepath.Join(t.TempDir(), "new", "folder")}
	files := cacheFiles(t, "1.0.0")
	l, err := c.Load([]*Files{files}, Options{})
	require.NoError(t, err)
	require.Nil(t, l, "nothing is there yet")

	want := compileFiles(t, Options{}, files)
	require.NoError(t, c.Store([]*Files{files}, Options{}, want))
	got, err := c.Load([]*Files{files}, Options{})
	require.NoError(t, err)
	require.NotNil(t, got)
	require.Equal(t, want.Digest(), got.Digest())
	require.Equal(t, want.Packs(), got.Packs())
	require.Equal(t, hitStrings(want), hitStrings(got))
	require.NotEmpty(t, hitStrings(got))
	require.Equal(t, formatCache(want, cacheKey([]*Files{files}, Options{})), formatCache(got, cacheKey([]*Files{files}, Options{})))

	// Anything else is not it.
	for name, load := range map[string]func() (*Lexicon, error){
		"another version": func() (*Lexicon, error) { return c.Load([]*Files{cacheFiles(t, "1.0.1")}, Options{}) },
		"two packs":       func() (*Lexicon, error) { return c.Load([]*Files{files, files}, Options{}) },
		"channels": func() (*Lexicon, error) {
			return c.Load([]*Files{files}, Options{Channels: matcher.Set(matcher.Width)})
		},
	} {
		l, err := load()
		require.NoError(t, err, name)
		require.Nil(t, l, name)
	}

	// With a segmenter of the program's own the cases are run again.
	l, err = c.Load([]*Files{files}, Options{Segmenter: threes{}})
	require.Nil(t, l)
	var problems Problems
	require.ErrorAs(t, err, &problems)
	require.ErrorContains(t, err, "must_hit sentence has no finding")
}

// threes ends a word after every third character: 他们逃|课了.
type threes struct{}

func (threes) Ends(dst []int, clause string) []int {
	n := 0
	for i := range clause {
		if n++; n > 3 && n%3 == 1 {
			dst = append(dst, i)
		}
	}
	return append(dst, len(clause))
}

func hitStrings(l *Lexicon) (list []string) {
	for _, h := range l.FindAll(cacheText, Scene{}) {
		list = append(list, fmt.Sprintf("%d-%d %s %v %v %v", h.Start, h.End, h.Entry.Term, h.Entry.Place, h.Channels, h.Reason))
	}
	return list
}

// Law: a file with any byte changed, cut anywhere, or not ours is refused with
// the reason.
func TestCacheRefuses(t *testing.T) {
	c := Cache{t.TempDir()}
	packs := []*Files{cacheFiles(t, "1.0.0")}
	l := compileFiles(t, Options{}, packs...)
	require.NoError(t, c.Store(packs, Options{}, l))
	path := c.path(cacheKey(packs, Options{}))
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(1, 2))
	refused := func(data []byte, want string) {
		t.Helper()
		require.NoError(t, os.WriteFile(path, data, 0o600))
		l, err := c.Load(packs, Options{})
		require.Nil(t, l)
		require.ErrorContains(t, err, "lexicon: cache: ")
		require.ErrorContains(t, err, want)
	}
	for range 200 {
		bad := bytes.Clone(good)
		bad[random.IntN(len(bad))] ^= byte(1 + random.IntN(255))
		refused(bad, "")
	}
	for range 50 {
		refused(good[:random.IntN(len(good))], "")
	}
	refused(nil, "not a compiled lexicon")
	refused([]byte("id: house\nversion: 1.0.0\n"), "not a compiled lexicon")
	refused(append(bytes.Clone(good), 0), "cut off, or longer")
	refused(good[:len(good)-1], "cut off, or longer")
	refused(slices.Concat(good[:len(cacheMagic)], []byte{9, 0, 0, 0}, good[len(cacheMagic)+4:]), "format 9, want 3")
	refused(slices.Concat(good[:len(good)-1], []byte{good[len(good)-1] + 1}), "damaged: the checksum does not fit")
	other := formatCache(compileFiles(t, Options{}, cacheFiles(t, "2.0.0")), cacheKey([]*Files{cacheFiles(t, "2.0.0")}, Options{}))
	refused(other, "compiled of other packs or options")
	// A checksum that fits helps nobody: automata of other packs.
	mixed := &Lexicon{packs: l.packs}
	mixed.matcher, err = matcher.New([]matcher.Pattern{{Text: "别的"}})
	require.NoError(t, err)
	refused(formatCache(mixed, cacheKey(packs, Options{})), "saved automata are not those of the patterns")

	require.NoError(t, os.WriteFile(path, good, 0o600))
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Chmod(path, 0o622))
		_, err = c.Load(packs, Options{})
		require.ErrorContains(t, err, "others can write to it")
		require.NoError(t, os.Chmod(path, 0o600))
	}
	l, err = c.Load(packs, Options{})
	require.NoError(t, err)
	require.NotNil(t, l)

	// What is refused is replaced.
	require.NoError(t, os.WriteFile(path, good[:100], 0o600))
	require.NoError(t, c.Store(packs, Options{}, l))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, good, data)
}

func TestCacheFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	packs := []*Files{cacheFiles(t, "1.0.0")}
	l := compileFiles(t, Options{}, packs...)
	require.ErrorContains(t, Cache{file}.Store(packs, Options{}, l), "lexicon: cache: ")

	// The folder does not grow: the newest files stay, and those of others.
	c := Cache{t.TempDir()}
	require.NoError(t, os.WriteFile(filepath.Join(c.Dir, "notes.txt"), nil, 0o644))
	for i := range cacheKept + 3 {
		packs := []*Files{cacheFiles(t, fmt.Sprintf("1.0.%d", i))}
		require.NoError(t, c.Store(packs, Options{}, compileFiles(t, Options{}, packs...)))
		at := time.Now().Add(time.Duration(i-100) * time.Second)
		require.NoError(t, os.Chtimes(c.path(cacheKey(packs, Options{})), at, at))
	}
	left, err := filepath.Glob(filepath.Join(c.Dir, "*"))
	require.NoError(t, err)
	require.Len(t, left, cacheKept+1)
	for i, want := range map[int]bool{0: false, 2: false, 4: true, cacheKept + 2: true} {
		l, err := c.Load([]*Files{cacheFiles(t, fmt.Sprintf("1.0.%d", i))}, Options{})
		require.NoError(t, err)
		require.Equal(t, want, l != nil, "version 1.0.%d", i)
	}
}

// The key of the cache holds every option as fmt prints it, except the two that
// it is told to leave out; so each must print what it holds.
func TestCacheKeyKnowsOptions(t *testing.T) {
	var check func(name string, typ reflect.Type)
	check = func(name string, typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Struct:
			for i := range typ.NumField() {
				check(name+"."+typ.Field(i).Name, typ.Field(i).Type)
			}
		case reflect.Slice:
			check(name, typ.Elem())
		case reflect.Pointer, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
			t.Errorf("%s is a %v: say in cacheKey what of it decides what Compile makes", name, typ.Kind())
		}
	}
	for i := range reflect.TypeFor[Options]().NumField() {
		f := reflect.TypeFor[Options]().Field(i)
		if f.Name != "Segmenter" && f.Name != "Trusted" {
			check(f.Name, f.Type)
		}
	}
	files := []*Files{cacheFiles(t, "1.0.0")}
	base := cacheKey(files, Options{})
	require.Equal(t, base, cacheKey(files, Options{Segmenter: threes{}, Trusted: []*Pack{{}}}))
	require.NotEqual(t, base, cacheKey(files, Options{Channels: matcher.Set(matcher.Width)}))
}

// Law: whatever the cached bytes are, with a checksum that fits, loading them
// does not panic, and neither does scanning with what was loaded.
func FuzzCache(f *testing.F) {
	packs := []*Files{cacheFiles(f, "1.0.0")}
	l := compileFiles(f, Options{}, packs...)
	encoded, automata := encodePacks(l.packs), l.matcher.AppendAutomata(nil)
	f.Add(encoded, automata)
	f.Add(encoded, []byte{})
	f.Add([]byte{0}, []byte{})
	for seed := range uint64(5) {
		f.Add(encodePacks(randomPacks(seed)), automata[:40])
	}
	f.Fuzz(func(t *testing.T, encoded, automata []byte) {
		if len(encoded)+len(automata) > 1<<12 {
			return // small ones are as bad, and quick
		}
		packs, err := decodePacks(string(encoded))
		if err != nil {
			return
		}
		l, err := assemble(packs, Options{Segmenter: threes{}}, automata)
		if err != nil {
			return
		}
		hitStrings(l)
	})
}

// bigFiles is a pack of n terms of two to six characters.
func bigFiles(t testing.TB, n int) *Files {
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write([]string{"term", "label", "note"}))
	seen := map[string]bool{}
	for len(seen) < n {
		term := make([]rune, 2+random.IntN(5))
		for i := range term {
			term[i] = rune(0x4e00 + int(random.ExpFloat64()*800)%6000)
		}
		if s := string(term); !seen[s] {
			seen[s] = true
			require.NoError(t, w.Write([]string{s, "gambling", ""}))
		}
	}
	w.Flush()
	f, err := ReadFiles(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: big\nversion: 1.0.0\nowner: x\n")},
		"terms/gambling_fraud.csv": {Data: b.Bytes()},
	})
	require.NoError(t, err)
	return f
}

// BenchmarkCold measures what a program waits for at its start with 100,000
// terms: read and compiled, or from the cache.
func BenchmarkCold(b *testing.B) {
	files := []*Files{bigFiles(b, 100_000)}
	c := Cache{b.TempDir()}
	require.NoError(b, c.Store(files, Options{}, compileFiles(b, Options{}, files...)))
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	b.Run("compiled", func(b *testing.B) {
		before := heap()
		var l *Lexicon
		for b.Loop() {
			l = nil
			l = compileFiles(b, Options{}, files...)
		}
		b.ReportMetric(heap()-before, "MB-held")
		require.Equal(b, 100_000, l.Terms())
	})
	b.Run("cached", func(b *testing.B) {
		before := heap()
		var l *Lexicon
		var err error
		for b.Loop() {
			l = nil
			l, err = c.Load(files, Options{})
		}
		b.ReportMetric(heap()-before, "MB-held")
		require.NoError(b, err)
		require.Equal(b, 100_000, l.Terms())
		info, err := os.Stat(c.path(cacheKey(files, Options{})))
		require.NoError(b, err)
		b.ReportMetric(float64(info.Size())/(1<<20), "MB-file")
	})
}
