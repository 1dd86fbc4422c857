package sign_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/shenjiao/shenjiao/lexicon"
	"github.com/shenjiao/shenjiao/lexicon/sign"
)

// Law: whatever stands in the two files of a signature, a pack opens only if
// the manifest is its own and the signature says what the key's owner said.
func FuzzOpen(f *testing.F) {
	secret, public := keys(f)
	whole := signed(f, pack("1.4.0"), secret)
	manifest, signature := whole[lexicon.ManifestFile].Data, whole[lexicon.SignatureFile].Data
	f.Add(manifest, signature)
	f.Add([]byte("00  ../x\n"), signature)
	f.Add(manifest, []byte("untrusted comment: \n\ntrusted comment: \n\n"))
	f.Add([]byte{}, []byte{})
	f.Add(bytes.Repeat([]byte("  \n"), 9), signature[:30])
	f.Fuzz(func(t *testing.T, m, s []byte) {
		fsys := pack("1.4.0")
		fsys[lexicon.ManifestFile] = &fstest.MapFile{Data: m}
		fsys[lexicon.SignatureFile] = &fstest.MapFile{Data: s}
		_, err := sign.Open(fsys, sign.Policy{Keys: []sign.PublicKey{public}})
		if err == nil {
			require.Equal(t, manifest, m)
			require.Equal(t, authentic(t, signature), authentic(t, s))
		}
	})
}
