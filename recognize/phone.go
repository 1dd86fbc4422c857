package recognize

import "github.com/shenjiao/shenjiao/matcher"

var phoneWords = words("电话", "手机", "联系", "致电", "拨打", "热线", "传真", "咨询", "客服", "号码", "座机", "固话", "短信", "来电", "微信", "加v", "加我", "同号", "call", "tel", "phone", "mobile", "fax", "报名", "值班", "举报", "投诉", "☎", "📞", "📱")

// mobile looks at d as a mobile number: 1[3-9] and nine digits, perhaps with
// the country code. Prefixes of carriers are no evidence any more, since
// numbers move. 13 digits from 140, 141, 144, 10647 and 10648 are machines'.
func (s *scan) mobile(i int, d []digit) int {
	first := 0 // of the eleven
	switch {
	case len(d) >= 13 && d[0].v == '8' && d[1].v == '6' && d[2].v == '1':
		first = 2
	case len(d) >= 15 && d[0].v == '0' && d[1].v == '0' && d[2].v == '8' && d[3].v == '6':
		first = 4
	}
	n := first + 11
	if len(d) < n || d[first].v != '1' || d[first+1].v < '3' || !s.ends(d, n) {
		return 0
	}
	d = d[:len(d):len(d)]
	local := d[first:n]
	usual := laidOut(local, layout{3, 4, 4}, layout{3, 8}, layout{7, 4})
	end := int(d[n-1].at) + 1
	from := i
	if first == 2 && s.at(i-1) == '+' {
		from--
	}
	named := s.near(from, end, phoneWords)
	strange := laidOut(local, layout{4, 4, 3}, layout{4, 3, 4}, layout{5, 6}, layout{6, 5}, layout{3, 3, 5}, layout{2, 4, 5}, layout{3, 2, 3, 3}, layout{3, 5, 3}, layout{2, 2, 2, 2, 3}, layout{3, 2, 2, 2, 2})
	switch {
	case usual:
	case singled(local) && !listed(local):
	case strange && named:
	default:
		return 0
	}
	rest := d[first:]
	if goesOn(rest, 11) || from == i && first == 0 && s.follows(i, local) {
		return 0
	}
	// Letters beside it are words; within a code there are some on both sides.
	before, after := s.class(from-1) == classLetter, s.class(end) == classLetter
	if before && after && !named {
		return 0
	}
	confidence := 0.9
	switch {
	case named:
		confidence = 0.98
	case s.serial(from):
		confidence = 0.4
	case before || after:
		confidence = 0.7
	}
	s.personal(Mobile, from, end, value(local), confidence, disguise(local, usual), 0)
	return n
}

// listed reports whether digits that stand alone are rather the members of a
// list: they ascend, or the separator is that of a list.
func listed(d []digit) bool {
	if d[1].sep == '/' || d[1].sep == '|' {
		return true
	}
	for k := 1; k < len(d); k++ {
		if d[k].v < d[k-1].v {
			return false
		}
	}
	return true
}

var extensionWords = words("转", "分机", "转分机", "ext", "ext.")

// landline looks at d as a landline number with area code: 0311-60000000,
// 010 6000 0000, 0514-80000000转8001. All in one piece it needs a context
// word.
func (s *scan) landline(i int, d []digit) int {
	if len(d) < 10 || d[0].v != '0' || d[1].v == '0' {
		return 0
	}
	code := 4
	if d[1].v == '1' || d[1].v == '2' {
		code = 3
		if d[1].v == '1' && d[2].v != '0' {
			return 0
		}
	}
	if d[code].v < '2' {
		return 0
	}
	for _, n := range [...]int{code + 8, code + 7} {
		if len(d) < n || !s.ends(d, n) || s.class(int(d[n-1].at)+1) == classLetter {
			continue
		}
		end := int(d[n-1].at) + 1
		named := s.near(i, end, phoneWords)
		local := d[code:n]
		parted := d[code].gap > 0
		if !parted && (!named || !solid(d[:n])) || goesOn(local, len(local)) ||
			!laidOut(local, layout{4, 4}, layout{3, 4}, layout{4, 3}) || !solid(d[:code]) {
			continue
		}
		confidence := 0.85
		if named {
			confidence = 0.97
		} else if s.serial(i) {
			confidence = 0.4
		}
		s.landlineAt(i, end, value(d[:n]), confidence, disguise(d[:n], true))
		return n
	}
	return 0
}

// landlineAt emits a landline number with what stands behind it as extension.
func (s *scan) landlineAt(i, end int, value string, confidence float64, channels matcher.ChannelSet) {
	from := s.match(end, extensionWords)
	if from == end && isHyphen(s.at(end)) {
		from++
	}
	if from > end {
		from = s.skipBlanks(from, 1)
		to := from
		for s.class(to) == classDigit && to-from < 7 {
			to++
		}
		if n := to - from; n > 0 && n < 7 {
			value += "-" + s.plain(from, to)
			end = to
		}
	}
	s.personal(Landline, i, end, value, confidence, channels, 0)
}

// bracketed looks at a bracket at i that may hold an area code: (010)60000000.
func (s *scan) bracketed(i int) {
	if i < s.free {
		return
	}
	n := 0
	for s.class(i+1+n) == classDigit && n < 5 {
		n++
	}
	if n < 3 || n > 4 || s.at(i+1) != '0' || s.at(i+1+n) != ')' || s.at(i+2) == '0' {
		return
	}
	if short := s.at(i+2) == '1' || s.at(i+2) == '2'; short != (n == 3) {
		return
	}
	from := s.skipBlanks(i+n+2, 1)
	if isHyphen(s.at(from)) {
		from++
	}
	if s.class(from) != classDigit {
		return
	}
	d := s.collect(from, false)
	for _, m := range [...]int{8, 7} {
		if len(d) < m || d[0].v < '2' || !s.ends(d, m) || goesOn(d, m) || !laidOut(d[:m], layout{4, 4}, layout{3, 4}) {
			continue
		}
		s.landlineAt(i, int(d[m-1].at)+1, s.plain(i+1, i+1+n)+value(d[:m]), 0.95, 0)
		return
	}
}

var (
	localWords   = words("电话", "座机", "固话", "传真", "热线", "致电", "拨打", "tel", "fax", "☎", "📞")
	hotlineWords = words("热线", "拨打", "电话", "客服", "致电", "来电", "咨询", "报警", "举报", "投诉", "急救", "火警", "查询", "号码", "监督", "服务台")
)

// local looks at d as a landline number without area code, which needs a word
// before it that says so, or a service number.
func (s *scan) local(i int, d []digit) int {
	n := 1
	for n < len(d) && d[n].gap == 0 {
		n++
	}
	switch group := n; {
	case d[0].v == '4' || d[0].v == '8':
		// 400 and 800: 400-000-0000, 400-0000-000, 4000000000.
		if len(d) >= 10 && d[1].v == '0' && d[2].v == '0' && s.ends(d, 10) && !goesOn(d, 10) && !s.follows(i, d[:10]) &&
			laidOut(d[:10], layout{3, 3, 4}, layout{3, 4, 3}, layout{3, 7}, layout{4, 3, 3}, layout{4, 6}) && s.class(int(d[9].at)+1) != classLetter &&
			(!solid(d[:10]) || s.near(i, int(d[9].at)+1, hotlineWords)) {
			s.personal(Hotline, i, int(d[9].at)+1, value(d[:10]), 0.9, 0, 0)
			return 10
		}
	case group <= 6 && (d[0].v == '1' || d[0].v == '9'):
		if end := int(d[group-1].at) + 1; s.alnum(end) || s.unit(end) || s.class(i-1) == classLetter || len(d) > group && d[group].gap == 1 && s.at(end) == '.' {
			return 0
		}
		number := value(d[:group])
		if !hotlines[number] && group < 5 {
			return 0
		}
		named := s.near(i, int(d[group-1].at)+1, hotlineWords)
		if group >= 5 && hotlines[number] || named && (hotlines[number] || group >= 5 && (number[:2] == "95" || number[:2] == "12" || number[:2] == "96")) {
			s.personal(Hotline, i, int(d[group-1].at)+1, number, 0.85, 0, 0)
			return group
		}
		return 0
	}
	for _, m := range [...]int{8, 7} {
		if len(d) < m || d[0].v < '2' || !s.ends(d, m) || goesOn(d, m) || s.follows(i, d[:m]) || !laidOut(d[:m], layout{4, 4}, layout{3, 4}) {
			continue
		}
		end := int(d[m-1].at) + 1
		if s.alnum(end) || s.class(end) == classHan && s.unit(end) || !s.before(i, 12, localWords) || s.serial(i) {
			continue
		}
		s.landlineAt(i, end, value(d[:m]), 0.8, 0)
		return m
	}
	return 0
}

// unit reports whether the Han character at i makes a quantity of the number
// before it.
func (s *scan) unit(i int) bool {
	switch s.at(i) {
	case '元', '万', '亿', '人', '次', '年', '月', '日', '个', '件', '户', '吨', '名', '家', '台', '部', '份', '条', '起', '宗', '平', '公', '千', '米', '号', '余', '多', '字', '只', '张', '辆':
		return true
	}
	return false
}
