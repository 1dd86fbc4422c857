package matcher

import (
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// Fold returns s with every character replaced by what it folds to through
// the one-to-one channels in set (width, case, styled, traditional, numeral,
// confusable); other channels of the set have no effect. The result has as
// many runes as s; bytes that are no UTF-8 become U+FFFD.
//
// Two texts that differ only through channels of set fold to the same string
// if set holds all one-to-one channels. With fewer channels a chain of folds
// stops at the first step that is not in set. If nothing folds, s itself is
// returned.
func Fold(s string, set ChannelSet) string {
	for i, r := range s {
		if r != utf8.RuneError && FoldRune(r, set) == r {
			continue
		}
		var b strings.Builder
		b.Grow(len(s))
		b.WriteString(s[:i])
		for _, r := range s[i:] {
			b.WriteRune(FoldRune(r, set))
		}
		return b.String()
	}
	return s
}

// FoldRune is [Fold] for one rune.
func FoldRune(r rune, set ChannelSet) rune {
	if r < utf8.RuneSelf && !set.Has(Case) {
		return r
	}
	for {
		p, kind := tables.Parent(r)
		if kind == tables.None || !set.Has(kindChannel(kind)) {
			return r
		}
		r = p
	}
}
