package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon/compare"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/text"
)

// A corpus is read as drafts are, and may be compressed by gzip. Plain texts
// of any size are read in parts.

// findCorpus finds the files of a corpus.
func findCorpus(paths []string) ([]input, []error) {
	return findFiles(paths, formPlain, func(path string) form {
		return extensions[strings.ToLower(filepath.Ext(strings.TrimSuffix(path, gzipSuffix)))]
	})
}

const gzipSuffix = ".gz"

// partBytes is about how long the parts of a plain text are. A term that goes
// on from one line to the next is not found where a part ends, in no version.
const partBytes = 1 << 18

// corpusTexts reads the texts of one file.
func corpusTexts(in input, src source) iter.Seq2[compare.Text, error] {
	return func(yield func(compare.Text, error) bool) {
		fail := func(err error) { yield(compare.Text{}, fmt.Errorf("%s: %s", in.name(), trimPrefix(err.Error()))) }
		if in.form != formPlain {
			for d := range in.drafts(src) {
				if d.err != nil {
					if !yield(compare.Text{}, d.err) {
						return
					}
					continue
				}
				for _, f := range d.doc.Fields() {
					t, err := fieldText(d.name, f)
					if !yield(t, err) {
						return
					}
				}
			}
			return
		}
		r, err := src.open(in)
		if err != nil {
			fail(err)
			return
		}
		defer r.Close()
		parts := bufio.NewReaderSize(r, partBytes)
		for line := 1; ; {
			part, err := readPart(parts)
			if err != nil && err != io.EOF {
				fail(err)
				return
			}
			if len(part) == 0 {
				return
			}
			if bad := checkUTF8(part); bad != nil {
				fail(bad)
				return
			}
			if !yield(compare.Text{Name: in.name(), Line: line, Text: string(part)}, nil) {
				return
			}
			line += bytes.Count(part, []byte("\n"))
		}
	}
}

// readPart reads about partBytes, up to the end of a line.
func readPart(r *bufio.Reader) ([]byte, error) {
	part := make([]byte, partBytes)
	n, err := io.ReadFull(r, part)
	part = part[:n]
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return part, io.EOF
	}
	if err != nil {
		return part, err
	}
	rest, err := r.ReadBytes('\n')
	return append(part, rest...), err
}

// fieldText is a field as a reader sees it.
func fieldText(name string, f review.Field) (compare.Text, error) {
	format, err := text.ParseFormat(string(f.Format))
	if err != nil {
		return compare.Text{}, fmt.Errorf("%s: %s: %w", name, f.Path, err)
	}
	return compare.Text{Name: name, Field: f.Path, Text: text.Extract(f.Text, format).Text()}, nil
}

// gzipFile is a compressed file as it is read.
type gzipFile struct {
	*gzip.Reader
	file io.Closer
}

func (g gzipFile) Close() error { return errors.Join(g.Reader.Close(), g.file.Close()) }

// unpacked returns what a compressed file holds.
func unpacked(r io.ReadCloser) (io.ReadCloser, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return gzipFile{z, r}, nil
}
