package main

import (
	"strings"

	"github.com/shenjiao/shenjiao/segment"
)

// A pack in the style of insult lists is made of these: two thirds of such lists
// are compounds of a slight and a noun. No list of real ones is kept here.
var (
	slights = strings.Fields(`
		死 臭 烂 贱 狗 猪 蠢 傻 笨 丑 穷 黑 白 鬼 土 瞎 疯 贼 屎 婊 脏 骚 淫 残 废 秃 肥 矮 懒 怂 倭 蛮 奸 毒 孬 痴 呆 怪 恶 洋
		脑残 弱智 低能 无耻 下流 恶毒 白痴 垃圾 下贱 缺德 变态 狗日 没种 龌龊 猥琐 卑鄙 下三滥 没教养 不要脸 丧良心`)
	nouns = strings.Fields(`
		鬼 狗 猪 货 逼 婊 渣 奴 佬 婆 鳖 蛆 崽 贼 驴 猴 鸡 种 蛋 胚 妓 汉 男 女 虫 蛙 犬 妇 棍 痞
		杂种 废物 垃圾 东西 玩意 畜生 孙子 王八 乌龟 窝囊 狗腿 蠢驴 母狗 公猪 贱种 懒汉 泼妇 骗子 混蛋 败类`)
)

// stylePack returns n terms in the style of an insult list that are no words of
// the dictionary, the shorter ones first.
func stylePack(words segment.Dictionary, n int) (terms []string) {
	seen := map[string]bool{}
	for _, length := range []int{2, 3, 4, 5} {
		for _, a := range slights {
			for _, b := range nouns {
				term := a + b
				if len(term) != 3*length || a == b || seen[term] || len(terms) == n {
					continue
				}
				if _, known := words.Lookup(term); !known {
					seen[term] = true
					terms = append(terms, term)
				}
			}
		}
	}
	return terms
}
