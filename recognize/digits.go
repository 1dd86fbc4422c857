package recognize

import (
	"github.com/shenjiao/shenjiao/matcher"
)

// A digit is one digit of a number that may be written with separators.
type digit struct {
	v    byte // '0' to '9'; 'x' as the last of a resident identity number
	at   int32
	gap  uint8 // characters between it and the digit before
	sep  rune  // the first of them
	word bool  // written as a numeral: 三, 叁, 幺
}

const (
	// maxDigits is more than any number here has.
	maxDigits = 24
	// maxGap is the most characters between two digits of a number.
	maxGap = 3
)

// numeral returns the digit that a Chinese numeral stands for when a number is
// read digit by digit. 幺 is how 1 is said in telephone numbers, 洞 how 0 is
// said on the radio; 两 and 十 are no digits.
func numeral(r rune) (byte, bool) {
	switch r {
	case '零', '〇', '○', '洞':
		return '0', true
	case '一', '壹', '幺':
		return '1', true
	case '二', '贰':
		return '2', true
	case '三', '叁':
		return '3', true
	case '四', '肆':
		return '4', true
	case '五', '伍':
		return '5', true
	case '六', '陆':
		return '6', true
	case '七', '柒':
		return '7', true
	case '八', '捌':
		return '8', true
	case '九', '玖':
		return '9', true
	}
	return 0, false
}

// collect returns the digits from index i on, with what is between them.
// Letters, clause punctuation and line breaks end a number, Han characters do
// unless numerals is set and they are numerals.
func (s *scan) collect(i int, numerals bool) []digit {
	d := s.scratch[:0]
	gap, sep := 0, rune(0)
	for len(d) < maxDigits {
		switch s.class(i) {
		case classDigit:
			d = append(d, digit{v: byte(s.at(i)), at: int32(i), gap: uint8(gap), sep: sep})
			gap, sep = 0, 0
		case classBlank, classMark, classHan:
			if v, ok := numeral(s.at(i)); ok && numerals && gap == 0 {
				d = append(d, digit{v: v, at: int32(i), word: true})
				break
			}
			if s.class(i) == classHan || gap == maxGap {
				s.scratch = d
				return d
			}
			if gap == 0 {
				sep = s.at(i)
			}
			gap++
		case classLetter:
			if s.at(i) == 'x' && len(d) == 17 && gap <= maxGap {
				d = append(d, digit{v: 'x', at: int32(i), gap: uint8(gap), sep: sep})
			}
			s.scratch = d
			return d
		default:
			s.scratch = d
			return d
		}
		i++
	}
	s.scratch = d
	return d
}

// solid reports whether the first n digits stand side by side.
func solid(d []digit) bool {
	for _, x := range d[1:] {
		if x.gap != 0 {
			return false
		}
	}
	return true
}

// ends reports whether the number that the first n digits make ends there: no
// digit follows them immediately.
func (s *scan) ends(d []digit, n int) bool {
	return s.class(int(d[n-1].at)+1) != classDigit
}

// goesOn reports whether the first n digits, which have separators, are only
// a part of a longer row of groups with the same separator.
func goesOn(d []digit, n int) bool {
	if n == len(d) {
		return false
	}
	for _, x := range d[1:n] {
		if x.gap != 0 {
			return d[n].gap == x.gap && d[n].sep == x.sep
		}
	}
	return false
}

// follows reports whether a group of digits stands before index i with the
// separator that d has, so that d is only the rest of a row.
func (s *scan) follows(i int, d []digit) bool {
	for _, x := range d[1:] {
		if x.gap != 0 {
			return x.gap == 1 && s.at(i-1) == x.sep && s.class(i-2) == classDigit
		}
	}
	return false
}

// A layout is the lengths of the groups that people write a number in.
type layout []int

// laidOut reports whether the digits are grouped by one of the layouts, with
// one separator between all groups, and which. A single group always is.
func laidOut(d []digit, layouts ...layout) bool {
	if solid(d) {
		return true
	}
	for _, l := range layouts {
		if l.fits(d) {
			return true
		}
	}
	return false
}

func (l layout) fits(d []digit) bool {
	k, left := 0, l[0]
	var sep rune
	for i, x := range d {
		if i > 0 && (x.gap != 0) != (left == 0) {
			return false
		}
		if left == 0 {
			if k++; k == len(l) {
				return false
			}
			left = l[k]
			if x.gap > 2 || sep != 0 && x.sep != sep {
				return false
			}
			sep = x.sep
		}
		left--
	}
	return k == len(l)-1 && left == 0
}

// singled reports whether every digit stands alone, with the same separator
// between all: 1 3 8 0 0.
func singled(d []digit) bool {
	for _, x := range d[1:] {
		if x.gap == 0 || x.gap != d[1].gap || x.sep != d[1].sep {
			return false
		}
	}
	return true
}

// disguise returns the channels that are needed to read d as one number:
// numerals, and separators that are no blank or hyphen or not where people
// put them.
func disguise(d []digit, usual bool) (set matcher.ChannelSet) {
	for i, x := range d {
		if x.word {
			set = set.With(matcher.Numeral)
		}
		if i > 0 && x.gap > 0 && (!usual || !isHyphen(x.sep) && x.sep != ' ') {
			set = set.With(matcher.Noise)
		}
	}
	return set
}

// isHyphen reports whether r is one of the dashes that people type between
// groups of digits.
func isHyphen(r rune) bool {
	switch r {
	case '-', '‐', '‑', '–', '—', '−':
		return true
	}
	return false
}

// value returns the digits as a string.
func value(d []digit) string {
	var buf [maxDigits]byte
	for i, x := range d {
		buf[i] = x.v
	}
	return string(buf[:len(d)])
}
