package reload

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao"
)

// packOf is a pack whose every term carries the version, so that a report of
// two versions shows. Its terms are long, so that no dictionary is loaded.
func packOf(id, version string) fstest.MapFS {
	var terms strings.Builder
	terms.WriteString("term,category,suggest\n")
	for _, term := range []string{"云洲市总工会", "职工之加乐园", "劳动模范先近事迹"} {
		fmt.Fprintf(&terms, "%s,x_names,%s的%s\n", term, version, id)
	}
	return fstest.MapFS{
		"pack.yaml":       {Data: fmt.Appendf(nil, "id: %s\nversion: %s\nowner: x\n", id, version)},
		"terms/house.csv": {Data: []byte(terms.String())},
		"cases.yaml":      {Data: []byte("must_hit:\n  - {category: x_names, text: 到云洲市总工会参观}\n")},
	}
}

const draft = "云洲市总工会的职工之加乐园里，劳动模范先近事迹正在展出。云洲市总工会欢迎大家。"

// draftFindings is how many findings each version of a pack has in draft.
const draftFindings = 4

// checkReport makes sure that a report is wholly of the snapshot that it names.
func checkReport(t require.TestingT, r *shenjiao.Report, packs int) {
	version := map[string]string{}
	for _, p := range r.Snapshot.Packs {
		version[p.ID] = p.Version
	}
	require.Len(t, version, packs)
	require.Len(t, r.Findings, packs*draftFindings)
	for _, f := range r.Findings {
		require.Equal(t, version[f.Pack]+"的"+f.Pack, f.Suggestion)
	}
}

func scanDraft(t require.TestingT, s *Scanner) *shenjiao.Report {
	r, err := s.Scan(context.Background(), &shenjiao.Document{Body: new(draft)})
	require.NoError(t, err)
	return r
}

// running is the version of the first pack.
func running(s *Scanner) string { return s.Current().Snapshot().Packs[0].Version }

// A disk is folders that tests change. Reading a folder sees one state.
type disk struct {
	mu      sync.Mutex
	folders map[string]fs.FS
	reads   atomic.Int64
}

func newDisk(folder string, files fs.FS) *disk {
	return &disk{folders: map[string]fs.FS{folder: files}}
}

func (d *disk) put(folder string, files fs.FS) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.folders[folder] = files
}

func (d *disk) open(folder string) fs.FS {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reads.Add(1)
	if f, ok := d.folders[folder]; ok {
		return f
	}
	return fstest.MapFS{}
}

// A journal keeps events and the log.
type journal struct {
	mu     sync.Mutex
	events []Event
	log    bytes.Buffer
}

func (j *journal) take(e Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.events = append(j.events, e)
}

func (j *journal) all() []Event {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]Event(nil), j.events...)
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.Write(p)
}

func (j *journal) logger() *slog.Logger { return slog.New(slog.NewTextHandler(j, nil)) }

func (j *journal) text() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.log.String()
}

// options are those of tests: no starter pack.
func options(d *disk, j *journal) Options {
	o := Options{
		Scanner: shenjiao.Options{NoStarter: true, NoRules: true}, Folders: []string{"house"},
		OnReload: j.take, Logger: j.logger(),
	}
	if d != nil {
		o.Open = d.open
	}
	return o
}
