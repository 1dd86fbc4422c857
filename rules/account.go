package rules

import (
	"slices"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// accountChecks are about the account itself: account_name.go has those about
// its name.
var accountChecks = map[string]maker{
	"account.name-length":           nameLength,
	"account.name-charset":          nameCharset,
	"account.name-structure":        nameStructure,
	"account.name-region-by-level":  nameRegion,
	"account.name-reserved-words":   nameReserved,
	"account.name-unique":           nameUnique,
	"account.name-change-limit":     nameChanges,
	"account.identity-consistent":   identityConsistent,
	"account.intro-length":          introLength,
	"account.entity-eligible":       entityEligible,
	"account.township-letter":       townshipLetter,
	"account.admin-civil-servant":   adminCivilServant,
	"account.ab-admins":             abAdmins,
	"account.admin-designated":      adminDesignated,
	"account.least-privilege":       leastPrivilege,
	"account.login-audit":           loginAudit,
	"account.operator-identity":     operatorIdentity,
	"account.union-service-account": unionServiceAccount,
	"account.record-fields":         recordFields,
	"account.feature-by-type":       featureByType,
	"account.filing":                accountFiling,
}

func introLength(s *setup) check {
	least, most := s.params.int("min"), s.params.int("max")
	return func(c *call) {
		intro, ok := need(c, orEmpty(c.Account).Intro, "account.intro")
		if n := runeCount(intro); ok && (n < least || n > most) {
			c.violate("account.intro", words{"功能介绍长%d字，应为%d至%d字", "the introduction has %d characters, want %d to %d"}, n, least, most)
		}
	}
}

func entityEligible(s *setup) check {
	allowed := s.params.strings("allowed")
	return func(c *call) {
		a := orEmpty(c.Account)
		claims, ok := need(c, a.ClaimsGov, "account.claims_gov")
		if !ok || !claims {
			return
		}
		if kind, ok := need(c, a.EntityType, "account.entity_type"); ok && !slices.Contains(allowed, string(kind)) {
			c.violate("account.entity_type", words{"主体类型%s不属于政务账号范畴，应为%s", "an account of type %s is none of the government, want %s"},
				kind, strings.Join(allowed, "、"))
		}
	}
}

func townshipLetter(*setup) check {
	return func(c *call) {
		a := orEmpty(c.Account)
		level, ok := need(c, a.Level, "account.level")
		if !ok || level != review.LevelTownship {
			return
		}
		letter, ok := need(c, a.AuthorisationLetter, "account.authorisation_letter")
		if !ok {
			return
		}
		if letter == (review.AuthorisationLetter{}) || letter.Issuer != nil && *letter.Issuer == "" {
			c.violate("account.authorisation_letter", words{"乡镇级账号没有上级主管部门的授权函", "a township's account has no letter of the organisation above"})
			return
		}
		need(c, letter.Issuer, "account.authorisation_letter.issuer")
	}
}

func adminCivilServant(s *setup) check {
	allowed, domains := s.params.strings("employment"), s.lists.domains
	return func(c *call) {
		admins := orEmpty(c.Account).Admins
		if admins == nil {
			c.miss("account.admins")
			return
		}
		found, unknown := false, false
		for i, a := range admins {
			field := indexed("account.admins", i, "")
			if a.IsSuper == nil {
				c.miss(field + ".is_super")
				unknown = true
				continue
			}
			if !*a.IsSuper {
				continue
			}
			found = true
			if e, ok := need(c, a.Employment, field+".employment"); ok && !slices.Contains(allowed, string(e)) {
				c.violate(field, words{"超级管理员的身份为%s，应为%s", "the super administrator is %s, want %s"}, e, strings.Join(allowed, "、"))
			}
			address, ok := need(c, a.Email, field+".email")
			_, host, _ := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
			if ok && (host == "" || !slices.ContainsFunc(domains, func(d string) bool { return under(host, d) })) {
				c.violate(field, words{"超级管理员没有使用单位邮箱（%s）", "the super administrator has no address of the organisation (%s)"}, strings.Join(domains, "、"))
			}
		}
		if !found && !unknown {
			c.violate("account.admins", words{"没有超级管理员", "there is no super administrator"})
		}
	}
}

// named counts the administrators with different names; unknown are the paths
// of names that are absent.
func (c *call) named() (n int, unknown []string, known bool) {
	admins := orEmpty(c.Account).Admins
	if admins == nil {
		return 0, []string{"account.admins"}, false
	}
	names := map[string]bool{}
	for i, a := range admins {
		if a.Name == nil {
			unknown = append(unknown, indexed("account.admins", i, "name"))
		} else if name := compact(*a.Name); name != "" {
			names[name] = true
		}
	}
	return len(names), unknown, true
}

// atLeast wants that many administrators with names.
func (c *call) atLeast(least int, w words, args ...any) {
	n, unknown, known := c.named()
	switch {
	case known && n >= least:
	case known && n+len(unknown) < least:
		c.violate("account.admins", w, args...)
	default:
		c.miss(unknown...)
	}
}

func abAdmins(s *setup) check {
	least := s.params.int("min")
	return func(c *call) {
		c.atLeast(least, words{"管理员少于%d人，建议配置AB角", "fewer than %d administrators: have a deputy"}, least)
	}
}

func adminDesignated(*setup) check {
	return func(c *call) {
		c.atLeast(1, words{"没有明确管理人员", "no administrator is named"})
	}
}

func leastPrivilege(s *setup) check {
	denied := s.params.listByName("denied")
	return func(c *call) {
		roles := orEmpty(c.Account).Roles
		if roles == nil {
			c.miss("account.roles")
		}
		for i, r := range roles {
			field := indexed("account.roles", i, "")
			role, ok := need(c, r.Role, field+".role")
			if !ok || len(denied[string(role)]) == 0 {
				continue
			}
			if r.Permissions == nil {
				c.miss(field + ".permissions")
			}
			for _, p := range r.Permissions {
				if slices.Contains(denied[string(role)], string(p)) {
					c.violate(field, words{"角色%s不应有权限%s", "role %s must not have permission %s"}, role, p)
				}
			}
		}
	}
}

func loginAudit(*setup) check {
	return func(c *call) {
		a := orEmpty(c.Account)
		if alert, ok := need(c, a.RemoteLoginAlert, "account.remote_login_alert"); ok && !alert {
			c.violate("account.remote_login_alert", words{"没有开启异地登录提醒", "no alert is raised for logins from elsewhere"})
		}
		checks := orEmpty(c.Operations).LoginChecks
		if checks == nil {
			c.miss("operations.login_checks")
		}
		now, ok := c.now()
		if !ok || checks == nil {
			return
		}
		now = now.In(beijing)
		since := time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, beijing)
		if !slices.ContainsFunc(checks, func(t review.Time) bool {
			at, ok := moment(t)
			return ok && !at.Before(since) && !at.After(now)
		}) {
			c.violate("operations.login_checks", words{"%s以来没有核查登录记录", "the login records have not been checked since %s"}, since.Format(time.DateOnly))
		}
	}
}

func operatorIdentity(s *setup) check {
	minAge, most, types := int64(s.params.int("min_age")), int64(s.params.int("max_accounts")), s.params.strings("id_types")
	return func(c *call) {
		o := orEmpty(orEmpty(c.Account).Operator)
		const field = "account.operator"
		if t, ok := need(c, o.IDType, field+".id_type"); ok && !slices.Contains(types, string(t)) {
			c.violate(field, words{"运营者的证件类型%s不能登记，应为%s", "the operator's document %s cannot be used, want %s"}, t, strings.Join(types, "、"))
		}
		if age, ok := need(c, o.Age, field+".age"); ok && age < minAge {
			c.violate(field, words{"运营者不满%d周岁", "the operator is younger than %d"}, minAge)
		}
		for _, x := range []struct {
			n    *int64
			path string
			name words
		}{
			{o.AccountsOnID, ".accounts_on_id", words{"身份证", "identity document"}},
			{o.AccountsOnPhone, ".accounts_on_phone", words{"手机号", "telephone number"}},
		} {
			if n, ok := need(c, x.n, field+x.path); ok && n > most {
				c.violate(field, words{"运营者%s已登记%d个账号，最多%d个", "the operator's %s has %d accounts, want at most %d"}, c.say(x.name), n, most)
			}
		}
	}
}

func unionServiceAccount(s *setup) check {
	levels := s.params.strings("levels")
	return func(c *call) {
		a := orEmpty(c.Account)
		level, ok := need(c, a.Level, "account.level")
		if !ok || !slices.Contains(levels, string(level)) {
			return
		}
		kind, typed := need(c, a.Type, "account.type")
		if typed && kind == review.AccountService {
			return
		}
		if a.SiblingAccounts == nil {
			c.miss("account.sibling_accounts")
			return
		}
		known := true
		for i, sibling := range a.SiblingAccounts {
			t, ok := need(c, sibling.Type, indexed("account.sibling_accounts", i, "type"))
			if ok && t == review.AccountService {
				c.missing = nil // whatever else is unknown
				return
			}
			known = known && ok
		}
		if typed && known {
			c.violate("account.type", words{"市县工会应当有一个服务号", "a union of a city or county has to have a service account"})
		}
	}
}

func recordFields(*setup) check {
	return func(c *call) {
		a := orEmpty(c.Account)
		var absent []string
		filled := func(value *string, path, name string) {
			if v, ok := need(c, value, path); ok && strings.TrimSpace(v) == "" {
				absent = append(absent, name)
			}
		}
		filled(a.OrgName, "account.org_name", c.say(words{"单位名称", "organisation"}))
		filled(a.Name, "account.name", c.say(words{"微信名称", "name"}))
		need(c, a.Type, "account.type")
		need(c, a.PushesMessages, "account.pushes_messages")
		if n, unknown, known := c.named(); known && n == 0 && len(unknown) == 0 {
			absent = append(absent, c.say(words{"管理员", "administrator"}))
		} else if n == 0 {
			c.miss(unknown...)
		}
		filled(a.ContactPhone, "account.contact_phone", c.say(words{"联系电话", "telephone"}))
		if len(absent) > 0 {
			c.violate("account", words{"统计表缺%s", "the record lacks %s"}, strings.Join(absent, c.say(words{"、", ", "})))
		}
	}
}

func featureByType(*setup) check {
	return func(c *call) {
		a := orEmpty(c.Account)
		list := a.Features
		if list == nil {
			c.miss("account.features")
		}
		subscription := func() (is, ok bool) {
			t, ok := need(c, a.Type, "account.type")
			return ok && t == review.AccountSubscription, ok
		}
		uncertified := func() (is, ok bool) {
			certified, ok := need(c, a.Certified, "account.certified")
			return ok && !certified, ok
		}
		for i, f := range list {
			field := indexed("account.features", i, "")
			kind, ok := need(c, f.Kind, field+".kind")
			if !ok {
				continue
			}
			switch kind {
			case review.FeatureWechatPay:
				if is, _ := subscription(); is {
					c.violate(field, words{"订阅号不能使用微信支付", "a subscription account cannot use WeChat Pay"})
				}
			case review.FeatureAdvancedAPI:
				if is, _ := uncertified(); is {
					c.violate(field, words{"未认证的账号不能使用高级接口", "an account that is not certified cannot use advanced interfaces"})
				}
			case review.FeatureCustomMenu:
				// A service account has menus, and so has one that is certified.
				if a.Type != nil && *a.Type != review.AccountSubscription || valueOr(a.Certified, false) {
					continue
				}
				is, typed := subscription()
				not, known := uncertified()
				if typed && known && is && not {
					c.violate(field, words{"未认证的订阅号不能使用自定义菜单", "a subscription account that is not certified cannot have menus of its own"})
				}
			}
		}
	}
}

func accountFiling(*setup) check {
	return func(c *call) {
		a := orEmpty(c.Account)
		if valueOr(a.FilingNo, "") != "" {
			return
		}
		state, ok := need(c, a.State, "account.state")
		if !ok || state == review.StateApplying || state == review.StateClosed {
			return
		}
		if _, ok := need(c, a.FilingNo, "account.filing_no"); ok {
			c.violate("account.filing_no", words{"账号没有备案号", "the account has no filing number"})
		}
	}
}
