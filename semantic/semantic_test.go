package semantic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// pieces are what drawn texts are made of: with and without meaning, and what
// cuts windows.
var pieces = []string{
	"缺钱的来，有手机卡的联系我，日结", "押单押双都行，输赢当场红包结清", "懂的加我，货到付款，别问是什么", "点击链接填写卡号和验证码",
	"社区明天停水，请提前储水", "民警提醒，不要轻信陌生来电", "工会组织职工体检", "今天天气很好", "长", "a", "1", "，", "。", "！", "\n", "\n\n", "　", "😀", "\u200b", "\xff", "\xe8",
	strings.Repeat("一段很长而没有句号的话", 30),
}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "text"), "")
}

// drawSignals draws signals whose ends ascend.
func drawSignals(t *rapid.T, text string) (all []Signal) {
	names := append([]string{"term:none", "kind:unknown"}, starter(t).header.Signals...)
	for end := 1; end <= len(text); end += rapid.IntRange(1, 60).Draw(t, "step") {
		all = append(all, Signal{Start: int64(end - 1), End: int64(end), Name: rapid.SampledFrom(names).Draw(t, "signal")})
	}
	return all
}

func starter(t require.TestingT) *Model {
	m, err := Default()
	require.NoError(t, err)
	return m
}

// Any chunking of a text gives the judgements of the whole, and what ends
// before Certain was given.
func TestChunks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, m := drawText(t), starter(t)
		signals := drawSignals(t, text)
		want := m.FindAll(text, signals)
		s := m.NewStream()
		var got []Judgement
		next := 0
		for at := 0; at < len(text); {
			n := min(len(text)-at, rapid.IntRange(1, 90).Draw(t, "chunk"))
			at += n
			// Signals come late, but before what is said to be certain.
			certain := max(0, at-rapid.IntRange(0, 40).Draw(t, "late"))
			from := next
			for next < len(signals) && signals[next].End <= int64(certain) {
				next++
			}
			before := s.Certain()
			more := s.Append(nil, []byte(text[at-n:at]), signals[from:next], int64(certain))
			for _, j := range more {
				require.Greater(t, j.End, before)
			}
			got = append(got, more...)
		}
		got = append(got, s.Flush(nil, signals[next:])...)
		require.Equal(t, want, got)
	})
}

// A judgement is a window of the text, and its evidence stands in it.
func TestJudgements(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		text, m := drawText(t), starter(t)
		end := int64(0)
		for _, j := range m.FindAll(text, nil) {
			found++
			require.GreaterOrEqual(t, j.Start, end)
			end = j.End
			require.Equal(t, text[j.Start:j.End], j.Text)
			require.Contains(t, m.Categories(), j.Category)
			require.True(t, j.Confidence > 0 && j.Confidence < 1)
			require.LessOrEqual(t, len(j.Evidence), maxEvidence)
			for _, e := range j.Evidence {
				require.Positive(t, e.Weight)
				if e.Signal == "" {
					require.Contains(t, j.Folded, e.Text)
				}
			}
		}
	})
	require.Positive(t, found)
}

// What the starter model is for.
func TestStarter(t *testing.T) {
	m := starter(t)
	require.NotEmpty(t, m.FindAll("缺钱的来，有手机卡的联系我，日结，懂的加我，别外传。", nil))
	require.Empty(t, m.FindAll("社区工会定于周六上午组织职工体检，请携带身份证到一楼大厅报名。", nil))
	data, err := m.File()
	require.NoError(t, err)
	require.Less(t, len(data), MaxFileBytes)
	require.Equal(t, starterFile, data)
}

// A place that must not be repeated is never evidence.
func TestPrivate(t *testing.T) {
	m := starter(t)
	text := "缺钱的来，有手机卡的联系我，日结，懂的加我，别外传。"
	start := int64(strings.Index(text, "手机卡"))
	spread := []Signal{{Start: 0, End: int64(len(text)), Name: "kind:unknown", Private: true}}
	for _, j := range m.FindAll(text, spread) {
		for _, e := range j.Evidence {
			require.NotEmpty(t, e.Signal)
		}
	}
	one := []Signal{{Start: start, End: start + int64(len("手机卡")), Name: "kind:unknown", Private: true}}
	judged := m.FindAll(text, one)
	require.NotEmpty(t, judged)
	for _, e := range judged[0].Evidence {
		require.NotContains(t, e.Text, "手机")
	}
}

// rows are small data that can be learned: harmful rows of two categories from
// two voices, and harmless ones.
func rows(n int) (all []Example) {
	rng := rand.New(rand.NewPCG(1, 1))
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	for i := range n {
		source := fmt.Sprintf("voice%d", i%2)
		add := func(category, text string) {
			all = append(all, Example{Row: Row{fmt.Sprintf("%s第%d号", text, i), category, source}, Signals: nil})
		}
		add("gambling_fraud", pick("押单押双", "开台下注", "今晚有局", "稳赚不赔")+pick("的来", "速来", "懂的来")+pick("，当场结清", "，红包结算"))
		add("contraband", pick("到货了", "有货", "好东西")+pick("，夜里自取", "，老地方")+pick("，别问", "，懂的懂"))
		add("", pick("社区", "工会", "学校")+pick("组织体检", "举办讲座", "通知开会")+pick("，请带证件", "，欢迎参加"))
		add("", pick("民警提醒", "谨防上当", "不要轻信")+pick("押单押双", "稳赚不赔", "到货了")+"的消息")
	}
	return all
}

// The same rows and options give the same bytes, whatever the order of the rows.
func TestTrainIsDeterministic(t *testing.T) {
	all := rows(40)
	a, err := Train(all, TrainOptions{Version: "1"})
	require.NoError(t, err)
	rand.New(rand.NewPCG(7, 7)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	b, err := Train(all, TrainOptions{Version: "1"})
	require.NoError(t, err)
	first, err := a.File()
	require.NoError(t, err)
	second, err := b.File()
	require.NoError(t, err)
	require.Equal(t, first, second)
	c, err := Train(all, TrainOptions{Version: "1", Seed: 5})
	require.NoError(t, err)
	third, err := c.File()
	require.NoError(t, err)
	require.NotEqual(t, first, third)
	require.Equal(t, []string{"voice0", "voice1"}, a.Sources())
	require.Equal(t, []string{"contraband", "gambling_fraud"}, a.Categories())
	require.Equal(t, 160, a.Rows())
}

// What was learned is found in a voice that was not learned from, and the false
// findings stay near what was asked for.
func TestLeaveOneSourceOut(t *testing.T) {
	outcomes, err := LeaveOneSourceOut(rows(40), TrainOptions{})
	require.NoError(t, err)
	r := Measured(outcomes)
	require.Equal(t, 80, r.Harmful)
	require.Greater(t, share(r.ModelAny, r.Harmful), 0.8)
	require.Less(t, share(r.ModelFalse, r.Harmless), 0.1)
	require.Len(t, r.Sources, 2)
	var md, svg strings.Builder
	require.NoError(t, r.Markdown(&md))
	require.Contains(t, md.String(), "| gambling_fraud 赌博诈骗 | 40 |")
	require.NoError(t, r.SVG(&svg))
	require.Contains(t, svg.String(), "</svg>")

	folds, err := CrossValidate(rows(40), TrainOptions{Folds: 4})
	require.NoError(t, err)
	require.Len(t, folds, 160)
}

func TestTrainErrors(t *testing.T) {
	one := rows(20)
	for i := range one {
		one[i].Source = "same"
	}
	_, err := LeaveOneSourceOut(one, TrainOptions{})
	require.ErrorContains(t, err, "rows of 1 source, want two or more")
	for want, do := range map[string]func() error{
		"no category has 10 rows": func() error {
			_, err := Train(rows(40)[2:3], TrainOptions{})
			if err == nil {
				return nil
			}
			var harmless []Example
			for _, e := range rows(40) {
				if e.Category == "" {
					harmless = append(harmless, e)
				}
			}
			_, err = Train(harmless, TrainOptions{})
			return err
		},
		"got 1 harmless rows, want 10": func() error { _, err := Train(rows(40)[2:3], TrainOptions{}); return err },
		"FalseRate: want a number between 0 and 1, got 2": func() error {
			_, err := Train(rows(20), TrainOptions{FalseRate: 2})
			return err
		},
		"Folds: want 2 or more, got 1": func() error { _, err := Train(rows(20), TrainOptions{Folds: 1}); return err },
		"Epochs and MinRows":           func() error { _, err := Train(rows(20), TrainOptions{Epochs: -1}); return err },
	} {
		require.ErrorContains(t, do(), want)
	}
}

// A file that is damaged anywhere is refused.
func TestDamagedFile(t *testing.T) {
	m, err := Train(rows(12), TrainOptions{})
	require.NoError(t, err)
	data, err := m.File()
	require.NoError(t, err)
	again, err := Read(data)
	require.NoError(t, err)
	require.Equal(t, m.header, again.header)
	text := "押单押双的来，当场结清第3号"
	require.Equal(t, m.FindAll(text, nil), again.FindAll(text, nil))
	rapid.Check(t, func(t *rapid.T) {
		bad := append([]byte(nil), data...)
		if rapid.Bool().Draw(t, "cut") {
			bad = bad[:rapid.IntRange(0, len(bad)-1).Draw(t, "length")]
		} else {
			bad[rapid.IntRange(0, len(bad)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
		}
		_, err := Read(bad)
		require.Error(t, err)
	})
	_, err = Read(make([]byte, MaxFileBytes+1))
	require.ErrorContains(t, err, "want at most")
}

// Own sums of exponentials, which are the same on every machine, are those of
// package math.
func TestSigmoid(t *testing.T) {
	for x := -39.0; x < 39; x += 0.37 {
		require.InEpsilon(t, 1/(1+math.Exp(-x)), sigmoid(x), 1e-13)
	}
	require.Equal(t, sigmoid(40), sigmoid(1e9))
}

// Windows follow each other, on character boundaries, and are no longer than
// they may be.
func TestWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		end := int64(0)
		for _, w := range Windows(text) {
			require.GreaterOrEqual(t, w.Start, end)
			require.Greater(t, w.End, w.Start)
			require.LessOrEqual(t, w.End-w.Start, int64(maxRunes*utf8.UTFMax))
			end = w.End
		}
		require.LessOrEqual(t, end, int64(len(text)))
	})
}

// FuzzRead: whatever the file, Read fails or gives a model that can judge.
func FuzzRead(f *testing.F) {
	m, err := Train(rows(12), TrainOptions{})
	require.NoError(f, err)
	data, err := m.File()
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := Read(data); err == nil {
			m.FindAll("押单押双的来，当场结清", nil)
		}
	})
}

// The sums of a window are those that adding up gram by gram gives, also where
// there are more grams than a lane holds, and what was added for one window is
// not there in the next.
func TestSums(t *testing.T) {
	slow := func(j *judge, words bool) []int32 {
		sums := make([]int32, len(j.m.header.Classes))
		known := j.known(func(_ gram, weights []int8) {
			for c, w := range weights {
				sums[c] += int32(w)
			}
		})
		j.newWindow()
		j.reading.grams(known)
		if words {
			j.reading.words(j.m.words, known)
		}
		return sums
	}
	many, err := Train(rows(40), TrainOptions{})
	require.NoError(t, err)
	most, known := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		for _, m := range []*Model{starter(t), many} {
			j := m.newJudge()
			for range 3 {
				text := drawText(t) + string(rapid.SliceOfN(rapid.RuneFrom(nil, unicode.Han), 0, 30).Draw(t, "more"))
				all := make([]float64, len(m.header.Classes))
				j.score(text, nil, all)
				most = max(most, len(j.reading.codes)*maxGram)
				got := slices.Clone(j.sums)
				want := slow(j, true)
				require.Equal(t, want, got)
				for _, n := range want {
					known += int(n)
				}
			}
		}
	})
	require.Greater(t, most, laneGrams)
	require.NotZero(t, known)
}

// Signals are sorted as package slices sorts them.
func TestSortSignals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Signal {
			n := rapid.Int64Range(0, 9)
			return Signal{Start: n.Draw(t, "start"), End: n.Draw(t, "end"), Name: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "name")}
		})).Draw(t, "signals")
		want := slices.Clone(got)
		slices.SortStableFunc(want, func(a, b Signal) int { return compareSignals(&a, &b) })
		sortSignals(got)
		require.Equal(t, want, got)
	})
}

// Usual characters are read as any other.
func TestUsual(t *testing.T) {
	table := codes()
	n := 0
	check := func(s string) {
		if isUsual(s) {
			n++
			k, width := next(table, s)
			require.Equal(t, k, table[usual(s)], "%q", s)
			require.Equal(t, width, 3, "%q", s)
		}
	}
	for r := range rune(utf8.MaxRune + 1) {
		check(string(r) + "x")
	}
	for lead := range 256 {
		for _, rest := range []string{"\x80\x80", "\x80", "\xBF\xBF", "\xC0\x80", "\x80\xC0", "\x7F\x80", "\x80\x7F"} {
			check(string([]byte{byte(lead)}) + rest)
		}
	}
	require.Greater(t, n, 40_000)
}
