package main

import (
	"cmp"
	"slices"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// kind is the name of a constant of type tables.Kind. Kinds and classes are
// names here, so that the generator does not need the package that it writes,
// and a wrong one is a compile error there.
type kind string

const (
	widthKind   kind = "Width"
	letterCase  kind = "Case"
	styled      kind = "Styled"
	traditional kind = "Traditional"
	numeral     kind = "Numeral"
	confusing   kind = "Confusable"
)

// kinds is the order of the constants, which settles ties between two pairs of
// the same runes. weight is the length of an edge: a rune that can reach its
// root without a loose relation does.
var (
	kinds  = []kind{widthKind, letterCase, styled, traditional, numeral, confusing}
	weight = map[kind]int{widthKind: 1, letterCase: 1, styled: 1, traditional: 1, numeral: 3, confusing: 3}
)

// refusal is a pair that was not joined, because the classes of both runes
// already have an anchor.
type refusal struct {
	a, b rune
	kind kind
	from string // the source
}

// graph is an undirected graph over runes with its components.
type graph struct {
	edges   map[rune]map[rune]kind
	up      map[rune]rune // union-find; a rune that is absent is alone
	anchor  map[rune]bool // by representative: the component has an anchor
	refused []refusal
	notRoot map[rune]bool // traditional characters, which never represent a class
	gb      map[rune]bool // GB 2312 levels 1 and 2
}

func newGraph() *graph {
	g := &graph{
		edges:   map[rune]map[rune]kind{},
		up:      map[rune]rune{},
		anchor:  map[rune]bool{},
		notRoot: map[rune]bool{},
		gb:      gb2312(),
	}
	for r := rune(0); r < 0x80; r++ {
		g.anchor[r] = true
	}
	for r := 'a'; r <= 'z'; r++ {
		g.force(r, r-'a'+'A', letterCase) // one anchor
	}
	for r := range g.gb {
		g.anchor[r] = true
	}
	return g
}

// gb2312 returns the 6,763 characters of GB 2312 levels 1 and 2: rows 16 to 87,
// where row 55 ends at column 89.
func gb2312() map[rune]bool {
	set := map[rune]bool{}
	dec := simplifiedchinese.GBK.NewDecoder()
	for row := 16; row <= 87; row++ {
		for col := 1; col <= 94; col++ {
			if row == 55 && col > 89 {
				continue
			}
			b, err := dec.Bytes([]byte{byte(0xA0 + row), byte(0xA0 + col)})
			if err != nil {
				panic(err) // the decoder replaces, it does not fail
			}
			set[onlyRune(string(b))] = true
		}
	}
	return set
}

// find returns the representative of r's component.
func (g *graph) find(r rune) rune {
	for {
		u, ok := g.up[r]
		if !ok {
			return r
		}
		r = u
	}
}

// join adds the pair unless it would bring two anchors together.
func (g *graph) join(a, b rune, k kind, from string) {
	x, y := g.find(a), g.find(b)
	if x != y && g.anchor[x] && g.anchor[y] {
		g.refused = append(g.refused, refusal{a, b, k, from})
		return
	}
	g.force(a, b, k)
}

// force adds the pair. Of two pairs of the same runes the lighter kind stays,
// then the first constant.
func (g *graph) force(a, b rune, k kind) {
	if a == b {
		return
	}
	if x, y := g.find(a), g.find(b); x != y {
		g.up[y] = x
		g.anchor[x] = g.anchor[x] || g.anchor[y]
	}
	for _, e := range [][2]rune{{a, b}, {b, a}} {
		m := g.edges[e[0]]
		if m == nil {
			m = map[rune]kind{}
			g.edges[e[0]] = m
		}
		old, ok := m[e[1]]
		if !ok || cmp.Or(
			cmp.Compare(weight[k], weight[old]),
			cmp.Compare(slices.Index(kinds, k), slices.Index(kinds, old)),
		) < 0 {
			m[e[1]] = k
		}
	}
}

// joined reports whether both runes are of one component by now.
func (g *graph) joined(a, b rune) bool { return g.find(a) == g.find(b) }

// asciiLetter reports whether r is of one component with an ASCII letter.
func (g *graph) asciiLetter(r rune) bool {
	x := g.find(r)
	for a := 'a'; a <= 'z'; a++ {
		if g.find(a) == x {
			return true
		}
	}
	return false
}

// edge is a step of the forest.
type edge struct {
	from, to rune
	kind     kind
}

// forest is the result: edges in ascending order of from.
type forest struct {
	edges []edge
	root  map[rune]rune // of every rune of a class with two or more
}

// rank orders the runes of a class by their fitness for its root; the least is
// the root.
func (g *graph) rank(r rune) int {
	switch {
	case 'a' <= r && r <= 'z':
		return 0
	case '0' <= r && r <= '9':
		return 1
	case g.gb[r] && !g.notRoot[r]:
		return 2
	case (unicode.Is(unicode.Unified_Ideograph, r) || r == '〇') && !g.notRoot[r]:
		return 3
	case norm.NFKC.IsNormalString(string(r)):
		return 4 // 가, although ㉮ is lower
	}
	return 5
}

// forest chooses the roots and the cheapest paths. Of equally cheap parents the
// lowest is taken.
func (g *graph) forest() *forest {
	components := map[rune][]rune{}
	for r := range g.edges {
		x := g.find(r)
		components[x] = append(components[x], r)
	}
	f := &forest{root: map[rune]rune{}}
	for _, runes := range components {
		root := slices.MinFunc(runes, func(a, b rune) int {
			return cmp.Or(cmp.Compare(g.rank(a), g.rank(b)), cmp.Compare(a, b))
		})
		// Dijkstra's algorithm with a plain search for the nearest: the largest
		// class has some two hundred runes.
		dist := map[rune]int{root: 0}
		step := map[rune]edge{}
		done := map[rune]bool{}
		for range runes {
			next, found := rune(0), false
			for r, d := range dist {
				if !done[r] && (!found || d < dist[next] || d == dist[next] && r < next) {
					next, found = r, true
				}
			}
			done[next] = true
			for r, k := range g.edges[next] {
				d := dist[next] + weight[k]
				old, seen := dist[r]
				if done[r] || seen && (old < d || old == d && step[r].to < next) {
					continue
				}
				dist[r] = d
				step[r] = edge{r, next, k}
			}
		}
		for _, r := range runes {
			f.root[r] = root
			if r != root {
				f.edges = append(f.edges, step[r])
			}
		}
	}
	slices.SortFunc(f.edges, func(a, b edge) int { return cmp.Compare(a.from, b.from) })
	return f
}

// rootOf is tables.Root.
func (f *forest) rootOf(r rune) rune {
	if root, ok := f.root[r]; ok {
		return root
	}
	return r
}
