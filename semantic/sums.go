package semantic

// NOTE. Most of the time that a window takes goes into its n-grams, four for each
// character, of which few have weights. So a bit for each hash says first whether
// it can have some (it may say maybe, never a false no), and weights are added
// eight classes at a time: as bytes that are 128 too large, in lanes of 16 bits,
// which are emptied before they can be full.

const (
	filterBits = 19 // 64 kB: of the starter model's n-grams one in twelve that has no weight gets through

	laneWeights = 8             // weights in a word of rows
	laneGrams   = 0xFFFF / 0xFF // so many largest weights fit a lane
	evenLanes   = 0x00FF00FF00FF00FF
)

// slot is a place of the hash table of keys.
type slot struct {
	key   uint32
	index int32 // of the key, plus one; 0 if the place is empty
}

// index makes what finds keys and adds up weights, and the pool of judges.
func (m *Model) index() {
	size := 16
	for size < 2*len(m.keys) {
		size *= 2
	}
	m.slots, m.mask = make([]slot, size), uint32(size-1)
	m.filter = make([]uint64, 1<<filterBits/64)
	classes := len(m.header.Classes)
	m.words64 = (classes + laneWeights - 1) / laneWeights
	m.rows = make([]uint64, len(m.keys)*m.words64)
	for i, k := range m.keys {
		at := k & m.mask
		for m.slots[at].index != 0 {
			at = (at + 1) & m.mask
		}
		m.slots[at] = slot{k, int32(i + 1)}
		m.filter[k>>(32-filterBits)/64] |= 1 << (k >> (32 - filterBits) % 64)
		for c, w := range m.weights[i*classes:][:classes] {
			m.rows[i*m.words64+c/laneWeights] |= uint64(uint8(w)^0x80) << (c % laneWeights * 8)
		}
	}
	m.pool()
	m.signals = make(map[string]int, len(m.header.Signals))
	for i, name := range m.header.Signals {
		m.signals[name] = i
	}
}

// find returns the index of a key, -1 if it has no weights.
func (m *Model) find(hash uint32) int {
	for i := hash & m.mask; ; i = (i + 1) & m.mask {
		switch s := m.slots[i]; {
		case s.index == 0:
			return -1
		case s.key == hash:
			return int(s.index) - 1
		}
	}
}

// lanes are sums of the weights of some n-grams: two words for each of a row.
type lanes struct {
	sums  []uint64
	grams int // added since the lanes were emptied
}

// addGrams adds to j.sums the weights of each character n-gram of the reading
// once, as [reading.grams] through [judge.known] does.
func (j *judge) addGrams() {
	m, codes := j.m, j.reading.codes
	j.newWindow()
	filter := m.filter
	for i := range codes {
		h := uint32(gramBasis)
		for k, c := range codes[i:min(len(codes), i+maxGram)] {
			h = (h ^ uint32(c)) * gramPrime
			hash := mix(h ^ uint32(k)<<29)
			if bit := hash >> (32 - filterBits); filter[bit/64]>>(bit%64)&1 != 0 {
				j.addRow(hash)
			}
		}
	}
	j.emptyLanes()
}

// addRow adds the weights of a hash to the lanes, unless the window had it.
func (j *judge) addRow(hash uint32) {
	k := j.m.find(hash)
	if k < 0 || j.seen[k] == j.window {
		return
	}
	j.seen[k] = j.window
	if j.lanes.grams == laneGrams {
		j.emptyLanes()
	}
	j.lanes.grams++
	n := j.m.words64
	sums := j.lanes.sums[:2*n]
	for i, row := range j.m.rows[k*n:][:n] {
		sums[2*i] += row & evenLanes
		sums[2*i+1] += row >> 8 & evenLanes
	}
}

// emptyLanes adds the lanes to j.sums.
func (j *judge) emptyLanes() {
	for c := range j.sums {
		word := j.lanes.sums[c/laneWeights*2+c%2]
		j.sums[c] += int32(word>>(c%laneWeights/2*16)&0xFFFF) - int32(128*j.lanes.grams)
	}
	clear(j.lanes.sums)
	j.lanes.grams = 0
}
