package rules

import (
	"net/url"
	"strings"
	"unicode"
)

// An Outlet is one news unit with the names by which source lines call it.
type Outlet struct {
	Name    string   `json:"name"`              // full name of the unit
	Aliases []string `json:"aliases,omitempty"` // papers, sites, columns and accounts of the unit
	Domains []string `json:"domains,omitempty"` // hosts of its sites; their subdomains count too
}

// CentralMedia returns the central news units (中央新闻单位) that a repost must
// keep the title of, unless a profile has its own list. The membership was
// inferred, see catalog/central_media.yaml. The caller must not change what
// the slices in it hold.
func CentralMedia() []Outlet { return append([]Outlet(nil), catalogue().outlets...) }

// Outlets finds units by what a source line says. It is immutable and safe for
// concurrent use.
type Outlets struct {
	list     []Outlet
	byName   map[string]int // by folded name
	byDomain map[string]int
}

// NewOutlets indexes a list. The first of two units with one alias wins.
func NewOutlets(list []Outlet) *Outlets {
	o := &Outlets{list: list, byName: map[string]int{}, byDomain: map[string]int{}}
	put := func(m map[string]int, key string, i int) {
		if _, taken := m[key]; !taken && key != "" {
			m[key] = i
		}
	}
	for i, unit := range list {
		put(o.byName, outletKey(unit.Name), i)
		for _, a := range unit.Aliases {
			put(o.byName, outletKey(a), i)
		}
		for _, d := range unit.Domains {
			put(o.byDomain, strings.ToLower(d), i)
		}
	}
	return o
}

// Lookup returns the unit that a source names: by its name or an alias, in any
// script, width and case, in quotes or brackets, followed by the medium
// (新华社客户端, 人民网湖南频道), by a reporter (新华社记者 …), by a date, or by
// more in brackets. A longer word is another name: 人民网络 is not 人民网.
//
// Law: a source that differs from another only in white space, quotes, width,
// case and script names the same unit.
func (o *Outlets) Lookup(source string) (Outlet, bool) {
	for _, part := range sourceParts(source) {
		if i, ok := o.name(part); ok {
			return o.list[i], true
		}
	}
	return Outlet{}, false
}

// LookupURL returns the unit whose site the address is on.
func (o *Outlets) LookupURL(address string) (Outlet, bool) {
	for host := hostOf(address); host != ""; {
		if i, ok := o.byDomain[host]; ok {
			return o.list[i], true
		}
		_, rest, found := strings.Cut(host, ".")
		if !found {
			break
		}
		host = rest
	}
	return Outlet{}, false
}

// hostOf returns the lower-case host of an address, which may lack its scheme.
func hostOf(address string) string {
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// sourceParts divides 新华社、人民日报 and 综合新华社 人民网 into the units that
// they name. A name that stands in quotes is one unit.
func sourceParts(source string) []string {
	return strings.FieldsFunc(fold(source), func(r rune) bool {
		switch r {
		case '、', ',', ';', '/', '|', '丨', '&', '+', '\n':
			return true
		}
		return false
	})
}

// outletKey is a name without what source lines add and drop at will.
func outletKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), isQuote(r), r == '·', r == '\u200b', r == '\ufeff':
			return -1
		default:
			return r
		}
	}, fold(s))
}

// media are the words for the medium of a unit that may follow its name.
var media = []string{
	"客户端", "新闻客户端", "微信公众号", "公众号", "微信", "官方微信", "官微", "官方微博", "微博", "官方账号", "账号",
	"官方网站", "官网", "网站", "视频号", "抖音号", "app", "报", "网", "电", "讯", "消息", "报道",
}

// branches are the words for a branch of a unit; the name of a place stands
// before them.
var branches = []string{"分社", "频道", "记者站", "分公司", "总站", "客户端", "站"}

// name looks a folded part of a source up.
func (o *Outlets) name(part string) (int, bool) {
	part = strings.TrimSpace(part)
	for _, prefix := range []string{"综合", "转自", "转载自", "摘自", "来源于", "来自", "据", "原载"} {
		part = strings.TrimPrefix(part, prefix)
	}
	part = strings.TrimLeft(part, ": ")
	// What follows a bracket or a dash is about the unit: 中国新闻网（记者 王某某）.
	if i := strings.IndexAny(part, "(【[—-"); i > 0 {
		part = part[:i]
	}
	key := outletKey(part)
	if i, ok := o.byName[key]; ok {
		return i, true
	}
	for _, m := range media {
		if rest, ok := strings.CutSuffix(key, m); ok {
			if i, ok := o.byName[rest]; ok {
				return i, true
			}
		}
	}
	// The longest known name at the beginning, followed by something that is
	// no part of a name.
	for end := len(key); end > 0; {
		_, size := lastRune(key[:end])
		end -= size
		i, ok := o.byName[key[:end]]
		if !ok {
			continue
		}
		rest := key[end:]
		if r := firstRune(rest); !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r) || strings.HasPrefix(rest, "记者") {
			return i, true
		}
		for _, u := range branches {
			if place, ok := strings.CutSuffix(rest, u); ok && runeCount(place) >= 2 && runeCount(place) <= 4 {
				return i, true
			}
		}
		return 0, false
	}
	return 0, false
}

// outlets reads a list of outlets: a name, or a mapping with aliases and
// domains. builtin:central_media stands for central.
func (r *reader) outlets(n *node, what string, central ...Outlet) []Outlet {
	if n == nil || n.kind != kindList && n.kind != kindString {
		r.errorf(n, "%s is %s, want a list of outlets", what, n.kind)
		return nil
	}
	items := n.items
	if n.kind == kindString {
		items = []node{*n}
	}
	out := []Outlet{}
	for i := range items {
		switch item := &items[i]; {
		case item.kind == kindString && item.str == builtin+":central_media":
			out = append(out, central...)
		case item.kind == kindString && strings.TrimSpace(item.str) != "":
			out = append(out, Outlet{Name: item.str})
		case r.keys(item, "outlet", "name", "aliases", "domains"):
			unit := Outlet{Name: r.str(item, item.get("name"), "name")}
			if a := item.get("aliases"); a != nil {
				unit.Aliases = r.strs(a, "aliases")
			}
			if d := item.get("domains"); d != nil {
				unit.Domains = r.strs(d, "domains")
			}
			out = append(out, unit)
		}
	}
	return out
}
