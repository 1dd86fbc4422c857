package recognize

import (
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// A Kind says what a span is.
type Kind uint8

// The kinds. Those from SecretMark to Urgency are traces of handling that do
// not belong into a publication; those from DocumentNumber on are no faults but
// statements about the text that publishing rules ask for.
const (
	ResidentID Kind = iota // 公民身份号码, GB 11643
	CreditCode             // 统一社会信用代码, GB 32100
	BankCard               // 银行卡号
	Passport               // 护照号
	Permit                 // 港澳台通行证, 外国人永久居留身份证
	Mobile                 // 手机号
	Landline               // 固定电话
	Hotline                // 400/800 and short service numbers
	Email                  // 电子邮箱
	QQ                     // QQ 号, QQ 群号
	WeChat                 // 微信号
	Plate                  // 机动车号牌, GA 36
	IPAddress              // IPv4 and IPv6
	Address                // 住址 down to the door
	NameList               // a row with a name and two or more other identifiers
	Link                   // a host name or URL

	SecretMark   // 机密★10年
	SecretField  // 密级：秘密
	InternalMark // 内部资料　注意保存
	WorkSecret   // 工作秘密　不得外传
	NotPublic    // 公开属性：不予公开
	Distribution // （此件发至县团级）
	CopyNumber   // 份号
	Urgency      // 特急

	DocumentNumber // 国办发〔2013〕100号
	SourceLine     // 来源：新华社
	RepostLine     // 转载自“某某”
	Accord         // 据新华社报道
	Dateline       // 新华社北京3月1日电
	OriginalTitle  // 原标题：……
	Author         // 记者：, 文丨
	Editor         // 责任编辑：
	Reviewer       // 一审：
	numKinds
)

// KindInfo is one row of the table that [Kinds] returns.
type KindInfo struct {
	Kind    Kind
	ID      string // kebab case, as in options and rule ids
	Title   string // for editors, Chinese
	English string

	// Category and Label are those of the lexicon's categories that a finding
	// of the kind belongs to. A kind without a category is never a finding by
	// itself.
	Category, Label string
	Severity        review.Severity
	Action          review.Action
	// Basis is the law or standard behind the finding.
	Basis string
	// Advice is what an editor should do, Chinese and English.
	Advice, AdviceEnglish string
	// Masked says that reports must not repeat the span.
	Masked bool
}

const (
	privacyLaw = "个人信息保护法第二十五条、第二十八条"
	secrecyLaw = "保守国家秘密法(2024)第三十四条"
	openLaw    = "政府信息公开条例第十四条"
)

// The advice for kinds of data.
const (
	adviceMask     = "删去，或隐去中间各位"
	adviceMaskEn   = "remove it, or mask the middle"
	adviceOffice   = "改用单位对外公布的联系方式，或删去"
	adviceOfficeEn = "use a contact that the organisation publishes, or remove it"
	adviceMark     = "停止发布，核实文件密级后重新做保密审查"
	adviceMarkEn   = "do not publish; have the classification and the secrecy review checked"
	adviceTrace    = "删去标识并重新做保密审查"
	adviceTraceEn  = "remove the mark and repeat the secrecy review"
)

var kindTable = [numKinds]KindInfo{
	{ResidentID, "resident-id", "公民身份号码", "resident identity number", "personal_info", "id_card", review.SeverityError, review.ActionReview, privacyLaw, adviceMask, adviceMaskEn, true},
	{CreditCode, "credit-code", "统一社会信用代码", "unified social credit code", "personal_info", "uscc", review.SeverityNotice, review.ActionNote, "GB 32100-2015", "核对代码与单位名称一致", "check that code and name belong together", false},
	{BankCard, "bank-card", "银行卡号", "bank card number", "personal_info", "bank_card", review.SeverityError, review.ActionReview, privacyLaw, adviceMask, adviceMaskEn, true},
	{Passport, "passport", "护照号码", "passport number", "personal_info", "passport", review.SeverityError, review.ActionReview, privacyLaw, adviceMask, adviceMaskEn, true},
	{Permit, "permit", "通行证或居留证号码", "travel or residence permit number", "personal_info", "hk_mo_tw_permit", review.SeverityError, review.ActionReview, privacyLaw, adviceMask, adviceMaskEn, true},
	{Mobile, "mobile", "手机号码", "mobile number", "personal_info", "mobile", review.SeverityWarning, review.ActionReview, privacyLaw, adviceOffice, adviceOfficeEn, true},
	{Landline, "landline", "固定电话", "landline number", "personal_info", "landline", review.SeverityNotice, review.ActionNote, privacyLaw, "核对是否为单位对外公布的电话", "check that the organisation publishes it", true},
	{Hotline, "hotline", "服务热线", "service number", "personal_info", "landline", review.SeverityNotice, review.ActionNote, privacyLaw, "核对号码是否仍在使用", "check that the number is in use", false},
	{Email, "email", "电子邮箱", "e-mail address", "personal_info", "email", review.SeverityNotice, review.ActionNote, privacyLaw, adviceOffice, adviceOfficeEn, true},
	{QQ, "qq", "QQ号", "QQ number", "personal_info", "qq", review.SeverityWarning, review.ActionReview, privacyLaw, adviceOffice, adviceOfficeEn, true},
	{WeChat, "wechat", "微信号", "WeChat id", "personal_info", "wechat_id", review.SeverityWarning, review.ActionReview, privacyLaw, adviceOffice, adviceOfficeEn, true},
	{Plate, "plate", "机动车号牌", "licence plate", "personal_info", "plate", review.SeverityWarning, review.ActionReview, privacyLaw, adviceMask, adviceMaskEn, true},
	{IPAddress, "ip", "IP地址", "IP address", "personal_info", "ip_address", review.SeverityNotice, review.ActionNote, privacyLaw, "删去，除非正是要公布该地址", "remove it unless it is meant to be public", true},
	{Address, "address", "详细住址", "address down to the door", "personal_info", "address", review.SeverityWarning, review.ActionReview, privacyLaw, "只写到街道或社区", "stop at the street or community", true},
	{NameList, "name-list", "未脱敏的名单", "list of names with identifiers", "personal_info", "name_list", review.SeverityWarning, review.ActionReview, privacyLaw, "脱敏后再公示", "mask the list before it is published", true},
	{Link, "disguised-link", "变形的网址", "disguised link", "ad_exaggeration", "traffic_diversion", review.SeverityWarning, review.ActionReview, "网络信息内容生态治理规定第六条", "删去，或写明正式网址", "remove it, or write the address plainly", false},

	{SecretMark, "secret-mark", "国家秘密标志", "mark of a state secret", "secrecy", "state_secret_mark", review.SeverityError, review.ActionBlock, secrecyLaw, adviceMark, adviceMarkEn, false},
	{SecretField, "secret-field", "密级字段", "classification field", "secrecy", "secret_field", review.SeverityError, review.ActionBlock, secrecyLaw, adviceMark, adviceMarkEn, false},
	{InternalMark, "internal-mark", "内部标识", "internal mark", "secrecy", "internal_mark", review.SeverityError, review.ActionBlock, openLaw, adviceTrace, adviceTraceEn, false},
	{WorkSecret, "work-secret", "工作秘密标识", "mark of a work secret", "secrecy", "work_secret", review.SeverityError, review.ActionBlock, "保守国家秘密法(2024)第六十四条", adviceTrace, adviceTraceEn, false},
	{NotPublic, "not-public", "不予公开标注", "not-public mark", "secrecy", "not_public", review.SeverityError, review.ActionBlock, openLaw, "核对信息公开属性，未改为主动公开的不得发布", "check whether it may be made public", false},
	{Distribution, "distribution", "发放范围", "distribution scope", "secrecy", "distribution_scope", review.SeverityWarning, review.ActionReview, "党政机关公文处理工作条例", adviceTrace, adviceTraceEn, false},
	{CopyNumber, "copy-number", "份号", "copy number", "secrecy", "copy_number", review.SeverityNotice, review.ActionNote, "GB/T 9704-2012", adviceTrace, adviceTraceEn, false},
	{Urgency, "urgency", "紧急程度", "urgency mark", "secrecy", "copy_number", review.SeverityNotice, review.ActionNote, "GB/T 9704-2012", "核对该件是否可以公开", "check whether it may be made public", false},

	{Kind: DocumentNumber, ID: "document-number", Title: "发文字号", English: "document number"},
	{Kind: SourceLine, ID: "source-line", Title: "来源", English: "source line"},
	{Kind: RepostLine, ID: "repost-line", Title: "转载说明", English: "repost line"},
	{Kind: Accord, ID: "accord", Title: "据某媒体报道", English: "attribution in a sentence"},
	{Kind: Dateline, ID: "dateline", Title: "电头", English: "dateline"},
	{Kind: OriginalTitle, ID: "original-title", Title: "原标题", English: "original title"},
	{Kind: Author, ID: "author", Title: "作者", English: "author"},
	{Kind: Editor, ID: "editor", Title: "编辑", English: "editor"},
	{Kind: Reviewer, ID: "reviewer", Title: "审核人", English: "reviewer"},
}

// Kinds returns the table of kinds, in the order of their numbers. The caller
// must not change it.
func Kinds() []KindInfo { return kindTable[:] }

// Info returns the row of k. It panics if k is none of the constants.
func (k Kind) Info() *KindInfo { return &kindTable[k] }

// String returns the id of k.
func (k Kind) String() string {
	if k >= numKinds {
		return fmt.Sprintf("Kind(%d)", uint8(k))
	}
	return kindTable[k].ID
}

// ParseKind returns the kind with that id.
func ParseKind(id string) (Kind, bool) {
	for _, info := range kindTable {
		if info.ID == id {
			return info.Kind, true
		}
	}
	return 0, false
}

// A KindSet is a set of kinds. The zero value is empty.
type KindSet uint64

// AllKinds holds every kind.
const AllKinds KindSet = 1<<numKinds - 1

// Set returns the set of the given kinds.
func Set(kinds ...Kind) (s KindSet) {
	for _, k := range kinds {
		s |= 1 << k
	}
	return s
}

// Has reports whether k is in s.
func (s KindSet) Has(k Kind) bool { return s>>k&1 != 0 }

// With returns s and k.
func (s KindSet) With(k Kind) KindSet { return s | 1<<k }

// Without returns s without k.
func (s KindSet) Without(k Kind) KindSet { return s &^ (1 << k) }

// String joins the ids of the kinds in s with "+"; the empty set is "none".
func (s KindSet) String() string {
	var ids []string
	for k := range numKinds {
		if s.Has(k) {
			ids = append(ids, k.String())
		}
	}
	if ids == nil {
		return "none"
	}
	return strings.Join(ids, "+")
}
