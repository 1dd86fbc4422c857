package sse_test

import (
	"context"
	"log"
	"os"
	"strings"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/sse"
)

// The tokens of a model are masked while they pass.
func ExampleFilter_Copy() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	filter, err := sse.New(sse.Options{Scanner: func() *shenjiao.Scanner { return scanner }})
	if err != nil {
		log.Fatal(err)
	}
	model := strings.NewReader(`data: {"choices":[{"index":0,"delta":{"content":"他们再"}}]}

data: {"choices":[{"index":0,"delta":{"content":"接再励"}}]}

data: [DONE]

`)
	if err := filter.Copy(context.Background(), os.Stdout, model); err != nil {
		log.Fatal(err)
	}
	// Output:
	// data: {"choices":[{"index":0,"delta":{"content":"他们"}}]}
	//
	// data: {"choices":[{"index":0,"delta":{"content":""}}]}
	//
	// data: {"choices":[{"index":0,"delta":{"content":"****"}}]}
	//
	// data: [DONE]
}
