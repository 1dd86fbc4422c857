package semantic_test

import (
	"fmt"
	"log"

	"github.com/shenjiao/shenjiao/semantic"
)

func ExampleModel_FindAll() {
	model, err := semantic.Default()
	if err != nil {
		log.Fatal(err)
	}
	text := "社区通知：周六上午清洗水箱，请提前储水。\n\n缺钱的来，有手机卡的联系我，日结，懂的加我，别外传。"
	for _, j := range model.FindAll(text, nil) {
		fmt.Println(j.Category, j.Text)
	}
	// Output:
	// gambling_fraud 缺钱的来，有手机卡的联系我，日结，懂的加我，别外传。
}
