package rules

import (
	"slices"
	"strings"
	"unicode"
)

// NormalizeTitle returns a title as titles are compared: without white space
// and invisible characters, in one width and in lower case; quotation marks of
// every family, brackets 《》 among them, are one mark; dashes are "-" and
// ellipses "…", a run of them one; middle dots, colons, commas and bars are
// one each; punctuation at the end is dropped. Digits and punctuation inside
// stay: 三年 and 五年 are different titles, and so are 3.2 and 32.
//
// Law: NormalizeTitle(NormalizeTitle(s)) == NormalizeTitle(s).
//
// Two titles of one script that a reader takes for the same are equal after
// it; traditional and simplified characters stay apart.
func NormalizeTitle(s string) string {
	return trimEnd(normalize(s))
}

func trimEnd(s string) string { return strings.TrimRight(s, ".!?,;:") }

// normalize is NormalizeTitle that keeps the end.
func normalize(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	dots := 0 // full stops that wait to be an ellipsis
	put := func(r rune) {
		for ; dots > 0; dots-- {
			b.WriteByte('.')
			last = '.'
		}
		if r == last && (r == '-' || r == '…') {
			return
		}
		b.WriteRune(r)
		last = r
	}
	for _, r := range s {
		r = plainRune(r)
		switch {
		case r < 0:
		case r == '.':
			dots++
		case dots > 1:
			dots = 0
			put('…')
			put(r)
		default:
			put(r)
		}
	}
	if dots > 1 {
		dots = 0
		put('…')
	}
	for ; dots > 0; dots-- {
		b.WriteByte('.')
	}
	return b.String()
}

// plainRune returns the representative of a rune for comparison, or -1 for one
// that does not count.
func plainRune(r rune) rune {
	if r >= 0x80 {
		r = spelled(r)
	}
	switch {
	case r == '\n', unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	case isQuote(r):
		return '"'
	}
	switch r {
	case '—', '–', '―', '‐', '‑', '‒', '−', '─', '━', '~', '〜', '～', '_':
		return '-'
	case '⋯', '‥', '︙':
		return '…'
	case '•', '・', '‧', '∙', '⋅', '●', '･':
		return '·'
	case '∶', '︰', '：':
		return ':'
	case '、', '，', '､':
		return ','
	case '｜', '丨', '︱', '│', '┃', '¦':
		return '|'
	case '。', '｡':
		return '.'
	}
	return unicode.ToLower(r)
}

// TitleRules say what a title may carry beside the original one.
type TitleRules struct {
	// Prefixes and Suffixes may stand before and behind it; "*" in one is up
	// to eight Han characters.
	Prefixes, Suffixes []string
	// ContainedMin is how many characters an original title needs to be
	// recognised within a longer one.
	ContainedMin int
	// NearDistance is how many characters may differ for the difference to
	// look like a slip.
	NearDistance int
}

// A TitleMatch says how a title relates to the original one.
type TitleMatch int

// The matches, from the best to the worst.
const (
	TitleSame      TitleMatch = iota // equal as titles are compared
	TitleWrapped                     // equal without allowed prefixes and suffixes
	TitleScript                      // equal but for traditional and simplified characters
	TitleContained                   // the original stands whole within it
	TitleNear                        // differs in a few characters, as a slip does
	TitleChanged                     // another title
)

// Kept reports whether the title counts as kept.
func (m TitleMatch) Kept() bool { return m <= TitleContained }

// nearShare is the part of the original title that may differ for the
// difference to look like a slip.
const nearShare = 10 // one in ten

// CompareTitles says how title relates to original.
//
// Laws: a title compares to itself as TitleSame; so do two titles that
// [NormalizeTitle] makes equal. An allowed prefix before a title that has some
// text, or an allowed suffix behind it, never makes the match worse than
// TitleWrapped. A title that is cut short is not contained: it is TitleChanged,
// or TitleNear.
//
// Cost: linear in the titles.
func CompareTitles(title, original string, r TitleRules) TitleMatch {
	t, o := NormalizeTitle(title), NormalizeTitle(original)
	if t == o {
		return TitleSame
	}
	forms := unwrapped(title, r)
	if slices.Contains(forms, o) {
		return TitleWrapped
	}
	o = fold(o)
	for i := range forms {
		forms[i] = fold(forms[i])
	}
	bare := forms[len(forms)-1]
	switch t = fold(t); {
	case slices.Contains(forms, o):
		return TitleScript
	case o != "" && runeCount(o) >= r.ContainedMin && strings.Contains(t, o):
		return TitleContained
	}
	if d, ok := within([]rune(bare), []rune(o), r.NearDistance); ok && d*nearShare <= runeCount(o) {
		return TitleNear
	}
	return TitleChanged
}

// maxWraps is how many prefixes, and how many suffixes, are taken off a title.
const maxWraps = 4

// unwrapped are the forms of NormalizeTitle of a title from which allowed
// prefixes and suffixes are taken off, one after the other; the barest is last.
func unwrapped(title string, r TitleRules) []string {
	strip := func(s string, globs []string, cut func(s, glob string) string) []string {
		forms := []string{s}
		for range maxWraps {
			last := forms[len(forms)-1]
			for _, glob := range globs {
				if rest := cut(last, normalize(glob)); rest != last && rest != "" {
					forms = append(forms, rest)
					break
				}
			}
			if forms[len(forms)-1] == last {
				break
			}
		}
		return forms
	}
	var out []string
	for _, s := range strip(normalize(title), r.Prefixes, func(s, glob string) string { return s[globPrefix(s, glob):] }) {
		out = append(out, strip(trimEnd(s), r.Suffixes, func(s, glob string) string { return trimEnd(s[:len(s)-globSuffix(s, glob)]) })...)
	}
	return out
}

// maxGlob is how many Han characters a "*" may stand for.
const maxGlob = 8

// globPrefix returns the length of the beginning of s that glob matches, the
// shortest if there are several; 0 if it does not.
func globPrefix(s, glob string) int {
	head, tail, wild := strings.Cut(glob, "*")
	if !strings.HasPrefix(s, head) {
		return 0
	}
	n := len(head)
	if !wild {
		return n
	}
	for range maxGlob + 1 {
		if strings.HasPrefix(s[n:], tail) {
			return n + len(tail)
		}
		c := firstRune(s[n:])
		if !unicode.Is(unicode.Han, c) {
			break
		}
		n += len(string(c))
	}
	return 0
}

// globSuffix is globPrefix for the end of s; its "*" is as long as it can be.
func globSuffix(s, glob string) int {
	head, tail, wild := strings.Cut(glob, "*")
	switch {
	case !wild && strings.HasSuffix(s, glob):
		return len(glob)
	case !wild || !strings.HasSuffix(s, tail):
		return 0
	}
	best := 0
	end := len(s) - len(tail)
	for range maxGlob + 1 {
		if strings.HasSuffix(s[:end], head) {
			best = len(s) - end + len(head)
		}
		c, size := lastRune(s[:end])
		if !unicode.Is(unicode.Han, c) {
			break
		}
		end -= size
	}
	return best
}

// within returns the edit distance of a and b if it is at most most. Only the
// cells that can be within it are computed, so the cost is O(most*len(a)).
func within(a, b []rune, most int) (int, bool) {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return 0, false
	}
	far := most + 1
	row, next := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = min(j, far)
	}
	for i, r := range a {
		lo, hi := max(0, i+1-most), min(len(b), i+1+most)
		if lo > 0 {
			next[lo-1] = far
		}
		for j := lo; j <= hi; j++ {
			d := row[j] + 1
			if j > 0 {
				substitute := row[j-1]
				if b[j-1] != r {
					substitute++
				}
				d = min(d, substitute, next[j-1]+1)
			}
			next[j] = min(d, far)
		}
		if hi < len(b) {
			next[hi+1] = far
		}
		row, next = next, row
	}
	return row[len(b)], row[len(b)] <= most
}
