package rules

import (
	"slices"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// frequencyChecks are about how often an account is heard of.
var frequencyChecks = map[string]maker{
	"freq.subscription-daily":   subscriptionDaily,
	"freq.service-monthly":      serviceMonthly,
	"freq.monthly-min-20":       monthlyMin,
	"freq.stale-2-weeks":        stale,
	"freq.dormant-210-days":     dormant,
	"freq.registration-80-days": registration,
}

// now is the moment of the check; without it, it is missing.
func (c *call) now() (time.Time, bool) {
	t, ok := need(c, c.Now, "now")
	if !ok {
		return time.Time{}, false
	}
	return moment(t)
}

// closed reports that the account is known to be closed.
func (c *call) closed() bool {
	return valueOr(orEmpty(c.Account).State, review.StateActive) == review.StateClosed
}

// daysBetween is how many whole days lie between two moments.
func daysBetween(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }

func subscriptionDaily(s *setup) check {
	most := s.params.int("per_day")
	return broadcasts(review.AccountSubscription, "2006-01-02", most,
		words{"订阅号%s共有%d次群发（含排期），每天最多%d次", "a subscription account has %[2]d broadcasts on %[1]s, planned ones included, want at most %[3]d a day"})
}

func serviceMonthly(s *setup) check {
	most := s.params.int("per_month")
	return broadcasts(review.AccountService, "2006-01", most,
		words{"服务号%s共有%d次群发（含排期），每月最多%d次", "a service account has %[2]d broadcasts in %[1]s, planned ones included, want at most %[3]d a month"})
}

// broadcasts limits the broadcasts of accounts of one type in one period,
// which is what layout leaves of a moment.
func broadcasts(kind review.AccountType, layout string, most int, w words) check {
	return func(c *call) {
		got, ok := need(c, orEmpty(c.Account).Type, "account.type")
		if !ok || got != kind {
			return
		}
		list := orEmpty(c.Operations).Broadcasts
		if list == nil {
			c.miss("operations.broadcasts")
			return
		}
		in := map[string][]int{}
		for i, b := range list {
			if valueOr(b.Status, review.BroadcastSent) == review.BroadcastCancelled {
				continue
			}
			if t, ok := need(c, b.At, indexed("operations.broadcasts", i, "at")); ok {
				if at, ok := moment(t); ok {
					period := at.In(beijing).Format(layout)
					in[period] = append(in[period], i)
				}
			}
		}
		for _, period := range sortedKeys(in) {
			if at := in[period]; len(at) > most {
				c.violate(indexed("operations.broadcasts", at[most], ""), w, period, len(at), most)
			}
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// completeMonth returns the figures of the last month that is over, and where
// they stand; it says what is missing.
func (c *call) completeMonth() (review.MonthFigures, int, bool) {
	now, known := c.now()
	months := orEmpty(c.Operations).Months
	if months == nil {
		c.miss("operations.months")
	}
	if !known || months == nil {
		return review.MonthFigures{}, 0, false
	}
	now = now.In(beijing)
	last := review.Month(time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, beijing).Format("2006-01"))
	for i, m := range months {
		if m.Month != nil && *m.Month == last {
			return m, i, true
		}
	}
	for i, m := range months {
		if m.Month == nil {
			c.miss(indexed("operations.months", i, "month"))
			return review.MonthFigures{}, 0, false
		}
	}
	c.miss("operations.months")
	return review.MonthFigures{}, 0, false
}

func monthlyMin(s *setup) check {
	least := s.params.int("min")
	return func(c *call) {
		if c.closed() {
			return
		}
		m, i, ok := c.completeMonth()
		if !ok {
			return
		}
		if n, ok := need(c, m.Articles, indexed("operations.months", i, "articles")); ok && n < int64(least) {
			c.violate(indexed("operations.months", i, ""), words{"%s发布%d条，少于%d条", "%s has %d articles, want at least %d"}, *m.Month, n, least)
		}
	}
}

func stale(s *setup) check {
	most := s.params.int("days")
	return func(c *call) {
		if c.closed() {
			return
		}
		last, ok := need(c, orEmpty(c.Operations).LastPublishedAt, "operations.last_published_at")
		if ok && last == "" {
			c.violate("operations.last_published_at", words{"从未发布过内容", "nothing has been published yet"})
			return
		}
		now, known := c.now()
		if !ok || !known {
			return
		}
		if at, ok := moment(last); ok && now.Sub(at) > time.Duration(most)*24*time.Hour {
			c.violate("operations.last_published_at", words{"最近一次更新在%d天前，超过%d天未更新", "the last update was %d days ago, want one in %d days"}, daysBetween(at, now), most)
		}
	}
}

// stage returns the last of the ascending limits that n has reached.
func stage(limits []int, n int) (int, bool) {
	reached, ok := 0, false
	for _, limit := range limits {
		if n >= limit && (!ok || limit > reached) {
			reached, ok = limit, true
		}
	}
	return reached, ok
}

func dormant(s *setup) check {
	limits := s.params.ints("days")
	return func(c *call) {
		if c.closed() {
			return
		}
		last, ok := need(c, orEmpty(c.Operations).LastLoginAt, "operations.last_login_at")
		now, known := c.now()
		if !ok || !known {
			return
		}
		at, ok := moment(last)
		if !ok {
			return // never logged in: the registration rule speaks of that
		}
		if reached, ok := stage(limits, daysBetween(at, now)); ok {
			c.violate("operations.last_login_at", words{"已%d天未登录（满%d天的提醒阶段），满%d天账号将被终止使用", "no login for %d days, past the notice at %d; at %d the account is terminated"},
				daysBetween(at, now), reached, slices.Max(limits))
		}
	}
}

func registration(s *setup) check {
	limits := s.params.ints("days")
	return func(c *call) {
		if c.closed() {
			return
		}
		a := orEmpty(c.Account)
		if a.AppliedAt != nil && *a.AppliedAt == "" {
			return // not applied for, so there is nothing to complete
		}
		registered, ok := need(c, a.RegisteredAt, "account.registered_at")
		if ok && registered != "" {
			return
		}
		applied, known := need(c, a.AppliedAt, "account.applied_at")
		now, timed := c.now()
		if !ok || !known || !timed {
			return
		}
		at, _ := moment(applied)
		if reached, ok := stage(limits, daysBetween(at, now)); ok {
			c.violate("account.registered_at", words{"申请已过%d天仍未完成注册（满%d天的提醒阶段），满%d天注册流程将被终止", "not registered %d days after applying, past the notice at %d; at %d the registration is terminated"},
				daysBetween(at, now), reached, slices.Max(limits))
		}
	}
}
