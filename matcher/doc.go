// Package matcher finds all places where thousands of patterns stand in a
// text, also where they are disguised, and says exactly where and how.
//
//	m, err := matcher.New([]matcher.Pattern{
//		{Text: "赌博网站", Channels: matcher.DefaultChannels},
//	})
//	for _, f := range m.FindAllString("澳门赌*博 網站") {
//		fmt.Println(f.Start, f.End, f.Channels) // 6 20 noise+traditional
//	}
//
// # Terminology
//
//   - A pattern is a text to find; a match is one place where it stands, with
//     its span: byte offsets into the caller's own text.
//   - A channel is one named way in which a text may differ from a pattern.
//     Each pattern says through which it may be recognised, each match through
//     which it was. [Channels] is the table of them.
//   - To fold is to replace a character by the representative of its class:
//     發, 髮 and 发 fold to 发, Ａ and a to a. Folding is one-to-one.
//   - An ignorable character is one that can be skipped: noise (blanks,
//     symbols, one line break) or invisible. Digits and letters of any script
//     never are.
//   - An element is a character that is not skipped; a run is the same element
//     several times; a gap is what was skipped between two elements.
//   - A code is the number by which the automaton knows a class of characters.
//     A view is one way of giving codes to a text.
//
// # What counts as the same
//
// A match is literal, or else every difference needs a channel:
//
//   - one character for another of its class: [Width], [Case], [Styled],
//     [Traditional], [Confusable] and [Numeral]. Numerals stand for digits
//     only in a pattern that is a number (three digits or more) or has at
//     least two other characters, so that 11 is not 一一 but 6合彩 is 六合彩;
//   - [Invisible] characters anywhere inside;
//   - [Noise]: up to [Pattern.Gap] ignorable characters in a gap. A single
//     line break may be one of them if nothing but blanks is with it; an empty
//     or indented line is a border that nothing crosses. Commas and stops
//     count only among symbols or in each of several gaps. Between letters or
//     digits every gap must hold the same, as in "t.m.d";
//   - [Annotation]: pinyin in brackets, if it is a reading of the character
//     before it;
//   - [Repeat]: an element inside the pattern more often than the pattern has
//     it. A pattern that has it twice is never found with it once; digits are
//     never repeated: 1100 is not 110.
//
// # Disguises
//
// Beyond that, a pattern can be looked for where it is not written at all and a
// reader still thinks of it ([Disguises]). Then each piece of the text stands for one
// character of the pattern, or, if it is a picture, for several:
//
//   - [Pinyin]: its syllable spelled, with or without tone ("dubo", "du3 bo2"), the
//     letters in one run; a run is read as a whole, so "dubois" is nothing;
//   - [Homophone]: a character that shares a syllable with it that is the usual
//     one of either; [HomophoneFuzzy]: a syllable that some regions do not tell apart;
//   - [Initials]: the first letter of a syllable, or zh, ch, sh;
//   - [Split]: its parts, one after the other, radicals in any form: 女表子, 水每洛因;
//   - [Lookalike]: a character that has a part in common with it, unless hundreds
//     have that part, or that is a stroke apart;
//   - [Leet]: digits and symbols for letters, and a digit for what it sounds like;
//   - [Emoji]: a picture of what it means, or of what sounds like it;
//   - [Swap]: all characters, without gaps, in another order.
//
// The pieces can be of different kinds (赌bo, 女biao子), with noise between them where
// the pattern allows it. Of all ways in which a pattern can end at a place the
// simplest is reported. [Matcher.Steps] tells which piece stands for what. Such a
// match is a guess, and one place in thirty sounds like some pattern of a long list;
// what else the text can mean is for the caller to weigh. See lattice.go.
//
// # Streams
//
// [Matcher.NewStream] reads a text in chunks, in place, with the memory that
// [Matcher.Buffered] states. Any chunking gives the matches of the whole.
//
// # How it works
//
// The naive way lays every pattern at every character. The automaton of Aho
// and Corasick reads the text once for all patterns; over characters instead
// of bytes it has a third of the states and steps on Chinese text, and the
// table that turns characters into codes can fold them at no cost. What codes
// cannot say (how long a run is, what a gap holds, whether the pattern allows
// a channel) is verified at each candidate, from the positions of the last
// elements. See scan.go.
//
// Each step of an automaton waits for the one before. A filter does not: it
// asks at every position, many at a time, whether the rarest few characters of
// some pattern stand there, and only where they may it looks closer. On texts
// that are made to have such places everywhere the automaton takes over, piece
// by piece. See filter.go. [Options] can name the engine; the answers are the
// same.
//
// # Security considerations
//
// For a given set of patterns time is linear in the text, whatever the text; a
// candidate costs at most the length of its pattern, so the worst factor is
// that of a long pattern which overlaps itself at every character. Memory does
// not grow with the text: gaps, runs and the length of a match are
// bounded (64 bytes a character of the pattern and 256), and what is longer is
// not reported. Invalid UTF-8 ends matches and is never inside of one.
package matcher
