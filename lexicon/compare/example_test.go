package compare_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/compare"
)

// version reads a version of a small pack.
func version(v, rows string) *lexicon.Pack {
	pack, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":                {Data: []byte("id: house\nversion: " + v + "\n")},
		"terms/gambling_fraud.csv": {Data: []byte("term,action\n" + rows)},
	})
	if err != nil {
		log.Fatal(err)
	}
	return pack
}

func ExamplePacks() {
	d := compare.Packs(version("1.0.0", "稳赚不赔,review\n跑分,review\n"), version("1.1.0", "稳赚不赔,block\n代跑分,review\n"))
	for _, e := range d.Added {
		fmt.Println("+", e.Term)
	}
	for _, e := range d.Removed {
		fmt.Println("-", e.Term)
	}
	for _, c := range d.Changed {
		fmt.Println("~", c.New.Term, c.Columns)
	}
	// Output:
	// + 代跑分
	// - 跑分
	// ~ 稳赚不赔 [{action review block}]
}

// What a new version does to an archive, before it is shipped.
func ExampleTrial() {
	compiled := func(p *lexicon.Pack) *lexicon.Lexicon {
		l, err := lexicon.Compile([]*lexicon.Pack{p}, lexicon.Options{})
		if err != nil {
			log.Fatal(err)
		}
		return l
	}
	trial := compare.NewTrial(compare.TrialOptions{
		Old: compiled(version("1.0.0", "稳赚不赔,review\n")),
		New: compiled(version("1.1.0", "稳赚不赔,review\n高收益,review\n")),
	})
	trial.Scan(compare.Text{Name: "2026-03.txt", Text: "这只基金不是高收益产品。谁说稳赚不赔都别信。"})
	for _, t := range trial.Result().Terms {
		fmt.Println(t.Term, "new:", t.Added, "lost:", t.Lost)
	}
	// Output:
	// 高收益 new: 1 lost: 0
}
