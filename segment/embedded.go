//go:build !ne

package segment

// embedded says whether gse was built with its dictionaries.
const embedded = true
