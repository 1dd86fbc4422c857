package review

// Operations is the history of the account.
type Operations struct {
	// Broadcasts are the broadcasts (群发). A planned one must be among them: the document itself is not counted.
	Broadcasts []Broadcast `json:"broadcasts,omitzero"`
	// LastPublishedAt is the latest publication or broadcast.
	LastPublishedAt *Time `json:"last_published_at,omitzero"`
	// LastLoginAt is the latest login.
	LastLoginAt *Time `json:"last_login_at,omitzero"`
	// LoginChecks are when the login records were checked.
	LoginChecks []Time `json:"login_checks,omitzero"`
	// Published are the articles that were published.
	Published []Published `json:"published,omitzero"`
	// RetentionMonths is the configured term for which articles are kept, in months.
	RetentionMonths *int64 `json:"retention_months,omitzero"`
	// Incidents are the incidents (舆情, 突发事件).
	Incidents []Incident `json:"incidents,omitzero"`
	// Complaints are the complaints and suggestions (投诉建议).
	Complaints []Complaint `json:"complaints,omitzero"`
	// CommentClusters are comments of one subject, counted.
	CommentClusters []CommentCluster `json:"comment_clusters,omitzero"`
	// Months are the figures of each month.
	Months []MonthFigures `json:"months,omitzero"`
	// UptimePercent is the availability over 365 days, planned maintenance excluded, in percent.
	UptimePercent *float64 `json:"uptime_percent,omitzero"`
	// Patrols are the routine inspections (巡查).
	Patrols []Patrol `json:"patrols,omitzero"`
	// PressEvents are the press conferences (新闻发布会).
	PressEvents []PressEvent `json:"press_events,omitzero"`
}

// Broadcast is one broadcast (群发).
type Broadcast struct {
	// At is when it was, or will be, sent.
	At *Time `json:"at,omitzero"`
	// Status says whether it went out; absent means BroadcastSent.
	Status *BroadcastStatus `json:"status,omitzero"`
}

// BroadcastStatus says whether a broadcast went out.
type BroadcastStatus string

// The states of a broadcast.
const (
	BroadcastSent      BroadcastStatus = "sent"      // 已发
	BroadcastPlanned   BroadcastStatus = "planned"   // 排期
	BroadcastCancelled BroadcastStatus = "cancelled" // 取消
)

func (BroadcastStatus) values() []string {
	return names(BroadcastSent, BroadcastPlanned, BroadcastCancelled)
}

// Published is one article that was published.
type Published struct {
	// ID is the id of the article.
	ID *string `json:"id,omitzero"`
	// PublishedAt is its last publication.
	PublishedAt *Time `json:"published_at,omitzero"`
	// DeletedAt is when it was taken down (撤下); "" means that it is still public.
	DeletedAt *Time `json:"deleted_at,omitzero"`
	// ArchiveURI is where it is archived (存档); "" means nowhere.
	ArchiveURI *string `json:"archive_uri,omitzero"`
	// ArchiveUntil is until when the archive keeps it; absent means without end.
	ArchiveUntil *Date `json:"archive_until,omitzero"`
}

// Incident is one incident that the organisation had to answer.
type Incident struct {
	// ID is the id of the incident.
	ID *string `json:"id,omitzero"`
	// DetectedAt is when it was found (发现).
	DetectedAt *Time `json:"detected_at,omitzero"`
	// FirstResponseAt is the first response (首次回应); "" means none yet.
	FirstResponseAt *Time `json:"first_response_at,omitzero"`
	// IsResponsible says that it is confirmed as the organisation's matter; absent means true.
	IsResponsible *bool `json:"is_responsible,omitzero"`
	// ReportedTo are the roles that were informed.
	ReportedTo []string `json:"reported_to,omitzero"`
	// ClosedAt is when it was settled (处置完毕); "" means that it is open.
	ClosedAt *Time `json:"closed_at,omitzero"`
	// WrittenReport says that there is a written report (书面报告).
	WrittenReport *bool `json:"written_report,omitzero"`
	// LogURI is where the log is (处置日志); "" means nowhere.
	LogURI *string `json:"log_uri,omitzero"`
}

// Complaint is one complaint or suggestion.
type Complaint struct {
	// ReceivedAt is when it came in.
	ReceivedAt *Time `json:"received_at,omitzero"`
	// FirstReplyAt is the first reply; "" means none yet.
	FirstReplyAt *Time `json:"first_reply_at,omitzero"`
}

// CommentCluster is a number of comments of one subject.
type CommentCluster struct {
	// Topic is the common subject.
	Topic *string `json:"topic,omitzero"`
	// Count is how many there are.
	Count *int64 `json:"count,omitzero"`
	// Status is what was done about them.
	Status *ClusterStatus `json:"status,omitzero"`
}

// ClusterStatus is what was done about a number of comments.
type ClusterStatus string

// The states of a cluster of comments.
const (
	ClusterNone        ClusterStatus = "none"        // 未处理
	ClusterReplied     ClusterStatus = "replied"     // 已回复
	ClusterHandled     ClusterStatus = "handled"     // 已处理
	ClusterTransferred ClusterStatus = "transferred" // 已转交
	ClusterSpam        ClusterStatus = "spam"        // 垃圾
)

func (ClusterStatus) values() []string {
	return names(ClusterNone, ClusterReplied, ClusterHandled, ClusterTransferred, ClusterSpam)
}

// MonthFigures are the figures of one month. Shares are in percent: 12.5 means 12.5 %.
type MonthFigures struct {
	// Month is the month, of Asia/Shanghai.
	Month *Month `json:"month,omitzero"`
	// Articles is how many articles were published (当月发布条数); articles, not broadcasts.
	Articles *int64 `json:"articles,omitzero"`
	// FollowerGrowthPercent is the growth of followers; it may be negative.
	FollowerGrowthPercent *float64 `json:"follower_growth_percent,omitzero"`
	// OriginalPercent is the share of original articles (原创占比).
	OriginalPercent *float64 `json:"original_percent,omitzero"`
	// ReplyPercent is the share of comments that were answered (回复率).
	ReplyPercent *float64 `json:"reply_percent,omitzero"`
	// ReportSentAt is when the report of the month was sent (报送); "" means not sent.
	ReportSentAt *Time `json:"report_sent_at,omitzero"`
}

// Patrol is one routine inspection (巡查).
type Patrol struct {
	// At is when it took place.
	At *Time `json:"at,omitzero"`
	// Items are what was inspected: PatrolPages and its sisters.
	Items []ID `json:"items,omitzero"`
	// Issues are what was found.
	Issues []PatrolIssue `json:"issues,omitzero"`
}

// Known values of Patrol.Items. The set is open.
const (
	PatrolPages      ID = "pages"      // 主页与栏目
	PatrolAccuracy   ID = "accuracy"   // 内容准确性
	PatrolTimeliness ID = "timeliness" // 及时性
)

// PatrolIssue is one problem that an inspection found.
type PatrolIssue struct {
	// FoundAt is when it was found (问题发现).
	FoundAt *Time `json:"found_at,omitzero"`
	// DueAt is until when it has to be corrected (限期).
	DueAt *Time `json:"due_at,omitzero"`
	// FixedAt is when it was corrected (改正); "" means not yet.
	FixedAt *Time `json:"fixed_at,omitzero"`
	// RecheckedAt is when the correction was checked (复查); "" means not yet.
	RecheckedAt *Time `json:"rechecked_at,omitzero"`
}

// PressEvent is one press conference (新闻发布会).
type PressEvent struct {
	// At is when it took place.
	At *Time `json:"at,omitzero"`
	// Role is who spoke.
	Role *PressRole `json:"role,omitzero"`
}

// PressRole is who spoke at a press conference.
type PressRole string

// The speakers at a press conference.
const (
	PressPrincipal    PressRole = "principal"    // 主要负责同志
	PressSpokesperson PressRole = "spokesperson" // 新闻发言人
	PressResponsible  PressRole = "responsible"  // 相关负责人
)

func (PressRole) values() []string {
	return names(PressPrincipal, PressSpokesperson, PressResponsible)
}
