package rules

import (
	"slices"
	"strings"
	"unicode"

	"github.com/shenjiao/shenjiao/recognize"
	"github.com/shenjiao/shenjiao/review"
)

var secrecyChecks = map[string]maker{
	"secrecy.marking-present":        markingPresent,
	"secrecy.review-recorded":        secrecyReviewRecorded,
	"secrecy.dept-initial-review":    deptInitialReview,
	"secrecy.escalate-undetermined":  escalateUndetermined,
	"secrecy.cross-agency-confirmed": crossAgencyConfirmed,
}

// published returns the texts of the document that readers get: title, digest,
// body, pictures, names of attachments. Those that are absent are left out.
func (c *call) published() []*page {
	pages := []*page{c.title(), c.document.digest(), c.body()}
	for i, img := range c.Images {
		pages = append(pages, c.page(indexed("images", i, "alt"), img.Alt), c.page(indexed("images", i, "ocr"), img.OCR))
	}
	for i, a := range c.Attachments {
		pages = append(pages, c.page(indexed("attachments", i, "name"), a.Name))
	}
	return slices.DeleteFunc(pages, func(p *page) bool { return p == nil })
}

func markingPresent(*setup) check {
	marks := recognize.Set(recognize.SecretMark, recognize.SecretField, recognize.InternalMark, recognize.WorkSecret,
		recognize.NotPublic, recognize.Distribution, recognize.CopyNumber, recognize.Urgency)
	slight := recognize.Set(recognize.CopyNumber, recognize.Urgency)
	return func(c *call) {
		education := valueOr(orEmpty(c.Meta).Topic, "") == review.TopicSecrecyEducation
		for _, p := range c.published() {
			for _, s := range p.recognised(marks) {
				at := p.folded(int(s.Start), int(s.End))
				name := s.Kind.Info()
				title := c.say(words{name.Title, name.English})
				switch {
				case slight.Has(s.Kind):
					c.noteAt(p, at, words{"文中有公文办理标识（%s）", "the text holds a mark of handling (%s)"}, title)
				case education && s.Notes.Has(recognize.Quoted):
					c.noteAt(p, at, words{"引用了涉密标识（%s），作为保密宣传的例子", "a quoted mark (%s) serves as an example"}, title)
				default:
					w := words{"文中有涉密或不公开标识（%s），须核实能否公开", "the text holds a mark of secrecy (%s): may it be published?"}
					if s.Notes.Has(recognize.ImplausibleTerm) {
						w = words{"文中有涉密标识（%s），保密期限超过法定上限，须核实能否公开", "the text holds a mark of secrecy (%s) with a period longer than the law allows: may it be published?"}
					}
					m := c.violateAt(p, at, w, title)
					if s.Notes.Has(recognize.Declassified) || s.Notes.Has(recognize.Imprint) {
						m.lower(review.SeverityWarning)
					}
				}
			}
		}
		if c.Body == nil {
			c.miss("body")
		}
	}
}

// decision returns one step of the secrecy examination: nil for unknown, and a
// pointer to an empty one for none.
func (c *call) decision(final bool) *review.SecrecyDecision {
	r := orEmpty(c.Workflow).SecrecyReview
	switch {
	case r == nil:
		return nil
	case *r == review.SecrecyReview{}:
		return &review.SecrecyDecision{}
	case final:
		return r.Final
	default:
		return r.Initial
	}
}

func isNone(d *review.SecrecyDecision) bool { return d != nil && *d == review.SecrecyDecision{} }

const secrecyReview = "workflow.secrecy_review"

func secrecyReviewRecorded(s *setup) check {
	exempt := s.params.strings("exempt_types")
	return func(c *call) {
		if t := orEmpty(c.Meta).ContentType; t != nil && slices.Contains(exempt, string(*t)) {
			return
		}
		if orEmpty(c.Workflow).SecrecyReview == nil {
			c.miss(secrecyReview)
			return
		}
		d, path := c.decision(true), secrecyReview+".final"
		if isNone(d) {
			d, path = c.decision(false), secrecyReview+".initial"
		}
		if d == nil {
			c.miss(path)
			return
		}
		if isNone(d) {
			c.violate(secrecyReview, words{"没有保密审查记录", "there is no record of a secrecy examination"})
			return
		}
		if may, ok := need(c, d.MayPublish, path+".may_publish"); ok && may != review.AnswerYes {
			c.violate(secrecyReview, words{"保密审查没有作出“可以公开”的结论", "the secrecy examination does not say that it may be published"})
		}
		c.inTime(d.At, path+".at", secrecyReview,
			words{"保密审查没有完成时间", "the secrecy examination has no time"}, words{"保密审查晚于发布时间", "the secrecy examination came after publication"})
	}
}

func deptInitialReview(s *setup) check {
	role := s.lists.role(s.params.string("role"))
	const field = secrecyReview + ".initial"
	return func(c *call) {
		d := c.decision(false)
		if d == nil {
			c.miss(field)
			return
		}
		if isNone(d) {
			c.violate(field, words{"没有部（室）保密初审记录", "there is no record of the department's secrecy examination"})
			return
		}
		if r, ok := need(c, d.Role, field+".role"); ok && c.engine.lists.role(r) != role {
			c.violate(field, words{"保密初审应由%s作出，记录为“%s”", "the secrecy examination has to be made by %s, the record says %q"}, c.engine.lists.roleName(role), r)
		}
		for _, q := range []struct {
			answer *review.Answer
			name   string
			title  words
		}{{d.IsSecret, "is_secret", words{"是否涉密", "is it secret"}}, {d.MayPublish, "may_publish", words{"能否公开", "may it be published"}}} {
			if a, ok := need(c, q.answer, field+"."+q.name); ok && a == review.AnswerNone {
				c.violate(field, words{"保密初审没有回答“%s”", "the secrecy examination does not answer: %s"}, c.say(q.title))
			}
		}
	}
}

func escalateUndetermined(s *setup) check {
	role := s.lists.role(s.params.string("role"))
	const initial, field = secrecyReview + ".initial", secrecyReview + ".final"
	return func(c *call) {
		d := c.decision(false)
		if d == nil {
			c.miss(initial)
			return
		}
		if isNone(d) {
			return // secrecy.dept-initial-review speaks of it
		}
		open := valueOr(d.IsSecret, "") == review.AnswerUndetermined || valueOr(d.MayPublish, "") == review.AnswerUndetermined
		if !open {
			need(c, d.IsSecret, initial+".is_secret")
			need(c, d.MayPublish, initial+".may_publish")
			return
		}
		f := c.decision(true)
		if f == nil {
			c.miss(field)
			return
		}
		if isNone(f) {
			c.violate(field, words{"初审不能确定，没有报%s复审", "the first examination was undetermined, and %s was not asked"}, c.engine.lists.roleName(role))
			return
		}
		if r, ok := need(c, f.Role, field+".role"); ok && c.engine.lists.role(r) != role {
			c.violate(field, words{"复审应由%s作出，记录为“%s”", "the second examination has to be made by %s, the record says %q"}, c.engine.lists.roleName(role), r)
		}
		for _, q := range []struct {
			answer *review.Answer
			name   string
		}{{f.IsSecret, "is_secret"}, {f.MayPublish, "may_publish"}} {
			if a, ok := need(c, q.answer, field+"."+q.name); ok && a != review.AnswerYes && a != review.AnswerNo {
				c.violate(field, words{"复审仍没有明确结论", "the second examination gives no clear answer"})
			}
		}
		c.inTime(f.At, field+".at", field,
			words{"复审没有完成时间", "the second examination has no time"}, words{"复审晚于发布时间", "the second examination came after publication"})
	}
}

// organEndings are how the names of organs end, for a profile that lists none.
var organEndings = []string{
	"局", "厅", "委员会", "办公室", "管委会", "人民政府", "法院", "检察院", "总工会", "妇联", "团委", "消防救援支队", "交警支队", "监管局",
	"发改委", "卫健委", "住建委", "国资委", "教委", "体委", "政法委", "宣传部", "组织部", "统战部", "网信办", "防汛办", "应急办",
}

// organBegins are the levels that such a name begins with.
const organBegins = "省市县区州盟旗"

// acting are what an organ does that another organ has to stand for.
var acting = []string{
	"将", "拟", "决定", "发布", "发出", "印发", "下发", "启动", "开展", "实施", "组织", "公布", "通报", "要求", "部署", "出台", "封闭", "关闭", "提醒", "宣布",
	"调整", "制定", "推出", "表示", "介绍", "指出", "明确", "规定", "批准", "同意", "取消", "暂停", "恢复", "开放", "查处", "处罚", "查封", "通知", "预计", "预测",
	"统计", "发放", "下达", "召开", "举办", "联合", "会同", "牵头", "负责", "提高", "降低", "上调", "下调", "新增", "投入", "安排", "完成", "建成", "受理", "公告", "透露", "披露", "确认", "认定",
}

// bystanding are the words before an organ that make it the place or the
// object, not the one who acts.
var bystanding = []string{"向", "到", "在", "往", "去", "对", "给", "报", "送", "找", "赴", "参观", "走进", "咨询", "联系", "拨打", "位于", "感谢"}

// leads are what may stand between an organ and what it does.
var leads = []string{
	"近日", "日前", "今天", "今日", "昨天", "昨日", "明天", "目前", "已经", "已", "正在", "正式", "即日起", "本周起", "还", "也", "又", "再次", "首次", "同时", "相关负责人",
	"有关负责人", "负责人", "新闻发言人", "工作人员", "办公室", "等部门", "等单位", "和", "与", "、", ",", "依法", "共同", "统一", "全面", "迅速", "及时", "专门", "曾", "就此",
}

// maxLead is how many bytes may stand between an organ and what it does.
const maxLead = 60

func crossAgencyConfirmed(s *setup) check {
	listed := len(s.lists.organs) > 0
	names := s.lists.organs
	if !listed {
		names = organEndings
	}
	organs, verbs := s.words(names...), s.words(acting...)
	return func(c *call) {
		r := orEmpty(c.Repost)
		if valueOr(r.IsRepost, false) && (valueOr(r.Source, "") != "" || valueOr(r.SourceURL, "") != "") {
			return
		}
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		a := orEmpty(c.Account)
		own := append([]string{valueOr(a.OrgName, ""), valueOr(a.Name, "")}, a.OrgShort...)
		seen := map[string]bool{}
		numbers := p.places(recognize.Set(recognize.DocumentNumber))
		for _, at := range longest(p.words(organs)) {
			if !listed {
				var ok bool
				if at, ok = p.organ(at); !ok {
					continue
				}
			}
			name := p.text[at.start:at.end]
			if seen[name] || isOwn(name, own) || !p.acts(at, verbs) || len(in(numbers, p.sentence(at.start))) > 0 {
				continue
			}
			seen[name] = true
			if orEmpty(c.Workflow).Consultations == nil {
				c.miss("workflow.consultations")
				continue
			}
			if !slices.ContainsFunc(c.Workflow.Consultations, func(k review.Consultation) bool {
				return strings.Contains(compact(valueOr(k.Agency, "")), compact(name))
			}) {
				c.violateAt(p, at, words{"内容涉及“%s”，没有与其沟通确认的记录", "the text speaks for %q, and there is no record that it confirmed it"}, p.original(at))
			}
		}
	}
}

// longest returns sorted spans without those that lie within another.
func longest(spans []span) []span {
	var out []span
	end := -1
	for _, s := range spans {
		if s.end > end {
			out, end = append(out, s), s.end
		}
	}
	return out
}

// original is the visible text of a span, as it is written.
func (p *page) original(s span) string {
	start, end := p.seen(s)
	return p.visible.Text()[start:end]
}

// organ extends the ending of an organ's name to the name: 市公安局.
func (p *page) organ(ending span) (span, bool) {
	const reach = 12 // characters of a name before its ending
	start := ending.start
	for range reach {
		r, size := lastRune(p.text[:start])
		if !unicode.Is(unicode.Han, r) {
			return span{}, false
		}
		start -= size
		if strings.ContainsRune(organBegins, r) {
			return span{start, ending.end}, start+size < ending.end
		}
	}
	return span{}, false
}

// isOwn reports whether an organ is the account's own organisation.
func isOwn(organ string, own []string) bool {
	return slices.ContainsFunc(own, func(name string) bool {
		name = compact(name)
		return name != "" && (strings.HasSuffix(name, organ) || strings.HasSuffix(organ, name))
	})
}

// acts reports whether the organ at s does something in its sentence: what it
// does follows, with nothing but time, manner and partners in between; or what
// stands before says that the sentence is by it (据, 由).
func (p *page) acts(s span, verbs class) bool {
	before := p.text[max(0, s.start-maxLead):s.start]
	for _, w := range bystanding {
		if strings.HasSuffix(before, w) {
			return false
		}
	}
	if strings.HasSuffix(before, "从") {
		return hasPrefixOf(p.text[s.end:], "获悉", "了解到", "获知", "得知")
	}
	by := strings.HasSuffix(before, "据") || strings.HasSuffix(before, "由") || strings.HasSuffix(before, "经")
	for _, v := range in(p.words(verbs), span{s.end, min(len(p.text), s.end+maxLead)}) {
		lead := p.text[s.end:v.start]
		if strings.IndexFunc(lead, isStop) >= 0 {
			return false
		}
		if by || onlyLeads(lead) {
			return true
		}
	}
	return false
}

// onlyLeads reports whether s is made of leads, and of other organs with their
// joining words.
func onlyLeads(s string) bool {
	for s != "" {
		i := slices.IndexFunc(leads, func(w string) bool { return strings.HasPrefix(s, w) })
		switch {
		case i >= 0:
			s = s[len(leads[i]):]
		case strings.ContainsRune(organBegins, firstRune(s)):
			end := -1
			for _, w := range organEndings {
				if at := strings.Index(s, w); at >= 0 && at+len(w) > end && runeCount(s[:at]) < 10 {
					end = at + len(w)
				}
			}
			if end < 0 {
				return false
			}
			s = s[end:]
		default:
			r := firstRune(s)
			if unicode.Is(unicode.Han, r) || !unicode.IsDigit(r) && !unicode.IsSpace(r) {
				return false
			}
			s = s[len(string(r)):]
		}
	}
	return true
}
