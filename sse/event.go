package sse

import "bytes"

// event is one event as it came, and its data.
//
//	raw   id: 7\n data: {"a":1}\n \n
//	             |<- line ->|
type event struct {
	raw     []byte
	lines   []line
	data    []byte // of all data lines, joined with \n
	hasData bool
}

// line is raw[start:end] with its line break.
type line struct {
	start, end int
	data       bool
}

func parseEvent(raw []byte) event {
	e := event{raw: raw}
	for start := 0; start < len(raw); {
		end := start
		for end < len(raw) && lineBreak(raw[end:]) == 0 {
			end++
		}
		l := line{start: start, end: end}
		if value, ok := dataOf(raw[start:end]); ok {
			if e.hasData {
				e.data = append(e.data, '\n')
			}
			e.data = append(e.data, value...)
			e.hasData, l.data = true, true
		}
		if end < len(raw) {
			l.end += lineBreak(raw[end:])
		}
		e.lines = append(e.lines, l)
		start = l.end
	}
	return e
}

// dataOf returns the value of a line of the field data.
func dataOf(line []byte) ([]byte, bool) {
	line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	value, ok := bytes.CutPrefix(line, []byte("data"))
	switch {
	case !ok:
		return nil, false
	case len(value) == 0:
		return nil, true
	case value[0] != ':':
		return nil, false
	}
	return bytes.TrimPrefix(value[1:], []byte(" ")), true
}

// copy returns an event of the same kind with other data: without what is said
// once, such as its id.
func (e event) copy(data []byte) []byte {
	kind := event{raw: e.raw}
	for _, l := range e.lines {
		if l.data || l.end == len(e.raw) || bytes.HasPrefix(e.raw[l.start:l.end], []byte("event")) {
			kind.lines = append(kind.lines, l)
		}
	}
	return kind.with(data)
}

// with returns the event with other data, which stand where the first data line
// did.
func (e event) with(data []byte) []byte {
	var out []byte
	written := false
	for _, l := range e.lines {
		if !l.data {
			out = append(out, e.raw[l.start:l.end]...)
			continue
		}
		if written {
			continue
		}
		written = true
		for {
			i := bytes.IndexAny(data, "\r\n")
			if i < 0 {
				break
			}
			out = append(append(append(out, "data: "...), data[:i]...), '\n')
			data = data[i+lineBreak(data[i:]):]
		}
		out = append(append(append(out, "data: "...), data...), '\n')
	}
	if last := e.lines[len(e.lines)-1]; last.data { // the end of the stream cut the event short
		out = append(out, '\n')
	}
	return out
}
