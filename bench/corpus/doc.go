// Package corpus makes texts and lexicons with known answers, on which
// matching engines can be measured and checked.
//
// [Generate] draws the words of a text from gse's dictionary by their
// frequency, so that the statistics of characters and pairs are those of
// ordinary Chinese, and plants rare words of the same dictionary in it, which
// are the lexicon. Everything follows from a [Spec]: the same one gives the
// same bytes on every machine. [Read] takes the text from a folder of the
// user's own instead.
//
//	c, err := corpus.Generate(corpus.Spec{Size: 1 << 20, Terms: 1000, Interval: 10_000})
//	…
//	c.Answer() // how many places, how many terms
//
// A [Case] has an [Answer], counted by a method that shares nothing with any
// engine: it looks every substring up in a map. [Case.Write] writes a case as
// plain files, from which a program in any language can be measured on the
// very same input.
//
// What such texts do not have: topics, repeated phrases, markup, letters of
// other scripts beside a few names and numbers. Lexicons hold Chinese
// characters only. An engine that is slow at Latin words gains by that.
package corpus
