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
	{"🏟", "场"}, {"💊", "丸"}, {"🚬", "吸 抽"}, {"💣", "炮"}, {"🧨", "炮"}, {"🌈", "色 彩"}, {"📷📸", "拍 照"}, {"📹🎥", "拍 录 片"}, {"🎬🎞", "片"},
	{"🏨", "房 酒店"}, {"💬🗨", "聊 话"}, {"🪙", "币 钱"}, {"🎓", "毕业 学"}, {"🪝", "钩 挂"}, {"📦", "货 包"}, {"🚔🚓", "警"}, {"🏦", "银行 行"},
	{"🧧", "红包 包"}, {"💳", "卡"}, {"🎣", "钓"}, {"🎮", "游戏"}, {"🎤", "歌"}, {"🧾🎫🎟", "票"}, {"🪪", "证 身份证"}, {"📜", "证"}, {"🍬", "糖"}, {"🌬💨", "吹"},
	{"🍌", "蕉"}, {"💃🕺", "舞"}, {"🛀", "浴"}, {"🛌", "睡 床"}, {"🚽🧻", "屎"}, {"🍖🥩", "肉"}, {"🩸", "血"}, {"⚰🪦", "死"}, {"🔌", "电 插"}, {"👣", "脚 足"},
	{"📈", "涨"}, {"📉", "跌"}, {"🎁", "礼 送"}, {"🔗", "链接 链"}, {"🔍🔎", "搜"}, {"💦", "水 湿 精"}, {"🌊", "浪"}, {"🐝", "蜂"}, {"🦟", "蚊"}, {"🐺", "狼"},
	{"🏹", "箭"}, {"⚔", "剑"}, {"🎆🎇", "烟花"}, {"✂", "剪"}, {"🔨", "锤"}, {"🏃", "跑"}, {"🚶", "走"}, {"🖐", "五 手"}, {"🐒🐵", "猴"},
	{"🅱", "逼"}, {"🈚", "无"}, {"🉐", "得"}, {"🈵", "满"}, {"🈳", "空"}, {"👌", "好"}, {"❌❎🚫", "叉 不"}, {"➕", "加"}, {"🆙", "上"}, {"⬆", "上"}, {"⬇", "下"},
}

// strokeClose are characters that differ by a stroke or its length and share no
// part that the decompositions know, in groups; a character may stand in several.
var strokeClose = "人入八 大太犬丈 日曰目 己已巳 土士 未末本木术 千干于 天夭夫无 甲由申田电 王玉主 刀力刃刁 午牛 乌鸟 儿几 白自臼百 贝见 母毋毌 " +
	"女文安 子孑孓予 口囗 小少 免兔 今令 仓仑 风凤 户尸 广厂 九丸 万方 文交 火灭 止正 上止 又叉 勿匆 心必 手毛 斤斥 折拆 拨拔 茶荼 " +
	"戊戌戍 侯候 徒徙 祟崇 遂逐 享亨 兵乒乓 冶治 晴睛 辛幸 侍待 买卖 旱早 栗粟 农衣 爪瓜 弋戈 氏氐 印卯 卵卯 代伐 仅仪 他她地 们门 " +
	"汉汊 妓技 鸡鸠 狗拘 猪诸 屁屈 尻尼 操澡 奶仍 妈吗骂 爸爷 货贷 贱贼 骗骟 赌睹 博搏膊 毒素 嫖漂 淫滛 色邑 裸棵 娼唱 婊裱 枪抢 弹惮 " +
	"傻俊 逼逗遍福 蠢春 笨苯 滚浪 死列 残浅钱 废发 脑恼 蛋旦 黑墨嘿 白臼 鬼瑰 奴努怒 拳卷 绿录 台合 国围固 北比 洋祥 印卬 倭矮 娘浪狼 炮泡 性姓 同问 男另 基其 直真 舔添 丑五 粪类 屎尾 尿屁"

// livingReadings are the readings of today, the usual one first, of frequent characters
// for which go-pinyin also has those of old books (服 as bi, 越 as huo): nobody types
// these. Checked against 现代汉语词典 from memory; readings for names of places and
// families are kept if the name is common.
const livingReadings = "" +
	"么 me,ma|乐 le,yue|乾 qian,gan|了 le,liao|亲 qin,qing|什 shen,shi|仇 chou,qiu|仔 zai,zi|会 hui,kuai|传 chuan,zhuan|伯 bo,bai|" +
	"似 si,shi|佛 fo,fu|便 bian,pian|俞 yu,shu|俩 lia,liang|六 liu,lu|兹 zi,ci|冒 mao,mo|券 quan,xuan|刹 cha,sha|削 xue,xiao|" +
	"剥 bao,bo|劲 jin,jing|勒 le,lei|区 qu,ou|单 dan,shan,chan|南 nan,na|卜 bu,bo|卡 ka,qia|厦 sha,xia|参 can,shen,cen|句 ju,gou|" +
	"叨 dao,tao|召 zhao,shao|叶 ye,xie|吁 xu,yu|合 he,ge|吓 xia,he|否 fou,pi|员 yuan,yun|和 he,hu,huo|咖 ka,ga|咱 zan,za|咳 ke,hai|" +
	"咽 yan,ye|哪 na,nei|圈 quan,juan|地 di,de|埋 mai,man|埔 pu,bu|堡 bao,bu,pu|塞 sai,se|壳 ke,qiao|大 da,dai|夹 jia,ga|奇 qi,ji|" +
	"契 qi,xie|娜 na,nuo|宿 su,xiu|将 jiang,qiang|尉 wei,yu|尾 wei,yi|尿 niao,sui|屏 ping,bing|属 shu,zhu|差 cha,chai,ci|" +
	"巷 xiang,hang|度 du,duo|弄 nong,long|弹 dan,tan|强 qiang,jiang|得 de,dei|恶 e,wu|扁 bian,pian|扎 zha,za|折 zhe,she|拓 tuo,ta|" +
	"择 ze,zhai|括 kuo,gua|拾 shi,she|提 ti,di|数 shu,shuo|曾 ceng,zeng|朝 chao,zhao|术 shu,zhu|朴 pu,piao|杉 shan,sha|柏 bai,bo|" +
	"柜 gui,ju|查 cha,zha|栖 qi,xi|校 xiao,jiao|核 he,hu|椎 zhui,chui|模 mo,mu|殖 zhi,shi|殷 yin,yan|氏 shi,zhi|沈 shen,chen|" +
	"没 mei,mo|泊 bo,po|泌 mi,bi|洗 xi,xian|浅 qian,jian|涌 yong,chong|溃 kui,hui|瀑 pu,bao|炮 pao,bao|熟 shu,shou|率 lv,shuai|" +
	"畜 chu,xu|番 fan,pan|的 de,di|盖 gai,ge|盛 sheng,cheng|省 sheng,xing|着 zhe,zhao,zhuo|石 shi,dan|祭 ji,zhai|禅 chan,shan|" +
	"种 zhong,chong|秘 mi,bi|称 cheng,chen|粘 zhan,nian|系 xi,ji|红 hong,gong|纤 xian,qian|约 yue,yao|给 gei,ji|络 luo,lao|" +
	"综 zong,zeng|绿 lv,lu|缴 jiao,zhuo|胖 pang,pan|脉 mai,mo|脚 jiao,jue|膀 bang,pang|臂 bi,bei|臭 chou,xiu|色 se,shai|艾 ai,yi|" +
	"落 luo,la,lao|著 zhu,zhuo|蔓 man,wan|薄 bao,bo|藏 cang,zang|虹 hong,jiang|血 xue,xie|行 xing,hang|褪 tui,tun|见 jian,xian|" +
	"觉 jue,jiao|角 jiao,jue|解 jie,xie|识 shi,zhi|说 shuo,shui|读 du,dou|谁 shui,shei|调 diao,tiao|谷 gu,yu|贾 jia,gu|车 che,ju|" +
	"辟 pi,bi|还 hai,huan|这 zhe,zhei|迫 po,pai|遗 yi,wei|那 na,nei|都 dou,du|重 zhong,chong|长 zhang,chang|阿 a,e|陆 lu,liu|" +
	"降 jiang,xiang|雀 que,qiao|露 lu,lou|颈 jing,geng|颤 chan,zhan|龟 gui,jun,qiu"

// oneReading are frequent characters of which only go-pinyin's first reading is in use.
const oneReading = "" +
	"丁万不且丞个串乃之乘乙也予事于亏些亡亥亨仅介从他令以仰件价任份仿休众伴但位体余例侧促俊信倍倘假僚僧儿允兄免兑共其典内册冯" +
	"冰冷净刀切划列刺刻前剖副剿助募勤匀包化匪半卑占印卵卷厂厘受古可台号司叹吃吞吟吧吨吩听吴吵吾呆呈告味呼咬咸哈哨唇售啡喀喊喜" +
	"喝嘿团园土圣圳圾均坏坑块垂埃培堆堤堪堵塔填增墨声夏夕太央失奋奏奔奠奥女奸她妃妖姐姓姚娃宁它宅完宛客宪害家容察寨寺寻封射尚" +
	"尹尺居屈屯岂巡巨己已币市帕帘幅幕干平年幸幼广庄底式弟彭御怀怕怜思怨惊愁愉感慎憾戏或戚房才扑扭扮扰扶找承技抄把投抗抬抱抵押" +
	"担拆拍拔拖拘招拱拼挑挫捐捷掀掉排掘探接控措描插握揭援搜搞搬搭摧摩撰支敌敦斗斜斥斯方施旁族无既旬昂昆明昔映是景暇暖暴最月有" +
	"服期末朱机杂杜杭析枕果枝枯某柴栗格桃桐棋棍概榜槽横檐次款歇歹母毒比汁汗池汤汪汽沙沸治泄泛波泣泥注洁洋洒洞活派浩浸涂涉液淡" +
	"淫淳混渠温港渴游溪滋滑漂漆潘潭澳激灌灯炎烛烟焦熙燥爆片牢狂狄狠狼猎猫王甘甫由甸疑痕癌登白百皇皖盒盟盼盾眠眼研硅硝硫硬碱磷" +
	"示祁祖祝离租积移税稷穴穿窗立童筋筒籍粹精累繁缩缺羽而耐耗耳耶聊聘肆肉肢肥肩育肺胆胜胞胳胶胺能脱脾腊腔膊至致舌舍舒般芒芦苑" +
	"若苦英苹茫草荒莉莫菩葡董蒲蓝蔡蔽虑虫蚕蛇蜡衙衰袍被言詹许豚豫貌赫赶趁超越趣足跌跑跨路跳蹄身转辨达追适透逐造逢逮遇邓邪郝部" +
	"醒野阮阻陀陂附限除陶隋隔隶雇零需震霍霸青革鞋顿食餐魄鸟鹿鼎齐"
