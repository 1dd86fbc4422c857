package rules

import (
	"slices"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// operationsChecks are about how the account is run.
var operationsChecks = map[string]maker{
	"kpi.availability-99":        availability,
	"kpi.growth-original-reply":  figures,
	"ops.report-by-25th":         monthlyReport,
	"ops.patrol-log":             patrolLog,
	"ops.spokesperson-frequency": spokesperson,
}

func availability(s *setup) check {
	least := s.params.number("min_percent")
	return func(c *call) {
		if got, ok := need(c, orEmpty(c.Operations).UptimePercent, "operations.uptime_percent"); ok && got < least {
			c.violate("operations.uptime_percent", words{"办事功能可用率%g%%，低于%g%%", "the services are available %g %% of the time, want at least %g %%"}, got, least)
		}
	}
}

func figures(s *setup) check {
	limits := []struct {
		member string
		name   words
		least  float64
		of     func(*review.MonthFigures) *float64
	}{
		{"follower_growth_percent", words{"关注增长率", "growth of followers"}, s.params.number("growth"), func(m *review.MonthFigures) *float64 { return m.FollowerGrowthPercent }},
		{"original_percent", words{"原创占比", "share of original articles"}, s.params.number("original"), func(m *review.MonthFigures) *float64 { return m.OriginalPercent }},
		{"reply_percent", words{"回复率", "share of answered comments"}, s.params.number("reply"), func(m *review.MonthFigures) *float64 { return m.ReplyPercent }},
	}
	return func(c *call) {
		m, i, ok := c.completeMonth()
		if !ok {
			return
		}
		for _, l := range limits {
			if got, ok := need(c, l.of(&m), indexed("operations.months", i, l.member)); ok && got < l.least {
				c.violate(indexed("operations.months", i, ""), words{"%s%g%%，低于%g%%", "%s is %g %%, want at least %g %%"}, c.say(l.name), got, l.least)
			}
		}
	}
}

func monthlyReport(s *setup) check {
	day := s.params.int("day")
	return func(c *call) {
		now, known := c.now()
		months := orEmpty(c.Operations).Months
		if months == nil {
			c.miss("operations.months")
		}
		for i, m := range months {
			field := indexed("operations.months", i, "")
			month, ok := need(c, m.Month, field+".month")
			if !ok || !known {
				continue
			}
			first, err := month.In(beijing)
			if err != nil {
				continue
			}
			due := first.AddDate(0, 0, day) // the day is over
			if now.Before(due) {
				continue
			}
			sent, ok := need(c, m.ReportSentAt, field+".report_sent_at")
			if !ok {
				continue
			}
			if at, ok := moment(sent); !ok {
				c.violate(field, words{"%s的工作情况到%d日仍未报送", "the report of %s was not sent by day %d"}, month, day)
			} else if !at.Before(due) {
				c.violate(field, words{"%s的工作情况报送晚于%d日", "the report of %s was sent after day %d"}, month, day)
			}
		}
	}
}

func patrolLog(s *setup) check {
	period, items := s.params.int("period_days"), s.params.strings("items")
	return func(c *call) {
		patrols := orEmpty(c.Operations).Patrols
		if patrols == nil {
			c.miss("operations.patrols")
		}
		now, ok := c.now()
		if !ok || patrols == nil {
			return
		}
		since := now.AddDate(0, 0, -period)
		var seen []string
		var unknown []string // what might hold the rest
		n := 0
		for i, p := range patrols {
			field := indexed("operations.patrols", i, "")
			if p.At == nil {
				unknown = append(unknown, field+".at")
				continue
			}
			at, ok := moment(*p.At)
			if !ok || at.Before(since) || at.After(now) {
				continue
			}
			n++
			if p.Items == nil {
				unknown = append(unknown, field+".items")
			}
			for _, item := range p.Items {
				seen = append(seen, string(item))
			}
		}
		absent := slices.DeleteFunc(slices.Clone(items), func(item string) bool { return slices.Contains(seen, item) })
		switch {
		case len(absent) == 0 && n > 0:
		case len(unknown) > 0:
			c.miss(unknown...)
		case n == 0:
			c.violate("operations.patrols", words{"最近%d天没有巡查记录", "no patrol in the last %d days"}, period)
		default:
			c.violate("operations.patrols", words{"最近%d天的巡查没有检查%s", "the patrols of the last %d days did not look at %s"}, period, strings.Join(absent, "、"))
		}
	}
}

func spokesperson(*setup) check {
	return func(c *call) {
		events := orEmpty(c.Operations).PressEvents
		if events == nil {
			c.miss("operations.press_events")
		}
		now, ok := c.now()
		if !ok || events == nil {
			return
		}
		now = now.In(beijing)
		quarter := func(t time.Time) int { return t.Year()*4 + (int(t.Month())-1)/3 }
		principal, anybody := false, false
		var unknown []string
		for i, e := range events {
			field := indexed("operations.press_events", i, "")
			if e.At == nil {
				unknown = append(unknown, field+".at")
				continue
			}
			at, ok := moment(*e.At)
			if at = at.In(beijing); !ok || at.After(now) || at.Year() != now.Year() {
				continue
			}
			anybody = anybody || quarter(at) == quarter(now)
			if e.Role == nil {
				unknown = append(unknown, field+".role")
			} else {
				principal = principal || *e.Role == review.PressPrincipal
			}
		}
		if principal && anybody {
			return
		}
		if len(unknown) > 0 {
			c.miss(unknown...)
			return
		}
		if !principal {
			c.violate("operations.press_events", words{"主要负责同志今年还没有出席新闻发布会", "the principal has not been at a press conference this year"})
		}
		if !anybody {
			c.violate("operations.press_events", words{"新闻发言人或相关负责人本季度还没有出席新闻发布会", "nobody has been at a press conference this quarter"})
		}
	}
}
