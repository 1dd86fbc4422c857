package review

// NOTE. The parser is one pass over the bytes that reads JSON (RFC 8259) and fills the struct as it goes, led by the
// nodes of plan.go. encoding/json is not enough: it stops at the first problem, knows no columns, takes keys in any
// case, keeps the last of two equal keys, and replaces text that is not Unicode.
//
// Every method that reads something returns false if the syntax is broken beyond recovery; the fault is then reported
// and reading ends. Everything else is reported and reading goes on. Time is linear in the input: nothing is read
// twice except the places of problems, once for all (locate), and at most maxProblems problems are described.

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds the nesting of objects and arrays. A Document needs 6.
const maxDepth = 64

const bom = "\uFEFF"

func hasBOM(data []byte) bool { return bytes.HasPrefix(data, []byte(bom)) }

// ParseDocument reads one Document in JSON (RFC 8259, UTF-8; a byte order mark at the beginning is read past).
//
// It is strict: unknown keys, duplicate keys, null, values of the wrong type or outside their set, form or range, text
// that is not Unicode (invalid UTF-8, \u escapes that are half of a pair) and anything after the document are errors.
// Integers may be written in any way that JSON has for a whole number (12, 12.0, 1.2e1) and fit 63 bits.
// Objects and arrays nest at most 64 deep.
//
// The error is an *InputError with all problems; the document is then nil. O(len(data)). The document shares no memory
// with data.
func ParseDocument(data []byte) (*Document, error) {
	return parseDocument(data, 1, 0)
}

// parseDocument is ParseDocument for data that begins at a line and an offset of a larger input.
func parseDocument(data []byte, line int, base int64) (*Document, error) {
	p := &parser{data: data, base: base}
	if hasBOM(data) {
		p.pos = len(bom)
	}
	doc := new(Document)
	p.document(reflect.ValueOf(doc).Elem())
	if len(p.faults) > 0 {
		return nil, &InputError{Problems: locate(data, p.faults, line, base), Omitted: p.omitted}
	}
	return doc, nil
}

type parser struct {
	data    []byte
	base    int64 // offset of data in the whole input
	pos     int
	depth   int
	path    []step
	faults  []fault
	omitted int
}

// A step is a member, or an element if name is "".
type step struct {
	name  string
	index int
}

func (p *parser) pathString() string {
	var b strings.Builder
	for _, s := range p.path {
		switch {
		case s.name == "":
			fmt.Fprintf(&b, "[%d]", s.index)
		case s.name[0] == '[' || b.Len() == 0:
			b.WriteString(s.name)
		default:
			b.WriteString("." + s.name)
		}
	}
	return b.String()
}

// report notes a problem at an offset. The message is only made if the problem is kept.
func (p *parser) report(kind ProblemKind, at int, message func() string) {
	if len(p.faults) == maxProblems {
		p.omitted++
		return
	}
	p.faults = append(p.faults, fault{
		Problem: Problem{Kind: kind, Path: p.pathString(), Message: message()},
		at:      at, ref: -1,
	})
}

// broken reports that the syntax ends making sense here.
func (p *parser) broken(want string) bool {
	p.report(KindSyntax, p.pos, func() string { return "want " + want + ", got " + p.found() })
	return false
}

// found says what stands here, by its kind: it may be prose that lost its quotation mark.
func (p *parser) found() string {
	if p.pos == len(p.data) {
		return "the end of the input"
	}
	r, size := utf8.DecodeRune(p.data[p.pos:])
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("byte 0x%02x, which is not UTF-8", p.data[p.pos])
	case unicode.IsControl(r) || r == '\uFEFF':
		return fmt.Sprintf("the invisible character U+%04X", r)
	case '0' <= r && r <= '9':
		return "a digit"
	case r < utf8.RuneSelf && unicode.IsLetter(r):
		for _, w := range misspelt {
			if bytes.HasPrefix(p.data[p.pos:], []byte(w[0])) {
				return w[0] + ", which JSON " + w[1]
			}
		}
		return "a letter"
	case r < utf8.RuneSelf:
		return strconv.QuoteRune(r)
	case unicode.IsSpace(r):
		return fmt.Sprintf("the space U+%04X, which is not white space in JSON", r)
	case unicode.IsPunct(r) || unicode.IsSymbol(r):
		return "punctuation that is not ASCII; is an input method on?"
	}
	return "a character outside quotation marks"
}

// misspelt are words of other languages, and what JSON says about them.
var misspelt = [][2]string{
	{"True", "writes true"}, {"False", "writes false"}, {"None", "does not have"}, {"NULL", "does not have"},
	{"undefined", "does not have"}, {"NaN", "does not have"}, {"Infinity", "does not have"},
}

func (p *parser) space() {
	for p.pos < len(p.data) {
		switch p.data[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

// at reports whether c stands here.
func (p *parser) at(c byte) bool { return p.pos < len(p.data) && p.data[p.pos] == c }

func (p *parser) document(dst reflect.Value) bool {
	p.space()
	if !p.value(documentNode(), dst) {
		return false
	}
	p.space()
	if p.pos < len(p.data) {
		p.report(KindSyntax, p.pos, func() string {
			return "want nothing after the document, got " + p.found() +
				"; several documents go into JSON Lines, one a line"
		})
		return false
	}
	return true
}

// The kinds of JSON values, as errors name them.
const (
	isObject = "an object"
	isArray  = "an array"
	isString = "a string"
	isNumber = "a number"
	isBool   = "a boolean"
	isNull   = "null"
)

// kind returns what kind of value begins here, or "".
func (p *parser) kind() string {
	if p.pos == len(p.data) {
		return ""
	}
	switch p.data[p.pos] {
	case '{':
		return isObject
	case '[':
		return isArray
	case '"':
		return isString
	case 't', 'f', 'n':
		switch rest := p.data[p.pos:]; {
		case bytes.HasPrefix(rest, []byte("true")), bytes.HasPrefix(rest, []byte("false")):
			return isBool
		case bytes.HasPrefix(rest, []byte("null")):
			return isNull
		}
	case '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return isNumber
	}
	return ""
}

// kindOf returns the kind of value that a node takes.
func kindOf(n *node) string {
	switch n.form {
	case formObject:
		return isObject
	case formArray:
		return isArray
	case formBool:
		return isBool
	case formInteger, formNumber:
		return isNumber
	}
	return isString
}

// value reads a value into dst. A nil node takes any value and drops it.
func (p *parser) value(n *node, dst reflect.Value) bool {
	kind := p.kind()
	if kind == "" {
		want := "a value"
		if n != nil {
			want = n.want()
		}
		return p.broken(want)
	}
	if n != nil && kind != kindOf(n) {
		p.wrongType(n, kind)
		n = nil
	}
	switch kind {
	case isObject:
		return p.object(n, dst)
	case isArray:
		return p.array(n, dst)
	case isString:
		return p.stringValue(n, dst)
	case isNumber:
		p.numberValue(n, dst)
	case isBool:
		isTrue := p.at('t')
		p.pos += len("true")
		if !isTrue {
			p.pos++
		}
		if n != nil {
			dst.SetBool(isTrue)
		}
	case isNull:
		p.pos += len("null")
	}
	return true
}

func (p *parser) wrongType(n *node, kind string) {
	if kind == isNull {
		p.report(KindNull, p.pos, func() string {
			if len(p.path) == 0 {
				return "want an object, got null"
			}
			if p.path[len(p.path)-1].name == "" {
				return "null is not allowed; leave the element out"
			}
			message := "null is not allowed; leave the key out if the value is unknown"
			if none := n.none(); none != "" {
				message += ", or write " + none + " if there is known to be none"
			}
			return message
		})
		return
	}
	p.report(KindType, p.pos, func() string {
		message := "want " + n.want() + ", got " + kind
		switch want := kindOf(n); {
		case kind == isString && (want == isNumber || want == isBool):
			message += "; write it without quotation marks"
		case want == isString && (kind == isNumber || kind == isBool):
			message += "; write it in quotation marks"
		case want == isArray:
			message += "; write it in brackets, also if there is only one"
		}
		return message
	})
}

// enter goes one level down.
func (p *parser) enter() bool {
	if p.depth == maxDepth {
		p.report(KindLimit, p.pos, func() string {
			return fmt.Sprintf("objects and arrays nest more than %d deep", maxDepth)
		})
		return false
	}
	p.depth++
	p.pos++
	p.space()
	return true
}

func (p *parser) object(n *node, dst reflect.Value) bool {
	if !p.enter() {
		return false
	}
	var seen [maxMembers]int // 1 + offset of the key
	for first := true; ; first = false {
		if p.at('}') && first {
			break
		}
		if !p.at('"') {
			if p.at('}') {
				return p.broken("a key after the comma")
			}
			return p.broken("a key in double quotation marks")
		}
		keyAt := p.pos
		key, good, ok := p.str()
		if !ok {
			return false
		}
		p.space()
		if !p.at(':') {
			return p.broken("':' after the key")
		}
		p.pos++
		p.space()
		// A key with a fault of its own names nothing.
		m := (*member)(nil)
		if n != nil && good {
			m = p.memberOf(n, key, keyAt, &seen)
		}
		switch {
		case m == nil:
			ok = p.value(nil, reflect.Value{})
		default:
			p.path = append(p.path, step{name: key})
			f := dst.Field(m.index)
			if f.Kind() == reflect.Pointer {
				f.Set(reflect.New(m.node.typ))
				f = f.Elem()
			}
			ok = p.value(m.node, f)
			p.path = p.path[:len(p.path)-1]
		}
		if !ok {
			return false
		}
		if more, ok := p.next('}'); !ok {
			return false
		} else if !more {
			break
		}
	}
	p.pos++
	p.depth--
	return true
}

// memberOf returns the member of that name, or nil if there is none or it was there before.
func (p *parser) memberOf(n *node, key string, at int, seen *[maxMembers]int) *member {
	i, known := n.byName[key]
	if known && seen[i] == 0 {
		seen[i] = at + 1
		return &n.members[i]
	}
	p.path = append(p.path, step{name: keyStep(key)})
	defer func() { p.path = p.path[:len(p.path)-1] }()
	if !known {
		p.report(KindUnknownKey, at, func() string { return unknownKey(n, key) })
		return nil
	}
	before := len(p.faults)
	p.report(KindDuplicateKey, at, func() string {
		return "duplicate key " + quoteKey(key) + "; the first is at "
	})
	if len(p.faults) > before {
		p.faults[before].ref = seen[i] - 1
	}
	return nil
}

// keyStep is how a key that is not known stands in a path: as it is if it is ASCII letters, digits and _, else quoted
// in brackets.
func keyStep(key string) string {
	for i := range len(key) {
		c := key[i] | 0x20
		if i == maxQuoted || !('a' <= c && c <= 'z' || i > 0 && (isDigit(key[i]) || key[i] == '_')) {
			return "[" + quoteKey(key) + "]"
		}
	}
	if key == "" {
		return `[""]`
	}
	return key
}

func unknownKey(n *node, key string) string {
	known := make([]string, len(n.members))
	for i, m := range n.members {
		known[i] = m.name
	}
	if near := nearest(key, known); near != "" {
		// Spelt in ASCII, because the slip may be a character that only looks like the right one.
		return "unknown key " + strconv.QuoteToASCII(key) + "; did you mean " + quote(near) + "?"
	}
	message := "unknown key " + quoteKey(key)
	if place := documentNode().places[key]; place != "" {
		return message + "; did you mean " + place + "?"
	}
	return message + "; want one of " + strings.Join(known, ", ")
}

// next reads what stands between two values: it reports whether there is more, and stays on the closing byte if not.
func (p *parser) next(closing byte) (more, ok bool) {
	afterString := p.data[p.pos-1] == '"'
	p.space()
	switch {
	case p.at(','):
		p.pos++
		p.space()
		return true, true
	case p.at(closing):
		return false, true
	}
	p.report(KindSyntax, p.pos, func() string {
		message := fmt.Sprintf("want ',' or '%c', got %s", closing, p.found())
		if r, _ := utf8.DecodeRune(p.data[p.pos:]); afterString && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			message += `; inside a text a quotation mark is written \"`
		}
		return message
	})
	return false, false
}

func (p *parser) array(n *node, dst reflect.Value) bool {
	if !p.enter() {
		return false
	}
	if n != nil {
		dst.Set(reflect.MakeSlice(n.typ, 0, 0))
	}
	for i := 0; ; i++ {
		if p.at(']') && i == 0 {
			break
		}
		if p.at(']') {
			return p.broken("a value after the comma")
		}
		ok := false
		if n == nil {
			ok = p.value(nil, reflect.Value{})
		} else {
			p.path = append(p.path, step{index: i})
			dst.Grow(1)
			dst.SetLen(i + 1)
			ok = p.value(n.elem, dst.Index(i))
			p.path = p.path[:len(p.path)-1]
		}
		if !ok {
			return false
		}
		if more, ok := p.next(']'); !ok {
			return false
		} else if !more {
			break
		}
	}
	p.pos++
	p.depth--
	return true
}

func (p *parser) stringValue(n *node, dst reflect.Value) bool {
	at := p.pos
	s, good, ok := p.str()
	if !ok {
		return false
	}
	if n == nil || !good {
		return true
	}
	if message := n.checkString(s); message != "" {
		p.report(KindValue, at, func() string { return message })
		return true
	}
	if dst.Kind() == reflect.String {
		dst.SetString(s)
		return true
	}
	// A set of names that is not a string in Go reads its own names; checkString has seen that s is one.
	if err := dst.Addr().Interface().(interface{ UnmarshalText([]byte) error }).UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return true
}

// str reads a string. good is false if its content has a fault; the first of each kind is reported.
func (p *parser) str() (s string, good, ok bool) {
	opening := p.pos
	p.pos++
	start := p.pos
	var out []byte // the text up to start, once it differs from the input
	var faults []string
	fault := func(kind ProblemKind, at int, message string) {
		if !slices.Contains(faults, message) {
			faults = append(faults, message)
			p.report(kind, at, func() string { return message })
		}
	}
	isUTF8 := true
	for p.pos < len(p.data) {
		c := p.data[p.pos]
		switch {
		case c == '"':
			s = string(append(out, p.data[start:p.pos]...))
			p.pos++
			return s, len(faults) == 0, true
		case c == '\\':
			out = append(out, p.data[start:p.pos]...)
			at := p.pos
			r, kind, message := p.escape()
			if message == "" {
				out = utf8.AppendRune(out, r)
			} else {
				fault(kind, at, message)
			}
			start = p.pos
		case c < ' ':
			fault(KindSyntax, p.pos, `a control character inside quotation marks; write a line break as \n, a tab as \t`)
			p.pos++
		case c < utf8.RuneSelf:
			p.pos++
		default:
			r, size := utf8.DecodeRune(p.data[p.pos:])
			if r == utf8.RuneError && size == 1 && isUTF8 {
				isUTF8 = false
				fault(KindEncoding, p.pos, fmt.Sprintf(
					"want UTF-8, got byte 0x%02x at byte offset %d; save the input as UTF-8", c, p.base+int64(p.pos)))
			}
			p.pos += size
		}
	}
	p.pos = opening
	p.report(KindSyntax, opening, func() string {
		return "a string that is not closed; its last quotation mark is missing"
	})
	return "", false, false
}

// escape reads an escape sequence. It always moves on.
func (p *parser) escape() (r rune, kind ProblemKind, message string) {
	const unknown = `unknown escape sequence; a backslash is written \\`
	p.pos++
	if p.pos == len(p.data) {
		return 0, KindSyntax, unknown
	}
	c := p.data[p.pos]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		p.pos++
		return rune("\"\\/\b\f\n\r\t"[i]), "", ""
	}
	if c != 'u' {
		return 0, KindSyntax, unknown
	}
	p.pos++
	r, ok := p.hex()
	if !ok {
		return 0, KindSyntax, `want 4 hexadecimal digits after \u`
	}
	if !utf16.IsSurrogate(r) {
		return r, "", ""
	}
	if after := p.pos; bytes.HasPrefix(p.data[after:], []byte(`\u`)) {
		p.pos += len(`\u`)
		if low, ok := p.hex(); ok {
			if whole := utf16.DecodeRune(r, low); whole != utf8.RuneError {
				return whole, "", ""
			}
		}
		p.pos = after
	}
	return 0, KindEncoding, `want a character, got half of a surrogate pair as \u escape; write both halves, or the character itself`
}

// hex reads four hexadecimal digits. It moves on only if they are there.
func (p *parser) hex() (rune, bool) {
	if len(p.data)-p.pos < 4 {
		return 0, false
	}
	var r rune
	for _, c := range p.data[p.pos : p.pos+4] {
		i := strings.IndexByte("0123456789abcdef", c|0x20)
		if i < 0 || c < '0' {
			return 0, false
		}
		r = r<<4 | rune(i)
	}
	p.pos += 4
	return r, true
}

func (p *parser) numberValue(n *node, dst reflect.Value) {
	at := p.pos
	for p.pos < len(p.data) && strings.IndexByte("0123456789+-.eE", p.data[p.pos]) >= 0 {
		p.pos++
	}
	literal := string(p.data[at:p.pos])
	if !isNumberLiteral(literal) {
		p.report(KindSyntax, at, func() string {
			return "want a number as JSON writes it (12, -0.5, 1e3), without leading zero or plus sign"
		})
		return
	}
	switch {
	case n == nil:
	case n.form == formInteger:
		i, ok := wholeNumber(literal)
		if !ok {
			p.report(KindValue, at, func() string { return outOfRange(literal) })
			return
		}
		dst.SetInt(i)
	default:
		f, err := strconv.ParseFloat(literal, 64)
		if err != nil {
			p.report(KindValue, at, func() string {
				return "want a number that fits 64-bit floating point, got " + quoteNumber(literal)
			})
			return
		}
		dst.SetFloat(f)
	}
}

func outOfRange(literal string) string {
	return "want an integer from 0 to 9223372036854775807, got " + quoteNumber(literal)
}

func quoteNumber(literal string) string {
	if len(literal) > maxQuoted {
		return fmt.Sprintf("a number of %d characters", len(literal))
	}
	return literal
}

// isNumberLiteral reports whether s is a number of RFC 8259, section 6.
func isNumberLiteral(s string) bool {
	digits := func() bool {
		n := 0
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		s = s[n:]
		return n > 0
	}
	s = strings.TrimPrefix(s, "-")
	if strings.HasPrefix(s, "0") {
		s = s[1:]
	} else if !digits() {
		return false
	}
	if strings.HasPrefix(s, ".") {
		s = s[1:]
		if !digits() {
			return false
		}
	}
	if s != "" && s[0]|0x20 == 'e' {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if !digits() {
			return false
		}
	}
	return s == ""
}

// wholeNumber returns the value of a number literal, and whether it is a whole number from 0 to 1<<63 - 1. It is exact,
// whatever the exponent.
func wholeNumber(literal string) (int64, bool) {
	mantissa, exponent := literal, "0"
	if i := strings.IndexAny(literal, "eE"); i >= 0 {
		mantissa, exponent = literal[:i], literal[i+1:]
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return 0, true
	}
	significant := strings.TrimRight(digits, "0")
	// An exponent this large cannot be made up for by the digits of any input, and the sums below stay in range.
	const largest = 1 << 40
	zeros, err := strconv.ParseInt(exponent, 10, 64)
	if err != nil || zeros > largest || zeros < -largest {
		return 0, false
	}
	zeros += int64(len(digits) - len(significant) - len(fraction))
	if negative || zeros < 0 || int64(len(significant))+zeros > int64(len("9223372036854775807")) {
		return 0, false
	}
	i, err := strconv.ParseInt(significant+strings.Repeat("0", int(zeros)), 10, 64)
	return i, err == nil
}
