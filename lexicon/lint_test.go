package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

var lintDay = Date{2026, 11, 25}

// A file in which faults were planted, each kind once: lint finds these and
// nothing else. want has each with its code and its Chinese message.
func TestPlantedFaults(t *testing.T) {
	for _, p := range testPacks(t, "planted/*.txtar") {
		problems, err := Lint(p.files, LintOptions{Today: lintDay})
		require.NoError(t, err)
		checkProblems(t, p.files, problems)
		var b strings.Builder
		codes := map[string]bool{}
		for _, problem := range problems {
			codes[problem.Code()] = true
			fmt.Fprintf(&b, "%v: %v %s\n    %s\n    %s\n", problem.Place, problem.Level, problem.Code(), problem.Message, problem.Chinese())
		}
		require.Greater(t, len(codes), 15, "kinds of faults")
		p.check(t, b.String())
	}
}

// lintCodes returns the code of each problem with its line.
func lintCodes(t testing.TB, files map[string]string, opts LintOptions) (codes []string) {
	t.Helper()
	fsys := fstest.MapFS{"pack.yaml": {Data: []byte("id: p\nversion: 1.0.0\nowner: o\n")}}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	problems, err := Lint(fsys, opts)
	require.NoError(t, err)
	for _, p := range problems {
		codes = append(codes, fmt.Sprintf("%d %s", p.Line, p.Code()))
	}
	return codes
}

func TestLint(t *testing.T) {
	starter, err := ReadPack(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: base\nversion: 1.0.0\nowner: o\n")},
		"terms/gambling_fraud.txt": {Data: []byte("博彩网\n")},
	})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		files map[string]string
		opts  LintOptions
		want  []string
	}{
		"nothing": {map[string]string{"terms/minors.txt": "未成年人打赏\n"}, LintOptions{}, nil},
		"in another pack, written otherwise, and longer": {
			map[string]string{"terms/gambling_fraud.txt": "博彩网\n博彩網\n博彩网页\n"}, LintOptions{Beside: []*Pack{starter}},
			[]string{"1 in-other-pack", "2 same-after-folding", "2 same-after-folding"},
		},
		"longer, but with something of its own": {
			map[string]string{"terms/gambling_fraud.csv": "term,suggest,severity\n代开发票,,\n代开发票吗,开票,\n代开发票哦,,error\n代开发票啊,,notice\n"}, LintOptions{},
			[]string{"5 subsumed"},
		},
		"a shorter one that does not always count": {
			map[string]string{"terms/gambling_fraud.csv": "term,context,valid_to\n代开发票,加微信,\n代开发票吗,,\n甲乙,,\n甲乙丙丁,,\n戊己庚辛,,2030-01-01\n戊己庚辛壬,,\n"}, LintOptions{},
			[]string{"4 collides-words"}, // 甲乙 sounds like 加以
		},
		"rows of one term": {
			map[string]string{"terms/x_a.csv": "term,label,context\n甲乙丙丁,,\n甲乙丙丁,,加微信\n甲乙丙丁,y,加微信\n戊己庚辛,,加微信\n戊己庚辛,,包邮\n"}, LintOptions{},
			[]string{"3 subsumed"},
		},
		"an allow-phrase silences a term": {
			map[string]string{"terms/minors.txt": "少年宮\n", "allow.csv": "phrase\n少年宫\n"}, LintOptions{},
			[]string{"1 unreachable"},
		},
		"allow-phrases for terms of another pack, of which one is cut": {
			map[string]string{"terms/minors.txt": "打赏主播\n", "allow.csv": "phrase,scope\n博彩网站建设,gambling_fraud\n体育博彩,all\n博彩网络,minors\n开博彩网,term:博彩网\n彩网络,\n"}, LintOptions{Beside: []*Pack{starter}},
			[]string{"4 allow-without-term"},
		},
		"contexts": {
			map[string]string{"terms/x_a.csv": "term,context,unless,window\n甲乙丙丁,好的。|可以,,\n戊己庚辛,不得销售,不得,\n壬癸子丑,甲 & 乙,,1\n寅卯辰巳,甲 & 乙 & 丙,,1\n"}, LintOptions{},
			[]string{"2 context-word-never-holds", "3 context-never-holds", "5 context-never-holds"},
		},
		"a right form that is a term": {
			map[string]string{"terms/x_a.csv": "term,suggest\n甲乙丙丁,戊己庚辛吧\n戊己庚辛,子丑\n中国总工会,中华全国总工会\n"}, LintOptions{},
			[]string{"2 suggest-is-found"},
		},
		"cases that fail": {
			map[string]string{"terms/x_a.txt": "甲乙丙丁\n", "cases.yaml": "must_hit:\n  - {category: x_a, text: 甲}\n"}, LintOptions{},
			[]string{"2 case-fails"},
		},
		"cases of a pack with errors are not run": {
			map[string]string{"terms/x_a.txt": "甲乙丙丁\n \n", "cases.yaml": "must_hit:\n  - {category: x_a, text: 甲}\n"}, LintOptions{},
			[]string{"2 invisible"},
		},
		"what cannot be searched for, and the rest": {
			map[string]string{"terms/x_a.txt": "甲" + strings.Repeat("-", 40) + "乙\n甲乙丙丁\n甲乙丙丁戊\n"}, LintOptions{},
			[]string{"1 unsearchable", "3 subsumed"},
		},
		"dates": {
			map[string]string{"terms/x_a.csv": "term,valid_from,valid_to\n甲乙丙丁,,2026-11-24\n戊己庚辛,2027-01-01,\n子丑寅卯,,2026-11-25\n"}, LintOptions{Today: lintDay},
			[]string{"2 expired"},
		},
		"no header to count the columns of": {
			map[string]string{"terms/x_a.csv": "甲,乙\n"}, LintOptions{},
			[]string{"1 no-header"},
		},
		"another encoding": {
			map[string]string{"terms/x_a.csv": "term\n\xbc\xd7\xd2\xd2\xb1\xfb\n"}, LintOptions{},
			[]string{"2 encoding-gb18030"},
		},
		"a term that common words resemble": {
			map[string]string{"terms/x_a.txt": "4合院\n3轮车\n洗车行\n"}, LintOptions{},
			[]string{"1 resembles-words", "2 resembles-words"},
		},
		"disguised forms that are everyday words": {
			map[string]string{
				"terms/x_a.csv": "term,channels,context\n公做,+homophone,\n宫做,+homophone,加微信\n恭做,,\n民人,+swap,\n鲨鱼,+homophone,\n功做,+homophone,\n宗国,+homophone_fuzzy,\n末来,+lookalike,\n",
				"allow.csv":     "phrase,scope\n工作,term:功做\n",
			}, LintOptions{},
			[]string{"2 collides-words", "5 collides-words", "8 collides-words", "9 collides-words"},
		},
		"a dictionary that counts nothing": {
			map[string]string{"terms/x_a.txt": "保证\n"}, LintOptions{Segmenter: segmentNothing{}},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, lintCodes(t, c.files, c.opts)) })
	}
	_, err = Lint(fstest.MapFS{"pack.yaml/x": {}}, LintOptions{})
	require.NoError(t, err, "a folder is a problem, not an error")
}

// segmentNothing takes a clause as one word.
type segmentNothing struct{}

func (segmentNothing) Ends(dst []int, clause string) []int {
	if clause == "" {
		return dst
	}
	return append(dst, len(clause))
}

// The words that the comment of Everyday names.
func TestEveryday(t *testing.T) {
	words, err := segment.Default()
	require.NoError(t, err)
	for word, everyday := range map[string]bool{"第一": true, "最高": true, "保证": true, "毒品": false, "赌博": false, "发票": false} {
		w, ok := words.Lookup(word)
		require.True(t, ok, word)
		require.Equal(t, everyday, w.Count >= Everyday*words.Total(), word)
	}
}

// Law: a context word can hold if, and only if, there is a text in which the
// term is found because of it.
func TestContextHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[甲乙。 ]{0,4}[甲乙]`).Draw(t, "word")
		unless := rapid.SampledFrom([]string{"", "甲乙", "乙", "丙"}).Draw(t, "unless")
		window := rapid.IntRange(0, 4).Draw(t, "window")
		row := fmt.Sprintf("term,context,unless,window\n子丑寅卯,%s,%s,%d\n", strings.TrimSpace(word), unless, window)
		pack, err := ReadPack(fstest.MapFS{
			"pack.yaml":     {Data: []byte("id: p\nversion: 1.0.0\nowner: o\n")},
			"terms/x_a.csv": {Data: []byte(row)},
		})
		if err != nil {
			t.Skip("not a row of a pack")
		}
		l, err := Compile([]*Pack{pack}, Options{Segmenter: segmentNothing{}})
		require.NoError(t, err)
		e := &pack.Entries[0]
		form := nearForm(e.Context[0][0])
		found := slices.ContainsFunc([]string{form + e.Term, e.Term + form}, func(text string) bool {
			return slices.ContainsFunc(l.FindAll(text, Scene{}), func(h Hit) bool { return h.Reason != review.VetoContext && h.Reason != review.VetoUnless })
		})
		require.Equal(t, found, e.cannotHold(e.Context[0][0]) == nil, "%q", row)
	})
}

// Words in which terms are found: longer ones, and those that only resemble.
func TestWordHits(t *testing.T) {
	words, err := segment.FromDictionaryString("大麻 5\n大麻袋 90\n麻袋 80\n大麻大 3\n四合院 100\n罕见大麻 1\n")
	require.NoError(t, err)
	pack, err := ReadPack(fstest.MapFS{
		"pack.yaml":     {Data: []byte("id: p\nversion: 1.0.0\nowner: o\n")},
		"terms/x_a.csv": {Data: []byte("term,match,channels\n大麻,substring,\n4合院,,\n袋,exact,\n")},
		"allow.csv":     {Data: []byte("phrase\n麻袋\n")},
	})
	require.NoError(t, err)
	l, err := Compile([]*Pack{pack}, Options{Segmenter: words})
	require.NoError(t, err)
	var got []string
	for _, h := range l.WordHits(words, 2/words.Total()) {
		got = append(got, fmt.Sprint(h.Entry.Term, " ", h.Word, " ", h.Channels, " ", h.Disguised()))
	}
	require.Equal(t, []string{"4合院 四合院 numeral true", "大麻 大麻大 literal false"}, got)
}
