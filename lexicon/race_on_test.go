//go:build race

package lexicon

// The race detector makes sync.Pool drop values at random.
const raceDetector = true
