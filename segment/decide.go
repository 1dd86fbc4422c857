package segment

import (
	"errors"
	"math"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Reason says what decided. Its String is stable and goes into reports.
type Reason uint8

const (
	// Keep: the hit stands.

	ReasonUnasked Reason = iota // there was nothing to ask: an empty or impossible span
	ReasonAligned               // no word cuts the hit
	ReasonTerm                  // only words that are terms themselves cut or hold the hit
	ReasonDivides               // the word that cuts the hit divides at its edge, with two characters or more inside
	ReasonRare                  // a word cuts the hit, but is too rare to believe
	ReasonHead                  // the hit is the head of a longer word
	ReasonTail                  // the hit is the tail of a longer word
	ReasonMiddle                // the hit is in the middle of a longer word, and a word of it
	ReasonTie                   // cut or not is nearly as likely, and the characters left alone speak against a cut

	// Veto: the hit is a chance meeting of characters.

	ReasonCut    // words cut the hit
	ReasonWithin // the hit is part of a longer word and no word of it
	ReasonName   // the hit is part of the name of a place, an organisation or a constellation
)

var reasonNames = [...]string{"unasked", "aligned", "term", "divides", "rare", "head", "tail", "middle", "tie", "cut", "within", "name"}

func (r Reason) String() string {
	if int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return "reason"
}

// Strength says how much a veto is worth to a caller who must expect writers that
// build the context of a veto on purpose. The values leave room between them.
type Strength uint8

const (
	// None is the strength of a hit that is kept.
	None Strength = 0
	// Weak: a word explains one side of the hit and a character of it is left over
	// (大|麻烦), or the two readings are nearly as likely, or only the shape of a
	// longer word speaks against the hit. One well-chosen neighbour is enough to get
	// this for nearly every term, so lower the finding, do not drop it.
	Weak Strength = 4
	// Strong: every character of the hit belongs to a word of at least two
	// characters, and that reading is clearly the likelier one (一次性|交付). A
	// writer who wants this has to write those words on both sides, and then his
	// readers read them too.
	Strong Strength = 8
)

func (s Strength) String() string {
	switch s {
	case None:
		return "none"
	case Weak:
		return "weak"
	case Strong:
		return "strong"
	}
	return "strength"
}

// A Decision is the answer to "is this hit the term, or a chance meeting of
// characters?".
type Decision struct {
	Keep     bool
	Reason   Reason
	Strength Strength // of the veto; None if Keep

	// Words are the words of the clause that overlap the hit, in order and without
	// a gap, so together they cover it: ["一次性" "交付"] for 性交. They are parts of
	// the text that was asked about. Nil if the hit is kept because no word says
	// anything against it (ReasonUnasked, ReasonAligned).
	Words []string
	// Start is the byte offset in text at which Words begin; 0 if there are none.
	Start int
	// Margin is by how many bits the reading that cuts the hit is likelier than
	// the one that does not; see the package comment. 0 where it was not needed or
	// the segmenter is no [Dictionary].
	Margin float64
}

// Options configure a [Decider].
type Options struct {
	// Segmenter finds the words. Required: pass [Default]'s, or one of your own.
	// (If nil meant Default, every program that builds a Decider would hold the 32 MB
	// of embedded dictionaries.) Its concurrency is that of the Decider.
	Segmenter Segmenter
	// Term reports whether a word is itself a term. Such a word is no witness
	// against a hit: in 强奸杀人 the words of the one term must not clear the other.
	// Nil means that no word is. It must be safe for concurrent use.
	Term func(word string) bool
}

// policy holds the numbers of the decision. They are fields, not constants, so
// that TestMeasure can show what each one does.
type policy struct {
	// floor is the count that a hit is given at least where two readings are weighed:
	// it is a word for whoever listed it, and of the 137 terms of testdata 25 are
	// not in the dictionary and 16 only with its lowest counts, 2 and 3.
	floor float64
	// rare is the count below which a word of two characters that leaves a character
	// of the hit over is no witness: among these are the pairs that the dictionary
	// holds by chance (里人, 先去, 分用, all with count 3). Longer rare words are real
	// ones (死胡同, 轨道交通).
	rare float64
	// common is the count from which a longer word is a word of its own rather than
	// a compound noted by chance: more than half of the dictionary has
	// count 3 or less.
	common float64
	// strong is the margin in bits from which a cut that leaves no character of the
	// hit over is Strong.
	strong float64
	// near is the margin in bits up to which two readings are nearly as likely, and
	// settled the margin of the same readings, with characters counted as they stand
	// in words, from which it is settled which of them it is. Of 20,000 terms put
	// into ordinary text these numbers keep 60 more and lose 4; of the labelled
	// sentences one that was kept wrongly is not.
	near, settled float64
	// within and names switch the two rules about longer words on.
	within, names bool
}

var defaultPolicy = policy{floor: 30, rare: 30, common: 20, strong: 6, near: 2, settled: 1.5, within: true, names: true}

// A Decider decides about hits. It is immutable and safe for concurrent use.
type Decider struct {
	segmenter Segmenter
	dict      Dictionary // nil if the segmenter is none
	term      func(string) bool
	policy    policy
	sessions  sync.Pool

	costsOnce sync.Once
	ownCosts  *costs // see costs
}

// costs returns what the words of the dictionary cost.
func (d *Decider) costs() *costs {
	d.costsOnce.Do(func() { d.ownCosts = costsOf(d.dict) })
	return d.ownCosts
}

// NewDecider checks the options. It does not load a lazy dictionary.
func NewDecider(o Options) (*Decider, error) {
	if o.Segmenter == nil {
		return nil, errors.New("segment: Options.Segmenter: got nil, want segment.Default()'s or one of your own")
	}
	d := &Decider{segmenter: o.Segmenter, term: o.Term, policy: defaultPolicy}
	d.dict, _ = o.Segmenter.(Dictionary)
	d.sessions.New = func() any { return d.NewSession() }
	return d, nil
}

// Decide decides about the hit text[start:end]. text is folded (simplified)
// text, and start and end are byte offsets on rune boundaries. Only the window
// counts: eight letters or digits to each side, up to the first rune that is
// neither; the text outside of it changes nothing.
//
// A hit that [Checked] would not have asked about is decided like any other.
// Cost: one segmentation of the window, 2 to 3 µs; where a word speaks against
// the hit, up to 5 µs more. Who has several hits takes a [Session].
func (d *Decider) Decide(text string, start, end int) Decision {
	s := d.sessions.Get().(*Session)
	decision := s.Decide(text, start, end)
	s.Reset()
	d.sessions.Put(s)
	return decision
}

// A Session is a Decider with a memory: the words of a clause are found once for
// all hits in it, and the work space is kept. Its answers are those of the
// Decider. It is not safe for concurrent use; pool it and call Reset before it
// goes back.
type Session struct {
	decider *Decider
	memo    [memoClauses]clauseWords
	next    int // the memo slot that is given up next

	at    []int        // margin: byte offset of each rune
	best  [][2]float64 // margin: cheapest readings
	cost  []float64    // cheapest: cost up to each rune
	via   []int        // cheapest: where the last word up to each rune begins
	runes []rune       // cheapest: the clause
}

// memoClauses is how many windows a session remembers. Hits come in the order of
// the text, so those that share a window are near to each other.
const memoClauses = 4

type clauseWords struct {
	clause string
	ends   []int
}

// NewSession returns an empty session.
func (d *Decider) NewSession() *Session { return &Session{decider: d} }

// Reset forgets the texts that were asked about and keeps the work space.
func (s *Session) Reset() {
	for i := range s.memo {
		s.memo[i].clause = ""
	}
	s.next = 0
}

// ends returns the words of a clause that is not empty, valid until four other clauses were asked for.
func (s *Session) ends(clause string) []int {
	for i := range s.memo {
		if s.memo[i].clause == clause {
			return s.memo[i].ends
		}
	}
	slot := &s.memo[s.next]
	s.next = (s.next + 1) % memoClauses
	slot.ends = s.decider.segmenter.Ends(slot.ends[:0], clause)
	slot.clause = clause
	return slot.ends
}

func (d *Decider) isTerm(word string) bool { return d.term != nil && d.term(word) }

// Decide is [Decider.Decide].
func (s *Session) Decide(text string, start, end int) Decision {
	if start < 0 || start >= end || end > len(text) {
		return Decision{Keep: true, Reason: ReasonUnasked}
	}
	lo, hi := window(text, start, end)
	clause := text[lo:hi]
	ends := s.ends(clause)
	start, end = start-lo, end-lo

	// The words that overlap the hit are ends[first:last]; from is where the first begins.
	first, last, from := 0, 0, 0
	for first < len(ends) && ends[first] <= start {
		from = ends[first]
		first++
	}
	for last = first; last < len(ends); last++ {
		if ends[last] >= end {
			last++
			break
		}
	}
	if first == last { // a segmenter that breaks its rules
		return Decision{Keep: true, Reason: ReasonUnasked}
	}
	to := ends[last-1]
	if from == start && to == end {
		return s.aligned(clause, lo, start, end)
	}

	decision := Decision{Start: lo + from}
	switch single := utf8.RuneCountInString(clause[start:end]) == 1; {
	case last-first == 1 && single && s.decider.isTerm(clause[from:to]):
		decision.Reason = ReasonTerm
	case last-first == 1 && single:
		// A single character means what its word means: 干 in 干嘛, 日 in 生日.
		decision.Reason, decision.Strength = ReasonWithin, Strong
	case last-first == 1:
		s.longer(&decision, clause, from, to, start, end)
	default:
		s.cut(&decision, clause, ends[first:last], from, start, end)
	}
	decision.Keep = decision.Strength == None
	decision.Words = make([]string, 0, last-first)
	for _, e := range ends[first:last] {
		decision.Words = append(decision.Words, clause[from:e])
		from = e
	}
	return decision
}

// aligned decides where no word cuts the hit: that stands, unless a reading that cuts
// it is nearly as likely and its characters speak for it: 某处|女|干部, not 某|处女|干部.
func (s *Session) aligned(clause string, lo, start, end int) Decision {
	p := &s.decider.policy
	keep := Decision{Keep: true, Reason: ReasonAligned}
	if s.decider.dict == nil || p.near == 0 || !s.mayCut(clause, start, end) {
		return keep
	}
	m := s.margin(clause, start, end, p.floor, false)
	if m < -p.near || s.fairMargin(clause, start, end, p.floor) < p.settled {
		return keep
	}
	s.cheapest(clause)
	words, from := s.wordsOver(clause, start, end)
	if len(words) == 1 { // the cheapest reading has the term as a word after all
		return keep
	}
	return Decision{Reason: ReasonCut, Strength: Weak, Words: words, Start: lo + from, Margin: m}
}

// cut decides where the hit is not covered by one word and at least one word has
// a part of it: that is a cut, unless the word is no witness.
func (s *Session) cut(d *Decision, clause string, ends []int, from, start, end int) {
	stray, witness, credible := false, false, false
	p := &s.decider.policy
	d.Reason = ReasonAligned
	for _, to := range ends {
		word := clause[from:to]
		switch {
		case !cuts(from, to, start, end):
			// A character of the hit that the cut leaves alone.
			stray = stray || utf8.RuneCountInString(word) == 1
		case s.decider.isTerm(word):
			d.Reason = ReasonTerm
		case s.divides(word, max(start, from)-from, min(end, to)-from):
			if d.Reason == ReasonAligned {
				d.Reason = ReasonDivides
			}
		default:
			witness = true
			credible = credible || utf8.RuneCountInString(word) > 2 || s.count(word) >= p.rare
		}
		from = to
	}
	if !witness {
		return
	}
	d.Reason, d.Strength = ReasonCut, Weak
	if s.decider.dict == nil {
		if !stray {
			d.Strength = Strong
		}
		return
	}
	if stray && !credible {
		d.Reason, d.Strength = ReasonRare, None
		return
	}
	d.Margin = finite(s.margin(clause, start, end, p.floor, false))
	if math.Abs(d.Margin) < p.near && s.fairMargin(clause, start, end, p.floor) < -p.settled {
		d.Reason, d.Strength = ReasonTie, None
		return
	}
	if !stray && d.Margin >= p.strong {
		d.Strength = Strong
	}
}

// count returns how often a word was counted, at least 1: gse makes a word of
// letters and digits that no dictionary has.
func (s *Session) count(word string) float64 {
	if s.decider.dict == nil {
		return 1
	}
	entry, _ := s.decider.dict.Lookup(word)
	return max(1, entry.Count)
}

// divides reports whether a word, of which word[start:end] lies in the hit, is
// itself made of words that meet at the edge of the hit, with at least two
// characters inside: 古罗马 ends one word too early for 罗马帝国, yet it holds 罗马.
func (s *Session) divides(word string, start, end int) bool {
	if s.decider.dict == nil || utf8.RuneCountInString(word[start:end]) < 2 {
		return false
	}
	_, known := s.decider.dict.Lookup(word[start:end])
	return known && s.margin(word, start, end, 0, true) < 0
}

// longer decides where one word holds the hit and something more.
//
//   - In the middle it is the word's own division that decides: 精神|药品 against 神药.
//   - At the head or the tail the hit is as a rule the part that carries the meaning
//     (强奸犯, 网络色情, 自杀式): of 1,928 dictionary words that begin or end with one
//     of 226 terms, only 80 have parts that would rather cut it. Two kinds are not, and get a weak veto: names of
//     places and organisations (儿童医院, 最高人民法院), and common words that their
//     own parts divide elsewhere (慢性|病, 原子|弹, 第|一次).
func (s *Session) longer(d *Decision, clause string, from, to, start, end int) {
	word := clause[from:to]
	if s.decider.isTerm(word) {
		d.Reason = ReasonTerm
		return
	}
	middle := from < start && end < to
	switch {
	case middle:
		d.Reason = ReasonMiddle
	case from == start:
		d.Reason = ReasonHead
	default:
		d.Reason = ReasonTail
	}
	if s.decider.dict == nil {
		return
	}
	p := &s.decider.policy
	hit := clause[start:end]
	if middle {
		if m := s.margin(word, start-from, end-from, p.floor, true); m > 0 {
			d.Reason, d.Strength, d.Margin = ReasonWithin, Strong, finite(m)
		}
		return
	}
	entry, _ := s.decider.dict.Lookup(word)
	if p.names && (entry.Tag == "ns" || entry.Tag == "nt" || constellation(word, entry.Tag)) {
		d.Reason, d.Strength = ReasonName, Weak
		return
	}
	if !p.within || utf8.RuneCountInString(hit) != 2 {
		return
	}
	if entry.Count < p.common {
		if _, known := s.decider.dict.Lookup(hit); known {
			return
		}
	}
	if m := s.margin(word, start-from, end-from, p.floor, true); m > 0 {
		d.Reason, d.Strength, d.Margin = ReasonWithin, Weak, finite(m)
	}
}

// constellation reports whether a word is the name of one: all nouns of the
// dictionary that have two characters and 座, but for 驾驶座 and such, which hold no
// term.
func constellation(word, tag string) bool {
	return strings.HasPrefix(tag, "n") && strings.HasSuffix(word, "座") && utf8.RuneCountInString(word) == 3
}

// finite keeps an infinite margin (no other division) out of reports: JSON has no infinity.
func finite(bits float64) float64 { return math.Max(-1000, math.Min(1000, bits)) }
