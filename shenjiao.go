package shenjiao

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
	"github.com/shenjiao/shenjiao/segment"
	"github.com/shenjiao/shenjiao/semantic"
	"github.com/shenjiao/shenjiao/suppress"
	"github.com/shenjiao/shenjiao/text"
)

// The words of a scan, so that most programs import only this package.
type (
	Document = review.Document
	Report   = review.Report
	Finding  = review.Finding
)

// A Language is that of the messages in findings.
type Language string

// The languages. The empty Language is Chinese.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// Options configure a [Scanner]. The zero value scans with the starter pack
// through all default channels.
type Options struct {
	// Packs are lexicon packs that are added to the starter pack; see package
	// lexicon for their form. [lexicon.Folder] makes one of a folder.
	Packs []fs.FS

	// NoStarter leaves the starter pack out.
	NoStarter bool

	// Channels are those through which terms are recognised, unless a lexicon
	// says otherwise for a term. Zero is the default: [matcher.DefaultChannels],
	// and those disguises that the category of a term is known for.
	// [matcher.AllChannels] reads through everything.
	Channels matcher.ChannelSet

	// ChannelChange adds channels to what Channels says, and removes some.
	ChannelChange lexicon.ChannelSpec

	// MinConfidence, from 0 to 1, makes findings of less confidence vetoed
	// candidates.
	MinConfidence float64

	// Categories, if there are any, are those whose terms and recognised data
	// are found; publishing rules are chosen by Profile. A category of a pack's
	// own is named as the pack does.
	Categories []lexicon.Category

	// ShowVetoed lists candidates that did not become findings in reports,
	// each with its reason.
	ShowVetoed bool

	// Baseline holds findings that are known: they are reported as
	// suppressed and do not count for the verdict. Nil is none.
	Baseline *suppress.Baseline

	// Inline says for which findings a comment in a draft in HTML or Markdown
	// may answer; empty is [TrustReview]. Package suppress has the form.
	Inline InlineTrust

	// Recognize are the kinds of personal data, secrecy marks and disguised
	// links that are reported; package recognize describes them. Zero is
	// [recognize.AllKinds].
	Recognize recognize.KindSet

	// NoRecognize reports none of them.
	NoRecognize bool

	// Published are contacts that are meant to be public, in addition to those
	// of the profile; see [recognize.Options].
	Published []string

	// Profile decides which publishing rules are on, and their limits; see
	// package rules. Nil is [rules.DefaultProfile].
	Profile *rules.Profile

	// OwnRules are an organisation's own publishing rules, beside those of the
	// profile; see [rules.ParseOrganisation].
	OwnRules []*rules.Organisation

	// NoRules switches the publishing rules off. Terms are still found, and
	// data recognised.
	NoRules bool

	// NoSemantic switches off the model that judges passages without a listed
	// word; see package semantic. Its findings are for review, never more, and
	// add to what is found without it, which stays as it is. The model of the
	// last pack that holds one judges, else the starter model.
	NoSemantic bool

	// MaxBytes is how much text a document may have, in all fields together;
	// what has more is not checked: Scan fails with a [*TooLargeError]. Zero is
	// [DefaultMaxBytes]. Streams have no such limit, since they keep none of it.
	MaxBytes int64

	// MaxFindings is how many findings a report lists, and how many vetoed
	// candidates. The verdict and the steps are those of all. Zero is
	// [DefaultMaxFindings].
	MaxFindings int

	// MaxNesting is how many elements of HTML may stand inside each other.
	// Deeper ones are taken for parts of what is around them; their text is
	// read. Zero is [DefaultMaxNesting]. Report.Limits says which of these
	// limits was reached. Of time there is none but that of the context.
	MaxNesting int

	// Segmenter finds word boundaries. Nil is gse with its embedded
	// dictionary, which is loaded, once per process, when a candidate first
	// needs it: about half a second and 90 MB. Call [segment.Warm] to load it
	// at start.
	Segmenter segment.Segmenter

	// Language of messages; empty is Chinese.
	Language Language

	// CacheDir, if it is not empty, is a folder in which compiled lexicons
	// are kept, so that New takes less time when it is called again with the
	// same packs; see [lexicon.Cache], also for who may write to it. A cache
	// that cannot be used keeps nothing from working: the reason is logged.
	CacheDir string

	// Observer, if it is not nil, is told of every check. It costs the list of
	// vetoed candidates; without one, nothing.
	Observer Observer

	// Logger is told what does not keep a Scanner from working. Nil is
	// [slog.Default].
	Logger *slog.Logger
}

// A Scanner checks documents against one immutable snapshot of lexicon and
// options. It is safe for concurrent use.
type Scanner struct {
	lexicon    *lexicon.Lexicon
	recognizer *recognize.Recognizer // of all kinds
	masked     *recognize.Recognizer // of maskedKinds
	reported   recognize.KindSet     // kinds that become findings
	model      *semantic.Model       // nil: off
	packModel  *semantic.Model       // of the packs; nil: none has one
	rules      *rules.Engine         // nil: off
	categories map[string]int        // terms and recognisers of each category
	opts       Options
	snapshot   review.Snapshot
}

// A PackError says which pack has something wrong, so that a program that
// knows the packs by other names can say them.
type PackError struct {
	Index int   // in Options.Packs
	Err   error // usually [lexicon.Problems]
}

func (e *PackError) Error() string {
	return fmt.Sprintf("shenjiao: Options.Packs[%d]: %v", e.Index, e.Err)
}

func (e *PackError) Unwrap() error { return e.Err }

// New reads and compiles the packs. It fails if there is anything wrong with
// them; the error then holds [lexicon.Problems], all of them, and joins a
// [*PackError] for each pack that cannot be read.
func New(opts Options) (*Scanner, error) {
	if err := opts.check(); err != nil {
		return nil, err
	}
	files, own, err := opts.readFiles()
	if err != nil {
		return nil, err
	}
	l, err := opts.compile(files, own)
	if err != nil {
		return nil, err
	}
	model, err := readModel(files, own)
	if err != nil {
		return nil, err
	}
	return newScanner(opts, l, model)
}

// check finds what is wrong with the options by themselves, and fills in the
// language.
func (o *Options) check() error {
	if err := o.checkLimits(); err != nil {
		return err
	}
	if !(o.MinConfidence >= 0 && o.MinConfidence <= 1) {
		return fmt.Errorf("shenjiao: Options.MinConfidence: want a number from 0 to 1, got %v", o.MinConfidence)
	}
	switch o.Language {
	case "":
		o.Language = Chinese
	case Chinese, English:
	default:
		return fmt.Errorf("shenjiao: Options.Language: want %q or %q, got %q", Chinese, English, o.Language)
	}
	switch o.Inline {
	case "", TrustNothing, TrustNotes, TrustReview, TrustBlock:
	default:
		return fmt.Errorf("shenjiao: Options.Inline: want %q, %q, %q or %q, got %q", TrustNothing, TrustNotes, TrustReview, TrustBlock, o.Inline)
	}
	for _, c := range o.Categories {
		if !c.Valid() {
			return fmt.Errorf("shenjiao: Options.Categories: %q is no category, want one of the twelve or x_ and a name", c)
		}
	}
	return nil
}

// wants reports whether terms and data of a category are found.
func (o *Options) wants(category string) bool {
	return len(o.Categories) == 0 || slices.Contains(o.Categories, lexicon.Category(category))
}

// newScanner makes a scanner of options that were checked, and of the model of
// the packs, if they have one.
func newScanner(opts Options, l *lexicon.Lexicon, model *semantic.Model) (*Scanner, error) {
	var err error
	s := &Scanner{lexicon: l, packModel: model, categories: map[string]int{}, opts: opts}
	if !opts.NoSemantic {
		if s.model = model; model == nil {
			if s.model, err = semantic.Default(); err != nil {
				return nil, err
			}
		}
	}
	digest := sha256.New()
	if !opts.NoRules {
		if s.rules, err = rules.New(rules.Options{Profile: opts.Profile, Own: opts.OwnRules, English: opts.Language == English}); err != nil {
			return nil, fmt.Errorf("shenjiao: Options.Profile: %w", err)
		}
		s.snapshot.Profile = s.rules.Profile()
		fmt.Fprintf(digest, "%s\n", s.rules.Digest())
	}
	if err := s.recognizing(opts); err != nil {
		return nil, err
	}
	if s.model != nil {
		s.snapshot.Model = s.model.Digest()
		fmt.Fprintf(digest, "%s\n", s.model.Digest())
	}
	fmt.Fprintf(digest, "%v\n%q\n", s.reported, opts.Published)
	fmt.Fprintf(digest, "%s\n%v\n%v\n%v\n", l.Digest(), opts.MinConfidence, opts.Inline.action(), opts.Baseline.Entries())
	if len(opts.Categories) > 0 {
		fmt.Fprintf(digest, "%q\n", slices.Compact(slices.Sorted(slices.Values(opts.Categories))))
	}
	if opts.MaxFindings != 0 || opts.MaxNesting != 0 {
		fmt.Fprintf(digest, "limits %d %d\n", opts.MaxFindings, opts.MaxNesting)
	}
	s.snapshot.Digest = hex.EncodeToString(digest.Sum(nil))
	for _, p := range l.Packs() {
		s.snapshot.Packs = append(s.snapshot.Packs, review.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest})
		for _, e := range p.Entries {
			if opts.wants(string(e.Category)) {
				s.categories[string(e.Category)]++
			}
		}
	}
	return s, nil
}

// recognizing makes the recogniser.
func (s *Scanner) recognizing(opts Options) error {
	s.reported = opts.Recognize
	if s.reported == 0 {
		s.reported = recognize.AllKinds
	}
	if opts.NoRecognize {
		s.reported = 0
	}
	if s.reported&^recognize.AllKinds != 0 {
		return fmt.Errorf("shenjiao: Options.Recognize: %#x is no set of kinds", uint64(s.reported))
	}
	for _, k := range recognize.Kinds() {
		if k.Category != "" && !opts.wants(k.Category) {
			s.reported = s.reported.Without(k.Kind)
		}
	}
	published := opts.Published
	if s.rules != nil {
		published = append(s.rules.Contacts(), published...)
	}
	var err error
	if s.recognizer, err = recognize.New(recognize.Options{Published: published}); err != nil {
		return fmt.Errorf("shenjiao: Options.Published: %w", err)
	}
	if s.masked, err = recognize.New(recognize.Options{Kinds: maskedKinds, Published: published}); err != nil {
		return fmt.Errorf("shenjiao: Options.Published: %w", err)
	}
	for _, k := range recognize.Kinds() {
		if s.reported.Has(k.Kind) && k.Category != "" {
			s.categories[k.Category]++
		}
	}
	return nil
}

// Lexicon returns what the scanner finds terms with.
func (s *Scanner) Lexicon() *lexicon.Lexicon { return s.lexicon }

// Semantic returns the model that judges meaning; nil if that is off.
func (s *Scanner) Semantic() *semantic.Model { return s.model }

// Snapshot returns what every report of this scanner names as what judged it.
// Its slices must not be changed.
func (s *Scanner) Snapshot() review.Snapshot { return s.snapshot }

// Scan checks a document. The report does not refer to memory of doc.
//
// It fails if doc is not valid (see [review.Document.Validate]), or with the
// cause of ctx if that is done before the scan is. Cost: linear in the text.
func (s *Scanner) Scan(ctx context.Context, doc *Document) (*Report, error) {
	return s.scan(ctx, doc, nil)
}

// check is scan without an observer.
func (s *Scanner) check(ctx context.Context, doc *Document, c *crew) (*Report, error) {
	err := doc.Validate()
	if err != nil {
		return nil, fmt.Errorf("shenjiao: %w", err)
	}
	fields := doc.Fields()
	if err := s.opts.tooLarge(fields); err != nil {
		return nil, err
	}
	r := s.newReport(doc.ID)
	day := publicationDay(doc)
	read := map[string]reading{}
	hidden := secrets{}
	for _, f := range fields {
		if read[f.Path], err = s.scanField(ctx, r, f, day, hidden, c); err != nil {
			return nil, fmt.Errorf("shenjiao: %s: %w", f.Path, err)
		}
	}
	s.conclude(r, doc, read, c)
	r.Findings = settleFindings(r.Findings)
	for _, f := range fields {
		r.Findings = append(r.Findings, s.meanings(read[f.Path].judging)...)
	}
	hidden.hide(r)
	s.finish(r, doc, day)
	return r, nil
}

// conclude evaluates the rules and lets the model judge: each looks at what was
// found, and neither at the other.
func (s *Scanner) conclude(r *Report, doc *Document, read map[string]reading, c *crew) {
	work := []func(){}
	var evaluations []review.Evaluation
	var findings []review.Finding
	if s.rules != nil {
		work = append(work, func() {
			evaluations, findings = s.rules.Evaluate(doc, rules.Evidence{
				Findings: r.Findings, Categories: s.categories,
				Visible: func(path string) *text.Visible { return read[path].visible },
				Spans:   func(path string) []recognize.Span { return read[path].spans },
				Index: func(path string) *text.Index {
					if index := read[path].index; index != nil {
						return index()
					}
					return nil
				},
			})
		})
	}
	large := 0
	for _, x := range read {
		large = max(large, x.judging.work(&work, c))
	}
	if large <= 1 {
		c = nil
	}
	c.each(len(work), func(i int) { work[i]() })
	if evaluations != nil {
		r.Evaluations = evaluations
	}
	r.Findings = append(r.Findings, findings...)
	r.Limits = append(r.Limits, limitsOfRules(findings)...)
}

func (s *Scanner) newReport(id *string) *Report {
	r := &Report{Schema: review.ReportSchema, Snapshot: s.snapshot}
	r.Findings = []review.Finding{}
	r.Evaluations = []review.Evaluation{}
	if s.keepsVetoed() {
		r.Vetoed = []review.Vetoed{}
	}
	if id != nil {
		r.Document.ID = *id
	}
	return r
}

// finish puts the report into its order and derives what depends on all of it.
// doc is nil for a text that was not kept.
func (s *Scanner) finish(r *Report, doc *Document, day lexicon.Date) {
	s.suppress(r, doc, day)
	r.Sort()
	nameFindings(r.Findings)
	r.Verdict = review.VerdictOf(r.Findings)
	if s.rules != nil && doc != nil {
		r.Steps = s.rules.Steps(doc, r.Evaluations, r.Findings)
	}
	s.opts.limit(r)
}

// reading is what was read in a field.
type reading struct {
	visible *text.Visible
	spans   []recognize.Span
	index   func() *text.Index // of the source
	judging *judging           // nil: off
}

func (s *Scanner) scanField(ctx context.Context, r *Report, f review.Field, day lexicon.Date, hidden secrets, c *crew) (reading, error) {
	format, err := text.ParseFormat(string(f.Format))
	if err != nil {
		return reading{}, err
	}
	visible := text.ExtractNested(f.Text, format, cmp.Or(s.opts.MaxNesting, DefaultMaxNesting))
	r.Limits = append(r.Limits, limitsOf(visible, f.Path)...)
	index := sync.OnceValue(func() *text.Index { return text.NewIndex(f.Text) }) // most fields need none
	found, err := s.find(ctx, visible.Text(), lexicon.Scene{Field: f.Path, Date: day, NoVetoedGuesses: !s.keepsVetoed()}, s.model, func() { index() }, c)
	if err != nil {
		return reading{}, err
	}
	hits, spans := found.hits, found.spans
	at := func(start, end int) place {
		return place{
			field: f.Path, span: review.Span{Start: int64(start), End: int64(end)}, text: f.Text[start:end],
			position: func(offset int) text.Position { return index().Position(offset) },
		}
	}
	crossed := func(start, end int64) (set matcher.ChannelSet) {
		markup, encoded := visible.Crosses(int(start), int(end))
		if markup {
			set = set.With(matcher.Markup)
		}
		if encoded {
			set = set.With(matcher.Encoded)
		}
		return set
	}
	known := len(r.Findings)
	for i := range hits {
		h := &hits[i]
		if h.Vetoed() && !s.keepsVetoed() {
			continue // most are
		}
		start, end := visible.Source(int(h.Start), int(h.End))
		if !h.Through(crossed(h.Start, h.End)) {
			continue
		}
		s.add(r, h, at(start, end))
	}
	for i := range spans {
		start, end := visible.Source(int(spans[i].Start), int(spans[i].End))
		place := at(start, end)
		spans[i].Channels |= crossed(spans[i].Start, spans[i].End)
		s.addSpan(r, &spans[i], place)
		if !spans[i].Notes.Has(recognize.Allowed) {
			hidden.add(f.Path, place.span, spans[i].Kind, place.text)
		}
	}
	reading := reading{visible: visible, spans: spans, index: index}
	if found.cut != nil {
		said := spoken{}
		for i := range r.Findings[known:] {
			said.hear(&r.Findings[known+i])
		}
		said.sort()
		signal := sync.OnceFunc(func() { found.cut.Signal(semantic.AppendSignals(nil, hits, spans)) })
		reading.judging = &judging{cut: found.cut, signal: signal, said: said, bytes: len(visible.Text()), at: func(start, end int64) place {
			return at(visible.Source(int(start), int(end)))
		}}
	}
	return reading, nil
}

// beijing is the time zone of publication days: Asia/Shanghai has had no
// summer time since 1991.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// publicationDay is the day of publish_at, else of now, else zero.
func publicationDay(doc *Document) lexicon.Date {
	for _, t := range []*review.Time{doc.PublishAt, doc.Now} {
		if t == nil || *t == "" {
			continue
		}
		if at, err := t.Parse(); err == nil {
			return lexicon.DateOf(at.In(beijing))
		}
	}
	return lexicon.Date{}
}
