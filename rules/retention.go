package rules

import (
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// retentionChecks are about how long what was published is kept.
var retentionChecks = map[string]maker{
	"retention.article-6-months": articleRetention,
}

// addMonths is the same day n months later, or the last day of that month if
// it has no such day: 31 August and 6 months is 28 or 29 February.
func addMonths(t time.Time, n int) time.Time {
	t = t.In(beijing)
	later := t.AddDate(0, n, 0)
	if later.Day() != t.Day() {
		later = later.AddDate(0, 0, -later.Day())
	}
	return later
}

func articleRetention(s *setup) check {
	months := s.params.int("months")
	return func(c *call) {
		o := orEmpty(c.Operations)
		if o.RetentionMonths != nil && *o.RetentionMonths < int64(months) {
			c.violate("operations.retention_months", words{"保存期限设为%d个月，不得少于%d个月", "articles are kept for %d months, want at least %d"}, *o.RetentionMonths, months)
		}
		if o.Published == nil && o.RetentionMonths == nil {
			c.miss("operations.published")
		}
		for i, p := range o.Published {
			c.articleKept(&p, i, months)
		}
	}
}

func (c *call) articleKept(p *review.Published, i, months int) {
	field := indexed("operations.published", i, "")
	deleted, ok := need(c, p.DeletedAt, field+".deleted_at")
	if !ok || deleted == "" {
		return // still public
	}
	published, ok := need(c, p.PublishedAt, field+".published_at")
	if !ok {
		return
	}
	from, ok := moment(published)
	if !ok {
		return // never published
	}
	due := addMonths(from, months)
	if at, _ := moment(deleted); !at.Before(due) {
		return
	}
	archive, ok := need(c, p.ArchiveURI, field+".archive_uri")
	switch until := valueOr(p.ArchiveUntil, ""); {
	case !ok:
	case archive == "":
		c.violate(field, words{"发布未满%d个月即撤下，且没有存档", "taken down less than %d months after publication, and not archived"}, months)
	case until != "":
		// The last day of the archive has to reach the day on which the term ends.
		if end, err := until.In(beijing); err == nil && !end.AddDate(0, 0, 1).After(due) {
			c.violate(field, words{"存档只保留到%s，不满%d个月", "the archive ends on %s, want %d months from publication"}, until, months)
		}
	}
}
