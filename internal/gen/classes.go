package main

import "unicode"

// Class names, as in package tables. An empty class is Other, which no range
// has.
const (
	other     = ""
	han       = "Han"
	letter    = "Letter"
	digit     = "Digit"
	blank     = "Blank"
	newline   = "Newline"
	invisible = "Invisible"
	mark      = "Mark"
	clause    = "Clause"
)

// isIdeograph reports whether r is an ideograph proper: unified, compatibility,
// or 〇.
func isIdeograph(r rune) bool {
	return unicode.Is(unicode.Unified_Ideograph, r) || r == '〇' ||
		unicode.Is(unicode.Han, r) && unicode.Is(unicode.Lo, r) && (0xF900 <= r && r <= 0xFAFF || 0x2F800 <= r && r <= 0x2FA1F)
}

// isStroke reports whether r is of the block CJK Strokes.
func isStroke(r rune) bool { return 0x31C0 <= r && r <= 0x31E3 }

// isBlank reports whether r is drawn as an empty space within a line.
func isBlank(r rune) bool {
	switch r {
	case '\t', 0x2800, 0x115F, 0x1160, 0x3164, 0xFFA0:
		return true
	}
	return unicode.Is(unicode.Zs, r)
}

// classOf decides in the order of the cases: how a rune is laid out comes
// before what it means, and what it is before what it folds to.
func classOf(r rune, f *forest) string {
	root := f.rootOf(r)
	switch {
	case r == unicode.ReplacementChar:
		return other // stands for bytes that are no text
	case r == '\n' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return newline
	case isBlank(r):
		return blank
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me, unicode.Other_Default_Ignorable_Code_Point):
		return invisible
	case isIdeograph(r) || unicode.Is(unicode.Radical, r) || isStroke(r):
		return han
	case unicode.Is(unicode.Nd, r):
		return digit
	case unicode.Is(unicode.L, r):
		return letter
	case '0' <= root && root <= '9':
		return digit
	case 'a' <= root && root <= 'z':
		return letter
	case isIdeograph(root):
		return han
	case unicode.Is(unicode.L, root):
		return letter
	case unicode.Is(unicode.N, r):
		return digit
	case isClause(r):
		return clause
	case unicode.In(r, unicode.P, unicode.S):
		return mark
	case 0x1F000 <= r && r <= 0x1FAFF && !assigned(r):
		return mark // a pictograph of a later Unicode
	}
	return other
}

// assigned reports whether r has a general category. It does not ask for C,
// which may or may not hold the unassigned code points (Cn).
func assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z,
		unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

// isClause reports whether r stands between clauses or around them. Every form
// of a character is judged as the normal one, but for the small full stop,
// which is a sentence's: U+002E is also inside numbers, names and addresses.
func isClause(r rune) bool {
	if to, ok := widthFold(r); ok && r != '﹒' {
		r = to
	}
	switch r {
	case '.':
		return false
	case '"', '\'', '<', '>', '¡', '¿':
		return true
	}
	return unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf) ||
		unicode.Is(unicode.Terminal_Punctuation, r) && unicode.Is(unicode.P, r)
}

// classRange is a maximal run of runes of one class.
type classRange struct {
	lo, hi rune
	class  string
}

// classRanges covers all runes whose class is not Other.
func classRanges(f *forest) []classRange {
	var out []classRange
	for r := rune(0); r <= unicode.MaxRune; r++ {
		c := classOf(r, f)
		if c == other {
			continue
		}
		if n := len(out); n > 0 && out[n-1].class == c && out[n-1].hi == r-1 {
			out[n-1].hi = r
			continue
		}
		out = append(out, classRange{r, r, c})
	}
	return out
}
