package lexicon

import (
	"fmt"
	"strings"
)

// A message is what is said to an editor: an English format, which is also
// its key in [catalogue], and what stands in it. Parts that are sentences or
// lists themselves are messages or names, so that the whole can be said in
// Chinese. Nil says nothing.
type message struct {
	format string
	args   []any
	text   string // in English
}

func say(format string, args ...any) *message {
	return &message{format, args, fmt.Sprintf(format, args...)}
}

// String returns the message in English.
func (m *message) String() string {
	if m == nil {
		return ""
	}
	return m.text
}

// chinese returns the message in Chinese, or in English if the catalogue does
// not have it.
func (m *message) chinese() string {
	if m == nil {
		return ""
	}
	row, ok := catalogue[m.format]
	if !ok {
		return m.text
	}
	args := make([]any, len(m.args))
	for i, arg := range m.args {
		switch arg := arg.(type) {
		case *message:
			args[i] = arg.chinese()
		case names:
			args[i] = arg.join("、", " 或 ")
		default:
			args[i] = arg
		}
	}
	return fmt.Sprintf(row.chinese, args...)
}

// code returns the id of what is wrong, that of the first part if m is only
// an envelope.
func (m *message) code() string {
	if row := catalogue[m.format]; row.code != "" {
		return row.code
	}
	for _, arg := range m.args {
		if part, ok := arg.(*message); ok && part != nil {
			return part.code()
		}
	}
	return "other"
}

// names is a list of which one is wanted.
type names []string

// String returns "a, b or c".
func (n names) String() string { return n.join(", ", " or ") }

func (n names) join(comma, or string) string {
	if len(n) < 2 {
		return strings.Join(n, "")
	}
	last := len(n) - 1
	return strings.Join(n[:last], comma) + or + n[last]
}
