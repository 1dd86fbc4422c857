package rules

import (
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// interactionChecks are about the people who write to the account.
var interactionChecks = map[string]maker{
	"interaction.complaint-4h":      complaintReply,
	"interaction.reply-or-transfer": replyOrTransfer,
}

func complaintReply(s *setup) check {
	minutes := s.params.int("limit_minutes")
	limit := time.Duration(minutes) * time.Minute
	return func(c *call) {
		list := orEmpty(c.Operations).Complaints
		if list == nil {
			c.miss("operations.complaints")
		}
		for i, x := range list {
			field := indexed("operations.complaints", i, "")
			reply, replied := need(c, x.FirstReplyAt, field+".first_reply_at")
			received, ok := need(c, x.ReceivedAt, field+".received_at")
			if !replied || !ok {
				continue
			}
			from, ok := moment(received)
			if !ok {
				continue
			}
			if at, ok := moment(reply); ok {
				if at.Sub(from) >= limit {
					c.violate(field, words{"投诉建议%d分钟后才回复，应在%d分钟内", "a complaint was answered after %d minutes, want less than %d"}, int(at.Sub(from)/time.Minute), minutes)
				}
			} else if now, ok := c.now(); ok && now.Sub(from) >= limit {
				c.violate(field, words{"投诉建议已%d分钟未回复，应在%d分钟内", "a complaint has no answer after %d minutes, want one in less than %d"}, int(now.Sub(from)/time.Minute), minutes)
			}
		}
	}
}

func replyOrTransfer(s *setup) check {
	enough := int64(s.params.int("min_count"))
	return func(c *call) {
		list := orEmpty(c.Operations).CommentClusters
		if list == nil {
			c.miss("operations.comment_clusters")
		}
		for i, x := range list {
			field := indexed("operations.comment_clusters", i, "")
			if x.Status != nil && *x.Status != review.ClusterNone {
				continue
			}
			n, ok := need(c, x.Count, field+".count")
			if !ok || n < enough {
				continue
			}
			if _, ok := need(c, x.Status, field+".status"); ok {
				c.violate(field, words{"%d条集中反映的留言没有回复、处理或转交", "%d comments on one subject were neither answered, handled nor passed on"}, n)
			}
		}
	}
}
