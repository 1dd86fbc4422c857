package recognize_test

import (
	"fmt"
	"log"

	"github.com/shenjiao/shenjiao/recognize"
)

func Example() {
	r, err := recognize.New(recognize.Options{Published: []string{"0311-60000000", "@example.cn"}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range r.FindAll("联系人：张某，138 0013 8000，办公室（0311）60000000") {
		fmt.Println(s.Kind, s.Start, s.End, s.Value, s.Masked(), s.Notes.Has(recognize.Allowed))
	}
	// Output:
	// mobile 21 34 13800138000 138 **** 8000 false
	// landline 46 64 031160000000 （0311）******00 true
}

// What a disguise hid is in the value; the span covers all of it.
func ExampleSpan() {
	r, err := recognize.New(recognize.Options{})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range r.FindAll("加V：abc-12345，①③⑧零零①③⑧零零零，example点com") {
		fmt.Println(s.Kind, s.Value, s.Channels)
	}
	// Output:
	// wechat abc-12345 literal
	// mobile 13800138000 styled+numeral
	// disguised-link example.com noise
}

// A document number says what is wrong with it, and its value is right.
func ExampleNotes() {
	r, err := recognize.New(recognize.Options{Kinds: recognize.Set(recognize.DocumentNumber)})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range r.FindAll("根据国办发[2013]第100号精神") {
		fmt.Println(s.Text, s.Value, s.Notes.Has(recognize.BracketFault), s.Notes.Has(recognize.OrdinalFault), s.Notes.Has(recognize.ZeroFault))
	}
	// Output: 国办发[2013]第100号 国办发〔2013〕100号 true true false
}

// A stream is certain of a span when enough of the text has come.
func ExampleStream() {
	r, err := recognize.New(recognize.Options{})
	if err != nil {
		log.Fatal(err)
	}
	stream := r.NewStream()
	var spans []recognize.Span
	for _, chunk := range []string{"原标题：某市工会部署", "送温暖工作\n本报", "讯 今天"} {
		spans = stream.Append(spans, []byte(chunk))
	}
	for _, s := range stream.Flush(spans) {
		fmt.Println(s.Kind, s.Value)
	}
	// Output:
	// original-title 某市工会部署送温暖工作
	// dateline 本报
}
