package review

// Document is what is about to be published, as far as the caller knows it.
//
// Every field may be absent, and absent means unknown: nil for a pointer and for a slice. An empty value is
// knowledge: "", 0, false, an empty non-nil slice and a pointer to an empty record all say "looked, there is none".
// Writing a Document as JSON and reading it back keeps the difference.
//
// A Document is plain data. It is safe for concurrent reading; the library never changes one.
type Document struct {
	// ID is the caller's id of the draft. It comes back in the report.
	ID *string `json:"id,omitzero"`
	// Title is the headline (标题).
	Title *string `json:"title,omitzero" review:"text"`
	// Digest is the abstract shown under the title (摘要).
	Digest *string `json:"digest,omitzero" review:"text"`
	// Author is the by-line (署名).
	Author *string `json:"author,omitzero" review:"text"`
	// Body is the text itself (正文), in the form that BodyFormat names. For a text message it is the message.
	Body *string `json:"body,omitzero" review:"text"`
	// BodyFormat is the form of Body; absent means plain.
	BodyFormat *BodyFormat `json:"body_format,omitzero"`
	// MessageType is the kind of broadcast (群发类型): MessageText and its sisters, or an id of the platform's own.
	MessageType *ID `json:"message_type,omitzero"`
	// Now is the moment of the check. The library never reads the system clock.
	Now *Time `json:"now,omitzero"`
	// PublishAt is the (planned) time of publication. Where it is absent, Now stands in.
	PublishAt *Time `json:"publish_at,omitzero"`
	// Images are the pictures of the draft, in its order.
	Images []Image `json:"images,omitzero"`
	// Audio is the sound that goes out with the draft.
	Audio *Audio `json:"audio,omitzero"`
	// Video is the film that goes out with the draft.
	Video *Video `json:"video,omitzero"`
	// Attachments are the files offered with the draft (附件), in its order. Their order counts in the text digest.
	Attachments []Attachment `json:"attachments,omitzero"`
	// Links are the links of the draft that the caller keeps apart from the body.
	Links []Link `json:"links,omitzero"`
	// Meta is what the editor declared about the draft.
	Meta *Meta `json:"meta,omitzero"`
	// Repost is what is known about the source of a reposted draft (转载).
	Repost *Repost `json:"repost,omitzero"`
	// Workflow holds the records of how the draft was written, reviewed and checked.
	Workflow *Workflow `json:"workflow,omitzero"`
	// Account is the account that publishes.
	Account *Account `json:"account,omitzero"`
	// Operations is the history of the account.
	Operations *Operations `json:"operations,omitzero"`
}

// BodyFormat is the form of a body.
type BodyFormat string

// The forms of a body.
const (
	BodyPlain    BodyFormat = "plain"
	BodyHTML     BodyFormat = "html"
	BodyMarkdown BodyFormat = "markdown"
)

func (BodyFormat) values() []string { return names(BodyPlain, BodyHTML, BodyMarkdown) }

// Known values of Document.MessageType (群发类型). The set is open.
const (
	MessageText    ID = "text"    // 文字
	MessageVoice   ID = "voice"   // 语音
	MessageImage   ID = "image"   // 图片
	MessageVideo   ID = "video"   // 视频
	MessageNews    ID = "news"    // 图文
	MessageNewspic ID = "newspic" // 图片消息
	MessageFile    ID = "file"    // 文件
)

// Image is one picture of the draft.
type Image struct {
	// Src is the URL or path of the picture.
	Src *string `json:"src,omitzero"`
	// Format is the file extension in lower case, without the dot.
	Format *ID `json:"format,omitzero"`
	// SizeBytes is the size of the file in bytes.
	SizeBytes *int64 `json:"size_bytes,omitzero"`
	// Purpose is what the picture is for; absent means ImageArticle.
	Purpose *ImagePurpose `json:"purpose,omitzero"`
	// Alt is the alternative text.
	Alt *string `json:"alt,omitzero" review:"text"`
	// OCR is the text that the caller read from the picture.
	OCR *string `json:"ocr,omitzero" review:"text"`
}

// ImagePurpose is what a picture is for.
type ImagePurpose string

// The purposes of a picture.
const (
	ImageArticle             ImagePurpose = "article"              // 正文图
	ImageCover               ImagePurpose = "cover"                // 封面
	ImageAuthorisationLetter ImagePurpose = "authorisation_letter" // 授权书扫描件
)

func (ImagePurpose) values() []string {
	return names(ImageArticle, ImageCover, ImageAuthorisationLetter)
}

// Audio is the sound that goes out with the draft.
type Audio struct {
	// Format is the file extension in lower case, without the dot.
	Format *ID `json:"format,omitzero"`
	// SizeBytes is the size of the file in bytes.
	SizeBytes *int64 `json:"size_bytes,omitzero"`
	// DurationSeconds is the length in seconds.
	DurationSeconds *float64 `json:"duration_seconds,omitzero"`
}

// Video is the film that goes out with the draft.
type Video struct {
	// Format is the file extension in lower case, without the dot.
	Format *ID `json:"format,omitzero"`
	// SizeBytes is the size of the file in bytes.
	SizeBytes *int64 `json:"size_bytes,omitzero"`
}

// Attachment is one file offered with the draft (附件).
type Attachment struct {
	// Name is the file name or the title of the attachment.
	Name *string `json:"name,omitzero" review:"text"`
	// Digest is the digest of the file, in any form that changes when the file does. It enters the text digest verbatim.
	Digest *string `json:"digest,omitzero"`
}

// Link is one link of the draft.
type Link struct {
	// URL is where the link leads.
	URL *string `json:"url,omitzero"`
	// Text is the anchor text.
	Text *string `json:"text,omitzero" review:"text"`
	// Kind is what the link is for.
	Kind *LinkKind `json:"kind,omitzero"`
}

// LinkKind is what a link is for.
type LinkKind string

// The kinds of links.
const (
	LinkReadMore       LinkKind = "read_more"      // 阅读原文
	LinkInterpretation LinkKind = "interpretation" // 政策解读
	LinkConsultation   LinkKind = "consultation"   // 征求意见
	LinkVote           LinkKind = "vote"           // 投票
	LinkOther          LinkKind = "other"          // 其他
)

func (LinkKind) values() []string {
	return names(LinkReadMore, LinkInterpretation, LinkConsultation, LinkVote, LinkOther)
}

// Meta is what the editor declared about the draft.
type Meta struct {
	// ContentType is the declared kind of content: ContentGovernmentService and its sisters, or an id of the
	// organisation's own.
	ContentType *ID `json:"content_type,omitzero"`
	// ContentTypeReason is the reason given with ContentOther.
	ContentTypeReason *string `json:"content_type_reason,omitzero" review:"text"`
	// NewsClass says whether the draft is political news.
	NewsClass *NewsClass `json:"news_class,omitzero"`
	// Genre is the genre (体裁): GenreNewsBrief and its sisters; "" means that it was not filled in.
	Genre *ID `json:"genre,omitzero"`
	// Topic is a declared subject that opens an exception: TopicSecrecyEducation and its sisters.
	Topic *ID `json:"topic,omitzero"`
	// IssuedOn is the date of the official document (成文日期).
	IssuedOn *Date `json:"issued_on,omitzero"`
	// IsMajorPolicy says that the draft is a major policy (重大政策).
	IsMajorPolicy *bool `json:"is_major_policy,omitzero"`
	// IsMajorDecision says that it is an important decision on what concerns the public (涉及群众切身利益的重要决策).
	IsMajorDecision *bool `json:"is_major_decision,omitzero"`
	// OwnAffairs says that it reports the organisation's own official affairs (本单位公务活动信息).
	OwnAffairs *bool `json:"own_affairs,omitzero"`
	// Components are the interactive parts of the draft.
	Components []Component `json:"components,omitzero"`
}

// NewsClass is the class of news that a draft belongs to.
type NewsClass string

// The classes of news.
const (
	NewsCurrentAffairs NewsClass = "current_affairs" // 时政
	NewsBusiness       NewsClass = "business"        // 业务
	NewsService        NewsClass = "service"         // 服务
	NewsOther          NewsClass = "other"           // 其他
)

func (NewsClass) values() []string {
	return names(NewsCurrentAffairs, NewsBusiness, NewsService, NewsOther)
}

// Known values of Meta.ContentType. The set is open.
const (
	ContentGovernmentService ID = "government_service" // 政务服务信息
	ContentImagePublicGood   ID = "image_public_good"  // 形象宣传与公益
	ContentOnlineActivity    ID = "online_activity"    // 网上活动
	ContentGuideQA           ID = "guide_qa"           // 办事指南与政策解答
	ContentNoticeTypical     ID = "notice_typical"     // 动态公告公示与典型
	ContentOther             ID = "other"              // 其他
	ContentServiceNotice     ID = "service_notice"     // 服务提示
	ContentCommercialAd      ID = "commercial_ad"      // 商业广告
)

// Known values of Meta.Genre. The set is open.
const (
	GenreNewsBrief ID = "news_brief" // 消息
	GenreFeature   ID = "feature"    // 通讯
	GenreCloseUp   ID = "close_up"   // 特写
)

// Known values of Meta.Topic. The set is open.
const (
	TopicSecrecyEducation ID = "secrecy_education" // 保密宣传
	TopicPinyinTeaching   ID = "pinyin_teaching"   // 拼音教学
	TopicRetrospective    ID = "retrospective"     // 回顾报道
)

// Component is one interactive part of the draft.
type Component struct {
	// Kind is what the part does: ComponentVote and its sisters.
	Kind *ID `json:"kind,omitzero"`
	// FilingNo is its filing number (网信备案号).
	FilingNo *string `json:"filing_no,omitzero"`
}

// Known values of Component.Kind. The set is open.
const (
	ComponentVote ID = "vote" // 投票
	ComponentPoll ID = "poll" // 意见征集
	ComponentForm ID = "form" // 报名
)
