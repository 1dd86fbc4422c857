package suppress

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// mark begins a comment that is an answer.
const mark = "shenjiao:ignore"

// A Comment is an answer that stands in a draft.
type Comment struct {
	Selectors []string // which findings it is about
	Answer    review.Suppression
}

// ParseComment reads the text of a comment, as [text.Comment.Text] has it. It returns false if the comment is none of
// ours. The error of one that is says everything that is wrong with its form, and does not quote it.
//
// The form is shenjiao:ignore, selectors with commas between them, then until=DAY, by=NAME and, at the end, reason=TEXT.
// until and reason are required: an answer without a reason explains nothing to the next reader, and one without an end
// is never looked at again.
func ParseComment(text string) (Comment, bool, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), mark)
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t\r\n") {
		return Comment{}, false, nil
	}
	c := Comment{Answer: review.Suppression{Kind: review.SuppressionInline}}
	var errs []error
	fault := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("suppress: comment: "+format, args...))
	}
	seen := map[string]bool{}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		word := rest
		if i := strings.IndexAny(rest, " \t\r\n"); i >= 0 {
			word = rest[:i]
		}
		key, value, assigns := strings.Cut(word, "=")
		if !assigns {
			key = "selector"
		}
		if assigns && seen[key] {
			fault("%s is given twice", known(key))
		}
		seen[key] = true
		rest = rest[len(word):]
		switch key {
		case "selector":
			for _, s := range strings.Split(word, ",") {
				if s == "" || s == "term:" {
					fault("an empty selector, want a rule, a category, category/label or term:TERM")
					continue
				}
				c.Selectors = append(c.Selectors, s)
			}
		case "until":
			if _, err := time.Parse(time.DateOnly, value); err != nil {
				fault("until is no day, want YYYY-MM-DD")
			}
			c.Answer.Until = value
		case "by":
			c.Answer.By = value
		case "reason":
			c.Answer.Reason = strings.Join(strings.Fields(value+rest), " ")
			rest = ""
		default:
			fault("an unknown key before =, want until, by or reason, the reason last")
		}
	}
	if len(c.Selectors) == 0 && !seen["selector"] {
		fault("no selector, want a rule, a category, category/label or term:TERM")
	}
	if c.Answer.Until == "" {
		fault("until is missing, want until=YYYY-MM-DD")
	}
	if c.Answer.Reason == "" {
		fault("reason is missing, want reason=TEXT at the end")
	}
	if err := errors.Join(errs...); err != nil {
		return Comment{}, true, err
	}
	return c, true, nil
}

// known returns a key that messages may name: what else a comment holds is text of the draft.
func known(key string) string {
	switch key {
	case "until", "by", "reason":
		return key
	}
	return "a key"
}

// Covers reports whether the comment is about findings such as f, wherever they stand.
func (c *Comment) Covers(f *review.Finding) bool {
	for _, s := range c.Selectors {
		term, isTerm := strings.CutPrefix(s, "term:")
		switch {
		case isTerm:
			if term == f.Term {
				return true
			}
		case s == f.Rule, f.Category != "" && (s == f.Category || s == f.Category+"/"+f.Label):
			return true
		}
	}
	return false
}

// Expired reports whether an answer counts no more on a day. Without a day nobody can tell, so an answer that ends does
// not count then either. An answer that never ends has not expired.
func Expired(s review.Suppression, day string) bool {
	return s.Until != "" && (day == "" || day > s.Until)
}
