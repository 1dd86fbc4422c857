package recognize

import (
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/matcher"
)

// maxMail is the most characters of the part of a mail address before the @
// (RFC 5321, 4.5.3.1.1).
const maxMail = 64

// mailAt looks at the @ at i: the address around it. People write (at), 艾特
// and # for it, and 点 for the dot; with blanks too.
func (s *scan) mailAt(i, j int, disguised bool) {
	from := i
	if disguised {
		for n := 0; n < 2 && s.class(from-1) == classBlank; n++ {
			from--
		}
	}
	end := from
	for from > s.free && end-from < maxMail && s.mailPart(from-1) {
		from--
	}
	for from < end && !s.alnum(from) {
		from++
	}
	if from == end || !s.alnum(end-1) {
		return
	}
	if disguised {
		j = s.skipBlanks(j, 2)
	}
	to, channels := s.host(j)
	if to == 0 {
		return
	}
	if disguised || s.at(i) != '@' {
		channels = channels.With(matcher.Noise)
	}
	value := s.plain(from, end) + "@" + s.hostValue(j, to)
	s.personal(Email, from, to, value, 0.97, channels, 0)
}

// mail looks at @ at i.
func (s *scan) mail(i int) {
	if i < s.free {
		return
	}
	s.mailAt(i, i+1, s.class(i-1) == classBlank && s.class(i+1) == classBlank)
}

var atWords = words("(at)", "[at]", "【at】", "艾特", "(a)", "<at>", "《at》", "爱特", "圈a", "(艾特)", "（@）", "[@]")

// mailWord looks at a word for @ at i.
func (s *scan) mailWord(i int) {
	if j := s.match(i, atWords); j > i && i >= s.free {
		s.mailAt(i, j, true)
	}
}

// dotWords are what stands for the dot of a host name.
var dotWords = words("点", "dot", "(dot)", "[dot]", "[.]", "(.)", "【.】", "(点)", "【点】", "小数点", "。", "·", "・", "•", "●", "🔴", "⚫", "．", "丶", "˙", "‧", "․", "句号")

// fullStopDomains are those for which 。 is read as a dot.
var fullStopDomains = words("com", "cn", "net", "org", "vip", "xyz", "top")

// dot returns the index behind the dot of a host name at i, or i, and whether
// it is a plain one.
func (s *scan) dot(i int) (j int, plain bool) {
	if s.at(i) == '.' && s.class(i+1) != classBlank && s.at(i+1) != '.' {
		return i + 1, s.rune(s.text[i]) == '.'
	}
	k := s.skipBlanks(i, 1)
	switch s.at(k) {
	case '点', 'd', '(', '[', '【', '小', '句', '。', '·', '・', '•', '●', '🔴', '⚫', '丶', '˙', '‧', '․', '.':
	default:
		return i, true // nearly always
	}
	if s.at(k) == '。' {
		// The end of a sentence, unless only a domain follows.
		end := k + 1
		for s.alnum(end) && end-k < 5 {
			end++
		}
		if s.match(k+1, fullStopDomains) != end || end == k+1 || s.at(end) == '.' {
			return i, true
		}
		return k + 1, false
	}
	if j = s.match(k, dotWords); j > k {
		return s.skipBlanks(j, 1), false
	}
	if k > i && s.at(k) == '.' { // example . com
		return s.skipBlanks(k+1, 1), false
	}
	return i, true
}

// host returns the index behind the host name at i, which ends with a
// top-level domain, and the channels that reading it needed; 0 if there is
// none.
func (s *scan) host(i int) (end int, channels matcher.ChannelSet) {
	const maxLabels = 8
	at := i
	disguised := false
	for range maxLabels {
		from := at
		for s.alnum(at) || s.at(at) == '-' && at > from {
			if at++; at-from > maxWord {
				return 0, 0
			}
		}
		if at == from {
			break
		}
		if from > i && !s.alnum(at) && s.topLevel(from, at, disguised) {
			end = at
			if disguised {
				channels = channels.With(matcher.Noise)
			}
		}
		next, plain := s.dot(at)
		if next == at || !s.alnum(next) {
			break
		}
		disguised = disguised || !plain
		at = next
	}
	return end, channels
}

// hostValue returns the host name [i, j) with plain dots.
func (s *scan) hostValue(i, j int) string {
	var b strings.Builder
	for i < j {
		if s.alnum(i) || s.at(i) == '-' {
			b.WriteRune(s.at(i))
			i++
			continue
		}
		if next, _ := s.dot(i); next > i {
			b.WriteByte('.')
			i = next
			continue
		}
		i++
	}
	return b.String()
}

// topLevels are domains that drafts and advertisements use: the generic ones
// of many registrations, and countries whose domains are sold generally. Not
// all of them, because 1.to and v2.me are no hosts.
var topLevels = setOf("com cn net org gov edu info biz top xyz vip cc club shop site online icu app live work fun link ltd pro tech store wang ink ren love group pub mobi asia tv me io co hk tw mo us uk jp kr ru de fr in la so im ws pw tk ml ga cf gq art cloud host press space website win bid loan men date trade party red blue kim design fit run today world zone wiki video news")

// advertised are those of them that nobody takes for a word behind a full
// stop or a 点.
var advertised = setOf("com cn net org vip xyz top cc info biz club shop site online icu store wang tk ml gq pw ws edu gov tv")

// topLevel reports whether [i, j) is a top-level domain, one that is
// advertised if its dot is disguised.
func (s *scan) topLevel(i, j int, disguised bool) bool {
	var buf [12]byte
	if j-i > len(buf) {
		return false
	}
	for k := range j - i {
		r := s.at(i + k)
		if r >= utf8.RuneSelf {
			return false
		}
		buf[k] = byte(r)
	}
	if disguised {
		return advertised[string(buf[:j-i])]
	}
	return topLevels[string(buf[:j-i])]
}

var pathEnds = "，。；！？、）】》”’」』"

// link looks at the word at i as the beginning of a host name or URL, and
// returns whether it is one.
func (s *scan) link(i int) bool {
	from := i
	at := i
	if s.starts(i, "http") {
		k := i + 4
		if s.at(k) == 's' {
			k++
		}
		if s.at(k) == ':' && s.at(k+1) == '/' && s.at(k+2) == '/' {
			at = k + 3
		}
	}
	end, channels := s.host(at)
	if end == 0 || s.at(end) == '@' {
		return false
	}
	// Versions and times are no hosts: a label before the domain has a letter,
	// or is a long number.
	label := at
	for s.alnum(label) || s.at(label) == '-' {
		label++
	}
	letters, digits := 0, 0
	for k := at; k < label; k++ {
		if s.class(k) == classLetter {
			letters++
		} else {
			digits++
		}
	}
	if channels != 0 && (letters == 0 && digits < 3 || letters+digits < 2) || letters == 0 && digits < 2 {
		return false
	}
	value, host := s.hostValue(at, end), end
	if s.at(end) == '/' || s.at(end) == ':' || s.at(end) == '?' {
		for k := end; k-end < 96 && s.class(k) != classBlank && s.class(k) != classNewline && s.class(k) != classHan && !strings.ContainsRune(pathEnds, s.at(k)); k++ {
			if s.alnum(k) || s.at(k) == '/' {
				end = k + 1
			}
		}
	}
	s.free = max(s.free, end)
	if s.r.kinds.Has(Link) {
		var notes Notes
		if s.r.published.has(Link, value) {
			notes = Allowed
		}
		s.emitAt(Link, from, end, at, host, value, 0.9, channels, notes)
	}
	return true
}

var ipWords = words("ip", "地址", "服务器", "主机", "网关", "dns", "登录", "攻击", "访问", "端口", "ping", "子网", "节点", "代理")
var versionWords = words("版本", "version", "ver", "版", "升级", "更新", "固件", "章节", "系统", "build", "v")

// ipv4 looks at the digits at i as four octets, and returns whether they are.
// Without a number of three digits they are a version or a chapter more often,
// so that needs a context word.
func (s *scan) ipv4(i int) bool {
	at, large := i, false
	for k := range 4 {
		if k > 0 {
			if s.at(at) != '.' {
				return false
			}
			at++
		}
		n, v := 0, 0
		for s.class(at) == classDigit && n < 4 {
			v = v*10 + int(s.at(at)-'0')
			at++
			n++
		}
		if n == 0 || n > 3 || v > 255 {
			return false
		}
		large = large || v >= 100
	}
	if s.alnum(at) || s.at(at) == '.' && s.class(at+1) == classDigit || s.at(i-1) == '.' || s.class(i-1) == classLetter {
		return false
	}
	if named := s.near(i, at, ipWords); !named && (!large || s.before(i, 6, versionWords)) {
		return false
	}
	addr, err := netip.ParseAddr(s.plain(i, at))
	if err != nil {
		return false
	}
	s.ip(i, at, addr)
	return true
}

// ipv6 looks at : at i, behind the first group of an IPv6 address.
func (s *scan) ipv6(i int) {
	if i < s.free {
		return
	}
	isHex := func(i int) bool {
		r := s.at(i)
		return s.class(i) == classDigit || 'a' <= r && r <= 'f'
	}
	from := i
	for n := 0; isHex(from-1) && n < 5; n++ {
		from--
	}
	if i-from > 4 || s.alnum(from-1) || s.at(from-1) == ':' || s.at(from-1) == '.' {
		return
	}
	at, colons := i, 1
	double := s.at(i+1) == ':'
	for at++; at-from < 46 && (isHex(at) || s.at(at) == ':' || s.at(at) == '.'); at++ {
		if s.at(at) == ':' {
			colons++
			double = double || s.at(at-1) == ':'
		}
	}
	for s.at(at-1) == '.' || s.at(at-1) == ':' && s.at(at-2) != ':' {
		at--
	}
	if s.alnum(at) || colons < 2 || colons < 7 && !double || at-from < 5 {
		return
	}
	addr, err := netip.ParseAddr(s.plain(from, at))
	if err != nil || !addr.Is6() {
		return
	}
	s.ip(from, at, addr)
}

// documentation are the ranges of RFC 5737 and RFC 3849.
var documentation = []netip.Prefix{
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("2001:db8::/32"),
}

func (s *scan) ip(i, j int, addr netip.Addr) {
	var notes Notes
	if addr.IsPrivate() || addr.IsLoopback() || addr.IsUnspecified() || addr.IsLinkLocalUnicast() || addr.IsMulticast() {
		notes = Reserved
	}
	for _, p := range documentation {
		if p.Contains(addr) {
			notes = Reserved
		}
	}
	s.personal(IPAddress, i, j, addr.String(), 0.9, 0, notes)
}
