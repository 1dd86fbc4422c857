package lexicon

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/internal/tables"
)

// A Cache is a folder in which compiled lexicons are kept, so that a program
// that starts, or a command, does not read, check and compile large packs each
// time. Nothing is lost if it is deleted.
//
// A lexicon is found in it again by the bytes of all files of its packs, the
// options, and the program: another build of it starts anew. It is one file:
//
//	magic, version of the format                 24 bytes
//	key: what it was compiled of                 32
//	SHA-256 of all that follows                  32
//	length of the packs, of the automata         16
//	the packs, as encode.go writes them
//	the automata, as matcher.Matcher.AppendAutomata writes them
//
// A file that is damaged, cut, foreign or of another format is refused. The
// automata are also compared with the packs, and the tables of disguises with
// a checksum of their own. The packs are believed, as those in their folder are:
// whoever can write to the cache can write packs. So the folder is made for its
// owner alone, and files that others can write to are refused.
type Cache struct {
	Dir string
}

const (
	cacheMagic  = "shenjiao lexicon\x00\xff\r\n"
	cacheFormat = 3 // raise it when the form of packs or automata changes

	cacheExt    = ".lexicon"
	cacheKept   = 8 // files of one folder
	cacheHeader = len(cacheMagic) + 4 + 2*sha256.Size + 16
)

// Load returns the lexicon of the packs from the cache. If it is not there,
// the lexicon and the error are nil. If there is one that cannot be used, the
// error says why; it is to be compiled and stored again.
//
// The cases of packs are not run, since they held when it was stored, except
// with an Options.Segmenter, of which the cache knows nothing. [Pack.Lint] is
// not kept.
func (c Cache) Load(packs []*Files, opts Options) (*Lexicon, error) {
	key := cacheKey(packs, opts)
	path := c.path(key)
	l, err := load(path, key, opts)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("lexicon: cache: %w", err)
	}
	return l, nil
}

func load(path string, key [sha256.Size]byte, opts Options) (*Lexicon, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return nil, fmt.Errorf("%s: others can write to it (mode %v): remove it, or the permission", path, info.Mode().Perm())
	}
	data := make([]byte, info.Size())
	if _, err := f.ReadAt(data, 0); err != nil {
		return nil, err
	}
	encoded, automata, err := parseCache(data, key)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	packs, err := decodePacks(string(encoded))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	l, err := assemble(packs, opts, automata)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if opts.Segmenter != nil {
		if err := runCases(l.packs, opts); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// parseCache checks a file and returns its two parts.
func parseCache(data []byte, key [sha256.Size]byte) (packs, automata []byte, err error) {
	if len(data) < cacheHeader || string(data[:len(cacheMagic)]) != cacheMagic {
		return nil, nil, errors.New("not a compiled lexicon")
	}
	data = data[len(cacheMagic):]
	if format := binary.LittleEndian.Uint32(data); format != cacheFormat {
		return nil, nil, fmt.Errorf("format %d, want %d", format, cacheFormat)
	}
	data = data[4:]
	if !bytes.Equal(data[:sha256.Size], key[:]) {
		return nil, nil, errors.New("compiled of other packs or options")
	}
	sum := [sha256.Size]byte(data[sha256.Size:])
	data = data[2*sha256.Size:]
	n, m := binary.LittleEndian.Uint64(data), binary.LittleEndian.Uint64(data[8:])
	if size := uint64(len(data) - 16); n > size || m != size-n {
		return nil, nil, errors.New("cut off, or longer than it should be")
	}
	if sha256.Sum256(data) != sum {
		return nil, nil, errors.New("damaged: the checksum does not fit")
	}
	return data[16 : 16+n], data[16+n:], nil
}

// Store keeps a lexicon that was compiled of the packs with the options. The
// folder is made if it is not there. After an error the cache is what it was.
func (c Cache) Store(packs []*Files, opts Options, l *Lexicon) error {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return fmt.Errorf("lexicon: cache: %w", err)
	}
	key := cacheKey(packs, opts)
	if err := atomicfile.Write(c.path(key), formatCache(l, key), 0o600); err != nil {
		return fmt.Errorf("lexicon: cache: %w", err)
	}
	c.prune()
	return nil
}

func formatCache(l *Lexicon, key [sha256.Size]byte) []byte {
	le := binary.LittleEndian
	b := []byte(cacheMagic)
	b = le.AppendUint32(b, cacheFormat)
	b = append(b, key[:]...)
	at := len(b)
	b = append(b, make([]byte, sha256.Size+16)...)
	b = append(b, encodePacks(l.packs)...)
	n := len(b) - cacheHeader
	b = l.matcher.AppendAutomata(b)
	le.PutUint64(b[at+sha256.Size:], uint64(n))
	le.PutUint64(b[at+sha256.Size+8:], uint64(len(b)-cacheHeader-n))
	sum := sha256.Sum256(b[at+sha256.Size:])
	copy(b[at:], sum[:])
	return b
}

// prune removes the oldest files: each version of a pack makes one. What
// cannot be removed stays.
func (c Cache) prune() {
	entries, err := os.ReadDir(c.Dir)
	if err != nil {
		return
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasSuffix(e.Name(), cacheExt) {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	for _, f := range files[min(len(files), cacheKept):] {
		os.Remove(filepath.Join(c.Dir, f.Name()))
	}
}

func (c Cache) path(key [sha256.Size]byte) string {
	return filepath.Join(c.Dir, fmt.Sprintf("%x%s", key[:16], cacheExt))
}

// cacheKey is of everything that decides what [Compile] makes, except the
// segmenter, which decides only whether cases hold. What a trusted pack is
// spared is spared to all packs of the cache.
func cacheKey(packs []*Files, opts Options) (key [sha256.Size]byte) {
	h := sha256.New()
	opts.Segmenter, opts.Trusted = nil, nil
	fmt.Fprintf(h, "%d\n%s\n%s\n%+v\n", cacheFormat, program(), tables.Version, opts)
	for _, digest := range slices.Sorted(func(yield func(string) bool) {
		for _, f := range packs {
			if !yield(f.Digest()) {
				return
			}
		}
	}) {
		fmt.Fprintln(h, digest)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// program tells builds apart: the version of this module and, since that is
// not known while it is worked on, the executable's size and time.
var program = sync.OnceValue(func() string {
	var b strings.Builder
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
			if m.Path == "github.com/shenjiao/shenjiao" {
				fmt.Fprintln(&b, m.Version, m.Sum)
			}
		}
		fmt.Fprintln(&b, info.GoVersion)
	}
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil {
			fmt.Fprintln(&b, info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
})
