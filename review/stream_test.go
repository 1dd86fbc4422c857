package review

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// collect returns what ReadDocuments yields: the id of a document, or the text of an error.
func collect(r io.Reader, limit int) []string {
	var out []string
	for doc, err := range ReadDocumentsLimit(r, limit) {
		switch {
		case err != nil && doc != nil:
			out = append(out, "both a document and an error")
		case err != nil:
			out = append(out, err.Error())
		default:
			out = append(out, orNone(doc.ID))
		}
	}
	return out
}

func TestReadDocuments(t *testing.T) {
	cases := []struct {
		name, input string
		want        []string
	}{
		{"nothing", "", nil},
		{"blank lines only", "\n \t\r\n\n", nil},
		{"byte order mark only", "\uFEFF\n", nil},
		{"two", "{\"id\":\"1\"}\n{\"id\":\"2\"}\n", []string{"1", "2"}},
		{"no line break at the end", "{\"id\":\"1\"}\n{\"id\":\"2\"}", []string{"1", "2"}},
		{"CRLF, blank lines, byte order mark", "\uFEFF{\"id\":\"1\"}\r\n\r\n\n{\"id\":\"2\"}\r\n", []string{"1", "2"}},
		{"a bad line between good ones", "{\"id\":\"1\"}\n\n{\"id\":1}\n{\"id\":\"2\"}\n", []string{
			"1", "review: id:3:7: want a string, got a number; write it in quotation marks", "2"}},
		{"invalid UTF-8", "{\"id\":\"1\"}\n{\"id\":\"\xff\"}\n", []string{
			"1", "review: id:2:8: want UTF-8, got byte 0xff at byte offset 18; save the input as UTF-8"}},
		{"a document on two lines", "{\"id\":\n\"1\"}\n", []string{
			"review: id:1:7: want a string, got the end of the input",
			"review: 2:1: want an object, got a string\n" +
				"review: 2:4: want nothing after the document, got '}'; several documents go into JSON Lines, one a line"}},
		{"two documents on a line", "{} {}\n", []string{
			"review: 1:4: want nothing after the document, got '{'; several documents go into JSON Lines, one a line"}},
		{"byte order mark in a later line", "{\"id\":\"1\"}\n\uFEFF{\"id\":\"2\"}\n", []string{
			"1", "review: 2:1: want an object, got the invisible character U+FEFF"}},
		{"line at the limit", "{\"id\":\"" + strings.Repeat("1", 91) + "\"}\n", []string{strings.Repeat("1", 91)}},
		{"line beyond the limit", "{\"id\":\"" + strings.Repeat("1", 92) + "\"}\n{\"id\":\"2\"}", []string{
			"review: 1:1: want a line of at most 100 bytes, got 101", "2"}},
		{"last line beyond the limit", strings.Repeat(" ", 200_000), []string{
			"review: 1:1: want a line of at most 100 bytes, got 200000"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, collect(strings.NewReader(c.input), 100))
			require.Equal(t, c.want, collect(iotest.OneByteReader(strings.NewReader(c.input)), 100), "a byte at a time")
			require.Equal(t, c.want, collect(iotest.DataErrReader(strings.NewReader(c.input)), 100), "data with the end")
		})
	}
}

func TestReadDocumentsPlaces(t *testing.T) {
	input := "\uFEFF{\"id\":\"1\"}\r\n\n  {\"id\":null}\n" + strings.Repeat("x", 200) + "\n{\"春\":1}"
	var places []string
	for _, err := range ReadDocumentsLimit(strings.NewReader(input), 100) {
		var e *InputError
		if errors.As(err, &e) {
			p := e.Problems[0]
			places = append(places, fmt.Sprint(p.Kind, " ", p.Offset, " ", p.Line, ":", p.Column, " ", input[p.Offset:][:1]))
		}
	}
	require.Equal(t, []string{"null 24 3:9 n", "limit 30 4:1 x", "unknown-key 232 5:2 \""}, places)
}

func TestReadDocumentsFaultyReader(t *testing.T) {
	broken := errors.New("connection lost")
	r := io.MultiReader(strings.NewReader("{\"id\":\"1\"}\n{\"id\":\"2\"}"), iotest.ErrReader(broken))
	var docs int
	var last error
	for doc, err := range ReadDocuments(r) {
		require.NoError(t, last, "nothing follows the error of the reader")
		if doc != nil {
			docs++
		}
		last = err
	}
	require.Equal(t, 1, docs, "the broken-off line is not parsed")
	require.ErrorIs(t, last, broken)
	require.EqualError(t, last, "review: line 2: connection lost")
	var input *InputError
	require.NotErrorAs(t, last, &input)
}

func TestReadDocumentsStops(t *testing.T) {
	for _, first := range []string{"{}", "[]"} {
		n := 0
		for range ReadDocuments(strings.NewReader(first + "\n{}\n{}\n")) {
			n++
			break
		}
		require.Equal(t, 1, n)
	}
}

// A document lives on after the line that it was read from.
func TestReadDocumentsSharesNoMemory(t *testing.T) {
	var docs []*Document
	for doc, err := range ReadDocuments(bytes.NewReader([]byte("{\"id\":\"1\"}\n{\"id\":\"2\"}\n{\"id\":\"3\"}\n"))) {
		require.NoError(t, err)
		docs = append(docs, doc)
	}
	require.Len(t, docs, 3)
	for i, doc := range docs {
		require.Equal(t, fmt.Sprint(i+1), *doc.ID)
	}
}
