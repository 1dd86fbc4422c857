package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// maxEntity is the length of the longest entity, &CounterClockwiseContourIntegral;
// (https://html.spec.whatwg.org/multipage/named-characters.html).
const maxEntity = 33

// entity reads the character reference that s, which begins with an ampersand, begins with. It returns what the
// reference stands for and its length, or 0 if there is none. The names are those of [html.UnescapeString], which
// says what a reference means but not how long it is.
func entity(s string, syn syntax) (string, int) {
	if syn != htmlText && syn != htmlAttribute && syn != markdownText || len(s) < 3 {
		return "", 0
	}
	if s[1] == '#' {
		return numericEntity(s, syn)
	}
	n := 1
	for n < len(s) && n < maxEntity && isAlnum(s[n]) {
		n++
	}
	closed := n < len(s) && s[n] == ';'
	if closed {
		n++
	}
	if n < 3 || !closed && syn == markdownText {
		return "", 0
	}
	ref := s[:n]
	out := html.UnescapeString(ref)
	if out == ref {
		return "", 0
	}
	// Either the whole of ref is a name, or an old name that needs no semicolon is the beginning of it and the rest
	// is still there. Old names stand for one character.
	_, w := utf8.DecodeRuneInString(out)
	whole := w == len(out)
	if closed {
		whole = !strings.HasSuffix(out, ";") || ref == "&semi;"
	}
	switch {
	case whole && syn == htmlAttribute && !closed && n < len(s) && s[n] == '=':
		return "", 0 // `?a=1&copy=2` is an address
	case whole:
		return out, n
	case syn != htmlText:
		return "", 0
	default:
		return out[:w], n - (len(out) - w)
	}
}

func numericEntity(s string, syn syntax) (string, int) {
	n, isDigit, most := 2, isDecimal, 7
	if s[2] == 'x' || s[2] == 'X' {
		n, isDigit, most = 3, isHex, 6
	}
	digits := n
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	digits = n - digits
	closed := n < len(s) && s[n] == ';'
	if digits == 0 || syn == markdownText && (!closed || digits > most) {
		return "", 0
	}
	if closed {
		n++
	}
	return html.UnescapeString(s[:n]), n
}

func isDecimal(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool { return isDecimal(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isAlnum(c byte) bool { return isDecimal(c) || isAlpha(c) }

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// unescape decodes the value of an attribute.
func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] == '&' {
			if ref, n := entity(s[i:], htmlAttribute); n > 0 {
				b.WriteString(ref)
				i += n
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}
