package shenjiao

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/text"
)

// A BlockedError says that [MaskOptions.Stop] ended a text. Its message does
// not hold words of the text; Finding does.
type BlockedError struct {
	Finding Finding
}

func (e *BlockedError) Error() string {
	return fmt.Sprintf("shenjiao: mask: byte %d of the text: blocked by a finding of %s", e.Finding.Span.Start, e.Finding.Category)
}

// A MaskStream masks a plain text that arrives in chunks: any chunking gives
// what [Scanner.Mask] gives for the whole. It releases a character as soon as
// no finding can begin at or before it any more; see [MaskStream.Held]. It is
// not safe for concurrent use. [NewMaskWriter] and [NewMaskReader] wrap one.
//
//	text   ...released|####|...held.........|
//	                  base                  seen
type MaskStream struct {
	s       *Scanner
	opts    MaskOptions
	stream  *lexicon.Stream
	spans   *recognize.Stream
	locator text.Locator
	report  *Report // what turns hits into findings
	held    []byte
	base    int64 // offset of held[0]
	seen    int64
	hits    []lexicon.Hit
	found   []recognize.Span
	places  []maskPlace // that are not masked yet
	masked  int64       // where the last place ends
	err     error
}

// NewMaskStream begins a text.
func (s *Scanner) NewMaskStream(o MaskOptions) *MaskStream {
	if o.Field == "" {
		o.Field = "body"
	}
	if o.With == nil {
		o.With = MaskChars('*')
	}
	return &MaskStream{
		s: s, opts: o, report: s.newReport(nil),
		stream: s.lexicon.NewStream(lexicon.Scene{Field: o.Field, Date: o.Date, NoVetoedGuesses: true}),
		spans:  s.masked.NewStream(),
	}
}

// A maskPlace is a finding and where it is.
type maskPlace struct {
	finding    Finding
	start, end int64
}

func compareMaskPlaces(a, b maskPlace) int {
	f, g := &a.finding, &b.finding
	return cmp.Or(
		cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), // the longest speaks for the others
		cmp.Compare(g.Action, f.Action), cmp.Compare(g.Rule, f.Rule), // a term before what is recognised
		cmp.Compare(f.Category, g.Category), cmp.Compare(f.Term, g.Term), cmp.Compare(f.Pack, g.Pack),
	)
}

// maskStep is how much of a text is read at a time.
const maskStep = 1 << 16

// Append reads the next chunk and appends to dst what can be released. The
// stream does not keep chunk.
//
// It fails with a [*BlockedError] if [MaskOptions.Stop] is set and something is
// found; what it appended is then the rest of the text before that. The text
// is at an end, and more is not read.
func (m *MaskStream) Append(dst, chunk []byte) ([]byte, error) {
	for len(chunk) > 0 && m.err == nil {
		n := min(len(chunk), maskStep)
		m.held = append(m.held, chunk[:n]...)
		m.seen += int64(n)
		m.locator.Append(chunk[:n])
		m.hits = m.stream.Append(m.hits[:0], chunk[:n])
		m.found = m.spans.Append(m.found[:0], chunk[:n])
		var settled int64
		m.hits, settled = m.stream.Settle(m.hits)
		m.take(m.hits, m.found)
		dst = m.release(dst, min(settled, m.spans.Settled()), false)
		if old := m.seen - int64(max(m.s.lexicon.Buffered(), recognize.Buffered)); old > 0 {
			m.locator.Forget(int(old))
		}
		chunk = chunk[n:]
	}
	return dst, m.err
}

// Flush takes what has come as the whole text, appends the rest of it, and
// sets the stream back to the start of another text. It fails like
// [MaskStream.Append].
func (m *MaskStream) Flush(dst []byte) ([]byte, error) {
	if m.err == nil {
		m.take(m.stream.Flush(m.hits[:0]), m.spans.Flush(m.found[:0]))
		dst = m.release(dst, m.seen, true)
	}
	err := m.err
	if err != nil { // the streams are in the midst of something
		m.stream.Flush(nil)
		m.spans.Flush(nil)
	}
	*m = MaskStream{s: m.s, opts: m.opts, report: m.report, stream: m.stream, spans: m.spans, held: m.held[:0], hits: m.hits[:0], found: m.found[:0]}
	return dst, err
}

// Held returns how many bytes are held back: from where a finding may begin
// that is not certain yet to the end of what has come.
//
// It is at most [Scanner.MaxHeld]. Of ordinary text it is some characters;
// BenchmarkMaskTokens measures it. Behind what may be a finding it grows until
// its sentence has ended and some twenty characters have come after that.
func (m *MaskStream) Held() int { return len(m.held) }

// MaxHeld returns the most bytes that a [MaskStream] holds back between calls:
// a constant and three times what the longest term takes in its longest disguise.
func (s *Scanner) MaxHeld() int {
	window := s.lexicon.Window()
	return max(s.lexicon.Delay()+window, recognize.Unsettled) + max(window, recognize.Unsettled) + utf8.UTFMax
}

// take makes places of what was found.
func (m *MaskStream) take(hits []lexicon.Hit, found []recognize.Span) {
	at := func(start, end int64, written string) place {
		return place{field: m.opts.Field, span: review.Span{Start: start, End: end}, text: written, position: m.locator.Position}
	}
	m.report.Findings = m.report.Findings[:0]
	for i := range hits {
		h := hits[i].Uncovered() // what is said once is written more often
		m.s.add(m.report, &h, at(h.Start, h.End, h.Text))
	}
	for i := range found {
		if !maskedKinds.Has(found[i].Kind) {
			continue
		}
		m.s.addSpan(m.report, &found[i], at(found[i].Start, found[i].End, found[i].Text))
	}
	m.report.Vetoed = m.report.Vetoed[:0]
	n := len(m.places)
	for i := range m.report.Findings {
		if f := &m.report.Findings[i]; m.opts.masks(f) {
			m.places = append(m.places, maskPlace{*f, f.Span.Start + kept(f), f.Span.End})
		}
	}
	if len(m.places) > n {
		slices.SortFunc(m.places, compareMaskPlaces)
	}
}

// maskedKinds are what is recognised and masked: all kinds that can be
// findings, but not a row of a list, whose data are masked by themselves.
var maskedKinds = func() (set recognize.KindSet) {
	for _, k := range recognize.Kinds() {
		if k.Category != "" && k.Kind != recognize.NameList {
			set = set.With(k.Kind)
		}
	}
	return set
}()

// kept returns how many bytes at the beginning of a finding are not masked: of
// an address what stands before its first number, where ordinary text ends.
func kept(f *Finding) int64 {
	if f.Rule != ruleRecognize+recognize.Address.String() {
		return 0
	}
	return int64(max(0, strings.IndexAny(f.Text, "*×＊🞰"))) // Text has a star for what must not be shown
}

// release appends the text up to an offset before which nothing more can be
// found, with the places in it masked. A place is masked when everything that
// may lie in it is known.
func (m *MaskStream) release(dst []byte, to int64, final bool) []byte {
	done := 0
	for ; done < len(m.places); done++ {
		p := &m.places[done]
		if p.start >= to || p.end > to {
			to = min(to, p.start)
			break
		}
		start := max(p.start, m.masked)
		if start >= p.end {
			continue
		}
		dst = m.plain(dst, start)
		masking := Masking{
			Finding: p.finding, Text: string(m.held[:p.end-start]), Rest: start > p.start,
			Crossed: done+1 < len(m.places) && m.places[done+1].start < p.end,
		}
		if m.opts.Stop {
			m.err = &BlockedError{p.finding}
			m.places, m.held = nil, nil
			return dst
		}
		if m.opts.OnMask != nil {
			m.opts.OnMask(masking)
		}
		dst = append(dst, m.opts.With(masking)...)
		m.drop(p.end)
		m.masked = p.end
	}
	m.places = slices.Delete(m.places, 0, done)
	if !final {
		for k := 1; k < utf8.UTFMax && to > m.base && to < m.seen && !utf8.RuneStart(m.held[to-m.base]); k++ {
			to--
		}
	}
	return m.plain(dst, to)
}

// plain appends the text up to an offset as it is.
func (m *MaskStream) plain(dst []byte, to int64) []byte {
	if to <= m.base {
		return dst
	}
	dst = append(dst, m.held[:to-m.base]...)
	m.drop(to)
	return dst
}

// drop forgets the text before an offset.
func (m *MaskStream) drop(to int64) {
	m.held = m.held[to-m.base:]
	m.base = to
}
