package recognize

var (
	// qqWords are the names of QQ, also those that avoid it.
	qqWords  = words("qq", "q q", "扣扣", "叩叩", "抠抠", "球球", "秋秋", "企鹅", "企鹅号", "腾讯qq", "加q", "q群", "扣群")
	qqPlain  = words("qq", "腾讯qq", "q群")
	qqMiddle = words("号码", "群号", "群", "号", "交流群", "客服", "在线", "：")
	// weChatWords are those of WeChat.
	weChatWords = words("微信", "微信号", "微信id", "vx", "v信", "wx", "weixin", "wechat", "薇信", "威信", "徽信", "薇❤", "微❤", "微心", "薇心", "威❤", "v❤", "卫星号", "加v", "加微", "加薇", "加威", "+v", "十v", "v号", "微信公众号", "公众号", "v我", "+微", "+薇", "v：", "薇：", "v➕", "➕v", "加vx", "加wx")
	weChatPlain = words("微信", "微信号", "微信id", "微信公众号", "公众号", "wechat", "weixin")
	weChatOwn   = words("公众号", "公众号id")
	// weChatAsk stands before the name of somebody whose id follows.
	weChatAsk = words("加", "加我", "加个", "加下", "添加", "加一下", "加他", "加她", "加您", "加老师", "加客服", "+", "我的", "本人")
	linkWords = words("号码", "账号", "帐号", "号", "id", "是", "为", "：", "搜", "搜索", "我", "同号", "加", "群")
)

// contactName looks at the name of a messenger at i and, behind it, an id.
// QQ：10001, 加V abc12345, 扣扣①②③④⑤.
func (s *scan) contactName(i int) {
	if i < s.free {
		return
	}
	if c := s.class(i); c == classLetter && s.class(i-1) == classLetter {
		return // GQQ12
	}
	if j := s.match(i, qqWords); j > i {
		s.qq(i, j)
	}
	if j := s.match(i, weChatWords); j > i {
		s.weChat(i, j)
	}
}

// linked returns where an id behind the name of a messenger that ends at i may
// begin, and whether something says that an id follows.
func (s *scan) linked(i int) (at int, said bool) {
	for range 3 {
		j := s.match(i, linkWords)
		if j == i {
			j = s.match(i, qqMiddle)
		}
		said = said || j > i
		k := j
		for n := 0; n < 3; n++ {
			switch c := s.class(k); {
			case c == classBlank:
			case c == classMark && s.at(k) != '@', c == classClause && (s.at(k) == ':' || s.at(k) == '(' || s.at(k) == '“' || s.at(k) == '【' || s.at(k) == '[' || s.at(k) == '「'):
				said = said || s.at(k) == ':'
			default:
				n = 3
				continue
			}
			k++
		}
		if k == i {
			break
		}
		i = k
	}
	return i, said
}

// qq looks at the number behind the name of QQ, which is [i, j).
func (s *scan) qq(i, j int) {
	at, _ := s.linked(j)
	if s.class(at) != classDigit {
		if _, ok := numeral(s.at(at)); !ok || at == j {
			return
		}
	}
	d := s.collect(at, false)
	if len(d) == 0 || s.numeralRun(at, d) {
		d = s.collect(at, true)
	}
	if s.mobile(at, d) > 0 {
		return
	}
	// The first group, or digits that stand alone.
	n := 1
	for n < len(d) && d[n].gap == 0 {
		n++
	}
	if n == 1 && len(d) >= 5 && len(d) <= 11 && singled(d) {
		n = len(d)
	}
	if n < 5 || n > 11 || d[0].v == '0' {
		return
	}
	end := int(d[n-1].at) + 1
	if s.class(end) == classDigit || s.class(end) == classLetter || s.class(end) == classHan && s.unit(end) {
		return
	}
	confidence := 0.95
	if s.match(i, qqPlain) != j {
		confidence = 0.85
	}
	s.personal(QQ, at, end, value(d[:n]), confidence, disguise(d[:n], true), 0)
}

// numeralRun reports whether the digits d at i go on in numerals.
func (s *scan) numeralRun(i int, d []digit) bool {
	_, ok := numeral(s.at(i + len(d)))
	return ok
}

// weChat looks at the id behind the name of WeChat, which is [i, j): a letter
// and 5 to 19 letters, digits, - or _. Plain names stand before much else, so
// they need a colon, 号 or the like before the id, or somebody who asks for it
// and an id that is no word: 加微信 abc12345.
func (s *scan) weChat(i, j int) {
	at, said := s.linked(j)
	asked := s.matchBack(i, weChatAsk) < i
	strict := !said && s.match(i, weChatPlain) == j
	if strict && !asked {
		return
	}
	if s.class(at) == classDigit {
		if strict {
			return
		}
		d := s.collect(at, false)
		if s.mobile(at, d) > 0 {
			return
		}
		// Numbers of QQ are ids of WeChat too.
		n := 1
		for n < len(d) && d[n].gap == 0 {
			n++
		}
		end := int(d[n-1].at) + 1
		if n >= 6 && n <= 11 && d[0].v != '0' && !s.alnum(end) && !(s.class(end) == classHan && s.unit(end)) {
			s.personal(WeChat, at, end, value(d[:n]), 0.8, 0, 0)
		}
		return
	}
	if s.class(at) != classLetter || at == j && s.class(j-1) == classLetter {
		return
	}
	end, words := at, true
	for s.alnum(end) || s.at(end) == '-' || s.at(end) == '_' {
		words = words && s.class(end) == classLetter
		if end++; end-at > 20 {
			return
		}
	}
	if strict && words {
		return
	}
	for s.at(end-1) == '-' {
		end--
	}
	if end-at < 6 || s.at(end) == '@' || s.at(end) == '.' && s.alnum(end+1) {
		return
	}
	if commonWord(s.plain(at, end)) {
		return
	}
	confidence := 0.9
	if s.match(i, weChatOwn) > i || s.matchBack(at, weChatOwn) < at {
		confidence = 0.8
	}
	s.personal(WeChat, at, end, s.plain(at, end), confidence, 0, 0)
}

// commonWord reports whether a word that could be an id is the name of
// something else that stands behind 微信.
func commonWord(s string) bool {
	switch s {
	case "iphone", "android", "windows", "wechat", "weixin", "harmony", "harmonyos", "openid", "unionid", "github", "google", "facebook", "twitter", "tiktok", "appstore", "qrcode":
		return true
	}
	return false
}
