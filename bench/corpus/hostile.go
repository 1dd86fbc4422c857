package corpus

import "strings"

// Hostile returns texts of about size bytes that are made to be slow, one for
// each way in which a filter or an automaton is; the last three are of the
// terms of a case.
func Hostile(size int, of *Case) map[string]*Case {
	run := strings.Repeat("中", size/3)
	nested, fan, sandwich := &Case{Text: run}, &Case{Text: run}, &Case{Text: run}
	for n := 2; n <= 8; n++ {
		nested.Terms = append(nested.Terms, strings.Repeat("中", n))
	}
	for i := range 2000 {
		fan.Terms = append(fan.Terms, strings.Repeat("中", 7)+string('亀'+rune(i)))
	}
	for i := range 5000 {
		sandwich.Terms = append(sandwich.Terms, string('亀'+rune(i/100))+strings.Repeat("中", 4)+string('亀'+rune(i%100)))
	}
	whole, cut, changed := make([]string, len(of.Terms)), make([]string, len(of.Terms)), make([]string, len(of.Terms))
	for i, t := range of.Terms {
		// A step that has no divisor in common spreads them.
		t = of.Terms[(i*7919)%len(of.Terms)]
		rs := []rune(t)
		whole[i], cut[i] = t, string(rs[:len(rs)-1])
		rs[i%len(rs)] = '亀'
		changed[i] = string(rs)
	}
	fill := func(words []string) *Case {
		text := strings.Join(words, "")
		return &Case{Terms: of.Terms, Text: strings.Repeat(text, size/len(text)+1)}
	}
	return map[string]*Case{
		"nested":     nested,
		"suffix-fan": fan,
		"sandwich":   sandwich,
		"cut":        fill(cut),
		"changed":    fill(changed),
		"whole":      fill(whole),
	}
}
