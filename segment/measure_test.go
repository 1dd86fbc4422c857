package segment

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// labelled is a sentence with a hit in it: is it the term?
type labelled struct {
	keep       bool
	term, text string
}

func (l labelled) decide(s *Session) Decision {
	i := strings.Index(l.text, l.term)
	return s.Decide(l.text, i, i+len(l.term))
}

// readLabelled reads `expect<TAB>term<TAB>text…` with a header row.
func readLabelled(t testing.TB, name string) []labelled {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	var rows []labelled
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if i == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		require.GreaterOrEqual(t, len(f), 3, "%s:%d", name, i+1)
		require.Contains(t, []string{"keep", "veto"}, f[0], "%s:%d", name, i+1)
		require.Contains(t, f[2], f[1], "%s:%d", name, i+1)
		rows = append(rows, labelled{f[0] == "keep", f[1], f[2]})
	}
	require.NotEmpty(t, rows, name)
	return rows
}

// shared finds a file of the evaluation data, which is not part of the module.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		file := filepath.Join(dir, "shared", filepath.FromSlash(name))
		if _, err := os.Stat(file); err == nil {
			return file
		}
		if filepath.Dir(dir) == dir {
			t.Skipf("no folder shared/ with %s above the package: the evaluation data is not part of the module", name)
		}
		dir = filepath.Dir(dir)
	}
}

// falsePositives reads the Han terms of two or three characters of the
// false-positive collection whose text has the term.
func falsePositives(t testing.TB) []labelled {
	t.Helper()
	f, err := os.Open(shared(t, "peers/false_positive_cases.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	var rows []labelled
	for dec := json.NewDecoder(f); dec.More(); {
		var row struct{ Term, Text, Expect string }
		require.NoError(t, dec.Decode(&row))
		if Checked(row.Term) && strings.Contains(row.Text, row.Term) {
			rows = append(rows, labelled{row.Expect == "hit", row.Term, row.Text})
		}
	}
	require.NotEmpty(t, rows)
	return rows
}

// score counts decisions against labels. Keep is the positive answer.
type score struct{ keptTrue, keptFalse, lost, vetoed, weakTrue, weakFalse int }

func (c score) precision() float64 { return float64(c.keptTrue) / float64(c.keptTrue+c.keptFalse) }
func (c score) recall() float64    { return float64(c.keptTrue) / float64(c.keptTrue+c.lost) }
func (c score) String() string {
	return fmt.Sprintf("P %.3f R %.3f (%d kept rightly, %d wrongly, %d lost of which %d weakly, %d vetoed of which %d weakly)",
		c.precision(), c.recall(), c.keptTrue, c.keptFalse, c.lost, c.weakTrue, c.vetoed, c.weakFalse)
}

func (c *score) add(want bool, got Decision) {
	weak := 0
	if got.Strength == Weak {
		weak = 1
	}
	switch {
	case want && got.Keep:
		c.keptTrue++
	case want:
		c.lost++
		c.weakTrue += weak
	case got.Keep:
		c.keptFalse++
	default:
		c.vetoed++
		c.weakFalse += weak
	}
}

func evaluate(d *Decider, rows []labelled, wrong func(labelled, Decision)) score {
	var c score
	s := d.NewSession()
	for _, row := range rows {
		got := row.decide(s)
		c.add(row.keep, got)
		if got.Keep != row.keep && wrong != nil {
			wrong(row, got)
		}
	}
	return c
}

// defaultOrSkip skips what needs the embedded dictionary where there is none.
func defaultOrSkip(t testing.TB) *Words {
	t.Helper()
	words, err := Default()
	if errors.Is(err, ErrNoDictionary) {
		t.Skip(err)
	}
	require.NoError(t, err)
	return words
}

func defaultWith(t testing.TB, p policy, rows ...[]labelled) *Decider {
	t.Helper()
	words := defaultOrSkip(t)
	terms := map[string]bool{}
	for _, set := range rows {
		for _, row := range set {
			terms[row.term] = true
		}
	}
	d, err := NewDecider(Options{Segmenter: words, Term: func(w string) bool { return terms[w] }})
	require.NoError(t, err)
	d.policy = p
	return d
}

// half divides rows in two by hash, so that a number set on one half can be
// checked on the other.
func half(rows []labelled, which uint32) []labelled {
	var out []labelled
	for _, row := range rows {
		h := fnv.New32a()
		h.Write([]byte(row.text))
		if h.Sum32()&1 == which {
			out = append(out, row)
		}
	}
	return out
}

// corpus calls line for each paragraph of the ordinary text.
func corpus(t testing.TB, line func(string)) {
	t.Helper()
	f, err := os.Open(shared(t, "corpus/clean_zh.txt.gz"))
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<22)
	for sc.Scan() {
		line(sc.Text())
	}
	require.NoError(t, sc.Err())
}

func termsOf(sets ...[]labelled) []string {
	seen := map[string]bool{}
	var out []string
	for _, rows := range sets {
		for _, row := range rows {
			if Checked(row.term) && !seen[row.term] {
				seen[row.term] = true
				out = append(out, row.term)
			}
		}
	}
	sort.Strings(out)
	return out
}

// insertions puts terms at word boundaries of random clauses of ordinary text:
// each is a true use, so the share that is kept is a recall.
func insertions(t testing.TB, terms []string, n int) []labelled {
	t.Helper()
	words := defaultOrSkip(t)
	rng := rand.New(rand.NewPCG(1, 2))
	var lines []string
	corpus(t, func(l string) {
		if rng.IntN(40) == 0 {
			lines = append(lines, l)
		}
	})
	var rows []labelled
	for len(rows) < n {
		clauses := strings.FieldsFunc(lines[rng.IntN(len(lines))], func(r rune) bool { return !inClause(r) })
		if len(clauses) == 0 {
			continue
		}
		c := clauses[rng.IntN(len(clauses))]
		if utf8.RuneCountInString(c) < 4 {
			continue
		}
		ends := append([]int{0}, words.Ends(nil, c)...)
		at := ends[rng.IntN(len(ends))]
		term := terms[rng.IntN(len(terms))]
		if text := c[:at] + term + c[at:]; strings.Index(text, term) == at {
			rows = append(rows, labelled{true, term, text})
		}
	}
	return rows
}

type corpusHit struct {
	term, text string // text is the window
	at         int
}

func corpusHits(t testing.TB, terms []string) []corpusHit {
	t.Helper()
	first := map[rune][]string{}
	for _, term := range terms {
		r, _ := utf8.DecodeRuneInString(term)
		first[r] = append(first[r], term)
	}
	var hits []corpusHit
	corpus(t, func(l string) {
		for i, r := range l {
			for _, term := range first[r] {
				if strings.HasPrefix(l[i:], term) {
					lo, hi := window(l, i, i+len(term))
					hits = append(hits, corpusHit{term, strings.Clone(l[lo:hi]), i - lo})
				}
			}
		}
	})
	return hits
}

// TestMeasure prints the figures of the package comment:
//
//	go test -run Measure -v ./segment
func TestMeasure(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("prints figures: run with -v")
	}
	cases := readLabelled(t, shared(t, "segment/cases.tsv"))
	own := readLabelled(t, "testdata/decisions.tsv")
	fps := falsePositives(t)
	terms := termsOf(cases, own)
	inserted := insertions(t, terms, 20000)
	hits := corpusHits(t, terms)

	base := policy{strong: 6} // GSE's policy y: no floor, no rule about longer words
	variants := []struct {
		name string
		p    policy
	}{{"base", base}}
	for _, f := range []float64{4, 10, 30, 100, 300} {
		p := base
		p.floor, p.rare = 30, f
		variants = append(variants, struct {
			name string
			p    policy
		}{fmt.Sprintf("rare %v", f), p})
	}
	p := base
	p.floor, p.rare, p.within, p.common = 30, 30, true, 20
	variants = append(variants, struct {
		name string
		p    policy
	}{"rare 30, within", p})
	p.names = true
	variants = append(variants, struct {
		name string
		p    policy
	}{"rare 30, within, name", p}, struct {
		name string
		p    policy
	}{"default", defaultPolicy})

	for _, v := range variants {
		d := defaultWith(t, v.p, cases, own)
		t.Logf("== %s", v.name)
		t.Logf("cases      %v", evaluate(d, cases, nil))
		t.Logf("  half 0   %v", evaluate(d, half(cases, 0), nil))
		t.Logf("  half 1   %v", evaluate(d, half(cases, 1), nil))
		t.Logf("decisions  %v", evaluate(d, own, nil))
		t.Logf("false pos. %v", evaluate(defaultWith(t, v.p, fps), fps, nil))
		ins := evaluate(d, inserted, nil)
		t.Logf("insertion  kept %.4f, vetoed weakly %d, strongly %d of %d", ins.recall(), ins.weakTrue, ins.lost-ins.weakTrue, len(inserted))
		s := d.NewSession()
		n := map[string]int{}
		for _, h := range hits {
			dec := s.Decide(h.text, h.at, h.at+len(h.term))
			n[dec.Reason.String()+" "+dec.Strength.String()]++
		}
		t.Logf("ordinary   %d hits %v", len(hits), n)
	}
	for name, rows := range map[string][]labelled{"cases": cases, "own": own, "false positives": fps} {
		evaluate(defaultWith(t, defaultPolicy, rows), rows, func(l labelled, d Decision) {
			t.Logf("wrong in %s: %v %v", name, l, d)
		})
	}
	if name := os.Getenv("SEGMENT_DUMP"); name != "" {
		f, err := os.Create(name)
		require.NoError(t, err)
		defer f.Close()
		d := defaultWith(t, defaultPolicy, cases, own)
		s := d.NewSession()
		for _, h := range hits {
			fmt.Fprintf(f, "corpus\t%s\t%s\t%+v\n", h.term, h.text, s.Decide(h.text, h.at, h.at+len(h.term)))
		}
		for _, h := range inserted {
			fmt.Fprintf(f, "insert\t%s\t%s\t%+v\n", h.term, h.text, h.decide(s))
		}
	}
}

// TestMeasureHostile prints how cheaply a veto can be bought: for each term it
// looks for the dictionary words that overlap its head or its tail, and writes
// them around it.
func TestMeasureHostile(t *testing.T) {
	if !testing.Verbose() {
		t.Skip("prints figures: run with -v")
	}
	own := readLabelled(t, "testdata/decisions.tsv")
	defaultOrSkip(t)
	seg := newGSE()
	require.NoError(t, seg.LoadDictEmbed("zh_s"))
	type word struct {
		text  string
		count float64
	}
	heads, tails := map[string][]word{}, map[string][]word{} // by the characters shared with a term
	terms := termsOf(own)
	for _, term := range terms {
		r := []rune(term)
		for i := 1; i < len(r); i++ {
			heads[string(r[:i])], tails[string(r[i:])] = nil, nil
		}
	}
	for i := range seg.Dict.Tokens {
		text := seg.Dict.Tokens[i].Text()
		r := []rune(text)
		for n := 1; n <= 2 && n < len(r) && len(r) <= 4; n++ {
			if k := string(r[len(r)-n:]); true {
				if list, ok := heads[k]; ok {
					heads[k] = append(list, word{text, seg.Dict.Tokens[i].Freq()})
				}
			}
			if list, ok := tails[string(r[:n])]; ok {
				tails[string(r[:n])] = append(list, word{text, seg.Dict.Tokens[i].Freq()})
			}
		}
	}
	best := func(list []word, n int) []word {
		sort.Slice(list, func(i, j int) bool { return list[i].count > list[j].count })
		return list[:min(n, len(list))]
	}
	d := defaultWith(t, defaultPolicy, own)
	s := d.NewSession()
	var one, both [3]int // none, weak, strong
	var examples []string
	for _, term := range terms {
		level := func(text string, at int) int {
			return int(s.Decide(text, at, at+len(term)).Strength) / int(Weak)
		}
		r := []rune(term)
		l1, l2 := 0, 0
		for i := 1; i < len(r); i++ {
			head, tail := string(r[:i]), string(r[i:])
			for _, w := range best(heads[head], 40) {
				x := strings.TrimSuffix(w.text, head)
				got := level("他说"+x+term+"吧", len("他说"+x))
				if got == 2 && l1 < 2 && len(examples) < 12 {
					examples = append(examples, x+"["+term+"]")
				}
				l1 = max(l1, got)
			}
			for _, w := range best(tails[tail], 40) {
				got := level("他说"+term+strings.TrimPrefix(w.text, tail)+"吧", len("他说"))
				if got == 2 && l1 < 2 && len(examples) < 12 {
					examples = append(examples, "["+term+"]"+strings.TrimPrefix(w.text, tail))
				}
				l1 = max(l1, got)
			}
			for _, a := range best(heads[head], 15) {
				for _, b := range best(tails[tail], 15) {
					x := strings.TrimSuffix(a.text, head)
					l2 = max(l2, level("他说"+x+term+strings.TrimPrefix(b.text, tail)+"吧", len("他说"+x)))
				}
			}
		}
		one[l1]++
		both[l2]++
	}
	t.Logf("%d terms; one neighbour word: %d no veto, %d weak, %d strong; words on both sides: %d, %d, %d",
		len(terms), one[0], one[1], one[2], both[0], both[1], both[2])
	t.Logf("strong with one neighbour: %v", examples)
}
