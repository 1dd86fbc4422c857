package text_test

import (
	"fmt"
	"strings"

	"github.com/shenjiao/shenjiao/text"
)

func Example() {
	src := "<p>网络赌<b>博</b></p><p hidden>草稿</p>"
	v := text.Extract(src, text.HTML)
	fmt.Println(v.Text())

	at := strings.Index(v.Text(), "赌博")
	start, end := v.Source(at, at+len("赌博"))
	fmt.Println(start, end, src[start:end])
	// Output:
	// 网络赌博
	// 9 18 赌<b>博
}

func ExampleExtract_markdown() {
	v := text.Extract("# 通知\n\n赌**博**网站&#8203;![示意图](a.png)", text.Markdown)
	fmt.Printf("%q\n", v.Text())
	// Output:
	// "通知\n\n赌博网站\u200b\n\n示意图"
}

func ExampleVisible_Crosses() {
	v := text.Extract("赌<b>博</b>，赌&#21338;", text.HTML)
	fmt.Println(v.Text())
	fmt.Println(v.Crosses(0, 6))
	fmt.Println(v.Crosses(9, 15))
	// Output:
	// 赌博，赌博
	// true false
	// false true
}

func ExampleIndex() {
	x := text.NewIndex("一\n二三")
	fmt.Println(x.Position(7))
	p := text.NewIndex("𠮷a").Position(4)
	fmt.Println(p.Byte, p.Rune, p.UTF16)
	// Output:
	// 2:2
	// 4 1 2
}

func ExampleLocator() {
	var l text.Locator
	l.Append([]byte("一\n\xe4\xba")) // the chunk ends within 二
	l.Append([]byte("\x8c三"))
	fmt.Println(l.Position(7))
	l.Forget(7)
	// Output:
	// 2:2
}
