package sign_test

import (
	"fmt"
	"log"
	"testing/fstest"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
)

func Example() {
	secret, public, err := sign.GenerateKey()
	if err != nil {
		log.Fatal(err)
	}
	house := fstest.MapFS{ // os.DirFS("packs/house")
		"pack.yaml":        {Data: []byte("id: house\nversion: 1.4.0\nowner: 宣传部\n")},
		"terms/minors.csv": {Data: []byte("term\n逃课\n")},
	}
	files, err := lexicon.ReadFiles(house)
	if err != nil {
		log.Fatal(err)
	}
	manifest, signature, err := sign.Sign(files, secret)
	if err != nil {
		log.Fatal(err)
	}
	house[lexicon.ManifestFile] = &fstest.MapFile{Data: manifest}
	house[lexicon.SignatureFile] = &fstest.MapFile{Data: signature}

	policy := sign.Policy{Keys: []sign.PublicKey{public}, Oldest: map[string]string{"house": "1.3.0"}}
	files, err = sign.Open(house, policy)
	fmt.Println(files.Names(), err)

	house["terms/minors.csv"].Data = []byte("term\n") // somebody takes a term out
	_, err = sign.Open(house, policy)
	fmt.Println(err)
	// Output:
	// [pack.yaml terms/minors.csv] <nil>
	// sign: the pack is not what was signed: terms/minors.csv was changed
}
