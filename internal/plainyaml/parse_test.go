package plainyaml

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		docs       int
		fault      string
	}{
		{"nothing", "", 0, ""},
		{"a comment", "# 暂无\n", 0, ""},
		{"one", "a: 1\nb: [x, y]\n", 1, ""},
		{"two", "a: 1\n---\nb: 2\n", 2, ""},
		{"open bracket", "a: 1\nb: [x\n", 0, "2:"},
		{"a key twice", "a: 1\n词: 2\n词: 3\n", 0, "3:1: not YAML: mapping key \"词\" already defined at [2:1]"},
		{"brackets as deep as they may", strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), 1, ""},
		{"brackets too deep", "a:\n  " + strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1), 0, "2:19: more than 16 brackets or dashes inside each other"},
		{"dashes too deep", strings.Repeat("- ", MaxDepth+1) + "a", 0, "1:33: more than"},
		{"a hostile file", strings.Repeat("[", 1<<20), 0, "1:17: more than"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			docs, fault := Parse(tt.text)
			require.Len(t, docs, tt.docs)
			if tt.fault == "" {
				require.Nil(t, fault)
				return
			}
			require.ErrorContains(t, fault, tt.fault)
		})
	}
}

// A node stands where its first character does, not where YAML has its colon.
func TestPlace(t *testing.T) {
	docs, fault := Parse("# 说明\n\n  名称: {a: 1}\n")
	require.Nil(t, fault)
	line, column := Place(docs[0])
	require.Equal(t, [2]int{3, 3}, [2]int{line, column})
}
