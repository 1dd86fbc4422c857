package recognize

import "strings"

// matchLoose is match for words whose characters may stand apart, as in
// 密　级：at most two blanks in each place.
func (s *scan) matchLoose(i int, list [][]rune) int {
	end := i
	for _, w := range list {
		j := i
		for k, r := range w {
			if k > 0 {
				j = s.skipBlanks(j, 2)
			}
			if s.at(j) != r {
				j = i
				break
			}
			j++
		}
		end = max(end, j)
	}
	return end
}

// anchored reports whether a line or a note in a line can begin at i: behind
// a line break, a blank, a symbol, an opening bracket, or the end of a
// sentence. So 收入来源：工资 begins no source line.
func (s *scan) anchored(i int) bool {
	switch s.class(i - 1) {
	case classNewline, classBlank, classMark:
		return true
	case classClause:
		switch s.at(i - 1) {
		case ',', '，', '、', ':', '“', '‘', '《', '〈':
			return false
		}
		return true
	}
	return s.at(i-1) == '丨'
}

// opensLine reports whether only blanks stand before i in its line.
func (s *scan) opensLine(i int) bool {
	for n := 0; s.class(i-1) == classBlank; n++ {
		if n == behind/2 {
			return false
		}
		i--
	}
	return s.class(i-1) == classNewline
}

// closesLine reports whether only blanks stand from i on in its line.
func (s *scan) closesLine(i int) bool {
	return s.class(s.skipBlanks(i, ahead/4)) == classNewline
}

// isColon reports whether r parts a field from its value.
func isColon(r rune) bool { return r == ':' || r == '|' || r == '丨' || r == '/' }

// field returns where the value behind the colon at or after i begins, or 0.
func (s *scan) field(i int) int {
	i = s.skipBlanks(i, 2)
	if !isColon(s.at(i)) {
		return 0
	}
	return s.skipBlanks(i+1, 2)
}

// literal returns the characters [i, j) as they are written, without
// invisible ones.
func (s *scan) literal(i, j int) string {
	raw := s.raw(i, j)
	if len(raw) == 0 {
		return ""
	}
	n := int32(0)
	for _, e := range s.text[i:j] {
		n += int32(e.n)
	}
	if int(n) == len(raw) {
		return raw
	}
	var b strings.Builder
	for _, e := range s.text[i:j] {
		b.WriteRune(s.rune(e))
	}
	return b.String()
}

// closing returns the bracket or quotation mark that closes what r opens, 0 if
// r opens nothing.
func closing(r rune) rune {
	switch r {
	case '(':
		return ')'
	case '[':
		return ']'
	case '【':
		return '】'
	case '〔':
		return '〕'
	case '〖':
		return '〗'
	case '“', '”': // people type either
		return '”'
	case '‘':
		return '’'
	case '"':
		return '"'
	case '「':
		return '」'
	case '『':
		return '』'
	case '《':
		return '》'
	case '<':
		return '>'
	}
	return 0
}

// unquote narrows [i, j) by one pair of quotation marks around all of it.
func (s *scan) unquote(i, j int) (int, int) {
	if c := closing(s.at(i)); c != 0 && c != ')' && j-i > 2 && s.at(j-1) == c {
		for k := i + 1; k < j-1; k++ {
			if s.at(k) == c {
				return i, j // two quotations
			}
		}
		return i + 1, j - 1
	}
	return i, j
}

// quoted reports whether i stands within quotation marks that opened in its
// line not far before it.
func (s *scan) quoted(i int) bool {
	for k := i - 1; k >= s.lineBack(i, 24); k-- {
		switch s.at(k) {
		case '“', '「', '『', '《':
			return true
		case '”', '」', '』', '》':
			return false
		case '"':
			n := 0
			for m := s.lineBack(i, behind); m < i; m++ {
				if s.at(m) == '"' {
					n++
				}
			}
			return n%2 == 1
		}
	}
	return false
}

// statement emits a span that is no personal data. Marks do not overlap: the
// one that begins first is the whole of it.
func (s *scan) statement(k Kind, i, j, vi, vj int, value string, confidence float64, notes Notes) {
	if SecretMark <= k && k <= Urgency {
		if i < s.marked {
			return
		}
		s.marked = j
	}
	if s.r.kinds.Has(k) && vi < vj {
		s.emitAt(k, i, j, vi, vj, value, confidence, 0, notes)
	}
}
