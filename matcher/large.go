package matcher

// NOTE: a large set of patterns is kept small. What 100,000 compiled patterns
// and their automaton take is little on any machine, and having them ready
// makes the time of a scan predictable; for a million it would be 300 MB, of
// which most texts need nothing. So there the patterns are kept as they came
// and compiled again where the text at a candidate is not the pattern's own,
// and the automaton is built when a text is first too much for the filter.

// largeSet is the number of patterns from which a set is large.
const largeSet = 1 << 18

// large reports whether n patterns are kept as a large set. The automaton
// alone needs them all the time.
func (o *Options) large(n int) bool {
	return o.Engine != Automaton && o.Automata == nil && (n >= largeSet || o.allLarge)
}

// packed is a [Pattern] in 24 bytes.
type packed struct {
	text     string
	channels ChannelSet
	gap      int8
	whole    bool
	strict   bool // belongs to the strict view
}

// pack replaces the compiled patterns, once the views are built.
func (m *Matcher) pack(patterns []Pattern) {
	m.packed = make([]packed, len(patterns))
	for i, p := range patterns {
		m.packed[i] = packed{p.Text, p.Channels, int8(max(p.Gap, -1)), p.Whole, m.patterns[i].strict}
	}
	m.patterns = nil
}

// pattern returns the compiled pattern with that number, which is one of the
// view. If it is packed it is compiled to room, for which the next call may use
// the same.
func (v *view) pattern(id uint32, room *compiled) *compiled {
	m := v.matcher
	if m.patterns != nil {
		return m.patterns[id]
	}
	p := m.packed[id]
	if err := room.set(Pattern{Text: p.text, Channels: p.channels, Whole: p.whole, Gap: int(p.gap)}); err != nil {
		panic("matcher: a pattern that was compiled cannot be: " + err.Error())
	}
	last := uint16(codeBreak)
	for _, r := range room.elems {
		code := v.alphabet.code(r)
		if code == last {
			room.runs[len(room.runs)-1]++
			continue
		}
		room.runs = append(room.runs, 1)
		last = code
	}
	return room
}

// keyOf returns the key of pattern id, which is c, and notes the runs in c.
func (v *view) keyOf(id uint32, c *compiled) key {
	k := key{pattern: id}
	c.runs = c.runs[:0]
	for _, r := range c.elems {
		code := v.alphabet.code(r)
		if n := len(k.codes); n > 0 && k.codes[n-1] == code {
			c.runs[n-1]++
			continue
		}
		k.codes, c.runs = append(k.codes, code), append(c.runs, 1)
	}
	n := len(c.runs)
	k.tail = c.atEnd || n == 1 || c.runs[n-1] > 1
	return k
}

// machine returns the automaton of the view, which a large set builds at the
// first call. It is safe for concurrent use.
func (v *view) machine() *automaton {
	if v.nodes != nil {
		return &v.automaton
	}
	v.once.Do(func() {
		var room compiled
		var keys []key
		for id, p := range v.matcher.packed {
			if p.strict == v.strict {
				keys = append(keys, v.keyOf(uint32(id), v.pattern(uint32(id), &room)))
			}
		}
		a := buildAutomaton(keys, v.codes)
		v.late.Store(&a)
	})
	return v.late.Load()
}
