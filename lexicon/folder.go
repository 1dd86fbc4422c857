package lexicon

import (
	"errors"
	"io/fs"
	"os"
)

// Folder returns the files of a pack in a folder on disk: [os.DirFS] for packs
// of people who are not trusted with the rest of the disk. No name and no
// symbolic link leads out of it: a pack whose terms are a link to somebody's
// key would show it, a line at a time, in the list of its faults. dir may be a
// symbolic link itself, and links within it are followed, as Kubernetes and
// releases make them.
func Folder(dir string) fs.FS { return folder(dir) }

type folder string

// Open implements [fs.FS].
func (f folder) Open(name string) (fs.File, error) {
	root, err := f.root("open", name)
	if err != nil {
		return nil, err
	}
	defer root.Close() // what was opened stays open
	return root.FS().Open(name)
}

// Stat implements [fs.StatFS], so that what would wait for a writer, a named
// pipe, is not opened to be looked at.
func (f folder) Stat(name string) (fs.FileInfo, error) {
	root, err := f.root("stat", name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return fs.Stat(root.FS(), name)
}

func (f folder) root(op, name string) (*os.Root, error) {
	if f == "" { // an empty path is a mistake, and not the current folder
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	root, err := os.OpenRoot(string(f))
	var path *fs.PathError
	if errors.As(err, &path) {
		path.Path = name // as of [os.DirFS]: who asked knows the folder
	}
	return root, err
}
