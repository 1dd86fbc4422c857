package main

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// annotation is a character with its Chinese keywords in CLDR, the name first.
type annotation struct {
	r     rune
	words []string
}

// parseAnnotations parses a file of CLDR annotations in JSON.
func parseAnnotations(data []byte) ([]annotation, error) {
	var file struct {
		Annotations struct {
			Annotations map[string]struct {
				Default []string `json:"default"`
				TTS     []string `json:"tts"`
			} `json:"annotations"`
		} `json:"annotations"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	var list []annotation
	for key, a := range file.Annotations.Annotations {
		if r := onlyRune(strings.TrimSuffix(key, "\uFE0F")); r >= 0 {
			list = append(list, annotation{r, slices.Concat(a.TTS, a.Default)})
		}
	}
	slices.SortFunc(list, func(a, b annotation) int { return cmp.Compare(a.r, b.r) })
	return list, nil
}

const (
	// firstEmoji is where pictures begin; below are arrows, operators, letters and
	// currency signs, which have annotations too.
	firstEmoji = 0x2300
	// maxEmojiName is the longest name, in characters, that is written as a
	// picture.
	maxEmojiName = 3
	// maxShared is how many pictures may share a keyword: 脸 is said of 160, 手
	// of 50, and whoever sees one of them reads another word.
	maxShared = 6
)

// named is a picture with the words that it stands for.
type named struct {
	r     rune
	words []string
}

// emojiNames selects the keywords of Han characters that few pictures share, and
// adds those of hand.go.
func emojiNames(list []annotation) []named {
	shared := map[string]int{}
	for _, a := range list {
		for _, w := range slices.Compact(slices.Sorted(slices.Values(a.words))) {
			shared[w]++
		}
	}
	by := map[rune][]string{}
	add := func(r rune, w string) {
		if !slices.Contains(by[r], w) {
			by[r] = append(by[r], w)
		}
	}
	for _, e := range emojiWords {
		for _, r := range e.pictures {
			for w := range strings.FieldsSeq(e.words) {
				add(r, w)
			}
		}
	}
	for _, a := range list {
		for _, w := range a.words {
			han := !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
			if a.r >= firstEmoji && !unicode.IsLetter(a.r) && han && utf8.RuneCountInString(w) <= maxEmojiName && shared[w] <= maxShared {
				add(a.r, w)
			}
		}
	}
	var out []named
	for r, words := range by {
		out = append(out, named{r, words})
	}
	slices.SortFunc(out, func(a, b named) int { return cmp.Compare(a.r, b.r) })
	return out
}
