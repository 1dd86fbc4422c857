package review

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTimeParse(t *testing.T) {
	for s, want := range map[Time]time.Time{
		"2026-03-02T09:00:00+08:00":         time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC),
		"2026-03-02T09:00:00Z":              time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		"2026-03-02T09:00:00-00:30":         time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC),
		"2026-03-02T09:00:00.25Z":           time.Date(2026, 3, 2, 9, 0, 0, 250_000_000, time.UTC),
		"2026-03-02T09:00:00.1234567899Z":   time.Date(2026, 3, 2, 9, 0, 0, 123_456_789, time.UTC),
		"2016-12-31T23:59:60Z":              time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
		"2017-01-01T07:59:60+08:00":         time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
		"0000-02-29T00:00:00Z":              time.Date(0, 2, 29, 0, 0, 0, 0, time.UTC),
		"2026-03-02T09:00:00.000000000000Z": time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
	} {
		got, err := s.Parse()
		require.NoError(t, err, s)
		require.True(t, want.Equal(got), "%s: want %v, got %v", s, want, got)
		if second := s[17:19]; second != "60" {
			std, err := time.Parse(time.RFC3339, string(s))
			require.NoError(t, err, s)
			require.True(t, std.Equal(got), "%s: package time has %v, got %v", s, std, got)
		}
	}
	for s, want := range map[Time]string{
		"":                         `review: time: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got ""`,
		"2026-03-02T09:00:00":      `review: time: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02T09:00:00": the offset is missing`,
		"2026-03-02T09:00:00Zz":    `review: time: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02T09:00:00Zz"`,
		"2026-03-02T09:00:00 0800": `review: time: want an RFC 3339 time with an offset (2026-03-02T09:00:00+08:00) or "", got "2026-03-02T09:00:00 0800"`,
	} {
		_, err := s.Parse()
		require.EqualError(t, err, want)
	}
}

func TestDateAndMonthIn(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*60*60)
	day, err := Date("2026-03-02").In(shanghai)
	require.NoError(t, err)
	require.Equal(t, "2026-03-02T00:00:00+08:00", day.Format(time.RFC3339))
	month, err := Month("2026-03").In(shanghai)
	require.NoError(t, err)
	require.Equal(t, "2026-03-01T00:00:00+08:00", month.Format(time.RFC3339))
	_, err = Date("").In(shanghai)
	require.EqualError(t, err, `review: date: want a date (2026-03-02) or "", got ""`)
	_, err = Date("2100-02-29").In(shanghai)
	require.EqualError(t, err, `review: date: want a date (2026-03-02) or "", got "2100-02-29": there is no such day`)
	_, err = Month("2026-13").In(shanghai)
	require.EqualError(t, err, `review: month: want a month (2026-03), got "2026-13": there is no such month`)
}

// Every day that package time knows is a Date, and no other digits are.
func TestDateOracle(t *testing.T) {
	n := 0
	for _, year := range []string{"1900", "2000", "2023", "2024", "0000"} {
		for month := range 14 {
			for day := range 34 {
				s := year + "-" + twoDigits(month) + "-" + twoDigits(day)
				_, err := time.Parse(time.DateOnly, s)
				_, _, _, why := parseDate(s)
				require.Equal(t, err == nil, why == "", s)
				n++
			}
		}
	}
	require.Equal(t, 5*14*34, n)
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
