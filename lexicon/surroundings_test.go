package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/review"
)

func TestSurroundings(t *testing.T) {
	l := compiled(t, header+
		"刷单返利,gambling_fraud,,,,,,,,,\n"+
		"代替药物治疗,superstition_pseudomedicine,,,,,,,,,\n"+
		"国家卫生计生委,political_terms,,,国家卫生健康委,,,,,2018-03-17,\n"+
		"共商国事,political_terms,,,共商国是,,,,,,\n"+
		"内部资料,secrecy,,,,,,,,,\n"+
		"傻子,abuse_discrimination,,,,,,,,,\n", "")
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"publicity", "警方提醒，刷单返利就是诈骗", []string{"刷单返利=刷单返利 lowered:publicity"}},
		{"publicity in another sentence", "警方提醒。刷单返利日结", []string{"刷单返利=刷单返利"}},
		{"nobody disguises what he warns of", "警惕，刷*单 返利", []string{"刷单返利=刷*单 返利 noise"}},
		{"traditional script is no disguise", "警惕刷單返利", []string{"刷单返利=刷單返利 traditional lowered:publicity"}},
		{"a word across the edge", "保健食品不能代替药物治疗", []string{"代替药物治疗=代替药物治疗 lowered:publicity"}},
		{"title of a work", "《刷单返利》展映", []string{"刷单返利=刷单返利 lowered:publicity"}},
		{"the name as it was", "原国家卫生计生委", []string{"国家卫生计生委=国家卫生计生委 lowered:history"}},
		{"the name as it was, quoted", "原“国家卫生计生委”", []string{"国家卫生计生委=国家卫生计生委 lowered:history"}},
		{"an office held then", "时任国家卫生计生委主任", []string{"国家卫生计生委=国家卫生计生委 lowered:history"}},
		{"a year before", "国家卫生计生委2014年5月发文", []string{"国家卫生计生委=国家卫生计生委 lowered:history"}},
		{"a month before", "国家卫生计生委2018年2月发文", []string{"国家卫生计生委=国家卫生计生委 lowered:history"}},
		{"a month after", "国家卫生计生委2018年4月发文", []string{"国家卫生计生委=国家卫生计生委"}},
		{"the nearer year counts", "2014年立项，2023年国家卫生计生委发文", []string{"国家卫生计生委=国家卫生计生委"}},
		{"a number is no year", "国家卫生计生委2014号", []string{"国家卫生计生委=国家卫生计生委"}},
		{"what was never right", "2014年，他们共商国事", []string{"共商国事=共商国事"}},
		{"teaching", "培训讲解“内部资料”的标注", []string{"内部资料=内部资料 lowered:teaching"}},
		{"a wrong form is corrected", "“共商国事”应为“共商国是”", []string{"共商国事=共商国事 lowered:teaching"}},
		{"nothing to correct", "傻子应为侮辱用语", []string{"傻子=傻子"}},
		{"a category without such words", "不得说傻子", []string{"傻子=傻子"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			hits := l.FindAll(tt.text, Scene{})
			require.Equal(t, tt.want, show(hits))
			for _, h := range hits {
				if h.Reason != "" {
					require.Equal(t, review.ActionNote, h.Action)
				}
			}
		})
	}
}

// A row sets its own words, or none, over those of the category and the pack.
func TestLowerOfRow(t *testing.T) {
	l := compiled(t, "term,category,lower\n刷单返利,gambling_fraud,展板 | 讲解\n安全账户,gambling_fraud,none\n稳赚不赔,gambling_fraud,\n", "")
	for text, want := range map[string]string{
		"警方：刷单返利":  "刷单返利=刷单返利",
		"展板上的刷单返利": "刷单返利=刷单返利 lowered:publicity",
		"警方的安全账户":  "安全账户=安全账户",
		"警方：稳赚不赔":  "稳赚不赔=稳赚不赔 lowered:publicity",
	} {
		require.Equal(t, []string{want}, show(l.FindAll(text, Scene{})), text)
	}
}

// The words that speak of wording are in the form that they are compared in.
func TestCorrecting(t *testing.T) {
	for _, w := range correcting {
		require.Equal(t, w, nearForm(w))
	}
}

// A pack sets its own words for a category, or none.
func TestLowerOfPack(t *testing.T) {
	fsys := fstest.MapFS{
		"pack.yaml": {Data: []byte("id: test\nversion: 1.0.0\ncategories:\n" +
			"  gambling_fraud: {lower: 宣传栏 | 展板}\n  contraband: {lower: none}\n  x_house: {lower: 旧稿}\n")},
		"terms/terms.csv": {Data: []byte("term,category\n刷单返利,gambling_fraud\n气枪铅弹,contraband\n本院口号,x_house\n")},
	}
	p, err := ReadPack(fsys)
	require.NoError(t, err)
	l, err := Compile([]*Pack{p}, Options{})
	require.NoError(t, err)
	for text, want := range map[string]string{
		"警惕刷单返利":   "刷单返利=刷单返利",
		"展板：刷单返利":  "刷单返利=刷单返利 lowered:publicity",
		"严禁气枪铅弹":   "气枪铅弹=气枪铅弹",
		"旧稿中的本院口号": "本院口号=本院口号 lowered:publicity",
	} {
		require.Equal(t, []string{want}, show(l.FindAll(text, Scene{})), text)
	}
}

// What is remembered of a text, and the pairs in it, only save work: bounds,
// form and words are the same without.
func TestSettingsAreNaive(t *testing.T) {
	naiveForm := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			if near := nearRune(r); near != dropped {
				b.WriteRune(near)
			}
		}
		return b.String()
	}
	letter := rapid.OneOf(rapid.SampledFrom([]rune("警惕方提醒诈骗詐ａA9 ，\u200b\u0301。\n𠮷😀\uFFFD")), rapid.Rune())
	piece := rapid.OneOf(rapid.StringOfN(letter, 1, 8, -1), rapid.SampledFrom([]string{"\xE8a", "\x80", strings.Repeat("长", contextBytes/3)}))
	rapid.Check(t, func(t *rapid.T) {
		var s settings
		pieces := rapid.SliceOfN(piece, 1, 40).Draw(t, "pieces")
		whole := strings.Join(pieces, "")
		var list nearWords
		for _, w := range rapid.SliceOfN(rapid.StringOfN(letter, 1, 3, -1), 1, 6).Draw(t, "words") {
			if nearForm(w) != "" {
				list.add(w)
			}
		}
		hit := 0
		for k := range pieces {
			start, end := hit, hit+len(pieces[k])
			hit = end
			base := 0 // what a stream still holds
			if rapid.Bool().Draw(t, "cut") {
				base = runeStart(whole, start-contextBytes-utf8.UTFMax)
			}
			text := whole[base:]
			start, end = start-base, end-base
			before, after := text[runeStart(text, start-contextBytes):start], text[end:runeStart(text, end+contextBytes)]
			left, right := sentence(before, after)

			lo, hi := s.sentence(text, int64(base), start, end)
			require.Equal(t, left, text[lo:start])
			require.Equal(t, right, text[end:hi])

			here := s.of(text, int64(base), lo, start, end, hi)
			left, right = naiveForm(left), naiveForm(right)
			form := naiveForm(text[lo:hi])
			require.Equal(t, form, string(here.form))
			require.Equal(t, naiveForm(text[lo:end]), string(here.form[:here.end]))
			require.Equal(t, left, string(here.form[:here.start]))
			inHit := string(here.form[here.start:here.end])
			first := func(ok func(string) bool) string {
				for _, w := range list.words {
					if ok(w.text) {
						return w.text
					}
				}
				return ""
			}
			got, _ := here.first(list)
			require.Equal(t, first(func(w string) bool { return strings.Contains(form, w) }), got)
			got, _ = here.outside(list)
			require.Equal(t, first(func(w string) bool { return strings.Contains(form, w) && !strings.Contains(inHit, w) }), got)
			require.Equal(t, first(func(w string) bool { return strings.Contains(left, w) || strings.Contains(right, w) }) != "", here.beside(list))
		}
	})
}

// Ends of sentences are found by their bytes, in any bytes.
func TestSentenceEnd(t *testing.T) {
	piece := rapid.SampledFrom([]string{"。", "！", "？", "；", "!", "?", ";", "\n", "\u2028", "\u2029", "一", "𠮷", "A",
		"\xE3", "\x80", "\x82", "\xE3\x80", "\xEF\xBC", "\x81", "\x9F", "\x9B", "\xE2", "\xA8", "\xA9", "\xF0", "\xF0\x9F", "\xC3"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "")
		require.Equal(t, strings.IndexFunc(text, endsSentence), sentenceEnd(text))
		require.Equal(t, strings.LastIndexFunc(text, endsSentence), lastSentenceEnd(text))
	})
}
