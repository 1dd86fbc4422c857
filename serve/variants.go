package serve

import (
	"slices"
	"sync"

	"github.com/shenjiao/shenjiao"
)

// The most variants of a scanner that are kept: lexicons take memory and time
// to make, what only judges by other rules takes little.
const (
	maxLexicons = 4
	maxVariants = 32 // of a lexicon
)

// variants are scanners that differ from the server's in what requests change.
// All are of one snapshot: when the server's scanner is another, they go.
type variants struct {
	mu       sync.Mutex
	of       *shenjiao.Scanner
	lexicons recent[*lexiconVariants]

	compile sync.Mutex // one lexicon at a time
}

type lexiconVariants struct {
	base *variant
	all  recent[*variant]
}

// a variant is made once, by the first who needs it.
type variant struct {
	get func() (*shenjiao.Scanner, error)
}

// get returns the scanner of what a request asks for.
func (v *variants) get(base *shenjiao.Scanner, p *params) (*shenjiao.Scanner, error) {
	if p.key == "" {
		return base, nil
	}
	v.mu.Lock()
	if v.of != base {
		v.of, v.lexicons = base, recent[*lexiconVariants]{}
	}
	l := v.lexicons.get(p.lexicon, maxLexicons, func() *lexiconVariants {
		return &lexiconVariants{base: &variant{sync.OnceValues(func() (*shenjiao.Scanner, error) {
			if p.lexicon == "" {
				return base, nil
			}
			v.compile.Lock()
			defer v.compile.Unlock()
			return base.With(func(o *shenjiao.Options) {
				all := *o
				p.change(&all)
				o.Channels, o.ChannelChange = all.Channels, all.ChannelChange
			})
		})}}
	})
	one := l.all.get(p.key, maxVariants, func() *variant {
		return &variant{sync.OnceValues(func() (*shenjiao.Scanner, error) {
			s, err := l.base.get()
			if err != nil {
				return nil, err
			}
			return s.With(p.change)
		})}
	})
	v.mu.Unlock()
	return one.get()
}

// recent keeps the values that were last asked for.
type recent[T any] struct {
	keys   []string // the last one was asked for last
	values map[string]T
}

func (r *recent[T]) get(key string, most int, make func() T) T {
	if i := slices.Index(r.keys, key); i >= 0 {
		r.keys = append(slices.Delete(r.keys, i, i+1), key)
		return r.values[key]
	}
	if r.values == nil {
		r.values = map[string]T{}
	}
	if len(r.keys) == most {
		delete(r.values, r.keys[0])
		r.keys = slices.Delete(r.keys, 0, 1)
	}
	v := make()
	r.keys, r.values[key] = append(r.keys, key), v
	return v
}
