package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

// maskFlags are the flags of shenjiao mask.
type maskFlags struct {
	judgingFlags
	mode       string
	mask       string
	least      string
	categories []string
	stop       bool
	output     string
}

func newMaskCommand(c console) *cobra.Command {
	f := maskFlags{judgingFlags: judgingFlags{inline: "review"}} // there are no comments in plain text
	cmd := &cobra.Command{
		Use:   "mask [flags] [FILE…]",
		Short: "遮蔽文字中的问题词句与个人信息：纯文本文件，- 为标准输入",
		Long: `把不能直接发布的词句与个人信息遮蔽，其余文字原样输出。FILE 是 .txt 文件或 -（标准输入，不写即是）；
几个文件依次输出。边读边写：确定不属于任何问题的文字立即输出，内存不随长度增长。

退出码：0 完成；1 --stop 时遇到问题而停止；2 用法错误或输入无法读取。`,
		Example: `  shenjiao mask draft.txt > masked.txt
  tail -f chat.log | shenjiao mask --mode category
  shenjiao mask --least note --category personal_info list.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"-"}
			}
			return f.run(cmd.Context(), c, args)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.mode, "mode", "chars", "遮蔽方式：chars 逐字（个人信息保留首尾）|fixed 整处替换|category 换成类别名称")
	flags.StringVar(&f.mask, "mask", "", "chars 的遮蔽字符（默认 *）或 fixed 的替换文字（默认 ***）")
	flags.StringVar(&f.least, "least", "review", "遮蔽达到何种程度的问题：note|review|block")
	flags.StringSliceVar(&f.categories, "category", nil, "只遮蔽这些类别（逗号分隔，可重复）")
	flags.BoolVar(&f.stop, "stop", false, "遇到第一处问题即停止输出")
	flags.StringArrayVar(&f.lexicons, "lexicon", nil, "追加词库文件夹（可重复；与内置词库一起使用）")
	flags.BoolVar(&f.noStarter, "no-starter", false, "不使用内置词库")
	f.signatures.add(cmd)
	flags.StringVar(&f.cache, "cache", "", "编译缓存文件夹：词库未变时不再重新编译，启动更快")
	flags.StringVar(&f.profile, "profile", "", "规则配置：其中允许公开的联系方式不遮蔽；内置名称（"+strings.Join(rules.Presets(), "、")+"）或文件")
	flags.StringVar(&f.channels, "channels", "default", "识别哪些变形：default|all|名称列表，如 width,case 或 -noise,+lookalike（见 shenjiao channels）")
	flags.Float64Var(&f.minConfidence, "min-confidence", 0, "置信度低于此值（0 到 1）的结果不采信")
	flags.StringVar(&f.output, "output", "", "结果写入文件，不能是输入文件")
	flags.StringVar(&f.lang, "lang", "zh", "类别名称的语言：zh|en")
	addConfig(cmd)
	return cmd
}

// errStopped is returned when --stop ended the text.
var errStopped = errors.New("a finding ended the text")

func (f *maskFlags) run(ctx context.Context, c console, paths []string) (err error) {
	channels, masking, err := f.check()
	if err != nil {
		return err
	}
	judging, err := f.options(channels)
	if err != nil {
		return err
	}
	var inputs []input
	for _, path := range paths {
		in := input{path, formPlain}
		if path != "-" && extensions[strings.ToLower(filepath.Ext(path))] != formPlain {
			return fmt.Errorf("%s: mask reads plain text, want a .txt file, or standard input", in.name())
		}
		if f.output != "" && sameFile(path, f.output) {
			return fmt.Errorf("--output: %s is an input, want another file", f.output)
		}
		inputs = append(inputs, in)
	}
	scanner, err := f.scanner(judging)
	if err != nil {
		return err
	}
	out := c.out
	if f.output != "" {
		file, err := os.Create(f.output)
		if err != nil {
			return fmt.Errorf("--output: %w", readable(err))
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		out = file
	}
	for _, in := range inputs {
		if err := maskInput(ctx, scanner, masking, c.in, in, out); err != nil {
			return err
		}
	}
	return nil
}

// check reads the flags that have a form of their own.
func (f *maskFlags) check() (c channels, o shenjiao.MaskOptions, err error) {
	var errs []error
	check := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	check(wantOne("mode", f.mode, "chars", "fixed", "category"))
	check(wantOne("least", f.least, "note", "review", "block"))
	o.Least = map[string]review.Action{"note": review.ActionNote, "review": review.ActionReview, "block": review.ActionBlock}[f.least]
	o.Stop = f.stop
	switch f.mode {
	case "chars":
		star := '*'
		if f.mask != "" {
			var n int
			if star, n = utf8.DecodeRuneInString(f.mask); n != len(f.mask) || star == utf8.RuneError {
				errs = append(errs, fmt.Errorf("--mask: with --mode chars want one character, got %q", f.mask))
			}
		}
		o.With = shenjiao.MaskChars(star)
	case "fixed":
		mask := "***"
		if f.mask != "" {
			mask = f.mask
		}
		o.With = shenjiao.MaskFixed(mask)
	case "category":
		if f.mask != "" {
			errs = append(errs, errors.New("--mask: --mode category writes the name of the category, want another mode or no --mask"))
		}
		o.With = shenjiao.MaskCategory(shenjiao.Language(f.lang))
	}
	for _, name := range f.categories {
		category := lexicon.Category(name)
		if !category.Valid() {
			errs = append(errs, fmt.Errorf("--category: unknown category %q, want one of the twelve or x_ and a name", name))
		}
		o.Categories = append(o.Categories, category)
	}
	c, err = f.judgingFlags.check()
	check(err)
	return c, o, errors.Join(errs...)
}

// maskInput masks one text.
func maskInput(ctx context.Context, s *shenjiao.Scanner, o shenjiao.MaskOptions, r io.Reader, in input, out io.Writer) error {
	if in.path != "-" {
		file, err := os.Open(in.path)
		if err != nil {
			return readable(err)
		}
		defer file.Close()
		r = file
	}
	w := s.NewMaskWriter(ctx, out, o)
	_, err := io.Copy(w, &utf8Reader{r: r, line: 1, column: 1})
	if err == nil {
		err = w.Close()
	}
	var blocked *shenjiao.BlockedError
	var place *encodingError
	switch {
	case errors.As(err, &blocked):
		return errStopped
	case errors.As(err, &place):
		return fmt.Errorf("%s:%w", in.name(), err)
	case err != nil:
		return fmt.Errorf("%s: %w", in.name(), err)
	}
	return nil
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// utf8Reader fails where the text of r stops being UTF-8: in another encoding
// nothing would be found, and nothing masked.
type utf8Reader struct {
	r            io.Reader
	line, column int
	partial      []byte // of a character, passed on already
}

func (u *utf8Reader) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	data := append(u.partial, p[:n]...)
	rest := data
	for len(rest) > 0 && (utf8.FullRune(rest) || err != nil) {
		r, w := utf8.DecodeRune(rest)
		if r == utf8.RuneError && w <= 1 {
			return 0, &encodingError{u.line, u.column, looksGB18030(data)}
		}
		u.column++
		if r == '\n' {
			u.line, u.column = u.line+1, 1
		}
		rest = rest[w:]
	}
	u.partial = append(u.partial[:0], rest...)
	return n, err
}

// encodingError says where a text stops being UTF-8.
type encodingError struct {
	line, column int
	gb18030      bool
}

func (e *encodingError) Error() string {
	hint := ""
	if e.gb18030 {
		hint = "; it looks like GB18030"
	}
	return fmt.Sprintf("%d:%d: invalid UTF-8%s: save it as UTF-8", e.line, e.column, hint)
}
