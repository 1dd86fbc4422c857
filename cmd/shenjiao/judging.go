package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/rules"
)

// judgingFlags are the flags that say by what drafts are judged.
type judgingFlags struct {
	lexicons      []string
	noStarter     bool
	signatures    signatureFlags
	cache         string
	profile       string
	ownRules      []string
	noRules       bool
	noSemantic    bool
	channels      string
	minConfidence float64
	baseline      string
	inline        string
	lang          string
}

func (f *judgingFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.lexicons, "lexicon", nil, "追加词库文件夹（可重复；与内置词库一起使用）")
	flags.BoolVar(&f.noStarter, "no-starter", false, "不使用内置词库")
	f.signatures.add(cmd)
	flags.StringVar(&f.cache, "cache", "", "编译缓存文件夹：词库未变时不再重新编译，启动更快")
	flags.StringVar(&f.profile, "profile", "", "规则配置：内置名称（"+strings.Join(rules.Presets(), "、")+"）或文件；不写则为 wechat2026 加 three-level")
	flags.StringArrayVar(&f.ownRules, "rules", nil, "本单位规则文件（可重复）")
	flags.BoolVar(&f.noRules, "no-rules", false, "不检查发布规则，只检查词条")
	flags.BoolVar(&f.noSemantic, "no-semantic", false, "不做语义判断，只检查词条、识别项和规则")
	flags.StringVar(&f.channels, "channels", "default", "识别哪些变形：default|all|名称列表，如 width,case 或 -noise,+lookalike（见 shenjiao channels）")
	flags.Float64Var(&f.minConfidence, "min-confidence", 0, "置信度低于此值（0 到 1）的结果不采信")
	flags.StringVar(&f.baseline, "baseline", "", "已知问题清单（JSON）：其中的问题计为豁免，不影响结论")
	flags.StringVar(&f.inline, "inline", "review", "稿内注释（shenjiao:ignore）最多可豁免到：nothing|note|review|block")
	flags.StringVar(&f.lang, "lang", "zh", "结果语言：zh|en")
}

// check reads the flags that have a form of their own.
func (f *judgingFlags) check() (channels, error) {
	errs := []error{
		wantOne("lang", f.lang, "zh", "en"),
		wantOne("inline", f.inline, "nothing", "note", "review", "block"),
	}
	if !(f.minConfidence >= 0 && f.minConfidence <= 1) {
		errs = append(errs, fmt.Errorf("--min-confidence: want a number from 0 to 1, got %v", f.minConfidence))
	}
	channels, err := parseChannels(f.channels)
	return channels, errors.Join(append(errs, err)...)
}

// options are those of a scanner, without a baseline and packs.
func (f *judgingFlags) options(c channels) (opts shenjiao.Options, err error) {
	opts = shenjiao.Options{
		NoStarter: f.noStarter, Channels: c.set, ChannelChange: c.change, MinConfidence: f.minConfidence,
		Language: shenjiao.Language(f.lang), Inline: shenjiao.InlineTrust(f.inline), CacheDir: f.cache, NoSemantic: f.noSemantic,
	}
	if opts.Profile, opts.NoRules, err = f.readProfile(); err != nil {
		return opts, err
	}
	if opts.OwnRules, err = openRules(f.ownRules); err != nil {
		return opts, err
	}
	for _, dir := range f.lexicons {
		if info, err := os.Stat(dir); err != nil {
			return opts, fmt.Errorf("--lexicon: %w", readable(err))
		} else if !info.IsDir() {
			return opts, fmt.Errorf("--lexicon: %s is a file, want the folder of a pack (with pack.yaml)", dir)
		}
	}
	return opts, nil
}

// scanner makes the scanner with the packs of --lexicon.
func (f *judgingFlags) scanner(opts shenjiao.Options) (*shenjiao.Scanner, error) {
	for _, dir := range f.lexicons {
		opts.Packs = append(opts.Packs, lexicon.Folder(dir))
	}
	accept, err := f.signatures.open(f.lexicons, opts.Packs)
	if err != nil {
		return nil, err
	}
	scanner, err := shenjiao.New(opts)
	if err != nil {
		return nil, f.namePacks(err)
	}
	if err := accept(); err != nil {
		return nil, err
	}
	return scanner, nil
}

// namePacks replaces the library's numbers of packs by what the user typed.
func (f *judgingFlags) namePacks(err error) error {
	s := trimPrefix(err.Error())
	for i, dir := range f.lexicons {
		s = strings.ReplaceAll(s, fmt.Sprintf("shenjiao: Options.Packs[%d]: ", i), "--lexicon "+dir+":\n")
		s = strings.ReplaceAll(s, fmt.Sprintf("Options.Packs[%d]: ", i), "--lexicon "+dir+":\n")
	}
	return errors.New(s)
}
