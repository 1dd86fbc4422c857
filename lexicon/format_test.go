package lexicon

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		what, name, in, want string
	}{
		{"nothing to do", "terms/minors.csv", "term,note\n一,a\n二,\n", "term,note\n一,a\n二,\n"},
		{
			"columns, rows, quotes, blanks, unknown columns, and those without a name", "terms/x.csv",
			"note,term, category ,,extra,label\n\" a\",二 ,minors,,x,\n\"b,\"\"c\"\"\n\",一,minors,,,bullying\n,\"#一\",minors,,,\n",
			"term,category,label,note,extra\n\"#一\",minors,,,\n一,minors,bullying,\"b,\"\"c\"\"\",\n二,minors,,a,x\n",
		},
		{"a quoted sign at the beginning", "terms/x.csv", "term,note\n\"#话题\",\n", "term,note\n\"#话题\",\n"},
		{
			"comments divide the rows", "terms/minors.csv",
			"# head\n\n\n# more  \nterm\n# first\n二\n一\n\n\n四\n三\n# last\n",
			"# head\n\n# more\nterm\n# first\n一\n二\n\n三\n四\n# last\n",
		},
		{"a byte order mark and CRLF", "terms/minors.csv", "\ufeffterm,note\r\n二,\"a\r\nb\"\r\n一,\r\n,\r\n", "term,note\n一,\n二,\"a\nb\"\n"},
		{"no line end", "terms/minors.csv", "term\n一", "term\n一\n"},
		{"lines", "terms/minors.txt", "# c \r\n二\r\n一 \r\n\r\n\r\n\u3000三\r\n #四\r\n\r\n", "# c\n一\n二\n\n #四\n三\n"},
		{"an empty file of lines", "terms/minors.txt", "\ufeff\r\n", ""},
		{"phrases", "allow.csv", "scope,phrase\nminors,二\n,二\n,一\n", "phrase,scope\n一,\n二,\n二,minors\n"},
		{"settings keep their order", "pack.yaml", "\ufeffversion: 1.0.0\r\nid: p # c\r\n\r\n\r\n", "version: 1.0.0\nid: p # c\n"},
		{"empty settings", "cases.yaml", "", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			got, err := Format(c.name, []byte(c.in))
			require.NoError(t, err)
			require.Equal(t, c.want, string(got))
			again, err := Format(c.name, got)
			require.NoError(t, err)
			require.Equal(t, c.want, string(again), "again")
		})
	}
}

// What Excel writes: CSV (GB18030), CSV UTF-8, Unicode text.
func TestFormatEncodings(t *testing.T) {
	const want = "term,note\n稳赚不赔,甲\n"
	const in = "term,note\r\n稳赚不赔,甲\r\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(in)
	require.NoError(t, err)
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(in)
	require.NoError(t, err)
	big, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(in)
	require.NoError(t, err)
	for name, data := range map[string]string{"GB18030": gb, "UTF-8 with mark": "\ufeff" + in, "UTF-16 LE": little, "UTF-16 BE": big} {
		got, err := Format("terms/gambling_fraud.csv", []byte(data))
		require.NoError(t, err, name)
		require.Equal(t, want, string(got), name)
	}
}

func TestFormatRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"term,note\n一,\"a\n二,b\n": `lexicon: terms/x.csv:2:1: row cannot be taken apart: a quote stands where none may, or is missing`,
		"term,note\n一\n二,b\n":     `lexicon: terms/x.csv:2:1: 1 cells in the row, 2 in the header`,
		"term,term\n一,二\n":        `lexicon: terms/x.csv:1:1: column "term" is named twice, first at terms/x.csv:1:1`,
		"\n一,二\n":                 `lexicon: terms/x.csv:2:1: no header row, want one with the column term; columns are ` + strings.Join(termColumns, ", "),
		"# nothing\n":             `lexicon: terms/x.csv:1:1: no header row, want one with the column term; columns are ` + strings.Join(termColumns, ", "),
		"term\n\xff\xfe\xff一\n":   `lexicon: terms/x.csv:2:1: byte 0xff is not UTF-8, save the file as UTF-8`,
	} {
		got, err := Format("terms/x.csv", []byte(in))
		require.Nil(t, got)
		require.EqualError(t, err, want)
	}
}

// Laws: formatting twice is formatting once; entries and comments are kept.
func TestFormatLaws(t *testing.T) {
	prose := rapid.StringMatching(`[#"]?(甲|乙|b| |,|"|\n|#| \| ){0,4}`)
	cells := map[string]*rapid.Generator[string]{
		"term": rapid.StringMatching(`[#",]?(甲|乙|丙|丁|a|B){1,4}`), "note": prose, "basis": prose,
		"label": rapid.SampledFrom([]string{"", "a", "b "}), "context": rapid.SampledFrom([]string{"", "子|丑", " 子 | 丑", "子 & 丑"}),
	}
	tried, sound := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tried++
		columns := rapid.Permutation([]string{"term", "note", "label", "context", "basis"}).Draw(t, "columns")
		columns = columns[:rapid.IntRange(1, len(columns)).Draw(t, "width")]
		if !slices.Contains(columns, "term") {
			columns[0] = "term"
		}
		var in []byte
		comments := []string{}
		in = append(appendCells(in, columns), '\n')
		for range rapid.IntRange(0, 8).Draw(t, "lines") {
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0:
				c := "#" + rapid.StringMatching(`[甲 ,"]{0,3}甲`).Draw(t, "comment")
				comments = append(comments, c)
				in = append(append(in, c...), '\n')
			case 1:
				in = append(in, '\n')
			default:
				var row []string
				for _, c := range columns {
					row = append(row, cells[c].Draw(t, c))
				}
				in = append(appendCells(in, row), '\n')
			}
		}
		text := string(in)
		if rapid.Bool().Draw(t, "spreadsheet") {
			text = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
		}
		once, err := Format("terms/x_a.csv", []byte(text))
		require.NoError(t, err)
		twice, err := Format("terms/x_a.csv", once)
		require.NoError(t, err)
		require.Equal(t, string(once), string(twice))

		kept := []string{}
		for _, l := range splitCSV("x", string(once), &reporter{}) {
			if l.cells == nil && strings.HasPrefix(l.text, "#") {
				kept = append(kept, l.text)
			}
		}
		require.Equal(t, comments, kept)

		before, err := readOne(text)
		if err != nil {
			return // not a file of a pack
		}
		if len(before) > 1 {
			sound++
		}
		after, err := readOne(string(once))
		require.NoError(t, err, "%q", once)
		require.Equal(t, before, after, "%q", once)
	})
	require.Greater(t, sound, tried/5, "files of a pack among those tried")
}

// readOne returns the entries of a file without their places.
func readOne(text string) ([]Entry, error) {
	pack, err := ReadPack(fstest.MapFS{
		"pack.yaml":     {Data: []byte("id: p\nversion: 1.0.0\n")},
		"terms/x_a.csv": {Data: []byte(text)},
	})
	var problems Problems
	if err != nil && !errors.As(err, &problems) {
		panic(err)
	}
	if err != nil {
		return nil, err
	}
	for i := range pack.Entries {
		pack.Entries[i].Place = Place{}
	}
	return pack.Entries, nil
}
