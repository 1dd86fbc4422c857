//go:build ne

package segment

// embedded is false: with -tags ne gse leaves its dictionaries out, and loads the
// empty one without an error.
const embedded = false
