package reload

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
)

// Law 7: under concurrent scans and reloads each report is wholly of one
// snapshot. Half of the changes cannot be loaded, each in another way. With
// the race detector there are 1,000 reloads, 300 with -short.
func TestReloadsUnderScans(t *testing.T) {
	reloads := 100
	if raceDetector {
		reloads = 1000
		if testing.Short() {
			reloads = 300
		}
	}
	d := newDisk("a", packOf("a", "0.0.1"))
	d.put("b", packOf("b", "0.0.1"))
	j := &journal{}
	opts := options(d, j)
	opts.Folders, opts.Poll = []string{"a", "b"}, time.Hour
	s, err := New(opts)
	require.NoError(t, err)
	defer s.Close()

	var stop atomic.Bool
	var scans, seen atomic.Int64
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			last := ""
			for !stop.Load() {
				var r *shenjiao.Report
				var err error
				if worker%2 == 0 {
					r, err = s.Scan(context.Background(), &shenjiao.Document{Body: new(draft)})
				} else { // in the middle of a stream the snapshot changes
					w := s.NewStream(context.Background(), shenjiao.StreamOptions{})
					for chunk := range slices.Chunk([]byte(draft), 20) {
						if _, err = w.Write(chunk); err != nil {
							break
						}
					}
					r, err = w.Report()
				}
				if err != nil {
					t.Errorf("scan: %v", err)
					return
				}
				checkReport(t, r, 2)
				scans.Add(1)
				if r.Snapshot.Digest != last {
					last = r.Snapshot.Digest
					seen.Add(1)
				}
			}
		})
	}
	loaded, refused := 0, 0
	for i := range reloads {
		folder := []string{"a", "b"}[i/2%2]
		next := packOf(folder, fmt.Sprintf("0.1.%d", i))
		if i%2 == 1 {
			broken[i/2%len(broken)].damage(next)
		}
		d.put(folder, next)
		if err := s.Reload(); err == nil {
			loaded++
			require.Zero(t, i%2, "a broken pack was loaded")
		} else {
			refused++
			require.NotZero(t, i%2, "%v", err)
			d.put(folder, packOf(folder, fmt.Sprintf("0.1.%d", i-1))) // else the other folder cannot be loaded either
		}
	}
	stop.Store(true)
	wg.Wait()
	require.Equal(t, reloads/2, loaded)
	require.Equal(t, reloads/2, refused)
	require.Greater(t, scans.Load(), int64(reloads/2))
	t.Logf("%d reloads, %d refused, %d scans, which saw %d changes of the snapshot", loaded, refused, scans.Load(), seen.Load())
}

// broken are the ways in which a pack cannot be loaded, and a part of the
// reason that is given.
var broken = []struct {
	name   string
	damage func(fstest.MapFS)
	want   string
}{
	{"bad row", func(f fstest.MapFS) { f["terms/house.csv"].Data = []byte("term,category\n甲乙,x_names,z\n") }, "terms/house.csv:2"},
	{"half a file", func(f fstest.MapFS) { f["pack.yaml"].Data = f["pack.yaml"].Data[:12] }, "pack.yaml:2:1: "},
	{"empty file", func(f fstest.MapFS) { f["terms/house.csv"].Data = nil }, "terms/house.csv:1:1: no header row"},
	{"cut at a row, and a case fails", func(f fstest.MapFS) {
		f["terms/house.csv"].Data = []byte("term,category\n职工之加乐园,x_names\n")
	}, "cases.yaml:2:5: must_hit sentence has no finding"},
	{"no pack.yaml", func(f fstest.MapFS) { delete(f, "pack.yaml") }, "pack.yaml: file is missing"},
	{"file cannot be opened", func(f fstest.MapFS) { f["terms/house.csv"].Mode = fs.ModeDir }, "terms/house.csv: folders in terms are not read"},
	{"not UTF-8", func(f fstest.MapFS) { f["terms/house.csv"].Data = []byte("term,category\n\xff\xff,x_names\n") }, "is not UTF-8"},
	{"gone", func(f fstest.MapFS) { clear(f) }, "pack.yaml: file is missing"},
}

// A change that cannot be loaded changes nothing, and its reason is told once.
func TestBroken(t *testing.T) {
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			d, j := newDisk("house", packOf("house", "1.0.0")), &journal{}
			s, err := New(options(d, j))
			require.NoError(t, err)
			defer s.Close()
			before := s.Current()

			bad := packOf("house", "1.1.0")
			tt.damage(bad)
			d.put("house", bad)
			err = s.Reload()
			require.ErrorContains(t, err, tt.want)
			require.Same(t, before, s.Current())
			require.Equal(t, err, s.Err())
			require.Equal(t, err, s.Reload(), "the same is not tried again")
			require.Len(t, j.all(), 1)
			e := j.all()[0]
			require.Equal(t, []string{"house"}, e.Folders)
			require.Equal(t, err, e.Err)
			require.Equal(t, e.Before, e.After)
			require.Equal(t, 1, strings.Count(j.text(), "level=ERROR"))
			require.Contains(t, j.text(), `packs="[house 1.0.0]"`)
			checkReport(t, scanDraft(t, s), 1)

			d.put("house", packOf("house", "1.1.0"))
			require.NoError(t, s.Reload())
			require.NoError(t, s.Err())
			require.Equal(t, "1.1.0", running(s))
			e = j.all()[1]
			require.Equal(t, "1.0.0", e.Before.Packs[0].Version)
			require.Equal(t, "1.1.0", e.After.Packs[0].Version)
			require.Contains(t, j.text(), `msg="shenjiao: packs reloaded" folders=[house] packs="[house 1.1.0]"`)
			checkReport(t, scanDraft(t, s), 1)

			// A program does not start with it.
			d.put("house", bad)
			_, err = New(options(d, j))
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// Errors name the folder, not a number of the options.
func TestErrorsNameFolders(t *testing.T) {
	d, j := newDisk("a", packOf("a", "1.0.0")), &journal{}
	opts := options(d, j)
	opts.Folders = []string{"a", "b"}
	opts.Scanner.Packs = []fs.FS{packOf("fixed", "1.0.0")}
	bad := packOf("b", "1.0.0")
	bad["pack.yaml"].Data = []byte("id: b\nversion: 1\nowner: x\n")
	d.put("b", bad)
	_, err := New(opts)
	require.ErrorContains(t, err, `reload: b: lexicon: pack.yaml:2:10: bad version "1"`)
	var problems lexicon.Problems
	require.ErrorAs(t, err, &problems)

	d.put("b", packOf("a", "1.0.0"))
	_, err = New(opts)
	require.ErrorContains(t, err, `two packs have the id "a"`)
}

func TestEqualBytes(t *testing.T) {
	d, j := newDisk("house", packOf("house", "1.0.0")), &journal{}
	s, err := New(options(d, j))
	require.NoError(t, err)
	defer s.Close()
	first := s.Current()

	same := packOf("house", "1.0.0")
	same["pack.yaml"].ModTime = time.Now()
	same["README.md"] = &fstest.MapFile{Data: []byte("is not part of the pack")}
	d.put("house", same)
	require.NoError(t, s.Reload())
	require.Same(t, first, s.Current())
	require.Empty(t, j.all())

	// A bad change that is taken back is no reload, but the end of a failure.
	d.put("house", fstest.MapFS{})
	require.Error(t, s.Reload())
	d.put("house", same)
	require.NoError(t, s.Reload())
	require.NoError(t, s.Err())
	require.Same(t, first, s.Current())
	require.Len(t, j.all(), 2)
	require.NoError(t, j.all()[1].Err)
	require.Contains(t, j.text(), "packs are those in use again")
}

func TestOptions(t *testing.T) {
	d := newDisk("house", packOf("house", "1.0.0"))
	for want, change := range map[string]func(*Options){
		"Folders is empty": func(o *Options) { o.Folders = nil },
		"Quiet":            func(o *Options) { o.Quiet = -1 },
		"Ledger is set":    func(o *Options) { o.Ledger = "x" },
		"Poll is negative": func(o *Options) { o.Poll = -1 },
		"MinConfidence":    func(o *Options) { o.Scanner.MinConfidence = 2 },
	} {
		opts := options(d, &journal{})
		change(&opts)
		_, err := New(opts)
		require.ErrorContains(t, err, want)
		require.True(t, strings.HasPrefix(err.Error(), "reload: "), err)
	}
}

// buttons is a source of events for tests.
type buttons struct {
	c      chan struct{}
	renews int
}

func (b *buttons) changes() <-chan struct{} { return b.c }
func (b *buttons) renew()                   { b.renews++ }
func (b *buttons) close()                   {}

// following runs a test on a clock that moves only when all else waits.
func following(t *testing.T, change func(*Options), test func(t *testing.T, s *Scanner, d *disk, press func(), j *journal)) {
	synctest.Test(t, func(t *testing.T) {
		d, j := newDisk("house", packOf("house", "1.0.0")), &journal{}
		opts := options(d, j)
		if change != nil {
			change(&opts)
		}
		require.NoError(t, opts.check())
		b := &buttons{c: make(chan struct{}, 1)}
		s, err := start(opts, b)
		require.NoError(t, err)
		defer s.Close()
		test(t, s, d, func() {
			select {
			case b.c <- struct{}{}:
			default:
			}
		}, j)
	})
}

func TestBurst(t *testing.T) {
	following(t, nil, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
		for i := range 50 {
			d.put("house", packOf("house", fmt.Sprintf("1.1.%d", i)))
			press()
			time.Sleep(DefaultQuiet / 10)
		}
		require.Empty(t, j.all(), "nothing is loaded while files change")
		time.Sleep(3 * DefaultQuiet)
		require.Len(t, j.all(), 1)
		require.Equal(t, "1.1.49", running(s))
	})
}

// A file that is written slowly, without events, is not loaded halfway.
func TestUnrest(t *testing.T) {
	following(t, func(o *Options) { o.Poll = time.Second }, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
		start := time.Now()
		for i := 0; time.Since(start) < 20*time.Second; i++ {
			d.put("house", packOf("house", fmt.Sprintf("1.1.%d", i)))
			time.Sleep(DefaultQuiet * 9 / 10)
		}
		require.Empty(t, j.all())
		time.Sleep(time.Second + 3*DefaultQuiet)
		require.Len(t, j.all(), 1)
	})
}

// Events that never end do not hide what rests between them.
func TestEndlessEvents(t *testing.T) {
	following(t, nil, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
		d.put("house", packOf("house", "1.1.0"))
		for range 400 {
			press()
			time.Sleep(DefaultQuiet / 10)
		}
		require.Len(t, j.all(), 1)
		require.Equal(t, "1.1.0", running(s))
	})
}

func TestPoll(t *testing.T) {
	following(t, nil, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
		d.put("house", packOf("house", "1.1.0"))
		time.Sleep(DefaultPoll - DefaultQuiet)
		require.Equal(t, "1.0.0", running(s))
		time.Sleep(3 * DefaultQuiet)
		require.Equal(t, "1.1.0", running(s))
		reads := d.reads.Load()
		time.Sleep(10 * DefaultPoll)
		require.Equal(t, reads+10, d.reads.Load(), "one look a poll when nothing changes")
		require.Len(t, j.all(), 1)
	})
	following(t, func(o *Options) { o.Poll = time.Hour }, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
		d.put("house", packOf("house", "1.1.0"))
		time.Sleep(59 * time.Minute)
		require.Equal(t, "1.0.0", running(s))
	})
}

// After Close nothing is loaded, and scans go on.
func TestClose(t *testing.T) {
	following(t, nil, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
		require.NoError(t, s.Close())
		require.NoError(t, s.Close())
		d.put("house", packOf("house", "1.1.0"))
		press()
		time.Sleep(10 * DefaultPoll)
		checkReport(t, scanDraft(t, s), 1)
		require.Equal(t, "1.0.0", running(s))
	})
}

// faulty fails when one of its files is opened or read.
type faulty struct {
	fs.FS
	name   string
	onRead bool
	err    error
}

func (f faulty) Open(name string) (fs.File, error) {
	if name != f.name {
		return f.FS.Open(name)
	}
	if !f.onRead {
		return nil, &fs.PathError{Op: "open", Path: name, Err: f.err}
	}
	file, err := f.FS.Open(name)
	return faultyFile{file, f.err}, err
}

type faultyFile struct {
	fs.File
	err error
}

func (f faultyFile) Read(p []byte) (int, error) {
	if n, err := f.File.Read(p[:min(len(p), 7)]); err == nil {
		return n, nil
	}
	return 0, f.err
}

// Files that vanish, or cannot be read, for a moment are not worth a word; for
// longer they are reported once, and what runs stays.
func TestFaults(t *testing.T) {
	for name, fault := range map[string]faulty{
		"file vanishes":          {name: "terms/house.csv", err: fs.ErrNotExist},
		"permission":             {name: "terms/house.csv", err: fs.ErrPermission},
		"read fails halfway":     {name: "terms/house.csv", err: io.ErrUnexpectedEOF, onRead: true},
		"folder cannot be read":  {name: ".", err: fs.ErrPermission},
		"terms cannot be listed": {name: "terms", err: fs.ErrPermission},
	} {
		t.Run(name, func(t *testing.T) {
			following(t, nil, func(t *testing.T, s *Scanner, d *disk, press func(), j *journal) {
				fault.FS = packOf("house", "1.1.0")
				d.put("house", fault)
				press()
				time.Sleep(DefaultQuiet * 3 / 2) // one look
				d.put("house", fault.FS)
				press()
				time.Sleep(3 * DefaultQuiet)
				require.Equal(t, "1.1.0", running(s))
				require.Len(t, j.all(), 1)
				require.NoError(t, j.all()[0].Err)

				fault.FS = packOf("house", "1.2.0")
				d.put("house", fault)
				press()
				time.Sleep(10 * DefaultPoll)
				require.Len(t, j.all(), 2)
				require.ErrorIs(t, j.all()[1].Err, fault.err)
				require.ErrorContains(t, s.Err(), "reload: house: ")
				require.Equal(t, "1.1.0", running(s))
				checkReport(t, scanDraft(t, s), 1)

				d.put("house", fault.FS) // seen by polling
				time.Sleep(DefaultPoll + 3*DefaultQuiet)
				require.Equal(t, "1.2.0", running(s))
				require.NoError(t, s.Err())
			})
		})
	}
}

func TestSigned(t *testing.T) {
	secret, public, err := sign.GenerateKey()
	require.NoError(t, err)
	thief, _, err := sign.GenerateKey()
	require.NoError(t, err)
	signedBy := func(files fstest.MapFS, key sign.SecretKey) fstest.MapFS {
		f, err := lexicon.ReadFiles(files)
		require.NoError(t, err)
		manifest, signature, err := sign.Sign(f, key)
		require.NoError(t, err)
		files = maps.Clone(files)
		files[lexicon.ManifestFile] = &fstest.MapFile{Data: manifest}
		files[lexicon.SignatureFile] = &fstest.MapFile{Data: signature}
		return files
	}
	good := func(version string) fstest.MapFS { return signedBy(packOf("house", version), secret) }
	with := func(f fstest.MapFS, name string, change func([]byte) []byte) fstest.MapFS {
		f[name] = &fstest.MapFile{Data: change(bytes.Clone(f[name].Data))}
		return f
	}

	d, j := newDisk("house", packOf("house", "1.0.0")), &journal{}
	opts := options(d, j)
	opts.Keys = []sign.PublicKey{public}
	opts.Ledger = sign.Ledger(filepath.Join(t.TempDir(), "accepted"))
	_, err = New(opts)
	require.ErrorContains(t, err, "reload: house: sign: pack.manifest is missing: the pack is not signed")

	d.put("house", good("1.4.0"))
	s, err := New(opts)
	require.NoError(t, err)
	defer s.Close()
	for _, tt := range []struct {
		name  string
		files fs.FS
		want  string
	}{
		{"unsigned", packOf("house", "1.5.0"), "the pack is not signed"},
		{"another key", signedBy(packOf("house", "1.5.0"), thief), "is signed with key"},
		{"tampered", with(good("1.5.0"), "terms/house.csv", func(b []byte) []byte { return append(b, "新词新词,x_names,\n"...) }), "terms/house.csv was changed"},
		{"truncated", with(good("1.5.0"), "terms/house.csv", func(b []byte) []byte { return b[:bytes.LastIndexByte(b[:len(b)-1], '\n')+1] }), "terms/house.csv was changed"},
		{"signature truncated", with(good("1.5.0"), lexicon.SignatureFile, func(b []byte) []byte { return b[:100] }), "damaged or truncated"},
		{"downgraded", good("1.3.9"), "version 1.3.9 is older than 1.4.0"},
		{"another pack", signedBy(packOf("other", "9.0.0"), secret), "pack house is in use, and in no folder any more"},
		{"sound but broken", signedBy(func() fstest.MapFS {
			f := packOf("house", "1.6.0")
			broken[3].damage(f)
			return f
		}(), secret), "must_hit sentence has no finding"},
	} {
		d.put("house", tt.files)
		require.ErrorContains(t, s.Reload(), tt.want, tt.name)
		require.Equal(t, "1.4.0", running(s), tt.name)
		checkReport(t, scanDraft(t, s), 1)
	}
	// Only the signature is new: that is a change, too.
	d.put("house", signedBy(packOf("house", "1.5.0"), thief))
	require.Error(t, s.Reload())
	d.put("house", good("1.5.0"))
	require.NoError(t, s.Reload())
	require.Equal(t, "1.5.0", running(s))
	require.NoError(t, s.Close())

	// The ledger remembers across a restart, and what was refused is not in it.
	versions, err := opts.Ledger.Versions()
	require.NoError(t, err)
	require.Equal(t, map[string]string{"house": "1.5.0"}, versions)
	d.put("house", good("1.4.0"))
	_, err = New(opts)
	require.ErrorContains(t, err, "version 1.4.0 is older than 1.5.0")

	// A ledger that cannot be written stops a pack that it would have to
	// remember; one that is damaged stops all.
	d.put("house", good("1.5.0"))
	s, err = New(opts)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, os.WriteFile(string(opts.Ledger), []byte("house 1.\n"), 0o644))
	d.put("house", good("1.6.0"))
	require.ErrorContains(t, s.Reload(), "reload: sign: ledger")
	require.Equal(t, "1.5.0", running(s))
}
