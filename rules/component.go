package rules

import "github.com/shenjiao/shenjiao/review"

// componentChecks are about the functions that a draft or an account has.
var componentChecks = map[string]maker{
	"component.vote-filing":       voteFiling,
	"component.chatbot-handoff":   chatbotHandoff,
	"component.province-platform": provincePlatform,
}

func voteFiling(*setup) check {
	return func(c *call) {
		list := orEmpty(c.Meta).Components
		if list == nil {
			c.miss("meta.components")
		}
		for i, x := range list {
			field := indexed("meta.components", i, "")
			if x.FilingNo != nil && *x.FilingNo != "" {
				continue
			}
			kind, ok := need(c, x.Kind, field+".kind")
			if !ok || kind != review.ComponentVote {
				continue
			}
			if _, ok := need(c, x.FilingNo, field+".filing_no"); ok {
				c.violate(field, words{"投票组件没有网信部门备案号", "a vote has no filing number"})
			}
		}
	}
}

// features calls visit for each feature of a kind.
func (c *call) features(kind review.ID, visit func(f *review.Feature, field string)) {
	list := orEmpty(c.Account).Features
	if list == nil {
		c.miss("account.features")
	}
	for i := range list {
		field := indexed("account.features", i, "")
		if got, ok := need(c, list[i].Kind, field+".kind"); ok && got == kind {
			visit(&list[i], field)
		}
	}
}

func chatbotHandoff(*setup) check {
	return func(c *call) {
		c.features(review.FeatureChatbot, func(f *review.Feature, field string) {
			if handoff, ok := need(c, f.HumanHandoff, field+".human_handoff"); ok && !handoff {
				c.violate(field, words{"智能客服没有人工转接", "the chatbot cannot hand over to a person"})
			}
		})
	}
}

func provincePlatform(*setup) check {
	return func(c *call) {
		c.features(review.FeatureOnlineService, func(f *review.Feature, field string) {
			if backend, ok := need(c, f.Backend, field+".backend"); ok && backend != review.BackendProvincePlatform {
				c.violate(field, words{"网上办事没有对接省级政务平台", "the online service does not run on the province's platform"})
			}
		})
	}
}
