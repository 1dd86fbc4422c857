package review

// Workflow holds the records of how the draft was written, reviewed and checked.
type Workflow struct {
	// Action is what is being done with the draft.
	Action *WorkflowAction `json:"action,omitzero"`
	// Editor is the person who edited the draft (编辑).
	Editor *string `json:"editor,omitzero"`
	// Application is the request to publish.
	Application *Application `json:"application,omitzero"`
	// Reviews are the records of the levels of review (三审), in any order: rules order them by time.
	Reviews []ReviewRecord `json:"reviews,omitzero"`
	// SecrecyReview is the secrecy examination (保密审查).
	SecrecyReview *SecrecyReview `json:"secrecy_review,omitzero"`
	// LegalReview is the legality review (合法性审查).
	LegalReview *LegalReview `json:"legal_review,omitzero"`
	// Consultations are the confirmations by other organs.
	Consultations []Consultation `json:"consultations,omitzero"`
	// AutoFindings are the findings of the automatic check that the draft went through.
	AutoFindings []AutoFinding `json:"auto_findings,omitzero"`
	// Dispositions are what people decided about those findings.
	Dispositions []Disposition `json:"dispositions,omitzero"`
	// CheckRuns are the runs of the automatic check.
	CheckRuns []CheckRun `json:"check_runs,omitzero"`
	// ApprovedDigest is the text digest (see TextDigest) of what the last approval saw.
	ApprovedDigest *string `json:"approved_digest,omitzero"`
}

// WorkflowAction is what is being done with a draft.
type WorkflowAction string

// The actions of a workflow.
const (
	WorkflowSave               WorkflowAction = "save"                 // 保存
	WorkflowSubmit             WorkflowAction = "submit"               // 送审
	WorkflowPublish            WorkflowAction = "publish"              // 发布
	WorkflowBroadcast          WorkflowAction = "broadcast"            // 群发
	WorkflowApplyCertification WorkflowAction = "apply_certification"  // 申请认证
	WorkflowUseAdvancedFeature WorkflowAction = "use_advanced_feature" // 使用高级功能
)

func (WorkflowAction) values() []string {
	return names(WorkflowSave, WorkflowSubmit, WorkflowPublish, WorkflowBroadcast,
		WorkflowApplyCertification, WorkflowUseAdvancedFeature)
}

// Application is the request to publish (发布申请).
type Application struct {
	// Department is where the draft comes from (来稿部(室)).
	Department *string `json:"department,omitzero"`
	// AppliedAt is when the request was made.
	AppliedAt *Time `json:"applied_at,omitzero"`
}

// ReviewRecord is one decision of one level of review.
type ReviewRecord struct {
	// Level is 1 for 初审, 2 for 复审, 3 for 终审.
	Level *int64 `json:"level,omitzero"`
	// Role is the role of the reviewer: an id or a Chinese name.
	Role *string `json:"role,omitzero"`
	// Reviewer is the person.
	Reviewer *string `json:"reviewer,omitzero"`
	// Result is the decision.
	Result *ReviewResult `json:"result,omitzero"`
	// At is when it was made.
	At *Time `json:"at,omitzero"`
	// Channel is how it was given; absent means ChannelWritten.
	Channel *ReviewChannel `json:"channel,omitzero"`
}

// ReviewResult is the decision of a review.
type ReviewResult string

// The results of a review.
const (
	ResultApproved ReviewResult = "approved" // 通过
	ResultRejected ReviewResult = "rejected" // 不通过
	ResultPending  ReviewResult = "pending"  // 待审
	ResultNone     ReviewResult = ""         // known to be none
)

func (ReviewResult) values() []string {
	return names(ResultApproved, ResultRejected, ResultPending, ResultNone)
}

// ReviewChannel is how a decision was given.
type ReviewChannel string

// The channels of a decision.
const (
	ChannelWritten ReviewChannel = "written" // 书面
	ChannelPhone   ReviewChannel = "phone"   // 电话
)

func (ReviewChannel) values() []string { return names(ChannelWritten, ChannelPhone) }

// SecrecyReview is the secrecy examination (保密审查). A pointer to an empty one says that there is no such record.
type SecrecyReview struct {
	// Initial is the examination by the department (初审).
	Initial *SecrecyDecision `json:"initial,omitzero"`
	// Final is the examination after it (复审).
	Final *SecrecyDecision `json:"final,omitzero"`
}

// SecrecyDecision is one step of the secrecy examination.
type SecrecyDecision struct {
	// Reviewer is the person (初审人, 复审人).
	Reviewer *string `json:"reviewer,omitzero"`
	// Role is the role of the reviewer: an id or a Chinese name.
	Role *string `json:"role,omitzero"`
	// IsSecret answers whether the draft holds a state secret (是否涉密).
	IsSecret *Answer `json:"is_secret,omitzero"`
	// MayPublish answers whether it may be made public (能否公开).
	MayPublish *Answer `json:"may_publish,omitzero"`
	// At is when the answers were given.
	At *Time `json:"at,omitzero"`
}

// Answer is the answer to a question of the secrecy examination.
type Answer string

// The answers. AnswerUndetermined is an answer, AnswerNone is not.
const (
	AnswerYes          Answer = "yes"
	AnswerNo           Answer = "no"
	AnswerUndetermined Answer = "undetermined"
	AnswerNone         Answer = "" // known to be unanswered
)

func (Answer) values() []string {
	return names(AnswerYes, AnswerNo, AnswerUndetermined, AnswerNone)
}

// LegalReview is the legality review (合法性审查). A pointer to an empty one says that there is no such record.
type LegalReview struct {
	// Reviewer is the legal department or the person.
	Reviewer *string `json:"reviewer,omitzero"`
	// Result is the conclusion.
	Result *ReviewResult `json:"result,omitzero"`
	// At is when it was reached.
	At *Time `json:"at,omitzero"`
}

// Consultation is the confirmation of another organ.
type Consultation struct {
	// Agency is the organ that confirmed.
	Agency *string `json:"agency,omitzero"`
	// At is when it did.
	At *Time `json:"at,omitzero"`
}

// AutoFinding is one finding of the automatic check, as the workflow recorded it.
type AutoFinding struct {
	// ID is the id of the finding.
	ID *string `json:"id,omitzero"`
	// Severity is how bad the finding was.
	Severity *Severity `json:"severity,omitzero"`
	// Fixed says that the text was corrected and checked again.
	Fixed *bool `json:"fixed,omitzero"`
}

// Disposition is what a person decided about a finding of the automatic check.
type Disposition struct {
	// FindingID is the AutoFinding.ID that was decided about.
	FindingID *string `json:"finding_id,omitzero"`
	// Decision is what was decided.
	Decision *DispositionDecision `json:"decision,omitzero"`
	// Reviewer is the person.
	Reviewer *string `json:"reviewer,omitzero"`
	// Reason is why; it is needed unless Decision is DispositionFixed.
	Reason *string `json:"reason,omitzero"`
	// At is when it was decided.
	At *Time `json:"at,omitzero"`
}

// DispositionDecision is what was decided about a finding.
type DispositionDecision string

// The decisions about a finding.
const (
	DispositionFixed         DispositionDecision = "fixed"          // 已改
	DispositionAccepted      DispositionDecision = "accepted"       // 说明理由后保留
	DispositionFalsePositive DispositionDecision = "false_positive" // 误报
)

func (DispositionDecision) values() []string {
	return names(DispositionFixed, DispositionAccepted, DispositionFalsePositive)
}

// CheckRun is one run of the automatic check.
type CheckRun struct {
	// At is when it ran.
	At *Time `json:"at,omitzero"`
	// LexiconVersion is the version of the lexicon that it used.
	LexiconVersion *string `json:"lexicon_version,omitzero"`
	// Categories are the categories that ran.
	Categories []ID `json:"categories,omitzero"`
	// TextDigest is the text digest (see TextDigest) of what was checked.
	TextDigest *string `json:"text_digest,omitzero"`
}
