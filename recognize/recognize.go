package recognize

import (
	"context"
	"errors"
	"fmt"
)

// Options configure a [Recognizer]. The zero value recognises every kind and
// knows the public hotlines.
type Options struct {
	// Kinds are what is looked for; zero is [AllKinds].
	Kinds KindSet

	// Published are the contacts that an organisation publishes: numbers,
	// mail addresses, QQ and WeChat ids, plates, addresses, and mail domains
	// as "@example.cn", which stands for its sub-domains too. They are
	// compared after folding, without separators. Spans of such contacts have
	// the note [Allowed], and so have those of public hotlines, always.
	Published []string
}

// A Recognizer finds spans. It is immutable and safe for concurrent use.
type Recognizer struct {
	kinds     KindSet
	published published
}

// New checks the options. The error names every entry of Published that can
// be no contact.
func New(opts Options) (*Recognizer, error) {
	if opts.Kinds&^AllKinds != 0 {
		return nil, fmt.Errorf("recognize: Options.Kinds: %#x is no set of kinds", uint64(opts.Kinds))
	}
	if opts.Kinds == 0 {
		opts.Kinds = AllKinds
	}
	r := &Recognizer{kinds: opts.Kinds}
	var errs []error
	for i, entry := range opts.Published {
		if !r.published.add(entry) {
			errs = append(errs, fmt.Errorf("recognize: Options.Published[%d]: want a number, an address or a domain like \"@example.cn\", got %q", i, entry))
		}
	}
	return r, errors.Join(errs...)
}

// FindAll returns the spans in a text, in the order in which what gives them
// away stands in it. Cost: O(len(text)).
func (r *Recognizer) FindAll(text string) []Span { return r.AppendAll(nil, text) }

// AppendAll appends what [Recognizer.FindAll] returns to dst.
func (r *Recognizer) AppendAll(dst []Span, text string) []Span {
	dst, _ = r.AppendAllContext(context.Background(), dst, text)
	return dst
}

// AppendAllContext is [Recognizer.AppendAll] that stops when ctx is done; it
// then returns the cause.
func (r *Recognizer) AppendAllContext(ctx context.Context, dst []Span, text string) ([]Span, error) {
	s := scans.Get().(*scan)
	defer s.release()
	s.begin(r)
	for from := 0; from < len(text); {
		if ctx.Err() != nil {
			return dst, context.Cause(ctx)
		}
		end := min(len(text), from+maxStep)
		s.src = text[:end]
		from = s.read(s.src, from, end == len(text))
		dst = s.settle(dst, end == len(text))
		s.compact()
	}
	return dst, nil
}
