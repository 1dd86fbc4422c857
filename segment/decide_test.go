package segment

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func testDecider(t testing.TB, terms ...string) *Decider {
	t.Helper()
	words := defaultOrSkip(t)
	set := map[string]bool{}
	for _, term := range terms {
		set[term] = true
	}
	d, err := NewDecider(Options{Segmenter: words, Term: func(w string) bool { return set[w] }})
	require.NoError(t, err)
	return d
}

func TestDecisions(t *testing.T) {
	tests := []struct {
		name     string
		text     string // the hit is in brackets
		terms    string // words that are terms, besides the hit
		reason   Reason
		strength Strength
		words    string
	}{
		// Keep.
		{"a word by itself", "警方缴获[毒品]一批", "", ReasonAligned, None, ""},
		{"not in the dictionary", "你是个[傻逼]吧", "", ReasonAligned, None, ""},
		{"the whole text", "[毒品]", "", ReasonAligned, None, ""},
		{"head of a longer word", "他是[强奸]犯", "", ReasonHead, None, "强奸犯"},
		{"tail of a longer word", "打击网络[色情]活动", "", ReasonTail, None, "网络色情"},
		{"head of a rare word that divides elsewhere", "引爆[炸药]箱", "", ReasonHead, None, "炸药箱"},
		{"three of four characters", "保护[未成年]人", "", ReasonHead, None, "未成年人"},
		{"the word that cuts is a term", "弱冠[杀手]枪挑黑马", "手枪", ReasonAligned, None, ""},
		{"cut only by a term", "弱冠杀[手枪]挑黑马", "杀手", ReasonTerm, None, "杀手|枪"},
		{"a chance pair of the dictionary", "他先[去死]了", "", ReasonRare, None, "先去|死"},
		{"in a longer word that is a term", "他是[强奸]犯", "强奸犯", ReasonTerm, None, "强奸犯"},

		{"a tie, and the character left over is rarer", "小说里小[色情]人很多", "", ReasonTie, None, "色|情人"},

		// Veto.
		{"words on both sides", "一次[性交]付使用", "", ReasonCut, Strong, "一次性|交付使用"},
		{"a word on the left", "孔子有个[人妻]", "", ReasonCut, Weak, "个人|妻"},
		{"a word on the right", "惹上[大麻]烦了", "", ReasonCut, Weak, "大|麻烦"},
		{"a long rare word on the right", "制定[出轨]道交通规划", "", ReasonCut, Weak, "出|轨道交通"},
		{"a digit is in the clause", "24[口交]换机", "", ReasonCut, Weak, "口|交换机"},
		{"middle of a longer word", "管理精[神药]品", "", ReasonWithin, Strong, "精神药品"},
		{"common longer word that divides elsewhere", "患有慢[性病]多年", "", ReasonWithin, Weak, "慢性病"},
		{"a tie, and the character left over is rarer than those of the cut", "某[处女]干部来了", "", ReasonCut, Weak, "某处|女"},
		{"name of a constellation", "我是[处女]座的", "", ReasonName, Weak, "处女座"},
		{"name of an institution", "观看[黑客]帝国", "", ReasonName, Weak, "黑客帝国"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before, rest, _ := strings.Cut(tt.text, "[")
			hit, after, ok := strings.Cut(rest, "]")
			require.True(t, ok)
			text := before + hit + after
			d := testDecider(t, append(strings.Fields(tt.terms), hit)...)
			got := d.Decide(text, len(before), len(before)+len(hit))
			require.Equal(t, tt.words, strings.Join(got.Words, "|"))
			require.Equal(t, tt.reason, got.Reason, "got %v", got)
			require.Equal(t, tt.strength, got.Strength, "got %v", got)
			require.Equal(t, tt.strength == None, got.Keep)
			if len(got.Words) > 0 {
				require.True(t, strings.HasPrefix(text[got.Start:], strings.Join(got.Words, "")))
			}
		})
	}
}

func TestUnasked(t *testing.T) {
	d := testDecider(t)
	for _, span := range [][2]int{{0, 0}, {-1, 3}, {3, 2}, {0, 7}, {7, 9}} {
		require.Equal(t, Decision{Keep: true, Reason: ReasonUnasked}, d.Decide("毒品", span[0], span[1]), "%v", span)
	}
}

func TestChecked(t *testing.T) {
	for term, want := range map[string]bool{
		"": false, "毒": true, "毒品": true, "一夜情": true, "卖淫嫖娼": false,
		"SM": false, "K粉": false, "毒 品": false, "ドラ": false, "𠀀𠀁": true, "\xff\xff": false,
	} {
		require.Equal(t, want, Checked(term), "%q", term)
	}
}

func TestNewDecider(t *testing.T) {
	_, err := NewDecider(Options{})
	require.EqualError(t, err, "segment: Options.Segmenter: got nil, want segment.Default()'s or one of your own")
}

// known are the cases of testdata/decisions.tsv that are decided wrongly.
var known = map[string]string{
	"他边走私下边打听消息。": "走私 is more common than 私下, and a division is chosen by counts alone",
	"高三级部主任讲话。":   "级部, a school word, is not in the dictionary",
	"找人下降头报复。":    "下降 is 1,600 times as common as 降头: a weak veto",
	"招聘代孕妈妈。":     "代孕 and 妈妈 are words and explain every character; list 代孕 as a term instead",
}

func TestOwnCases(t *testing.T) {
	rows := readLabelled(t, "testdata/decisions.tsv")
	require.Greater(t, len(rows), 250)
	d := defaultWith(t, defaultPolicy, rows)
	s := d.NewSession()
	used := 0
	for _, row := range rows {
		require.Equal(t, 1, strings.Count(row.text, row.term), "%v", row)
		require.True(t, Checked(row.term), "%v", row)
		got := row.decide(s)
		if why, ok := known[row.text]; ok {
			used++
			require.NotEqual(t, row.keep, got.Keep, "%v is decided rightly now: take it out of known (%s)", row, why)
			continue
		}
		require.Equal(t, row.keep, got.Keep, "%v: got %+v", row, got)
	}
	require.Equal(t, len(known), used, "known lists texts that are not in testdata/decisions.tsv")
}

// TestSharedCases holds the measured figures as floors.
func TestSharedCases(t *testing.T) {
	t.Run("cases", func(t *testing.T) {
		rows := readLabelled(t, shared(t, "segment/cases.tsv"))
		c := evaluate(defaultWith(t, defaultPolicy, rows), rows, func(l labelled, d Decision) { t.Logf("wrong: %v %+v", l, d) })
		require.GreaterOrEqual(t, c.precision(), 0.983, "%v", c)
		require.GreaterOrEqual(t, c.recall(), 0.999, "%v", c)
	})
	t.Run("false positives", func(t *testing.T) {
		rows := falsePositives(t)
		c := evaluate(defaultWith(t, defaultPolicy, rows), rows, func(l labelled, d Decision) { t.Logf("wrong: %v %+v", l, d) })
		require.LessOrEqual(t, c.keptFalse, 2, "%v", c)
		require.Zero(t, c.lost, "%v", c)
	})
	t.Run("insertion", func(t *testing.T) {
		cases := readLabelled(t, shared(t, "segment/cases.tsv"))
		own := readLabelled(t, "testdata/decisions.tsv")
		rows := insertions(t, termsOf(cases, own), 6000)
		c := evaluate(defaultWith(t, defaultPolicy, cases, own), rows, nil)
		require.GreaterOrEqual(t, c.recall(), 0.990, "%v", c)
		require.LessOrEqual(t, c.lost-c.weakTrue, 12, "strong vetoes of true uses: %v", c)
	})
}

// pieces are what the texts of the properties are made of: words, terms, halves
// of words, unknown characters, Latin, digits, punctuation.
var pieces = []string{"一次", "性", "交付", "使用", "毒品", "消", "牌", "路口", "交通", "强奸", "犯", "精", "神药", "品",
	"鱻", "的", "24", "abc", "，", "。", " ", "\n", "大", "麻烦", "女", "干部", "慢", "性病", "未成年", "人", "𠀀", "e\u0301"}

func drawText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, label), "")
}

func drawHit(t *rapid.T) string {
	return rapid.SampledFrom([]string{"性交", "毒品", "口交", "强奸", "神药", "大麻", "女干", "性病", "未成年", "付使", "鱻的"}).Draw(t, "hit")
}

// Text outside of the window changes nothing but Start.
func TestOnlyTheWindowCounts(t *testing.T) {
	d := testDecider(t, "毒品", "强奸", "性交")
	rapid.Check(t, func(t *rapid.T) {
		before, hit, after := drawText(t, "before"), drawHit(t), drawText(t, "after")
		text := before + hit + after
		lo, hi := window(text, len(before), len(before)+len(hit))
		want := d.Decide(text, len(before), len(before)+len(hit))
		alone := d.Decide(text[lo:hi], len(before)-lo, len(before)-lo+len(hit))
		if want.Words != nil {
			want.Start -= lo
		}
		require.Equal(t, want, alone, "cut to the window")

		require.LessOrEqual(t, utf8.RuneCountInString(text[lo:hi]), 2*windowRunes+utf8.RuneCountInString(hit))
		head, tail := drawText(t, "more before")+"，", "。"+drawText(t, "more after")
		got := d.Decide(head+text[lo:hi]+tail, len(head)+len(before)-lo, len(head)+len(before)-lo+len(hit))
		if got.Words != nil {
			got.Start -= len(head)
		}
		require.Equal(t, alone, got, "other text around the window")
	})
}

// A session that has been asked other things answers like a new one.
func TestSessionRemembersNothingElse(t *testing.T) {
	d := testDecider(t, "毒品", "强奸", "性交")
	s := d.NewSession()
	rapid.Check(t, func(t *rapid.T) {
		before, hit, after := drawText(t, "before"), drawHit(t), drawText(t, "after")
		text := before + hit + after
		if rapid.Bool().Draw(t, "reset") {
			s.Reset()
		}
		want := d.NewSession().Decide(text, len(before), len(before)+len(hit))
		require.Equal(t, want, s.Decide(text, len(before), len(before)+len(hit)))
		require.Equal(t, want, d.Decide(text, len(before), len(before)+len(hit)))
	})
}

func TestClauseIsSegmentedOnce(t *testing.T) {
	c := &counting{}
	d, err := NewDecider(Options{Segmenter: c})
	require.NoError(t, err)
	s := d.NewSession()
	text := "甲乙丙丁戊，子丑寅卯"
	for i := range 5 {
		s.Decide(text, 3*i, 3*i+3)
	}
	require.Equal(t, 1, c.calls)
	s.Decide(text, len("甲乙丙丁戊，"), len(text))
	require.Equal(t, 2, c.calls)
	s.Reset()
	s.Decide(text, 0, 3)
	require.Equal(t, 3, c.calls)
}

type counting struct {
	toy
	calls int
}

func (c *counting) Ends(dst []int, clause string) []int {
	c.calls++
	return c.toy.Ends(dst, clause)
}

// Without a Dictionary the words alone decide.
func TestSegmenterWithoutCounts(t *testing.T) {
	d, err := NewDecider(Options{Segmenter: toy{"一次性", "交付", "麻烦", "精神药品", "强奸犯"}})
	require.NoError(t, err)
	for _, tt := range []struct {
		text, hit string
		reason    Reason
		strength  Strength
	}{
		{"一次性交付", "性交", ReasonCut, Strong},
		{"大麻烦", "大麻", ReasonCut, Weak},
		{"精神药品", "神药", ReasonMiddle, None},
		{"强奸犯", "强奸", ReasonHead, None},
		{"卖毒品", "毒品", ReasonAligned, None},
	} {
		i := strings.Index(tt.text, tt.hit)
		got := d.Decide(tt.text, i, i+len(tt.hit))
		require.Equal(t, tt.reason, got.Reason, tt.text)
		require.Equal(t, tt.strength, got.Strength, tt.text)
	}
}

func TestConcurrentDecide(t *testing.T) {
	rows := readLabelled(t, "testdata/decisions.tsv")
	d := defaultWith(t, defaultPolicy, rows)
	var want []Decision
	for _, row := range rows {
		want = append(want, row.decide(d.NewSession()))
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for k := range rows {
				i := (k + g*37) % len(rows)
				at := strings.Index(rows[i].text, rows[i].term)
				if got := d.Decide(rows[i].text, at, at+len(rows[i].term)); got.Reason != want[i].Reason || got.Margin != want[i].Margin {
					t.Errorf("%v: got %+v, want %+v", rows[i], got, want[i])
				}
			}
		})
	}
	wg.Wait()
}

// Law: for all bytes and all spans on rune boundaries Decide does not panic; its
// Words lie in the text at Start without a gap and cover the hit; Keep is the
// same as strength None; Margin is finite.
func FuzzDecide(f *testing.F) {
	for _, row := range readLabelled(f, "testdata/decisions.tsv")[:40] {
		at := strings.Index(row.text, row.term)
		f.Add(row.text, at, at+len(row.term))
	}
	f.Add("\xff\xe4\xb8毒品\x00", 3, 9)
	f.Add("İ性交İ", 2, 8)
	d := testDecider(f, "毒品", "性交")
	plain, err := NewDecider(Options{Segmenter: toy{"一次性"}})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		for _, d := range []*Decider{d, plain} {
			got := d.Decide(text, start, end)
			require.Equal(t, got.Strength == None, got.Keep)
			require.True(t, got.Margin >= -1000 && got.Margin <= 1000)
			if got.Words == nil {
				continue
			}
			all := strings.Join(got.Words, "")
			require.True(t, strings.HasPrefix(text[got.Start:], all))
			require.LessOrEqual(t, got.Start, start)
			require.GreaterOrEqual(t, got.Start+len(all), end)
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	d := testDecider(b, "毒品")
	for _, bb := range []struct{ name, text, hit string }{
		{"keep", "民警当场缴获毒品十公斤，", "毒品"},
		{"head", "他因为是强奸犯而被判刑，", "强奸"},
		{"cut", "项目将于年底一次性交付使用，", "性交"},
		{"within", "医院规范管理精神药品，", "神药"},
	} {
		i := strings.Index(bb.text, bb.hit)
		want := d.Decide(bb.text, i, i+len(bb.hit)).Reason
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if d.Decide(bb.text, i, i+len(bb.hit)).Reason != want {
					b.Fatal("another decision")
				}
			}
		})
		b.Run(bb.name+"/same clause", func(b *testing.B) {
			s := d.NewSession()
			b.ReportAllocs()
			for b.Loop() {
				if s.Decide(bb.text, i, i+len(bb.hit)).Reason != want {
					b.Fatal("another decision")
				}
			}
		})
	}
}

// A term of one character counts where it is a word of its own, since as a
// part of a longer word it means what that means.
func TestSingleCharacter(t *testing.T) {
	d := testDecider(t, "干嘛")
	for _, tt := range []struct {
		text, term string
		keep       bool
		reason     Reason
	}{
		{"祝你生日快乐", "日", false, ReasonWithin},
		{"这些数据可靠", "靠", false, ReasonWithin},
		{"提高操作水平", "操", false, ReasonWithin},
		{"你在干嘛", "干", true, ReasonTerm},
	} {
		start := strings.Index(tt.text, tt.term)
		got := d.Decide(tt.text, start, start+len(tt.term))
		require.Equal(t, tt.keep, got.Keep, "%s: %+v", tt.text, got)
		require.Equal(t, tt.reason, got.Reason, "%s: %+v", tt.text, got)
	}
}
