// Package observe has observers of a scanner: what shenjiao.Options.Observer is
// told goes to a log, into counters by entry, or to several observers.
//
//	entries := observe.NewEntries()
//	scanner, err := shenjiao.New(shenjiao.Options{
//		Observer: observe.Join(observe.Log(logger), entries),
//	})
//
// [Log] writes a line for each check, without content. [Entries] counts what
// each entry of the lexicon found and what was vetoed of it: those who keep a
// lexicon see which entries never hit, and which mostly miss.
//
// Packages observe/prom and observe/otel count for Prometheus and OpenTelemetry;
// they are packages of their own, so that a program links only what it uses.
package observe
