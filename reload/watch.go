package reload

import (
	"errors"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// A watcher says that something may have happened in folders. It does not say
// what: events of files are not reliable enough for that, see the README of
// fsnotify.
//
// It watches each folder, its folder terms, and the folder above for changes
// of the name itself.
type watcher struct {
	woken   chan struct{} // at most one is waiting
	folders []string
	notify  *fsnotify.Watcher
	done    sync.WaitGroup
}

func newWatcher(folders []string) (*watcher, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{woken: make(chan struct{}, 1), notify: n}
	for _, name := range folders {
		if name, err = filepath.Abs(name); err == nil {
			err = n.Add(name)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // such as too many watches
			n.Close()
			return nil, err
		}
		w.folders = append(w.folders, name)
	}
	w.renew()
	w.done.Go(w.run)
	return w, nil
}

// watchAbove says whether the folder above is watched. On other systems fsnotify
// opens every file in it (kqueue); there a folder that is replaced as a whole
// is noticed by polling.
const watchAbove = runtime.GOOS == "linux" || runtime.GOOS == "windows"

// renew watches what the names now stand for: a folder that was replaced is
// another folder. The caller reads the folders afterwards, so what happens in
// between is not lost.
func (w *watcher) renew() {
	for _, name := range w.folders {
		for _, dir := range []string{filepath.Dir(name), name, filepath.Join(name, "terms")} {
			if dir == filepath.Dir(name) && !watchAbove {
				continue
			}
			w.notify.Remove(dir) // fails if it is not watched, which is as well
			w.notify.Add(dir)    // fails if it is not there; the folder above tells when it is
		}
	}
}

func (w *watcher) changes() <-chan struct{} { return w.woken }

func (w *watcher) run() {
	for {
		select {
		case e, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if w.concerns(e.Name) {
				w.wake()
			}
		case _, ok := <-w.notify.Errors: // such as too many events: some are lost
			if !ok {
				return
			}
			w.wake()
		}
	}
}

// concerns reports whether a file belongs to a folder. Of the folder above,
// which may be a busy one, only the name itself does.
func (w *watcher) concerns(file string) bool {
	for _, name := range w.folders {
		if file == name || filepath.Dir(file) == name || filepath.Dir(file) == filepath.Join(name, "terms") {
			return true
		}
	}
	return false
}

func (w *watcher) wake() {
	select {
	case w.woken <- struct{}{}:
	default:
	}
}

func (w *watcher) close() {
	w.notify.Close()
	w.done.Wait()
}
