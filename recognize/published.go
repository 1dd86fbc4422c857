package recognize

import "strings"

// published are contacts that are meant to be public.
type published struct {
	exact   map[string]bool
	domains []string // with the @
}

// add takes an entry as a person writes it and reports whether it can be a
// contact.
func (p *published) add(entry string) bool {
	key := plainContact(entry)
	if domain, ok := strings.CutPrefix(key, "@"); ok {
		if !strings.Contains(domain, ".") {
			return false
		}
		p.domains = append(p.domains, key)
		return true
	}
	if len(key) < 3 {
		return false
	}
	if p.exact == nil {
		p.exact = map[string]bool{}
	}
	p.exact[key] = true
	// A landline is published for those who dial it without the area code too.
	if n := areaCode(key); n > 0 {
		p.exact[key[n:]] = true
	}
	return true
}

// has reports whether the contact with that plain value is published.
func (p *published) has(k Kind, value string) bool {
	if k == Hotline && hotlines[value] {
		return true
	}
	key := plainContact(value)
	if p.exact[key] {
		return true
	}
	if base, _, ok := strings.Cut(value, "-"); ok && k == Landline && p.exact[plainContact(base)] {
		return true // an extension of a published number
	}
	if k == Email {
		_, host, _ := strings.Cut(key, "@")
		for _, d := range p.domains {
			if host == d[1:] || strings.HasSuffix(host, "."+d[1:]) {
				return true
			}
		}
	}
	return false
}

// plainContact folds a contact and drops what separates digits, and the
// country code.
func plainContact(s string) string {
	mail := strings.ContainsAny(s, "@＠")
	var b strings.Builder
	for _, r := range s {
		e := entryOf(r)
		switch {
		case e.class == classInvisible, e.class == classBlank, e.class == classNewline:
		case !mail && (e.class == classMark || e.class == classClause) && e.r != '_':
		default:
			b.WriteRune(e.r)
		}
	}
	key := b.String()
	for _, prefix := range []string{"0086", "86"} {
		if rest, ok := strings.CutPrefix(key, prefix); ok && len(rest) == 11 && rest[0] == '1' {
			return rest
		}
	}
	return key
}

// hotlines are numbers of public services, from the numbering plan for
// telecommunication networks (电信网编号计划, MIIT 2017): emergency numbers and
// the 123xx of government departments.
var hotlines = setOf(`
		110 112 114 117 119 120 121 122
		12110 12119 12117 12121 12122 12123 12300 12301 12302 12303 12305 12306 12309 12310 12312 12313 12314 12315
		12316 12317 12318 12319 12320 12321 12322 12323 12325 12326 12328 12329 12330 12331 12333 12335 12336 12337
		12338 12339 12340 12342 12345 12348 12349 12350 12351 12353 12355 12356 12358 12360 12361 12363 12365 12366
		12367 12368 12369 12370 12371 12377 12378 12379 12380 12381 12385 12386 12388 12389 12390 12391 12393 12395
		12396 12398 12399`)

// areaCode returns the length of the area code that a landline number begins
// with, 0 if it has none: 010, 02x, or four digits from 03 to 09.
func areaCode(number string) int {
	if len(number) < 10 || number[0] != '0' {
		return 0
	}
	n := 4
	if number[1] == '1' || number[1] == '2' {
		n = 3
	}
	if rest := len(number) - n; rest != 7 && rest != 8 {
		return 0
	}
	return n
}
