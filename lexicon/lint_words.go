package lexicon

import (
	"cmp"
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
	list, text := commonWords(words, share)
	var hits []WordHit
	for _, h := range l.FindAll(text, Scene{}) {
		if h.Vetoed() {
			continue
		}
		w := WordHit{h.Entry, list.at(h.Start).word, h.Channels}
		if len(h.Text) < len(w.Word) || w.Disguised() {
			hits = append(hits, w)
		}
	}
	slices.SortStableFunc(hits, func(a, b WordHit) int { return a.Entry.Compare(b.Entry) })
	return hits
}

// A common is a common word and where it stands in a text of them.
type common struct {
	word  string
	count float64
	start int64
}

type commons []common

// at returns the word at an offset of the text.
func (c commons) at(offset int64) *common {
	return &c[sort.Search(len(c), func(i int) bool { return c[i].start > offset })-1]
}

// commonWords returns the words of a dictionary that have at least that share,
// most common first, and a text in which each stands by itself.
func commonWords(words segment.Lister, share float64) (commons, string) {
	var list commons
	for word, entry := range words.All() {
		if entry.Count >= share*words.Total() {
			list = append(list, common{word: word, count: entry.Count})
		}
	}
	slices.SortFunc(list, func(a, b common) int {
		return cmp.Or(cmp.Compare(b.count, a.count), strings.Compare(a.word, b.word))
	})
	var text strings.Builder
	for i := range list {
		list[i].start = int64(text.Len())
		text.WriteString(list[i].word)
		text.WriteString("\n\n") // nothing crosses an empty line
	}
	return list, text.String()
}

// collides reports terms of which a disguised form is an everyday word, whatever
// the channel: 公做 sounds like 工作. By itself such a word reads as ordinary
// language and is no hit, so [Lexicon.WordHits] does not know it; among letters,
// names and rare words it may be taken for the term all the same. A term with a
// context is not believed for its form alone, and what an allow-phrase covers is
// settled. Entries in reported have a word of the kind already.
func (l *linter) collides(words segment.Lister, reported map[*Entry]bool) {
	list, text := commonWords(words, Everyday)
	type collision struct {
		*common
		channels matcher.ChannelSet
	}
	protected := map[*common][]*Scope{}
	found := map[*Entry][]collision{}
	for _, m := range l.alone.matcher.FindAllString(text) {
		w, p := list.at(m.Start), &l.alone.patterns[m.Pattern]
		switch {
		case m.End-m.Start != int64(len(w.word)):
		case p.allow != nil:
			protected[w] = append(protected[w], p.allow)
		case m.Channels&matcher.Disguises != 0 && p.entry.Context == nil:
			found[p.entry] = append(found[p.entry], collision{w, m.Channels & matcher.Disguises})
		}
	}
	for i := range l.pack.Entries {
		e := &l.pack.Entries[i]
		hits := slices.DeleteFunc(found[e], func(c collision) bool {
			return slices.ContainsFunc(protected[c.common], func(s *Scope) bool { return s.Covers(e) })
		})
		if len(hits) == 0 || reported[e] {
			continue
		}
		slices.SortStableFunc(hits, func(a, b collision) int { return cmp.Compare(a.start, b.start) }) // most common first
		first := hits[0]
		l.lintf(e.Place, "term %q has disguised forms that are everyday words, %d of them, most common %q through %s, one word in %.0f: give it a context, add an allow-phrase, or remove the channel in column channels",
			e.Term, len(hits), first.word, first.channels, words.Total()/first.count)
	}
}

// resembles reports terms that common words are found as through channels of
// disguise: words of the same sound or look. Longer words that hold a term as
// it is written are not a fault (强奸犯 holds 强奸), so they are left to those who
// ask for them. It returns the entries that it reports.
func (l *linter) resembles(words segment.Lister) map[*Entry]bool {
	reported := map[*Entry]bool{}
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
			reported[e] = true
			l.lintf(e.Place, "term %q is taken for %d common words, such as %s, through %s: remove the channel, or add allow-phrases",
				e.Term, len(found), names(found[:min(len(found), 3)]), through)
		}
	}
	return reported
}
