package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/lexicon"
)

type importFlags struct {
	into     string
	category string
	mapping  []string
	form     string
	owner    string
}

// newLexiconImportCommand brings word lists of other programs into a pack.
func newLexiconImportCommand(c console) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import --into PACK FILE…",
		Short: "把现有词表导入词库",
		Long: `把现有词表导入词库：每个 FILE 写成 PACK/terms/import-名称.csv。PACK 不存在时新建。

能读的形式（--form，默认自动判断；UTF-8、GB18030、带 BOM 的 UTF-16 都可以）：
  lines  每行一个词
  tab    词<TAB>类别
  tags   词 标签1,标签2（houbb/sensitive-word 的格式）
  csv    有表头的表格，列名可以是 敏感词、类别、建议写法、备注 等

类别写 id（gambling_fraud）、名称（赌博诈骗）或子类（赌博）都认得；其他叫法用 --map 对应，
例如 --map 涉赌=gambling_fraud/gambling；--map 其他=- 表示不要这一类。没有标签的词归 --category。
有对应不上的标签时一个字也不写，并列出全部。词库里已有的词和重复的词跳过。

退出码：0 完成；2 用法错误、文件无法读写或标签对应不上；3 词表无法读取，或 PACK 有错误。`,
		Example: `  shenjiao lexicon import --into mypack --category gambling_fraud words.txt
  shenjiao lexicon import --into mypack --map 0=political_terms --map 3=- sensitive_word_dict.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(c, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.into, "into", "", "词库文件夹（必填；不存在则新建）")
	flags.StringVar(&f.category, "category", "", "没有标签的词归入的类别，或 类别/子类")
	flags.StringArrayVar(&f.mapping, "map", nil, "标签=类别、标签=类别/子类，或 标签=-（不要）；可重复")
	flags.StringVar(&f.form, "form", "auto", "词表形式："+strings.Join(lexicon.ListForms(), "|"))
	flags.StringVar(&f.owner, "owner", "", "新建词库时写入的负责人")
	return cmd
}

// targets says where tags go; nil is nowhere.
type targets struct {
	tags     map[string]*lexicon.Target
	untagged *lexicon.Target
}

func (f *importFlags) targets() (t targets, err error) {
	errs := []error{wantOne("form", f.form, lexicon.ListForms()...)}
	if f.into == "" {
		errs = append(errs, errors.New("--into: missing, want the folder of a pack"))
	}
	parse := func(flag, s string) *lexicon.Target {
		target, err := lexicon.ParseTarget(s)
		if err != nil {
			errs = append(errs, fmt.Errorf("--%s: %s", flag, strings.TrimPrefix(err.Error(), "lexicon: ")))
		}
		return &target
	}
	t.tags = map[string]*lexicon.Target{}
	if f.category != "" {
		t.untagged = parse("category", f.category)
	}
	for _, m := range f.mapping {
		tag, to, ok := strings.Cut(m, "=")
		switch {
		case !ok || tag == "":
			errs = append(errs, fmt.Errorf("--map: got %q, want TAG=CATEGORY", m))
		case to == "-":
			t.tags[tag] = nil
		default:
			t.tags[tag] = parse("map", to)
		}
	}
	return t, errors.Join(errs...)
}

// of returns where an item goes, nil for nowhere, and false if nobody said
// so: then the tag is one that is not known, "" for none at all.
func (t targets) of(item *lexicon.ListItem) (to *lexicon.Target, unknown string, ok bool) {
	if len(item.Tags) == 0 {
		return t.untagged, "", t.untagged != nil
	}
	for _, tag := range item.Tags {
		if to, ok := t.tags[tag]; ok {
			return to, "", true
		}
		if to, ok := lexicon.TargetOf(tag); ok {
			return &to, "", true
		}
	}
	return nil, item.Tags[0], false
}

func (f *importFlags) run(c console, paths []string) error {
	t, err := f.targets()
	if err != nil {
		return err
	}
	known, err := f.known(c)
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	unknown := map[string]int{}
	var report strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return readable(err)
		}
		list, err := lexicon.ReadList(filepath.ToSlash(path), data, lexicon.ListForm(f.form))
		var problems lexicon.Problems
		if errors.As(err, &problems) {
			for _, p := range problems {
				fmt.Fprintf(c.out, "%v: %s\n", p.Place, p.Chinese())
			}
			return errPack
		}
		var kept []lexicon.ListItem
		goes := map[lexicon.Place]lexicon.Target{}
		again, dropped := 0, 0
		for _, item := range list.Items {
			to, tag, ok := t.of(&item)
			switch {
			case !ok:
				unknown[tag]++
			case to == nil:
				dropped++
			case known[*to][item.Term]:
				again++
			default:
				if known[*to] == nil {
					known[*to] = map[string]bool{}
				}
				known[*to][item.Term] = true
				goes[item.Place] = *to
				kept = append(kept, item)
			}
		}
		base := filepath.Base(path)
		name := filepath.Join(f.into, "terms", "import-"+strings.TrimSuffix(base, filepath.Ext(base))+".csv")
		if _, err := os.Stat(name); err == nil || files[name] != nil {
			return fmt.Errorf("%s is there already: remove it, or rename the list", filepath.ToSlash(name))
		}
		fmt.Fprintf(&report, "%s（%s）：导入 %d 条，已有或重复 %d 条，不要的 %d 条，不能用的 %d 行\n",
			filepath.ToSlash(path), list.Form, len(kept), again, dropped, len(list.Skipped))
		for _, p := range list.Skipped {
			fmt.Fprintf(&report, "  %v: %s\n", p.Place, p.Chinese())
		}
		if len(kept) > 0 {
			if files[name], err = lexicon.TermsCSV(kept, func(item *lexicon.ListItem) lexicon.Target { return goes[item.Place] }, "导入自 "+base); err != nil {
				return err
			}
			fmt.Fprintf(&report, "  写入 %s\n", filepath.ToSlash(name))
		}
	}
	if len(unknown) > 0 {
		return unknownTags(unknown)
	}
	if err := f.write(files); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s下一步：shenjiao lexicon lint %s\n", report.String(), filepath.ToSlash(f.into))
	return nil
}

// unknownTags says how to give tags a place.
func unknownTags(unknown map[string]int) error {
	tags := slices.SortedFunc(maps.Keys(unknown), func(a, b string) int {
		return cmp.Or(-cmp.Compare(unknown[a], unknown[b]), strings.Compare(a, b))
	})
	var errs []error
	for _, tag := range tags {
		if tag == "" {
			errs = append(errs, fmt.Errorf("%d words have no category: give one with --category", unknown[tag]))
			continue
		}
		errs = append(errs, fmt.Errorf("%d words have the unknown tag %q: give --map %s=CATEGORY, or --map %s=- to leave them out", unknown[tag], tag, tag, tag))
	}
	return errors.Join(append(errs, errors.New("nothing was written"))...)
}

// known returns the terms that the pack has.
func (f *importFlags) known(c console) (map[lexicon.Target]map[string]bool, error) {
	known := map[lexicon.Target]map[string]bool{}
	if _, err := os.Stat(filepath.Join(f.into, "pack.yaml")); err != nil {
		return known, nil
	}
	pack, err := loadPack(c, f.into)
	if err != nil {
		return nil, err
	}
	for _, e := range pack.Entries {
		to := lexicon.Target{Category: e.Category, Label: e.Label}
		if known[to] == nil {
			known[to] = map[string]bool{}
		}
		known[to][e.Term] = true
	}
	return known, nil
}

// write writes the files of terms, and pack.yaml if there is none.
func (f *importFlags) write(files map[string][]byte) error {
	header := filepath.Join(f.into, "pack.yaml")
	if _, err := os.Stat(header); err != nil {
		abs, err := filepath.Abs(f.into)
		if err != nil {
			return err
		}
		id := strings.ToLower(filepath.Base(abs))
		if err := lexicon.CheckID(id); err != nil {
			return fmt.Errorf("--into: the name of the folder becomes the id of the pack: %s", strings.TrimPrefix(err.Error(), "lexicon: "))
		}
		yaml := fmt.Sprintf("id: %s\nversion: 1.0.0\n", id)
		if f.owner != "" {
			yaml += fmt.Sprintf("owner: %q\n", f.owner)
		}
		files[header] = []byte(yaml)
	}
	if err := os.MkdirAll(filepath.Join(f.into, "terms"), 0o755); err != nil {
		return readable(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := atomicfile.Write(name, files[name], 0o644); err != nil {
			return readable(err)
		}
	}
	return nil
}
