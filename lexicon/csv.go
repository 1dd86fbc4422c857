package lexicon

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// A source is the text of one file of a pack, without a byte order mark.
type source struct {
	name    string
	text    string
	lines   []int // byte offset at which each line begins; at least one
	damaged bool  // text has bytes that are not UTF-8; each line of them is reported
}

// newSource checks the encoding of a file. If the whole file is in another
// encoding it reports that and returns nil: there is nothing to read.
func newSource(name string, data []byte, r *reporter) *source {
	text := string(data)
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		r.errorf(Place{name, 1, 1}, "file is in UTF-16, save it as UTF-8")
		return nil
	}
	text = strings.TrimPrefix(text, "\ufeff")
	s := newText(name, text)
	if utf8.ValidString(text) {
		return s
	}
	s.damaged = true
	gb := isGB18030(data)
	for line := range s.lines {
		i := invalidByte(s.line(line + 1))
		if i < 0 {
			continue
		}
		at := s.place(line+1, i+1)
		b := text[s.lines[line]+i]
		if gb {
			r.errorf(at, "byte 0x%02x is not UTF-8; the file is probably in GB18030 (GBK), save it as UTF-8", b)
			return nil
		}
		r.errorf(at, "byte 0x%02x is not UTF-8, save the file as UTF-8", b)
	}
	return s
}

// newText returns a source of that text.
func newText(name, text string) *source {
	s := &source{name: name, text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// line returns line n, from 1, without its end.
func (s *source) line(n int) string {
	end := len(s.text)
	if n < len(s.lines) {
		end = s.lines[n] - 1
	}
	return s.text[s.lines[n-1]:end]
}

// place converts a line and a column in bytes, both from 1, to a place. What
// lies outside the file is moved to its nearest end.
func (s *source) place(line, column int) Place {
	line = min(max(line, 1), len(s.lines))
	text := s.line(line)
	return Place{s.name, line, utf8.RuneCountInString(text[:min(max(column-1, 0), len(text))]) + 1}
}

// placeRunes is place for a column in runes.
func (s *source) placeRunes(line, column int) Place {
	line = min(max(line, 1), len(s.lines))
	return Place{s.name, line, min(max(column, 1), utf8.RuneCountInString(s.line(line))+1)}
}

// invalidByte returns the offset of the first byte of s that is not UTF-8, or
// -1.
func invalidByte(s string) int {
	for i, c := range s {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

// isGB18030 reports whether data, which is not UTF-8, decodes as GB18030 to
// text that is mostly Han outside ASCII.
func isGB18030(data []byte) bool {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return false
	}
	han, other := 0, 0
	for _, c := range string(text) {
		switch {
		case c == utf8.RuneError:
			return false
		case unicode.Is(unicode.Han, c):
			han++
		case c >= utf8.RuneSelf && !unicode.IsPunct(c):
			other++
		}
	}
	return han > other
}

// A row is one record of a table: a line of a .txt file, or a record of a .csv
// file, which may be longer than a line.
type row struct {
	*reporter
	columns []string // of the table
	cells   []string // as many as columns; what a faulty cell holds is not to be used
	faulty  []bool   // cells whose text is not fit to be read, already reported
	place   func(column int) Place
	header  []Place             // of the columns
	lists   map[string][]string // what cells of words hold; rows of a file have many in common
}

// index returns the number of a column, or -1 if the table does not have it.
func (w *row) index(column string) int { return slices.Index(w.columns, column) }

// value returns what stands in a column, "" if the table does not have it. It
// returns false if the cell is faulty.
func (w *row) value(column string) (string, bool) {
	i := w.index(column)
	if i < 0 {
		return "", true
	}
	return w.cells[i], !w.faulty[i]
}

// at returns the place of a cell, or of the row if the table does not have the
// column.
func (w *row) at(column string) Place { return w.place(max(w.index(column), 0)) }

// checkText reports cells whose text is not fit to be read. Columns of prose
// may hold line breaks and tabs.
func (w *row) checkText(prose ...string) {
	for i, cell := range w.cells {
		if fault := textFault(cell, slices.Contains(prose, w.columns[i])); fault != nil {
			w.faulty[i] = true
			w.errorf(w.place(i), "%s %s", w.columns[i], fault)
		}
	}
}

// A table says what a file of rows may hold.
type table struct {
	known []string // all columns that the file may have
	key   string   // the column that it must have
	prose []string // the columns that may hold line breaks and tabs
	left  int      // how many rows it may have
	limit int      // how many rows all files together may have, for the message
}

// readCSV calls yield with each row of a CSV file as RFC 4180 defines it, with
// these additions: a line that begins with # is a comment; lines and rows
// without any text are skipped; lines end with LF or CRLF.
//
// yield must not keep the row. Of a damaged file the rows without damage are
// read.
func readCSV(s *source, h table, r *reporter, yield func(*row)) {
	records := csv.NewReader(strings.NewReader(s.text))
	records.Comment = '#'
	records.FieldsPerRecord = -1
	place := func(i int) Place { return s.place(records.FieldPos(i)) }

	var columns []string
	var header []Place
	lists := map[string][]string{}
	rows := 0
	for {
		cells, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			parse := new(csv.ParseError)
			if !errors.As(err, &parse) {
				r.errorf(Place{s.name, 1, 1}, "%v", err) // cannot happen: the reader is a string
				return
			}
			fault := say(`quote inside a cell that does not begin with one, write the cell as "…" and the quote as ""`)
			if parse.Err == csv.ErrQuote {
				fault = say(`text after the closing quote, or no closing quote; a quote inside a quoted cell is written ""`)
			}
			at := s.place(parse.Line, parse.Column)
			if parse.StartLine < parse.Line { // the quote that does not end may be far above
				at, fault = s.place(parse.StartLine, 1), say(`a quoted cell of the row goes on to line %d and does not end as it should; a quote inside a quoted cell is written ""`, parse.Line)
			}
			r.errorf(at, "%s", fault)
			if columns == nil {
				return
			}
			continue
		}
		if s.damaged && slices.ContainsFunc(cells, func(c string) bool { return !utf8.ValidString(c) }) {
			if columns == nil {
				return
			}
			continue
		}
		if columns == nil {
			if !h.check(cells, place, r) {
				return
			}
			columns = cells
			for i := range cells {
				header = append(header, place(i))
			}
			continue
		}
		if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			continue
		}
		if rows++; rows > h.left {
			r.errorf(place(0), "too many rows, a pack has at most %d", h.limit)
			return
		}
		if len(cells) != len(columns) {
			r.errorf(place(min(len(cells)-1, len(columns))), "%d cells in the row, %d in the header", len(cells), len(columns))
			continue
		}
		w := &row{reporter: r, columns: columns, cells: cells, faulty: make([]bool, len(cells)), place: place, header: header, lists: lists}
		w.checkText(h.prose...)
		for i := range w.cells {
			if w.columns[i] != h.key {
				w.cells[i] = strings.TrimSpace(w.cells[i])
			}
		}
		yield(w)
	}
	if columns == nil {
		r.errorf(Place{s.name, 1, 1}, "no header row, want one with the column %s; columns are %s", h.key, strings.Join(h.known, ", "))
	} else if rows == 0 {
		r.lintf(Place{s.name, 1, 1}, "file has a header and no rows")
	}
}

// check reports what is wrong with the header row and returns false if the
// rows cannot be read by it.
func (h *table) check(cells []string, place func(int) Place, r *reporter) bool {
	if !slices.ContainsFunc(cells, func(c string) bool { return slices.Contains(h.known, c) || nearest(c, h.known) != "" }) {
		r.errorf(place(0), "no header row, want one with the column %s; columns are %s", h.key, strings.Join(h.known, ", "))
		return false
	}
	for i, name := range cells {
		switch first := slices.Index(cells, name); {
		case first < i && name != "":
			r.errorf(place(i), "column %q is named twice, first at %s", name, place(first))
		case name == "":
			r.errorf(place(i), "column has no name")
		case !slices.Contains(h.known, name):
			r.errorf(place(i), "unknown column %q, %s", name, wantName(name, h.known))
		}
	}
	if !slices.Contains(cells, h.key) {
		r.errorf(place(0), "column %s is missing", h.key)
		return false
	}
	return true
}

// readTXT calls yield with each line of a .txt file as a row of one cell.
// Empty lines and lines that begin with # are skipped.
func readTXT(s *source, h table, r *reporter, yield func(*row)) {
	rows := 0
	for i := range s.lines {
		line := strings.TrimSuffix(s.line(i+1), "\r")
		if line == "" || line[0] == '#' || s.damaged && !utf8.ValidString(line) {
			continue
		}
		place := func(int) Place { return Place{s.name, i + 1, 1} }
		if rows++; rows > h.left {
			r.errorf(place(0), "too many rows, a pack has at most %d", h.limit)
			return
		}
		w := &row{reporter: r, columns: []string{h.key}, cells: []string{line}, faulty: make([]bool, 1), place: place}
		w.checkText()
		yield(w)
	}
	if rows == 0 {
		r.lintf(Place{s.name, 1, 1}, "file has no terms")
	}
}
