package recognize

import "github.com/shenjiao/shenjiao/matcher"

// A Span is one place of a text that was recognised.
type Span struct {
	Kind Kind

	// Start and End are byte offsets into the text, half-open, on rune
	// boundaries; Text is what stands there. Masked kinds: never show Text, it
	// is the datum itself; see [Span.Masked].
	Start, End int64
	Text       string

	// Before and After are up to 16 characters around it.
	Before, After string

	// Value is what the span says, in its plain form: a number without
	// separators, a host with dots, the outlet of a source line, the original
	// title, the names of a byline joined with 、, a document number in its
	// right form.
	Value string

	// ValueStart and ValueEnd are where Value stands; for most kinds that is
	// the whole span.
	ValueStart, ValueEnd int64

	// Confidence, from 0 to 1, says how sure the kind is. Below [Weak] the
	// form alone speaks for it, and many other numbers have that form.
	Confidence float64

	// Channels are the disguises that were read through. Separators that
	// people commonly write, as in 138-0013-8000, are none.
	Channels matcher.ChannelSet

	// Notes say more about some kinds.
	Notes Notes
}

// Weak is the confidence below which a span should only be a note.
const Weak = 0.5

// Notes is a set of remarks about a span.
type Notes uint32

// The remarks.
const (
	// Allowed: on the list of published contacts, or a public hotline.
	Allowed Notes = 1 << iota
	// OldForm: a resident identity number of 15 digits, which has no check
	// digit.
	OldForm
	// WrongCheck: a number with the form of its kind whose check digit is
	// wrong. It is reported only where the text calls it one.
	WrongCheck
	// Reserved: an IP address that is private, or kept for documentation.
	Reserved
	// Quoted: a mark that stands in quotation marks, as an example does.
	Quoted
	// Declassified: 解密 or 已公开 stands near the mark.
	Declassified
	// ImplausibleTerm: a secrecy period longer than the law allows for its
	// level (绝密 30 years, 机密 20, 秘密 10).
	ImplausibleTerm
	// Imprint: the formula 内部资料 免费交流 of licensed internal publications.
	Imprint
	// Picture: the source of a picture, not of the text.
	Picture

	// BracketFault: a document number whose year is not in 〔〕 (U+3014, U+3015).
	BracketFault
	// SmallBracketFault: with BracketFault, the brackets are ﹝﹞.
	SmallBracketFault
	// YearFault: the year has two digits.
	YearFault
	// OrdinalFault: 第 stands before the serial number.
	OrdinalFault
	// ZeroFault: the serial number begins with 0.
	ZeroFault
	// NumberFault: 号 is missing.
	NumberFault
)

// DocumentFaults are the remarks that make a document number wrong.
const DocumentFaults = BracketFault | YearFault | OrdinalFault | ZeroFault | NumberFault

// Has reports whether all of m is in n.
func (n Notes) Has(m Notes) bool { return n&m == m }
