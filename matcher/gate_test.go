package matcher

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// openGate lets every character pass: the slow twin of a gate with rows of so many words.
func openGate(words uint32) *gate {
	g := &gate{classes: *otherClasses(), stride: 16, words: words, stands: make([]uint64, 2*words)}
	for i := range words {
		g.stands[classRare*words+i] = math.MaxUint64
	}
	for r := range g.classes {
		if g.classes[r] < classOthers {
			g.classes[r] = classRare
		}
	}
	g.cells = make([]byte, 2*g.stride/2)
	for i := range g.stride / 2 {
		g.cells[g.stride/2+i] = 0xFF
	}
	return g
}

// gatePool returns characters that sound and look like each other, and some others.
func gatePool(rng *rand.Rand) (pool []rune) {
	all := allReadings()
	for len(pool) < 40 {
		r := rune(0x4E00 + rng.IntN(0x5200))
		if tables.Frequency(r) < 1e-5 || glyphKindOf(r) != glyphHan {
			continue
		}
		pool = append(pool, r)
		add := func(list []uint16) {
			for range min(3, len(list)) {
				pool = append(pool, rune(list[rng.IntN(len(list))]))
			}
		}
		for _, s := range soundsOf(r) {
			add(all.by[s])
			add(all.nearly[fuzzyClasses()[s]])
		}
		add(all.roots[tables.Root(r)])
		for _, c := range shapeCodes(r) {
			add(shapeOwners()[c])
		}
		for _, part := range tables.Parts(simplified(r)) {
			pool = append(pool, part, tables.Free(part))
		}
	}
	return pool
}

// TestGate: the gate changes the time that a scan takes and nothing else.
func TestGate(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	n := 0
	for range rounds(400) {
		pool := gatePool(rng)
		random := func(size int) string {
			var text []rune
			for range size {
				switch k := rng.IntN(40); k {
				case 0, 1, 2, 3:
					text = append(text, []rune(" *，\n\u200b3bα🎲\U00020010")[rng.IntN(10)])
				default:
					text = append(text, pool[rng.IntN(len(pool))])
				}
			}
			return string(text)
		}
		var patterns []Pattern
		for range 1 + rng.IntN(12) {
			var p []rune
			for range 2 + rng.IntN(3) {
				p = append(p, pool[rng.IntN(len(pool))])
			}
			set := AllChannels
			if rng.IntN(2) == 0 {
				set = DefaultChannels | ChannelSet(rng.Uint32())&Disguises
			}
			patterns = append(patterns, Pattern{Text: string(p), Channels: set, Whole: true})
		}
		m, err := New(patterns)
		require.NoError(t, err)
		if m.lattice == nil {
			continue
		}
		text := random(1500)
		got := m.FindAllString(text)
		n += len(got)
		gated := m.lattice.gate
		m.lattice.gate = openGate(gated.words)
		want := m.FindAllString(text)
		m.lattice.gate = gated
		require.Equal(t, want, got, "patterns %q, text %q", patterns, text)
		s := m.NewStream()
		var chunked []Match
		for chunk := range slices.Chunk([]byte(text), 1+rng.IntN(50)) {
			chunked = s.Append(chunked, chunk)
		}
		require.Equal(t, want, s.Flush(chunked), "in chunks: patterns %q, text %q", patterns, text)
	}
	require.Greater(t, n, rounds(20_000), "matches")
}

// TestGateRare: characters that get no class of their own are still found.
func TestGateRare(t *testing.T) {
	b := &gateBuilder{numbers: map[gateKey]uint32{}}
	b.pair(gateKey{root: '堵'}, gateKey{root: '勃'}, gateTwo)
	g := b.build()
	du, bo := uint32(g.classes['堵']), uint32(g.classes['勃'])
	require.Equal(t, uint32(gateTwo), g.cell(du, bo))
	require.Zero(t, g.cell(bo, du))
	for _, c := range []uint32{du, bo, classRare} {
		require.Equal(t, uint32(gateAny), g.cell(c, classRare))
		require.Equal(t, uint32(gateAny), g.cell(classRare, c))
		require.Zero(t, g.cell(classNone, c), "behind a border nothing ends")
	}
}
