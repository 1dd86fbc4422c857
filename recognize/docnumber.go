package recognize

import (
	"fmt"
	"strings"
)

// documentNumber looks at the bracket of a year at i: 国办发〔2013〕100号. By
// GB/T 9704-2012, 7.2.5, the year has four digits in 〔〕, and the serial
// number has no leading zero and no 第.
func (s *scan) documentNumber(i int) {
	open := s.at(i)
	close := closing(open)
	// The year.
	vi := s.skipBlanks(i+1, 1)
	j, year := vi, 0
	for s.class(j) == classDigit && j-vi < 5 {
		year = year*10 + int(s.at(j)-'0')
		j++
	}
	var notes Notes
	switch j - vi {
	case 4:
		if year < 1900 || year > 2099 {
			return
		}
	case 2:
		notes |= YearFault
		if year += 1900; year < 1950 {
			year += 100
		}
	default:
		return
	}
	j = s.skipBlanks(j, 1)
	if s.at(j) != close {
		return
	}
	j = s.skipBlanks(j+1, 2)
	// The serial number.
	if s.at(j) == '第' {
		notes |= OrdinalFault
		j = s.skipBlanks(j+1, 1)
	}
	first, serial := j, 0
	for s.class(j) == classDigit && j-first < 7 {
		serial = serial*10 + int(s.at(j)-'0')
		j++
	}
	if n := j - first; n == 0 || n > 6 || serial == 0 {
		return
	}
	if s.at(first) == '0' {
		notes |= ZeroFault
	}
	end := j
	if j = s.skipBlanks(j, 1); s.at(j) == '号' {
		end = j + 1
	} else if s.alnum(j) {
		return
	} else {
		notes |= NumberFault
	}
	switch raw := s.rune(s.text[i]); {
	case raw == '〔':
	case raw == '﹝':
		notes |= BracketFault | SmallBracketFault
	default:
		notes |= BracketFault
	}
	// The agency.
	from := s.agency(i)
	if from == i {
		return
	}
	agency := strings.TrimRight(s.literal(from, i), " 　")
	last := s.at(s.lastNonBlank(i))
	official := strings.ContainsRune(agencyEnds, last)
	// Brackets of other kinds hold years of many things, and without 号 even
	// the right ones may.
	if notes.Has(NumberFault) && (!official || open == '(' || open == '《' || open == '<') ||
		notes.Has(YearFault) && open != '〔' && !official ||
		(open == '(' || open == '《' || open == '<' || open == '【') && !official {
		return
	}
	value := fmt.Sprintf("%s〔%d〕%d号", agency, year, serial)
	s.statement(DocumentNumber, from, end, from, end, value, 0.95, notes)
}

// agencyEnds are the characters with which the codes of agencies end: what
// kind of document it is, or a department.
const agencyEnds = "发函字办文规通令电议批复呈报干党政纪任宣组委工教财法税建农水林卫安监审商质检食药环交运民社人劳保险信网科技统旅体广计价监管督查研会团妇残联总号综经协常讲示告决"

// agencyStops are characters that stand before a code but are never in one.
const agencyStops = "据照见按和及与由以在的了为是将对从等经过依遵根印于如至或凭参"

// lastNonBlank returns the index of the last character before i that is no
// blank, at most two back.
func (s *scan) lastNonBlank(i int) int {
	for n := 0; n < 2 && s.class(i-1) == classBlank; n++ {
		i--
	}
	return i - 1
}

// agency returns where the code of an agency that ends before i begins, or i:
// at most 12 Han characters, of which the last few may stand in brackets.
func (s *scan) agency(i int) int {
	j := s.lastNonBlank(i) + 1
	if s.at(j-1) == ')' { // 国办发（明电）
		k := j - 2
		for n := 0; n < 4 && s.class(k) == classHan; n++ {
			k--
		}
		if s.at(k) != '(' || k == j-2 {
			return i
		}
		j = k
	}
	const most = 12
	from := j
	for from > 0 && j-from < most && s.class(from-1) == classHan && !strings.ContainsRune(agencyStops, s.at(from-1)) {
		from--
	}
	if from == j {
		return i
	}
	// The name of a paper before it, as in 关于…的通知冀工办发〔2017〕23号.
	for k := j - 2; k > from; k-- {
		if s.starts(k, "通知") || s.starts(k, "文件") || s.starts(k, "意见") || s.starts(k, "文号") || s.starts(k, "文字号") {
			return k + 2
		}
	}
	return from
}
