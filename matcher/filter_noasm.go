//go:build !amd64 || purego

package matcher

func vectorEngines() []Engine { return nil }

func fastest() Engine { return Filter }

func (v *view) lexVector(*chunk, []byte, int, int) int { panic("matcher: no vector engine") }

func (f *filter) siftVector(*chunk, int, int) int { panic("matcher: no vector engine") }
