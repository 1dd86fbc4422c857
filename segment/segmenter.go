package segment

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// A Segmenter divides a clause into words. The rules for implementers, each one
// a case of segmenttest.Run:
//
//   - Ends appends to dst the byte offset at which each word of clause ends, in
//     strictly ascending order, the last one len(clause). So the words cover the
//     clause and no word is empty.
//   - An empty clause has no words: dst comes back as it was.
//   - What dst already holds is left alone, and dst is not kept after the call.
//   - In a clause of valid UTF-8 every end is on a rune boundary.
//   - Any bytes are a clause: invalid UTF-8, NUL, ten thousand runes. Ends never panics.
//   - The same clause has the same words each time.
//   - Ends is safe for concurrent use.
//
// A Segmenter that also implements [Dictionary] gets the better decisions: how
// strong a veto is, which words are too rare to cut a hit, and what stands inside
// a longer word are all read from the counts.
type Segmenter interface {
	Ends(dst []int, clause string) []int
}

// A Dictionary says how common words are. It is a second ability of a
// [Segmenter], found by type assertion. The rules:
//
//   - Lookup(word) reports the entry of exactly this word; a mere beginning of a
//     word is not one. The empty string is no word.
//   - Counts are above zero, and Total is at least the largest of them.
//   - Answers never change, and both methods are safe for concurrent use.
type Dictionary interface {
	Lookup(word string) (Entry, bool)
	Total() float64
}

// A Lister is a [Dictionary] that can tell all its words, a third ability. The
// rules: All yields each word that Lookup knows once, with the entry that
// Lookup returns, in an order that is the same each time; it is safe for
// concurrent use.
type Lister interface {
	Dictionary
	All() iter.Seq2[string, Entry]
}

// An Entry is what a dictionary knows about a word.
type Entry struct {
	Count float64 // how often the word was counted in the text the dictionary was made from; above 0
	Tag   string  // part of speech in the letters of ICTCLAS ("n", "v", "ns" place, "nt" organisation); "" if unknown
}

// Words is gse behind the two interfaces. It is made by [Default],
// [FromDictionary] or [FromDictionaryString], never changes afterwards, and is
// safe for concurrent use.
type Words struct {
	once sync.Once
	load func() (*core, error) // nil once loaded from a host's dictionary
	core *core
	err  error
}

// core is a loaded dictionary. Its fields are functions, not a gse.Segmenter: a
// field of that type would be reachable by reflection from the interface that
// Words is used through, and then a program that also links text/template keeps
// all methods of gse.Segmenter and with them the 32 MB of embedded dictionaries
// (measured by TestMeasureBinary).
type core struct {
	segment func(dst []int, clause string) []int
	lookup  func(word string) (Entry, bool)
	all     iter.Seq2[string, Entry]
	total   float64
	size    int

	costsOnce sync.Once
	costs     *costs // of [costsOf]
}

// ErrNoDictionary is returned by [Default] and [Warm] in a program that was built
// with -tags ne and so holds no dictionary. A caller that has its own goes on:
//
//	words, err := segment.Default()
//	if errors.Is(err, segment.ErrNoDictionary) {
//		words, err = segment.FromDictionary(file)
//	}
//
// It is not returned for a dictionary that is there and cannot be read.
var ErrNoDictionary = errors.New("segment: this program was built with -tags ne and holds no dictionary: " +
	"build it without the tag, or supply one with segment.FromDictionary")

var (
	defaultOnce  sync.Once
	defaultWords *Words
)

// Default returns the segmenter over the simplified-Chinese dictionary embedded
// in gse (352,275 words). It is one for the whole process and is loaded by its first
// use, or by [Warm]; the call itself costs nothing. The loading takes 0.6 to 1 s
// and the dictionary stays in memory with 84 MB.
//
// In a program built with -tags ne it returns [ErrNoDictionary] at once. Nothing
// else makes it fail. The program that never calls Default or Warm does not hold
// the embedded dictionaries either, which makes it 32 MB smaller.
func Default() (*Words, error) {
	if !embedded {
		return nil, ErrNoDictionary
	}
	defaultOnce.Do(func() {
		defaultWords = &Words{load: func() (*core, error) {
			seg := newGSE()
			if err := seg.LoadDictEmbed("zh_s"); err != nil {
				return nil, fmt.Errorf("segment: embedded dictionary: %w", err)
			}
			return newCore(seg)
		}}
	})
	return defaultWords, nil
}

// Warm loads the dictionary of [Default] now, so that the first scan does not pay
// for it, and reports whether it could be loaded. Calling it again costs nothing.
func Warm() error {
	words, err := Default()
	if err != nil {
		return err
	}
	words.ready()
	return words.err
}

// FromDictionary reads a dictionary of the host and returns the segmenter over
// it. Each line is `word count` or `word count tag`, divided by spaces or tabs;
// empty lines and lines that begin with # are left out, a byte order mark and
// CRLF are accepted. Of two entries of a word the first one counts.
//
// Faults of the text are all reported (after the twentieth, only counted), each
// with its line; a dictionary without a word is a fault too, because everything
// would be kept in silence. If an error is returned there is no segmenter.
//
// Cost: 0.2 s and 25 MB for 80,000 words. Which dictionaries are worth it is in
// the package comment.
func FromDictionary(r io.Reader) (*Words, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("segment: dictionary: %w", err)
	}
	return FromDictionaryString(string(data))
}

// FromDictionaryString is [FromDictionary] for a dictionary that is a string.
func FromDictionaryString(dictionary string) (*Words, error) {
	text, err := cleanDictionary(dictionary)
	if err != nil {
		return nil, err
	}
	seg := newGSE()
	if err := seg.LoadDictStr(text); err != nil {
		return nil, fmt.Errorf("segment: dictionary: %w", err)
	}
	c, err := newCore(seg)
	if err != nil {
		return nil, err
	}
	return &Words{core: c}, nil
}

const maxReported = 20

// cleanDictionary checks a host's dictionary and gives it the one form that gse
// reads: gse drops lines divided by a tab, and lines with a count that is no
// number, without a word.
func cleanDictionary(dictionary string) (string, error) {
	var faults []error
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("segment: dictionary:%d: "+format, append([]any{line}, args...)...))
	}
	var out strings.Builder
	out.Grow(len(dictionary))
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(dictionary, "\ufeff")) {
		n++
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || strings.HasPrefix(fields[0], "#"):
			continue
		case !utf8.ValidString(line):
			fault(n, "not valid UTF-8")
			continue
		case len(fields) < 2 || len(fields) > 3:
			fault(n, "got %d fields in %q, want a word, a count and perhaps a tag", len(fields), strings.TrimSpace(line))
			continue
		}
		count, err := strconv.ParseFloat(fields[1], 64)
		if err != nil || !(count > 0) || math.IsInf(count, 0) {
			fault(n, "word %q: got count %q, want a number above 0", fields[0], fields[1])
			continue
		}
		out.WriteString(strings.Join(fields, " "))
		out.WriteByte('\n')
	}
	if len(faults) > maxReported {
		faults = append(faults[:maxReported], fmt.Errorf("segment: dictionary: %d more faults", len(faults)-maxReported))
	}
	return strings.TrimSuffix(out.String(), "\n"), errors.Join(faults...)
}

// newGSE returns gse without what is not used here: the log on standard output,
// the words inside of words (a quarter of the memory), and the hidden Markov model
// (quadratic in a run of unknown characters, and a data race between two loaders).
func newGSE() *gse.Segmenter {
	return &gse.Segmenter{SkipLog: true, SkipSubSeg: true, NotLoadHMM: true}
}

// newCore takes over a loaded segmenter; from here on nobody writes to it.
func newCore(seg *gse.Segmenter) (*core, error) {
	if seg.Dict == nil || seg.Dict.NumTokens() == 0 {
		return nil, errors.New("segment: dictionary: got no words, want at least one")
	}
	return &core{
		segment: func(dst []int, clause string) []int {
			segments := seg.Segment([]byte(clause))
			for i := range segments {
				dst = append(dst, segments[i].End())
			}
			return dst
		},
		lookup: func(word string) (Entry, bool) {
			if word == "" {
				return Entry{}, false
			}
			// Find says true and count 0 for the beginning of a word.
			count, tag, ok := seg.Dict.Find([]byte(word))
			return Entry{Count: count, Tag: tag}, ok && count > 0
		},
		all: func(yield func(string, Entry) bool) {
			for i := range seg.Dict.Tokens {
				token := &seg.Dict.Tokens[i]
				if token.Freq() > 0 && !yield(token.Text(), Entry{Count: token.Freq(), Tag: token.Pos()}) {
					return
				}
			}
		},
		total: seg.Dict.TotalFreq(),
		size:  seg.Dict.NumTokens(),
	}, nil
}

// ready returns the loaded dictionary, or nil if it could not be loaded.
func (w *Words) ready() *core {
	w.once.Do(func() {
		if w.load != nil {
			w.core, w.err = w.load()
		}
	})
	return w.core
}

// Ends implements [Segmenter]. If the dictionary could not be loaded, which Warm
// reports, each rune is a word; then no word cuts a hit, and everything is kept.
func (w *Words) Ends(dst []int, clause string) []int {
	if clause == "" {
		return dst
	}
	c := w.ready()
	if c == nil {
		for i := 0; i < len(clause); {
			_, n := utf8.DecodeRuneInString(clause[i:])
			i += n
			dst = append(dst, i)
		}
		return dst
	}
	if dst, ok := costsOf(w).ends(dst, clause); ok {
		return dst
	}
	return c.segment(dst, clause)
}

// Lookup implements [Dictionary].
func (w *Words) Lookup(word string) (Entry, bool) {
	if c := w.ready(); c != nil {
		return c.lookup(word)
	}
	return Entry{}, false
}

// All implements [Lister].
func (w *Words) All() iter.Seq2[string, Entry] {
	if c := w.ready(); c != nil {
		return c.all
	}
	return func(func(string, Entry) bool) {}
}

// Total implements [Dictionary].
func (w *Words) Total() float64 {
	if c := w.ready(); c != nil {
		return c.total
	}
	return 0
}

// Len returns the number of words in the dictionary.
func (w *Words) Len() int {
	if c := w.ready(); c != nil {
		return c.size
	}
	return 0
}
