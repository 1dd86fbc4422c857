// Package compare says what a change of a lexicon does: to its rows, and to
// what is found in a corpus. It is for the tools of those who keep a lexicon;
// a program that scans does not need it.
//
// [Packs] compares two versions of a pack row by row:
//
//	d := compare.Packs(old, new)
//	for _, c := range d.Changed {
//		fmt.Println(c.New.Term, c.Columns) // 代开发票 [{severity warning error}]
//	}
//
// A [Trial] scans texts with both versions and keeps account of every term:
//
//	trial := compare.NewTrial(compare.TrialOptions{Old: before, New: after})
//	trial.Scan(compare.Text{Name: "2026-03.txt", Text: text})
//	result := trial.Result()
//
// # Terminology
//
//   - A finding is a hit that is not vetoed, a note included. Its level is its
//     action: note, review or block.
//   - A finding is new if only the new version has it at its place, lost if only
//     the old one has; it moved if both have it with different levels.
//   - A suspicion is a reason to think that the new findings of a term are false
//     positives. It is made of what the corpus and the dictionary say, never of
//     the term's meaning, so it may be wrong; the contexts are there to decide.
package compare
