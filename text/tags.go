package text

import (
	"maps"
	"slices"
	"strings"
)

// A tag is what the name of an element means.
type tag struct {
	id   int // counts from 1; names that are in no table get the next ones as they appear
	kind tagKind
}

func (t tag) is(k tagKind) bool { return t.kind&k != 0 }

type tagKind uint32

const (
	isBlock     tagKind = 1 << iota // stands on lines of its own: a border before and after
	isSpecial                       // an end tag of an inline element does not reach past it
	isScope                         // an end tag of a block does not reach past it
	isVoid                          // has no content and no end tag
	isFormat                        // may end before what it contains ends: <b><p></b></p>
	endsP                           // its start tag ends an open p element
	isBreakout                      // its start tag ends an open svg or math element
	isUnseen                        // its content is not for readers
	isOutOfLine                     // its content stands beside the line: ruby annotations, what a frame shows instead
	isPre                           // white space does not collapse
	isTablePart                     // table, tbody, thead, tfoot, tr: what is no part of a table moves out of it
	isCellLike                      // the parts of a table that hold text
	isRoot                          // html, head, body: one for the whole page, wherever they are written
	endsInScope                     // its end tag ends all that is in it, if nothing that is a scope is between
	isMarker                        // an end tag of a formatting element does not reach past it
	isRaw                           // its content is text without tags and entities
	isTitleLike                     // its content is text without tags, but with entities
)

// The elements that have rules of their own. The ids are the indices.
const (
	idP = iota + 1
	idBr
	idLi
	idDt
	idDd
	idA
	idNobr
	idButton
	idForm
	idSelect
	idOption
	idOptgroup
	idInput
	idTextarea
	idOl
	idUl
	idTable
	idTbody
	idThead
	idTfoot
	idTr
	idTd
	idTh
	idCaption
	idColgroup
	idCol
	idTemplate
	idRuby
	idRt
	idRp
	idH1
	idH2
	idH3
	idH4
	idH5
	idH6
	idSvg
	idMath
	idFont
	idAddress
	idDiv
)

var named = [...]string{
	idP: "p", idBr: "br", idLi: "li", idDt: "dt", idDd: "dd", idA: "a", idNobr: "nobr", idButton: "button", idForm: "form",
	idSelect: "select", idOption: "option", idOptgroup: "optgroup", idInput: "input", idTextarea: "textarea", idOl: "ol",
	idUl: "ul", idTable: "table", idTbody: "tbody", idThead: "thead", idTfoot: "tfoot", idTr: "tr", idTd: "td", idTh: "th",
	idCaption: "caption", idColgroup: "colgroup", idCol: "col", idTemplate: "template", idRuby: "ruby", idRt: "rt", idRp: "rp", idH1: "h1",
	idH2: "h2", idH3: "h3", idH4: "h4", idH5: "h5", idH6: "h6", idSvg: "svg", idMath: "math", idFont: "font", idAddress: "address", idDiv: "div",
}

// tagKinds lists the elements of each kind.
// Source: the HTML standard, https://html.spec.whatwg.org/multipage/parsing.html, "the stack of open elements", "in body",
// "in table" and "in foreign content", and rendering.html for what is a block. The tests compare with x/net/html.
var tagKinds = map[tagKind]string{
	isBlock: `address article aside blockquote button caption center dd details dialog dir div dl dt fieldset figcaption
		figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup
		option p plaintext pre search section select summary table tbody td textarea tfoot th thead title tr ul xmp`,
	isSpecial: `address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup
		dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header
		hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object
		ol p param plaintext pre script search section select source style summary table tbody td template textarea tfoot th
		thead title tr track ul wbr xmp`,
	isScope:  `applet caption marquee object table td template th`,
	isVoid:   `area base basefont bgsound br col command embed frame hr image img input keygen link meta param source track wbr`,
	isFormat: `a b big code em font i nobr s small strike strong tt u`,
	endsP: `address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1
		h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp`,
	isBreakout: `b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing
		menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var`,
	endsInScope: `address applet article aside blockquote button caption center dd details dialog dir div dl dt fieldset
		figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup li listing main marquee menu nav object ol p pre search
		section select summary table tbody td template tfoot th thead tr ul`,
	isMarker:    `applet caption marquee object td template th`,
	isUnseen:    `noscript script style template`,
	isOutOfLine: `iframe noembed noframes rp rt rtc`,
	isPre:       `listing plaintext pre textarea xmp`,
	isTablePart: `table tbody thead tfoot tr`,
	isCellLike:  `td th caption`,
	isRoot:      `body frameset head html`,
	isRaw:       `iframe noembed noframes noscript plaintext script style xmp`,
	isTitleLike: `textarea title`,
}

var tags = func() map[string]tag {
	m := make(map[string]tag)
	for id, name := range named {
		if id > 0 {
			m[name] = tag{id: id}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(tagKinds)) {
		for name := range strings.FieldsSeq(tagKinds[kind]) {
			t, ok := m[name]
			if !ok {
				t.id = len(m) + 1
			}
			t.kind |= kind
			m[name] = t
		}
	}
	return m
}()
