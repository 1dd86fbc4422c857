package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
)

// SARIFOptions configure a SARIF report. The zero value is Chinese, with the
// text of findings, and knows no rule beside those of the lexicon.
type SARIFOptions struct {
	English bool
	// Version is that of the program, "1.4.0"; empty if it is not known.
	Version string
	// Redact keeps words of drafts out of the report: where they would stand,
	// there is [RedactionToken], messages are only the titles of rules, and
	// terms are left out, because they are what the draft says.
	Redact bool
	// Rule returns what is known about a rule. It may be nil.
	Rule func(id string) (RuleInfo, bool)
}

// RedactionToken stands for a text that a report does not repeat.
const RedactionToken = "[已脱敏]"

const (
	toolName     = "shenjiao"
	toolURI      = "https://github.com/shenjiao/shenjiao"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	taxonomyName = "shenjiao-categories"
	// fingerprintKey names the algorithm of fingerprints and its version.
	fingerprintKey = "shenjiao/v1"
)

// NewSARIF returns a writer of one SARIF 2.1.0 log with one run, written by
// Close.
//
// A finding of a term is a result of the rule term.CATEGORY and a taxon of that
// category; other findings keep their rules. Columns count characters (Unicode
// code points). A finding in a file that is no body, such as a field of a JSON
// document, or about a record, has the path of the field as its logical
// location and no region. What was answered for is a result with a suppression.
// A rule that could not be evaluated is a notification of the run, since it is
// no result either way.
func NewSARIF(w io.Writer, opts SARIFOptions) Writer {
	return &sarifWriter{
		w: w, opts: opts, run: sarif.NewRun(), pending: []*sarif.Notification{},
		rules: map[string]bool{}, artifacts: map[string]int{}, packs: map[review.PackRef]bool{}, missing: map[string]bool{},
	}
}

type sarifWriter struct {
	w         io.Writer
	opts      SARIFOptions
	run       *sarif.Run
	rules     map[string]bool
	artifacts map[string]int // uri -> index
	packs     map[review.PackRef]bool
	missing   map[string]bool
	pending   []*sarif.Notification
}

func (s *sarifWriter) Write(it Item) error {
	artifact := s.artifact(it)
	for _, p := range it.Report.Snapshot.Packs {
		s.packs[p] = true
	}
	for i := range it.Report.Findings {
		s.run.AddResult(s.result(artifact, it, &it.Report.Findings[i]))
	}
	for i := range it.Report.Suppressed {
		f := &it.Report.Suppressed[i]
		r := s.result(artifact, it, &f.Finding)
		kind := "external"
		if f.Suppression.Kind == review.SuppressionInline {
			kind = "inSource"
		}
		why := f.Suppression.Reason
		for _, more := range []string{f.Suppression.By, f.Suppression.Until} {
			if more != "" {
				why += " " + more
			}
		}
		r.Suppressions = append(r.Suppressions, sarif.NewSuppression().WithKind(kind).WithStatus("accepted").WithJustification(why))
		s.run.AddResult(r)
	}
	for _, line := range textWords(s.opts.English).limitsOf(it.Report) {
		s.pending = append(s.pending, sarif.NewNotification().WithLevel(sarif.LevelWarning).WithMessage(sarif.NewTextMessage(line)).
			AddLocation(sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact))))
	}
	for _, e := range it.Report.Evaluations {
		if e.Status == review.StatusNotEvaluated {
			s.notEvaluated(artifact, e)
		}
	}
	return nil
}

// artifact returns the location of the item's file.
func (s *sarifWriter) artifact(it Item) *sarif.ArtifactLocation {
	path, fragment, _ := strings.Cut(it.Name, "#")
	if it.File {
		path, fragment = it.Name, ""
	}
	uri := (&url.URL{Path: path, Fragment: fragment}).String()
	index, known := s.artifacts[uri]
	if !known {
		index = len(s.run.Artifacts)
		s.artifacts[uri] = index
		a := sarif.NewArtifact().WithLocation(sarif.NewArtifactLocation().WithURI(uri)).WithEncoding("utf-8")
		if it.File && it.Document != nil && it.Document.Body != nil {
			sum := sha256.Sum256([]byte(*it.Document.Body))
			a.WithHashes(map[string]string{"sha-256": hex.EncodeToString(sum[:])}).WithLength(len(*it.Document.Body))
		}
		s.run.AddArtifact(a)
	}
	return sarif.NewArtifactLocation().WithURI(uri).WithIndex(index)
}

// termRule and a category are the rule of findings of terms.
const termRule = "term."

// ruleID is the rule of a result.
func ruleID(f *review.Finding) string {
	if f.Rule == "term" && f.Category != "" {
		return termRule + f.Category
	}
	return f.Rule
}

func (s *sarifWriter) result(artifact *sarif.ArtifactLocation, it Item, f *review.Finding) *sarif.Result {
	id := ruleID(f)
	s.rules[id] = true
	message, term := f.Message, f.Term
	if s.opts.Redact {
		message, term = s.title(id), ""
	}
	r := sarif.NewResult().WithRuleID(id).WithLevel(sarifLevel(f.Severity)).WithMessage(sarif.NewTextMessage(message)).
		WithRank(float64(f.Confidence) * 100).WithPartialFingerprints(map[string]string{fingerprintKey: f.Fingerprint})
	location := sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact)).
		AddLogicalLocation(sarif.NewLogicalLocation().WithFullyQualifiedName(f.Field).WithKind("member"))
	if it.File && f.Field == "body" && f.Line > 0 {
		text := f.Text
		if s.opts.Redact {
			text = RedactionToken
		}
		location.PhysicalLocation.WithRegion(region(f).WithSnippet(sarif.NewArtifactContent().WithText(text)))
		if f.Suggestion != "" {
			r.Fixes = append(r.Fixes, sarif.NewFix().AddArtifactChange(sarif.NewArtifactChange().WithArtifactLocation(artifact).
				AddReplacement(sarif.NewReplacement().WithDeletedRegion(region(f)).
					WithInsertedContent(sarif.NewArtifactContent().WithText(f.Suggestion)))))
		}
	}
	r.AddLocation(location)
	if _, ok := lexicon.Category(f.Category).Info(); ok {
		r.AddTaxa(taxon(f.Category))
	}
	bag := sarif.NewPropertyBag().Add("action", f.Action.String())
	for key, value := range map[string]string{
		"category": f.Category, "label": f.Label, "term": term, "pack": f.Pack, "basis": f.Basis,
	} {
		if value != "" {
			bag.Add(key, value)
		}
	}
	if len(f.Channels) > 0 {
		bag.Add("channels", f.Channels)
	}
	r.WithProperties(bag)
	return r
}

func taxon(category string) *sarif.ReportingDescriptorReference {
	return sarif.NewReportingDescriptorReference().WithID(category).
		WithToolComponent(sarif.NewToolComponentReference().WithName(taxonomyName).WithIndex(0))
}

func sarifLevel(s review.Severity) string {
	switch s {
	case review.SeverityError:
		return sarif.LevelError
	case review.SeverityWarning:
		return sarif.LevelWarning
	default:
		return sarif.LevelNote
	}
}

// region is where a finding stands in its file.
func region(f *review.Finding) *sarif.Region {
	line, column := end(f)
	return sarif.NewRegion().WithStartLine(f.Line).WithStartColumn(f.Column).WithEndLine(line).WithEndColumn(column).
		WithCharOffset(int(f.Runes.Start)).WithCharLength(int(f.Runes.End - f.Runes.Start)).
		WithByteOffset(int(f.Span.Start)).WithByteLength(int(f.Span.End - f.Span.Start))
}

// end returns the line and column, in characters, behind a finding.
func end(f *review.Finding) (line, column int) {
	n := strings.Count(f.Text, "\n")
	if n == 0 {
		return f.Line, f.Column + int(f.Runes.End-f.Runes.Start)
	}
	return f.Line + n, 1 + utf8.RuneCountInString(f.Text[strings.LastIndexByte(f.Text, '\n')+1:])
}

// notEvaluated notes once for a file that a rule lacked something.
func (s *sarifWriter) notEvaluated(artifact *sarif.ArtifactLocation, e review.Evaluation) {
	key := *artifact.URI + "\x00" + e.Rule
	if s.missing[key] {
		return
	}
	s.missing[key] = true
	s.rules[e.Rule] = true
	text := "未评估：缺少 "
	if s.opts.English {
		text = "not evaluated: missing "
	}
	s.pending = append(s.pending, sarif.NewNotification().WithLevel(sarif.LevelNote).
		WithMessage(sarif.NewTextMessage(text+strings.Join(e.Missing, "、"))).
		WithAssociatedRule(sarif.NewReportingDescriptorReference().WithID(e.Rule)).
		AddLocation(sarif.NewLocation().WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact))))
}

func (s *sarifWriter) Close() error {
	language := "zh-CN"
	if s.opts.English {
		language = "en-US"
	}
	driver := sarif.NewToolComponent().WithName(toolName).WithInformationURI(toolURI).WithLanguage(language)
	if s.opts.Version != "" {
		driver.WithSemanticVersion(s.opts.Version)
	}
	driver.AddSupportedTaxonomie(sarif.NewToolComponentReference().WithName(taxonomyName).WithIndex(0))
	ids := slices.Sorted(maps.Keys(s.rules))
	for _, id := range ids {
		driver.AddRule(s.rule(id))
	}
	for _, r := range s.run.Results {
		i, _ := slices.BinarySearch(ids, *r.RuleID)
		r.WithRuleIndex(i)
	}
	for _, n := range s.pending {
		if n.AssociatedRule == nil { // a limit
			continue
		}
		i, _ := slices.BinarySearch(ids, *n.AssociatedRule.ID)
		n.AssociatedRule.WithIndex(i)
	}
	tool := sarif.NewTool().WithDriver(driver)
	packs := slices.SortedFunc(maps.Keys(s.packs), func(a, b review.PackRef) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Digest, b.Digest))
	})
	for _, p := range packs {
		tool.AddExtension(sarif.NewToolComponent().WithName(p.ID).WithVersion(p.Version).WithLanguage(language).
			WithProperties(sarif.NewPropertyBag().Add("digest", p.Digest)))
	}
	taxonomy := sarif.NewToolComponent().WithName(taxonomyName).WithIsComprehensive(true).WithLanguage(language)
	for _, c := range lexicon.Categories() {
		title := c.Title
		if s.opts.English {
			title = c.English
		}
		taxonomy.AddTaxa(sarif.NewReportingDescriptor().WithID(string(c.ID)).WithName(title).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(title)))
	}
	s.run.WithTool(tool).WithLanguage(language).WithColumnKind("unicodeCodePoints").WithDefaultEncoding("utf-8").
		WithNewlineSequences([]string{"\n"}).AddTaxonomie(taxonomy).
		AddInvocation(sarif.NewInvocation().WithExecutionSuccessful(true).WithToolExecutionNotifications(s.pending))
	if s.opts.Redact {
		s.run.AddRedactionToken(RedactionToken)
	}
	log := sarif.NewReport().AddRun(s.run)
	log.Schema = sarifSchema
	enc := json.NewEncoder(s.w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(log)
}

// rule describes a rule in the driver's list.
func (s *sarifWriter) rule(id string) *sarif.ReportingDescriptor {
	d := sarif.NewReportingDescriptor().WithID(id).WithShortDescription(sarif.NewMultiformatMessageString().WithText(s.title(id)))
	if category, ok := strings.CutPrefix(id, termRule); ok {
		if _, known := lexicon.Category(category).Info(); known {
			d.AddRelationship(sarif.NewReportingDescriptorRelationship().WithTarget(taxon(category)).WithKinds([]string{"superset"}))
		}
	} else if info, ok := s.known(id); ok && info.Basis != "" {
		d.WithHelp(sarif.NewMultiformatMessageString().WithText(info.Basis))
	}
	return d
}

// title is what a rule is called, its id if nothing is known about it.
func (s *sarifWriter) title(id string) string {
	if category, ok := strings.CutPrefix(id, termRule); ok {
		info, known := lexicon.Category(category).Info()
		switch {
		case !known:
			return category
		case s.opts.English:
			return info.English
		default:
			return info.Title
		}
	}
	if info, ok := s.known(id); ok {
		return info.Title
	}
	return id
}

func (s *sarifWriter) known(id string) (RuleInfo, bool) {
	if s.opts.Rule == nil {
		return RuleInfo{}, false
	}
	return s.opts.Rule(id)
}
