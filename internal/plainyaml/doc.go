// Package plainyaml parses the YAML files of people whose mistakes have to be
// told to them: it bounds what a hostile file can cost, and says where a node
// stands.
//
// The readers of packs, of publishing rules and of configurations work on the
// nodes that [Parse] returns and not on Go values, so that one reading reports
// every fault with its place. They accept plain YAML: no anchors, aliases,
// tags or merge keys, so what stands in a file is what is read.
package plainyaml
