package matcher

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// An Engine is one way to find candidates. Engines differ in speed and in
// nothing else: each gives the same matches in the same order.
type Engine uint8

const (
	// Auto takes the fastest filter that the machine has. It is what [New]
	// uses.
	Auto Engine = iota
	// Automaton reads every character through a double-array automaton. Its
	// time is linear in any text; the filters turn to it where theirs would
	// not be.
	Automaton
	// Filter looks for the rarest two to four characters of each pattern, in
	// pure Go.
	Filter
	// FilterAVX512 is Filter with AVX-512, 32 characters at a time, and table
	// look-ups by gather instructions.
	FilterAVX512
	// FilterAVX512Loads is FilterAVX512 with plain loads in place of gather
	// instructions, which some processors are slow at.
	FilterAVX512Loads
	numEngines
)

var engineNames = [numEngines]string{"auto", "automaton", "filter", "filter-avx512", "filter-avx512-loads"}

// String returns the engine's name.
func (e Engine) String() string {
	if e >= numEngines {
		return fmt.Sprintf("Engine(%d)", uint8(e))
	}
	return engineNames[e]
}

// Engines returns the engines that this machine can run, without Auto.
func Engines() []Engine {
	return append([]Engine{Automaton, Filter}, vectorEngines()...)
}

// Options are what [NewWith] can be told beside the patterns. The zero value
// is the default.
type Options struct {
	// Engine is the engine to use. Anything but Auto is for tests and
	// measurements: a named filter reads even the shortest chunk, which Auto
	// leaves to the automaton. An engine that the machine cannot run is an
	// error.
	Engine Engine

	// Automata, if they are not nil, are what [Matcher.AppendAutomata] of a
	// matcher of equal patterns returned, by the same version of this package. They
	// are checked and used in place of new ones. Whatever the bytes, a wrong match
	// cannot come of them, nor a fault; but who makes them on purpose can hide disguises.
	Automata []byte

	// Symbols are pictures and signs that writers put for words, and these words,
	// beside those that the package knows; patterns with the channel [Emoji] are found
	// through them. A key that is no [IsSymbol], and a word that is not made of one to
	// four Chinese characters, are errors.
	Symbols map[rune][]string

	tune     func(*filter) // for tests: smaller chunks and stretches
	allLarge bool          // for tests: no set of patterns is small
}

// shortPiece is the length in bytes below which Auto leaves a piece to the
// automaton: a filter reads what is before the piece again, and its first
// chunk costs as much as some hundred characters.
const shortPiece = 512

// maxStretches is how many times as far the automaton reads at most where the
// filter keeps failing.
const maxStretches = 16

// errEngine says that the machine cannot run the engine that was asked for.
var errEngine = errors.New("matcher: this machine cannot run the engine")

// resolve returns the engine that o asks for.
func (o Options) resolve() (Engine, error) {
	if o.Engine == Auto {
		return fastest(), nil
	}
	for _, e := range Engines() {
		if e == o.Engine {
			return e, nil
		}
	}
	return 0, fmt.Errorf("%w: %v", errEngine, o.Engine)
}

// scan reads the characters that start in data[from:to] and appends the
// matches that end there. It returns the index of the first character that it
// has not read, at least to.
//
// data[0] is byte base of the text. Before from it must hold v.matcher.window
// bytes or all that there are, and behind to lookahead bytes or all that
// there are.
//
// Since every engine reports just the matches that end in the piece it is
// given, pieces of one text can be read by different engines. That is the
// guard against texts that a filter is slow at: scanFilter stops before a
// chunk that is all candidates, and the automaton reads the next stretch.
func (v *view) scan(st *state, data []byte, base int64, from, to int, dst []Match) (int, []Match) {
	if v.filter == nil {
		return v.scanAutomaton(st, data, base, from, to, dst)
	}
	stretch := v.filter.stretch
	for from < to {
		if to-from < v.filter.shortest {
			return v.resume(st, data, base, from, to, dst)
		}
		begin := from
		from, dst = v.scanFilter(data, base, from, to, dst)
		if from == to || from-begin > stretch {
			stretch = v.filter.stretch
		}
		if from < to {
			from, dst = v.resume(st, data, base, from, min(to, from+stretch), dst)
			// Where the filter gets nowhere, it is tried less and less often.
			stretch = min(2*stretch, maxStretches*v.filter.stretch)
		}
	}
	return from, dst
}

// resume is scanAutomaton for a piece before which another engine has read:
// the automaton first reads what a match that ends in the piece can need.
func (v *view) resume(st *state, data []byte, base int64, from, to int, dst []Match) (int, []Match) {
	if st.at != base+int64(from) {
		st.reset()
		n := len(dst)
		_, dst = v.scanAutomaton(st, data, base, max(0, from-v.matcher.window), from, dst)
		dst = dst[:n]
	}
	from, dst = v.scanAutomaton(st, data, base, from, to, dst)
	st.at = base + int64(from)
	return from, dst
}

// boundary returns the first place at or after data[i] at which the scan
// begins a character: not inside of one, nor of pinyin in brackets.
func (v *view) boundary(data []byte, i int) int {
	if i >= len(data) {
		return len(data)
	}
	for k := 1; k < utf8.UTFMax && k <= i && !utf8.RuneStart(data[i]); k++ {
		if utf8.RuneStart(data[i-k]) {
			if _, w := utf8.DecodeRune(data[i-k:]); w > k {
				i += w - k
			}
			break
		}
	}
	if v.readings {
		return max(i, afterAnnotation(data, i))
	}
	return i
}

// afterAnnotation returns the end of pinyin in brackets that begins before
// data[i] and ends behind it, or 0.
func afterAnnotation(data []byte, i int) int {
	for p := i; p > 0 && i-p < maxAnnotation; {
		r, w := utf8.DecodeLastRune(data[:p])
		p -= w
		if r == '(' || r == '（' {
			if n := annotation(data, p); p+n > i {
				return p + n
			}
			return 0
		}
		if !annotates(r) {
			return 0
		}
	}
	return 0
}

// annotates reports whether r can stand between the brackets of pinyin.
func annotates(r rune) bool { return unicode.In(r, unicode.Latin, unicode.Mn, unicode.Digit) }
