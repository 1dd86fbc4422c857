// Package starter holds the starter pack: terms of the twelve categories that
// check accuracy and lawful publishing. It is in the program, so it is there
// without any file on disk; read it with ReadPack of package lexicon:
//
//	pack, err := lexicon.ReadPack(starter.FS())
//
// It holds no list of persons, groups, protests or news topics. An
// organisation keeps its own terms in packs of its own, which are loaded beside
// this one. The format of the files is described in package lexicon.
package starter
