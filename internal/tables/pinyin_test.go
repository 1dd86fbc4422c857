package tables

import (
	"testing"
	"unicode/utf8"

	pinyin "github.com/mozillazg/go-pinyin"
	"github.com/stretchr/testify/require"
)

func TestStripTone(t *testing.T) {
	for s, want := range map[string]string{
		"zhuǎn": "zhuan", "fā": "fa", "lǜ": "lv", "lü": "lv", "lüè": "lve", "zhuan3": "zhuan", "zhuan": "zhuan",
		"fà": "fa", "yù": "yu", "jié": "jie", "bào": "bao", "ā": "a", "ń": "n", "ḿ": "m", "zhuàng": "zhuang",
		"Zhuǎn": "zhuan", "ZHŌNG": "zhong", "LǙ": "lv", "lv4": "lv", "nv3": "nv",
		"fă": "fa", "lŏu": "lou", "shŭ": "shu", "nĭ": "ni", "gĕi": "gei", // breve for caron
		"fa\u0304": "fa", "zhua\u030Cn": "zhuan", "lu\u0308\u0300": "lv", "l\u00FC\u0300": "lv", "ni\u0306": "ni", "fa\u0301": "fa",
		"ɡōnɡ": "gong", "ɡuɑn": "guan", "qīnɡ": "qing",
	} {
		got, ok := StripTone(s)
		require.True(t, ok, "%+q", s)
		require.Equal(t, want, got, "%+q", s)
	}
	for _, s := range []string{
		"", "3", "zhuan6", "zhuan0", "zhuan33", "zhu3an", "zhuangs", "转", "ｆａ", "fa ", " fa", "f-a", "fê", "fâ", "fã",
		"\u0304", "\u0308", "z\u0304", "o\u0308", "ö", "а", "fa\u0302", "fa\u200B", "\xff", "fa\xff", "l\u0308",
	} {
		got, ok := StripTone(s)
		require.False(t, ok, "%+q gives %q", s, got)
		require.Empty(t, got)
	}
}

func TestHasReading(t *testing.T) {
	for _, c := range []struct {
		r        rune
		syllable string
		want     bool
	}{
		{'绿', "lv", true}, {'绿', "lu", true}, {'綠', "lv", true},
		{'路', "lu", true}, {'路', "lv", false},
		{'女', "nv", true}, {'女', "nu", true}, {'女', "ru", false}, // as in old books
		{'略', "lve", true}, {'略', "lue", true}, {'虐', "nue", true},
		{'行', "xing", true}, {'行', "hang", true}, {'行', "heng", false}, {'行', "xin", false},
		{'重', "chong", true}, {'重', "zhong", true},
		{'轉', "zhuan", true}, {'發', "fa", true}, {'布', "bu", true}, {'佈', "bu", true},
		{'服', "fu", true}, {'服', "bi", false}, {'越', "huo", false}, {'长', "chang", true}, {'佛', "fo", true}, {'卜', "bo", true},
		{'〇', "ling", true}, {'嗯', "ng", true},
		{'a', "a", false}, {'，', "dou", false}, {-1, "a", false}, {0xD800, "a", false}, {utf8.RuneError, "a", false},
		{'转', "", false}, {'转', "zhuanzhuanzhuan", false}, {'转', "ZHUAN", false}, {'转', "uuuuuuu", false},
	} {
		require.Equal(t, c.want, HasReading(c.r, c.syllable), "HasReading(%U, %q)", c.r, c.syllable)
	}
}

// The readings are those of go-pinyin, by its own way to drop the tones, but for those
// of frequent characters that are out of use.
func TestReadingsAll(t *testing.T) {
	args := pinyin.NewArgs()
	args.Style, args.Heteronym = pinyin.Normal, true
	want, dropped := 0, 0
	for c := range pinyin.PinyinDict {
		r := rune(c)
		seen := map[string]bool{}
		for _, s := range pinyin.SinglePinyin(r, args) {
			// go-pinyin leaves some letters as they are, as ê of 欸.
			plain, ok := StripTone(s)
			if !ok {
				plain, ok = map[string]string{"ê": "e", "ê̄": "e", "ê̌": "e", "ế": "e", "ề": "e"}[s]
			}
			require.True(t, ok, "%U: %+q", r, s)
			if !seen[plain] {
				seen[plain] = true
				if HasReading(r, plain) {
					want++
				} else {
					require.Greater(t, Frequency(r), 1e-5, "%c: %s", r, plain)
					dropped++
				}
			}
		}
		require.NotEmpty(t, Sounds(r), "%c", r)
	}
	require.Less(t, dropped, 1200)
	got := 0
	for i, e := range readings {
		require.True(t, i == 0 || readings[i-1].syllable < e.syllable, "%q is out of order", e.syllable)
		require.LessOrEqual(t, len(e.syllable), maxSyllable, "%q", e.syllable)
		last := rune(-1)
		for _, r := range e.runes {
			require.Greater(t, r, last, "%U in %q", r, e.syllable)
			last = r
			got++
		}
	}
	require.Equal(t, want, got, "number of readings")
	require.Greater(t, got, 49000)
}

func FuzzStripTone(f *testing.F) {
	// The result is one to six letters a to z; it is its own result; and case
	// and a tone digit change nothing.
	for _, s := range []string{"zhuǎn", "LǙ", "lu\u0308\u0300", "ni3", "轉", "\xff", "ɡōnɡ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := StripTone(s)
		if !ok {
			require.Empty(t, got)
			return
		}
		require.Regexp(t, "^[a-z]{1,6}$", got)
		for _, x := range []string{got, got + "4"} {
			again, ok := StripTone(x)
			require.True(t, ok, "%q", x)
			require.Equal(t, got, again)
		}
	})
}
