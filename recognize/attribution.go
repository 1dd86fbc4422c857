package recognize

import (
	"strings"
	"unicode/utf8"
)

const (
	maxSource = 40  // characters of an outlet
	maxTitle  = 120 // of an original title
)

var (
	sourceWords    = words("来源", "来自", "源自", "出处", "稿源", "稿件来源")
	sourcePrefixes = words("信息", "文章", "稿件", "内容", "图文", "本文", "图片", "资料", "新闻", "消息", "视频", "照片", "配图", "素材")
	pictureWords   = words("图片", "照片", "配图")
)

// sourceLine looks at 来源 or the like at i: 来源：新华社.
func (s *scan) sourceLine(i int) {
	j := s.matchLoose(i, sourceWords)
	if j == i {
		return
	}
	from := s.matchBack(i, sourcePrefixes)
	if !s.anchored(from) {
		return
	}
	if s.at(j) == '于' {
		j++
	}
	vi := s.field(j)
	if vi == 0 {
		return
	}
	vj := s.outlet(vi)
	var notes Notes
	if s.match(from, pictureWords) > from {
		notes = Picture
	}
	s.attribution(SourceLine, from, vi, vj, 0.95, notes)
}

// outlet returns where the name of an outlet that begins at i ends: at a
// blank, or at punctuation that no name has.
func (s *scan) outlet(i int) int {
	j := i
	for ; j-i <= maxSource; j++ {
		switch s.class(j) {
		case classNewline, classBlank, classOther:
			return j
		case classMark:
			if s.at(j) == '|' || s.at(j) == '/' {
				return j
			}
		case classHan:
			if s.at(j) == '丨' {
				return j
			}
		case classClause:
			if c := closing(s.at(j)); c != 0 && c != ')' && c != ']' && c != '】' {
				continue // a quoted name
			}
			switch s.at(j) {
			case '”', '」', '』', '》', '’', '、':
				continue
			}
			return j
		}
	}
	return j
}

// attribution emits an attribution whose outlet stands at [vi, vj).
func (s *scan) attribution(k Kind, from, vi, vj int, confidence float64, notes Notes) {
	end := vj
	vi, vj = s.unquote(vi, vj)
	if vj-vi < 2 || vj-vi > maxSource {
		return
	}
	s.statement(k, from, end, vi, vj, s.literal(vi, vj), confidence, notes)
}

var (
	repostWords    = words("转载自", "转自", "转载于", "转载", "转发自", "摘自", "摘编自", "综合自", "整理自", "选自", "编辑自", "选编自", "摘选自")
	repostPrefixes = words("本文", "此文", "文章", "内容", "全文", "图文", "原文", "以上", "以上内容", "本文章", "本稿")
	onlyRepost     = words("转载")
)

// repostLine looks at 转载自 or the like at i: 本文转载自“某某”微信公众号.
func (s *scan) repostLine(i int) {
	j := s.match(i, repostWords)
	if j == i {
		return
	}
	from := s.matchBack(i, repostPrefixes)
	if !s.anchored(from) {
		return
	}
	vi := s.field(j)
	if vi == 0 {
		if j == s.match(i, onlyRepost) {
			return // 转载请注明
		}
		vi = s.skipBlanks(j, 2)
	}
	if c := closing(s.at(vi)); c != 0 {
		for k := vi + 1; k < vi+maxSource && s.class(k) != classNewline; k++ {
			if s.at(k) == c {
				s.attribution(RepostLine, from, vi, k+1, 0.95, 0)
				return
			}
		}
		return
	}
	s.attribution(RepostLine, from, vi, s.outlet(vi), 0.95, 0)
}

var (
	reportWords    = words("消息", "报道", "通报", "发布", "披露", "公布")
	wireWords      = words("电", "讯")
	mediumWords    = words("客户端", "微信公众号", "公众号", "官微", "官方微博", "微博", "网站", "官网", "记者", "app")
	accordNo       = words("了解", "悉", "介绍", "此", "统计", "不完全统计", "说", "测算", "报道", "报", "称", "传", "我", "他", "她", "你", "估算", "预测", "推算", "分析")
	accordBefore   = "数占依根证凭收票论单字契割盘窃"
	accordMaxOther = 20
)

// accord looks at 据 at i: 据新华社报道.
func (s *scan) accord(i int) {
	if strings.ContainsRune(accordBefore, s.at(i-1)) && s.at(i-1) != 0 {
		return
	}
	vi := i + 1
	if c := closing(s.at(vi)); c != 0 && c != ')' {
		for k := vi + 2; k < vi+maxSource; k++ {
			if s.at(k) == c {
				if end := s.reported(k + 1); end > 0 {
					s.attributionTo(Accord, i, end, vi, k+1)
				}
				return
			}
		}
		return
	}
	if s.match(vi, accordNo) > vi {
		return
	}
	for k := vi; k-vi <= accordMaxOther; k++ {
		if k-vi >= 2 {
			if end := s.reported(k); end > 0 {
				s.attributionTo(Accord, i, end, vi, s.outletName(vi, k))
				return
			}
		}
		if c := s.class(k); c != classHan && c != classLetter && c != classDigit {
			return
		}
	}
}

func (s *scan) attributionTo(k Kind, i, end, vi, vj int) {
	vi, vj = s.unquote(vi, vj)
	if vj-vi >= 2 {
		s.statement(k, i, end, vi, vj, s.literal(vi, vj), 0.8, 0)
	}
}

// reported returns the index behind 客户端3月1日电 and the like at i, or 0.
func (s *scan) reported(i int) int {
	j := s.match(i, mediumWords)
	if d := s.monthDay(j); d > 0 {
		j = d
	}
	if end := s.match(j, reportWords); end > j {
		return end
	}
	// 国家电网 is no wire.
	if end := s.match(j, wireWords); end > j && s.class(end) != classHan && !s.alnum(end) {
		return end
	}
	return 0
}

// monthDay returns the index behind 3月1日 at i, or 0.
func (s *scan) monthDay(i int) int {
	for _, unit := range "月日" {
		n := 0
		for ; s.class(i) == classDigit; i++ {
			n++
		}
		if n == 0 || n > 2 || s.at(i) != unit {
			return 0
		}
		i++
	}
	return i
}

// outletName shortens [i, j) to the name of the outlet that it begins with, if
// that can be told: 新华社 of 新华社北京.
func (s *scan) outletName(i, j int) int {
	for k := i + 1; k < j; k++ {
		if strings.ContainsRune(outletEnds, s.at(k)) && !strings.ContainsRune(outletEnds, s.at(k+1)) {
			return k + 1
		}
	}
	return j
}

// outletEnds are the characters with which the names of outlets end.
const outletEnds = "社报网台刊"

// dateline looks at 电 or 讯 at i: 新华社北京3月1日电（记者 …）, 本报讯.
func (s *scan) dateline(i int) {
	if s.class(i+1) == classHan || s.alnum(i+1) {
		return
	}
	const reach = 40
	from := s.lineBack(i, reach)
	for from < i && (s.class(from) == classBlank || closing(s.at(from)) != 0) {
		from++
	}
	if s.class(from-1) != classNewline && !s.opensLine(from) && closing(s.at(from-1)) == 0 {
		return
	}
	vj := s.outletName(from, i)
	if n := vj - from; n < 2 || n > 12 || !strings.ContainsRune(outletEnds, s.at(vj-1)) {
		return
	}
	for k := from; k < i; k++ {
		switch s.class(k) {
		case classHan, classDigit, classBlank:
		default:
			if r := s.at(k); r != '、' && r != '·' && r != '/' {
				return
			}
		}
	}
	switch last := s.at(i - 1); {
	case last == '日', i == vj:
	case s.at(i) == '电' && i-vj >= 2 && i-vj <= 10 && !strings.ContainsRune("发来致充供用通家断停水核光", last):
	default:
		return
	}
	s.statement(Dateline, from, i+1, from, vj, s.literal(from, vj), 0.95, 0)
}

var (
	titleWords = words("原标题", "原题", "原文标题", "原题目", "原文题目", "原标题为", "原题为", "原文标题为")
	fieldWords = words("来源", "作者", "记者", "编辑", "责编", "责任编辑", "原作者", "文章来源", "信息来源")
)

// originalTitle looks at 原 at i: 原标题：……. The title goes to the end of the
// line, without the bracket or the quotation marks around it.
func (s *scan) originalTitle(i int) {
	j := s.matchLoose(i, titleWords)
	if j == i || !s.anchored(i) {
		return
	}
	vi := s.field(j)
	if vi == 0 {
		return
	}
	var close rune
	if c := closing(s.at(i - 1)); c == ')' || c == ']' || c == '】' {
		close = c
	}
	vj, depth := vi, 0
	for ; vj-vi < maxTitle && s.class(vj) != classNewline; vj++ {
		r := s.at(vj)
		if close != 0 && r == close {
			if depth == 0 {
				break
			}
			depth--
		}
		if close != 0 && closing(r) == close {
			depth++
		}
		// A further field of the same line ends the title.
		if r == '|' || r == '丨' || s.class(vj) == classBlank {
			next := s.skipBlanks(vj+1, 2)
			if f := s.match(next, fieldWords); f > next && s.field(f) > 0 {
				break
			}
		}
	}
	for vj > vi && s.class(vj-1) == classBlank {
		vj--
	}
	end := vj
	vi, vj = s.unquote(vi, vj)
	if vj-vi < 2 {
		return
	}
	s.statement(OriginalTitle, i, end, vi, vj, s.literal(vi, vj), 0.97, 0)
}

var (
	authorWords   = words("记者", "作者", "撰文", "文", "采写", "文字", "通讯员", "撰稿", "供稿")
	editorWords   = words("责任编辑", "责编", "编辑", "本期编辑", "值班编辑", "责任编校", "编校")
	reviewerWords = words("初审", "一审", "二审", "复审", "三审", "终审", "审核", "审签", "签发", "初审人", "一审人", "二审人", "复审人", "三审人", "终审人", "审核人", "签发人")
)

func (s *scan) author(i int) { s.byline(Author, i, authorWords) }

func (s *scan) editor(i int) { s.byline(Editor, i, editorWords) }

func (s *scan) reviewer(i int) {
	// The trigger is 审 or 签, since 一, 二 and 三 begin too much else.
	if i > 0 && s.at(i) == '审' && strings.ContainsRune("初一二复三终", s.at(i-1)) {
		i--
	}
	s.byline(Reviewer, i, reviewerWords)
}

// byline looks at a role at i and the names behind it: 责编：王某 李某某.
func (s *scan) byline(k Kind, i int, roles [][]rune) {
	j := s.match(i, roles)
	if j == i || !s.anchored(i) {
		return
	}
	vi := s.field(j)
	if vi == 0 && s.class(j) == classBlank && closing(s.at(i-1)) == ')' {
		vi = s.skipBlanks(j, 2) // （记者 王某某）
	}
	if vi == 0 {
		return
	}
	const most = 8 // names
	var names []string
	end := vi
	for at := vi; len(names) < most; {
		to := at
		for s.class(to) == classHan && s.at(to) != '丨' || to > at && s.at(to) == '·' {
			if to++; to-at > 20 {
				break
			}
		}
		if n := to - at; n < 2 || n > 20 || s.at(to) == ':' {
			break
		}
		names = append(names, s.literal(at, to))
		end = to
		if at = s.skipBlanks(to, 3); s.at(at) == '、' {
			at++
		} else if at == to {
			break
		}
	}
	if names != nil && utf8.RuneCountInString(names[0]) <= 12 {
		s.statement(k, i, end, vi, end, strings.Join(names, "、"), 0.9, 0)
	}
}
