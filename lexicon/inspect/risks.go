package inspect

import (
	"slices"

	"github.com/shenjiao/shenjiao/lexicon"
)

// A Risk is one of the kinds of content for which a keyword library has to
// have a number of keywords.
type Risk struct {
	ID    string `json:"id"`    // A.1a to A.2i
	Title string `json:"title"` // Chinese, as in the standard
	Least int    `json:"least"` // keywords
	// Sources are the categories and labels whose terms are counted. Empty
	// means that no category of this module is about the risk.
	Sources []lexicon.Target `json:"sources"`
}

// LeastKeywords is the least size of the whole library.
const LeastKeywords = 10_000

// Risks returns the 17 risks of A.1 and A.2 of Annex A of GB/T 45654—2025
// (before it TC260-003-2024), with the numbers of keywords that these ask for
// (200 for each of A.1, 100 for each of A.2). Titles and numbers are as public
// software quotes them; the text of the standard was not at hand.
//
// The sources are this module's own judgement. Most of A.1 has none on
// purpose: the starter pack checks accuracy and lawful publishing and lists no
// persons, groups, events or opinions. Every label counts for one risk at most.
func Risks() []Risk {
	of := func(c lexicon.Category, labels ...string) (list []lexicon.Target) {
		for _, label := range labels {
			list = append(list, lexicon.Target{Category: c, Label: label})
		}
		return list
	}
	whole := func(c lexicon.Category) []lexicon.Target { return []lexicon.Target{{Category: c}} }
	return []Risk{
		{"A.1a", "煽动颠覆国家政权、推翻社会主义制度", 200, nil},
		{"A.1b", "危害国家安全和利益、损害国家形象", 200, nil},
		{"A.1c", "煽动分裂国家、破坏国家统一和社会稳定", 200, nil},
		{"A.1d", "宣扬恐怖主义、极端主义", 200, of(lexicon.ViolenceTerror, "terror_extremism")},
		{"A.1e", "宣扬民族仇恨", 200, of(lexicon.EthnicReligious, "incitement")},
		{"A.1f", "宣扬暴力、淫秽色情", 200, slices.Concat(of(lexicon.ViolenceTerror, "incite_violence", "gore"), whole(lexicon.PornVulgar))},
		{"A.1g", "传播虚假有害信息", 200, slices.Concat(of(lexicon.AdExaggeration, "unsourced_rumor", "clickbait_title"), of(lexicon.SuperstitionPseudomedicine, "wellness_rumor"))},
		{"A.1h", "其他法律、行政法规禁止的内容", 200, slices.Concat(whole(lexicon.Contraband), whole(lexicon.GamblingFraud))},
		{"A.2a", "民族歧视内容", 100, of(lexicon.EthnicReligious, "ethnic_slur")},
		{"A.2b", "信仰歧视内容", 100, nil},
		{"A.2c", "国别歧视内容", 100, nil},
		{"A.2d", "地域歧视内容", 100, of(lexicon.AbuseDiscrimination, "regional_bias")},
		{"A.2e", "性别歧视内容", 100, of(lexicon.AbuseDiscrimination, "gender_bias")},
		{"A.2f", "年龄歧视内容", 100, nil},
		{"A.2g", "职业歧视内容", 100, of(lexicon.AbuseDiscrimination, "occupation_bias")},
		{"A.2h", "健康歧视内容", 100, of(lexicon.AbuseDiscrimination, "illness_bias", "disability_slur")},
		{"A.2i", "其他方面歧视内容", 100, nil},
	}
}

// A Census is how much packs hold.
type Census struct {
	Terms      int             `json:"terms"`    // entries
	Keywords   int             `json:"keywords"` // different terms
	Allows     int             `json:"allows"`
	MustHit    int             `json:"must_hit"`
	MustPass   int             `json:"must_pass"`
	Categories []CategoryCount `json:"categories"` // the twelve, then the packs' own by name
	Risks      []RiskCount     `json:"risks"`      // in the order of Risks
}

// A CategoryCount is how much of a category packs hold.
type CategoryCount struct {
	Category lexicon.Category `json:"category"`
	Terms    int              `json:"terms"`
	Labels   []LabelCount     `json:"labels"` // those of the category, then other ones by name, "" last

	// Entries with these columns; dated are those with valid_from or valid_to.
	Context int `json:"context"`
	Suggest int `json:"suggest"`
	Basis   int `json:"basis"`
	Dated   int `json:"dated"`
}

// A LabelCount is how many entries have a label.
type LabelCount struct {
	Label string `json:"label"`
	Terms int    `json:"terms"`
}

// A RiskCount is how many different terms count for a risk.
type RiskCount struct {
	Risk
	Keywords int `json:"keywords"`
}

// Enough reports whether there are as many keywords as asked for.
func (r *RiskCount) Enough() bool { return r.Keywords >= r.Least }

// Count counts what packs hold. risks are [Risks], perhaps with sources of the
// caller's own added.
func Count(packs []*lexicon.Pack, risks []Risk) Census {
	var c Census
	keywords := map[string]bool{}
	byRisk := make([]map[string]bool, len(risks))
	categories := map[lexicon.Category]*CategoryCount{}
	labels := map[lexicon.Target]int{}
	var own []lexicon.Category
	for _, p := range packs {
		c.Allows += len(p.Allows)
		c.MustHit += len(p.MustHit)
		c.MustPass += len(p.MustPass)
		for i := range p.Entries {
			e := &p.Entries[i]
			c.Terms++
			keywords[e.Term] = true
			n := categories[e.Category]
			if n == nil {
				n = &CategoryCount{Category: e.Category}
				categories[e.Category] = n
				if _, ok := e.Category.Info(); !ok {
					own = append(own, e.Category)
				}
			}
			n.Terms++
			labels[lexicon.Target{Category: e.Category, Label: e.Label}]++
			for _, column := range []struct {
				has bool
				n   *int
			}{{e.Context != nil, &n.Context}, {e.Suggest != "", &n.Suggest}, {e.Basis != "", &n.Basis}, {!e.ValidFrom.IsZero() || !e.ValidTo.IsZero(), &n.Dated}} {
				if column.has {
					*column.n++
				}
			}
			for k, risk := range risks {
				if slices.ContainsFunc(risk.Sources, func(t lexicon.Target) bool {
					return t.Category == e.Category && (t.Label == "" || t.Label == e.Label)
				}) {
					if byRisk[k] == nil {
						byRisk[k] = map[string]bool{}
					}
					byRisk[k][e.Term] = true
				}
			}
		}
	}
	c.Keywords = len(keywords)
	slices.Sort(own)
	var order []lexicon.Category
	for _, info := range lexicon.Categories() {
		order = append(order, info.ID)
	}
	for _, id := range append(order, own...) {
		n := categories[id]
		if n == nil {
			n = &CategoryCount{Category: id}
		}
		n.Labels = labelCounts(id, labels)
		c.Categories = append(c.Categories, *n)
	}
	for k, risk := range risks {
		c.Risks = append(c.Risks, RiskCount{risk, len(byRisk[k])})
	}
	return c
}

// labelCounts returns the labels of a category with their numbers of entries.
func labelCounts(id lexicon.Category, counts map[lexicon.Target]int) (list []LabelCount) {
	info, _ := id.Info()
	for _, label := range info.Labels {
		list = append(list, LabelCount{label.ID, counts[lexicon.Target{Category: id, Label: label.ID}]})
	}
	var other []string
	for t := range counts {
		if _, ok := info.Label(t.Label); t.Category == id && !ok && t.Label != "" {
			other = append(other, t.Label)
		}
	}
	slices.Sort(other)
	for _, label := range other {
		list = append(list, LabelCount{label, counts[lexicon.Target{Category: id, Label: label}]})
	}
	if n := counts[lexicon.Target{Category: id}]; n > 0 {
		list = append(list, LabelCount{"", n})
	}
	return list
}
