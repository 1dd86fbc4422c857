package text

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// NOTE. Text that was encoded once more: &#36172; in a plain text, %E8%B5%8C, \u8d4c,
// and Base64. No reader sees what it says, but every program that passes it on may
// decode it, so it is decoded here, after markup was undone, and the pieces keep
// where it came from. Only what gives characters beyond ASCII counts: %20 in an
// address and \n in code stay as they are. Nothing is decoded twice.

// minBase64 is the least length of Base64 that is decoded: eight letters are two
// characters, but so are many words; from twelve on, what decodes to Chinese text is
// no accident (of the letters of a chance word, one in 10^6 gives four Chinese
// characters in UTF-8). maxBase64 bounds the work on a token.
const (
	minBase64 = 12
	maxBase64 = 1 << 16
)

// escape is a stretch of text that stands for something else.
type escape struct {
	lo, hi int
	text   string
}

// decodeEscapes returns v with what is encoded in it decoded; v itself if nothing is.
// The cost is linear in the text.
func (v *Visible) decodeEscapes() *Visible {
	var b strings.Builder
	var pieces []piece
	done := 0
	keep := func(to int) { // copies v.text[done:to] with its pieces
		if done == to {
			return
		}
		if v.pieces == nil {
			pieces = append(pieces, piece{vis: uint32(b.Len()), src: uint32(done), end: uint32(to)})
		}
		for _, p := range v.within(done, to) {
			p.vis = p.vis - uint32(done) + uint32(b.Len())
			pieces = append(pieces, p)
		}
		b.WriteString(v.text[done:to])
		done = to
	}
	for e := range escapes(v.text) {
		keep(e.lo)
		lo, hi := v.Source(e.lo, e.hi)
		pieces = append(pieces, piece{vis: uint32(b.Len()), src: uint32(lo), end: uint32(hi), kind: decoded})
		b.WriteString(e.text)
		done = e.hi
	}
	if pieces == nil {
		return v
	}
	keep(len(v.text))
	return &Visible{src: v.src, text: b.String(), pieces: pieces, comments: v.comments, limits: v.limits}
}

// within returns the pieces of the visible bytes [lo, hi), the first and the last
// one cut to them.
func (v *Visible) within(lo, hi int) []piece {
	if v.pieces == nil {
		return nil
	}
	list := append([]piece(nil), v.covering(lo, hi)...)
	for i := range list {
		p := &list[i]
		begin, end := int(p.vis), hi
		if i+1 < len(list) {
			end = int(list[i+1].vis)
		}
		if p.kind == copied {
			p.end = p.src + uint32(min(end, hi)-begin)
		}
		if begin < lo {
			if p.kind == copied {
				p.src += uint32(lo - begin)
			}
			p.vis = uint32(lo)
		}
	}
	return list
}

// escapeKind says how a byte may begin an escape.
type escapeKind uint8

const (
	noEscape escapeKind = iota
	percentSign
	backslashSign
	ampersandSign
	base64Letter
)

var escapeKinds = func() (kinds [256]escapeKind) {
	for c := range kinds {
		if c := byte(c); isAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_' {
			kinds[c] = base64Letter
		}
	}
	kinds['%'], kinds['\\'], kinds['&'] = percentSign, backslashSign, ampersandSign
	return kinds
}()

// highBits are those of eight bytes of which none is ASCII.
const highBits = 0x8080808080808080

// escapes yields the escapes of s in order. Most of a Chinese text is read eight
// bytes at a time: no escape begins beyond ASCII.
func escapes(s string) func(yield func(escape) bool) {
	return func(yield func(escape) bool) {
		for i := 0; i < len(s); {
			if i+8 <= len(s) && binary.LittleEndian.Uint64(unsafe.Slice(unsafe.StringData(s[i:]), 8))&highBits == highBits {
				i += 8
				continue
			}
			e, n := escapeAt(s, i)
			if e.text == "" {
				i += n
				continue
			}
			if !yield(e) {
				return
			}
			i = e.hi
		}
	}
}

// escapeAt returns the escape that begins at s[i]; if there is none, its text is
// empty and n is how far to go on.
func escapeAt(s string, i int) (e escape, n int) {
	e = escape{lo: i}
	switch escapeKinds[s[i]] {
	case percentSign:
		e.text, n = percent(s[i:])
	case backslashSign:
		e.text, n = unicodeEscape(s[i:])
	case ampersandSign:
		e.text, n = reference(s[i:])
	case base64Letter:
		for n < len(s)-i && escapeKinds[s[i+n]] == base64Letter {
			n++
		}
		for k := 0; k < 2 && i+n < len(s) && s[i+n] == '='; k++ {
			n++
		}
		if e.text = fromBase64(s[i : i+n]); e.text == "" {
			return e, n
		}
	}
	if e.text == "" {
		return e, 1
	}
	e.hi = i + n
	return e, n
}

// percent reads one character beyond ASCII in percent-encoding (RFC 3986, section
// 2.1): "%E8%B5%8C" is 赌.
func percent(s string) (string, int) {
	var buf [utf8.UTFMax]byte
	n := 0
	for n < len(buf) && 3*n+2 < len(s) && s[3*n] == '%' {
		x, err := strconv.ParseUint(s[3*n+1:3*n+3], 16, 8)
		if err != nil {
			break
		}
		buf[n] = byte(x)
		n++
		if r, w := utf8.DecodeRune(buf[:n]); r != utf8.RuneError {
			if w == 1 {
				return "", 0
			}
			return string(r), 3 * n
		}
	}
	return "", 0
}

// unicodeEscape reads \u8d4c, with its second half if it is a surrogate.
func unicodeEscape(s string) (string, int) {
	unit := func(s string) (rune, bool) {
		if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
			return 0, false
		}
		x, err := strconv.ParseUint(s[2:6], 16, 16)
		return rune(x), err == nil
	}
	r, ok := unit(s)
	switch {
	case !ok || r < utf8.RuneSelf:
		return "", 0
	case utf16.IsSurrogate(r):
		low, ok := unit(s[6:])
		if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
			return "", 0
		}
		return string(r), 12
	}
	return string(r), 6
}

// reference reads a numeric character reference with its semicolon; in HTML and
// Markdown those were read before.
func reference(s string) (string, int) {
	if len(s) < 4 || s[1] != '#' {
		return "", 0
	}
	digits, base, most := s[2:], 10, 7
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base, most = digits[1:], 16, 6
	}
	end := strings.IndexByte(digits[:min(len(digits), most+1)], ';')
	if end < 1 {
		return "", 0
	}
	x, err := strconv.ParseUint(digits[:end], base, 32)
	r := rune(x)
	if err != nil || x > unicode.MaxRune || r < utf8.RuneSelf || !utf8.ValidRune(r) {
		return "", 0
	}
	return string(r), len(s) - len(digits) + end + 1
}

// fromBase64 decodes s (RFC 4648, sections 4 and 5, with or without padding) if it
// is Chinese text: at least half of the characters are Han, and none is a control.
// Otherwise it returns "".
func fromBase64(s string) string {
	body := strings.TrimRight(s, "=")
	if len(body) < minBase64 || len(body) > maxBase64 || len(body)%4 == 1 {
		return ""
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(body, "-_") {
		encoding = base64.RawURLEncoding
	}
	data, err := encoding.DecodeString(body)
	if err != nil || !utf8.Valid(data) {
		return ""
	}
	han, all := 0, 0
	for _, r := range string(data) {
		all++
		if unicode.Is(unicode.Han, r) {
			han++
		} else if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return ""
		}
	}
	if 2*han < all {
		return ""
	}
	return string(data)
}
