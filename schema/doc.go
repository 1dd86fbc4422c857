// Package schema holds the JSON Schemas (draft 2020-12) of what goes into a check and what comes out of it: [Document]
// and [Report]. They describe the JSON of the types of the same names in package review, whose tests hold the two
// together.
//
// A schema says less than the parser in three places, because JSON Schema cannot say it: the parser also refuses
// duplicate keys, days that their month does not have (2026-02-30), and numbers that fit neither 63 bits nor 64-bit
// floating point.
//
// The $id of a schema is a name (a URN), not an address: nothing is ever fetched.
package schema

import _ "embed"

// Document is the schema of a document, shenjiao.document/v1.
//
//go:embed document-v1.json
var Document string

// Report is the schema of a report, shenjiao.report/v1.
//
//go:embed report-v1.json
var Report string
