package sse

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// A path leads to places in a JSON value: names of members and, for every
// element of an array, *.
type path []string

func parsePath(s string) (path, bool) {
	p := path(strings.Split(s, "."))
	for _, name := range p {
		if name == "" {
			return nil, false
		}
	}
	return p, true
}

// place is a value in a JSON text: data[start:end].
type place struct {
	name       string // members and indexes, joined with dots
	element    string // name of the innermost element of an array around it; empty if there is none
	start, end int
	text       string // if it is a string
	isString   bool
	isNull     bool
}

var errNoJSON = errors.New("sse: data are no JSON")

// find returns the places that the paths lead to, in the order of the text. An
// element of an array is known by its member "index", if it has one, else by
// its number: model answers number their choices so.
func find(data []byte, paths []path) ([]place, error) {
	if len(bytes.TrimSpace(data)) == 0 || !json.Valid(data) {
		return nil, errNoJSON
	}
	w := walker{data: data, dec: json.NewDecoder(bytes.NewReader(data))}
	w.dec.UseNumber() // 1e999 is a number, too
	w.value("", "", paths)
	return w.found, nil
}

// walker reads a JSON text that is valid.
type walker struct {
	data  []byte
	dec   *json.Decoder
	found []place
}

// value reads a value that is at the place called name; the paths go on from it.
func (w *walker) value(name, element string, paths []path) {
	start := w.next()
	token, err := w.dec.Token()
	if err != nil {
		return // cannot be: the text is valid
	}
	switch token {
	case json.Delim('{'):
		for w.dec.More() {
			key, err := w.dec.Token()
			if err != nil {
				return
			}
			member, _ := key.(string)
			w.value(join(name, member), element, below(paths, member))
		}
		w.dec.Token()
	case json.Delim('['):
		for i := 0; w.dec.More(); i++ {
			here := join(name, w.element(i))
			w.value(here, here, below(paths, "*"))
		}
		w.dec.Token()
	default:
		for _, p := range paths {
			if len(p) == 0 {
				text, isString := token.(string)
				w.found = append(w.found, place{name, element, start, int(w.dec.InputOffset()), text, isString, token == nil})
				break
			}
		}
	}
}

func join(name, member string) string {
	if name == "" {
		return member
	}
	return name + "." + member
}

// element names the next element of an array, which is number i.
func (w *walker) element(i int) string {
	var e struct {
		Index *int `json:"index"`
	}
	rest := json.NewDecoder(bytes.NewReader(w.data[w.next():]))
	if rest.Decode(&e) == nil && e.Index != nil {
		i = *e.Index
	}
	return strconv.Itoa(i)
}

// next returns where the next value begins.
func (w *walker) next() int {
	i := int(w.dec.InputOffset())
	for i < len(w.data) && strings.IndexByte(" \t\r\n,:", w.data[i]) >= 0 {
		i++
	}
	return i
}

// below returns what is left of the paths that lead through a member.
func below(paths []path, member string) (rest []path) {
	for _, p := range paths {
		if len(p) > 0 && p[0] == member {
			rest = append(rest, p[1:])
		}
	}
	return rest
}

// replace returns data with other strings at places, which are in order.
func replace(data []byte, places []place, text func(i int) string) []byte {
	var out []byte
	last := 0
	for i, p := range places {
		out = append(append(out, data[last:p.start]...), quote(text(i))...)
		last = p.end
	}
	return append(out, data[last:]...)
}

// quote returns s as a JSON string; what JSON lets stand as it is stands so.
func quote(s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("sse: a string cannot be written: " + err.Error())
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
