package recognize

import (
	"strings"
)

// creditAlphabet is that of GB 32100-2015: no I, O, S, V, Z.
const creditAlphabet = "0123456789abcdefghjklmnpqrtuwxy"

var (
	creditWords = words("信用代码", "统一代码", "社会信用")
	// creditKinds are the registering departments and kinds of organisation
	// with which a code can begin: GB 32100-2015, appendix, and its later
	// additions.
	creditKinds = setOf("11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 55 59 61 62 69 71 72 79 81 89 91 92 93 a1 a9 g1 n1 n2 n3 n9 y1")
)

// creditCode looks at a word of 18 letters and digits at i as a unified social
// credit code of GB 32100-2015. It returns whether it is one.
//
// The check character lets one of 31 pass, so a code is believed only with a
// known beginning; and one of digits alone, which may be any serial number,
// only if the organisation code in it (GB 11714) passes its own check too, or
// the text calls it one.
func (s *scan) creditCode(i, j int) bool {
	if j-i != 18 {
		return false
	}
	sum, weight, letters := 0, 1, 0
	for k := range 18 {
		v := strings.IndexRune(creditAlphabet, s.at(i+k))
		if v < 0 || 2 <= k && k < 8 && v > 9 {
			return false
		}
		if v > 9 && k < 17 {
			letters++
		}
		if k < 17 {
			sum += v * weight
			weight = weight * 3 % 31
		} else if v != (31-sum%31)%31 {
			return false
		}
	}
	named := s.near(i, j, creditWords)
	inner := s.organisationCode(i + 8)
	confidence := 0.95
	switch {
	case named:
	case !creditKinds[s.plain(i, i+2)], letters == 0 && !inner:
		return false
	case !inner:
		confidence = 0.8 // some batches were issued without it
	}
	s.personal(CreditCode, i, j, strings.ToUpper(s.plain(i, j)), confidence, 0, 0)
	return true
}

// organisationCode verifies the 9 characters at i by GB 11714-1997. Its
// alphabet is all digits and letters; the check character is 11 - Σ mod 11,
// with X for 10.
func (s *scan) organisationCode(i int) bool {
	sum := 0
	for k, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		r := s.at(i + k)
		v := int(r - '0')
		if 'a' <= r && r <= 'z' {
			v = int(r-'a') + 10
		}
		sum += v * w
	}
	switch c := (11 - sum%11) % 11; c {
	case 10:
		return s.at(i+8) == 'x'
	default:
		return s.at(i+8) == rune('0'+c)
	}
}

var (
	passportWords = words("护照", "passport")
	permitWords   = words("通行证", "回乡证", "港澳", "台胞证", "永久居留", "居留身份证", "来往内地", "来往大陆")
	taiwanWords   = words("台胞证", "台湾居民来往大陆", "台湾同胞", "台湾通行证")
)

// travelDocument looks at the word [i, j) as a passport number or a permit,
// and returns whether it is one. Their forms have no check digit: without a
// context word they are only a hint.
func (s *scan) travelDocument(i, j int) bool {
	letters := 0
	for letters < j-i && s.class(i+letters) == classLetter {
		letters++
	}
	digits := j - i - letters
	for k := i + letters; k < j; k++ {
		if s.class(k) != classDigit {
			return false
		}
	}
	first := s.at(i)
	var kind Kind
	var context [][]rune
	alone := true // the form alone is a hint
	switch {
	case letters == 1 && digits == 8 && (first == 'e' || first == 'g'),
		letters == 2 && digits == 7 && first == 'e' && s.at(i+1) != 'i' && s.at(i+1) != 'o':
		kind, context = Passport, passportWords
	case letters == 1 && (digits == 7 || digits == 8) && (first == 'd' || first == 's' || first == 'p'),
		letters == 2 && (digits == 7 || digits == 8) && (first == 'd' || first == 's' || first == 'p') && s.at(i+1) == 'e':
		kind, context, alone = Passport, passportWords, letters == 2
	case letters == 0 && digits == 9 && first == '1' && (s.at(i+1) == '4' || s.at(i+1) == '5'):
		kind, context, alone = Passport, passportWords, false
	case letters == 1 && (digits == 8 || digits == 10) && (first == 'h' || first == 'm'):
		kind, context = Permit, permitWords
	case letters == 0 && digits == 8:
		kind, context, alone = Permit, taiwanWords, false
	case letters == 3 && digits == 12:
		kind, context, alone = Permit, permitWords, false
	default:
		return false
	}
	named := s.near(i, j, context)
	if !named && !alone {
		return false
	}
	confidence := 0.95
	if !named {
		confidence = 0.4
	}
	s.personal(kind, i, j, strings.ToUpper(s.plain(i, j)), confidence, 0, 0)
	return true
}

var (
	cardWords   = words("银行卡", "卡号", "账号", "帐号", "账户", "帐户", "开户", "银行", "工资卡", "借记卡", "信用卡", "社保卡", "汇入", "转账", "打款", "户名", "card")
	serialWords = words("订单", "流水号", "运单", "单号", "合同", "编号", "条码", "序列号", "货号", "物料", "工号", "学号", "案号", "备案", "批号", "版号", "文号", "期号", "证书", "isbn", "issn", "id:", "id=")
)

// bankCard looks at d as a bank card number of ISO/IEC 7812: the digit of Luhn,
// and an issuer that issues numbers of that length. Luhn alone lets one of
// ten pass; issuers of older domestic cards, whose numbers are others' too,
// need a context word.
func (s *scan) bankCard(i int, d []digit) int {
	for _, n := range [...]int{19, 18, 17, 16, 15, 14, 13} {
		if len(d) < n || !s.ends(d, n) || s.class(int(d[n-1].at)+1) == classLetter {
			continue
		}
		known, old := issuer(d[:n])
		if !known && !old || !luhn(d[:n]) {
			continue
		}
		end := int(d[n-1].at) + 1
		named := s.near(i, end, cardWords)
		if old && !named {
			continue
		}
		usual := laidOut(d[:n], layout{4, 4, 4, 4}, layout{4, 4, 4, 4, 3}, layout{4, 4, 4, 4, 2}, layout{4, 4, 4, 4, 1}, layout{4, 6, 5}, layout{4, 4, 4, 3}, layout{6, n - 6}, layout{4, 4, 4, 7})
		if !usual && !(named && singled(d[:n])) || goesOn(d, n) || s.follows(i, d[:n]) {
			continue
		}
		confidence := 0.8
		if named {
			confidence = 0.97
		} else if s.before(i, 8, serialWords) {
			confidence = 0.4
		}
		s.personal(BankCard, i, end, value(d[:n]), confidence, disguise(d[:n], usual), 0)
		return n
	}
	return 0
}

func luhn(d []digit) bool {
	sum := 0
	for k := range d {
		v := int(d[len(d)-1-k].v - '0')
		if k%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// issuer reports whether a number can begin and be as long as d: known are the
// ranges of UnionPay (62) and of the international schemes, old those of older
// domestic cards.
func issuer(d []digit) (known, old bool) {
	n := len(d)
	prefix := 0
	for _, x := range d[:4] {
		prefix = prefix*10 + int(x.v-'0')
	}
	two := prefix / 100
	switch {
	case two == 62:
		return n >= 16 && n <= 19, false
	case prefix/1000 == 4:
		return n == 16, n == 13 || n == 19
	case 51 <= two && two <= 55, 2221 <= prefix && prefix <= 2720:
		return n == 16, false
	case two == 34, two == 37:
		return n == 15, false
	case two == 35:
		return n == 16, n > 16
	case two == 36, two == 38, two == 30:
		return n == 14 || n == 16, false
	case two == 60:
		return n == 16 || n == 17 || n == 19, false
	case prefix == 9558:
		return false, n == 16 || n == 19
	case two == 68, two == 69, 90 <= two && two <= 95:
		return false, n >= 16
	}
	return false, false
}

// serial reports whether what stands before i calls a number the serial of
// something else.
func (s *scan) serial(i int) bool { return s.before(i, 8, serialWords) }
