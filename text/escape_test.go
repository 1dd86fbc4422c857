package text

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestEscapes(t *testing.T) {
	b64 := base64.StdEncoding.EncodeToString([]byte("网上赌博"))
	for _, c := range []struct {
		name   string
		format Format
		src    string
		want   string
		part   string // of want
		source string // what it comes from
	}{
		{"percent", Plain, "去%E8%B5%8C%E5%8D%9A吧", "去赌博吧", "赌博", "%E8%B5%8C%E5%8D%9A"},
		{"one of two", Plain, "赌%E5%8D%9A", "赌博", "赌博", "赌%E5%8D%9A"},
		{"after it", Plain, "%E5%8D%9A彩网", "博彩网", "彩网", "彩网"},
		{"lower case", Plain, "%e8%b5%8c", "赌", "赌", "%e8%b5%8c"},
		{"ASCII stays", Plain, "a%20b%41", "a%20b%41", "%20", "%20"},
		{"half a character", Plain, "%E8%B5", "%E8%B5", "%E8", "%E8"},
		{"a percentage", Plain, "增长 50%，100%", "增长 50%，100%", "50%", "50%"},
		{"unicode", Plain, `\u8d4c\u535A网`, "赌博网", "赌博网", `\u8d4c\u535A网`},
		{"surrogates", Plain, `\ud83d\udc14巴`, "🐔巴", "🐔", `\ud83d\udc14`},
		{"a surrogate alone", Plain, `\ud83d巴`, `\ud83d巴`, "巴", "巴"},
		{"control", Plain, `\u000a`, `\u000a`, `\u`, `\u`},
		{"references in plain text", Plain, "&#36172;&#x535A;", "赌博", "博", "&#x535A;"},
		{"no semicolon", Plain, "&#36172 x", "&#36172 x", "x", "x"},
		{"base64", Plain, "密文 " + b64 + "！", "密文 网上赌博！", "赌博", b64},
		{"base64 without padding", Plain, strings.TrimRight(b64, "="), "网上赌博", "网上", strings.TrimRight(b64, "=")},
		{"a long word", Plain, "internationalization", "internationalization", "national", "national"},
		{"in HTML", HTML, "<p>去%E8%B5%8C<b>%E5%8D%9A</b></p>", "去赌博", "博", "%E5%8D%9A"},
		{"encoded twice is decoded once", Plain, "%26%2336172%3B", "%26%2336172%3B", "%26", "%26"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Extract(c.src, c.format)
			require.Equal(t, c.want, v.Text())
			i := strings.Index(v.Text(), c.part)
			require.GreaterOrEqual(t, i, 0)
			lo, hi := v.Source(i, i+len(c.part))
			require.Equal(t, c.source, c.src[lo:hi])
			_, encoded := v.Crosses(i, i+len(c.part))
			require.Equal(t, c.part != c.source && !strings.Contains(c.src, c.part), encoded)
		})
	}
	plain := "没有编码的文字 100% & C:\\users"
	require.Equal(t, plain, Extract(plain, Plain).Text())
}

// FuzzEscapes: decoding copies what it does not decode, and each visible byte has a
// source within the text.
func FuzzEscapes(f *testing.F) {
	f.Add("a%E8%B5%8C\\u8d4c&#36172;572R5LiK6LWM5Y2a<b>x</b>", uint8(0))
	f.Add("<p>&amp;%E8<b>%B5</b>%8C</p>", uint8(1))
	f.Fuzz(func(t *testing.T, src string, format uint8) {
		v := Extract(src, Format(format%3))
		last := 0
		for i := range v.Text() {
			_, w := utf8.DecodeRuneInString(v.Text()[i:])
			lo, hi := v.Source(i, i+w)
			require.True(t, 0 <= lo && lo <= hi && hi <= len(src))
			if format%3 == 0 {
				require.LessOrEqual(t, last, lo)
				last = lo
			}
			markedUp, encoded := v.Crosses(i, i+w)
			if format%3 == 0 && !encoded && !markedUp {
				require.Equal(t, v.Text()[i:i+w], src[lo:hi])
			}
		}
	})
}

// Reading eight bytes at a time finds the escapes that reading byte by byte
// finds.
func TestEscapesAreNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s string
		for _, part := range rapid.SliceOfN(rapid.SampledFrom([]string{
			"赌博", "%E8%B5%8C", "%20", `\u8d4c`, `\n`, "&#36172;", "&", "6LWM5Y2a5bmz5Y+w", "abc", "=", " ", "😀", "\xff", "%", "两",
		}), 0, 24).Draw(t, "parts") {
			s += part
		}
		var want []escape
		for i := 0; i < len(s); {
			if e, n := escapeAt(s, i); e.text != "" {
				want = append(want, e)
				i = e.hi
			} else {
				i += n
			}
		}
		require.Equal(t, want, slices.Collect(escapes(s)))
	})
}
