// Command semantic measures the semantic model: on sources of sentences that a
// model has not seen, in ordinary text, and what it costs beside a scan without
// it. It writes Markdown and a curve:
//
//	go run ./bench/semantic -shared ../shared > bench/results/semantic.md
//
// With -shared DIR it counts false findings on the corpus that the project was
// specified with, which is not part of it and was not trained on; -list prints
// the strongest of them to standard error, to be read.
package main
