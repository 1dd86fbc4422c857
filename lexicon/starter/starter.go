package starter

import (
	"embed"
	"io/fs"
)

//go:embed pack.yaml terms allow.csv cases.yaml
var files embed.FS

// FS returns the files of the starter pack, with pack.yaml in the root.
func FS() fs.FS { return files }
