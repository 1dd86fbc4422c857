package text

import "strings"

// inlineStyle returns what the value of a style attribute says last about display and visibility, in lower case, or
// "" if it says nothing. What is not understood counts as said, so that it never hides a text.
func inlineStyle(css string) (display, visibility string) {
	var said [2]struct {
		value     string
		important bool
	}
	properties := [2]string{"display", "visibility"}
	for css != "" {
		var decl string
		decl, css = declaration(css)
		name, value, _ := strings.Cut(decl, ":")
		name = strings.TrimSpace(name)
		if strings.Contains(name, `\`) { // an escape: it may be any property
			name, value = "all", "escaped"
		}
		all := strings.EqualFold(name, "all")
		if !all && !strings.EqualFold(name, properties[0]) && !strings.EqualFold(name, properties[1]) {
			continue
		}
		value = strings.ToLower(strings.TrimSpace(value))
		bare, important := strings.CutSuffix(value, "important")
		if important {
			bare, important = strings.CutSuffix(strings.TrimSpace(bare), "!")
			value = strings.TrimSpace(bare)
		}
		for i, p := range properties {
			if (all || strings.EqualFold(name, p)) && (important || !said[i].important) {
				said[i].value, said[i].important = value, important
			}
		}
	}
	return said[0].value, said[1].value
}

// declaration cuts the first declaration from css, without its comments: semicolons in strings and brackets do not
// end it. Source: https://www.w3.org/TR/css-syntax-3/#consume-declaration.
func declaration(css string) (decl, rest string) {
	var before strings.Builder // what stands before the last comment
	from := 0
	done := func(end int) string {
		if from == 0 {
			return css[:end]
		}
		before.WriteString(css[from:end])
		return before.String()
	}
	quote, depth := byte(0), 0
	for i := 0; i < len(css); i++ {
		switch c := css[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote || c == '\n' {
				quote = 0
			}
		case c == '/' && strings.HasPrefix(css[i:], "/*"):
			before.WriteString(css[from:i])
			n := strings.Index(css[i+2:], "*/")
			if n < 0 {
				return before.String(), ""
			}
			i += n + 3
			from = i + 1
		case c == '"' || c == '\'':
			quote = c
		case c == '(' || c == '[' || c == '{':
			depth++
		case (c == ')' || c == ']' || c == '}') && depth > 0:
			depth--
		case c == ';' && depth == 0:
			return done(i), css[i+1:]
		}
	}
	return done(len(css)), ""
}

// flowsInline reports whether a value of display keeps an element within its line.
func flowsInline(display string) bool {
	return strings.HasPrefix(display, "inline") || display == "contents" || display == "ruby"
}

// breaksLine reports whether a value of display makes a block of an element.
func breaksLine(display string) bool {
	switch display {
	case "block", "flex", "grid", "table", "list-item", "flow-root", "table-row", "table-cell", "table-caption":
		return true
	}
	return false
}
