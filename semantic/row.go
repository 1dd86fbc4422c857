package semantic

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/lexicon"
)

// A Row is one message to learn from.
type Row struct {
	// Text is the message, of one to three sentences.
	Text string `json:"text"`
	// Category is the category that an editor must be warned about; empty for
	// a harmless message.
	Category string `json:"category"`
	// Source says where the row comes from: a voice, a desk, a month. What a
	// model has learned is measured on sources that it has not seen.
	Source string `json:"source"`
}

// An Example is a row with what is known about its text; see [AppendSignals].
type Example struct {
	Row
	Signals []Signal
}

const (
	maxRowBytes = 64 << 10
	maxFaults   = 20
)

// ReadRows reads rows, one JSON object a line. Empty lines are left out. All
// faults are reported (after the twentieth, only counted), each with name and
// line: a key that is missing or unknown, a category that is none, a text
// twice.
func ReadRows(name string, r io.Reader) ([]Row, error) {
	var rows []Row
	var faults []error
	count := 0
	seen := map[string]int{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxRowBytes)
	n := 0
	fault := func(format string, args ...any) {
		if count++; count <= maxFaults {
			faults = append(faults, fmt.Errorf("semantic: %s:%d: "+format, append([]any{name, n}, args...)...))
		}
	}
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(line) == 0 {
			continue
		}
		var row struct{ Text, Category, Source *string }
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		switch err := dec.Decode(&row); {
		case !utf8.Valid(line):
			fault("not UTF-8")
		case err != nil:
			fault("want {\"text\": …, \"category\": …, \"source\": …}: %s", strings.TrimPrefix(err.Error(), "json: "))
		case dec.More():
			fault("want one object a line")
		case row.Text == nil || row.Category == nil || row.Source == nil:
			fault("want the keys text, category and source")
		case strings.TrimSpace(*row.Text) == "":
			fault("text is empty")
		case *row.Source == "":
			fault("source is empty")
		case *row.Category != "" && !lexicon.Category(*row.Category).Valid():
			fault("category: %q is none, want \"\" for a harmless text, one of the twelve, or x_ and a name", *row.Category)
		case seen[*row.Text] != 0:
			fault("the text stands in line %d already", seen[*row.Text])
		default:
			seen[*row.Text] = n
			rows = append(rows, Row{*row.Text, *row.Category, *row.Source})
		}
	}
	if err := lines.Err(); err != nil {
		n++
		fault("%v", err)
	}
	if count > maxFaults {
		faults = append(faults, fmt.Errorf("semantic: %s: %d more faults", name, count-maxFaults))
	}
	return rows, errors.Join(faults...)
}
