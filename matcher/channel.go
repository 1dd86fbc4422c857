package matcher

import (
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/internal/tables"
)

// A Channel is one named way in which a text can differ from a pattern and
// still mean it. A match lists the channels that it needed.
type Channel uint8

// The channels that this package reads through. Markup and Encoded are set by
// the stage that undoes markup before the text arrives here; they are named
// here so that one table holds every channel.
const (
	Width       Channel = iota // full-width and half-width forms: ＡＢ for AB
	Case                       // upper and lower case
	Styled                     // circled, mathematical, small-capital, compatibility forms: ⓐ 𝐚 ᴀ é
	Invisible                  // zero-width and control characters, variation selectors, combining marks
	Noise                      // blanks, one line break, symbols between two characters
	Annotation                 // a character's own pinyin in brackets after it: 转(zhuǎn)发
	Traditional                // traditional and variant forms of a character: 發 for 发
	Repeat                     // a character inside the pattern written several times: 赌博博网
	Numeral                    // Chinese and Roman numerals for digits: 六合彩, 6合彩
	Confusable                 // letters of other scripts that look the same: Cyrillic а for a
	Markup                     // inline tags or emphasis marks inside the pattern: 赌<b>博</b>
	Encoded                    // character references and escapes: 赌&#21338;

	Pinyin         // the syllables of characters spelled out: dubo, du3 bo2, 赌bo
	Homophone      // another character with the same toneless syllable: 堵博
	Split          // a character's parts one after the other: 贝者博
	Leet           // digits and symbols for letters or sounds: 5b, 4全家
	Emoji          // a picture of what the character means: 🐔
	HomophoneFuzzy // a syllable that some regions do not tell apart: zh/z, n/l, an/ang
	Initials       // the first letters of syllables: nmsl, 赌b
	Lookalike      // a character that looks like it: 睹博
	Swap           // the characters in another order: 博赌
	numChannels
)

// Disguises holds the channels by which a text does not write a pattern but only
// makes a reader think of it. A match that needed one of them is a guess: what
// else the text can mean there has to be asked before it is believed.
const Disguises = ChannelSet(1<<numChannels-1) &^ (1<<Pinyin - 1)

// AllChannels holds every channel.
const AllChannels = ChannelSet(1<<numChannels - 1)

// ChannelInfo is one row of the table that [Channels] returns.
type ChannelInfo struct {
	Channel Channel
	Name    string // as in lexicon files, options and reports
	Title   string // for editors, Chinese
	// Keep is the share of confidence that is left when a match needed the
	// channel. The values order the channels by how often they occur in
	// honest text: width, case and script are spelling; an inserted symbol or
	// a look-alike letter is rarely an accident.
	Keep float64
	// Default says whether patterns of the default set read through it.
	Default bool
	// Hint says that a match which needed the channel is a hint for a person,
	// whatever else speaks for it: never enough to block a text by itself.
	Hint bool
}

var channelTable = [numChannels]ChannelInfo{
	{Width, "width", "全角半角", 1.00, true, false},
	{Case, "case", "大小写", 1.00, true, false},
	{Styled, "styled", "花体字符", 0.95, true, false},
	{Invisible, "invisible", "不可见字符", 0.97, true, false},
	{Noise, "noise", "插入符号", 0.90, true, false},
	{Annotation, "annotation", "夹注拼音", 0.98, true, false},
	{Traditional, "traditional", "繁体异体", 0.99, true, false},
	{Repeat, "repeat", "叠字", 0.90, true, false},
	{Numeral, "numeral", "数字写法", 0.90, true, false},
	{Confusable, "confusable", "形似字母", 0.90, true, false},
	{Markup, "markup", "标记隔断", 0.97, true, false},
	{Encoded, "encoded", "编码字符", 0.95, true, false},
	{Pinyin, "pinyin", "拼音", 0.85, false, false},
	{Homophone, "homophone", "同音字", 0.80, false, false},
	{Split, "split", "拆字", 0.85, false, false},
	{Leet, "leet", "数字符号代字", 0.80, false, false},
	{Emoji, "emoji", "表情代字", 0.80, false, false},
	{HomophoneFuzzy, "homophone_fuzzy", "近音字", 0.65, false, true},
	{Initials, "initials", "拼音首字母", 0.60, false, true},
	{Lookalike, "lookalike", "形近字", 0.60, false, true},
	{Swap, "swap", "换序", 0.65, false, true},
}

// Channels returns the table of channels, in the order of their numbers.
func Channels() []ChannelInfo { return channelTable[:] }

// String returns the channel's name in lexicon files and reports.
func (c Channel) String() string {
	if c >= numChannels {
		return fmt.Sprintf("Channel(%d)", uint8(c))
	}
	return channelTable[c].Name
}

// ParseChannel returns the channel of that name.
func ParseChannel(name string) (Channel, bool) {
	for _, info := range channelTable {
		if info.Name == name {
			return info.Channel, true
		}
	}
	return 0, false
}

// A ChannelSet is a set of channels. The zero value is empty: nothing may
// differ, so a pattern with it is matched as it is written.
type ChannelSet uint32

// DefaultChannels holds every channel whose Default is true.
var DefaultChannels = func() (s ChannelSet) {
	for _, info := range channelTable {
		if info.Default {
			s = s.With(info.Channel)
		}
	}
	return s
}()

// Set returns the set of the given channels.
func Set(cs ...Channel) (s ChannelSet) {
	for _, c := range cs {
		s |= 1 << c
	}
	return s
}

// Has reports whether c is in s.
func (s ChannelSet) Has(c Channel) bool { return s>>c&1 != 0 }

// With returns s and c.
func (s ChannelSet) With(c Channel) ChannelSet { return s | 1<<c }

// Without returns s without c.
func (s ChannelSet) Without(c Channel) ChannelSet { return s &^ (1 << c) }

// Names returns the names of the channels in s, in the order of the table.
func (s ChannelSet) Names() []string {
	var names []string
	for c := range numChannels {
		if s.Has(c) {
			names = append(names, c.String())
		}
	}
	return names
}

// String joins the names with "+"; the empty set is "literal". Bits that are no
// channel are shown as a number.
func (s ChannelSet) String() string {
	if s == 0 {
		return "literal"
	}
	if extra := s >> numChannels << numChannels; extra != 0 {
		return fmt.Sprintf("ChannelSet(%#x)", uint32(s))
	}
	return strings.Join(s.Names(), "+")
}

// Confidence is the product of what each channel of s leaves, 1 for none.
func (s ChannelSet) Confidence() float64 {
	p := 1.0
	for c := range numChannels {
		if s.Has(c) {
			p *= channelTable[c].Keep
		}
	}
	return p
}

// channelsOf translates the folds of the tables to channels.
func channelsOf(k tables.Kinds) (s ChannelSet) {
	for _, m := range [...]struct {
		kind tables.Kind
		c    Channel
	}{
		{tables.Width, Width},
		{tables.Case, Case},
		{tables.Styled, Styled},
		{tables.Traditional, Traditional},
		{tables.Numeral, Numeral},
		{tables.Confusable, Confusable},
	} {
		if k.Has(m.kind) {
			s = s.With(m.c)
		}
	}
	return s
}

// kindChannel is channelsOf for one step of a fold.
func kindChannel(k tables.Kind) Channel {
	switch k {
	case tables.Width:
		return Width
	case tables.Case:
		return Case
	case tables.Styled:
		return Styled
	case tables.Traditional:
		return Traditional
	case tables.Numeral:
		return Numeral
	default:
		return Confusable
	}
}
