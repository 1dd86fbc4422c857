package review

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"unicode/utf8"
)

// Validate checks a Document that was built in Go for what ParseDocument checks in JSON: that texts are UTF-8, that
// enumerations, ids, times, dates and months have their form, and that numbers are in range. The error is an
// *InputError whose problems have a path but no line. A Document out of ParseDocument is valid.
func (d *Document) Validate() error {
	v := validator{}
	v.check(documentNode(), reflect.ValueOf(d).Elem(), "")
	if len(v.problems) == 0 {
		return nil
	}
	return &InputError{Problems: v.problems, Omitted: v.omitted}
}

type validator struct {
	problems []Problem
	omitted  int
}

func (v *validator) report(kind ProblemKind, path, message string) {
	if len(v.problems) == maxProblems {
		v.omitted++
		return
	}
	v.problems = append(v.problems, Problem{Kind: kind, Path: path, Message: message})
}

func (v *validator) check(n *node, value reflect.Value, path string) {
	switch n.form {
	case formObject:
		for _, m := range n.members {
			f := value.Field(m.index)
			if f.IsNil() {
				continue
			}
			if f.Kind() == reflect.Pointer {
				f = f.Elem()
			}
			v.check(m.node, f, join(path, m.name))
		}
	case formArray:
		for i := range value.Len() {
			v.check(n.elem, value.Index(i), indexed(path, i))
		}
	case formBool:
	case formInteger:
		if i := value.Int(); i < 0 {
			v.report(KindValue, path, outOfRange(fmt.Sprint(i)))
		}
	case formNumber:
		if f := value.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			v.report(KindValue, path, fmt.Sprintf("want a finite number, got %v", f))
		}
	default:
		s := value.String()
		if value.Kind() != reflect.String {
			text, err := value.Interface().(encoding.TextMarshaler).MarshalText()
			if err != nil {
				v.report(KindValue, path, fmt.Sprintf("want %s, got number %d", n.want(), value.Uint()))
				return
			}
			s = string(text)
		}
		if i := invalidUTF8(s); i >= 0 {
			v.report(KindEncoding, path, fmt.Sprintf("want UTF-8, got byte 0x%02x at byte %d of the text", s[i], i))
		} else if message := n.checkString(s); message != "" {
			v.report(KindValue, path, message)
		}
	}
}

// invalidUTF8 returns the offset of the first byte of s that is not UTF-8, or -1.
func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}
