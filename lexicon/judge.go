package lexicon

import (
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/internal/tables"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

// A Scene is what a scan knows beside the text.
type Scene struct {
	// Field is the path of the field that the text stands in, for terms that
	// are limited to some; empty if there are no fields.
	Field string
	// Date is the day of publication. Terms that begin or end to count on
	// some day look at it; zero stands for the day on which their pack was
	// last updated.
	Date Date
	// NoVetoedGuesses leaves out terms that are not written but could only be brought to
	// mind, where something speaks against that; those that another finding covers stay.
	// Many characters sound like something, and who does not list those need not pay
	// for them.
	NoVetoedGuesses bool
}

// A Hit is a candidate that was judged: a finding, or vetoed.
type Hit struct {
	Entry *Entry
	Pack  *Pack

	// Start and End are byte offsets into the text, half-open, on rune
	// boundaries; Text is what stands there.
	Start, End int64
	Text       string
	// Before and After are up to 16 characters around it; empty if the hit is
	// vetoed.
	Before, After string

	// Channels are those through which the term was recognised.
	Channels matcher.ChannelSet

	// Severity and Action are the entry's, or lower where the surroundings
	// speak against the candidate without deciding.
	Severity review.Severity
	Action   review.Action

	// Reason says why a candidate is vetoed, or lowered; empty if it is
	// neither. Words are the words of the text that it rests on.
	Reason review.VetoReason
	Words  []string
	vetoed bool
	set    matcher.ChannelSet // through which the term may be recognised
	belief float64            // of a guess: by how many bits it is the likelier story; see ordinary
}

// Vetoed reports whether the hit is no finding.
func (h *Hit) Vetoed() bool { return h.vetoed }

// Uncovered returns a hit that is vetoed as covered, since one finding is
// enough for an editor, as the finding that it would be by itself. Others it
// returns as they are.
func (h Hit) Uncovered() Hit {
	if h.Reason == review.VetoCovered {
		h.Reason, h.Words, h.vetoed = "", nil, false
	}
	return h
}

// Through adds channels that were needed before the text came here, and
// reports whether the term may be recognised through them.
func (h *Hit) Through(more matcher.ChannelSet) bool {
	h.Channels |= more
	return more&^h.set == 0
}

// lower makes the hit a note for that reason.
func (h *Hit) lower(reason review.VetoReason, words []string) {
	h.Severity, h.Action = min(h.Severity, review.SeverityNotice), min(h.Action, review.ActionNote)
	h.Reason, h.Words = reason, words
}

const (
	// contextBytes is how far around a candidate its surroundings reach: a
	// sentence of some 170 Chinese characters on each side. Longer sentences
	// are cut there, so that judging costs the same everywhere.
	contextBytes = 512

	// excerptRunes is the length of Before and After.
	excerptRunes = 16

	// clauseRunes is how many characters around a candidate segmentation is
	// given. It looks at eight on each side.
	clauseRunes = 10
)

// judge decides about the candidates of one text, in the order in which the
// matcher reports them. What it decides depends only on the text up to
// contextBytes around a candidate and around the candidates beside it, and on
// allow-phrases that overlap them, so that the chunks in which the text arrives
// make no difference.
type judge struct {
	l        *Lexicon
	scene    Scene
	pending  []candidate     // by End; those that are judged are kept as long as they can be beside another
	judged   int             // how many of pending are
	allows   []matcher.Match // allow-phrases, by End; those that can still overlap a candidate
	written  []matcher.Match // terms without a disguise, by End; those that can still be a neighbour
	session  *segment.Session
	settings settings
	runes    []rune // work space of surpriseBits
	talk     map[Category]*talk
	sift     matcher.Sieve // sieve, once it was asked for
	// weighed is what bound knows of the last place, surprised what surprise does.
	weighed struct {
		start, end int64
		bits       float64
	}
	surprised struct {
		start, end int64
		is         segment.Surprise
	}

	from, to int64 // hits that end in (from, to] are wanted; others are only neighbours
	stays    bool  // the text is not written over, so that hits may hold parts of it
}

// held returns s, a part of the text, as a hit can hold it.
func (j *judge) held(s string) string {
	if j.stays {
		return s
	}
	return strings.Clone(s)
}

// A candidate is a match and, once that is known, the hit that it would be if
// it stood alone.
type candidate struct {
	matcher.Match
	known bool
	hit   Hit
}

// sifting returns what the matcher need not report, nil if all is wanted.
func (j *judge) sifting() matcher.Sieve {
	if !j.scene.NoVetoedGuesses {
		return nil
	}
	if j.sift == nil {
		j.sift = j.sieve
	}
	return j.sift
}

func (l *Lexicon) newJudge(scene Scene) *judge {
	return &judge{l: l, scene: scene, session: l.decider.NewSession(), to: math.MaxInt64, talk: map[Category]*talk{}}
}

// reset forgets the text and keeps the work space.
func (j *judge) reset() {
	clear(j.pending) // hits hold text
	j.pending, j.judged, j.allows, j.written = j.pending[:0], 0, j.allows[:0], j.written[:0]
	j.session.Reset()
	j.settings.reset()
	j.surprised.end, j.weighed.end = 0, 0
	for _, t := range j.talk {
		t.to = 0
	}
}

// take sorts new matches into candidates and allow-phrases. text starts at offset
// base and holds the matches.
func (j *judge) take(found []matcher.Match, text string, base int64) {
	for _, m := range found {
		if j.l.patterns[m.Pattern].allow != nil {
			j.allows = append(j.allows, m)
		} else if e := j.l.patterns[m.Pattern].entry; e.inField(j.scene.Field) && j.plausible(m, text, base) && j.wanted(m, text, base) {
			j.pending = append(j.pending, candidate{Match: m})
			if m.Channels&matcher.Disguises == 0 {
				j.written = append(j.written, m)
			}
		}
	}
}

// inField reports whether the entry looks at the field with that path.
func (e *Entry) inField(path string) bool {
	if len(e.Fields) == 0 || path == "" {
		return true
	}
	var name strings.Builder // path without indexes
	for i, part := range strings.Split(path, ".") {
		if i > 0 {
			name.WriteByte('.')
		}
		part, _, _ = strings.Cut(part, "[")
		name.WriteString(part)
	}
	return slices.ContainsFunc(e.Fields, func(f string) bool {
		return name.String() == f || strings.HasPrefix(name.String(), f+".")
	})
}

// settle judges the candidates whose surroundings are known and appends them
// to dst. text starts at offset base and holds contextBytes before the first
// pending candidate, or all; the text is known up to offset seen.
func (j *judge) settle(dst []Hit, text string, base, seen int64, final bool) []Hit {
	for j.judged < len(j.pending) && (final || j.pending[j.judged].End+j.l.delay <= seen) {
		dst = j.next(dst, text, base)
	}

	oldest := seen
	if j.judged < len(j.pending) {
		oldest = j.pending[j.judged].End
	}
	oldest -= int64(j.l.matcher.Window())
	k := sort.Search(len(j.allows), func(i int) bool { return j.allows[i].End > oldest })
	j.allows = slices.Delete(j.allows, 0, k)
	k = sort.Search(len(j.written), func(i int) bool { return j.written[i].End > oldest-contextBytes })
	j.written = slices.Delete(j.written, 0, k)
	k = sort.Search(j.judged, func(i int) bool { return j.pending[i].End > oldest-contextBytes })
	j.pending = slices.Delete(j.pending, 0, k)
	j.judged -= k
	return dst
}

// next judges the next pending candidate.
func (j *judge) next(dst []Hit, text string, base int64) []Hit {
	if end := j.pending[j.judged].End; j.from < end && end <= j.to {
		if h := j.among(j.judged, text, base); !j.scene.NoVetoedGuesses || !h.vetoed || h.Reason == review.VetoCovered || !h.guessed() {
			dst = append(dst, h)
		}
	} else {
		j.alone(j.judged, text, base)
	}
	j.judged++
	return dst
}

// ripe judges the next pending candidates as long as what they are judged by
// has come. Every match that begins before offset settled is known.
func (j *judge) ripe(dst []Hit, text string, base, settled int64) []Hit {
	for j.judged < len(j.pending) {
		n := j.judged
		h := &j.pending[n]
		if !j.surrounded(h, text, base, settled) {
			break
		}
		for k := n + 1; k < len(j.pending) && j.pending[k].End <= h.Start+int64(j.l.matcher.Window()); k++ {
			if g := &j.pending[k]; g.Start <= h.Start && !j.surrounded(g, text, base, settled) { // see among
				return dst
			}
		}
		dst = j.next(dst, text, base)
	}
	return dst
}

// surrounded reports whether all that decides about a candidate by itself has
// come: what lies across it, its sentence, the words behind it and what a hit
// shows of them.
func (j *judge) surrounded(c *candidate, text string, base, settled int64) bool {
	if settled < c.End {
		return false
	}
	after := text[c.End-base:]
	near := int64(contextBytes)
	if len(after) < contextBytes+utf8.UTFMax {
		i := sentenceEnd(after)
		window := max(excerptRunes, clauseRunes, j.l.patterns[c.Pattern].entry.Window)
		if i < 0 || utf8.RuneCountInString(after) < window+utf8.UTFMax { // the last may not be whole
			return false
		}
		near = int64(i)
	}
	return c.Channels&matcher.Disguises == 0 || settled >= c.End+min(near, neighbourBytes)
}

// among judges pending candidate n, also by what stands beside it: an editor
// needs one finding for one thing.
//
// No two hits cover each other: at one place a term that is written without a
// disguise comes first, else the earlier in order; of two places the longer; of
// two in a sentence the one before. So what covers is covered itself or stands.
func (j *judge) among(n int, text string, base int64) Hit {
	h := *j.alone(n, text, base)
	if h.vetoed {
		return h
	}
	sentenceStart := h.Start
	if len(h.Entry.Context) > 1 { // a combination is about its sentence
		lo, _ := j.settings.sentence(text, base, int(h.Start-base), int(h.End-base))
		sentenceStart = base + int64(lo)
	}
	for k := n - 1; k >= 0 && j.pending[k].End > min(sentenceStart, h.End-1); k-- {
		if g := j.alone(k, text, base); g.covers(&h, true) || g.End <= h.Start && g.outweighs(&h) {
			return h.coveredBy(g)
		}
	}
	for k := n + 1; k < len(j.pending) && j.pending[k].End <= h.Start+int64(j.l.matcher.Window()); k++ {
		if j.pending[k].Start <= h.Start {
			if g := j.alone(k, text, base); g.covers(&h, false) {
				return h.coveredBy(g)
			}
		}
	}
	return h
}

// covers reports whether h needs no finding beside g, which stands around it.
// earlier says that g comes before h in the order of hits.
func (g *Hit) covers(h *Hit, earlier bool) bool {
	switch {
	case g.Start > h.Start || g.End < h.End:
		return false
	case g.guessed() && h.guessed() && !strings.Contains(g.Entry.Term, h.Entry.Term):
		return false // two guesses at one place: which of them is meant, a person sees
	case g.guessed() && g.belief < h.belief+surer:
		return false // what g takes for a disguise beside h reads as ordinary language
	case g.Start < h.Start || g.End > h.End:
		return g.outweighs(h)
	case g.disguised() != h.disguised():
		return h.disguised() && g.akin(h)
	default:
		return earlier && g.outweighs(h)
	}
}

// surer is by how many bits a guess at a longer term has to be the likelier one to
// stand for what it is made of. In 都是pianzi, 骗子 is sure, and that 是 is written for
// 死 says nothing.
const surer = 4

// akin reports whether g is no veto and of the category of h, for the same owner.
func (g *Hit) akin(h *Hit) bool {
	return !g.vetoed && g.Pack == h.Pack && g.Entry.Category == h.Entry.Category
}

// outweighs reports whether g is akin to h and weighs as much.
func (g *Hit) outweighs(h *Hit) bool {
	return g.akin(h) && g.Action >= h.Action && g.Severity >= h.Severity
}

func (g *Hit) disguised() bool { return g.Channels&^plain != 0 }

// guessed reports whether the term is not written but only brought to mind.
func (g *Hit) guessed() bool { return g.Channels&matcher.Disguises != 0 }

func (h Hit) coveredBy(g *Hit) Hit {
	h.Reason, h.Words, h.vetoed = review.VetoCovered, []string{g.Text}, true
	h.Before, h.After = "", ""
	return h
}

// alone returns what pending candidate n would be if it stood alone.
func (j *judge) alone(n int, text string, base int64) *Hit {
	c := &j.pending[n]
	if !c.known {
		c.hit, c.known = j.one(c.Match, text, base), true
	}
	return &c.hit
}

// one judges one candidate.
func (j *judge) one(m matcher.Match, text string, base int64) Hit {
	p := &j.l.patterns[m.Pattern]
	e := p.entry
	start, end := int(m.Start-base), int(m.End-base)
	before := text[runeStart(text, start-contextBytes):start]
	after := text[end:runeStart(text, end+contextBytes)]
	h := Hit{
		Entry: e, Pack: p.pack, set: p.set, Start: m.Start, End: m.End, Channels: m.Channels,
		Severity: e.Severity, Action: e.Action,
		Text: j.held(text[start:end]),
	}
	veto := func(reason review.VetoReason, words ...string) Hit {
		h.Reason, h.Words, h.vetoed = reason, words, true
		return h
	}
	day := j.scene.Date
	if day.IsZero() {
		day = p.pack.Updated
	}
	if !day.IsZero() && !e.ActiveOn(day) {
		return veto(review.VetoDate)
	}
	if phrase, ok := j.allowed(m, p, text, base); ok {
		return veto(review.VetoAllow, phrase)
	}
	if len(p.near.unless.keys) > 0 || len(p.near.context) > 0 {
		lo, hi := j.reach(e, text, base, start, end)
		here := j.settings.of(text, base, lo, start, end, hi)
		if w, ok := here.first(p.near.unless); ok {
			return veto(review.VetoUnless, w)
		}
		for _, group := range p.near.context {
			if !here.beside(group) {
				return veto(review.VetoContext)
			}
		}
	}
	if m.Channels&matcher.Disguises != 0 {
		if e.Suggest != "" && canonical(h.Text) == canonical(e.Suggest) {
			return veto(review.VetoOrdinary, h.Text) // the right form, which sounds like the wrong one
		}
		words, belief, ordinary := j.ordinary(m, text, base, before, after)
		if ordinary {
			return veto(review.VetoOrdinary, words...)
		}
		h.belief = belief
		h.Action = hint(h.Action, m.Channels)
	}
	// Who warns of something does not disguise it.
	if (len(p.near.lower.keys) > 0 || e.Suggest != "") && m.Channels&^plain == 0 {
		lo, hi := j.settings.sentence(text, base, start, end)
		here := j.settings.of(text, base, lo, start, end, hi)
		if reason, word, ok := e.harmless(p.near.lower, text[lo:start], text[end:hi], here); ok {
			h.lower(reason, []string{j.held(word)})
		}
	}
	if p.words && m.Channels&^plain == 0 && !odd(m.Channels, before, text[start:end], after) {
		d := j.decide(text, start, end)
		if d.Strength != segment.None {
			for i, w := range d.Words {
				d.Words[i] = j.held(w)
			}
		}
		switch d.Strength {
		case segment.Strong:
			return veto(review.VetoSegmentation, d.Words...)
		case segment.Weak:
			h.lower(review.VetoSegmentation, d.Words)
		}
	}
	h.Before = j.held(lastRunes(before, excerptRunes))
	h.After = j.held(firstRunes(after, excerptRunes))
	return h
}

// odd reports whether a term alone is in traditional characters and all around it in
// simplified ones, which nobody types by chance: such a hit is not asked about.
func odd(used matcher.ChannelSet, before, term, after string) bool {
	if !used.Has(matcher.Traditional) {
		return false
	}
	left, right := sentence(before, after)
	rest := left + right
	return canonical(rest) == rest && strings.ContainsFunc(rest, simplifiedOnly)
}

// simplifiedOnly reports whether r has a traditional form beside itself.
func simplifiedOnly(r rune) bool { return simplified()[r] }

var simplified = sync.OnceValue(func() map[rune]bool {
	m := map[rune]bool{}
	for r := range tables.Folded() {
		if p, kind := tables.Parent(r); kind == tables.Traditional {
			m[p] = true
		}
	}
	return m
})

// decide asks what the words around text[start:end] say.
func (j *judge) decide(text string, start, end int) segment.Decision {
	lo := start - len(lastRunes(text[:start], clauseRunes))
	hi := end + len(firstRunes(text[end:], clauseRunes))
	clause, start, end := text[lo:hi], start-lo, end-lo
	if isCanonical(clause) { // as most text is
		return j.session.Decide(clause, start, end)
	}
	left, mid, right := canonical(clause[:start]), canonical(clause[start:end]), canonical(clause[end:])
	return j.session.Decide(left+mid+right, len(left), len(left)+len(mid))
}

// allowed returns the text of an allow-phrase that covers the candidate: of
// its scope, overlapping it in any way, and at least as long.
func (j *judge) allowed(m matcher.Match, p *pattern, text string, base int64) (string, bool) {
	reach := m.End + int64(j.l.matcher.Window())
	i := sort.Search(len(j.allows), func(i int) bool { return j.allows[i].End > m.Start })
	for ; i < len(j.allows) && j.allows[i].End <= reach; i++ {
		a := j.allows[i]
		q := &j.l.patterns[a.Pattern]
		if a.Start < m.End && q.runes >= p.runes && q.protects(p) {
			// The phrase may have begun before what is left of a stream's
			// text; what is left holds the candidate.
			return j.held(text[max(0, a.Start-base):min(int64(len(text)), a.End-base)]), true
		}
	}
	return "", false
}

// protects reports whether allow-phrase q is about the term p.
func (q *pattern) protects(p *pattern) bool {
	return (q.entry == nil || q.entry == p.entry) && q.allow.Covers(p.entry)
}

// reach returns the bounds of the text around text[start:end] that e's context
// words are looked for in.
func (j *judge) reach(e *Entry, text string, base int64, start, end int) (lo, hi int) {
	if e.Window == 0 {
		return j.settings.sentence(text, base, start, end)
	}
	before, after := text[runeStart(text, start-contextBytes):start], text[end:runeStart(text, end+contextBytes)]
	return start - len(lastRunes(before, e.Window)), end + len(firstRunes(after, e.Window))
}

// sentence cuts the text on both sides of a place to its sentence.
func sentence(before, after string) (string, string) {
	if i := lastSentenceEnd(before); i >= 0 {
		_, w := utf8.DecodeRuneInString(before[i:])
		before = before[i+w:]
	}
	if i := sentenceEnd(after); i >= 0 {
		after = after[:i]
	}
	return before, after
}

// endsSentence reports whether r divides sentences.
func endsSentence(r rune) bool {
	switch r {
	case '。', '！', '？', '；', '!', '?', ';', '\n', '\u2028', '\u2029':
		return true
	}
	return false
}

// endingBytes has, for each byte that is the last of one that ends a sentence, how
// many it has, and 0 for the others.
var endingBytes = func() (t [256]uint8) {
	for _, r := range "。！？；!?;\n\u2028\u2029" {
		s := string(r)
		t[s[len(s)-1]] = uint8(len(s))
	}
	return t
}()

// sentenceEnd returns where the first character that ends a sentence begins, -1 if
// there is none: strings.IndexFunc(s, endsSentence) that looks at bytes. No other
// character ends in the bytes of one.
func sentenceEnd(s string) int {
	for i := range len(s) {
		if w := int(endingBytes[s[i]]); w > 0 && endsAt(s, i+1-w, w) {
			return i + 1 - w
		}
	}
	return -1
}

// lastSentenceEnd is sentenceEnd for the last one.
func lastSentenceEnd(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if w := int(endingBytes[s[i]]); w > 0 && endsAt(s, i+1-w, w) {
			return i + 1 - w
		}
	}
	return -1
}

func endsAt(s string, i, w int) bool {
	if i < 0 {
		return false
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return n == w && endsSentence(r)
}

// runeStart returns the start of the rune at s[i], i cut to s.
func runeStart(s string, i int) int {
	i = min(max(i, 0), len(s))
	for k := i; k > i-utf8.UTFMax && k > 0 && k < len(s); k-- {
		if utf8.RuneStart(s[k]) {
			return k
		}
	}
	return i
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(s[:i])
		i -= w
	}
	return s[i:]
}

func firstRunes(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return s[:i]
}
