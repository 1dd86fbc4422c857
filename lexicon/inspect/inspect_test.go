package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

func pack(t *testing.T, files map[string]string) *lexicon.Pack {
	t.Helper()
	fsys := fstest.MapFS{"pack.yaml": {Data: []byte("id: p\nversion: 1.0.0\nowner: o\n")}}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	p, err := lexicon.ReadPack(fsys)
	require.NoError(t, err)
	return p
}

func TestVerifyStarter(t *testing.T) {
	p, err := lexicon.ReadPack(starter.FS())
	require.NoError(t, err)
	last := 0
	v, err := Verify(t.Context(), []*lexicon.Pack{p}, func(done int) { last = max(last, done) })
	require.NoError(t, err)
	require.Empty(t, v.Failures)
	require.Equal(t, len(p.Entries), v.Terms)
	require.Equal(t, v.Terms, last)
	require.Greater(t, v.Chunks, 1)
}

func TestVerify(t *testing.T) {
	p := pack(t, map[string]string{
		"terms/x_a.csv": "term,fields,match\n甲乙,,\n甲乙丙,title,\n哈哈,,\n哈哈哈,,\nTMD,,\nTMDX,,\n甲 乙,,\n🔞,,\n\"#甲乙#\",,exact\nC++,,\n",
		"allow.csv":     "phrase\n甲乙丙丁\n",
	})
	v, err := Verify(t.Context(), []*lexicon.Pack{p}, nil)
	require.NoError(t, err)
	require.Empty(t, v.Failures)
	require.Equal(t, 10, v.Terms)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = Verify(ctx, []*lexicon.Pack{p}, nil)
	require.ErrorIs(t, err, context.Canceled)
}

// The comparison can fail: a lexicon without the terms that are asked for.
func TestVerifyFinds(t *testing.T) {
	p := pack(t, map[string]string{"terms/x_a.txt": "甲乙\n甲乙丙\n"})
	other := pack(t, map[string]string{"terms/x_a.txt": "丙丁\n"})
	l, err := lexicon.Compile([]*lexicon.Pack{other}, lexicon.Options{})
	require.NoError(t, err)
	var got []string
	for _, f := range verifyChunk(l, []*lexicon.Entry{&p.Entries[0], &p.Entries[1]}) {
		got = append(got, fmt.Sprint(f.Entry.Term, f.Scanner, f.Other, f.Inside))
	}
	require.Equal(t, []string{"甲乙true false", "甲乙true false甲乙丙", "甲乙丙true false"}, got)
}

func TestRisks(t *testing.T) {
	seen := map[lexicon.Target]bool{}
	least := map[int]int{}
	for i, r := range Risks() {
		group, n := "A.1", i
		if i >= 8 {
			group, n = "A.2", i-8
		}
		require.Equal(t, fmt.Sprintf("%s%c", group, 'a'+n), r.ID)
		least[r.Least]++
		for _, s := range r.Sources {
			info, ok := s.Category.Info()
			require.True(t, ok)
			_, ok = info.Label(s.Label)
			require.True(t, ok || s.Label == "", "%v", s)
			require.False(t, seen[s] || s.Label != "" && seen[lexicon.Target{Category: s.Category}], "%v counts twice", s)
			seen[s] = true
		}
	}
	require.Equal(t, map[int]int{200: 8, 100: 9}, least)
}

func TestCount(t *testing.T) {
	p := pack(t, map[string]string{
		"terms/t.csv": "term,category,label,context,suggest,basis,valid_to\n甲,x_a,own,,,,\n乙一,contraband,drug,丙,,法,\n乙一,contraband,weapon,,,,2030-01-01\n丙一,contraband,,,丁,,\n丁一,abuse_discrimination,gender_bias,,,,\n",
		"allow.csv":   "phrase\n甲乙\n",
		"cases.yaml":  "must_hit:\n  - {category: abuse_discrimination, text: 丁一}\nmust_pass:\n  - {text: 好}\n  - {text: 好好}\n",
	})
	c := Count([]*lexicon.Pack{p}, Risks())
	require.Equal(t, []int{5, 4, 1, 1, 2}, []int{c.Terms, c.Keywords, c.Allows, c.MustHit, c.MustPass})
	require.Len(t, c.Categories, 13)
	i := slices.IndexFunc(c.Categories, func(n CategoryCount) bool { return n.Category == lexicon.Contraband })
	n := c.Categories[i]
	require.Equal(t, []int{3, 1, 1, 1, 1}, []int{n.Terms, n.Context, n.Suggest, n.Basis, n.Dated})
	require.Equal(t, LabelCount{"drug", 1}, n.Labels[0])
	require.Equal(t, LabelCount{"", 1}, n.Labels[len(n.Labels)-1])
	require.Equal(t, []LabelCount{{"own", 1}}, c.Categories[12].Labels)
	got := map[string]int{}
	for _, r := range c.Risks {
		if r.Keywords > 0 {
			got[r.ID] = r.Keywords
			require.False(t, r.Enough())
		}
	}
	require.Equal(t, map[string]int{"A.1h": 2, "A.2e": 1}, got)
}

func TestExplain(t *testing.T) {
	words, err := segment.FromDictionaryString("大麻 5\n大麻袋 90\n大麻烦 80\n")
	require.NoError(t, err)
	p := pack(t, map[string]string{
		"terms/t.csv": "term,category,match,context\n大麻,contraband,substring,卖\n卖大麻叶,contraband,,\n麻,x_a,,\n",
		"allow.csv":   "phrase,scope\n大麻烦,\n大麻纤维,minors\n工业用麻,term:大麻\n",
	})
	x, err := Explain([]*lexicon.Pack{p}, "大麻", words)
	require.NoError(t, err)
	var b strings.Builder
	fmt.Fprintln(&b, x.Folded, len(x.Rows), x.Rows[0].Words, x.Rows[0].Channels&^matcher.Disguises == matcher.DefaultChannels)
	for _, a := range x.Allows {
		fmt.Fprintln(&b, "allow", a.Phrase)
	}
	for _, h := range x.Others {
		fmt.Fprintln(&b, "other", h.Entry.Term)
	}
	for _, e := range x.Inside {
		fmt.Fprintln(&b, "inside", e.Term)
	}
	for _, w := range x.Words {
		fmt.Fprintln(&b, "word", w.Word)
	}
	require.Equal(t, "大麻 1 false true\nallow 大麻烦\nallow 工业用麻\nother 麻\ninside 卖大麻叶\nword 大麻袋\n", b.String())
	require.Positive(t, x.Share)
	on := 0
	for _, v := range x.Variants {
		if v.On {
			on++
			require.True(t, v.Found, "%v %q", v.Channel, v.Text)
		}
		require.NotEqual(t, x.Term, v.Text)
	}
	require.Greater(t, on, 2)

	x, err = Explain([]*lexicon.Pack{p}, "赚大發6", nil)
	require.NoError(t, err)
	require.Equal(t, "赚大发6", x.Folded)
	require.Empty(t, x.Rows)
	channels := map[string]string{}
	for _, v := range x.Variants {
		channels[v.Channel.String()] = v.Text
		require.True(t, v.Found || !v.On, "%v %q", v.Channel, v.Text)
	}
	require.Equal(t, "赚*大發6", channels["noise"])
	require.Contains(t, channels, "traditional")
	require.Contains(t, channels, "numeral")
}

// Every disguise has an example, which the matcher takes for the term through that
// channel, on or off.
func TestExplainDisguises(t *testing.T) {
	p, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: p\nversion: 1.0.0\n")},
		"terms/gambling_fraud.csv": {Data: []byte("term,channels\n赌场狗,-split\n")},
	})
	require.NoError(t, err)
	x, err := Explain([]*lexicon.Pack{p}, "赌场狗", nil)
	require.NoError(t, err)
	seen := map[matcher.Channel]Variant{}
	for _, v := range x.Variants {
		seen[v.Channel] = v
	}
	for _, info := range matcher.Channels() {
		if !matcher.Disguises.Has(info.Channel) {
			continue
		}
		v, ok := seen[info.Channel]
		require.True(t, ok, "no example of %v", info.Channel)
		m, err := matcher.New([]matcher.Pattern{{Text: "赌场狗", Channels: matcher.DefaultChannels | matcher.Set(info.Channel)}})
		require.NoError(t, err)
		require.NotEmpty(t, m.FindAllString(v.Text), "%v %q", v.Channel, v.Text)
		require.Equal(t, x.Rows[0].Channels.Has(info.Channel), v.On, "%v", v.Channel)
	}
	require.False(t, seen[matcher.Split].On)
	require.True(t, seen[matcher.Homophone].On)
	require.False(t, seen[matcher.Swap].On)
}
