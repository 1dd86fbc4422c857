// Package serve checks drafts over HTTP.
package serve
