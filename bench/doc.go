// Package bench makes texts and lexicons with known answers, and measures the
// library on them.
//
// The texts are words of gse's dictionary drawn by their frequency, so that
// the statistics of characters and pairs are those of ordinary Chinese; the
// lexicons are rare words of the same dictionary that do not occur in the text
// but where they were planted. Everything follows from a seed: the same
// arguments give the same bytes on every machine.
//
//	go test -bench . ./bench
package bench
