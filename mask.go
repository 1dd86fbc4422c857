package shenjiao

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

// MaskOptions say what is masked in a text, and how. The zero value puts a
// star for every character of what a scan would not let pass. Passages that only
// the semantic model objects to stay: they are for people to read.
type MaskOptions struct {
	// With makes what is written in place of a finding; nil is MaskChars('*').
	With MaskFunc

	// Least is the least action of the findings that are masked; zero is
	// [review.ActionReview]. With [review.ActionNote] every finding is masked,
	// also mail addresses and telephone numbers of offices.
	Least review.Action

	// Categories are those whose findings are masked; empty is all.
	Categories []lexicon.Category

	// Stop ends the text before the first place that would be masked. Writers
	// and readers then fail with a [*BlockedError].
	Stop bool

	// Field and Date are the place and the day of the text, as in
	// [StreamOptions].
	Field string
	Date  lexicon.Date

	// OnMask, if set, is called for each place that is masked, in the order of
	// the text, before anything behind it is released.
	OnMask func(Masking)
}

// masks reports whether a finding is masked.
func (o *MaskOptions) masks(f *Finding) bool {
	return f.Action >= cmp.Or(o.Least, review.ActionReview) && (len(o.Categories) == 0 || slices.Contains(o.Categories, lexicon.Category(f.Category)))
}

// A Masking is one place that is masked.
type Masking struct {
	// Finding is why. Its position is that in the text that came in, and it
	// has no ID.
	Finding Finding
	// Text is what is replaced: the text at the finding's span, of an address
	// from its first number on. If Rest is set, another finding began before this one and reaches into it, and Text
	// is what that left.
	Text string
	Rest bool
	// Crossed says that other findings lie in the same place.
	Crossed bool
}

// A MaskFunc returns what is written in place of m.Text. It is called once for
// each place, in the order of the text. Text that it takes over from m.Text is
// shown; [Masking.Finding] says what is in it.
type MaskFunc func(m Masking) string

// MaskChars writes star in place of every character. Of personal data by
// themselves it leaves what [recognize.Mask] leaves: 138****8000.
func MaskChars(star rune) MaskFunc {
	return func(m Masking) string {
		kept := "" // as long as the text; a character that is not hidden is the same in both
		if kind, ok := m.kind(); ok && !m.Rest && !m.Crossed && kind.Info().Masked && kind != recognize.Address {
			kept = recognize.Mask(kind, m.Text)
		}
		var b strings.Builder
		for i, r := range m.Text {
			n := 1
			if r != utf8.RuneError || strings.HasPrefix(m.Text[i:], "\uFFFD") {
				n = utf8.RuneLen(r)
			}
			if kept != "" && kept[i:i+n] == m.Text[i:i+n] {
				b.WriteString(kept[i : i+n])
			} else {
				b.WriteRune(star)
			}
		}
		return b.String()
	}
}

// MaskFixed writes the same in place of every finding. Findings that overlap
// are one place.
func MaskFixed(mask string) MaskFunc {
	return func(m Masking) string {
		if m.Rest {
			return ""
		}
		return mask
	}
}

// MaskCategory writes what was found: the name of the category, of personal
// data their kind, in square brackets: [手机号码]. Findings that overlap are one
// place, which is named by the first of them.
func MaskCategory(lang Language) MaskFunc {
	return func(m Masking) string {
		if m.Rest {
			return ""
		}
		name := m.Finding.Category
		if kind, ok := m.kind(); ok {
			name = kind.Info().Title
			if lang == English {
				name = kind.Info().English
			}
		} else if info, ok := lexicon.Category(name).Info(); ok {
			name = info.Title
			if lang == English {
				name = info.English
			}
		}
		return "[" + name + "]"
	}
}

// kind returns the kind of what was recognised, if the finding is not a term.
func (m *Masking) kind() (recognize.Kind, bool) {
	id, ok := strings.CutPrefix(m.Finding.Rule, ruleRecognize)
	if !ok {
		return 0, false
	}
	return recognize.ParseKind(id)
}

// Mask returns a plain text with what o says masked. Everything else stays as
// it is, also bytes that are not UTF-8. It is read as it stands: what is
// encoded in it (%E8%B5%8C) is no text.
//
// It fails with the cause of ctx if that is done, and if [MaskOptions.Stop]
// ended the text, with a [*BlockedError] and the text before that. Cost: linear
// in the text.
func (s *Scanner) Mask(ctx context.Context, text string, o MaskOptions) (string, error) {
	m := s.NewMaskStream(o)
	found, err := s.find(ctx, text, lexicon.Scene{Field: m.opts.Field, Date: o.Date, NoVetoedGuesses: true}, nil, nil, nil)
	if err != nil {
		return "", err
	}
	m.locator.Append([]byte(text))
	m.seen = int64(len(text))
	m.held = []byte(text)
	m.take(found.hits, found.spans)
	out := m.release(make([]byte, 0, len(text)), m.seen, true)
	return string(out), m.err
}
