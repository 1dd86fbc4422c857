package rules

import (
	"slices"
	"strings"
	"time"

	"github.com/shenjiao/shenjiao/review"
)

// A day is a date as a text writes it.
type day struct {
	at         span // of year, month and day
	year       int  // 0: not written
	month, day int
	weekday    int // 0 Sunday … 6 Saturday, -1: not written
	week       span
	deadline   bool
}

// valid reports whether there is such a day in that year.
func (d *day) valid(year int) bool {
	if d.month < 1 || d.month > 12 || d.day < 1 {
		return false
	}
	return d.day <= time.Date(year, time.Month(d.month)+1, 0, 0, 0, 0, 0, beijing).Day()
}

// in returns the day in a year.
func (d *day) in(year int) time.Time {
	return time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, beijing)
}

// nearest returns the day in the year that brings it nearest to ref.
func (d *day) nearest(ref time.Time) (time.Time, bool) {
	var best time.Time
	found := false
	for year := ref.Year() - 1; year <= ref.Year()+1; year++ {
		if !d.valid(year) {
			continue
		}
		if at := d.in(year); !found || at.Sub(ref).Abs() < best.Sub(ref).Abs() {
			best, found = at, true
		}
	}
	return best, found
}

// days returns the dates of a page: 2026年5月8日, 5月8日, 五月八日, 2026-05-08,
// 2026.5.8, with the weekday that follows and whether it is a deadline.
func days(p *page) []day {
	s := p.text
	var out []day
	last := 0 // end of the last date
	for _, i := range p.dayBegins() {
		if i < last {
			continue
		}
		var d day
		end := 0
		if isDigitByte(s[i]) {
			d, end = dayAt(s, i, digitsAt(s, i))
		} else {
			d, end = numeralDay(s, i)
		}
		if end == 0 {
			continue
		}
		last = end
		d.at = span{i, end}
		if d.year == 0 && len(out) > 0 {
			// A range gives its year once: 2026年4月1日至4月30日.
			if before := out[len(out)-1]; before.year != 0 && end-before.at.end < 48 && strings.IndexFunc(s[before.at.end:i], isStop) < 0 {
				d.year = before.year
			}
		}
		d.weekday = -1
		rest := s[end:min(len(s), end+48)]
		if n, w := weekdayAt(rest); n > 0 {
			d.weekday, d.week = w, span{end, end + n}
			rest = rest[n:]
		}
		d.deadline = isDeadline(s[max(0, i-48):i], rest)
		out = append(out, d)
	}
	return out
}

// numerals are the digits of dates in Chinese.
const numerals = "〇一二三四五六七八九十"

// dayBegins returns where a date can begin: at digits, and at the numerals
// before 月.
func (p *page) dayBegins() []int {
	out := make([]int, 0, len(p.digits))
	for _, at := range p.digits {
		out = append(out, int(at))
	}
	for _, w := range p.words(p.engine.marks.month) {
		start := w.start
		for range 2 {
			r, size := lastRune(p.text[:start])
			if r == '〇' || !strings.ContainsRune(numerals, r) {
				break
			}
			start -= size
		}
		if before, _ := lastRune(p.text[:start]); start < w.start && !strings.ContainsRune(numerals, before) && before != '个' {
			out = append(out, start)
		}
	}
	slices.Sort(out)
	return out
}

// numeralDay reads 五月八日 at s[i:]; end is 0 if there is none.
func numeralDay(s string, i int) (d day, end int) {
	at := i
	read := func() int {
		v, n := 0, 0
		for ; n < 3 && at < len(s); n++ {
			r := firstRune(s[at:])
			k := strings.IndexRune(numerals, r)
			if k < 0 || r == '〇' {
				break
			}
			at += len("十")
			switch k /= len("十"); {
			case k == 10 && v == 0:
				v = 10
			case k == 10:
				v *= 10
			default:
				v += k
			}
		}
		return v
	}
	d.month = read()
	if d.month == 0 || !strings.HasPrefix(s[at:], "月") {
		return d, 0
	}
	at += len("月")
	d.day = read()
	if d.day == 0 || !strings.HasPrefix(s[at:], "日") && !strings.HasPrefix(s[at:], "号") {
		return d, 0
	}
	return d, at + len("日")
}

func isDigitByte(b byte) bool { return b >= '0' && b <= '9' }

func digitsAt(s string, i int) int {
	n := 0
	for i+n < len(s) && isDigitByte(s[i+n]) {
		n++
	}
	return n
}

// dayAt reads a date at s[i:], which begins with run digits; end is 0 if
// there is none.
func dayAt(s string, i, run int) (d day, end int) {
	at := i
	number := func(most int) (int, bool) {
		n := digitsAt(s, at)
		if n == 0 || n > most {
			return 0, false
		}
		v := 0
		for _, c := range []byte(s[at : at+n]) {
			v = v*10 + int(c-'0')
		}
		at += n
		return v, true
	}
	sep := func(want ...string) bool {
		for at < len(s) && s[at] == ' ' {
			at++
		}
		for _, w := range want {
			if strings.HasPrefix(s[at:], w) {
				at += len(w)
				for at < len(s) && s[at] == ' ' {
					at++
				}
				return true
			}
		}
		return false
	}
	first, ok := number(4)
	if !ok {
		return d, 0
	}
	if run == 4 {
		mark := at
		if !sep("年") {
			// 2026-05-08, all three parts written out
			at = mark
			if at >= len(s) || s[at] != '-' && s[at] != '.' && s[at] != '/' {
				return d, 0
			}
			mark := s[at]
			at++
			month, ok := number(2)
			if !ok || at >= len(s) || s[at] != mark {
				return d, 0
			}
			at++
			dayOf, ok := number(2)
			if !ok || first < 1900 || first > 2100 || at < len(s) && (s[at] == mark || s[at] == '.') {
				return d, 0
			}
			return day{year: first, month: month, day: dayOf}, at
		}
		d.year = first
		if first, ok = number(2); !ok {
			return d, 0
		}
	} else if run > 2 {
		return d, 0
	}
	d.month = first
	if !sep("月") {
		return d, 0
	}
	if d.day, ok = number(2); !ok || !sep("日", "号") {
		return d, 0
	}
	for at > 0 && s[at-1] == ' ' {
		at--
	}
	return d, at
}

const weekdays = "日一二三四五六"

// weekdayAt reads a weekday at the beginning of s: (星期三), （周三）, 星期天.
func weekdayAt(s string) (length, weekday int) {
	t := strings.TrimLeft(s, " ")
	t, bracket := strings.CutPrefix(t, "(")
	for _, w := range []string{"星期", "周", "礼拜"} {
		rest, ok := strings.CutPrefix(t, w)
		if !ok || rest == "" {
			continue
		}
		r := firstRune(rest)
		if r == '天' {
			r = '日'
		}
		i := strings.IndexRune(weekdays, r)
		if i < 0 {
			return 0, -1
		}
		rest = rest[len(string(r)):]
		if w == "周" && !bracket && strings.HasPrefix(rest, "年") { // 一周年
			return 0, -1
		}
		rest = strings.TrimPrefix(rest, ")")
		return len(s) - len(rest), i / len("日")
	}
	return 0, -1
}

// notBefore are words that begin with 前 and do not mean before.
var notBefore = []string{"前往", "前来", "前后", "前夕", "前期", "前台", "前线", "前去", "前述", "前景", "前沿", "前列", "前进", "前行"}

// isDeadline reports whether a date with this text around it is one until
// which something has to be done.
func isDeadline(before, after string) bool {
	after = strings.TrimLeft(after, " ")
	// The time of the day may stand between: 17时, 17:00, 下午5点, 24点.
	for _, w := range []string{"上午", "中午", "下午", "晚上", "晚", "早上"} {
		after = strings.TrimPrefix(after, w)
	}
	if n := digitsAt(after, 0); n > 0 && n <= 2 {
		t := after[n:]
		if strings.HasPrefix(t, ":") && digitsAt(t, 1) == 2 {
			after = t[3:]
		} else {
			for _, w := range []string{"时", "点"} {
				if rest, ok := strings.CutPrefix(t, w); ok {
					after = strings.TrimPrefix(rest, "整")
					if m := digitsAt(after, 0); m > 0 && m <= 2 && strings.HasPrefix(after[m:], "分") {
						after = after[m+len("分"):]
					}
				}
			}
		}
	}
	after = strings.TrimLeft(after, " )")
	if i := strings.LastIndexFunc(before, isStop); i >= 0 {
		before = before[i:]
	}
	if told(before) {
		return false
	}
	for _, w := range []string{"之前", "以前", "截止", "为止", "止", "前"} {
		if !strings.HasPrefix(after, w) {
			continue
		}
		for _, not := range notBefore {
			if strings.HasPrefix(after, not) {
				return false
			}
		}
		return true
	}
	i := strings.LastIndex(before, "截止")
	if i < 0 {
		i = strings.LastIndex(before, "截至")
		if i < 0 || !strings.Contains(before[:i], "报名") && !strings.Contains(before[:i], "提交") && !strings.Contains(before[:i], "申报") {
			return false
		}
	}
	between := before[i+len("截止"):]
	for _, w := range []string{"时间", "日期", "日", "期限", "为", "是", "到", "至", "于", ":", " ", "在", "北京"} {
		between = strings.ReplaceAll(between, w, "")
	}
	return between == ""
}

// told reports whether the words before a date tell of what has happened, or
// comes every year.
func told(before string) bool {
	const reach = 18 // bytes
	near := before[max(0, len(before)-reach):]
	for _, w := range []string{"已于", "已在", "早在", "曾于", "曾在", "已经于", "已经在", "每年", "当年", "次年", "历年"} {
		if strings.Contains(near, w) {
			return true
		}
	}
	return false
}

func deadlineAfterPublish(*setup) check {
	return func(c *call) {
		meta := orEmpty(c.Meta)
		if valueOr(meta.Topic, "") == review.TopicRetrospective {
			return
		}
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		published, known := c.publicationOf()
		published = published.In(beijing)
		today := time.Date(published.Year(), published.Month(), published.Day(), 0, 0, 0, 0, beijing)
		ref, dated := today, known
		if meta.IssuedOn != nil {
			if at, err := meta.IssuedOn.In(beijing); err == nil {
				ref, dated = at, true
			}
		}
		const leap = 2000 // has every day that any year has
		for _, d := range days(p) {
			if d.year != 0 && !d.valid(d.year) || !d.valid(leap) {
				c.violateAt(p, d.at, words{"没有这一天", "there is no such day"})
				continue
			}
			if d.weekday < 0 && !d.deadline {
				continue
			}
			when := d.in(d.year)
			if d.year == 0 {
				if !dated {
					c.miss("publish_at")
					continue
				}
				var ok bool
				if when, ok = d.nearest(ref); !ok {
					continue
				}
			}
			if d.weekday >= 0 && int(when.Weekday()) != d.weekday {
				c.violateAt(p, span{d.at.start, d.week.end}, words{"%d年%d月%d日不是星期%s，是星期%s", "%d-%02d-%02d is not the weekday %s but %s"},
					when.Year(), int(when.Month()), when.Day(), weekdayName(d.weekday), weekdayName(int(when.Weekday())))
			}
			if !d.deadline {
				continue
			}
			if !known {
				c.miss("publish_at")
			} else if when.Before(today) && today.Year()-when.Year() < longPast {
				c.violateAt(p, d.at, words{"截止日期%d年%d月%d日早于发布日期", "the deadline %d-%02d-%02d is before publication"}, when.Year(), int(when.Month()), when.Day())
			}
		}
	}
}

// longPast is for how many years a deadline is taken for a slip; one that is
// older belongs to history or to a law.
const longPast = 3

func weekdayName(w int) string { return string([]rune(weekdays)[w]) }
