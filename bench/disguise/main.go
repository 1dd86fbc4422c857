// Command disguise measures how many disguised terms are found, by channel, and what
// looking for them costs: findings in ordinary text, and time. It prints Markdown:
//
//	go run ./bench/disguise -corpus clean.txt.gz > bench/results/disguise.md
//
// Terms are those of the starter pack and some in the style of an insult list (see
// style.go). Sentences are made by a generator, or stand in testdata/hand.tsv as
// people write them; those of testdata/independent.tsv are by somebody who had not
// seen how they are found. Innocent sentences are those of testdata/innocent.txt and,
// with -corpus, the lines of a file.
package main

import (
	"bufio"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"testing/fstest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/bench/corpus"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/segment"
)

var (
	//go:embed testdata/carriers.txt
	carriersFile string
	//go:embed testdata/hand.tsv
	handFile string
	//go:embed testdata/innocent.txt
	innocentFile string
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("disguise: ")
	corpus := flag.String("corpus", "", "file of ordinary text (.gz is unpacked), a sentence a line")
	every := flag.Int("every", 1, "look at each so many-th line of the corpus")
	show := flag.Int("show", 0, "print so many misses and false findings of each kind to standard error")
	only := flag.Bool("independent", false, "measure on the independent sentences only")
	flag.Parse()
	if *only {
		if err := independentTable(os.Stdout, options{show: *show}); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := run(os.Stdout, options{*corpus, *every, *show}); err != nil {
		log.Fatal(err)
	}
}

type options struct {
	corpus string
	every  int
	show   int
}

// sample is a sentence with one disguised term.
type sample struct {
	channel matcher.Channel
	term    string
	text    string
	hand    bool
}

// half is the half of the samples that this one belongs to: numbers were looked at
// on half 0 only.
func (s *sample) half() int {
	h := fnv.New32a()
	io.WriteString(h, s.text)
	return int(h.Sum32() >> 8 & 1)
}

// measured are the channels in the order of the table, with the recall that is
// aimed at.
var measured = []struct {
	c   matcher.Channel
	aim float64
}{
	{matcher.Traditional, 0.995}, {matcher.Pinyin, 0.95}, {matcher.Homophone, 0.90}, {matcher.HomophoneFuzzy, 0.90}, {matcher.Split, 0.90},
	{matcher.Lookalike, 0.70}, {matcher.Swap, 0.45}, {matcher.Initials, 0.60}, {matcher.Emoji, 0.30}, {matcher.Leet, 0},
}

func run(w io.Writer, o options) error {
	words, err := segment.Default()
	if err != nil {
		return err
	}
	style := stylePack(words, styleTerms)
	hand, err := handSamples()
	if err != nil {
		return err
	}
	var extra []string
	for _, s := range hand {
		extra = append(extra, s.term)
	}
	start, err := lexicon.ReadPack(starter.FS())
	if err != nil {
		return err
	}
	insults, err := packOf("style", append(style, extra...))
	if err != nil {
		return err
	}
	var own []string
	seen := map[string]bool{}
	for i := range start.Entries {
		e := &start.Entries[i]
		info, _ := e.Category.Info()
		if n := utf8.RuneCountInString(e.Term); info.Disguises != 0 && e.Match != lexicon.MatchExact && 2 <= n && n <= 6 && allHan(e.Term) && !seen[e.Term] {
			seen[e.Term] = true
			own = append(own, e.Term)
		}
	}
	terms, err := packOf("terms", slices.Clone(own)) // without contexts, which the frames do not have
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "# Disguises\n\nMade by `go run ./bench/disguise -corpus FILE -every %d`. A term counts as found if there is a finding\n"+
		"of it, or of a longer one with it, that has the action review or block. Generated sentences put a disguised term into one\nof %d frames; half 0 is the half on which numbers were chosen.\n", o.every, len(frames()))
	for _, set := range []struct {
		name  string
		packs []*lexicon.Pack
		terms []string
		hand  []sample
	}{
		{"The starter pack", []*lexicon.Pack{start}, nil, nil},
		{fmt.Sprintf("%d terms of the starter pack, without their contexts", len(terms.Entries)), []*lexicon.Pack{terms}, own, nil},
		{fmt.Sprintf("%d terms in the style of an insult list", len(insults.Entries)), []*lexicon.Pack{insults}, style, hand},
	} {
		for _, channels := range []struct {
			name string
			set  matcher.ChannelSet
		}{{"default", 0}, {"all", matcher.AllChannels}} {
			l, err := lexicon.Compile(set.packs, lexicon.Options{Channels: channels.set, Trusted: set.packs})
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "\n## %s, channels %s\n\n", set.name, channels.name)
			if set.terms != nil {
				recall(w, o, l, words, set.terms, set.hand)
			}
			if err := price(w, o, l); err != nil {
				return err
			}
		}
		if err := speed(w, o, set.packs); err != nil {
			return err
		}
	}
	return independentTable(w, o)
}

// styleTerms is the size of the pack in the style of an insult list.
const styleTerms = 3000

func allHan(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

func packOf(id string, terms []string) (*lexicon.Pack, error) {
	slices.Sort(terms)
	return lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":                      {Data: []byte("id: " + id + "\nversion: 1.0.0\n")},
		"terms/abuse_discrimination.txt": {Data: []byte(strings.Join(slices.Compact(terms), "\n") + "\n")},
	})
}

type frame struct{ text, category string }

func frames() (list []frame) {
	for line := range strings.Lines(carriersFile) {
		text, category, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			list = append(list, frame{text, category})
		}
	}
	return list
}

// handSamples reads testdata/hand.tsv.
func handSamples() (list []sample, err error) {
	for i, line := range strings.Split(strings.TrimSpace(handFile), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("testdata/hand.tsv:%d: %d columns, want 3", i+1, len(f))
		}
		c, ok := matcher.ParseChannel(f[0])
		if !ok {
			return nil, fmt.Errorf("testdata/hand.tsv:%d: unknown channel %q", i+1, f[0])
		}
		list = append(list, sample{c, f[1], f[2], true})
	}
	return list, nil
}

// perChannel is how many sentences are generated for a channel.
const perChannel = 600

// generated puts disguised terms into frames.
func generated(words segment.Dictionary, terms []string) (list []sample) {
	frames := frames()
	for _, x := range measured {
		m := newMaker(words, uint64(x.c))
		for try := 0; try < 20*perChannel && len(list) < perChannel*(1+slices.Index(channelsMeasured(), x.c)); try++ {
			term := terms[m.rng.IntN(len(terms))]
			f := frames[m.rng.IntN(len(frames))]
			if s, ok := m.disguise(x.c, term); ok && s != term {
				list = append(list, sample{x.c, term, strings.Replace(f.text, "{}", s, 1), false})
			}
		}
	}
	return list
}

func channelsMeasured() (list []matcher.Channel) {
	for _, x := range measured {
		list = append(list, x.c)
	}
	return list
}

// recall prints the table of what is found.
func recall(w io.Writer, o options, l *lexicon.Lexicon, words segment.Dictionary, terms []string, hand []sample) {
	type count struct{ n, found int }
	counts := map[matcher.Channel]*[3]count{}
	shown := map[matcher.Channel]int{}
	for _, s := range append(generated(words, terms), hand...) {
		if counts[s.channel] == nil {
			counts[s.channel] = new([3]count)
		}
		k := s.half()
		if s.hand {
			k = 2
		}
		c := &counts[s.channel][k]
		c.n++
		if finds(l, s) {
			c.found++
		} else if shown[s.channel] < o.show {
			shown[s.channel]++
			why := ""
			for _, h := range l.FindAll(s.text, lexicon.Scene{}) {
				if h.Entry.Term == s.term {
					why += fmt.Sprintf(" %v %v %v", h.Channels, h.Reason, h.Words)
				}
			}
			fmt.Fprintf(os.Stderr, "miss %v %s: %s%s\n", s.channel, s.term, s.text, why)
		}
	}
	fmt.Fprint(w, "| disguise | aim | half 0 | half 1 | by hand |\n|---|---|---|---|---|\n")
	for _, x := range measured {
		aim := "-"
		if x.aim > 0 {
			aim = fmt.Sprintf("%.1f %%", 100*x.aim)
		}
		fmt.Fprintf(w, "| %s | %s |", x.c, aim)
		for _, c := range counts[x.c] {
			if c.n == 0 {
				fmt.Fprint(w, " - |")
				continue
			}
			fmt.Fprintf(w, " %.1f %% of %d |", 100*float64(c.found)/float64(c.n), c.n)
		}
		fmt.Fprintln(w)
	}
}

func finds(l *lexicon.Lexicon, s sample) bool {
	return slices.ContainsFunc(l.FindAll(s.text, lexicon.Scene{}), func(h lexicon.Hit) bool {
		return !h.Vetoed() && h.Action >= review.ActionReview && strings.Contains(h.Entry.Term, s.term)
	})
}

// price prints what ordinary text costs.
func price(w io.Writer, o options, l *lexicon.Lexicon) error {
	count := func(name string, lines func(yield func(string) error) error) error {
		chars, found, candidates := 0, 0, 0
		by := map[string]int{}
		shown := map[string]int{}
		begin := time.Now()
		err := lines(func(line string) error {
			chars += utf8.RuneCountInString(line)
			for _, h := range l.FindAll(line, lexicon.Scene{}) {
				if h.Channels&matcher.Disguises == 0 {
					continue
				}
				candidates++
				if h.Vetoed() || h.Action < review.ActionReview {
					continue
				}
				found++
				kind := (h.Channels & matcher.Disguises).String()
				by[kind]++
				if shown[kind] < o.show {
					shown[kind]++
					fmt.Fprintf(os.Stderr, "false %s %s: %s[%s]%s\n", kind, h.Entry.Term, h.Before, h.Text, h.After)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s: %d characters, %d findings that need a disguise, **%.2f per 10,000 characters** (%d candidates were judged).\n",
			name, chars, found, 1e4*float64(found)/float64(chars), candidates)
		if o.show > 0 {
			fmt.Fprintln(os.Stderr, name, time.Since(begin), by)
		}
		return nil
	}
	if err := count("Innocent sentences", func(yield func(string) error) error {
		for line := range strings.Lines(innocentFile) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				if err := yield(line); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if o.corpus == "" {
		return nil
	}
	return count("Ordinary text", func(yield func(string) error) error { return corpusLines(o, yield) })
}

// corpusLines yields the lines of the corpus that are looked at.
func corpusLines(o options, yield func(string) error) error {
	f, err := corpus.Open(o.corpus)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 0; s.Scan(); n++ {
		if n%o.every == 0 {
			if err := yield(s.Text()); err != nil {
				return err
			}
		}
	}
	return s.Err()
}

// speed prints how fast a lexicon scans with its disguises, as a share of its speed
// without. The best of some interleaved rounds counts.
func speed(w io.Writer, o options, packs []*lexicon.Pack) error {
	var text strings.Builder
	const size = 1 << 20
	if o.corpus != "" {
		enough := errors.New("enough")
		err := corpusLines(o, func(line string) error {
			if text.WriteString(line + "\n"); text.Len() > size {
				return enough
			}
			return nil
		})
		if err != nil && err != enough {
			return err
		}
	}
	for text.Len() < size {
		text.WriteString(innocentFile)
	}
	kinds := []struct {
		name string
		opts lexicon.Options
	}{
		{"no disguise", lexicon.Options{Change: lexicon.ChannelSpec{Remove: matcher.Disguises.Names()}}},
		{"default", lexicon.Options{}},
		{"all", lexicon.Options{Channels: matcher.AllChannels}},
	}
	best := make([]time.Duration, len(kinds))
	lexicons := make([]*lexicon.Lexicon, len(kinds))
	for round := range 5 {
		for i, k := range kinds {
			if round == 0 {
				k.opts.Trusted = packs
				l, err := lexicon.Compile(packs, k.opts)
				if err != nil {
					return err
				}
				lexicons[i] = l
			}
			begin := time.Now()
			lexicons[i].FindAll(text.String(), lexicon.Scene{NoVetoedGuesses: true}) // as a scan asks
			if d := time.Since(begin); round == 1 || round > 0 && d < best[i] {
				best[i] = d
			}
		}
	}
	rate := func(i int) float64 { return float64(text.Len()) / 1e6 / best[i].Seconds() }
	fmt.Fprintf(w, "\nSpeed in MB a second: without disguises %.0f, default %.1f (%.3f of that), all %.1f (%.3f).\n",
		rate(0), rate(1), rate(1)/rate(0), rate(2), rate(2)/rate(0))
	return nil
}
