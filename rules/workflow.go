package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
)

var workflowChecks = map[string]maker{
	"workflow.three-level-review":        threeLevelReview,
	"workflow.approval-chain":            approvalChain,
	"workflow.unreviewed-blocked":        unreviewedBlocked,
	"workflow.editor-reviewer-separate":  editorReviewerSeparate,
	"workflow.legal-review-major-policy": legalReview,
	"workflow.human-review-after-auto":   humanReviewAfterAuto,
	"workflow.lexicon-12-categories":     twelveCategories,
	"workflow.approved-text-unchanged":   approvedTextUnchanged,
	"workflow.origin-department":         originDepartment,
	"workflow.content-type-allowed":      contentTypeAllowed,
	"workflow.public-consultation":       publicConsultation,
	"workflow.policy-interpretation":     policyInterpretation,
	"workflow.correction-recheck":        correctionRecheck,
	"workflow.accuracy-check-run":        accuracyCheckRun,
}

const workflowReviews = "workflow.reviews"

// A step is one level, or one role, that has to approve.
type step struct {
	name    words
	role    string // of a chain
	records []int  // indexes of reviews that belong to it
}

// A decided step is the record that counts for it.
type decided struct {
	index int // of the review
	at    time.Time
	known bool // whether at is
}

// latest returns the record of a step that counts: the one decided last. A
// record without a time counts only if no record has one.
func (c *call) latest(records []int) (int, bool) {
	best, timed := -1, false
	var bestAt time.Time
	for _, i := range records {
		t := c.Workflow.Reviews[i].At
		if t == nil && len(records) > 1 {
			c.miss(indexed(workflowReviews, i, "at"))
			return 0, false
		}
		at, ok := moment(valueOr(t, ""))
		if best < 0 || ok && !timed || ok == timed && !at.Before(bestAt) {
			best, bestAt, timed = i, at, ok
		}
	}
	return best, best >= 0
}

// approve checks one step and returns the record that approved it; hours is
// how long the written record of an approval by phone may take.
func (c *call) approve(s step, hours int) (d decided, ok bool) {
	name := c.say(s.name)
	if len(s.records) == 0 {
		c.violate(workflowReviews, words{"缺少%s", "%s is missing"}, name)
		return d, false
	}
	// By phone first and in writing later: the approval is that by phone.
	for _, i := range s.records {
		r := &c.Workflow.Reviews[i]
		at, timed := moment(valueOr(r.At, ""))
		if !timed || valueOr(r.Channel, review.ChannelWritten) != review.ChannelPhone || valueOr(r.Result, "") != review.ResultApproved {
			continue
		}
		due := at.Add(time.Duration(hours) * time.Hour)
		for _, j := range s.records {
			w := &c.Workflow.Reviews[j]
			written, ok := moment(valueOr(w.At, ""))
			if ok && valueOr(w.Channel, review.ChannelWritten) == review.ChannelWritten && valueOr(w.Result, "") == review.ResultApproved &&
				!written.Before(at) && !written.After(due) {
				return decided{i, at, true}, c.beforePublication(at, i, name)
			}
		}
	}
	i, ok := c.latest(s.records)
	if !ok {
		return d, false
	}
	r := &c.Workflow.Reviews[i]
	path := indexed(workflowReviews, i, "")
	d.index, ok = i, false
	if result, known := need(c, r.Result, path+".result"); known {
		if result != review.ResultApproved {
			c.violate(path, words{"%s未通过", "%s did not approve"}, name)
			return d, false
		}
		ok = true
	}
	at, known := need(c, r.At, path+".at")
	if !known {
		return d, false
	}
	when, happened := moment(at)
	if !happened {
		c.violate(path, words{"%s没有时间", "%s has no time"}, name)
		return d, false
	}
	d.at, d.known = when, true
	if valueOr(r.Channel, review.ChannelWritten) == review.ChannelPhone {
		if now, timed := moment(valueOr(c.Now, "")); timed && hours > 0 && !now.After(when.Add(time.Duration(hours)*time.Hour)) {
			c.note(path, words{"%s为电话审批，须在%d小时内补书面记录", "%s approved by phone; a written record is due within %d hours"}, name, hours)
		} else {
			c.violate(path, words{"%s只有电话审批，没有及时补书面记录", "%s approved by phone, without a written record in time"}, name)
			return d, false
		}
	}
	return d, c.beforePublication(when, i, name) && ok
}

func (c *call) beforePublication(at time.Time, i int, name string) bool {
	published, ok := c.publication()
	if ok && at.After(published) {
		c.violate(indexed(workflowReviews, i, ""), words{"%s晚于发布时间", "%s came after publication"}, name)
	}
	return ok
}

// inOrder checks that steps were decided one after the other.
func (c *call) inOrder(steps []step, got []decided) {
	for i := 1; i < len(steps); i++ {
		if a, b := got[i-1], got[i]; a.known && b.known && b.at.Before(a.at) {
			c.violate(indexed(workflowReviews, b.index, ""), words{"%s早于%s", "%s came before %s"}, c.say(steps[i].name), c.say(steps[i-1].name))
		}
	}
}

// levelNames are those of the three levels of review.
var levelNames = []words{{"初审", "the first review"}, {"复审", "the second review"}, {"终审", "the final review"}}

// levelSteps are the levels of review with their records.
func levelSteps(levels int, reviews []review.ReviewRecord) []step {
	steps := make([]step, levels)
	for l := range steps {
		steps[l].name = words{fmt.Sprintf("第%d级审核", l+1), fmt.Sprintf("review %d", l+1)}
		if l < len(levelNames) {
			steps[l].name = levelNames[l]
		}
	}
	for i, r := range reviews {
		if r.Level != nil && *r.Level >= 1 && *r.Level <= int64(levels) {
			l := &steps[*r.Level-1]
			l.records = append(l.records, i)
		}
	}
	return steps
}

// chainSteps are the roles of a chain with their records.
func chainSteps(chain []string, reviews []review.ReviewRecord, l *lists) []step {
	steps := make([]step, len(chain))
	for k, role := range chain {
		name := l.roleName(role)
		steps[k].name = words{name + "审批", "the approval of " + role}
		steps[k].role = role
		for i, r := range reviews {
			if r.Role != nil && l.role(*r.Role) == l.role(role) {
				steps[k].records = append(steps[k].records, i)
			}
		}
	}
	return steps
}

func threeLevelReview(s *setup) check {
	levels, same, hours := s.params.int("levels"), s.params.bool("allow_same_reviewer"), s.params.int("emergency_followup_hours")
	return func(c *call) {
		reviews := orEmpty(c.Workflow).Reviews
		if reviews == nil {
			c.miss(workflowReviews)
			return
		}
		steps := levelSteps(levels, reviews)
		unknown := slices.ContainsFunc(reviews, func(r review.ReviewRecord) bool { return r.Level == nil })
		got := make([]decided, levels)
		persons := map[string]int{}
		for l := range steps {
			if len(steps[l].records) == 0 && unknown {
				for i, r := range reviews {
					if r.Level == nil {
						c.miss(indexed(workflowReviews, i, "level"))
					}
				}
				continue
			}
			var ok bool
			if got[l], ok = c.approve(steps[l], hours); !ok && !got[l].known {
				continue
			}
			path := indexed(workflowReviews, got[l].index, "")
			person, known := need(c, reviews[got[l].index].Reviewer, path+".reviewer")
			if !known {
				continue
			}
			person = compact(person)
			if person == "" {
				c.violate(path, words{"%s没有审核人", "%s names no reviewer"}, c.say(steps[l].name))
				continue
			}
			if before, taken := persons[person]; taken && !same {
				c.violate(path, words{"%s与%s是同一人", "%s and %s are one person"}, c.say(steps[l].name), c.say(steps[before].name))
			}
			persons[person] = l
		}
		c.inOrder(steps, got)
	}
}

func approvalChain(s *setup) check {
	chain, ordered := s.params.strings("chain"), s.params.bool("ordered")
	return func(c *call) {
		reviews := orEmpty(c.Workflow).Reviews
		if reviews == nil {
			c.miss(workflowReviews)
			return
		}
		steps := chainSteps(chain, reviews, c.engine.lists)
		got := make([]decided, len(chain))
		for k := range steps {
			if len(steps[k].records) == 0 {
				unknown := false
				for i, r := range reviews {
					if r.Role == nil {
						c.miss(indexed(workflowReviews, i, "role"))
						unknown = true
					}
				}
				if unknown {
					continue
				}
			}
			got[k], _ = c.approve(steps[k], 0)
		}
		if ordered {
			c.inOrder(steps, got)
		}
	}
}

func unreviewedBlocked(*setup) check {
	return func(c *call) {
		w := orEmpty(c.Workflow)
		approved := slices.ContainsFunc(w.Reviews, func(r review.ReviewRecord) bool { return valueOr(r.Result, "") == review.ResultApproved })
		if approved || w.Action != nil && *w.Action != review.WorkflowPublish && *w.Action != review.WorkflowBroadcast {
			return
		}
		if _, ok := need(c, w.Action, "workflow.action"); !ok {
			return
		}
		if w.Reviews == nil {
			c.miss(workflowReviews)
			return
		}
		for i, r := range w.Reviews {
			need(c, r.Result, indexed(workflowReviews, i, "result"))
		}
		if len(c.missing) == 0 {
			c.violate(workflowReviews, words{"没有审核通过的记录，不得发布", "nobody has approved it, so it must not be published"})
		}
	}
}

func editorReviewerSeparate(s *setup) check {
	self := s.params.bool("allow_self_review")
	return func(c *call) {
		w := orEmpty(c.Workflow)
		editor, known := need(c, w.Editor, "workflow.editor")
		editor = compact(editor)
		if known && editor == "" {
			c.violate("workflow.editor", words{"没有指定编辑", "no editor is named"})
		}
		if w.Reviews == nil {
			c.miss(workflowReviews)
			return
		}
		if len(w.Reviews) == 0 {
			c.violate(workflowReviews, words{"没有指定审核人", "no reviewer is named"})
		}
		for i, r := range w.Reviews {
			path := indexed(workflowReviews, i, "reviewer")
			person, ok := need(c, r.Reviewer, path)
			switch person = compact(person); {
			case !ok:
			case person == "":
				c.violate(path, words{"没有指定审核人", "no reviewer is named"})
			case known && person == editor:
				m := c.violate("workflow.editor", words{"编辑与审核人是同一人", "the editor reviewed the draft"})
				if self {
					m.lower(review.SeverityWarning)
				}
			}
		}
	}
}

// policyWords in a title make it likely that it announces a policy.
var policyWords = []string{"办法", "规定", "方案", "意见", "决定"}

func legalReview(*setup) check {
	const field = "workflow.legal_review"
	return func(c *call) {
		if valueOr(orEmpty(c.Repost).IsRepost, false) {
			return
		}
		major, ok := need(c, orEmpty(c.Meta).IsMajorPolicy, "meta.is_major_policy")
		if !ok {
			if p := c.title(); p != nil {
				for _, w := range policyWords {
					if i := strings.Index(p.text, w); i >= 0 {
						c.noteAt(p, span{i, i + len(w)}, words{"标题像是政策文件，请说明是否重大政策", "the title looks like that of a policy: say whether it is a major one"})
						break
					}
				}
			}
			return
		}
		if !major {
			return
		}
		r := orEmpty(c.Workflow).LegalReview
		switch {
		case r == nil:
			c.miss(field)
			return
		case *r == review.LegalReview{}:
			c.violate(field, words{"重大政策没有合法性审查记录", "there is no legality review of a major policy"})
			return
		}
		if result, ok := need(c, r.Result, field+".result"); ok && result != review.ResultApproved {
			c.violate(field, words{"合法性审查没有通过", "the legality review did not approve"})
		}
		c.inTime(r.At, field+".at", field,
			words{"合法性审查没有时间", "the legality review has no time"}, words{"合法性审查晚于发布时间", "the legality review came after publication"})
	}
}

func humanReviewAfterAuto(s *setup) check {
	var least review.Severity
	if err := least.UnmarshalText([]byte(s.params.string("min_severity"))); err != nil {
		panic(err) // the catalogue allows severities only
	}
	const field = "workflow.dispositions"
	return func(c *call) {
		w := orEmpty(c.Workflow)
		if w.AutoFindings == nil {
			c.miss("workflow.auto_findings")
			return
		}
		open := 0
		for i, f := range w.AutoFindings {
			if valueOr(f.Fixed, false) || f.Severity != nil && *f.Severity < least {
				continue
			}
			path := indexed("workflow.auto_findings", i, "")
			need(c, f.Severity, path+".severity")
			id, ok := need(c, f.ID, path+".id")
			if !ok || f.Severity == nil {
				continue
			}
			if w.Dispositions == nil {
				c.miss(field)
				continue
			}
			if handled, known := c.handled(id); known && !handled {
				open++
			}
		}
		if open > 0 {
			c.violate(field, words{"自动检查提示的%d处问题在发布前没有人工处理", "nobody decided about %d findings of the automatic check before publication"}, open)
		}
	}
}

// handled reports whether a person decided about an automatic finding before
// publication; if that is not known, it says what is missing.
func (c *call) handled(id string) (handled, known bool) {
	var missing []string
	for i, d := range c.Workflow.Dispositions {
		if d.FindingID != nil && *d.FindingID != id {
			continue
		}
		path := indexed("workflow.dispositions", i, "")
		bad := d.Reviewer != nil && compact(*d.Reviewer) == "" ||
			d.Decision != nil && *d.Decision != review.DispositionFixed && d.Reason != nil && strings.TrimSpace(*d.Reason) == ""
		var lacks []string
		lack := func(absent bool, name string) {
			if absent {
				lacks = append(lacks, path+"."+name)
			}
		}
		lack(d.FindingID == nil, "finding_id")
		lack(d.Decision == nil, "decision")
		lack(d.Reviewer == nil, "reviewer")
		lack(d.Reason == nil && d.Decision != nil && *d.Decision != review.DispositionFixed, "reason")
		lack(d.At == nil, "at")
		if d.At != nil {
			at, happened := moment(*d.At)
			published, ok := c.publicationOf()
			switch {
			case !happened:
				bad = true
			case !ok:
				lacks = append(lacks, "publish_at")
			case at.After(published):
				bad = true
			}
		}
		switch {
		case bad:
		case len(lacks) == 0:
			return true, true
		default:
			missing = append(missing, lacks...)
		}
	}
	c.miss(missing...)
	return false, len(missing) == 0
}

func twelveCategories(s *setup) check {
	waived := s.params.stringByName("waived_categories")
	categories := lexicon.Categories()
	return func(c *call) {
		if c.evidence.Categories == nil {
			c.miss(lexiconMissing)
			return
		}
		var titles []string
		for _, info := range categories {
			if c.evidence.Categories[string(info.ID)] == 0 && strings.TrimSpace(waived[string(info.ID)]) == "" {
				titles = append(titles, c.say(words{info.Title, string(info.ID)}))
			}
		}
		if len(titles) > 0 {
			c.violate(lexiconMissing, words{"词库缺少%d类：%s", "the lexicon lacks %d categories: %s"}, len(titles), strings.Join(titles, c.say(words{"、", ", "})))
		}
	}
}

// presentDigest is the text digest of the document as it is.
func (c *call) presentDigest() string {
	body := ""
	if p := c.body(); p != nil {
		body = p.visible.Text()
	}
	return c.Document.TextDigest(body)
}

func approvedTextUnchanged(*setup) check {
	return func(c *call) {
		approved, ok := need(c, orEmpty(c.Workflow).ApprovedDigest, "workflow.approved_digest")
		need(c, c.Title, "title")
		need(c, c.Body, "body")
		if !ok || len(c.missing) > 0 {
			return
		}
		switch approved {
		case c.presentDigest():
		case "":
			c.violate("workflow.approved_digest", words{"没有审定稿的记录", "there is no record of the text that was approved"})
		default:
			c.violate("workflow.approved_digest", words{"审定之后文字又有改动，须重新审核", "the text was changed after its approval: have it approved again"})
		}
	}
}

func originDepartment(*setup) check {
	const field = "workflow.application"
	return func(c *call) {
		if valueOr(orEmpty(c.Repost).IsRepost, false) {
			return
		}
		a := orEmpty(c.Workflow).Application
		if a != nil && *a == (review.Application{}) {
			c.violate(field, words{"没有来稿部（室）的发布申请", "no department applied for publication"})
			return
		}
		a = orEmpty(a)
		if d, ok := need(c, a.Department, field+".department"); ok && strings.TrimSpace(d) == "" {
			c.violate(field+".department", words{"没有写明来稿部（室）", "the department is not named"})
		}
		if at, ok := need(c, a.AppliedAt, field+".applied_at"); ok && at == "" {
			c.violate(field+".applied_at", words{"没有提出发布申请", "publication was not applied for"})
		}
	}
}

func contentTypeAllowed(s *setup) check {
	allowed := s.params.strings("allowed")
	return func(c *call) {
		m := orEmpty(c.Meta)
		kind, ok := need(c, m.ContentType, "meta.content_type")
		switch {
		case !ok:
		case !slices.Contains(allowed, string(kind)):
			c.violate("meta.content_type", words{"内容类型“%s”不在允许发布的类型中", "content of type %q is not published"}, kind)
		case kind == review.ContentOther:
			if reason, ok := need(c, m.ContentTypeReason, "meta.content_type_reason"); ok && strings.TrimSpace(reason) == "" {
				c.violate("meta.content_type_reason", words{"内容类型为“其他”，须写明理由", "content of type other needs a reason"})
			}
		}
	}
}

// linked reports whether a link of a kind is given; a link whose kind is not
// known is missing.
func (c *call) linked(kind review.LinkKind) bool {
	for _, l := range c.Links {
		if l.Kind != nil && *l.Kind == kind && l.URL != nil && strings.TrimSpace(*l.URL) != "" {
			return true
		}
	}
	if c.Links == nil {
		c.miss("links")
	}
	for i, l := range c.Links {
		switch {
		case l.Kind == nil:
			c.miss(indexed("links", i, "kind"))
		case *l.Kind == kind && l.URL == nil:
			c.miss(indexed("links", i, "url"))
		}
	}
	return false
}

func publicConsultation(*setup) check {
	return func(c *call) {
		major, ok := need(c, orEmpty(c.Meta).IsMajorDecision, "meta.is_major_decision")
		if ok && major && !c.linked(review.LinkConsultation) && len(c.missing) == 0 {
			c.violate("links", words{"重要决策没有公开征求意见的链接", "an important decision without a link to its public consultation"})
		}
	}
}

var interpreting = []string{"解读", "一图读懂", "问答"}

func policyInterpretation(*setup) check {
	interprets := func(s string) bool {
		return slices.ContainsFunc(interpreting, func(w string) bool { return strings.Contains(s, w) })
	}
	return func(c *call) {
		major, ok := need(c, orEmpty(c.Meta).IsMajorPolicy, "meta.is_major_policy")
		if !ok || !major {
			return
		}
		if p := c.body(); p != nil && interprets(p.text) {
			return
		}
		for _, l := range c.Links {
			if l.Text != nil && interprets(fold(*l.Text)) {
				return
			}
		}
		if !c.linked(review.LinkInterpretation) && len(c.missing) == 0 {
			c.violate("links", words{"重要政策没有附政策解读", "a major policy without its interpretation"})
		}
	}
}

func correctionRecheck(*setup) check {
	return func(c *call) {
		patrols := orEmpty(c.Operations).Patrols
		if patrols == nil {
			c.miss("operations.patrols")
		}
		for i, p := range patrols {
			if p.Issues == nil {
				c.miss(indexed("operations.patrols", i, "issues"))
			}
			for j, issue := range p.Issues {
				path := indexed(indexed("operations.patrols", i, "issues"), j, "")
				fixed, ok := need(c, issue.FixedAt, path+".fixed_at")
				if !ok {
					continue
				}
				due, limited := need(c, issue.DueAt, path+".due_at")
				dueAt, limits := moment(due)
				if at, done := moment(fixed); done {
					if limits && at.After(dueAt) {
						c.violate(path, words{"问题超过期限才改正", "the issue was corrected after its time"})
					}
					if again, ok := need(c, issue.RecheckedAt, path+".rechecked_at"); ok && again == "" {
						c.violate(path, words{"问题改正后没有复查", "the issue was corrected and not checked again"})
					}
					continue
				}
				if !limited || !limits {
					continue
				}
				if at, ok := moment(valueOr(c.Now, "")); !ok {
					c.miss("now")
				} else if at.After(dueAt) {
					c.violate(path, words{"问题超过期限仍未改正", "the issue is not corrected and its time is over"})
				}
			}
		}
	}
}

func accuracyCheckRun(s *setup) check {
	categories := s.params.strings("categories")
	const field = "workflow.check_runs"
	return func(c *call) {
		runs := orEmpty(c.Workflow).CheckRuns
		if runs == nil {
			c.miss(field)
			return
		}
		digest := c.presentDigest()
		var missing []string
		for i, r := range runs {
			if r.TextDigest != nil && *r.TextDigest != digest {
				continue
			}
			if r.Categories != nil && slices.ContainsFunc(categories, func(name string) bool { return !slices.Contains(r.Categories, review.ID(name)) }) {
				continue
			}
			if r.TextDigest != nil && r.Categories != nil {
				return
			}
			if r.TextDigest == nil {
				missing = append(missing, indexed(field, i, "text_digest"))
			}
			if r.Categories == nil {
				missing = append(missing, indexed(field, i, "categories"))
			}
		}
		if c.miss(missing...); len(missing) == 0 {
			c.violate(field, words{"现在的文字没有经过词库核查", "the present text was not checked against the lexicon"})
		}
	}
}
