package starter_test

import (
	"fmt"
	"log"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
)

func ExampleFS() {
	pack, err := lexicon.ReadPack(starter.FS())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(pack.ID, len(pack.Entries) > 2000)
	// Output:
	// starter true
}
