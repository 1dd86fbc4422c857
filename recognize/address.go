package recognize

import "strings"

const (
	maxRegion     = 40 // characters of an address before its first number
	maxComponents = 6
)

var (
	// roadEnds are the characters with which the names end that a house number
	// follows.
	roadEnds   = "路街道巷弄村园苑区寓厦庄里城胡同坊湾寨屯组院社邨墅府庭"
	doorUnits  = words("号院", "号楼", "号", "栋", "幢", "座", "单元", "层", "楼", "室", "户", "门", "弄", "房")
	roomUnits  = words("室", "户", "房")
	homeWords  = words("住址", "家住", "现住", "户籍", "居住", "住在", "住所", "家庭地址", "联系地址", "收货", "住于", "暂住")
	placeStops = words("住址", "地址", "家住", "现住", "位于", "住在", "户籍地", "居住地", "住所", "坐落", "地点", "收货人", "前往", "来到", "送到", "送至")
	offices    = words("公司", "政府", "大厦", "中心", "会议室", "办公", "大楼", "广场", "工会", "学校", "医院", "酒店", "宾馆", "法院", "局", "厅", "银行", "大学", "窗口", "科", "处", "馆", "事务所", "协会", "报名", "会议", "商场", "门店", "店", "有限", "集团", "委员会", "服务站")
)

// address looks at the number at i as the first of an address down to the
// door: a road or estate before it, and two or more of number, building, unit
// and room. Streets and house numbers alone are ordinary news.
func (s *scan) address(i int) bool {
	if i == 0 || !strings.ContainsRune(roadEnds, s.at(i-1)) {
		return false
	}
	at, end, components, room, building, named := i, 0, 0, false, false, false
	for components < maxComponents {
		from := at
		for s.class(at) == classDigit && at-from < 6 {
			at++
		}
		if at == from {
			// 甲栋, A座
			if s.class(at) == classLetter && components > 0 {
				at++
			} else {
				break
			}
		}
		if at-from > 5 {
			return false
		}
		unit := s.match(at, doorUnits)
		if unit == at {
			if isHyphen(s.at(at)) && s.class(at+1) == classDigit {
				components++ // 3-2-501
				at++
				continue
			}
			if !named && components > 0 && building {
				room, end = true, at // 2单元501
				components++
			}
			break
		}
		components++
		room = room || s.match(at, roomUnits) > at
		building = building || !(s.at(at) == '号' && unit == at+1)
		at, end = unit, unit
		// The name of an estate or building may follow: 88号和平花园3号楼.
		next := at
		for s.class(next) == classHan && next-at < 6 {
			next++
		}
		if s.class(next) == classDigit || s.class(next) == classLetter && next > at {
			at, named = next, next > at
			continue
		}
		break
	}
	if components < 2 || !building || end == 0 {
		return false
	}
	from := i
	for i-from < maxRegion && from > s.free && s.class(from-1) == classHan {
		from--
	}
	for k := from; k < i; k++ {
		if j := s.match(k, placeStops); j > k && j < i {
			from = j
		}
	}
	if i-from < 2 {
		return false
	}
	confidence := 0.6
	if room {
		confidence = 0.8
	}
	switch {
	case s.before(from, contextBefore, homeWords) || s.before(i, i-from, homeWords):
		confidence = 0.95
	case s.within(i, min(end+8, s.lineAhead(end, 8)), offices) || s.before(i, 10, offices):
		confidence = 0.4 // where an organisation is
	}
	s.personal(Address, from, end, s.plain(from, end), confidence, 0, 0)
	return true
}
