package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/shenjiao/shenjiao/schema"
)

func compileSchema(t testing.TB, text string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	require.NoError(t, err)
	id := doc.(map[string]any)["$id"].(string)
	require.True(t, strings.HasPrefix(id, "urn:"), "the $id must not be an address that somebody fetches")
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(id, doc))
	s, err := c.Compile(id)
	require.NoError(t, err)
	return s
}

func conforms(t testing.TB, s *jsonschema.Schema, data []byte) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	return s.Validate(value)
}

const idPattern = "^([a-z0-9][a-z0-9_]*)?$"

// schemaShapes describes every value of a schema by its path. It fails on a keyword that it does not know.
func schemaShapes(t *testing.T, path string, s, defs map[string]any, out map[string]string) {
	if ref, ok := s["$ref"].(string); ok {
		name, ok := strings.CutPrefix(ref, "#/$defs/")
		require.True(t, ok, ref)
		target := defs[name].(map[string]any)
		if target["type"] == "string" {
			out[path] = name
			return
		}
		s = target
	}
	for key := range s {
		require.Contains(t, []string{"$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties", "required",
			"additionalProperties", "items", "minItems", "enum", "const", "pattern", "minimum", "maximum", "minLength"}, key, path)
	}
	switch {
	case s["const"] != nil:
		out[path] = "string"
	case s["enum"] != nil:
		out[path] = fmt.Sprintf("enum %q", s["enum"])
	case s["type"] == "object":
		require.Equal(t, false, s["additionalProperties"], path)
		required, _ := s["required"].([]any)
		out[path] = "object"
		if len(required) > 0 {
			out[path] = fmt.Sprintf("object requiring %v", required)
		}
		properties := s["properties"].(map[string]any)
		for _, name := range required {
			require.Contains(t, properties, name, path)
		}
		for name, p := range properties {
			schemaShapes(t, join(path, name), p.(map[string]any), defs, out)
		}
	case s["type"] == "array":
		out[path] = "array"
		schemaShapes(t, path+"[]", s["items"].(map[string]any), defs, out)
	case s["type"] == "string" && s["pattern"] == idPattern:
		out[path] = "id"
	case s["type"] == "string" && s["pattern"] == "^[0-9]{4}-(0[1-9]|1[0-2])$":
		out[path] = "month"
	case s["type"] == "integer":
		require.EqualValues(t, 0, s["minimum"], path)
		out[path] = "integer"
	default:
		out[path] = s["type"].(string)
	}
}

// structShapes describes the JSON of a Go type in the words of schemaShapes.
func structShapes(path string, t reflect.Type, out map[string]string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if set, ok := reflect.Zero(t).Interface().(enumerated); ok {
		out[path] = fmt.Sprintf("enum %q", set.values())
		return
	}
	switch t {
	case reflect.TypeFor[ID]():
		out[path] = "id"
		return
	case reflect.TypeFor[Time]():
		out[path] = "time"
		return
	case reflect.TypeFor[Date]():
		out[path] = "date"
		return
	case reflect.TypeFor[Month]():
		out[path] = "month"
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		var required []string
		for i := range t.NumField() {
			name, option, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if option == "" {
				required = append(required, name)
			}
			structShapes(join(path, name), t.Field(i).Type, out)
		}
		out[path] = "object"
		if required != nil {
			out[path] = fmt.Sprintf("object requiring %v", required)
		}
	case reflect.Slice:
		out[path] = "array"
		structShapes(path+"[]", t.Elem(), out)
	default:
		out[path] = map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer",
			reflect.Int64: "integer", reflect.Float64: "number"}[t.Kind()]
	}
}

// The structs and the schemas have the same properties, of the same types, with the same sets, forms and requirements.
func TestStructsAgreeWithSchemas(t *testing.T) {
	for name, c := range map[string]struct {
		schema string
		typ    reflect.Type
		least  int
	}{
		"document": {schema.Document, reflect.TypeFor[Document](), 199},
		"report":   {schema.Report, reflect.TypeFor[Report](), 50},
	} {
		t.Run(name, func(t *testing.T) {
			var s map[string]any
			require.NoError(t, json.Unmarshal([]byte(c.schema), &s))
			defs := s["$defs"].(map[string]any)
			fromSchema, fromStruct := map[string]string{}, map[string]string{}
			schemaShapes(t, "", s, defs, fromSchema)
			structShapes("", c.typ, fromStruct)
			require.GreaterOrEqual(t, len(fromSchema), c.least)
			require.Equal(t, fromSchema, fromStruct)
		})
	}
}

// sample returns a JSON document that has value at the place of a path of structShapes, and nothing else.
func sample(path, value string) string {
	steps := strings.Split(path, ".")
	for _, step := range slices.Backward(steps) {
		name, list := strings.CutSuffix(step, "[]")
		if list {
			value = "[" + value + "]"
		}
		value = fmt.Sprintf("{%q:%s}", name, value)
	}
	return value
}

// The schema and the parser accept the same documents: every place of a document with values of every kind.
func TestParserAgreesWithSchema(t *testing.T) {
	s := compileSchema(t, schema.Document)
	shapes := map[string]string{}
	structShapes("", reflect.TypeFor[Document](), shapes)
	delete(shapes, "")
	require.NotEmpty(t, shapes)
	values := []string{`null`, `true`, `0`, `-0`, `1`, `-1`, `1.5`, `1.0`, `1e2`, `-1.0`, `99.95`, `[]`, `[[]]`, `[null]`, `[""]`,
		`[{}]`, `{}`, `{"x":1}`, `{"":1}`}
	texts := []string{"", "x", "X", "a_b", "_a", "0", "0_", "a-b", "春", "a ", "\n", "plain", "approved", "news", "error", "info",
		"2026", "2026-03", "2026-13", "2026-00", "2026-3", "2026-03-02", "2026-03-32", "2026-03-00", "02026-03-02",
		"2026-03-02T09:00:00+08:00", "2026-03-02T09:00:00Z", "2026-03-02T09:00:00z", "2026-03-02t09:00:00Z",
		"2026-03-02T09:00:00", "2026-03-02T09:00Z", "2026-03-02 09:00:00Z", "2026-03-02T09:00:00.5Z", "2026-03-02T09:00:00.Z",
		"2026-03-02T24:00:00Z", "2026-03-02T23:60:00Z", "2026-03-02T23:59:60Z", "2026-03-02T23:59:61Z",
		"2026-03-02T09:00:00-23:59", "2026-03-02T09:00:00+24:00", "2026-03-02T09:00:00+08:60", "2026-03-02T09:00:00+0800",
		"2026-03-02T09:00:00Z ", "２０２６-03-02"}
	good, bad := 0, 0
	for path, shape := range shapes {
		local := slices.Clone(values)
		for _, text := range texts {
			local = append(local, string(mustJSON(t, text)))
		}
		if set, ok := strings.CutPrefix(shape, "enum "); ok {
			local = append(local, regexp.MustCompile(`"[^"]*"`).FindAllString(set, -1)...)
		}
		for _, value := range local {
			data := sample(path, value)
			want := conforms(t, s, []byte(data))
			doc, err := ParseDocument([]byte(data))
			require.Equal(t, want == nil, err == nil, "%s\nschema: %v\nparser: %v", data, want, err)
			if err != nil {
				bad++
				continue
			}
			good++
			again := mustJSON(t, doc)
			require.NoError(t, conforms(t, s, again))
		}
	}
	require.Greater(t, good, 1000)
	require.Greater(t, bad, 1000)
}

func mustJSON(t testing.TB, v any) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return data
}

// The parser refuses more than the schema exactly here.
func TestParserIsStricterThanSchema(t *testing.T) {
	s := compileSchema(t, schema.Document)
	for _, input := range []string{
		`{"id":"1","id":"2"}`,
		`{"meta":{"issued_on":"2026-02-30"}}`,
		`{"now":"2026-04-31T00:00:00Z"}`,
		`{"video":{"size_bytes":9223372036854775808}}`,
		`{"audio":{"duration_seconds":1e400}}`,
	} {
		require.NoError(t, conforms(t, s, []byte(input)), input)
		_, err := ParseDocument([]byte(input))
		require.Error(t, err, input)
	}
}

// drawValue fills v: each member is absent, empty or has a value.
func drawValue(t *rapid.T, n *node, v reflect.Value) {
	switch n.form {
	case formObject:
		for _, m := range n.members {
			if rapid.IntRange(0, 3).Draw(t, m.name) > 0 {
				continue
			}
			f := v.Field(m.index)
			if f.Kind() == reflect.Pointer {
				f.Set(reflect.New(m.node.typ))
				f = f.Elem()
			}
			drawValue(t, m.node, f)
		}
	case formArray:
		length := rapid.IntRange(0, 2).Draw(t, "length")
		v.Set(reflect.MakeSlice(n.typ, length, length))
		for i := range length {
			drawValue(t, n.elem, v.Index(i))
		}
	case formBool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case formInteger:
		v.SetInt(rapid.Int64Min(0).Draw(t, "integer"))
	case formNumber:
		v.SetFloat(rapid.Float64Range(-1e300, 1e300).Draw(t, "number"))
	case formEnum:
		name := rapid.SampledFrom(n.allowed).Draw(t, "name")
		if v.Kind() == reflect.String {
			v.SetString(name)
		} else if err := v.Addr().Interface().(*Severity).UnmarshalText([]byte(name)); err != nil {
			t.Fatal(err)
		}
	case formID:
		v.SetString(rapid.StringMatching(idPattern).Draw(t, "id"))
	case formTime:
		v.SetString(rapid.SampledFrom([]string{"", "2026-03-02T09:00:00+08:00", "0000-01-01T00:00:00.000Z"}).Draw(t, "time"))
	case formDate:
		v.SetString(rapid.SampledFrom([]string{"", "2024-02-29"}).Draw(t, "date"))
	case formMonth:
		v.SetString(rapid.SampledFrom([]string{"2026-03"}).Draw(t, "month"))
	default:
		v.SetString(rapid.String().Draw(t, "string"))
	}
}

// Law: writing a document and reading it gives the same document, with absent absent and empty empty; the schema
// accepts what is written; and encoding/json reads the same out of it.
func TestRoundTrip(t *testing.T) {
	s := compileSchema(t, schema.Document)
	rapid.Check(t, func(rt *rapid.T) {
		var doc Document
		drawValue(rt, documentNode(), reflect.ValueOf(&doc).Elem())
		require.NoError(rt, doc.Validate())
		data, err := json.Marshal(&doc)
		require.NoError(rt, err)
		got, err := ParseDocument(data)
		require.NoError(rt, err)
		require.Equal(rt, &doc, got)
		require.NoError(rt, conforms(t, s, data))
		var plain Document
		require.NoError(rt, json.Unmarshal(data, &plain))
		require.Equal(rt, doc, plain)
	})
}

func TestFields(t *testing.T) {
	doc, err := ParseDocument([]byte(`{
		"account": {"autoreply": "您好", "intro": "介绍", "name": "某市工会", "org_name": "某市总工会"},
		"repost": {"original_title": "原", "source": "源", "source_url": "https://example.org"},
		"meta": {"content_type_reason": "因", "topic": "pinyin_teaching"},
		"links": [{"text": ""}, {"text": "链", "url": "u"}],
		"attachments": [{"name": "附件1"}],
		"images": [{"ocr": "图零"}, {}, {"alt": "图二", "ocr": "字二", "src": "x"}],
		"body_format": "html", "body": "<p>文</p>", "author": "作者", "digest": "摘要", "title": "标题",
		"workflow": {"editor": "张三"}
	}`))
	require.NoError(t, err)
	require.Equal(t, []Field{
		{"title", "标题", BodyPlain}, {"digest", "摘要", BodyPlain}, {"author", "作者", BodyPlain}, {"body", "<p>文</p>", BodyHTML},
		{"images[0].ocr", "图零", BodyPlain}, {"images[2].alt", "图二", BodyPlain}, {"images[2].ocr", "字二", BodyPlain},
		{"attachments[0].name", "附件1", BodyPlain}, {"links[1].text", "链", BodyPlain},
		{"meta.content_type_reason", "因", BodyPlain}, {"repost.source", "源", BodyPlain}, {"repost.original_title", "原", BodyPlain},
		{"account.name", "某市工会", BodyPlain}, {"account.intro", "介绍", BodyPlain}, {"account.autoreply", "您好", BodyPlain},
	}, doc.Fields())
	require.Empty(t, new(Document).Fields())
	require.Empty(t, (&Document{Title: new(""), Body: new(""), BodyFormat: new(BodyHTML)}).Fields())
	require.Equal(t, []Field{{"body", "文", BodyPlain}}, (&Document{Body: new("文")}).Fields())
}

// The scanned fields, as the specification types them.
func TestScannedFields(t *testing.T) {
	got := []string{}
	var walk func(n *node, path string)
	walk = func(n *node, path string) {
		for _, m := range n.members {
			walk(m.node, join(path, m.name))
		}
		if n.elem != nil {
			walk(n.elem, path+"[]")
		}
		if n.scanned {
			got = append(got, path)
		}
	}
	walk(documentNode(), "")
	require.Equal(t, []string{"title", "digest", "author", "body", "images[].alt", "images[].ocr", "attachments[].name", "links[].text",
		"meta.content_type_reason", "repost.source", "repost.original_title", "account.name", "account.intro", "account.autoreply"}, got)
}

// sharedSpec returns a file of the specification that lies beside a working copy of the repository, or skips the test.
func sharedSpec(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		data, err := os.ReadFile(filepath.Join(dir, "shared", "spec", name))
		if err == nil {
			return data
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("no shared/spec/%s above this folder", name)
		}
		dir = filepath.Dir(dir)
	}
}

// Every document of the rule cases parses, conforms to the schema and survives the round trip.
func TestRuleCases(t *testing.T) {
	lines := bytes.Split(bytes.TrimSpace(sharedSpec(t, "rules_dev.jsonl")), []byte("\n"))
	s := compileSchema(t, schema.Document)
	cases := 0
	for i, line := range lines {
		var c struct{ Document json.RawMessage }
		require.NoError(t, json.Unmarshal(line, &c))
		if c.Document == nil {
			continue
		}
		cases++
		doc, err := ParseDocument(c.Document)
		require.NoError(t, err, "line %d", i+1)
		require.NoError(t, conforms(t, s, c.Document))
		require.JSONEq(t, string(c.Document), string(mustJSON(t, doc)), "line %d", i+1)
	}
	require.Greater(t, cases, 300)
}

// The schema here means what the schema of the specification does.
func TestSchemaOfSpecification(t *testing.T) {
	var theirs, ours map[string]any
	require.NoError(t, json.Unmarshal(sharedSpec(t, "document.schema.json"), &theirs))
	require.NoError(t, json.Unmarshal([]byte(schema.Document), &ours))
	delete(theirs, "$id")
	delete(ours, "$id")
	require.Equal(t, theirs, ours)
}

// The table of the specification has the paths and types of the structs, also which texts are scanned.
func TestTableOfSpecification(t *testing.T) {
	kinds := map[string]string{}
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (str|text|id|enum|time|date|month|int|num|bool)(\\[\\])? \\|").
		FindAllStringSubmatch(string(sharedSpec(t, "DOCUMENT.md")), -1)
	for _, row := range rows {
		paths := []string{row[1]}
		if open, rest, ok := strings.Cut(row[1], "{"); ok {
			inner, tail, _ := strings.Cut(rest, "}")
			paths = nil
			for _, name := range strings.Split(inner, ",") {
				paths = append(paths, open+name+tail)
			}
		}
		for _, path := range paths {
			kinds[path+row[3]] = row[2]
		}
	}
	require.Greater(t, len(kinds), 150)
	ours := map[string]string{}
	var walk func(n *node, path string)
	walk = func(n *node, path string) {
		for _, m := range n.members {
			walk(m.node, join(path, m.name))
		}
		switch n.form {
		case formObject:
		case formArray:
			walk(n.elem, path+"[]")
		case formString:
			ours[path] = "str"
			if n.scanned {
				ours[path] = "text"
			}
		default:
			ours[path] = map[form]string{formEnum: "enum", formID: "id", formTime: "time", formDate: "date", formMonth: "month",
				formBool: "bool", formInteger: "int", formNumber: "num"}[n.form]
		}
	}
	walk(documentNode(), "")
	require.Equal(t, slices.Sorted(maps.Keys(kinds)), slices.Sorted(maps.Keys(ours)))
	require.Equal(t, kinds, ours)
}

func TestTextFields(t *testing.T) {
	names := TextFields()
	require.Equal(t, []string{
		"account.autoreply", "account.intro", "account.name", "attachments.name", "author", "body", "digest", "images.alt", "images.ocr",
		"links.text", "meta.content_type_reason", "repost.original_title", "repost.source", "title",
	}, names)
}
