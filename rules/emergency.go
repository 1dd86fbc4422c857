package rules

import (
	"slices"
	"strings"
	"time"
)

// emergencyChecks are about incidents.
var emergencyChecks = map[string]maker{
	"emergency.response-1h":  incidentResponse,
	"emergency.incident-log": incidentLog,
}

func incidentResponse(s *setup) check {
	minutes := s.params.int("limit_minutes")
	limit := time.Duration(minutes) * time.Minute
	return func(c *call) {
		list := orEmpty(c.Operations).Incidents
		if list == nil {
			c.miss("operations.incidents")
		}
		for i, in := range list {
			field := indexed("operations.incidents", i, "")
			if !valueOr(in.IsResponsible, true) {
				continue
			}
			response, answered := need(c, in.FirstResponseAt, field+".first_response_at")
			detected, ok := need(c, in.DetectedAt, field+".detected_at")
			if !answered || !ok {
				continue
			}
			from, ok := moment(detected)
			if !ok {
				continue // not found yet
			}
			if at, ok := moment(response); ok {
				if at.Sub(from) > limit {
					c.violate(field, words{"首次回应距发现%d分钟，超过%d分钟", "first response %d minutes after it was found, want at most %d"}, int(at.Sub(from)/time.Minute), minutes)
				}
			} else if now, ok := c.now(); ok && now.Sub(from) > limit {
				c.violate(field, words{"发现已%d分钟仍未回应，超过%d分钟", "no response %d minutes after it was found, want one within %d"}, int(now.Sub(from)/time.Minute), minutes)
			}
		}
	}
}

func incidentLog(s *setup) check {
	roles := s.params.strings("roles")
	return func(c *call) {
		list := orEmpty(c.Operations).Incidents
		if list == nil {
			c.miss("operations.incidents")
		}
		for i, in := range list {
			field := indexed("operations.incidents", i, "")
			if in.ReportedTo == nil {
				c.miss(field + ".reported_to")
			} else {
				var told, absent []string
				for _, r := range in.ReportedTo {
					told = append(told, c.engine.lists.role(r))
				}
				for _, r := range roles {
					if !slices.Contains(told, c.engine.lists.role(r)) {
						absent = append(absent, r)
					}
				}
				if len(absent) > 0 {
					c.violate(field, words{"突发事件未向%s报告", "the incident was not reported to %s"}, strings.Join(absent, "、"))
				}
			}
			closed, ok := need(c, in.ClosedAt, field+".closed_at")
			if !ok || closed == "" {
				continue // open: the report is written when it is settled
			}
			if written, ok := need(c, in.WrittenReport, field+".written_report"); ok && !written {
				c.violate(field, words{"处置完毕后没有书面报告", "settled without a written report"})
			}
			if log, ok := need(c, in.LogURI, field+".log_uri"); ok && log == "" {
				c.violate(field, words{"处置完毕后没有保存日志", "settled without a log"})
			}
		}
	}
}
