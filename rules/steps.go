package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/review"
)

// Steps returns what people still have to do before the document may go out,
// in that order, so that a pipeline can hand the draft on:
//
//   - editing, if a finding asks for a review or blocks. A finding that a
//     disposition in the document answers for does not count;
//   - secrecy, if the examination is not recorded as the rules ask, or a mark
//     of secrecy was found;
//   - legal, if a major policy lacks its review, or may be one;
//   - one approval for each level of review, or each role of the chain, that
//     has not approved; all of them, if the text was changed since;
//   - account, if a finding is about the account or its history.
//
// findings are those of the report, with their IDs; evaluations are those that
// [Engine.Evaluate] returned. A rule that is off asks for nothing. What is not
// known to be done is to be done: the reason names what is missing.
//
// The result is never nil.
func (e *Engine) Steps(doc *review.Document, evaluations []review.Evaluation, findings []review.Finding) []review.Step {
	s := &stepper{
		call: call{document: &document{Document: doc, engine: e, pages: map[string]*page{}}, rule: &active{Rule: &Rule{}}},
		step: map[stepKey]*review.Step{}, findings: findings, evaluations: evaluations,
	}
	for i := range findings {
		s.finding(&findings[i])
	}
	for _, ev := range evaluations {
		if ev.Status == review.StatusNotEvaluated {
			s.unknown(ev)
		}
	}
	if r := e.byID["workflow.three-level-review"]; r != nil {
		s.approvals(r, levelSteps(r.params.int("levels"), orEmpty(doc.Workflow).Reviews), r.params.int("emergency_followup_hours"))
	}
	if r := e.byID["workflow.approval-chain"]; r != nil {
		s.approvals(r, chainSteps(r.params.strings("chain"), orEmpty(doc.Workflow).Reviews, e.lists), 0)
	}
	out := []review.Step{}
	for _, step := range s.step {
		out = append(out, *step)
	}
	review.SortSteps(out)
	return out
}

type stepKey struct {
	kind  review.StepKind
	level int64
	role  string
}

// A stepper collects the steps of one document. Its call is never a finding of
// the report.
type stepper struct {
	call
	step        map[stepKey]*review.Step
	findings    []review.Finding
	evaluations []review.Evaluation
}

var stepTitles = map[review.StepKind]words{
	review.StepEditing: {"处理问题", "editing"},
	review.StepSecrecy: {"保密审查", "secrecy examination"},
	review.StepLegal:   {"合法性审查", "legality review"},
	review.StepAccount: {"账号与运营", "account and operations"},
}

func (s *stepper) add(key stepKey, title string, reason review.StepReason) {
	step := s.step[key]
	if step == nil {
		step = &review.Step{Kind: key.kind, Level: key.level, Role: key.role, Title: title}
		s.step[key] = step
	}
	step.Reasons = append(step.Reasons, reason)
}

// Rules whose violation is not the editor's to correct.
var (
	approvalRules = []string{
		"workflow.three-level-review", "workflow.approval-chain", "workflow.unreviewed-blocked", "workflow.approved-text-unchanged",
	}
	legalRule    = "workflow.legal-review-major-policy"
	secrecyTopic = "secrecy"
)

// secretCategory is the category of terms that a secrecy examination is about.
const secretCategory = "secrecy"

// finding adds what a finding asks for.
func (s *stepper) finding(f *review.Finding) {
	if f.Action < review.ActionReview || slices.Contains(approvalRules, f.Rule) || s.answered(f.ID) {
		return // approvals are looked at one by one
	}
	key := stepKey{kind: review.StepEditing}
	rule, ok := s.engine.byID[f.Rule]
	switch {
	case f.Category == secretCategory || ok && rule.Topic == secrecyTopic:
		key = s.secrecyStep()
	case f.Rule == legalRule:
		key.kind = review.StepLegal
	case ok && (rule.Tier == TierAccount || rule.Tier == TierOps || rule.Tier == TierConfig) && rule.Topic != "platform":
		key.kind = review.StepAccount
	}
	s.add(key, s.say(stepTitles[key.kind]), review.StepReason{Rule: f.Rule, Finding: f.ID, Message: f.Message})
}

// answered reports whether a disposition answers for a finding.
func (s *stepper) answered(id string) bool {
	if id == "" || orEmpty(s.Workflow).Dispositions == nil {
		return false
	}
	handled, known := s.handled(id)
	s.missing = nil
	return handled && known
}

// secrecyStep is the step of the secrecy examination that is next: the second
// one if the first was undetermined.
func (s *stepper) secrecyStep() stepKey {
	key := stepKey{kind: review.StepSecrecy}
	id := "secrecy.dept-initial-review"
	if d := s.decision(false); d != nil && (valueOr(d.IsSecret, "") == review.AnswerUndetermined || valueOr(d.MayPublish, "") == review.AnswerUndetermined) {
		id = "secrecy.escalate-undetermined"
	}
	if r := s.engine.byID[id]; r != nil {
		key.role = s.engine.lists.role(r.params.string("role"))
	}
	return key
}

// unknown adds what a rule that could not be evaluated leaves to people.
func (s *stepper) unknown(ev review.Evaluation) {
	missing := strings.Join(ev.Missing, "、")
	reason := review.StepReason{Rule: ev.Rule, Missing: ev.Missing}
	switch {
	case ev.Rule == legalRule:
		declared := !slices.Contains(ev.Missing, "meta.is_major_policy")
		asked := slices.ContainsFunc(s.findings, func(f review.Finding) bool { return f.Rule == legalRule })
		if !declared && !asked {
			return
		}
		reason.Message = s.sayf(words{"不知道是否做了合法性审查：缺少%s", "it is not known whether the legality review was made: %s is missing"}, missing)
		s.add(stepKey{kind: review.StepLegal}, s.say(stepTitles[review.StepLegal]), reason)
	case strings.HasPrefix(ev.Rule, secrecyTopic+".") && s.engine.byID[ev.Rule] != nil && s.engine.byID[ev.Rule].Tier == TierWorkflow:
		reason.Message = s.sayf(words{"不知道是否做了保密审查：缺少%s", "it is not known whether the secrecy examination was made: %s is missing"}, missing)
		s.add(s.secrecyStep(), s.say(stepTitles[review.StepSecrecy]), reason)
	}
}

// sayf formats a text in the language of messages.
func (s *stepper) sayf(w words, args ...any) string { return fmt.Sprintf(s.say(w), args...) }

// approvals adds the steps that have not approved.
func (s *stepper) approvals(r *active, steps []step, hours int) {
	// Whatever was approved was another text, or the rule finds fault with the
	// records as a whole.
	var all *review.StepReason
	for _, f := range s.findings {
		if f.Rule == "workflow.approved-text-unchanged" {
			all = &review.StepReason{Rule: f.Rule, Finding: f.ID, Message: f.Message}
		}
	}
	open := 0
	for k, st := range steps {
		key := stepKey{review.StepApproval, int64(k + 1), st.role}
		title := s.say(st.name)
		switch {
		case all != nil:
			s.add(key, title, *all)
			open++
			continue
		case s.Workflow == nil || s.Workflow.Reviews == nil:
			s.add(key, title, review.StepReason{
				Rule: r.ID, Missing: []string{workflowReviews},
				Message: s.sayf(words{"不知道%s是否通过：缺少审核记录", "it is not known whether %s approved: the records are missing"}, title),
			})
			open++
			continue
		}
		trial := &call{document: s.document, rule: r}
		trial.approve(st, hours)
		trial.missing = slices.DeleteFunc(trial.missing, func(path string) bool { return path == "publish_at" })
		reason := review.StepReason{Rule: r.ID}
		switch {
		case trial.violated:
			reason.Message = trial.findings[0].Message
			reason.Finding = s.findingOf(r.ID, reason.Message)
		case len(trial.missing) > 0:
			reason.Missing = trial.missing
			reason.Message = s.sayf(words{"不知道%s是否通过：缺少%s", "it is not known whether %s approved: %s is missing"}, title, strings.Join(trial.missing, "、"))
		default:
			continue
		}
		s.add(key, title, reason)
		open++
	}
	if open > 0 || len(steps) == 0 {
		return
	}
	// Every step has approved, and the rule still finds fault: one person at
	// two levels, or the order. The last step has to see to it.
	last := steps[len(steps)-1]
	for _, f := range s.findings {
		if f.Rule == r.ID && f.Action >= review.ActionReview {
			s.add(stepKey{review.StepApproval, int64(len(steps)), last.role}, s.say(last.name), review.StepReason{Rule: f.Rule, Finding: f.ID, Message: f.Message})
		}
	}
}

// findingOf returns the id of the rule's finding with that message.
func (s *stepper) findingOf(rule, message string) string {
	for _, f := range s.findings {
		if f.Rule == rule && f.Message == message {
			return f.ID
		}
	}
	return ""
}
