package sign

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/shenjiao/shenjiao/internal/atomicfile"
	"github.com/shenjiao/shenjiao/lexicon"
)

// A Ledger is the path of a file that remembers the newest version of each
// pack that was accepted, so that a restart does not forget it. It is a line a
// pack, id and version. It must stand where whoever can write to the packs
// cannot.
type Ledger string

// Versions returns what the ledger remembers, to be used as [Policy.Oldest]. A
// ledger that is not there yet remembers nothing. One that cannot be read as
// such is an error, not empty: it is what stops a downgrade.
func (l Ledger) Versions() (map[string]string, error) {
	data, err := os.ReadFile(string(l))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("sign: ledger: %w", err)
	}
	versions, n := map[string]string{}, 0
	for line := range strings.Lines(string(data)) {
		n++
		id, version, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		if err := errors.Join(lexicon.CheckID(id), lexicon.CheckVersion(version)); err != nil || versions[id] != "" || !strings.HasSuffix(line, "\n") {
			return nil, fmt.Errorf("sign: ledger %s:%d: want the id and version of a pack, each pack once; if the file is damaged, write it again from the versions in use", string(l), n)
		}
		versions[id] = version
	}
	return versions, nil
}

// Record remembers that a version of a pack was accepted, if it is the newest.
// The file is replaced as a whole; after an error it is what it was. Record is
// not meant to be called at the same time by several writers of one file.
func (l Ledger) Record(id, version string) error {
	if err := errors.Join(lexicon.CheckID(id), lexicon.CheckVersion(version)); err != nil {
		return fmt.Errorf("sign: ledger: %w", err)
	}
	versions, err := l.Versions()
	if err != nil {
		return err
	}
	if known, ok := versions[id]; ok && lexicon.CompareVersions(version, known) <= 0 {
		return nil
	}
	if versions == nil {
		versions = map[string]string{}
	}
	versions[id] = version
	var b []byte
	for _, id := range slices.Sorted(maps.Keys(versions)) {
		b = fmt.Appendf(b, "%s %s\n", id, versions[id])
	}
	if err := atomicfile.Write(string(l), b, 0o644); err != nil {
		return fmt.Errorf("sign: ledger: %w", err)
	}
	return nil
}
