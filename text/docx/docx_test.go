package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// archive makes a ZIP archive of names and contents, in turn.
func archive(t testing.TB, files ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		require.NoError(t, err)
		_, err = f.Write([]byte(files[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func word(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="` + transitional + `" xmlns:mc="` + alternate + `" xmlns:v="urn:v"><w:body>` + body + `</w:body></w:document>`
}

func p(runs ...string) string {
	return "<w:p><w:r><w:t>" + strings.Join(runs, "</w:t></w:r><w:r><w:t>") + "</w:t></w:r></w:p>"
}

func TestText(t *testing.T) {
	for name, x := range map[string]struct{ body, want string }{
		"paragraphs":      {p("云洲市") + p() + p("总工会"), "云洲市\n\n总工会"},
		"runs":            {p("云洲", "市总", "工会"), "云洲市总工会"},
		"blanks":          {`<w:p><w:r><w:t xml:space="preserve"> 甲 </w:t></w:r></w:p>`, " 甲 "},
		"breaks":          {`<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>`, "甲\n乙\t丙"},
		"tab stops":       {`<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`, "甲"},
		"table":           {"<w:tbl><w:tr><w:tc>" + p("甲") + "</w:tc><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>", "甲\n乙"},
		"entities":        {p("甲&amp;乙&#x4E59;"), "甲&乙乙"},
		"deleted":         {`<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>`, "新"},
		"field":           {`<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t></w:r></w:p>`, "甲"},
		"hidden":          {`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>`, "藏"},
		"box":             {`<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>` + p("框") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + p("框") + `</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>`, "前\n框\n后"},
		"foreign element": {`<w:p><w:r><v:t>不</w:t></v:t><w:t>甲</w:t></w:r></w:p>`, ""},
		"nothing":         {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Text(archive(t, "word/document.xml", word(x.body)))
			if name == "foreign element" {
				require.ErrorContains(t, err, "damaged")
				return
			}
			require.NoError(t, err)
			require.Equal(t, x.want, got)
		})
	}
	got, err := Text(archive(t, "word/footnotes.xml", word(p("注")), "word/document.xml", strings.ReplaceAll(word(p("正文")), transitional, strict), "word/header1.xml", word(p("眉"))))
	require.NoError(t, err)
	require.Equal(t, "正文\n注", got)
}

// TestRefusals: what is no document is refused, in words that hold nothing of it.
func TestRefusals(t *testing.T) {
	deep := strings.Repeat("<w:x>", maxDepth+1) + strings.Repeat("</w:x>", maxDepth+1)
	for name, x := range map[string]struct {
		data []byte
		want string
	}{
		"text":      {[]byte("云洲市总工会"), "no ZIP archive"},
		"old":       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "save it as .docx"},
		"no word":   {archive(t, "xl/workbook.xml", "<x/>"), "without word/document.xml"},
		"damaged":   {archive(t, "word/document.xml", "<w:document><w:p>云洲市总工会"), "damaged"},
		"deep":      {archive(t, "word/document.xml", word(deep)), "damaged"},
		"twice":     {archive(t, "word/document.xml", word(""), "word/document.xml", word("")), "twice"},
		"cut short": {archive(t, "word/document.xml", word(p("云洲市总工会")))[:40], "no ZIP archive"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Text(x.data)
			require.ErrorContains(t, err, x.want)
			require.NotContains(t, err.Error(), "云洲市")
		})
	}
}

// TestBomb: what unpacks to more than may be is refused before it is there,
// over all parts together.
func TestBomb(t *testing.T) {
	bomb := archive(t, "word/document.xml", word(p(strings.Repeat("云", 1<<20))))
	require.Less(t, len(bomb), 1<<16)
	_, err := textOf(bomb, 1<<20)
	require.ErrorIs(t, err, ErrTooLarge)
	_, err = textOf(bomb, 1<<23)
	require.NoError(t, err)
	half := word(p(strings.Repeat("云", 1000)))
	_, err = textOf(archive(t, "word/document.xml", half, "word/footnotes.xml", half), int64(len(half))*3/2)
	require.ErrorIs(t, err, ErrTooLarge)
}

func FuzzText(f *testing.F) {
	// Law: any bytes give a text or an error, and XML that is written here gives
	// its text back.
	f.Add([]byte("云洲市总工会"))
	f.Add(archive(f, "word/document.xml", word(p("甲"))))
	f.Fuzz(func(t *testing.T, data []byte) {
		Text(data)
		Text(archive(t, "word/document.xml", string(data)))
		want := strings.Map(func(r rune) rune {
			if r < ' ' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF {
				return '.'
			}
			return r
		}, string(data))
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(want)
		got, err := Text(archive(t, "word/document.xml", word(p(escaped))))
		require.NoError(t, err)
		require.Equal(t, strings.TrimRight(want, "\n"), got)
	})
}

func ExampleText() {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, _ := w.Create("word/document.xml")
	fmt.Fprint(f, `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
		<w:p><w:r><w:t>标题</w:t></w:r></w:p><w:p><w:r><w:t>正文的</w:t></w:r><w:r><w:t>一段</w:t></w:r></w:p></w:body></w:document>`)
	w.Close()
	text, err := Text(b.Bytes())
	fmt.Println(text, err)
	// Output:
	// 标题
	// 正文的一段 <nil>
}
