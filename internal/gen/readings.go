package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	pinyin "github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// syllable is a toneless syllable with its characters, ascending.
type syllable struct {
	name  string
	runes []rune
	// first are those of runes that have several syllables and this one first.
	first []rune
}

// readings inverts go-pinyin's dictionary, whose values are lists such as
// "zhuǎn,zhuàn,zhuǎi", without the readings that are out of use.
func readings() ([]syllable, error) {
	by, first := map[string][]rune{}, map[string][]rune{}
	living := map[rune][]string{}
	for e := range strings.SplitSeq(livingReadings, "|") {
		char, names, _ := strings.Cut(e, " ")
		r, _ := utf8.DecodeRuneInString(char)
		living[r] = strings.Split(names, ",")
	}
	for _, r := range slices.Sorted(maps.Keys(pinyin.PinyinDict)) {
		var names []string
		for toned := range strings.SplitSeq(pinyin.PinyinDict[r], ",") {
			s, ok := toneless(toned)
			if !ok {
				return nil, fmt.Errorf("go-pinyin: %U: %+q is not a syllable", r, toned)
			}
			if !slices.Contains(names, s) {
				names = append(names, s)
			}
		}
		if today, ok := living[rune(r)]; ok {
			for _, s := range today {
				if !slices.Contains(names, s) {
					return nil, fmt.Errorf("livingReadings: %c is not read %s in go-pinyin", r, s)
				}
			}
			names = today
		} else if strings.ContainsRune(oneReading, rune(r)) {
			names = names[:1]
		}
		for _, s := range names {
			by[s] = append(by[s], rune(r))
		}
		if len(names) > 1 {
			first[names[0]] = append(first[names[0]], rune(r))
		}
	}
	var out []syllable
	for _, s := range slices.Sorted(maps.Keys(by)) {
		out = append(out, syllable{s, by[s], first[s]})
	}
	return out, nil
}

// toneless drops the marks of a toned syllable, and turns ü to v.
func toneless(s string) (string, bool) {
	var b []byte
	for _, r := range norm.NFD.String(s) {
		switch {
		case 'a' <= r && r <= 'z':
			b = append(b, byte(r))
		case r == '\u0308' && len(b) > 0 && b[len(b)-1] == 'u':
			b[len(b)-1] = 'v'
		case unicode.Is(unicode.Mn, r) && len(b) > 0:
		default:
			return "", false
		}
	}
	return string(b), len(b) > 0
}
