// Package soak holds tests that are run for as long as somebody has time:
//
//	make soak SOAK=1h
//
// They give everything that reads what others wrote the inputs that break
// readers: packs that repeat themselves, or are no text; documents of a million
// findings, or of a million open elements. They fail every single operation of
// a file system, a reader or a writer in turn, cancel every check at every point
// where it looks at its context, and change packs on disk while drafts are
// checked; with the race detector, and afterwards no goroutine and no file may
// be left over. What holds:
//
//   - A sound answer or an error, never a panic, and never half an answer: a
//     pack that was read under faults is the pack, a report that was made under
//     cancellation is the report.
//   - A failed write is an error of whoever wrote.
//   - Each report is wholly of one set of packs, and that was sound.
//   - A limit that was reached is in the report.
//
// Without the flag -soak each test makes one short round, so that make test
// keeps them alive. Inputs are drawn at random; a failure prints the seed, and
// -seed draws the same again. At the end it is printed how many inputs were
// tried, how many faults injected, and how many tests failed.
package soak
