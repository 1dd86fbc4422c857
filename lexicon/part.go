package lexicon

import (
	"context"
	"unicode/utf8"
	"unsafe"

	"github.com/shenjiao/shenjiao/matcher"
)

// FindPart returns those hits of [Lexicon.FindAll] that end in text[from:to],
// from itself excluded and to included, so that the parts of a text, one after
// the other, give the hits of the whole. Parts can be judged at the same time.
//
// It stops when ctx is done and returns the cause. Cost: linear in the part,
// and a few kilobytes (more with very long terms) to each side of it. It
// allocates for the hits only. Their strings are parts of text.
func (l *Lexicon) FindPart(ctx context.Context, text string, from, to int, scene Scene) ([]Hit, error) {
	// What is judged depends on the text within reach.
	//
	//	text   ----lo====from########to====hi----
	lo, hi := runeStart(text, from-l.reach()), runeStart(text, to+l.reach())
	near := text[lo:hi]
	f, _ := l.finders.Get().(*finder)
	if f == nil {
		f = &finder{judge: l.newJudge(Scene{})}
		f.judge.stays = true
	}
	f.judge.scene, f.judge.from, f.judge.to = scene, int64(from-lo), int64(to-lo)

	hits := f.hits[:0]
	if len(near) <= maxStep {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		f.found = l.matcher.AppendSieved(f.found[:0], unsafe.Slice(unsafe.StringData(near), len(near)), f.judge.sifting())
		f.judge.take(f.found, near, 0)
	} else {
		if f.scan == nil {
			f.scan = l.matcher.NewStream()
		}
		f.scan.Sift(f.judge.sifting())
		for seen := 0; seen < len(near); {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx) // f is in the midst of something
			}
			n := min(len(near)-seen, maxStep)
			f.found = f.scan.Append(f.found[:0], unsafe.Slice(unsafe.StringData(near[seen:]), n)) // reads only
			f.judge.take(f.found, near, 0)
			seen += n
			hits = f.judge.settle(hits, near, 0, int64(seen), false)
		}
		f.found = f.scan.Flush(f.found[:0])
		f.judge.take(f.found, near, 0)
	}
	hits = f.judge.settle(hits, near, 0, int64(len(near)), true)
	f.judge.reset()
	f.judge.scene = Scene{}
	f.hits = hits
	hits = append([]Hit(nil), hits...)
	clear(f.hits) // hits hold text
	l.finders.Put(f)
	for i := range hits {
		hits[i].Start += int64(lo)
		hits[i].End += int64(lo)
	}
	return hits, nil
}

// finder is the work space of one scan of a text that is in memory.
type finder struct {
	scan  *matcher.Stream // nil until a text is long
	judge *judge
	found []matcher.Match
	hits  []Hit
}

// reach is how much text around a place decides whether there is a hit: what
// the matcher and the judge look at to each side, and again as much for the
// allow-phrases and neighbours around.
func (l *Lexicon) reach() int {
	return 2 * (l.matcher.Window() + contextBytes + int(l.delay) + utf8.UTFMax)
}
