package review

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTextDigest(t *testing.T) {
	of := func(s string) string { return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(s))) }
	require.Equal(t, of("title=\ndigest=\nauthor=\nbody=\n"), TextDigest("", "", "", "", nil))
	require.Equal(t, of("title=标题\ndigest=摘要\nauthor=作者\nbody=正文两段\nattachment=报名表.docx sha256: bb\nattachment= \n"),
		TextDigest(" 标 题\n", "摘\u3000要", "作者\u00a0", "正文\r\n\n\t两段\u2028", []Attachment{
			{Name: new("报名 表.docx"), Digest: new("sha256: bb")}, {},
		}))
	// NFC: a letter and its accent are the letter with the accent. Not NFKC: full width stays.
	require.Equal(t, TextDigest("é", "", "", "", nil), TextDigest("e\u0301", "", "", "", nil))
	require.NotEqual(t, TextDigest("A", "", "", "", nil), TextDigest("Ａ", "", "", "", nil))
	// A zero-width space is not White_Space.
	require.NotEqual(t, TextDigest("春", "", "", "", nil), TextDigest("春\u200b", "", "", "", nil))
	// Bytes that are not UTF-8 count as they are.
	require.NotEqual(t, TextDigest("\xff", "", "", "", nil), TextDigest("\xfe", "", "", "", nil))

	// A case of the rules: the text is the approved one.
	doc := &Document{Title: new("驿站延时开放"), Body: new("即日起开放至晚上十点。")}
	require.Equal(t, "sha256:20010dc8e3f7e02120014c6964cfab5674d2afb802d253826e0a8f26c9b648a6", doc.TextDigest(*doc.Body))
	require.Equal(t, doc.TextDigest("x"), TextDigest("驿站延时开放", "", "", "x", nil))
}
