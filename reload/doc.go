// Package reload scans with packs that change while the program runs.
//
// A [Scanner] is a shenjiao.Scanner whose packs follow folders. It watches
// them; when files change it reads, checks and compiles all packs again and
// then swaps the new snapshot in, as one:
//
//	scanner, err := reload.New(reload.Options{
//		Folders:  []string{"/etc/shenjiao/house"},
//		OnReload: func(e reload.Event) { metrics.Reload(e.Err == nil) },
//	})
//	if err != nil {
//		return err // nothing to scan with yet
//	}
//	defer scanner.Close()
//	report, err := scanner.Scan(ctx, doc)
//
// # What holds
//
//   - A scan, and a stream, work on the snapshot that they began with. Every
//     report names the version and digest of each pack that judged it, and is
//     wholly of one snapshot.
//   - A change that cannot be loaded changes nothing: the last good snapshot
//     stays, and the reason is reported through [Options.OnReload], the log,
//     [Scanner.Err] and [Scanner.Reload], once.
//   - Equal bytes are no reload: touching a file, or writing what it held
//     before, does nothing.
//   - The bytes that are checked are the bytes that are loaded: each file is
//     read once into memory.
//
// # When files are read
//
// Editors and deployments change files in many ways: in place, by renaming
// over them, by deleting and creating them, by moving a symbolic link, as
// Kubernetes does. So folders are watched rather than files, what an event
// says does not matter, and folders are also looked at every [Options.Poll],
// since network and container volumes deliver no events. What is found is
// loaded when the folders had no events for [Options.Quiet] and two looks that
// far apart found the same; a burst of changes is one reload.
//
// A writer that pauses for longer in the middle of its work is seen halfway.
// Its file mostly does not load then; but a table that is cut between two rows
// is a table. Replace the folder, or the link to it, in one step, or sign the
// packs: see package lexicon/sign. A signed pack is loaded whole or not at all.
//
// # Signed packs
//
// With [Options.Keys], the packs in Folders must be signed with one of them.
// What is unsigned, tampered with, truncated, or older than what is running,
// and a folder that now holds a pack of another id, is refused.
// [Options.Ledger] extends this across restarts.
//
// # Cost
//
// A reload compiles all packs and holds both snapshots until it is done. Scans
// pay one atomic load.
package reload
