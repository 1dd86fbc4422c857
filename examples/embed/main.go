// Example embed checks a draft with the starter pack, in ten lines.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/shenjiao/shenjiao"
)

func main() {
	scanner, err := shenjiao.New(shenjiao.Options{})
	if err != nil {
		log.Fatal(err)
	}
	report, err := scanner.Scan(context.Background(), &shenjiao.Document{
		Title: new("健康讲座通知"),
		Body:  new("据《法制日报》报道，该药包 治*百病，請一次性交付。"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict)
	for _, f := range report.Findings {
		fmt.Println(f.Field, f.Span, f.Text, f.Channels, f.Message)
	}
}
