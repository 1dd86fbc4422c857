package review

import (
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// ID is an open lower-case identifier: a-z, 0-9 and _, not beginning with _, or "" for known to be none.
// The constants of this package are the values that the rules know; an organisation may use its own.
type ID string

// Time is a moment as RFC 3339 writes it, always with an offset (2026-03-02T09:00:00+08:00), or "", which says that it
// is known not to have happened. It keeps the caller's spelling; two spellings of one moment are different Times.
//
// Upper-case T and Z are required. Second 60 is accepted, as a leap second.
type Time string

// Date is a calendar day (2026-03-02), or "", which says that there is known to be none. Days are of Asia/Shanghai.
type Date string

// Month is a calendar month (2026-03). Months are of Asia/Shanghai. Unlike Time and Date it is never "".
type Month string

// What a value of each form should look like, as errors say it.
const (
	wantTime  = `an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or ""`
	wantDate  = `a date (2026-03-02) or ""`
	wantMonth = `a month (2026-03)`
	wantID    = `a lower-case id (a-z, 0-9, _) or ""`
)

// Parse returns the moment, with the offset it was written with. The empty Time is not a moment: it is an error, so
// compare with "" first. A Time out of ParseDocument is otherwise always well formed. A leap second is the moment
// after it.
func (t Time) Parse() (time.Time, error) {
	at, why := parseTime(string(t))
	if why != "" {
		return time.Time{}, fmt.Errorf("review: time: %s", malformed(wantTime, string(t), why))
	}
	return at, nil
}

// In returns the first moment of the day in loc. The empty Date is no day: it is an error, so compare with "" first.
func (d Date) In(loc *time.Location) (time.Time, error) {
	year, month, day, why := parseDate(string(d))
	if why != "" {
		return time.Time{}, fmt.Errorf("review: date: %s", malformed(wantDate, string(d), why))
	}
	return time.Date(year, month, day, 0, 0, 0, 0, loc), nil
}

// In returns the first moment of the month in loc.
func (m Month) In(loc *time.Location) (time.Time, error) {
	year, month, why := parseMonth(string(m))
	if why != "" {
		return time.Time{}, fmt.Errorf("review: month: %s", malformed(wantMonth, string(m), why))
	}
	return time.Date(year, month, 1, 0, 0, 0, 0, loc), nil
}

// Reasons that several forms share.
const (
	whyEmpty = "empty"
	whyForm  = "not in that form"
)

// parseTime returns the moment, or the reason why s is none.
func parseTime(s string) (time.Time, string) {
	const layout = "dddd-dd-ddTdd:dd:dd"
	switch {
	case s == "":
		return time.Time{}, whyEmpty
	case shaped(s, "dddd-dd-dd"):
		return time.Time{}, "the time of day is missing"
	case len(s) < len(layout) || !shaped(s[:len(layout)], layout):
		return time.Time{}, whyForm
	}
	year, month, day, why := parseDate(s[:len("dddd-dd-dd")])
	if why != "" {
		return time.Time{}, why
	}
	hour, minute, second := number(s[11:13]), number(s[14:16]), number(s[17:19])
	if hour > 23 || minute > 59 || second > 60 {
		return time.Time{}, "there is no such time of day"
	}
	rest := s[len(layout):]
	nanos := 0
	if rest != "" && rest[0] == '.' {
		n := 1
		for n < len(rest) && isDigit(rest[n]) {
			n++
		}
		if n == 1 {
			return time.Time{}, whyForm
		}
		nanos = number((rest[1:n] + "000000000")[:9])
		rest = rest[n:]
	}
	switch {
	case rest == "":
		return time.Time{}, "the offset is missing"
	case rest == "Z":
		return time.Date(year, month, day, hour, minute, second, nanos, time.UTC), ""
	case !shaped(rest[1:], "dd:dd") || rest[0] != '+' && rest[0] != '-':
		return time.Time{}, whyForm
	}
	hours, minutes := number(rest[1:3]), number(rest[4:6])
	if hours > 23 || minutes > 59 {
		return time.Time{}, "there is no such offset"
	}
	east := (hours*60 + minutes) * 60
	if rest[0] == '-' {
		east = -east
	}
	return time.Date(year, month, day, hour, minute, second, nanos, time.FixedZone("", east)), ""
}

// parseDate returns the day, or the reason why s is none.
func parseDate(s string) (year int, month time.Month, day int, why string) {
	switch {
	case s == "":
		return 0, 0, 0, whyEmpty
	case !shaped(s, "dddd-dd-dd"):
		return 0, 0, 0, whyForm
	}
	year, month, why = parseMonth(s[:len("dddd-dd")])
	if why != "" {
		return 0, 0, 0, why
	}
	day = number(s[8:10])
	// Day 0 of the next month is the last day of this one.
	if day < 1 || day > time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return 0, 0, 0, "there is no such day"
	}
	return year, month, day, ""
}

// parseMonth returns the month, or the reason why s is none.
func parseMonth(s string) (year int, month time.Month, why string) {
	switch {
	case s == "":
		return 0, 0, whyEmpty
	case !shaped(s, "dddd-dd"):
		return 0, 0, whyForm
	}
	year, month = number(s[:4]), time.Month(number(s[5:7]))
	if month < time.January || month > time.December {
		return 0, 0, "there is no such month"
	}
	return year, month, ""
}

// shaped reports whether s is layout with a digit for every d.
func shaped(s, layout string) bool {
	if len(s) != len(layout) {
		return false
	}
	for i := range len(s) {
		if layout[i] == 'd' && !isDigit(s[i]) || layout[i] != 'd' && s[i] != layout[i] {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// number is the value of a short run of digits.
func number(digits string) int {
	n := 0
	for _, d := range []byte(digits) {
		n = n*10 + int(d-'0')
	}
	return n
}

// isID reports whether s has the form of an ID.
func isID(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || isDigit(c) || c == '_' && i > 0) {
			return false
		}
	}
	return true
}

// enumerated is what every closed set of names implements. It ties the constants to the parser, which reads the set
// from here.
type enumerated interface{ values() []string }

func names[S ~string](values ...S) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// maxQuoted is how many runes of a key, an id or a number an error may quote. Longer ones are likelier prose in the
// wrong place than a name, and errors never hold prose.
const maxQuoted = 64

// quoteValue quotes a short value and only describes a long one.
func quoteValue(s string) string {
	if n := utf8.RuneCountInString(s); n > maxQuoted {
		return fmt.Sprintf("a string of %d characters", n)
	}
	return quote(s)
}

// quoteKey quotes a key, of a long one the beginning.
func quoteKey(s string) string {
	n := 0
	for i := range s {
		if n == maxQuoted {
			return quote(s[:i] + "…")
		}
		n++
	}
	return quote(s)
}

func quote(s string) string { return strconv.Quote(s) }

func malformed(want, got, why string) string {
	s := "want " + want + ", got " + quoteValue(got)
	if why != "" && why != whyEmpty && why != whyForm {
		s += ": " + why
	}
	return s
}
