// Package sign signs packs of terms, and opens only packs that are signed.
//
// A pack decides what an organisation publishes, and travels: over a share, a
// configuration map, a download. Whoever can write to its folder could take
// terms out of it. With a signature only the holder of a key can.
//
// [Sign] makes the two files that a signed pack has besides its own:
//
//	pack.manifest          SHA-256 and path of each file of the pack, as sha256sum prints them
//	pack.manifest.minisig  a minisign signature of pack.manifest
//
// [Open] reads a pack, checks it against keys, and returns the bytes that it
// checked, to be given to lexicon.ReadPack or shenjiao.Options.Packs:
//
//	files, err := sign.Open(lexicon.Folder("packs/house"), sign.Policy{Keys: keys})
//	if err != nil {
//		return err // and the reason
//	}
//	scanner, err := shenjiao.New(shenjiao.Options{Packs: []fs.FS{files}})
//
// # What is refused
//
//   - unsigned: one of the two files is missing;
//   - signed with another key, or the manifest was changed afterwards;
//   - tampered with or truncated: a file is not the one in the manifest, is
//     missing, or was added;
//   - signed as something else: the trusted comment of the signature, which is
//     signed too, must be "shenjiao pack", the id and the version in pack.yaml,
//     so that a key which also signs other lists cannot be made to vouch for a
//     pack;
//   - downgraded: the version is below that of [Policy.Oldest], since an old
//     pack stays correctly signed for ever. A [Ledger] remembers the versions
//     across restarts.
//
// # With other tools
//
// The files need nothing of ours. This checks a pack:
//
//	minisign -V -m pack.manifest -p house.pub && sha256sum -c pack.manifest
//
// and this signs one that has all files, and no others in terms:
//
//	LC_ALL=C; sha256sum allow.csv cases.yaml pack.yaml terms/* > pack.manifest
//	minisign -S -m pack.manifest -s house.key -t "shenjiao pack house 1.4.0"
//
// The SHA-256 of pack.manifest is the digest of the pack in every report.
//
// # Security considerations
//
// The signature is checked before anything of the pack but pack.yaml's id and
// version is parsed. No path of the manifest is ever opened: the manifest of
// the files that are there is compared with it. A secret key can be stored
// without a password; then its file is the key.
package sign
