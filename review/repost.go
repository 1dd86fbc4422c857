package review

// Repost is what is known about the source of a reposted draft (转载).
type Repost struct {
	// IsRepost says that the draft is a repost (转载稿). It is a gate: while it is unknown, no repost rule is evaluated.
	IsRepost *bool `json:"is_repost,omitzero"`
	// Source is the source as declared (来源).
	Source *string `json:"source,omitzero" review:"text"`
	// SourceURL is the address of the source. Its host is the fallback for Source.
	SourceURL *string `json:"source_url,omitzero"`
	// OriginalTitle is the title at the source (原标题).
	OriginalTitle *string `json:"original_title,omitzero" review:"text"`
	// TitleVerified says that the pipeline compared the title with the page of the source.
	TitleVerified *bool `json:"title_verified,omitzero"`
	// Form says how the source was used; absent means RepostFull.
	Form *RepostForm `json:"form,omitzero"`
	// SameOwner says that the source account belongs to the same organisation.
	SameOwner *bool `json:"same_owner,omitzero"`
}

// RepostForm is how a repost uses its source.
type RepostForm string

// The forms of a repost.
const (
	RepostFull        RepostForm = "full"        // 全文转载
	RepostCompilation RepostForm = "compilation" // 综合摘编, from two or more sources
)

func (RepostForm) values() []string { return names(RepostFull, RepostCompilation) }
