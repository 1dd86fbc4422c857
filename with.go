package shenjiao

import (
	"fmt"
	"slices"

	"github.com/shenjiao/shenjiao/lexicon"
)

// Options returns what s was made with. Its slices must not be changed.
func (s *Scanner) Options() Options { return s.opts }

// With returns a scanner of the packs of s whose other options are those of s
// after change:
//
//	lenient, err := scanner.With(func(o *shenjiao.Options) { o.Profile = profile })
//
// Packs, NoStarter, Segmenter and CacheDir stay what they are. The packs are not
// read again, so both scanners are of one state of them; cost: nothing to speak
// of, or, if other channels are wanted, the compilation of the lexicon.
func (s *Scanner) With(change func(*Options)) (*Scanner, error) {
	opts := s.opts
	change(&opts)
	opts.Packs, opts.NoStarter, opts.Segmenter, opts.CacheDir = s.opts.Packs, s.opts.NoStarter, s.opts.Segmenter, s.opts.CacheDir
	if err := opts.check(); err != nil {
		return nil, err
	}
	l := s.lexicon
	if opts.Channels != s.opts.Channels || opts.ChannelChange.String() != s.opts.ChannelChange.String() {
		// The cases of packs hold for the channels that their owners know, and
		// were run when s was made.
		packs := slices.Clone(l.Packs())
		var err error
		l, err = lexicon.Compile(packs, lexicon.Options{
			Channels: opts.Channels, Change: opts.ChannelChange, Segmenter: opts.Segmenter, Trusted: packs,
		})
		if err != nil {
			return nil, fmt.Errorf("shenjiao: %w", err)
		}
	}
	return newScanner(opts, l, s.packModel)
}
