package lexicon

import (
	"slices"
	"sort"
	"strings"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/segment"
)

// Common is the share of all words from which on a word counts as common when
// terms are looked for in the dictionary: three in a million, 100 occurrences in
// the counts of gse.
const Common = 3e-6

// A WordHit is a word of a dictionary in which a term is found, although
// nobody hid it there.
type WordHit struct {
	Entry    *Entry
	Word     string
	Channels matcher.ChannelSet // through which; beyond spelling, the word only resembles the term
}

// Disguised reports whether the word has to be read as a disguise to hold the
// term.
func (w *WordHit) Disguised() bool { return w.Channels&^plain != 0 }

// WordHits looks for the terms in the words of a dictionary, each by itself,
// and returns the findings in longer words and those through channels of
// disguise, ordered by term, then by how common the word is. share is how common
// a word must be, see [Common].
func (l *Lexicon) WordHits(words segment.Lister, share float64) []WordHit {
	type common struct {
		word  string
		count float64
		start int64
	}
	var list []common
	for word, entry := range words.All() {
		if entry.Count >= share*words.Total() {
			list = append(list, common{word: word, count: entry.Count})
		}
	}
	slices.SortStableFunc(list, func(a, b common) int {
		switch {
		case a.count != b.count && a.count > b.count:
			return -1
		case a.count != b.count:
			return 1
		}
		return strings.Compare(a.word, b.word)
	})
	var text strings.Builder
	for i := range list {
		list[i].start = int64(text.Len())
		text.WriteString(list[i].word)
		text.WriteString("\n\n") // nothing crosses an empty line
	}
	var hits []WordHit
	for _, h := range l.FindAll(text.String(), Scene{}) {
		if h.Vetoed() {
			continue
		}
		i := sort.Search(len(list), func(i int) bool { return list[i].start > h.Start }) - 1
		w := WordHit{h.Entry, list[i].word, h.Channels}
		if len(h.Text) < len(w.Word) || w.Disguised() {
			hits = append(hits, w)
		}
	}
	slices.SortStableFunc(hits, func(a, b WordHit) int { return a.Entry.Compare(b.Entry) })
	return hits
}

// resembles reports terms that common words are found as through channels of
// disguise: words of the same sound or look. Longer words that hold a term as
// it is written are not a fault (强奸犯 holds 强奸), so they are left to those who
// ask for them.
func (l *linter) resembles(words segment.Lister) {
	hits := l.alone.WordHits(words, Common)
	for i := 0; i < len(hits); {
		e := hits[i].Entry
		var found []string
		var through matcher.ChannelSet
		for ; i < len(hits) && hits[i].Entry == e; i++ {
			if hits[i].Disguised() && !slices.Contains(found, hits[i].Word) {
				found = append(found, hits[i].Word)
				through |= hits[i].Channels &^ plain
			}
		}
		if found != nil {
			l.lintf(e.Place, "term %q is taken for %d common words, such as %s, through %s: remove the channel, or add allow-phrases",
				e.Term, len(found), names(found[:min(len(found), 3)]), through)
		}
	}
}
