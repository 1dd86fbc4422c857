// Package inspect answers questions of those who keep a lexicon about what it
// holds and does. A program that scans does not need it.
//
//   - [Verify]: is every term found? The scanner of this module is asked, and,
//     independently, github.com/cloudflare/ahocorasick.
//   - [Count]: how many terms are there of each category and label, and how does
//     that compare with the numbers of keywords that GB/T 45654—2025 asks of
//     providers of generative services ([Risks])?
//   - [Explain]: what does one term do: through which channels is it read, how do
//     texts look that it is found in, which words of the dictionary does it hit?
//
// # Terminology
//
//   - A risk is one of the 17 kinds of content of Annex A.1 and A.2 of that
//     standard.
//   - A variant is a text that differs from a term and still means it.
package inspect
