package shenjiao

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/matcher"
)

// ParseChannels reads what people write for [Options.Channels] and
// [Options.ChannelChange]: default, all, or a list with commas. Names alone
// are the set; names with a sign, as in -noise,+lookalike, change the default,
// and the last word about a channel counts.
func ParseChannels(s string) (set matcher.ChannelSet, change lexicon.ChannelSpec, err error) {
	switch s {
	case "default":
		return 0, change, nil
	case "all":
		return matcher.AllChannels, change, nil
	}
	signed := strings.ContainsAny(s, "+-")
	var add, remove matcher.ChannelSet
	for _, part := range strings.Split(s, ",") {
		name := strings.TrimSpace(part)
		ch, ok := matcher.ParseChannel(strings.TrimLeft(name, "+-"))
		switch {
		case !ok:
			return 0, change, fmt.Errorf("shenjiao: unknown channel %q, want default, all, or a list of %s", name, strings.Join(matcher.AllChannels.Names(), ", "))
		case strings.HasPrefix(name, "-"):
			add, remove = add.Without(ch), remove.With(ch)
		case signed:
			add, remove = add.With(ch), remove.Without(ch)
		default:
			set = set.With(ch)
		}
	}
	if remove == matcher.AllChannels {
		return 0, change, errors.New("shenjiao: no channel is left; to match terms as they are written, give them match \"exact\" in the lexicon")
	}
	change = lexicon.ChannelSpec{Add: slices.Sorted(slices.Values(add.Names())), Remove: slices.Sorted(slices.Values(remove.Names()))}
	return set, change, nil
}
