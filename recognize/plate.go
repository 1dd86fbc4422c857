package recognize

import "strings"

// provinces are the first characters of plates (GA 36-2018).
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// plate looks at a province at i: 京A·12345, 京AD12345, 粤Z1234港. Behind the
// letter of the office come five characters, of which at most two are letters
// (no I, no O), or six for new energy: D and its like first or last. The last
// may be one of 挂学警港澳.
func (s *scan) plate(i int) {
	at := s.skipBlanks(i+1, 1)
	if i < s.free || s.class(at) != classLetter || s.at(at) == 'i' || s.at(at) == 'o' {
		return
	}
	at++
	if c := s.class(at); c == classBlank || c == classMark && s.at(at) != '.' && s.at(at) != '/' && s.at(at) != '*' {
		at++
	}
	n, letters, digits := 0, 0, 0
	for ; s.alnum(at+n) && n < 7; n++ {
		if s.class(at+n) == classDigit {
			digits++
		} else if letters++; s.at(at+n) == 'i' || s.at(at+n) == 'o' {
			return
		}
	}
	end := at + n
	switch {
	case n == 4 && letters <= 2 && s.at(end) != 0 && strings.ContainsRune("挂学警港澳", s.at(end)):
		end++
	case n == 5 && letters <= 2:
	case n == 6 && digits == 5 && newEnergy(s.at(at)), n == 6 && digits == 5 && newEnergy(s.at(end-1)),
		n == 6 && digits == 4 && newEnergy(s.at(at)) && s.class(at+1) == classLetter:
	default:
		return
	}
	switch s.at(end) {
	case '级', '区', '路', '线', '次', '型', '栋', '座', '股':
		return
	}
	s.personal(Plate, i, end, strings.ToUpper(s.plainAlnum(i, end)), 0.9, 0, 0)
}

// newEnergy reports whether r marks new energy: A to K but I.
func newEnergy(r rune) bool { return 'a' <= r && r <= 'k' && r != 'i' }

// plainAlnum returns the letters, digits and Han characters of [i, j).
func (s *scan) plainAlnum(i, j int) string {
	var b strings.Builder
	for ; i < j; i++ {
		if s.alnum(i) || s.class(i) == classHan {
			b.WriteRune(s.at(i))
		}
	}
	return b.String()
}
