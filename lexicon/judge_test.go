package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// onePack reads a pack of one terms file.
func onePack(t testing.TB, id, terms, allow string) *Pack {
	t.Helper()
	fsys := fstest.MapFS{
		"pack.yaml":       {Data: []byte("id: " + id + "\nversion: 1.0.0\nupdated: 2026-11-21\n")},
		"terms/terms.csv": {Data: []byte(terms)},
	}
	if allow != "" {
		fsys["allow.csv"] = &fstest.MapFile{Data: []byte(allow)}
	}
	p, err := ReadPack(fsys)
	require.NoError(t, err)
	return p
}

func compiled(t testing.TB, terms, allow string) *Lexicon {
	t.Helper()
	l, err := Compile([]*Pack{onePack(t, "test", terms, allow)}, Options{})
	require.NoError(t, err)
	return l
}

// show writes hits as "term=text" with what was decided.
func show(hits []Hit) []string {
	out := []string{}
	for _, h := range hits {
		s := h.Entry.Term + "=" + h.Text
		if h.Channels != 0 {
			s += " " + h.Channels.String()
		}
		switch {
		case h.Vetoed():
			s += " vetoed:" + string(h.Reason)
		case h.Reason != "":
			s += " lowered:" + string(h.Reason)
		}
		out = append(out, s)
	}
	return out
}

const header = "term,category,match,channels,suggest,context,unless,window,fields,valid_from,valid_to\n"

func TestJudge(t *testing.T) {
	terms := header +
		"口交,porn_vulgar,substring,,,,,,,,\n" +
		"性交,porn_vulgar,,,,,,,,,\n" +
		"回回,ethnic_religious,substring,,,,,,,,\n" +
		"全国总工会,political_terms,,,中华全国总工会,,,,,,\n" +
		"冰毒,contraband,,,,出售|包邮,,,,,\n" +
		"刷单返利,gambling_fraud,,,,,警惕|反诈,,,,\n" +
		"电子烟,contraband,,,,优惠,,4,,,\n" +
		"震惊,ad_exaggeration,,,,,,,title,,\n" +
		"卫生计生委,political_terms,,,卫生健康委,,,,,2018-03-17,\n" +
		"旧政策,political_terms,,,,,,,,,2020-01-01\n" +
		"TMD,porn_vulgar,,,,,,,,,\n" +
		"加V,ad_exaggeration,,,,,,,,,\n" +
		"毒品,contraband,exact,,,,,,,,\n" +
		"赌博网站,gambling_fraud,,-noise,,,,,,,\n"
	allow := "phrase,scope\n" +
		"路口交通,all\n" +
		"交通,porn_vulgar\n" +
		"一回回,term:回回\n" +
		"回,all\n" +
		"电子烟管理,gambling_fraud\n"
	l := compiled(t, terms, allow)
	for _, tt := range []struct {
		name, text string
		scene      Scene
		want       []string
	}{
		{name: "plain", text: "涉及性交内容", want: []string{"性交=性交"}},
		{name: "cut by words", text: "请一次性交付全部材料", want: []string{"性交=性交 vetoed:segmentation"}},
		{name: "cut by words, traditional", text: "請一次性交給辦公室", want: []string{"性交=性交 vetoed:segmentation"}},
		{name: "disguised hits are not cut", text: "请一次性*交付全部材料", want: []string{"性交=性*交 noise"}},
		{name: "allowed, phrase begins before", text: "前方路口交通恢复", want: []string{"口交=口交 vetoed:allow"}},
		{name: "allowed, phrase begins inside", text: "三口交通工具", want: []string{"口交=口交 vetoed:allow"}},
		{name: "allowed, at the same place", text: "一回回上门", want: []string{"回回=回回 vetoed:allow"}},
		{name: "a shorter phrase does not protect", text: "几个回回", want: []string{"回回=回回"}},
		{name: "inside its right form", text: "中华全国总工会印发", want: []string{"全国总工会=全国总工会 vetoed:allow"}},
		{name: "outside its right form", text: "全国总工会印发", want: []string{"全国总工会=全国总工会"}},
		{name: "context is there", text: "长期出售，冰毒有货", want: []string{"冰毒=冰毒"}},
		{name: "context is in another sentence", text: "出售二手车。查获冰毒", want: []string{"冰毒=冰毒 vetoed:context"}},
		{name: "unless", text: "警惕“刷单返利”骗局", want: []string{"刷单返利=刷单返利 vetoed:unless"}},
		{name: "unless, disguised", text: "警 惕刷单返利", want: []string{"刷单返利=刷单返利 vetoed:unless"}},
		{name: "unless in another sentence", text: "警惕骗局！刷单返利日结", want: []string{"刷单返利=刷单返利"}},
		{name: "window", text: "优惠三四五电子烟", want: []string{"电子烟=电子烟 vetoed:context"}},
		{name: "inside the window", text: "优惠三四电子烟", want: []string{"电子烟=电子烟"}},
		{name: "a scope is kept", text: "电子烟管理优惠", want: []string{"电子烟=电子烟"}},
		{name: "field", text: "震惊", scene: Scene{Field: "body"}, want: []string{}},
		{name: "field is the term's", text: "震惊", scene: Scene{Field: "title"}, want: []string{"震惊=震惊"}},
		{name: "before it counts", text: "市卫生计生委", scene: Scene{Date: Date{2014, 5, 1}}, want: []string{"卫生计生委=卫生计生委 vetoed:date"}},
		{name: "when it counts", text: "市卫生计生委", scene: Scene{Date: Date{2018, 3, 17}}, want: []string{"卫生计生委=卫生计生委"}},
		{name: "without a date the pack's counts", text: "市卫生计生委的旧政策", want: []string{"卫生计生委=卫生计生委", "旧政策=旧政策 vetoed:date"}},
		{name: "latin boundary", text: "TMDX 与 tmd", want: []string{"TMD=tmd case"}},
		{name: "mixed boundary", text: "加Vue 或加v", want: []string{"加V=加v case"}},
		{name: "exact", text: "毒品 毒*品", want: []string{"毒品=毒品"}},
		{name: "channel off", text: "賭博網站 赌博*网站", want: []string{"赌博网站=賭博網站 traditional"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, show(l.FindAll(tt.text, tt.scene)))
		})
	}
}

func TestInField(t *testing.T) {
	e := Entry{Fields: []string{"images.alt", "repost"}}
	for path, want := range map[string]bool{
		"images[0].alt": true, "images[12].ocr": false, "repost.source": true, "reposted": false, "body": false, "": true,
	} {
		require.Equal(t, want, e.inField(path), path)
	}
}

// A combination holds if the text near the term has a word of every group, in
// any order and on any side.
func TestGroups(t *testing.T) {
	l := compiled(t, header+
		"兼职,gambling_fraud,substring,,,加我|私聊 & 日结|周结 & 学生,,,,,\n"+
		"代购,contraband,substring,,,加我 & 现货,正规,4,,,\n", "")
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"all groups", "学生兼职，日结，加我", []string{"兼职=兼职"}},
		{"another order, other words", "私聊周结的学生来兼职", []string{"兼职=兼职"}},
		{"one group is missing", "学生兼职，日结", []string{"兼职=兼职 vetoed:context"}},
		{"two words of one group", "学生兼职，日结，周结", []string{"兼职=兼职 vetoed:context"}},
		{"one group is in another sentence", "加我！学生兼职，日结", []string{"兼职=兼职 vetoed:context"}},
		{"disguised", "学*生兼职，日 结，加莪我，私　聊", []string{"兼职=兼职"}},
		{"not across the term", "加代购我现货", []string{"代购=代购 vetoed:context"}},
		{"inside the window", "加我一二代购现货", []string{"代购=代购"}},
		{"one group is outside the window", "加我一二三代购现货", []string{"代购=代购 vetoed:context"}},
		{"unless counts first", "加我代购现货正规", []string{"代购=代购 vetoed:unless"}},
	} {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, show(l.FindAll(tt.text, Scene{}))) })
	}
}

// A term may have a row for each kind of surroundings; one finding is enough.
func TestRowsOfOneTerm(t *testing.T) {
	l := compiled(t, "term,category,label,action,match,context\n"+
		"名单,personal_info,name_list,,substring,学生|家长 & 出售|打包\n"+
		"名单,personal_info,name_list,,substring,业主 & 私我|转给你\n"+
		"名单,secrecy,work_secret,block,substring,评标\n", "")
	for _, tt := range []struct {
		text string
		want []string // labels of what stands
	}{
		{"学生名单打包", []string{"name_list"}},
		{"业主名单，私我", []string{"name_list"}},
		{"学生名单，私我", nil},
		{"业主和学生名单，出售，私我", []string{"name_list"}},
		{"评标的业主名单，私我", []string{"name_list", "work_secret"}},
	} {
		var got []string
		for _, h := range l.FindAll(tt.text, Scene{}) {
			if !h.Vetoed() {
				got = append(got, h.Entry.Label)
			}
		}
		require.Equal(t, tt.want, got, tt.text)
	}
}

// Groups are judged as a loop over their words would judge them.
func TestGroupsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"甲", "乙", "丙", "丁", "甲乙"})
		var groups [][]string
		for range rapid.IntRange(1, 3).Draw(t, "groups") {
			groups = append(groups, rapid.SliceOfNDistinct(word, 1, 3, rapid.ID[string]).Draw(t, "words"))
		}
		side := rapid.StringMatching(`[甲乙丙丁戊。]{0,6}`)
		before, after := side.Draw(t, "before"), side.Draw(t, "after")
		p, err := ReadPack(fstest.MapFS{
			"pack.yaml":       {Data: []byte("id: test\nversion: 1.0.0\n")},
			"terms/terms.csv": {Data: []byte("term,category,match,context\n天地,x_test,substring,\"" + writeGroups(groups) + "\"\n")},
		})
		require.NoError(t, err)
		l, err := Compile([]*Pack{p}, Options{})
		require.NoError(t, err)
		hits := l.FindAll(before+"天地"+after, Scene{})
		require.Len(t, hits, 1)

		want := true
		left, right := before[strings.LastIndex("。"+before, "。"):], strings.SplitN(after, "。", 2)[0]
		for _, g := range groups {
			found := false
			for _, w := range g {
				found = found || strings.Contains(left, w) || strings.Contains(right, w)
			}
			want = want && found
		}
		require.Equal(t, want, !hits[0].Vetoed(), "%v %s天地%s", groups, before, after)
	})
}

// What stands is a finding once.
func TestCovered(t *testing.T) {
	l := compiled(t, "term,category,label,severity,match,context\n"+
		"刷单,gambling_fraud,,,substring,日结|返佣\n"+
		"刷单返利,gambling_fraud,,,substring,\n"+
		"返利,gambling_fraud,,error,substring,\n"+
		"单返,contraband,,,substring,\n"+
		"兼职,gambling_fraud,,,substring,日结 & 加我\n"+
		"加我,gambling_fraud,,,substring,日结 & 兼职\n", "")
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"刷单，日结", []string{"刷单=刷单"}},
		{"刷单返利日结", []string{ // what weighs more or is of another category stands
			"刷单=刷单 vetoed:covered", "单返=单返", "刷单返利=刷单返利", "返利=返利"}},
		{"兼职日结，加我。兼职日结，加我", []string{"兼职=兼职", "加我=加我 vetoed:covered", "兼职=兼职", "加我=加我 vetoed:covered"}},
		{"日结刷单，兼职加我", []string{"刷单=刷单", "兼职=兼职 vetoed:covered", "加我=加我 vetoed:covered"}},
		{"警惕刷单，兼职日结，加我", []string{"刷单=刷单 lowered:publicity", "兼职=兼职 vetoed:covered", "加我=加我 vetoed:covered"}},
	} {
		require.Equal(t, tt.want, show(l.FindAll(tt.text, Scene{})), tt.text)
	}
	a, b := onePack(t, "a", "term,category\n刷单返利,gambling_fraud\n", ""), onePack(t, "b", "term,category,match\n刷单,gambling_fraud,substring\n", "")
	l, err := Compile([]*Pack{a, b}, Options{})
	require.NoError(t, err)
	require.Equal(t, []string{"刷单=刷单", "刷单返利=刷单返利"}, show(l.FindAll("刷单返利", Scene{})), "each pack has its owner")
}

// Hits carry what a report needs.
func TestHit(t *testing.T) {
	l := compiled(t, "term,category,suggest\n法制日报,political_terms,法治日报\n", "")
	hits := l.FindAll(strings.Repeat("前", 20)+"《法製日报》"+strings.Repeat("后", 20), Scene{})
	require.Len(t, hits, 1)
	h := hits[0]
	require.Equal(t, "test", h.Pack.ID)
	require.Equal(t, strings.Repeat("前", 15)+"《", h.Before)
	require.Equal(t, "》"+strings.Repeat("后", 15), h.After)
	require.Equal(t, int64(63), h.Start)
	require.Equal(t, int64(75), h.End)
	require.Equal(t, review.ActionReview, h.Action)
}

// A weak veto lowers a finding instead of dropping it: a writer can buy one
// with a single neighbour.
func TestWeakVetoLowers(t *testing.T) {
	l := compiled(t, "term,category\n大麻,contraband\n", "")
	hits := l.FindAll("这事有大麻烦", Scene{})
	require.Equal(t, []string{"大麻=大麻 lowered:segmentation"}, show(hits))
	require.Equal(t, review.ActionNote, hits[0].Action)
	require.Equal(t, review.SeverityNotice, hits[0].Severity)
	require.NotEmpty(t, hits[0].Words)
}

// Law 1: any chunking gives the hits of the whole, in the same order.
func TestChunks(t *testing.T) {
	l := compiled(t, header+
		"口交,porn_vulgar,substring,,,,,,,,\n性交,porn_vulgar,,,,,,,,,\n冰毒,contraband,,,,出售|包邮,,,,,\n"+
		"刷单返利,gambling_fraud,,,,,警惕|反诈,,,,\nTMD,porn_vulgar,,,,,,,,,\n单返,gambling_fraud,substring,,,,警惕,9,,,\n",
		"phrase,scope\n路口交通,all\n")
	pieces := []string{"路", "口交", "交通", "一次", "性交", "付", "冰毒", "出售", "。", "\n", "警惕", "刷单返利", "刷*单 返利", "TMD", "x", "好", "，", "🔥", "一"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		if rapid.Bool().Draw(t, "long") {
			text += strings.Repeat("天地玄黄", 1500) + text + strings.Repeat("宇宙", 9000) + text
		}
		want := l.FindAll(text, Scene{})
		s := l.NewStream(Scene{})
		var got []Hit
		settled, early := int64(0), 0 // up to where, and how many hits were before
		ask := rapid.Bool()
		for rest := []byte(text); len(rest) > 0; {
			n := min(len(rest), rapid.SampledFrom([]int{1, 2, 3, 17, 500, 5000, 70000}).Draw(t, "chunk"))
			chunk := append([]byte(nil), rest[:n]...)
			got = s.Append(got, chunk)
			for i := range chunk { // the stream must not keep the caller's bytes
				chunk[i] = 'X'
			}
			rest = rest[n:]
			require.LessOrEqual(t, len(s.buf), l.Buffered())
			if ask.Draw(t, "settle") {
				got, settled = s.Settle(got)
				early = len(got)
			}
			for _, h := range got[early:] {
				require.GreaterOrEqual(t, h.Start, settled)
			}
		}
		got = s.Flush(got)
		for _, h := range got[early:] {
			require.GreaterOrEqual(t, h.Start, settled)
		}
		require.Equal(t, want, got)
	})
}

// Law 4: the order of packs changes nothing.
func TestOrderOfPacks(t *testing.T) {
	a := onePack(t, "a", "term,category\n赌博网站,gambling_fraud\n", "")
	b := onePack(t, "b", "term,category\n博网,contraband\n", "phrase,scope\n赌博网站整治,all\n")
	const text = "赌博网站整治，赌博网站"
	one, err := Compile([]*Pack{a, b}, Options{})
	require.NoError(t, err)
	two, err := Compile([]*Pack{b, a}, Options{})
	require.NoError(t, err)
	require.Equal(t, one.Digest(), two.Digest())
	require.Equal(t, one.FindAll(text, Scene{}), two.FindAll(text, Scene{}))

	_, err = Compile([]*Pack{a, a}, Options{})
	require.ErrorContains(t, err, `two packs have the id "a"`)
}

// A pack whose cases fail does not load, and every failure is named.
func TestCases(t *testing.T) {
	fsys := fstest.MapFS{
		"pack.yaml":       {Data: []byte("id: test\nversion: 1.0.0\nupdated: 2026-11-21\n")},
		"terms/terms.csv": {Data: []byte("term,category\n赌博网站,gambling_fraud\n")},
		"cases.yaml": {Data: []byte("must_hit:\n" +
			"  - {category: gambling_fraud, text: 去赌*博网站}\n" +
			"  - {category: gambling_fraud, term: 赌博网站, text: 去网站}\n" +
			"must_pass:\n" +
			"  - {category: gambling_fraud, text: 不要上赌博网站}\n" +
			"  - {category: minors, text: 不要上赌博网站}\n")},
	}
	p, err := ReadPack(fsys)
	require.NoError(t, err)
	_, err = Compile([]*Pack{p}, Options{})
	var problems Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 2)
	require.Equal(t, 3, problems[0].Line)
	require.Contains(t, problems[0].Message, `must_hit sentence has no finding of gambling_fraud for term "赌博网站"`)
	require.Equal(t, 5, problems[1].Line)
	require.Contains(t, problems[1].Message, `must_pass sentence has a finding: term "赌博网站"`)

	_, err = Compile([]*Pack{p}, Options{Trusted: []*Pack{p}})
	require.NoError(t, err)
}

// The host's own dictionary decides about words, without the embedded one.
func TestOwnDictionary(t *testing.T) {
	words, err := segment.FromDictionaryString("一次性 1000\n交付 1000\n性交 5\n")
	require.NoError(t, err)
	pack := onePack(t, "test", "term,category\n性交,porn_vulgar\n", "")
	l, err := Compile([]*Pack{pack}, Options{Segmenter: words})
	require.NoError(t, err)
	require.Equal(t, []string{"性交=性交 vetoed:segmentation"}, show(l.FindAll("一次性交付", Scene{})))

	// One that knows no words has nothing to say against a term.
	l, err = Compile([]*Pack{pack}, Options{Segmenter: characters{}})
	require.NoError(t, err)
	require.Equal(t, []string{"性交=性交"}, show(l.FindAll("一次性交付", Scene{})))
}

// characters is a segmenter for which every character is a word.
type characters struct{}

func (characters) Ends(dst []int, clause string) []int {
	for i, r := range clause {
		dst = append(dst, i+len(string(r)))
	}
	return dst
}

// What cannot be searched for is a problem at its place.
func TestUnfitTerms(t *testing.T) {
	dashes := strings.Repeat("—", 40)
	pack := onePack(t, "test", "term,category\n好的,minors\n赌"+dashes+"博,minors\n", "phrase,scope\n甲"+dashes+"乙,all\n")
	_, err := Compile([]*Pack{pack}, Options{})
	var problems Problems
	require.ErrorAs(t, err, &problems)
	require.Equal(t, []string{
		"lexicon: allow.csv:2:1: cannot be searched for: text holds more than 32 ignorable characters in a row",
		"lexicon: terms/terms.csv:3:1: cannot be searched for: text holds more than 32 ignorable characters in a row",
	}, strings.Split(err.Error(), "\n"))
}

// The words of a clause are those of the clause, wherever the text moves in the
// memory of a long scan.
func TestWordsOfMovedText(t *testing.T) {
	p, err := ReadPack(fstest.MapFS{
		"pack.yaml":             {Data: []byte("id: d\nversion: 1.0.0\n")},
		"terms/porn_vulgar.txt": {Data: []byte("性交\n")},
	})
	require.NoError(t, err)
	l, err := Compile([]*Pack{p}, Options{})
	require.NoError(t, err)
	// The second clause comes to stand in memory where the first one stood.
	first, second := "。一次性交付了。", "。他们性交两次。"
	require.Equal(t, len(first), len(second))
	keep := int(l.delay) + l.matcher.Window() + contextBytes + utf8.UTFMax
	at := maxStep - 60
	moved := maxStep - keep
	text := []byte(strings.Repeat("x", maxStep) + strings.Repeat("y", maxStep))
	copy(text[at-moved:], first)
	copy(text[at:], second)
	var got []bool
	stream := l.NewStream(Scene{})
	for _, h := range stream.Flush(stream.Append(nil, text)) {
		got = append(got, h.Reason != "")
	}
	require.Equal(t, []bool{true, false}, got)
}
