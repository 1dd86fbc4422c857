// Package runner is the side of the benchmark that runs an engine: a program
// of its own, so that its memory is its own too and engines of any language
// can take part.
//
// The protocol. A runner is started as
//
//	RUNNER ENGINE TERMS TEXT
//
// with the name of an engine and the paths of two files: terms, one a line, and
// a text, both UTF-8. It builds the engine and prints one line of JSON, a
// [Built]. Then each line on standard input is a number; the runner scans the
// text that many times and prints one line, a [Round]. At the end of the input
// it exits. Exit status 3 says that this machine does not have what the engine
// needs; standard error says what.
//
// [Main] does all that for engines in Go; bench/peers/rust does it in Rust.
package runner
