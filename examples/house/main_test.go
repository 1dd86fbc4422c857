package main

func Example() {
	main()
	// Output:
	// review
	// term body 1 1 政治术语：“云州总工会”建议改为“云州市总工会”（写法经繁体异体变形）
	// x_house.hotline body 1 18 写到补贴，但没有写咨询电话
	// term body 1 24 政治术语：“职工之家服务站”建议改为“职工驿站”
}
