package review

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func FuzzParseDocument(f *testing.F) {
	// Law: ParseDocument returns either a document or an *InputError.
	// A document is valid, has only JSON behind it (as encoding/json sees it), and parse(marshal(doc)) equals doc, as does
	// what encoding/json reads out of marshal(doc).
	// An error has problems in the order of their place, inside the input, at the line and column that a count from the
	// beginning gives; and it speaks of syntax only if encoding/json refuses the input too.
	for _, c := range badInputs {
		f.Add([]byte(c.input))
	}
	f.Add([]byte(`{"title":"春","images":[{"alt":"\ud83d\ude00","size_bytes":1.2e1}],"workflow":{"reviews":[]},"now":""}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		valid := json.Valid(bytes.TrimPrefix(data, []byte(bom)))
		doc, err := ParseDocument(data)
		if err == nil {
			require.True(t, valid)
			require.NoError(t, doc.Validate())
			again, err := json.Marshal(doc)
			require.NoError(t, err)
			got, err := ParseDocument(again)
			require.NoError(t, err)
			require.Equal(t, doc, got)
			var plain Document
			require.NoError(t, json.Unmarshal(again, &plain))
			require.Equal(t, *doc, plain)
			for _, field := range doc.Fields() {
				require.NotEmpty(t, field.Text)
				require.NotEqual(t, maxMembers, pathRank(field.Path)[0])
			}
			return
		}
		require.Nil(t, doc)
		var input *InputError
		require.True(t, errors.As(err, &input))
		require.NotEmpty(t, input.Problems)
		last := int64(0)
		for _, p := range input.Problems {
			require.GreaterOrEqual(t, p.Offset, last)
			last = p.Offset
			require.LessOrEqual(t, p.Offset, int64(len(data)))
			before := bytes.TrimPrefix(data[:p.Offset], []byte(bom))
			require.Equal(t, 1+bytes.Count(before, []byte("\n")), p.Line)
			require.Equal(t, 1+utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]), p.Column)
			require.True(t, utf8.ValidString(p.String()))
			if valid {
				require.NotEqual(t, KindSyntax, p.Kind)
			}
		}
	})
}
