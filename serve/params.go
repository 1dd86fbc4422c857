package serve

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/review"
	"github.com/shenjiao/shenjiao/rules"
)

// noRules is the profile that switches the publishing rules off.
const noRules = "none"

// params are what a request changes of the options of the server's scanner.
type params struct {
	key     string // equal for equal changes
	lexicon string // equal for those that need the same lexicon
	format  string // of the report
	masking masking
	changes []func(*shenjiao.Options)
}

func (p *params) change(o *shenjiao.Options) {
	for _, c := range p.changes {
		c(o)
	}
}

// masking is what a request says of how a text is masked.
type masking struct {
	mode, mask, lang string
	least            review.Action
	stop             bool
}

// options are those of a text of today. The error is a fault of the parameter
// mask.
func (m *masking) options() (o shenjiao.MaskOptions, wrong string) {
	o = shenjiao.MaskOptions{Least: m.least, Stop: m.stop, Date: lexicon.DateOf(time.Now())}
	switch m.mode {
	case "category":
		if m.mask != "" {
			return o, "the mode category writes the name of the category, want another mode, or none"
		}
		o.With = shenjiao.MaskCategory(shenjiao.Language(m.lang))
	case "fixed":
		o.With = shenjiao.MaskFixed(cmp.Or(m.mask, "***"))
	default:
		star, n := utf8.DecodeRuneInString(cmp.Or(m.mask, "*"))
		if n != max(1, len(m.mask)) || star == utf8.RuneError {
			return o, "the mode chars wants one character, got " + quote(m.mask)
		}
		o.With = shenjiao.MaskChars(star)
	}
	return o, ""
}

// formats are those of a report, with their media types.
var formats = map[string]string{
	"json": "application/json", "sarif": "application/sarif+json",
	"html": "text/html; charset=utf-8", "text": "text/plain; charset=utf-8",
}

// parseParams reads the query; the error has all faults. known are the names
// that the route knows.
func parseParams(r *http.Request, known ...string) (params, error) {
	p := params{format: "json"}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return p, &problem{Status: http.StatusBadRequest, Detail: "the query of the address cannot be read"}
	}
	var faults []fault
	wrong := func(name, format string, args ...any) {
		faults = append(faults, fault{Kind: "parameter", Path: name, Message: fmt.Sprintf(format, args...)})
	}
	set := func(name, value string, c func(*shenjiao.Options)) {
		p.key += name + "=" + value + "\x00"
		p.changes = append(p.changes, c)
	}
	for _, name := range known {
		if !query.Has(name) {
			continue
		}
		values := query[name]
		value := values[0]
		delete(query, name)
		if len(values) > 1 {
			wrong(name, "want one value, got %d", len(values))
			continue
		}
		switch name {
		case "format":
			if formats[value] == "" {
				wrong(name, "unknown value %s, want json, sarif, html, text", quote(value))
			}
			p.format = value
		case "profile":
			profile, ok := rules.Preset(value)
			if !ok && value != noRules {
				wrong(name, "unknown profile %s, want %s or %s", quote(value), strings.Join(rules.Presets(), ", "), noRules)
			}
			set(name, value, func(o *shenjiao.Options) { o.Profile, o.NoRules = profile, value == noRules })
		case "channels":
			channels, change, err := shenjiao.ParseChannels(value)
			if err != nil {
				wrong(name, "%s", strings.TrimPrefix(err.Error(), "shenjiao: "))
			}
			p.lexicon = fmt.Sprint(channels, change)
			set(name, p.lexicon, func(o *shenjiao.Options) { o.Channels, o.ChannelChange = channels, change })
		case "categories":
			list := strings.Split(value, ",")
			slices.Sort(list)
			var categories []lexicon.Category
			for _, id := range slices.Compact(list) {
				c := lexicon.Category(strings.TrimSpace(id))
				if !c.Valid() {
					wrong(name, "unknown category %s, want some of %s", quote(id), categoryIDs())
				}
				categories = append(categories, c)
			}
			set(name, fmt.Sprint(categories), func(o *shenjiao.Options) { o.Categories = categories })
		case "min_confidence":
			n, err := strconv.ParseFloat(value, 64)
			if err != nil || !(n >= 0 && n <= 1) {
				wrong(name, "want a number from 0 to 1, got %s", quote(value))
			}
			n = float64(int(n*100)) / 100 // as reports have it, so that there are not too many
			set(name, fmt.Sprint(n), func(o *shenjiao.Options) { o.MinConfidence = n })
		case "vetoed":
			show, err := strconv.ParseBool(value)
			if err != nil {
				wrong(name, "want true or false, got %s", quote(value))
			}
			set(name, strconv.FormatBool(show), func(o *shenjiao.Options) { o.ShowVetoed = show })
		case "semantic":
			on, err := strconv.ParseBool(value)
			if err != nil {
				wrong(name, "want true or false, got %s", quote(value))
			}
			set(name, strconv.FormatBool(on), func(o *shenjiao.Options) { o.NoSemantic = !on })
		case "mode":
			if !slices.Contains([]string{"chars", "fixed", "category"}, value) {
				wrong(name, "unknown value %s, want chars, fixed, category", quote(value))
			}
			p.masking.mode = value
		case "mask":
			p.masking.mask = value
		case "least":
			if err := p.masking.least.UnmarshalText([]byte(value)); err != nil {
				wrong(name, "unknown value %s, want note, review, block", quote(value))
			}
		case "stop":
			if p.masking.stop, err = strconv.ParseBool(value); err != nil {
				wrong(name, "want true or false, got %s", quote(value))
			}
		case "lang":
			p.masking.lang = value
			if value != string(shenjiao.Chinese) && value != string(shenjiao.English) {
				wrong(name, "unknown language %s, want zh or en", quote(value))
			}
			set(name, value, func(o *shenjiao.Options) { o.Language = shenjiao.Language(value) })
		}
	}
	if _, message := p.masking.options(); message != "" {
		wrong("mask", "%s", message)
	}
	for name := range query {
		wrong(quote(name), "unknown parameter, want some of %s", strings.Join(known, ", "))
	}
	if len(faults) > 0 {
		slices.SortFunc(faults, func(a, b fault) int { return strings.Compare(a.Path, b.Path) })
		return p, &problem{Status: http.StatusBadRequest, Detail: "the query has problems", Faults: faults}
	}
	return p, nil
}

// scanParams are the parameters of every check.
var scanParams = []string{"profile", "channels", "categories", "min_confidence", "semantic", "vetoed", "lang"}

// quote shows a value that a client wrote, which may be anything, also text
// that was meant for the body.
func quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return strconv.QuoteToASCII(s)
}

func categoryIDs() string {
	var ids []string
	for _, c := range lexicon.Categories() {
		ids = append(ids, string(c.ID))
	}
	return strings.Join(ids, ", ")
}
