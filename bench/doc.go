// Command bench measures the library beside other engines, and its parts:
//
//	go run ./bench                      # a small version, about a minute
//	go run ./bench -full -results bench/results -readme README.md
//	go run ./bench -corpus DIR          # on texts of your own, .gz too
//	go run ./bench -emit DIR            # write the inputs for other engines
//
// What is compared, on what, is contest.yaml. Texts and lexicons are made by
// package corpus. Each engine runs in a process of its own (package runner), on
// one core; in every round each contender scans once, so that what disturbs the
// machine disturbs all. Tables show medians of the rounds, and medians of the
// ratios within a round. Every count is checked against the known answer: a
// wrong one fails the whole run.
//
// Contenders that are no part of this module are built from bench/peers: Go
// modules, Vectorscan if pkg-config knows libhs, and Rust's aho-corasick if
// there is cargo. What is missing is passed over with a message.
//
// -results writes the measurements as they are (JSON) and the tables and the
// plot made of them; -readme puts the tables into a document, between markers.
// -render makes both again from the JSON without measuring.
//
// # Bias
//
// This is the library's own benchmark, by its authors. Lexicons are Chinese
// words only and the text is mostly Chinese, which is what the library is made
// for. Others are used as their documentation says, with the options that are
// fastest for counting all overlapping matches; whoever knows a better way is
// asked to say so.
package main
