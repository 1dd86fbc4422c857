package tables

import (
	"iter"
	"slices"
	"strings"
)

// picture is an emoji or symbol with the words that it stands for.
type picture struct {
	r     rune
	words string // with blanks between them
}

// EmojiWords yields the Chinese words that a picture stands for, of one to three
// Han characters each: 鸡 for 🐔, 赌 and 赌博 for 🎲.
func EmojiWords(r rune) iter.Seq[string] {
	// Invariant: emoji ascends strictly by r.
	i, ok := slices.BinarySearchFunc(emoji[:], r, func(p picture, r rune) int { return int(p.r - r) })
	if !ok {
		return func(func(string) bool) {}
	}
	return strings.FieldsSeq(emoji[i].words)
}

// Emoji yields all pictures that stand for words, in ascending order.
func Emoji() iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for _, p := range emoji {
			if !yield(p.r) {
				return
			}
		}
	}
}
