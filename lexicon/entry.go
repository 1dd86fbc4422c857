package lexicon

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

// An Entry is one term with everything that its row says about it. Severity
// and Action are resolved; Match and Channels hold what the row and pack.yaml
// ask for and leave the rest to the compiler.
type Entry struct {
	Term     string   // as written; never folded, never blank
	Category Category // one of the twelve, or the pack's own
	Label    string   // sub-category, "" for none

	// Severity is the row's, else its label's ([Label.Severity]), else that
	// of pack.yaml for the category, else the category's.
	Severity review.Severity
	// Action is the row's, else that of pack.yaml for the category, else the
	// category's.
	Action review.Action

	Match    MatchMode   // the row's, else that of pack.yaml for the category, else MatchDefault
	Channels ChannelSpec // the row's over that of pack.yaml for the category; nothing if Match is MatchExact

	Suggest string // what should be written instead, "" for none; never the term itself

	// Context are groups of words: of each group one word must stand near the
	// term. No group for a term that needs none.
	Context [][]string
	Unless  []string // none of these words may stand near the term; entries may share it
	Window  int      // what near is, in runes on each side of the term; 0 is the same sentence
	// Lower are words that make the term a mere note where one stands in the
	// same sentence: the row's, else those of pack.yaml for the category, else
	// the category's. Entries share the slice.
	Lower []string

	// Fields limit the term to fields of a document: names such as title or
	// images.alt, of which each stands for itself and all below it. Empty
	// means every field.
	Fields []string

	ValidFrom Date // first day on which the term counts; zero for always
	ValidTo   Date // last day on which the term counts; zero for always

	Basis string // the law, standard or notice behind the term
	Note  string // for editors

	Place Place // of the term
}

// ActiveOn reports whether the term counts on that day, both ends included.
func (e *Entry) ActiveOn(day Date) bool {
	return (e.ValidFrom.IsZero() || e.ValidFrom.Compare(day) <= 0) &&
		(e.ValidTo.IsZero() || day.Compare(e.ValidTo) <= 0)
}

// Compare is the canonical order of entries: category, term, label and context,
// all by bytes. No two entries of a pack are equal under it: a term may have a
// row for each kind of surroundings that it means something in.
func (e *Entry) Compare(f *Entry) int {
	if c := e.compareName(f); c != 0 {
		return c
	}
	return slices.CompareFunc(e.Context, f.Context, slices.Compare)
}

// compareName is Compare without the context.
func (e *Entry) compareName(f *Entry) int {
	return cmp.Or(cmp.Compare(e.Category, f.Category), strings.Compare(e.Term, f.Term), strings.Compare(e.Label, f.Label))
}

// sameContext reports whether e and f ask for the same surroundings, in
// whatever order their rows have the words.
func (e *Entry) sameContext(f *Entry) bool {
	sorted := func(e *Entry) [][]string {
		groups := make([][]string, len(e.Context))
		for i, words := range e.Context {
			groups[i] = slices.Sorted(slices.Values(words))
		}
		slices.SortFunc(groups, slices.Compare)
		return groups
	}
	return len(e.Context) == len(f.Context) && slices.EqualFunc(sorted(e), sorted(f), slices.Equal)
}

// An Allow is one allow-phrase: inside its text, terms of its scope do not
// count.
type Allow struct {
	Phrase string
	Scope  Scope
	Note   string
	Place  Place // of the phrase
}

// A Symbol is a picture or a sign that writers put for words, as 🎲 is for 赌, beside
// those that package matcher knows. It counts in all packs of a lexicon.
type Symbol struct {
	Symbol rune     // for which matcher.IsSymbol holds
	Words  []string // of one to four Chinese characters, in the order of the row
	Note   string
	Place  Place // of the symbol
}

// A Scope says which terms an allow-phrase protects from. The zero value is
// every term. At most one of Category and Term is set.
type Scope struct {
	Category Category
	Label    string // only together with Category
	Term     string // exactly this term, in every category
}

// String returns the scope as it is written in allow.csv.
func (s Scope) String() string {
	switch {
	case s.Term != "":
		return "term:" + s.Term
	case s.Label != "":
		return string(s.Category) + "/" + s.Label
	case s.Category != "":
		return string(s.Category)
	default:
		return "all"
	}
}

// Covers reports whether e is in the scope.
func (s Scope) Covers(e *Entry) bool {
	return (s.Term == "" || s.Term == e.Term) &&
		(s.Category == "" || s.Category == e.Category) &&
		(s.Label == "" || s.Label == e.Label)
}

// A Case is one sentence of cases.yaml with what a scan of it must find, or
// must not find.
type Case struct {
	Category Category // of the finding; "" in must_pass means any
	Term     string   // of the finding; "" means any
	Text     string
	// Needs names what else must be at work for the case to hold, such as a
	// channel that is not on by default. This package checks only the form of
	// the names: a to z, 0 to 9 and _.
	Needs []string
	Place Place // of the item
}

// A MatchMode says how the text has to agree with a term.
type MatchMode uint8

// The modes. Their names in files are substring, word, exact and whole.
const (
	// MatchDefault leaves the mode to the compiler, which goes by the script
	// and length of the term.
	MatchDefault   MatchMode = iota
	MatchSubstring           // anywhere
	MatchWord                // where segmentation agrees that a word begins and ends
	MatchExact               // anywhere, as written: no channel at all
	MatchWhole               // not inside a longer run of Latin letters or of digits
)

var matchNames = []string{MatchDefault: "default", MatchSubstring: "substring", MatchWord: "word", MatchExact: "exact", MatchWhole: "whole"}

// String returns the name of m in files; MatchDefault is "default".
func (m MatchMode) String() string {
	if int(m) >= len(matchNames) {
		return fmt.Sprintf("MatchMode(%d)", uint8(m))
	}
	return matchNames[m]
}

// ParseMatchMode returns the mode of that name. There is no name for
// MatchDefault: it is what an empty cell means.
func ParseMatchMode(name string) (MatchMode, bool) {
	i := slices.Index(matchNames, name)
	return MatchMode(max(i, 0)), i > 0
}

// channelNames are the names that a channels cell may use, in the order in
// which messages list them.
var channelNames = func() (names []string) {
	for _, info := range matcher.Channels() {
		names = append(names, info.Name)
	}
	return names
}()

// A ChannelSpec changes the channels that a category reads through by default.
// The zero value changes nothing.
type ChannelSpec struct {
	Add    []string // names, sorted, each once
	Remove []string // names, sorted, each once; none of them is in Add
}

// IsDefault reports whether c changes nothing.
func (c ChannelSpec) IsDefault() bool { return len(c.Add) == 0 && len(c.Remove) == 0 }

// String returns c as it is written in a channels cell: "default", or names
// with signs, "+homophone -noise".
func (c ChannelSpec) String() string {
	if c.IsDefault() {
		return "default"
	}
	var parts []string
	for _, name := range c.Add {
		parts = append(parts, "+"+name)
	}
	for _, name := range c.Remove {
		parts = append(parts, "-"+name)
	}
	return strings.Join(parts, " ")
}

// over returns what c makes of base: of a name in both, c decides.
func (c ChannelSpec) over(base ChannelSpec) ChannelSpec {
	if base.IsDefault() {
		return c
	}
	merge := func(mine, base, against []string) []string {
		out := slices.Clone(mine)
		for _, name := range base {
			if !slices.Contains(mine, name) && !slices.Contains(against, name) {
				out = append(out, name)
			}
		}
		slices.Sort(out)
		return out
	}
	return ChannelSpec{Add: merge(c.Add, base.Add, c.Remove), Remove: merge(c.Remove, base.Remove, c.Add)}
}

// parseChannels reads a channels cell and returns what is wrong with it, one
// message a fault. The empty cell is the same as "default".
func parseChannels(s string) (spec ChannelSpec, faults []*message) {
	fault := func(format string, args ...any) { faults = append(faults, say(format, args...)) }
	for i, word := range strings.Fields(s) {
		name := strings.TrimLeft(word, "+-")
		sign := word[:len(word)-len(name)]
		switch {
		case i == 0 && word == "default":
		case !slices.Contains(channelNames, name):
			fault("unknown channel %q, %s", word, wantName(name, channelNames))
		case sign != "+" && sign != "-":
			fault("channel %q has no sign, want +%s or -%s", word, name, name)
		case slices.Contains(spec.Add, name) || slices.Contains(spec.Remove, name):
			fault("channel %q is named twice", name)
		case sign == "+":
			spec.Add = append(spec.Add, name)
		default:
			spec.Remove = append(spec.Remove, name)
		}
	}
	slices.Sort(spec.Add)
	slices.Sort(spec.Remove)
	return spec, faults
}

// A Date is a day of the calendar, without a time zone. The zero value is no
// date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a date in the form 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() == 0 {
		return Date{}, fmt.Errorf("lexicon: bad date %q, want a day of the calendar as YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// DateOf returns the day of t in the time zone of t.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or 1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// String returns the date in the form 2006-01-02, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// The columns of terms/*.csv, of allow.csv and of symbols.csv.
var (
	termColumns = []string{
		"term", "category", "label", "severity", "action", "match", "channels", "suggest", "context", "unless",
		"window", "lower", "fields", "valid_from", "valid_to", "basis", "note",
	}
	allowColumns  = []string{"phrase", "scope", "note"}
	symbolColumns = []string{"symbol", "words", "note"}
)

// entry reads a row of a terms file. file is the category that the file has as
// a whole, "" for none. What it reported a fault of is left empty or as written:
// one error is enough for the pack not to load.
func (w *row) entry(file Category, defaults map[Category]Defaults) Entry {
	get := func(column string) string { // of a faulty cell it does not matter what comes back
		s, ok := w.value(column)
		if !ok {
			return ""
		}
		return s
	}
	e := Entry{Place: w.at("term"), Category: w.category(file), Label: get("label"), Suggest: get("suggest"), Basis: get("basis"), Note: get("note")}
	if term, ok := w.value("term"); ok {
		e.Term = term
		if w.word(e.Place, "term", term) {
			w.lintWord(e.Place, "term", term)
			if c, size := utf8.DecodeRuneInString(term); size == len(term) && (unicode.IsLetter(c) || unicode.IsNumber(c)) {
				w.lintf(e.Place, "one-character term %q hits inside ordinary words", term)
			}
		}
	}
	var label Label
	if e.Label != "" && e.Category != "" {
		if fault := e.Category.labelFault(e.Label); fault != nil {
			w.errorf(w.at("label"), "%s", fault)
		} else if info, ok := e.Category.Info(); ok {
			label, _ = info.Label(e.Label)
		}
	}

	pack := defaults[e.Category]
	severity, action := e.Category.defaults()
	e.Severity = cmp.Or(w.severity(w.at("severity"), get("severity")), label.Severity, pack.Severity, severity)
	e.Action = cmp.Or(w.action(w.at("action"), get("action")), pack.Action, action)
	e.Match = cmp.Or(w.match(w.at("match"), get("match")), pack.Match)
	channels := w.channels(w.at("channels"), get("channels"))
	if e.Match != MatchExact {
		e.Channels = channels.over(pack.Channels)
	} else if !channels.IsDefault() {
		w.errorf(w.at("channels"), "match exact takes no channels, got %q", channels)
	}

	if e.Suggest != "" && e.Suggest == e.Term {
		w.errorf(w.at("suggest"), "suggest is the term %q itself", e.Term)
	}
	e.Context = w.groups("context", get("context"), e.Term)
	e.Unless = w.words("unless", get("unless"), e.Term)
	for _, word := range e.Unless {
		if slices.ContainsFunc(e.Context, func(group []string) bool { return slices.Contains(group, word) }) {
			w.errorf(w.at("unless"), "word %q stands in context and in unless", word)
		}
	}
	e.Lower = lowering[e.Category]
	if pack.Lower != nil {
		e.Lower = pack.Lower
	}
	if cell := get("lower"); cell != "" {
		e.Lower = w.lower(w.at("lower"), cell)
	}
	e.Window = w.window(get("window"), get("context") != "" || get("unless") != "")
	e.Fields = w.fields(get("fields"))
	e.ValidFrom = w.date(w.at("valid_from"), "valid_from", get("valid_from"))
	e.ValidTo = w.date(w.at("valid_to"), "valid_to", get("valid_to"))
	if !e.ValidTo.IsZero() && e.ValidTo.Compare(e.ValidFrom) < 0 {
		w.errorf(w.at("valid_to"), "valid_to %s is before valid_from %s", e.ValidTo, e.ValidFrom)
	}
	return e
}

// allow reads a row of allow.csv.
func (w *row) allow() Allow {
	a := Allow{Place: w.at("phrase")}
	if phrase, ok := w.value("phrase"); ok {
		a.Phrase = phrase
		if w.word(a.Place, "phrase", phrase) {
			w.lintWord(a.Place, "phrase", phrase)
		}
	}
	if scope, ok := w.value("scope"); ok {
		a.Scope = w.scope(scope)
	}
	a.Note, _ = w.value("note")
	return a
}

// symbol reads a row of symbols.csv.
func (w *row) symbol() Symbol {
	s := Symbol{Place: w.at("symbol")}
	if cell, ok := w.value("symbol"); ok {
		r, n := utf8.DecodeRuneInString(cell)
		if rest := cell[n:]; rest != "" && rest != "\ufe0f" || !matcher.IsSymbol(r) { // how it is to be drawn
			w.errorf(s.Place, "symbol %q is not one picture or sign; letters, digits, punctuation and Chinese characters cannot stand here", cell)
		} else {
			s.Symbol = r
		}
	}
	if cell, ok := w.value("words"); ok {
		for word := range strings.SplitSeq(cell, "|") {
			word = strings.TrimSpace(word)
			n := utf8.RuneCountInString(word)
			if n == 0 || n > matcher.MaxSymbolRunes || strings.ContainsFunc(word, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
				w.errorf(w.at("words"), "bad word %q in words, want one to four Chinese characters, and | between words", word)
				continue
			}
			s.Words = append(s.Words, word)
		}
	}
	s.Note, _ = w.value("note")
	return s
}

// category returns the category of a row, "" if there is none or it is wrong.
func (w *row) category(file Category) Category {
	id, ok := w.value("category")
	label, _ := w.value("label")
	switch {
	case !ok:
		return ""
	case id == "" && file == "" && label != "":
		w.errorf(w.at("label"), "label %q without a category: name the file for one, or fill in the column category", label)
		return ""
	case id == "" && file == "" && w.index("category") >= 0:
		w.errorf(w.at("category"), "empty category, and the file has none as a whole")
		return ""
	case id == "":
		return file
	}
	if fault := categoryFault(id); fault != nil {
		w.errorf(w.at("category"), "%s", fault)
		return ""
	}
	if file != "" && Category(id) != file {
		w.errorf(w.at("category"), "category %s in a file of %s", id, file)
	}
	return Category(id)
}

// scope reads the scope of an allow-phrase.
func (w *row) scope(s string) Scope {
	at := w.at("scope")
	if s == "" || s == "all" {
		return Scope{}
	}
	if term, ok := strings.CutPrefix(s, "term:"); ok {
		w.word(at, "term", term)
		return Scope{Term: term}
	}
	id, label, labelled := strings.Cut(s, "/")
	scope := Scope{Category: Category(id), Label: label}
	if fault := categoryFault(id); strings.HasSuffix(fault.String(), "?") {
		w.errorf(at, "%s", fault)
	} else if fault != nil {
		w.errorf(at, "bad scope %q, want all, a category, category/label, or term: and a term", s)
	} else if labelled {
		if fault := scope.Category.labelFault(label); fault != nil {
			w.errorf(at, "%s", fault)
		}
	}
	return scope
}

// groupSign stands between groups of words. The blanks keep AT&T one word.
const groupSign = " & "

// groups reads a cell of groups with & between them, each of words with |
// between them.
func (w *row) groups(column, cell, term string) (groups [][]string) {
	for _, part := range strings.Split(cell, groupSign) {
		if words := w.words(column, part, term); words != nil {
			groups = append(groups, words)
		} else if part == "" && cell != "" {
			w.errorf(w.at(column), "empty group in %s %q", column, cell)
		}
	}
	return groups
}

// gluedSign finds an & that was meant to stand between groups: at an end of a
// word, or beside a Han character.
var gluedSign = regexp.MustCompile(`^&|&$|&\p{Han}|\p{Han}&`)

// words reads a cell of words with | between them.
func (w *row) words(column, cell, term string) (words []string) {
	if cell == "" {
		return nil
	}
	if known, ok := w.lists[cell]; ok && !slices.Contains(known, term) {
		return known
	}
	before := len(w.problems)
	at := w.at(column)
	empty := false
	for _, word := range strings.Split(cell, "|") {
		word = strings.TrimSpace(word)
		switch {
		case word == "":
			if !empty {
				w.errorf(at, "empty word in %s %q", column, cell)
			}
			empty = true
		case !w.word(at, say("word"), word):
		case gluedSign.MatchString(word) || strings.Contains(word, groupSign):
			w.errorf(at, "word %q in %s holds &, which stands between groups of context with a blank on each side", word, column)
		case word == term:
			w.errorf(at, "%s has the term %q itself", column, term)
		case slices.Contains(words, word):
			w.lintf(at, "word %q stands twice in %s", word, column)
		default:
			words = append(words, word)
		}
	}
	if w.lists != nil && len(w.problems) == before {
		w.lists[cell] = words
	}
	return words
}

// window reads the number of runes around a term; words says whether there is
// anything to look for there.
func (w *row) window(cell string, words bool) int {
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 0 || n > MaxWindow || cell[0] == '+' || cell[0] == '-' {
		w.errorf(w.at("window"), "bad window %q, want a number of characters from 0 to %d", cell, MaxWindow)
		return 0
	}
	if n > 0 && !words {
		w.errorf(w.at("window"), "window %d without context or unless", n)
	}
	return n
}

// fields reads a cell of field names with | between them.
func (w *row) fields(cell string) (fields []string) {
	if cell == "" {
		return nil
	}
	for _, field := range strings.Split(cell, "|") {
		field = strings.TrimSpace(field)
		good := true
		for _, part := range strings.Split(field, ".") {
			good = good && part != "" && strings.Trim(part, "abcdefghijklmnopqrstuvwxyz_") == ""
		}
		switch {
		case !good:
			w.errorf(w.at("fields"), "bad field %q, want names such as title or images.alt with | between them", field)
		case slices.Contains(fields, field):
			w.lintf(w.at("fields"), "field %q stands twice", field)
		default:
			fields = append(fields, field)
		}
	}
	return fields
}

// The names that messages list.
var (
	severityNames = []string{review.SeverityError.String(), review.SeverityWarning.String(), review.SeverityNotice.String()}
	actionNames   = []string{review.ActionBlock.String(), review.ActionReview.String(), review.ActionNote.String()}
)

// The readers below return the zero value for an empty string, and after they
// reported a fault.

func (r *reporter) severity(at Place, s string) (v review.Severity) {
	if s != "" && v.UnmarshalText([]byte(s)) != nil {
		r.errorf(at, "unknown severity %q, want %s", s, names(severityNames))
	}
	return v
}

func (r *reporter) action(at Place, s string) (v review.Action) {
	if s != "" && v.UnmarshalText([]byte(s)) != nil {
		r.errorf(at, "unknown action %q, want %s", s, names(actionNames))
	}
	return v
}

func (r *reporter) match(at Place, s string) MatchMode {
	m, ok := ParseMatchMode(s)
	if s != "" && !ok {
		r.errorf(at, "unknown match %q, want %s", s, names(matchNames[1:]))
	}
	return m
}

func (r *reporter) channels(at Place, s string) ChannelSpec {
	spec, faults := parseChannels(s)
	for _, fault := range faults {
		r.errorf(at, "%s", fault)
	}
	return spec
}

// lower reads words with | between them; "none" is no word. What it returns is
// not nil.
func (r *reporter) lower(at Place, s string) []string {
	words := []string{}
	if s == "none" {
		return words
	}
	for _, word := range strings.Split(s, "|") {
		switch word = strings.TrimSpace(word); {
		case word == "":
			r.errorf(at, "empty word in lower %q, want words with | between them, or none", s)
			return words
		case r.word(at, "word", word):
			words = append(words, word)
		}
	}
	return words
}

func (r *reporter) date(at Place, name, s string) Date {
	if s == "" {
		return Date{}
	}
	d, err := ParseDate(s)
	if err != nil {
		r.errorf(at, "bad %s %q, want a day of the calendar as YYYY-MM-DD", name, s)
	}
	return d
}

// word checks a text that is searched for: what it begins and ends with has to
// be visible, because an editor could not see why it is not found. It reports
// the first fault and returns false. what is a column or a message.
func (r *reporter) word(at Place, what any, s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	switch n := utf8.RuneCountInString(s); {
	case s == "":
		r.errorf(at, "empty %s", what)
	case !strings.ContainsFunc(s, func(c rune) bool { return !isBlank(c) && !unicode.Is(unicode.M, c) }):
		r.errorf(at, "%s %+q holds nothing that can be seen", what, s)
	case isBlank(first):
		r.errorf(at, "%s %q begins with %U, which cannot be seen", what, s, first)
	case isBlank(last):
		r.errorf(at, "%s %q ends with %U, which cannot be seen", what, s, last)
	case n > MaxTermRunes:
		r.errorf(at, "%s of %d characters, at most %d are allowed", what, n, MaxTermRunes)
	default:
		return true
	}
	return false
}

// lintWord reports characters inside a word that cannot be seen. Joiners are
// left out: scripts and emoji are spelled with them.
func (r *reporter) lintWord(at Place, what, s string) {
	for _, c := range s {
		if isBlank(c) && !unicode.IsSpace(c) && c != '‌' && c != '‍' {
			r.lintf(at, "%s %q holds %U, which cannot be seen", what, s, c)
			return
		}
	}
}

// isBlank reports whether c leaves nothing that can be seen: blanks, format
// characters and fillers. Variation selectors and tags are not among them;
// they end emoji.
func isBlank(c rune) bool {
	switch {
	case 0xe0020 <= c && c <= 0xe007f, unicode.Is(unicode.Variation_Selector, c), unicode.Is(unicode.Prepended_Concatenation_Mark, c):
		return false
	case c == 0x2800: // braille pattern without dots
		return true
	default:
		return unicode.IsSpace(c) || unicode.In(c, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point)
	}
}
