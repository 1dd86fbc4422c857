package rules

import (
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// beijing is the time zone of days, months and quarters: Asia/Shanghai has had
// no summer time since 1991.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// moment returns the moment of a valid time; false for none.
func moment(t review.Time) (time.Time, bool) {
	at, err := t.Parse()
	return at, err == nil
}

// publication returns the moment of publication: publish_at, else now. If
// neither is known publish_at is missing.
func (c *call) publication() (time.Time, bool) {
	at, ok := c.publicationOf()
	if !ok {
		c.miss("publish_at")
	}
	return at, ok
}

// publicationOf is publication where nothing is missing without it.
func (c *call) publicationOf() (time.Time, bool) {
	for _, t := range []*review.Time{c.PublishAt, c.Now} {
		if t == nil {
			continue
		}
		if at, ok := moment(*t); ok {
			return at, true
		}
	}
	return time.Time{}, false
}

// inTime says that the time at path has to be a moment not after publication.
// It reports whether that could be decided; late is what a later one violates.
func (c *call) inTime(t *review.Time, path, field string, never, late words) bool {
	at, ok := need(c, t, path)
	if !ok {
		return false
	}
	when, happened := moment(at)
	if !happened {
		c.violate(field, never)
		return true
	}
	published, ok := c.publication()
	if ok && when.After(published) {
		c.violate(field, late)
	}
	return ok
}
