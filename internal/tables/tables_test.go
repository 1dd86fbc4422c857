package tables

import (
	"iter"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// everyRune yields the code points, and some values beside them.
func everyRune() iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for r := rune(-2); r <= unicode.MaxRune+2; r++ {
			if !yield(r) {
				return
			}
		}
	}
}

// classes returns the classes of two and more runes by their roots.
func classes() map[rune][]rune {
	m := map[rune][]rune{}
	for r := range Folded() {
		root := Root(r)
		if m[root] == nil {
			m[root] = []rune{root}
		}
		m[root] = append(m[root], r)
	}
	return m
}

func TestParent(t *testing.T) {
	// Each row is the way of its first rune to the root, with the kinds.
	for _, row := range []string{
		"Ａ Width A Case a",
		"ａ Width a",
		"＊ Width *",
		"﹡ Width *",
		"\u3000 Width \u0020",
		"ｱ Width ア",
		"\u212A Case k", // Kelvin sign
		"ſ Case s",
		"ß Confusable b",
		"𝐀 Styled A Case a",
		"ⓐ Styled a",
		"🅰 Styled A Case a",
		"🇦 Styled A Case a",
		"⒜ Styled a",
		"ᴀ Styled a",
		"ꜰ Styled f",
		"é Styled e",
		"ō Styled o",
		"ḱ Styled k",
		"đ Confusable d",
		"ø Confusable o",
		"ł Confusable l",
		"ı Confusable i",
		"а Confusable a", // Cyrillic from here
		"А Confusable A Case a",
		"В Confusable B Case b",
		"в Case В Confusable B Case b",
		"ё Styled е Confusable e",
		"І Confusable I Case i",
		"і Confusable i",
		"п Confusable n",
		"α Confusable a", // Greek
		"ο Confusable o",
		"ν Confusable v",
		"Ν Confusable N Case n",
		"ω Confusable w",
		"ɡ Confusable g",
		"Ꭺ Confusable A Case a", // Cherokee
		"ո Confusable n",        // Armenian
		"ꓐ Confusable B Case b", // Lisu
		"① Styled 1",
		"⑴ Styled 1",
		"⒈ Styled 1",
		"❶ Styled 1",
		"⓪ Styled 0",
		"⓿ Styled 0",
		"² Styled 2",
		"㊀ Styled 一 Numeral 1",
		"㈠ Styled 一 Numeral 1",
		"壹 Numeral 1",
		"貳 Traditional 贰 Numeral 2",
		"叄 Traditional 叁 Numeral 3",
		"〇 Numeral 0",
		"〣 Numeral 3",
		"Ⅲ Numeral 3",
		"ⅸ Numeral 9",
		"Ⅹ Styled X Case x",
		"٣ Numeral 3",
		"༣ Numeral 3",
		"發 Traditional 发",
		"髮 Traditional 发",
		"臺 Traditional 台",
		"裏 Traditional 里",
		"羣 Traditional 群",
		"喫 Traditional 吃",
		"乾 Traditional 干",
		"⽺ Styled 羊",
		"\uFA1E Styled 羽",
		"⾒ Styled 見 Traditional 见",
		"⻅ Confusable 见",
		"㊙ Styled 秘",
		"🈲 Styled 禁",
		"ニ Confusable 二 Numeral 2",
		"ﾆ Width ニ Confusable 二 Numeral 2",
		"エ Confusable 工",
		"ロ Confusable 口",
		"ㄚ Confusable 丫",
		"a", "1", "发", "参", "十", "两", "幺", "著", "着", "口", "囗", "土", "士", "·", "—", "○", "\uFE0E",
		"ا", "ه", // right-to-left letters do not fold
	} {
		t.Run(row, func(t *testing.T) {
			want := strings.Split(strings.ReplaceAll(row, "\u0020\u0020", "\u0020\uFFFF"), " ")
			for i, s := range want {
				want[i] = strings.ReplaceAll(s, "\uFFFF", " ")
			}
			r, _ := utf8.DecodeRuneInString(want[0])
			got := []string{string(r)}
			for {
				p, k := Parent(r)
				if k == None {
					require.Equal(t, r, p, "a root is its own parent")
					break
				}
				got = append(got, k.String(), string(p))
				r = p
			}
			require.Equal(t, want, got)
		})
	}
	p, k := Parent('裡')
	require.Equal(t, Traditional, k)
	require.Contains(t, "里裏", string(p))
	require.Equal(t, '里', Root('裡'))
}

func TestPath(t *testing.T) {
	for _, c := range []struct {
		a, b rune
		want string // None,false is "-"
	}{
		{'發', '髮', "Traditional"},
		{'发', '发', "None"},
		{'Ⅲ', '叁', "Numeral"},
		{'㊂', '叁', "Styled|Numeral"},
		{'Ａ', 'A', "Width"},
		{'Ａ', 'ａ', "Width|Case"},
		{'А', 'а', "Case|Confusable"},
		{'﹡', '＊', "Width"},
		{'\u00A0', '\u3000', "Width"},
		{'发', '花', "-"},
		{'0', 'O', "-"},
		{'1', 'l', "-"},
		{'-', '—', "-"},
		{-1, -1, "None"},
		{-1, 'a', "-"},
		{0xD800, unicode.ReplacementChar, "-"},
	} {
		for _, x := range [][2]rune{{c.a, c.b}, {c.b, c.a}} {
			ks, ok := Path(x[0], x[1])
			if c.want == "-" {
				require.False(t, ok, "Path(%U, %U)", x[0], x[1])
				require.Zero(t, ks, "Path(%U, %U)", x[0], x[1])
				continue
			}
			require.True(t, ok, "Path(%U, %U)", x[0], x[1])
			require.Equal(t, c.want, ks.String(), "Path(%U, %U)", x[0], x[1])
		}
	}
}

func TestClassOf(t *testing.T) {
	for class, list := range map[Class]string{
		Han:       "发發〇一壹㐀𠀀\uFA0C\uF900\U0002F800⼀⺌㇐㊙㊊🈲〸",
		Letter:    "aZéаאあアー々〆가ʰªⓐⒶ⒜🅰🇨ᴀⅹー㋐ﾞ",
		Digit:     "09٣１①❶⑴⒈㊀㈠⑩½Ⅻⅲ²₂〡",
		Blank:     " \t\u00A0\u1680\u2000\u200A\u202F\u205F\u3000\u2800\u3164\u115F\u1160\uFFA0",
		Newline:   "\n\v\f\u0085\u2028\u2029",
		Invisible: "\r\x00\x1b\u007F\u00AD\u034F\u0301\u20E3\u061C\u180B\u180E\u200B\u200D\u200F\u202E\u2060\u2066\uFE0F\uFEFF\uFFF9\u2065\U000E0041\U000E0100",
		Mark:      "*-_.·|/\\+=~@#$%^&`…—–․・‧•●○★→═█😀🏻👍🆎〃※℃™°′＊．～￥￣\U0001FAFF\U0001F0FF",
		Clause:    "，。！？；：、,;:!?｡､﹐﹑﹒﹔﹕﹖﹗（）()[]【】{}「」『』《》〈〉“”‘’\"'<>＂＇＜＞〔〕〖〗«»‹›‼⁉؟།",
		Other:     "\uE000\U000F0000\U0010FFFF\u0378\u0903\uFDD0\U0001FC00\uFFFD",
	} {
		for _, r := range list {
			require.Equal(t, class, ClassOf(r), "%U %c: %s, want %s", r, r, ClassOf(r), class)
		}
	}
	for _, r := range []rune{-1, 0xD800, 0xDFFF, unicode.MaxRune + 1} {
		require.Equal(t, Other, ClassOf(r), "%U", r)
	}
}

func TestNames(t *testing.T) {
	require.Equal(t, "Confusable", Confusable.String())
	require.Equal(t, "Kind(?)", (Confusable + 1).String())
	require.Equal(t, "Clause", Clause.String())
	require.Equal(t, "Class(?)", (Clause + 1).String())
	require.Equal(t, "Width|Numeral", (Kinds(1)<<Width | 1<<Numeral).String())
	require.Equal(t, "None", Kinds(0).String())
	require.False(t, Kinds(0).Has(None))
}

// Every chain ends in its root, and both iterators say what the lookups say.
func TestForest(t *testing.T) {
	nextFolded, stop := iter.Pull(Folded())
	defer stop()
	nextIgnorable, stop2 := iter.Pull2(Ignorable())
	defer stop2()
	folded, ignorable, deepest := 0, 0, 0
	for r := range everyRune() {
		p, k := Parent(r)
		require.Equal(t, k == None, p == r, "%U: parent %U by %s", r, p, k)
		if k != None {
			folded++
			got, ok := nextFolded()
			require.True(t, ok && got == r, "Folded: %U, want %U", got, r)
			depth := 1
			for ; ; depth++ {
				require.LessOrEqual(t, depth, maxDepth, "%U: no root within %d steps", r, maxDepth)
				var up Kind
				q := p
				if p, up = Parent(p); up == None {
					require.Equal(t, q, Root(r), "%U", r)
					break
				}
			}
			deepest = max(deepest, depth)
		} else {
			require.Equal(t, r, Root(r), "%U", r)
		}
		if c := ClassOf(r); c >= Blank {
			ignorable++
			got, class, ok := nextIgnorable()
			require.True(t, ok && got == r && class == c, "Ignorable: %U %s, want %U %s", got, class, r, c)
		}
	}
	_, more := nextFolded()
	require.False(t, more)
	_, _, more = nextIgnorable()
	require.False(t, more)
	require.Equal(t, maxDepth, deepest)
	require.Greater(t, folded, 9000)
	require.Greater(t, ignorable, 10000)
}

// A class is represented by its lower-case ASCII letter, else its ASCII digit,
// else an ideograph, else its lowest rune.
func TestRoots(t *testing.T) {
	for root, runes := range classes() {
		low, ideograph := root, false
		stable := norm.NFKC.IsNormalString(string(root))
		for _, r := range runes {
			if norm.NFKC.IsNormalString(string(r)) == stable {
				low = min(low, r)
			}
			require.True(t, stable || !norm.NFKC.IsNormalString(string(r)), "root of %U is %U", r, root)
			ideograph = ideograph || unicode.Is(unicode.Unified_Ideograph, r)
			if r < utf8.RuneSelf {
				require.True(t, root < utf8.RuneSelf, "root of %U is %U", r, root)
				require.Equal(t, unicode.ToLower(r), root, "root of %U", r)
			}
		}
		switch {
		case root < utf8.RuneSelf:
		case ideograph:
			require.True(t, unicode.Is(unicode.Unified_Ideograph, root), "root of a class with ideographs is %U", root)
		default:
			require.Equal(t, low, root, "root is not the lowest, %U", low)
		}
	}
}

// No fold leads into the ignorable classes or out of them, and among them only
// Width. So whether a rune is passed over does not depend on its folds.
func TestIgnorableFolds(t *testing.T) {
	for r := range Folded() {
		p, k := Parent(r)
		if ClassOf(r) >= Blank || ClassOf(p) >= Blank {
			require.Equal(t, Width, k, "%U to %U", r, p)
			require.True(t, ClassOf(r) >= Blank && ClassOf(p) >= Blank, "%U %s to %U %s", r, ClassOf(r), p, ClassOf(p))
			if r != '﹒' { // the small full stop ends a sentence, U+002E need not
				require.Equal(t, ClassOf(p), ClassOf(r), "%U to %U", r, p)
			}
		}
	}
	require.NotEqual(t, ClassOf('.'), ClassOf('﹒'), "the exception is not needed")
}

func TestASCII(t *testing.T) {
	for a := rune(0); a < utf8.RuneSelf; a++ {
		require.Equal(t, unicode.ToLower(a), Root(a), "%U", a)
	}
}

// gb2312 decodes levels 1 and 2 of GB 2312 from HZ, its 7-bit encoding.
func gb2312(t *testing.T) []rune {
	var runes []rune
	dec := simplifiedchinese.HZGB2312.NewDecoder()
	for row := byte(16); row <= 87; row++ {
		for col := byte(1); col <= 94; col++ {
			if row == 55 && col > 89 {
				continue
			}
			s, err := dec.String(string([]byte{'~', '{', 0x20 + row, 0x20 + col, '~', '}'}))
			require.NoError(t, err)
			r := []rune(s)
			require.Len(t, r, 1)
			require.True(t, unicode.Is(unicode.Unified_Ideograph, r[0]), "%U at row %d, column %d", r[0], row, col)
			runes = append(runes, r[0])
		}
	}
	require.Len(t, runes, 6763)
	return runes
}

// Two characters that simplified Chinese tells apart do not share a root.
func TestGB2312(t *testing.T) {
	exceptions := map[string]bool{}
	for _, pair := range strings.Fields("" +
		// a digit and its banker's form
		"一壹 二贰 三叁 四肆 五伍 六陆 七柒 八捌 九玖 " +
		// pairs of TSCharacters whose traditional side GB 2312 has too
		"么麽 于於 伙夥 后後 咤吒 夹袷 干乾 征徵 折摺 拼拚 挨捱 曲麴 烟菸 矩榘 糖醣 苔薹") {
		exceptions[pair] = false
	}
	by := map[rune][]rune{}
	for _, r := range gb2312(t) {
		by[Root(r)] = append(by[Root(r)], r)
	}
	for root, runes := range by {
		for i, a := range runes {
			for _, b := range runes[i+1:] {
				ks, ok := Path(a, b)
				require.True(t, ok, "%U and %U", a, b)
				pair, known := string([]rune{a, b}), false
				for _, p := range []string{pair, string([]rune{b, a})} {
					if _, ok := exceptions[p]; ok {
						exceptions[p], known = true, true
					}
				}
				require.True(t, known, "%U and %U (%s) both fold to %U, by %s", a, b, pair, root, ks)
			}
		}
	}
	for pair, seen := range exceptions {
		require.True(t, seen, "exception %s is stale", pair)
	}
}

func FuzzPath(f *testing.F) {
	// Path is an equivalence with a tree's metric: it is reflexive, symmetric
	// and transitive, and the way from a to c needs no kind that the ways over
	// b do not need.
	for _, s := range [][3]rune{{'發', '发', '髮'}, {'А', 'a', 'ａ'}, {'㊂', 'Ⅲ', '叁'}, {'a', 'b', 'c'}, {-1, 0, unicode.MaxRune + 1}} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(checkPath)
}

func checkPath(t *testing.T, a, b, c rune) {
	self, ok := Path(a, a)
	require.True(t, ok && self == 0, "Path(%U, %U) is %s", a, a, self)
	ab, okAB := Path(a, b)
	ba, okBA := Path(b, a)
	require.Equal(t, okAB, okBA, "%U, %U", a, b)
	require.Equal(t, ab, ba, "%U, %U", a, b)
	require.Equal(t, Root(a) == Root(b), okAB, "%U, %U", a, b)
	require.False(t, ab.Has(None), "%U, %U", a, b)
	bc, okBC := Path(b, c)
	ac, okAC := Path(a, c)
	if okAB && okBC {
		require.True(t, okAC, "%U, %U, %U", a, b, c)
		require.Zero(t, ac&^(ab|bc), "%U, %U, %U: %s, over the second %s", a, b, c, ac, ab|bc)
	}
}

// The law of FuzzPath within classes, where random runes seldom meet.
func TestPathWithinClasses(t *testing.T) {
	for root, runes := range classes() {
		for i, a := range runes {
			checkPath(t, a, root, runes[(i+1)%len(runes)])
			checkPath(t, a, runes[(i+3)%len(runes)], runes[(i+7)%len(runes)])
		}
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	require.Zero(t, testing.AllocsPerRun(100, func() {
		Parent('發')
		Root('ﾆ')
		Path('發', '髮')
		ClassOf('發')
		HasReading('绿', "lu")
	}))
}
