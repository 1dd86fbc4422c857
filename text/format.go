package text

import "fmt"

// Format says how the bytes of a field become the text that a reader sees.
type Format uint8

// The formats. The zero value is Plain: text that nobody renders.
const (
	Plain    Format = iota // shown as it is
	HTML                   // a page or a fragment of one, read as a browser reads it
	Markdown               // CommonMark with tables, strikethrough, task lists and footnotes
)

var formatNames = [...]string{Plain: "plain", HTML: "html", Markdown: "markdown"}

// String returns the name that [ParseFormat] reads.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("Format(%d)", uint8(f))
}

// ParseFormat returns the format of that name: "plain", "html" or "markdown".
func ParseFormat(name string) (Format, error) {
	for f, n := range formatNames {
		if n == name {
			return Format(f), nil
		}
	}
	return Plain, fmt.Errorf("text: format: got %q, want plain, html or markdown", name)
}
