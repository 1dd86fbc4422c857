package recognize

var (
	levels       = words("绝密", "机密", "秘密")
	fieldLevels  = words("绝密", "机密", "秘密", "内部", "核心商密", "普通商密", "商密", "工作秘密")
	longTerms    = words("长期", "启封前")
	secretFields = words("密级")
	releaseWords = words("解密", "已解密", "准予公开", "降密")
)

// maxTerms are the longest secrecy periods in years by level:
// 保守国家秘密法(2024) article 20.
var maxTerms = map[rune]int{'绝': 30, '机': 20, '秘': 10}

// secretMark looks at the level at i: 机密★10年. The star makes it a mark, so
// secrets as such are never found. * is a star only with a period behind it
// or at the head of a line, because it is also emphasis.
func (s *scan) secretMark(i int) {
	j := s.matchLoose(i, levels)
	if j == i {
		return
	}
	star := s.skipBlanks(j, 3)
	switch s.at(star) {
	case '★', '☆', '⭐', '✩', '✭', '*':
	default:
		return
	}
	end, years := s.term(s.skipBlanks(star+1, 3))
	if end == 0 {
		if s.at(star) == '*' && !(s.opensLine(i) && s.closesLine(star+1)) {
			return
		}
		end = star + 1
	}
	notes := s.markNotes(i, end)
	if years > maxTerms[s.at(i)] {
		notes |= ImplausibleTerm
	}
	s.statement(SecretMark, i, end, i, end, s.literal(i, end), 0.98, notes)
}

// term returns the index behind a secrecy period at i and how many years it
// is, if those are told; 0 if there is none. A period is a number of years or
// months, 长期, or a day or event with 前.
func (s *scan) term(i int) (end, years int) {
	if j := s.match(i, longTerms); j > i {
		return j, 0
	}
	j, n := i, 0
	for ; j-i < 4; j++ {
		if s.class(j) == classDigit {
			n = n*10 + int(s.at(j)-'0')
		} else if v, ok := numeral(s.at(j)); ok {
			n = n*10 + int(v-'0')
		} else if s.at(j) == '十' {
			n = max(n, 1) * 10
			if _, ok := numeral(s.at(j + 1)); ok {
				n /= 10
			}
		} else {
			break
		}
	}
	if j > i {
		k := s.skipBlanks(j, 2)
		switch {
		case s.at(k) == '年' && j-i < 4 && n < 1900:
			return k + 1, n
		case s.at(k) == '月':
			return k + 1, 0
		case s.starts(k, "个月"):
			return k + 2, 0
		}
	}
	// 2027年3月前, 公布前
	for k := i; k-i <= 20; k++ {
		if s.at(k) == '前' && k > i {
			return k + 1, 0
		}
		if c := s.class(k); c != classHan && c != classDigit {
			return 0, 0
		}
	}
	return 0, 0
}

// markNotes says in what surroundings a mark stands.
func (s *scan) markNotes(i, j int) (notes Notes) {
	if s.quoted(i) {
		notes |= Quoted
	}
	if s.near(i, j, releaseWords) {
		notes |= Declassified
	}
	return notes
}

// secretField looks at 密级 at i: 密级：秘密.
func (s *scan) secretField(i int) {
	j := s.matchLoose(i, secretFields)
	if j == i || !s.anchored(i) {
		return
	}
	vi := s.field(j)
	if vi == 0 {
		return
	}
	if vj := s.matchLoose(vi, fieldLevels); vj > vi {
		s.statement(SecretField, i, vj, vi, vj, s.plain(vi, vj), 0.95, s.markNotes(i, vj))
	}
}

var (
	internalHeads = words("内部资料", "内部文件", "内部材料", "内部使用", "内部传阅", "内部刊物", "内部参考", "内部掌握", "内部情况")
	internalTails = words("注意保存", "注意保密", "注意保管", "妥善保管", "妥善保存", "不得外传", "不得公开", "不得外泄", "严禁外传", "严禁外泄", "严禁转发",
		"请勿外传", "请勿转发", "禁止外传", "禁止转发", "切勿外传", "不予公开", "不得转载", "不得翻印")
	freeTails    = words("免费交流")
	workSecrets  = words("工作秘密")
	workTails    = words("不得外传", "注意保密", "严禁外传", "不得公开", "注意保存", "严禁外泄", "请勿外传")
	onlyFor      = words("仅供", "只供")
	handlingHead = words("会后", "阅后")
	handlingTail = words("收回", "交回", "即焚", "退回", "销毁")
	bans         = words("严禁", "不得", "禁止", "请勿", "切勿", "严禁擅自", "不得擅自", "禁止擅自", "不得对外", "严禁对外")
	banned       = words("外传", "翻印", "对外公开", "网上传播")
	banSubjects  = words("资料", "文件", "材料", "此件", "本件", "内部", "传阅", "会议", "通报", "刊物", "讲话", "密级", "涉密", "批准", "允许", "许可", "同意", "稿")
	banExcuses   = words("信息", "隐私", "秘方", "配方", "祖传", "家传", "手艺", "试卷", "试题", "绝活")
)

// internalMark looks at 内部 at i: 内部资料　注意保存.
func (s *scan) internalMark(i int) {
	if j := s.matchLoose(i, internalHeads); j > i {
		s.markWithTail(InternalMark, i, j, internalTails, true)
	}
}

// workSecret looks at 工作秘密 at i.
func (s *scan) workSecret(i int) {
	if j := s.matchLoose(i, workSecrets); j > i {
		s.markWithTail(WorkSecret, i, j, workTails, false)
	}
}

// markWithTail emits a mark if one of the tails stands behind j, with at most
// a comma, a symbol or a bracket and blanks between.
func (s *scan) markWithTail(k Kind, i, j int, tails [][]rune, only bool) {
	t := s.skipBlanks(j, 6)
	switch s.at(t) {
	case ',', '，', '、', '·', '(', '-', '—', '.', '/', ';', '!':
		t = s.skipBlanks(t+1, 4)
	}
	if end := s.matchLoose(t, tails); end > t {
		s.statement(k, i, end, i, end, s.literal(i, end), 0.95, s.markNotes(i, end))
		return
	}
	if end := s.matchLoose(t, freeTails); end > t && only {
		s.statement(k, i, end, i, end, s.literal(i, end), 0.8, s.markNotes(i, end)|Imprint)
		return
	}
	if end := s.match(t, onlyFor); end > t && only {
		for n := 0; n <= 8; n++ { // 仅供领导参考
			if s.starts(end, "参考") || s.starts(end, "参阅") {
				s.statement(k, i, end+2, i, end+2, s.literal(i, end+2), 0.95, s.markNotes(i, end+2))
				return
			}
			if s.class(end) != classHan {
				return
			}
			end++
		}
	}
}

// handling looks at 会后 or 阅后 at i: 会后收回.
func (s *scan) handling(i int) {
	if j := s.match(i, handlingHead); j > i {
		end := s.match(j, handlingTail)
		if end == j && s.at(j) == '请' {
			end = s.match(j+1, handlingTail)
			if end == j+1 {
				return
			}
		}
		if end > j && s.at(end-1) == '焚' && !s.opensLine(i) && !s.before(i, 24, banSubjects) {
			return // what messengers can do
		}
		if end > j {
			s.statement(InternalMark, i, end, i, end, s.literal(i, end), 0.85, s.markNotes(i, end))
		}
	}
}

// ban looks at 外传 or the like at i: 未经批准不得外传. Only papers are banned
// so in a mark; a ban on spreading personal data is a duty.
func (s *scan) ban(i int) {
	end := s.match(i, banned)
	if end == i {
		return
	}
	from := s.matchBack(i, bans)
	if from == i || s.before(from, 24, banExcuses) || !s.before(from, 24, banSubjects) {
		return
	}
	s.statement(InternalMark, from, end, from, end, s.literal(from, end), 0.8, s.markNotes(from, end))
}

var (
	openFields = words("公开属性", "公开方式", "公开类别", "公开类型", "信息公开属性", "公开选项", "公开形式", "公开范围")
	closedness = words("不予公开", "依申请公开", "不公开", "此件不公开", "此件依申请公开", "不宜公开")
	thisPaper  = words("此件", "本件")
	sentTo     = words("发至")
)

// notPublic looks at 公开属性 or the like at i: 公开属性：不予公开.
func (s *scan) notPublic(i int) {
	j := s.matchLoose(i, openFields)
	if j == i {
		return
	}
	vi := s.field(j)
	if vi == 0 {
		return
	}
	if vj := s.matchLoose(vi, closedness); vj > vi {
		s.statement(NotPublic, i, vj, vi, vj, s.plain(vi, vj), 0.97, s.markNotes(i, vj))
	}
}

// thisDocument looks at 此件 at i: （此件不公开）, （此件发至县团级）. It stands in
// brackets or is a line of its own.
func (s *scan) thisDocument(i int) {
	j := s.matchLoose(i, thisPaper)
	if j == i {
		return
	}
	from, bracket := i, closing(s.at(i-1)) == ')'
	if bracket {
		from--
	} else if !s.opensLine(i) {
		return
	}
	end, kind := s.matchLoose(j, closedness), NotPublic
	if end == j {
		kind = Distribution
		if end = s.match(j, sentTo); end == j {
			return
		}
		for n := 0; s.class(end) == classHan || s.at(end) == '、' || s.at(end) == '(' && n > 0; n++ {
			if n == 16 {
				return
			}
			end++
		}
		if s.at(end-1) != '级' && !bracket {
			return
		}
	}
	if bracket {
		if s.at(end) != ')' {
			return
		}
		end++
	} else if !s.closesLine(end) {
		return
	}
	s.statement(kind, from, end, from, end, s.literal(from, end), 0.95, s.markNotes(from, end))
}

var copyWords = words("份号", "№")

// copyNumber looks at 份号 or № at i, a field of its own line: 份号：000012.
func (s *scan) copyNumber(i int) {
	j := s.matchLoose(i, copyWords)
	if j == i || !s.opensLine(i) {
		return
	}
	vi := s.skipBlanks(j, 2)
	if s.at(vi) == ':' {
		vi = s.skipBlanks(vi+1, 2)
	}
	vj := vi
	for s.class(vj) == classDigit && vj-vi < 7 {
		vj++
	}
	if n := vj - vi; n < 3 || n > 6 || !s.closesLine(vj) {
		return
	}
	s.statement(CopyNumber, i, vj, vi, vj, s.plain(vi, vj), 0.8, 0)
}

var urgencies = words("特急", "加急", "特提", "平急")

// urgency looks at 特急 or the like at i, which fills a line.
func (s *scan) urgency(i int) {
	if j := s.matchLoose(i, urgencies); j > i && s.opensLine(i) && s.closesLine(j) {
		s.statement(Urgency, i, j, i, j, s.plain(i, j), 0.7, 0)
	}
}
