package rules

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The YAML of the guide is read as the guide says.
func TestGuide(t *testing.T) {
	data, err := os.ReadFile("../docs/rules.zh.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(data), -1)
	require.Len(t, blocks, 3)
	_, err = ParseProfile("guide", []byte(blocks[0][1]))
	require.NoError(t, err)
	_, err = ParseOrganisation("guide", []byte(blocks[1][1]+blocks[2][1]))
	require.NoError(t, err)
	for _, h := range helpers {
		require.Contains(t, string(data), "`"+h.name+"(", "the guide lists every helper")
	}
	for _, name := range ownKindNames() {
		require.True(t, strings.Contains(string(data), "| `"+name+"` |"), "the guide lists every kind: %s", name)
	}
}
