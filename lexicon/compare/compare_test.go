package compare

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

func pack(t require.TestingT, terms, allow string) *lexicon.Pack {
	fsys := fstest.MapFS{
		"pack.yaml":   {Data: []byte("id: p\nversion: 1.0.0\nowner: o\n")},
		"terms/x.csv": {Data: []byte(terms)},
		"allow.csv":   {Data: []byte("phrase,scope\n" + allow)},
	}
	p, err := lexicon.ReadPack(fsys)
	require.NoError(t, err)
	return p
}

func compile(t require.TestingT, p *lexicon.Pack) *lexicon.Lexicon {
	l, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{})
	require.NoError(t, err)
	return l
}

func TestPacks(t *testing.T) {
	older := pack(t, "term,category,label,severity,context,note\n代开发票,contraband,fake_document,warning,,a\n稳赚不赔,gambling_fraud,,,,\n博彩网,gambling_fraud,gambling,,,\n一样,minors,,,甲|乙,\n", "一,minors\n二,\n")
	newer := pack(t, "note,term,category,label,severity,context\n,一样,minors,,,甲|乙\n,代开发票,contraband,fake_document,error,加微信 & 开票|私聊\n,博彩网,contraband,,,\n,刷单,gambling_fraud,,,\n", "二,\n三,term:刷单\n")
	d := Packs(older, newer)
	var b strings.Builder
	for _, e := range d.Added {
		fmt.Fprintln(&b, "+", e.Term, e.Place)
	}
	for _, e := range d.Removed {
		fmt.Fprintln(&b, "-", e.Term, e.Place)
	}
	for _, c := range d.Changed {
		fmt.Fprintln(&b, "~", c.New.Term, c.Columns)
	}
	for _, a := range d.AddedAllows {
		fmt.Fprintln(&b, "+ allow", a.Phrase, a.Scope)
	}
	for _, a := range d.RemovedAllows {
		fmt.Fprintln(&b, "- allow", a.Phrase, a.Scope)
	}
	require.Equal(t, strings.TrimLeft(`
+ 刷单 terms/x.csv:5:2
- 稳赚不赔 terms/x.csv:3:1
~ 代开发票 [{severity warning error} {context  加微信 & 开票|私聊} {note a }]
~ 博彩网 [{category gambling_fraud contraband} {label gambling } {severity error warning}]
+ allow 三 term:刷单
- allow 一 minors
`, "\n"), noLower(b.String()))
	require.False(t, d.Empty())
	same := Packs(older, older)
	require.True(t, same.Empty())
}

// Rows of one term are told apart by their contexts.
func TestPacksRowsOfOneTerm(t *testing.T) {
	older := pack(t, "term,category,context\n名单,minors,甲\n名单,minors,乙 & 丙\n名单,minors,丁\n", "")
	newer := pack(t, "term,category,context,note\n名单,minors,甲,\n名单,minors,乙 & 丙,x\n名单,minors,戊,\n名单,minors,己,\n", "")
	d := Packs(older, newer)
	require.Len(t, d.Changed, 2)
	require.Equal(t, []ColumnChange{{"note", "", "x"}}, d.Changed[0].Columns)
	require.Equal(t, []ColumnChange{{"context", "丁", "己"}}, d.Changed[1].Columns)
	require.Len(t, d.Added, 1)
	require.Equal(t, "戊", d.Added[0].Context[0][0])
	require.Empty(t, d.Removed)
}

// A place that one row of a term finds is not vetoed because another does not.
func TestTrialRowsOfOneTerm(t *testing.T) {
	rows := "term,category,match,context\n名单,minors,substring,甲\n名单,minors,substring,乙\n"
	trial := NewTrial(TrialOptions{Old: compile(t, pack(t, "term,category\n", "")), New: compile(t, pack(t, rows, ""))})
	r := scanAll(trial, []Text{{Name: "a", Line: 1, Text: "甲名单。乙名单。名单。"}})
	require.Len(t, r.Terms, 1)
	require.Equal(t, []int{2, 1}, []int{r.Terms[0].Added, r.Terms[0].Vetoed})
}

// noLower leaves out the words of a category that a term came under.
func noLower(s string) string {
	for {
		i := strings.Index(s, " {lower ")
		if i < 0 {
			return s
		}
		s = s[:i] + s[i+strings.Index(s[i:], "}")+1:]
	}
}

// Law: a terms file of the cells of entries has these entries.
func TestCells(t *testing.T) {
	before, err := lexicon.ReadPack(starter.FS())
	require.NoError(t, err)
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write(lexicon.TermColumns()))
	for i := range before.Entries {
		require.NoError(t, w.Write(Cells(&before.Entries[i])))
	}
	w.Flush()
	after := pack(t, b.String(), "")
	require.Equal(t, len(before.Entries), len(after.Entries))
	d := Packs(before, after)
	require.Empty(t, append(d.Added, d.Removed...))
	require.Empty(t, d.Changed)
}

func scanAll(t *Trial, texts []Text) Result {
	var group sync.WaitGroup
	for _, text := range texts {
		group.Go(func() { t.Scan(text) })
	}
	group.Wait()
	return t.Result()
}

func TestTrial(t *testing.T) {
	words, err := segment.Default()
	require.NoError(t, err)
	older := pack(t, "term,category,action\n稳赚不赔,gambling_fraud,\n代开发票,contraband,review\n", "")
	newer := pack(t, "term,category,action,match\n代开发票,contraband,block,\n大麻,contraband,,substring\n保证,ad_exaggeration,,\n刷单返利,gambling_fraud,,\n", "")
	trial := NewTrial(TrialOptions{Old: compile(t, older), New: compile(t, newer), Words: words, Contexts: 2})
	texts := []Text{
		{Name: "a", Line: 1, Text: "买了一个大麻袋。\n\n本地代开發票，稳赚不赔。"},
		{Name: "b", Line: 10, Text: "警惕刷单返利。\n保证稳赚不赔。\n保证质量。\n保证时间。"},
		{Name: "c", Field: "title", Text: "大麻袋、\n大麻烦"},
	}
	r := scanAll(trial, texts)
	require.Equal(t, []any{3, 3, 8}, []any{r.Texts, r.Old, r.New})
	var b strings.Builder
	for _, term := range r.Terms {
		fmt.Fprintln(&b, term.Term, term.Old, term.New, term.Added, term.Lost, term.Moved)
		for _, c := range slices.Concat(term.AddedAt, term.LostAt, term.MovedAt) {
			fmt.Fprintf(&b, "  %s:%d %q[%s]%q %v→%v %s\n", c.Name, c.Line, c.Before, c.Text, c.After, c.Was, c.Is, c.Word)
		}
		for _, s := range term.Suspicions {
			fmt.Fprintln(&b, "  ?", s.Kind, s.Count, s.Of, s.Words)
		}
	}
	require.Equal(t, strings.TrimLeft(`
保证 0 3 3 0 0
  b:11 "警惕刷单返利。\n"[保证]"稳赚不赔。\n保证质量。\n保证时间" Action(0)→review 
  b:12 "警惕刷单返利。\n保证稳赚不赔。\n"[保证]"质量。\n保证时间。" Action(0)→review 保证质量
  ? inside-word 1 3 [保证质量]
  ? everyday-word 3 3 []
大麻 0 3 3 0 0
  a:1 "买了一个"[大麻]"袋。\n\n本地代开發票，稳赚不赔。" Action(0)→review 大麻袋
  c:0 ""[大麻]"袋、\n大麻烦" Action(0)→review 大麻袋
  ? inside-word 2 3 [大麻袋]
刷单返利 0 1 1 0 0
  b:10 "警惕"[刷单返利]"。\n保证稳赚不赔。\n保证质量。\n" Action(0)→note 
  ? noted 1 1 []
稳赚不赔 2 0 0 2 0
  a:3 "了一个大麻袋。\n\n本地代开發票，"[稳赚不赔]"。" review→Action(0) 
  b:11 "警惕刷单返利。\n保证"[稳赚不赔]"。\n保证质量。\n保证时间。" review→Action(0) 
代开发票 1 1 0 0 1
  a:3 "买了一个大麻袋。\n\n本地"[代开發票]"，稳赚不赔。" review→block 
`, "\n"), b.String())

	same := NewTrial(TrialOptions{Old: compile(t, newer), New: compile(t, newer)})
	require.Empty(t, scanAll(same, texts).Terms)
}

// Laws: the order of texts changes nothing; the two versions changed about, new
// and lost are; what both find is what is left.
func TestTrialLaws(t *testing.T) {
	terms := []string{"甲乙丙丁", "乙丙", "丙丁戊", "丁戊己庚", "甲", "戊己"}
	rapid.Check(t, func(t *rapid.T) {
		version := func(name string) *lexicon.Lexicon {
			rows := "term,category,action\n"
			for _, term := range rapid.SliceOfDistinct(rapid.SampledFrom(terms), rapid.ID[string]).Draw(t, name) {
				rows += term + ",gambling_fraud," + rapid.SampledFrom([]string{"", "note", "block"}).Draw(t, "action") + "\n"
			}
			return compile(t, pack(t, rows, ""))
		}
		a, b := version("old"), version("new")
		var texts []Text
		for i := range rapid.IntRange(0, 4).Draw(t, "texts") {
			texts = append(texts, Text{Name: fmt.Sprint(i), Line: 1, Text: rapid.StringMatching(`[甲乙丙丁戊己庚，\n]{0,30}`).Draw(t, "text")})
		}
		r := scanAll(NewTrial(TrialOptions{Old: a, New: b, Contexts: 100}), texts)
		slices.Reverse(texts)
		require.Equal(t, r, scanAll(NewTrial(TrialOptions{Old: a, New: b, Contexts: 100}), texts))

		back := scanAll(NewTrial(TrialOptions{Old: b, New: a, Contexts: 100}), texts)
		require.Equal(t, []int{r.Old, r.New, len(r.Terms)}, []int{back.New, back.Old, len(back.Terms)})
		added, lost := 0, 0
		for _, term := range r.Terms {
			i := slices.IndexFunc(back.Terms, func(other Term) bool { return other.Term == term.Term })
			require.GreaterOrEqual(t, i, 0)
			require.Equal(t, []int{term.Added, term.Lost, term.Moved}, []int{back.Terms[i].Lost, back.Terms[i].Added, back.Terms[i].Moved})
			require.Len(t, term.AddedAt, term.Added)
			added, lost = added+term.Added, lost+term.Lost
			for _, c := range term.MovedAt {
				require.NotEqual(t, c.Was, c.Is)
				require.NotEqual(t, review.Action(0), c.Was)
			}
		}
		require.Equal(t, r.New-r.Old, added-lost)
	})
}
