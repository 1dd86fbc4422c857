package lexicon

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A List is a word list of another program.
type List struct {
	Form  ListForm
	Items []ListItem
	// Skipped are lines that hold no term that could be looked for, each with
	// its reason.
	Skipped Problems
}

// A ListItem is one word of a list.
type ListItem struct {
	Term    string
	Tags    []string // as the list calls what we call categories; often none
	Suggest string
	Note    string
	Place   Place
}

// A ListForm is a form of word lists.
type ListForm string

// The forms. Comments are lines that begin with #.
const (
	ListAuto  ListForm = "auto"  // found out by looking
	ListLines ListForm = "lines" // a word a line
	ListTab   ListForm = "tab"   // word, tab, tag, perhaps more tabs and tags
	ListTags  ListForm = "tags"  // word, blank, tags with commas between them, as houbb/sensitive-word has it
	ListCSV   ListForm = "csv"   // a header row that names a column of words, in Chinese or English
)

// ListForms returns the names of all forms.
func ListForms() []string {
	return []string{string(ListAuto), string(ListLines), string(ListTab), string(ListTags), string(ListCSV)}
}

// taggedLine is a line of the form ListTags.
var taggedLine = regexp.MustCompile(`^\S+[ \x{3000}]+[^\s,，]+([,，][^\s,，]+)*$`)

// listHeaders are names under which other lists have the columns of ours.
var listHeaders = map[string][]string{
	"term":    {"term", "word", "words", "keyword", "词条", "词语", "词", "敏感词", "关键词", "违禁词", "内容"},
	"tags":    {"category", "type", "tag", "tags", "label", "class", "类别", "分类", "类型", "标签"},
	"suggest": {"suggest", "suggestion", "replacement", "建议", "建议写法", "正确写法", "替换", "替换为", "改为"},
	"note":    {"note", "notes", "remark", "comment", "备注", "说明"},
}

// ReadList reads a word list in UTF-8, GB18030 or UTF-16 with a mark. A file
// that cannot be read as a list is an error, [Problems].
func ReadList(name string, data []byte, form ListForm) (*List, error) {
	r := &reporter{}
	text, ok := decode(name, data, r)
	if !ok {
		return nil, r.problems
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if form == ListAuto {
		form = listForm(text)
	}
	l := &List{Form: form}
	if form == ListCSV {
		l.readCSV(name, text, r)
	} else {
		for i, s := range strings.Split(text, "\n") {
			s = strings.TrimFunc(s, isBlank)
			if s == "" || s[0] == '#' {
				continue
			}
			item := ListItem{Term: s, Place: Place{name, i + 1, 1}}
			switch form {
			case ListTab:
				fields := strings.Split(s, "\t")
				item.Term, item.Tags = fields[0], fields[1:]
			case ListTags:
				if i := strings.IndexAny(s, " \u3000"); i >= 0 {
					item.Term, item.Tags = s[:i], tagsOf(s[i:])
				}
			}
			l.add(item)
		}
	}
	if r.errors > 0 {
		return nil, r.problems
	}
	return l, nil
}

// tagsOf divides tags with commas between them.
func tagsOf(s string) []string {
	return strings.FieldsFunc(strings.TrimFunc(s, isBlank), func(r rune) bool { return r == ',' || r == '，' })
}

// listForm says what form a list most likely has.
func listForm(text string) ListForm {
	lines, tabs, tagged, uses := 0, 0, 0, 0
	tags := map[string]bool{}
	for s := range strings.SplitSeq(text, "\n") {
		s = strings.TrimFunc(s, isBlank)
		if s == "" || s[0] == '#' {
			continue
		}
		if lines == 0 {
			if header := headerOf(strings.Split(s, ",")); header["term"] >= 0 && (strings.Contains(s, ",") || s == "term" || s == "词条") {
				return ListCSV
			}
		}
		lines++
		if strings.Contains(s, "\t") {
			tabs++
		}
		if taggedLine.MatchString(s) {
			tagged++
			for _, tag := range tagsOf(s[strings.IndexAny(s, " \u3000"):]) {
				uses++
				tags[tag] = true
			}
		}
	}
	switch {
	case 2*tabs > lines:
		return ListTab
	case 4*tagged > 3*lines && 2*len(tags) <= uses+2: // words of two parts would have tags of their own
		return ListTags
	default:
		return ListLines
	}
}

// headerOf finds our columns in a header row, -1 for those that are not there.
func headerOf(cells []string) map[string]int {
	header := map[string]int{}
	for column, names := range listHeaders {
		header[column] = slices.IndexFunc(cells, func(c string) bool {
			return slices.Contains(names, strings.ToLower(strings.Trim(strings.TrimFunc(c, isBlank), `"`)))
		})
	}
	return header
}

func (l *List) readCSV(name, text string, r *reporter) {
	lines := splitCSV(name, text, r)
	first := slices.IndexFunc(lines, func(l line) bool { return l.cells != nil })
	if first < 0 || headerOf(lines[first].cells)["term"] < 0 {
		r.errorf(Place{name, 1, 1}, "no header row, want one with the column %s; columns are %s", "term", strings.Join(listHeaders["term"], ", "))
		return
	}
	header := headerOf(lines[first].cells)
	for _, row := range lines[first+1:] {
		if row.cells == nil {
			continue
		}
		get := func(column string) string {
			if i := header[column]; i >= 0 && i < len(row.cells) {
				return row.cells[i]
			}
			return ""
		}
		item := ListItem{Term: get("term"), Suggest: get("suggest"), Note: get("note"), Place: row.at}
		if tags := get("tags"); tags != "" {
			item.Tags = []string{tags}
		}
		l.add(item)
	}
}

// add adds an item, or what keeps it from being a term.
func (l *List) add(item ListItem) {
	r := reporter{}
	item.Term = strings.TrimFunc(item.Term, isBlank)
	for i := range item.Tags {
		item.Tags[i] = strings.TrimFunc(item.Tags[i], isBlank)
	}
	item.Tags = slices.DeleteFunc(item.Tags, func(tag string) bool { return tag == "" })
	if fault := textFault(item.Term, false); fault != nil {
		r.errorf(item.Place, "%s %s", "term", fault)
	} else if r.word(item.Place, "term", item.Term) {
		l.Items = append(l.Items, item)
		return
	}
	l.Skipped = append(l.Skipped, r.problems...)
}

// A Target is where the words of a tag go.
type Target struct {
	Category Category `json:"category"`
	Label    string   `json:"label,omitempty"` // "" for none
}

// ParseTarget reads a category, or category/label.
func ParseTarget(s string) (Target, error) {
	category, label, _ := strings.Cut(s, "/")
	t := Target{Category(category), label}
	if fault := categoryFault(category); fault != nil {
		return Target{}, fmt.Errorf("lexicon: %s", fault)
	}
	if label != "" {
		if fault := t.Category.labelFault(label); fault != nil {
			return Target{}, fmt.Errorf("lexicon: %s", fault)
		}
	}
	return t, nil
}

// TargetOf returns the category and label that a tag names by its id or its
// Chinese or English title: gambling_fraud, 赌博诈骗, 赌博, category/label.
func TargetOf(tag string) (Target, bool) {
	if t, err := ParseTarget(tag); err == nil {
		return t, true
	}
	for _, info := range categories {
		if tag == info.Title || strings.EqualFold(tag, info.English) {
			return Target{Category: info.ID}, true
		}
	}
	var found []Target
	for _, info := range categories {
		for _, label := range info.Labels {
			if tag == label.Title || tag == label.ID {
				found = append(found, Target{info.ID, label.ID})
			}
		}
	}
	if len(found) != 1 {
		return Target{}, false
	}
	return found[0], true
}

// TermsCSV returns a terms file of items with a column category, in the form
// of [Format]. comment, if any, is its first line.
func TermsCSV(items []ListItem, target func(*ListItem) Target, comment string) ([]byte, error) {
	var b strings.Builder
	if comment != "" {
		fmt.Fprintf(&b, "# %s\n", strings.Join(strings.Fields(comment), " "))
	}
	rows := [][]string{{"term", "category", "label", "suggest", "note"}}
	for i := range items {
		t := target(&items[i])
		rows = append(rows, []string{items[i].Term, string(t.Category), t.Label, items[i].Suggest, items[i].Note})
	}
	drop := func(column int) bool {
		return !slices.ContainsFunc(rows[1:], func(row []string) bool { return row[column] != "" })
	}
	for column := len(rows[0]) - 1; column > 1; column-- {
		if drop(column) {
			for i := range rows {
				rows[i] = slices.Delete(rows[i], column, column+1)
			}
		}
	}
	out := []byte(b.String())
	for _, row := range rows {
		out = append(appendCells(out, row), '\n')
	}
	return Format("terms.csv", out)
}
