package inspect_test

import (
	"context"
	"fmt"
	"log"
	"testing/fstest"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/inspect"
)

// Every term of a pack is found by the scanner, and by an engine of somebody else.
func ExampleVerify() {
	pack, err := lexicon.ReadPack(fstest.MapFS{
		"pack.yaml":            {Data: []byte("id: house\nversion: 1.0.0\n")},
		"terms/contraband.csv": {Data: []byte("term\n代开发票\n高仿证件\n")},
	})
	if err != nil {
		log.Fatal(err)
	}
	v, err := inspect.Verify(context.Background(), []*lexicon.Pack{pack}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(v.Terms, "terms,", len(v.Failures), "not found")
	// Output:
	// 2 terms, 0 not found
}
