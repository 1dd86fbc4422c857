package text

import "strings"

// A span is a range of bytes.
type span struct{ lo, hi int }

func (s span) of(t string) string { return t[s.lo:s.hi] }

// attributes is what a start tag says that matters here. Values are spans of the text that holds the tag, not decoded.
// Of two attributes of one name the first counts.
type attributes struct {
	hidden, style, kind, id span // the values of hidden, style, type and id
	has                     attribute
	shown                   [6]span // the values that reach a reader, in the order of the tag
	nshown                  int
}

type attribute uint16

const (
	hasHidden attribute = 1 << iota
	hasStyle
	hasType
	hasAlt
	hasTitle
	hasLabel
	hasAria
	hasPlaceholder
	hasValue
	hasID
	hasFont // color, face or size
)

func attributeOf(name string) attribute {
	switch len(name) {
	case len("id"), len("alt"), len("type"), len("title"), len("hidden"), len("aria-label"), len("placeholder"):
	default:
		return 0
	}
	switch strings.ToLower(name) {
	case "hidden":
		return hasHidden
	case "id":
		return hasID
	case "style":
		return hasStyle
	case "type":
		return hasType
	case "alt":
		return hasAlt
	case "title":
		return hasTitle
	case "label":
		return hasLabel
	case "aria-label":
		return hasAria
	case "placeholder":
		return hasPlaceholder
	case "value":
		return hasValue
	case "color", "face", "size":
		return hasFont
	}
	return 0
}

// scanAttributes reads the attributes of a start tag from s[i:], which is behind the name. Values other than that of
// an input element are no text.
func scanAttributes(s string, i int, isInput bool) attributes {
	var a attributes
	value, valueAt := span{}, -1
	for {
		name, val, next := nextAttribute(s, i)
		if next < 0 {
			break
		}
		i = next
		at := attributeOf(name.of(s))
		if at == 0 || a.has&at != 0 {
			continue
		}
		a.has |= at
		switch at {
		case hasFont:
		case hasHidden:
			a.hidden = val
		case hasStyle:
			a.style = val
		case hasID:
			a.id = val
		case hasType:
			a.kind = val
		case hasValue:
			value, valueAt = val, a.nshown
		default:
			a.shown[a.nshown] = val
			a.nshown++
		}
	}
	if isInput && valueAt >= 0 && showsValue(unescape(a.kind.of(s))) {
		copy(a.shown[valueAt+1:], a.shown[valueAt:a.nshown])
		a.shown[valueAt] = value
		a.nshown++
	}
	return a
}

// showsValue reports whether an input of that type shows its value as text. An unknown type is a text field.
func showsValue(kind string) bool {
	switch strings.ToLower(kind) {
	case "hidden", "checkbox", "radio", "file", "image", "password", "color", "range":
		return false
	}
	return true
}

// nextAttribute reads one attribute as the tokenizer of x/net/html reads it, which does not say where it found what it
// returns. The name is empty for what is no attribute, and next is negative at the end of the tag.
// Source: https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state, sections 13.2.5.32 to 13.2.5.40.
func nextAttribute(s string, i int) (name, val span, next int) {
	i = skipWhite(s, i)
	if i >= len(s) || s[i] == '>' {
		return span{}, span{}, -1
	}
	name.lo = i
	if s[i] == '=' { // as a first character it belongs to the name
		i++
	}
	for i < len(s) && s[i] != '=' && s[i] != '/' && s[i] != '>' && classes[s[i]] != white {
		i++
	}
	name.hi = i
	val = span{i, i}
	if i = skipWhite(s, i); i >= len(s) {
		return name, val, i
	}
	if s[i] == '/' {
		return name, val, i + 1
	}
	if s[i] != '=' {
		return name, val, i
	}
	if i = skipWhite(s, i+1); i >= len(s) || s[i] == '>' {
		return name, val, i
	}
	if quote := s[i]; quote == '"' || quote == '\'' {
		i++
		n := strings.IndexByte(s[i:], quote)
		if n < 0 {
			return name, span{i, len(s)}, len(s)
		}
		return name, span{i, i + n}, i + n + 1
	}
	val.lo = i
	for i < len(s) && s[i] != '>' && classes[s[i]] != white {
		i++
	}
	val.hi = i
	return name, val, i
}

func skipWhite(s string, i int) int {
	for i < len(s) && classes[s[i]] == white {
		i++
	}
	return i
}
