package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxText is how many bytes of XML are unpacked of a document; a text of that
// size is a book.
const MaxText = 64 << 20

// maxDepth bounds the nesting of elements. A table in a box in a table needs
// some forty.
const maxDepth = 512

// ErrTooLarge is returned for a document of more than [MaxText].
var ErrTooLarge = fmt.Errorf("docx: want at most %d bytes when unpacked, got more", MaxText)

// parts are the files of a document that are read, in this order; only the
// first has to be there.
var parts = []string{"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"}

// Text returns the text of a document. Its errors hold none of it.
func Text(data []byte) (string, error) {
	return textOf(data, MaxText)
}

func textOf(data []byte, most int64) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
			return "", errors.New("docx: want a .docx file, got an older or encrypted one: save it as .docx without a password")
		}
		return "", errors.New("docx: want a .docx file, got something that is no ZIP archive")
	}
	files := map[string]*zip.File{}
	for _, f := range archive.File {
		if files[f.Name] != nil {
			return "", errors.New("docx: a part of the document is there twice")
		}
		files[f.Name] = f
	}
	var text strings.Builder
	for i, name := range parts {
		f := files[name]
		if f == nil {
			if i == 0 {
				return "", fmt.Errorf("docx: want a Word document, got an archive without %s", name)
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return "", fmt.Errorf("docx: %s cannot be unpacked", name)
		}
		left := &limited{r: r, left: most}
		err = appendText(&text, left)
		r.Close()
		most = left.left
		switch {
		case left.over:
			return "", ErrTooLarge
		case err != nil:
			return "", fmt.Errorf("docx: %s cannot be read: its XML is damaged", name)
		}
	}
	return strings.TrimRight(text.String(), "\n"), nil
}

// limited fails where too much was read, rather than end.
type limited struct {
	r    io.Reader
	left int64
	over bool // it has failed
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		l.over = true
		return 0, ErrTooLarge
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// The names of the namespace that text stands in: as it was first published,
// and as "strict" documents write it.
const (
	transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strict       = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	alternate    = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// appendText appends the paragraphs of one part. A paragraph in a box stands
// inside the paragraph that holds the box: it is a line of its own.
func appendText(text *strings.Builder, r io.Reader) error {
	dec := xml.NewDecoder(r)
	depth, inText := 0, false
	line := func() {
		if s := text.String(); s != "" && s[len(s)-1] != '\n' {
			text.WriteByte('\n')
		}
	}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return nil // the decoder has seen that every element is closed
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errors.New("elements nest too deep")
			}
			switch {
			case t.Name.Space == alternate && t.Name.Local == "Fallback":
				// The same once more, for programs that know less.
				if err := dec.Skip(); err != nil {
					return err
				}
				depth--
			case t.Name.Space != transitional && t.Name.Space != strict:
			case t.Name.Local == "t":
				inText = true
			case t.Name.Local == "tab":
				text.WriteByte('\t')
			case t.Name.Local == "br", t.Name.Local == "cr":
				text.WriteByte('\n')
			case t.Name.Local == "noBreakHyphen":
				text.WriteByte('-')
			case t.Name.Local == "pPr":
				// Its tabs are places, not characters.
				if err := dec.Skip(); err != nil {
					return err
				}
				depth--
			case t.Name.Local == "txbxContent":
				line()
			}
		case xml.EndElement:
			depth--
			if t.Name.Space == transitional || t.Name.Space == strict {
				switch t.Name.Local {
				case "t":
					inText = false
				case "p":
					text.WriteByte('\n')
				}
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
	}
}
