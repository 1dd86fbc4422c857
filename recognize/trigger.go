package recognize

// A recognizer looks at the character at index i of the folded text, which may
// give a span away, and emits what stands there. It looks at no character
// before i-behind or from i+ahead on.
type recognizer = func(s *scan, i int)

// trigger is a set of recognizers that begin at the same characters.
type trigger struct {
	recognizers []recognizer
}

// triggerWord is the trigger of letters and digits; only the first of several
// counts.
const triggerWord = 1

// triggers has the empty trigger, triggerWord, and one for each set of
// recognizers; triggerOf says which one a folded character has.
var triggers, triggerOf = compileTriggers()

// begins lists which characters give which spans away.
var begins = []struct {
	runes string
	f     recognizer
}{
	{"0123456789abcdefghijklmnopqrstuvwxyz", (*scan).word},
	{"零〇○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖洞", (*scan).numerals},
	{"(", (*scan).bracketed},
	{"@", (*scan).mail},
	{"([【艾爱圈<", (*scan).mailWord},
	{":", (*scan).ipv6},
	{"扣叩抠球秋企腾加微薇威徽卫公+➕十", (*scan).contactName},
	{provinces, (*scan).plate},
	{"姓", (*scan).nameColumn},
	{"绝机秘", (*scan).secretMark},
	{"密", (*scan).secretField},
	{"内", (*scan).internalMark},
	{"工", (*scan).workSecret},
	{"会阅", (*scan).handling},
	{"外翻对网", (*scan).ban},
	{"公信", (*scan).notPublic},
	{"此本", (*scan).thisDocument},
	{"份№", (*scan).copyNumber},
	{"特加平", (*scan).urgency},
	{"〔[【〖(<《", (*scan).documentNumber},
	{"来源出稿", (*scan).sourceLine},
	{"转摘综整选编", (*scan).repostLine},
	{"据", (*scan).accord},
	{"电讯", (*scan).dateline},
	{"原", (*scan).originalTitle},
	{"记作撰文采通供", (*scan).author},
	{"责编本值", (*scan).editor},
	{"审签", (*scan).reviewer},
}

func compileTriggers() ([]trigger, map[rune]uint8) {
	of := map[rune][]recognizer{}
	var order []rune
	for _, b := range begins {
		for _, r := range b.runes {
			r = fold(r)
			if of[r] == nil {
				order = append(order, r)
			}
			of[r] = append(of[r], b.f)
		}
	}
	triggerOf := map[rune]uint8{}
	triggers := make([]trigger, triggerWord, len(order)+1)
	for _, r := range order {
		if '0' <= r && r <= '9' || 'a' <= r && r <= 'z' {
			triggerOf[r] = triggerWord
			if len(triggers) > triggerWord {
				continue
			}
		} else {
			triggerOf[r] = uint8(len(triggers))
		}
		triggers = append(triggers, trigger{of[r]})
	}
	return triggers, triggerOf
}
