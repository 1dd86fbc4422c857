package recognize

import (
	"time"

	"github.com/shenjiao/shenjiao/matcher"
)

var residentWords = words("身份证", "身份號", "公民身份", "身份号码", "证件号", "证号", "居住证", "居留证", "sfz", "id card", "idcard")

// residentID looks at d as a resident identity number of GB 11643-1999: region
// (6), day of birth (8), sequence (3), check digit (ISO 7064 MOD 11-2). It
// returns how many digits it took, 0 if it is none.
//
// The check and the day are strong: of random 18-digit numbers one in about
// 15,000 passes. So any separators are read past.
func (s *scan) residentID(i int, d []digit) int {
	const n = 18
	if len(d) < n || !s.ends(d, n) || s.class(int(d[n-1].at)+1) == classLetter {
		return s.oldResidentID(i, d)
	}
	if !residentRegion(d) || !residentDay(d[6:14], false) {
		return s.oldResidentID(i, d)
	}
	end := int(d[n-1].at) + 1
	usual := laidOut(d[:n], layout{6, 8, 4}, layout{6, 4, 4, 4}, layout{3, 3, 4, 4, 4}, layout{6, 8, 3, 1})
	named := s.near(i, end, residentWords)
	confidence, notes := 0.98, Notes(0)
	switch {
	case !residentCheck(d):
		// One digit may be a typing error; somebody is meant all the same.
		if !named || !usual {
			return 0
		}
		confidence, notes = 0.6, WrongCheck
	case named:
		confidence = 1
	case d[14].v == '0' && d[15].v == '0' && d[16].v == '0':
		confidence = 0.7 // no sequence number is 000
	}
	s.personal(ResidentID, i, end, upper(value(d[:n])), confidence, disguise(d[:n], usual), notes)
	return n
}

// oldResidentID is the form of 15 digits that was issued until 1999: no
// century, no check digit. Only what the text calls such a number is one.
func (s *scan) oldResidentID(i int, d []digit) int {
	const n = 15
	if len(d) < n || !solid(d[:n]) || !s.ends(d, n) || s.alnum(int(d[n-1].at)+1) {
		return 0
	}
	end := int(d[n-1].at) + 1
	if !residentRegion(d) || !residentDay(d[6:12], true) || !s.near(i, end, residentWords) {
		return 0
	}
	s.personal(ResidentID, i, end, value(d[:n]), 0.7, 0, OldForm)
	return n
}

// residentRegion reports whether a number can begin so: with the code of a
// province (GB/T 2260), 81 to 83 of the residence permits for Hong Kong, Macao
// and Taiwan residents, or the 9 of the permanent residence card for
// foreigners of 2023.
func residentRegion(d []digit) bool {
	switch p := int(d[0].v-'0')*10 + int(d[1].v-'0'); {
	case 11 <= p && p <= 15, 21 <= p && p <= 23, 31 <= p && p <= 37, 41 <= p && p <= 46,
		50 <= p && p <= 54, 61 <= p && p <= 65, p == 71, 81 <= p && p <= 83, 90 <= p && p <= 99:
		return true
	}
	return false
}

// residentDay reports whether the digits are a day: of the years 1900 to 2099,
// or of the 20th century if short is set.
func residentDay(d []digit, short bool) bool {
	n := func(d []digit) (v int) {
		for _, x := range d {
			v = v*10 + int(x.v-'0')
		}
		return v
	}
	var year int
	if short {
		year, d = 1900+n(d[:2]), d[2:]
	} else {
		year, d = n(d[:4]), d[4:]
	}
	month, day := n(d[:2]), n(d[2:4])
	if year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 {
		return false
	}
	return day <= time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// residentCheck verifies the check digit: Σ wᵢ·dᵢ ≡ 1 (mod 11) over all 18,
// with x for 10, where wᵢ = 2^(18-i) mod 11.
func residentCheck(d []digit) bool {
	sum := 0
	for _, x := range d[:18] {
		v := int(x.v - '0')
		if x.v == 'x' {
			v = 10
		}
		sum = (sum*2 + v) % 11
	}
	return sum == 1
}

func upper(s string) string {
	if n := len(s) - 1; s[n] == 'x' {
		return s[:n] + "X"
	}
	return s
}

// personal emits a span of personal data and covers its characters, so that
// no other personal data are seen in them.
func (s *scan) personal(k Kind, i, j int, value string, confidence float64, channels matcher.ChannelSet, notes Notes) {
	s.free = max(s.free, j)
	if s.r.published.has(k, value) {
		notes |= Allowed
	}
	if s.r.kinds.Has(k) {
		s.emit(k, i, j, value, confidence, channels, notes)
	}
	if notes&Allowed == 0 {
		s.identified(k, i, j)
	}
}
