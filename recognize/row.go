package recognize

// rowReach is how far apart two data of one row may begin.
const rowReach = 40

// A row is what is known of the row of a list that is being read. Cells of a
// table are blocks of their own in the visible text, so a row is told by how
// near its data stand.
type row struct {
	listed bool // a column is called 姓名, and no row of the list was reported
	first  int  // where the first datum of the row begins
	kind   Kind // of it
	any    bool // there is one
}

// shift follows a compaction of the text.
func (r *row) shift(cut int) { r.first -= cut }

var nameWords = words("姓名")

// nameColumn looks at 姓名 at i, which is the name of a column or a field.
func (s *scan) nameColumn(i int) {
	j := s.matchLoose(i, nameWords)
	if j == i {
		return
	}
	if c := s.class(j); c == classBlank || c == classNewline || c == classMark || s.at(j) == ':' {
		s.row = row{listed: true}
	}
}

// identifies are the kinds that make a row of names one that should have been
// masked, if it has two of them.
const identifies = 1<<ResidentID | 1<<BankCard | 1<<Passport | 1<<Permit | 1<<Mobile | 1<<Address

// identified is told of every datum, in [i, j).
func (s *scan) identified(k Kind, i, j int) {
	if !s.row.listed || !KindSet(identifies).Has(k) {
		return
	}
	if !s.row.any || s.row.kind == k || i-s.row.first > rowReach {
		s.row.first, s.row.kind, s.row.any = i, k, true
		return
	}
	from := s.row.first
	for n := s.lineBack(from, 20); n < from; n++ {
		if s.starts(n, "姓名") {
			from = n
		}
	}
	s.row = row{}
	if s.r.kinds.Has(NameList) {
		s.emit(NameList, from, j, "", 0.8, 0, 0)
	}
}
