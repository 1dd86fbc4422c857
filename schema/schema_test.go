package schema_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/schema"
)

// Package review tests that the schemas and its types agree. Here: each is JSON, of the draft that it should be, and
// its names say what it is without an address that anybody would fetch.
func TestSchemas(t *testing.T) {
	for text, want := range map[string][2]string{
		schema.Document: {"urn:shenjiao:schema:document:v1", "shenjiao.document/v1"},
		schema.Report:   {"urn:shenjiao:schema:report:v1", "shenjiao.report/v1"},
	} {
		var head struct {
			Schema string `json:"$schema"`
			ID     string `json:"$id"`
			Title  string
		}
		require.NoError(t, json.Unmarshal([]byte(text), &head))
		require.Equal(t, "https://json-schema.org/draft/2020-12/schema", head.Schema)
		require.Equal(t, want, [2]string{head.ID, head.Title})
	}
}
