package semantic

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/segment"
)

// MaxFileBytes is the size of the largest model file that is read.
const MaxFileBytes = 2 << 20

// magic begins every model file; the number is the version of the format.
const magic = "shenjiao semantic 1\n"

//go:embed starter.model
var starterFile []byte

// Default returns the starter model. It is read by the first call, once in a
// process.
func Default() (*Model, error) { return readStarter() }

var readStarter = sync.OnceValues(func() (*Model, error) { return Read(starterFile) })

// Read reads a model file:
//
//	magic      "shenjiao semantic 1\n"
//	length     uint32, little endian: of the header
//	header     JSON
//	gate       32768 weights, one signed byte each
//	count      uint32: n-grams of weight
//	keys       that many hashes, ascending, each as its distance to the last one (uvarint)
//	weights    for each key a byte for each class
//	checksum   SHA-256 of all before it
//
// It fails if the file is none, is larger than [MaxFileBytes] or damaged. The
// error does not name the file.
func Read(data []byte) (*Model, error) {
	m, err := read(data)
	if err != nil {
		return nil, fmt.Errorf("semantic: model: %w", err)
	}
	return m, nil
}

func read(data []byte) (*Model, error) {
	if len(data) > MaxFileBytes {
		return nil, fmt.Errorf("got %d bytes, want at most %d", len(data), MaxFileBytes)
	}
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("want a file that begins %q", magic)
	}
	if len(rest) < 4+sha256.Size {
		return nil, fmt.Errorf("the file ends early, after %d bytes", len(data))
	}
	body := len(data) - sha256.Size
	if sum := sha256.Sum256(data[:body]); !bytes.Equal(sum[:], data[body:]) {
		return nil, fmt.Errorf("the checksum is wrong: the file is damaged")
	}
	whole := sha256.Sum256(data)
	m := &Model{digest: hex.EncodeToString(whole[:])}
	if words, err := segment.Default(); err == nil { // else the program gives its own
		m.words = words
	}
	rest = rest[:len(rest)-sha256.Size]
	n := int64(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	if n > int64(len(rest)) {
		return nil, fmt.Errorf("header: got %d bytes, want %d", len(rest), n)
	}
	dec := json.NewDecoder(bytes.NewReader(rest[:n]))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m.header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if err := m.header.check(); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	rest = rest[n:]
	if len(rest) < gateSize+4 {
		return nil, fmt.Errorf("gate: got %d bytes, want %d", len(rest), gateSize+4)
	}
	for i := range m.gate {
		m.gate[i] = int8(rest[i])
	}
	rest = rest[gateSize:]
	count := int64(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	classes := len(m.header.Classes)
	if count > int64(len(rest)) {
		return nil, fmt.Errorf("keys: got %d bytes, want %d keys", len(rest), count)
	}
	m.keys = make([]uint32, count)
	last := uint64(0)
	for i := range m.keys {
		d, w := binary.Uvarint(rest)
		if w <= 0 || i > 0 && d == 0 || d > math.MaxUint32-last {
			return nil, fmt.Errorf("key %d does not follow the one before it", i)
		}
		rest = rest[w:]
		last += d
		m.keys[i] = uint32(last)
	}
	if len(rest) != int(count)*classes {
		return nil, fmt.Errorf("weights: got %d bytes, want %d", len(rest), int(count)*classes)
	}
	m.weights = make([]int8, len(rest))
	for i, b := range rest {
		m.weights[i] = int8(b)
	}
	m.index()
	return m, nil
}

// check looks for what scoring relies on.
func (h *header) check() error {
	if len(h.Classes) == 0 || len(h.Classes) > 255 {
		return fmt.Errorf("got %d classes, want 1 to 255", len(h.Classes))
	}
	if !slices.IsSorted(h.Signals) {
		return fmt.Errorf("signals are not sorted")
	}
	for i, c := range h.Classes {
		if !lexicon.Category(c.Category).Valid() {
			return fmt.Errorf("class %d: %q is no category", i, c.Category)
		}
		if i > 0 && h.Classes[i-1].Category >= c.Category {
			return fmt.Errorf("class %s is not behind %s", c.Category, h.Classes[i-1].Category)
		}
		if len(c.Signals) != len(h.Signals) {
			return fmt.Errorf("class %s: got weights of %d signals, want %d", c.Category, len(c.Signals), len(h.Signals))
		}
	}
	if len(h.Gate.Signals) != len(h.Signals) {
		return fmt.Errorf("gate: got weights of %d signals, want %d", len(h.Gate.Signals), len(h.Signals))
	}
	return nil
}

// File returns the model as a file. Equal models are equal files.
func (m *Model) File() ([]byte, error) {
	head, err := json.Marshal(m.header)
	if err != nil {
		return nil, fmt.Errorf("semantic: model: %w", err)
	}
	out := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(out[len(magic):], uint32(len(head)))
	out = append(out, head...)
	for _, w := range m.gate {
		out = append(out, byte(w))
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(m.keys)))
	last := uint32(0)
	for _, k := range m.keys {
		out = binary.AppendUvarint(out, uint64(k-last))
		last = k
	}
	for _, w := range m.weights {
		out = append(out, byte(w))
	}
	sum := sha256.Sum256(out)
	out = append(out, sum[:]...)
	if len(out) > MaxFileBytes {
		return nil, fmt.Errorf("semantic: model: got %d bytes, want at most %d: train with a larger MinRows", len(out), MaxFileBytes)
	}
	return out, nil
}
