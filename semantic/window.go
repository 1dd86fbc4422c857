package semantic

import (
	"math"

	"github.com/shenjiao/shenjiao/review"
)

// The bounds of a window. They are decided by the text before its end only, so
// that every chunking of a text gives the same windows.
const (
	maxSentences = 3   // a line break ends a sentence too
	softRunes    = 150 // from here on a window ends at a comma
	maxRunes     = 200
	minCodes     = 6 // a window with less content says nothing
)

// A window is a part of a text that is judged as a whole.
type window struct {
	start, end int64
	n          int32 // codes read
	gate       int32 // sum of the gate's weights
}

// A cutter divides a text into windows and sums the gate's weights on the way.
// The zero cutter, with a gate, stands at the start of a text.
type cutter struct {
	gate      *[gateSize]int8
	window    window
	open      bool
	runes     int
	sentences int
	said      bool // something, since the last sentence
	newline   bool // the last content was followed by a line break
	prev      code
}

// read reads the next part of a text, which stands at offset base and consists
// of whole characters, and appends the windows that end in it.
func (c *cutter) read(dst []window, text string, base int64) []window {
	t := codes()
	for i := 0; i < len(text); {
		k, size := code(0), 3
		if rest := text[i:]; isUsual(rest) {
			k = t[usual(rest)]
		} else {
			k, size = next(t, rest)
		}
		at := i
		i += size
		if k >= firstWord && c.open { // as below, for what most of a text is
			c.runes++
			c.said, c.newline = true, false
			c.window.end = base + int64(i)
			c.window.gate += int32(c.gate[gateIndex(c.prev, k)])
			c.window.n++
			c.prev = k
			if c.runes >= maxRunes {
				dst = c.close(dst)
			}
			continue
		}
		if !c.open {
			if k < firstWord {
				continue
			}
			*c = cutter{gate: c.gate, open: true, window: window{start: base + int64(at)}}
		}
		c.runes++
		switch {
		case k >= firstWord:
			c.said, c.newline = true, false
			c.window.end = base + int64(i)
		case k == codeSkip:
			if c.runes >= maxRunes {
				dst = c.close(dst)
			}
			continue
		case k == codeNewline:
			if c.newline { // a blank line
				dst = c.close(dst)
				continue
			}
			c.newline = true
			k = codeStop
		case k == codeStop:
			c.window.end = base + int64(i)
		}
		if k != codeStop || c.said {
			c.window.gate += int32(c.gate[gateIndex(c.prev, k)])
			c.window.n++
			c.prev = k
		}
		if k == codeStop && c.said {
			c.said = false
			c.sentences++
		}
		if c.sentences == maxSentences || c.runes >= maxRunes || k == codePause && c.runes >= softRunes {
			dst = c.close(dst)
		}
	}
	return dst
}

// close ends the open window, if there is one.
func (c *cutter) close(dst []window) []window {
	if c.open && c.window.n >= minCodes {
		dst = append(dst, c.window)
	}
	c.open = false
	return dst
}

// The gate is one weight for each pair of neighbouring codes, hashed: a cheap
// look at every window, which says which ones deserve the full one.
const (
	gateBits = 15
	gateSize = 1 << gateBits
)

func gateIndex(a, b code) uint32 {
	return (uint32(a)<<16 | uint32(b)) * 0x9E3779B1 >> (32 - gateBits)
}

// root is the square root that scores of n codes are divided by.
func root(n int) float64 { return math.Sqrt(float64(n)) }

// Windows returns the parts of a text that are judged, in their order, without
// those that are too short to say anything.
func Windows(text string) []review.Span {
	c := cutter{gate: new([gateSize]int8)}
	var out []review.Span
	for _, w := range c.close(c.read(nil, text, 0)) {
		out = append(out, review.Span{Start: w.start, End: w.end})
	}
	return out
}
