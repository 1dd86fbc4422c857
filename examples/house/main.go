// Example house checks a draft with an organisation's own terms and own publishing
// rule, beside those that are built in.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"os"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/rules"
)

func main() {
	data, err := os.ReadFile("rules.yaml")
	if err != nil {
		log.Fatal(err)
	}
	own, err := rules.ParseOrganisation("rules.yaml", data)
	if err != nil {
		log.Fatal(err)
	}
	scanner, err := shenjiao.New(shenjiao.Options{
		Packs:    []fs.FS{lexicon.Folder("pack")},
		OwnRules: []*rules.Organisation{own},
	})
	if err != nil {
		log.Fatal(err)
	}
	report, err := scanner.Scan(context.Background(), &shenjiao.Document{
		Title: new("夏季补贴开始发放"),
		Body:  new("云州總工会本周起向一线职工发放高温补贴，也可到职工之家服务站领取饮料。"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict)
	for _, f := range report.Findings {
		fmt.Println(f.Rule, f.Field, f.Line, f.Column, f.Message)
	}
}
