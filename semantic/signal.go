package semantic

import (
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

// A Signal is something that is known about a place of a text beside its
// characters. A window that holds its end has it as a feature.
type Signal struct {
	Start, End int64  // byte offsets into the text
	Name       string // such as term:gambling_fraud or kind:mobile
	Private    bool   // the place is a datum that must not be repeated
}

// The beginnings of names.
const (
	signalTerm = "term:" // a term of the category stands there
	signalNote = "note:" // one that its surroundings make a note
	signalVeto = "veto:" // one that is vetoed
	signalKind = "kind:" // a recogniser knows the place
	signalCue  = "cue:"  // a turn of phrase
)

// AppendSignals appends what a lexicon and recognisers found, the candidates
// that were vetoed too, but no contacts that are published.
func AppendSignals(dst []Signal, hits []lexicon.Hit, spans []recognize.Span) []Signal {
	for i := range hits {
		h := &hits[i]
		if h.Entry.Category.IsOwn() {
			continue // no model of ours knows it
		}
		if h.Vetoed() && h.Channels&matcher.Disguises != 0 {
			continue // many characters sound like something, and scans may leave those out
		}
		prefix := signalTerm
		switch {
		case h.Vetoed():
			prefix = signalVeto
		case h.Action < review.ActionReview:
			prefix = signalNote
		}
		dst = append(dst, Signal{Start: h.Start, End: h.End, Name: signalName(prefix, h.Entry.Category)})
	}
	for i := range spans {
		sp := &spans[i]
		if sp.Notes&recognize.Allowed != 0 {
			continue // it is meant to be public
		}
		dst = append(dst, Signal{Start: sp.Start, End: sp.End, Name: signalKind + sp.Kind.String(), Private: sp.Kind.Info().Masked})
	}
	return dst
}

// signalName returns prefix and category in one.
func signalName(prefix string, c lexicon.Category) string {
	if name, ok := signalNames[prefix][c]; ok {
		return name
	}
	return prefix + string(c)
}

// signalNames holds the names for the categories, so that a signal needs no
// memory of its own.
var signalNames = func() map[string]map[lexicon.Category]string {
	all := map[string]map[lexicon.Category]string{}
	for _, prefix := range []string{signalTerm, signalNote, signalVeto} {
		all[prefix] = map[lexicon.Category]string{}
		for _, c := range lexicon.Categories() {
			all[prefix][c.ID] = prefix + string(c.ID)
		}
	}
	return all
}()

// signalTitle says to an editor what a signal is.
func signalTitle(name string) string {
	prefix, rest, _ := strings.Cut(name, ":")
	switch prefix + ":" {
	case signalTerm:
		return "词条·" + lexicon.Category(rest).Title()
	case signalNote:
		return "词条（仅供参考）·" + lexicon.Category(rest).Title()
	case signalVeto:
		return "未采信的词条·" + lexicon.Category(rest).Title()
	case signalKind:
		if k, ok := recognize.ParseKind(rest); ok {
			return k.Info().Title
		}
	case signalCue:
		for _, c := range cues {
			if c.name == rest {
				return c.title
			}
		}
	}
	return name
}
