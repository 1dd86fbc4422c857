package inspect

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/cloudflare/ahocorasick"

	"github.com/shenjiao/shenjiao/lexicon"
)

// chunkBytes bounds the terms of one matcher of cloudflare/ahocorasick, which
// needs about 4 KB for each byte of them: 32 MB.
const chunkBytes = 8 << 10

// A Verification is what [Verify] found.
type Verification struct {
	Terms    int // entries that were looked for
	Chunks   int // in which the other engine did so
	Failures []Failure
}

// A Failure is an entry about which the engines do not agree, or which none
// finds.
type Failure struct {
	Entry *lexicon.Entry
	// Scanner and Other say who does not find it.
	Scanner, Other bool
	// Inside is a term in whose text only one of them finds it, "" for its
	// own.
	Inside string
}

// Verify looks for every term of the packs in the text of every term, with the
// scanner of this module and with cloudflare/ahocorasick, which knows no
// folding: what it finds the scanner has to find, in the same place or as a
// vetoed candidate, and what the scanner finds as written it has to find.
// Terms that begin or end with a letter or digit are compared only with their
// own text, since they are not found inside longer words by design.
//
// progress is called with the number of terms that are done; nil is nobody.
// Memory is bounded by 32 MB for each processor, time is linear in the terms.
func Verify(ctx context.Context, packs []*lexicon.Pack, progress func(done int)) (*Verification, error) {
	l, err := lexicon.Compile(packs, lexicon.Options{Trusted: packs})
	if err != nil {
		return nil, err
	}
	v := &Verification{}
	var chunks [][]*lexicon.Entry
	size := chunkBytes
	for _, p := range l.Packs() {
		for i := range p.Entries {
			e := &p.Entries[i]
			if size+len(e.Term) > chunkBytes {
				chunks, size = append(chunks, nil), 0
			}
			last := len(chunks) - 1
			chunks[last] = append(chunks[last], e)
			size += len(e.Term)
			v.Terms++
		}
	}
	v.Chunks = len(chunks)

	var mu sync.Mutex
	var group sync.WaitGroup
	done := 0
	work := make(chan []*lexicon.Entry)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for chunk := range work {
				failures := verifyChunk(l, chunk)
				mu.Lock()
				v.Failures = append(v.Failures, failures...)
				done += len(chunk)
				if progress != nil {
					progress(done)
				}
				mu.Unlock()
			}
		})
	}
	for _, chunk := range chunks {
		if ctx.Err() != nil {
			break
		}
		work <- chunk
	}
	close(work)
	group.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	slices.SortFunc(v.Failures, func(a, b Failure) int {
		if c := a.Entry.Place.Compare(b.Entry.Place); c != 0 {
			return c
		}
		return strings.Compare(a.Inside, b.Inside)
	})
	return v, nil
}

// verifyChunk compares both engines on the terms of a chunk.
func verifyChunk(l *lexicon.Lexicon, chunk []*lexicon.Entry) (failures []Failure) {
	index := map[string]int{}
	var words []string
	entries := map[string][]*lexicon.Entry{}
	for _, e := range chunk {
		if _, again := index[e.Term]; !again {
			index[e.Term] = len(words)
			words = append(words, e.Term)
		}
		entries[e.Term] = append(entries[e.Term], e)
	}
	other := ahocorasick.NewStringMatcher(words)
	for _, text := range words {
		found, asWritten := map[*lexicon.Entry]bool{}, map[*lexicon.Entry]bool{} // by the scanner
		for _, h := range l.FindAll(text, sceneOf(entries[text][0])) {
			found[h.Entry] = true
			if h.Text == h.Entry.Term {
				asWritten[h.Entry] = true
			}
		}
		byOther := map[string]bool{}
		for _, i := range other.Match([]byte(text)) {
			byOther[words[i]] = true
		}
		for _, word := range words {
			own := word == text
			if !own && bounded(word) {
				continue
			}
			for _, e := range entries[word] {
				if !own && len(e.Fields) > 0 { // looked for in one of its own fields only
					continue
				}
				f := Failure{Entry: e, Scanner: (own || byOther[word]) && !found[e], Other: (own || asWritten[e]) && !byOther[word]}
				if !f.Scanner && !f.Other {
					continue
				}
				if !own {
					f.Inside = text
				}
				failures = append(failures, f)
			}
		}
	}
	return failures
}

// sceneOf is a scene in which the entry is looked for.
func sceneOf(e *lexicon.Entry) lexicon.Scene {
	s := lexicon.Scene{}
	if len(e.Fields) > 0 {
		s.Field = e.Fields[0]
	}
	return s
}

// bounded reports whether a term has a boundary that the other engine does not
// know.
func bounded(term string) bool {
	first, _ := utf8.DecodeRuneInString(term)
	last, _ := utf8.DecodeLastRuneInString(term)
	edge := func(r rune) bool { return unicode.IsNumber(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) }
	return edge(first) || edge(last)
}
