package soak

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/reload"
	"github.com/shenjiao/shenjiao/report"
	"github.com/shenjiao/shenjiao/review"
)

var errFault = errors.New("soak: a fault of the disk")

// A faultyFS fails its n-th operation, and reads little at a time. Operations
// are opening, reading, and listing.
type faultyFS struct {
	fs.FS
	left *int // operations before the fault
	err  error
	step int // the most bytes of a read
}

func (f faultyFS) fault(op, name string) error {
	if *f.left--; *f.left == -1 {
		return &fs.PathError{Op: op, Path: name, Err: f.err}
	}
	return nil
}

func (f faultyFS) Open(name string) (fs.File, error) {
	if err := f.fault("open", name); err != nil {
		return nil, err
	}
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return faultyFile{file, f, name}, nil
}

type faultyFile struct {
	fs.File
	f    faultyFS
	name string
}

func (f faultyFile) Read(p []byte) (int, error) {
	if err := f.f.fault("read", f.name); err != nil {
		return 0, err
	}
	return f.File.Read(p[:min(len(p), f.f.step)])
}

func (f faultyFile) ReadDir(n int) ([]fs.DirEntry, error) {
	if err := f.f.fault("readdir", f.name); err != nil {
		return nil, err
	}
	return f.File.(fs.ReadDirFile).ReadDir(n)
}

// A pack whose files fail at any one operation is not read, or is the pack;
// what is read in pieces of any size is the same.
func TestFaultyDisks(t *testing.T) {
	want, err := lexicon.ReadFiles(soundPack())
	require.NoError(t, err)
	rounds(t, "faulty disks", func(t *testing.T, rng *rand.Rand, c *tally) {
		for _, cause := range []error{fs.ErrNotExist, fs.ErrPermission, io.ErrUnexpectedEOF, errFault} {
			step := 1 + rng.IntN(64)
			for n := 0; ; n++ {
				c.inputs.Add(1)
				left := n
				got, err := lexicon.ReadFiles(faultyFS{soundPack(), &left, cause, step})
				if left >= 0 {
					require.NoError(t, err)
					require.Equal(t, want.Digest(), got.Digest())
					require.Greater(t, n, 10)
					break
				}
				c.faults.Add(1)
				require.ErrorIs(t, err, cause)
				require.Nil(t, got)
			}
		}

		// Readers of drafts.
		line, doc := []byte{}, `{"id":"a","body":"登录赌博网站"}`+"\n"
		for range 20 {
			line = append(line, doc...)
		}
		s := scanner(t)
		text := strings.Repeat("登录赌博网站，", 40)
		masked, err := s.Mask(context.Background(), text, shenjiao.MaskOptions{})
		require.NoError(t, err)
		for name, reader := range map[string]func(io.Reader) io.Reader{
			"a byte at a time": iotest.OneByteReader, "half": iotest.HalfReader, "the end with data": iotest.DataErrReader,
		} {
			c.inputs.Add(2)
			n := 0
			for _, err := range review.ReadDocuments(reader(bytes.NewReader(line))) {
				require.NoError(t, err, name)
				n++
			}
			require.Equal(t, 20, n, name)
			out, err := io.ReadAll(s.NewMaskReader(context.Background(), reader(strings.NewReader(text)), shenjiao.MaskOptions{}))
			require.NoError(t, err, name)
			require.Equal(t, masked, string(out), name)
		}
		for range 50 {
			c.inputs.Add(2)
			c.faults.Add(2)
			cut := rng.IntN(len(line))
			var last error
			n := 0
			for _, err := range review.ReadDocuments(io.MultiReader(bytes.NewReader(line[:cut]), iotest.ErrReader(errFault))) {
				if last = err; err == nil {
					n++
				}
			}
			require.ErrorIs(t, last, errFault, "cut at %d", cut)
			require.LessOrEqual(t, n, cut/(len(doc)-1))
			cut = rng.IntN(len(text))
			out, err := io.ReadAll(s.NewMaskReader(context.Background(), io.MultiReader(strings.NewReader(text[:cut]), iotest.ErrReader(errFault)), shenjiao.MaskOptions{}))
			require.ErrorIs(t, err, errFault)
			require.NotContains(t, string(out), "赌博网站")
		}
	})
}

// A fullDisk takes n bytes and no more.
type fullDisk struct{ left int }

var errFull = errors.New("soak: no space left on device")

func (d *fullDisk) Write(p []byte) (int, error) {
	n := min(d.left, len(p))
	d.left -= n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

// A report that cannot be written in full is an error, at whatever byte; a
// cache that cannot be written keeps nothing from working, and leaves nothing
// that is believed later.
func TestFullDisks(t *testing.T) {
	rounds(t, "full disks", func(t *testing.T, rng *rand.Rand, c *tally) {
		s := scanner(t)
		doc := &shenjiao.Document{ID: new("d"), Body: new("登录赌博网站")}
		r, err := s.Scan(context.Background(), doc)
		require.NoError(t, err)
		for name, open := range map[string]func(io.Writer) report.Writer{
			"text":   func(w io.Writer) report.Writer { return report.NewText(w, report.TextOptions{}) },
			"json":   func(w io.Writer) report.Writer { return report.NewJSON(w, true) },
			"jsonl":  func(w io.Writer) report.Writer { return report.NewJSONLines(w) },
			"html":   func(w io.Writer) report.Writer { return report.NewHTML(w, report.HTMLOptions{}) },
			"sarif":  func(w io.Writer) report.Writer { return report.NewSARIF(w, report.SARIFOptions{}) },
			"rdjson": func(w io.Writer) report.Writer { return report.NewRDJSON(w) },
		} {
			write := func(w io.Writer) error {
				rw := open(w)
				for range 2 {
					if err := rw.Write(report.Item{Name: "a.txt", File: true, Report: r, Document: doc}); err != nil {
						return err
					}
				}
				return rw.Close()
			}
			var whole bytes.Buffer
			require.NoError(t, write(&whole))
			for range 30 {
				c.inputs.Add(1)
				c.faults.Add(1)
				room := rng.IntN(whole.Len())
				require.ErrorIs(t, write(&fullDisk{room}), errFull, "%s with room for %d of %d bytes", name, room, whole.Len())
			}
			if full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0); err == nil {
				c.inputs.Add(1)
				c.faults.Add(1)
				require.Error(t, write(full), name)
				require.NoError(t, full.Close())
			}
		}

		// The mask is the last thing before a reader: what it could not write it says.
		for range 50 {
			c.inputs.Add(1)
			c.faults.Add(1)
			text := strings.Repeat("登录赌博网站，", 20)
			w := s.NewMaskWriter(context.Background(), &fullDisk{rng.IntN(200)}, shenjiao.MaskOptions{})
			_, err := io.WriteString(w, text)
			require.ErrorIs(t, errors.Join(err, w.Close()), errFull)
		}

		file := filepath.Join(t.TempDir(), "a file")
		require.NoError(t, os.WriteFile(file, nil, 0o600))
		for _, dir := range []string{file, filepath.Join(file, "below"), "/proc/nothing", string([]byte{'a', 0})} {
			c.inputs.Add(1)
			c.faults.Add(1)
			var log bytes.Buffer
			again, err := shenjiao.New(shenjiao.Options{
				NoStarter: true, Packs: []fs.FS{soundPack()}, NoSemantic: true, CacheDir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil)),
			})
			require.NoError(t, err)
			require.Contains(t, log.String(), "cache", "%q", dir)
			got, err := again.Scan(context.Background(), doc)
			require.NoError(t, err)
			require.Equal(t, r, got)
		}
		// A cache of which any part was lost or changed is made again.
		dir := t.TempDir()
		cached := func() *shenjiao.Scanner {
			s, err := shenjiao.New(shenjiao.Options{
				NoStarter: true, Packs: []fs.FS{soundPack()}, NoSemantic: true, CacheDir: dir, Logger: slog.New(slog.DiscardHandler),
			})
			require.NoError(t, err)
			return s
		}
		cached()
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		require.NoError(t, err)
		require.Len(t, names, 1)
		sound, err := os.ReadFile(names[0])
		require.NoError(t, err)
		for range 20 {
			c.inputs.Add(1)
			c.faults.Add(1)
			require.NoError(t, os.WriteFile(names[0], damage(rng, sound), 0o600))
			got, err := cached().Scan(context.Background(), doc)
			require.NoError(t, err)
			require.Equal(t, r, got)
		}
	})
}

// Packs change on disk while drafts are checked: files vanish, are cut off, are
// links that lead out, are no files, cannot be read; then they are sound again.
// Each report is wholly of one version, which was sound, and in the end the last
// one is in use.
func TestReloads(t *testing.T) {
	rounds(t, "reloads", func(t *testing.T, rng *rand.Rand, c *tally) {
		dir := filepath.Join(t.TempDir(), "house")
		put := func(version int) {
			p := soundPack()
			p["pack.yaml"].Data = []byte(strings.Replace(packHead, "1.2.3", fmt.Sprintf("1.2.%d", version), 1))
			require.NoError(t, os.RemoveAll(dir))
			require.NoError(t, os.CopyFS(dir, p))
		}
		put(0)
		s, err := reload.New(reload.Options{
			Scanner: shenjiao.Options{NoStarter: true, NoSemantic: true, NoRules: true, Logger: slog.New(slog.DiscardHandler)},
			Folders: []string{dir}, Logger: slog.New(slog.DiscardHandler), Quiet: time.Millisecond, Poll: 5 * time.Millisecond,
		})
		require.NoError(t, err)
		defer s.Close()
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
					}
					r, err := s.Scan(context.Background(), &shenjiao.Document{Body: new("登录赌博网站")})
					c.inputs.Add(1)
					if err != nil || len(r.Findings) != 1 || len(r.Snapshot.Packs) != 1 || !strings.HasPrefix(r.Snapshot.Packs[0].Version, "1.2.") {
						t.Errorf("%v, %+v", err, r)
						return
					}
				}
			})
		}
		files := []string{"pack.yaml", "terms/terms.csv", "cases.yaml", "allow.csv"}
		broken := []func(name string) error{
			os.Remove,
			func(name string) error { return os.Truncate(name, 7) },
			func(name string) error { return os.Chmod(name, 0) },
			func(name string) error { return errors.Join(os.Remove(name), os.Symlink("/etc/passwd", name)) },
			func(name string) error { return errors.Join(os.Remove(name), os.Mkdir(name, 0o755)) },
			func(name string) error { return os.WriteFile(name, []byte("\xff\xfe\x00"), 0o644) },
			func(name string) error { return os.RemoveAll(filepath.Dir(name)) },
		}
		for version := 1; version <= 20; version++ {
			name := filepath.Join(dir, filepath.FromSlash(pick(rng, files)))
			require.NoError(t, pick(rng, broken)(name))
			c.faults.Add(1)
			s.Reload() // it may be an error, or a pack without that file
			put(version)
			if err := s.Reload(); err != nil { // it looked in the midst of a change
				require.NoError(t, s.Reload())
			}
			require.Equal(t, fmt.Sprintf("1.2.%d", version), s.Current().Snapshot().Packs[0].Version)
		}
		close(stop)
		wg.Wait()
	})
}
