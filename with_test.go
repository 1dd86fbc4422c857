package shenjiao

import (
	"context"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/rules"
)

var withPack = fstest.MapFS{
	"pack.yaml":   {Data: []byte("id: house\nversion: 1.0.0\nowner: x\n")},
	"terms/a.csv": {Data: []byte("term,category\n云洲市总工会,x_names\n幸运转盘大奖,gambling_fraud\n")},
	"cases.yaml":  {Data: []byte("must_hit:\n  - {category: gambling_fraud, text: 来抽幸*运*转*盘*大*奖吧}\n")},
}

const withDraft = "云洲市总工会的幸*运*转*盘*大*奖，电话 13812345678"

// TestWithEqualsNew: a scanner that was derived judges as one that was made
// with these options at once, and says the same of itself.
func TestWithEqualsNew(t *testing.T) {
	base := Options{Packs: []fs.FS{withPack}, NoStarter: true}
	union, ok := rules.Preset("yangzhou-union")
	require.True(t, ok)
	scanner, err := New(base)
	require.NoError(t, err)
	seen := map[string]bool{}
	for name, change := range map[string]func(*Options){
		"nothing":     func(*Options) {},
		"rules off":   func(o *Options) { o.NoRules = true },
		"profile":     func(o *Options) { o.Profile = union },
		"one channel": func(o *Options) { o.Channels = matcher.Set(matcher.Width) },
		"less noise":  func(o *Options) { o.ChannelChange = lexicon.ChannelSpec{Remove: []string{"noise"}} },
		"categories":  func(o *Options) { o.Categories = []lexicon.Category{"x_names", lexicon.Minors} },
		"confidence":  func(o *Options) { o.MinConfidence = 0.99; o.ShowVetoed = true },
		"english":     func(o *Options) { o.Language = English },
		"none":        func(o *Options) { o.NoRecognize = true },
	} {
		t.Run(name, func(t *testing.T) {
			derived, err := scanner.With(change)
			require.NoError(t, err)
			opts := base
			opts.Packs = []fs.FS{withPack}
			change(&opts)
			if len(opts.ChannelChange.Remove) > 0 || opts.Channels != 0 {
				files := fstest.MapFS{"pack.yaml": withPack["pack.yaml"], "terms/a.csv": withPack["terms/a.csv"]}
				opts.Packs = []fs.FS{files} // the case does not hold without the channel
			}
			made, err := New(opts)
			require.NoError(t, err)
			got, want := scanText(t, derived), scanText(t, made)
			got.Snapshot.Packs, want.Snapshot.Packs = nil, nil
			if len(opts.ChannelChange.Remove) > 0 || opts.Channels != 0 {
				got.Snapshot.Digest = want.Snapshot.Digest
			}
			require.Equal(t, want, got)
			digest := derived.Snapshot().Digest
			if name != "english" { // says the same in other words
				require.False(t, seen[digest], "%s has the digest of another", name)
				seen[digest] = true
			}
		})
	}
}

// TestWithKeepsPacks: what a change says of packs does not count.
func TestWithKeepsPacks(t *testing.T) {
	scanner, err := New(Options{Packs: []fs.FS{withPack}, NoStarter: true, NoRules: true})
	require.NoError(t, err)
	derived, err := scanner.With(func(o *Options) { o.Packs, o.NoStarter = nil, false })
	require.NoError(t, err)
	require.Same(t, scanner.Lexicon(), derived.Lexicon())
	require.Equal(t, scanner.Snapshot(), derived.Snapshot())
	_, err = scanner.With(func(o *Options) { o.MinConfidence = 2 })
	require.ErrorContains(t, err, "MinConfidence")
}

// TestCategories: those that are not asked for are not found, be it by a term
// or by a recogniser, and are no candidates either.
func TestCategories(t *testing.T) {
	for want, categories := range map[string][]lexicon.Category{
		"x_names gambling_fraud personal_info ": nil,
		"x_names ":                              {"x_names"},
		"personal_info ":                        {lexicon.PersonalInfo},
		"gambling_fraud personal_info ":         {lexicon.PersonalInfo, lexicon.GamblingFraud},
		"":                                      {lexicon.Minors},
	} {
		scanner, err := New(Options{Packs: []fs.FS{withPack}, NoStarter: true, NoRules: true, Categories: categories, MinConfidence: 0.5, ShowVetoed: true})
		require.NoError(t, err)
		r := scanText(t, scanner)
		got := ""
		for _, f := range r.Findings {
			got += f.Category + " "
		}
		for _, v := range r.Vetoed {
			got += v.Category + " "
		}
		require.Equal(t, want, got)
	}
	_, err := New(Options{Categories: []lexicon.Category{"gamblng"}})
	require.ErrorContains(t, err, `Options.Categories: "gamblng" is no category`)
}

func scanText(t *testing.T, s *Scanner) *Report {
	t.Helper()
	r, err := s.Scan(context.Background(), &Document{Body: new(withDraft)})
	require.NoError(t, err)
	return r
}
