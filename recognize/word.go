package recognize

import (
	"github.com/shenjiao/shenjiao/matcher"
)

// maxWord is more than any word of letters and digits has that is looked at.
const maxWord = 64

// word looks at the letters and digits from index i on.
func (s *scan) word(i int) {
	if i < s.free {
		return
	}
	j, letters := i, 0
	for s.alnum(j) {
		if s.class(j) == classLetter {
			letters++
		}
		if j++; j-i > maxWord {
			return
		}
	}
	if s.mailOrLink(i, j) {
		return
	}
	if r := s.at(i); letters > 0 && (r == 'q' || r == 'v' || r == 'w') {
		if s.contactName(i); s.free > i {
			return
		}
	}
	if letters == j-i {
		return
	}
	if letters > 0 && (s.creditCode(i, j) || s.travelDocument(i, j) || s.lookalike(i, j)) {
		return
	}
	// Digits behind a few letters: tel13800138000.
	const most = 8
	first := i
	for s.class(first) == classLetter {
		if first++; first-i > most {
			return
		}
	}
	s.number(first)
}

// mailOrLink looks at the word [i, j) as the beginning of a mail address or a
// host name.
func (s *scan) mailOrLink(i, j int) bool {
	switch r := s.at(j); {
	case r == '@', r == '.', r == '_', r == '-', r == '+', r == '%':
		k := max(j, s.noMail)
		for k-i < maxMail && s.mailPart(k) {
			k++
		}
		if s.at(k) == '@' {
			s.mailAt(k, k+1, false)
			return s.free > i
		}
		s.noMail = k // the words before it need not read this again
	case r == ':' && s.starts(i, "http"):
		return s.link(i)
	}
	if next, _ := s.dot(j); next > j && s.alnum(next) {
		return s.link(i)
	}
	return false
}

// number looks at the digits from index i on. What passes a stronger check is
// tried first; nothing is reported twice.
func (s *scan) number(i int) {
	d := s.collect(i, false)
	n := 1
	for n < len(d) && d[n].gap == 0 {
		n++
	}
	end := i + n
	if n <= 3 && s.at(end) == '.' && s.ipv4(i) {
		return
	}
	if s.residentID(i, d) > 0 {
		return
	}
	if n == 18 && s.creditCode(i, end) || s.bankCard(i, d) > 0 {
		return
	}
	if (n == 9 || n == 8) && !s.alnum(end) && s.travelDocument(i, end) {
		return
	}
	if s.mobile(i, d) > 0 || s.landline(i, d) > 0 || s.local(i, d) > 0 {
		return
	}
	if n <= 5 && s.address(i) {
		return
	}
	if n <= 11 && s.filled(i, n) {
		return
	}
	if _, ok := numeral(s.at(end)); ok {
		s.numerals(i)
	}
}

// numerals looks at a number that begins with a Chinese numeral at i, or has
// some: 一三八〇〇一三八〇〇〇. Only a run of exactly as many digits as a mobile
// number or an identity number has is one.
func (s *scan) numerals(i int) {
	if i < s.free {
		return
	}
	digit := func(i int) bool {
		_, ok := numeral(s.at(i))
		return ok || s.class(i) == classDigit
	}
	if s.class(i) == classHan && digit(i-1) || !digit(i+1) {
		return
	}
	n := 2
	for digit(i + n) {
		if n++; n > maxDigits {
			return
		}
	}
	if n != 11 && n != 13 && n != 18 {
		return
	}
	switch s.at(i + n) {
	case '十', '百', '千', '万', '亿', '年', '月', '日':
		return
	}
	d := s.collect(i, true)
	if len(d) < n || !solid(d[:n]) {
		return
	}
	if s.residentID(i, d) > 0 {
		return
	}
	// Old books count days in such rows.
	words := 0
	for _, x := range d[:n] {
		if x.word {
			words++
		}
	}
	if words < n || s.near(i, i+n, phoneWords) {
		s.mobile(i, d)
	}
}

// lookalike looks at the word [i, j) as a mobile number with letters that look
// like digits: l38oo138ooo.
func (s *scan) lookalike(i, j int) bool {
	if j-i != 11 {
		return false
	}
	var buf [11]byte
	digits := 0
	for k := range buf {
		switch r := s.at(i + k); {
		case s.class(i+k) == classDigit:
			buf[k] = byte(r)
			digits++
		case r == 'o':
			buf[k] = '0'
		case r == 'l', r == 'i':
			buf[k] = '1'
		default:
			return false
		}
	}
	if digits < 5 || buf[0] != '1' || buf[1] < '3' {
		return false
	}
	s.personal(Mobile, i, j, string(buf[:]), 0.8, matcher.Set(matcher.Confusable), 0)
	return true
}

// filled looks at the n digits at i as the beginning of a mobile number with
// the same Han character in every gap: 138哈0013哈8000, 1啊3啊8啊….
func (s *scan) filled(i, n int) bool {
	filler := s.at(i + n)
	if s.class(i+n) != classHan || s.at(i) != '1' || s.unit(i+n) {
		return false
	}
	if _, ok := numeral(filler); ok {
		return false
	}
	var buf [11]byte
	at, k, groups := i, 0, 0
	for k < len(buf) {
		if k > 0 {
			if s.at(at) != filler {
				return false
			}
			at++
			groups++
		}
		from := at
		for s.class(at) == classDigit && k < len(buf) {
			buf[k] = byte(s.at(at))
			k++
			at++
		}
		if at == from || groups == 1 && at-from > 4 {
			return false
		}
	}
	if groups < 2 || buf[1] < '3' || s.class(at) == classDigit {
		return false
	}
	s.personal(Mobile, i, at, string(buf[:]), 0.8, matcher.Set(matcher.Noise), 0)
	return true
}
