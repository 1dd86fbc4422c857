package compare

import (
	"slices"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/segment"
)

// When a reason counts. They are shares at which a keeper of a lexicon would
// look, not measured ones; each suspicion shows its own figures.
const (
	vetoedShare   = 0.5 // of the candidates of the term
	frequentShare = 0.2 // of all new findings of the trial
	frequentLeast = 20  // findings, so that a small corpus raises no alarm
)

// suspect says why the new findings of a term may be false positives. added is
// how many new findings all terms have.
func (t *Trial) suspect(term *Term, added int) {
	if term.Added == 0 {
		return
	}
	if term.Inside > 0 {
		s := Suspicion{Kind: SuspectInside, Count: term.Inside, Of: term.Added}
		for _, c := range term.AddedAt {
			if c.Word != "" && !slices.Contains(s.Words, c.Word) && len(s.Words) < 5 {
				s.Words = append(s.Words, c.Word)
			}
		}
		term.Suspicions = append(term.Suspicions, s)
	}
	if all := term.Vetoed + term.New; float64(term.Vetoed) >= vetoedShare*float64(all) {
		term.Suspicions = append(term.Suspicions, Suspicion{Kind: SuspectVetoed, Count: term.Vetoed, Of: all})
	}
	if d, ok := t.opts.Words.(segment.Dictionary); ok {
		if w, ok := d.Lookup(term.Term); ok && w.Count >= lexicon.Everyday*d.Total() {
			term.Suspicions = append(term.Suspicions, Suspicion{Kind: SuspectEveryday, Count: term.Added, Of: term.Added, Share: w.Count / d.Total()})
		}
	}
	if 2*term.Noted >= term.Added {
		term.Suspicions = append(term.Suspicions, Suspicion{Kind: SuspectNoted, Count: term.Noted, Of: term.Added})
	}
	if term.Added >= frequentLeast && float64(term.Added) >= frequentShare*float64(added) {
		term.Suspicions = append(term.Suspicions, Suspicion{Kind: SuspectFrequent, Count: term.Added, Of: added})
	}
}
