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

// emojiWords are what people write with a picture beside, or instead of, its
// name in CLDR: by what it shows, or by what its colour or sound means.
var emojiWords = []struct{ pictures, words string }{
	{"⚫🖤⬛", "黑"}, {"⚪🤍⬜", "白"}, {"🟢💚🟩", "绿"}, {"🟡💛🟨", "黄"}, {"🔴🟥", "红"}, {"🔵💙🟦", "蓝"},
	{"♀👩🚺", "女 女人"}, {"♂👨🚹", "男 男人"}, {"👧", "妹 女"}, {"👦", "男 仔"}, {"👶", "婴 崽"}, {"👴", "爷 老头"}, {"👵", "奶 婆 老太婆"},
	{"🐶🐕", "狗"}, {"🐷🐖🐽", "猪"}, {"🐔🐓🐤🐥🐣", "鸡"}, {"🐤🐥🐦", "鸟"}, {"🐴🐎🏇", "马"}, {"🐢", "龟 王八"}, {"🐸", "蛙"},
	{"🐵🐒", "猴"}, {"🐭🐁🐀", "鼠"}, {"🐰🐇", "兔"}, {"🐍", "蛇"}, {"🐯🐅", "虎"}, {"🐲🐉", "龙"}, {"🐑🐏", "羊"}, {"🐮🐂🐄", "牛"},
	{"🐛", "虫 蛆"}, {"🦐🦞", "虾"}, {"🐟🐠", "鱼"}, {"🦊", "狐"}, {"🐻", "熊"}, {"🦆", "鸭"}, {"🐱🐈", "猫"}, {"🐜", "蚁"}, {"🦂", "蝎"},
	{"👻👹👺", "鬼"}, {"💀☠", "死 骷髅"}, {"💩", "屎 粪 便"}, {"🥚", "蛋"}, {"🍵", "茶"}, {"🍆", "屌"}, {"🍑", "臀"}, {"🤡", "丑"}, {"😈👿", "魔"},
	{"🔪🗡", "刀 杀 砍"}, {"🔫", "枪"}, {"💣", "炸 弹 炸弹"}, {"👊🤜", "打 拳"}, {"✊", "拳"}, {"🚬", "烟"}, {"💊", "药"}, {"💉", "针 打针"},
	{"💰💵💴💸", "钱"}, {"🎲🎰", "赌 赌博"}, {"🚗🚘", "车"}, {"✈🛩", "飞 飞机 机"}, {"🔞", "黄"}, {"🈲", "禁"}, {"🧊❄", "冰"}, {"☁", "云"},
	{"👀👁", "看 眼"}, {"👂", "耳 听"}, {"👃", "鼻"}, {"👄👅", "嘴 口 舌"}, {"🦶", "脚"}, {"🦵", "腿"}, {"🧠", "脑"}, {"💋", "吻"}, {"✋🤚", "手"},
	{"👑", "皇 王"}, {"🏠🏡", "家"}, {"🚪", "门"}, {"🛏", "床"}, {"💧", "水"}, {"🔥", "火"}, {"🌳🌲", "树 木"}, {"⛰🏔", "山"}, {"🌙🌛", "月"},
	{"⭐🌟", "星"}, {"☀🌞", "日 太阳"}, {"🌹", "玫"}, {"🌸🌺", "花"}, {"🌿🌱", "草"}, {"🍺🍷", "酒"}, {"🌶", "辣"}, {"🥦", "菜"}, {"🥜", "花生"},
	{"🐚", "贝"}, {"💍", "戒"}, {"👗", "裙"}, {"📱", "手机"}, {"☎📞", "电"}, {"⚡", "电"}, {"🔑", "钥"}, {"💯", "百"}, {"🏳", "旗"}, {"⚽", "球"},
	{"🅱", "逼"}, {"🈚", "无"}, {"🉐", "得"}, {"🈵", "满"}, {"🈳", "空"}, {"👌", "好"}, {"❌❎🚫", "叉 不"}, {"➕", "加"}, {"🆙", "上"}, {"⬆", "上"}, {"⬇", "下"},
}

// strokeClose are characters that differ by a stroke or its length and share no
// part that the decompositions know, in groups; a character may stand in several.
var strokeClose = "人入八 大太犬丈 日曰目 己已巳 土士 未末本木术 千干于 天夭夫无 甲由申田电 王玉主 刀力刃刁 午牛 乌鸟 儿几 白自臼百 贝见 母毋毌 " +
	"女文安 子孑孓予 口囗 小少 免兔 今令 仓仑 风凤 户尸 广厂 九丸 万方 文交 火灭 止正 上止 又叉 勿匆 心必 手毛 斤斥 折拆 拨拔 茶荼 " +
	"戊戌戍 侯候 徒徙 祟崇 遂逐 享亨 兵乒乓 冶治 晴睛 辛幸 侍待 买卖 旱早 栗粟 农衣 爪瓜 弋戈 氏氐 印卯 卵卯 代伐 仅仪 他她地 们门 " +
	"汉汊 妓技 鸡鸠 狗拘 猪诸 屁屈 尻尼 操澡 奶仍 妈吗骂 爸爷 货贷 贱贼 骗骟 赌睹 博搏膊 毒素 嫖漂 淫滛 色邑 裸棵 娼唱 婊裱 枪抢 弹惮 " +
	"傻俊 逼逗遍福 蠢春 笨苯 滚浪 死列 残浅钱 废发 脑恼 蛋旦 黑墨嘿 白臼 鬼瑰 奴努怒 拳卷 绿录 台合 国围固 北比 洋祥 印卬 倭矮 娘浪狼 炮泡 性姓 同问 男另 基其 直真 舔添 丑五 粪类 屎尾 尿屁"
