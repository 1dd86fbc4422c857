package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/review"
)

// form is what an input file holds.
type form uint8

const (
	formUnknown form = iota
	formPlain
	formHTML
	formMarkdown
	formDocument  // JSON
	formDocuments // JSON lines
)

var extensions = map[string]form{
	".txt": formPlain, ".html": formHTML, ".htm": formHTML, ".md": formMarkdown, ".markdown": formMarkdown,
	".json": formDocument, ".jsonl": formDocuments,
}

// knownExtensions lists them for messages.
const knownExtensions = ".txt .md .markdown .html .htm .json .jsonl"

var formNames = map[string]form{
	"plain": formPlain, "html": formHTML, "markdown": formMarkdown, "json": formDocument, "jsonl": formDocuments,
}

// input is one file to read; path "-" is standard input.
type input struct {
	path string
	form form
}

func (in input) name() string {
	if in.path == "-" {
		return "<stdin>"
	}
	return filepath.ToSlash(in.path)
}

// findInputs finds the drafts that the arguments name.
func findInputs(paths []string, stdin form) (inputs []input, errs []error) {
	return findFiles(paths, stdin, func(path string) form { return extensions[strings.ToLower(filepath.Ext(path))] })
}

// findFiles walks the arguments. Folders give the files of known forms in
// them, in lexical order; hidden files and folders are passed over.
func findFiles(paths []string, stdin form, formOf func(path string) form) (inputs []input, errs []error) {
	for _, path := range paths {
		if path == "-" {
			inputs = append(inputs, input{"-", stdin})
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			errs = append(errs, readable(err))
			continue
		}
		if !info.IsDir() {
			f := formOf(path)
			if f == formUnknown {
				errs = append(errs, fmt.Errorf("%s: unknown extension %q, want one of %s; or give the text on standard input with \"-\" and --stdin-format", path, filepath.Ext(path), knownExtensions))
				continue
			}
			inputs = append(inputs, input{path, f})
			continue
		}
		before := len(inputs)
		err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				errs = append(errs, readable(err))
			case p != path && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.Type().IsRegular():
				if f := formOf(p); f != formUnknown {
					inputs = append(inputs, input{p, f})
				}
			}
			return nil
		})
		if err != nil {
			errs = append(errs, readable(err))
		}
		if len(inputs) == before && len(errs) == 0 {
			errs = append(errs, fmt.Errorf("%s: no draft in this folder: want files with one of %s", path, knownExtensions))
		}
	}
	return inputs, errs
}

// readable makes "open x: no such file or directory" read as the other errors.
func readable(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", p.Path, p.Err)
	}
	return err
}

// draft is one document with its name for people, or why there is none.
type draft struct {
	name string
	doc  *review.Document
	file bool // the body is the content of the file called name
	err  error

	// stream scans a plain text that is too long for a document; doc is nil
	// then.
	stream func(context.Context, *shenjiao.Scanner) result
}

// drafts reads the documents of an input, each as a whole.
func (in input) drafts(src source) iter.Seq[draft] {
	return func(yield func(draft) bool) {
		fail := func(err error) { yield(draft{name: in.name(), err: placed(in.name(), err)}) }
		r, err := src.open(in)
		if err != nil {
			yield(draft{name: in.name(), err: err})
			return
		}
		defer r.Close()
		if in.form == formDocuments {
			line := 0
			for doc, err := range review.ReadDocuments(r) {
				line++
				d := draft{name: fmt.Sprintf("%s#%d", in.name(), line), doc: doc}
				if err != nil {
					d.err = placed(in.name(), err)
				} else if doc.ID == nil {
					doc.ID = new(d.name)
				} else {
					d.name = fmt.Sprintf("%s#%s", in.name(), *doc.ID)
				}
				if !yield(d) {
					return
				}
			}
			return
		}
		data, err := io.ReadAll(r)
		if err != nil {
			fail(err)
			return
		}
		if in.form == formDocument {
			doc, err := review.ParseDocument(data)
			if err != nil {
				fail(err)
				return
			}
			if doc.ID == nil {
				doc.ID = new(in.name())
			}
			yield(draft{name: in.name(), doc: doc})
			return
		}
		yield(in.document(data))
	}
}

// document makes a document of a draft's bytes.
func (in input) document(data []byte) draft {
	if err := checkUTF8(data); err != nil {
		return draft{name: in.name(), err: fmt.Errorf("%s:%w", in.name(), err)}
	}
	body, format := string(data), map[form]review.BodyFormat{
		formPlain: review.BodyPlain, formHTML: review.BodyHTML, formMarkdown: review.BodyMarkdown,
	}[in.form]
	return draft{name: in.name(), file: in.path != "-", doc: &review.Document{
		ID: new(in.name()), Body: &body, BodyFormat: &format,
	}}
}

// checkUTF8 says where data stops being UTF-8, and what it may be instead.
func checkUTF8(data []byte) error {
	if utf8.Valid(data) {
		return nil
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return errors.New("1:1: the file is UTF-16, want UTF-8: save it as UTF-8")
	}
	line, column := 1, 1
	for rest := data; ; {
		r, w := utf8.DecodeRune(rest)
		if r == utf8.RuneError && w <= 1 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		rest = rest[w:]
	}
	hint := ""
	if looksGB18030(data) {
		hint = "; it looks like GB18030"
	}
	return fmt.Errorf("%d:%d: invalid UTF-8%s: save it as UTF-8", line, column, hint)
}

// looksGB18030 reports whether the beginning of data decodes as GB18030.
func looksGB18030(data []byte) bool {
	const enough = 1 << 16
	sample := data[:min(len(data), enough)]
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(sample)
	if len(sample) < len(data) {
		// The cut may have divided a character.
		out = bytes.TrimSuffix(out, []byte(string(utf8.RuneError)))
	}
	return err == nil && !bytes.ContainsRune(out, utf8.RuneError)
}

// placed puts the name of the file and the place before each problem of a
// document, as compilers do: editors jump there.
func placed(name string, err error) error {
	var bad *review.InputError
	if !errors.As(err, &bad) {
		return fmt.Errorf("%s: %w", name, err)
	}
	var errs []error
	for _, p := range bad.Problems {
		place := ""
		if p.Path != "" {
			place = p.Path + ": "
		}
		errs = append(errs, fmt.Errorf("%s:%d:%d: %s%s", name, p.Line, p.Column, place, p.Message))
	}
	if bad.Omitted > 0 {
		errs = append(errs, fmt.Errorf("%s: and %d more problems", name, bad.Omitted))
	}
	return errors.Join(errs...)
}
