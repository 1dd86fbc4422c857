// Package tables is the Unicode data under the matcher: which runes stand for
// which, what a rune is, how a Chinese character is read, and how common it is.
//
// Four questions are answered, each from a generated table.
//
// # Folds
//
// [Parent] makes the runes a forest. A tree is a class of runes that a writer
// may put in each other's place; its [Root] represents the class, and every
// step towards the root has one [Kind]:
//
//	Ａ ─Width→ A ─Case→ a ←Styled─ 𝐚        壹 ─Numeral→ 1 ←Numeral─ 一 ←Styled─ ㊀
//
// [Path] gives the set of kinds on the way between two runes of a class, so a
// caller can say which disguises a text needed:
//
//	tables.Path('發', '髮') // Traditional, true: both are 发 in simplified Chinese
//	tables.Path('Ⅲ', '叁') // Numeral, true
//	tables.Path('发', '花') // 0, false
//
// The forest is one-to-one folding only. What takes several runes (combining
// sequences, ⑩ for 10, ﬁ for fi) is not here.
//
// # Classes
//
// [ClassOf] says what a rune is where it stands alone. A rune that folds to a
// letter, digit or Han character has the class of what it stands for (🅰 is a
// [Letter], ➊ a [Digit], ㊙ is [Han]), although Unicode calls it a symbol.
// The classes from [Blank] on are the *ignorable* ones, listed by [Ignorable]:
// a reader can pass over such a rune inside a word. No fold leads into them or
// out of them, except Width among themselves (＊ to *, U+3000 to a space).
//
// # Readings
//
// [HasReading] knows the toneless pinyin of 41,923 characters, all readings of
// each; [StripTone] brings annotated pinyin to that form.
//
//	s, _ := tables.StripTone("zhuǎn")  // "zhuan"
//	tables.HasReading('轉', s)          // true
//
// # Frequencies
//
// [Frequency] and [PairFrequency] say roughly how common characters and pairs
// are in modern Chinese. Speed may depend on them, answers must not.
//
// [Sounds] gives all of a character's syllables by number, [MainSound] the usual
// one.
//
// # Shapes and pictures
//
// [Parts] takes a character apart, one level: 女子 for 好; [Free] brings the forms of
// a radical together (氵 and 水), and [StrokeClose] lists characters a stroke apart.
// [EmojiWords] are the words that a picture stands for.
//
// # Terminology
//
//   - rune: a Unicode code point; invalid ones (negative, surrogates, over
//     U+10FFFF) are accepted, are their own roots, and are of class Other.
//   - class of folds, tree: all runes with the same Root. [Class] without "of
//     folds" is the other thing, the value of ClassOf.
//   - kind: by which relation one rune leads to another.
//   - syllable: one pinyin syllable in lower-case ASCII without tone, ü as v.
//
// # Invariants
//
// No two ASCII runes share a root unless they are one letter in two cases. No
// two characters of GB 2312 levels 1 and 2 share a root unless they are a
// numeral and its banker's form or OpenCC itself maps one to the other; the
// exceptions are listed in the tests.
//
// # Cost
//
// The data are package-level arrays and strings: nothing is built at start-up
// and no function here allocates, except StripTone and the String methods. A
// lookup is a binary search. All functions are safe for concurrent use.
//
// # Data
//
// Everything in the files *_gen.go and in frequency.bin is written by internal/gen from sources
// that are pinned in its folder; [Version] names them. "go generate" in this
// folder repeats it, offline.
package tables

//go:generate go run ../gen
