package tables

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// reading is one syllable with all the characters that can be read so.
type reading struct {
	syllable string // lower-case ASCII, ü as v
	runes    string // ascending
}

// maxSyllable is the length in letters of the longest syllable: zhuang, chuang,
// shuang.
const maxSyllable = 6

// HasReading reports whether syllable is one of the toneless pinyin readings of
// r. The syllable is in lower-case ASCII with ü written as v or as u: 绿 has
// the readings "lv" and "lu", 路 only "lu". A rune is looked up as it is, with
// no folding; traditional characters have readings of their own.
func HasReading(r rune, syllable string) bool {
	if hasReading(r, syllable) {
		return true
	}
	if i := strings.IndexByte(syllable, 'u'); i >= 0 && len(syllable) <= maxSyllable {
		var buf [maxSyllable]byte
		n := copy(buf[:], syllable)
		buf[i] = 'v'
		return hasReading(r, string(buf[:n]))
	}
	return false
}

func hasReading(r rune, syllable string) bool {
	// Invariant: readings ascends strictly by syllable.
	i, ok := slices.BinarySearchFunc(readings[:], syllable, func(e reading, s string) int { return cmp.Compare(e.syllable, s) })
	return ok && strings.ContainsRune(readings[i].runes, r)
}

// toned lists, for each base letter, the precomposed letters that are the base
// with a tone mark: macron, acute, caron, grave, and the breve, which is often
// typed for the caron. The letters ɑ and ɡ are shapes of a and g that pinyin
// fonts and schoolbooks prefer.
var toned = [...]struct {
	base    byte
	letters string
}{
	{'a', "āáǎàăɑ"},
	{'e', "ēéěèĕ"},
	{'g', "ɡ"},
	{'i', "īíǐìĭ"},
	{'m', "ḿ"},
	{'n', "ńňǹ"},
	{'o', "ōóǒòŏ"},
	{'u', "ūúǔùŭ"},
	{'v', "üǖǘǚǜ"},
}

// StripTone returns s, one syllable of pinyin, in lower-case ASCII without its
// tone, ü as v: "zhuǎn", "Zhuan3" and "zhuan" give "zhuan", "lǜ" gives "lv".
//
// It accepts one to six Latin letters, of which vowels, v, m and n may carry
// tone marks, precomposed or combining (U+0300, U+0301, U+0304, U+030C, and
// the breve U+0306), u also a diaeresis (U+0308), and after them at most one
// tone digit 1 to 5. For anything else it returns "" and false. Whether the
// result is a syllable of Chinese is not its question; see HasReading.
func StripTone(s string) (string, bool) {
	buf := make([]byte, 0, maxSyllable)
	end := false // after the tone digit nothing may follow
	for _, r := range s {
		if end {
			return "", false
		}
		r = unicode.ToLower(r)
		switch {
		case 'a' <= r && r <= 'z':
			buf = append(buf, byte(r))
		case r == '\u0308':
			if len(buf) == 0 || buf[len(buf)-1] != 'u' {
				return "", false
			}
			buf[len(buf)-1] = 'v'
		case r == '\u0300' || r == '\u0301' || r == '\u0304' || r == '\u0306' || r == '\u030C':
			if len(buf) == 0 || strings.IndexByte("aeiouvmn", buf[len(buf)-1]) < 0 {
				return "", false
			}
		case '1' <= r && r <= '5':
			if len(buf) == 0 {
				return "", false
			}
			end = true
		default:
			b := untoned(r)
			if b == 0 {
				return "", false
			}
			buf = append(buf, b)
		}
		if len(buf) > maxSyllable {
			return "", false
		}
	}
	if len(buf) == 0 {
		return "", false
	}
	return string(buf), true
}

// untoned returns the base of a precomposed toned letter, 0 if r is none.
func untoned(r rune) byte {
	for _, t := range toned {
		if strings.ContainsRune(t.letters, r) {
			return t.base
		}
	}
	return 0
}
