package shenjiao

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/starter"
)

// read reads the files of the packs, those of the starter pack first, if it is
// used; own is where those of Options.Packs begin.
func (o *Options) readFiles() (files []*lexicon.Files, own int, err error) {
	var errs []error
	if !o.NoStarter {
		f, err := lexicon.ReadFiles(starter.FS())
		if err != nil {
			return nil, 0, fmt.Errorf("shenjiao: starter pack: %w", err)
		}
		files = append(files, f)
	}
	own = len(files)
	for i, fsys := range o.Packs {
		f, err := lexicon.ReadFiles(fsys)
		if err != nil {
			errs = append(errs, &PackError{i, err})
		}
		files = append(files, f)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, 0, err
	}
	if len(files) == 0 {
		return nil, 0, errors.New("shenjiao: Options: NoStarter is set and Packs is empty, so there is nothing to find: add a pack")
	}
	return files, own, nil
}

// compile makes the lexicon of the packs, or takes it from the cache. Those
// before own are ours.
func (o *Options) compile(files []*lexicon.Files, own int) (*lexicon.Lexicon, error) {
	var errs []error
	opts := lexicon.Options{Channels: o.Channels, Change: o.ChannelChange, Segmenter: o.Segmenter}
	cache := lexicon.Cache{Dir: o.CacheDir}
	var unusable error
	if o.CacheDir != "" {
		var l *lexicon.Lexicon
		if l, unusable = cache.Load(files, opts); l != nil {
			return l, nil
		}
	}
	var packs []*lexicon.Pack
	for i, f := range files {
		p, err := lexicon.ReadPack(f)
		switch {
		case err != nil && i < own:
			return nil, fmt.Errorf("shenjiao: starter pack: %w", err)
		case err != nil:
			errs = append(errs, &PackError{i - own, err})
			continue
		case i < own:
			opts.Trusted = append(opts.Trusted, p) // its cases are run by the tests of package starter
		}
		packs = append(packs, p)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	l, err := lexicon.Compile(packs, opts)
	if err != nil {
		return nil, fmt.Errorf("shenjiao: %w", err)
	}
	if o.CacheDir != "" {
		if unusable = errors.Join(unusable, cache.Store(files, opts, l)); unusable != nil {
			cmp.Or(o.Logger, slog.Default()).Warn("shenjiao: the cache of compiled lexicons could not be used", "err", unusable)
		}
	}
	return l, nil
}
