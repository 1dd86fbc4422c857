package tables_test

import (
	"fmt"

	"github.com/shenjiao/shenjiao/internal/tables"
)

func ExampleParent() {
	for r := 'Ａ'; ; {
		p, kind := tables.Parent(r)
		if kind == tables.None {
			break
		}
		fmt.Printf("%c is %c by %s\n", r, p, kind)
		r = p
	}
	// Output:
	// Ａ is A by Width
	// A is a by Case
}

func ExamplePath() {
	fmt.Println(tables.Path('發', '髮'))
	fmt.Println(tables.Path('㊂', '叁'))
	fmt.Println(tables.Path('发', '花'))
	// Output:
	// Traditional true
	// Styled|Numeral true
	// None false
}

func ExampleClassOf() {
	for _, r := range "赌*博①🅰，\u200b" {
		fmt.Printf("%U %s\n", r, tables.ClassOf(r))
	}
	// Output:
	// U+8D4C Han
	// U+002A Mark
	// U+535A Han
	// U+2460 Digit
	// U+1F170 Letter
	// U+FF0C Clause
	// U+200B Invisible
}

func ExampleHasReading() {
	s, ok := tables.StripTone("zhuǎn")
	fmt.Println(s, ok, tables.HasReading('轉', s))
	// Output: zhuan true true
}
