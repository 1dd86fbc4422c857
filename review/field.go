package review

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Field is one text of a document that is scanned.
type Field struct {
	// Path names the field as the JSON of the document does: title, images[0].alt, repost.source. Indexes are 0-based.
	Path string
	// Text is the text. It is never empty.
	Text string
	// Format is the form of Text. It is BodyPlain for every field but the body.
	Format BodyFormat
}

// Fields returns the texts that are scanned, in a fixed order: title, digest, author, body, then for each image alt and
// ocr, the names of attachments, the texts of links, meta.content_type_reason, repost.source, repost.original_title,
// account.name, account.intro and account.autoreply. Absent and empty fields do not appear: there is nothing to scan.
func (d *Document) Fields() []Field {
	format := BodyPlain
	if d.BodyFormat != nil {
		format = *d.BodyFormat
	}
	fields := appendFields(nil, documentNode(), reflect.ValueOf(d).Elem(), "")
	for i := range fields {
		if fields[i].Path == "body" {
			fields[i].Format = format
		}
	}
	return fields
}

// TextFields returns the names of all fields that [Document.Fields] can return,
// sorted: paths without indexes, such as title or images.alt.
func TextFields() []string {
	var names []string
	var walk func(n *node, path string)
	walk = func(n *node, path string) {
		switch n.form {
		case formObject:
			for _, m := range n.members {
				if m.node.reaches {
					walk(m.node, join(path, m.name))
				}
			}
		case formArray:
			walk(n.elem, path)
		default:
			names = append(names, path)
		}
	}
	walk(documentNode(), "")
	slices.Sort(names)
	return names
}

func appendFields(fields []Field, n *node, v reflect.Value, path string) []Field {
	switch {
	case n.form == formObject:
		for _, m := range n.members {
			f := v.Field(m.index)
			if !m.node.reaches || f.IsNil() {
				continue
			}
			if f.Kind() == reflect.Pointer {
				f = f.Elem()
			}
			fields = appendFields(fields, m.node, f, join(path, m.name))
		}
	case n.form == formArray:
		for i := range v.Len() {
			fields = appendFields(fields, n.elem, v.Index(i), indexed(path, i))
		}
	case v.Len() > 0:
		fields = append(fields, Field{Path: path, Text: v.String(), Format: BodyPlain})
	}
	return fields
}

func indexed(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// pathRank returns numbers whose order is the order of paths in a document: the place of each member in its struct and
// each index. A path that no Document has comes after all others.
func pathRank(path string) []int {
	last := []int{maxMembers}
	var rank []int
	n := documentNode()
	for rest := path; ; {
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		i, ok := n.byName[rest[:end]]
		if !ok {
			return last
		}
		rank, n, rest = append(rank, i), n.members[i].node, rest[end:]
		if strings.HasPrefix(rest, "[") {
			digits, after, closed := strings.Cut(rest[1:], "]")
			index, err := strconv.Atoi(digits)
			if !closed || err != nil || index < 0 || strconv.Itoa(index) != digits || n.form != formArray {
				return last
			}
			rank, n, rest = append(rank, index), n.elem, after
		}
		if rest == "" {
			return rank
		}
		if rest[0] != '.' {
			return last
		}
		rest = rest[1:]
	}
}
