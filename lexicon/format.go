package lexicon

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// NOTE: a table is formatted as blocks of lines. Comments and empty lines stay
// where they are and divide the rows into blocks; rows are sorted inside their
// block, as gofmt sorts imports. So a comment above some rows stays above them.

// TermColumns returns the columns of a terms file in their canonical order.
func TermColumns() []string { return slices.Clone(termColumns) }

// Format returns a file of a pack in its canonical form:
//
//   - UTF-8 without a byte order mark, lines that end with LF; GB18030 and
//     UTF-16 with a mark, as spreadsheets write them, are converted;
//   - columns of a table in the order of the package comment, unknown ones at
//     the end; cells without blanks around them, in quotes where they need them;
//   - rows sorted by category, term, label and context, or phrase and scope, or symbol,
//     between the comments and empty lines around them, which stay; rows without content
//     and repeated empty lines go.
//
// name says what the file is: allow.csv, symbols.csv, a .csv or .txt file of terms, or
// something else (.yaml), of which only encoding and line ends change.
//
// Laws: Format(Format(x)) is Format(x); a file that [ReadPack] accepts holds the
// same entries afterwards; no comment is lost or moved to another block. A
// file that cannot be taken apart is left alone: the error is then [Problems].
func Format(name string, data []byte) ([]byte, error) {
	r := &reporter{}
	text, ok := decode(name, data, r)
	if !ok {
		return nil, r.problems
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var lines []line
	var order []int
	write := appendCells
	switch base := path.Base(name); {
	case path.Ext(name) == ".txt":
		lines, order, write = splitTXT(text), []int{0}, writePlain
	case path.Ext(name) != ".csv":
		if text = strings.TrimRight(text, "\n"); text != "" {
			text += "\n"
		}
		return []byte(text), nil
	case base == allowFile:
		lines = splitCSV(name, text, r)
		order = arrange(name, lines, table{known: allowColumns, key: "phrase"}, []string{"phrase", "scope"}, r)
	case base == symbolFile:
		lines = splitCSV(name, text, r)
		order = arrange(name, lines, table{known: symbolColumns, key: "symbol"}, []string{"symbol"}, r)
	default:
		lines = splitCSV(name, text, r)
		order = arrange(name, lines, table{known: termColumns, key: "term"}, []string{"category", "term", "label", "context"}, r)
	}
	if r.errors > 0 {
		return nil, r.problems
	}
	return join(lines, order, write), nil
}

// decode returns the text of a file in one of the encodings that spreadsheets
// write, without a byte order mark. It returns false after it reported why it
// cannot.
func decode(name string, data []byte, r *reporter) (string, bool) {
	var e encoding.Encoding
	switch {
	case strings.HasPrefix(string(data), "\xff\xfe"), strings.HasPrefix(string(data), "\xfe\xff"):
		e = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case !utf8.Valid(data) && isGB18030(data):
		e = simplifiedchinese.GB18030
	}
	if e != nil {
		if text, err := e.NewDecoder().Bytes(data); err == nil {
			return strings.TrimPrefix(string(text), "\ufeff"), true
		}
	}
	src := newSource(name, data, r)
	if src == nil || src.damaged {
		return "", false
	}
	return src.text, true
}

// A line is what a file is made of: a comment or an empty line, or a row.
type line struct {
	text  string
	cells []string // nil for a comment or an empty line
	at    Place
}

// splitTXT divides a .txt file. A blank before a term is left out, unless the
// term would become a comment.
func splitTXT(text string) (lines []line) {
	for s := range strings.SplitSeq(text, "\n") {
		s = strings.TrimRightFunc(s, isBlank)
		if s == "" || s[0] == '#' {
			lines = append(lines, line{text: s})
			continue
		}
		if term := strings.TrimLeftFunc(s, isBlank); term[0] != '#' {
			s = term
		}
		lines = append(lines, line{cells: []string{s}})
	}
	return lines
}

// splitCSV divides a CSV file. Rows without content are empty lines.
func splitCSV(name, text string, r *reporter) (lines []line) {
	s := newText(name, text)
	records := csv.NewReader(strings.NewReader(text))
	records.Comment = '#'
	records.FieldsPerRecord = -1
	seen := 0 // offset up to which the text is in lines
	between := func(end int) {
		if seen < end {
			for comment := range strings.SplitSeq(strings.TrimSuffix(text[seen:end], "\n"), "\n") {
				lines = append(lines, line{text: strings.TrimRightFunc(comment, isBlank)})
			}
		}
	}
	for {
		cells, err := records.Read()
		if err == io.EOF {
			break
		}
		parse := new(csv.ParseError)
		if errors.As(err, &parse) {
			r.errorf(s.place(parse.StartLine, 1), "row cannot be taken apart: a quote stands where none may, or is missing")
			continue
		}
		at, _ := records.FieldPos(0)
		between(s.lines[at-1])
		seen = int(records.InputOffset())
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			cells = nil
		}
		lines = append(lines, line{cells: cells, at: s.place(at, 1)})
	}
	between(len(text))
	return lines
}

// arrange puts the columns of a table in their order, leaves out those without
// a name and content, and returns the columns by which rows are sorted.
func arrange(name string, lines []line, h table, key []string, r *reporter) (order []int) {
	first := slices.IndexFunc(lines, func(l line) bool { return l.cells != nil })
	if first < 0 || !slices.Contains(lines[first].cells, h.key) {
		at := Place{name, 1, 1}
		if first >= 0 {
			at = lines[first].at
		}
		r.errorf(at, "no header row, want one with the column %s; columns are %s", h.key, strings.Join(h.known, ", "))
		return nil
	}
	header := slices.Clone(lines[first].cells)
	named := make([]bool, len(header)) // or with content
	for _, l := range lines[first:] {
		if l.cells != nil && len(l.cells) != len(header) {
			r.errorf(l.at, "%d cells in the row, %d in the header", len(l.cells), len(header))
			continue
		}
		for i, cell := range l.cells {
			named[i] = named[i] || cell != ""
		}
	}
	var columns []int
	for i, c := range header {
		if c != "" && slices.Index(header, c) < i {
			r.errorf(lines[first].at, "column %q is named twice, first at %s", c, lines[first].at)
		}
		if named[i] {
			columns = append(columns, i)
		}
	}
	rank := func(i int) int {
		if k := slices.Index(h.known, header[i]); k >= 0 {
			return k
		}
		return len(h.known)
	}
	slices.SortStableFunc(columns, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	if r.errors > 0 {
		return nil
	}
	for n := range lines[first:] {
		l := &lines[first+n]
		if l.cells == nil {
			continue
		}
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = l.cells[c]
			if header[c] == h.key {
				cells[i] = strings.TrimFunc(cells[i], isBlank)
			}
		}
		l.cells = cells
	}
	for _, c := range key {
		if i := slices.Index(lines[first].cells, c); i >= 0 {
			order = append(order, i)
		}
	}
	// The header is no row to be sorted.
	lines[first].text, lines[first].cells = string(appendCells(nil, lines[first].cells)), nil
	return order
}

// join writes lines, rows sorted by the given columns between other lines.
func join(lines []line, order []int, write func(dst []byte, cells []string) []byte) []byte {
	compare := func(a, b line) int {
		for _, i := range order {
			if c := strings.Compare(a.cells[i], b.cells[i]); c != 0 {
				return c
			}
		}
		return slices.Compare(a.cells, b.cells)
	}
	var out []byte
	empty := true // at the start, or after an empty line
	for i := 0; i < len(lines); i++ {
		if l := lines[i]; l.cells == nil {
			if l.text != "" || !empty {
				out = append(append(out, l.text...), '\n')
			}
			empty = l.text == ""
			continue
		}
		n := i
		for n < len(lines) && lines[n].cells != nil {
			n++
		}
		block := lines[i:n]
		slices.SortFunc(block, compare)
		for _, l := range block {
			out = append(write(out, l.cells), '\n')
		}
		i, empty = n-1, false
	}
	if empty && len(out) > 0 {
		out = out[:len(out)-1]
	}
	return out
}

func writePlain(dst []byte, cells []string) []byte { return append(dst, cells[0]...) }

// appendCells writes a row of a CSV file. In quotes stand cells that need them
// (RFC 4180), a first cell that would make a comment of the row, and one that
// would make an empty line of it.
func appendCells(dst []byte, cells []string) []byte {
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		if strings.ContainsAny(cell, ",\"\n\r") || i == 0 && (strings.HasPrefix(cell, "#") || cell == "" && len(cells) == 1) {
			dst = append(append(append(dst, '"'), strings.ReplaceAll(cell, `"`, `""`)...), '"')
		} else {
			dst = append(dst, cell...)
		}
	}
	return dst
}
