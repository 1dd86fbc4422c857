package lexicon

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/matcher"
	"github.com/shenjiao/shenjiao/review"
)

// A Category is the id of a kind of terms: one of the twelve below, or one
// that a pack made for itself, which begins with "x_".
type Category string

// The twelve categories, in the order in which they are listed everywhere.
const (
	PoliticalTerms             Category = "political_terms"             // 政治术语
	EthnicReligious            Category = "ethnic_religious"            // 民族宗教
	Secrecy                    Category = "secrecy"                     // 涉密内部
	PersonalInfo               Category = "personal_info"               // 个人信息
	ViolenceTerror             Category = "violence_terror"             // 暴恐血腥
	Contraband                 Category = "contraband"                  // 毒品违禁
	GamblingFraud              Category = "gambling_fraud"              // 赌博诈骗
	PornVulgar                 Category = "porn_vulgar"                 // 色情低俗
	AbuseDiscrimination        Category = "abuse_discrimination"        // 侮辱歧视
	AdExaggeration             Category = "ad_exaggeration"             // 广告夸大
	SuperstitionPseudomedicine Category = "superstition_pseudomedicine" // 迷信伪科
	Minors                     Category = "minors"                      // 未成年人
)

// CategoryInfo describes one of the twelve categories.
type CategoryInfo struct {
	ID         Category
	Title      string  // Chinese
	English    string  // English title
	Definition string  // what belongs to it, Chinese
	Labels     []Label // its sub-categories

	Severity review.Severity // of a term, unless its row, label or pack says otherwise
	Action   review.Action   // of a term, unless its row or pack says otherwise

	// Negative is the kind of surroundings in which terms of the category
	// are commonly harmless.
	Negative NegativeContext
	// Disguises are channels of [matcher.Disguises] through which its terms are
	// recognised by default: what is sold or shouted is disguised, an office's wrong
	// name is not.
	Disguises matcher.ChannelSet
	// Lines are those of the seven bottom lines (七条底线) that the category
	// guards.
	Lines []string
}

// A Label is a sub-category.
type Label struct {
	ID       string
	Title    string          // Chinese
	Severity review.Severity // zero: that of the category
}

// A NegativeContext is a kind of surroundings in which a term says something
// about the thing it names instead of doing it, so that a finding there should
// weigh less.
type NegativeContext uint8

// The kinds of negative contexts.
const (
	NegativeNone     NegativeContext = iota // none is typical
	NegativeWarning                         // the text warns of it or reports that it is fought: 警惕 反诈 打击 禁毒 普法
	NegativeHistory                         // the text speaks of an earlier time: 时任 原 前身为 旧称
	NegativeTeaching                        // the text quotes it to teach how it is used: “机密★20年”的标注方法
)

// String returns "none", "warning", "history" or "teaching".
func (n NegativeContext) String() string {
	names := [...]string{"none", "warning", "history", "teaching"}
	if int(n) >= len(names) {
		return fmt.Sprintf("NegativeContext(%d)", uint8(n))
	}
	return names[n]
}

// Label returns the sub-category with that id.
func (c *CategoryInfo) Label(id string) (Label, bool) {
	i := slices.IndexFunc(c.Labels, func(l Label) bool { return l.ID == id })
	if i < 0 {
		return Label{}, false
	}
	return c.Labels[i], true
}

// Categories returns the twelve categories, always in the same order. The
// caller must not change what the slices in them hold.
func Categories() []CategoryInfo { return slices.Clone(categories) }

// Info returns the description of c if it is one of the twelve.
func (c Category) Info() (CategoryInfo, bool) {
	if i := slices.IndexFunc(categories, func(info CategoryInfo) bool { return info.ID == c }); i >= 0 {
		return categories[i], true
	}
	return CategoryInfo{}, false
}

// Title returns the Chinese title of c, or the id of a category that a pack
// made for itself.
func (c Category) Title() string {
	if info, ok := c.Info(); ok {
		return info.Title
	}
	return string(c)
}

// IsOwn reports whether c is well formed as a category that a pack made for
// itself: x_ and at least one of a to z, 0 to 9 and _.
func (c Category) IsOwn() bool {
	rest, found := strings.CutPrefix(string(c), ownPrefix)
	return found && isName(rest)
}

// Valid reports whether c is one of the twelve or well formed as a pack's own.
func (c Category) Valid() bool {
	_, ok := c.Info()
	return ok || c.IsOwn()
}

const ownPrefix = "x_"

// defaults returns the severity and action of c if nothing nearer to the term
// names another. A pack's own category is as the mildest of the twelve.
func (c Category) defaults() (review.Severity, review.Action) {
	if info, ok := c.Info(); ok {
		return info.Severity, info.Action
	}
	return review.SeverityWarning, review.ActionReview
}

// categoryFault says what is wrong with a category's id, nil if nothing is.
func categoryFault(id string) *message {
	switch {
	case Category(id).Valid():
		return nil
	case strings.HasPrefix(id, ownPrefix):
		return say("bad category %q, want x_ and then a to z, 0 to 9 or _", id)
	}
	names := make([]string, len(categories))
	for i, info := range categories {
		names[i] = string(info.ID)
	}
	if near := nearest(id, names); near != "" {
		return say("unknown category %q, did you mean %q?", id, near)
	}
	return say("unknown category %q, want one of the twelve or x_ and a name", id)
}

// labelFault says what is wrong with a label of c, nil if nothing is.
func (c Category) labelFault(id string) *message {
	info, ok := c.Info()
	if !ok {
		if !isName(id) {
			return say("bad label %q, want a to z, 0 to 9 or _", id)
		}
		return nil
	}
	if _, ok := info.Label(id); ok {
		return nil
	}
	names := make([]string, len(info.Labels))
	for i, label := range info.Labels {
		names[i] = label.ID
	}
	return say("unknown label %q of %s, %s", id, c, wantName(id, names))
}

// isName reports whether s consists of one or more of a to z, 0 to 9 and _.
func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// disguised are the channels for categories whose terms people disguise. The other
// channels of [matcher.Disguises] find less and cost more, so a term or a call has
// to ask for them.
var disguised = matcher.Set(matcher.Pinyin, matcher.Homophone, matcher.Split, matcher.Leet, matcher.Emoji)

var categories = []CategoryInfo{
	{
		ID: PoliticalTerms, Title: "政治术语", English: "Political and official terms",
		Definition: "官方名称、机构、职务、固定提法、法律文书用语、涉港澳台及涉外称谓的规范性与准确性检查（写错、漏字、旧称、顺序或数字错误）。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeHistory,
		Lines: []string{"国家利益", "信息真实性", "法律法规", "社会主义制度"},
		Labels: []Label{
			{ID: "institution_name", Title: "机构名称", Severity: review.SeverityWarning},
			{ID: "title_rank", Title: "职务头衔", Severity: review.SeverityWarning},
			{ID: "set_phrase", Title: "固定提法", Severity: review.SeverityError},
			{ID: "legal_wording", Title: "法律文书用语"},
			{ID: "region_naming", Title: "港澳台称谓", Severity: review.SeverityError},
			{ID: "foreign_naming", Title: "涉外称谓"},
			{ID: "honor_title", Title: "荣誉称号"},
			{ID: "map_approval", Title: "地图审图"},
		},
	},
	{
		ID: EthnicReligious, Title: "民族宗教", English: "Ethnic groups and religion",
		Definition: "涉民族、宗教的规范称谓与禁止性表述：民族名称误写与蔑称、歧视性或侮辱性说法、饮食与习俗禁忌的不当表述、宗教名称与场所职务的误写、宣扬极端或违法宗教活动的用语。",
		Severity:   review.SeverityWarning, Action: review.ActionReview,
		Lines: []string{"公共秩序", "公民合法权益", "社会道德风尚"},
		Labels: []Label{
			{ID: "ethnic_name", Title: "民族名称"},
			{ID: "ethnic_slur", Title: "民族蔑称", Severity: review.SeverityError},
			{ID: "religion_name", Title: "宗教称谓"},
			{ID: "custom_taboo", Title: "习俗禁忌"},
			{ID: "incitement", Title: "煽动对立", Severity: review.SeverityError},
		},
	},
	{
		ID: Secrecy, Title: "涉密内部", English: "Secrecy and internal marks",
		Definition: "国家秘密标志、内部资料标识、工作秘密与不予公开标注、发放范围与份号等出现在拟公开稿件中的痕迹。只查标识与格式，不判断内容是否涉密。",
		Severity:   review.SeverityError, Action: review.ActionBlock, Negative: NegativeTeaching,
		Lines: []string{"国家利益", "法律法规"},
		Labels: []Label{
			{ID: "state_secret_mark", Title: "国家秘密标志"},
			{ID: "secret_field", Title: "密级字段"},
			{ID: "internal_mark", Title: "内部资料标识"},
			{ID: "not_public", Title: "不予公开标注"},
			{ID: "copy_number", Title: "份号", Severity: review.SeverityNotice},
			{ID: "distribution_scope", Title: "发放范围", Severity: review.SeverityWarning},
			{ID: "work_secret", Title: "工作秘密"},
		},
	},
	{
		ID: PersonalInfo, Title: "个人信息", English: "Personal information",
		Definition: "稿件中不应公开或应脱敏的个人信息：证件号、手机号、银行卡、个人邮箱与社交账号、住址、车牌、未脱敏名单，以及敏感个人信息线索。",
		Severity:   review.SeverityWarning, Action: review.ActionReview,
		Lines: []string{"公民合法权益", "法律法规"},
		Labels: []Label{
			{ID: "id_card", Title: "公民身份号码", Severity: review.SeverityError},
			{ID: "mobile", Title: "手机号码"},
			{ID: "landline", Title: "固定电话", Severity: review.SeverityNotice},
			{ID: "bank_card", Title: "银行卡号", Severity: review.SeverityError},
			{ID: "passport", Title: "护照号码", Severity: review.SeverityError},
			{ID: "hk_mo_tw_permit", Title: "港澳台通行证", Severity: review.SeverityError},
			{ID: "uscc", Title: "统一社会信用代码", Severity: review.SeverityNotice},
			{ID: "plate", Title: "车牌号码"},
			{ID: "email", Title: "电子邮箱", Severity: review.SeverityNotice},
			{ID: "qq", Title: "QQ号"},
			{ID: "wechat_id", Title: "微信号"},
			{ID: "ip_address", Title: "IP地址", Severity: review.SeverityNotice},
			{ID: "address", Title: "详细住址"},
			{ID: "name_list", Title: "人员名单"},
		},
	},
	{
		ID: ViolenceTerror, Title: "暴恐血腥", English: "Violence and terror",
		Definition: "宣扬恐怖主义、极端主义，教唆暴力，血腥猎奇细节描写，自杀自残方法描写及不当描述灾难伤亡的用语。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeWarning,
		Lines: []string{"公共秩序", "社会道德风尚", "法律法规"},
		Labels: []Label{
			{ID: "terror_extremism", Title: "恐怖极端", Severity: review.SeverityError},
			{ID: "incite_violence", Title: "教唆暴力"},
			{ID: "gore", Title: "血腥细节"},
			{ID: "self_harm_method", Title: "自杀自残方法", Severity: review.SeverityError},
			{ID: "disaster_wording", Title: "灾难报道措辞"},
		},
	},
	{
		ID: Contraband, Title: "毒品违禁", English: "Drugs and contraband",
		Definition: "毒品及制吸贩隐语、枪支弹药爆炸物与管制器具的交易或制作信息、假证假票代办、野生动物及其他法律禁止交易物品信息。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeWarning,
		Disguises: disguised,
		Lines:     []string{"法律法规", "公共秩序"},
		Labels: []Label{
			{ID: "drug", Title: "毒品", Severity: review.SeverityError},
			{ID: "weapon", Title: "枪支刀具", Severity: review.SeverityError},
			{ID: "explosive", Title: "爆炸物", Severity: review.SeverityError},
			{ID: "controlled_device", Title: "窃听窃照设备"},
			{ID: "fake_document", Title: "假证假票", Severity: review.SeverityError},
			{ID: "wildlife", Title: "野生动物交易"},
			{ID: "tobacco", Title: "烟草推销"},
		},
	},
	{
		ID: GamblingFraud, Title: "赌博诈骗", English: "Gambling and fraud",
		Definition: "赌博、网络博彩推广，以及刷单返利、虚假投资、套路贷、冒充客服公检法、钓鱼链接等诈骗话术。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeWarning,
		Disguises: disguised,
		Lines:     []string{"法律法规", "公民合法权益", "公共秩序"},
		Labels: []Label{
			{ID: "gambling", Title: "赌博", Severity: review.SeverityError},
			{ID: "brushing_rebate", Title: "刷单返利"},
			{ID: "fake_investment", Title: "虚假投资"},
			{ID: "loan_scam", Title: "套路贷"},
			{ID: "impersonation", Title: "冒充身份"},
			{ID: "phishing_link", Title: "钓鱼链接", Severity: review.SeverityError},
			{ID: "job_scam", Title: "招聘兼职骗局"},
		},
	},
	{
		ID: PornVulgar, Title: "色情低俗", English: "Pornography and vulgarity",
		Definition: "淫秽色情、招嫖、性暗示与低俗庸俗媚俗用语、粗口缩写。",
		Severity:   review.SeverityWarning, Action: review.ActionReview,
		Disguises: disguised,
		Lines:     []string{"社会道德风尚", "法律法规"},
		Labels: []Label{
			{ID: "porn", Title: "淫秽色情", Severity: review.SeverityError},
			{ID: "prostitution", Title: "招嫖", Severity: review.SeverityError},
			{ID: "suggestive", Title: "性暗示"},
			{ID: "vulgar", Title: "低俗用语"},
			{ID: "profanity_abbrev", Title: "粗口缩写"},
		},
	},
	{
		ID: AbuseDiscrimination, Title: "侮辱歧视", English: "Abuse and discrimination",
		Definition: "侮辱谩骂、地域/职业/性别/残障/疾病歧视，以及对人的不当称谓（含判决前称“罪犯”等法律身份误称）。",
		Severity:   review.SeverityWarning, Action: review.ActionReview,
		Disguises: disguised,
		Lines:     []string{"公民合法权益", "社会道德风尚"},
		Labels: []Label{
			{ID: "insult", Title: "谩骂侮辱", Severity: review.SeverityError},
			{ID: "disability_slur", Title: "残障蔑称"},
			{ID: "regional_bias", Title: "地域歧视"},
			{ID: "gender_bias", Title: "性别歧视"},
			{ID: "occupation_bias", Title: "职业歧视"},
			{ID: "illness_bias", Title: "病患歧视"},
			{ID: "case_party_label", Title: "涉案人员误称"},
			{ID: "hero_martyr", Title: "英烈名誉", Severity: review.SeverityError},
		},
	},
	{
		ID: AdExaggeration, Title: "广告夸大", English: "Advertising and exaggeration",
		Definition: "广告法绝对化用语、商业营销与引流、夸大或保证性承诺、标题党和无来源的断言性传闻用语。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeWarning,
		Lines: []string{"法律法规", "信息真实性"},
		Labels: []Label{
			{ID: "superlative", Title: "绝对化用语", Severity: review.SeverityWarning},
			{ID: "guarantee", Title: "保证承诺"},
			{ID: "official_endorsement", Title: "国家机关名义推销"},
			{ID: "traffic_diversion", Title: "引流联系方式"},
			{ID: "clickbait_title", Title: "标题党", Severity: review.SeverityWarning},
			{ID: "unsourced_rumor", Title: "无来源传闻"},
			{ID: "ad_unmarked", Title: "未标明广告", Severity: review.SeverityNotice},
		},
	},
	{
		ID: SuperstitionPseudomedicine, Title: "迷信伪科", English: "Superstition and pseudo-medicine",
		Definition: "封建迷信与算命占卜推销、疾病预防治疗功能的虚假断言、保健食品与医疗广告禁用用语、伪科学养生谣言。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeWarning,
		Lines: []string{"信息真实性", "公民合法权益", "法律法规"},
		Labels: []Label{
			{ID: "superstition", Title: "封建迷信"},
			{ID: "cure_claim", Title: "治愈断言", Severity: review.SeverityError},
			{ID: "health_food_claim", Title: "保健食品宣称疗效", Severity: review.SeverityError},
			{ID: "medical_ad_wording", Title: "医疗广告用语"},
			{ID: "wellness_rumor", Title: "养生谣言"},
		},
	},
	{
		ID: Minors, Title: "未成年人", English: "Minors",
		Definition: "涉未成年人内容的保护性检查：披露可识别身份的信息、涉案未成年人姓名影像学校、诱导消费与不良行为、商业代言与不适宜形象。",
		Severity:   review.SeverityWarning, Action: review.ActionReview, Negative: NegativeWarning,
		Lines: []string{"公民合法权益", "社会道德风尚", "法律法规"},
		Labels: []Label{
			{ID: "identity_disclosure", Title: "身份信息披露", Severity: review.SeverityError},
			{ID: "case_minor", Title: "涉案未成年人", Severity: review.SeverityError},
			{ID: "bullying", Title: "欺凌"},
			{ID: "inducement", Title: "诱导消费"},
			{ID: "unsafe_imitation", Title: "不安全行为模仿"},
			{ID: "endorsement", Title: "未成年人代言"},
			{ID: "missing_hint", Title: "走失寻人提示"},
		},
	},
}
