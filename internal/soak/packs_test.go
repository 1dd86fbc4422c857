package soak

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/rules"
)

// hostileTerms are files of terms that break readers.
var hostileTerms = map[string]func(rng *rand.Rand) string{
	"one term again and again": func(rng *rand.Rand) string { return strings.Repeat("赌博网站,gambling_fraud\n", 1+rng.IntN(3000)) },
	"terms within terms": func(rng *rand.Rand) string {
		var b strings.Builder
		for n := range 1 + rng.IntN(lexicon.MaxTermRunes+20) {
			b.WriteString(strings.Repeat("赌", n+1) + ",gambling_fraud\n")
		}
		return b.String()
	},
	"a term of 100 KB":   func(rng *rand.Rand) string { return strings.Repeat("长", 100<<10/3) + ",minors\n" },
	"a cell of a MB":     func(rng *rand.Rand) string { return "逃课," + strings.Repeat("x", 1<<20) + "\n" },
	"a quote that stays": func(rng *rand.Rand) string { return "\"逃课,minors\n" + strings.Repeat("旷课,minors\n", 1000) },
	"quotes only":        func(rng *rand.Rand) string { return strings.Repeat("\"", 1+rng.IntN(5000)) },
	"commas only":        func(rng *rand.Rand) string { return strings.Repeat(",", 1+rng.IntN(50_000)) },
	"newlines only": func(rng *rand.Rand) string {
		return strings.Repeat(pick(rng, []string{"\n", "\r\n", "\r"}), 1+rng.IntN(50_000))
	},
	"no text": func(rng *rand.Rand) string {
		b := make([]byte, 1+rng.IntN(4096))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return string(b)
	},
	"UTF-16": func(rng *rand.Rand) string { return "\xff\xfe" + strings.Repeat("\x4e\x2d", 100) },
	"marks and joins": func(rng *rand.Rand) string {
		return "赌\u200b\u200d\ufeff博,gambling_fraud\n" + "a" + strings.Repeat("\u0301", 300) + ",minors\n"
	},
	"NUL":   func(rng *rand.Rand) string { return "逃\x00课,minors\n" },
	"sound": func(rng *rand.Rand) string { return "逃课,minors\r\n旷课,minors\r\n" },
}

// hostileYAML are what stands behind the head of a YAML file.
var hostileYAML = []func(rng *rand.Rand) string{
	func(rng *rand.Rand) string { return "" },
	func(rng *rand.Rand) string { return strings.Repeat("[", 1+rng.IntN(1<<16)) },
	func(rng *rand.Rand) string { return "defaults: " + strings.Repeat("{a: ", 1+rng.IntN(2000)) },
	func(rng *rand.Rand) string { return strings.Repeat("- ", 1+rng.IntN(1<<14)) + "a\n" },
	func(rng *rand.Rand) string {
		var b strings.Builder
		for n := range 1 + rng.IntN(600) {
			fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", n))
		}
		return b.String()
	},
	func(rng *rand.Rand) string { // the billion laughs
		b := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
		for n := range 1 + rng.IntN(30) {
			b += fmt.Sprintf("a%d: &a%d [%s]\n", n+1, n+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", n), 9), ","))
		}
		return b
	},
	func(rng *rand.Rand) string { return "title: !!binary " + strings.Repeat("A", 1+rng.IntN(9000)) + "\n" },
	func(rng *rand.Rand) string { return "<<: *x\n" },
	func(rng *rand.Rand) string { return "title: \"" + strings.Repeat("\\u0000", 1+rng.IntN(1000)) + "\"\n" },
	func(rng *rand.Rand) string {
		return "title: |\n" + strings.Repeat("  "+strings.Repeat("长", 100)+"\n", 1+rng.IntN(200))
	},
	func(rng *rand.Rand) string { return strings.Repeat("---\n", 1+rng.IntN(5000)) },
	func(rng *rand.Rand) string { return "\xff\xfe" },
	func(rng *rand.Rand) string { return strings.Repeat("词: 1\n", 1+rng.IntN(2000)) },
}

// damage changes some bytes, or cuts off the end.
func damage(rng *rand.Rand, data []byte) []byte {
	data = bytes.Clone(data)
	if len(data) == 0 {
		return data
	}
	if rng.IntN(4) == 0 {
		return data[:rng.IntN(len(data))]
	}
	for range 1 + rng.IntN(4) {
		data[rng.IntN(len(data))] = pick(rng, []byte("\x00\xff\"',:|-[]{}&*!\n\r\t #a0"))
	}
	return data
}

func hostilePack(rng *rand.Rand) fstest.MapFS {
	p := soundPack()
	yaml := func(head string) []byte {
		if rng.IntN(3) == 0 {
			return damage(rng, []byte(head))
		}
		return []byte(head + pick(rng, hostileYAML)(rng))
	}
	var names []string
	for name := range hostileTerms {
		names = append(names, name)
	}
	for range 1 + rng.IntN(3) {
		switch rng.IntN(6) {
		case 0:
			p["pack.yaml"] = &fstest.MapFile{Data: yaml(packHead)}
		case 1:
			p["cases.yaml"] = &fstest.MapFile{Data: yaml(string(p["cases.yaml"].Data))}
		case 2:
			p["allow.csv"] = &fstest.MapFile{Data: []byte("phrase\n" + hostileTerms[names[rng.IntN(len(names))]](rng))}
		case 3:
			name := pick(rng, []string{"terms/a.csv", "terms/minors.txt", "terms/" + strings.Repeat("长", 200) + ".csv", "terms/a\nb.csv", "terms/sub/a.csv", "pack.manifest", "model.bin"})
			p[name] = &fstest.MapFile{Data: []byte("term,category\n" + hostileTerms[names[rng.IntN(len(names))]](rng))}
		case 4:
			name := pick(rng, []string{"terms/terms.csv", "pack.yaml", "cases.yaml", "allow.csv"})
			p[name] = &fstest.MapFile{Data: damage(rng, p[name].Data)}
		case 5:
			p["terms/terms.csv"] = &fstest.MapFile{Data: append([]byte("term,category\n"), hostileTerms[names[rng.IntN(len(names))]](rng)...)}
		}
	}
	return p
}

// checkProblems wants an error that lists what is wrong, in a length that does
// not follow that of the pack's lines.
func checkProblems(t *testing.T, err error) {
	var problems lexicon.Problems
	require.True(t, errors.As(err, &problems), "%v", err)
	require.NotEmpty(t, problems)
	for _, p := range problems {
		require.Less(t, len(fmt.Sprint(p)), 20_000)
		require.NotContains(t, fmt.Sprint(p), "\x00")
	}
}

// A pack is read or its faults are listed; what was read can be compiled, or
// its faults are listed.
func TestPacks(t *testing.T) {
	rounds(t, "packs", func(t *testing.T, rng *rand.Rand, c *tally) {
		for range 40 {
			c.inputs.Add(1)
			p := hostilePack(rng)
			pack, err := lexicon.ReadPack(p)
			if err != nil {
				checkProblems(t, err)
				continue
			}
			l, err := lexicon.Compile([]*lexicon.Pack{pack}, lexicon.Options{})
			if err != nil {
				checkProblems(t, err)
				continue
			}
			for _, e := range pack.Entries[:min(len(pack.Entries), 20)] {
				l.FindAll("。"+e.Term+"。", lexicon.Scene{Field: "body"})
			}
		}
	})
}

// The largest packs: as many rows as may be, and one more.
func TestLargePacks(t *testing.T) {
	rounds(t, "large packs", func(t *testing.T, rng *rand.Rand, c *tally) {
		rows := 20_000
		if soaking() {
			rows = lexicon.MaxTerms
		}
		b := []byte("term,category\n")
		for i := range rows {
			b = fmt.Appendf(b, "%c%c%c%c,x_names\n", '一'+rune(i%2000), '一'+rune(i/2000%2000), '甲', '一'+rune(i%7))
		}
		p := soundPack()
		p["terms/terms.csv"] = &fstest.MapFile{Data: b}
		delete(p, "cases.yaml")
		delete(p, "terms/x_names.txt")
		c.inputs.Add(1)
		pack, err := lexicon.ReadPack(p)
		require.NoError(t, err)
		require.Equal(t, rows, len(pack.Entries))
		if !soaking() {
			return
		}
		c.inputs.Add(1)
		p["terms/terms.csv"] = &fstest.MapFile{Data: append(b, "多出一条,x_names\n"...)}
		_, err = lexicon.ReadPack(p)
		require.ErrorContains(t, err, "too many rows")
	})
}

const ownRules = "schema: shenjiao.rules/v1\nrules:\n- id: x_a\n  kind: expression\n  when: 'any(images, .alt == title)'\n  field: title\n"

// Own rules and profiles are read, or their faults are listed.
func TestRuleFiles(t *testing.T) {
	rounds(t, "rule files", func(t *testing.T, rng *rand.Rand, c *tally) {
		for range 200 {
			c.inputs.Add(1)
			data := []byte(ownRules + pick(rng, hostileYAML)(rng))
			switch rng.IntN(3) {
			case 0:
				data = damage(rng, data)
			case 1:
				data = []byte(strings.Replace(ownRules, "title'", pick(rng, []string{
					strings.Repeat("(", 5000) + "'", strings.Repeat("title+", 4000) + "title'", strings.Repeat("!", 3000) + "true'", "1..1000000000 | map(1..1000000000)'",
				}), 1))
			}
			var problems rules.Problems
			if o, err := rules.ParseOrganisation("f", data); err != nil {
				require.Nil(t, o)
				require.True(t, errors.As(err, &problems), "%v", err)
			}
			if p, err := rules.ParseProfile("f", data); err != nil {
				require.Nil(t, p)
			}
		}
	})
}
