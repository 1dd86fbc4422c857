package corpus

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Read makes a case of the texts in a folder, one after the other in the order
// of their names, up to s.Size bytes; files that end in .gz are unpacked. The
// lexicon is that of [Generate]; nothing is planted. It fails on a file that is
// not UTF-8 and on a folder without text.
func Read(dir string, s Spec) (*Case, error) {
	words, err := dictionary()
	if err != nil {
		return nil, err
	}
	c := &Case{}
	if c.Terms, err = lexicon(words, s, rand.New(rand.NewPCG(0, uint64(s.Terms)))); err != nil {
		return nil, err
	}
	var b strings.Builder
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		if b.Len() >= s.Size {
			return fs.SkipAll
		}
		text, err := readFile(path, s.Size-b.Len())
		if err != nil {
			return fmt.Errorf("corpus: %s: %w", path, err)
		}
		b.WriteString(text)
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		return nil, err
	}
	if b.Len() < 2 {
		return nil, fmt.Errorf("corpus: %s: no text in this folder", dir)
	}
	c.Text = b.String()
	return c, nil
}

// readFile reads at most about limit bytes, cut at the end of a rune.
func readFile(path string, limit int) (string, error) {
	r, err := Open(path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(limit)))
	if err != nil {
		return "", err
	}
	if len(data) == limit {
		for k := 1; k < utf8.UTFMax && k < len(data); k++ {
			if tail := data[len(data)-k:]; utf8.RuneStart(tail[0]) {
				if !utf8.FullRune(tail) {
					data = data[:len(data)-k]
				}
				break
			}
		}
	}
	if !utf8.Valid(data) {
		return "", fmt.Errorf("not UTF-8: convert the text first")
	}
	return string(data), nil
}

// Open opens a text file for reading; one whose name ends in .gz is unpacked.
func Open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return unpacked{z, f}, nil
}

// unpacked closes the file with its reader.
type unpacked struct {
	*gzip.Reader
	file *os.File
}

func (u unpacked) Close() error {
	return errors.Join(u.Reader.Close(), u.file.Close())
}

// Text reads the whole of a file that [Open] opens.
func Text(path string) (string, error) {
	r, err := Open(path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	return string(data), err
}
