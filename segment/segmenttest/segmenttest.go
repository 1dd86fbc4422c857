// Package segmenttest checks an implementation of segment.Segmenter, and of
// segment.Dictionary where it has that ability too, against the rules that their
// comments list.
//
//	func TestMine(t *testing.T) {
//		segmenttest.Run(t, func() segment.Segmenter { return mine.New() })
//	}
package segmenttest

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/shenjiao/shenjiao/segment"
)

// clauses are texts that have broken segmenters: words, unknown characters,
// Latin and digits beside Han, letters whose lower case has another length,
// combining marks, emoji, punctuation, invalid bytes, a long run.
var clauses = []string{
	"审", "一次性交付使用", "项目将于年底一次性交付使用", "鱻鱻鱻鱻", "10k粉丝", "abc12345", "K粉",
	"İstanbul的天气", "e\u0301e\u0301", "👨‍👩‍👧全家", "他说：“好。”", " ", "\n", "\x00", "中\x00文",
	"\xff", "中\xe4\xb8", "\xe4", "ＡＢＣ１２３", "傳統中文", "ひらがな", strings.Repeat("中", 10000), strings.Repeat("ab中", 3000),
}

// Run runs one subtest for each rule on the segmenters that newSegmenter returns.
func Run(t *testing.T, newSegmenter func() segment.Segmenter) {
	t.Helper()
	each := func(name string, check func(t *testing.T, s segment.Segmenter, clause string, ends []int)) {
		t.Run(name, func(t *testing.T) {
			s := newSegmenter()
			for _, clause := range clauses {
				check(t, s, clause, s.Ends(nil, clause))
			}
		})
	}

	each("ends ascend", func(t *testing.T, _ segment.Segmenter, clause string, ends []int) {
		last := 0
		for _, end := range ends {
			if end <= last {
				t.Fatalf("clause %.40q: got end %d after %d, want strictly ascending ends above 0", clause, end, last)
			}
			last = end
		}
	})
	each("words cover the clause", func(t *testing.T, _ segment.Segmenter, clause string, ends []int) {
		if len(ends) == 0 || ends[len(ends)-1] != len(clause) {
			t.Fatalf("clause %.40q: got ends %.40v, want the last to be %d", clause, ends, len(clause))
		}
	})
	each("ends are rune boundaries", func(t *testing.T, _ segment.Segmenter, clause string, ends []int) {
		if !utf8.ValidString(clause) {
			return
		}
		for _, end := range ends {
			if end < len(clause) && !utf8.RuneStart(clause[end]) {
				t.Fatalf("clause %.40q: got end %d inside of a rune", clause, end)
			}
		}
	})
	t.Run("an empty clause has no words", func(t *testing.T) {
		s := newSegmenter()
		if got := s.Ends(nil, ""); len(got) != 0 {
			t.Fatalf("got %v, want none", got)
		}
		if got := s.Ends([]int{7}, ""); !slices.Equal(got, []int{7}) {
			t.Fatalf("got %v, want dst unchanged, [7]", got)
		}
	})
	each("dst is appended to", func(t *testing.T, s segment.Segmenter, clause string, ends []int) {
		want := append([]int{-1, 99}, ends...)
		if got := s.Ends([]int{-1, 99}, clause); !slices.Equal(got, want) {
			t.Fatalf("clause %.40q: got %.40v, want %.40v", clause, got, want)
		}
	})
	t.Run("dst is not kept", func(t *testing.T) {
		s := newSegmenter()
		first := s.Ends(nil, clauses[2])
		want := slices.Clone(first)
		s.Ends(make([]int, 0, 64), clauses[1])
		s.Ends(nil, clauses[4])
		if !slices.Equal(first, want) {
			t.Fatalf("the answer of the first call changed with later calls: got %v, want %v", first, want)
		}
	})
	each("the same clause has the same words", func(t *testing.T, s segment.Segmenter, clause string, ends []int) {
		if got := s.Ends(nil, strings.Clone(clause)); !slices.Equal(got, ends) {
			t.Fatalf("clause %.40q: got %.40v, then %.40v", clause, ends, got)
		}
		if got := newSegmenter().Ends(nil, clause); !slices.Equal(got, ends) {
			t.Fatalf("clause %.40q: got %.40v, from another segmenter %.40v", clause, ends, got)
		}
	})
	t.Run("safe for concurrent use", func(t *testing.T) {
		s := newSegmenter()
		var want [][]int
		for _, clause := range clauses {
			want = append(want, s.Ends(nil, clause))
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for i, clause := range clauses {
					if got := s.Ends(nil, clause); !slices.Equal(got, want[i]) {
						t.Errorf("clause %.40q: got %.40v, want %.40v", clause, got, want[i])
					}
				}
			})
		}
		wg.Wait()
	})
	if _, ok := newSegmenter().(segment.Dictionary); !ok {
		return
	}
	t.Run("dictionary counts are above zero", func(t *testing.T) {
		s := newSegmenter()
		dict := s.(segment.Dictionary)
		total := dict.Total()
		if !(total > 0) {
			t.Fatalf("got a total of %v, want a number above 0", total)
		}
		if _, ok := dict.Lookup(""); ok {
			t.Fatal("got an entry of the empty string, want none")
		}
		for _, clause := range clauses {
			from := 0
			for _, end := range s.Ends(nil, clause) {
				word := clause[from:end]
				from = end
				entry, ok := dict.Lookup(word)
				if ok && !(entry.Count > 0 && entry.Count <= total) {
					t.Fatalf("word %.40q: got count %v, want above 0 and at most the total, %v", word, entry.Count, total)
				}
				if again, _ := dict.Lookup(word); again != entry {
					t.Fatalf("word %.40q: got %v, then %v", word, entry, again)
				}
			}
		}
	})
}
