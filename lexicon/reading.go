package lexicon

import (
	"slices"

	"github.com/shenjiao/shenjiao/matcher"
)

// A Reading is how a lexicon looks for an entry, once everything that its row
// leaves open is decided.
type Reading struct {
	Channels matcher.ChannelSet // through which it may be recognised
	Words    bool               // segmentation has to agree
}

// Reading returns how l looks for e, an entry of one of its packs; the zero
// value for another. Cost: O(number of terms).
func (l *Lexicon) Reading(e *Entry) Reading {
	i := slices.IndexFunc(l.patterns, func(p pattern) bool { return p.entry == e && p.allow == nil })
	if i < 0 {
		return Reading{}
	}
	return Reading{l.patterns[i].set, l.patterns[i].words}
}
