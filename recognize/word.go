package recognize

// maxWord is more than any word of letters and digits has that is looked at.
const maxWord = 64

// word looks at the letters and digits from index i on.
func (s *scan) word(i int) {
	if i < s.free {
		return
	}
	first := i // digit
	for s.class(first) == classLetter && first < i+maxWord {
		first++
	}
	if s.class(first) == classDigit {
		s.number(first)
	}
}

// number looks at the digits from index i on. What passes a stronger check is
// tried first; nothing is reported twice.
func (s *scan) number(i int) {
	d := s.collect(i, false)
	for _, f := range [...]func(*scan, int, []digit) int{
		(*scan).residentID,
	} {
		if f(s, i, d) > 0 {
			return
		}
	}
}
