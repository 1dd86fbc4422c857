package tables

import (
	"strings"
	"unicode"
)

// reading is one syllable with all the characters that can be read so.
type reading struct {
	syllable string // lower-case ASCII, ü as v
	runes    string // ascending
	first    string // those of runes that have other syllables too, but this one first: ascending
}

// maxSyllable is the length in letters of the longest syllable: zhuang, chuang,
// shuang.
const maxSyllable = 6

// HasReading reports whether syllable is one of the toneless pinyin readings of
// r. The syllable is in lower-case ASCII with ü written as v or as u: 绿 has
// the readings "lv" and "lu", 路 only "lu". A rune is looked up as it is, with
// no folding; traditional characters have readings of their own.
func HasReading(r rune, syllable string) bool {
	if len(syllable) > maxSyllable {
		return false
	}
	var buf [maxSyllable]byte
	n := copy(buf[:], syllable)
	if e := readingOf(buf[:n]); e != nil && strings.ContainsRune(e.runes, r) {
		return true
	}
	if i := strings.IndexByte(syllable, 'u'); i >= 0 {
		buf[i] = 'v'
		e := readingOf(buf[:n])
		return e != nil && strings.ContainsRune(e.runes, r)
	}
	return false
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
// tone digit 1 to 5. For anything else, and for what is no reading of any
// character, it returns "" and false. It does not allocate.
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
	if e := readingOf(buf); e != nil {
		return e.syllable, true
	}
	return "", false
}

// readingOf returns the row of a syllable, nil if there is none. Invariant:
// readings ascends strictly by syllable. It does not allocate, since
// comparisons of converted bytes do not.
func readingOf(syllable []byte) *reading {
	lo, hi := 0, len(readings)
	for lo < hi {
		switch mid := (lo + hi) / 2; {
		case string(syllable) == readings[mid].syllable:
			return &readings[mid]
		case string(syllable) < readings[mid].syllable:
			hi = mid
		default:
			lo = mid + 1
		}
	}
	return nil
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
