package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/shenjiao/shenjiao/review"
)

// platformChecks are the limits of the platform. All numbers come from the
// profile: they change with the platform.
var platformChecks = map[string]maker{
	"platform.title-length":         titleLength,
	"platform.author-length":        authorLength,
	"platform.digest-length":        digestLength,
	"platform.text-message-length":  textMessageLength,
	"platform.content-size":         contentSize,
	"platform.message-type":         messageType,
	"platform.audio":                audioLimits,
	"platform.video":                videoLimits,
	"platform.image":                imageLimits,
	"platform.language":             language,
	"platform.pending-no-broadcast": pendingNoBroadcast,
	"platform.beta-autoreply":       betaAutoreply,
}

var (
	tooLong       = words{"%s长%d字，超过上限%d字", "%s has %d characters, want at most %d"}
	tooHeavy      = words{"%s长%d字符（汉字计2），超过上限%d", "%s has a weight of %d (Han count 2), want at most %d"}
	textOf        = map[string]words{"title": {"标题", "title"}, "author": {"署名", "author"}, "digest": {"摘要", "digest"}, "body": {"正文", "body"}}
	nearLimit     = words{"摘要长%d字，超过网页编辑器的上限%d字", "digest has %d characters, want at most %d in the web editor"}
	formatUnknown = words{"%s格式%q不受支持，应为%s", "%s format %q is not supported, want %s"}
	tooBig        = words{"%s大小%d字节，超过上限%d字节", "%s has %d bytes, want at most %d"}
)

// limit reports a text that is longer than most, at the first sentence that
// does not fit.
func (c *call) limit(p *page, unit string, most int) bool {
	n := lengthIn(unit, p.visible.Text())
	if n <= most {
		return false
	}
	name := textOf[p.path]
	w := tooLong
	if unit == unitWeighted {
		w = tooHeavy
	}
	visible := p.visible.Text()
	c.violateAt(p, p.sentenceFrom(p.folded(fitting(unit, visible, most), len(visible)).start), w, c.say(name), n, most)
	return true
}

// say returns a text in the language of messages.
func (c *call) say(w words) string {
	if c.engine.english {
		return w.en
	}
	return w.zh
}

func titleLength(s *setup) check {
	unit, most := s.params.string("unit"), s.params.int("max")
	return func(c *call) {
		if p := c.title(); p != nil {
			c.limit(p, unit, most)
		} else {
			c.miss("title")
		}
	}
}

func authorLength(s *setup) check {
	most := s.params.int("max")
	return func(c *call) {
		if p := c.page("author", c.Author); p != nil {
			c.limit(p, unitChars, most)
		} else {
			c.miss("author")
		}
	}
}

func digestLength(s *setup) check {
	most, warn := s.params.int("max"), s.params.int("warn")
	return func(c *call) {
		p := c.document.digest()
		if p == nil {
			c.miss("digest")
			return
		}
		if n := runeCount(p.text); !c.limit(p, unitChars, most) && n > warn {
			c.violateAt(p, p.whole(), nearLimit, n, warn).lower(review.SeverityWarning)
		}
	}
}

func textMessageLength(s *setup) check {
	unit, most := s.params.string("unit"), s.params.int("max")
	return func(c *call) {
		kind, ok := need(c, c.MessageType, "message_type")
		if !ok || kind != review.MessageText {
			return
		}
		if p := c.body(); p != nil {
			c.limit(p, unit, most)
		} else {
			c.miss("body")
		}
	}
}

func messageType(s *setup) check {
	allowed := s.params.strings("allowed")
	return func(c *call) {
		if kind, ok := need(c, c.MessageType, "message_type"); ok && !slices.Contains(allowed, string(kind)) {
			c.violate("message_type", words{"群发类型%q不受支持，应为%s", "message type %q is not supported, want %s"},
				kind, strings.Join(allowed, ", "))
		}
	}
}

func contentSize(s *setup) check {
	maxChars, maxBytes, maxURL := s.params.int("max_chars"), s.params.int("max_bytes"), s.params.int("max_url_bytes")
	hosts := s.params.strings("image_hosts")
	elsewhere := words{"图片须先上传到平台，现在%s上", "pictures have to be uploaded to the platform, this one is on %s"}
	foreign := func(src string) (string, bool) {
		lower := strings.ToLower(strings.TrimSpace(src))
		if !strings.HasPrefix(lower, "http:") && !strings.HasPrefix(lower, "https:") && !strings.HasPrefix(lower, "//") {
			return "", false
		}
		host := hostOf(lower)
		return host, !slices.ContainsFunc(hosts, func(h string) bool { return under(host, h) })
	}
	return func(c *call) {
		for i, l := range c.Links {
			if l.URL != nil && l.Kind != nil && *l.Kind == review.LinkReadMore && len(*l.URL) > maxURL {
				c.violate(indexed("links", i, "url"), words{"“阅读原文”链接长%d字节，超过上限%d", "the read-more address has %d bytes, want at most %d"}, len(*l.URL), maxURL)
			}
		}
		for i, img := range c.Images {
			if img.Src != nil {
				if host, is := foreign(*img.Src); is {
					c.violate(indexed("images", i, "src"), elsewhere, host)
				}
			}
		}
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		if n := len(p.src); n < maxChars {
			// no more characters than bytes
		} else if n = characters(p.src); n >= maxChars {
			c.violate("body", words{"正文连同标记共%d字符，须少于%d", "the body has %d characters with its markup, want fewer than %d"}, n, maxChars)
		}
		if n := len(p.src); n >= maxBytes {
			c.violate("body", words{"正文连同标记共%d字节，须少于%d", "the body has %d bytes with its markup, want fewer than %d"}, n, maxBytes)
		}
		if f := valueOr(c.BodyFormat, review.BodyPlain); f != review.BodyPlain {
			for _, img := range pictures(p.src, f == review.BodyMarkdown) {
				if host, is := foreign(img.address); is {
					c.violate("body", elsewhere, host).source(p, img.start, img.end)
				}
			}
		}
	}
}

// under reports whether host is domain or one of its subdomains.
func under(host, domain string) bool {
	domain = strings.ToLower(domain)
	return host == domain || strings.HasSuffix(host, "."+domain)
}

// A picture is an address in a body with markup; start and end are offsets of
// what shows it.
type picture struct {
	address    string
	start, end int
}

// pictures returns the pictures of a body. Of an img element the lazily loaded
// address counts too.
func pictures(src string, markdown bool) []picture {
	var out []picture
	if markdown {
		for i := 0; ; {
			at := strings.Index(src[i:], "![")
			if at < 0 {
				break
			}
			start := i + at
			i = start + len("![")
			const reach = 4096 // bytes of an alternative text and an address
			near := src[i:min(len(src), i+reach)]
			_, rest, ok := strings.Cut(near, "](")
			if !ok {
				continue
			}
			if target, _, closed := strings.Cut(rest, ")"); closed {
				address, _, _ := strings.Cut(strings.TrimSpace(target), " ")
				out = append(out, picture{strings.Trim(address, "<>"), start, i + len(near) - len(rest) + len(target) + 1})
			}
		}
	}
	if !strings.Contains(src, "<") {
		return out
	}
	z := html.NewTokenizer(strings.NewReader(src))
	for at := 0; ; {
		t := z.Next()
		start := at
		at += len(z.Raw())
		if t == html.ErrorToken {
			return out
		}
		if t != html.StartTagToken && t != html.SelfClosingTagToken {
			continue
		}
		name, more := z.TagName()
		if string(name) != "img" {
			continue
		}
		for more {
			var key, value []byte
			key, value, more = z.TagAttr()
			if k := string(key); k == "src" || k == "data-src" {
				out = append(out, picture{string(value), start, at})
			}
		}
	}
}

func audioLimits(s *setup) check {
	most, warn, seconds := s.params.int("max_bytes"), s.params.int("warn_bytes"), s.params.int("max_seconds")
	formats := s.params.strings("formats")
	name := words{"语音", "audio"}
	return func(c *call) {
		if c.Audio != nil && *c.Audio == (review.Audio{}) {
			return // there is none
		}
		a := orEmpty(c.Audio)
		c.format("audio", name, a.Format, formats)
		if n, ok := need(c, a.SizeBytes, "audio.size_bytes"); ok {
			switch {
			case n > int64(most):
				c.violate("audio", tooBig, c.say(name), n, most)
			case n > int64(warn):
				c.violate("audio", words{"语音大小%d字节，按1M=1000000字节计已超过上限", "the audio has %d bytes, which is too big if M is a million"}, n).lower(review.SeverityWarning)
			}
		}
		if d, ok := need(c, a.DurationSeconds, "audio.duration_seconds"); ok && d > float64(seconds) {
			c.violate("audio", words{"语音长%g秒，超过上限%d秒", "the audio lasts %g seconds, want at most %d"}, d, seconds)
		}
	}
}

// format checks the extension of a medium; field is the record it belongs to.
func (c *call) format(field string, name words, format *review.ID, allowed []string) {
	if f, ok := need(c, format, field+".format"); ok && !slices.Contains(allowed, string(f)) {
		c.violate(field, formatUnknown, c.say(name), f, strings.Join(allowed, ", "))
	}
}

func videoLimits(s *setup) check {
	most, formats := s.params.int("max_bytes"), s.params.strings("formats")
	name := words{"视频", "video"}
	return func(c *call) {
		if c.Video != nil && *c.Video == (review.Video{}) {
			return // there is none
		}
		v := orEmpty(c.Video)
		c.format("video", name, v.Format, formats)
		if n, ok := need(c, v.SizeBytes, "video.size_bytes"); ok && n > int64(most) {
			c.violate("video", tooBig, c.say(name), n, most)
		}
	}
}

func imageLimits(s *setup) check {
	most, formats := s.params.intByName("max_bytes"), s.params.strings("formats")
	name := words{"图片", "picture"}
	return func(c *call) {
		if c.Images == nil {
			c.miss("images")
		}
		for i, img := range c.Images {
			field := indexed("images", i, "")
			c.format(field, name, img.Format, formats)
			limit, limited := most[string(valueOr(img.Purpose, review.ImageArticle))]
			if n, ok := need(c, img.SizeBytes, field+".size_bytes"); ok && limited && n > int64(limit) {
				c.violate(field, tooBig, c.say(name), n, limit)
			}
		}
	}
}

// maxForeignGap is how many characters of the languages that pass may stand
// inside a run of another: Japanese writes Han between its own letters.
const maxForeignGap = 8

func language(s *setup) check {
	enough := s.params.int("min_chars")
	return func(c *call) {
		p := c.body()
		if p == nil {
			c.miss("body")
			return
		}
		if p.other < enough {
			return
		}
		run, letters, gap := span{}, 0, 0
		flush := func() {
			if letters >= enough {
				c.violateAt(p, run, words{"平台只支持中文和英文，此处有%d个其他文字的字母", "the platform supports Chinese and English only, here are %d letters of another script"}, letters)
			}
			letters, gap = 0, 0
		}
		for i, r := range p.text {
			switch {
			case r < utf8.RuneSelf && r != '\n' && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			case r == '\n':
				flush()
			case unicode.IsDigit(r), unicode.In(r, unicode.Han, unicode.Latin, unicode.Greek, unicode.Bopomofo):
				if gap++; gap > maxForeignGap {
					flush()
				}
			case unicode.IsLetter(r):
				if letters == 0 {
					run.start = i
				}
				letters, gap = letters+1, 0
				run.end = i + utf8.RuneLen(r)
			}
		}
		flush()
	}
}

func pendingNoBroadcast(*setup) check {
	barred := map[review.WorkflowAction]words{
		review.WorkflowBroadcast:          {"群发", "broadcasting"},
		review.WorkflowApplyCertification: {"申请认证", "applying for certification"},
		review.WorkflowUseAdvancedFeature: {"使用高级功能", "using an advanced feature"},
	}
	return func(c *call) {
		action := orEmpty(c.Workflow).Action
		if action != nil && barred[*action] == (words{}) {
			return
		}
		state, ok := need(c, orEmpty(c.Account).State, "account.state")
		if !ok || state != review.StatePending {
			return
		}
		if a, ok := need(c, action, "workflow.action"); ok {
			c.violate("account.state", words{"账号审核期间不得%s", "while the account is pending, %s is not possible"}, c.say(barred[a]))
		}
	}
}

func betaAutoreply(s *setup) check {
	notice := s.params.string("notice")
	return func(c *call) {
		a := orEmpty(c.Account)
		said := a.Autoreply != nil && strings.Contains(normalize(fold(*a.Autoreply)), normalize(fold(notice)))
		if said {
			return
		}
		state, ok := need(c, a.State, "account.state")
		if !ok || state != review.StateDeveloping {
			return
		}
		if _, ok := need(c, a.Autoreply, "account.autoreply"); ok {
			c.violate("account.autoreply", words{"账号开发期间，自动回复应当有“%s”", "while the account is being developed, its automatic reply has to say %q"}, notice)
		}
	}
}
