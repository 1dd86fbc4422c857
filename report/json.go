package report

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/shenjiao/shenjiao/review"
)

// NewJSONLines returns a writer of one JSON report a line. Each line is
// written at once.
func NewJSONLines(w io.Writer) Writer { return jsonLines{w} }

type jsonLines struct{ w io.Writer }

func (j jsonLines) Write(it Item) error {
	line, err := encode(it.Report, "")
	if err != nil {
		return err
	}
	_, err = j.w.Write(line)
	return err
}

func (jsonLines) Close() error { return nil }

// NewJSON returns a writer of one indented JSON value: a report, or with
// several set, also for none or one, an array of reports.
func NewJSON(w io.Writer, several bool) Writer { return &jsonValue{w: w, several: several} }

type jsonValue struct {
	w       io.Writer
	several bool
	n       int
}

func (j *jsonValue) Write(it Item) error {
	var b bytes.Buffer
	if j.several {
		if j.n == 0 {
			b.WriteString("[\n")
		} else {
			b.WriteString(",\n")
		}
	}
	j.n++
	value, err := encode(it.Report, "  ")
	if err != nil {
		return err
	}
	if j.several {
		value = bytes.TrimRight(value, "\n")
	}
	b.Write(value)
	_, err = j.w.Write(b.Bytes())
	return err
}

func (j *jsonValue) Close() error {
	end := ""
	switch {
	case j.several && j.n == 0:
		end = "[]\n"
	case j.several:
		end = "\n]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// encode writes characters such as < as they are: reports are read by people,
// and are not put into pages as they stand.
func encode(r *review.Report, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	err := enc.Encode(r)
	return b.Bytes(), err
}
