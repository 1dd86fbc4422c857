package recognize

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNextIsNoFalseNo: which character follows a trigger decides only about
// cost. Without that filter the same spans are found.
func TestNextIsNoFalseNo(t *testing.T) {
	r, err := New(Options{})
	require.NoError(t, err)
	var words []string
	for _, b := range begins {
		for _, c := range b.runes + b.next {
			words = append(words, string(c))
		}
	}
	for _, list := range [][][]rune{
		sourceWords, sourcePrefixes, repostWords, repostPrefixes, titleWords, authorWords, editorWords, reviewerWords, levels, fieldLevels,
		longTerms, secretFields, internalHeads, internalTails, workSecrets, workTails, handlingHead, handlingTail, bans, banned, banSubjects,
		openFields, closedness, thisPaper, sentTo, copyWords, urgencies, qqWords, weChatWords, linkWords, atWords, dotWords, nameWords,
	} {
		require.NotEmpty(t, list)
		for _, w := range list {
			words = append(words, string(w))
		}
	}
	words = append(words, "110101190001010014", "13800138000", "138", "0013", "8000", "京A12345", "2001:db8::1", "example", "com", "cn", "abc-123",
		"2013", "100号", "★", "新华社", "3月1日", " ", "　", "\t", "\n", "：", "（", "）", "“", "”", "。", "，", "字", "\u200b", "人")
	words = append(words, strings.Split("来源：新华社|转载自某报|原标题：某某某|机密★|密级：秘密|内部资料 注意保存|会后收回|文件不得外传|公开属性：不予公开|"+
		"（此件不公开）|\n份号：000012\n|\n特急\n|国办发〔2013〕100号|据新华社报道|\n本报讯 |\n作者：王某|\n责编：王某|\n三审：王某|QQ：12345|"+
		"微信号：abc-123|(010)60000000|a@b.cn|扣扣12345|姓名：张 110101190001010014 13800138000|一三八零零一三八零零零|工作秘密 不得外传|建设路8号3号楼501室", "|")...)
	rng := rand.New(rand.NewPCG(1, 2))
	masks := slices.Clone(triggers)
	found := map[Kind]int{}
	for range 4000 {
		var b strings.Builder
		for range 1 + rng.IntN(12) {
			b.WriteString(words[rng.IntN(len(words))])
		}
		text := b.String()
		for i := range triggers {
			triggers[i].next = anything
		}
		want := r.FindAll(text)
		copy(triggers, masks)
		require.Equal(t, want, r.FindAll(text), text)
		for _, s := range want {
			found[s.Kind]++
		}
	}
	require.Greater(t, len(found), 20, "kinds found: %v", found)
}
