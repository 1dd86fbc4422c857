package rules

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var testTitles = TitleRules{
	Prefixes: []string{"【转载】", "学习*｜"}, Suffixes: []string{"（转载）", "（附*）", "-新华社*"}, ContainedMin: 6, NearDistance: 2,
}

func TestCompareTitles(t *testing.T) {
	const original = "快递员权益保障三年行动启动"
	tests := []struct {
		title, original string
		want            TitleMatch
	}{
		{original, original, TitleSame},
		{"快递员 权益保障三年行动启动！", original, TitleSame},
		{"《求是》发表文章", "“求是”发表文章", TitleSame},
		{"3．2万人……报名", "3.2万人…报名", TitleSame},
		{"A·B：C|D", "ａ•ｂ:ｃ丨ｄ", TitleSame},
		{"", "", TitleSame},
		{"【转载】【转载】" + original, original, TitleWrapped},
		{"学习进行时｜" + original, original, TitleWrapped},
		{original + "（附名单）- 新华社客户端", original, TitleWrapped},
		{original + "（转载）。", original, TitleWrapped},
		{"快遞員權益保障三年行動啟動", original, TitleScript},
		{"好消息！" + original, original, TitleContained},
		{"好消息！通知", "通知", TitleChanged},
		{"快递员权益保障五年行动启动", original, TitleNear},
		{"快递员权益保障三年行动", original, TitleChanged}, // two of thirteen is more than a tenth
		{"32万人报名", "3.2万人报名", TitleChanged},
		{"快递员权益保障三年…", original, TitleChanged},
		{"【转载】", "【转载】", TitleSame},
		{"转正", "转载", TitleChanged},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, CompareTitles(tt.title, tt.original, testTitles), "%q and %q", tt.title, tt.original)
	}
}

func TestTitleLaws(t *testing.T) {
	piece := rapid.SampledFrom([]string{"快", "递", "三", "五", "3", ".", "…", "...", "—", "——", "“", "《", " ", "　", "Ａ", "a", "｜", "（转载）", "【转载】", "、", "\u200b", "轉", "转", "\xff"})
	title := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "title"), "") })
	rapid.Check(t, func(t *rapid.T) {
		a, b := title.Draw(t, "a"), title.Draw(t, "b")
		n := NormalizeTitle(a)
		require.Equal(t, n, NormalizeTitle(n), "normalising twice")
		require.Equal(t, TitleSame, CompareTitles(a, a, testTitles))
		if n != "" {
			require.LessOrEqual(t, CompareTitles("【转载】"+a, a, testTitles), TitleWrapped, "%q", a)
			require.LessOrEqual(t, CompareTitles(a+"（转载）", a, testTitles), TitleWrapped, "%q", a)
		}
		require.Equal(t, NormalizeTitle(a) == NormalizeTitle(b), CompareTitles(a, b, testTitles) == TitleSame)
		ra, rb := []rune(a), []rune(b)
		for most := range 4 {
			want := editDistance(ra, rb)
			got, ok := within(ra, rb, most)
			require.Equal(t, want <= most, ok, "%q %q within %d", a, b, most)
			if ok {
				require.Equal(t, want, got)
			}
		}
	})
}

// editDistance is the textbook's.
func editDistance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	if a[0] == b[0] {
		return editDistance(a[1:], b[1:])
	}
	d := map[[2]int]int{}
	var dist func(i, j int) int
	dist = func(i, j int) int {
		if i == len(a) || j == len(b) {
			return len(a) - i + len(b) - j
		}
		if v, ok := d[[2]int{i, j}]; ok {
			return v
		}
		v := dist(i+1, j+1)
		if a[i] != b[j] {
			v = 1 + min(v, dist(i+1, j), dist(i, j+1))
		}
		d[[2]int{i, j}] = v
		return v
	}
	return dist(0, 0)
}

func TestOutlets(t *testing.T) {
	o := NewOutlets(CentralMedia())
	require.Len(t, CentralMedia(), 19)
	for source, want := range map[string]string{
		"新华社": "新华通讯社", "新華社": "新华通讯社", " “新华社” ": "新华通讯社", "新华社客户端": "新华通讯社", "新华社北京3月1日电": "",
		"新华社记者 王某": "新华通讯社", "综合新华社、人民日报": "新华通讯社", "人民网湖南频道": "人民日报社", "人民网-湖南频道": "人民日报社",
		"人民网络": "", "《人民日报》（2026年3月1日）": "人民日报社", "人民日报 2026-03-01": "人民日报社", "侠客岛微信公众号": "人民日报社",
		"cctv": "中央广播电视总台", "ＣＣＴＶ": "中央广播电视总台", "China Daily": "中国日报社", "央视新闻": "中央广播电视总台",
		"某某区融媒体中心": "", "中国网络电视": "", "新华书店": "", "": "", "、": "", "总台": "中央广播电视总台", "总台长": "", "法制日報": "法治日报社",
		"新华通讯社湖南分社": "新华通讯社", "中国网站": "",
	} {
		unit, ok := o.Lookup(source)
		require.Equal(t, want, unit.Name, source)
		require.Equal(t, want != "", ok, source)
	}
	for address, want := range map[string]string{
		"http://paper.people.com.cn/a": "人民日报社", "news.cn": "新华通讯社", "https://NEWS.CN:8080/x": "新华通讯社", "//www.81.cn/": "解放军新闻传播中心",
		"http://people.com.cn.example.com/": "", "https://notnews.cn": "", "http://[": "", "": "",
	} {
		unit, _ := o.LookupURL(address)
		require.Equal(t, want, unit.Name, address)
	}
}
