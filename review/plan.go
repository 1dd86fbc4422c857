package review

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A node describes one value of a Document: its form in JSON and where it goes in Go. The nodes are derived from the
// structs, once, so that what is parsed, validated and scanned cannot drift from what the structs say:
//
//	struct         an object; every member has a json tag with omitzero, so that absent and empty differ
//	pointer        a member that may be absent
//	slice          an array; nil is absent
//	ID, Time, …    a string of that form
//	enumerated     a string out of the set
//	string         any string; with the tag review:"text" it is prose that is scanned
type node struct {
	form    form
	typ     reflect.Type      // of the value itself, without the pointer
	members []member          // of an object, in the order of the struct
	byName  map[string]int    // of an object: index into members
	elem    *node             // of an array
	allowed []string          // of an enum
	scanned bool              // a string that is scanned
	reaches bool              // it, or something below it, is scanned
	places  map[string]string // of the root: where a member's name occurs, if at one place outside lists
}

type member struct {
	name  string
	index int // of the field in the struct
	node  *node
}

type form uint8

const (
	formObject form = iota
	formArray
	formString
	formEnum
	formID
	formTime
	formDate
	formMonth
	formBool
	formInteger
	formNumber
)

// maxMembers bounds the members of an object, so that the parser can note which it has seen in a fixed array.
const maxMembers = 48

// documentNode is the node of Document.
var documentNode = sync.OnceValue(func() *node {
	n := newNode(reflect.TypeFor[Document]())
	n.places = map[string]string{}
	n.collectPlaces("", n.places)
	for name, path := range n.places {
		if path == "" {
			delete(n.places, name)
		}
	}
	return n
})

func newNode(t reflect.Type) *node {
	n := &node{typ: t}
	switch t {
	case reflect.TypeFor[ID]():
		n.form = formID
		return n
	case reflect.TypeFor[Time]():
		n.form = formTime
		return n
	case reflect.TypeFor[Date]():
		n.form = formDate
		return n
	case reflect.TypeFor[Month]():
		n.form = formMonth
		return n
	}
	if set, ok := reflect.Zero(t).Interface().(enumerated); ok {
		n.form, n.allowed = formEnum, set.values()
		return n
	}
	switch t.Kind() {
	case reflect.String:
		n.form = formString
	case reflect.Bool:
		n.form = formBool
	case reflect.Int64:
		n.form = formInteger
	case reflect.Float64:
		n.form = formNumber
	case reflect.Slice:
		n.form = formArray
		n.elem = newNode(t.Elem())
		n.reaches = n.elem.reaches
	case reflect.Struct:
		n.form = formObject
		n.byName = map[string]int{}
		for i := range t.NumField() {
			n.add(t.Field(i), i)
		}
		if len(n.members) > maxMembers {
			panic(fmt.Sprintf("review: %v has more than %d members", t, maxMembers))
		}
	default:
		panic(fmt.Sprintf("review: no form for %v", t))
	}
	return n
}

func (n *node) add(f reflect.StructField, index int) {
	name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || option != "omitzero" {
		panic(fmt.Sprintf("review: %v.%s needs a json tag with a name and omitzero", n.typ, f.Name))
	}
	t := f.Type
	switch t.Kind() {
	case reflect.Pointer:
		t = t.Elem()
	case reflect.Slice:
	default:
		panic(fmt.Sprintf("review: %v.%s cannot be absent", n.typ, f.Name))
	}
	child := newNode(t)
	if f.Tag.Get("review") == "text" {
		child.scanned, child.reaches = true, true
	}
	n.reaches = n.reaches || child.reaches
	n.byName[name] = len(n.members)
	n.members = append(n.members, member{name, index, child})
}

// collectPlaces notes the path of every member outside lists, and "" for a name that occurs twice.
func (n *node) collectPlaces(path string, places map[string]string) {
	for _, m := range n.members {
		at := join(path, m.name)
		if _, twice := places[m.name]; twice {
			places[m.name] = ""
		} else {
			places[m.name] = at
		}
		m.node.collectPlaces(at, places)
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// want says what a value of the node looks like.
func (n *node) want() string {
	switch n.form {
	case formObject:
		return "an object"
	case formArray:
		return "an array"
	case formEnum:
		return oneOf(n.allowed)
	case formID:
		return wantID
	case formTime:
		return wantTime
	case formDate:
		return wantDate
	case formMonth:
		return wantMonth
	case formBool:
		return "true or false"
	case formInteger:
		return "an integer"
	case formNumber:
		return "a number"
	default:
		return "a string"
	}
}

// none returns how a value of the node says "known to be none" in JSON, or "" if it cannot.
func (n *node) none() string {
	switch n.form {
	case formObject:
		return "{}"
	case formArray:
		return "[]"
	case formBool:
		return "false"
	case formInteger, formNumber:
		return "0"
	case formMonth:
		return ""
	case formEnum:
		if !slices.Contains(n.allowed, "") {
			return ""
		}
	}
	return `""`
}

// checkString returns what is wrong with s as a value of the node, or "". It never quotes a plain string.
func (n *node) checkString(s string) string {
	why := ""
	switch n.form {
	case formEnum:
		if slices.Contains(n.allowed, s) {
			return ""
		}
		message := malformed(n.want(), s, "")
		if near := nearest(s, n.allowed); near != "" {
			message += "; did you mean " + quote(near) + "?"
		}
		return message
	case formID:
		if isID(s) {
			return ""
		}
	case formTime:
		if _, why = parseTime(s); why == "" || s == "" {
			return ""
		}
	case formDate:
		if _, _, _, why = parseDate(s); why == "" || s == "" {
			return ""
		}
	case formMonth:
		if _, _, why = parseMonth(s); why == "" {
			return ""
		}
	default:
		return ""
	}
	return malformed(n.want(), s, why)
}

// nearest returns the candidate that s is most likely a slip of, or "": one that differs in case, "_" and "-" only,
// else the first one at the smallest edit distance, which is at most 2, and at most 1 for a short s.
func nearest(s string, candidates []string) string {
	runes := []rune(s)
	if len(runes) > maxQuoted || len(runes) == 0 {
		return ""
	}
	plain := strings.NewReplacer("_", "", "-", "", " ", "")
	bare := strings.ToLower(plain.Replace(s))
	best, limit := "", 2
	if len(runes) <= 4 {
		limit = 1
	}
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if plain.Replace(c) == bare {
			return c
		}
		if d := editDistance(runes, []rune(c)); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// editDistance is the number of runes to insert, delete, change or swap with their neighbour to make b of a.
func editDistance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
