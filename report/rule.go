package report

import "github.com/shenjiao/shenjiao/rules"

// RuleInfo is what reports say about a rule.
type RuleInfo struct {
	Title string // one line
	Basis string // the law, standard or house rule behind it; may be empty
}

// CatalogueRule returns what tells reports about the rules of the catalogue.
func CatalogueRule(english bool) func(id string) (RuleInfo, bool) {
	return func(id string) (RuleInfo, bool) {
		r, ok := rules.Find(id)
		info := RuleInfo{Title: r.Title, Basis: r.Basis.String()}
		if english {
			info.Title = r.English
		}
		return info, ok
	}
}
