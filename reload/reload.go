package reload

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
	"github.com/shenjiao/shenjiao/review"
)

// The defaults of Options.
const (
	DefaultQuiet = 100 * time.Millisecond
	DefaultPoll  = time.Minute
)

// Options configure a [Scanner].
type Options struct {
	// Scanner are the options of every snapshot. Its Packs are read again with
	// the folders, but not watched.
	Scanner shenjiao.Options

	// Folders are the folders of packs that are watched. There must be one at
	// least.
	Folders []string

	// Open returns the files of a folder. Nil is [lexicon.Folder]. If it is set,
	// there are no events and folders are only polled.
	Open func(folder string) fs.FS

	// Keys, if there are any, make signatures required in Folders: one of the
	// keys has to have signed each pack.
	Keys []sign.PublicKey

	// Ledger, if it is not empty, is where the newest versions of signed packs
	// are remembered, so that an older one is refused also after a restart.
	// It needs Keys.
	Ledger sign.Ledger

	// Quiet is how long folders must rest before they are read. Zero is
	// [DefaultQuiet].
	Quiet time.Duration

	// Poll is how often folders are looked at even if there were no events.
	// Zero is [DefaultPoll], negative is never. A look reads all files of the
	// packs.
	Poll time.Duration

	// OnReload, if it is not nil, is called after every attempt to load what
	// changed, the first in New excepted, one call at a time. It must not call
	// Reload or Close, which wait for it.
	OnReload func(Event)

	// Logger is told of every attempt. Nil is [slog.Default].
	Logger *slog.Logger
}

// An Event is one attempt to load what changed.
type Event struct {
	// Folders are those whose packs changed since the last attempt.
	Folders []string
	// Before and After are what scans worked with before the attempt and work
	// with after it; they are equal if it failed.
	Before, After review.Snapshot
	// Took is how long reading, checking and compiling took.
	Took time.Duration
	// Err is why the attempt failed. It holds no scanned text.
	Err error
}

// A Scanner is a [shenjiao.Scanner] that follows its folders. It is safe for
// concurrent use.
type Scanner struct {
	opts    Options
	current atomic.Pointer[shenjiao.Scanner]

	failure atomic.Pointer[error] // of the last attempt; nil if it succeeded

	mu     sync.Mutex // held by an attempt
	tried  look       // what the last attempt was about
	loaded look       // what current was made of
	signed []string   // ids of the signed packs in current

	stop func()
	done chan struct{}
}

// New loads the packs and begins to watch the folders. If the packs cannot be
// loaded there is nothing to fall back to, and it fails.
func New(opts Options) (*Scanner, error) {
	if err := opts.check(); err != nil {
		return nil, err
	}
	if opts.Open != nil {
		return start(opts, nil)
	}
	opts.Open = lexicon.Folder
	w, err := newWatcher(opts.Folders) // before the first look, so that no change is missed
	if err != nil {
		if opts.Poll < 0 {
			return nil, fmt.Errorf("reload: Options.Poll is negative, and there are no file events: %w", err)
		}
		opts.Logger.Warn("shenjiao: no file events, folders are only polled", "every", opts.Poll, "err", err)
		return start(opts, nil)
	}
	return start(opts, w)
}

// A source of events says when folders should be looked at.
type source interface {
	// changes receives when something may have happened.
	changes() <-chan struct{}
	// renew is called before each look.
	renew()
	close()
}

// start loads the packs and follows the folders. src may be nil.
func start(opts Options, src source) (*Scanner, error) {
	if src == nil {
		src = noEvents{}
	}
	s := &Scanner{opts: opts, done: make(chan struct{})}
	if err := s.attempt(s.look()); err != nil {
		src.close()
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	go func() {
		defer close(s.done)
		defer src.close()
		s.follow(ctx, src)
	}()
	return s, nil
}

type noEvents struct{}

func (noEvents) changes() <-chan struct{} { return nil }
func (noEvents) renew()                   {}
func (noEvents) close()                   {}

// check fills in defaults.
func (o *Options) check() error {
	switch {
	case len(o.Folders) == 0:
		return errors.New("reload: Options.Folders is empty, so there is nothing to follow: use shenjiao.New")
	case o.Quiet < 0:
		return fmt.Errorf("reload: Options.Quiet: want a duration that is not negative, got %v", o.Quiet)
	case o.Ledger != "" && len(o.Keys) == 0:
		return errors.New("reload: Options.Ledger is set and Keys is empty: the version of a pack that is not signed proves nothing")
	case o.Open != nil && o.Poll < 0:
		return errors.New("reload: Options.Open is set and Poll is negative, so no change would be seen")
	}
	if o.Quiet == 0 {
		o.Quiet = DefaultQuiet
	}
	if o.Poll == 0 {
		o.Poll = DefaultPoll
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Folders = slices.Clone(o.Folders)
	return nil
}

// Current returns the scanner of the present snapshot, for several scans that
// must agree with each other. It stays as it is.
func (s *Scanner) Current() *shenjiao.Scanner { return s.current.Load() }

// Scan is [shenjiao.Scanner.Scan] with the present snapshot.
func (s *Scanner) Scan(ctx context.Context, doc *shenjiao.Document) (*shenjiao.Report, error) {
	return s.Current().Scan(ctx, doc)
}

// NewStream is [shenjiao.Scanner.NewStream] with the present snapshot, which
// the stream keeps.
func (s *Scanner) NewStream(ctx context.Context, opts shenjiao.StreamOptions) *shenjiao.Stream {
	return s.Current().NewStream(ctx, opts)
}

// Reload looks at the folders now, without waiting for them to rest, as on a
// signal or a request of an operator. It returns nil if what stands in the
// folders is what scans now work with, else why it is not.
func (s *Scanner) Reload() error { return s.attempt(s.look()) }

// Err returns why what stood in the folders at the last attempt is not what
// scans work with; nil if it is.
func (s *Scanner) Err() error {
	if err := s.failure.Load(); err != nil {
		return *err
	}
	return nil
}

// Close stops watching. The scanner goes on scanning with its last snapshot.
func (s *Scanner) Close() error {
	s.stop()
	<-s.done
	return nil
}

// follow waits for changes until ctx is done.
func (s *Scanner) follow(ctx context.Context, src source) {
	var polls <-chan time.Time
	if s.opts.Poll > 0 {
		ticker := time.NewTicker(s.opts.Poll)
		defer ticker.Stop()
		polls = ticker.C
	}
	rest := time.NewTimer(0)
	rest.Stop()
	waiting := false    // for rest
	var first time.Time // event of this burst
	var seen *look      // in the first of two looks
	for {
		select {
		case <-ctx.Done():
			return
		case <-src.changes():
			now := time.Now()
			if !waiting {
				first = now
			}
			// Events wait for their end, but not for ever, and not for the
			// second look, which sees for itself whether the folders rest.
			if seen == nil && now.Sub(first) <= maxBurst*s.opts.Quiet {
				waiting = true
				rest.Reset(s.opts.Quiet)
			}
		case <-polls:
			if !waiting {
				waiting = true
				rest.Reset(0)
			}
		case <-rest.C:
			src.renew()
			l := s.look()
			switch {
			case s.known(l):
				waiting, seen = false, nil
			case seen != nil && seen.equal(l):
				waiting, seen = false, nil
				s.attempt(l)
			default:
				seen = &l
				rest.Reset(s.opts.Quiet)
			}
		}
	}
}

// maxBurst is after how many quiet times folders are looked at although there
// are still events.
const maxBurst = 20

// A look is what stood in the folders at one moment.
type look []folder

type folder struct {
	files *lexicon.Files // nil if they could not be read
	err   error
	state string // tells looks apart: what the files hold, or what went wrong
}

func (s *Scanner) look() look {
	l := make(look, len(s.opts.Folders))
	for i, name := range s.opts.Folders {
		f := &l[i]
		if f.files, f.err = lexicon.ReadFiles(s.opts.Open(name)); f.err != nil {
			f.state = "error: " + f.err.Error()
			continue
		}
		f.state = f.files.Digest()
		if len(s.opts.Keys) > 0 {
			for _, name := range []string{lexicon.ManifestFile, lexicon.SignatureFile} {
				data, err := fs.ReadFile(f.files, name)
				f.state += fmt.Sprintf(" %q %v", data, err)
			}
		}
	}
	return l
}

func (l look) equal(m look) bool {
	return slices.EqualFunc(l, m, func(a, b folder) bool { return a.state == b.state })
}

// known reports whether the last attempt was about the same.
func (s *Scanner) known(l look) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tried.equal(l)
}

// attempt loads what a look found, unless that was tried before, and reports.
// It returns why scans do not work with it.
func (s *Scanner) attempt(l look) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tried.equal(l) {
		return s.Err()
	}
	start := time.Now()
	var e Event
	for i, f := range l {
		if s.tried == nil || s.tried[i].state != f.state {
			e.Folders = append(e.Folders, s.opts.Folders[i])
		}
	}
	before := s.current.Load()
	if before != nil {
		e.Before, e.After = before.Snapshot(), before.Snapshot()
	}
	if s.loaded.equal(l) { // a bad change was taken back
		s.failure.Store(nil)
	} else if next, signed, err := s.load(l); err != nil {
		e.Err = err
		s.failure.Store(&err)
	} else {
		e.After = next.Snapshot()
		s.current.Store(next)
		s.loaded, s.signed = l, signed
		s.failure.Store(nil)
	}
	s.tried = l
	for i := range l {
		l[i].files = nil // from now on only the state is needed
	}
	e.Took = time.Since(start)
	if before != nil {
		s.report(e)
	}
	return e.Err
}

func (s *Scanner) report(e Event) {
	if e.Err != nil {
		s.opts.Logger.Error("shenjiao: packs not reloaded, the last good ones stay",
			"folders", e.Folders, "packs", versions(e.Before), "snapshot", e.Before.Digest, "err", e.Err)
	} else if e.Before.Digest == e.After.Digest {
		s.opts.Logger.Info("shenjiao: packs are those in use again",
			"folders", e.Folders, "packs", versions(e.After), "snapshot", e.After.Digest)
	} else {
		s.opts.Logger.Info("shenjiao: packs reloaded",
			"folders", e.Folders, "packs", versions(e.After), "snapshot", e.After.Digest, "took", e.Took)
	}
	if s.opts.OnReload != nil {
		s.opts.OnReload(e)
	}
}

// versions lists packs for a log: "house 1.4.0".
func versions(s review.Snapshot) []string {
	list := make([]string, len(s.Packs))
	for i, p := range s.Packs {
		list[i] = p.ID + " " + p.Version
	}
	return list
}

// load makes a scanner of what a look found, and returns the ids of its signed
// packs.
func (s *Scanner) load(l look) (next *shenjiao.Scanner, signed []string, err error) {
	policy, err := s.policy()
	if err != nil {
		return nil, nil, err
	}
	opts := s.opts.Scanner
	opts.Packs = slices.Clone(opts.Packs)
	var errs []error
	accepted := map[string]string{} // id -> version
	for i, f := range l {
		err := f.err
		if err == nil && len(policy.Keys) > 0 {
			if f.files, err = sign.Open(f.files, policy); err == nil {
				var id, version string
				id, version, err = f.files.Identity()
				accepted[id] = version
			}
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("reload: %s: %w", s.opts.Folders[i], err))
			continue
		}
		opts.Packs = append(opts.Packs, f.files)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	for _, id := range s.signed {
		// To put another signed pack in its place is as good a way to lose
		// the terms of a pack as to change it.
		if _, ok := accepted[id]; !ok {
			return nil, nil, fmt.Errorf("reload: pack %s is in use, and in no folder any more", id)
		}
	}
	if next, err = shenjiao.New(opts); err != nil {
		return nil, nil, s.nameFolders(err)
	}
	signed = slices.Sorted(maps.Keys(accepted))
	if s.opts.Ledger != "" {
		for _, id := range signed {
			// What is not remembered must not be used: otherwise it could be
			// replaced by an older version at the next start.
			if err := s.opts.Ledger.Record(id, accepted[id]); err != nil {
				return nil, nil, fmt.Errorf("reload: %w", err)
			}
		}
	}
	return next, signed, nil
}

// policy is what signatures have to agree with now.
func (s *Scanner) policy() (sign.Policy, error) {
	p := sign.Policy{Keys: s.opts.Keys, Oldest: map[string]string{}}
	if len(p.Keys) == 0 {
		return p, nil
	}
	if s.opts.Ledger != "" {
		known, err := s.opts.Ledger.Versions()
		if err != nil {
			return p, fmt.Errorf("reload: %w", err)
		}
		maps.Copy(p.Oldest, known)
	}
	if now := s.current.Load(); now != nil {
		for _, pack := range now.Snapshot().Packs {
			if lexicon.CompareVersions(pack.Version, p.Oldest[pack.ID]) > 0 {
				p.Oldest[pack.ID] = pack.Version
			}
		}
	}
	return p, nil
}

// nameFolders puts the folders into errors about packs.
func (s *Scanner) nameFolders(err error) error {
	list := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		list = joined.Unwrap()
	}
	for i, err := range list {
		var pack *shenjiao.PackError
		if errors.As(err, &pack) && pack.Index >= len(s.opts.Scanner.Packs) {
			list[i] = fmt.Errorf("reload: %s: %w", s.opts.Folders[pack.Index-len(s.opts.Scanner.Packs)], pack.Err)
		} else {
			list[i] = fmt.Errorf("reload: %w", err)
		}
	}
	return errors.Join(list...)
}
