package sse

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao"
)

// A Mode says what is done about findings.
type Mode uint8

const (
	// Mask puts masks in their place.
	Mask Mode = iota
	// Block ends the stream before the first one.
	Block
	// Observe reports them, and passes everything on.
	Observe
)

// DefaultPaths are where the answers of common interfaces have text: chat
// completions with their reasoning, refusals and arguments of tools, completions,
// and messages.
var DefaultPaths = []string{
	"choices.*.delta.content", "choices.*.delta.reasoning_content", "choices.*.delta.refusal",
	"choices.*.delta.tool_calls.*.function.arguments", "choices.*.text", "delta.text", "delta.thinking", "delta.partial_json",
}

// DefaultEnds are where they say that a text is complete.
var DefaultEnds = []string{"choices.*.finish_reason", "type=content_block_stop"}

// DefaultBlocked is the event that ends a stream in the mode [Block].
const DefaultBlocked = "event: error\ndata: {\"error\":{\"type\":\"content_blocked\",\"message\":\"blocked by content policy\"}}\n\n"

// DefaultMaxEvent is the default of [Options.MaxEvent].
const DefaultMaxEvent = 1 << 20

// Options say what is filtered, and how.
type Options struct {
	// Scanner finds what is filtered; it is asked for with each stream, so that
	// it can be one that is reloaded.
	Scanner func() *shenjiao.Scanner

	// Mode is what is done about findings.
	Mode Mode

	// Masks say what counts as a finding, and what masks look like. Stop and
	// OnMask are the filter's own.
	Masks shenjiao.MaskOptions

	// Paths are where in the data text stands: names of members joined with
	// dots, * for each element of an array. Nil is [DefaultPaths].
	Paths []string

	// Ends are where the data say that texts are complete: those of the same
	// element of an array, or all of them. Any value but null says so, or, for
	// path=value, that string. Nil is [DefaultEnds].
	Ends []string

	// Blocked is what is written where [Block] ends a stream: whole events.
	// Empty is [DefaultBlocked].
	Blocked string

	// MaxEvent is the most bytes of an event; zero is [DefaultMaxEvent]. A
	// larger one ends the stream with an error.
	MaxEvent int

	// OnFinding, if set, is called with each finding that is masked, that
	// ended the stream, or that was observed. It is called by the goroutine that
	// copies. Finding.Span is that in the text of the channel.
	OnFinding func(channel string, f shenjiao.Finding)
}

// A Filter filters streams. It is immutable and safe for concurrent use.
type Filter struct {
	opts  Options
	paths []path
	ends  []end
}

// end is a path, and the value that counts; empty is any.
type end struct {
	path  []path // one
	value string
}

// New checks the options.
func New(o Options) (*Filter, error) {
	var errs []error
	if o.Scanner == nil {
		errs = append(errs, errors.New("sse: Options.Scanner: want a function that returns a scanner, got nil"))
	}
	if o.Mode > Observe {
		errs = append(errs, fmt.Errorf("sse: Options.Mode: want Mask, Block or Observe, got %d", o.Mode))
	}
	if o.MaxEvent < 0 {
		errs = append(errs, fmt.Errorf("sse: Options.MaxEvent: want a number of bytes, got %d", o.MaxEvent))
	}
	o.MaxEvent = cmp.Or(o.MaxEvent, DefaultMaxEvent)
	o.Blocked = cmp.Or(o.Blocked, DefaultBlocked)
	if o.Paths == nil {
		o.Paths = DefaultPaths
	}
	if o.Ends == nil {
		o.Ends = DefaultEnds
	}
	f := &Filter{opts: o}
	parse := func(field string, i int, s string) path {
		p, ok := parsePath(s)
		if !ok {
			errs = append(errs, fmt.Errorf("sse: Options.%s[%d]: want names joined with dots, got %q", field, i, s))
		}
		return p
	}
	for i, s := range o.Paths {
		f.paths = append(f.paths, parse("Paths", i, s))
	}
	for i, s := range o.Ends {
		name, value, _ := strings.Cut(s, "=")
		f.ends = append(f.ends, end{[]path{parse("Ends", i, name)}, value})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return f, nil
}

// ErrBlocked is what [Filter.Copy] returns when [Block] ended the stream, after
// the event that says so was written.
var ErrBlocked = errors.New("sse: a finding ended the stream")

// Copy filters the events of src to dst until src ends. It writes each event,
// or what has become of it, with one call. It returns nil at the end of src,
// [ErrBlocked], or why it stopped before; then what was held back stays back.
func (f *Filter) Copy(ctx context.Context, dst io.Writer, src io.Reader) error {
	s := f.stream(dst)
	buf := make([]byte, 4096)
	for {
		if ctx.Err() != nil {
			return fmt.Errorf("sse: %w", context.Cause(ctx))
		}
		n, err := src.Read(buf)
		if failed := s.write(buf[:n]); failed != nil {
			return failed
		}
		switch {
		case err == io.EOF:
			return s.close()
		case err != nil:
			return fmt.Errorf("sse: read: %w", err)
		}
	}
}

// stream is one stream that is filtered.
type stream struct {
	f        *Filter
	scanner  *shenjiao.Scanner
	dst      io.Writer
	buf      []byte // what has come of the next event
	searched int    // of buf: no event ends before it
	channels map[string]*channel
	order    []*channel // by when they began
	err      error
}

// channel is the text of one place.
type channel struct {
	name string
	mask *shenjiao.MaskStream
	last event // that had a delta of it
}

func (f *Filter) stream(dst io.Writer) *stream {
	return &stream{f: f, scanner: f.opts.Scanner(), dst: dst, channels: map[string]*channel{}}
}

// write takes the next bytes of the source.
func (s *stream) write(p []byte) error {
	if s.err != nil {
		return s.err
	}
	s.buf = append(s.buf, p...)
	for s.err == nil {
		n := s.eventEnd()
		if n == 0 {
			if len(s.buf) > s.f.opts.MaxEvent {
				s.err = fmt.Errorf("sse: an event of more than %d bytes, the limit of Options.MaxEvent", s.f.opts.MaxEvent)
			}
			return s.err
		}
		if n > s.f.opts.MaxEvent {
			s.err = fmt.Errorf("sse: an event of %d bytes, the limit of Options.MaxEvent is %d", n, s.f.opts.MaxEvent)
			return s.err
		}
		s.err = s.event(parseEvent(bytes.Clone(s.buf[:n])))
		s.buf = s.buf[:copy(s.buf, s.buf[n:])]
		s.searched = 0
	}
	return s.err
}

// eventEnd returns where the first event of buf ends, behind its empty line, or
// 0. Lines end with \n, \r\n or \r; a \r at the end of buf may be half of one.
func (s *stream) eventEnd() int {
	at := s.searched // the beginning of a line
	for i := at; i < len(s.buf); {
		w := lineBreak(s.buf[i:])
		if w == 0 {
			i++
			continue
		}
		if s.buf[i] == '\r' && i+1 == len(s.buf) {
			break
		}
		if i == at {
			return i + w
		}
		i += w
		at = i
		s.searched = at
	}
	return 0
}

func lineBreak(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		return 2
	case b[0] == '\n', b[0] == '\r':
		return 1
	}
	return 0
}

// close takes what has come as the whole stream. An event without its empty
// line is none for a browser, but people send such; it is filtered all the same.
func (s *stream) close() error {
	if s.err == nil && len(s.buf) > 0 {
		s.err = s.event(parseEvent(s.buf))
	}
	if s.err == nil {
		s.err = s.flush(s.order)
	}
	if s.err == nil {
		s.err = errEnded
		return nil
	}
	return s.err
}

var errEnded = errors.New("sse: write after the end of the stream")

// event filters one event.
func (s *stream) event(e event) error {
	if !e.hasData {
		return s.send(e.raw)
	}
	if string(bytes.TrimSpace(e.data)) == "[DONE]" {
		if err := s.flush(s.order); err != nil {
			return err
		}
		return s.send(e.raw)
	}
	deltas, err := find(e.data, s.f.paths)
	if err != nil { // no JSON: the text itself
		return s.text(e)
	}
	deltas = slices.DeleteFunc(deltas, func(p place) bool { return !p.isString })
	texts := make([]string, len(deltas))
	rewritten := func() []byte { return replace(e.data, deltas, func(i int) string { return texts[i] }) }
	for i, d := range deltas {
		c := s.channel(d.name)
		out, err := s.append(c, d.text)
		if err != nil {
			texts[i] = string(out) // those behind it stay empty
			return s.blocked(c, e, rewritten(), err)
		}
		texts[i] = string(out)
		c.last = e
	}
	if ended := s.ended(e.data); len(ended) > 0 { // what is left goes into its own delta, or before the event
		for i, d := range deltas {
			if c := s.channels[d.name]; slices.Contains(ended, c) {
				out, err := c.mask.Flush(nil)
				texts[i] += string(out)
				if err != nil {
					return s.blocked(c, e, rewritten(), err)
				}
			}
		}
		if err := s.flush(ended); err != nil {
			return err
		}
	}
	if len(deltas) == 0 || s.f.opts.Mode == Observe {
		return s.send(e.raw)
	}
	return s.send(e.with(rewritten()))
}

// text filters an event whose data are text.
func (s *stream) text(e event) error {
	c := s.channel("")
	out, err := s.append(c, string(e.data))
	if err != nil {
		return s.blocked(c, e, out, err)
	}
	c.last = e
	if s.f.opts.Mode == Observe {
		return s.send(e.raw)
	}
	return s.send(e.with(out))
}

func (s *stream) channel(name string) *channel {
	c := s.channels[name]
	if c == nil {
		o := s.f.opts.Masks
		o.Stop = s.f.opts.Mode == Block
		o.OnMask = func(m shenjiao.Masking) { s.found(name, m.Finding) }
		c = &channel{name: name, mask: s.scanner.NewMaskStream(o)}
		s.channels[name] = c
		s.order = append(s.order, c)
	}
	return c
}

func (s *stream) found(channel string, f shenjiao.Finding) {
	if s.f.opts.OnFinding != nil {
		s.f.opts.OnFinding(channel, f)
	}
}

func (s *stream) append(c *channel, text string) ([]byte, error) {
	return c.mask.Append(nil, []byte(text))
}

// ended returns the channels that the data say are complete.
func (s *stream) ended(data []byte) (ended []*channel) {
	for _, end := range s.f.ends {
		places, err := find(data, end.path)
		if err != nil {
			return nil
		}
		for _, p := range places {
			if p.isNull || end.value != "" && end.value != p.text {
				continue
			}
			for _, c := range s.order {
				if (p.element == "" || strings.HasPrefix(c.name, p.element+".")) && !slices.Contains(ended, c) {
					ended = append(ended, c)
				}
			}
		}
	}
	return ended
}

// flush writes what is left of channels, each in a copy of its last event.
func (s *stream) flush(channels []*channel) error {
	for _, c := range channels {
		out, err := c.mask.Flush(nil)
		if err != nil {
			return s.blocked(c, parseEvent(c.last.copy(nil)), s.alone(c, out), err)
		}
		if len(out) > 0 && s.f.opts.Mode != Observe {
			if err := s.send(c.last.copy(s.alone(c, out))); err != nil {
				return err
			}
		}
	}
	return nil
}

// alone returns the data of the last event of c with that text as its only
// delta.
func (s *stream) alone(c *channel, text []byte) []byte {
	deltas, err := find(c.last.data, s.f.paths)
	if err != nil {
		return text
	}
	deltas = slices.DeleteFunc(deltas, func(p place) bool { return !p.isString })
	return replace(c.last.data, deltas, func(i int) string {
		if deltas[i].name == c.name {
			return string(text)
		}
		return ""
	})
}

// blocked ends the stream: with an event that has the text before the finding,
// and the event that says so.
func (s *stream) blocked(c *channel, e event, data []byte, err error) error {
	var blocked *shenjiao.BlockedError
	if !errors.As(err, &blocked) {
		return err
	}
	s.found(c.name, blocked.Finding)
	if err := s.send(e.with(data)); err != nil {
		return err
	}
	if err := s.send([]byte(s.f.opts.Blocked)); err != nil {
		return err
	}
	return ErrBlocked
}

func (s *stream) send(p []byte) error {
	n, err := s.dst.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return fmt.Errorf("sse: write: %w", err)
	}
	return nil
}
