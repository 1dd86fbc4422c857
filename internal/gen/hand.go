package main

// The lists of this file are written by hand, from the names in the Unicode
// character database; no other source has them.

// run says that the runes from first to last stand for the runes from target
// on, in the same order.
type run struct{ first, last, target rune }

// enclosed are letters and digits inside a shape that NFKC leaves alone or
// turns into something else.
var enclosed = []run{
	{0x24F5, 0x24FD, '1'},   // ⓵ double circled
	{0x24FF, 0x24FF, '0'},   // ⓿ negative circled
	{0x2776, 0x277E, '1'},   // ❶ dingbat negative circled
	{0x2780, 0x2788, '1'},   // ➀ dingbat circled sans-serif
	{0x278A, 0x2792, '1'},   // ➊ dingbat negative circled sans-serif
	{0x1F10B, 0x1F10B, '0'}, // 🄋 dingbat circled sans-serif
	{0x1F10C, 0x1F10C, '0'}, // 🄌 dingbat negative circled sans-serif
	{0x1F150, 0x1F169, 'A'}, // 🅐 negative circled
	{0x1F170, 0x1F189, 'A'}, // 🅰 negative squared
	{0x1F1E6, 0x1F1FF, 'A'}, // 🇦 regional indicator symbols
}

// smallCapitals are the LATIN LETTER SMALL CAPITALs; there is none for X.
var smallCapitals = [2]string{
	"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ",
	"abcdefghijklmnopqrstuvwyz",
}

// roman are the Roman numerals that mean one digit. NFKC calls them letters
// (Ⅴ is V); in Chinese text they number things.
var roman = []run{
	{0x2160, 0x2168, '1'}, // Ⅰ to Ⅸ
	{0x2170, 0x2178, '1'}, // ⅰ to ⅸ
}

// hanNumerals are, by digit, the ideographs that write it: everyday, banker's,
// and the old forms of one to three; then the Hangzhou numerals, which are
// letter numbers. Traditional forms arrive by OpenCC (貳 to 贰). Not here: 两,
// 幺 and 参, which are words of their own more often than digits, and tens.
var hanNumerals = [10]string{
	"〇零",
	"一壹弌〡",
	"二贰弍〢",
	"三叁弎〣",
	"四肆〤",
	"五伍〥",
	"六陆〦",
	"七柒〧",
	"八捌〨",
	"九玖〩",
}

// lookalikes are confusables that the list of UTS #39 lacks, or has the other
// way round, as source and target. A pair is here only if the two are hard to
// tell apart in a running text or if generators of "fancy text" write one
// for the other. Where upper and lower case look like different letters, the
// shape in this list wins and the case pair is refused.
var lookalikes = []struct{ pairs, why string }{
	{"ηn μu ωw", "Greek small letters; their capitals look like H, M and Ω"},
	{"пn шw єe қk", "Cyrillic; в к м н т follow their capitals, а е о р с у х і ј ѕ ԁ are in the list"},
	{"ŋn ßb ȷj", "Latin"},
	{"ꓲI 𐌉I", "Lisu and Old Italic capital I, which the list folds with l"},
	{"ᗩA ᑕC ᑎN ᑫq ᔕS ᗯW ᘔZ", "Canadian syllabics that complete the fancy alphabet ᗩᗷᑕᗪᖴ…"},
	{"ー一", "Katakana length mark; in the list as 一 to ー"},
	{"オ才 ム厶 ヌ又 ヒ匕 メ乂 ノ丿 ヨ彐 チ千", "Katakana, most of them made from that very character or one like it"},
	{"ㄚ丫 ㄏ厂 ㄇ冂 ㄈ匚 ㄕ尸 ㄖ日 ㄙ厶 ㄩ凵 ㄎ丂 ㄔ彳 ㄗ卩 ㄠ幺 ㄡ又 ㄤ尢 ㄦ儿 ㄌ力 ㄋ乃 ㄉ刀 ㄨ乂 ㄐ丩 ㄧ一", "Bopomofo, each a form of that character"},
	{"ㅁ口 ㅅ人 ㅡ一", "Hangul letters; ㅣ丨 is in the list"},
	{"㇐一 ㇒丿 ㇔丶", "CJK strokes that are a character by themselves"},
}
