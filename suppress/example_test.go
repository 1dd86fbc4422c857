package suppress_test

import (
	"fmt"

	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/suppress"
)

func ExampleParseComment() {
	c, ok, err := suppress.ParseComment(" shenjiao:ignore term:法制日报 until=2027-03-31 reason=引用旧报原题 ")
	fmt.Println(ok, err, c.Selectors, c.Answer.Reason)
	fmt.Println(c.Covers(&review.Finding{Rule: "term", Term: "法制日报"}))
	fmt.Println(suppress.Expired(c.Answer, "2027-04-01"))
	// Output:
	// true <nil> [term:法制日报] 引用旧报原题
	// true
	// true
}

func ExampleParseBaseline() {
	b, err := suppress.ParseBaseline("baseline.json", []byte(`{"schema": "shenjiao.baseline/v1", "findings": [
	{"fingerprint": "0f3a", "reason": "存量稿件"},
	{"fingerprint": "77b1"}
]}`))
	fmt.Println(b == nil)
	fmt.Println(err)
	// Output:
	// true
	// suppress: baseline.json:3:2: no reason: say why the finding stays
}
