package matcher

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// A Match is one place where a pattern was found.
type Match struct {
	Pattern int // index in the argument of New
	// Start and End are byte offsets into the scanned text, half-open, on
	// rune boundaries; in a stream they count from its first byte.
	Start, End int64
	// Channels are those that were needed; empty if the text at the span is
	// the pattern itself.
	Channels ChannelSet
}

// A Matcher finds all places where its patterns stand in a text, also where
// they overlap. It is immutable and safe for concurrent use.
type Matcher struct {
	patterns []*compiled // nil if they are packed
	packed   []packed
	views    []*view
	lattice  *lattice // the disguised view, nil if no pattern asks for it
	window   int      // bytes before a position that a match ending there can need
}

// New compiles patterns; it is [NewWith] with the default options.
func New(patterns []Pattern) (*Matcher, error) { return NewWith(patterns, defaultOptions) }

// defaultOptions is the zero value, except while tests run on other engines.
var defaultOptions Options

// NewWith compiles patterns. Equal patterns may occur several times; each is
// found. If patterns cannot be compiled, the error joins a [*PatternError] for
// each of them. Cost: O(total length), about a second for a million words.
func NewWith(patterns []Pattern, o Options) (*Matcher, error) {
	engine, err := o.resolve()
	if err != nil {
		return nil, err
	}
	m := &Matcher{patterns: make([]*compiled, len(patterns))}
	var errs []error
	var flexible, strict []uint32
	faults := compileAll(m.patterns, patterns)
	for i, c := range m.patterns {
		if c == nil {
			errs = append(errs, &PatternError{i, faults[i].Error()})
			continue
		}
		m.window = max(m.window, int(c.limit))
		if c.strict {
			strict = append(strict, uint32(i))
		} else {
			flexible = append(flexible, uint32(i))
		}
	}
	for _, r := range slices.Sorted(maps.Keys(o.Symbols)) {
		if err := symbolFault(r, o.Symbols[r]); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	m.window += lookahead
	hidden := newLattice(m, o.Symbols)
	var tables []byte // of hidden
	if hidden != nil && o.Automata != nil {
		if tables, o.Automata, err = cutTables(o.Automata); err != nil {
			return nil, err
		}
	}
	var unready error
	var building sync.WaitGroup // hidden, beside the views
	building.Go(func() {
		if hidden != nil {
			unready = hidden.complete(tables)
		}
	})
	defer building.Wait()
	for _, v := range []struct {
		ids    []uint32
		strict bool
	}{{flexible, false}, {strict, true}} {
		if len(v.ids) == 0 {
			continue
		}
		view, err := newView(m, v.ids, v.strict, engine, &o)
		if err != nil {
			return nil, err
		}
		m.views = append(m.views, view)
	}
	building.Wait()
	if unready != nil {
		return nil, unready
	}
	if len(o.Automata) > 0 {
		return nil, ErrAutomata
	}
	m.lattice = hidden
	if o.large(len(patterns)) {
		m.pack(patterns)
	}
	return m, nil
}

// compileAll compiles each pattern to its place in dst, or returns why it
// cannot, at its index. It uses all processors: this is a third of the time
// that New takes.
func compileAll(dst []*compiled, patterns []Pattern) map[int]error {
	const piece = 4096
	var mu sync.Mutex
	faults := map[int]error{}
	var next atomic.Int64
	work := func() {
		for {
			hi := int(next.Add(piece))
			lo := hi - piece
			if lo >= len(patterns) {
				return
			}
			for i := lo; i < min(hi, len(patterns)); i++ {
				var err error
				if dst[i], err = compile(patterns[i]); err != nil {
					mu.Lock()
					faults[i] = err
					mu.Unlock()
				}
			}
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0)-1, len(patterns)/piece) {
		others.Go(work)
	}
	work()
	others.Wait()
	return faults
}

// Len returns the number of patterns.
func (m *Matcher) Len() int { return max(len(m.patterns), len(m.packed)) }

// Size returns about how many bytes of memory the matcher holds.
func (m *Matcher) Size() int {
	n := 0
	for _, v := range m.views {
		n += v.size()
	}
	if m.lattice != nil {
		n += m.lattice.size()
	}
	for _, c := range m.patterns {
		n += 160 + len(c.text) + 4*len(c.elems) + 2*len(c.runs)
	}
	for _, p := range m.packed {
		n += int(unsafe.Sizeof(p)) + len(p.text)
	}
	return n
}

// view is one code sequence over the text with its automaton. The flexible
// view skips ignorable characters; in the strict view those that occur in its
// patterns are codes.
type view struct {
	matcher  *Matcher
	alphabet *alphabet
	automaton
	filter   *filter // nil if the automaton reads alone
	readings bool    // pinyin in brackets is skipped
	ring     int     // elements remembered, a power of two
	maxGap   int     // noise characters after which no pattern can go on
	strict   bool
	pool     sync.Pool

	// The automaton, if it is made when it is needed.
	codes int
	once  sync.Once
	late  atomic.Pointer[automaton]
}

// newView takes its part of o.Automata off.
func newView(m *Matcher, ids []uint32, strict bool, engine Engine, o *Options) (*view, error) {
	v := &view{matcher: m, strict: strict, ring: 1}
	freq := map[rune]int{}
	for _, id := range ids {
		for _, r := range m.patterns[id].elems {
			freq[tables.Root(r)]++
		}
	}
	if len(freq) > maxCodes {
		return nil, fmt.Errorf("matcher: patterns use %d different characters, the limit is %d", len(freq), maxCodes)
	}
	roots := make([]rune, 0, len(freq))
	for r := range freq {
		roots = append(roots, r)
	}
	// Frequent characters get small codes: their children lie close together.
	slices.SortFunc(roots, func(a, b rune) int {
		return cmp.Or(cmp.Compare(freq[b], freq[a]), cmp.Compare(a, b))
	})
	v.alphabet = newAlphabet(roots, strict)
	v.readings = v.alphabet.code('(') == codeOpen

	keys := make([]key, 0, len(ids))
	for _, id := range ids {
		c := m.patterns[id]
		keys = append(keys, v.keyOf(id, c))
		own := 0
		for _, o := range c.own {
			own = max(own, len(o))
		}
		v.maxGap = max(v.maxGap, c.gap+own)
	}
	for v.ring < m.window {
		v.ring *= 2
	}
	v.pool.New = func() any { return newState(v) }
	var err error
	var building sync.WaitGroup // the automaton, beside the filter
	large := o.large(len(m.patterns))
	building.Go(func() {
		if large {
			return
		}
		if o.Automata == nil {
			v.automaton = buildAutomaton(slices.Clone(keys), len(roots)) // sorts them
		} else {
			v.automaton, o.Automata, err = loadAutomaton(o.Automata, keys, len(roots))
		}
	})
	if engine != Automaton {
		v.filter = newFilter(v, roots, keys, engine)
		if o.Engine == Auto && v.filter != nil {
			v.filter.shortest = shortPiece
		}
		if o.tune != nil && v.filter != nil {
			o.tune(v.filter)
		}
	}
	building.Wait()
	switch {
	case !large:
	case v.filter == nil:
		v.automaton = buildAutomaton(keys, len(roots))
	default:
		v.codes = len(roots)
		v.filter.shortest = 0
	}
	return v, err
}

func (v *view) size() int {
	n := v.alphabet.size() + v.filter.size()
	for _, a := range []*automaton{&v.automaton, v.late.Load()} {
		if a != nil {
			n += 16*len(a.nodes) + 8*len(a.outs)
		}
	}
	return n
}
