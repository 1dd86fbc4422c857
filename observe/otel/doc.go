// Package otel counts what a scanner does, for OpenTelemetry.
//
//	metrics, err := otel.New(provider.Meter("shenjiao"), otel.Options{})
//	if err != nil {
//		return err
//	}
//	scanner, err := reload.New(reload.Options{
//		Scanner:  shenjiao.Options{Observer: metrics},
//		Folders:  folders,
//		OnReload: metrics.Reloaded,
//	})
//
// The instruments and their attributes, each beginning with shenjiao.:
//
//	scans {verdict}                       checks: pass, review, block, or error for one that failed
//	scan.duration                         histogram, seconds
//	scan.size                             text that was checked, bytes
//	findings {category,action}            findings
//	suppressed {category}                 findings that somebody had answered for
//	vetoed {reason}                       candidates that did not become findings
//	not_evaluated {rule}                  publishing rules that lacked an input
//	entry.findings {pack,category,term}   findings of each entry, with Options.Entries
//	entry.vetoed {pack,category,term}     and what was vetoed of it
//	reloads {result}                      attempts to load changed packs: ok or error
//	reload.duration                       histogram, seconds
//
// # Security considerations
//
// No attribute holds text of a draft. With [Options.Entries] they hold terms of
// the lexicon, which may be confidential in itself.
package otel
