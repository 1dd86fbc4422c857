package review

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TextDigest returns the digest of a text as a reader sees it: "sha256:" and 64 hexadecimal digits. An edit of markup
// or of white space alone keeps it; every other edit of the title, the abstract, the author, the body or an attachment
// changes it.
//
// It is the SHA-256 of the UTF-8 bytes of
//
//	title=W(title)\n digest=W(digest)\n author=W(author)\n body=W(visibleBody)\n
//
// without the blanks between the lines shown here, followed for each attachment, in order, by
//
//	attachment=W(name)<blank>digest\n
//
// where W composes (Unicode NFC) and then drops every White_Space character. What is absent counts as the empty
// string. visibleBody is the body without its markup.
func TextDigest(title, digest, author, visibleBody string, attachments []Attachment) string {
	h := sha256.New()
	writeLine := func(name, text, tail string) {
		io.WriteString(h, name+"=")
		io.WriteString(h, withoutSpace(text))
		io.WriteString(h, tail+"\n")
	}
	writeLine("title", title, "")
	writeLine("digest", digest, "")
	writeLine("author", author, "")
	writeLine("body", visibleBody, "")
	for _, a := range attachments {
		writeLine("attachment", orNone(a.Name), " "+orNone(a.Digest))
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// TextDigest is the function TextDigest with the fields of d. The body's markup has to be taken off by the caller,
// which for a plain body means to pass the body.
func (d *Document) TextDigest(visibleBody string) string {
	return TextDigest(orNone(d.Title), orNone(d.Digest), orNone(d.Author), visibleBody, d.Attachments)
}

// withoutSpace is W. Bytes that are not UTF-8 stay as they are.
func withoutSpace(s string) string {
	s = norm.NFC.String(s)
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.Is(unicode.White_Space, r) {
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
