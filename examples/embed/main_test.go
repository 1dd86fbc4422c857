package main

func Example() {
	main()
	// Output:
	// review
	// body {6 18} 法制日报 [] 政治术语·机构名称：“法制日报”建议改为“法治日报”
	// body {36 50} 包 治*百病 [noise] 迷信伪科·治愈断言：“包治百病”，删去治愈断言，就医信息以医疗机构为准（写法经插入符号变形）
}
