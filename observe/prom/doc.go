// Package prom counts what a scanner does, for Prometheus.
//
//	metrics := prom.New(prom.Options{})
//	prometheus.MustRegister(metrics)
//	scanner, err := reload.New(reload.Options{
//		Scanner:  shenjiao.Options{Observer: metrics},
//		Folders:  folders,
//		OnReload: metrics.Reloaded,
//	})
//
// The metrics, each beginning with shenjiao_:
//
//	scans_total{verdict}               checks: pass, review, block, or error for one that failed
//	scan_seconds                       histogram of how long they worked
//	scanned_bytes_total                text that was checked
//	findings_total{category,action}    findings; category is "" for publishing rules without one
//	suppressed_total{category}         findings that somebody had answered for
//	vetoed_total{reason}               candidates that did not become findings
//	not_evaluated_total{rule}          publishing rules that lacked an input
//	entry_findings_total{pack,category,term}   findings of each entry, with Options.Entries
//	entry_vetoed_total{pack,category,term}     and what was vetoed of it
//	reloads_total{result}              attempts to load changed packs: ok or error
//	reload_seconds                     histogram of how long they took
//	snapshot_info{digest,profile}      1 for the snapshot that scans work with, once it is known
//	pack_info{pack,version}            1 for each of its packs
//
// # Security considerations
//
// No metric holds text of a draft. With [Options.Entries] they hold terms of
// the lexicon, which may be confidential in itself.
package prom
