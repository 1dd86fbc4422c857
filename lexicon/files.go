package lexicon

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// ModelFile is the model of package semantic that a pack may hold. It is signed
// and followed as the other files are; a lexicon does not read it.
const ModelFile = "semantic.model"

// The files of a signed pack, which package sign writes and checks.
const (
	ManifestFile  = "pack.manifest"
	SignatureFile = "pack.manifest.minisig"
)

// Files are the files of a pack as they were at one moment. They are an
// [fs.FS], so that what was checked (a signature, a digest) and what is then
// read by [ReadPack] are the same bytes, whatever happens to the folder in the
// meantime. They are immutable and safe for concurrent use.
type Files struct {
	names    []string          // what a pack is read from, sorted
	data     map[string][]byte // of names and of the files of a signature
	manifest []byte
	digest   string
	found    reporter // what the folder holds and should not
}

// ReadFiles reads the files that make up the pack in the root of fsys, each
// once, and those of its signature if it has one. [Files] are returned as they
// are.
//
// It says nothing about what stands in the files: a fault of the pack is
// reported by [ReadPack]. If a file cannot be read, the error is that of fsys,
// wrapped.
func ReadFiles(fsys fs.FS) (*Files, error) {
	if f, ok := fsys.(*Files); ok {
		return f, nil
	}
	f := &Files{data: map[string][]byte{}}
	if err := f.read(fsys); err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	for _, name := range f.names {
		f.manifest = fmt.Appendf(f.manifest, "%x  %s\n", sha256.Sum256(f.data[name]), name)
	}
	sum := sha256.Sum256(f.manifest)
	f.digest = hex.EncodeToString(sum[:])
	return f, nil
}

// Names returns the paths of the files that the pack is read from, sorted. The
// files of a signature are not among them.
func (f *Files) Names() []string { return slices.Clone(f.names) }

// Has reports whether the pack is read from a file of that name.
func (f *Files) Has(name string) bool { _, ok := slices.BinarySearch(f.names, name); return ok }

// Manifest returns one line a file of the pack, as sha256sum prints it, sorted
// by path. Two packs of equal files have equal manifests, and no others do.
func (f *Files) Manifest() []byte { return slices.Clone(f.manifest) }

// Digest returns the hex SHA-256 of the manifest, which is what [Pack.Digest]
// is once the files are read.
func (f *Files) Digest() string { return f.digest }

// Identity reads only pack.yaml and returns the id and version in it. If there
// is anything wrong with that file, the error is a [Problems].
func (f *Files) Identity() (id, version string, err error) {
	p := &packReader{pack: &Pack{}, files: map[string]fileCategory{}}
	if !f.Has(packFile) {
		p.errorf(Place{File: packFile}, "file is missing")
	} else if src := newSource(packFile, f.data[packFile], &p.reporter); src != nil {
		p.readHeader(src)
	}
	if p.errors > 0 {
		p.problems.sort()
		return "", "", p.problems
	}
	return p.pack.ID, p.pack.Version, nil
}

func (f *Files) read(fsys fs.FS) error {
	signature, err := f.list(fsys)
	if err != nil {
		return err
	}
	for _, name := range slices.Concat(f.names, signature) {
		if f.data[name], err = f.readFile(fsys, name); err != nil {
			return err
		}
	}
	return nil
}

// list finds the files that make up the pack, and reports those that do not
// belong to it. It returns the files of a signature.
func (f *Files) list(fsys fs.FS) (signature []string, err error) {
	root, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	for _, e := range root {
		name := e.Name()
		mode := modeOf(fsys, e, name)
		dir := mode.IsDir()
		switch {
		case mode&special != 0 && !ignored(name):
			f.found.errorf(Place{File: name}, "not a regular file, it is not read")
		case name == termsDir && dir:
			if err := f.listTerms(fsys); err != nil {
				return nil, err
			}
		case slices.Contains([]string{packFile, allowFile, symbolFile, casesFile, ModelFile}, name) && !dir:
			f.names = append(f.names, name)
		case slices.Contains([]string{ManifestFile, SignatureFile}, name) && !dir:
			signature = append(signature, name)
		case ignored(name):
		case dir:
			f.found.lintf(Place{File: name}, "unknown folder, nothing in it is read")
		default:
			f.found.lintf(Place{File: name}, "unknown file, it is not read; %s", wantName(name, []string{packFile, allowFile, symbolFile, casesFile, ModelFile}))
		}
	}
	slices.Sort(f.names)
	if !f.Has(packFile) {
		f.found.errorf(Place{File: packFile}, "file is missing")
	}
	return signature, nil
}

func (f *Files) listTerms(fsys fs.FS) error {
	files, err := fs.ReadDir(fsys, termsDir)
	for _, e := range files {
		name := path.Join(termsDir, e.Name())
		mode := modeOf(fsys, e, name)
		switch ext := path.Ext(name); {
		case ignored(e.Name()):
		case mode&special != 0:
			f.found.errorf(Place{File: name}, "not a regular file, it is not read")
		case mode.IsDir():
			f.found.errorf(Place{File: name}, "folders in %s are not read, move the files up", termsDir)
		case ext != ".csv" && ext != ".txt":
			f.found.lintf(Place{File: name}, "unknown file, it is not read; want .csv or .txt")
		case textFault(e.Name(), false) != nil:
			f.found.errorf(Place{File: fmt.Sprintf("%q", name)}, "file name %s", textFault(e.Name(), false))
		default:
			f.names = append(f.names, name)
		}
	}
	return err
}

// special are files that may never end, or never begin.
const special = fs.ModeNamedPipe | fs.ModeSocket | fs.ModeDevice | fs.ModeCharDevice

// modeOf returns the type of e, or of what it leads to if it is a symbolic link.
func modeOf(fsys fs.FS, e fs.DirEntry, name string) fs.FileMode {
	if e.Type()&fs.ModeSymlink != 0 {
		if info, err := fs.Stat(fsys, name); err == nil {
			return info.Mode().Type()
		}
	}
	return e.Type()
}

// ignored reports whether a pack may have the file without a word: hidden
// files and the papers of a repository.
func ignored(name string) bool {
	for _, prefix := range []string{".", "README", "LICENSE", "LICENCE", "NOTICE"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func (f *Files) readFile(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFileBytes+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(data) > maxFileBytes {
		f.found.errorf(Place{File: name}, "file is larger than %d MiB, split it", maxFileBytes>>20)
		return nil, nil
	}
	return data, nil
}

// Open implements [fs.FS].
func (f *Files) Open(name string) (fs.File, error) {
	if data, ok := f.data[name]; ok {
		return &openFile{fileInfo{path.Base(name), int64(len(data)), 0o444}, bytes.NewReader(data)}, nil
	}
	fail := &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	if !fs.ValidPath(name) {
		fail.Err = fs.ErrInvalid
		return nil, fail
	}
	inside := map[string]fs.DirEntry{}
	for file, data := range f.data {
		if name != "." {
			rest, ok := strings.CutPrefix(file, name+"/")
			if !ok {
				continue
			}
			file = rest
		}
		if dir, _, deeper := strings.Cut(file, "/"); deeper {
			inside[dir] = fs.FileInfoToDirEntry(fileInfo{dir, 0, fs.ModeDir | 0o555})
		} else {
			inside[file] = fs.FileInfoToDirEntry(fileInfo{file, int64(len(data)), 0o444})
		}
	}
	if len(inside) == 0 && name != "." {
		return nil, fail
	}
	d := &openDir{fileInfo: fileInfo{path.Base(name), 0, fs.ModeDir | 0o555}}
	for _, e := range inside {
		d.rest = append(d.rest, e)
	}
	slices.SortFunc(d.rest, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return d, nil
}

// fileInfo describes a file or folder of Files.
type fileInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i fileInfo) Name() string               { return i.name }
func (i fileInfo) Size() int64                { return i.size }
func (i fileInfo) Mode() fs.FileMode          { return i.mode }
func (i fileInfo) ModTime() time.Time         { return time.Time{} }
func (i fileInfo) IsDir() bool                { return i.mode.IsDir() }
func (i fileInfo) Sys() any                   { return nil }
func (i fileInfo) Stat() (fs.FileInfo, error) { return i, nil }
func (i fileInfo) Close() error               { return nil }

type openFile struct {
	fileInfo
	*bytes.Reader
}

func (f *openFile) Size() int64 { return f.fileInfo.size }

type openDir struct {
	fileInfo
	rest []fs.DirEntry
}

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a folder")}
}

func (d *openDir) ReadDir(n int) (list []fs.DirEntry, err error) {
	if n <= 0 {
		n = len(d.rest)
	} else if len(d.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.rest))
	list, d.rest = d.rest[:n:n], d.rest[n:]
	return list, nil
}
