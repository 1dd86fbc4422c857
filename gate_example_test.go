package shenjiao_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/rules"
)

// A pipeline that would rather hold a draft back than let it go out unchecked.
func ExampleGate() {
	scanner, err := shenjiao.New(shenjiao.Options{NoRules: true})
	if err != nil {
		log.Fatal(err)
	}
	gate, err := shenjiao.NewGate(scanner, shenjiao.GateOptions{OnFailure: shenjiao.FailClosed, Timeout: time.Minute})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	fmt.Println(gate.Decide(ctx, &shenjiao.Document{Body: new("今天天气晴好。")}).Verdict)

	over, cancel := context.WithCancel(ctx)
	cancel() // a check that cannot be done
	d := gate.Decide(over, &shenjiao.Document{Body: new("今天天气晴好。")})
	fmt.Println(d.Verdict, d.Err != nil)
	// Output:
	// pass
	// block true
}

// One set of packs, judged by the rules of another account.
func ExampleScanner_With() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	union, _ := rules.Preset("yangzhou-union")
	other, err := scanner.With(func(o *shenjiao.Options) { o.Profile = union })
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(scanner.Snapshot().Profile, other.Snapshot().Profile)
	// Output: default yangzhou-union
}
