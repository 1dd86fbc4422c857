package text

// A flow is visible text under construction. White space, line breaks and borders wait until something visible
// follows them, because that decides which of them count:
//
//   - nothing waits before the first character or after the last;
//   - a border outdoes line breaks, and both outdo white space;
//   - two line breaks are an empty line, so a third adds nothing.
type flow struct {
	buf    []byte
	pieces []piece

	bordered bool
	breaks   [2]piece
	nbreaks  int
	space    piece
	spaced   bool
}

func (f *flow) reset() { *f = flow{buf: f.buf[:0], pieces: f.pieces[:0]} }

// border ends a block.
func (f *flow) border() { f.bordered, f.nbreaks, f.spaced = true, 0, false }

// lineBreak ends a line; [lo, hi) is what ended it.
func (f *flow) lineBreak(lo, hi int, k kind) {
	f.spaced = false
	if !f.bordered && f.nbreaks < len(f.breaks) {
		f.breaks[f.nbreaks] = piece{src: uint32(lo), end: uint32(hi), kind: k}
		f.nbreaks++
	}
}

// blank is a run of white space that collapses. Of several runs the first counts.
func (f *flow) blank(lo, hi int, k kind) {
	if !f.bordered && f.nbreaks == 0 && !f.spaced {
		f.space, f.spaced = piece{src: uint32(lo), end: uint32(hi), kind: k}, true
	}
}

// settle writes what waits.
func (f *flow) settle(src string) {
	switch {
	case !f.bordered && f.nbreaks == 0 && !f.spaced:
		return
	case len(f.buf) == 0:
	case f.bordered:
		end := f.pieces[len(f.pieces)-1].end
		f.write(piece{src: end, end: end, kind: border}, emptyLine)
	case f.nbreaks > 0:
		for _, p := range f.breaks[:f.nbreaks] {
			f.writeBlank(src, p, "\n")
		}
	default:
		f.writeBlank(src, f.space, " ")
	}
	f.bordered, f.nbreaks, f.spaced = false, 0, false
}

func (f *flow) writeBlank(src string, p piece, s string) {
	if p.kind == blank && src[p.src:p.end] == s {
		f.writeCopy(src, int(p.src), int(p.end))
	} else {
		f.write(p, s)
	}
}

func (f *flow) write(p piece, s string) {
	p.vis = uint32(len(f.buf))
	f.pieces = append(f.pieces, p)
	f.buf = append(f.buf, s...)
}

// writeCopy writes src[lo:hi], in the same piece as before if it continues there.
func (f *flow) writeCopy(src string, lo, hi int) {
	if n := len(f.pieces); n > 0 && f.pieces[n-1].kind == copied && int(f.pieces[n-1].end) == lo {
		f.pieces[n-1].end = uint32(hi)
		f.buf = append(f.buf, src[lo:hi]...)
		return
	}
	f.write(piece{src: uint32(lo), end: uint32(hi)}, src[lo:hi])
}

func (f *flow) copy(src string, lo, hi int) {
	if lo < hi {
		f.settle(src)
		f.writeCopy(src, lo, hi)
	}
}

// decode writes s, which src[lo:hi] is another spelling of.
func (f *flow) decode(src, s string, lo, hi int, keep bool) {
	switch {
	case s == "\n" && keep:
		f.lineBreak(lo, hi, decoded)
	case len(s) == 1 && classes[s[0]] == white && !keep:
		f.blank(lo, hi, decoded)
	default:
		f.settle(src)
		f.write(piece{src: uint32(lo), end: uint32(hi), kind: decoded}, s)
	}
}

// append adds the text of g as a block of its own.
func (f *flow) append(g *flow) {
	if len(g.buf) == 0 {
		return
	}
	f.border()
	f.settle("")
	shift := uint32(len(f.buf))
	f.buf = append(f.buf, g.buf...)
	for _, p := range g.pieces {
		p.vis += shift
		f.pieces = append(f.pieces, p)
	}
}

// A syntax says which character references and escapes a text has.
type syntax uint8

const (
	literal       syntax = iota // none
	htmlText                    // entities, as in the text of a page
	htmlAttribute               // entities, as in the value of an attribute
	markdownText                // entities with a semicolon, and backslash escapes
	codeInCell                  // only \|, as in a code span in a table cell of Markdown
)

// A class is what [flow.text] does about a byte.
type class uint8

const (
	ordinary class = iota
	white
	ampersand
	backslash
)

var classes = [256]class{' ': white, '\t': white, '\n': white, '\f': white, '\r': white, '&': ampersand, '\\': backslash}

// text writes src[lo:hi]. White space collapses to one blank, unless keep is set, as in a pre element.
func (f *flow) text(src string, lo, hi int, syn syntax, keep bool) {
	run := lo // src[run:i] is still to be copied
	for i := lo; i < hi; {
		c := src[i]
		switch classes[c] {
		case ordinary:
			i++
		case white:
			j := i + 1
			if keep {
				if c == '\r' && j < hi && src[j] == '\n' {
					j++
				}
				if c == '\r' || c == '\n' {
					f.copy(src, run, i)
					f.lineBreak(i, j, blank)
					run = j
				}
				i = j
				continue
			}
			if c == ' ' && i > run && j < hi && classes[src[j]] == ordinary {
				i = j // a single blank between two characters: part of the run
				continue
			}
			for j < hi && classes[src[j]] == white {
				j++
			}
			f.copy(src, run, i)
			f.blank(i, j, blank)
			i, run = j, j
		case ampersand:
			s, n := entity(src[i:hi], syn)
			if n == 0 {
				i++
				continue
			}
			f.copy(src, run, i)
			f.decode(src, s, i, i+n, keep)
			i += n
			run = i
		case backslash:
			if i+1 == hi || !(syn == markdownText && isPunct(src[i+1]) || syn == codeInCell && src[i+1] == '|') {
				i++
				continue
			}
			f.copy(src, run, i)
			f.decode(src, src[i+1:i+2], i, i+2, keep)
			i += 2
			run = i
		}
	}
	f.copy(src, run, hi)
}

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// visible ends the work: the main text, then what was placed out of line.
func (f *flow) visible(src string) *Visible {
	return &Visible{src: src, text: string(f.buf), pieces: f.pieces}
}
